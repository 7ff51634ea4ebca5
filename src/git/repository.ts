import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { shownPath } from '../files/names.ts';
import { findProgram } from '../process/find-program.ts';
import type { Host } from '../process/platform.ts';

/** The git repository around a folder: what it holds. Changing it is `GitWriter`'s. */
export class GitRepository {
  /** Absolute. */
  readonly root: string;
  readonly program: string;
  readonly host: Host;

  private constructor(root: string, program: string, host: Host) {
    this.root = root;
    this.program = program;
    this.host = host;
  }

  /** @returns undefined outside a repository, or without git */
  static around(path: string, host: Host): GitRepository | undefined {
    const root = rootOf(resolve(path));
    const program = root === undefined ? undefined : findProgram('git', host);
    return root === undefined || program === undefined ? undefined : new GitRepository(root, program, host);
  }

  /** How git calls a file or folder: relative to the root, with `/`; the root is `.`. */
  nameOf(path: string): string {
    return shownPath(path, this.root);
  }

  /** The commit that a branch, tag or other revision names. */
  commit(revision: string): string | undefined {
    if (revision.startsWith('-')) return undefined;
    return this.line('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
  }

  /** Tags by a pattern of git's that HEAD contains, the newest version first; before a release come its previews. */
  tags(pattern: string): string[] {
    const order = ['-c', 'versionsort.suffix=-'];
    const listing = this.run([...order, 'tag', '--list', pattern, '--merged', 'HEAD', '--sort=-version:refname']);
    return (listing?.toString() ?? '').split(/\r?\n/).filter(Boolean);
  }

  /** Whether there is such a tag, contained in HEAD or not. */
  hasTag(name: string): boolean {
    return this.run(['show-ref', '--verify', '--quiet', `refs/tags/${name}`]) !== undefined;
  }

  /** Names of the files in a folder as of a commit. @param folder relative to the root, with `/`; `.` is the root */
  files(commit: string, folder: string): string[] {
    const target = folder === '.' || folder === '' ? commit : `${commit}:${folder}`;
    const listing = this.run(['ls-tree', '--name-only', '-z', target]);
    return listing === undefined ? [] : listing.toString().split('\0').filter(Boolean);
  }

  /** The bytes of a file as of a commit; undefined: it isn't there. @param path relative to the root, with `/` */
  read(commit: string, path: string): Buffer | undefined {
    return this.run(['cat-file', 'blob', `${commit}:${path}`]);
  }

  /** Files at or below these paths that differ from HEAD, or that git doesn't know. @returns relative to the root */
  uncommitted(paths: readonly string[]): string[] {
    const words = ['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--'];
    return this.list([...words, ...paths.map((path) => this.nameOf(path))]).map((entry) => entry.slice(3));
  }

  /** Files at or below these paths that differ from a commit. @returns relative to the root */
  changedSince(commit: string, paths: readonly string[]): string[] {
    const words = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', commit, '--'];
    return this.list([...words, ...paths.map((path) => this.nameOf(path))]);
  }

  private list(words: readonly string[]): string[] {
    return (this.run(words)?.toString() ?? '').split('\0').filter(Boolean);
  }

  /** The first line of an answer; undefined: git says no. */
  private line(...words: string[]): string | undefined {
    return this.run(words)?.toString().split(/\r?\n/)[0];
  }

  private run(words: readonly string[]): Buffer | undefined {
    // a mounted checkout belongs to somebody else; reading objects runs nothing of what it holds
    const settings = [
      '--no-pager',
      '--no-optional-locks',
      '--literal-pathspecs',
      '-c',
      'safe.directory=*',
      '-c',
      'core.fsmonitor=false',
    ];
    const { status, stdout, error } = spawnSync(this.program, [...settings, ...words], {
      cwd: this.root,
      timeout: 30_000,
      maxBuffer: 256 * 1024 * 1024,
      windowsHide: true,
      env: withoutGitVariables(this.host),
    });
    if (error !== undefined) {
      throw new UserError(`git: it could not be run (${error.message})`, {
        hint: `try: git ${words.join(' ')}`,
        cause: error,
      });
    }
    return status === 0 ? stdout : undefined;
  }
}

/** The folder at or above `path` that holds `.git`, a folder or (in a worktree) a file. */
function rootOf(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** What a hook sets for its own repository would make git look there. */
const withoutGitVariables = (host: Host): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(host.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_')));
