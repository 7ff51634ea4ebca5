import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Connector, loadConnector } from '../connector/load.ts';
import { UserError } from '../errors.ts';
import { releasedBaseline } from '../git/baseline.ts';
import { connectorAt } from '../git/connector-at.ts';
import { GitRepository } from '../git/repository.ts';
import { type Platform, thisPlatform } from '../process/platform.ts';

/** What a connector is compared with. */
export interface Base {
  /** As it is called: the path or git revision as given, or the tag that was found. */
  name: string;
  connector: Connector;
}

export interface BaseOptions {
  cwd: string;
  /** `--baseline`: what counts as the last release. */
  baseline?: string | undefined;
  host?: Platform;
}

/**
 * What to compare with, as below; undefined where the connector wasn't there yet, and so there is nothing to break.
 *
 * @throws UserError when there is no such file, folder or revision
 */
export function baseUnlessNew(word: string | undefined, here: Connector, options: BaseOptions): Base | undefined {
  const found = lookUpBase(word, here, options);
  return 'connector' in found ? found : undefined;
}

/**
 * Finds what to compare with: a file or folder, else a git revision; without a word the last release, else HEAD.
 *
 * @param here the connector in the working tree, whose files are looked up in git
 * @throws UserError when there is no such thing
 */
export function findBase(word: string | undefined, here: Connector, options: BaseOptions): Base {
  const found = lookUpBase(word, here, options);
  if ('connector' in found) return found;
  throw new UserError(`${found.name}: there was no definition in ${found.folder} then`, {
    hint: 'give the folder or file that it shall be compared with, or a later tag or commit',
  });
}

function lookUpBase(
  word: string | undefined,
  here: Connector,
  { cwd, baseline, host = thisPlatform() }: BaseOptions,
): Base | { name: string; folder: string } {
  if (word !== undefined && existsSync(resolve(cwd, word))) {
    return { name: word, connector: loadConnector(resolve(cwd, word)) };
  }
  const { assets } = here.location;
  const git = GitRepository.around(assets, host);
  const hint = 'give a folder, a file, or a git branch, tag or commit: pp-connector diff main';
  if (git === undefined) {
    const what = word === undefined ? 'there is nothing to compare with' : `${word}: there is no such file or folder`;
    throw new UserError(`${what}, and ${assets} is in no git repository (or git is not installed)`, { hint });
  }
  const name = word ?? releasedBaseline(assets, host, baseline) ?? 'HEAD';
  const commit = git.commit(name);
  if (commit === undefined) {
    const message =
      word === undefined
        ? 'there is nothing to compare with: the git repository has no commit yet'
        : `${word}: there is no such file or folder, and no such branch, tag or commit`;
    throw new UserError(message, { hint });
  }
  const connector = connectorAt(git, commit, name, here);
  return connector === undefined ? { name, folder: git.nameOf(assets) } : { name, connector };
}
