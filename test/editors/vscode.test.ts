import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Editor, programFor, type ServerOptions, start } from '../../editors/vscode/src/start.ts';
import manifest from '../../package.json' with { type: 'json' };
import { staticFilesOf, targetOf } from '../../src/repository/static-files.ts';
import { checkout, readJson, temporaryFolder, writeTree } from '../support/folders.ts';

const installed = 'node_modules/generator-pp-connector/dist/pp-connector.cjs';

interface ItemLike {
  id: string;
  uri: { fsPath: string; toString(): string };
  children: { all: ItemLike[]; replace(items: ItemLike[]): void; get(id: string): ItemLike | undefined };
}

/** What the extension needs of the editor, and what it did to it. */
function standIn(folder: string, files: string[] = []) {
  const log = {
    commands: new Map<string, (...args: unknown[]) => unknown>(),
    tasks: [] as { args: string[]; options: { cwd?: string } }[],
    outcomes: [] as string[],
    granted: undefined as undefined | (() => Promise<void>),
    run: undefined as undefined | ((request: object, token: object) => Promise<void>),
    items: [] as ItemLike[],
    resolve: undefined as undefined | (() => Promise<void>),
  };
  const uriOf = (path: string) => ({ fsPath: path, toString: () => `file://${path}` });
  const item = (id: string, _: string, uri: ItemLike['uri']): ItemLike => {
    const children: ItemLike['children'] = {
      all: [],
      replace(items) {
        children.all = items;
      },
      get: (wanted) => children.all.find((child) => child.id === wanted),
    };
    return { id, uri, children };
  };
  const disposable = { dispose: () => {} };
  const editor = {
    commands: {
      registerCommand(name: string, action: (...args: unknown[]) => unknown) {
        log.commands.set(name, action);
        return disposable;
      },
    },
    ProcessExecution: class {
      constructor(_: string, args: string[], options: { cwd?: string }) {
        log.tasks.push({ args, options });
      }
    },
    Task: class {},
    TaskScope: { Workspace: 2 },
    tasks: { executeTask: async () => undefined },
    TestMessage: class {
      readonly message: string;
      constructor(message: string) {
        this.message = message;
      }
    },
    TestRunProfileKind: { Run: 1 },
    tests: {
      createTestController: () => ({
        ...disposable,
        items: {
          add: (added: ItemLike) => log.items.push(added),
          [Symbol.iterator]: () => log.items.map((each) => [each.id, each] as const)[Symbol.iterator](),
        },
        createTestItem: item,
        createRunProfile(_: string, __: number, run: (request: object, token: object) => Promise<void>) {
          log.run = run;
        },
        createTestRun: () => ({
          started: () => {},
          passed: ({ id }: ItemLike) => log.outcomes.push(`passed ${id.replace(/^.*\//, '')}`),
          failed: ({ id }: ItemLike, message: { message: string }) =>
            log.outcomes.push(`failed ${id.replace(/^.*\//, '')}: ${message.message ?? ''}`),
          skipped: ({ id }: ItemLike) => log.outcomes.push(`skipped ${id}`),
          errored: (_: ItemLike, message: { message: string }) => log.outcomes.push(`errored ${message.message}`),
          end: () => log.outcomes.push('end'),
        }),
        set resolveHandler(handler: () => Promise<void>) {
          log.resolve = handler;
        },
      }),
    },
    window: {},
    workspace: {
      isTrusted: false,
      workspaceFolders: [{ uri: uriOf(folder) }],
      findFiles: async () => files.map(uriOf),
      onDidGrantWorkspaceTrust(action: () => Promise<void>) {
        log.granted = action;
        return disposable;
      },
    },
  };
  return { editor, log };
}

