import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, getOwn, type JsonObject } from '../../src/connector/json/value.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { checkout } from '../support/folders.ts';

/** Connectors that show everything a preview has to. */
export const previewsFolder = join(checkout, 'test', 'fixtures', 'previews');

export const previewNames = readdirSync(previewsFolder).sort();

export function previewFixture(name: string): { definition: JsonObject; inner: JsonObject } {
  const { definition, properties } = loadConnector(join(previewsFolder, name));
  return {
    definition: asObject(definition?.value),
    inner: asObject(getOwn(asObject(properties?.value), 'properties')),
  };
}
