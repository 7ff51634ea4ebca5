import type { Json } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { apiPath } from './api-path.ts';
import { checkMethod, checkOperationId, checkPath } from './checks.ts';
import {
  type DynamicArgument,
  type DynamicSchema,
  type DynamicTree,
  type DynamicValues,
  treeChoices,
} from './dynamic.ts';
import type { NewHelper } from './model.ts';

/**
 * The texts of the flags about dynamic inputs.
 *
 *     --dynamic-values 'projectId=ListProjects:items:id:name'
 *     --dynamic-values 'body/taskId=ListTasks(project=@projectId,archived=false):items:id:name'
 *     --dynamic-schema 'body=GetTableSchema(table=@table):schema'
 *     --dynamic-tree 'folderId=ListRoot>ListFolder(folderId=*):items:id:name:isFolder'
 *
 * An operation with a dot is one of the platform: `userId=AadGraph.GetUsers::id:displayName`.
 *
 * In parentheses are the parameters of the called operation: a value, or `@` and an input of the calling one, or `*`
 * for the node of a tree that was opened. After colons follow paths in the answer; an empty list path means that the
 * answer is the list. In a tree the list of the first answer may be elsewhere, `folders>items`; ISPARENT is a property,
 * an expression in parentheses, or `true`; the last word says which nodes can be chosen.
 */
export const dynamicSyntax = {
  values: 'FIELD=OPERATION[(PARAMETER=VALUE|@INPUT,...)]:LIST:VALUE[:TITLE]',
  schema: 'PLACE=OPERATION[(PARAMETER=VALUE|@INPUT,...)][:SCHEMA]',
  tree: 'FIELD=OPEN>BROWSE(PARAMETER=*):LIST:VALUE:TITLE:ISPARENT[:FULLTITLE][:leaves|parents|all]',
} as const;

const examples = {
  values: 'projectId=ListProjects:items:id:name',
  schema: 'body=GetTableSchema(table=@table):schema',
  tree: 'folderId=ListRoot>ListFolder(folderId=*):items:id:name:isFolder',
} as const;

type Kind = keyof typeof dynamicSyntax;

function refuse(kind: Kind, text: string, problem: string): never {
  throw new UserError(`--dynamic-${kind} ${JSON.stringify(text)}: ${problem}`, {
    hint: `write it as ${dynamicSyntax[kind]}, for example '${examples[kind]}'`,
  });
}

/** Target, calls and paths. */
function split(kind: Kind, text: string): { target: string; calls: string[]; paths: string[] } {
  const at = text.indexOf('=');
  const [target, rest] = at < 0 ? ['', text] : [text.slice(0, at).trim(), text.slice(at + 1)];
  if (target === '') refuse(kind, text, 'says no field in front of an equals sign');
  const [front = '', ...paths] = splitOutside(rest, ':');
  return { target, calls: splitOutside(front, '>'), paths: paths.map((path) => path.trim()) };
}

function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

/** @param selected what `*` means: the path of a node's value */
function readCall(kind: Kind, text: string, call: string, selected: string) {
  const match = /^\s*([A-Za-z]\w*(?:\.\w+)?)\s*(?:\((.*)\))?\s*$/s.exec(call);
  if (match?.[1]?.includes('.') && kind !== 'values')
    return refuse(kind, text, `only choices can come from an operation of the platform, such as ${match[1]}`);
  if (match === null) return refuse(kind, text, `${JSON.stringify(call)} is not an operation id`);
  const [, operation = '', list = ''] = match;
  const given: Record<string, DynamicArgument> = {};
  for (const part of splitOutside(list, ',').filter((item) => item.trim() !== '')) {
    const at = part.indexOf('=');
    if (at < 0) refuse(kind, text, `${JSON.stringify(part)} has no value: write PARAMETER=VALUE or PARAMETER=@INPUT`);
    given[part.slice(0, at).trim()] = readArgument(part.slice(at + 1).trim(), selected);
  }
  return { operation, arguments: given };
}

