/** JSON as data: types and small helpers that many capabilities share. */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object, or an empty one: for reading below something that may be missing or of another type. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The value as an array, or an empty one. */
export const asArray = (value: unknown): Json[] => (Array.isArray(value) ? value : []);

export const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The texts of a list. */
export const strings = (value: unknown): string[] => asArray(value).filter((entry) => typeof entry === 'string');

/**
 * Own property of an object, of any other value nothing: `definitions.constructor` is a name like any other, never
 * `Object.prototype`'s.
 */
export function getOwn(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = (value as JsonObject)[key];
  if (found === undefined || Array.isArray(value)) return undefined;
  // nothing in JSON is a function, and of what every object inherits only `__proto__` is none: that saves a second look
  const isInherited = typeof found === 'function' || (key === '__proto__' && !Object.hasOwn(value, key));
  return isInherited ? undefined : (found as Json);
}

/** Sets an own property, also one named `__proto__`, which a plain assignment would not create. */
export function setOwn(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

/** The value below the keys of `path`, or undefined where something on the way is missing. */
export function valueAt(root: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let value = root;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else value = getOwn(value, String(key));
  }
  return value;
}

/** Same structure and scalars; the order of keys does not count. */
export function deepEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => deepEqual(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
  );
}

/** A text that two values share exactly when `deepEqual` says so: for finding equal values by a Map or Set. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/** A deep copy that may be changed freely. */
export const clone = <T extends Json>(value: T): T => structuredClone(value);

/** Gives an object other contents; `contents` may be the same object, or share parts with it. */
export function replaceContents(target: JsonObject, contents: JsonObject): void {
  const copy = clone(contents);
  for (const key of Object.keys(target)) delete target[key];
  for (const [key, value] of Object.entries(copy)) setOwn(target, key, value);
}
