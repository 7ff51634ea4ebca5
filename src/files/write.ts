import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file as it shall be: its new contents, or null when it shall be gone. */
export type Change = readonly [path: string, contents: string | Buffer | null];

/**
 * Writes files so that none is ever half-written: each goes to a temporary file in its own folder first, all of them
 * before any is put in its place. What can fail for want of space or permission therefore fails while nothing has
 * changed yet.
 */
export function writeFiles(changes: Iterable<Change>): void {
  const staged: { temporary: string; path: string }[] = [];
  const deletions: string[] = [];
  try {
    for (const [path, contents] of changes) {
      if (contents === null) {
        deletions.push(path);
        continue;
      }
      mkdirSync(dirname(path), { recursive: true });
      const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
      staged.push({ temporary, path });
      writeFileSync(temporary, contents, { flag: 'wx' });
      if (existsSync(path)) chmodSync(temporary, statSync(path).mode);
    }
    for (const { temporary, path } of staged) renameSync(temporary, path);
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    throw error;
  }
  for (const path of deletions) rmSync(path, { force: true });
}
