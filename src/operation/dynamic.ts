import { parametersOf, resolve } from '../connector/follow.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { type ExistingOperation, findOperationId, listOperations } from '../connector/operations.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { bodyOf, inputAt, schemaAt, successSchema } from './schemas.ts';

/**
 * Choices, fields and trees that another operation of the connector answers for
 * (docs/reference/openapi-extensions.md#dynamic-values, #dynamic-schema and #dynamic-tree).
 * Each is written in both its forms, the older one for clients that don't know the newer.
 */

/** What the called operation is given: a value, or an input of the calling operation, or (in a tree) the open node. */
export type DynamicArgument = { value: Json } | { from: string } | { selected: string };

interface DynamicCall {
  operation: string;
  arguments: Readonly<Record<string, DynamicArgument>>;
}

/** Choices of a field. */
export interface DynamicValues extends DynamicCall {
  kind: 'values';
  target: string;
  /** Path of the list in the answer; empty: the answer is the list. */
  collection: string;
  value: string;
  title: string;
}

/** Fields of a body, an answer or a notification. */
export interface DynamicSchema extends DynamicCall {
  kind: 'schema';
  target: string;
  /** Path of the schema in the answer; empty: the answer is the schema. */
  path: string;
}

/** Which nodes of a tree can be chosen. */
export const treeChoices = ['leaves', 'parents', 'all'] as const;
export type TreeChoice = (typeof treeChoices)[number];

/** A tree to browse, such as folders and files. */
export interface DynamicTree extends DynamicCall {
  kind: 'tree';
  target: string;
  /** With its own path of the list, where it differs. */
  browse: DynamicCall & { collection?: string };
  collection: string;
  value: string;
  title: string;
  /** A boolean property of an item, an expression in parentheses, or `true`: every node can be opened. */
  isParent: string;
  /** Property of an item with the whole path for people. */
  fullTitle?: string;
  /** Default `leaves`. */
  choice?: TreeChoice;
}

export type DynamicReference = DynamicValues | DynamicSchema | DynamicTree;

/**
 * Writes the extension into an operation.
 *
 * @param item the path item, for what a webhook notifies
 * @throws UserError when the target isn't there or can't have such an extension
 */
export function applyDynamic(
  definition: JsonObject,
  operation: JsonObject,
  reference: DynamicReference,
  item: JsonObject,
): void {
  const holder = findHolder(definition, operation, reference, item);
  for (const [key, value] of Object.entries(extensionsOf(reference))) setOwn(holder, key, value);
}

/** The parameter or schema that gets the extension. */
function findHolder(
  definition: JsonObject,
  operation: JsonObject,
  { kind, target }: DynamicReference,
  item: JsonObject,
): JsonObject {
  const flag = `--dynamic-${kind} ${JSON.stringify(target)}`;
  const [root = '', ...rest] = target.split('/');
  const within = (schema: JsonObject | undefined, what: string): JsonObject => {
    const found = schema === undefined ? undefined : schemaAt(definition, schema, rest.join('/'));
    if (found === undefined) throw new UserError(`${flag}: the ${what} has no ${rest.join('/') || 'schema'}`);
    if (kind !== 'schema' && rest.length === 0)
      throw new UserError(`${flag}: choices belong to one field, such as ${root}/id`);
    return found;
  };
  if (root === 'body')
    return within(asOptional(getOwn(asObject(bodyOf(definition, operation)), 'schema')), 'request body');
  if (root === 'response' && kind === 'schema') return within(successSchema(definition, operation), 'response');
  if (root === 'notification' && kind === 'schema') {
    return within(asOptional(getOwn(asObject(getOwn(item, 'x-ms-notification-content')), 'schema')), 'notification');
  }
  const parameters = parametersOf(definition, operation, item).filter(
    (parameter) => getOwn(parameter, 'in') !== 'body',
  );
  const holder = parameters.find((parameter) => getOwn(parameter, 'name') === target);
  if (holder === undefined || kind === 'schema') {
    const names = [...parameters.map((parameter) => String(getOwn(parameter, 'name'))), 'body/…'];
    const allowed = kind === 'schema' ? 'body, response, notification, and paths below them' : names.join(', ');
    throw new UserError(
      `${flag}: there is no such ${kind === 'schema' ? 'place' : 'parameter'}; allowed are ${allowed}`,
    );
  }
  return holder;
}

const asOptional = (value: Json | undefined): JsonObject | undefined => (isObject(value) ? value : undefined);

