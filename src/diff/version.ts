import type { JsonObject } from '../connector/json/value.ts';
import { connectorFrom } from '../connector/load.ts';
import type { FileRole, JsonFile } from '../connector/source-file.ts';
import { buildModel, type ConnectorModel, type ParsedFiles } from '../rules/engine/model.ts';

/** One version of a connector. */
export interface Version {
  definition: JsonObject;
  /** The whole of apiProperties.json; compared where both versions have it. */
  properties?: JsonObject | undefined;
}

/** The index that rules use, too, of values that come from anywhere. */
export function modelOf({ definition, properties }: Version): ConnectorModel {
  const { location, config, settings } = connectorFrom(
    { layout: 'folder', root: '', assets: '', files: {}, others: [] },
    [],
  );
  const files: ParsedFiles = {
    location,
    config,
    settings,
    definition: fileOf('definition', definition),
    properties: properties && fileOf('properties', properties),
  };
  return buildModel(files, { profile: 'verified', subject: 'file' });
}

const fileOf = (role: FileRole, value: JsonObject): JsonFile => ({
  role,
  path: role,
  bytes: Buffer.alloc(0),
  text: '',
  encoding: 'utf-8',
  bom: false,
  value,
  problems: [],
  unreliable: false,
});
