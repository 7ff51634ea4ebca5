import sample from '../../templates/sample/connector/apiDefinition.json' with { type: 'json' };
import { omit } from '../omit.ts';
import { type TextSite, textSites } from './derived-texts.ts';
import { asArray, asObject, asString, clone, getOwn, type Json, type JsonObject } from './json/value.ts';
import { type ExistingOperation, listOperations } from './operations.ts';

/**
 * The connector that a repository begins with when nothing else is given: a small definition,
 * with a list, a get with a path parameter and a create with a body. Title and description are empty.
 */
export const sampleDefinition = (): JsonObject => clone(sample as JsonObject);

/** The same without operations, and what only they use. */
export const emptyDefinition = (): JsonObject => ({ ...omit(sampleDefinition(), 'definitions'), paths: {} });

/** Where nobody's API is. */
export const sampleHost = sample.host;

/** What its description says. @param title of the connector */
export const sampleDescription = (title: string): string => `Lists, reads and creates the items that ${title} manages.`;

/** Whether the description is still the one that was made of the title. */
export function hasSampleDescription(definition: JsonObject): boolean {
  const info = asObject(getOwn(definition, 'info'));
  return getOwn(info, 'description') === sampleDescription(asString(getOwn(info, 'title')) ?? '');
}

/**
 * The operations that are still the sample's: with its path, texts and parameters. What commands and fixes add, such as
 * a visibility or a response, makes them nobody's own.
 */
export function sampleOperations(definition: JsonObject): ExistingOperation[] {
  const ofSample = new Set(listOperations(sample as JsonObject).map(signatureOf));
  return listOperations(definition).filter((operation) => ofSample.has(signatureOf(operation)));
}

/** Whether a text is the sample's, while operations of it are there: who takes them away takes it away, too. */
export function isSampleText(definition: JsonObject): (site: TextSite) => boolean {
  if (sampleOperations(definition).length === 0) return () => false;
  const keyOf = ({ owner, names, text }: TextSite): string => JSON.stringify([owner, names, text]);
  const known = new Set(textSites(sample as JsonObject).map(keyOf));
  return (site) => known.has(keyOf(site));
}

function signatureOf({ id, method, path, value }: ExistingOperation): string {
  const names = asArray(getOwn(value, 'parameters')).map((parameter) => getOwn(asObject(parameter), 'name') ?? null);
  const texts: Json[] = [getOwn(value, 'summary') ?? null, getOwn(value, 'description') ?? null];
  return JSON.stringify([id, method, path, ...texts, ...names]);
}
