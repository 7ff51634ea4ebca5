import {
  asArray,
  asObject,
  asString,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';

/**
 * `connectionParameterSets`: several ways to sign in, of which a connection uses one
 * (docs/reference/connector-format.md#connection-parameter-sets).
 */

const setsKey = 'connectionParameterSets';

/** @param inner `properties` of apiProperties.json */
export const setsOf = (inner: JsonObject): JsonObject[] =>
  asArray(getOwn(asObject(getOwn(inner, setsKey)), 'values')).filter(isObject);

export const setName = (set: JsonObject): string => asString(getOwn(set, 'name')) ?? '';

export const setParameters = (set: JsonObject): JsonObject => asObject(getOwn(set, 'parameters'));

/** Names by which the platform signs in. */
export const isSignInName = (name: string): boolean =>
  ['api_key', 'username', 'password', 'token'].includes(name) || name.startsWith('token:');

/**
 * What every connection asks for besides its sign-in: parameters that all sets have, or all of a connector without
 * sets.
 */
export function sharedParameters(inner: JsonObject): JsonObject {
  const [first, ...others] = setsOf(inner).map(setParameters);
  if (first === undefined) return asObject(getOwn(inner, 'connectionParameters'));
  const entries = Object.entries(first).filter(
    ([name]) => !isSignInName(name) && others.every((parameters) => Object.hasOwn(parameters, name)),
  );
  return withoutSchemas(Object.fromEntries(entries));
}

/** Takes the sets away; what they have in common becomes the connector's own again. */
export function removeSets(inner: JsonObject, parameters: JsonObject = sharedParameters(inner)): void {
  if (getOwn(inner, setsKey) === undefined) return;
  // parameters beside sets are from before them; they are worth more than what is repeated in the sets
  const current = asObject(getOwn(inner, 'connectionParameters'));
  if (Object.keys(current).length === 0) inner.connectionParameters = parameters;
  delete inner[setsKey];
}

/** In sets the form shows a description only where it is in a schema. */
export const withSchemas = (parameters: JsonObject): JsonObject => mapValues(parameters, withSchema);

export const withoutSchemas = (parameters: JsonObject): JsonObject => mapValues(parameters, withoutSchema);

function withSchema(parameter: Json): Json {
  const ui = getOwn(asObject(parameter), 'uiDefinition');
  const schema = schemaOf(parameter);
  if (!isObject(ui) || schema === undefined || getOwn(ui, 'schema') !== undefined) return parameter;
  return { ...asObject(parameter), uiDefinition: { ...ui, schema } };
}

function withoutSchema(parameter: Json): Json {
  const ui = asObject(getOwn(asObject(parameter), 'uiDefinition'));
  const schema = getOwn(ui, 'schema');
  if (schema === undefined || !deepEqual(schema, schemaOf(parameter))) return parameter;
  const { schema: _, ...rest } = ui;
  return { ...asObject(parameter), uiDefinition: rest };
}

/** Undefined for what has no text, such as the token. */
function schemaOf(parameter: Json): JsonObject | undefined {
  const type = getOwn(asObject(parameter), 'type');
  const description = getOwn(asObject(getOwn(asObject(parameter), 'uiDefinition')), 'description');
  if ((type !== 'string' && type !== 'securestring') || typeof description !== 'string') return undefined;
  return { type, description };
}

const mapValues = (object: JsonObject, change: (value: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
