import { fromPointer } from './json/pointer.ts';
import { asArray, getOwn, isObject, type Json, type JsonObject, valueAt } from './json/value.ts';

/** The object that a value is or refers to; undefined when it is neither. */
export function resolve(definition: JsonObject, value: Json | undefined): JsonObject | undefined {
  let at = value;
  for (let hops = 0; hops < 20 && isObject(at); hops += 1) {
    const reference = getOwn(at, '$ref');
    if (typeof reference !== 'string') return at;
    if (!reference.startsWith('#/')) return undefined;
    at = valueAt(definition, fromPointer(reference));
  }
  return undefined;
}

/** The operation's own parameters, then those of its path item. */
export const parametersOf = (definition: JsonObject, operation: JsonObject, item: JsonObject): JsonObject[] =>
  [...asArray(getOwn(operation, 'parameters')), ...asArray(getOwn(item, 'parameters'))]
    .map((parameter) => resolve(definition, parameter))
    .filter((parameter) => parameter !== undefined);
