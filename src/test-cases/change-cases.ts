import { parseDocument } from 'yaml';
import { getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { withoutMergeKeys } from './merge-keys.ts';

/** What a case of a file gets: values by their path below the case. */
export interface CaseChange {
  /** From 0. */
  index: number;
  values: readonly (readonly [path: readonly string[], value: Json])[];
}

/** The text of a file of tests with other values; comments stay. */
export function withValues(text: string, changes: readonly CaseChange[]): string {
  const document = parseDocument(text, { schema: 'core', stringKeys: true });
  for (const { index, values } of changes) {
    for (const [path, value] of values) {
      document.setIn(['cases', index, ...path], withoutMergeKeys(document.createNode(value)));
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/**
 * What is expected from now on: as much as before, with the values of now.
 *
 * @param before as the author wrote it
 */
export function renewed(before: Json, now: Json): Json {
  if (Array.isArray(before) && Array.isArray(now) && before.length === now.length) {
    return now.map((value, index) => renewed(before[index] ?? null, value));
  }
  if (!isObject(before) || !isObject(now)) return now;
  const entries = Object.keys(before).map((key): [string, Json] => {
    // the whole of a body that is sent is compared
    if (key === 'body' && getOwn(now, 'method') !== undefined) return [key, getOwn(now, key) ?? null];
    const inner = key === 'headers' ? lowerCased(getOwn(before, key)) : getOwn(before, key);
    return [key, renewedHeaders(key, inner ?? null, getOwn(now, key) ?? null)];
  });
  return Object.fromEntries(entries);
}

const lowerCased = (headers: Json | undefined): Json =>
  isObject(headers)
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    : (headers ?? null);

function renewedHeaders(key: string, before: Json, now: Json): Json {
  if (key !== 'headers' || !isObject(before)) return renewed(before, now);
  const result: JsonObject = {};
  for (const name of Object.keys(before)) result[name] = getOwn(now, name) ?? null;
  return result;
}
