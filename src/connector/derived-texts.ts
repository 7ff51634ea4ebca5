import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { readTextWithin } from '../files/read.ts';
import { toPointer } from './json/pointer.ts';
import { asArray, asObject, asString, getOwn, isObject, type Json, type JsonObject, strings } from './json/value.ts';
import type { Connector } from './load.ts';

/**
 * Texts of a connector that were made of names and that nobody has written or read. A repository remembers them by what
 * they belong to, so that they are found again wherever they move, and forgotten as soon as somebody edits them.
 */

/** Where a repository remembers them; committed with it. */
export const derivedTextsName = '.pp-connector/derived-texts.json';

export const textKinds = [
  'operation-summary',
  'operation-description',
  'parameter-description',
  'property-description',
] as const;
export type TextKind = (typeof textKinds)[number];

/** Texts by owner: an operation's id, or `#/definitions/NAME`. */
export type DerivedRecord = ReadonlyMap<string, ReadonlySet<string>>;

/** A text that makers read, and where it is. */
export interface TextSite {
  kind: TextKind;
  /** An operation's id, or `#/definitions/NAME`. */
  owner: string;
  /** What it describes: names of the parameter and properties, from the outside to the inside; empty for the owner itself. */
  names: readonly string[];
  /** Path of the text in the definition. */
  path: readonly (string | number)[];
  text: string;
}

/** Every text of the kinds above that isn't blank, in document order. */
export function textSites(definition: JsonObject): TextSite[] {
  const sites: TextSite[] = [];
  for (const [path, item] of Object.entries(asObject(getOwn(definition, 'paths')))) {
    const operations = Object.entries(asObject(item)).filter(isOperation);
    const [, first] = operations[0] ?? [];
    const outer = new Sites(sites, idOf(first, path));
    outer.parameters(getOwn(asObject(item), 'parameters'), ['paths', path, 'parameters']);
    const notification = 'x-ms-notification-content';
    const content = getOwn(asObject(item), notification);
    outer.schema(getOwn(asObject(content), 'schema'), [], ['paths', path, notification, 'schema']);
    for (const [method, operation] of operations) {
      const inner = new Sites(sites, idOf(operation, path));
      inner.operation(operation, ['paths', path, method]);
    }
  }
  for (const [name, parameter] of Object.entries(asObject(getOwn(definition, 'parameters'))))
    new Sites(sites, toPointerReference('parameters', name)).parameter(parameter, ['parameters', name]);
  for (const [name, schema] of Object.entries(asObject(getOwn(definition, 'definitions'))))
    new Sites(sites, toPointerReference('definitions', name)).schema(schema, [], ['definitions', name]);
  return sites;
}

type Path = readonly (string | number)[];

const toPointerReference = (section: string, name: string): string => `#${toPointer([section, name])}`;

const isOperation = (entry: [string, Json]): entry is [string, JsonObject] =>
  /^(?:get|put|post|delete|options|head|patch)$/.test(entry[0]) && isObject(entry[1]);

/** An operation without an id is known by its path. */
const idOf = (operation: JsonObject | undefined, path: string): string =>
  asString(getOwn(operation, 'operationId')) || toPointerReference('paths', path);

/** Schemas are nested this deep at most: what is deeper is refused by a rule. */
const deepest = 100;

/** Collects the texts of one owner. */
class Sites {
  private readonly found: TextSite[];
  private readonly owner: string;

  constructor(found: TextSite[], owner: string) {
    this.found = found;
    this.owner = owner;
  }

  operation(operation: JsonObject, at: Path): void {
    this.text('operation-summary', operation, 'summary', [], at);
    this.text('operation-description', operation, 'description', [], at);
    this.parameters(getOwn(operation, 'parameters'), [...at, 'parameters']);
    for (const [code, response] of Object.entries(asObject(getOwn(operation, 'responses'))))
      this.schema(getOwn(asObject(response), 'schema'), [code], [...at, 'responses', code, 'schema']);
  }

  parameters(list: Json | undefined, at: Path): void {
    for (const [index, parameter] of asArray(list).entries()) this.parameter(parameter, [...at, index]);
  }

  parameter(parameter: Json, at: Path): void {
    const names = [asString(getOwn(parameter, 'name')) ?? ''];
    this.text('parameter-description', parameter, 'description', names, at);
    this.schema(getOwn(parameter, 'schema'), names, [...at, 'schema']);
  }

