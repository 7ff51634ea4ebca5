/**
 * Measures start-up, validation, scaffolding and size beside peers, in one run: whole processes, interleaved rounds,
 * medians. Absolute times depend on the machine; quote the ratios.
 *
 *     npm run bench                  everything, 7 rounds
 *     npm run bench -- --rounds 3    fewer rounds
 *     npm run bench -- validate      only the groups named
 *     npm run bench -- growth        does anything grow faster than what it works on? only when it is named
 *     npm run bench -- --against ../before   beside another version: a checkout of it that is built; no peers
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, root } from '../scripts/support.mjs';
import { writeDefinitions } from './inputs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const peers = join(here, 'node_modules');
const args = process.argv.slice(2);
const rounds = Number(args[args.indexOf('--rounds') + 1]) || 7;
const before = args.includes('--against') ? resolve(args[args.indexOf('--against') + 1] ?? '') : undefined;
const groups = args.filter((word, index) => /^[a-z]/.test(word) && args[index - 1] !== '--against');
const wants = (name) => groups.length === 0 || groups.includes(name);

/** Groups that measure nothing of others. */
const isAlone =
  before !== undefined ||
  (groups.length > 0 && groups.every((name) => ['start', 'invoke', 'code', 'test', 'growth'].includes(name)));
if (!isAlone && !existsSync(peers)) npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], here);
const work = mkdtempSync(join(tmpdir(), 'pp-connector-bench-'));
const cpuFile = join(work, 'cpu.txt');
const ours = join(root, 'dist', 'pp-connector.cjs');
const script = (...names) => join(peers, ...names);

