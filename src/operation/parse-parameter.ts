import { typeOfFormat } from '../connector/facts/formats.ts';
import type { Json } from '../connector/json/value.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { type Check, checkParameterName, checkParameterPlace } from './checks.ts';
import {
  type NewParameter,
  type ParameterPlace,
  parameterPlaces,
  type ScalarType,
  scalarTypes,
  visibilities,
} from './model.ts';
import { readValue, valueType } from './parameter-values.ts';

/**
 * The text of one `--param` flag:
 *
 *     NAME:IN[:TYPE][:WORD...][=DEFAULT][|SUMMARY[|DESCRIPTION]]
 *
 *     orderId:path|Order ID|Identifies the order.
 *     top:query:integer=50|Number of Orders|How many orders are returned at most.
 *     status:query:string(open,closed):required
 *     size:query:string(s=>Small,l=>Large)
 *     angle:query:int32{0..359}
 *     code:query:string{4..32}
 *     ids:query:int64[]
 *     X-Version:header:string:internal=2024-01-01
 *
 * IN is path, query, header or formData (uploads). TYPE is string (the default), integer, number, boolean, file, or a
 * format (date-time, int64, email …), which brings its type along; allowed values are after it in parentheses, each
 * with an optional name for people after `=>`; limits of a number, or of a text's length, are in braces, either side
 * may be missing; `[]` makes it a list. WORDs, in any order: required, optional,
 * important, advanced, internal, double-encoded (a path variable whose values contain slashes or percent signs).
 * A backslash takes the next character literally.
 */
export const parameterSyntax = 'NAME:IN[:TYPE][:WORD...][=DEFAULT][|SUMMARY[|DESCRIPTION]]';

export const parameterExamples = [
  'orderId:path|Order ID|Identifies the order.',
  'top:query:integer=50|Number of Orders|How many orders are returned at most.',
  'status:query:string(open,closed):required',
] as const;

const words = ['required', 'optional', ...visibilities, 'double-encoded'] as const;

/** Reads one `--param`. @throws UserError that names the flag, what was read and what is allowed */
export function parseParameter(text: string): NewParameter {
  const fail = (problem: string): never => {
    throw new UserError(`--param ${JSON.stringify(text)}: ${problem}`, {
      hint: `write it as ${parameterSyntax}, for example '${parameterExamples[1]}'`,
    });
  };
  const { head, value, texts } = splitParts(text, fail);
  const [name = '', place, ...rest] = head.map((part) => part.trim());
  require(checkParameterName(name, place ?? ''), fail);
  if (place === undefined) return fail(`says no place after the name; allowed are ${parameterPlaces.join(', ')}`);
  require(checkParameterPlace(place), fail);
  const parameter: NewParameter = { name, in: place as ParameterPlace };
  readHead(parameter, rest, fail);
  if (value !== undefined) parameter.default = readDefault(parameter, value, fail);
  const [summary, description] = texts;
  if (summary !== undefined && summary !== '') parameter.summary = summary;
  if (description !== undefined && description !== '') parameter.description = description;
  return parameter;
}