  schema(schema: Json | undefined, names: readonly string[], at: Path): void {
    if (!isObject(schema) || at.length > deepest) return;
    for (const [name, property] of Object.entries(asObject(getOwn(schema, 'properties')))) {
      const path = [...at, 'properties', name];
      this.text('property-description', property, 'description', [...names, name], path);
      this.schema(property, [...names, name], path);
    }
    for (const key of ['items', 'additionalProperties']) this.schema(getOwn(schema, key), names, [...at, key]);
    for (const [index, part] of asArray(getOwn(schema, 'allOf')).entries())
      this.schema(part, names, [...at, 'allOf', index]);
  }

  private text(kind: TextKind, holder: Json, key: string, names: readonly string[], at: Path): void {
    const text = getOwn(holder, key);
    if (typeof text === 'string' && text.trim() !== '')
      this.found.push({ kind, owner: this.owner, names, path: [...at, key], text });
  }
}

/** The texts of the definition that are still as they were made. */
export const derivedSites = (definition: JsonObject, record: DerivedRecord): TextSite[] =>
  textSites(definition).filter(({ owner, text }) => record.get(owner)?.has(text) === true);

/** Those of a connector; none where its repository remembers nothing. */
export const derivedIn = ({ definition, derivedTexts }: Pick<Connector, 'definition' | 'derivedTexts'>): TextSite[] =>
  derivedTexts === undefined ? [] : derivedSites(asObject(definition?.value), derivedTexts);

/** How many of each kind. */
export function countByKind(sites: readonly TextSite[]): Record<TextKind, number> {
  const counts: Record<TextKind, number> = {
    'operation-summary': 0,
    'operation-description': 0,
    'parameter-description': 0,
    'property-description': 0,
  };
  for (const { kind } of sites) counts[kind] += 1;
  return counts;
}

/**
 * What to remember of a definition: the texts of `record` that it still has, and those that were just made.
 *
 * @param isMade whether the text was made of names by the command that runs
 */
export function updatedRecord(
  definition: JsonObject,
  record: DerivedRecord | undefined,
  isMade: (site: TextSite) => boolean,
): DerivedRecord {
  const updated = new Map<string, Set<string>>();
  for (const site of textSites(definition)) {
    const { owner, text } = site;
    if (record?.get(owner)?.has(text) !== true && !isMade(site)) continue;
    const known = updated.get(owner);
    if (known === undefined) updated.set(owner, new Set([text]));
    else known.add(text);
  }
  return updated;
}

/** A definition with what is remembered of it. */
export interface Remembered {
  definition: JsonObject;
  record: DerivedRecord | undefined;
}

/**
 * What to remember after a command has changed a definition: made texts stay so wherever they went (another id of the
 * operation, a copy, a full stop more), the author's stay the author's, and what is new was made unless somebody gave it.
 *
 * @param isGiven whether the author gave this text to the command that runs
 */
export function followedRecord(
  before: Remembered,
  definition: JsonObject,
  isGiven: (text: string) => boolean,
): DerivedRecord {
  const known = textSites(before.definition);
  const isMadeNow = ({ owner, text }: TextSite): boolean => before.record?.get(owner)?.has(text) === true;
  const keyOf = ({ kind, owner, names }: TextSite): string => JSON.stringify([kind, owner, ...names]);
  const byPlace = new Map(known.map((site) => [keyOf(site), site]));
  const texts = new Set(known.map(({ text }) => text));
  const madeTexts = new Set(known.filter(isMadeNow).map(({ text }) => text));
  return updatedRecord(definition, before.record, (site) => {
    const former = byPlace.get(keyOf(site));
    // its owner is remembered
    if (former?.text === site.text) return isMadeNow(former);
    if (isGiven(site.text)) return false;
    if (former !== undefined) return isMadeNow(former);
    return texts.has(site.text) ? madeTexts.has(site.text) : true;
  });
}

/**
 * What the repository remembers; undefined: it has no record, so nothing is known of its texts.
 *
 * @throws UserError when the file is damaged: texts that nobody has read would count as somebody's
 */
export function readDerived(root: string): DerivedRecord | undefined {
  const path = join(root, ...derivedTextsName.split('/'));
  if (!existsSync(path)) return undefined;
  try {
    return recordFrom(JSON.parse(readTextWithin(root, path)));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path} is damaged: it holds which texts were made of names`, {
      hint: 'restore it from version control; if it was merged, keep the entries of both sides',
      cause: error,
    });
  }
}

/** The record as it is written. @throws TypeError where it isn't an object of lists */
export function recordFrom(value: unknown): DerivedRecord {
  if (!isObject(value)) throw new TypeError('not an object');
  return new Map(Object.entries(value).map(([owner, texts]) => [owner, new Set(strings(texts))]));
}
