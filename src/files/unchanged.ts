import { existsSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { digest } from './digest.ts';
import { nameOf } from './names.ts';
import { readRegular } from './read.ts';

/** Files as they were when they were read, for somebody who writes later without having kept others out meanwhile. */
export class SeenFiles {
  readonly #digests = new Map<string, string | undefined>();

  /** Remembers files, also those that don't exist; the first look at one counts. */
  look(paths: Iterable<string>): void {
    for (const path of paths) if (!this.#digests.has(path)) this.#digests.set(path, digestOf(path));
  }

  /** @throws UserError naming the files that have changed since */
  requireUnchanged(root: string): void {
    const changed = [...this.#digests]
      .filter(([path, seen]) => digestOf(path) !== seen)
      .map(([path]) => nameOf(root, path));
    if (changed.length === 0) return;
    throw new UserError(`${changed.join(', ')} changed while the questions were answered; nothing was written`, {
      hint: 'run the command again',
    });
  }
}

const digestOf = (path: string): string | undefined => (existsSync(path) ? digest(readRegular(path)) : undefined);
