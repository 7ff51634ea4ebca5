import { formatAliases, typeOfFormat } from '../../connector/facts/formats.ts';
import { asString, deepEqual, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { isScalar, type Kind, type ScalarKind } from './flat-schema.ts';

/** Keywords that limit values, with the types they belong to. `uniqueItems` is refused by the platform. */
const boundKeywords: Readonly<Record<string, readonly Kind[]>> = {
  minimum: ['number', 'integer'],
  maximum: ['number', 'integer'],
  exclusiveMinimum: ['number', 'integer'],
  exclusiveMaximum: ['number', 'integer'],
  multipleOf: ['number', 'integer'],
  minLength: ['string'],
  maxLength: ['string'],
  minItems: ['array'],
  maxItems: ['array'],
};

/** What a schema without `type` must be, by the keywords it uses; the first hit counts. */
const impliedKinds: readonly (readonly [Kind, readonly string[]])[] = [
  [
    'object',
    ['properties', 'additionalProperties', 'patternProperties', 'propertyNames', 'minProperties', 'maxProperties'],
  ],
  ['array', ['items', 'prefixItems', 'contains', 'minItems', 'maxItems']],
  ['string', ['minLength', 'maxLength', 'pattern', 'contentEncoding', 'contentMediaType']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

const kindNames: ReadonlySet<string> = new Set([
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'null',
  'file',
]);

function isKind(value: Json | undefined): value is Kind {
  return typeof value === 'string' && kindNames.has(value);
}

/** The types that a schema states, or the one that its keywords imply; empty when nothing says it. */
export function typesOf(schema: JsonObject): Kind[] {
  const { type } = schema;
  if (Array.isArray(type) && type.some(isKind)) return withoutTextForm(schema, [...new Set(type.filter(isKind))]);
  if (isKind(type)) return [contradicted(schema, type) ?? type];
  const ofFormat = schema.enum === undefined ? numericKind(asString(schema.format)) : undefined;
  if (ofFormat !== undefined && !implies(schema, 'object') && !implies(schema, 'array')) return [ofFormat];
  const implied = impliedKinds.find(([kind]) => implies(schema, kind));
  if (implied !== undefined) return [implied[0]];
  const values = Object.hasOwn(schema, 'const')
    ? [schema.const ?? null]
    : Array.isArray(schema.enum)
      ? schema.enum
      : [];
  return [...new Set(values.map(kindOfValue))].filter((kind) => kind !== 'untyped');
}

/** The type that the other keywords of a schema speak of when the stated one has no use for them. */
export function contradicted(schema: JsonObject, stated: Kind): 'object' | 'array' | undefined {
  const isStructure = stated === 'object' || stated === 'array';
  const hasProperties = isObject(schema.properties) && Object.keys(schema.properties).length > 0;
  const hasItems = isObject(schema.items) && Object.keys(schema.items).length > 0;
  if (stated === 'null' || stated === 'file' || (isStructure && hasProperties && hasItems)) return undefined;
  if (hasProperties && stated !== 'object') return 'object';
  return hasItems && stated !== 'array' && !implies(schema, 'object') ? 'array' : undefined;
}

/**
 * Numbers that may also come as a text, as .NET describes them since version 10: a type list of both, with the format of
 * a number or a pattern of digits. The API answers with numbers.
 */
function withoutTextForm(schema: JsonObject, kinds: readonly Kind[]): Kind[] {
  const isNumber = kinds.includes('integer') || kinds.includes('number');
  const isNumeric = numericKind(asString(schema.format)) !== undefined || digits.test(asString(schema.pattern) ?? '');
  return kinds.filter((kind) => kind !== 'string' || !isNumber || !isNumeric || schema.enum !== undefined);
}

/** A pattern that only numbers fit: `^-?(?:0|[1-9]\\d*)$`. */
const digits = /^\^[-+?()|:0-9[\]\\d.*eE{},]+\$$/;

function implies(schema: JsonObject, kind: Kind): boolean {
  const keywords = impliedKinds.find(([known]) => known === kind)?.[1] ?? [];
  return keywords.some((keyword) => isMeaningful(keyword, schema[keyword]));
}

/** `additionalProperties: false` beside a union restricts it, but makes no object of it. */
function isMeaningful(keyword: string, value: Json | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (keyword === 'additionalProperties') return isObject(value) && Object.keys(value).length > 0;
  return keyword !== 'properties' || (isObject(value) && Object.keys(value).length > 0);
}

function kindOfValue(value: Json): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

/** A value as a member of a scalar type, if that loses nothing: `"10"` → 10. Undefined otherwise. */
export function castTo(value: Json, kind: ScalarKind): Json | undefined {
  switch (kind) {
    case 'string':
      return typeof value === 'string'
        ? value
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
    case 'number':
    case 'integer': {
      const number =
        typeof value === 'number'
          ? value
          : typeof value === 'string' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)
            ? Number(value)
            : Number.NaN;
      if (!Number.isFinite(number) || (typeof value === 'string' && String(number) !== value)) return undefined;
      return kind === 'integer' && !Number.isInteger(number) ? undefined : number;
    }
    case 'file':
      return undefined;
  }
}

/** Enum members of a type: cast, without null and repeats. */
export function enumOf(values: readonly Json[], kind: ScalarKind): Json[] {
  const seen = new Set<string>();
  const result: Json[] = [];
  for (const value of values) {
    const cast = value === null ? undefined : castTo(value, kind);
    if (cast === undefined || seen.has(JSON.stringify(cast))) continue;
    seen.add(JSON.stringify(cast));
    result.push(cast);
  }
  return result;
}

/** The same, and what is only near: a conversion would lose it otherwise. */
const nearFormats: ReadonlyMap<string, string> = new Map([
  ...formatAliases,
  ['base64url', 'byte'],
  ['currency', 'double'],
]);

/** The platform's word for a format; undefined for one that it doesn't know for values of this type. */
export function usableFormat(kind: Kind, format: string): string | undefined {
  const known = nearFormats.get(format.toLowerCase()) ?? format;
  return typeOfFormat.get(known) === kind ? known : undefined;
}

/** The type of numbers that a format is about, such as `int32`; undefined for others. */
export function numericKind(format: string | undefined): 'integer' | 'number' | undefined {
  const kind = format === undefined ? undefined : typeOfFormat.get(nearFormats.get(format) ?? format);
  return kind === 'integer' || kind === 'number' ? kind : undefined;
}

/** Bounds that belong to the type and make sense together. Integers beyond 2^53 are not reliable and go. */
export function usableBounds(bounds: JsonObject, kind: Kind): { bounds: JsonObject; unsafe: string[] } {
  const result: JsonObject = {};
  const unsafe: string[] = [];
  // as most schemas
  if (Object.keys(bounds).length === 0) return { bounds: result, unsafe };
  for (const [keyword, kinds] of Object.entries(boundKeywords)) {
    const value = bounds[keyword];
    if (value === undefined || !kinds.includes(kind)) continue;
    if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) unsafe.push(keyword);
    else if (isLegalBound(keyword, value)) result[keyword] = value;
  }
  if (result.minimum === undefined) delete result.exclusiveMinimum;
  if (result.maximum === undefined) delete result.exclusiveMaximum;
  for (const [low, high] of [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
  ] as const) {
    const from = result[low];
    const to = result[high];
    if (typeof from === 'number' && typeof to === 'number' && from > to) {
      delete result[low];
      delete result[high];
      delete result.exclusiveMinimum;
      delete result.exclusiveMaximum;
    }
  }
  return { bounds: result, unsafe };
}

function isLegalBound(keyword: string, value: Json): boolean {
  if (keyword.startsWith('exclusive')) return value === true;
  if (typeof value !== 'number') return false;
  if (keyword === 'multipleOf') return value > 0;
  return keyword.endsWith('Length') || keyword.endsWith('Items') ? Number.isInteger(value) && value >= 0 : true;
}

/** Limits of a schema in the 2.0 spelling: the numeric exclusive bounds of 3.1 become a bound and a flag. */
export function boundsOf(schema: JsonObject): JsonObject {
  const bounds: JsonObject = {};
  for (const keyword of Object.keys(boundKeywords)) {
    const value = schema[keyword];
    if (typeof value === 'number' || typeof value === 'boolean') bounds[keyword] = value;
  }
  if (Object.keys(bounds).length === 0) return bounds;
  for (const [exclusive, inclusive] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const limit = bounds[exclusive];
    if (typeof limit !== 'number') continue;
    const other = bounds[inclusive];
    const isTighter = typeof other !== 'number' || (inclusive === 'minimum' ? limit >= other : limit <= other);
    if (isTighter) {
      bounds[inclusive] = limit;
      bounds[exclusive] = true;
    } else {
      delete bounds[exclusive];
    }
  }
  return bounds;
}

/** Both limits at once: the tighter of each. */
export function tighterBounds(a: JsonObject, b: JsonObject): JsonObject {
  const result: JsonObject = { ...a };
  for (const [keyword, value] of Object.entries(b)) {
    const other = result[keyword];
    if (typeof value !== 'number' || typeof other !== 'number') result[keyword] = value;
    else result[keyword] = keyword.startsWith('max') ? Math.min(value, other) : Math.max(value, other);
  }
  return result;
}

/** Limits that both have alike; a value of either kind fits them. */
export function commonBounds(a: JsonObject, b: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(a).filter(([keyword, value]) => deepEqual(value, b[keyword])));
}

/** True when the expression can be compiled; the service refuses definitions with others. */
export function isUsablePattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    try {
      new RegExp(pattern);
      return true;
    } catch {
      return false;
    }
  }
}

/** The scalar that can hold values of all these types. */
export function commonScalar(kinds: readonly ScalarKind[]): ScalarKind {
  const distinct = new Set(kinds);
  const [only] = distinct;
  if (distinct.size === 1 && only !== undefined) return only;
  return [...distinct].every((kind) => kind === 'number' || kind === 'integer') ? 'number' : 'string';
}

export function areScalars(kinds: readonly Kind[]): kinds is ScalarKind[] {
  return kinds.every(isScalar);
}
