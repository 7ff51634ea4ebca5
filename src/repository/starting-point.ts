import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { recogniseDefinition } from '../authentication/recognise.ts';
import { updatedRecord } from '../connector/derived-texts.ts';
import { type ConnectorLocation, findConnector, repositoryNames } from '../connector/find.ts';
import { findConnectorFolders } from '../connector/find-connectors.ts';
import { formatJson } from '../connector/json/edit.ts';
import { lineAndColumn } from '../connector/json/locate.ts';
import { asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { type Connector, connectorFrom, filesOf, readConnector } from '../connector/load.ts';
import { requireSwagger } from '../connector/require-json.ts';
import { emptyDefinition, sampleDefinition } from '../connector/sample.ts';
import {
  decode,
  type FileRole,
  type JsonFile,
  parseJson,
  repairedJson,
  type SourceFile,
} from '../connector/source-file.ts';
import { firstOf } from '../counted.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { containedPath } from '../files/contained-path.ts';
import { readRegular, readWithin } from '../files/read.ts';
import { omit } from '../omit.ts';
import { shellPath } from '../process/command.ts';
import { refusalOf } from '../system-error.ts';

/** What a new repository is made from. */
export interface StartingPoint {
  /** `import`: converted from an API description; `sample`, `empty`, `curl`: made by us; all others are taken as they are. */
  origin: 'sample' | 'empty' | 'curl' | 'import' | 'config' | 'from' | 'existing';
  /** The connector's files as they shall be in the repository before any answer is applied, bytes unchanged. */
  connector: Connector;
  /** A definition that is built into another one: kept untouched at this path, relative to the repository. */
  source: { name: string; bytes: Buffer } | undefined;
  /** For the author, about what was left out or repaired. */
  notes: string[];
  /** What a conversion gained and lost, for the terminal. */
  summary?: string;
  /** What else is kept: of an import beside the connector, of a certified one what the service has added. */
  imported?: PlannedFile[];
  /** What it implies and doesn't hold yet, by question. */
  proposed?: Record<string, string>;
  /** Somebody has chosen how users sign in, from what the description offers. */
  choseSignIn?: boolean;
}

/** The repository as it is: `new` in a folder that has one brings it up to date. */
export function fromExisting(root: string): StartingPoint {
  return { origin: 'existing', connector: readConnector(findConnector(root)), source: undefined, notes: [] };
}

export function fromSample(root: string): StartingPoint {
  const definition = file('definition', root, Buffer.from(formatJson(sampleDefinition())));
  // its texts are about nobody's API, and stay so where an author keeps them
  const derivedTexts = updatedRecord(sampleDefinition(), undefined, () => true);
  const connector = { ...connectorIn(root, [definition]), derivedTexts };
  return { origin: 'sample', connector, source: undefined, notes: [] };
}

/** Without operations: they are added one by one. */
export const fromNothing = (root: string): StartingPoint => ({
  origin: 'empty',
  connector: connectorIn(root, [file('definition', root, Buffer.from(formatJson(emptyDefinition())))]),
  source: undefined,
  notes: [],
});

/** Whether the connector was made by us: what its files leave open is nobody's decision. */
export const isOurs = ({ origin }: StartingPoint): boolean => ['sample', 'empty', 'curl'].includes(origin);

/** @param path of a Swagger 2.0 file, as the user typed it, relative to `cwd` */
function fromDefinition(root: string, path: string, cwd: string, repair: boolean, flag: string): StartingPoint {
  const source = file('definition', root, readFileOf(flag, path, resolve(cwd, path)));
  const notes: string[] = [];
  const definition = checkedJson(source, path, repair, notes);
  requireDefinition(definition, path);
  return { origin: 'config', ...placeDefinition(root, definition, basename(path)), notes };
}

/** A config.json, also of the PowerShell module: the files that it names, relative to it, are taken over. */
export function fromConfig(root: string, path: string, cwd: string, repair: boolean): StartingPoint {
  const absolute = resolve(cwd, path);
  const notes: string[] = [];
  const config = checkedJson(file('config', root, readFileOf('--config', path, absolute)), path, repair, notes);
  const value = asObject(config.value);
  const named = (key: string): string | undefined => asString(getOwn(value, key)) || undefined;
  const definitionPath = named('apiDefinition');
  if (definitionPath === undefined) throw new UserError(`${path}: "apiDefinition" must name the API definition`);
  const beside = (name: string): string => containedPath({ folder: dirname(absolute), name }, path);
  const definition = fromDefinition(root, beside(definitionPath), cwd, repair, `${path}: "apiDefinition"`);
  const files = filesOf(definition.connector);
  const iconPath = named('icon');
  if (iconPath !== undefined) files.push(file('icon', root, readFileOf(`${path}: "icon"`, iconPath, beside(iconPath))));
  const kept = configOf(value, definition.source?.name);
  files.push(file('config', root, Buffer.from(formatJson(kept))));
  return {
    ...definition,
    connector: connectorIn(root, files),
    notes: [...notes, ...definition.notes],
  };
}

/** The given configuration with the paths of the copies; empty strings mean "not given" and are left out. */
function configOf(value: JsonObject, source: string | undefined): JsonObject {
  const oauth2 = Object.entries(asObject(getOwn(value, 'oauth2'))).filter(([, entry]) => entry !== '');
  const rest = omit(value, 'apiDefinition', 'icon', 'oauth2', 'outputDirectory');
  return {
    apiDefinition: source ?? repositoryNames.definition,
    icon: repositoryNames.icon,
    ...rest,
    ...(oauth2.length === 0 ? {} : { oauth2: Object.fromEntries(oauth2) }),
  };
}

/** An existing connector: a folder in the layout of PowerPlatformConnectors, or downloaded by pac or paconn. */
export function fromFolder(root: string, path: string, cwd: string, repair: boolean): StartingPoint {
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute) || !statSync(absolute).isDirectory()) {
    const isFile = existsSync(absolute);
    throw new UserError(`--from ${path}: ${isFile ? 'is a file, not a folder' : 'there is no such folder'}`, {
      hint: isFile
        ? 'give the folder that holds the connector; of an archive, what is in it; of an API description: --api FILE'
        : "give the folder that holds the connector's definition and properties",
    });
  }
  const location = findConnector(absolute);
  if (location.files.definition === undefined) {
    throw new UserError(`--from ${path}: holds no API definition (apiDefinition.swagger.json or apiDefinition.json)`, {
      hint: connectorsBelow(absolute, path),
    });
  }
  const notes: string[] = [];
  const files: SourceFile[] = [];
  for (const [role, source] of Object.entries(location.files) as [FileRole, string][]) {
    if (role === 'config') continue;
    const copy = file(role, root, readWithin(location.root, source));
    const shown = join(path, relative(location.root, source));
    if (role === 'settings') files.push(...settingsFor(copy, shown, notes));
    else files.push(role === 'definition' || role === 'properties' ? checkedJson(copy, shown, repair, notes) : copy);
  }
  const definition = files.find(({ role }) => role === 'definition') as JsonFile;
  requireDefinition(definition, join(path, basename(location.files.definition)));
  const imported = serviceFiles(location, root);
  return { origin: 'from', connector: connectorIn(root, files), source: undefined, notes, imported };
}

