import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { methods } from './facts/methods.ts';
import { asObject, asString, getOwn, isObject, type JsonObject } from './json/value.ts';

/** What a definition already has: found by what would clash with a new operation. */

export interface ExistingOperation {
  id: string;
  method: string;
  path: string;
  value: JsonObject;
  /** For messages: `GET /orders`. */
  name: string;
}

/** The operations of a definition in document order. */
export function listOperations(definition: JsonObject): ExistingOperation[] {
  return Object.entries(asObject(getOwn(definition, 'paths'))).flatMap(([path, item]) =>
    Object.entries(asObject(item)).flatMap(([method, value]) => {
      if (!isObject(value) || !(methods as readonly string[]).includes(method)) return [];
      const id = asString(getOwn(value, 'operationId')) ?? '';
      return [{ id, method, path, value, name: `${method.toUpperCase()} ${path}` }];
    }),
  );
}

/** The operation with that id, ignoring case as the service does. */
export const findOperationId = (definition: JsonObject, id: string): ExistingOperation | undefined =>
  listOperations(definition).find((operation) => operation.id.toLowerCase() === id.toLowerCase());

/** @throws UserError with the nearest id there is */
export function requireOperation(definition: JsonObject, id: string, flag: string): ExistingOperation {
  const found = findOperationId(definition, id);
  if (found !== undefined) return found;
  const ids = listOperations(definition).map((operation) => operation.id);
  const near = nearest(id, ids);
  throw new UserError(
    `${flag} ${id}: there is no such operation${near === undefined ? '' : `; did you mean ${near}?`}`,
    {
      hint: `the connector has: ${ids.join(', ') || 'no operations'}`,
    },
  );
}

/** The path item at exactly this path, or an empty object. */
export const pathItemAt = (definition: JsonObject, path: string): JsonObject =>
  asObject(getOwn(asObject(getOwn(definition, 'paths')), path));

/**
 * The path item that a request to `path` would meet: the same template, whatever its variables are called, ignoring
 * case. The exact spelling wins.
 */
export function findPath(definition: JsonObject, path: string): { path: string; value: JsonObject } | undefined {
  const items = Object.entries(asObject(getOwn(definition, 'paths')));
  const wanted = shapeOf(path);
  const [found, value] =
    items.find(([candidate]) => candidate === path) ?? items.find(([candidate]) => shapeOf(candidate) === wanted) ?? [];
  return found === undefined ? undefined : { path: found, value: asObject(value) };
}

/** `/Orders/{id}` and `/orders/{orderId}` have the same shape. */
const shapeOf = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}').toLowerCase();
