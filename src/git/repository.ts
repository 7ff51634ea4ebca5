import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { isInside } from '../files/contained-path.ts';
import { shownPath } from '../files/names.ts';
import { shellPath } from '../process/command.ts';
import { findProgram } from '../process/find-program.ts';
import type { Platform } from '../process/platform.ts';
import { type GitEntry, isUnchangedFile } from './working-tree.ts';

/** The git repository around a folder: what it holds. Changing it is `GitWriter`'s. */
export class GitRepository {
  /** Absolute. */
  readonly root: string;
  readonly program: string;
  readonly host: Platform;

  private constructor(root: string, program: string, host: Platform) {
    this.root = root;
    this.program = program;
    this.host = host;
  }

  /** @returns undefined outside a repository, or without git */
  static around(path: string, host: Platform): GitRepository | undefined {
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

  /** Where HEAD and another revision part; undefined: they have nothing in common. */
  mergeBase(revision: string): string | undefined {
    return revision.startsWith('-') ? undefined : this.line('merge-base', 'HEAD', revision);
  }

  /** The branch that others start from: what the remote names as such, else main or master. */
  defaultBranch(): string | undefined {
    const named = this.line('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD');
    const usual = ['origin/main', 'origin/master', 'main', 'master'];
    return [...(named === undefined ? [] : [named]), ...usual].find((name) => this.commit(name) !== undefined);
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
    const listing = this.run(['ls-tree', '--name-only', '--full-tree', '-z', target]);
    return listing === undefined ? [] : listing.toString().split('\0').filter(Boolean);
  }

  /** The bytes of a file as of a commit; undefined: it isn't there. @param path relative to the root, with `/` */
  read(commit: string, path: string): Buffer | undefined {
    return this.run(['cat-file', 'blob', `${commit}:${path}`]);
  }

  /** Files at or below these paths that differ from HEAD, or that git doesn't know. @returns relative to the root */
  uncommitted(paths: readonly string[]): string[] {
    const names = this.namesOf(paths);
    if (names.length === 0) return [];
    const head = this.tree('HEAD', names);
    const index = this.index(names);
    const staged = [...new Set([...head.keys(), ...index.keys()])].filter(
      (name) => head.get(name)?.mode !== index.get(name)?.mode || head.get(name)?.id !== index.get(name)?.id,
    );
    const edited = [...index].filter(([name, entry]) => !entry.isLeftAlone && !this.isAsIn(name, entry));
    const unknown = this.list(['ls-files', '--others', '--exclude-standard', '-z', '--', ...names]);
    return [...new Set([...staged, ...edited.map(([name]) => name), ...unknown])].sort();
  }

  /** Files at or below these paths that git knows and that differ from a commit. @returns relative to the root */
  changedSince(commit: string, paths: readonly string[]): string[] {
    const names = this.namesOf(paths);
    if (names.length === 0) return [];
    const then = this.tree(commit, names);
    const index = this.index(names);
    return [...new Set([...then.keys(), ...index.keys()])].filter((name) => {
      if (index.get(name)?.isLeftAlone) return index.get(name)?.id !== then.get(name)?.id;
      const entry = then.get(name);
      return entry === undefined || !this.isAsIn(name, entry);
    });
  }

  /** Every file of a folder as of a commit, by its name in that folder. @param folder as of `files` */
  entries(commit: string, folder: string): Map<string, GitEntry> {
    return entriesIn(this.list(['ls-tree', '-r', '-z', folder === '.' ? commit : `${commit}:${folder}`]));
  }

  private namesOf(paths: readonly string[]): string[] {
    return [...new Set(paths.filter((path) => isInside(this.root, path)).map((path) => this.nameOf(path)))];
  }

  /** By git's own words: what it compares itself with the working tree goes through filters. */
  private isAsIn(name: string, entry: GitEntry): boolean {
    return isUnchangedFile(this.root, name, entry, (id) => this.run(['cat-file', 'blob', id]));
  }

  private tree(commit: string, names: readonly string[]): Map<string, GitEntry> {
    const wanted = names.includes('.') ? [] : names;
    return entriesIn(this.list(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...wanted]));
  }

