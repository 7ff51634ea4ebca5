import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { isUnsafeKey } from './source-values.ts';

/** Values that a text can be recognised by; all samples must match. */
const formats: readonly (readonly [string, RegExp])[] = [
  ['date-time', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['email', /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/],
  ['uri', /^https?:\/\/\S+$/],
];
const deepest = 10;
/** An object with this many keys that look like ids is a map. */
const mapSize = 20;
const likeId = /^(?:\d+|[0-9a-f]{8,}|[0-9a-f-]{36}|[A-Z0-9_-]{12,})$/i;

/** A JSON Schema that fits all samples. Never holds a value of a sample, and requires nothing: a sample proves no need. */
export function inferSchema(samples: readonly Json[], depth = 0): JsonObject {
  const values = samples.filter((sample) => sample !== null);
  const nullable = values.length < samples.length;
  const schema = values.length === 0 || depth > deepest ? {} : inferValues(values, depth);
  return nullable && Object.keys(schema).length > 0 ? { ...schema, nullable: true } : schema;
}

function inferValues(values: readonly Json[], depth: number): JsonObject {
  if (values.every(isObject)) return inferObject(values.filter(isObject), depth);
  if (values.every(Array.isArray)) {
    const items = values.filter(Array.isArray).flat();
    return { type: 'array', items: items.length === 0 ? {} : inferSchema(items, depth + 1) };
  }
  if (values.every((value) => typeof value === 'number'))
    return { type: values.every(Number.isInteger) ? 'integer' : 'number' };
  if (values.every((value) => typeof value === 'boolean')) return { type: 'boolean' };
  if (values.every((value) => typeof value === 'string')) {
    const format = formats.find(([, pattern]) =>
      values.every((value) => typeof value === 'string' && pattern.test(value)),
    )?.[0];
    return format === undefined ? { type: 'string' } : { type: 'string', format };
  }
  return values.every((value) => typeof value !== 'object') ? { type: 'string' } : {};
}

function inferObject(values: readonly JsonObject[], depth: number): JsonObject {
  const samples = new Map<string, Json[]>();
  for (const value of values) {
    for (const [key, entry] of Object.entries(value)) {
      if (isUnsafeKey(key)) continue;
      const known = samples.get(key);
      if (known === undefined) samples.set(key, [entry]);
      else known.push(entry);
    }
  }
  const keys = [...samples.keys()];
  if (keys.length >= mapSize && keys.every((key) => likeId.test(key))) {
    return { type: 'object', additionalProperties: inferSchema([...samples.values()].flat(), depth + 1) };
  }
  const properties = Object.fromEntries([...samples].map(([key, entries]) => [key, inferSchema(entries, depth + 1)]));
  return { type: 'object', properties };
}
