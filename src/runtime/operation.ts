import { below, toPointer } from '../connector/json/pointer.ts';
import { asArray, asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { type ExistingOperation, pathItemAt, requireOperation } from '../connector/operations.ts';
import { isInternal, Schemas } from './schema.ts';

export interface RuntimeParameter {
  name: string;
  /** `path`, `query`, `header`, `formData` or `body`. */
  in: string;
  required: boolean;
  node: JsonObject;
  pointer: string;
}

/** An operation of a definition, with what a run has to know of it. */
export interface RuntimeOperation {
  id: string;
  /** In capitals. */
  method: string;
  path: string;
  pointer: string;
  value: JsonObject;
  kind: 'action' | 'trigger' | 'internal';
  parameters: RuntimeParameter[];
  definition: JsonObject;
  schemas: Schemas;
}

/** @throws UserError with the nearest id there is */
export function findOperation(definition: JsonObject, id: string): RuntimeOperation {
  return operationOf(definition, requireOperation(definition, id, 'operation'), new Schemas(definition));
}

/** An operation that has been found. @param schemas those of the definition */
export function operationOf(
  definition: JsonObject,
  { id, method, path, value }: ExistingOperation,
  schemas: Schemas,
): RuntimeOperation {
  const pointer = toPointer(['paths', path, method]);
  const kind = getOwn(value, 'x-ms-trigger') !== undefined ? 'trigger' : isInternal(value) ? 'internal' : 'action';
  const parameters = parametersOf(
    schemas,
    { value, pointer },
    { value: pathItemAt(definition, path), pointer: toPointer(['paths', path]) },
  );
  return { id, method: method.toUpperCase(), path, pointer, value, kind, parameters, definition, schemas };
}

interface Place {
  value: JsonObject;
  pointer: string;
}

/**
 * The operation's own parameters, then those of its path item whose name it doesn't have itself, in whatever location
 * (docs/reference/runtime.md#inputs).
 */
function parametersOf(schemas: Schemas, operation: Place, item: Place): RuntimeParameter[] {
  const read = ({ value, pointer }: Place): RuntimeParameter[] =>
    asArray(getOwn(value, 'parameters')).flatMap((parameter, index) => {
      const { node, pointer: at } = schemas.view(parameter, below(pointer, 'parameters', index));
      const name = asString(getOwn(node, 'name'));
      const location = asString(getOwn(node, 'in'));
      if (!isObject(node) || name === undefined || location === undefined) return [];
      const required = getOwn(node, 'required') === true || location === 'path';
      return [{ name, in: location, required, node, pointer: at }];
    });
  const own_ = read(operation);
  const names = new Set(own_.map(({ name }) => name));
  return [...own_, ...read(item).filter(({ name }) => !names.has(name))];
}

export const bodyParameter = ({ parameters }: RuntimeOperation): RuntimeParameter | undefined =>
  parameters.find((parameter) => parameter.in === 'body');

/** The media types of an operation, else those of the definition. */
export function declaredTypes({ value, definition }: RuntimeOperation, key: 'consumes' | 'produces'): string[] {
  const list = getOwn(value, key) ?? getOwn(definition, key);
  return asArray(list).filter((type): type is string => typeof type === 'string' && type.trim() !== '');
}

/** Scheme, host and base path of a definition: https where it is offered. */
export function declaredAddress(definition: JsonObject): { scheme: string; host: string; basePath: string } {
  const schemes = asArray(getOwn(definition, 'schemes')).map(String);
  const scheme = schemes.length === 0 || schemes.includes('https') ? 'https' : (schemes[0] ?? 'https');
  const host = asString(getOwn(asObject(definition), 'host')) ?? '';
  return { scheme, host, basePath: asString(getOwn(definition, 'basePath')) ?? '' };
}
