import { join } from 'node:path';
import { workspaceProblems } from '../config/workspace-problems.ts';
import {
  connectorFolders,
  findWorkspace,
  nameInWorkspace,
  readWorkspaceFile,
  type Workspace,
  workspaceName,
  workspaceRoot,
} from '../connector/workspace.ts';
import { errorText, isUserError, UserError } from '../errors.ts';
import { changedFolders } from '../git/changed-folders.ts';
import { GitRepository } from '../git/repository.ts';
import { thisPlatform } from '../process/platform.ts';
import { noteLine, onOneLine } from '../shown.ts';
import type { CommandSpec, Context, Flags } from './command.ts';

/** The connectors that a command line means by `--all` or `--changed`. */
export interface Several {
  workspace: Workspace;
  /** Absolute. */
  folders: string[];
}

/** @throws UserError for what `pp-connector.json` at or above the working folder may not say */
export function checkWorkspace(cwd: string): void {
  const root = workspaceRoot(cwd);
  if (root === undefined) return;
  const problems = workspaceProblems(readWorkspaceFile(root));
  if (problems.length === 0) return;
  throw new UserError(`${join(root, workspaceName)}: this is not how the file is written`, {
    details: problems.map(({ message }) => message),
  });
}

/**
 * The connectors that the flags mean.
 *
 * @returns undefined: neither `--all` nor `--changed` was given
 * @throws UserError for flags or arguments that don't go together
 */
export function severalOf(
  command: CommandSpec,
  { cwd, err }: Context,
  flags: Flags,
  positionals: readonly string[],
): Several | undefined {
  const changed = flags.given().changed;
  if (changed === undefined && !flags.on('all')) return undefined;
  const flag = changed === undefined ? '--all' : '--changed';
  if (changed !== undefined && flags.on('all')) throw new UserError('--all and --changed exclude each other');
  if (positionals.length > 0 && command.several === 'together') {
    throw new UserError(`${command.name} ${positionals.join(' ')} ${flag}: ${flag} names the connectors itself`, {
      hint: `leave one of them out: pp-connector ${command.name} ${flag}`,
    });
  }
  const workspace = findWorkspace(cwd);
  if (workspace === undefined) return undefined;
  const folders = connectorFolders(workspace);
  if (folders.length === 0) {
    throw new UserError(`${join(workspace.root, workspaceName)}: no connector is in ${workspace.patterns.join(', ')}`, {
      hint: 'correct "connectors", or make one with: pp-connector new',
    });
  }
  if (changed === undefined) return { workspace, folders };
  const found = changedIn(workspace, folders, typeof changed === 'string' ? changed : undefined);
  const names = found.folders.map((folder) => nameInWorkspace(workspace, folder)).join(', ');
  err(noteLine(`changed since ${onOneLine(found.base)}: ${onOneLine(names === '' ? 'no connector' : names)}`));
  return { workspace, folders: found.folders };
}

function changedIn({ root }: Workspace, folders: readonly string[], base: string | undefined) {
  const git = GitRepository.around(root, thisPlatform());
  if (git !== undefined) return changedFolders(git, folders, [join(root, workspaceName)], base);
  throw new UserError(`--changed: ${root} is in no git repository (or git is not installed)`, {
    hint: 'take all connectors: --all',
  });
}

/**
 * Runs a command in one connector after the other. One that fails doesn't keep the others from their turn.
 *
 * @param run runs the command in the context of one connector; throws users' mistakes as UserError
 * @returns the worst exit status
 */
export async function runInEach(
  { workspace, folders }: Several,
  context: Context,
  run: (context: Context) => Promise<number>,
): Promise<number> {
  const results: Result[] = [];
  for (const folder of folders) {
    const name = nameInWorkspace(workspace, folder);
    const isJson = context.format === 'json' || context.format === 'sarif';
    const texts: string[] = [];
    const heading = `${onOneLine(name)}:\n`;
    if (isText(context.format)) context.out(heading);
    else context.err(heading);
    const own: Context = Object.create(context, {
      cwd: { value: folder },
      out: { value: isJson ? (text: string) => void texts.push(text) : context.out },
    });
    results.push({ folder: name, ...(await outcome(own, run)), text: texts.join('') });
    if (isText(context.format)) context.out('\n');
  }
  if (context.format === 'json') context.out(asJson(results));
  if (context.format === 'sarif') context.out(asSarif(results));
  return Math.max(0, ...results.map(({ status }) => status));
}

const isText = (format: string | undefined): boolean => format === undefined || ['stylish', 'text'].includes(format);

interface Result {
  folder: string;
  status: number;
  text: string;
  error?: string;
}

async function outcome(context: Context, run: (context: Context) => Promise<number>) {
  try {
    return { status: await run(context) };
  } catch (error) {
    if (!isUserError(error)) throw error;
    context.err(errorText(error));
    return { status: error.exitStatus, error: error.message };
  }
}

const asJson = (results: readonly Result[]): string => {
  const connectors = results.map(({ folder, status, text, error }) => ({
    folder,
    exitStatus: status,
    ...(error === undefined ? {} : { error }),
    result: text === '' ? null : (JSON.parse(text) as unknown),
  }));
  return `${JSON.stringify({ connectors }, null, 2)}\n`;
};

/** One log with a run for each connector. */
function asSarif(results: readonly Result[]): string {
  const logs = results.flatMap(({ text }) => (text === '' ? [] : [JSON.parse(text) as { runs: unknown[] }]));
  const frame = logs[0] ?? { version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json' };
  return `${JSON.stringify({ ...frame, runs: logs.flatMap(({ runs }) => runs) }, null, 2)}\n`;
}
