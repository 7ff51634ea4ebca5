import { fromPointer } from '../connector/json/pointer.ts';
import {
  asArray,
  asObject,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
  valueAt,
} from '../connector/json/value.ts';

/** Reads a definition through its references. */
export class Definition {
  readonly root: JsonObject;

  constructor(root: JsonObject) {
    this.root = root;
  }

  /** The object itself, or the one that its `$ref` leads to, however many steps away; undefined for loops and dead ends. */
  follow(value: Json | undefined): JsonObject | undefined {
    const seen = new Set<string>();
    let current = value;
    while (isObject(current)) {
      const reference = getOwn(current, '$ref');
      if (typeof reference !== 'string') return current;
      if (seen.has(reference) || !reference.startsWith('#')) return undefined;
      seen.add(reference);
      current = valueAt(this.root, fromPointer(reference));
    }
    return undefined;
  }

  /** Properties and required names of an object schema, those of `allOf` included. */
  objectParts(schema: JsonObject): { properties: JsonObject; required: Set<string> } {
    const properties: JsonObject = {};
    const required = new Set<string>();
    const seen = new Set<JsonObject>();
    const collect = (part: JsonObject | undefined) => {
      if (part === undefined || seen.has(part)) return;
      seen.add(part);
      for (const base of asArray(getOwn(part, 'allOf'))) collect(this.follow(base));
      for (const [name, value] of Object.entries(asObject(getOwn(part, 'properties')))) setOwn(properties, name, value);
      for (const name of asArray(getOwn(part, 'required'))) if (typeof name === 'string') required.add(name);
    };
    collect(schema);
    return { properties, required };
  }
}
