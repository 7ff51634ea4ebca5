import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asObject, getOwn, type JsonObject } from '../../src/connector/json/value.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { listOperations } from '../../src/connector/operations.ts';
import { corpus } from '../support/folders.ts';

/** Published connectors, for tests that run all of their operations. */

export interface PublishedConnector {
  name: string;
  definition: JsonObject;
  /** `properties` of apiProperties.json. */
  inner: JsonObject;
  operationIds: string[];
}

const collections = ['connectors', 'connectors-2025'];

export const isCorpusThere: boolean = existsSync(join(corpus, 'connectors'));

/** Absolute. */
export const publishedFolders = (): string[] =>
  collections.flatMap((collection) => foldersBelow(join(corpus, collection)));

/** @param folders absolute; by default all */
export function publishedConnectors(folders = publishedFolders()): PublishedConnector[] {
  return folders.flatMap((folder) => {
    const { definition, properties } = loadConnector(folder);
    const value = asObject(definition?.value);
    const operationIds = listOperations(value).flatMap(({ id }) => (id === '' ? [] : [id]));
    const inner = asObject(getOwn(asObject(properties?.value), 'properties'));
    return operationIds.length === 0
      ? []
      : [{ name: folder.slice(corpus.length + 1), definition: value, inner, operationIds }];
  });
}

function foldersBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const found = files.filter((entry) => entry.isFile() && /apidefinition.*\.json$/i.test(entry.name));
  return [...new Set(found.map((entry) => entry.parentPath))]
    .filter((path) => dirname(path) !== folder || path !== folder)
    .sort();
}
