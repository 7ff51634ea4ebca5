import { asArray, asObject, getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';
import { pascalCase, proposeOperationId } from '../../language/operation-ids.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Operation } from '../engine/model.ts';
import { type Fix, oncePerConnector } from '../engine/rule.ts';

/** Operation ids for fixes: how they should read, and everything of the connector that refers to them. */

/** Deeper than any place where an operation is named. */
const maxDepth = 200;

/** Everything that names an operation by its id, in the definition and in apiProperties.json. */
const references = oncePerConnector((connector) => {
  const found = new Map<string, Location[]>();
  const add = (id: Json | undefined, place: Location) => {
    if (typeof id !== 'string') return;
    const places = found.get(id);
    if (places === undefined) found.set(id, [place]);
    else places.push(place);
  };
  const declared = new Set<JsonObject>(connector.operations.map((operation) => operation.value));
  const path: (string | number)[] = [];
  const search = (value: Json | undefined, root: Location): void => {
    if (typeof value !== 'object' || value === null || path.length > maxDepth) return;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        path.push(index);
        search(value[index], root);
        path.pop();
      }
      return;
    }
    for (const key in value) {
      const child = value[key];
      if (typeof child === 'object') {
        path.push(key);
        search(child, root);
        path.pop();
      } else if (key === 'operationId' && !declared.has(value)) add(child, root.at(...path, key));
    }
  };
  if (connector.root !== undefined) search(connector.definition, connector.root);
  const { propertiesPlace, properties } = connector;
  if (propertiesPlace !== undefined) {
    const name = 'x-ms-apimTemplate-operationName';
    const lists: [Json | undefined, Location][] = [
      ...connector.policies.map(({ parameters, place }): [Json | undefined, Location] => [
        getOwn(parameters, name),
        place.at('parameters', name),
      ]),
      [getOwn(properties, 'scriptOperations'), propertiesPlace.at('scriptOperations')],
      [getOwn(asObject(getOwn(properties, 'script')), 'operationIds'), propertiesPlace.at('script', 'operationIds')],
    ];
    for (const [list, place] of lists) for (const [index, id] of asArray(list).entries()) add(id, place.at(index));
  }
  return found;
});

/** How often each id is in the definition, compared without case. */
const uses = oncePerConnector((connector) => {
  const counts = new Map<string, number>();
  for (const { id } of connector.operations) counts.set(id.toLowerCase(), (counts.get(id.toLowerCase()) ?? 0) + 1);
  return counts;
});

/** How often each id would be there if all were in PascalCase. */
const pascalUses = oncePerConnector((connector) => {
  const counts = new Map<string, number>();
  for (const { id } of connector.operations) {
    const wanted = (inPascalCase(id) ?? id).toLowerCase();
    counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
  }
  return counts;
});

/** The id in PascalCase; undefined when no such id comes out. */
const inPascalCase = (id: string): string | undefined => {
  const name = pascalCase(id);
  return /^[A-Z]/.test(name) ? name : undefined;
};

/**
 * Renames an operation to PascalCase, together with all that refers to it in the connector. What refers to it
 * elsewhere, flows and apps, breaks: an unsafe fix.
 *
 * @returns nothing when the new name would be taken, or the old one doesn't tell which operation is meant
 */
export function renameToPascalCase(operation: Operation, connector: ConnectorModel): Fix[] {
  const { id } = operation;
  const to = inPascalCase(id);
  if (to === undefined || to === id) return [];
  if ((uses(connector).get(id.toLowerCase()) ?? 0) > 1 || (pascalUses(connector).get(to.toLowerCase()) ?? 0) > 1) {
    return [];
  }
  const places = [operation.place.at('operationId'), ...(references(connector).get(id) ?? [])];
  const fixes: Fix[] = places.map((at) => ({ op: 'set', at, value: to }));
  const { script } = connector.files;
  if (script !== undefined) {
    fixes.push({ op: 'text', file: script, edit: (text) => text.replaceAll(`"${id}"`, `"${to}"`) });
  }
  return fixes;
}

/** Ids for the operations that have none, by method and path. */
export const proposedIds = oncePerConnector((connector) => {
  const taken = new Set(connector.operations.map((operation) => operation.id.toLowerCase()));
  const proposed = new Map<Operation, string>();
  for (const operation of connector.operations) {
    if (operation.id.trim() !== '') continue;
    const wish = proposeOperationId(operation.method, operation.path);
    let id = wish;
    for (let number = 2; taken.has(id.toLowerCase()); number += 1) id = `${wish}${number}`;
    taken.add(id.toLowerCase());
    proposed.set(operation, id);
  }
  return proposed;
});
