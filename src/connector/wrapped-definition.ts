import { getOwn, isObject, type Json, type JsonObject } from './json/value.ts';

/** How deep a definition lies in what wraps it at most, and how many values are looked at. */
const maxDepth = 8;
const maxValues = 5000;

/**
 * Where a definition lies inside of another object, as in a template of Azure Resource Manager; undefined when the
 * object may be a definition itself, or holds none.
 *
 * @param root the content of a file
 * @returns the keys that lead to it, at least one
 */
export function wrappedDefinition(root: JsonObject): (string | number)[] | undefined {
  if (isObject(getOwn(root, 'paths')) || typeof getOwn(root, 'swagger') === 'string') return undefined;
  if (typeof getOwn(root, 'openapi') === 'string') return undefined;
  const open: { value: Json; path: (string | number)[] }[] = [{ value: root, path: [] }];
  // a list that grows while it is walked, so that the outermost is found first
  for (const { value, path } of open) {
    if (path.length > 0 && isDefinition(value)) return path;
    if (path.length >= maxDepth || open.length > maxValues) continue;
    if (Array.isArray(value))
      for (const [key, item] of value.entries()) open.push({ value: item, path: [...path, key] });
    else if (isObject(value)) for (const key in value) open.push({ value: value[key] ?? null, path: [...path, key] });
  }
  return undefined;
}

function isDefinition(value: Json): boolean {
  if (!isObject(value) || !isObject(getOwn(value, 'paths'))) return false;
  return getOwn(value, 'swagger') === '2.0' || typeof getOwn(value, 'openapi') === 'string';
}
