import { inferSchema } from '../../connector/infer-schema.ts';
import { below } from '../../connector/json/pointer.ts';
import {
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../../connector/json/value.ts';
import { describeFieldAnyway, ownerFromName } from '../../language/field-texts.ts';
import { singular } from '../../language/inflection.ts';
import { titleCase } from '../../language/words.ts';
import { isOfType } from '../request/scalars.ts';
import { isNoName } from './looks-personal.ts';

/** Schemas of what a definition doesn't have yet, with labels and sentences that are made of names. */

/** @param name what the values are, such as the last part of a path: `orders` */
export function inferWhole(name: string, values: readonly Json[]): JsonObject {
  const open = new Set<string>();
  const schema = inferSchema(values, { nullable: true, texts: false, onLoss: ({ pointer }) => open.add(pointer) });
  return new Tidy(open).schema(schema, name, '');
}

/**
 * @param name of the property that has the values
 * @param owner the thing that has the property, as words of a sentence
 */
export function inferProperty(name: string, values: readonly Json[], owner: string | undefined): JsonObject {
  const whole = inferWhole(name, values);
  const type = asString(getOwn(whole, 'type'));
  // a list in one answer and no list in the other
  const isOne = values.every((value) => value === null || (type !== undefined && isOfType(value, type)));
  const schema = isOne ? whole : {};
  return values.includes(null)
    ? { ...described(schema, name, owner), 'x-nullable': true }
    : described(schema, name, owner);
}

/** What `inferSchema` makes, in words of Swagger 2.0 and without what nothing is known of. */
class Tidy {
  /** Where the type is open since the values have several. */
  private readonly open: ReadonlySet<string>;

  constructor(open: ReadonlySet<string>) {
    this.open = open;
  }

  schema(
    { nullable, properties, items, additionalProperties, ...rest }: JsonObject,
    name: string,
    at: string,
  ): JsonObject {
    const schema: JsonObject = rest;
    if (nullable === true) schema['x-nullable'] = true;
    if (isObject(properties)) this.properties(schema, properties, name, at);
    if (isObject(items)) schema.items = this.element(items, singular(name), below(at, 'items'));
    if (isObject(additionalProperties))
      schema.additionalProperties = this.schema(
        additionalProperties,
        singular(name),
        below(at, 'additionalProperties'),
      );
    return schema;
  }

  /** Keys that are values are described by nobody. */
  private properties(schema: JsonObject, properties: JsonObject, name: string, at: string): void {
    if (Object.keys(properties).some(isNoName)) return;
    const tidied: JsonObject = {};
    for (const [key, value] of Object.entries(properties)) {
      const pointer = below(at, 'properties', key);
      const inner = this.schema(asObject(value), key, pointer);
      // only null was seen
      if (Object.keys(inner).length === 0 && !this.open.has(pointer)) continue;
      setOwn(tidied, key, described(inner, key, ownerFromName(singular(name))));
    }
    setOwn(schema, 'properties', tidied);
  }

  /** Elements that are no objects have no other place for their label. */
  private element(items: JsonObject, name: string, at: string): JsonObject {
    const schema = this.schema(items, name, at);
    const type = getOwn(schema, 'type');
    return type === undefined || type === 'object' || type === 'array' ? schema : described(schema, name, undefined);
  }
}

function described(schema: JsonObject, name: string, owner: string | undefined): JsonObject {
  const { type, format, ...rest } = schema;
  const title = titleCase(name);
  const field = { name, type: asString(type), format: asString(format), owner };
  const texts = { 'x-ms-summary': title, description: describeFieldAnyway(field, title) };
  const typed: JsonObject = type === undefined ? {} : { type };
  if (format !== undefined) typed.format = format;
  return { ...typed, ...texts, ...rest };
}
