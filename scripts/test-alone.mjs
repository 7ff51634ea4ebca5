/**
 * Runs every test file in a process of its own: one that only passes after another one has loaded something fails here.
 *
 *     npm run test:alone                      all of them
 *     npm run test:alone -- rules operation   those whose path holds one of the words
 *     npm run test:alone -- --shard 3/8       the third eighth of them
 *     npm run test:alone -- --shard commit/8  another eighth with every commit: all of them within eight (for CI)
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, say } from './support.mjs';

const { values, positionals } = parseArgs({ options: { shard: { type: 'string' } }, allowPositionals: true });

const all = readdirSync(join(root, 'test'), { recursive: true })
  .map((name) => `test/${String(name).replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => positionals.length === 0 || positionals.some((word) => name.includes(word)))
  .sort();
const files = inShard(all, values.shard ?? '1/1');
if (files.length === 0) throw new Error('no test file has such a name');

const failed = files.filter((file) => {
  const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const args = [mocha, '--no-parallel', '--reporter', 'dot', file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  process.stdout.write(`${status === 0 ? 'passes' : 'FAILS '} ${file}\n${status === 0 ? '' : stdout + stderr}`);
  return status !== 0;
});
say(`${files.length - failed.length} of ${files.length} test files pass alone`);
process.exit(failed.length === 0 ? 0 : 1);

/** @param {string[]} names @param {string} shard `number/count`, or `commit/count` @returns {string[]} */
function inShard(names, shard) {
  const [which, count] = shard.split('/');
  const parts = Number(count);
  const part = which === 'commit' ? commits() % parts : Number(which) - 1;
  if (!(parts >= 1 && part >= 0 && part < parts)) throw new Error(`--shard ${shard}: is not a part such as 3/8`);
  return names.filter((_, index) => index % parts === part);
}

/** How many commits lead here. */
function commits() {
  const { stdout } = spawnSync('git', ['rev-list', '--count', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return Number(stdout) || 0;
}
