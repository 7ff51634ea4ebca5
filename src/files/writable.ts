import { statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { UserError } from '../errors.ts';
import { shellPath } from '../process/command.ts';
import { whyNotPortable } from './portable-names.ts';

/** Characters of a path that programs of Windows take, unless each of them and the system is set up for more. */
const longestPath = 259;

/** What is known of a file or folder; undefined: there is none, or it is a device. */
export type Look = (path: string) => { isReadOnly: boolean } | undefined;

const onDisk: Look = (path) => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !(stats.isFile() || stats.isDirectory())) return undefined;
  // all that Windows has of a mode, too; a file that its owner closed is left closed, also by root
  return { isReadOnly: stats.isFile() && (stats.mode & 0o222) === 0 };
};

/**
 * Refuses, before anything is written, what would fail midway or come out as something else: read-only files, names
 * that Windows has no files for (on every system, since repositories travel), and there paths that are too long.
 *
 * @param paths absolute, of the files that are to be written or deleted
 * @throws UserError naming the file
 */
export function requireWritable(paths: readonly string[], platform = process.platform, look: Look = onDisk): void {
  for (const path of paths) {
    requireShort(path, platform);
    if (look(path)?.isReadOnly) {
      throw new UserError(`${path}: the file is read-only`, {
        hint: `nothing was changed; if it may be changed: ${platform === 'win32' ? 'attrib -R' : 'chmod u+w'} ${shellPath(path, platform)}`,
      });
    }
    requirePortable(path, platform, look);
  }
}

function requireShort(path: string, platform: NodeJS.Platform): void {
  if (platform !== 'win32' || path.length <= longestPath) return;
  throw new UserError(`${path}: the path has ${path.length} characters, and Windows takes ${longestPath}`, {
    hint: 'nothing was changed; work in a folder with a shorter path, such as C:\\src',
  });
}

/** Of folders only those that are still to be made: nobody's home is checked. */
function requirePortable(path: string, platform: NodeJS.Platform, look: Look): void {
  const { basename, dirname } = platform === 'win32' ? win32 : posix;
  for (let at = path; at !== dirname(at) && look(at) === undefined; at = dirname(at)) {
    const reason = whyNotPortable(basename(at));
    if (reason === undefined) continue;
    throw new UserError(`${path}: ${reason}`, { hint: 'nothing was changed; use another name' });
  }
}
