import type { Connector } from '../connector/load.ts';
import { UserError } from '../errors.ts';
import type { Host } from '../process/platform.ts';
import { connectorAt } from './connector-at.ts';
import { GitRepository } from './repository.ts';

const prefix = 'connector-v';

/** How the release of a version is tagged. */
export const tagOf = (version: string): string => `${prefix}${version}`;

/**
 * The released version that a connector's flows were built on: the newest git tag `connector-v<version>` that HEAD
 * contains. Without git, or outside a repository, nothing counts as released.
 *
 * @param path a file or folder of the connector
 * @param given `--baseline`: the branch, tag or commit that counts as the last release instead
 * @returns the name of the tag, or what was given
 * @throws UserError when there is no such revision
 */
export function releasedBaseline(path: string, host: Host, given?: string): string | undefined {
  const git = GitRepository.around(path, host);
  if (given !== undefined) {
    if (git?.commit(given) !== undefined) return given;
    const reason = git === undefined ? `${path} is in no git repository (or git is not installed)` : noRevision;
    throw new UserError(`--baseline ${given}: ${reason}`, { hint: `for example: --baseline ${tagOf('1.0.0')}` });
  }
  return git?.tags(`${prefix}*`).find((tag) => /^connector-v\d/.test(tag));
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
  host: Host,
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
