/**
 * Measures start-up, validation, scaffolding, import and memory beside peers, in one run: whole processes, alternating
 * rounds, medians, on three versions of Node. Beside what goals.json wants; ends with 1 when a goal is missed by more than
 * the noise that was measured (half of the distance between the quartiles of the rounds).
 * Absolute times depend on the machine; quote the ratios.
 *
 *     npm run bench                        every row, 9 rounds, Node 20, 22 and 24
 *     npm run bench -- one two             only the rows named (they are in rows.mjs)
 *     npm run bench -- --node 20,24        only those versions of Node; npm installs what isn't there into bench/.cache
 *     npm run bench -- --rounds 3          fewer rounds
 *     npm run bench -- --no-peers          without the others
 *     npm run bench -- thousand --definitions FOLDER   of published connectors, instead of definitions made for it
 *     npm run bench -- --markdown [FILE]   also as Markdown, with date and machine; in a file with marks between them only,
 *                                          such as README.md and bench/README.md (the flag may be there several times)
 *     npm run bench -- growth              does anything grow faster than what it works on? only when it is named
 *     npm run bench -- growth --shape 'import: '   of that, only what begins so
 *     npm run bench -- code                calls of operations with code (.NET); only when it is named
 *     npm run bench -- editors             diagnostics after an edit, the start of the server for agents; only when it is named
 *     npm run bench -- test                a thousand cases of a connector; only when it is named
 *     npm run bench -- preview             from a change on the disk to the page; only when it is named
 *     npm run bench -- size                of the package; only when it is named
 *     npm run bench -- --against ../before beside another version: a checkout of it that is built; no peers
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { npm, root } from '../scripts/support.mjs';
import { judge } from './judge.mjs';
import { alternate, median, meter } from './measure.mjs';
import { nodeOf } from './nodes.mjs';
import { intoText, markdown, print } from './report.mjs';
import { installPeers, rows, ruleCount, start } from './rows.mjs';

/** Rows that are run only when they are named. */
const alone = ['growth', 'code', 'editors', 'test', 'preview', 'size'];
const { values: flags, positionals: named } = parseArgs({
  // a flag with a value that may be left out
  args: process.argv
    .slice(2)
    .map((word, index, all) => (word === '--markdown' && isNoValue(all[index + 1]) ? '--markdown=-' : word)),
  allowPositionals: true,
  options: {
    node: { type: 'string', default: '20,22,24' },
    rounds: { type: 'string', default: '9' },
    'no-peers': { type: 'boolean', default: false },
    definitions: { type: 'string' },
    markdown: { type: 'string', multiple: true },
    shape: { type: 'string' },
    against: { type: 'string' },
  },
});
const rounds = Number(flags.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${flags.rounds}: must be a whole number from 1`);
const unknown = named.filter((name) => !(name in rows) && !alone.includes(name));
if (unknown.length > 0) {
  throw new Error(`there is no row ${unknown.join(', ')}; there are ${[...Object.keys(rows), ...alone].join(', ')}`);
}
const chosen = Object.keys(rows).filter((name) => named.length === 0 || named.includes(name));
const goals = JSON.parse(readFileSync(new URL('./goals.json', import.meta.url), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'pp-connector-bench-'));
const ours = join(root, 'dist', 'pp-connector.cjs');

try {
  if (flags.against === undefined) await measureAll();
  else {
    const before = resolve(flags.against);
    (await import('./against.mjs')).default({ measure: meter(work), median, ours, before, work, rounds });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function measureAll() {
  const peers = !flags['no-peers'];
  if (chosen.includes('yo') || (peers && chosen.length > 0)) installPeers();
  const results = flags.node.split(',').flatMap((major, index) => {
    const left = index === 0 ? chosen : chosen.filter((name) => rows[name].once !== 'all');
    return left.map((name) => measureRow(name, major, peers && (index === 0 || rows[name].once !== 'peers')));
  });
  for (const name of alone.filter((each) => named.includes(each))) await measureAlone(name);
  if (flags.markdown !== undefined) {
    const tables = markdown(results, { rules: chosen.length > 0 ? ruleCount() : undefined });
    for (const file of flags.markdown) putTable(file, tables);
  }
  const missed = results.flatMap(({ title, judged }) =>
    judged.filter(({ verdict }) => verdict === 'missed').map((each) => ({ ...each, title })),
  );
  if (missed.length === 0) return;
  console.log(
    `\nMissed by more than the noise:\n${missed.map(({ title, node, what }) => `  ${title}, Node ${node}: ${what}`).join('\n')}`,
  );
  process.exitCode = 1;
}

/** @param {string} file `-` is the terminal @param {{ all: string, short: string }} tables */
function putTable(file, tables) {
  if (file === '-') console.log(`\n${tables.all}`);
  else {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(file, text.includes('<!-- bench: ') ? intoText(text, tables) : tables.all);
  }
}

/** @returns {import('./report.mjs').Result} */
function measureRow(name, major, peers) {
  const { title, candidates: candidatesOf } = rows[name];
  const node = nodeOf(major);
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);
  const candidates = candidatesOf({ work, peers, published: flags.definitions });
  const samples = alternate(candidates, rounds, meter(work, node));
  const judged = goals
    .filter((goal) => goal.row === name)
    .map((goal) => judge(goal, major, samples))
    .filter((each) => each !== undefined);
  const result = { row: name, title, node: version, rounds, candidates, samples, judged };
  print(result);
  return result;
}

async function measureAlone(name) {
  const measure = meter(work);
  if (name === 'growth')
    return (await import('./growth.mjs')).default({
      measure,
      median,
      baseline: start,
      ours,
      work,
      rounds,
      shape: flags.shape,
    });
  if (name === 'test') {
    return (await import('./tests.mjs')).default({ compare, baseline: start, ours, work, rounds });
  }
  if (name === 'editors')
    return (await import('./editors.mjs')).default({ compare, baseline: start, median, ours, work, rounds });
  if (name === 'preview') return (await import('./preview.mjs')).default({ ours, work, rounds, median });
  if (name === 'code') return (await import('./code.mjs')).default({ compare, baseline: start, ours, work, rounds });
  return size();
}

/** For rows with goals of their own kind. */
function compare(title, listed, count) {
  const candidates = listed.map((candidate, index) => ({ id: String(index), ...candidate }));
  const samples = alternate(candidates, count, meter(work));
  print({ title, node: process.versions.node, rounds: count, candidates, samples, judged: [] });
  const medianOf = (id, unit) => median(samples.get(id).map((sample) => sample[unit]));
  return candidates.map(({ id }) => ({
    wall: medianOf(id, 'wall'),
    cpu: medianOf(id, 'cpu'),
    memory: medianOf(id, 'memory'),
  }));
}

function size() {
  const folder = join(work, 'size');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(['pack', '--silent', '--pack-destination', folder], root);
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tarball = join(folder, `${name}-${version}.tgz`);
  npm(['install', '--silent', '--no-audit', '--no-fund', tarball], folder);
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const packages = Object.keys(lock.packages).filter((each) => each !== '').length;
  console.log(`\nInstall size\n  ${packages} package, tarball ${(statSync(tarball).size / 1e6).toFixed(2)} MB`);
}

/** What follows a flag is no value of it: nothing, a flag, or a row. */
function isNoValue(next) {
  return next === undefined || next.startsWith('-') || next in rows || alone.includes(next);
}
