import { existsSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { digest } from './digest.ts';
import { nameOf } from './names.ts';
import { readRegular } from './read.ts';

/** Files as they were when they were read, for somebody who writes later without having kept others out meanwhile. */
export class SeenFiles {
  private readonly digests = new Map<string, string | undefined>();

  /** Remembers files, also those that don't exist; the first look at one counts. */
  look(paths: Iterable<string>): void {
    for (const path of paths) if (!this.digests.has(path)) this.digests.set(path, digestOf(path));
  }

  /**
   * @param now files that are there now; those among them that weren't looked at are new
   * @throws UserError naming the files that have changed since
   */
  requireUnchanged(root: string, now: Iterable<string> = []): void {
    const changed = [...new Set([...this.digests.keys(), ...now])]
      .filter((path) => digestOf(path) !== this.digests.get(path))
      .map((path) => nameOf(root, path));
    if (changed.length === 0) return;
    throw new UserError(`${changed.join(', ')} changed while the questions were answered; nothing was written`, {
      hint: 'run the command again',
    });
  }
}

const digestOf = (path: string): string | undefined => (existsSync(path) ? digest(readRegular(path)) : undefined);
