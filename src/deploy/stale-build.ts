import { existsSync } from 'node:fs';
import { asObject, asString, getOwn } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { readJson } from '../connector/source-file.ts';
import { containedPath } from '../files/contained-path.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import { nameOf } from '../files/names.ts';

/**
 * What people must know whose API description has changed since the connector was built from it: what is deployed is
 * the older state.
 *
 * @returns undefined: it is as it was, there is none, or none that the connector was built from
 */
export function staleBuildWarning({ config, definition, location }: Connector): string | undefined {
  const given = asString(getOwn(asObject(config?.value), 'apiDefinition')) || undefined;
  if (given === undefined || definition === undefined) return undefined;
  const path = containedPath({ folder: location.root, name: given }, 'config.json: "apiDefinition"');
  const generated = GeneratedFiles.read(location.root);
  if (path === definition.path || !generated.knows(path) || !existsSync(path)) return undefined;
  const source = readJson('definition', path);
  // a description of another kind is merged, and what it was then is not remembered here
  const isSwagger = getOwn(asObject(source.value), 'swagger') !== undefined;
  if (!isSwagger || generated.isUntouched(path, source.bytes)) return undefined;
  const [name, built] = [path, definition.path].map((file) => nameOf(location.root, file));
  return `${name} has changed since ${built} was built from it, and the older state is deployed; bring it up to date with: pp-connector build`;
}
