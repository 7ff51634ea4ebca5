import { isAbsolute, relative, sep } from 'node:path';

/** How files are named in texts and in files of ours: with `/` on every system. */

export const slashes = (path: string): string => path.split(sep).join('/');

/** The name of a file below `root`. */
export const nameOf = (root: string, path: string): string => slashes(relative(root, path));

/** A path as it is shown to somebody who works in `cwd`. */
export const shownPath = (path: string, cwd: string): string => nameOf(cwd, path) || '.';

/** The same for a file that may be in a commit (`v1:connector/apiDefinition.json`): such a name is shown as it is. */
export const shownSource = (path: string, cwd: string): string => (isAbsolute(path) ? shownPath(path, cwd) : path);

/** Whether two absolute paths are one: on Windows also in other capitals. */
export const isSamePath = (a: string, b: string): boolean => relative(a, b) === '';

/** A relative path out of a file, which may have been written on Windows, for this system. */
export const fromAnySystem = (path: string): string => path.replaceAll('\\', '/');
