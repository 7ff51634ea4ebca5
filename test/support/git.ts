import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

/** Git without what the user of this machine has set: Ann works here. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@contoso.com',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@contoso.com',
};

export const hasGit: boolean = spawnSync('git', ['--version']).status === 0;

/** What git prints. @throws when it fails */
export function git(folder: string, ...words: string[]): string {
  const env = { ...process.env, ...gitEnvironment };
  const { status, stdout, stderr } = spawnSync('git', words, { cwd: folder, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout.trimEnd();
}

/** Makes a folder a repository, with all its files committed. */
export function initialise(folder: string): void {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commitAll(folder, 'First');
}

export function commitAll(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
}
