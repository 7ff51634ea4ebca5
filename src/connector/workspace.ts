import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { requireNoLinkOut } from '../files/contained-path.ts';
import { shownPath } from '../files/names.ts';
import { nearestWith } from '../files/nearest-with.ts';
import { readTextWithin } from '../files/read.ts';
import { findConnector } from './find.ts';
import { asArray, asObject, getOwn, isObject, type Json, type JsonObject } from './json/value.ts';

/** The file that says that several connectors lie in one git repository, and what they have in common. */
export const workspaceName = 'pp-connector.json';

/** A git repository of several connectors, each of them a connector repository in a folder of its own. */
export interface Workspace {
  /** Absolute: the folder of `pp-connector.json`. */
  root: string;
  /** Where the connectors are, relative to the root, with `/`; `*` stands for any part of one name: `connectors/*`. */
  patterns: string[];
  /** What counts for every connector whose config.json says nothing else. */
  defaults: JsonObject;
}

/**
 * The workspace at or above a folder, looked for up to the root of the git repository.
 *
 * @throws UserError when the file can't be read, or is not a JSON object
 */
export function findWorkspace(folder: string): Workspace | undefined {
  const root = workspaceRoot(folder);
  return root === undefined ? undefined : workspaceAt(root);
}

/** `findWorkspace`, each folder looked at once: for a run over many connectors, in which nothing on the disk changes. */
export function workspaceFinder(): typeof findWorkspace {
  const known = new Map<string, Workspace | undefined>();
  return (folder) => {
    if (!known.has(folder)) known.set(folder, findWorkspace(folder));
    return known.get(folder);
  };
}

/** The folder of `pp-connector.json`, at or above another one. */
export const workspaceRoot = (folder: string): string | undefined => nearestWith(folder, [workspaceName]);

function workspaceAt(root: string): Workspace {
  const value = asObject(readWorkspaceFile(root));
  const patterns = asArray(getOwn(value, 'connectors')).filter((pattern) => typeof pattern === 'string');
  return { root, patterns, defaults: asObject(getOwn(value, 'defaults')) };
}

/** The contents of `pp-connector.json`. @throws UserError when it is not a JSON object */
export function readWorkspaceFile(root: string): Json {
  const path = join(root, workspaceName);
  const hint = 'for example: { "connectors": ["connectors/*"], "defaults": { "profile": "verified" } }';
  let value: Json;
  try {
    value = JSON.parse(readTextWithin(root, path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(`${path}: this is not JSON (${error.message})`, { hint, cause: error });
  }
  if (isObject(value)) return value;
  throw new UserError(`${path}: this is not a JSON object`, { hint });
}

/**
 * The folders of the connectors, by the order of their names. Folders without a definition or config.json are none.
 *
 * @returns absolute
 * @throws UserError for a pattern that leads out of the workspace
 */
export function connectorFolders({ root, patterns }: Workspace): string[] {
  const folders = new Set(patterns.flatMap((pattern) => matching(root, pattern)));
  return [...folders].filter((folder) => isFolder(folder) && isConnector(folder)).sort();
}

/** Whether a folder is one that the workspace names. @param folder absolute */
export function isNamedIn({ root, patterns }: Workspace, folder: string): boolean {
  const names = shownPath(folder, root).split('/');
  return patterns
    .map(partsOf)
    .some((parts) => parts.length === names.length && parts.every((part, index) => fits(names[index] ?? '', part)));
}

/** What to say of a connector that no pattern means, so that `--all` leaves it out; undefined: one does. */
export const unnamedNote = (workspace: Workspace, folder: string): string | undefined =>
  isNamedIn(workspace, folder)
    ? undefined
    : `${workspaceName} doesn't name ${shownPath(folder, workspace.root)}: add it to "connectors"`;

const partsOf = (pattern: string): string[] => pattern.split(/[\\/]/).filter((part) => part !== '' && part !== '.');

/**
 * Where a new connector belongs whose folder is only named: `letters` at the root of a workspace of `connectors/*` is
 * `connectors/letters`. Where the name fits a pattern, is there already, or no pattern ends in `/*`, it is what it says.
 *
 * @returns absolute
 */
export function folderForNew({ root, patterns }: Workspace, name: string): string {
  const place = patterns.find((pattern) => /^[^*]+\/\*$/.test(pattern));
  const isNamed = patterns.some((pattern) => !pattern.includes('/') && fits(name, pattern));
  if (place === undefined || isNamed || existsSync(join(root, name))) return join(root, name);
  return join(root, ...place.slice(0, -'*'.length).split('/'), name);
}

export function isConnector(folder: string): boolean {
  const { layout, files } = findConnector(folder);
  return layout === 'repository' || files.definition !== undefined;
}

function matching(root: string, pattern: string): string[] {
  const parts = partsOf(pattern);
  const isAway = /^([\\/]|[a-z]:)/i.test(pattern) || parts.includes('..');
  if (isAway || parts.length === 0) {
    throw new UserError(`${join(root, workspaceName)}: "connectors" has ${JSON.stringify(pattern)}`, {
      hint: 'name folders below that of the file, such as "connectors/*"',
    });
  }
  let folders = [root];
  for (const part of parts) folders = folders.flatMap((folder) => children(folder, part));
  for (const folder of folders) requireNoLinkOut(root, folder);
  return folders;
}

function children(folder: string, part: string): string[] {
  if (!part.includes('*')) return [join(folder, part)];
  const names = isFolder(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return names.filter((entry) => !entry.isFile() && fits(entry.name, part)).map(({ name }) => join(folder, name));
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Whether a name fits a pattern, in which `*` means any number of characters. Hidden folders and installed packages are
 * taken only by their names.
 */
function fits(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name === pattern;
  if (/^(?:\.|node_modules$)/.test(name)) return false;
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop() ?? '';
  if (!name.startsWith(first) || !name.slice(first.length).endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
