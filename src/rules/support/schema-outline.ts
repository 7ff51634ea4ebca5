import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { oncePerConnector } from '../engine/rule.ts';

/** Deep enough for every schema that can be sent, too short for the stack: what is nested deeper isn't read. */
const maxDepth = 1000;

const none: readonly string[] = [];

/** What a schema says itself, without what its references lead to: read once for all rules that follow references. */
export class SchemaOutline {
  /** How many schemas are written there, itself and those inside it; a reference isn't one. */
  schemas = 0;
  private found: string[] | undefined;

  constructor(schema: Json | undefined) {
    this.read(schema, 0);
  }

  /** The text of every `$ref`, as often as it is there. */
  get references(): readonly string[] {
    return this.found ?? none;
  }

  private read(value: Json | undefined, depth: number): void {
    if (!isObject(value) || depth > maxDepth) return;
    if (typeof value.$ref === 'string') {
      this.found ??= [];
      this.found.push(value.$ref);
      return;
    }
    this.schemas += 1;
    for (const key in value) {
      const part = value[key];
      // nearly all that a schema says is a text
      if (typeof part !== 'object') continue;
      if (key === 'properties') {
        if (isObject(part)) for (const name in part) this.read(part[name], depth + 1);
      } else if (key === 'items' || key === 'additionalProperties') {
        this.read(part, depth + 1);
      } else if (key === 'allOf' && Array.isArray(part)) {
        for (const each of part) this.read(each, depth + 1);
      }
    }
  }
}

const outlines = oncePerConnector(() => new Map<JsonObject, SchemaOutline>());

const empty = new SchemaOutline(undefined);

/** The outline of a schema, or of a definition; that of anything else is empty. */
export function outlineOf(schema: Json | undefined, connector: ConnectorModel): SchemaOutline {
  if (!isObject(schema)) return empty;
  const known = outlines(connector);
  let outline = known.get(schema);
  if (outline === undefined) {
    outline = new SchemaOutline(schema);
    known.set(schema, outline);
  }
  return outline;
}
