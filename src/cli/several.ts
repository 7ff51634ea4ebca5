import { join } from 'node:path';
import { workspaceProblems } from '../config/workspace-problems.ts';
import { findConnectorFolders } from '../connector/find-connectors.ts';
import {
  connectorFolders,
  findWorkspace,
  readWorkspaceFile,
  workspaceName,
  workspaceRoot,
} from '../connector/workspace.ts';
import { errorText, isUserError, UserError } from '../errors.ts';
import { shownPath } from '../files/names.ts';
import { changedFolders } from '../git/changed-folders.ts';
import { GitRepository } from '../git/repository.ts';
import { thisPlatform } from '../process/platform.ts';
import { noteLine, onOneLine } from '../shown.ts';
import type { CommandSpec, Context, Flags } from './command.ts';

/** The connectors that a command line means by `--all` or `--changed`. */
export interface Several {
  /** Absolute; connectors are called by their folders as seen from here. */
  root: string;
  /** Absolute: the ones that are meant. */
  folders: string[];
  /** Absolute: all there are. */
  neighbours: string[];
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
 * The connectors that the flags mean: of those that `pp-connector.json` names, or without it of all in the git repository.
 *
 * @throws UserError for flags or arguments that don't go together, and where there is no connector
 */
export function severalOf(
  { name, several }: CommandSpec,
  { cwd, err }: Context,
  flags: Flags,
  positionals: readonly string[],
): Several {
  const changed = flags.given().changed;
  const flag = changed === undefined ? '--all' : '--changed';
  if (changed !== undefined && flags.on('all')) throw new UserError('--all and --changed exclude each other');
  if (positionals.length > 0 && several === 'together') {
    throw new UserError(`${name} ${positionals.join(' ')} ${flag}: ${flag} names the connectors itself`, {
      hint: `leave one of them out: pp-connector ${name} ${flag}`,
    });
  }
  const all = everyConnector(cwd, flag);
  if (changed === undefined) return all;
  const found = changedIn(all, typeof changed === 'string' ? changed : undefined);
  const names = found.folders.map((folder) => shownPath(folder, all.root)).join(', ');
  err(noteLine(`changed since ${onOneLine(found.base)}: ${onOneLine(names === '' ? 'no connector' : names)}`));
  return { ...all, folders: found.folders };
}

function everyConnector(cwd: string, flag: string): Several {
  const workspace = findWorkspace(cwd);
  if (workspace !== undefined) {
    const folders = connectorFolders(workspace);
    if (folders.length > 0) return { root: workspace.root, folders, neighbours: folders };
    throw new UserError(`${join(workspace.root, workspaceName)}: no connector is in ${workspace.patterns.join(', ')}`, {
      hint: 'correct "connectors", or make one with: pp-connector new',
    });
  }
  const git = GitRepository.around(cwd, thisPlatform());
  const folders = git === undefined ? [] : findConnectorFolders(git.root).filter((folder) => folder !== git.root);
  if (git !== undefined && folders.length > 0) return { root: git.root, folders, neighbours: folders };
  throw new UserError(
    `${flag}: no ${workspaceName} and no git repository with several connectors is at or above ${cwd}`,
    {
      hint: `${workspaceName} names the folders of the connectors: { "connectors": ["connectors/*"] }`,
    },
  );
}

function changedIn({ root, folders }: Several, base: string | undefined) {
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
  { root, folders }: Several,
  context: Context,
  run: (context: Context) => Promise<number>,
): Promise<number> {
  const results: Result[] = [];
  for (const folder of folders) {
    const name = shownPath(folder, root);
    const isJson = context.format === 'json' || context.format === 'sarif';
    const texts: string[] = [];
    const heading = `${onOneLine(name)}:\n`;
    if (isText(context.format)) context.out(heading);
    else context.err(heading);
    // not a copy: to read whether questions may be asked opens stdin
    const own: Context = Object.create(context, {
      cwd: { value: folder },
      shownFrom: { value: context.cwd },
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
