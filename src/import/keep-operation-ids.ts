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
import { hasHostPolicy, keepBasePath } from './base-path.ts';
import type { ImportResult } from './import-description.ts';
import { idOf, matchOperations, operationsOf, type Place, pathShape } from './known-operations.ts';

/** An import with the ids and paths that the repository has. */
export interface KeptIds {
  result: ImportResult;
  /** New operations whose own id is another's: the ids that they have got. */
  taken: string[];
  /** The ids of the repository whose operations the description calls otherwise, with its names for them. */
  upstream: Record<string, string>;
}

/**
 * Flows refer to an operation by its id and by the names of its parameters, so both belong to the repository once they
 * are there: an operation of the description is one of the repository's when method and path agree, whatever the
 * variables of the path are called and wherever its base path ends; else when the last description had the same id for it.
 *
 * @param known definitions that may have the operation, the one that counts first: the repository's, the last import's
 * @param upstreamIds what the last description called operations, where that differs; undefined: there was none
 */
export function keepOperationIds(
  converted: ImportResult,
  known: readonly JsonObject[],
  upstreamIds?: JsonObject,
): KeptIds {
  const result = { ...converted, definition: clone(converted.definition) };
  result.properties = clone(converted.properties as unknown as Json) as unknown as ImportResult['properties'];
  const last = known.at(-1);
  if (last !== undefined && !hasHostPolicy(result.properties.policyTemplateInstances))
    keepBasePath(result.definition, last);
  const places = operationsOf(result.definition);
  const matches = known.map((one, index) =>
    matchOperations(places, result.definition, one, index === known.length - 1 ? upstreamIds : undefined),
  );
  const { ids, taken } = chooseIds(places, known, matches);
  const renamed = new Map([...ids].filter(([from, to]) => from !== to));
  const namesBefore = places.map(({ value }) => [ids.get(idOf(value)) ?? idOf(value), idOf(value)]);
  for (const { value } of places) setOwn(value, 'operationId', ids.get(idOf(value)) ?? idOf(value));
  if (renamed.size > 0) {
    renameReferences(result.definition, renamed);
    renamePolicies(result.properties.policyTemplateInstances, renamed);
    result.routes = result.routes.map((route) => ({ ...route, id: renamed.get(route.id) ?? route.id }));
  }
  keepPaths(result.definition, known, matches);
  // in the order of the places, which is the same the next time
  const upstream = Object.fromEntries(namesBefore.filter(([ours, theirs]) => ours !== theirs));
  return { result, upstream, taken };
}

/** The id of each operation of the description, by the one that it came with. */
function chooseIds(
  places: readonly Place[],
  known: readonly JsonObject[],
  matches: readonly ReadonlyMap<Place, Place>[],
): { ids: Map<string, string>; taken: string[] } {
  const ids = new Map<string, string>();
  const given = new Set<string>();
  for (const [{ value }, was] of matches.flatMap((found) => [...found])) {
    const id = idOf(was.value);
    if (id === '' || idOf(value) === '' || ids.has(idOf(value)) || given.has(id)) continue;
    ids.set(idOf(value), id);
    given.add(id);
  }
  // an id that is taken is another operation's for every flow that knows it, also when that operation has gone
  const used = new Set(
    [...ids.values(), ...known.flatMap((one) => operationsOf(one).map(({ value }) => idOf(value)))].map(lower),
  );
  const taken: string[] = [];
  for (const { value } of places) {
    const id = idOf(value);
    if (id === '' || ids.has(id)) continue;
    const free = freeName(id, (name) => used.has(lower(name)), '');
    used.add(lower(free));
    ids.set(id, free);
    if (free !== id) taken.push(free);
  }
  return { ids, taken };
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
function keepPaths(
  definition: JsonObject,
  known: readonly JsonObject[],
  matches: readonly ReadonlyMap<Place, Place>[],
): void {
  const spelt = new Map<string, string>();
  for (const [{ path }, was] of matches.flatMap((found) => [...found]).reverse())
    spelt.set(pathShape(path), withVariablesOf(was.path, path));
  for (const one of [...known].reverse())
    for (const path of Object.keys(asObject(one.paths))) spelt.set(pathShape(path), path);
  const paths: JsonObject = {};
  for (const [path, item] of Object.entries(asObject(definition.paths))) {
    const ours = spelt.get(pathShape(path));
    const isOurs = ours !== undefined && ours !== path && getOwn(asObject(definition.paths), ours) === undefined;
    if (isOurs) renameVariables(asObject(item), variablesOf(path), variablesOf(ours), definition);
    setOwn(paths, isOurs ? ours : path, item);
  }
  definition.paths = paths;
}

/** `/vehicles/{number}` with the variables of `/vans/{id}` is `/vehicles/{id}`; as it is where they are not as many. */
function withVariablesOf(was: string, path: string): string {
  const names = variablesOf(was);
  if (names.length !== variablesOf(path).length) return path;
  return path.replaceAll(/\{[^{}]*\}/g, () => `{${names.shift() ?? ''}}`);
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
