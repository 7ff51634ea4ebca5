import { fromPointer, below as pointerBelow } from '../connector/json/pointer.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  strings,
  valueAt,
} from '../connector/json/value.ts';

/** A schema with the place in the definition that it is written at: references are followed. */
export interface SchemaView {
  node: JsonObject;
  pointer: string;
}

/** References that lead in a circle, or one to the next, end somewhere. */
const mostHops = 20;

/** The schemas of a definition, as the engine looks at them: with references and `allOf`. */
export class Schemas {
  private readonly definition: JsonObject;

  constructor(definition: JsonObject) {
    this.definition = definition;
  }

  /** What a value at a pointer is or refers to. */
  view(value: Json | undefined, pointer: string): SchemaView {
    let node = asObject(value);
    let at = pointer;
    for (let hops = 0; hops < mostHops; hops += 1) {
      const reference = asString(getOwn(node, '$ref'));
      if (reference === undefined || !reference.startsWith('#/')) break;
      const path = fromPointer(reference);
      node = asObject(valueAt(this.definition, path));
      at = pointerBelow('', ...path);
    }
    return { node, pointer: at };
  }

  below(view: SchemaView, ...path: string[]): SchemaView {
    return this.view(valueAt(view.node, path), pointerBelow(view.pointer, ...path));
  }

  /** The schema itself, and everything that `allOf` adds to it, each once. */
  parts(view: SchemaView): SchemaView[] {
    if (asArray(getOwn(view.node, 'allOf')).length === 0) return [view];
    const found = new Map<string, SchemaView>();
    const collect = (part: SchemaView): void => {
      if (found.has(part.pointer)) return;
      found.set(part.pointer, part);
      asArray(getOwn(part.node, 'allOf')).forEach((_, index) => {
        collect(this.below(part, 'allOf', String(index)));
      });
    };
    collect(view);
    return [...found.values()];
  }

  properties(view: SchemaView): Map<string, SchemaView> {
    const found = new Map<string, SchemaView>();
    for (const part of this.parts(view)) {
      for (const name of Object.keys(asObject(getOwn(part.node, 'properties')))) {
        if (!found.has(name)) found.set(name, this.below(part, 'properties', name));
      }
    }
    return found;
  }

  /** Without looking at any of them. */
  hasProperties(view: SchemaView): boolean {
    return this.parts(view).some(({ node }) => Object.keys(asObject(getOwn(node, 'properties'))).length > 0);
  }

  required(view: SchemaView): Set<string> {
    return new Set(this.parts(view).flatMap(({ node }) => strings(getOwn(node, 'required'))));
  }

  /** All types that are allowed; none: any. */
  types(view: SchemaView): string[] {
    for (const { node } of this.parts(view)) {
      const type = getOwn(node, 'type');
      if (typeof type === 'string') return [type];
      if (Array.isArray(type)) return strings(type);
    }
    if (this.hasProperties(view)) return ['object'];
    return getOwn(view.node, 'items') === undefined ? [] : ['array'];
  }

  isType(view: SchemaView, type: string): boolean {
    return this.types(view).includes(type);
  }

  keyword(view: SchemaView, name: string): Json | undefined {
    for (const { node } of this.parts(view)) {
      const value = getOwn(node, name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The schema of properties that aren't declared; undefined where none are allowed. */
  others(view: SchemaView): SchemaView | undefined {
    const nodes = this.parts(view);
    for (const part of nodes) {
      const additional = getOwn(part.node, 'additionalProperties');
      if (isObject(additional)) return this.below(part, 'additionalProperties');
      if (additional === true) return { node: {}, pointer: part.pointer };
    }
    const isDynamic = nodes.some(
      ({ node }) =>
        getOwn(node, 'x-ms-dynamic-schema') !== undefined || getOwn(node, 'x-ms-dynamic-properties') !== undefined,
    );
    return isDynamic || !this.hasProperties(view) ? { node: {}, pointer: view.pointer } : undefined;
  }
}

/** In lower case; a misspelling that the designer knows counts, too (docs/reference/runtime.md#designer). */
export function visibilityOf(node: JsonObject): string {
  const value = asString(getOwn(node, 'x-ms-visibility')) ?? asString(getOwn(node, 'x-ms-visiblity')) ?? '';
  return value.trim().toLowerCase();
}

export const isInternal = (node: JsonObject): boolean => visibilityOf(node) === 'internal';

/** What the designer calls an input. */
export const labelOf = (node: JsonObject, name: string): string =>
  asString(getOwn(node, 'title')) || asString(getOwn(node, 'x-ms-summary')) || name;
