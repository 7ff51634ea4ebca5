import { fromPointer } from '../json/pointer.ts';
import { asObject, asString, getOwn, isObject, type Json, type JsonObject, valueAt } from '../json/value.ts';
import type { MergeChange } from './merge.ts';

/** What each change does, in a maker's words. */
const verbs: Readonly<Record<MergeChange['kind'], string>> = {
  added: 'added',
  updated: 'changed',
  removed: 'removed',
  kept: 'kept',
};

/**
 * A change of a definition as a maker would tell it: `GetOrder: summary changed`.
 *
 * @param before what was merged into: pointers lead into it, except to what was added
 * @param after the result
 */
export function definitionChangeInWords(change: MergeChange, before: JsonObject, after: JsonObject): string {
  const path = fromPointer(change.pointer);
  const [section = '', name = '', ...rest] = path;
  const verb = verbs[change.kind];
  const at = (...keys: string[]): Json | undefined => valueAtChange(change, keys, before, after);
  if (section === 'paths') return operationInWords(at, name, rest, verb);
  if (section === 'info' && name !== '') return `${[name, ...rest].join(' ')} ${verb}`;
  if (section === 'definitions' && name !== '') {
    const [kind, property, ...deeper] = rest;
    if (kind !== 'properties' || property === undefined) return detail(`schema ${name}`, rest, verb);
    return detail(`schema ${name}: property ${property}`, deeper, verb);
  }
  return detail(section || 'the definition', name === '' ? [] : [name, ...rest], verb);
}

/** The value that is spoken of; what was added itself is only in the result. */
function valueAtChange(
  { kind, pointer }: MergeChange,
  path: readonly string[],
  before: JsonObject,
  after: JsonObject,
): Json | undefined {
  const isItself = fromPointer(pointer).length === path.length;
  return valueAt(kind === 'added' && isItself ? after : before, path) ?? valueAt(after, path);
}

function operationInWords(
  at: (...keys: string[]) => Json | undefined,
  path: string,
  rest: string[],
  verb: string,
): string {
  const [method, key, name, ...deeper] = rest;
  if (method === undefined) return `path ${path} ${verb}`;
  const id = asString(getOwn(asObject(at('paths', path, method)), 'operationId'));
  const subject = id ?? `${method.toUpperCase()} ${path}`;
  if (key === undefined) return `operation ${subject} ${verb}`;
  if (key === 'parameters' && name !== undefined) {
    const parameter = asString(getOwn(asObject(at('paths', path, method, key, name)), 'name'));
    return `${subject}: ${detail(parameter === undefined ? 'a parameter' : `parameter ${parameter}`, deeper, verb)}`;
  }
  if (key === 'responses' && name !== undefined) return `${subject}: ${detail(`response ${name}`, deeper, verb)}`;
  return `${subject}: ${key} ${name === undefined ? verb : verbs.updated}`;
}

/** A change of apiProperties.json: `connection parameter token changed`. */
export function propertiesChangeInWords(change: MergeChange, before: JsonObject, after: JsonObject): string {
  const [, section = 'apiProperties.json', name, ...rest] = fromPointer(change.pointer);
  const verb = verbs[change.kind];
  if (name === undefined) return `${sectionNames[section] ?? section} ${verb}`;
  if (section === 'connectionParameters') return detail(`connection parameter ${name}`, rest, verb);
  if (section === 'policyTemplateInstances') {
    const title = titleOf(valueAtChange(change, ['properties', section, name], before, after));
    return detail(title === undefined ? 'a policy' : `policy "${title}"`, rest, verb);
  }
  return `${sectionNames[section] ?? section} ${verbs.updated}`;
}

const sectionNames: Readonly<Record<string, string>> = {
  iconBrandColor: 'brand colour',
  connectionParameters: 'connection parameters',
  connectionParameterSets: 'connection parameter sets',
  policyTemplateInstances: 'policies',
  scriptOperations: 'operations with custom code',
};

const titleOf = (policy: Json | undefined): string | undefined =>
  isObject(policy) ? (asString(getOwn(policy, 'title')) ?? asString(getOwn(policy, 'templateId'))) : undefined;

/** A thing itself comes or goes; one of its details only changes it. */
const detail = (subject: string, rest: readonly string[], verb: string): string => {
  const last = rest.at(-1);
  if (last === undefined) return `${subject} ${verb}`;
  return /^\d+$/.test(last) ? `${subject} ${verbs.updated}` : `${subject}: ${last} ${verb}`;
};
