import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { ConvertedOperation } from '../passes/operations.ts';
import type { Report } from '../report.ts';
import { anyObjectProperty } from './definitions.ts';
import { referencesIn } from './shrink.ts';

/** Schemas under one body and under one operation, references followed: the service refuses more. */
const mostInBody = 512;
const mostInOperation = 16_384;
/** References followed at most where the number of schemas has to be limited. */
const deepest = 16;
/** Counts beyond this are all the same; entangled definitions would overflow numbers. */
const plenty = 1e9;
/** Definitions with at most so many schemas may stay beyond the depth, if there is room; the most generous first. */
const leafCounts = [64, 32, 16, 8, 4, 2] as const;

/** How much of a schema stays: references down to a depth, and beyond it small definitions. */
interface Cut {
  readonly depth: number;
  readonly leaf: number;
}

const prefix = '#/definitions/';

/**
 * Cuts schemas that hold more schemas than the service takes: references beyond some depth accept any object.
 * The definitions themselves stay as they are for everybody else; cut ones get a name of their own.
 */
export function limitSchemas(
  definition: JsonObject,
  operations: readonly ConvertedOperation[],
  places: ReadonlyMap<string, string>,
  report: Report,
): void {
  new Limiter(asObject(definition.definitions), places, report).run(definition, operations);
}

class Limiter {
  private readonly definitions: JsonObject;
  private readonly places: ReadonlyMap<string, string>;
  private readonly report: Report;
  private readonly shared = new Map<string, number>();
  private readonly limited = new Map<string, number>();
  private readonly heights = new Map<string, number>();
  private readonly references = new Map<string, ReadonlySet<string>>();
  private readonly reported = new Set<string>();
  private readonly copies = new Map<string, string>();

  constructor(definitions: JsonObject, places: ReadonlyMap<string, string>, report: Report) {
    this.definitions = definitions;
    this.places = places;
    this.report = report;
  }

  run(definition: JsonObject, operations: readonly ConvertedOperation[]): void {
    for (const { value, source } of operations) {
      let inBody = 0;
      for (const parameter of asArray(value.parameters)) {
        if (!isObject(parameter) || parameter.in !== 'body') continue;
        parameter.schema = this.fit(parameter.schema, mostInBody, source.at);
        inBody += this.count(parameter.schema);
      }
      const limit = Math.max(1, mostInOperation - inBody);
      for (const response of Object.values(asObject(value.responses))) {
        if (isObject(response) && response.schema !== undefined)
          response.schema = this.fit(response.schema, limit, source.at);
      }
    }
    if (this.copies.size > 0) definition.definitions = this.definitions;
  }

  /** The larger of two ways to count: with what was counted before, and from scratch, which differ where there are loops. */
  private count(schema: Json | undefined): number {
    return Math.max(this.under(schema, this.shared), this.under(schema, new Map()));
  }

  private under(schema: Json | undefined, known: Map<string, number>): number {
    if (!isObject(schema)) return 0;
    const name = nameOf(schema);
    if (name === undefined) return this.inner(schema, (inner) => this.under(inner, known));
    const count = known.get(name);
    if (count !== undefined) return count;
    known.set(name, 0);
    const total = this.under(this.definitions[name], known);
    known.set(name, total);
    return total;
  }

  private inner(schema: JsonObject, count: (inner: Json | undefined) => number): number {
    let total = 1;
    for (const property of Object.values(asObject(schema.properties))) total += count(property);
    total += count(schema.items) + count(schema.additionalProperties);
    return Math.min(total, plenty);
  }

  /** The same for what a cut leaves. */
  private countTo(schema: Json | undefined, cut: Cut): number {
    if (!isObject(schema)) return 0;
    const name = nameOf(schema);
    if (name === undefined) return this.inner(schema, (inner) => this.countTo(inner, cut));
    if (this.isLeaf(name, cut)) return this.under(schema, this.shared);
    if (cut.depth === 0) return 1;
    const key = `${cut.depth} ${cut.leaf} ${name}`;
    let count = this.limited.get(key);
    if (count === undefined) {
      count = this.countTo(this.definitions[name], { ...cut, depth: cut.depth - 1 });
      this.limited.set(key, count);
    }
    return count;
  }

  /** The schema itself when it is small enough, else one that follows references as deep as the limit allows. */
  private fit(schema: Json | undefined, limit: number, at: string): JsonObject {
    const whole = asObject(schema);
    if (this.count(whole) <= limit) return whole;
    // The properties at the top stay in any case.
    let depth = nameOf(whole) === undefined ? 0 : 1;
    while (depth < deepest && this.countTo(whole, { depth: depth + 1, leaf: 0 }) <= limit) depth += 1;
    if (this.countTo(whole, { depth, leaf: 0 }) > limit) return this.trim(whole, limit, at);
    const leaf = leafCounts.find((size) => this.countTo(whole, { depth, leaf: size }) <= limit) ?? 0;
    return asObject(this.cut(whole, { depth, leaf }, at));
  }