/** The same as a check: true, or what is wrong with the text. */
export function checkParameterText(text: string): Check {
  try {
    parseParameter(text);
    return true;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

type Fail = (problem: string) => never;

function require(check: Check, fail: Fail): void {
  if (check !== true) fail(check);
}

/** Type and words, each at most once. */
function readHead(parameter: NewParameter, parts: readonly string[], fail: Fail): void {
  const seen = new Set<string>();
  parts.forEach((part, index) => {
    const kind = kindOf(part);
    if (kind === undefined && index === 0) readType(parameter, part, fail);
    else if (kind === undefined) fail(unknownWord(part));
    else {
      if (seen.has(kind)) fail(`${JSON.stringify(part)} contradicts or repeats an earlier word`);
      seen.add(kind);
      if (kind === 'encoding') parameter.encoding = 'double';
      else if (kind === 'required') parameter.required = part === 'required';
      else parameter.visibility = visibilities.find((visibility) => visibility === part);
    }
  });
  if (parameter.encoding !== undefined && parameter.in !== 'path')
    fail('only a path parameter can have the word double-encoded');
  if (parameter.in === 'path' && parameter.required === false) fail('a path parameter is always required');
}

const kindOf = (part: string): 'required' | 'visibility' | 'encoding' | undefined => {
  if (part === 'double-encoded') return 'encoding';
  if (part === 'required' || part === 'optional') return 'required';
  return (visibilities as readonly string[]).includes(part) ? 'visibility' : undefined;
};

function readType(parameter: NewParameter, part: string, fail: Fail): void {
  const [, name = '', range, list, brackets] = /^([^()[\]{}]*)(?:\{([^{}]*)\})?(?:\((.*)\))?(\[\])?$/s.exec(part) ?? [];
  const base = name.trim();
  if (base === 'file' && range === undefined && list === undefined && brackets === undefined) {
    if (parameter.in !== 'formData') fail('a file can only be sent in formData');
    parameter.type = 'file';
    return;
  }
  const scalar = scalarTypes.find((type) => type === base);
  const type = scalar ?? typeOfFormat.get(base) ?? fail(unknownWord(part));
  if (brackets === undefined) parameter.type = type;
  else Object.assign(parameter, { type: 'array', items: type });
  if (scalar === undefined) parameter.format = base;
  if (range !== undefined) readLimits(parameter, range, type, fail);
  if (list === undefined) return;
  const names: Record<string, string> = {};
  parameter.enum = splitOutside(list, ',').map((item) => {
    const [value = '', ...name] = item.split('=>').map((part) => literal(part.trim()));
    if (name.length > 0) names[value] = name.join('=>');
    return readValue(value, type) ?? fail(`the allowed value ${JSON.stringify(value)} is not of type ${type}`);
  });
  if (Object.keys(names).length > 0) parameter.enumNames = names;
}

/** `1..100`, `1..` or `..100` */
function readLimits(parameter: NewParameter, range: string, type: ScalarType, fail: Fail): void {
  const number = String.raw`-?\d+(?:\.\d+)?`;
  const match = new RegExp(`^(${number})?\\.\\.(${number})?$`).exec(range.replaceAll(' ', ''));
  const [, least, most] = match ?? [];
  if (match === null || (least === undefined && most === undefined))
    fail(`${JSON.stringify(`{${range}}`)} are not limits; write them as {1..100}, {1..} or {..100}`);
  const keys = type === 'string' ? (['minLength', 'maxLength'] as const) : (['minimum', 'maximum'] as const);
  if (least !== undefined) parameter[keys[0]] = Number(least);
  if (most !== undefined) parameter[keys[1]] = Number(most);
}

function unknownWord(part: string): string {
  const known = [...scalarTypes, ...typeOfFormat.keys(), ...words];
  const near = nearest(part.replace(/[([{][\s\S]*$/, ''), known);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `${JSON.stringify(part)} is neither a type nor one of ${words.join(', ')}; types are ${known.slice(0, -words.length).join(', ')}${hint}`;
}

function readDefault(parameter: NewParameter, text: string, fail: Fail): Json {
  const type = valueType(parameter);
  const read = (part: string): Json =>
    readValue(part, type) ?? fail(`the default ${JSON.stringify(part)} is not of type ${type}`);
  if (parameter.type !== 'array') return read(literal(text));
  return splitOutside(text, ',').map((part) => read(literal(part.trim())));
}

/** The three parts of the text: what is parted by colons, the default, the texts after bars. */
function splitParts(text: string, fail: Fail): { head: string[]; value: string | undefined; texts: string[] } {
  const [front = '', ...texts] = splitOutside(text, '|');
  if (texts.length > 2) fail('has more than two texts after a bar; write a bar inside a text as \\|');
  const [head = '', ...values] = splitOutside(front, '=');
  return {
    head: splitOutside(head, ':').map((part, index) => (index === 0 ? literal(part) : part)),
    value: values.length === 0 ? undefined : values.join('='),
    texts: texts.map((part) => literal(part).trim()),
  };
}

/** Parts at a separator that is neither after a backslash nor in parentheses; backslashes stay. */
function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') {
      part += text.slice(at, at + 2);
      at += 1;
      continue;
    }
    // parentheses protect only the list of allowed values: texts after a bar may have a lone one
    if (separator !== '|' || parts.length === 0) {
      if (char === '(') depth += 1;
      else if (char === ')') depth = Math.max(0, depth - 1);
    }
    if (char === separator && depth === 0) {
      parts.push(part);
      part = '';
    } else {
      part += char;
    }
  }
  return [...parts, part];
}

const literal = (text: string): string => text.replaceAll(/\\(.)/gs, '$1');
