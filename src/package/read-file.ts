import { basename, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { slashes } from '../files/names.ts';
import { isTooLarge, readRegular } from '../files/read.ts';
import { refusalOf } from '../system-error.ts';
import { limits, mebibytes } from './zip/limits.ts';

/** An archive as named on the command line. */
export interface NamedArchive {
  /** As given, with slashes. */
  path: string;
  /** Last part of the path. */
  name: string;
  bytes: Buffer;
}

const hint = 'give an archive: exported solutions and packages end in .zip';

/** @throws UserError naming the flag, when there is no such file or it is too large to be a package */
export function readNamedArchive(path: string, flag: string, cwd: string): NamedArchive {
  const absolute = resolve(cwd, path);
  try {
    return { path: slashes(path), name: basename(absolute), bytes: readRegular(absolute, limits.file) };
  } catch (error) {
    const reason = isTooLarge(error) ? `the file is larger than ${mebibytes(limits.file)}` : refusalOf(error);
    if (reason === undefined) throw error;
    throw new UserError(`${flag} ${path}: ${reason}`, { hint, cause: error });
  }
}
