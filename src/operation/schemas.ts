import { parametersOf, resolve } from '../connector/follow.ts';
import { asArray, asObject, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';

/** Reading inputs and outputs of operations that the definition has, references followed. */

/** The body parameter. */
export const bodyOf = (definition: JsonObject, operation: JsonObject): JsonObject | undefined =>
  parametersOf(definition, operation, {}).find((parameter) => getOwn(parameter, 'in') === 'body');

/** The schema of the first response for success that has one. */
export function successSchema(definition: JsonObject, operation: JsonObject): JsonObject | undefined {
  const responses = Object.entries(asObject(getOwn(operation, 'responses'))).filter(([status]) =>
    /^2\d\d$/.test(status),
  );
  for (const [, response] of responses) {
    const schema = getOwn(resolve(definition, response), 'schema');
    if (isObject(schema)) return schema;
  }
  return undefined;
}

/**
 * The schema at a path of property names such as `value/items`; an empty path is the schema itself, a number is any
 * item of a list.
 *
 * @returns undefined where the path leads nowhere; below an object whose properties aren't known, an empty schema
 */
export function schemaAt(definition: JsonObject, schema: JsonObject, path: string): JsonObject | undefined {
  let at = resolve(definition, schema);
  for (const segment of path.split('/').filter((part) => part !== '')) {
    if (at === undefined) return undefined;
    at = below(definition, at, segment);
  }
  return at;
}

/** Each list and each part is looked into once: they may contain each other. */
function below(definition: JsonObject, schema: JsonObject, segment: string): JsonObject | undefined {
  const parts = new Set([schema]);
  let open = false;
  // a set that grows while it is walked
  for (const part of parts) {
    if (getOwn(part, 'type') === 'array') {
      const items = resolve(definition, getOwn(part, 'items')) ?? {};
      if (/^\d+$/.test(segment)) return items;
      parts.add(items);
      continue;
    }
    const property = resolve(definition, getOwn(asObject(getOwn(part, 'properties')), segment));
    if (property !== undefined) return property;
    open ||= isOpen(part);
    for (const base of asArray(getOwn(part, 'allOf'))) parts.add(resolve(definition, base) ?? {});
  }
  return open ? {} : undefined;
}

const isOpen = (schema: JsonObject): boolean => {
  const additional = getOwn(schema, 'additionalProperties');
  if (additional !== undefined && additional !== false) return true;
  if (Object.hasOwn(schema, 'x-ms-dynamic-schema')) return true;
  return (
    [undefined, 'object'].includes(getOwn(schema, 'type') as undefined) &&
    !Object.hasOwn(schema, 'properties') &&
    !Object.hasOwn(schema, 'allOf')
  );
};

/** What a name means among the inputs: a parameter, or a property of the body as `body/customer/id` or `customer/id`. */
export function inputAt(
  definition: JsonObject,
  operation: JsonObject,
  item: JsonObject,
  name: string,
): JsonObject | undefined {
  const parameters = parametersOf(definition, operation, item);
  const found = parameters.find(
    (parameter) => getOwn(parameter, 'name') === name && getOwn(parameter, 'in') !== 'body',
  );
  if (found !== undefined) return found;
  const schema = getOwn(bodyOf(definition, operation), 'schema');
  return isObject(schema) ? schemaAt(definition, schema, name.replace(/^body\//, '')) : undefined;
}
