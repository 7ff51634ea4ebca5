import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../process/is-running.ts';

/** Begin of the names of our private folders among temporary ones; the number of the process follows. */
export const privatePrefix = 'pp-connector-private-';

/** Milliseconds; no deployment takes a week, so that the number of its process is another one's by then. */
const longestLife = 7 * 24 * 60 * 60 * 1000;

/**
 * Removes the private folders, with the secrets in them, that a killed deployment left behind. Every command calls it:
 * where there are none, it costs one look at the folder.
 *
 * @param parent folder for temporary files
 * @param inUse those of this process
 * @throws Error when the folder can't be read
 */
export function removeLeftovers(parent: string, inUse: ReadonlySet<string> = new Set()): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(privatePrefix)) continue;
    const pid = /^\d+(?=-)/.exec(name.slice(privatePrefix.length))?.[0];
    const path = join(parent, name);
    if (pid === undefined || inUse.has(path)) continue;
    // in a container every run may have the same number
    const mayBeAlive = Number(pid) !== process.pid && isRunning(Number(pid));
    try {
      const stats = lstatSync(path);
      if (mayBeAlive && Date.now() - stats.mtimeMs < longestLife) continue;
      const isMine = process.getuid === undefined || stats.uid === process.getuid();
      if (isMine && stats.isDirectory()) rmSync(path, { recursive: true, force: true });
    } catch {
      // somebody else was quicker
    }
  }
}
