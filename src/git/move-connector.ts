import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tagPrefix } from './baseline.ts';
import type { GitRepository } from './repository.ts';
import type { GitEntry } from './working-tree.ts';
import { runGit } from './writer.ts';

/** A connector that moves into a folder of a git repository, with its history. */
export interface Move {
  /** Where it comes from; may be the repository that it stays in. */
  from: GitRepository;
  /** Its folder there, as git calls it; `.` is the root. */
  folder: string;
  /** Where it goes. */
  to: GitRepository;
  /** Its folder then, as git calls it. */
  target: string;
  /** Its files that don't move, by their names in `folder`: they stay where they are, or don't come along. */
  isLeft: (name: string) => boolean;
  /** Files of the repository it goes to that are no longer of use there. */
  isGone: (name: string) => boolean;
}

/** A release that moves along. */
export interface MovedRelease {
  /** The name of its tag so far. */
  before: string;
  after: string;
}

/** The releases that move along, the oldest first: the tags of the connector that HEAD contains. */
export function movedReleases({ from, folder, to, target }: Move): MovedRelease[] {
  const prefix = tagPrefix(join(from.root, folder), from);
  const next = tagPrefix(join(to.root, target), to);
  return from
    .tags(`${prefix}*`)
    .filter((tag) => /^\d/.test(tag.slice(prefix.length)))
    .map((before) => ({ before, after: `${next}${before.slice(prefix.length)}` }))
    .reverse();
}

/**
 * Moves a connector. Each release gets a commit in which its files are where they are from now on, so that whatever
 * compares with a release finds it; the commits of before stay its parents, so that nothing of the history is lost. HEAD
 * goes on to a commit that joins both, and the working tree with it. All of it happens, or nothing.
 *
 * @throws UserError with git's words when it refuses: then nothing has changed but objects that nobody refers to
 */
export function moveConnector(move: Move, releases: readonly MovedRelease[], title: string): void {
  const { from, to, folder, target } = move;
  const head = to.commit('HEAD') ?? '';
  const newest = from.commit('HEAD') ?? '';
  // the objects alone: no branch, no tag, nothing that is configured
  if (from.root !== to.root)
    runGit(to, ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', from.root, newest]);
  const moved = (commit: string): (readonly [string, GitEntry])[] =>
    [...from.entries(commit, folder)]
      .filter(([name]) => !move.isLeft(name) && !isBelow(name, target, folder))
      .map(([name, entry]) => [`${target}/${name}`, entry] as const);

  let former: string | undefined;
  const tagged: [tag: string, commit: string, message: string][] = [];
  for (const { before, after } of releases) {
    const commit = from.commit(before) ?? '';
    const parents = [...(former === undefined ? [] : [former]), commit];
    const message = `${title} ${before.slice(before.lastIndexOf('-v') + 2)}, moved to ${target}`;
    former = commitTree(to, treeOf(to, moved(commit)), parents, message, authorOf(from, commit));
    tagged.push([after, former, `Release of ${before}`]);
  }
  const others = [...to.entries(head, '.')].filter(
    ([name]) => !move.isGone(name) && (from.root !== to.root || !isMoved(move, name)),
  );
  const tree = treeOf(to, [...others, ...moved(newest)]);
  const parents = [head, ...(from.root === to.root ? [] : [newest]), ...(former === undefined ? [] : [former])];
  const joined = commitTree(to, tree, parents, `Move ${title} to ${target}, with its releases`);
  const made: string[] = [];
  try {
    for (const [tag, commit, message] of tagged) {
      runGit(to, ['tag', '--annotate', '--message', message, tag, commit]);
      made.push(tag);
    }
    // last, since it is the step that people see; it fails where a file of theirs is in the way
    runGit(to, ['merge', '--ff-only', '--quiet', joined]);
  } catch (error) {
    if (made.length > 0) runGit(to, ['tag', '--delete', ...made]);
    throw error;
  }
}

const isMoved = ({ folder, target, isLeft }: Move, name: string): boolean => {
  const inside = folder === '.' ? name : name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : undefined;
  return inside !== undefined && !isLeft(inside) && !isBelow(inside, target, folder);
};

/** Of the root, what is in the new place already. */
const isBelow = (name: string, target: string, folder: string): boolean =>
  folder === '.' && name.startsWith(`${target}/`);

/** A tree of these files, made in an index of its own. */
function treeOf(git: GitRepository, entries: readonly (readonly [name: string, entry: GitEntry])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'pp-connector-move-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    const input = entries.map(([name, { mode, id }]) => `${mode} ${id}\t${name}\0`).join('');
    runGit(git, ['update-index', '-z', '--index-info'], { input, env });
    return runGit(git, ['write-tree'], { env });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commitTree(
  git: GitRepository,
  tree: string,
  parents: readonly string[],
  message: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const words = [...new Set(parents)].flatMap((parent) => ['-p', parent]);
  return runGit(git, ['commit-tree', tree, ...words, '-m', message], { env });
}

/** Who made a release, and when. */
function authorOf(git: GitRepository, commit: string): Record<string, string> {
  const [name = '', email = '', date = ''] = runGit(git, [
    'show',
    '--no-patch',
    '--no-show-signature',
    '--format=%an%n%ae%n%aI',
    commit,
  ]).split('\n');
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date };
}
