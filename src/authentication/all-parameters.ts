import { asArray, asObject, isObject, type JsonObject, own } from '../connector/json/value.ts';

/**
 * The connection parameters of a connector, also those of its sets.
 *
 * @param properties whole apiProperties.json
 */
export function connectionParametersOf(properties: JsonObject): JsonObject[] {
  const inner = asObject(own(properties, 'properties'));
  const sets = asArray(own(asObject(own(inner, 'connectionParameterSets')), 'values'));
  const groups = [own(inner, 'connectionParameters'), ...sets.map((set) => own(asObject(set), 'parameters'))];
  return groups.flatMap((group) => Object.values(asObject(group))).filter(isObject);
}
