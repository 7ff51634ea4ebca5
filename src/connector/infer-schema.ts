import { describeFieldAnyway } from '../language/field-texts.ts';
import { singular } from '../language/inflection.ts';
import { titleCase } from '../language/words.ts';
import { isHttpUrl, isMailAddress } from './facts/addresses.ts';
import { toPointer } from './json/pointer.ts';
import { asString, getOwn, isObject, type Json, type JsonObject, setOwn } from './json/value.ts';

/** Where a sample says more than the schema does. */
export interface SchemaLoss {
  /** JSON pointer into the schema. */
  pointer: string;
  /** What was left out and why, one line. */
  message: string;
}

export interface InferOptions {
  /** `always-present`: a property that every sample has, and never null, is required. Default `none`. */
  required?: 'none' | 'always-present';
  /** A value that is null in a sample makes `nullable: true`. Default: null says nothing. */
  nullable?: boolean;
  /** `x-ms-summary` and `description`, made of the names. Default: yes. */
  texts?: boolean;
  /** Levels of objects and arrays; deeper ones stay open. Default 10 (docs/reference/import-mapping.md#inference). */
  maxDepth?: number;
  /**
   * Schemas in the result; deeper levels stay open when there would be more. Default 512, the platform's limit for a
   * body.
   */
  maxSchemas?: number;
  /** Called once for each place that stays open. */
  onLoss?: (loss: SchemaLoss) => void;
}

/**
 * The Swagger 2.0 schema that all samples have in common.
 *
 * Properties are united over samples and over the items of arrays; a string has a format when all
 * its samples match it; integers are int32 unless one is larger; scalars of different types become strings, anything
 * else that can't be united stays untyped (docs/reference/import-mapping.md#inference). No value of a sample gets into
 * the schema.
 *
 * @param samples parsed JSON; none at all gives an untyped schema
 */
export function inferSchema(samples: readonly Json[], options: InferOptions = {}): JsonObject {
  const { maxDepth = 10, maxSchemas = 512, onLoss } = options;
  let inference = new Inference(options, maxDepth);
  let schema = inference.root(samples);
  // level by level, so that what is at the top survives
  for (let depth = maxDepth - 1; inference.count > maxSchemas && depth > 0; depth -= 1) {
    inference = new Inference(options, depth);
    schema = inference.root(samples);
  }
  if (onLoss !== undefined) inference.losses.forEach(onLoss);
  return schema;
}

/** Where a schema is: its keys below the root, and how many objects and arrays are around it. */
interface Spot {
  path: readonly string[];
  depth: number;
}

const below = (spot: Spot, ...keys: string[]): Spot => ({ path: [...spot.path, ...keys], depth: spot.depth + 1 });

class Inference {
  count = 0;
  readonly losses: SchemaLoss[] = [];
  private readonly options: InferOptions;
  private readonly maxDepth: number;

  constructor(options: InferOptions, maxDepth: number) {
    this.options = options;
    this.maxDepth = maxDepth;
  }

  root(samples: readonly Json[]): JsonObject {
    const schema = this.schema(samples, { path: [], depth: 0 }, 'Value');
    // people see objects and lists at the root by their parts
    return getOwn(schema, 'type') === 'object' || getOwn(schema, 'type') === 'array'
      ? schema
      : this.described(schema, 'Value');
  }

  private described(schema: JsonObject, name: string): JsonObject {
    return this.options.texts === false ? schema : withTexts(schema, name);
  }

  /** @param name what the value is called, for the texts of nameless parts */
  private schema(samples: readonly Json[], spot: Spot, name: string): JsonObject {
    this.count += 1;
    const values = samples.filter((value) => value !== null);
    const schema = this.common(values, spot, name);
    const isNullable = this.options.nullable === true && values.length > 0 && values.length < samples.length;
    return isNullable ? { ...schema, nullable: true } : schema;
  }

  /** @param values without null */
  private common(values: readonly Json[], spot: Spot, name: string): JsonObject {
    const objects = values.filter(isObject);
    const arrays = values.filter((value) => Array.isArray(value));
    const scalars = values.filter((value) => typeof value !== 'object');
    if (values.length === 0) return {};
    if (objects.length === values.length) return this.object(objects, spot, name);
    if (scalars.length === values.length) return scalarSchema(scalars);
    if (arrays.length > 0) {
      // an API that sends one item bare and several as a list
      return this.array([...arrays.flat(1), ...objects, ...scalars], spot, name);
    }
    this.loss(spot, 'the samples hold objects and plain values here: the type stays open');
    return {};
  }

