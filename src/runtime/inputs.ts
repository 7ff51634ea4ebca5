import {
  asString,
  clone,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
  valueAt,
} from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { quote } from '../quote.ts';
import { bodyParameter, type RuntimeOperation, type RuntimeParameter } from './operation.ts';
import { setBelow } from './paths.ts';
import type { SchemaView } from './schema.ts';

/**
 * Inputs as a command line gives them.
 *
 * @param object of `--input`; undefined: none
 * @param assignments `NAME=VALUE` each, which win over the object
 * @throws UserError for what can't be read
 */
export function readInputs(
  operation: RuntimeOperation,
  object: JsonObject | undefined,
  assignments: readonly string[],
): JsonObject {
  const inputs = clone(object ?? {});
  for (const assignment of assignments) assign(operation, inputs, assignment);
  return inputs;
}

function assign(operation: RuntimeOperation, inputs: JsonObject, assignment: string): void {
  const { key, text } = parted(operation, assignment);
  assignText(operation, inputs, key, text);
}

/**
 * Gives an input a value.
 *
 * @param inputs changed in place
 * @param key as `--set` names it: `top`, `body/customer/name`
 * @throws UserError for an input that there isn't, and a text that its type doesn't allow
 */
export function assignText(operation: RuntimeOperation, inputs: JsonObject, key: string, text: string): void {
  const { name, path, schema } = inputPlace(operation, key);
  const value = readText(text, schema, operation, key);
  if (path.length === 0) {
    setOwn(inputs, name, value);
    return;
  }
  const root = getOwn(inputs, name) ?? (/^\d+$/.test(path[0] ?? '') ? [] : {});
  setOwn(inputs, name, root);
  makeLists(root, path);
  if (!setBelow(root, path, value)) {
    throw new UserError(`--set ${key}: there is another value on the way to it`, {
      hint: 'elements of lists are set in order, from 0',
    });
  }
}

export interface InputPlace {
  /** The parameter, and the path below it. */
  name: string;
  path: string[];
  schema: SchemaView;
}

/** Where an input is declared. @throws UserError for one that there isn't */
export function inputPlace(operation: RuntimeOperation, key: string): InputPlace {
  const parameter = operation.parameters.find(({ name }) => name === key);
  if (parameter !== undefined) return { name: key, path: [], schema: schemaOf(operation, parameter) };
  const [name = '', ...path] = key.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const body = bodyParameter(operation);
  if (body === undefined || name !== body.name || path.length === 0) {
    throw new UserError(`--set ${key}: ${operation.id} has no such input`, { hint: listOf(operation) });
  }
  return { name, path, schema: schemaBelow(operation, schemaOf(operation, body), path, key) };
}

/** At the first equals sign; at a later one where a name has one itself. */
function parted({ parameters }: RuntimeOperation, assignment: string): { key: string; text: string } {
  const known = parameters.find(({ name }) => name.includes('=') && assignment.startsWith(`${name}=`));
  const at = known?.name.length ?? assignment.indexOf('=');
  if (at <= 0) {
    throw new UserError(`--set ${quote(assignment)}: has no equals sign after a name`, {
      hint: 'write --set NAME=VALUE',
    });
  }
  return { key: assignment.slice(0, at), text: assignment.slice(at + 1) };
}

export const listOf = ({ id, parameters }: RuntimeOperation): string => {
  const body = parameters.find((parameter) => parameter.in === 'body');
  const names = parameters.map(({ name }) => name).join(', ');
  if (names === '') return `${id} has no inputs`;
  return `${id} has: ${names}${body === undefined ? '' : `; parts of the body as ${body.name}/PROPERTY`}`;
};

const schemaOf = ({ schemas }: RuntimeOperation, { in: location, node, pointer }: RuntimeParameter): SchemaView =>
  location === 'body' ? schemas.view(getOwn(node, 'schema'), `${pointer}/schema`) : { node, pointer };

/** @throws UserError with the names that there are */
function schemaBelow(
  { schemas }: RuntimeOperation,
  start: SchemaView,
  path: readonly string[],
  key: string,
): SchemaView {
  let view = start;
  for (const name of path) {
    if (schemas.isType(view, 'array')) {
      if (!/^\d+$/.test(name))
        throw new UserError(`--set ${key}: ${quote(name)} must be the number of an element, from 0`);
      view = schemas.below(view, 'items');
      continue;
    }
    const declared = schemas.properties(view);
    const next = declared.get(name) ?? schemas.others(view);
    if (next === undefined) {
      throw new UserError(`--set ${key}: there is no ${quote(name)}`, {
        hint: `there are: ${[...declared.keys()].join(', ')}`,
      });
    }
    view = next;
  }
  return view;
}

/** Lists on the way are made where the next name is a number. */
function makeLists(root: Json, path: readonly string[]): void {
  for (let end = 1; end < path.length; end += 1) {
    if (!/^\d+$/.test(path[end] ?? '')) continue;
    const before = path.slice(0, end);
    const parent = valueAt(root, before.slice(0, -1));
    const last = before.at(-1) ?? '';
    if (isObject(parent) && getOwn(parent, last) === undefined) setOwn(parent, last, []);
    else if (parent === undefined) setBelow(root, before, []);
  }
}

/** A value by the type that is declared: `@PATH` is a file where one is expected, and JSON where it is an object or list. */
function readText(text: string, view: SchemaView, { schemas }: RuntimeOperation, key: string): Json {
  const types = schemas.types(view);
  const format = asString(schemas.keyword(view, 'format'));
  if (text.startsWith('@') && (types.includes('file') || format === 'binary' || format === 'byte'))
    return { file: text.slice(1) };
  const [type] = types;
  switch (type) {
    case 'integer':
      return /^-?\d+$/.test(text) ? longOrNumber(text) : refuse(key, text, 'an integer');
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : refuse(key, text, 'a number');
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : refuse(key, text, 'true or false'));
    case 'array':
      return text.trim().startsWith('[')
        ? readJson(key, text)
        : text === ''
          ? []
          : text
              .split(',')
              .map((one, index) =>
                readText(one, schemas.below(view, 'items'), { schemas } as RuntimeOperation, `${key}/${index}`),
              );
    case 'object':
      return readJson(key, text);
    case undefined:
      return /^\s*[[{]/.test(text) ? readJson(key, text) : text;
    default:
      return text;
  }
}

/** More digits than a number has stay text: the definition says that they are an integer. */
const longOrNumber = (text: string): Json => (Number.isSafeInteger(Number(text)) ? Number(text) : text);

function readJson(key: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return refuse(key, text, 'JSON');
  }
}

function refuse(key: string, text: string, expected: string): never {
  throw new UserError(`--set ${key}: ${quote(text)} is not ${expected}`);
}
