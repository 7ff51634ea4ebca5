import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Answer } from '../../answers.ts';
import { ConnectorDraft } from '../../connector/draft.ts';
import { findWorkspace, folderForNew } from '../../connector/workspace.ts';
import { readTextWithin } from '../../files/read.ts';
import { answersOfDefaults } from '../compose-workspace.ts';
import type { RepositoryFiles } from '../questions/homes.ts';
import type { StartingPoint } from '../starting-point.ts';

/** The folder that a name means: at the root of a workspace, among its connectors. @returns an absolute path */
export function rootFor(folder: string, cwd: string): string {
  const workspace = /^[^\\/.][^\\/]*$/.test(folder) ? findWorkspace(cwd) : undefined;
  const isAtRoot = workspace !== undefined && workspace.root === resolve(cwd);
  return isAtRoot ? folderForNew(workspace, folder) : resolve(cwd, folder);
}

/** Whether a folder holds a connector's repository already. */
export const isRepository = (root: string): boolean =>
  existsSync(join(root, '.yo-rc.json')) && existsSync(join(root, 'config.json'));

/** What the answers are read from and written to: a working copy of the starting point, and what lies in the folder. */
export function repositoryAt(root: string, { connector, origin }: StartingPoint): RepositoryFiles {
  return {
    draft: new ConnectorDraft(connector),
    existing: origin === 'existing',
    has: (name) => existsSync(join(root, name)),
    text: (name) => {
      try {
        return readTextWithin(root, join(root, name));
      } catch {
        return undefined;
      }
    },
  };
}

/** In a repository of several connectors: what they have in common, and no workflows, which belong to its root. */
export function answersOfNeighbours(root: string): Record<string, Answer> {
  const workspace = findWorkspace(dirname(root));
  if (workspace === undefined) return {};
  return { ...answersOfDefaults(workspace.defaults), ci: [], agents: 'none' };
}