  /** `isLeftAlone`: git was asked not to look at the file, or hasn't checked it out. */
  private index(names: readonly string[]): Map<string, GitEntry & { isLeftAlone: boolean }> {
    this.requireWorkingTree();
    const lines = this.list(['ls-files', '--stage', '-v', '-z', '--', ...names]);
    const entries = lines.map((line) => /^(.) (\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(line) ?? []);
    return new Map(
      entries.map(([, tag = '', mode = '', id = '', name = '']) => [
        name,
        { mode, id, isLeftAlone: /[a-zS]/.test(tag) },
      ]),
    );
  }

  /** A configuration may name any other folder as the working tree. */
  private requireWorkingTree(): void {
    if (this.line('rev-parse', '--show-cdup') === '') return;
    throw new UserError(`${this.root}: this is not the working tree of the git repository that lies in it`, {
      hint: `look at: git -C ${shellPath(this.root)} config --show-origin --get-regexp "core.(worktree|bare)"`,
    });
  }

  /** @throws UserError where git gives no answer: an empty list would say that nothing has changed */
  private list(words: readonly string[]): string[] {
    const answer = this.run(words);
    if (answer !== undefined) return answer.toString().split('\0').filter(Boolean);
    throw new UserError(`git ${words[0]}: it gives no answer in ${this.root}`, {
      hint: `look at: git -C ${shellPath(this.root)} status`,
    });
  }

  /** The first line of an answer; undefined: git says no. */
  private line(...words: string[]): string | undefined {
    return this.run(words)?.toString().split(/\r?\n/)[0];
  }

  private run(words: readonly string[]): Buffer | undefined {
    const { status, stdout, stderr, error } = spawnSync(this.program, [...harmless, ...words], {
      cwd: this.root,
      timeout: 30_000,
      maxBuffer: 256 * 1024 * 1024,
      windowsHide: true,
      env: { ...ofThisRepository(this.host.env), ...withoutTransports },
    });
    if (error !== undefined) {
      throw new UserError(`git: it could not be run (${error.message})`, {
        hint: `try: git ${words.join(' ')}`,
        cause: error,
      });
    }
    if (status === 0) return stdout;
    if (stderr.includes('safe.directory')) throw this.notOurs();
    return undefined;
  }

  /** What git says itself: the configuration of somebody else's repository can name programs to run. */
  private notOurs(): UserError {
    return new UserError(`${this.root}: git refuses to work here, since the repository belongs to another user`, {
      hint: `if you trust it: git config --global --add safe.directory ${shellPath(this.root)}`,
    });
  }
}

/**
 * A repository may come from a stranger with its configuration, in an archive, say: nothing that it names is run. What
 * would run filters, external diffs or converters is not asked of git at all.
 */
const harmless: readonly string[] = [
  '--no-pager',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', `core.hooksPath=${devNull}`],
  ...['-c', 'safe.bareRepository=explicit'],
  // these change what is printed
  ...['-c', 'column.ui=never', '-c', 'color.ui=false'],
];

/** Objects that a partial clone lacks are not fetched: that would start programs. Older versions know the second only. */
const withoutTransports = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_TERMINAL_PROMPT: '0',
  // its refusals are recognised
  LC_ALL: 'C',
  LANGUAGE: 'C',
};

/** The folder at or above `path` that holds `.git`, a folder or (in a worktree) a file. */
function rootOf(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Variables that would make git look at another repository (`git rev-parse --local-env-vars`); an identity stays. */
const elsewhere =
  /^GIT_(?:DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|COMMON_DIR|PREFIX|NAMESPACE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|GRAFT_FILE|SHALLOW_FILE|REPLACE_REF_BASE|CONFIG)$/i;

/** The user's environment without what a hook sets for its own repository. */
export const ofThisRepository = (env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !elsewhere.test(name)));

/** What `git ls-tree -z` lists. */
function entriesIn(lines: readonly string[]): Map<string, GitEntry> {
  const entries = lines.map((line) => /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []);
  return new Map(entries.map(([, mode = '', id = '', name = '']) => [name, { mode, id }]));
}
