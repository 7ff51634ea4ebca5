import { fromPointer } from '../connector/json/pointer.ts';
import { asObject, deepEqual, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import type { BeforeAfter } from './before-after.ts';
import { type PropertyView, Schemas, type SchemaView } from './schema-view.ts';

/** Names of properties. */
export interface PropertyDifferences {
  gone: string[];
  /** Those of both versions that aren't the same in all that they lead to. */
  kept: string[];
  added: string[];
}

/**
 * The schemas of two versions of a definition. What is the same in both is found once: in definitions whose operations
 * all reach the same schemas, looking at each for each operation would take minutes.
 */
export class SchemaPair implements BeforeAfter<Schemas> {
  readonly before: Schemas;
  readonly after: Schemas;
  private readonly unchanged: ReadonlySet<string>;
  private readonly known = new WeakMap<JsonObject, WeakMap<JsonObject, PropertyDifferences>>();

  constructor({ before, after }: BeforeAfter<JsonObject>) {
    this.before = new Schemas(before);
    this.after = new Schemas(after);
    this.unchanged = unchangedSchemas(asObject(getOwn(before, 'definitions')), asObject(getOwn(after, 'definitions')));
  }

  propertyDifferences(before: SchemaView, after: SchemaView): PropertyDifferences {
    const ofBefore = this.known.get(before.identity) ?? new WeakMap<JsonObject, PropertyDifferences>();
    this.known.set(before.identity, ofBefore);
    const known = ofBefore.get(after.identity) ?? this.compare(before.properties, after.properties);
    ofBefore.set(after.identity, known);
    return known;
  }

  private compare(before: SchemaView['properties'], after: SchemaView['properties']): PropertyDifferences {
    const names = [...before.keys()];
    return {
      gone: names.filter((name) => !after.has(name)),
      kept: names.filter((name) => {
        const old = before.get(name);
        const now = after.get(name);
        return old !== undefined && now !== undefined && !this.isSame(old, now);
      }),
      added: [...after.keys()].filter((name) => !before.has(name)),
    };
  }

  private isSame(before: PropertyView, after: PropertyView): boolean {
    return (
      before.required === after.required &&
      deepEqual(before.value, after.value) &&
      [...namesIn(before.value)].every((name) => this.unchanged.has(name))
    );
  }
}

/** Names of shared schemas that are the same in both, with all that they refer to. */
function unchangedSchemas(before: JsonObject, after: JsonObject): Set<string> {
  const unchanged = new Set<string>();
  const usersOf = new Map<string, Set<string>>();
  const changed = new Set<string>();
  for (const [name, schema] of Object.entries(before)) {
    if (deepEqual(schema, getOwn(after, name))) unchanged.add(name);
    else changed.add(name);
    for (const used of namesIn(schema)) {
      if (!Object.hasOwn(before, used)) changed.add(used);
      usersOf.set(used, (usersOf.get(used) ?? new Set()).add(name));
    }
  }
  // a set takes in what is added while it is walked: all that lead to a changed schema
  for (const name of changed) {
    unchanged.delete(name);
    for (const user of usersOf.get(name) ?? []) changed.add(user);
  }
  return unchanged;
}

/** The shared schemas that a schema refers to; what is referred to elsewhere counts as changed. */
function namesIn(schema: Json): Set<string> {
  const names = new Set<string>();
  const rest: Json[] = [schema];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (Array.isArray(value)) rest.push(...value);
    if (!isObject(value)) continue;
    const reference = getOwn(value, '$ref');
    if (typeof reference === 'string') names.add(nameIn(reference));
    rest.push(...Object.values(value));
  }
  return names;
}

function nameIn(reference: string): string {
  const [section, name] = reference.startsWith('#/') ? fromPointer(reference) : [];
  return section === 'definitions' && name !== undefined ? name : reference;
}