describe('the extension for Visual Studio Code', () => {
  it('has a manifest that agrees with the package and with its code', async () => {
    const extension = readJson(checkout, 'editors/vscode/package.json') as {
      version: string;
      contributes: { commands: { command: string }[]; jsonValidation: { url: string }[] };
    };
    expect(extension.version).to.equal(manifest.version);
    const { editor, log } = standIn(temporaryFolder());
    await start(editor as unknown as Editor, () => ({ start: async () => {}, stop: async () => {} }), {
      extensionPath: '/extension',
      subscriptions: [],
    });
    for (const { command } of extension.contributes.commands) expect([...log.commands.keys()]).to.include(command);
    for (const { url } of extension.contributes.jsonValidation) {
      readFileSync(join(checkout, url.replace('./server/', '')));
    }
  });

  it('is recommended by new repositories once it is published, and only then', () => {
    const recommended = staticFilesOf(true).filter(
      (name) => !(staticFilesOf(false) as readonly string[]).includes(name),
    );
    expect(recommended.map(targetOf)).to.deep.equal(['.vscode/extensions.json']);
    const { publisher, name } = readJson(checkout, 'editors/vscode/package.json') as Record<string, string>;
    const template = join('templates', 'app', ...(recommended[0] ?? '').split('/'));
    expect(readJson(checkout, template)).to.deep.equal({ recommendations: [`${publisher}.${name}`] });
  });

  it('runs what a workspace has installed only when it is trusted', async () => {
    const folder = writeTree(temporaryFolder(), { [installed]: '' });
    const own = join('/extension', 'server', 'dist', 'pp-connector.cjs');
    expect(programFor(folder, false, '/extension')).to.equal(own);
    expect(programFor(folder, true, '/extension')).to.equal(join(folder, ...installed.split('/')));
    expect(programFor(temporaryFolder(), true, '/extension')).to.equal(own);
    const started: string[] = [];
    const { editor, log } = standIn(folder);
    const makeClient = (server: ServerOptions) => ({
      start: async () => void started.push(server.args.join(' ')),
      stop: async () => void started.push('stop'),
    });
    await start(editor as unknown as Editor, makeClient, { extensionPath: '/extension', subscriptions: [] });
    editor.workspace.isTrusted = true;
    await log.granted?.();
    expect(started).to.deep.equal([
      `${own} lsp --stdio`,
      'stop',
      `${join(folder, ...installed.split('/'))} lsp --stdio`,
    ]);
  });

  it('runs commands without a shell, in the folder of the connector', async () => {
    const { editor, log } = standIn('/projects');
    await start(editor as unknown as Editor, () => ({ start: async () => {}, stop: async () => {} }), {
      extensionPath: '/extension',
      subscriptions: [],
    });
    log.commands.get('pp-connector.invoke')?.('/projects/one', 'List; rm -rf');
    log.commands.get('pp-connector.preview')?.('/projects/two');
    log.commands.get('pp-connector.test')?.('/projects/two', 'ListItems');
    log.commands.get('pp-connector.invoke')?.({ malformed: true });
    expect(log.tasks.map(({ args, options }) => [...args.slice(1), options.cwd])).to.deep.equal([
      ['invoke', '--', 'List; rm -rf', '/projects/one'],
      ['preview', '/projects/two'],
      ['test', '--operation=ListItems', '/projects/two'],
    ]);
  });

  it('shows what pp-connector test says of each case', async () => {
    const report = {
      files: [
        {
          path: 'a.test.yaml',
          cases: [
            { name: 'one', outcome: 'passed' },
            { name: 'two', outcome: 'failed', message: 'sent GET, expected POST' },
          ],
        },
      ],
    };
    const extensionPath = writeTree(temporaryFolder(), {
      'server/dist/pp-connector.cjs': `console.log(${JSON.stringify(JSON.stringify(report))}); process.exitCode = 1;`,
      'tests/a.test.yaml': '',
    });
    const { editor, log } = standIn(extensionPath, [join(extensionPath, 'tests', 'a.test.yaml')]);
    await start(editor as unknown as Editor, () => ({ start: async () => {}, stop: async () => {} }), {
      extensionPath,
      subscriptions: [],
    });
    await log.resolve?.();
    const token = { isCancellationRequested: false, onCancellationRequested: () => {} };
    await log.run?.({}, token);
    expect(log.outcomes).to.deep.equal([
      'passed a.test.yaml#0',
      'failed a.test.yaml#1: sent GET, expected POST',
      'failed a.test.yaml: ',
      'end',
    ]);
  });
});
