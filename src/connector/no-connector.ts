import { counted } from '../counted.ts';
import { UserError } from '../errors.ts';
import { shownPath } from '../files/names.ts';
import { findConnectorFolders } from './find-connectors.ts';
import { connectorFolders, findWorkspace, isConnector } from './workspace.ts';

/** Folders that are looked into for connectors that could have been meant, and how many of these are named. */
const mostFolders = 2000;
const mostNamed = 12;

export interface NoConnectorOptions {
  /** What is missing; default: "there is no connector here". */
  what?: string;
  /** The command for all connectors at once, if it has that. */
  all?: string;
  /** Where the user is, who named another folder; default: the folder is shown whole. */
  cwd?: string;
  /** Of the command, where it takes the folder of a connector: `preview FOLDER`. */
  usage?: string;
}

/**
 * What a command says that needs a connector and is run where there is none: the connectors that are below, which is what
 * whoever works on several of them has forgotten to name or to go to, or else what the command proposes.
 *
 * @param folder where one was looked for
 * @param hint for a folder without connectors below
 */
export function noConnector(
  folder: string,
  hint: string,
  { what = 'there is no connector here', all, cwd, usage }: NoConnectorOptions = {},
): UserError {
  const message = `${cwd === undefined || cwd === folder ? folder : shownPath(folder, cwd)}: ${what}`;
  const workspace = findWorkspace(folder);
  const found = workspace === undefined ? connectorsBelow(folder) : connectorFolders(workspace);
  if (found.length === 0) return new UserError(message, { hint });
  const names = found.slice(0, mostNamed).map((path) => `  ${shownPath(path, cwd ?? folder)}`);
  const others = found.length - names.length;
  const where = workspace === undefined ? 'below it' : 'in this workspace';
  const choice = usage === undefined ? 'go to one: cd FOLDER' : `name one: pp-connector ${usage}`;
  return new UserError(message, {
    hint: [
      `${where}: ${counted(found.length, 'connector')}; ${choice}`,
      ...names,
      ...(others > 0 ? [`  and ${others} more`] : []),
      ...(workspace !== undefined && all !== undefined ? [`or take all of them: ${all}`] : []),
    ],
  });
}

const connectorsBelow = (folder: string): string[] =>
  findConnectorFolders(folder, mostFolders).filter((path) => path !== folder && canBeProposed(path));

function canBeProposed(path: string): boolean {
  try {
    return isConnector(path);
  } catch {
    // not ours to read
    return false;
  }
}
