import { existsSync } from 'node:fs';
import { asObject, asString, getOwn, isObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { type JsonFile, readJson } from '../connector/source-file.ts';
import { containedPath } from '../files/contained-path.ts';
import type { GeneratedFiles } from '../files/generated-files.ts';
import { nameOf } from '../files/names.ts';
import { readRegular } from '../files/read.ts';
import { readBase } from '../import/repository-import.ts';

/**
 * The Swagger file that `build` makes the deployed definition of, when changes have to go there, too: the author works
 * in it, and the deployed one is its product.
 *
 * In all other cases `build` leaves a change of the deployed definition alone: where its author edits it; and where it
 * was imported, since an import merges.
 */
export function definitionSource(connector: Connector, generated: GeneratedFiles): JsonFile | undefined {
  const { config, definition, location } = connector;
  const name = asString(getOwn(asObject(config?.value), 'apiDefinition')) || undefined;
  if (name === undefined || definition === undefined) return undefined;
  const path = containedPath({ folder: location.root, name }, 'config.json: "apiDefinition"');
  if (path === definition.path || !existsSync(path)) return undefined;
  const isProduct = generated.isUntouched(definition.path, definition.bytes);
  if (!isProduct || !generated.isUntouched(path, readRegular(path))) return undefined;
  if (readBase(location.root)?.source === nameOf(location.root, path)) return undefined;
  const source = readJson('definition', path);
  const isSwagger = isObject(source.value) && getOwn(source.value, 'swagger') !== undefined;
  return isSwagger && source.problems.length === 0 ? source : undefined;
}
