import { resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { isInside } from '../files/contained-path.ts';
import type { GitRepository } from './repository.ts';

export interface Changed {
  /** The branch, tag or commit as given or found. */
  base: string;
  folders: string[];
}

/**
 * Those of some folders in which files differ from a commit: committed since, edited, or not known to git.
 *
 * @param folders absolute
 * @param shared files that concern every folder, absolute
 * @param base a branch, tag or commit, compared with where HEAD parted from it; default: the default branch
 * @throws UserError when there is no such revision
 */
export function changedFolders(
  git: GitRepository,
  folders: readonly string[],
  shared: readonly string[],
  base = git.defaultBranch(),
): Changed {
  const commit = base === undefined || git.commit(base) === undefined ? undefined : git.mergeBase(base);
  if (base === undefined || commit === undefined) {
    const what =
      base === undefined
        ? 'there is no branch main or master'
        : `${base} is not a branch, tag or commit with which HEAD has anything in common`;
    throw new UserError(`--changed: ${what} in ${git.root}`, {
      hint: 'name what to compare with: --changed origin/main (in CI, check out the whole history: fetch-depth: 0)',
    });
  }
  const paths = [...folders, ...shared];
  const names = [...git.changedSince(commit, paths), ...git.uncommitted(paths)].map((name) => resolve(git.root, name));
  if (names.some((name) => shared.includes(name))) return { base, folders: [...folders] };
  return { base, folders: folders.filter((folder) => names.some((name) => isInside(folder, name))) };
}
