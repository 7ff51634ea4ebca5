import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import { isInside } from '../files/contained-path.ts';
import { onTermination } from '../process/termination.ts';
import { refusalOf } from '../system-error.ts';
import { privatePrefix, removeLeftovers } from './leftovers.ts';

/** Those of this process. */
const inUse = new Set<string>();

/**
 * Calls `work` with a folder that only this user can read, and removes it behind: also after an error, at an exit from
 * elsewhere, and on SIGINT, SIGTERM and SIGHUP. What a killed run left behind goes first.
 *
 * @param root folder of the connector; secrets are never written in the repository around it
 * @throws UserError when the folder for temporary files lies in that repository
 */
export async function withPrivateFolder<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeFolder(root);
  inUse.add(folder);
  const remove = () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    inUse.delete(folder);
  };
  const forget = onTermination(remove);
  try {
    return await work(folder);
  } finally {
    forget();
    remove();
  }
}

function makeFolder(root: string): string {
  try {
    // in full: Windows shortens the names of folders in TEMP (RUNNER~1)
    const parent = realpathSync.native(tmpdir());
    requireOutside(parent, root);
    removeLeftovers(parent, inUse);
    // mkdtemp makes the folder with mode 0700; on Windows the user's own temporary folder is closed to others
    return mkdtempSync(join(parent, `${privatePrefix}${process.pid}-`));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    throw new UserError(`${tmpdir()}: the folder for temporary files can't be used, ${refusal}`, {
      hint: `set ${folderVariable} to a folder that you may write to, outside of the repository`,
      cause: error,
    });
  }
}

const folderVariable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';

/** Writes a file that only this user can read, in place of an older one. */
export function writePrivateFile(folder: string, name: string, contents: string | Buffer): void {
  const path = join(folder, name);
  rmSync(path, { force: true });
  writeFileSync(path, contents, { mode: 0o600, flag: 'wx' });
}

function requireOutside(parent: string, root: string): void {
  const repository = repositoryAround(realpathSync.native(root));
  if (!isInside(repository, parent)) return;
  throw new UserError(`${parent}: the folder for temporary files lies in the repository ${repository}`, {
    hint: `the OAuth secret is never written there; set ${folderVariable} to a folder outside`,
  });
}

function repositoryAround(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
  }
  return folder;
}
