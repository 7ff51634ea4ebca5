import { fromPointer, toPointer } from '../connector/json/pointer.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  valueAt,
} from '../connector/json/value.ts';

/** A value and where it is in its definition. */
export interface Node {
  value: JsonObject;
  pointer: string;
}

export interface PropertyView extends Node {
  /** Listed in `required` of its object. */
  required: boolean;
}

/** What a schema says to flows: after its `$ref`, and with the parts of `allOf` put together. */
export interface SchemaView {
  /** The same object for the same schema, so that pairs of schemas can be remembered. */
  identity: JsonObject;
  pointer: string;
  /** Also where only `properties` or `items` tell it; undefined: anything. */
  type: string | undefined;
  /** As it is written; undefined: not at all, which is a change for whoever reads the type. */
  declaredType: string | undefined;
  format: string | undefined;
  enumeration: Json[] | undefined;
  hasDefault: boolean;
  internal: boolean;
  /** Where the platform writes the address at which it waits for notifications. */
  notificationUrl: boolean;
  /** The operation that is asked for the schema when a flow is made; undefined: the schema is fixed. */
  dynamic: string | undefined;
  properties: ReadonlyMap<string, PropertyView>;
  items: Node | undefined;
  additional: Node | undefined;
}

/** One for all lists that don't tell what is in them. */
const anything: JsonObject = {};

/** What a list holds that doesn't tell it: the same as a list of `{}`. */
export const anyItem = (pointer: string): SchemaView => ({ ...nothing(pointer), identity: anything });

/** One for all, so that a schema that holds itself is compared with nothing only once. */
const absent: JsonObject = {};

/** There is no schema, or it can't be found. */
export const isNothing = ({ identity }: SchemaView): boolean => identity === absent;

/** What is used where there is no schema. */
export const nothing = (pointer: string): SchemaView => ({
  identity: absent,
  pointer,
  type: undefined,
  declaredType: undefined,
  format: undefined,
  enumeration: undefined,
  hasDefault: false,
  internal: false,
  notificationUrl: false,
  dynamic: undefined,
  properties: new Map(),
  items: undefined,
  additional: undefined,
});

/** Reads the schemas of one definition; each is put together once. */
export class Schemas {
  private readonly views = new WeakMap<JsonObject, SchemaView>();
  private readonly definition: JsonObject;

  constructor(definition: JsonObject) {
    this.definition = definition;
  }

  /** The schema, response or parameter itself, or what its `$ref` points at; undefined when that doesn't exist. */
  resolve({ value, pointer }: Node): Node | undefined {
    const seen = new Set<JsonObject>();
    let node: Node = { value, pointer };
    for (;;) {
      const reference = getOwn(node.value, '$ref');
      if (typeof reference !== 'string') return node;
      if (seen.has(node.value) || !reference.startsWith('#')) return undefined;
      seen.add(node.value);
      const keys = fromPointer(reference);
      const target = valueAt(this.definition, keys);
      if (!isObject(target)) return undefined;
      node = { value: target, pointer: toPointer(keys) };
    }
  }

  /** A schema that can't be resolved says nothing. */
  view(node: Node): SchemaView {
    return this.remember(node.value, () => {
      const target = this.resolve(node);
      if (target === undefined) return nothing(node.pointer);
      return this.remember(target.value, () => merge(target, this.parts(target)));
    });
  }

  /** Whether the platform itself puts something in: the notification URL, be it further inside. */
  isFilledIn(view: SchemaView): boolean {
    const seen = new Set<SchemaView>();
    let level = [view];
    // addresses are never far inside
    for (let depth = 0; depth <= 4; depth += 1) {
      if (level.some(({ notificationUrl }) => notificationUrl)) return true;
      for (const each of level) seen.add(each);
      const next = level.flatMap(({ properties }) => [...properties.values()].map((property) => this.view(property)));
      level = [...new Set(next)].filter((each) => !seen.has(each));
    }
    return false;
  }

  private remember(identity: JsonObject, make: () => SchemaView): SchemaView {
    const known = this.views.get(identity) ?? make();
    this.views.set(identity, known);
    return known;
  }

  /** The schema, and all that its `allOf` brings in: each before what it brings in itself. */
  private parts(node: Node): Node[] {
    const found = new Map<JsonObject, Node>();
    const open: (Node | undefined)[] = [node];
    while (open.length > 0) {
      const next = open.pop();
      if (next === undefined || found.has(next.value)) continue;
      found.set(next.value, next);
      const parts = asArray(getOwn(next.value, 'allOf'));
      // the first one on top
      for (let index = parts.length - 1; index >= 0; index -= 1) {
        const value = parts[index];
        if (isObject(value)) open.push(this.resolve({ value, pointer: `${next.pointer}/allOf/${index}` }));
      }
    }
    return [...found.values()];
  }
}

function merge({ value, pointer }: Node, parts: readonly Node[]): SchemaView {
  const first = (key: string): Json | undefined =>
    parts.map((part) => getOwn(part.value, key)).find((found) => found !== undefined);
  const child = (key: string): Node | undefined => {
    const part = parts.find((candidate) => isObject(getOwn(candidate.value, key)));
    return part && { value: asObject(getOwn(part.value, key)), pointer: `${part.pointer}/${key}` };
  };
  const properties = propertiesOf(parts);
  const items = child('items');
  const list = asArray(first('enum'));
  const declaredType = typeOf(first('type'));
  return {
    identity: value,
    pointer,
    type: declaredType ?? (properties.size > 0 ? 'object' : items === undefined ? undefined : 'array'),
    declaredType,
    format: asString(first('format')) || undefined,
    enumeration: list.length === 0 ? undefined : list,
    hasDefault: first('default') !== undefined,
    internal: first('x-ms-visibility') === 'internal',
    notificationUrl: first('x-ms-notification-url') === true,
    dynamic: dynamicOf(first('x-ms-dynamic-properties')) ?? dynamicOf(first('x-ms-dynamic-schema')),
    properties,
    items,
    additional: child('additionalProperties'),
  };
}

/** A list of types is JSON Schema's, not Swagger's; people write it all the same. */
function typeOf(type: Json | undefined): string | undefined {
  if (!Array.isArray(type)) return asString(type) || undefined;
  const texts = type.filter((one) => typeof one === 'string' && one !== 'null');
  return texts.length === 0 ? undefined : texts.sort().join(' or ');
}

const dynamicOf = (extension: Json | undefined): string | undefined =>
  isObject(extension) ? (asString(getOwn(extension, 'operationId')) ?? '') : undefined;

function propertiesOf(parts: readonly Node[]): Map<string, PropertyView> {
  const required = new Set(parts.flatMap(({ value }) => asArray(getOwn(value, 'required'))));
  const properties = new Map<string, PropertyView>();
  for (const part of parts) {
    for (const [name, value] of Object.entries(asObject(getOwn(part.value, 'properties')))) {
      if (properties.has(name) || !isObject(value)) continue;
      const pointer = part.pointer + toPointer(['properties', name]);
      properties.set(name, { value, pointer, required: required.has(name) });
    }
  }
  return properties;
}
