import { getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import { bodyParameter, type RuntimeOperation } from '../../runtime/operation.ts';
import type { SchemaView } from '../../runtime/schema.ts';

/** What operations do to the records of an API, by the shapes of their paths and methods. */

export type RecordAction = 'create' | 'list' | 'read' | 'change' | 'replace' | 'remove';

/** The path that a request names: a collection, or a record of one. */
export interface Place {
  /** The collection's, as it was asked for, without what varies in how paths are written. */
  collection: string;
  /** Undefined: the collection itself. */
  id: string | undefined;
  /** The variable of the path that names the id. */
  variable: string | undefined;
}

/** `{id}`, `{id}.json`, `orders('{id}')`, `orders({id})`: before it, its variable, after it. */
const recordSegment = /^([^{}]*?)\(?'?\{([^{}]+)\}'?\)?(\.\w+)?$/;

/**
 * The place that a path is: `/orders/{id}`, `/orders/{id}.json` and `/orders('{id}')` are records of `/orders`.
 *
 * @param template of the definition, without query
 * @param path as it was asked for
 * @param values of its variables, decoded
 */
export function recordPlace(template: string, path: string, values: ReadonlyMap<string, string>): Place {
  const wanted = trimmed(template);
  const asked = trimmed(path);
  const segment = wanted.slice(wanted.lastIndexOf('/') + 1);
  const [, before, variable] = recordSegment.exec(segment) ?? [];
  if (before === undefined || variable === undefined) return { collection: bare(asked), id: undefined, variable };
  const start = asked.slice(0, asked.lastIndexOf('/'));
  const collection = before === '' ? start : `${start}/${before}`;
  return { collection: bare(collection), id: values.get(variable) ?? '', variable };
}

/** The collection that a template belongs to, with all variables alike. */
export function collectionShape(template: string): { shape: string; isRecord: boolean } {
  const { collection, variable } = recordPlace(template, template, new Map());
  return { shape: collection.replaceAll(/\{[^{}]*\}/g, '{}'), isRecord: variable !== undefined };
}

const trimmed = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

/** Without an ending such as `.json`; in lower case, as the platform compares paths. */
const bare = (path: string): string => path.replace(/\.(?:json|xml)$/i, '').toLowerCase();

/**
 * @param shapes of all collections of which there are operations on single records
 * @returns undefined for an operation that does something else, such as a search or a calculation
 */
export function recordActionOf(
  { method, path }: RuntimeOperation,
  shapes: ReadonlySet<string>,
): RecordAction | undefined {
  const { shape, isRecord } = collectionShape(path.split('?', 1)[0] ?? '');
  if (!isRecord && !shapes.has(shape)) return undefined;
  switch (method) {
    case 'GET':
    case 'HEAD':
      return isRecord ? 'read' : 'list';
    case 'POST':
      return isRecord ? 'change' : 'create';
    case 'PATCH':
      return isRecord ? 'change' : undefined;
    case 'PUT':
      return isRecord ? 'replace' : 'create';
    case 'DELETE':
      return isRecord ? 'remove' : undefined;
    default:
      return undefined;
  }
}

/** Names that differ in case and signs only are the same. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The property of a record that identifies it; undefined: none is declared. */
export function idProperty(names: Iterable<string>, variable: string | undefined): string | undefined {
  const all = [...names];
  const wanted = [...(variable === undefined ? [] : [plainName(variable)]), 'id', 'uuid', 'guid', 'key', 'number'];
  for (const name of wanted) {
    const found = all.find((candidate) => plainName(candidate) === name);
    if (found !== undefined) return found;
  }
  const end = variable === undefined ? undefined : plainName(variable);
  return all.find((name) => end !== undefined && /id$/.test(end) && end.endsWith(plainName(name)) && /id$/i.test(name));
}

/** An object that has the record in one of its properties, such as `{ "order": { … } }`. */
export function envelopeOf(operation: RuntimeOperation, view: SchemaView, variable: string | undefined): string[] {
  const properties = operation.schemas.properties(view);
  if (idProperty(properties.keys(), variable) !== undefined) return [];
  const inner = [...properties].filter(([, property]) => operation.schemas.isType(property, 'object'));
  const [only] = inner;
  return inner.length === 1 && only !== undefined && operation.schemas.properties(only[1]).size > 0 ? [only[0]] : [];
}

/** The schema of what is sent; undefined: no body is declared. */
export function bodyView(operation: RuntimeOperation): SchemaView | undefined {
  const parameter = bodyParameter(operation);
  if (parameter === undefined) return undefined;
  return operation.schemas.view(getOwn(parameter.node, 'schema'), `${parameter.pointer}/schema`);
}

/** The schema of the answer for a key of `responses`. */
export function answerView({ schemas, value, pointer }: RuntimeOperation, key: string): SchemaView | undefined {
  const response = schemas.view(getOwn(getOwn(value, 'responses'), key), `${pointer}/responses/${key}`);
  const schema = getOwn(response.node, 'schema');
  return isObject(schema) ? schemas.view(schema, `${response.pointer}/schema`) : undefined;
}

/** What was sent without the envelope around it. */
export function withoutEnvelope(record: JsonObject, names: ReadonlySet<string>): JsonObject {
  const keys = Object.keys(record);
  const [only = ''] = keys;
  const inner = getOwn(record, only);
  return keys.length === 1 && isObject(inner) && !names.has(only) ? inner : record;
}
