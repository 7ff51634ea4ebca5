import { basename, resolve } from 'node:path';
import { repositoryAround } from '../connector/find.ts';
import { asString, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { isUserError, UserError } from '../errors.ts';
import { containedPath, isInside } from '../files/contained-path.ts';
import { readRegular, readStandardInput } from '../files/read.ts';
import type { InputFile } from '../runtime/request/files.ts';
import { refusalOf } from '../system-error.ts';
import { jsonObject, readNamed } from './connector-files.ts';

/** What `--input` gives a run, and the files that inputs name. */

/**
 * The object in a file that `--input` names, or on standard input.
 *
 * @throws UserError for what isn't a JSON object, and for a file of the repository that names files outside of it: who
 *   wrote it needn't be the one who runs it
 */
export function inputObject(name: string | undefined, cwd: string): JsonObject | undefined {
  if (name === undefined) return undefined;
  const object = name === '-' ? jsonObject(standardInput(), 'stdin') : jsonObject(readNamed(name, cwd), name);
  const root = repositoryAround(cwd);
  if (name === '-' || !isInside(root, resolve(cwd, name))) return object;
  for (const file of filesIn(object)) containedPath({ folder: root, base: cwd, name: file }, `${name}: "file"`);
  return object;
}

function standardInput(): string {
  try {
    return readStandardInput();
  } catch (error) {
    throw new UserError(`stdin: ${refusalOf(error) ?? 'it can not be read'}`);
  }
}

/** Names of files at any depth, as `{ "file": "PATH" }` gives them. */
function filesIn(value: Json): string[] {
  const found: string[] = [];
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const name = isObject(next) ? asString(getOwn(next, 'file')) : undefined;
    if (name !== undefined) found.push(name);
    if (typeof next === 'object' && next !== null) open.push(...(Object.values(next) as Json[]));
  }
  return found;
}

/** @param path relative to the working folder @throws UserError when it can't be read */
export function readInputFile(path: string, cwd: string): InputFile {
  try {
    return { bytes: readRegular(resolve(cwd, path)), name: basename(path) };
  } catch (error) {
    if (isUserError(error)) throw error;
    throw new UserError(`${path}: ${refusalOf(error) ?? 'it can not be read'}`);
  }
}
