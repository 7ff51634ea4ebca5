/**
 * Changes connectors at random, and counts how many of the changes that can be noticed the generated tests notice:
 *
 *   npm run mutations                     golden repositories, and published connectors where they are beside the checkout
 *   npm run mutations -- Planner --list   those with this in their name; what no test notices, with its place
 *   npm run mutations -- --seed 2 --most 60
 */

import { HostProcess } from '../src/runtime/script/host-process.ts';
import { dotnetForTests } from '../test/support/dotnet.ts';
import { codeBy, connectorsWithCode } from '../test/test-cases/mutation/code.ts';
import { chosenConnectors, goldenConnectors } from '../test/test-cases/mutation/connectors.ts';
import { type Measured, measure } from '../test/test-cases/mutation/measure.ts';

const words = process.argv.slice(2);
const textOf = (flag: string): string | undefined =>
  words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined;
const names = words.filter((word, index) => !word.startsWith('--') && !words[index - 1]?.match(/^--(?:seed|most)$/));
const seed = textOf('--seed') ?? '1';
const most = Number(textOf('--most') ?? 60);

const place = await dotnetForTests();
const host = place === undefined ? undefined : new HostProcess(place);
const codeOf = host === undefined ? undefined : codeBy(host);

const all: Measured[] = [];
const withCode = codeOf === undefined ? [] : connectorsWithCode();
for (const { name, files } of [...chosenConnectors(), ...goldenConnectors(), ...withCode]) {
  if (names.length > 0 && !names.some((wanted) => name.includes(wanted))) continue;
  const started = performance.now();
  const measured = await measure(name, files, {
    seed,
    most,
    situations: 6,
    ...(codeOf === undefined ? {} : { codeOf }),
  });
  all.push(...measured);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${row(measured)}  ${name} (${seconds} s)`);
}
host?.end();

function row(list: readonly Measured[]): string {
  const caught = list.filter(({ isCaught }) => isCaught).length;
  return `${String(caught).padStart(5)} of ${String(list.length).padStart(5)}  ${((caught / Math.max(1, list.length)) * 100).toFixed(1).padStart(5)} %`;
}

console.log('\nBy kind');
for (const kind of [...new Set(all.map((one) => one.kind))].sort()) {
  const list = all.filter((one) => one.kind === kind);
  console.log(`${row(list)}  ${kind} (${list[0]?.part})`);
}
console.log(`\n${row(all)}  all`);
if (words.includes('--list')) {
  for (const { connector, kind, at, operationId, before, after } of all.filter(({ isCaught }) => !isCaught)) {
    console.log(`\n${connector}: ${kind}: ${at}\n  seen in ${operationId}`);
    const [one, other] = [JSON.stringify(before), JSON.stringify(after)];
    let from = 0;
    while (from < one.length && one[from] === other[from]) from += 1;
    const start = Math.max(0, from - 80);
    console.log(`  - ${one.slice(start, from + 120)}\n  + ${other.slice(start, from + 120)}`);
  }
}
