import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { type Connector, connectorFrom, loadConnector } from '../connector/load.ts';
import type { FileRole, SourceFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import { type Host, thisHost } from '../programs/host.ts';
import { releasedBaseline } from '../validate/baseline.ts';
import { GitRepository } from './git.ts';

/** What a connector is compared with. */
export interface Base {
  /** As it is called: the path or git revision as given, or the tag that was found. */
  name: string;
  connector: Connector;
}

/**
 * Finds what to compare with: a file or folder, else a git revision; without a word the last release, else HEAD.
 *
 * @param here the connector in the working tree, whose files are looked up in git
 * @throws UserError when there is no such thing
 */
export function findBase(word: string | undefined, here: Connector, cwd: string, host: Host = thisHost()): Base {
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
  const name = word ?? releasedBaseline(assets, host) ?? 'HEAD';
  const commit = git.commit(name);
  if (commit === undefined) {
    const message =
      word === undefined
        ? 'there is nothing to compare with: the git repository has no commit yet'
        : `${word}: there is no such file or folder, and no such branch, tag or commit`;
    throw new UserError(message, { hint });
  }
  return { name, connector: connectorAt(git, commit, name, here) };
}

const definitionNames = [/^apidefinition\.swagger\.json$/i, /^apidefinition\.json$/i, /\.swagger\.json$/i] as const;
const propertiesNames = [/^apiproperties\.json$/i] as const;

/** The connector's files as of a commit: of the same name, or else of any name that they may have. */
function connectorAt(git: GitRepository, commit: string, name: string, here: Connector): Connector {
  const { location } = here;
  const folder = slashes(relative(git.root, location.assets)) || '.';
  const listed = git.files(commit, folder);
  const read = (role: FileRole, patterns: readonly RegExp[]): SourceFile[] => {
    const same = location.files[role];
    const names = [...(same === undefined ? [] : [basename(same)]), ...patterns.flatMap(only(listed))];
    const found = names.find((candidate) => listed.includes(candidate));
    const bytes = found === undefined ? undefined : git.read(commit, folder === '.' ? found : `${folder}/${found}`);
    if (found === undefined || bytes === undefined) return [];
    return [{ role, path: `${name}:${folder === '.' ? '' : `${folder}/`}${found}`, bytes }];
  };
  const definition = read('definition', definitionNames);
  if (definition.length === 0) {
    throw new UserError(`${name}: there was no definition in ${folder} then`, {
      hint: 'give the folder or file that it shall be compared with, or a later tag or commit',
    });
  }
  return connectorFrom({ ...location, files: {} }, [...definition, ...read('properties', propertiesNames)]);
}

/** The only file of a name; of several nobody knows which. */
const only =
  (names: readonly string[]) =>
  (pattern: RegExp): string[] => {
    const matches = names.filter((name) => pattern.test(name));
    return matches.length === 1 ? matches : [];
  };

const slashes = (path: string): string => path.replaceAll('\\', '/');
