import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import type { SubmittedProfile } from './submitted-files.ts';

/** Names of the archives in a folder, which may not be there yet. */
export function archivesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && /\.zip$/i.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

/**
 * Where a package goes. In the folder of an independent publisher it takes the place of the one that is there, whatever
 * its name: the service accepts a single archive.
 *
 * @param name begin of a new file's name
 * @throws UserError where several archives are there already
 */
export function packagePath(folder: string, name: string, profile: SubmittedProfile): string {
  const [present, ...others] = profile === 'independent' ? archivesIn(folder) : [];
  if (others.length === 0) return join(folder, present ?? `${name}.zip`);
  const all = [present, ...others].map((each) => `"${each}"`).join(', ');
  throw new UserError(`${folder}: there are several archives, ${all}; the service accepts one, the package`, {
    hint: 'delete them all, then run the command again',
  });
}
