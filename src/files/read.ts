import { closeSync, constants, existsSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { requireConfinedRead, requireNoLinkOut } from './contained-path.ts';

/** No file that belongs to a connector is a tenth of this. */
const largestFile = 64 * 1024 * 1024;

/**
 * Reads a file to its end. Whoever names a file in a flag, in answers or in a repository may mean a device, a pipe, or a
 * file that grows: only regular files are read, and how much there is counts while it is read.
 *
 * @param limit in bytes
 * @throws Error with a `code` and the `path`, which `refusalOf` puts into words; UserError where this process may not read
 */
export const readRegular = (path: string, limit: number = largestFile): Buffer =>
  readOpened(path, limit, requireConfinedRead);

/** A file of ours in the private folder of the user, as text, whatever this process may read otherwise. @throws as `readRegular` */
export const readPrivateText = (path: string): string => readOpened(path, largestFile, () => {}).toString('utf8');

function readOpened(path: string, limit: number, permit: (path: string, opened: Stats) => void): Buffer {
  // a pipe that nobody writes to would be waited for while it is opened
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) throw refused('EISDIR', path);
    if (!stats.isFile()) throw refused('ERR_NO_REGULAR_FILE', path);
    permit(path, stats);
    if (stats.size > limit) throw refused('ERR_FS_FILE_TOO_LARGE', path);
    return readToEnd(file, path, stats.size, limit);
  } finally {
    closeSync(file);
  }
}

/** The same as text in UTF-8, a byte-order mark left out. */
export const readRegularText = (path: string): string =>
  readRegular(path)
    .toString('utf8')
    .replace(/^\uFEFF/, '');

/**
 * Reads a file that lies in a folder under a name which nobody typed: it may be a link, but none that leads out.
 *
 * @param folder absolute: the repository, or the folder that the user named
 * @throws UserError for a link that leads out; else as `readRegular`
 */
export function readWithin(folder: string, path: string): Buffer {
  requireNoLinkOut(folder, path);
  return readRegular(path);
}

/** The same as text, as `readRegularText` reads it. */
export function readTextWithin(folder: string, path: string): string {
  requireNoLinkOut(folder, path);
  return readRegularText(path);
}

/** The same for a file that may be missing; then undefined. */
export const readIfThere = (folder: string, path: string): Buffer | undefined =>
  existsSync(path) ? readWithin(folder, path) : undefined;

/** What comes on standard input, as text. @throws as `readRegular`, for more than that reads */
export const readStandardInput = (): string => readToEnd(0, 'standard input', 0, largestFile).toString('utf8');

/** @param size in bytes; 0: it isn't known, as of what the system makes up while it is read */
function readToEnd(file: number, path: string, size: number, limit: number): Buffer {
  let buffer = Buffer.allocUnsafe(size || 65_536);
  let length = 0;
  for (;;) {
    const count = readSome(file, buffer, length);
    length += count;
    if (count === 0 || length === size) return buffer.subarray(0, length);
    if (length > limit) throw refused('ERR_FS_FILE_TOO_LARGE', path);
    if (length === buffer.length) buffer = Buffer.concat([buffer], 2 * length);
  }
}

/** What is there, waiting for it: a pipe that Node has opened as its own stdin says that there is nothing yet. */
function readSome(file: number, buffer: Buffer, length: number): number {
  for (;;) {
    try {
      return readSync(file, buffer, length, buffer.length - length, null);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // the end of a pipe on Windows
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** Whether it was the limit that ended a reading. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_FS_FILE_TOO_LARGE';

const refused = (code: string, path: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${path} is not read: ${code}`), { code, path });
