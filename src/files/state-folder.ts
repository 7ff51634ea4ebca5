import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isInside } from './contained-path.ts';
import { digest } from './digest.ts';

/**
 * The folder in which this user keeps, on this machine, what says who works where and how to undo it: never in a
 * repository, whose files come from strangers, nor where other users can put anything. Made when it is missing.
 *
 * @param folder that is worked in; what lies in it isn't believed
 * @returns undefined: there is no such place here, and what would be kept there has to do without
 */
export function stateFolder(folder: string): string | undefined {
  const root = realFolder(folder);
  return candidates().find((candidate) => !isInside(root, candidate) && isPrivate(candidate));
}

/** Identifies a folder on this machine: the name of what is kept about it. */
export const folderKey = (folder: string): string => digest(`${hostname()}\0${realFolder(folder)}`);

/**
 * With links followed, and on Windows and macOS in the capitals that it has on disk: `c:\src` is `C:\Src`. As it is
 * where the folder is yet to be made.
 */
export function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return resolve(folder);
  }
}

function candidates(): string[] {
  const name = 'pp-connector';
  const temporary = join(tmpdir(), `${name}-${userId() ?? 'user'}`);
  const state = stateHome();
  return state === undefined ? [temporary] : [join(state, name), temporary];
}

/** By the conventions of each system: data that outlives a restart and belongs to this machine. */
function stateHome(): string | undefined {
  const { XDG_STATE_HOME: stated, LOCALAPPDATA: local } = process.env;
  if (stated !== undefined && isAbsolute(stated)) return stated;
  if (process.platform === 'win32') return local !== undefined && isAbsolute(local) ? local : undefined;
  const home = homedir();
  // nobody's home is made: the variable may name anything
  if (!isAbsolute(home) || !existsSync(home)) return undefined;
  return process.platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, '.local', 'state');
}

/** Undefined on Windows, where the folders of a user are closed to others. */
const userId = (): number | undefined => process.getuid?.();

const isMine = ({ uid }: Stats): boolean => userId() === undefined || uid === userId();

/** A real folder of this user's, which nobody else can write to. */
function isPrivate(folder: string): boolean {
  try {
    const there = lstatSync(folder, { throwIfNoEntry: false });
    if (there === undefined) make(folder);
    const stats = lstatSync(folder);
    if (!stats.isDirectory() || !isMine(stats)) return false;
    if (process.platform === 'win32') return true;
    // what others could write to isn't believed, even after it is closed
    if ((stats.mode & 0o022) !== 0) return false;
    if ((stats.mode & 0o077) !== 0) chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}

/** In somebody else's home (of the user that `sudo` was called by) nothing is made: it would be closed to its owner. */
function make(folder: string): void {
  const parent = dirname(folder);
  let nearest = parent;
  while (lstatSync(nearest, { throwIfNoEntry: false }) === undefined) nearest = dirname(nearest);
  // nor is a folder for temporary files
  if (parent === tmpdir()) mkdirSync(folder, { mode: 0o700 });
  else if (isMine(lstatSync(realpathSync(nearest)))) mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Whether a name in that folder is free, a file of this user's, or something else: a pipe, a link, a folder. */
export function whoseFile(path: string): 'nobody' | 'ours' | 'theirs' {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'nobody';
  return stats.isFile() && isMine(stats) ? 'ours' : 'theirs';
}
