import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../process/find-program.ts';
import { thisPlatform } from '../process/platform.ts';
import { ofThisRepository } from './repository.ts';

/** Makes a folder a git repository, where it isn't one. @returns what went wrong, for a note */
export function initGit(root: string): string | undefined {
  if (existsSync(join(root, '.git'))) return undefined;
  // by its path: for a bare name Windows would look into the folder first, which may be a stranger's
  const git = findProgram('git', thisPlatform());
  const options = { cwd: root, env: ofThisRepository(process.env), stdio: 'ignore' } as const;
  const done = git !== undefined && spawnSync(git, ['init', '--quiet'], options).status === 0;
  return done ? undefined : 'git init failed; is git installed? See: pp-connector doctor';
}