const readArgument = (text: string, selected: string): DynamicArgument => {
  if (text.startsWith('@')) return { from: text.slice(1) };
  return text === '*' ? { selected } : { value: literal(text) };
};

/** Numbers and true or false as such, anything else as text. */
const literal = (text: string): Json => (/^(-?\d+(\.\d+)?|true|false)$/.test(text) ? (JSON.parse(text) as Json) : text);

export function parseDynamicValues(text: string): DynamicValues {
  const { target, calls, paths } = split('values', text);
  const [collection = '', value, title, ...more] = paths;
  if (calls.length !== 1 || more.length > 0) refuse('values', text, 'has too many parts');
  if (value === undefined || value === '') return refuse('values', text, 'says no property whose value is sent');
  return {
    kind: 'values',
    target,
    ...readCall('values', text, calls[0] ?? '', value),
    collection,
    value,
    title: title || value,
  };
}

export function parseDynamicSchema(text: string): DynamicSchema {
  const { target, calls, paths } = split('schema', text);
  if (calls.length !== 1 || paths.length > 1) refuse('schema', text, 'has too many parts');
  return { kind: 'schema', target, ...readCall('schema', text, calls[0] ?? '', ''), path: paths[0] ?? '' };
}

export function parseDynamicTree(text: string): DynamicTree {
  const { target, calls, paths } = split('tree', text);
  const [open, browse, ...others] = calls;
  const last = treeChoices.find((choice) => choice === paths.at(-1));
  const [list = '', value = '', title = '', isParent = '', fullTitle, ...more] =
    last === undefined ? paths : paths.slice(0, -1);
  const [collection = '', ownList] = list.split('>').map((path) => path.trim());
  if (browse === undefined || others.length > 0) return refuse('tree', text, 'needs two operations, OPEN>BROWSE');
  if (more.length > 0 || [value, title, isParent].includes(''))
    refuse('tree', text, 'needs four paths in the answer, or five');
  return {
    kind: 'tree',
    target,
    ...readCall('tree', text, open ?? '', value),
    browse: { ...readCall('tree', text, browse, value), ...(ownList === undefined ? {} : { collection: ownList }) },
    collection,
    value,
    title,
    isParent,
    ...(fullTitle ? { fullTitle } : {}),
    ...(last === undefined ? {} : { choice: last }),
  };
}

/** The flags, with what people read about each. */
export const dynamicKinds = {
  dynamicValues: {
    title: 'yes, the choices of a field',
    example: examples.values,
    parse: parseDynamicValues,
  },
  dynamicSchema: {
    title: 'yes, the fields of the body or of the response',
    example: examples.schema,
    parse: parseDynamicSchema,
  },
  dynamicTree: {
    title: 'yes, a tree to choose from, such as folders and files',
    example: examples.tree,
    parse: parseDynamicTree,
  },
} as const;

/** `ListProjects=GET /projects` */
export function parseHelper(text: string): NewHelper {
  const match = /^\s*([^=\s]+)\s*=\s*([A-Za-z]+)\s+(\S+)\s*$/.exec(text);
  const [, id = '', method = '', typed = ''] = match ?? [];
  const path = apiPath(typed);
  const problem = [checkOperationId(id), checkMethod(method), checkPath(path)].find((check) => check !== true);
  if (match !== null && problem === undefined) return { id, method: method.toLowerCase(), path };
  throw new UserError(`--helper ${JSON.stringify(text)}: ${match === null ? "can't be read" : problem}`, {
    hint: "write it as ID=METHOD PATH, for example 'ListProjects=GET /projects'",
  });
}

/** A parser as a check: true, or what is wrong. */
export const checkBy =
  (parse: (text: string) => unknown) =>
  (text: string): true | string => {
    try {
      parse(text);
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
    }
  };
