import { type Json, type JsonObject, setOwn } from './json/value.ts';

/** The order in which the keys of a connector's files usually are, and how to keep it. */

/** What Swagger 2.0 knows at the root of a definition. */
export const swaggerKeys = [
  'swagger',
  'info',
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'paths',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
  'security',
  'tags',
  'externalDocs',
] as const;

/** The root of a definition. */
export const definitionOrder = [...swaggerKeys, 'x-ms-capabilities', 'x-ms-connector-metadata'] as const;

export const infoOrder = ['title', 'description', 'version', 'contact'] as const;

/** What describes a value: a property, the items of a list. */
export const schemaOrder = [
  'type',
  'format',
  'x-ms-summary',
  'description',
  'x-ms-visibility',
  'enum',
  'x-ms-enum-values',
  'default',
] as const;

export const parameterOrder = ['name', 'in', 'required', ...schemaOrder] as const;

/** `properties` of apiProperties.json. */
export const propertiesOrder = [
  'connectionParameters',
  'connectionParameterSets',
  'iconBrandColor',
  'capabilities',
  'publisher',
  'stackOwner',
  'policyTemplateInstances',
  'scriptOperations',
] as const;

export const settingsOrder = [
  'connectorId',
  'environment',
  'apiProperties',
  'apiDefinition',
  'icon',
  'script',
] as const;

export const configOrder = [
  '$schema',
  'apiDefinition',
  'icon',
  'outputDirectory',
  'profile',
  'oauth2',
  'environments',
  'rules',
] as const;

/** An entry of `environments` in config.json. */
export const environmentOrder = ['url', 'connectorId', 'solution', 'overrides'] as const;

/** A JSON value for a key, placed as in `order` when it is new: known keys keep their usual order in new files. */
export function setInOrder(object: JsonObject, key: string, value: Json, order: readonly string[]): void {
  if (Object.hasOwn(object, key)) {
    setOwn(object, key, value);
    return;
  }
  const rank = order.indexOf(key);
  const entries = Object.entries(object);
  const at = rank < 0 ? -1 : entries.findIndex(([name]) => order.indexOf(name) > rank);
  if (at < 0) {
    setOwn(object, key, value);
    return;
  }
  entries.splice(at, 0, [key, value]);
  for (const name of Object.keys(object)) delete object[name];
  for (const [name, item] of entries) setOwn(object, name, item);
}

/** Sets a key, a new one right after another. */
export function setBehind(object: JsonObject, key: string, value: Json, after: string): void {
  if (Object.hasOwn(object, key) || !Object.hasOwn(object, after)) {
    setOwn(object, key, value);
    return;
  }
  const entries = Object.entries(object);
  for (const [name] of entries) delete object[name];
  for (const [name, item] of entries) {
    setOwn(object, name, item);
    if (name === after) setOwn(object, key, value);
  }
}

/** A copy with the keys of `order` first; the others stay as they are. */
export function inOrder(object: JsonObject, order: readonly string[]): JsonObject {
  const ordered: JsonObject = {};
  for (const key of order) {
    const value = object[key];
    if (value !== undefined) ordered[key] = value;
  }
  for (const [key, value] of Object.entries(object)) if (!Object.hasOwn(ordered, key)) setOwn(ordered, key, value);
  return ordered;
}
