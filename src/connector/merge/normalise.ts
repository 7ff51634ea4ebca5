import { isObject, type Json, type JsonObject, setOwn } from '../json/value.ts';

/** Lists of the format that say the same when they are empty and when they aren't there; the service adds some. */
const lists = new Set([
  'tags',
  'parameters',
  'required',
  'consumes',
  'produces',
  'schemes',
  'capabilities',
  'scriptOperations',
  'policyTemplateInstances',
  'x-ms-connector-metadata',
]);

/** Maps of the format, for which the same holds; at the root of a definition or of `properties` only. */
const maps = new Set(['definitions', 'securityDefinitions', 'parameters', 'responses', 'connectionParameters']);

/** Where any JSON may be: there every value means itself. */
const free = new Set(['default', 'example', 'examples', 'enum', 'x-ms-examples']);

/**
 * A copy for comparing, without what says nothing: empty lists and maps of the format, and null. Two definitions that
 * differ otherwise do mean different things.
 */
export function comparable(root: JsonObject): JsonObject {
  return withoutEmpty(root, 0);
}

function withoutEmpty(object: JsonObject, depth: number): JsonObject {
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    if (free.has(key)) setOwn(copy, key, value);
    else if (!saysNothing(key, value, depth)) setOwn(copy, key, comparableValue(value, depth + 1));
  }
  return copy;
}

function comparableValue(value: Json, depth: number): Json {
  if (Array.isArray(value)) return value.map((item) => comparableValue(item, depth + 1));
  return isObject(value) ? withoutEmpty(value, depth) : value;
}

function saysNothing(key: string, value: Json, depth: number): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.length === 0 && lists.has(key);
  return isObject(value) && depth <= 1 && maps.has(key) && Object.keys(value).length === 0;
}
