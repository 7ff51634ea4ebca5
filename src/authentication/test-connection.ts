import type { ConnectorDraft } from '../connector/draft.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  valueAt,
} from '../connector/json/value.ts';
import { definitionOrder, setInOrder } from '../connector/key-order.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';

/** Answer that removes the operation. */
export const noTestConnection = 'none';

const capabilities = 'x-ms-capabilities';

/**
 * Names the operation that the platform calls when a connection is made.
 *
 * @param operationId or `none`
 * @throws UserError unless it is a GET that runs without input (rule capabilities-test-connection)
 */
export function setTestConnection(definition: ConnectorDraft['definition'], operationId: string): void {
  const current = asObject(getOwn(definition, capabilities));
  if (operationId === noTestConnection) {
    const { testConnection: _, ...rest } = current;
    if (Object.keys(rest).length === 0) delete definition[capabilities];
    else definition[capabilities] = rest;
    return;
  }
  requireCallable(definition, operationId);
  if (testConnectionOf(definition) === operationId) return;
  setInOrder(definition, capabilities, { ...current, testConnection: { operationId } }, definitionOrder);
}

export const testConnectionOf = (definition: JsonObject): string | undefined =>
  asString(valueAt(definition, [capabilities, 'testConnection', 'operationId']));

interface Candidate {
  id: string;
  method: string;
  /** Name of an input that somebody would have to give. */
  needed: string | undefined;
}

function requireCallable(definition: JsonObject, operationId: string): void {
  const all = candidates(definition);
  const found = all.find(({ id }) => id === operationId);
  const callable = all.filter(({ method, needed }) => method === 'get' && needed === undefined).map(({ id }) => id);
  const hint =
    callable.length === 0
      ? 'add a GET without required parameters first, with: pp-connector operation --method get'
      : `operations that can test a connection: ${callable.slice(0, 10).join(', ')}`;
  if (found === undefined) {
    const guess = nearest(operationId, callable);
    const suggestion = guess === undefined ? '' : `; did you mean ${guess}?`;
    throw new UserError(`--test-connection: there is no operation "${operationId}"${suggestion}`, { hint });
  }
  if (found.method !== 'get') {
    const method = found.method.toUpperCase();
    throw new UserError(`--test-connection: "${operationId}" is a ${method}; it must be a GET`, { hint });
  }
  if (found.needed !== undefined) {
    throw new UserError(
      `--test-connection: "${operationId}" needs the input "${found.needed}"; it must run without any`,
      { hint },
    );
  }
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

function candidates(definition: JsonObject): Candidate[] {
  return Object.values(asObject(getOwn(definition, 'paths'))).flatMap((pathItem) => {
    const shared = asArray(getOwn(asObject(pathItem), 'parameters'));
    return Object.entries(asObject(pathItem)).flatMap(([method, operation]): Candidate[] => {
      const id = asString(getOwn(asObject(operation), 'operationId'));
      if (!methods.has(method) || id === undefined) return [];
      const parameters = [...shared, ...asArray(getOwn(asObject(operation), 'parameters'))];
      return [{ id, method, needed: neededInput(definition, parameters) }];
    });
  });
}

function neededInput(definition: JsonObject, parameters: readonly Json[]): string | undefined {
  const needed = parameters
    .map((parameter) => resolved(definition, parameter))
    .find((parameter) => getOwn(parameter, 'required') === true && getOwn(parameter, 'default') === undefined);
  return needed === undefined ? undefined : (asString(getOwn(needed, 'name')) ?? '');
}

function resolved(definition: JsonObject, parameter: Json): JsonObject {
  const reference = asString(getOwn(asObject(parameter), '$ref'));
  const name = reference === undefined ? undefined : /^#\/parameters\/(.+)$/.exec(reference)?.[1];
  const target = name === undefined ? undefined : getOwn(asObject(getOwn(definition, 'parameters')), name);
  return isObject(target) ? target : asObject(parameter);
}