/** The pair of extensions; a tree has one form only. */
function extensionsOf(reference: DynamicReference): JsonObject {
  const { operation } = reference;
  const old = mapArguments(reference.arguments, oldArgument);
  const modern = mapArguments(reference.arguments, modernArgument);
  switch (reference.kind) {
    case 'values': {
      const paths = {
        parameters: old,
        ...optional('value-collection', reference.collection),
        'value-path': reference.value,
        'value-title': reference.title,
      };
      if (isBuiltIn(operation)) return { 'x-ms-dynamic-values': { builtInOperation: operation, ...paths } };
      return {
        'x-ms-dynamic-values': { operationId: operation, ...paths },
        'x-ms-dynamic-list': {
          operationId: operation,
          parameters: modern,
          ...optional('itemsPath', reference.collection),
          itemValuePath: reference.value,
          itemTitlePath: reference.title,
        },
      };
    }
    case 'schema':
      return {
        'x-ms-dynamic-schema': { operationId: operation, parameters: old, ...optional('value-path', reference.path) },
        'x-ms-dynamic-properties': {
          operationId: operation,
          parameters: modern,
          // the newer form names the schema itself (rule dynamic-properties-path-match)
          ...optional('itemValuePath', reference.path.replace(/\/?properties$/, '')),
        },
      };
    case 'tree':
      return { 'x-ms-dynamic-tree': treeOf(reference, modern) };
  }
}

const optional = (key: string, value: string): JsonObject => (value === '' ? {} : { [key]: value });

function treeOf(tree: DynamicTree, parameters: JsonObject): JsonObject {
  const { choice = 'leaves' } = tree;
  const isExpression = tree.isParent.startsWith('(') || tree.isParent === 'true';
  const call = (operation: string, collection: string, values: JsonObject): JsonObject => ({
    operationId: operation,
    ...optional('itemsPath', collection),
    itemValuePath: tree.value,
    itemTitlePath: tree.title,
    itemIsParent: isExpression ? tree.isParent : `(${tree.isParent} eq true)`,
    ...optional('itemFullTitlePath', tree.fullTitle ?? ''),
    ...(Object.keys(values).length > 0 ? { parameters: values } : {}),
  });
  return {
    settings: { canSelectParentNodes: choice !== 'leaves', canSelectLeafNodes: choice !== 'parents' },
    open: call(tree.operation, tree.collection, parameters),
    browse: call(
      tree.browse.operation,
      tree.browse.collection ?? tree.collection,
      mapArguments(tree.browse.arguments, modernArgument),
    ),
  };
}

function mapArguments(given: DynamicCall['arguments'], map: (argument: DynamicArgument) => Json): JsonObject {
  const mapped: JsonObject = {};
  for (const [name, argument] of Object.entries(given)) setOwn(mapped, name, map(argument));
  return mapped;
}

