import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digest } from '../../src/files/digest.ts';

/** What a stranger's repository may bring: each kind is planted into a repository that is in order otherwise. */

export interface Place {
  /** Absolute: the repository. */
  folder: string;
  /** Absolute: a folder beside it, with files of the user. */
  home: string;
  /** Absolute: a program that leaves a mark when it runs. */
  program: string;
}

/** What is in every file of the user. */
export const canary = 'canary-4711';

/** The files of the user, below `home`: what they hold may be taken for each kind of file that is read. */
export const homeFiles: Readonly<Record<string, string>> = {
  '.bashrc': `# ${canary}\n`,
  id_rsa: `${canary}\n`,
  'settings.json': `{"editor.fontSize": 14, "note": "${canary}"}\n`,
  'secret.json': `{"swagger": "2.0", "info": {"title": "${canary}"}, "status": 200, "body": "${canary}", "itemId": "${canary}"}\n`,
  'secret.yaml': `operation: ListItems\ncases:\n  - name: ${canary}\n    expect: { result: { status: 500 } }\n`,
};

type Plant = (place: Place) => void;

const put = (folder: string, name: string, contents: string): void => {
  const path = join(folder, ...name.split('/'));
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
};

const link = (folder: string, name: string, target: string): void => {
  const path = join(folder, ...name.split('/'));
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
};

interface Definition {
  info: Record<string, unknown>;
  paths: Record<string, Record<string, Record<string, unknown>>>;
  [key: string]: unknown;
}

/** Changes JSON of the repository in place. */
const change =
  <T = Record<string, unknown>>(name: string, edit: (value: T, place: Place) => void): Plant =>
  (place) => {
    const path = join(place.folder, ...name.split('/'));
    const value = JSON.parse(readFileSync(path, 'utf8')) as T;
    edit(value, place);
    writeFileSync(path, JSON.stringify(value, null, 2));
  };

const definition = (edit: (value: Definition, place: Place) => void): Plant =>
  change<Definition>('connector/apiDefinition.json', edit);
const config = (edit: (value: Record<string, unknown>, place: Place) => void): Plant => change('config.json', edit);
const list = ({ paths }: Definition): Record<string, unknown> => paths['/items']?.get ?? {};

/** Steers terminals, gives commands to build machines, and lies about the direction of writing. */
export const steering =
  '\u001b]0;x\u0007\u009b2J\u202ex\r\n::error file=x::y\n##vso[task.setvariable variable=A]b ##[group]x';

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** Names in files that lead out. */
const names: Readonly<Record<string, Plant>> = {
  'config.json: outputDirectory in the home of the user': config((value, { home }) => {
    value.outputDirectory = home;
  }),
  'config.json: outputDirectory above': config((value) => {
    value.outputDirectory = '../home';
  }),
  'config.json: apiDefinition outside': config((value) => {
    value.apiDefinition = '../home/secret.json';
  }),
  'config.json: icon outside': config((value) => {
    value.icon = '../home/id_rsa';
  }),
  'settings.json: files outside': change('connector/settings.json', (value) => {
    for (const key of ['apiDefinition', 'apiProperties', 'icon', 'script']) value[key] = '../../home/secret.json';
  }),
  'a test that names answers outside': ({ folder }) =>
    put(
      folder,
      'tests/ListItems.test.yaml',
      'operation: ListItems\ncases:\n  - name: a\n    api: ../../home/secret.json\n    expect: { result: { body: x } }\n',
    ),
  'a test that names answers by an absolute path': ({ folder, home }) =>
    put(
      folder,
      'tests/ListItems.test.yaml',
      `operation: ListItems\ncases:\n  - name: a\n    api: [${JSON.stringify(join(home, 'secret.json'))}]\n    expect: { result: { body: x } }\n`,
    ),
  'a test that names an input file outside': (place) => {
    withUpload(place);
    put(
      place.folder,
      'tests/Upload.test.yaml',
      'operation: Upload\ncases:\n  - name: a\n    inputs: { scan: { file: ../../home/id_rsa } }\n    api: { status: 200 }\n    expect: { sent: { body: x } }\n',
    );
  },
  'inputs that name a file outside': (place) => {
    withUpload(place);
    put(place.folder, 'input.json', '{"scan": {"file": "../home/id_rsa"}, "itemId": "1"}');
  },
  'a description that refers to files outside': ({ folder }) =>
    put(
      folder,
      'api.json',
      JSON.stringify({
        openapi: '3.0.3',
        info: { title: 'Tides', version: '1' },
        servers: [{ url: 'https://tides.contoso.com' }],
        paths: {
          '/tides': {
            get: {
              operationId: 'ListTides',
              responses: {
                200: {
                  description: 'OK',
                  content: { 'application/json': { schema: { $ref: '../home/secret.json#/info' } } },
                },
              },
            },
          },
        },
      }),
    ),
  'a workspace of folders outside': ({ folder }) =>
    put(folder, 'pp-connector.json', '{"connectors": ["../home", "/etc/*"]}'),
  'names in generated.json that lead out': change<{ files?: Record<string, string> }>(
    '.pp-connector/generated.json',
    (value) => {
      // digests of files that everybody has are known
      const outside = ['.bashrc', 'id_rsa'].map((name) => [`../home/${name}`, digest(homeFiles[name] ?? '')]);
      const asTests = outside.map(([name = '']) => [`tests/../${name}`, 'x']);
      value.files = { ...value.files, ...Object.fromEntries([...asTests, ...outside]) };
    },
  ),
};

