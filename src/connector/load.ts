import { requireNoLinkOut } from '../files/contained-path.ts';
import { type DerivedRecord, readDerived } from './derived-texts.ts';
import { type ConnectorLocation, findConnector } from './find.ts';
import type { JsonObject } from './json/value.ts';
import {
  decode,
  type FileRole,
  type JsonFile,
  parseJson,
  readBinary,
  type SourceFile,
  type TextFile,
} from './source-file.ts';
import { findWorkspace, isNamedIn } from './workspace.ts';

/** A connector as it is on disk: its files, read once. What isn't there is undefined. */
export interface Connector {
  location: ConnectorLocation;
  config: JsonFile | undefined;
  definition: JsonFile | undefined;
  properties: JsonFile | undefined;
  settings: JsonFile | undefined;
  icon: SourceFile | undefined;
  script: TextFile | undefined;
  readme: TextFile | undefined;
  intro: TextFile | undefined;
  /** What counts where config.json says nothing: `defaults` of the workspace that the connector lies in. */
  defaults?: JsonObject | undefined;
  /** Which texts were made of names, where the repository remembers it. */
  derivedTexts?: DerivedRecord | undefined;
}

/** Reads the connector at `path`. @throws UserError when the path doesn't exist. */
export const loadConnector = (path: string): Connector => readConnector(findConnector(path));

export function readConnector(location: ConnectorLocation): Connector {
  const files = Object.entries(location.files).map(([role, path]) => {
    // a single file was named by the user, wherever it leads
    if (location.layout !== 'file') requireNoLinkOut(location.root, path);
    return readBinary(role as FileRole, path);
  });
  return { ...connectorFrom(location, files), ...besidesFiles(location) };
}

/**
 * What is known of a connector besides its own files.
 *
 * @param workspaceOf finds the workspace of a folder
 * @throws UserError when one of these records is damaged
 */
export function besidesFiles(
  { layout, root }: ConnectorLocation,
  workspaceOf = findWorkspace,
): Pick<Connector, 'derivedTexts' | 'defaults'> {
  const workspace = workspaceOf(root);
  return {
    ...(layout === 'repository' ? { derivedTexts: readDerived(root) } : {}),
    // a connector beside those that it names is none of its matter
    defaults: workspace !== undefined && isNamedIn(workspace, root) ? workspace.defaults : undefined,
  };
}

/** A connector of files that have been read, or that exist in memory only. */
export function connectorFrom(location: ConnectorLocation, files: readonly SourceFile[]): Connector {
  const byRole = new Map(files.map((file) => [file.role, file]));
  const text = (role: FileRole): TextFile | undefined => {
    const file = byRole.get(role);
    return file && decode(file);
  };
  const json = (role: FileRole): JsonFile | undefined => {
    const file = text(role);
    return file && parseJson(file);
  };
  return {
    location,
    config: json('config'),
    definition: json('definition'),
    properties: json('properties'),
    settings: json('settings'),
    icon: byRole.get('icon'),
    script: text('script'),
    readme: text('readme'),
    intro: text('intro'),
  };
}

/** All files of a connector. */
export function filesOf(connector: Connector): SourceFile[] {
  const { config, definition, properties, settings, icon, script, readme, intro } = connector;
  return [config, definition, properties, settings, icon, script, readme, intro].filter((file) => file !== undefined);
}

/** The connector with new or changed files. */
export function withFiles(connector: Connector, changed: readonly SourceFile[]): Connector {
  const byRole = new Map([...filesOf(connector), ...changed].map((file) => [file.role, file]));
  const paths = [...byRole].map(([role, { path }]) => [role, path]);
  const { location, derivedTexts } = connector;
  return { ...connectorFrom({ ...location, files: Object.fromEntries(paths) }, [...byRole.values()]), derivedTexts };
}
