/** Everything that must hold before a change lands: types, lint, format, tests (their coverage: npm run coverage). */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, run, say } from './support.mjs';

/** Those that take longest: they begin first, so that no processor waits for one of them at the end. */
const longest = [
  'test/journeys/',
  'test/reliability/',
  'test/certification/guide',
  'test/cli/',
  'test/deploy/',
  'test/rules/',
  'test/import/',
  'test/preview/',
  'test/download/',
  'test/release/',
  'test/documentation/',
];

const files = readdirSync(join(root, 'test'), { recursive: true })
  .map((name) => `test/${String(name).replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.test.ts'))
  .sort();
const unknown = longest.filter((start) => !files.some((name) => name.startsWith(start)));
if (unknown.length > 0) throw new Error(`there are no tests below ${unknown.join(', ')}`);
const rank = (/** @type {string} */ name) => {
  const index = longest.findIndex((start) => name.startsWith(start));
  return index === -1 ? longest.length : index;
};
const inOrder = files.toSorted((a, b) => rank(a) - rank(b));

const bin = (/** @type {string[]} */ ...names) => join(root, 'node_modules', ...names);
const jobs = String(Math.max(2, availableParallelism()));
const steps = [
  ['Types', bin('typescript', 'bin', 'tsc'), []],
  ['Types of the page', bin('typescript', 'bin', 'tsc'), ['-p', 'src/preview/page']],
  ['Lint and format', bin('@biomejs', 'biome', 'bin', 'biome'), ['check', '--error-on-warnings', '.']],
  ['Tests', bin('mocha', 'bin', 'mocha.js'), ['--jobs', jobs, ...inOrder]],
];
for (const [title, script, args] of steps) {
  say(title);
  run(process.execPath, [script, ...args], root);
}
