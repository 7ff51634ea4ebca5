import type { Element } from '@xmldom/xmldom';
import { asString, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { childText, elementsNamed, isFilled, readXml, XmlRefused } from './xml.ts';
import type { Archive, ArchiveFile } from './zip/read-archive.ts';

/** What an exported solution is in a package, by its content. */
export type SolutionRole = 'connector' | 'flow' | 'plugin' | 'none';

/** Parts of an exported connector: the element in customizations.xml, and how the file in `Connector/` ends. */
export const connectorParts = {
  openapidefinition: '_openapidefinition.json',
  connectionparameters: '_connectionparameters.json',
  connectionparametersets: '_connectionparametersets.json',
  policytemplateinstances: '_policytemplateinstances.json',
  customcodeblobcontent: '_customcodeblobcontent.csx',
  iconblob: '_iconblob.png',
} as const;
export type ConnectorPart = keyof typeof connectorParts;

/** A connector as a solution holds it. */
export interface ExportedConnector {
  /** Schema name: `contoso_weather`. */
  name: string | undefined;
  id: string | undefined;
  /** Files that customizations.xml names, with the path in the archive, there or not. */
  named: Partial<Record<ConnectorPart, string>>;
  /** The files that are there. */
  files: Partial<Record<ConnectorPart, ArchiveFile>>;
}

/** A flow that customizations.xml names. */
export interface ExportedFlow {
  name: string;
  /** Path in the archive, there or not; undefined where none is named. */
  path: string | undefined;
}

/** Where a flow's connection reference leads. */
export interface ConnectionReference {
  logicalName: string | undefined;
  /** Path of the connector in the service: `/providers/Microsoft.PowerApps/apis/shared_…`. */
  api: string | undefined;
  /** Id of a custom connector. */
  customId: string | undefined;
}

export interface Solution {
  archive: Archive;
  /** The core files that are missing. */
  missing: string[];
  /** Core files that can't be read, and why. */
  unreadable: { file: string; reason: string }[];
  role: SolutionRole;
  /** Nodes of customizations.xml that hold something. */
  has: { connector: boolean; workflows: boolean; plugin: boolean };
  managed: boolean | undefined;
  connectors: ExportedConnector[];
  flows: ExportedFlow[];
  references: ConnectionReference[];
}

const coreFiles = ['[Content_Types].xml', 'customizations.xml', 'solution.xml'] as const;

/** A file by its path, without regard to case, as the importing service looks it up. */
export function fileIn({ files }: Archive, path: string): ArchiveFile | undefined {
  const exact = files.get(path);
  if (exact !== undefined) return exact;
  const key = path.toLowerCase();
  for (const [name, file] of files) if (name.toLowerCase() === key) return file;
  return undefined;
}

/** A folder of the archive's root, without regard to case. */
export const hasFolder = ({ folders }: Archive, name: string): boolean =>
  [...folders].some((folder) => folder.toLowerCase() === name);

/** The names that look like an exported solution. */
export const looksLikeSolution = (archive: Archive): boolean =>
  ['solution.xml', 'customizations.xml'].some((name) => fileIn(archive, name) !== undefined);

/** Reads what the rules ask of a solution. Nothing throws: what is missing or broken is part of the answer. */
export async function readSolution(archive: Archive): Promise<Solution> {
  const missing = coreFiles.filter((name) => fileIn(archive, name) === undefined);
  const unreadable: Solution['unreadable'] = [];
  const read = async (name: string): Promise<Element | undefined> => {
    const file = fileIn(archive, name);
    if (file === undefined) return undefined;
    try {
      return await readXml(file.bytes);
    } catch (error) {
      if (!(error instanceof XmlRefused)) throw error;
      unreadable.push({ file: file.name, reason: error.message });
      return undefined;
    }
  };
  const customizations = await read('customizations.xml');
  const manifest = await read('solution.xml');
  const has = {
    connector: anyFilled(customizations, 'Connector'),
    workflows: anyFilled(customizations, 'Workflows'),
    plugin: anyFilled(customizations, 'aicopilot_aiplugin'),
  };
  return {
    archive,
    missing,
    unreadable,
    role: roleOf(has),
    has,
    managed: managedFlag(manifest),
    connectors: connectorsOf(customizations, archive),
    flows: flowsOf(customizations),
    references: referencesOf(customizations),
  };
}

const anyFilled = (root: Element | undefined, name: string): boolean =>
  root !== undefined && elementsNamed(root, name).some(isFilled);

function roleOf({ connector, workflows, plugin }: Solution['has']): SolutionRole {
  if (plugin) return 'plugin';
  if (workflows) return 'flow';
  return connector ? 'connector' : 'none';
}

function managedFlag(manifest: Element | undefined): boolean | undefined {
  const text = manifest && elementsNamed(manifest, 'SolutionManifest').map((each) => childText(each, 'Managed'))[0];
  return text === undefined ? undefined : text === '1';
}

function connectorsOf(root: Element | undefined, archive: Archive): ExportedConnector[] {
  const described = root === undefined ? [] : elementsNamed(root, 'Connector').filter(isFilled);
  return described.map((element) => {
    const name = childText(element, 'name');
    const parts = Object.keys(connectorParts) as ConnectorPart[];
    const named = Object.fromEntries(
      parts.flatMap((part) => {
        const path = childText(element, part);
        return path === undefined ? [] : [[part, withoutSlash(path)]];
      }),
    );
    const files = Object.fromEntries(
      parts.flatMap((part) => {
        const file = partOf(archive, part, named[part], described.length === 1 ? undefined : name);
        return file === undefined ? [] : [[part, file]];
      }),
    );
    return { name, id: childText(element, 'connectorid'), named, files };
  });
}

/** The file that is named, else the one in `Connector/` whose name ends as such files do. */
function partOf(archive: Archive, part: ConnectorPart, named: string | undefined, name: string | undefined) {
  if (named !== undefined) return fileIn(archive, named);
  const ending = connectorParts[part];
  return [...archive.files.values()].find((file) => {
    const path = file.name.toLowerCase();
    const isHere = path.startsWith('connector/') && path.endsWith(ending);
    return isHere && (name === undefined || path === `connector/${name.toLowerCase()}${ending}`);
  });
}

function flowsOf(root: Element | undefined): ExportedFlow[] {
  if (root === undefined) return [];
  return elementsNamed(root, 'Workflow').map((element) => {
    const path = childText(element, 'JsonFileName') ?? childText(element, 'XamlFileName');
    const name = element.getAttribute('Name') ?? element.getAttribute('WorkflowId') ?? path ?? 'without a name';
    return { name, path: path === undefined ? undefined : withoutSlash(path) };
  });
}

function referencesOf(root: Element | undefined): ConnectionReference[] {
  if (root === undefined) return [];
  return elementsNamed(root, 'connectionreference').map((element) => {
    const custom = elementsNamed(element, 'customconnectorid')[0];
    return {
      logicalName: element.getAttribute('connectionreferencelogicalname') ?? undefined,
      api: childText(element, 'connectorid'),
      customId: custom && (childText(custom, 'connectorid') ?? childText(element, 'customconnectorid')),
    };
  });
}

const withoutSlash = (path: string): string => path.replace(/^\/+/, '');

/** A JSON file of an archive; undefined where it is not there, or not JSON. */
export function readJsonIn(file: ArchiveFile | undefined): Json | undefined {
  try {
    return JSON.parse(file?.bytes.toString('utf8').replace(/^\uFEFF/, '') ?? '') as Json;
  } catch {
    return undefined;
  }
}

/** A JSON file of an archive; undefined where it is not a JSON object. */
export function readObject(file: ArchiveFile | undefined): JsonObject | undefined {
  const value = readJsonIn(file);
  return isObject(value) ? value : undefined;
}

/** Title of an exported definition. */
export function titleOf(definition: JsonObject | undefined): string | undefined {
  const info = getOwn(definition, 'info');
  return isObject(info) ? asString(getOwn(info, 'title')) : undefined;
}
