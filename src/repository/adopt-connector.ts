import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { findRepositoryRoot } from '../connector/find.ts';
import { asObject, asString, getOwn } from '../connector/json/value.ts';
import { loadConnector } from '../connector/load.ts';
import { findWorkspace, folderForNew, unnamedNote, workspaceName } from '../connector/workspace.ts';
import { UserError } from '../errors.ts';
import { isInside, requireNoLinkOut } from '../files/contained-path.ts';
import { type Move, type MovedRelease, movedReleases } from '../git/move-connector.ts';
import { GitRepository } from '../git/repository.ts';
import type { Platform } from '../process/platform.ts';
import { ciProviders, workflowsOf } from './ci/providers.ts';
import { packageName } from './questions/app.ts';
import { targetOf } from './static-files.ts';

/** What moving a connector into a repository of several would do. */
export interface Adoption {
  move: Move;
  /** The oldest first. */
  releases: MovedRelease[];
  title: string;
  /** Workflows of its former place, which don't come along: those of the root do the same for all connectors. */
  left: string[];
  notes: string[];
}

/** Workflows of a repository of one connector, by their names in it. */
const workflows: ReadonlySet<string> = new Set(workflowsOf(ciProviders.map(({ id }) => id)).map(targetOf));

/** What belongs to a git repository and not to the connector at its root. */
const ofTheRoot = /^(?:\.github\/|\.gitignore$|\.gitattributes$|\.editorconfig$|licen[sc]e(?:\.\w+)?$|security\.md$)/i;

/**
 * Plans how the connector of a folder moves into this git repository with its history and its releases; also from the
 * root of this repository itself.
 *
 * @param source as given, relative to `cwd`
 * @param into as given; default: where a new connector of this name would be
 * @throws UserError for what is no connector, not committed, or has no place
 */
export function planAdoption(cwd: string, source: string, into: string | undefined, host: Platform): Adoption {
  const path = resolve(cwd, source);
  const root = findRepositoryRoot(path) ?? path;
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`--adopt ${source}: there is no such folder`);
  }
  const connector = loadConnector(root);
  if (connector.definition === undefined) throw new UserError(`--adopt ${source}: there is no connector there`);
  const from = repositoryAround(root, `--adopt ${source}`, host);
  requireCommitted(from, root, `--adopt ${source}`);
  const to = repositoryAround(cwd, cwd, host);
  const folder = from.nameOf(root);
  const target = targetFolder({ cwd, to, into, name: packageName(basename(root)) });
  const [first = ''] = target.split('/');
  const isHere = from.root === to.root;
  const isOurs = (name: string): boolean => workflows.has(name);
  const isLeft = (name: string): boolean =>
    isOurs(name) ||
    (isHere && folder === '.' && (ofTheRoot.test(name) || name === workspaceName || name.startsWith(`${first}/`)));
  const isGone = (name: string): boolean => isHere && folder === '.' && isOurs(name);
  const move: Move = { from, folder, to, target, isLeft, isGone };
  const releases = movedReleases(move);
  for (const { after } of releases) {
    if (to.hasTag(after))
      throw new UserError(`the tag ${after} is there already`, {
        hint: 'choose another folder: --into connectors/NAME',
      });
  }
  const title =
    asString(getOwn(asObject(getOwn(asObject(connector.definition.value), 'info')), 'title')) ?? basename(root);
  const left = [...from.entries(from.commit('HEAD') ?? '', folder).keys()].filter(isOurs);
  return { move, releases, title, left, notes: notesAbout(move) };
}

function repositoryAround(folder: string, shown: string, host: Platform): GitRepository {
  const git = GitRepository.around(folder, host);
  const hint = 'a connector moves with its history: git init, git add --all, git commit --message "First version"';
  if (git === undefined)
    throw new UserError(`${shown}: it is in no git repository (or git is not installed)`, { hint });
  if (git.commit('HEAD') !== undefined) return git;
  throw new UserError(`${git.root}: the git repository has no commit yet`, { hint });
}

/** What isn't committed would not move. */
function requireCommitted(git: GitRepository, folder: string, shown: string): void {
  const details = git.uncommitted([folder]);
  if (details.length === 0) return;
  throw new UserError(`${shown}: these files are not committed:`, {
    details,
    hint: 'commit them first: git add …, git commit',
  });
}

interface Wish {
  cwd: string;
  to: GitRepository;
  into: string | undefined;
  name: string;
}

/** @returns as git calls it */
function targetFolder({ cwd, to, into, name }: Wish): string {
  const workspace = findWorkspace(cwd) ?? { root: to.root, patterns: ['connectors/*'], defaults: {} };
  const path = into === undefined ? folderForNew(workspace, name) : resolve(cwd, into);
  const target = to.nameOf(path);
  const hint = 'name a new folder of this repository: --into connectors/NAME';
  if (!isInside(to.root, path) || target === '.')
    throw new UserError(`--into ${into}: it is not a folder of this git repository`, { hint });
  requireNoLinkOut(to.root, path);
  if (existsSync(path)) throw new UserError(`${target}: it is there already`, { hint });
  return target;
}

function notesAbout({ to, target, from, folder }: Move): string[] {
  const workspace = findWorkspace(to.root);
  const note = workspace && unnamedNote(workspace, join(to.root, target));
  const tags =
    from.root === to.root && folder === '.' ? ['tags of before stay where they are, and no longer count'] : [];
  return note === undefined ? tags : [note, ...tags];
}
