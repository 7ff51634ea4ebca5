import { existsSync, lstatSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { workspaceName, workspaceRoot } from '../../connector/workspace.ts';
import { UserError } from '../../errors.ts';
import { isInside, leadsOut, nameProblem } from '../../files/contained-path.ts';
import { shellPath } from '../../process/command.ts';
import { onOneLine } from '../../shown.ts';

/**
 * The folder that a call works in.
 *
 * @param name as given by the client, relative to the root
 * @throws UserError when it, or the repository around it, is outside of the root
 */
export function workingFolder(root: string, name = '.'): string {
  const folder = requireInside(root, root, name, 'cwd');
  const repository = findRepositoryRoot(folder);
  if (repository !== undefined && leadsOut(root, repository) !== undefined) {
    throw new UserError('the connector around this folder begins above the root that no tool may leave', {
      hint: `somebody has to start the server with its folder: pp-connector mcp --root ${shellPath(repository)}`,
    });
  }
  return folder;
}

/**
 * What a command that a call starts may read and write. Its arguments have been checked, but a file among them may name
 * others, and a link may be made meanwhile.
 *
 * @param folder that it works in
 */
export function confinesOf(root: string, folder: string): string[] {
  const workspace = workspaceRoot(folder);
  const file = workspace === undefined ? undefined : join(workspace, workspaceName);
  // its defaults count for the connectors below it
  const isFile = file !== undefined && lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? [root, file] : [root];
}

/**
 * A path that an argument names.
 *
 * @param base absolute: what the name is relative to
 * @returns absolute, with its links
 * @throws UserError when it leads out of the root
 */
export function requireInside(root: string, base: string, name: string, argument: string): string {
  const path = resolve(base, name);
  // what the root itself is called is not the client's fault
  const below = isAbsolute(name) && isInside(root, path) ? relative(root, path) : name;
  const problem = nameProblem(below.replaceAll('..', '.'));
  const reason = problem ?? leadsOut(root, path);
  if (reason === undefined) return path;
  throw new UserError(`${argument}: ${onOneLine(name)} is refused: ${reason.replace(/, to .*$/s, '')}`, {
    hint: 'name a file or folder inside of the root, relative to it',
  });
}

/** For what may be a path or something else: only what is there counts as a path. @throws UserError when it leads out */
export function requireInsideIfPath(root: string, base: string, text: string, argument: string): void {
  if (text.length > 4096 || text.includes('\0')) return;
  const path = resolve(base, text);
  if (existsSync(path)) requireInside(root, base, text, argument);
}
