import { getOwn } from '../connector/json/value.ts';
import type { Operation } from '../rules/engine/model.ts';
import type { BeforeAfter } from './before-after.ts';
import { byKey, rootView } from './compare-inputs.ts';
import { notification, successes } from './compare-outputs.ts';
import { SchemaPair } from './schema-pair.ts';
import { nothing } from './schema-view.ts';
import { modelOf, type Version } from './version.ts';
import { SchemaWalk } from './walk-schemas.ts';

/** What an update brings that makers see and that breaks nothing. */
export interface Additions {
  operations: Operation[];
  /** By operation: names as makers would say, `items[].name`. */
  inputs: Map<Operation, string[]>;
  outputs: Map<Operation, string[]>;
  /** Operations that shouldn't be used in new work any more. */
  deprecated: Operation[];
}

/** New operations, inputs and outputs, as far as makers see them. Required inputs are `compareVersions`' to tell. */
export function findAdditions(before: Version, after: Version): Additions {
  const models = { before: modelOf(before), after: modelOf(after) };
  const schemas = new SchemaPair({ before: models.before.definition, after: models.after.definition });
  const places = new Set(models.before.operations.map(({ method, path }) => `${method} ${path}`));
  const found: Additions = { operations: [], inputs: new Map(), outputs: new Map(), deprecated: [] };
  for (const operation of models.after.operations) {
    if (!operation.visible) continue;
    const old = models.before.operationsById.get(operation.id);
    if (old === undefined) {
      // one with another name only is reported as a change
      if (!places.has(`${operation.method} ${operation.path}`)) found.operations.push(operation);
      continue;
    }
    const pair = { before: old, after: operation };
    const inputs = newInputs(pair, schemas);
    const outputs = newOutputs(pair, schemas);
    if (inputs.length > 0) found.inputs.set(operation, inputs);
    if (outputs.length > 0) found.outputs.set(operation, outputs);
    if (!isDeprecated(old) && isDeprecated(operation)) found.deprecated.push(operation);
  }
  return found;
}

const isDeprecated = ({ value }: Operation): boolean => getOwn(value, 'deprecated') === true;

function newInputs({ before, after }: BeforeAfter<Operation>, schemas: SchemaPair): string[] {
  const names: string[] = [];
  const known = new Set(before.parameters.map(({ name }) => name));
  const old = byKey(before.parameters);
  for (const [key, parameter] of byKey(after.parameters)) {
    const same = old.get(key);
    const isBody = parameter.in === 'body';
    if (same === undefined && !isBody) {
      const { value, name } = parameter;
      const isShown = getOwn(value, 'x-ms-visibility') !== 'internal' && getOwn(value, 'required') !== true;
      if (isShown && !known.has(name)) names.push(name);
    } else if (isBody) {
      const walk = walkFor(schemas, (path) => names.push(path), { required: false });
      const view = same === undefined ? nothing('') : rootView(schemas.before, same);
      walk.run(view, rootView(schemas.after, parameter), '');
    }
  }
  return [...new Set(names)];
}

function newOutputs({ before, after }: BeforeAfter<Operation>, schemas: SchemaPair): string[] {
  const names: string[] = [];
  const walk = walkFor(schemas, (path) => names.push(path), { required: true });
  const old = successes(before);
  const [first] = old.values();
  for (const [code, node] of successes(after)) {
    const same = old.get(code) ?? first;
    walk.run(same === undefined ? nothing('') : schemas.before.view(same), schemas.after.view(node), '');
  }
  const told = notification(after);
  const known = notification(before);
  if (told !== undefined) {
    walk.run(known === undefined ? nothing('') : schemas.before.view(known), schemas.after.view(told), '');
  }
  return [...new Set(names)];
}

/** @param required also such properties: of an output that means that they are always there */
function walkFor(schemas: SchemaPair, found: (path: string) => void, { required }: { required: boolean }) {
  return new SchemaWalk(schemas, {
    pair: () => {},
    added: (property, path) => {
      if ((required || !property.required) && !schemas.after.view(property).internal) found(path);
    },
  });
}
