import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file as it shall be: its new contents, or null when it shall be gone. */
export type Change = readonly [path: string, contents: string | Buffer | null];

interface Staged {
  temporary: string;
  path: string;
  /** What stands there now; undefined: nothing. */
  before: Buffer | undefined;
}

/**
 * Writes files so that none is ever half-written: each goes to a temporary file in its own folder first, all of them
 * before any is put in its place. What can fail for want of space or permission therefore fails while nothing has
 * changed yet; should putting one in its place fail all the same, those before it are put back.
 */
export function writeFiles(changes: Iterable<Change>): void {
  const staged: Staged[] = [];
  const folders: string[] = [];
  const deletions: string[] = [];
  let placed = 0;
  try {
    for (const [path, contents] of changes) {
      if (contents === null) {
        deletions.push(path);
        continue;
      }
      const made = mkdirSync(dirname(path), { recursive: true });
      if (made !== undefined) folders.push(made);
      const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
      const mode = statSync(path, { throwIfNoEntry: false })?.mode;
      // reading also shows that it is a file and no folder
      staged.push({ temporary, path, before: mode === undefined ? undefined : readFileSync(path) });
      writeFileSync(temporary, contents, { flag: 'wx' });
      if (mode !== undefined) chmodSync(temporary, mode);
    }
    for (const { temporary, path } of staged) {
      renameSync(temporary, path);
      placed += 1;
    }
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    for (const { path, before } of staged.slice(0, placed)) {
      if (before === undefined) rmSync(path, { force: true });
      else writeFileSync(path, before);
    }
    for (const folder of folders.reverse()) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  for (const path of deletions) rmSync(path, { force: true });
}
