import { spawnSync } from 'node:child_process';
import { UserError } from '../errors.ts';
import { type GitRepository, ofThisRepository } from './repository.ts';

/** Changes a git repository as its user would: with their identity, hooks and signature, and git's own protections. */
export class GitWriter {
  private readonly repository: GitRepository;

  constructor(repository: GitRepository) {
    this.repository = repository;
  }

  /** Commits exactly these files; what else is staged stays so. @returns the new commit */
  commit(files: readonly string[], message: string): string {
    const paths = files.map((file) => this.repository.nameOf(file));
    this.run(['add', '--', ...paths]);
    this.run(['commit', '--quiet', '--only', '--message', message, '--', ...paths]);
    return this.run(['rev-parse', 'HEAD']);
  }

  /** Adds an annotated tag to HEAD. */
  tag(name: string, message: string): void {
    this.run(['tag', '--annotate', '--message', message, name]);
  }

  /** Forgets that files were staged. */
  unstage(files: readonly string[]): void {
    this.run(['reset', '--quiet', '--', ...files.map((file) => this.repository.nameOf(file))]);
  }

  /** Takes the newest commit off the branch; the files stay as they are. Refused by git when another one came since. */
  takeBack(commit: string, parent: string): void {
    this.run(['update-ref', '-m', 'release: taken back', 'HEAD', parent, commit]);
  }

  private run(words: readonly string[]): string {
    return runGit(this.repository, words);
  }
}

/**
 * Runs git as its user would.
 *
 * @param more `input`: what it reads on stdin; `env`: variables beside those of the user
 * @returns its words, without white space around
 * @throws UserError with git's own words when it refuses
 */
export function runGit(
  { root, program, host }: GitRepository,
  words: readonly string[],
  more: { input?: string; env?: Readonly<Record<string, string>> } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(program, ['--no-pager', '--literal-pathspecs', ...words], {
    cwd: root,
    encoding: 'utf8',
    // a hook may run the whole test suite
    timeout: 600_000,
    maxBuffer: 64 * 1024 * 1024,
    input: more.input ?? '',
    windowsHide: true,
    env: { ...ofThisRepository(host.env), ...more.env },
  });
  if (status === 0) return stdout.trim();
  const reason =
    error?.message ?? ([stderr, stdout].map((text) => text.trim()).find(Boolean) || `exit status ${status}`);
  throw new UserError(`git ${words[0]}: ${reason}`, { exitStatus: 1 });
}
