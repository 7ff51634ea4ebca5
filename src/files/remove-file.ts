import { unlinkSync } from 'node:fs';

/**
 * Removes a file that may be gone already. `rmSync` does the same, and loads what removes folders, with timers, for it.
 *
 * @throws Error of the operating system, for a folder, too
 */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