/** One run of a Node program: wall and CPU seconds, peak memory in MiB. @param most the highest exit status that counts as done */
function measure({ args: words, cwd = work, prepare, env = {}, most = 1 }) {
  writeFileSync(cpuFile, '');
  prepare?.();
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, ['--require', join(here, 'cpu.cjs'), ...words], {
    cwd,
    input: '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, BENCH_CPU_FILE: cpuFile, ...env },
  });
  // a peer that refuses its command line would look fast
  if (result.status === null || result.status > most || /Invalid values|Unknown argument/.test(result.stderr)) {
    throw new Error(`${words.slice(0, 3).join(' ')} … failed:\n${result.stderr.slice(0, 2000)}`);
  }
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const lines = readFileSync(cpuFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
  const cpu = lines.reduce((sum, [milliseconds = 0]) => sum + milliseconds, 0) / 1000;
  return { wall, cpu, memory: Math.max(...lines.map(([, memory = 0]) => memory)), status: result.status };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Runs all candidates in turn, round after round, and prints each beside the first. */
function compare(title, candidates, count = rounds) {
  const samples = candidates.map(() => []);
  for (let round = 0; round <= count; round += 1) {
    candidates.forEach((candidate, index) => {
      const sample = measure(candidate);
      if (round > 0) samples[index].push(sample); // the first round only warms the caches
    });
  }
  const rows = samples.map((list) => ({
    wall: median(list.map(({ wall }) => wall)),
    cpu: median(list.map(({ cpu }) => cpu)),
    memory: median(list.map(({ memory }) => memory)),
  }));
  console.log(`\n${title}`);
  console.log('  wall s   × first    CPU s   × first   peak MiB');
  rows.forEach(({ wall, cpu, memory }, index) => {
    const cells = [
      wall.toFixed(3),
      (wall / rows[0].wall).toFixed(2),
      cpu.toFixed(3),
      (cpu / rows[0].cpu).toFixed(2),
      memory.toFixed(0),
    ];
    console.log(`  ${cells.map((cell) => cell.padStart(7)).join('  ')}   ${candidates[index].name}`);
  });
  return rows;
}

const version = (name) => JSON.parse(readFileSync(script(...name.split('/'), 'package.json'), 'utf8')).version;
const baseline = { name: 'node -e 0', args: ['-e', '0'] };
const parse = (paths) => {
  const list = join(work, `list${paths.length}.json`);
  writeFileSync(list, JSON.stringify(paths));
  const code = `const fs=require('fs');for(const p of JSON.parse(fs.readFileSync(${JSON.stringify(list)},'utf8')))JSON.parse(fs.readFileSync(p,'utf8'))`;
  return { name: 'JSON.parse of the same files', args: ['-e', code] };
};

try {
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${rounds} rounds, medians`);
  if (before !== undefined) (await import('./against.mjs')).default({ measure, median, ours, before, work, rounds });
  else await all();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function all() {
  if (wants('start')) {
    compare('Start-up', [
      baseline,
      { name: 'pp-connector --version', args: [ours, '--version'] },
      { name: 'pp-connector --help', args: [ours, '--help'] },
    ]);
  }
  if (wants('validate')) validation();
  if (wants('invoke')) running();
  if (wants('code')) (await import('./code.mjs')).default({ compare, baseline, ours, work, rounds });
  if (wants('test')) (await import('./tests.mjs')).default({ compare, baseline, ours, work, rounds });
  if (wants('import'))
    (await import('./import.mjs')).default({ compare, baseline, ours, work, rounds, script, version, parse });
  if (wants('scaffold')) scaffolding();
  if (wants('size')) size();
  if (groups.includes('growth'))
    (await import('./growth.mjs')).default({ measure, median, baseline, ours, work, rounds });
}

function validation() {
  const rules = JSON.parse(
    spawnSync(process.execPath, [ours, 'rules', '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout,
  ).rules;
  const automatic = rules.filter((rule) => rule.command === 'validate' && rule.check === 'automatic').length;
  console.log(
    `\npp-connector: ${automatic} rules; Spectral ${version('@stoplight/spectral-cli')} spectral:oas; Redocly ${version('@redocly/cli')} recommended`,
  );
  writeFileSync(join(work, 'ruleset.json'), '{ "extends": ["spectral:oas"] }');
  for (const [title, folder, count, bytes, repeat] of [
    ['One definition of 32 KB', 'one', 1, 32_000, rounds],
    ['Two definitions of 1 MB', 'two', 2, 1_000_000, rounds],
    ['100 definitions, 8 MB', 'hundred', 100, 80_000, Math.min(rounds, 3)],
  ]) {
    const paths = writeDefinitions(join(work, folder), count, bytes);
    compare(
      title,
      [
        baseline,
        parse(paths),
        {
          name: 'pp-connector validate',
          args: [ours, 'validate', '--profile', 'verified', '--format', 'json', ...paths],
        },
        ...linters(paths),
      ],
      repeat,
    );
  }
  thousandDefinitions();
}

/** Peers of `validate`. */
function linters(paths) {
  const redocly = script('@redocly', 'cli', 'bin', 'cli.js');
  const spectral = script('@stoplight', 'spectral-cli', 'dist', 'index.js');
  return [
    {
      name: 'Redocly lint',
      args: [redocly, 'lint', '--extends', 'recommended', '--max-problems', '1', ...paths],
      env: { REDOCLY_TELEMETRY: 'off' },
    },
    { name: 'Spectral lint', args: [spectral, 'lint', '--ruleset', join(work, 'ruleset.json'), ...paths] },
  ];
}

function thousandDefinitions() {
  const thousand = writeDefinitions(join(work, 'thousand'), 1000, 77_000);
  const batch = join(work, 'thousand');
  compare(
    '1,000 definitions, 77 MB',
    [
      parse(thousand),
      {
        name: 'pp-connector validate',
        args: [
          ours,
          'validate',
          '--profile',
          'verified',
          '--quiet',
          ...thousand.map((path) => path.slice(batch.length + 1)),
        ],
        cwd: batch,
      },
    ],
    Math.min(rounds, 3),
  );
}

/** What a dry run needs beside `validate` of the same definition: at most half more over the start of Node. */
function running() {
  const folder = join(work, 'invoke');
  const [path] = writeDefinitions(folder, 1, 32_000);
  const [id] = Object.values(JSON.parse(readFileSync(path, 'utf8')).paths).map(({ get }) => get.operationId);
  const rows = compare('One operation of a definition of 32 KB', [
    baseline,
    { name: 'pp-connector validate', args: [ours, 'validate', '--profile', 'verified', '--format', 'json', path] },
    {
      name: 'pp-connector invoke --dry-run',
      args: [ours, 'invoke', id, path, '--set', 'recordId=7', '--dry-run', '--format', 'json'],
    },
    { name: 'pp-connector preview --format json', args: [ours, 'preview', path, '--format', 'json'] },
  ]);
  const [start, validate, invoke, preview] = rows.map(({ cpu }) => cpu);
  console.log(
    `  invoke beside validate, over the start of Node: ${((invoke - start) / (validate - start)).toFixed(2)}`,
  );
  console.log(
    `  preview beside validate, over the start of Node: ${((preview - start) / (validate - start)).toFixed(2)} (at most 1.5)`,
  );
}

function scaffolding() {
  const target = join(work, 'scaffold');
  const prepare = () => {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target);
  };
  const candidates = [
    baseline,
    { name: 'pp-connector new --yes', args: [ours, 'new', 'demo', '--yes'], cwd: target, prepare },
    {
      name: `create-vite ${version('create-vite')}`,
      args: [script('create-vite', 'index.js'), 'demo', '--template', 'vanilla', '--no-interactive'],
      cwd: target,
      prepare,
    },
  ];
  const yo = [script('yo', 'lib', 'cli.js'), 'code', 'demo', '-q', '-t', 'ts', '--gitInit', 'false', '--skip-install'];
  // as root, yo becomes user 1000, who needs a folder and a home of its own
  const forEverybody = () => {
    prepare();
    for (const path of [work, target, cpuFile]) chmodSync(path, 0o777);
  };
  candidates.push({
    name: `yo ${version('yo')} code`,
    args: yo,
    cwd: target,
    prepare: forEverybody,
    env: { HOME: target },
  });
  compare('Scaffolding', candidates);
}

function size() {
  const folder = join(work, 'size');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  npm(['pack', '--silent', '--pack-destination', folder], root);
  const tarball = join(
    folder,
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name +
      '-' +
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version +
      '.tgz',
  );
  npm(['install', '--silent', '--no-audit', '--no-fund', tarball], folder);
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  const packages = Object.keys(lock.packages).filter((name) => name !== '').length;
  console.log(`\nInstall size\n  ${packages} package, tarball ${(statSync(tarball).size / 1e6).toFixed(2)} MB`);
}
