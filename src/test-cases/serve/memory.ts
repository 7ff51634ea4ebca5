import { clone, type JsonObject } from '../../connector/json/value.ts';

/** What was sent to the mock service, as data. */

/** The records of one path, such as `/orders` or `/customers/7/orders`. */
interface Collection {
  /** By id, in the order in which they came. */
  records: Map<string, JsonObject>;
  /** Ids of what was deleted. */
  gone: Set<string>;
  /** How many records were made: the next one gets a number of its own. */
  made: number;
}

/** More than any test has; a client that runs wild ends there. */
export const mostRecords = 10_000;

export class Memory {
  private readonly collections = new Map<string, Collection>();
  private count = 0;

  /** @returns undefined where nothing of that id was sent */
  find(path: string, id: string): JsonObject | undefined {
    const record = this.collections.get(path)?.records.get(id);
    return record === undefined ? undefined : clone(record);
  }

  isGone(path: string, id: string): boolean {
    return this.collections.get(path)?.gone.has(id) ?? false;
  }

  entries(path: string): [id: string, record: JsonObject][] {
    return [...(this.collections.get(path)?.records ?? [])].map(([id, record]) => [id, clone(record)]);
  }

  /** Whether another record has room. */
  get isFull(): boolean {
    return this.count >= mostRecords;
  }

  /** The number of the next record of a path: 1, 2, 3, … */
  nextNumber(path: string): number {
    const collection = this.at(path);
    collection.made += 1;
    return collection.made;
  }

  keep(path: string, id: string, record: JsonObject): void {
    const { records, gone } = this.at(path);
    if (!records.has(id)) this.count += 1;
    records.set(id, clone(record));
    if (gone.delete(id)) this.count -= 1;
  }

  remove(path: string, id: string): void {
    const { records, gone } = this.at(path);
    const wasKnown = records.delete(id) || gone.has(id);
    if (!wasKnown) this.count += 1;
    gone.add(id);
  }

  private at(path: string): Collection {
    const known = this.collections.get(path) ?? { records: new Map(), gone: new Set(), made: 0 };
    this.collections.set(path, known);
    return known;
  }
}