function withUpload({ folder, home, program }: Place): void {
  definition((value) => {
    value.paths['/scans'] = {
      post: {
        operationId: 'Upload',
        summary: 'Upload a scan',
        consumes: ['multipart/form-data'],
        parameters: [{ name: 'scan', in: 'formData', type: 'file', required: true }],
        responses: { 200: { description: 'OK' } },
      },
    };
  })({ folder, home, program });
}

/** Links that lead out, of files that nobody names. */
const links: Readonly<Record<string, Plant>> = {
  'the folder of tests is a link': ({ folder, home }) => {
    rmSync(join(folder, 'tests'), { recursive: true });
    link(folder, 'tests', home);
  },
  'recordings are a link': ({ folder, home }) => {
    link(folder, 'tests/recordings', home);
    put(
      folder,
      'tests/ListItems.test.yaml',
      'operation: ListItems\ncases:\n  - name: a\n    api: recordings/secret.json\n    expect: { result: { body: x } }\n',
    );
  },
  'what commands write is a link': ({ folder, home }) => {
    for (const name of ['preview.html', 'run.har', 'state.json', 'out.json', 'out.report.json', 'CHANGELOG.md'])
      link(folder, name, join(home, '.bashrc'));
  },
  'a link to nothing where commands write': ({ folder, home }) => {
    for (const name of ['preview.html', 'run.har', 'state.json', 'out.json', 'CHANGELOG.md', 'tests/New.test.yaml'])
      link(folder, name, join(home, 'new'));
  },
  'what agents and editors read is a link': ({ folder, home }) => {
    for (const name of ['AGENTS.md', '.mcp.json', '.vscode/settings.json', '.vscode/mcp.json', '.vscode/tasks.json'])
      link(folder, name, join(home, 'settings.json'));
  },
  'the workspace is a link': ({ folder, home }) => link(folder, 'pp-connector.json', join(home, 'secret.json')),
};

