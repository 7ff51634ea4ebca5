import { basename } from 'node:path';
import { type Connector, connectorFrom } from '../connector/load.ts';
import type { FileRole, SourceFile } from '../connector/source-file.ts';
import type { GitRepository } from './repository.ts';

const definitionNames = [/^apidefinition\.swagger\.json$/i, /^apidefinition\.json$/i, /\.swagger\.json$/i] as const;
const propertiesNames = [/^apiproperties\.json$/i] as const;

/**
 * Definition and properties of a connector as of a commit: of the same names, or else of any that they may have.
 *
 * @param name how the commit is called in paths: `v1:connector/apiDefinition.json`
 * @param here the connector in the working tree
 * @returns undefined: there was no definition then
 */
export function connectorAt(git: GitRepository, commit: string, name: string, here: Connector): Connector | undefined {
  const { location } = here;
  const folder = git.nameOf(location.assets);
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
  if (definition.length === 0) return undefined;
  return connectorFrom({ ...location, files: {} }, [...definition, ...read('properties', propertiesNames)]);
}

/** The only file of a name; of several nobody knows which. */
const only =
  (names: readonly string[]) =>
  (pattern: RegExp): string[] => {
    const matches = names.filter((name) => pattern.test(name));
    return matches.length === 1 ? matches : [];
  };
