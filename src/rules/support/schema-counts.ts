import { getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { oncePerConnector } from '../engine/rule.ts';

/**
 * How many schemas are under a schema, references followed, as the service counts them: a definition that is used
 * twice counts twice. A loop counts once.
 */
export const schemaCounter = oncePerConnector((connector) => new SchemaCounter(connector));

/** A chain of references and nestings that is deeper ends there: deep enough to count, too short for the stack. */
const maxDepth = 1000;

export class SchemaCounter {
  private readonly connector: ConnectorModel;
  private readonly known = new Map<JsonObject, number>();
  /** By the text of the reference: resolving is dearer than looking up. */
  private readonly targets = new Map<string, number>();

  constructor(connector: ConnectorModel) {
    this.connector = connector;
  }

  count(value: Json | undefined): number {
    return this.under(value, 0);
  }

  private under(value: Json | undefined, depth: number): number {
    if (!isObject(value) || depth > maxDepth) return 0;
    const reference = getOwn(value, '$ref');
    if (typeof reference === 'string') return this.target(reference, depth);
    const known = depth === 0 ? this.known.get(value) : undefined;
    if (known !== undefined) return known;
    let count = 1;
    const properties = getOwn(value, 'properties');
    if (isObject(properties)) for (const name in properties) count += this.under(properties[name], depth + 1);
    count +=
      this.under(getOwn(value, 'items'), depth + 1) + this.under(getOwn(value, 'additionalProperties'), depth + 1);
    const allOf = getOwn(value, 'allOf');
    if (Array.isArray(allOf)) for (const part of allOf) count += this.under(part, depth + 1);
    // only roots are asked for again; remembering every schema would cost more than it saves
    if (depth === 0) this.known.set(value, count);
    return count;
  }

  private target(reference: string, depth: number): number {
    const known = this.targets.get(reference);
    if (known !== undefined) return known;
    this.targets.set(reference, 0); // what a loop finds
    const count = this.under(this.connector.resolve(reference), depth + 1);
    this.targets.set(reference, count);
    return count;
  }
}
