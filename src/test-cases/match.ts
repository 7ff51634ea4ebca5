import { below } from '../connector/json/pointer.ts';
import { deepEqual, getOwn, isObject, type Json } from '../connector/json/value.ts';
import type { ExpectedHeaders, ExpectedRequest } from './model.ts';

/** The first place where something isn't what is expected. */
export interface Difference {
  /** `the method`, `the URL`, `the header accept`, `the body at /items/0`. */
  what: string;
  expected: string;
  seen: string;
}

/** What is said of what isn't there. */
export const nothing = 'nothing';

/** What is compared with an expectation. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Json;
}

/** @returns undefined where the request is the expected one */
export function requestDifference(expected: ExpectedRequest, seen: SeenRequest): Difference | undefined {
  const { method, url, headers, body } = expected;
  if (method !== undefined && method.toUpperCase() !== seen.method)
    return { what: 'the method', expected: method.toUpperCase(), seen: seen.method };
  if (url !== undefined && url !== seen.url) return { what: 'the URL', expected: url, seen: seen.url };
  return (
    headersDifference(headers ?? {}, seen.headers) ??
    (body === undefined ? undefined : bodyDifference(body, seen.body, { whole: true }))
  );
}

/** Headers are compared without regard to the capitals of their names. */
export function headersDifference(expected: ExpectedHeaders, seen: Record<string, string>): Difference | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const key = name.toLowerCase();
    const there = Object.hasOwn(seen, key) ? seen[key] : undefined;
    if (value === null ? there === undefined : there === String(value)) continue;
    return {
      what: `the header ${key}`,
      expected: value === null ? nothing : short(String(value)),
      seen: there === undefined ? nothing : short(there),
    };
  }
  return undefined;
}

/** @param whole nothing else may be there; otherwise objects may have more, and lists have as many elements */
export function bodyDifference(expected: Json, seen: Json, { whole }: { whole: boolean }): Difference | undefined {
  const found = valueDifference(expected, seen, '', whole);
  if (found === undefined) return undefined;
  const what = found.at === '' ? 'the body' : `the body at ${found.at}`;
  return { what, expected: found.expected, seen: found.seen };
}

interface At {
  at: string;
  expected: string;
  seen: string;
}

function valueDifference(expected: Json, seen: Json | undefined, at: string, whole: boolean): At | undefined {
  if (seen === undefined) return { at, expected: short(expected), seen: nothing };
  if (Array.isArray(expected) && Array.isArray(seen)) {
    const inner = firstOf(expected, (value, index) =>
      index < seen.length ? valueDifference(value, seen[index], below(at, index), whole) : undefined,
    );
    if (inner !== undefined || expected.length === seen.length) return inner;
    return { at, expected: elements(expected), seen: elements(seen) };
  }
  if (isObject(expected) && isObject(seen)) {
    const inner = firstOf(Object.entries(expected), ([key, value]) =>
      valueDifference(value, getOwn(seen, key), below(at, key), whole),
    );
    const more = whole ? Object.keys(seen).find((key) => !Object.hasOwn(expected, key)) : undefined;
    if (inner !== undefined || more === undefined) return inner;
    return { at: below(at, more), expected: nothing, seen: short(getOwn(seen, more) ?? null) };
  }
  return deepEqual(expected, seen) ? undefined : { at, expected: short(expected), seen: short(seen) };
}

function firstOf<T, R>(list: readonly T[], find: (value: T, index: number) => R | undefined): R | undefined {
  for (const [index, value] of list.entries()) {
    const found = find(value, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

const elements = (list: readonly Json[]): string =>
  list.length === 1 ? 'a list of 1 element' : `a list of ${list.length} elements`;

const longest = 200;

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** How much a request has of an expectation: for naming the nearest one. */
export function likeness(expected: ExpectedRequest, seen: SeenRequest): number {
  const path = (url: string): string => url.split('?', 1)[0] ?? '';
  let score = 0;
  if (expected.method?.toUpperCase() === seen.method) score += 2;
  if (expected.url === seen.url) score += 4;
  if (expected.url !== undefined && path(expected.url) === path(seen.url)) score += 4;
  score += commonStart(expected.url ?? '', seen.url) / Math.max(1, seen.url.length);
  if (expected.body !== undefined && deepEqual(expected.body, seen.body)) score += 1;
  return score;
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}
