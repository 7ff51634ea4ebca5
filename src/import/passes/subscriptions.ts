import { asObject, asString, clone, getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';

/** A copy of a schema, written out on the way to one of its properties; undefined without such a property. */
export function writtenOut(
  schema: JsonObject,
  tokens: readonly string[],
  definitions: JsonObject,
): JsonObject | undefined {
  const [token, ...rest] = tokens;
  const reference = asString(schema.$ref);
  const copy = clone(
    reference === undefined ? schema : asObject(getOwn(definitions, reference.replace('#/definitions/', ''))),
  );
  if (token === undefined) return copy;
  const { properties } = copy;
  const property = getOwn(asObject(properties), token);
  if (!isObject(properties) || !isObject(property)) return undefined;
  const inner = writtenOut(property, rest, definitions);
  if (inner === undefined) return undefined;
  properties[token] = inner;
  return copy;
}

/** The DELETE on what a subscription at `path` creates, with the variable that identifies it. */
export function subscriptionEnd(
  path: string,
  paths: JsonObject,
): { path: string; operation: JsonObject; variable: string } | undefined {
  for (const [other, item] of Object.entries(paths)) {
    const variable = other.startsWith(`${path}/`)
      ? /^\{([^{}/]+)\}$/.exec(other.slice(path.length + 1))?.[1]
      : undefined;
    const operation = getOwn(asObject(item), 'delete');
    if (variable !== undefined && isObject(operation)) return { path: other, operation, variable };
  }
  return undefined;
}
