import { asArray, asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { definitionsInUse } from '../../connector/used-definitions.ts';
import type { ConnectorModel, Operation } from '../engine/model.ts';
import { oncePerConnector } from '../engine/rule.ts';
import { maxSchemaDepth } from '../engine/walk.ts';
import { definitionName, outlines } from './schema-outline.ts';

/** Which definitions refer to which, and which operations use them: found once, when a rule first asks. */

/** Where a schema is used: what an operation is sent, what it answers, what it notifies. */
export interface Use {
  operation: Operation;
  kind: 'input' | 'output' | 'notification';
}

/** The names of definitions that each one refers to, for those that refer to any. */
type Links = ReadonlyMap<string, ReadonlySet<string>>;

const definitionsOf = (connector: ConnectorModel): JsonObject => asObject(getOwn(connector.definition, 'definitions'));

const definitionLinks = oncePerConnector((connector): Links => {
  const links = new Map<string, ReadonlySet<string>>();
  const definitions = definitionsOf(connector);
  const known = outlines(connector);
  for (const name in definitions) {
    const targets = known.of(definitions[name]).definitions;
    if (targets.size > 0) links.set(name, targets);
  }
  return links;
});

/** The definitions that schemas consist of, directly or through other definitions. */
export function definitionsReached(connector: ConnectorModel, schemas: readonly (Json | undefined)[]): Set<string> {
  const found = new Set<string>();
  const known = outlines(connector);
  for (const schema of schemas) for (const name of known.of(schema).definitions) found.add(name);
  const links = definitionLinks(connector);
  // a set that grows while it is walked: every name is followed once
  for (const name of found) for (const next of links.get(name) ?? []) found.add(next);
  return found;
}

/** Definitions that contain themselves: all, and those where no value could ever be complete. */
export const loops = oncePerConnector((connector) => {
  const any = onLoop(definitionLinks(connector));
  const definitions = definitionsOf(connector);
  const needed = new Map([...any].map((name) => [name, neededBy(getOwn(definitions, name))]));
  return { any, required: onLoop(needed) };
});

/** Definitions that every value of a schema must contain: through required properties and allOf. */
function neededBy(schema: Json | undefined, into = new Set<string>(), depth = 0): Set<string> {
  if (!isObject(schema) || depth > maxSchemaDepth) return into;
  const reference = getOwn(schema, '$ref');
  if (typeof reference === 'string') {
    const name = definitionName(reference);
    return name === undefined ? into : into.add(name);
  }
  const properties = asObject(getOwn(schema, 'properties'));
  // each once: a name that is repeated at every level would double the work with each of them
  for (const name of new Set(asArray(getOwn(schema, 'required')))) {
    if (typeof name === 'string') neededBy(getOwn(properties, name), into, depth + 1);
  }
  for (const part of asArray(getOwn(schema, 'allOf'))) neededBy(part, into, depth + 1);
  return into;
}

/** The names that lie on a loop: strongly connected components by Tarjan, without recursion. */
function onLoop(links: Links): Set<string> {
  const found = new Set<string>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const work: { name: string; rest: Iterator<string> }[] = [];
  const enter = (name: string, targets: ReadonlySet<string>) => {
    low.set(name, index.size);
    index.set(name, index.size);
    open.push(name);
    isOpen.add(name);
    work.push({ name, rest: targets.values() });
  };
  for (const [start, targets] of links) {
    if (!index.has(start)) enter(start, targets);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { name, rest } = top;
      const next = rest.next();
      if (next.done !== true) {
        const further = links.get(next.value);
        if (next.value === name) found.add(name);
        // most definitions refer to nothing: no loop goes through them
        if (further === undefined) continue;
        if (!index.has(next.value)) enter(next.value, further);
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
  const uses = new Map<string, Use[]>();
  for (const use of referringUses(connector)) {
    for (const name of definitionsReached(connector, [use.schema])) {
      const list = uses.get(name);
      if (list === undefined) uses.set(name, [use]);
      else list.push(use);
    }
  }
  return uses;
});

/** Names of the definitions that operations use. */
export const usedDefinitions = oncePerConnector((connector) => {
  const schemas = referringUses(connector).map(({ schema }) => schema);
  const reached = definitionsReached(connector, schemas);
  // mostly these are all; only for the others every `$ref` counts, wherever it is
  for (const name in definitionsOf(connector)) if (!reached.has(name)) return definitionsInUse(connector.definition);
  return reached;
});

/** The schemas of operations that refer to definitions. */
const referringUses = oncePerConnector((connector) => {
  const found: (Use & { schema: Json | undefined })[] = [];
  const known = outlines(connector);
  const add = (operation: Operation, kind: Use['kind'], schema: Json | undefined) => {
    if (known.of(schema).definitions.size > 0) found.push({ operation, kind, schema });
  };
  for (const operation of connector.operations) {
    for (const parameter of operation.parameters) add(operation, 'input', getOwn(parameter.value, 'schema'));
    for (const response of operation.responses) add(operation, 'output', getOwn(response.value, 'schema'));
    const content = asObject(getOwn(operation.pathItem.value, 'x-ms-notification-content'));
    add(operation, 'notification', getOwn(content, 'schema'));
  }
  return found;
});
