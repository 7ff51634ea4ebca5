import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findRepositoryRoot } from '../connector/find.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { type Connector, loadConnector } from '../connector/load.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
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

/** @throws UserError when there is no connector, or its files hold no JSON that can be relied on */
export function runnableConnector(cwd: string, folder: string | undefined, usage: string): RunnableConnector {
  const where = connectorFolder(cwd, folder);
  const connector = loadConnector(where);
  const definition = readable(connector.definition, 'apiDefinition.json', usage);
  const properties =
    connector.properties === undefined ? {} : readable(connector.properties, 'apiProperties.json', usage);
  const inner = asObject(getOwn(properties, 'properties'));
  return { folder: where, connector, definition, inner, root: connectionsRoot(cwd, folder) };
}

/** The folder that connections are kept for: the repository around the one that is meant. It needn't be there any more. */
export function connectionsRoot(cwd: string, folder: string | undefined): string {
  const where = connectorFolder(cwd, folder);
  const isFile = statSync(where, { throwIfNoEntry: false })?.isFile() === true;
  return findRepositoryRoot(where) ?? (isFile ? dirname(where) : where);
}

function readable(file: JsonFile | undefined, name: string, usage: string): JsonObject {
  if (file === undefined) {
    throw new UserError(`there is no ${name}`, {
      hint: `run this in the folder of a connector, or name it: pp-connector ${usage}`,
    });
  }
  if (!isObject(file.value) || file.unreliable) {
    throw new UserError(`${file.path}: is not JSON that can be relied on`, {
      hint: `see what is wrong: pp-connector validate ${file.path}`,
    });
  }
  return file.value;
}

/** @throws UserError when it can't be read */
export function readNamed(name: string, cwd: string): string {
  try {
    return readRegularText(resolve(cwd, name));
  } catch (error) {
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
