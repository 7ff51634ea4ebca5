import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { refusalOf } from '../system-error.ts';
import { readRegular } from './read.ts';

/** As a check of an answer: whether a file can be read. @param path relative to `cwd` */
export function checkFile(path: string, cwd: string): true | string {
  try {
    readRegular(resolve(cwd, path));
    return true;
  } catch (error) {
    return `${path}: ${refusalOf(error) ?? 'it cannot be read'}`;
  }
}

/** What a flag holds: the text itself, or the name of a file that holds it. @throws UserError when it can't be read */
export function textOrFile(flag: string, given: string, cwd: string): string {
  return existsSync(resolve(cwd, given)) ? readGivenFile(flag, given, cwd).toString('utf8') : given;
}

/** Whether what was given is JSON itself, not the name of a file with it, which may be `[1].json`. */
export const isJsonText = (given: string, cwd: string): boolean =>
  /^\s*[{[]/.test(given) && !existsSync(resolve(cwd, given));

/** Reads a file that a flag names. @throws UserError when it isn't there, or is not a file */
export function readGivenFile(flag: string, path: string, cwd: string): Buffer {
  try {
    return readRegular(resolve(cwd, path));
  } catch (error) {
    throw new UserError(`${flag} ${path}: ${refusalOf(error) ?? 'it cannot be read'}`, { cause: error });
  }
}
