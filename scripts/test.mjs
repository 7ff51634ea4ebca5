/** Everything that must hold before a change lands: types, lint, format, tests (their coverage: npm run coverage). */
import { join } from 'node:path';
import { root, run, say } from './support.mjs';

const bin = (/** @type {string[]} */ ...names) => join(root, 'node_modules', ...names);
const steps = [
  ['Types', bin('typescript', 'bin', 'tsc'), []],
  ['Lint and format', bin('@biomejs', 'biome', 'bin', 'biome'), ['check', '--error-on-warnings', '.']],
  ['Tests', bin('mocha', 'bin', 'mocha.js'), ['test/**/*.test.ts']],
];
for (const [title, script, args] of steps) {
  say(title);
  run(process.execPath, [script, ...args], root);
}
