import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findConnector } from '../connector/find.ts';
import type { Connector } from '../connector/load.ts';
import { UserError } from '../errors.ts';
import { isInside } from '../files/contained-path.ts';
import type { Platform } from '../process/platform.ts';
import { connectorAt } from './connector-at.ts';
import { GitRepository } from './repository.ts';

/** What tags of releases start with, at the root of the git repository. */
export const rootPrefix = 'connector-v';

/**
 * What the tags of a connector's releases start with: `connector-v`, and before it the connector's folder where that is
 * not the root of the git repository. So several connectors in one git repository don't share their releases.
 *
 * @param path a file or folder of the connector
 */
export function tagPrefix(path: string, git: GitRepository): string {
  const name = git.nameOf(releasedFolder(path, git));
  const folder = name === '.' ? '' : `${name.split('/').map(asRefName).join('/')}/`.replace(/^-/, inHex);
  return `${folder}${rootPrefix}`;
}

/** The folder that is released as one: the repository whose connector lies in the path's folder, or else that folder. */
function releasedFolder(path: string, git: GitRepository): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
  const folder = resolve(isFolder ? path : dirname(path));
  for (let at = folder; isInside(git.root, at) && at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'config.json')) && [at, findConnector(at).assets].includes(folder)) return at;
  }
  return folder;
}

/** A folder's name as git takes it in the name of a tag: with %20 for a blank, say (`git check-ref-format --help`). */
const asRefName = (name: string): string =>
  name.replace(/[\u0000-\u0020\u007f~^:?*[\\%]|^\.|\.(?=\.|$)|\.(?=lock$)|@(?=\{)/g, inHex);

const inHex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * The released version that a connector's flows were built on: the newest of its git tags (`tagPrefix`) that HEAD
 * contains. Without git, or outside a repository, nothing counts as released.
 *
 * @param path a file or folder of the connector
 * @param given `--baseline`: the branch, tag or commit that counts as the last release instead
 * @returns the name of the tag, or what was given
 * @throws UserError when there is no such revision
 */
export function releasedBaseline(path: string, host: Platform, given?: string): string | undefined {
  const git = GitRepository.around(path, host);
  if (given !== undefined) {
    if (git?.commit(given) !== undefined) return given;
    const reason = git === undefined ? `${path} is in no git repository (or git is not installed)` : noRevision;
    throw new UserError(`--baseline ${given}: ${reason}`, { hint: 'for example: --baseline connector-v1.0.0' });
  }
  if (git === undefined) return undefined;
  const prefix = tagPrefix(path, git);
  return git.tags(`${prefix}*`).find((tag) => /^\d/.test(tag.slice(prefix.length)));
}

const noRevision = 'there is no such branch, tag or commit';

/**
 * The connector as it was released last.
 *
 * @param here the connector in the working tree, whose files are looked up
 * @param given `--baseline`
 * @returns undefined: it hasn't been released
 */
export function releasedConnector(
  here: Connector,
  host: Platform,
  given?: string,
): { name: string; connector: Connector } | undefined {
  const { assets } = here.location;
  const name = releasedBaseline(assets, host, given);
  const git = name === undefined ? undefined : GitRepository.around(assets, host);
  const commit = name === undefined ? undefined : git?.commit(name);
  if (name === undefined || git === undefined || commit === undefined) return undefined;
  const connector = connectorAt(git, commit, name, here);
  return connector && { name, connector };
}
