import { below } from '../../connector/json/pointer.ts';
import { asString, isObject, type JsonObject, strings } from '../../connector/json/value.ts';
import type { Report } from '../report.ts';
import type { Definition } from './definitions.ts';

/** A required property that leads to another definition. */
interface Demand {
  readonly target: string;
  readonly owner: JsonObject;
  readonly property: string;
  readonly at: string;
}

/**
 * A chain of required properties that comes back to its start could never be filled: one of them becomes optional.
 * Lists break the chain, since they may be empty.
 */
export function breakRequiredCycles(definitions: readonly Definition[], report: Report): void {
  const demands = new Map(
    definitions.map((definition) => [definition.name, demandsOf(definition.schema, definition.at)]),
  );
  const done = new Set<string>();
  for (const { name } of definitions) {
    if (done.has(name)) continue;
    const path = new Set([name]);
    const stack = [{ name, rest: [...(demands.get(name) ?? [])] }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const demand = top.rest.shift();
      if (demand === undefined) {
        path.delete(top.name);
        done.add(top.name);
        stack.pop();
      } else if (path.has(demand.target)) {
        relax(demand);
        report.lossy(
          'required-cycle',
          below(demand.at, 'properties', demand.property),
          `${demand.property} is optional here: it leads back to itself.`,
        );
      } else if (!done.has(demand.target)) {
        path.add(demand.target);
        stack.push({ name: demand.target, rest: [...(demands.get(demand.target) ?? [])] });
      }
    }
  }
}

function relax({ owner, property }: Demand): void {
  const rest = strings(owner.required).filter((name) => name !== property);
  if (rest.length === 0) delete owner.required;
  else owner.required = rest;
}

function demandsOf(schema: JsonObject, at: string): Demand[] {
  const found: Demand[] = [];
  const { properties } = schema;
  if (!isObject(properties)) return found;
  for (const property of strings(schema.required)) {
    const value = properties[property];
    if (!isObject(value)) continue;
    const reference = asString(value.$ref);
    if (reference !== undefined)
      found.push({ target: reference.replace('#/definitions/', ''), owner: schema, property, at });
    else found.push(...demandsOf(value, below(at, 'properties', property)));
  }
  return found;
}
