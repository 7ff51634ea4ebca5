import type { Json } from '../../connector/json/value.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { oncePerConnector } from '../engine/rule.ts';
import { type Outlines, outlines } from './schema-outline.ts';

/**
 * How many schemas are under a schema, references followed, as the service counts them: a definition that is used
 * twice counts twice. A loop counts once.
 */
export const schemaCounter = oncePerConnector((connector) => new SchemaCounter(connector));

/** A chain of references that is longer ends there: long enough to count, too short for the stack. */
const maxChain = 1000;

export class SchemaCounter {
  private readonly connector: ConnectorModel;
  private readonly outlines: Outlines;
  /** By the text of the reference: resolving is dearer than looking up. */
  private readonly targets = new Map<string, number>();

  constructor(connector: ConnectorModel) {
    this.connector = connector;
    this.outlines = outlines(connector);
  }

  /** @param chain how many references led here */
  count(schema: Json | undefined, chain = 0): number {
    if (chain > maxChain) return 0;
    const { schemas, references } = this.outlines.of(schema);
    let count = schemas;
    for (const reference of references) count += this.target(reference, chain + 1);
    return count;
  }

  private target(reference: string, chain: number): number {
    const known = this.targets.get(reference);
    if (known !== undefined) return known;
    this.targets.set(reference, 0); // what a loop finds
    const count = this.count(this.connector.resolve(reference), chain);
    this.targets.set(reference, count);
    return count;
  }
}
