import type { ConnectorDraft } from '../connector/draft.ts';
import { setInOrder } from '../connector/draft.ts';
import { asArray, asObject, deepEqual, isObject, type JsonObject, own, setOwn } from '../connector/json.ts';
import { UserError } from '../errors.ts';
import { buildOperation } from './build-operation.ts';
import {
  type Check,
  checkDescription,
  checkMethod,
  checkOperationId,
  checkPath,
  checkStatus,
  checkSummary,
  checkVisibility,
  pathVariables,
} from './checks.ts';
import { findOperationId, findPath } from './existing.ts';
import type { NewOperation } from './model.ts';
import { describeSummary, summaryFromId } from './texts.ts';

/** Usual order of a definition's keys (connector-format.md §2.1), for a `paths` that is missing. */
const definitionOrder = [
  ...['swagger', 'info', 'host', 'basePath', 'schemes', 'consumes', 'produces', 'paths', 'definitions', 'parameters'],
  ...['responses', 'securityDefinitions', 'security', 'tags', 'x-ms-connector-metadata'],
];

/**
 * Adds an operation to the draft's definition. The same operation again changes nothing.
 *
 * @throws UserError when the operation is not well formed, or clashes with one that is already there
 */
export function addOperation(draft: ConnectorDraft, operation: NewOperation): void {
  const { definition } = draft;
  const complete = completeOperation(operation);
  checkForm(complete);
  const existing = findPath(definition, complete.path);
  const value = buildOperation(complete, {
    consumes: own(definition, 'consumes'),
    produces: own(definition, 'produces'),
    shared: sharedParameters(definition, existing?.value),
  });
  if (isThere(definition, complete, existing?.value, value)) return;
  refuseClash(definition, complete, existing);
  insert(definition, complete, value);
}

/** The operation with its derived texts and the method in lower case. */
type Complete = NewOperation & { summary: string; description: string };

function completeOperation(operation: NewOperation): Complete {
  const summary = operation.summary ?? summaryFromId(operation.id);
  return {
    ...operation,
    method: operation.method.trim().toLowerCase(),
    summary,
    description: operation.description ?? describeSummary(summary),
  };
}

/** Product names and language are left to `validate`: they depend on the profile. */
function checkForm(operation: Complete): void {
  const checks: Check[] = [
    checkOperationId(operation.id),
    checkMethod(operation.method),
    checkPath(operation.path),
    checkSummary(operation.summary, 'custom'),
    checkDescription(operation.description, operation.summary, 'custom'),
    checkVisibility(operation.visibility ?? ''),
    checkStatus(operation.response?.status ?? '200'),
  ];
  for (const check of checks) if (check !== true) throw new UserError(check);
  if (operation.body !== undefined && ['get', 'head'].includes(operation.method)) {
    throw new UserError(`the operation ${operation.id} is a ${operation.method.toUpperCase()} and can't have a body`, {
      hint: 'use the method post, put or patch, or send the values as query parameters',
    });
  }
}

/** Parameters that a path item declares for all its operations, references resolved. */
function sharedParameters(definition: JsonObject, item: JsonObject | undefined): JsonObject[] {
  return asArray(own(item, 'parameters')).flatMap((entry) => {
    const reference = own(asObject(entry), '$ref');
    if (typeof reference !== 'string') return isObject(entry) ? [entry] : [];
    const name = /^#\/parameters\/([^/]+)$/.exec(reference)?.[1];
    const target = name === undefined ? undefined : own(asObject(own(definition, 'parameters')), name);
    return isObject(target) ? [target] : [];
  });
}

const isThere = (
  definition: JsonObject,
  operation: Complete,
  item: JsonObject | undefined,
  value: JsonObject,
): boolean =>
  findOperationId(definition, operation.id)?.path === operation.path && deepEqual(own(item, operation.method), value);

function refuseClash(
  definition: JsonObject,
  operation: Complete,
  item: { path: string; value: JsonObject } | undefined,
): void {
  const request = `${operation.method.toUpperCase()} ${operation.path}`;
  const sameId = findOperationId(definition, operation.id);
  if (sameId !== undefined) {
    const isSame = sameId.path === operation.path && sameId.method === operation.method;
    throw new UserError(
      `the operation id "${operation.id}" is already there: ${sameId.id} is ${sameId.name}${isSame ? ', and differs' : ''}`,
      { hint: isSame ? 'edit it in the definition, or remove it there first' : 'choose another id' },
    );
  }
  if (item === undefined) return;
  const sameMethod = own(item.value, operation.method);
  if (isObject(sameMethod)) {
    const id = String(own(sameMethod, 'operationId') ?? 'an operation without id');
    throw new UserError(`${request} is already there: ${id} is ${operation.method.toUpperCase()} ${item.path}`, {
      hint: 'choose another path or method, or edit that operation in the definition',
    });
  }
  if (item.path !== operation.path) {
    throw new UserError(`the path ${operation.path} can't be told from ${item.path}, which is already there`, {
      hint: `write the path as ${item.path}${pathVariables(item.path).length > 0 ? ', with the same variables' : ''}`,
    });
  }
}

function insert(definition: JsonObject, operation: Complete, value: JsonObject): void {
  let paths = own(definition, 'paths');
  if (!isObject(paths)) {
    paths = {};
    setInOrder(definition, 'paths', paths, definitionOrder);
  }
  const item = own(paths, operation.path);
  if (isObject(item)) setOwn(item, operation.method, value);
  else setOwn(paths, operation.path, { [operation.method]: value });
}
