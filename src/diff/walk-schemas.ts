import { toPointer } from '../connector/json/pointer.ts';
import type { JsonObject } from '../connector/json/value.ts';
import type { BeforeAfter } from './before-after.ts';
import type { SchemaPair } from './schema-pair.ts';
import { anyItem, type Node, nothing, type PropertyView, type SchemaView } from './schema-view.ts';

/** What is done on the way through two versions of a schema; `path` is how makers would name the place: `items[].name`. */
export interface SchemaVisitor {
  /** A schema that both versions have. */
  pair: (pair: BeforeAfter<SchemaView>, path: string) => void;
  /** A property that both versions have, and that isn't the same in all that it leads to. */
  kept?: (pair: BeforeAfter<PropertyView>, path: string) => void;
  /** A property that is gone; `parent` is its object now, `added` are the new properties there. */
  gone?: (name: string, path: string, parent: SchemaView, added: string[]) => void;
  /** A new property of an object that both versions have. */
  added?: (property: PropertyView, path: string) => void;
}

/** Two versions of a schema that are still to be looked at. */
interface Step extends BeforeAfter<SchemaView> {
  path: string;
}

/**
 * Walks two versions of a schema side by side. Each pair is looked at once, which also ends cycles: published
 * definitions share schemas so much that following every way to them would not end in time.
 */
export class SchemaWalk {
  private readonly schemas: SchemaPair;
  private readonly visitor: SchemaVisitor;
  private readonly seen = new WeakMap<JsonObject, WeakSet<JsonObject>>();

  constructor(schemas: SchemaPair, visitor: SchemaVisitor) {
    this.schemas = schemas;
    this.visitor = visitor;
  }

  run(before: SchemaView, after: SchemaView, path: string): void {
    // no recursion: schemas may refer to each other in long chains
    const steps: Step[] = [{ before, after, path }];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      if (this.isNew(step)) steps.push(...this.look(step).reverse());
    }
  }

  private isNew({ before, after }: Step): boolean {
    const known = this.seen.get(before.identity) ?? new WeakSet();
    if (known.has(after.identity)) return false;
    known.add(after.identity);
    this.seen.set(before.identity, known);
    return true;
  }

  /** @returns what is inside: properties, then what is in lists and maps */
  private look(step: Step): Step[] {
    const { before, after, path } = step;
    this.visitor.pair({ before, after }, path);
    return [
      ...this.properties(step),
      ...this.items(step),
      ...this.inner(before.additional, after.additional, `${after.pointer}/additionalProperties`, below(path, '*')),
    ];
  }

  private properties({ before, after, path }: Step): Step[] {
    const { gone, kept, added } = this.schemas.propertyDifferences(before, after);
    for (const name of gone) this.visitor.gone?.(name, below(path, name), after, added);
    const inner: Step[] = [];
    for (const name of kept) {
      const old = before.properties.get(name);
      const now = after.properties.get(name);
      if (old === undefined || now === undefined) continue;
      const here = below(path, name);
      this.visitor.kept?.({ before: old, after: now }, here);
      inner.push({ before: this.schemas.before.view(old), after: this.schemas.after.view(now), path: here });
    }
    for (const name of added) {
      const property = after.properties.get(name);
      if (property !== undefined) this.visitor.added?.(property, below(path, name));
    }
    return inner;
  }

  /** A list that doesn't tell what is in it holds anything; what is not a list any more holds nothing. */
  private items({ before, after, path }: Step): Step[] {
    const pointer = `${after.pointer}/items`;
    const inside = `${path}[]`;
    const areLists = before.type === 'array' && after.type === 'array';
    if (!areLists) return this.inner(before.items, after.items, pointer, inside);
    if (before.items === undefined && after.items === undefined) return [];
    const old = before.items === undefined ? anyItem(before.pointer) : this.schemas.before.view(before.items);
    const now = after.items === undefined ? anyItem(pointer) : this.schemas.after.view(after.items);
    return [{ before: old, after: now, path: inside }];
  }

  /** What is in lists and maps: where that isn't described any more, its properties are gone. */
  private inner(before: Node | undefined, after: Node | undefined, pointer: string, path: string): Step[] {
    if (before === undefined) return [];
    const now = after === undefined ? nothing(pointer) : this.schemas.after.view(after);
    return [{ before: this.schemas.before.view(before), after: now, path }];
  }
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Where a property that is gone would be. */
export const pointerOfProperty = (parent: SchemaView, name: string): string =>
  parent.pointer + toPointer(['properties', name]);
