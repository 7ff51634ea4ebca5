import { typeOfFormat } from '../connector/facts/formats.ts';
import { resolve } from '../connector/follow.ts';
import { withTexts } from '../connector/infer-schema.ts';
import {
  asArray,
  asObject,
  clone,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';

/**
 * A JSON Schema of any draft as a Swagger 2.0 schema: references inside the file are put in place, keywords that
 * Swagger doesn't have are left out, alternatives become their first one, properties without texts get some.
 */
export function readJsonSchema(schema: JsonObject): JsonObject {
  return convert(schema, schema, []);
}

/** Keywords that mean the same in both. */
const sameKeywords = [
  ...[
    'title',
    'default',
    'multipleOf',
    'maximum',
    'minimum',
    'maxLength',
    'minLength',
    'pattern',
    'maxItems',
    'minItems',
  ],
  ...['uniqueItems', 'maxProperties', 'minProperties', 'readOnly'],
];

/** Deeper levels stay open (docs/reference/import-mapping.md#inference). */
const maxDepth = 10;

function convert(root: JsonObject, given: Json | undefined, around: readonly JsonObject[]): JsonObject {
  const schema = resolve(root, given);
  if (schema === undefined) return {};
  if (around.includes(schema) || around.length > maxDepth) return { type: 'object' };
  const inside = [...around, schema];
  const alternatives = asArray(getOwn(schema, 'oneOf') ?? getOwn(schema, 'anyOf')).filter(
    (item) => getOwn(asObject(item), 'type') !== 'null',
  );
  if (alternatives.length > 0) {
    const { oneOf: _, anyOf: __, ...rest } = schema;
    return { ...convert(root, alternatives[0], inside), ...convert(root, rest, inside) };
  }
  const result: JsonObject = {};
  const type = typeOf(schema);
  if (type !== undefined) result.type = type;
  const format = getOwn(schema, 'format');
  if (typeof format === 'string' && typeOfFormat.get(format) === type) result.format = format;
  copyExtensions(schema, result);
  for (const key of sameKeywords) {
    const value = getOwn(schema, key);
    if (value !== undefined) setOwn(result, key, clone(value));
  }
  copyValues(schema, result);
  copyParts(root, schema, result, inside);
  return result;
}

function typeOf(schema: JsonObject): string | undefined {
  const types = [getOwn(schema, 'type')].flat().filter((type) => type !== 'null');
  if (typeof types[0] === 'string') return types[0];
  if (Object.hasOwn(schema, 'properties')) return 'object';
  if (Object.hasOwn(schema, 'items')) return 'array';
  const [value] = [...asArray(getOwn(schema, 'enum')), getOwn(schema, 'const')].filter(
    (item) => item !== undefined && item !== null,
  );
  return value === undefined ? undefined : typeof value === 'number' ? 'number' : typeof value;
}

function copyExtensions(schema: JsonObject, result: JsonObject): void {
  const description = getOwn(schema, 'description');
  if (typeof description === 'string') result.description = description.replaceAll(/\s+/g, ' ').trim();
  for (const [key, value] of Object.entries(schema)) if (key.startsWith('x-ms-')) setOwn(result, key, clone(value));
}

function copyValues(schema: JsonObject, result: JsonObject): void {
  const fixed = getOwn(schema, 'const');
  const values = asArray(getOwn(schema, 'enum')).filter((value) => value !== null);
  if (fixed !== undefined && fixed !== null) result.enum = [clone(fixed)];
  else if (values.length > 0) result.enum = clone(values);
}

function copyParts(root: JsonObject, schema: JsonObject, result: JsonObject, around: readonly JsonObject[]): void {
  const properties = getOwn(schema, 'properties');
  if (isObject(properties)) {
    const converted: JsonObject = {};
    for (const [name, value] of Object.entries(properties))
      setOwn(converted, name, withTexts(convert(root, value, around), name));
    if (Object.keys(converted).length > 0) result.properties = converted;
    const required = asArray(getOwn(schema, 'required')).filter(
      (name) => typeof name === 'string' && Object.hasOwn(converted, name),
    );
    if (required.length > 0) result.required = [...new Set(required)];
  }
  if (result.type === 'array') result.items = convert(root, getOwn(schema, 'items'), around);
  const additional = getOwn(schema, 'additionalProperties');
  if (isObject(additional)) result.additionalProperties = convert(root, additional, around);
  const parts = asArray(getOwn(schema, 'allOf')).map((part) => convert(root, part, around));
  if (parts.length > 0) mergeParts(result, parts);
}

/** Parts that must all hold become one schema, so that its properties are seen. */
function mergeParts(result: JsonObject, parts: readonly JsonObject[]): void {
  for (const part of parts) {
    const properties = { ...asObject(getOwn(part, 'properties')), ...asObject(getOwn(result, 'properties')) };
    const required = [...new Set([...asArray(getOwn(part, 'required')), ...asArray(getOwn(result, 'required'))])];
    for (const [key, value] of Object.entries(part)) if (!Object.hasOwn(result, key)) setOwn(result, key, value);
    if (Object.keys(properties).length > 0) result.properties = properties;
    if (required.length > 0) result.required = required;
  }
}
