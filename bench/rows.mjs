/** What is run in each row: our commands beside the start of Node, the bare work, and peers. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, root } from '../scripts/support.mjs';
import { description } from './import.mjs';
import { definition, writeDefinitions } from './inputs.mjs';
import { publishedLike } from './published-like.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const modules = join(here, 'node_modules');
const ours = join(root, 'dist', 'pp-connector.cjs');
const peer = (...names) => join(modules, ...names);
const version = (name) => JSON.parse(readFileSync(peer(...name.split('/'), 'package.json'), 'utf8')).version;

/** @type {import('./measure.mjs').Candidate} */
export const start = { id: 'start', name: 'node -e 0', args: ['-e', '0'] };

/** What only reads the files. @param {string} list path of a file with their paths */
const parse = (list) => ({
  id: 'parse',
  name: 'JSON.parse of the same files',
  args: [
    '-e',
    `const fs=require('fs');for(const p of JSON.parse(fs.readFileSync(${JSON.stringify(list)},'utf8')))JSON.parse(fs.readFileSync(p,'utf8'))`,
  ],
});

const validate = (folder, names, more = ['--format', 'json'], id = 'ours') => ({
  id,
  name: `pp-connector validate ${more.join(' ')}`,
  args: [ours, 'validate', '--profile', 'verified', ...more, ...names],
  cwd: folder,
});

/** With the rules that each recommends. In definitions of our own making they find no errors: one that fails would look fast. */
function linters({ work, published }, paths) {
  const done = published === undefined ? { status: 0 } : {};
  const ruleset = join(work, 'ruleset.json');
  writeFileSync(ruleset, '{ "extends": ["spectral:oas"] }');
  return [
    {
      id: 'redocly',
      name: `Redocly ${version('@redocly/cli')} lint, recommended`,
      args: [
        peer('@redocly', 'cli', 'bin', 'cli.js'),
        'lint',
        '--extends',
        'recommended',
        '--max-problems',
        '1',
        ...paths,
      ],
      env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      ...done,
    },
    {
      id: 'spectral',
      name: `Spectral ${version('@stoplight/spectral-cli')} lint, spectral:oas`,
      args: [peer('@stoplight', 'spectral-cli', 'dist', 'index.js'), 'lint', '--ruleset', ruleset, ...paths],
      ...done,
    },
  ];
}

/** Definitions of our own making, or those in a folder of published ones. */
function definitions({ work, published }, name, count, bytes, make = publishedLike) {
  const folder = published === undefined ? join(work, name) : resolve(published);
  const paths =
    published === undefined ? writeDefinitions(folder, count, bytes, make) : publishedIn(folder).slice(0, count);
  const list = join(work, `${name}.json`);
  writeFileSync(list, JSON.stringify(paths));
  // relative: the command line of a thousand whole paths is too long for some systems
  return { folder, paths, list, names: paths.map((path) => path.slice(folder.length + 1)) };
}

/** Those that everything here can read. */
const publishedIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /apiDefinition[^\\/]*\.json$/i.test(name))
    .map((name) => join(folder, name))
    .filter((path) => {
      try {
        return JSON.parse(readFileSync(path, 'utf8')).swagger === '2.0';
      } catch {
        return false;
      }
    })
    .sort();

const validation = (title, name, count, bytes, make = publishedLike) => ({
  title,
  candidates(bench) {
    const { folder, names, paths, list } = definitions(bench, name, count, bytes, make);
    return [start, parse(list), validate(folder, names), ...(bench.peers ? linters(bench, paths) : [])];
  },
});

const formats = ['stylish', 'json', 'sarif', 'github', 'junit', 'markdown'];

const emptied = (folder) => () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
};

/** Under `yo`, which as root becomes user 1000, who needs a folder and a home of its own. */
function underYo({ work }, words) {
  const target = join(work, 'yo');
  const prepare = () => {
    emptied(target)();
    for (const path of [work, target, join(work, 'cpu.txt')]) chmodSync(path, 0o777);
  };
  return { args: [peer('yo', 'lib', 'cli.js'), ...words], cwd: target, prepare, env: { HOME: target }, status: 0 };
}

/** `yo` finds generators beside itself. */
function linkOurs() {
  const link = peer('generator-pp-connector');
  if (!existsSync(link)) symlinkSync(root, link, 'junction');
}

const converted = (title, operations, bytes, tags) => ({
  title,
  candidates({ work, peers }) {
    const file = join(work, `import-${bytes}.json`);
    writeFileSync(file, JSON.stringify(description(operations, bytes)));
    const list = join(work, `import-${bytes}.list.json`);
    writeFileSync(list, JSON.stringify([file]));
    const selection =
      tags === 0 ? [] : ['--tags', Array.from({ length: tags }, (_, index) => `Group ${index}`).join(',')];
    const output = join(work, 'imported.json');
    const theirs = {
      id: 'api-spec-converter',
      name: `api-spec-converter ${peers ? version('api-spec-converter') : ''} (all operations)`,
      args: [peer('api-spec-converter', 'bin', 'api-spec-converter'), '--from=openapi_3', '--to=swagger_2', file],
      status: 0,
    };
    return [
      start,
      parse(list),
      {
        id: 'ours',
        name: 'pp-connector import',
        args: [ours, 'import', file, '--output', output, ...selection],
        status: 0,
      },
      ...(peers ? [theirs] : []),
    ];
  },
});

