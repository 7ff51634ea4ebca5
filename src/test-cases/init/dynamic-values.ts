import {
  asArray,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
  valueAt,
} from '../../connector/json/value.ts';
import { isThere } from '../../runtime/paths.ts';

/** An operation that fills a list, a tree or a form of another one, and what is read in its answer. */
export interface DynamicUse {
  /** That is called. */
  operationId: string;
  /** What it fills: `x-ms-dynamic-values`. */
  extension: string;
  /** Of the list or of the schema. */
  collection: string[];
  /** Within each element. */
  paths: string[][];
}

const partsOf = (value: Json | undefined): string[] => (asString(value) ?? '').split('/').filter((part) => part !== '');

interface Form {
  collection: string;
  paths: readonly string[];
}

/** Under which names each extension has its paths. */
const forms: Readonly<Record<string, Form>> = {
  'x-ms-dynamic-values': { collection: 'value-collection', paths: ['value-path', 'value-title'] },
  'x-ms-dynamic-list': { collection: 'itemsPath', paths: ['itemValuePath', 'itemTitlePath'] },
  'x-ms-dynamic-schema': { collection: 'value-path', paths: [] },
  'x-ms-dynamic-properties': { collection: 'itemValuePath', paths: [] },
};

/** All uses in a definition, each kind of use of an operation once. */
export function dynamicUses(definition: JsonObject): DynamicUse[] {
  const uses = new Map<string, DynamicUse>();
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const element of value) visit(element);
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const use = Object.hasOwn(forms, key) ? useOf(key, inner) : undefined;
      if (use !== undefined) uses.set(JSON.stringify(use), use);
      visit(inner);
    }
  };
  visit(definition);
  return [...uses.values()];
}

function useOf(extension: string, value: Json): DynamicUse | undefined {
  const operationId = asString(getOwn(value, 'operationId'));
  const form = forms[extension];
  if (operationId === undefined || form === undefined) return undefined;
  const paths = form.paths.map((name) => partsOf(getOwn(value, name))).filter((path) => path.length > 0);
  return { operationId, extension, collection: partsOf(getOwn(value, form.collection)), paths };
}

/**
 * The parts of an answer that a use reads.
 *
 * @returns undefined where the answer doesn't have them
 */
export function readParts({ collection, paths }: DynamicUse, body: Json): Json | undefined {
  const found = valueAt(body, collection);
  if (!isThere(found)) return undefined;
  const [first] = asArray(found);
  if (paths.length === 0) return inPlace(collection, isObject(found) ? {} : found);
  if (!isThere(first)) return undefined;
  const element: JsonObject = {};
  for (const path of paths) {
    const value = valueAt(first, path);
    if (!isThere(value)) return undefined;
    let at: JsonObject = element;
    for (const key of path.slice(0, -1)) {
      const inner = getOwn(at, key);
      const next = isObject(inner) ? inner : {};
      setOwn(at, key, next);
      at = next;
    }
    setOwn(at, path.at(-1) ?? '', value);
  }
  return inPlace(
    collection,
    asArray(found).map((_, index) => (index === 0 ? element : {})),
  );
}

function inPlace(path: readonly string[], value: Json): Json {
  return path.reduceRight<Json>((inner, key) => {
    const outer: JsonObject = {};
    setOwn(outer, key, inner);
    return outer;
  }, value);
}
