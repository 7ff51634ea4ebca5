import { getOwn, isObject, type Json, setOwn } from '../connector/json/value.ts';

/** Paths into a body, as policies write them: `a.b[0]['c']`. */

/** Whether a value is there: neither missing nor null. */
export const isThere = (value: Json | undefined): value is Exclude<Json, null> => value !== undefined && value !== null;

/**
 * Sets what is at the end of a path; objects that are missing on the way are made.
 *
 * @returns whether that was possible: nothing on the way is of another type
 */
export function setBelow(root: Json, path: readonly string[], value: Json): boolean {
  let at = root;
  for (const [index, key] of path.entries()) {
    const isLast = index === path.length - 1;
    if (Array.isArray(at)) {
      const position = Number(key);
      if (!Number.isInteger(position) || position < 0 || position > at.length) return false;
      if (isLast) at[position] = value;
      else at = at[position] ??= {};
    } else if (isObject(at)) {
      if (isLast) setOwn(at, key, value);
      else {
        const next = getOwn(at, key);
        const inner = isThere(next) ? next : {};
        if (!isThere(next)) setOwn(at, key, inner);
        at = inner;
      }
    } else return false;
  }
  return true;
}
