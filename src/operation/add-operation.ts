import type { ConnectorDraft } from '../connector/draft.ts';
import { pathVariables } from '../connector/facts/path-template.ts';
import {
  asArray,
  asObject,
  clone,
  deepEqual,
  getOwn,
  isObject,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { definitionOrder, setInOrder } from '../connector/key-order.ts';
import { findOperationId, findPath } from '../connector/operations.ts';
import { UserError } from '../errors.ts';
import { describeSummary, summaryFromId } from '../language/operation-texts.ts';
import { addPolicies, type NewPolicy } from '../policy/policies.ts';
import { shellWord } from '../process/command.ts';
import { routeToScript, type ScriptRoute } from '../script/route.ts';
import { buildOperation, nextLinkNames } from './build-operation.ts';
import {
  type Check,
  checkDescription,
  checkMethod,
  checkOperationId,
  checkPath,
  checkStatus,
  checkSummary,
  checkVisibility,
  requireCheck,
} from './checks.ts';
import { applyDictionary, applyDynamic, checkDynamic } from './dynamic.ts';
import { helperOperation } from './helper.ts';
import { kindsOfOperation } from './kinds/catalogue.ts';
import type { NewHelper, NewOperation } from './model.ts';
import { scriptValues } from './script-values.ts';

/**
 * Adds an operation to the connector, with everything that it needs: the operations that it calls, its policies, its
 * part of the script. The same operation again changes nothing.
 *
 * @returns notes for the author
 * @throws UserError when the operation is not well formed, or clashes with one that is already there; the draft is
 *   then to be thrown away
 */
export const addOperation = (draft: ConnectorDraft, operation: NewOperation): string[] =>
  addOperations(draft, [operation]);

/** Adds several operations, which may refer to each other in any order. */
export const addOperations = (draft: ConnectorDraft, operations: readonly NewOperation[]): string[] =>
  placeOperations(draft, operations).flatMap(({ id, pattern, values }) => routeToScript(draft, id, pattern, values));

/**
 * Adds operations with their policies, but leaves the script to the caller, who may have another one.
 *
 * @returns the operations that the script has to handle
 * @throws UserError as `addOperation` does
 */
export function placeOperations(draft: ConnectorDraft, operations: readonly NewOperation[]): ScriptRoute[] {
  const { definition } = draft;
  for (const operation of operations) {
    // first, so that an operation which is there already isn't made again
    for (const helper of operation.helpers ?? []) addHelper(draft, helper, operation, operations);
  }
  const routes = operations.flatMap((operation) => addOne(draft, operation));
  for (const operation of operations) {
    for (const reference of operation.dynamic ?? []) checkDynamic(definition, operation.id, reference);
  }
  return routes;
}

function addHelper(draft: ConnectorDraft, helper: NewHelper, caller: NewOperation, all: readonly NewOperation[]): void {
  if (findOperationId(draft.definition, helper.id) !== undefined) return;
  if (all.some((operation) => operation.id === helper.id)) return;
  addOne(draft, helperOperation(helper, caller.dynamic ?? [], caller.parameters ?? []));
}

function addOne(draft: ConnectorDraft, given: NewOperation): ScriptRoute[] {
  const { definition } = draft;
  const operation = completeOperation(given, definition);
  const kind = kindsOfOperation[operation.kind];
  checkForm(operation);
  const additional = kind.additionalKeys?.(operation, { definition }) ?? {};
  const existing = findPath(definition, operation.path);
  const value = buildOperation(operation, {
    consumes: getOwn(definition, 'consumes'),
    produces: getOwn(definition, 'produces'),
    shared: sharedParameters(definition, existing?.value),
  });
  const complete = insertAfter(value, 'x-ms-visibility', additional.operation ?? {});
  const item = clone(additional.pathItem ?? {});
  for (const path of operation.dictionaries ?? []) applyDictionary(definition, complete, path);
  for (const reference of operation.dynamic ?? []) applyDynamic(definition, complete, reference, item);
  if (!isThere(definition, operation, existing?.value, complete)) {
    refuseClash(definition, operation, existing);
    insert(definition, operation, complete, item);
  }
  const routes = (additional.operations ?? []).flatMap((other) => addOne(draft, other));
  addPolicies(draft, [...(additional.policies ?? []), ...policiesFor(operation)]);
  const { id, script: pattern } = operation;
  if (pattern === undefined) return routes;
  return [...routes, { id, pattern, values: scriptValues(draft, operation, additional.scriptValues) }];
}

/** Policies that any kind of operation may need. */
function policiesFor(operation: Complete): NewPolicy[] {
  const { id, nextLink, apiPath } = operation;
  const policies: NewPolicy[] = [];
  if (nextLink !== undefined) {
    policies.push({
      templateId: 'updatenextlink',
      title: `${id}: fetch the next page through the connector`,
      parameters: { nextLinkPropertyName: nextLink },
      operations: [id],
    });
  }
  if (apiPath !== undefined && apiPath !== operation.path) policies.push(routePolicy(id, apiPath));
  return policies;
}

/**
 * The path in the definition is invented, the request goes to another one
 * (docs/reference/policy-templates.md#parameters).
 */
export const routePolicy = (id: string, apiPath: string): NewPolicy => ({
  templateId: 'routerequesttoendpoint',
  title: `${id}: call ${apiPath}`,
  parameters: { newPath: apiPath, httpMethod: '@Request.OriginalHTTPMethod' },
  operations: [id],
});

/** Extensions are where people look for them: after the texts. */
function insertAfter(operation: JsonObject, key: string, extensions: JsonObject): JsonObject {
  const result: JsonObject = {};
  const after = Object.hasOwn(operation, key) ? key : 'description';
  for (const [name, value] of Object.entries(operation)) {
    setOwn(result, name, value);
    if (name === after) Object.assign(result, clone(extensions));
  }
  return result;
}

/** The operation with its derived texts and the method in lower case. */
type Complete = NewOperation & { method: string; summary: string; description: string };

function completeOperation(operation: NewOperation, definition: JsonObject): Complete {
  const kind = kindsOfOperation[operation.kind];
  const summary = operation.summary ?? (kind.summary ?? summaryFromId)(operation.id);
  const complete = {
    ...operation,
    method: (operation.method ?? kind.method).trim().toLowerCase(),
    summary,
    description: operation.description ?? (kind.description ?? describeSummary)(summary),
  };
  const prepared = kind.prepare?.(complete, { definition }) ?? complete;
  return {
    ...complete,
    ...prepared,
    method: prepared.method ?? complete.method,
    summary,
    description: complete.description,
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
  const { nextLink, apiPath } = operation;
  if (nextLink !== undefined && !(nextLinkNames as readonly string[]).includes(nextLink)) {
    throw new UserError(`--next-link ${nextLink}: the service knows only ${nextLinkNames.join(' and ')}`, {
      hint: 'let the API or a script rename the property',
    });
  }
  const route = apiPath === undefined ? true : checkPath(apiPath);
  requireCheck('--api-path', route);
  if (operation.body !== undefined && ['get', 'head'].includes(operation.method)) {
    throw new UserError(`the operation ${operation.id} is a ${operation.method.toUpperCase()} and can't have a body`, {
      hint: 'use the method post, put or patch, or send the values as query parameters',
    });
  }
}

/** Parameters that a path item declares for all its operations, references resolved. */
function sharedParameters(definition: JsonObject, item: JsonObject | undefined): JsonObject[] {
  return asArray(getOwn(item, 'parameters')).flatMap((entry) => {
    const reference = getOwn(asObject(entry), '$ref');
    if (typeof reference !== 'string') return isObject(entry) ? [entry] : [];
    const name = /^#\/parameters\/([^/]+)$/.exec(reference)?.[1];
    const target = name === undefined ? undefined : getOwn(asObject(getOwn(definition, 'parameters')), name);
    return isObject(target) ? [target] : [];
  });
}

const isThere = (
  definition: JsonObject,
  operation: Complete,
  item: JsonObject | undefined,
  value: JsonObject,
): boolean =>
  findOperationId(definition, operation.id)?.path === operation.path &&
  deepEqual(getOwn(item, operation.method), value);

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
      {
        hint: isSame
          ? `change it with: pp-connector operation --edit ${shellWord(sameId.id)}, or remove it first: --remove ${shellWord(sameId.id)}`
          : 'choose another id',
      },
    );
  }
  if (item === undefined) return;
  const sameMethod = getOwn(item.value, operation.method);
  if (isObject(sameMethod)) {
    const id = String(getOwn(sameMethod, 'operationId') ?? 'an operation without id');
    throw new UserError(`${request} is already there: ${id} is ${operation.method.toUpperCase()} ${item.path}`, {
      hint: `choose another method, or another path and --api-path ${operation.path}, or change that one with: --edit ${shellWord(id)}`,
    });
  }
  if (item.path !== operation.path) {
    throw new UserError(`the path ${operation.path} can't be distinguished from ${item.path}, which is already there`, {
      hint: `write the path as ${item.path}${pathVariables(item.path).length > 0 ? ', with the same variables' : ''}`,
    });
  }
}

function insert(definition: JsonObject, operation: Complete, value: JsonObject, extensions: JsonObject): void {
  let paths = getOwn(definition, 'paths');
  if (!isObject(paths)) {
    paths = {};
    setInOrder(definition, 'paths', paths, definitionOrder);
  }
  const present = getOwn(paths, operation.path);
  const item = isObject(present) ? present : {};
  for (const [key, extension] of Object.entries(extensions)) setOwn(item, key, extension);
  setOwn(item, operation.method, value);
  if (item !== present) setOwn(paths, operation.path, item);
}