  /** Names that a definition refers to. */
  private targets(name: string): ReadonlySet<string> {
    let targets = this.references.get(name);
    if (targets === undefined) {
      targets = referencesIn(this.definitions[name]);
      this.references.set(name, targets);
    }
    return targets;
  }

  /** How many references deep a definition goes; infinite when it comes back to itself. */
  private height(name: string): number {
    const known = this.heights.get(name);
    if (known !== undefined) return known;
    this.heights.set(name, Number.POSITIVE_INFINITY);
    let height = 0;
    for (const target of this.targets(name)) height = Math.max(height, this.height(target) + 1);
    this.heights.set(name, height);
    return height;
  }

  private isLeaf(name: string, cut: Cut): boolean {
    return (
      cut.leaf > 0 && Number.isFinite(this.height(name)) && this.under({ $ref: prefix + name }, this.shared) <= cut.leaf
    );
  }

  /** `property`: the name under which the schema is, for the texts that an open object needs there. */
  private cut(schema: Json | undefined, cut: Cut, at: string, property?: string): Json {
    if (!isObject(schema)) return schema ?? {};
    const name = nameOf(schema);
    if (name !== undefined) {
      if (this.isLeaf(name, cut)) return schema;
      if (cut.depth > 0) return { $ref: prefix + this.copy(name, { ...cut, depth: cut.depth - 1 }, at) };
      this.reportCut(name, at);
      return property === undefined ? { type: 'object' } : anyObjectProperty(property);
    }
    const copy: JsonObject = { ...schema };
    if (isObject(schema.properties))
      copy.properties = Object.fromEntries(
        Object.entries(schema.properties).map(([key, inner]) => [key, this.cut(inner, cut, at, key)]),
      );
    if (isObject(schema.items)) copy.items = this.cut(schema.items, cut, at);
    if (isObject(schema.additionalProperties))
      copy.additionalProperties = this.cut(schema.additionalProperties, cut, at);
    return copy;
  }

  /** Everything that was reached through the cut is no longer described to its full depth. */
  private reportCut(name: string, at: string): void {
    if (this.reported.has(name)) return;
    const queue = [name];
    this.reported.add(name);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const pointer = this.places.get(next);
      if (pointer !== undefined)
        this.report.lossy(
          'depth-cut',
          pointer,
          `In the deeper parts of ${at} any object is accepted: the service takes ${mostInBody} schemas in a body and ${mostInOperation} in an operation.`,
        );
      for (const target of this.targets(next)) {
        if (this.reported.has(target)) continue;
        this.reported.add(target);
        queue.push(target);
      }
    }
  }

  /** The definition itself where it is flat enough, else a copy for this depth. */
  private copy(name: string, cut: Cut, at: string): string {
    if (this.height(name) <= cut.depth) return name;
    const key = `${cut.depth} ${cut.leaf} ${name}`;
    const known = this.copies.get(key);
    if (known !== undefined) return known;
    let copyName = `${name}_level${cut.depth}`;
    while (Object.hasOwn(this.definitions, copyName)) copyName += '_';
    this.copies.set(key, copyName);
    this.definitions[copyName] = {};
    this.definitions[copyName] = this.cut(this.definitions[name], cut, at);
    return copyName;
  }

  /** A schema that is too large even without its references: inner objects close, then optional properties go. */
  private trim(schema: JsonObject, limit: number, at: string): JsonObject {
    const name = nameOf(schema);
    const own = asObject(this.cut(name === undefined ? schema : this.definitions[name], { depth: 0, leaf: 0 }, at));
    const properties: JsonObject = {};
    const required = new Set(asArray(own.required).map(String));
    const place = name === undefined ? at : (this.places.get(name) ?? at);
    let room = limit - 2 - required.size;
    for (const [key, property] of Object.entries(asObject(own.properties))) {
      const closed = closeInner(property);
      if (closed !== property)
        this.report.lossy(
          'depth-cut',
          `${place}/properties/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          `Any value is accepted: the service takes ${limit} schemas here.`,
        );
      const size = this.countTo(closed, { depth: 0, leaf: 0 });
      if (required.has(key) || room >= size) properties[key] = closed;
      else
        this.report.dropped(
          'schema-count',
          `${place}/properties/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          `The property is left out: the service takes ${limit} schemas here.`,
        );
      if (!required.has(key)) room -= size;
    }
    if (own.type === 'array') return { ...own, items: { type: 'object' } };
    return { ...own, properties };
  }
}

/** Objects lose their properties, lists those of their members. */
function closeInner(property: Json): Json {
  if (!isObject(property)) return property;
  if (isObject(property.items) && (property.items.properties !== undefined || property.items.items !== undefined))
    return {
      ...property,
      items: { type: property.items.type ?? 'object', ...(property.items.type === 'array' ? { items: {} } : {}) },
    };
  if (property.properties === undefined && !isObject(property.additionalProperties)) return property;
  const { properties: _properties, required: _required, additionalProperties: _additional, ...rest } = property;
  return rest;
}

function nameOf(schema: JsonObject): string | undefined {
  const reference = asString(schema.$ref);
  return reference?.startsWith(prefix) === true ? reference.slice(prefix.length) : undefined;
}
