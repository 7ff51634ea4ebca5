/** This version beside another one: the same commands in turn, and the ratio within each round. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { description } from './import.mjs';
import { writeDefinitions } from './inputs.mjs';

/** @param {{ measure: Function, median: (values: number[]) => number, ours: string, before: string, work: string, rounds: number }} bench */
export default function against({ measure, median, ours, before, work, rounds }) {
  const theirs = join(before, 'dist', 'pp-connector.cjs');
  const scratch = join(work, 'scratch');
  const prepare = () => {
    rmSync(scratch, { recursive: true, force: true });
    mkdirSync(scratch);
  };
  const [small = ''] = writeDefinitions(join(work, 'small'), 1, 32_000);
  const [large = ''] = writeDefinitions(join(work, 'large'), 1, 1_000_000);
  const source = join(work, 'source.json');
  writeFileSync(source, JSON.stringify(description(20, 30_000)));
  prepare();
  measure({ args: [ours, 'new', 'demo', '--yes'], cwd: scratch });
  const repository = join(work, 'repository');
  cpSync(join(scratch, 'demo'), repository, { recursive: true });

  console.log(`CPU seconds, beside ${before}; ratio within a round: median (least to most)`);
  for (const [name, words] of [
    ['--version', ['--version']],
    ['validate, 32 KB', ['validate', small]],
    ['validate, a repository', ['validate', repository]],
    ['validate, 1 MB', ['validate', large]],
    ['import, 30 KB', ['import', source, '--output', 'imported.json']],
    ['new --yes', ['new', 'demo', '--yes']],
  ]) {
    const pairs = [];
    for (let round = 0; round <= rounds; round += 1) {
      // who comes first changes, since the second finds warmer caches
      const order = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
      const cpu = new Map(
        order.map((program) => [program, measure({ args: [program, ...words], cwd: scratch, prepare }).cpu]),
      );
      if (round > 0) pairs.push([cpu.get(ours), cpu.get(theirs)]);
    }
    const ratios = pairs.map(([now, then]) => now / then).sort((a, b) => a - b);
    const seconds = [0, 1].map((side) => median(pairs.map((pair) => pair[side])).toFixed(3));
    const [least, most] = [ratios[0] ?? Number.NaN, ratios.at(-1) ?? Number.NaN].map((ratio) => ratio.toFixed(2));
    console.log(`  ${seconds.join('  ')}  ${median(ratios).toFixed(2)} (${least} to ${most})   ${name}`);
  }
}
