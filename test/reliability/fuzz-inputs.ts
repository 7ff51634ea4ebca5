import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { frozen } from '../support/frozen.ts';

/** A number below the one that is given. */
export type Pick = (below: number) => number;

export const one = <T>(list: readonly T[], pick: Pick): T => list[pick(list.length)] as T;

/** Numbers by a seed (mulberry32): the same run again. */
export function random(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const nestedIn = (before: string, key: string, after: string, levels = 3500): string =>
  `${before}${`{"${key}":`.repeat(levels)}{}${'}'.repeat(levels)}${after}`;

/** What a file may hold. */
const contents: readonly string[] = [
  ...['', 'null', '[]', '5', '"x"', '{', '{"a":', '\u0000\u0001', '{}', '[{}]', 'true', '\uFEFF{}', '# x\n\ny'],
  ...['{"swagger":"2.0"}', '{"properties":null}', '{"files":[]}', '{"openapi":"3.0.0","paths":5}', '{"__proto__":{}}'],
  '{"swagger":"2.0","paths":{"/a":null,"/b":5,"/{":{"get":[]}},"definitions":[]}',
  '{"profile":5,"outputDirectory":"../../outside","environments":[],"rules":"x","icon":"a\\u0000b"}',
  '{"outputDirectory":"../..","apiDefinition":"../precious.txt","icon":"../precious.txt"}',
  '{"swagger":"2.0","info":{"title":"\\u001b[2J\\n::error::x ##vso[a]b"},"paths":{"/a":{"get":{"operationId":"a\\n::b"}}}}',
  ...[nested(4000), nested(50_000), '['.repeat(5000), `${'['.repeat(3500)}${']'.repeat(3500)}`],
  nestedIn('{"swagger":"2.0","info":{"title":"A","version":"1"},"paths":{},"definitions":{"A":', 'items', '}}'),
  nestedIn('{"properties":{"connectionParameters":', 'x', ',"policyTemplateInstances":[]}}'),
  nestedIn('{"connectorId":null,"environment":', 'x', '}'),
  `{"swagger":"2.0","info":{"title":"${'long '.repeat(400_000)}"},"paths":{}}`,
  ' '.repeat(3_000_000),
  // of tests and workspaces
  'operation: ListTides\ncases:\n  - name: "\\e[2J\\n::error::x"\n    api: { status: 999 }\n    expect: 5\n',
  'operation: ../../outside\ncases:\n  - { name: a, replay: ../../precious.txt, inputs: { file: "@../../precious.txt" } }\n',
  `a: &a [x]\n${Array.from({ length: 30 }, (_, level) => `b${level}: &b${level} [*a, *a]`).join('\n')}\ncases: *a\n`,
  '{"connectors":["../*","connectors/*"],"defaults":{"profile":5,"outputDirectory":"../.."}}',
];

/** Files that commands read; the last ones are named by flags. */
const targets: readonly string[] = [
  ...['config.json', '.yo-rc.json', '.pp-connector/generated.json', '.pp-connector/derived-texts.json', 'package.json'],
  ...['README.md', '.gitignore', '.github/workflows/validate.yml', '.pp-connector.interrupted.json', 'api.json'],
  ...['tests/ListTides.test.yaml', 'pp-connector.json', 'AGENTS.md'],
  ...['apiDefinition.json', 'apiProperties.json', 'settings.json', 'icon.png', 'script.csx', 'intro.md'].map(
    (name) => `connector/${name}`,
  ),
];

interface Damage {
  name: string;
  /** @param path of a file that may be missing */
  apply: (path: string, pick: Pick) => string;
}

/** Half of an edit: somebody's merge, an editor that died, another encoding. */
const edits: readonly ((text: string, pick: Pick) => string)[] = [
  (text, pick) => text.slice(0, pick(text.length + 1)),
  (text, pick) => without(text, pick(text.length + 1), 1 + pick(40)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\uFEFF${text}`,
  (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`,
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace(/\}\s*$/, ',}'),
  (text, pick) => {
    const words = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\b(?:true|false|null|\d+)\b/g)];
    if (words.length === 0) return text;
    const { index, 0: word } = one(words, pick);
    return (
      text.slice(0, index) +
      one(['null', '[]', '{}', '5', '""', '"\\u0000"', '"é"'], pick) +
      text.slice(index + word.length)
    );
  },
];