/** Files that are believed, or run. */
const believed: Readonly<Record<string, Plant>> = {
  'a journal of an interrupted write': ({ folder, home }) => {
    const step = { path: join(home, '.bashrc'), backup: join(home, 'id_rsa'), temporary: '../home/settings.json' };
    const journal = JSON.stringify({ version: 1, steps: [step], files: [step], folders: [home], root: folder });
    for (const name of [
      '.pp-connector.interrupted.json',
      '.pp-connector.done.json',
      'connector/.pp-connector.done.json',
    ])
      put(folder, name, journal);
  },
  'a git repository with filters, hooks, monitors and a transport': ({ folder, program }) => {
    const git = (...words: string[]): Buffer => execFileSync('git', words, { cwd: folder, stdio: 'pipe' });
    git('init', '-q');
    git('-c', 'user.name=a', '-c', 'user.email=a@contoso.com', 'commit', '-q', '--allow-empty', '-m', 'a');
    git('tag', 'connector-v0.1.0');
    put(folder, '.git/info/attributes', '* filter=x diff=x\n');
    const keys = [
      'filter.x.clean',
      'filter.x.smudge',
      'core.fsmonitor',
      'diff.external',
      'core.pager',
      'core.sshCommand',
    ];
    for (const key of [...keys, 'remote.origin.uploadpack', 'core.askPass']) git('config', key, program);
    git('config', 'remote.origin.promisor', 'true');
    git('config', 'remote.origin.url', folder);
    for (const name of ['post-checkout', 'post-index-change', 'pre-auto-gc', 'reference-transaction'])
      writeFileSync(join(folder, '.git', 'hooks', name), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
  },
  'programs beside the connector': ({ folder, program }) => {
    for (const name of ['pac', 'git', 'dotnet', 'npm', 'node', 'chromium', 'xdg-open'])
      writeFileSync(join(folder, name), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    put(folder, 'node_modules/@napi-rs/keyring/package.json', '{"name": "@napi-rs/keyring", "main": "index.js"}');
    put(
      folder,
      'node_modules/@napi-rs/keyring/index.js',
      `require('node:child_process').execFileSync(${JSON.stringify(program)});`,
    );
  },
  'code of a connector': (place) => {
    put(
      place.folder,
      'connector/script.csx',
      `public class Script : ScriptBase { static Script() { System.Diagnostics.Process.Start("${place.program}"); } public override Task<HttpResponseMessage> ExecuteAsync() => null; }\n`,
    );
    change<{ properties: Record<string, unknown> }>('connector/apiProperties.json', ({ properties }) => {
      properties.scriptOperations = ['ListItems'];
    })(place);
  },
  'templates in texts': definition((value) => {
    value.info.description = '<%= process.exit(7) %> #{process.exit(7)} {{constructor.constructor("x")()}}';
  }),
};

/** Texts that steer who reads them. */
const texts: Readonly<Record<string, Plant>> = {
  'texts of a definition that steer': definition((value) => {
    value.info.title = steering;
    value.info.description = `${steering} ![t](https://evil.contoso.com/t.png) [a](javascript:x) <script>x</script>`;
    Object.assign(list(value), { summary: steering, description: steering, [steering]: steering });
    list(value).parameters = [{ name: steering, in: 'query', type: 'string', 'x-ms-summary': steering }];
  }),
  'texts of properties that steer': change<{ properties: Record<string, unknown> }>(
    'connector/apiProperties.json',
    ({ properties }) => {
      properties.policyTemplateInstances = [
        { templateId: steering, title: steering, parameters: { [steering]: steering } },
      ];
      properties.connectionParameters = { [steering]: { type: steering, uiDefinition: { displayName: steering } } };
    },
  ),
  'texts of tests that steer': ({ folder }) =>
    put(
      folder,
      'tests/ListItems.test.yaml',
      `operation: ListItems\ncases:\n  - name: ${JSON.stringify(steering)}\n    api: { status: 200, body: ${JSON.stringify(steering)} }\n    expect: { result: { body: ${JSON.stringify(steering)} } }\n`,
    ),
  'texts of configuration that steer': config((value) => {
    Object.assign(value, { [steering]: steering, profile: steering, environments: { [steering]: { url: steering } } });
  }),
  'a description with texts that steer': ({ folder }) =>
    put(
      folder,
      'api.json',
      JSON.stringify({
        openapi: '3.0.3',
        info: { title: steering, version: steering, description: steering },
        servers: [{ url: 'https://tides.contoso.com', description: steering }],
        paths: {
          '/tides': {
            get: {
              operationId: steering,
              summary: steering,
              parameters: [
                { name: `ids\n${steering}`, in: 'query', schema: { type: 'array', items: { $ref: `x${steering}` } } },
              ],
              responses: { 200: { description: steering } },
            },
          },
        },
      }),
    ),
  'an operation whose id names a file elsewhere': definition((value) => {
    list(value).operationId = '../../../home/.bashrc';
  }),
  'operations whose ids are names of devices': definition((value) => {
    list(value).operationId = 'CON';
    const [other] = Object.values(value.paths['/items/{itemId}'] ?? {});
    if (other !== undefined) other.operationId = 'con';
  }),
};

/** What is no file, or not what it should be. */
const readers = [
  ...['config.json', 'connector/apiDefinition.json', 'connector/apiProperties.json', 'connector/settings.json'],
  ...['connector/icon.png', 'connector/script.csx', 'README.md', '.pp-connector/generated.json', '.yo-rc.json'],
  ...[
    'tests/ListItems.test.yaml',
    'api.json',
    'input.json',
    'state.json',
    'texts.csv',
    'pp-connector.json',
    'AGENTS.md',
  ],
];

const shapes: Readonly<Record<string, (folder: string, name: string) => void>> = {
  'a device without end': (folder, name) => link(folder, name, '/dev/zero'),
  'a pipe that nobody writes to': (folder, name) => {
    const path = join(folder, ...name.split('/'));
    rmSync(path, { recursive: true, force: true });
    execFileSync('mkfifo', [path]);
  },
  'a folder': (folder, name) => {
    rmSync(join(folder, ...name.split('/')), { recursive: true, force: true });
    mkdirSync(join(folder, ...name.split('/')), { recursive: true });
  },
  'nested without end': (folder, name) => put(folder, name, nested(20_000)),
  'cut off': (folder, name) => put(folder, name, '{"a": [{"'),
};

/** What is expensive: each in time that grows with the text and no faster. */
const expensive: Readonly<Record<string, Plant>> = {
  'a path whose last brace is missing': definition((value) => {
    value.paths[`/${'{abcdefgh}'.repeat(40)}{`] = { get: { operationId: 'A', responses: {} } };
  }),
  'a file of quotes': ({ folder }) => put(folder, 'api.json', `${'"""'.repeat(80)}x`),
  'a summary of capitals': definition((value) => {
    list(value).summary = `a${'aA'.repeat(20_000)}!`;
  }),
  'texts of junk': definition((value) => {
    value.info.title = `${'*'.repeat(100_000)}é\0`;
    value.info.description = `${'. '.repeat(50_000)}é`;
  }),
  'a chain of references': definition((value) => {
    const chain = Object.fromEntries(
      Array.from({ length: 3000 }, (_, at) => [
        `S${at}`,
        { type: 'array', items: { $ref: `#/definitions/S${at + 1}` } },
      ]),
    );
    value.definitions = { ...chain, S3000: { $ref: '#/definitions/S3000' } };
    list(value).responses = { 200: { description: 'OK', schema: { $ref: '#/definitions/S0' } } };
  }),
  'references in circles': definition((value) => {
    const all = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `P${at}`,
        { allOf: Array.from({ length: 12 }, (_each, to) => ({ $ref: `#/definitions/P${to}` })) },
      ]),
    );
    value.definitions = all;
    list(value).responses = { 200: { description: 'OK', schema: { $ref: '#/definitions/P0' } } };
  }),
  'aliases of aliases in a test': ({ folder }) => {
    const levels = Array.from({ length: 30 }, (_, at) =>
      at === 0 ? 'a0: &a0 [x, x]' : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}]`,
    );
    put(folder, 'tests/ListItems.test.yaml', `${levels.join('\n')}\noperation: ListItems\ncases: []\n`);
  },
  'a pattern without end': definition((value) => {
    list(value).parameters = [
      { name: 'a', in: 'query', type: 'string', pattern: '^(a+)+$', default: `${'a'.repeat(60)}!` },
    ];
  }),
  'addresses that are none': ({ folder }) =>
    put(
      folder,
      'api.json',
      JSON.stringify({
        swagger: '2.0',
        info: { title: 'A', version: '1' },
        host: 'http://[',
        paths: Object.fromEntries(
          ['http://[', 'https://', 'file://evil/x', '//evil/share', '\\\\host\\share', 'a%2Fb.yaml', 'file:///%'].map(
            (ref, at) => [`/${at}`, { get: { responses: { 200: { schema: { $ref: ref } } } } }],
          ),
        ),
      }),
    ),
};

export interface HostileKind {
  name: string;
  plant: Plant;
  /** Lines that it is about. */
  concerns?: RegExp;
  /** A file that isn't what it should be: there are many, and all are alike. */
  isShape?: boolean;
}

const concerns: readonly (readonly [about: RegExp, lines: RegExp])[] = [
  [/^config|^settings/, /^(?:build|preview --static|status$|deploy)/],
  [/^a test |tests|recordings/, /^test/],
  [/^inputs/, /input\.json/],
  [/description|quotes|addresses/, /^import/],
  [/commands write/, /--static|--record|--output/],
  [/agents and editors/, /^(?:update|mcp)/],
  [/journal/, /^(?:build|readme|validate --fix)/],
  [/git/, /^(?:diff|release|status$)/],
  [/code of/, /^(?:test$|invoke ListItems --mock)/],
];

const kindsOf = (table: Readonly<Record<string, Plant>>): HostileKind[] =>
  Object.entries(table).map(([name, plant]) => {
    const found = concerns.find(([about]) => about.test(name))?.[1];
    return { name, plant, ...(found === undefined ? {} : { concerns: found }) };
  });

/** Every kind, as data. */
export const hostileKinds: readonly HostileKind[] = [
  ...[names, links, believed, texts, expensive].flatMap(kindsOf),
  ...Object.entries(shapes).flatMap(([shape, make]) =>
    readers.map((name) => ({
      name: `${name} is ${shape}`,
      plant: ({ folder }: Place) => make(folder, name),
      isShape: true,
    })),
  ),
];