/** Where the connectors are that somebody meant: a downloaded or cloned folder is often wrapped in another one. */
function connectorsBelow(absolute: string, path: string): string | string[] {
  const found = findConnectorFolders(absolute, 500).filter((folder) => folder !== absolute);
  const [first, ...others] = found.map((folder) => join(path, relative(absolute, folder)));
  if (first === undefined) return "give the folder that holds the connector's definition and properties";
  if (others.length === 0) return `the connector is in a folder below: --from ${shellPath(first)}`;
  return [
    `${found.length} connectors are in folders below; give one: --from ${shellPath(first)}`,
    `or ${firstOf(others, 4, { show: (folder) => shellPath(folder) })}`,
  ];
}

/** What the service has added to a certified connector; updates must not lose it. */
function serviceFiles({ assets, others, root: from }: ConnectorLocation, root: string): PlannedFile[] {
  const name = others.find((other) => other.toLowerCase() === 'metadata.json');
  if (name === undefined) return [];
  const contents = readWithin(from, join(assets, name));
  return [{ path: join(root, 'connector', 'metadata.json'), contents, kind: 'edited' }];
}

/** pac's settings are taken over; paconn's name connectors in a way that pac refuses. */
function settingsFor(settings: SourceFile, shown: string, notes: string[]): SourceFile[] {
  const { value, problems } = parseJson(decode(settings));
  const id = getOwn(asObject(value), 'connectorId');
  const isPaconn =
    Object.hasOwn(asObject(value), 'powerAppsUrl') || (typeof id === 'string' && id.startsWith('shared_'));
  if (problems.length === 0 && isObject(value) && !isPaconn) {
    const renamed = { ...value, apiDefinition: 'apiDefinition.json', apiProperties: 'apiProperties.json' };
    return [{ ...settings, bytes: Buffer.from(formatJson(renamed)) }];
  }
  notes.push(`${shown} is written for paconn and was not taken over; connector/settings.json is made for pac`);
  return [];
}

