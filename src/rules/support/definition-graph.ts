import { fromPointer } from '../../connector/json/pointer.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { ConnectorModel, Operation } from '../engine/model.ts';
import { oncePerConnector } from '../engine/rule.ts';
import { maxSchemaDepth } from '../engine/walk.ts';

/** Which definitions refer to which, and which operations use them: found once, when a rule first asks. */

interface Links {
  /** Definitions that this one refers to anywhere. */
  any: Set<string>;
  /** Definitions that every value of this one must contain: through required properties and allOf. */
  required: Set<string>;
}

/** Where a schema is used: what an operation is sent, what it answers, what it notifies. */
export interface Use {
  operation: Operation;
  kind: 'input' | 'output' | 'notification';
}

const section = '#/definitions/';

/** The definition that a `$ref` names; undefined when it points elsewhere. */
export function definitionName(reference: string): string | undefined {
  if (!reference.startsWith(section)) return undefined;
  const rest = reference.slice(section.length);
  if (/^\w+$/.test(rest)) return rest;
  const path = fromPointer(reference);
  return path.length === 2 ? path[1] : undefined;
}

/** The links of each definition. */
export const definitionLinks = oncePerConnector((connector) => {
  const links = new Map<string, Links>();
  for (const [name, value] of Object.entries(asObject(getOwn(connector.definition, 'definitions')))) {
    const found: Links = { any: new Set(), required: new Set() };
    collect(value, found, true, 0);
    links.set(name, found);
  }
  return links;
});

function collect(value: Json | undefined, into: Links, required: boolean, depth: number): void {
  if (!isObject(value) || depth > maxSchemaDepth) return;
  const reference = getOwn(value, '$ref');
  if (typeof reference === 'string') {
    const name = definitionName(reference);
    if (name === undefined) return;
    into.any.add(name);
    if (required) into.required.add(name);
    return;
  }
  const properties = getOwn(value, 'properties');
  if (isObject(properties)) {
    const needed = required ? getOwn(value, 'required') : undefined;
    for (const name in properties) {
      collect(properties[name], into, Array.isArray(needed) && needed.includes(name), depth + 1);
    }
  }
  collect(getOwn(value, 'items'), into, false, depth + 1);
  collect(getOwn(value, 'additionalProperties'), into, false, depth + 1);
  const parts = getOwn(value, 'allOf');
  if (Array.isArray(parts)) for (const part of parts) collect(part, into, required, depth + 1);
}

/** Definitions that contain themselves: all, and those where no value could ever be complete. */
export const loops = oncePerConnector((connector) => {
  const links = definitionLinks(connector);
  return { any: onLoop(links, 'any'), required: onLoop(links, 'required') };
});

/** The names that lie on a loop: strongly connected components by Tarjan, without recursion. */
function onLoop(links: Map<string, Links>, kind: keyof Links): Set<string> {
  const found = new Set<string>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  for (const [start, { [kind]: targets }] of links) {
    // most definitions refer to nothing: no loop goes through them
    if (targets.size === 0 || index.has(start)) continue;
    const work: { name: string; rest: Iterator<string> }[] = [];
    const enter = (name: string) => {
      index.set(name, index.size);
      low.set(name, index.size - 1);
      open.push(name);
      isOpen.add(name);
      work.push({ name, rest: (links.get(name)?.[kind] ?? new Set<string>()).values() });
    };
    enter(start);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { name, rest } = top;
      const next = rest.next();
      if (next.done !== true) {
        if (next.value === name) found.add(name);
        if (!index.has(next.value)) enter(next.value);
        else if (isOpen.has(next.value)) lower(low, name, index.get(next.value));
        continue;
      }
      work.pop();
      const outer = work.at(-1);
      if (outer !== undefined) lower(low, outer.name, low.get(name));
      if (low.get(name) !== index.get(name)) continue;
      const component = open.splice(open.lastIndexOf(name));
      for (const member of component) {
        isOpen.delete(member);
        if (component.length > 1) found.add(member);
      }
    }
  }
  return found;
}

function lower(low: Map<string, number>, name: string, to: number | undefined): void {
  const now = low.get(name);
  if (to !== undefined && (now === undefined || to < now)) low.set(name, to);
}

/** The operations that use each definition, directly or through others. */
export const definitionUses = oncePerConnector((connector) => {
  const links = definitionLinks(connector);
  const uses = new Map<string, Use[]>();
  for (const use of schemasInUse(connector)) {
    const direct: Links = { any: new Set(), required: new Set() };
    collect(use.schema, direct, false, 0);
    const reached = new Set(direct.any);
    for (const name of reached) for (const next of links.get(name)?.any ?? []) reached.add(next);
    for (const name of reached) {
      const list = uses.get(name) ?? [];
      list.push({ operation: use.operation, kind: use.kind });
      uses.set(name, list);
    }
  }
  return uses;
});

function schemasInUse(connector: ConnectorModel): (Use & { schema: JsonObject })[] {
  const found: (Use & { schema: JsonObject })[] = [];
  const add = (operation: Operation, kind: Use['kind'], schema: Json | undefined) => {
    if (isObject(schema)) found.push({ operation, kind, schema });
  };
  for (const operation of connector.operations) {
    for (const parameter of operation.parameters) add(operation, 'input', getOwn(parameter.value, 'schema'));
    for (const response of operation.responses) add(operation, 'output', getOwn(response.value, 'schema'));
    const content = asObject(getOwn(operation.pathItem.value, 'x-ms-notification-content'));
    add(operation, 'notification', getOwn(content, 'schema'));
  }
  return found;
}
