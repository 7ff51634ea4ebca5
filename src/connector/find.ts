import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { containedPath } from '../files/contained-path.ts';
import { nearestWith } from '../files/nearest-with.ts';
import { readTextWithin } from '../files/read.ts';
import { isObject } from './json/value.ts';
import type { FileRole } from './source-file.ts';

/**
 * `repository`: made by our generator, config.json at the root and the assets in its output directory;
 * `folder`: the files side by side, as in microsoft/PowerPlatformConnectors or downloaded by pac or paconn;
 * `file`: a definition alone.
 */
export type Layout = 'repository' | 'folder' | 'file';

export interface ConnectorLocation {
  layout: Layout;
  /** Absolute: the repository's root, the folder, or the folder of the single file. */
  root: string;
  /** Absolute: where definition and properties are. */
  assets: string;
  /** Absolute paths of the files that exist. */
  files: Partial<Record<FileRole, string>>;
  /** Entries of the assets folder that have no role, folders with a trailing slash. */
  others: string[];
}

/** How each file is called in a repository of ours, relative to its root. */
export const repositoryNames: Readonly<Record<FileRole, string>> = {
  config: 'config.json',
  definition: 'connector/apiDefinition.json',
  properties: 'connector/apiProperties.json',
  settings: 'connector/settings.json',
  icon: 'connector/icon.png',
  script: 'connector/script.csx',
  readme: 'README.md',
  intro: 'INTRO.md',
};

/** Names in order of preference, compared without case. */
const assetNames: Record<Exclude<FileRole, 'config'>, readonly string[]> = {
  definition: ['apidefinition.swagger.json', 'apidefinition.json'],
  properties: ['apiproperties.json'],
  settings: ['settings.json'],
  icon: ['icon.png'],
  script: ['script.csx', 'script.cs', 'scripts.csx'],
  readme: ['readme.md'],
  intro: ['intro.md'],
};

/**
 * Finds the connector at `path`: a generated repository, a bare folder, or a single definition file.
 *
 * @returns the location; `files` lacks what isn't there, down to nothing at all
 * @throws UserError when the path doesn't exist
 */
export function findConnector(path: string): ConnectorLocation {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UserError(`${path}: there is no such file or folder`, {
      hint: 'give the folder of a connector, or its definition',
    });
  }
  if (!stats.isDirectory()) {
    return {
      layout: 'file',
      root: dirname(absolute),
      assets: dirname(absolute),
      files: { definition: absolute },
      others: [],
    };
  }
  const config = join(absolute, 'config.json');
  return existsSync(config) && statSync(config).isFile() ? findRepository(absolute, config) : findFolder(absolute);
}

/** Absolute paths of the files of a connector, also of those that aren't there and would count if they came. */
export function possibleFiles({ layout, root, assets, files }: ConnectorLocation): string[] {
  const ofRepository = layout === 'repository' ? ['config.json', 'README.md', 'INTRO.md'] : [];
  const spellings = [
    ...Object.values(assetNames).flat(),
    ...Object.values(repositoryNames).map((name) => basename(name)),
  ];
  const paths = [...ofRepository.map((name) => join(root, name)), ...spellings.map((name) => join(assets, name))];
  return [...new Set([...Object.values(files), ...(layout === 'file' ? [] : paths)])];
}

/** Where a command works: the repository around a folder, else the folder itself. */
export const repositoryAround = (folder: string): string => findRepositoryRoot(folder) ?? folder;

/** The repository at or above `folder`, for commands that run inside one. */
export const findRepositoryRoot = (folder: string): string | undefined =>
  nearestWith(folder, ['config.json', '.yo-rc.json']);

function findRepository(root: string, config: string): ConnectorLocation {
  const assets = containedPath({ folder: root, name: outputDirectory(config) }, 'config.json: "outputDirectory"');
  const folder = existsSync(assets) && statSync(assets).isDirectory() ? findFolder(assets) : findFolder(root);
  const documents = assets === root ? {} : pick(readEntries(root), root, ['readme', 'intro']);
  return { ...folder, layout: 'repository', root, files: { ...folder.files, ...documents, config } };
}

function outputDirectory(config: string): string {
  try {
    const value: unknown = JSON.parse(readTextWithin(dirname(config), config));
    const directory = isObject(value) ? value.outputDirectory : undefined;
    if (typeof directory === 'string' && directory !== '') return directory;
  } catch {
    // an unreadable config.json is a finding of its own; the default folder is the best guess
  }
  return 'connector';
}

function findFolder(folder: string): ConnectorLocation {
  const entries = readEntries(folder);
  const files = pick(entries, folder, Object.keys(assetNames) as (keyof typeof assetNames)[]);
  if (files.definition === undefined) {
    const candidates = entries.filter((entry) => entry.isFile() && /\.swagger\.json$/i.test(entry.name));
    if (candidates.length === 1 && candidates[0] !== undefined) files.definition = join(folder, candidates[0].name);
  }
  const known = new Set(Object.values(files).map((path) => basename(path)));
  const others = entries
    .filter((entry) => !known.has(entry.name))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  return { layout: 'folder', root: folder, assets: folder, files, others: others.sort() };
}

function pick(
  entries: Dirent[],
  folder: string,
  roles: (keyof typeof assetNames)[],
): Partial<Record<FileRole, string>> {
  const found: Partial<Record<FileRole, string>> = {};
  for (const role of roles) {
    for (const name of assetNames[role]) {
      // the exact spelling first, should a file system hold several that differ in case only
      const matches = entries.filter((entry) => !entry.isDirectory() && entry.name.toLowerCase() === name);
      const match = matches.find((entry) => entry.name === name) ?? matches[0];
      if (match !== undefined) {
        found[role] = join(folder, match.name);
        break;
      }
    }
  }
  return found;
}

const readEntries = (folder: string): Dirent[] => readdirSync(folder, { withFileTypes: true });
