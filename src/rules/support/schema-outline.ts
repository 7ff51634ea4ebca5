import { fromPointer } from '../../connector/json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { oncePerConnector } from '../engine/rule.ts';

/** Deep enough for every schema that can be sent, too short for the stack: what is nested deeper isn't read. */
const maxDepth = 1000;

const none: readonly string[] = [];
const noNames: ReadonlySet<string> = new Set();

const section = '#/definitions/';

/** The definition that a `$ref` names; undefined when it points elsewhere. */
export function definitionName(reference: string): string | undefined {
  if (!reference.startsWith(section)) return undefined;
  const rest = reference.slice(section.length);
  if (!/[/~%]/.test(rest)) return rest;
  const path = fromPointer(reference);
  return path.length === 2 ? path[1] : undefined;
}

function namesOf(references: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const reference of references) {
    const name = definitionName(reference);
    if (name !== undefined) names.add(name);
  }
  return names;
}

/** What a schema says itself, without what its references lead to: read once for all rules that follow references. */
export class SchemaOutline {
  /** How many schemas are written there, itself and those inside it; a reference isn't one. */
  schemas = 0;
  private found: string[] | undefined;
  private names: ReadonlySet<string> | undefined;

  constructor(schema: Json | undefined) {
    this.read(schema, 0);
  }

  /** The text of every `$ref`, as often as it is there. */
  get references(): readonly string[] {
    return this.found ?? none;
  }

  /** The definitions that they name. */
  get definitions(): ReadonlySet<string> {
    this.names ??= this.found === undefined ? noNames : namesOf(this.found);
    return this.names;
  }

  private read(value: Json | undefined, depth: number): void {
    if (!isObject(value) || depth > maxDepth) return;
    // no object inherits any of these
    const { $ref, properties, items, additionalProperties, allOf } = value;
    if (typeof $ref === 'string') {
      this.found ??= [];
      this.found.push($ref);
      return;
    }
    this.schemas += 1;
    if (isObject(properties)) for (const name in properties) this.read(properties[name], depth + 1);
    if (items !== undefined) this.read(items, depth + 1);
    if (additionalProperties !== undefined) this.read(additionalProperties, depth + 1);
    if (Array.isArray(allOf)) for (const part of allOf) this.read(part, depth + 1);
  }
}

const empty = new SchemaOutline(undefined);

/** The outlines of a connector's schemas. */
export const outlines = oncePerConnector(() => new Outlines());

export class Outlines {
  private readonly known = new Map<JsonObject, SchemaOutline>();

  /** The outline of a schema; that of anything else is empty. */
  of(schema: Json | undefined): SchemaOutline {
    if (!isObject(schema)) return empty;
    let outline = this.known.get(schema);
    if (outline === undefined) {
      outline = new SchemaOutline(schema);
      this.known.set(schema, outline);
    }
    return outline;
  }
}