/**
 * @typedef {{ work: string, peers: boolean, published?: string }} Bench
 *
 * What takes many minutes is measured `once`, on the first version of Node only: all of a row, or its peers.
 * @type {Record<string, { title: string, once?: 'all' | 'peers', candidates: (bench: Bench) => import('./measure.mjs').Candidate[] }>}
 */
export const rows = {
  start: {
    title: 'Start-up',
    candidates: () => [
      start,
      { id: 'ours', name: 'pp-connector --version', args: [ours, '--version'] },
      { id: 'help', name: 'pp-connector --help', args: [ours, '--help'] },
    ],
  },
  one: validation('One definition of 32 KB', 'one', 1, 32_000, definition),
  two: validation('Two definitions of 1 MB', 'two', 2, 1_000_000),
  hundred: validation('102 definitions, 8 MB', 'hundred', 102, 80_000),
  thousand: {
    title: '1,000 definitions, 77 MB',
    once: 'peers',
    candidates(bench) {
      const { folder, names, paths, list } = definitions(bench, 'thousand', 1000, 77_000);
      const own = [validate(folder, names), validate(folder, names, ['--quiet'], 'quiet')];
      return [start, parse(list), ...own, ...(bench.peers ? linters(bench, paths) : [])];
    },
  },
  memory: {
    title: '1,000 definitions, by format of the report',
    once: 'all',
    candidates(bench) {
      const { folder, names } = definitions(bench, 'thousand', 1000, 77_000);
      return [start, ...formats.map((format) => validate(folder, names, ['--format', format], format))];
    },
  },
  new: {
    title: 'A new repository',
    candidates({ work, peers }) {
      const cwd = join(work, 'scaffold');
      const prepare = emptied(cwd);
      const vite = {
        id: 'vite',
        name: `create-vite ${peers ? version('create-vite') : ''}`,
        args: [peer('create-vite', 'index.js'), 'demo', '--template', 'vanilla', '--no-interactive'],
        cwd,
        prepare,
        status: 0,
      };
      const args = [ours, 'new', 'demo', '--yes'];
      const own = { id: 'ours', name: 'pp-connector new --yes', args, cwd, prepare, status: 0 };
      return [start, own, ...(peers ? [vite] : [])];
    },
  },
  yo: {
    title: 'A new repository, by yo',
    candidates(bench) {
      linkOurs();
      const code = ['code', 'demo', '-q', '-t', 'ts', '--gitInit', 'false', '--skip-install'];
      return [
        start,
        {
          id: 'ours',
          name: `yo ${version('yo')} pp-connector --yes`,
          ...underYo(bench, ['pp-connector', 'demo', '--yes']),
        },
        { id: 'code', name: `yo ${version('yo')} code`, ...underYo(bench, code) },
      ];
    },
  },
  import: converted('Import of 30 KB', 20, 30_000, 0),
  selection: converted('Import of 4 MB, 200 operations, 20 of them selected', 200, 4_000_000, 4),
  selection13: converted('Import of 13 MB, 1,223 operations, 31 of them selected', 1223, 13_000_000, 1),
  refused: {
    title: 'A description of 20 MB that is refused',
    candidates({ work }) {
      const text = JSON.stringify(description(2000, 20_000_000));
      const json = join(work, 'refused.json');
      const yaml = join(work, 'refused.yaml');
      writeFileSync(json, text);
      writeFileSync(yaml, blockStyle(JSON.parse(text)));
      const output = join(work, 'refused.out.json');
      const refuse = (id, file) => ({
        id,
        name: `pp-connector import, ${id.toUpperCase()}`,
        args: [ours, 'import', file, '--output', output],
        status: 3,
      });
      return [start, refuse('json', json), refuse('yaml', yaml)];
    },
  },
  invoke: {
    title: 'One operation of a definition of 32 KB',
    candidates({ work }) {
      const folder = join(work, 'invoke');
      const [path] = writeDefinitions(folder, 1, 32_000);
      const [id] = Object.values(JSON.parse(readFileSync(path, 'utf8')).paths).map(({ get }) => get.operationId);
      const set = ['--set', 'recordId=7', '--dry-run', '--format', 'json'];
      return [
        start,
        validate(folder, [path], ['--format', 'json'], 'validate'),
        { id: 'invoke', name: 'pp-connector invoke --dry-run', args: [ours, 'invoke', id, path, ...set], status: 0 },
        {
          id: 'preview',
          name: 'pp-connector preview --format json',
          args: [ours, 'preview', path, '--format', 'json'],
          status: 0,
        },
      ];
    },
  },
};

/** YAML as people write it: one line per value. @param {unknown} value @returns {string} */
function blockStyle(value, indent = '') {
  if (typeof value !== 'object' || value === null) return `${JSON.stringify(value)}\n`;
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return isList ? '[]\n' : '{}\n';
  const lines = entries.map(([key, inner]) => {
    const text = blockStyle(inner, `${indent}  `);
    const head = `${indent}${isList ? '-' : `${JSON.stringify(key)}:`}`;
    return text.startsWith('\n') ? `${head}${text}` : `${head} ${text}`;
  });
  return `\n${lines.join('')}`;
}

/** Installs the peers, in the versions of the lock beside this file; npm writes its own list when it has done so. */
export function installPeers() {
  const installed = statSync(join(modules, '.package-lock.json'), { throwIfNoEntry: false });
  const isCurrent = installed !== undefined && installed.mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs;
  if (!isCurrent) npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], here);
}

/** How many rules `validate` has, for people who compare. */
export function ruleCount() {
  const { stdout } = spawnSync(process.execPath, [ours, 'rules', '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout).rules.filter(({ command, check }) => command === 'validate' && check === 'automatic')
    .length;
}