const without = (text: string, at: number, length: number): string => text.slice(0, at) + text.slice(at + length);

const replaced = (path: string, make: () => void): void => {
  rmSync(path, { force: true, recursive: true });
  mkdirSync(join(path, '..'), { recursive: true });
  make();
};

const textDamages: readonly Damage[] = [
  {
    name: 'holds',
    apply: (path, pick) => {
      const text = one(contents, pick);
      replaced(path, () => writeFileSync(path, text));
      return JSON.stringify(text.slice(0, 60));
    },
  },
  {
    name: 'half edited',
    apply: (path, pick) => {
      const at = pick(edits.length);
      const text = readOr(path, '{"a": 1}\n');
      replaced(path, () => writeFileSync(path, edits[at]?.(text, pick) ?? text));
      return `edit ${at}`;
    },
  },
  {
    name: 'UTF-16',
    apply: (path) => {
      const text = readOr(path, '{}');
      replaced(path, () => writeFileSync(path, `\uFEFF${text}`, 'utf16le'));
      return '';
    },
  },
  {
    name: 'gone',
    apply: (path) => {
      rmSync(path, { force: true, recursive: true });
      return '';
    },
  },
];

const otherDamages: readonly Damage[] = Object.entries<(path: string) => void>({
  'a folder': (path) => mkdirSync(path),
  'a pipe': (path) => execFileSync('mkfifo', [path]),
  'a dangling link': (path) => symlinkSync('nowhere', path),
  'a link to itself': (path) => symlinkSync(path, path),
  'a link out': (path) => symlinkSync(join(path, '../../../precious.txt'), path),
  'a device': (path) => symlinkSync('/dev/zero', path),
}).map(([name, make]) => ({
  name,
  apply: (path) => {
    replaced(path, () => make(path));
    return '';
  },
}));

function readOr(path: string, instead: string): string {
  try {
    // what was made a pipe or a device before has no end
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : instead;
  } catch {
    return instead;
  }
}

/** Damages a file of the repository. @returns what was done */
export function damageOne(work: string, pick: Pick): string {
  const name = one(targets, pick);
  const kinds = process.platform === 'win32' || pick(3) > 0 ? textDamages : otherDamages;
  const damage = one(kinds, pick);
  return `${name}: ${damage.name} ${damage.apply(join(work, ...name.split('/')), pick)}`.trim();
}

/** What a flag may be given, whatever it means. */
export const oddValues: readonly string[] = [
  ...[
    '',
    ' ',
    '-1',
    '0',
    '1e9',
    'NaN',
    '/dev/zero',
    '/dev/full',
    '.',
    '..',
    '/proc/self/mem',
    'nothing',
    'config.json',
  ],
  ...['pipe', 'http://[', 'https://', 'file://host/x', 'https://[::1%25lo]/', 'https://127.0.0.1/a', '\\\\host\\share'],
  ...['a%2Fb', '%', '{}', 'a\n::error::b', '##vso[x]y', '\u001b[2J', '\u202e', '"', "'", '$(x)', 'é'.repeat(300)],
  ...['__proto__', 'constructor', '--', '/a/{b', 'con', 'nul.txt', 'C:\\x', '~/x', 'a'.repeat(5000), '=', 'a=b', ','],
];

