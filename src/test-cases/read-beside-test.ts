import { dirname, relative } from 'node:path';
import { containedPath, isInside } from '../files/contained-path.ts';
import { slashes } from '../files/names.ts';
import { readWithin } from '../files/read.ts';

interface Beside {
  /** Absolute: the file of tests. */
  file: string;
  /** Absolute: the repository. */
  root: string;
  /** What of the test holds the name. */
  what: string;
}

/**
 * Reads a file that a file of tests names, relative to itself. Tests come with a repository: their names lead nowhere out
 * of it, and out of no folder of tests that lies elsewhere.
 *
 * @throws UserError for a name that leads out; else as `readWithin`
 */
export function readBesideTest(name: string, { file, root, what }: Beside): Buffer {
  const base = dirname(file);
  const folder = isInside(root, base) ? root : base;
  const where = `${slashes(relative(folder, file))}: ${what}`;
  return readWithin(folder, containedPath({ folder, base, name }, where));
}
