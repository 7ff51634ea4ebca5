import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { addTests } from './tests.ts';

/** The parts of the editor's interface that are used. */
export type Editor = Pick<
  typeof vscode,
  | 'commands'
  | 'ProcessExecution'
  | 'Task'
  | 'TaskScope'
  | 'tasks'
  | 'TestMessage'
  | 'TestRunProfileKind'
  | 'tests'
  | 'window'
  | 'workspace'
>;

export interface ServerOptions {
  command: string;
  args: string[];
  options: { cwd: string | undefined; env: Record<string, string | undefined> };
}

interface Client {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Extension {
  stop: () => Promise<void>;
}

interface Surroundings {
  extensionPath: string;
  subscriptions: { dispose(): unknown }[];
}

/** Starts the server of the repository in a trusted workspace, else the extension's own, and offers the commands. */
export async function start(
  editor: Editor,
  makeClient: (server: ServerOptions) => Client,
  { extensionPath, subscriptions }: Surroundings,
): Promise<Extension> {
  const folder = editor.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const program = (): string => programFor(folder, editor.workspace.isTrusted, extensionPath);
  let client = makeClient(serverOf(program(), folder));
  const registered = [
    ...commandsOf(editor, program, folder),
    addTests(editor, program),
    // the repository's own version counts from then on
    editor.workspace.onDidGrantWorkspaceTrust(async () => {
      await client.stop();
      client = makeClient(serverOf(program(), folder));
      await client.start();
    }),
  ];
  subscriptions.push(...registered);
  await client.start();
  return { stop: () => client.stop() };
}

/**
 * The program to run: what a workspace has installed is code of whoever wrote it.
 *
 * @returns absolute
 */
export function programFor(folder: string | undefined, isTrusted: boolean, extensionPath: string): string {
  const program = ['dist', 'pp-connector.cjs'];
  const installed = folder && join(folder, 'node_modules', 'generator-pp-connector', ...program);
  return isTrusted && installed !== undefined && existsSync(installed)
    ? installed
    : join(extensionPath, 'server', ...program);
}

/** The editor brings its own Node.js. */
const serverOf = (program: string, cwd: string | undefined): ServerOptions => ({
  command: process.execPath,
  args: [program, 'lsp', '--stdio'],
  options: { cwd, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
});

/** Commands of the palette and of the lenses: each runs in a terminal, where it can ask its questions. */
function commandsOf(editor: Editor, program: () => string, folder: string | undefined): vscode.Disposable[] {
  const run = (words: string[], cwd = folder): Thenable<vscode.TaskExecution> => {
    const options = { env: { ELECTRON_RUN_AS_NODE: '1' }, ...(cwd === undefined ? {} : { cwd }) };
    const execution = new editor.ProcessExecution(process.execPath, [program(), ...words], options);
    const name = `pp-connector ${words[0]}`;
    const task = new editor.Task({ type: 'pp-connector' }, editor.TaskScope.Workspace, name, 'pp-connector', execution);
    return editor.tasks.executeTask(task);
  };
  const commands: Record<string, (cwd?: string, id?: string) => unknown> = {
    preview: (cwd) => run(['preview'], cwd),
    new: () => run(['new']),
    operation: (cwd) => run(['operation'], cwd),
    oauth: (cwd) => run(['oauth'], cwd),
    invoke: (cwd, id) => (id === undefined ? undefined : run(['invoke', '--', id], cwd)),
    test: (cwd, id) => run(['test', ...(id === undefined ? [] : [`--operation=${id}`])], cwd),
  };
  return Object.entries(commands).map(([name, action]) =>
    editor.commands.registerCommand(`pp-connector.${name}`, (cwd?: unknown, id?: unknown) =>
      action(typeof cwd === 'string' ? cwd : undefined, typeof id === 'string' ? id : undefined),
    ),
  );
}
