import { existsSync, lstatSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { homeFolder } from './home-folder.ts';

/**
 * The nearest folder, at or above another one, that has all of these files: what says that a repository or a workspace
 * begins there. Nobody named it, so that what somebody else has put above our folders doesn't count: the search ends with
 * the git repository and with the home folder of the user, never takes the root of a drive, where others may write on
 * Windows, and above the folder itself believes only files of this user, the system, or the owner of that folder.
 *
 * @param names that none but such a folder has
 * @returns absolute
 */
export function nearestWith(folder: string, names: readonly string[]): string | undefined {
  const start = resolve(folder);
  const home = homeFolder();
  for (let at = start; ; at = dirname(at)) {
    const isRoot = at === dirname(at);
    if (isRoot && at !== start) return undefined;
    const isThere = names.every((name) => existsSync(join(at, name)));
    if (isThere && (at === start || names.every((name) => isBelieved(join(at, name), start)))) return at;
    if (isRoot || at === home || existsSync(join(at, '.git'))) return undefined;
  }
}

/** By its owner; Windows tells none. */
function isBelieved(file: string, start: string): boolean {
  const user = process.getuid?.();
  const owner = look(file)?.uid;
  if (user === undefined || owner === undefined) return true;
  return owner === user || owner === 0 || owner === look(start)?.uid;
}

const look = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });
