import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, posix, resolve, win32 } from 'node:path';
import { type Platform, thisPlatform, variable } from '../process/platform.ts';
import { isInside } from './contained-path.ts';
import { digest } from './digest.ts';
import { homeFolder } from './home-folder.ts';

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

/**
 * Where code is kept that will be run: a private folder, and in no repository, whichever is worked in.
 *
 * @param folder that is worked in
 * @returns undefined: there is no such place here
 */
export function codeFolder(folder: string): string | undefined {
  const state = stateFolder(folder);
  if (state === undefined || isInRepository(realFolder(state))) return undefined;
  const code = join(state, 'code');
  return isPrivate(code) ? code : undefined;
}

const isInRepository = (folder: string): boolean =>
  existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInRepository(dirname(folder)));

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
  const home = homeFolder();
  // nobody's home is made: the variable may name anything
  const known = {
    home: home !== undefined && existsSync(home) ? home : undefined,
    temporary: tmpdir(),
    user: userId(),
  };
  return stateFolders(thisPlatform(), known);
}

/** What Node says of this user: the home that is there, the folder for temporary files, the number (not on Windows). */
interface KnownUser {
  home: string | undefined;
  temporary: string;
  user: number | undefined;
}

/**
 * Where it may be, the best place first: by the conventions of each system for data that outlives a restart and belongs
 * to this machine, else among the temporary files.
 */
export function stateFolders(host: Platform, { home, temporary, user }: KnownUser): string[] {
  const path = host.platform === 'win32' ? win32 : posix;
  const name = 'pp-connector';
  const stated = [variable(host, 'XDG_STATE_HOME'), ...(path === win32 ? [variable(host, 'LOCALAPPDATA')] : [])];
  const usual = home === undefined ? undefined : path.join(home, ...belowHome(host.platform));
  const state = [...stated, usual].find((folder) => folder !== undefined && path.isAbsolute(folder));
  return [
    ...(state === undefined ? [] : [path.join(state, name)]),
    ...(isEverybodys(temporary, host) ? [] : [path.join(temporary, `${name}-${user ?? 'user'}`)]),
  ];
}

function belowHome(platform: NodeJS.Platform): string[] {
  if (platform === 'win32') return ['AppData', 'Local'];
  return platform === 'darwin' ? ['Library', 'Application Support'] : ['.local', 'state'];
}

/** On Windows nothing shows whose a folder is, and everybody can make one in the temporary folder of the system. */
function isEverybodys(temporary: string, host: Platform): boolean {
  const system = variable(host, 'SystemRoot');
  if (host.platform !== 'win32' || system === undefined) return false;
  const between = win32.relative(system, temporary);
  // absolute: on another drive
  return !between.startsWith('..') && !win32.isAbsolute(between);
}

/** Undefined on Windows, where the folders of a user are closed to others. */
const userId = (): number | undefined => process.getuid?.();

const isMine = ({ uid }: Stats): boolean => userId() === undefined || uid === userId();

/** Whether it is a real folder of this user's, which nobody else can write to; made when it is missing. */
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
