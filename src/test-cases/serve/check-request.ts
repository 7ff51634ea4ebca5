import { fromPointer } from '../../connector/json/pointer.ts';
import { asArray, getOwn, type Json, valueAt } from '../../connector/json/value.ts';
import { literal } from '../../quote.ts';
import type { Body } from '../../runtime/message.ts';
import { bodyParameter, type RuntimeOperation, type RuntimeParameter } from '../../runtime/operation.ts';
import { checkBody, withoutNulls } from '../../runtime/schema-check.ts';
import { bodyView } from './resources.ts';

/** Where a request isn't what the definition promises. */
export interface RequestFinding {
  /** In the definition. */
  pointer: string;
  /** `query`, `path`, `header`, `formData` or `body`. */
  in: string;
  /** Of the parameter. */
  name: string;
  /** In the body; empty for the whole of it, and for what isn't one. */
  at: string;
  expected: string;
  seen: string;
}

/** What was sent for the parameters of an operation, decoded. */
export interface SentValues {
  path: ReadonlyMap<string, string>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  /** Undefined: the body is no form. */
  form: URLSearchParams | undefined;
  body: Body | undefined;
}

/**
 * Compares a request with the parameters of an operation: those that are missing, types, choices. What has a default
 * may be missing, since clients fill it in; credentials and what isn't declared are nobody's business here.
 */
export function checkRequest(operation: RuntimeOperation, sent: SentValues): RequestFinding[] {
  const ofParameters = operation.parameters
    .filter((parameter) => parameter.in !== 'body')
    .flatMap((parameter) => checkParameter(parameter, sent));
  return [...ofParameters, ...checkSentBody(operation, sent.body)];
}

function checkParameter(parameter: RuntimeParameter, sent: SentValues): RequestFinding[] {
  const { name, in: location, node, pointer, required } = parameter;
  const found = (expected: string, seen: string): RequestFinding[] => [
    { pointer, in: location, name, at: '', expected, seen },
  ];
  // files, and whatever else multipart bodies hold, are taken as they come
  if (location === 'formData' && sent.form === undefined) {
    return required && sent.body === undefined ? found('a form', 'nothing') : [];
  }
  const type = String(getOwn(node, 'type') ?? 'string');
  const texts = textsOf(parameter, sent);
  if (texts.length === 0) return required && getOwn(node, 'default') === undefined ? found(type, 'nothing') : [];
  if (type === 'file') return [];
  const isList = type === 'array';
  const item = isList ? getOwn(node, 'items') : node;
  const values = isList ? texts.flatMap((text) => text.split(separatorOf(node))) : texts.slice(0, 1);
  for (const text of values) {
    const itemType = String(getOwn(item, 'type') ?? 'string');
    if (!isTextOf(text, itemType)) return found(itemType, literal(text));
    const choices = asArray(getOwn(item, 'enum'));
    if (text !== '' && choices.length > 0 && !choices.some((choice) => String(choice) === text)) {
      return found(
        `one of ${choices.slice(0, 10).map(literal).join(', ')}${choices.length > 10 ? ', …' : ''}`,
        literal(text),
      );
    }
  }
  return [];
}

function textsOf({ name, in: location }: RuntimeParameter, { path, query, headers, form }: SentValues): string[] {
  switch (location) {
    case 'path':
      return [path.get(name)].filter((value) => value !== undefined);
    case 'query':
      return query.getAll(name);
    case 'header': {
      const key = name.toLowerCase();
      return Object.hasOwn(headers, key) ? [headers[key] ?? ''] : [];
    }
    default:
      return form?.getAll(name) ?? [];
  }
}

const separators: Readonly<Record<string, string>> = { ssv: ' ', tsv: '\t', pipes: '|' };

const separatorOf = (node: Json): string => separators[String(getOwn(node, 'collectionFormat'))] ?? ',';

function isTextOf(text: string, type: string): boolean {
  switch (type) {
    case 'integer':
      return /^-?\d+$/.test(text);
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text));
    case 'boolean':
      return /^(?:true|false)$/i.test(text);
    default:
      return true;
  }
}

function checkSentBody(operation: RuntimeOperation, body: Body | undefined): RequestFinding[] {
  const parameter = bodyParameter(operation);
  const view = bodyView(operation);
  if (parameter === undefined || view === undefined) return [];
  const about = { in: 'body', name: parameter.name };
  if (body === undefined) {
    const expected = operation.schemas.types(view).join(' or ') || 'a body';
    return parameter.required ? [{ pointer: parameter.pointer, ...about, at: '', expected, seen: 'nothing' }] : [];
  }
  // in a change null takes a value away
  const isChange = operation.method === 'PATCH' && body.kind === 'json';
  return checkBody(operation.schemas, view, isChange ? { kind: 'json', value: withoutNulls(body.value) } : body)
    .filter(({ pointer, seen }) => {
      if (seen !== 'nothing') return true;
      const node = valueAt(operation.definition, fromPointer(pointer));
      return getOwn(node, 'default') === undefined && getOwn(node, 'readOnly') !== true;
    })
    .map((finding) => ({ ...about, ...finding }));
}