function placeDefinition(
  root: string,
  definition: JsonFile,
  name: string,
): Pick<StartingPoint, 'connector' | 'source'> {
  const needsBuild = recogniseDefinition(asObject(definition.value)).kind === 'client-credentials';
  const source = needsBuild ? { name: `api/${name}`, bytes: definition.bytes } : undefined;
  return { connector: connectorIn(root, [definition]), source };
}

/** A file of the connector, where a repository has it. */
export const file = (role: FileRole, root: string, bytes: Buffer): SourceFile => ({
  role,
  path: join(root, repositoryNames[role]),
  bytes,
});

/** A connector of these files in a repository. */
export function connectorIn(root: string, files: readonly SourceFile[]): Connector {
  const location: ConnectorLocation = {
    layout: 'repository',
    root,
    assets: join(root, 'connector'),
    files: Object.fromEntries(files.map(({ role, path }) => [role, path])),
    others: [],
  };
  return connectorFrom(location, files);
}

function readFileOf(flag: string, shown: string, path: string): Buffer {
  try {
    return readRegular(path);
  } catch (error) {
    throw new UserError(`${flag} ${shown}: ${refusalOf(error) ?? 'it cannot be read'}`, { cause: error });
  }
}

/** The file as strict UTF-8 JSON; repaired when that was asked for and is certain, else refused with its position. */
function checkedJson(source: SourceFile, shown: string, repair: boolean, notes: string[]): JsonFile {
  const parsed = parseJson(decode(source));
  if (parsed.problems.length === 0 && parsed.encoding === 'utf-8') return parsed;
  const repaired = repairedJson(parsed);
  if (repair && repaired !== undefined) {
    notes.push(`${shown} was repaired: it is strict UTF-8 JSON now`);
    return repaired;
  }
  throw new UserError(`${shown}${positionOf(parsed)}`, {
    hint:
      repaired !== undefined
        ? 'add --repair to have it repaired'
        : 'repair it yourself; this is not certain enough for --repair',
  });
}

function positionOf(parsed: JsonFile): string {
  const problem = parsed.problems[0];
  if (problem !== undefined) {
    const { line, column } = lineAndColumn(parsed.text, problem.offset);
    return `:${line}:${column}: ${problem.message}`;
  }
  const offset = Math.max(0, parsed.text.search(/[\u0080-\uffff]/));
  const { line, column } = lineAndColumn(parsed.text, parsed.encoding === 'windows-1252' ? offset : 0);
  return `:${line}:${column}: the file is ${parsed.encoding === 'windows-1252' ? 'not' : `${parsed.encoding.toUpperCase()}, not`} UTF-8`;
}

function requireDefinition(file: JsonFile, shown: string): void {
  const value = requireSwagger(file, shown, `make a connector of it: pp-connector new --api ${shellPath(shown)}`);
  if (!isObject(getOwn(value, 'paths')) && getOwn(value, 'swagger') === undefined) {
    throw new UserError(`${shown}: is not an API definition: it has neither "swagger" nor "paths"`);
  }
}
