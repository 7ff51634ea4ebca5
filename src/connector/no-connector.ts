import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { shownPath } from '../files/names.ts';
import { findRepositoryRoot } from './find.ts';
import { connectorFolders, findWorkspace } from './workspace.ts';

/** As many as a message names. */
const most = 3;

/**
 * What a command says that needs a connector and is run where there is none: the connectors that are near, which is what
 * whoever works on several of them has forgotten to go to, or else what the command proposes.
 *
 * @param folder where one was looked for
 * @param hint for a folder without connectors around
 * @param options.what is missing; default: "there is no connector here"
 * @param options.all the command for all connectors at once, if it has that
 * @param options.cwd where the user is, who named another folder; default: the folder is shown whole
 */
export function noConnector(
  folder: string,
  hint: string,
  { what = 'there is no connector here', all, cwd }: { what?: string; all?: string; cwd?: string } = {},
): UserError {
  const near = connectorsNear(folder);
  const message = `${cwd === undefined || cwd === folder ? folder : shownPath(folder, cwd)}: ${what}`;
  if (near.length === 0) return new UserError(message, { hint });
  const shown = near.slice(0, most).map((path) => `cd ${JSON.stringify(shownPath(path, folder))}`);
  const more = near.length > most ? `, and ${near.length - most} more` : '';
  const go = `go to ${near.length === 1 ? 'the one below' : 'one of those below'}: ${shown.join(', ')}${more}`;
  const isWorkspace = all !== undefined && findWorkspace(folder) !== undefined;
  return new UserError(message, { hint: isWorkspace ? [go, `or take all of them: ${all}`] : go });
}

/** The connectors of the workspace, or those in the folders of this one; not deeper, which may be a whole disk. */
function connectorsNear(folder: string): string[] {
  const workspace = findWorkspace(folder);
  if (workspace !== undefined) return connectorFolders(workspace);
  return childFolders(resolve(folder)).filter((child) => findRepositoryRoot(child) === child);
}

function childFolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  } catch {
    // not ours to read: then there is nothing to propose
    return [];
  }
}
