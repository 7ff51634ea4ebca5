import { asArray, asObject, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';

/**
 * The connection parameters of a connector, also those of its sets.
 *
 * @param properties whole apiProperties.json
 */
export function connectionParametersOf(properties: JsonObject): JsonObject[] {
  const inner = asObject(getOwn(properties, 'properties'));
  const sets = asArray(getOwn(asObject(getOwn(inner, 'connectionParameterSets')), 'values'));
  const groups = [getOwn(inner, 'connectionParameters'), ...sets.map((set) => getOwn(asObject(set), 'parameters'))];
  return groups.flatMap((group) => Object.values(asObject(group))).filter(isObject);
}
