import { type ConnectorLocation, findConnector } from './find.ts';
import {
  type FileRole,
  type JsonFile,
  readBinary,
  readJson,
  readText,
  type SourceFile,
  type TextFile,
} from './source-file.ts';

/** A connector as it stands on disk: its files, read once. What isn't there is undefined. */
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
}

/** Reads the connector at `path`. @throws UserError when the path doesn't exist. */
export const loadConnector = (path: string): Connector => readConnector(findConnector(path));

export function readConnector(location: ConnectorLocation): Connector {
  const { files } = location;
  const read = <T>(role: FileRole, reader: (role: FileRole, path: string) => T): T | undefined => {
    const path = files[role];
    return path === undefined ? undefined : reader(role, path);
  };
  return {
    location,
    config: read('config', readJson),
    definition: read('definition', readJson),
    properties: read('properties', readJson),
    settings: read('settings', readJson),
    icon: read('icon', readBinary),
    script: read('script', readText),
    readme: read('readme', readText),
    intro: read('intro', readText),
  };
}
