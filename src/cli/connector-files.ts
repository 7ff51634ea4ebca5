import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findConnector, findRepositoryRoot } from '../connector/find.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { type Connector, loadConnector } from '../connector/load.ts';
import { noConnector } from '../connector/no-connector.ts';
import { requireReliable, requireSwagger } from '../connector/require-json.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { isUserError, UserError } from '../errors.ts';
import { shownPath } from '../files/names.ts';
import { readRegularText } from '../files/read.ts';
import { refusalOf } from '../system-error.ts';

/** The connector that a command runs, and JSON files that the user names. */
export interface RunnableConnector {
  /** As it was named: what `loadConnector` reads. */
  folder: string;
  connector: Connector;
  definition: JsonObject;
  /** `properties` of apiProperties.json; empty without that file. */
  inner: JsonObject;
  /** The repository's root, else the folder of the files: what connections are kept for. */
  root: string;
}

/** @param folder as the user gave it; default: the repository around the current folder */
export const connectorFolder = (cwd: string, folder: string | undefined): string =>
  folder === undefined ? (findRepositoryRoot(cwd) ?? cwd) : resolve(cwd, folder);

/** @throws UserError when no definition is at the folder @param usage of the command, with its folder */
export function requireDefinition(where: string, cwd: string, usage: string): void {
  if (findConnector(where).files.definition === undefined) throw withoutDefinition(where, cwd, usage);
}

const withoutDefinition = (where: string, cwd: string, usage: string): UserError =>
  noConnector(where, `run this in the folder of a connector, or name it: pp-connector ${usage}`, {
    what: 'there is no definition of a connector here',
    cwd,
    usage,
  });

/** @throws UserError when there is no connector, or its files hold no JSON that can be relied on */
export function runnableConnector(cwd: string, folder: string | undefined, usage: string): RunnableConnector {
  const where = connectorFolder(cwd, folder);
  const connector = loadConnector(where);
  if (connector.definition === undefined) throw withoutDefinition(where, cwd, usage);
  const nameOf = ({ path }: JsonFile): string => shownPath(path, cwd);
  const definition = requireSwagger(connector.definition, nameOf(connector.definition));
  const { properties: outer } = connector;
  const properties = outer === undefined ? {} : requireReliable(outer, nameOf(outer));
  const inner = asObject(getOwn(properties, 'properties'));
  return { folder: where, connector, definition, inner, root: connectionsRoot(cwd, folder) };
}

/** The folder that connections are kept for: the repository around the one that is meant. It needn't be there any more. */
export function connectionsRoot(cwd: string, folder: string | undefined): string {
  const where = connectorFolder(cwd, folder);
  const isFile = statSync(where, { throwIfNoEntry: false })?.isFile() === true;
  return findRepositoryRoot(where) ?? (isFile ? dirname(where) : where);
}

/** @throws UserError when it can't be read */
export function readNamed(name: string, cwd: string): string {
  try {
    return readRegularText(resolve(cwd, name));
  } catch (error) {
    if (isUserError(error)) throw error;
    throw new UserError(`${name}: ${refusalOf(error) ?? 'it can not be read'}`);
  }
}

/** What is in the file is never quoted: it may be a secret. @throws UserError for what isn't a JSON object */
export function jsonObject(text: string, name: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new UserError(`${name}: is not JSON`);
  }
  if (!isObject(value)) throw new UserError(`${name}: must hold a JSON object`);
  return value;
}
