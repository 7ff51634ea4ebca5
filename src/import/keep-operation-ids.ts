import {
  asArray,
  asObject,
  asString,
  clone,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { freeName } from '../language/words.ts';
import type { ImportResult } from './import-description.ts';

/** An import with the ids and paths that the repository has. */
export interface KeptIds {
  result: ImportResult;
  /** The ids of the repository whose operations the description calls otherwise, with its names for them. */
  upstream: Record<string, string>;
}

interface Place {
  path: string;
  method: string;
  value: JsonObject;
}

/**
 * Flows refer to an operation by its id and by the names of its parameters, so both belong to the repository once they
 * are there: an operation of the description is one of the repository's when method and path agree, whatever the
 * variables of the path are called.
 *
 * @param known definitions that may have the operation, the one that counts first: the repository's, the last import's
 */
export function keepOperationIds(converted: ImportResult, known: readonly JsonObject[]): KeptIds {
  const result = { ...converted, definition: clone(converted.definition) };
  result.properties = clone(converted.properties as unknown as Json) as unknown as ImportResult['properties'];
  const places = operationsOf(result.definition);
  const ids = chooseIds(places, known);
  const renamed = new Map([...ids].filter(([from, to]) => from !== to));
  for (const { value } of places) setOwn(value, 'operationId', ids.get(idOf(value)) ?? idOf(value));
  if (renamed.size > 0) {
    renameReferences(result.definition, renamed);
    renamePolicies(result.properties.policyTemplateInstances, renamed);
    result.routes = result.routes.map((route) => ({ ...route, id: renamed.get(route.id) ?? route.id }));
  }
  keepPaths(result.definition, known);
  const upstream = Object.fromEntries([...renamed].map(([theirs, ours]) => [ours, theirs]));
  return { result, upstream };
}

function operationsOf(definition: JsonObject): Place[] {
  return Object.entries(asObject(definition.paths)).flatMap(([path, item]) =>
    Object.entries(asObject(item)).flatMap(([method, value]) =>
      isObject(value) && !method.startsWith('x-') ? [{ path, method, value }] : [],
    ),
  );
}

const idOf = (operation: JsonObject): string => asString(getOwn(operation, 'operationId')) ?? '';

/** Without the names of the variables. */
const shapeOf = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}');

/** The id of each operation of the description, by the one that it came with. */
function chooseIds(places: readonly Place[], known: readonly JsonObject[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const definition of [...known].reverse()) {
    const byPlace = new Map(
      operationsOf(definition).map(({ path, method, value }) => [`${method} ${shapeOf(path)}`, idOf(value)]),
    );
    for (const { path, method, value } of places) {
      const id = byPlace.get(`${method} ${shapeOf(path)}`);
      if (id !== undefined && id !== '' && idOf(value) !== '') ids.set(idOf(value), id);
    }
  }
  // an id that is taken is another operation's for every flow that knows it, also when that operation has gone
  const taken = new Set(
    [...ids.values(), ...known.flatMap((one) => operationsOf(one).map(({ value }) => idOf(value)))].map(lower),
  );
  for (const { value } of places) {
    const id = idOf(value);
    if (id === '' || ids.has(id)) continue;
    const free = freeName(id, (name) => taken.has(lower(name)), '');
    taken.add(lower(free));
    ids.set(id, free);
  }
  return ids;
}

const lower = (text: string): string => text.toLowerCase();

/** Everything beside the operations themselves that names one: choices, fields, trees, capabilities, annotations. */
function renameReferences(value: Json, renamed: ReadonlyMap<string, string>, inExtension = false): void {
  if (Array.isArray(value)) {
    for (const item of value) renameReferences(item, renamed, inExtension);
    return;
  }
  if (!isObject(value)) return;
  if (inExtension) {
    for (const key of ['operationId', 'family']) {
      const to = renamed.get(asString(getOwn(value, key)) ?? '');
      if (to !== undefined) setOwn(value, key, to);
    }
  }
  for (const [key, inner] of Object.entries(value))
    renameReferences(inner, renamed, inExtension || key.startsWith('x-ms-'));
}

/** Their scopes, and titles that end with the operation's id: by the title the next import knows them again. */
function renamePolicies(policies: JsonObject[], renamed: ReadonlyMap<string, string>): void {
  const scope = 'x-ms-apimTemplate-operationName';
  for (const policy of policies) {
    const parameters = asObject(getOwn(policy, 'parameters'));
    const ids = getOwn(parameters, scope);
    if (Array.isArray(ids))
      setOwn(
        parameters,
        scope,
        ids.map((id) => renamed.get(asString(id) ?? '') ?? id),
      );
    const title = asString(getOwn(policy, 'title'));
    if (title !== undefined)
      setOwn(
        policy,
        'title',
        title.replaceAll(/\w+/g, (word, at: number) =>
          at + word.length === title.length ? (renamed.get(word) ?? word) : word,
        ),
      );
  }
}

/** A variable that the description calls otherwise keeps the repository's name. */
function keepPaths(definition: JsonObject, known: readonly JsonObject[]): void {
  const spelt = new Map<string, string>();
  for (const one of [...known].reverse())
    for (const path of Object.keys(asObject(one.paths))) spelt.set(shapeOf(path), path);
  const paths: JsonObject = {};
  for (const [path, item] of Object.entries(asObject(definition.paths))) {
    const ours = spelt.get(shapeOf(path));
    const isOurs = ours !== undefined && ours !== path && getOwn(asObject(definition.paths), ours) === undefined;
    if (isOurs) renameVariables(asObject(item), variablesOf(path), variablesOf(ours), definition);
    setOwn(paths, isOurs ? ours : path, item);
  }
  definition.paths = paths;
}

const variablesOf = (path: string): string[] => [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);

function renameVariables(
  item: JsonObject,
  from: readonly string[],
  to: readonly string[],
  definition: JsonObject,
): void {
  const names = new Map(from.map((name, index) => [name, to[index] ?? name]));
  const operations = Object.values(item).filter(isObject);
  for (const holder of [item, ...operations]) {
    for (const parameter of asArray(getOwn(holder, 'parameters')).filter(isObject)) {
      const name = names.get(asString(getOwn(parameter, 'name')) ?? '');
      if (getOwn(parameter, 'in') === 'path' && name !== undefined) setOwn(parameter, 'name', name);
    }
  }
  renameArguments(definition, new Set(operations.map(idOf)), names);
}

/** `parameters` of a reference to one of these operations. */
function renameArguments(value: Json, ids: ReadonlySet<string>, names: ReadonlyMap<string, string>): void {
  if (Array.isArray(value)) for (const item of value) renameArguments(item, ids, names);
  if (!isObject(value)) return;
  const given = getOwn(value, 'parameters');
  if (isObject(given) && ids.has(idOf(value)))
    setOwn(
      value,
      'parameters',
      Object.fromEntries(Object.entries(given).map(([name, argument]) => [names.get(name) ?? name, argument])),
    );
  for (const inner of Object.values(value)) renameArguments(inner, ids, names);
}