const oldArgument = (argument: DynamicArgument): Json => {
  if ('value' in argument) return argument.value;
  return { parameter: 'from' in argument ? argument.from.replace(/^body\//, '') : argument.selected };
};

const modernArgument = (argument: DynamicArgument): Json => {
  if ('value' in argument) return { value: argument.value };
  return 'from' in argument ? { parameterReference: argument.from } : { selectedItemValuePath: argument.selected };
};

/**
 * Checks a reference against the finished definition: the called operation exists, gets what it requires from inputs
 * that exist, and answers with the list and the properties that the reference names.
 *
 * @throws UserError that says what is wrong and what is allowed
 */
export function checkDynamic(definition: JsonObject, callerId: string, reference: DynamicReference): void {
  const caller = findOperationId(definition, callerId);
  if (caller === undefined) return;
  const fail: Fail = (problem, hint) => {
    throw new UserError(`--dynamic-${reference.kind} ${JSON.stringify(reference.target)}: ${problem}`, {
      ...(hint === undefined ? {} : { hint }),
    });
  };
  for (const call of callsOf(reference)) {
    const target = calledOperation(definition, call.operation, fail);
    checkArguments(definition, { caller, target }, call, fail);
    checkAnswer(definition, target, call, fail);
  }
}

/** One that the platform itself has, such as `AadGraph.GetUsers`; only the older form of choices can name it. */
const isBuiltIn = (operation: string): boolean => operation.includes('.');

/** The reference once for each operation of the connector that it calls, with what is expected of that one. */
export function callsOf(reference: DynamicReference): DynamicReference[] {
  if (isBuiltIn(reference.operation)) return [];
  return reference.kind === 'tree' ? [reference, { ...reference, ...reference.browse }] : [reference];
}

/** What can be checked before the calling operation is complete: the called one, and what it answers. */
export function checkDynamicAnswer(definition: JsonObject, reference: DynamicReference): void {
  const fail: Fail = (problem) => {
    throw new UserError(problem);
  };
  for (const call of callsOf(reference)) {
    checkAnswer(definition, calledOperation(definition, call.operation, fail), call, fail);
  }
}

type Fail = (problem: string, hint?: string) => never;

function calledOperation(definition: JsonObject, id: string, fail: Fail): ExistingOperation {
  const target = listOperations(definition).find((operation) => operation.id === id);
  if (target !== undefined) return target;
  const known = listOperations(definition).map((operation) => operation.id);
  const near = nearest(id, known);
  return fail(
    `there is no operation "${id}"${near === undefined ? '' : `; did you mean ${near}?`}`,
    `add it with the same command: --helper "${id}=GET /path", or choose one of: ${known.join(', ')}`,
  );
}

function checkArguments(
  definition: JsonObject,
  { caller, target }: Record<'caller' | 'target', ExistingOperation>,
  call: DynamicCall,
  fail: Fail,
): void {
  const item = (operation: ExistingOperation) =>
    asObject(getOwn(asObject(getOwn(definition, 'paths')), operation.path));
  const inputs = parametersOf(definition, target.value, item(target));
  for (const [name, argument] of Object.entries(call.arguments)) {
    if (inputAt(definition, target.value, item(target), name) === undefined) {
      const names = inputs.map((parameter) => String(getOwn(parameter, 'name')));
      fail(`the operation ${target.id} has no parameter "${name}"; it has: ${names.join(', ') || 'none'}`);
    }
    if (!('from' in argument)) continue;
    const source = inputAt(definition, caller.value, item(caller), argument.from);
    if (source === undefined) {
      fail(`the operation ${caller.id} has no input "${argument.from}"; name a parameter, or a property as body/NAME`);
    } else if (getOwn(source, 'x-ms-visibility') === 'internal') {
      fail(`the input "${argument.from}" is internal and never filled in; give its value itself`);
    }
  }
  for (const parameter of inputs) {
    const name = String(getOwn(parameter, 'name'));
    const needed = getOwn(parameter, 'required') === true && getOwn(parameter, 'default') === undefined;
    if (needed && getOwn(parameter, 'in') !== 'body' && !Object.hasOwn(call.arguments, name)) {
      fail(
        `the operation ${target.id} requires "${name}"`,
        `give it in parentheses, such as ${target.id}(${name}=@INPUT) or ${target.id}(${name}=VALUE)`,
      );
    }
  }
}

function checkAnswer(definition: JsonObject, target: ExistingOperation, reference: DynamicReference, fail: Fail): void {
  const schema = successSchema(definition, target.value);
  if (schema === undefined) throw fail(`the operation ${target.id} declares no answer`, 'give it a response schema');
  if (reference.kind === 'schema') {
    if (schemaAt(definition, schema, reference.path) === undefined) {
      fail(`the answer of ${target.id} has no "${reference.path}"; it has: ${namesOf(definition, schema)}`);
    }
    return;
  }
  const list = schemaAt(definition, schema, reference.collection);
  if (list === undefined) {
    throw fail(`the answer of ${target.id} has no "${reference.collection}"; it has: ${namesOf(definition, schema)}`);
  }
  if (getOwn(list, 'type') !== undefined && getOwn(list, 'type') !== 'array') {
    fail(
      `${reference.collection || 'the answer'} of ${target.id} is not a list; its lists are: ${lists(definition, schema)}`,
    );
  }
  const item = resolve(definition, getOwn(list, 'items')) ?? {};
  const fullTitle = reference.kind === 'tree' ? (reference.fullTitle ?? '') : '';
  for (const path of [reference.value, reference.title, fullTitle]) {
    if (path !== '' && schemaAt(definition, item, path) === undefined) {
      fail(`an item of ${target.id} has no "${path}"; it has: ${namesOf(definition, item)}`);
    }
  }
}

const namesOf = (definition: JsonObject, schema: JsonObject): string =>
  Object.keys(asObject(getOwn(resolve(definition, schema), 'properties'))).join(', ') || 'nothing that is named';

const lists = (definition: JsonObject, schema: JsonObject): string =>
  Object.entries(asObject(getOwn(resolve(definition, schema), 'properties')))
    .filter(([, value]) => getOwn(resolve(definition, value), 'type') === 'array')
    .map(([name]) => name)
    .join(', ') || 'none';

/** Shows an open object as an editor of keys and values (docs/reference/openapi-extensions.md#presentation). */
export function applyDictionary(definition: JsonObject, operation: JsonObject, path: string): void {
  const body = asObject(bodyOf(definition, operation));
  const schema = path.startsWith('body')
    ? schemaAt(definition, asObject(getOwn(body, 'schema')), path.replace(/^body\/?/, ''))
    : undefined;
  if (schema === undefined) {
    throw new UserError(`--dictionary ${JSON.stringify(path)}: the request body has no such property`, {
      hint: 'name it as body/NAME, such as body/labels',
    });
  }
  const properties = getOwn(schema, 'properties');
  // the editor is only for objects of which no property is known: what a sample showed are examples of keys
  if (isObject(properties)) delete schema.properties;
  delete schema.required;
  if (asString(getOwn(schema, 'type')) === undefined) setOwn(schema, 'type', 'object');
  if (!isObject(getOwn(schema, 'additionalProperties'))) {
    const [first] = asArray(isObject(properties) ? Object.values(properties) : []);
    const type = asString(getOwn(asObject(first), 'type')) ?? 'string';
    setOwn(schema, 'additionalProperties', { type });
  }
  setOwn(schema, 'x-ms-editor', 'dictionary');
}
