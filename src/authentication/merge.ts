import { deepEqual, getOwn, isObject, type Json, type JsonObject, setOwn } from '../connector/json/value.ts';

/** Texts that people read: the author's are worth more than ours. */
const textKeys = ['displayName', 'description', 'tooltip', 'title'];

/**
 * What changed between two versions of ours, done to the author's version of it: everything else there stays.
 *
 * @param before what we would have written for what the author has
 */
export function carryOver(before: Json | undefined, authors: Json | undefined, after: Json, key = ''): Json {
  if (authors === undefined) return after;
  if (deepEqual(before, after)) return authors;
  if (!isObject(authors) || !isObject(after) || !isObject(before)) {
    return textKeys.includes(key) && !deepEqual(before, authors) ? authors : after;
  }
  const kept = Object.entries(authors).flatMap(([name, value]): [string, Json][] => {
    const next = getOwn(after, name);
    if (next !== undefined) return [[name, carryOver(getOwn(before, name), value, next, name)]];
    return getOwn(before, name) === undefined ? [[name, value]] : [];
  });
  const added = Object.entries(after).filter(
    ([name, value]) => getOwn(authors, name) === undefined && !deepEqual(getOwn(before, name), value),
  );
  return asJsonObject(insertInOrder(kept, added, Object.keys(after), kept.length, ([name]) => name));
}

export function asJsonObject(entries: readonly (readonly [string, Json])[]): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of entries) setOwn(result, name, value);
  return result;
}

/**
 * Puts new entries beside their neighbours: after the nearest one before them in `order` that is there, else before
 * the nearest one after them, else at `fallback`. So the way back gives the same list.
 */
export function insertInOrder<T>(
  present: readonly T[],
  added: readonly T[],
  order: readonly string[],
  fallback: number,
  keyOf: (item: T) => string,
): T[] {
  const result = [...present];
  let free = fallback;
  for (const item of added) {
    const rank = order.indexOf(keyOf(item));
    const ranks = result.map((other) => order.indexOf(keyOf(other)));
    const before = nearestBelow(ranks, rank);
    const after = ranks.findIndex((other) => other > rank);
    const at = before >= 0 ? before + 1 : after >= 0 ? after : free;
    result.splice(at, 0, item);
    free = at + 1;
  }
  return result;
}

/** Position of the highest rank below `rank`, or -1. */
function nearestBelow(ranks: readonly number[], rank: number): number {
  let found = -1;
  ranks.forEach((other, index) => {
    if (other >= 0 && other < rank && (found < 0 || other > (ranks[found] ?? -1))) found = index;
  });
  return found;
}