  private object(objects: readonly JsonObject[], spot: Spot, name: string): JsonObject {
    const samples = new Map<string, Json[]>();
    for (const object of objects) {
      for (const [key, value] of Object.entries(object)) {
        const list = samples.get(key);
        if (list === undefined) samples.set(key, [value]);
        else list.push(value);
      }
    }
    if (samples.size === 0) return { type: 'object' };
    if (spot.depth >= this.maxDepth) {
      this.loss(spot, 'the sample is nested too deeply: the properties below stay open');
      return { type: 'object' };
    }
    if (isMap([...samples.keys()])) {
      const value = this.schema([...samples.values()].flat(1), below(spot, 'additionalProperties'), name);
      return { type: 'object', additionalProperties: value };
    }
    return this.properties(samples, objects.length, spot);
  }

  private properties(samples: ReadonlyMap<string, Json[]>, objects: number, spot: Spot): JsonObject {
    const properties: JsonObject = {};
    const required: string[] = [];
    for (const [key, values] of samples) {
      setOwn(properties, key, this.described(this.schema(values, below(spot, 'properties', key), key), key));
      if (values.length === objects && !values.includes(null)) required.push(key);
    }
    return this.options.required === 'always-present' && required.length > 0
      ? { type: 'object', required, properties }
      : { type: 'object', properties };
  }

  private array(items: readonly Json[], spot: Spot, name: string): JsonObject {
    if (spot.depth >= this.maxDepth) {
      if (items.length > 0) this.loss(spot, 'the sample is nested too deeply: the items stay open');
      return { type: 'array', items: {} };
    }
    const itemName = singular(name);
    const schema = this.schema(items, below(spot, 'items'), itemName);
    const type = getOwn(schema, 'type');
    return {
      type: 'array',
      items: type === undefined || type === 'object' || type === 'array' ? schema : this.described(schema, itemName),
    };
  }

  private loss(spot: Spot, message: string): void {
    this.losses.push({ pointer: toPointer(spot.path), message });
  }
}

/** Summary and description after the type; a description of its own says nothing more than the name does. */
export function withTexts(schema: JsonObject, name: string): JsonObject {
  const title = titleCase(name);
  const { type, format, ...rest } = schema;
  return {
    ...(type === undefined ? {} : { type }),
    ...(format === undefined ? {} : { format }),
    'x-ms-summary': title,
    description: describeFieldAnyway({ name, type: asString(type), format: asString(format) }, title),
    ...rest,
  };
}

function scalarSchema(values: readonly Json[]): JsonObject {
  if (values.every((value) => typeof value === 'boolean')) return { type: 'boolean' };
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length) return numberSchema(numbers);
  const strings = values.filter((value) => typeof value === 'string');
  const format = strings.length === values.length ? stringFormat(strings) : undefined;
  return format === undefined ? { type: 'string' } : { type: 'string', format };
}

function numberSchema(values: readonly number[]): JsonObject {
  if (!values.every((value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 63)) {
    return { type: 'number', format: 'double' };
  }
  const small = values.every((value) => value >= -(2 ** 31) && value < 2 ** 31);
  return { type: 'integer', format: small ? 'int32' : 'int64' };
}

/** Formats with how they are recognised; the first that all strings match wins. */
const stringFormats: readonly (readonly [string, (text: string) => boolean])[] = [
  ['uuid', (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)],
  ['date', (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text)],
  [
    'date-time',
    (text) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i.test(text) && isDate(text),
  ],
  ['date-no-tz', (text) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text) && isDate(text)],
  ['email', isMailAddress],
  ['uri', (text) => /^https?:\/\/\S+$/i.test(text) && isHttpUrl(text)],
];

const stringFormat = (texts: readonly string[]): string | undefined =>
  stringFormats.find(([, matches]) => texts.every(matches))?.[0];

/** A calendar date that exists: JavaScript alone would take 30 February for 1 or 2 March. */
function isDate(text: string): boolean {
  if (Number.isNaN(Date.parse(text))) return false;
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Keys that are ids rather than names: the object is a map (docs/reference/import-mapping.md#inference). */
const isMap = (keys: readonly string[]): boolean =>
  keys.length >= 20 && keys.every((key) => /^(\d+|[0-9a-f-]{16,}|\d{4}-\d{2}-\d{2}.*)$/i.test(key));
