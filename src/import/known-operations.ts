import { asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { pathKey } from './passes/path-templates.ts';

/** Finds the operations of one definition in another one of the same API, wherever they are now. */

export interface Place {
  path: string;
  method: string;
  value: JsonObject;
}

export function operationsOf(definition: JsonObject): Place[] {
  return Object.entries(asObject(getOwn(definition, 'paths'))).flatMap(([path, item]) =>
    Object.entries(asObject(item)).flatMap(([method, value]) =>
      isObject(value) && !method.startsWith('x-') ? [{ path, method, value }] : [],
    ),
  );
}

export const idOf = (operation: JsonObject): string => asString(getOwn(operation, 'operationId')) ?? '';

/** Without the names of the variables. */
export const pathShape = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}');

/** Without a slash at the end; empty for the root. */
export const basePathOf = (definition: JsonObject): string =>
  (asString(getOwn(definition, 'basePath')) ?? '').replace(/\/$/, '');

type Key = (place: Place, basePath: string) => string;

/** What tells operations apart, the surest first: by their addresses, and by their paths below any base path. */
const addresses: readonly Key[] = [
  ({ path, method }, basePath) => `${method} ${pathShape(basePath + path)}`,
  ({ path, method }, basePath) => `${method} ${pathKey(basePath + path)}`,
];
const paths: readonly Key[] = [
  ({ path, method }) => `${method} ${pathShape(path)}`,
  ({ path, method }) => `${method} ${pathKey(path)}`,
];

/** Whether more operations have the same address than have the same path: the API as a whole has not moved. */
export function isAtSameAddresses(theirs: JsonObject, known: JsonObject): boolean {
  const common = ([, key]: readonly Key[]): number => {
    const keysIn = (definition: JsonObject): string[] =>
      operationsOf(definition).map((place) => key?.(place, basePathOf(definition)) ?? '');
    const there = new Set(keysIn(known));
    return keysIn(theirs).filter((name) => there.has(name)).length;
  };
  return common(addresses) > common(paths);
}

/**
 * For each operation of a new description the one that it was.
 *
 * @param places operations of `theirs`
 * @param upstreamIds what the last description called operations by their ids in `known`, where that differs; given,
 *   an operation that has left its place is found by the id that the description has for it
 */
export function matchOperations(
  places: readonly Place[],
  theirs: JsonObject,
  known: JsonObject,
  upstreamIds?: JsonObject,
): Map<Place, Place> {
  const found = new Map<Place, Place>();
  const rest = new Set(operationsOf(known));
  const match = (
    nameOf: (place: Place) => string,
    knownNameOf: (place: Place) => string,
    isSame = (_place: Place, _was: Place): boolean => true,
  ): void => {
    const byName = new Map([...rest].map((place) => [knownNameOf(place), place]));
    for (const place of places) {
      const was = byName.get(nameOf(place));
      if (was === undefined || found.has(place) || !rest.has(was) || !isSame(place, was)) continue;
      found.set(place, was);
      rest.delete(was);
    }
  };
  const [theirBase, knownBase] = [basePathOf(theirs), basePathOf(known)];
  const keys = isAtSameAddresses(theirs, known) ? [...addresses, ...paths] : [...paths, ...addresses];
  for (const key of keys)
    match(
      (place) => key(place, theirBase),
      (place) => key(place, knownBase),
    );
  if (upstreamIds !== undefined)
    match(
      ({ value }) => idOf(value),
      ({ value }) => asString(getOwn(upstreamIds, idOf(value))) ?? idOf(value),
      (place, was) => idOf(place.value) !== '' && (place.method === was.method || samePath(place, was)),
    );
  return found;
}

const samePath = (one: Place, other: Place): boolean => pathKey(one.path) === pathKey(other.path);
