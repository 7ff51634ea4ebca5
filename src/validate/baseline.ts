import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findProgram } from '../programs/find-program.ts';
import type { Host } from '../programs/host.ts';

/**
 * The released version that a connector's flows were built on: git tags `connector-v<version>` that HEAD contains.
 * Without git, or outside a repository, nothing counts as released.
 *
 * @param path a file or folder of the connector
 * @returns the name of the newest such tag
 */
export function releasedBaseline(path: string, host: Host): string | undefined {
  const root = gitRootOf(resolve(path));
  const git = root === undefined ? undefined : findProgram('git', host);
  if (root === undefined || git === undefined) return undefined;
  const words = ['tag', '--list', 'connector-v*', '--merged', 'HEAD', '--sort=-version:refname'];
  // a mounted checkout belongs to somebody else; listing tags runs nothing of what it holds
  const settings = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false'];
  const { status, stdout } = spawnSync(git, ['--no-pager', ...settings, ...words], {
    cwd: root,
    encoding: 'utf8',
    timeout: 10_000,
    windowsHide: true,
    env: withoutGitVariables(host),
  });
  if (status !== 0) return undefined;
  return stdout.split(/\r?\n/).find((tag) => /^connector-v\d/.test(tag));
}

/** The folder at or above `path` that holds `.git`, a folder or (in a worktree) a file. */
function gitRootOf(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** What a hook sets for its own repository would make git look there. */
const withoutGitVariables = (host: Host): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(host.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_')));