/** What flags and arguments mean, by their name: what gets a command further than its first check. */
export const usualValues: Readonly<Record<string, readonly string[]>> = {
  paths: ['.', 'connector', 'connector/apiDefinition.json', 'connector api.json', '..'],
  folder: ['.', 'inner', 'inner/deeper'],
  source: ['api.json', 'connector/apiDefinition.json', '-'],
  base: ['.', 'connector', 'connector/apiDefinition.json', 'api.json', 'HEAD'],
  file: ['README.md', 'api.json'],
  operation: ['GetSample', 'ListTides'],
  api: ['api.json'],
  from: ['.', 'connector'],
  answers: ['answers.json', 'config.json'],
  config: ['config.json'],
  output: ['out.json', 'out', 'connector', 'deep/er/out.json'],
  properties: ['connector/apiProperties.json', 'out.json'],
  script: ['script.csx'],
  report: ['report.json'],
  to: ['connector', 'api.json', 'GetOther'],
  path: ['/tides', '/tides/{id}', '/tides/{id}/levels'],
  id: ['ListTides', 'GetTide'],
  edit: ['ListTides', 'GetSample'],
  rename: ['ListTides', 'GetSample'],
  remove: ['ListTides', 'GetSample'],
  revise: ['ListTides', 'GetSample'],
  deprecate: ['ListTides', 'GetSample'],
  summary: ['List tides', 'Get a tide'],
  description: ['Lists the tides of a harbour.'],
  param: ['limit:query:integer', 'id:path:string'],
  environment: ['test', 'https://contoso.crm.dynamics.com'],
  url: ['https://contoso.crm.dynamics.com'],
  name: ['test', 'X-API-Key', 'key'],
  set: ['x-a=b', 'limit=5'],
  operations: ['ListTides', 'GetSample;ListTides'],
  title: ['Harbour Levels'],
  version: ['1.2.3', 'major'],
  baseline: ['HEAD', 'connector', 'api.json'],
  host: ['api.contoso.com'],
  'base-path': ['/v2'],
  'authorization-url': ['https://login.contoso.com/authorize'],
  'token-url': ['https://login.contoso.com/token'],
  scope: ['read write'],
  'client-id': ['11111111-2222-3333-4444-555555555555'],
  'connector-id': ['11111111-2222-3333-4444-555555555555'],
  rule: ['info-contact=off', 'operation-summary-required=error'],
  'max-findings': ['1', '5'],
  'response-sample': ['answer.json', 'api.json'],
  'request-sample': ['answer.json'],
  icon: ['connector/icon.png'],
  check: ['.', 'connector'],
  input: ['answer.json'],
  connection: ['answer.json'],
  'max-depth': ['2', '10'],
  static: ['preview.html', 'deep/er/preview.html'],
  record: ['recorded.har'],
  replay: ['recorded.har', 'answer.json'],
};

/** A folder that isn't there, and is never made. */
export const nowhere = '/pp-connector-nowhere';

/** Settings of the machine that differ from ours. `undefined`: not set. */
export const environments: readonly Readonly<Record<string, string | undefined>>[] = [
  {},
  {},
  {},
  { HOME: undefined, XDG_STATE_HOME: undefined },
  { HOME: nowhere },
  { HOME: 'relative' },
  { XDG_STATE_HOME: '/dev/null' },
  { TMPDIR: nowhere },
  { PATH: '' },
  { LANG: 'C', LC_ALL: 'tr_TR.UTF-8', TZ: 'Nowhere/Land' },
  { CI: 'true', GITHUB_ACTIONS: 'true' },
  { TF_BUILD: 'True' },
  { TERM: 'dumb', COLUMNS: '0', NO_COLOR: undefined, FORCE_COLOR: '3' },
  { npm_command: 'run-script', npm_config_dry_run: 'true' },
  { npm_command: 'run-script', npm_config_fix: 'true', npm_config_profile: 'x\n::error::y' },
  { GIT_DIR: nowhere, GIT_CONFIG_COUNT: 'x' },
];

/** A small description, which `import` and `new` are given. */
export const description = frozen({
  openapi: '3.0.3',
  info: { title: 'Tides', version: '1.0', description: 'Tells the tides of harbours.' },
  servers: [{ url: 'https://api.contoso.com/v1' }],
  paths: {
    '/tides/{id}': {
      get: {
        operationId: 'getTide',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'OK', content: { 'application/json': { schema: { type: 'object' } } } } },
      },
    },
  },
});
