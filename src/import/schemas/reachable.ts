import { asObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { ConvertedOperation } from '../passes/operations.ts';
import { label } from '../passes/select.ts';
import { referencesIn } from './shrink.ts';

/** Names of all definitions that a value leads to. `edges`: what each definition refers to itself. */
function reachedFrom(value: Json | undefined, edges: (name: string) => Iterable<string>): Set<string> {
  const reached = new Set<string>();
  const queue = [...referencesIn(value)];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...edges(name));
  }
  return reached;
}

/** Removes definitions that nothing refers to any more, for example those of a body that a trigger has written out. */
export function removeUnreferenced(definition: JsonObject): void {
  if (definition.definitions === undefined) return;
  const definitions = asObject(definition.definitions);
  const reached = reachedFrom(definition.paths, (name) => referencesIn(definitions[name]));
  for (const name of Object.keys(definitions)) if (!reached.has(name)) delete definitions[name];
  if (Object.keys(definitions).length === 0) delete definition.definitions;
}

/** Operations with the size of everything that they reach, heaviest first: `GET /orders (12 KB)`. */
export function heaviest(operations: readonly ConvertedOperation[], definition: JsonObject): string[] {
  const definitions = Object.entries(asObject(definition.definitions));
  const sizes = new Map(definitions.map(([name, schema]) => [name, JSON.stringify(schema).length]));
  const edges = new Map(definitions.map(([name, schema]) => [name, [...referencesIn(schema)]]));
  const weighed = operations.map(({ source, value }) => {
    const reached = reachedFrom(value, (name) => edges.get(name) ?? []);
    const shared = [...reached].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    return { name: label(source), size: JSON.stringify(value).length + shared };
  });
  return weighed.sort((a, b) => b.size - a.size).map(({ name, size }) => `${name} (${Math.ceil(size / 1024)} KB)`);
}
