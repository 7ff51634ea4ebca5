import { readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, type PlatformPath, relative, resolve, sep, win32 } from 'node:path';
import { UserError } from '../errors.ts';
import { fromAnySystem, slashes } from './names.ts';
import { isDevice } from './portable-names.ts';

/**
 * The one place that decides whether a name leads out of a folder. Names that come with a repository, an archive or a
 * download are data of a stranger: none of them makes us read or write outside of the folder that the user named.
 */

let isPermitted = false;

/** `--allow-outside`: the user vouches for the names in this repository, for this process. */
export function permitOutside(): void {
  isPermitted = true;
}

/** For tests: back to the default. */
export function forbidOutside(): void {
  isPermitted = false;
}

let confines: readonly string[] | undefined;

/**
 * Whoever started this process for somebody else, such as a server for agents, lets it into these folders alone, whatever
 * names it is given; `--allow-outside` doesn't open them.
 *
 * @param folders absolute; undefined: wherever its names lead
 */
export function confine(folders: readonly string[] | undefined): void {
  confines = folders?.map((folder) => realTarget(folder));
}

/**
 * @param target where a path leads, all links followed
 * @throws UserError when this process may not go there
 */
function requireInConfines(path: string, target: string): void {
  if (confines === undefined || confines.some((folder) => isInside(folder, target))) return;
  throw new UserError(`${path}: it is outside of the folder that this program was let into`, {
    hint: 'name a file inside of it',
  });
}

/** @throws UserError for a file that this process may not write, links followed */
export function requireConfinedWrite(path: string): void {
  if (confines !== undefined) requireInConfines(path, realTarget(path));
}

/**
 * Checks a file that is open already: a link that was changed since its name was checked leads nowhere else.
 *
 * @param opened what the system says of the open file
 * @throws UserError for a file that this process may not read
 */
export function requireConfinedRead(path: string, opened: Pick<Stats, 'dev' | 'ino'>): void {
  if (confines === undefined) return;
  const target = realTarget(path);
  requireInConfines(path, target);
  const { dev, ino } = statSync(target);
  if (dev !== opened.dev || ino !== opened.ino) throw new UserError(`${path}: it was replaced while it was read`);
}

const hint = 'if you trust this repository and want that, add --allow-outside; else correct the name';

type PathModule = Pick<PlatformPath, 'relative' | 'isAbsolute' | 'sep'>;

/** Whether a path is a folder or below it, by its words alone. Both are absolute. */
export function isInside(folder: string, path: string, system: PathModule = { relative, isAbsolute, sep }): boolean {
  const way = system.relative(folder, path);
  // on another drive of Windows the way is absolute
  return way !== '..' && !way.startsWith(`..${system.sep}`) && !system.isAbsolute(way);
}

/**
 * Where a path leads when all links are followed, also those to what isn't there (yet). Links that lead back to
 * themselves are left to the operating system, which refuses them.
 */
export function realTarget(path: string, links = 40): string {
  try {
    return realpathSync(path);
  } catch {
    // something on the way isn't there, or may not be looked at
  }
  const parent = dirname(path);
  if (parent === path || links === 0) return path;
  const realParent = realTarget(parent, links - 1);
  const target = linkText(path);
  if (target !== undefined) return realTarget(resolve(realParent, target), links - 1);
  return join(realParent, basename(path));
}

function linkText(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Why a name can't be one of a file in a folder, on any operating system: repositories travel between them. Absolute
 * names are checked by where they lead.
 *
 * @param way from the folder that must not be left to the one that the name is relative to, in parts
 * @returns undefined: nothing speaks against it
 */
export function nameProblem(
  name: string,
  way: readonly string[] = [],
  platform = process.platform,
): string | undefined {
  if (/[\0-\x1f\x7f]/.test(name)) return 'it has control characters';
  if (/^[\\/]{2}/.test(name)) return 'it names another computer or a device';
  const hasDrive = /^[a-z]:[\\/]/i.test(name);
  if (hasDrive && platform !== 'win32') return 'it names a drive of Windows';
  const rest = hasDrive ? name.slice(2) : name;
  if (rest.includes(':')) return 'it has a colon, which means a drive or a stream on Windows';
  const parts = rest.split(/[\\/]/);
  if (parts.some(isDevice)) return 'it is the name of a device on Windows';
  if (parts.some((part) => /^[. ]+$/.test(part) && part !== '.' && part !== '..')) {
    return 'Windows takes dots and blanks off the end of names';
  }
  if (/^[\\/]/.test(rest)) return platform === 'win32' || name.startsWith('/') ? undefined : outside;
  const normal = win32.join(...way, name);
  return normal === '..' || normal.startsWith('..\\') ? outside : undefined;
}

const outside = 'it leads out of the folder';

export interface HeldName {
  /** Absolute: the folder that must not be left, as the user named it. */
  folder: string;
  /** Absolute: what the name is relative to; default: the folder. */
  base?: string;
  name: string;
}

/**
 * Why a name that a file holds must not be followed.
 *
 * @returns in words; undefined: it stays in the folder, also when all links are followed
 */
export function whyOutside({ folder, base = folder, name }: HeldName): string | undefined {
  if (isPermitted) return undefined;
  const way = relative(folder, base).split(sep);
  const problem = nameProblem(name, way);
  if (problem !== undefined) return problem;
  return leadsOut(folder, resolve(base, fromAnySystem(name)));
}

/**
 * Why a path must not be followed: where it leads, all links followed, is outside of the folder.
 *
 * @param folder absolute
 * @param path absolute; any, not only one below the folder by its words
 */
export function leadsOut(folder: string, path: string): string | undefined {
  if (isPermitted) return undefined;
  const target = realTarget(path);
  return isInside(realTarget(folder), target) ? undefined : `it leads out of the folder, to ${target}`;
}

/**
 * The file or folder that a name means; it may be written with the backslashes of Windows on every system.
 *
 * @param where for people: file and key that hold the name, such as `config.json: "icon"`
 * @returns the absolute path, with its links
 * @throws UserError when it leads out of the folder
 */
export function containedPath(held: HeldName, where: string): string {
  const reason = whyOutside(held);
  if (reason === undefined) return resolve(held.base ?? held.folder, fromAnySystem(held.name));
  throw new UserError(`${where} names ${JSON.stringify(held.name)}: ${reason}`, { hint });
}

/**
 * Why a file that is there under a name of its own must not be followed: it, or a folder on the way to it, is a link that
 * leads out.
 *
 * @param path absolute; what isn't below the folder by its words was named by the user, and is not a matter of this one
 */
export function whyLinkedOutside(folder: string, path: string): string | undefined {
  return isInside(folder, path) ? leadsOut(folder, path) : undefined;
}

/** @throws UserError for a file below the folder that is a link out of it, or lies in one */
export function requireNoLinkOut(folder: string, path: string): void {
  const reason = whyLinkedOutside(folder, path);
  if (reason === undefined) return;
  throw new UserError(`${slashes(relative(folder, path)) || path}: this is a link, and ${reason}`, { hint });
}
