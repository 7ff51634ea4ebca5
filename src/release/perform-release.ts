import { isUserError, UserError } from '../errors.ts';
import { readIfThere } from '../files/read.ts';
import { type Change, writeFiles } from '../files/write.ts';
import type { GitRepository } from '../git/repository.ts';
import { GitWriter } from '../git/writer.ts';
import { onTermination } from '../process/termination.ts';
import type { NextRelease } from './plan-release.ts';

/**
 * Writes the version and the changelog, commits these files and tags the commit: all of it, or nothing.
 *
 * @param root folder of the connector's repository
 * @throws UserError with git's words when it refuses, by a hook, say; then everything is as it was
 */
export function performRelease({ tag, message, files }: NextRelease, root: string, git: GitRepository): void {
  const writer = new GitWriter(git);
  const undo = new Undo();
  const forget = onTermination(() => void undo.run());
  try {
    const paths = files.map(([path]) => path);
    if (paths.length > 0) {
      const old = files.map(([path]): Change => [path, readIfThere(root, path) ?? null]);
      const parent = git.commit('HEAD') ?? '';
      writeFiles(files, { root });
      undo.add(() => writeFiles(old, { root }));
      undo.add(() => writer.unstage(paths));
      const commit = writer.commit(paths, message);
      undo.add(() => writer.takeBack(commit, parent));
    }
    writer.tag(tag, message);
  } catch (error) {
    const left = undo.run();
    if (!isUserError(error)) throw error;
    const hint =
      left.length === 0
        ? 'nothing was released, and all files are as they were; once that is fixed, run the command again'
        : `not everything could be taken back (${left.join('; ')}): look at git status and git log`;
    throw new UserError(error.message, { hint, exitStatus: 1, cause: error });
  } finally {
    forget();
  }
}

/** What takes back what has been done, the last step first. */
class Undo {
  private readonly steps: (() => void)[] = [];

  add(step: () => void): void {
    this.steps.push(step);
  }

  /** @returns what could not be taken back; the rest is */
  run(): string[] {
    const failures: string[] = [];
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      try {
        step();
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
    return failures;
  }
}
