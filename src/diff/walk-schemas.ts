import type { JsonObject } from '../connector/json.ts';
import { toPointer } from '../connector/pointer.ts';
import type { Pair } from './pair.ts';
import { type Node, nothing, type PropertyView, type Schemas, type SchemaView } from './schema-view.ts';

/** What is done on the way through two versions of a schema; `path` is how makers would name the place: `items[].name`. */
export interface SchemaVisitor {
  /** A schema that both versions have. */
  pair: (pair: Pair<SchemaView>, path: string) => void;
  /** A property that both versions have. */
  kept?: (pair: Pair<PropertyView>, path: string) => void;
  /** A property that is gone; `parent` is its object now, `added` are the new properties there. */
  gone?: (name: string, path: string, parent: SchemaView, added: string[]) => void;
  /** A new property of an object that both versions have. */
  added?: (property: PropertyView, path: string) => void;
}

/**
 * Walks two versions of a schema side by side. Each pair is looked at once, which also ends cycles: published
 * definitions share schemas so much that following every way to them would not end in time.
 */
export class SchemaWalk {
  private readonly schemas: Pair<Schemas>;
  private readonly visitor: SchemaVisitor;
  private readonly seen = new WeakMap<JsonObject, WeakSet<JsonObject>>();

  constructor(schemas: Pair<Schemas>, visitor: SchemaVisitor) {
    this.schemas = schemas;
    this.visitor = visitor;
  }

  run(before: SchemaView, after: SchemaView, path: string): void {
    const known = this.seen.get(before.identity) ?? new WeakSet();
    if (known.has(after.identity)) return;
    known.add(after.identity);
    this.seen.set(before.identity, known);
    this.visitor.pair({ before, after }, path);
    this.properties(before, after, path);
    this.inner(before.items, after.items, `${after.pointer}/items`, `${path}[]`);
    this.inner(before.additional, after.additional, `${after.pointer}/additionalProperties`, below(path, '*'));
  }

  private properties(before: SchemaView, after: SchemaView, path: string): void {
    const added = [...after.properties.keys()].filter((name) => !before.properties.has(name));
    for (const [name, old] of before.properties) {
      const here = below(path, name);
      const now = after.properties.get(name);
      if (now === undefined) {
        this.visitor.gone?.(name, here, after, added);
      } else {
        this.visitor.kept?.({ before: old, after: now }, here);
        this.run(this.schemas.before.view(old), this.schemas.after.view(now), here);
      }
    }
    for (const name of added) {
      const property = after.properties.get(name);
      if (property !== undefined) this.visitor.added?.(property, below(path, name));
    }
  }

  /** What stands in lists and maps: where that isn't told any more, its properties are gone. */
  private inner(before: Node | undefined, after: Node | undefined, pointer: string, path: string): void {
    if (before === undefined) return;
    const now = after === undefined ? nothing(pointer) : this.schemas.after.view(after);
    this.run(this.schemas.before.view(before), now, path);
  }
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Where a property that is gone would stand. */
export const pointerOfProperty = (parent: SchemaView, name: string): string =>
  parent.pointer + toPointer(['properties', name]);
