import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findConnector, findRepositoryRoot, repositoryNames } from '../connector/find.ts';
import { existingTestFiles } from '../connector/test-files.ts';
import { lockFolder } from '../files/lock.ts';
import { Turn } from '../files/turn.ts';

import type { CommandSpec, Context } from './command.ts';

/** Folders of a repository in which commands read and write. */
const folders = ['.', 'api', 'docs', '.pp-connector'];

/** The repository around the working folder, for a command that writes. @throws UserError when another one keeps it */
export function takeRepository({ name }: CommandSpec, { cwd, err }: Pick<Context, 'cwd' | 'err'>): Promise<Turn> {
  const root = findRepositoryRoot(cwd) ?? cwd;
  return Turn.take({
    root,
    take: () => lockFolder(root, { command: `pp-connector ${name}`, notify: err }),
    files: () => filesOf(root),
  });
}

function filesOf(root: string): string[] {
  const { assets, files } = findConnector(root);
  const others = [...folders.map((name) => join(root, name)), assets].flatMap(filesIn);
  const usual = Object.values(repositoryNames).map((name) => join(root, name));
  return [...new Set([...Object.values(files), ...usual, ...others, ...existingTestFiles(root)])];
}

function filesIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
}
