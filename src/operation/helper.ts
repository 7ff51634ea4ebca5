import { pathVariables } from '../connector/facts/path-template.ts';
import { getOwn, isObject, type JsonObject, setOwn } from '../connector/json/value.ts';
import { describeFieldAnyway } from '../language/field-texts.ts';
import { titleCase } from '../language/words.ts';
import { callsOf, type DynamicArgument, type DynamicReference, type DynamicTree } from './dynamic.ts';
import type { NewHelper, NewOperation, NewParameter } from './model.ts';

/**
 * The internal operation behind a dynamic reference, as far as the reference tells: its parameters are the arguments,
 * its answer has the list and the properties that are named.
 *
 * @param inputs parameters of the calling operation
 */
export function helperOperation(
  helper: NewHelper,
  references: readonly DynamicReference[],
  inputs: readonly NewParameter[],
): NewOperation {
  const calls = references.flatMap(callsOf).filter((call) => call.operation === helper.id);
  const variables = pathVariables(helper.path);
  const names = [...new Set(calls.flatMap((call) => Object.keys(call.arguments)))];
  const parameters = names
    .filter((name) => !variables.includes(name))
    .map((name): NewParameter => {
      const given = calls.map((call) => call.arguments[name]);
      return { name, in: 'query', type: typeOf(given), required: given.every((one) => isCertain(one, inputs)) };
    });
  return {
    kind: 'internal',
    ...helper,
    parameters,
    response: { schema: schemaFor(calls) },
  };
}

/** What may be missing can't feed what is required (rule dynamic-reference-required). */
function isCertain(argument: DynamicArgument | undefined, inputs: readonly NewParameter[]): boolean {
  if (argument === undefined) return false;
  if (!('from' in argument)) return true;
  return inputs.some(
    ({ name, in: place, required }) => name === argument.from && (place === 'path' || required === true),
  );
}

function typeOf(given: readonly (DynamicArgument | undefined)[]): 'string' | 'number' | 'boolean' {
  const values = given.flatMap((argument) => (argument !== undefined && 'value' in argument ? [argument.value] : []));
  if (values.length > 0 && values.every((value) => typeof value === 'boolean')) return 'boolean';
  return values.length > 0 && values.every((value) => typeof value === 'number') ? 'number' : 'string';
}

function schemaFor(references: readonly DynamicReference[]): JsonObject {
  let schema: JsonObject = { type: 'object' };
  for (const reference of references) {
    if (reference.kind === 'schema') {
      if (reference.path !== '') objectAt(schema, reference.path.split('/'));
      continue;
    }
    const item: JsonObject = { type: 'object' };
    for (const path of [reference.value, reference.title]) setLeaf(item, path.split('/'), { type: 'string' });
    if (reference.kind === 'tree') addNode(item, reference);
    const list: JsonObject = { type: 'array', items: item };
    if (reference.collection === '') schema = list;
    else setLeaf(schema, reference.collection.split('/'), list);
  }
  return schema;
}

/** What an item of a tree has beside its value and its title. */
function addNode(item: JsonObject, { isParent, fullTitle = '' }: DynamicTree): void {
  if (!isParent.startsWith('(') && isParent !== 'true') setLeaf(item, isParent.split('/'), { type: 'boolean' });
  if (fullTitle !== '') setLeaf(item, fullTitle.split('/'), { type: 'string' });
}

function objectAt(schema: JsonObject, path: readonly string[]): JsonObject {
  let at = schema;
  for (const name of path) {
    const properties = getOwn(at, 'properties');
    const inner: JsonObject = isObject(properties) ? properties : {};
    at.properties = inner;
    const present = getOwn(inner, name);
    const next: JsonObject = isObject(present) ? present : { type: 'object', ...texts(name) };
    setOwn(inner, name, next);
    at = next;
  }
  return at;
}

const texts = (name: string): JsonObject => {
  const title = titleCase(name);
  return { 'x-ms-summary': title, description: describeFieldAnyway({ name }, title) };
};

function setLeaf(schema: JsonObject, path: readonly string[], value: JsonObject): void {
  const parent = objectAt(schema, path.slice(0, -1));
  const name = path.at(-1) ?? '';
  const properties = getOwn(parent, 'properties');
  const inner: JsonObject = isObject(properties) ? properties : {};
  parent.properties = inner;
  if (getOwn(inner, name) === undefined) setOwn(inner, name, { ...value, ...texts(name) });
}
