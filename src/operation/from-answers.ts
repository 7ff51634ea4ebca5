import { type Answers, list, text } from '../answers.ts';
import { inferSchema } from '../connector/infer-schema.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject, setOwn } from '../connector/json/value.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { scriptPatterns } from '../script/script-pattern.ts';
import type { DynamicReference } from './dynamic.ts';
import type { OperationChanges } from './edit-operation.ts';
import { parseExtension } from './extensions.ts';
import { operationKinds } from './kinds/catalogue.ts';
import {
  fileSchema,
  locationWays,
  type NewOperation,
  type NewParameter,
  type NewResponse,
  parameterPlaces,
  pollingForms,
  stages,
  uploadForms,
  visibilities,
} from './model.ts';
import { parseDynamicSchema, parseDynamicTree, parseDynamicValues, parseHelper } from './parse-dynamic.ts';
import { parseParameter } from './parse-parameter.ts';
import { readJsonSchema } from './read-schema.ts';

/** Answers of people, flags and files as what is to be done. */

/** What an answer file may hold as a value of its own instead of a text or a file's name, by question. */
export type Structured = Readonly<Record<string, Json[]>>;

const structuredNames = [
  'param',
  'requestSample',
  'responseSample',
  'notificationSample',
  'requestSchema',
  'responseSchema',
  'notificationSchema',
  'extension',
];

const camelCase = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Parts an entry of a file of answers into what flags could say as well, and what only a file can. */
export function separateStructured(entry: JsonObject): { plain: JsonObject; structured: Structured } {
  const plain: JsonObject = {};
  const structured: Record<string, Json[]> = {};
  for (const [key, value] of Object.entries(entry)) {
    const name = camelCase(key);
    if (!structuredNames.includes(name)) {
      plain[key] = value;
      continue;
    }
    // its entries are names and values already
    if (name === 'extension' && isObject(value)) {
      structured[name] = [value];
      continue;
    }
    const items =
      Array.isArray(value) && (name === 'param' || value.every((item) => typeof item === 'string')) ? value : [value];
    const objects = items.filter((item) => typeof item === 'object' && item !== null);
    if (objects.length > 0) structured[name] = objects;
    const texts = items.filter((item) => typeof item !== 'object' || item === null);
    if (texts.length > 0) plain[key] = name.endsWith('Schema') ? (texts[0] ?? null) : texts;
  }
  return { plain, structured };
}

/** Reads a JSON file that a flag names. */
export type ReadJson = (flag: string, file: string) => Json;

export interface AnswerSource {
  answers: Answers;
  structured?: Structured;
  read: ReadJson;
}

/** @param base what a curl command says; answers win over it */
export function operationFrom(source: AnswerSource, base: Partial<NewOperation> = {}): NewOperation {
  const { answers } = source;
  const kind = operationKinds.find((name) => name === text(answers, 'kind')) ?? base.kind ?? 'action';
  const changes = changesFrom(source);
  const { removedParameters: _, bodyRequired, visibility, ...parts } = changes;
  const body = parts.body ?? base.body;
  if (bodyRequired !== undefined && body === undefined) {
    throw new UserError('--optional-body: the operation has no request body', {
      hint: 'describe one, such as: --request-sample FILE',
    });
  }
  const notification = schemaFrom(source, 'notification');
  return {
    ...base,
    ...parts,
    ...(body === undefined || bodyRequired === undefined ? {} : { body: { ...body, required: bodyRequired } }),
    ...(visibility === undefined || visibility === 'normal' ? {} : { visibility }),
    parameters: mergeParameters(base.parameters ?? [], changes.parameters ?? []),
    kind,
    id: text(answers, 'id') || (base.id ?? ''),
    ...optional('method', text(answers, 'method') || base.method),
    path: text(answers, 'path') || (base.path ?? ''),
    ...(kind === 'webhook' ? { webhook: webhookPart(answers, notification) } : {}),
    ...(kind === 'polling' ? { polling: pollingPart(answers) } : {}),
    ...(kind === 'upload' || kind === 'download' ? { file: { ...base.file, ...filePart(answers) } } : {}),
  };
}

const optional = <K extends string, V>(key: K, value: V | undefined | ''): Partial<Record<K, V>> =>
  value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, V>);

function mergeParameters(base: readonly NewParameter[], given: readonly NewParameter[]): NewParameter[] {
  const same = (one: NewParameter) => given.find((other) => other.name === one.name && other.in === one.in);
  return [
    ...base.map((one) => same(one) ?? one),
    ...given.filter((one) => !base.some((other) => other.name === one.name && other.in === one.in)),
  ];
}

function webhookPart(answers: Answers, notification: JsonObject | undefined): NonNullable<NewOperation['webhook']> {
  const values: Record<string, Json> = {};
  for (const pair of list(answers, 'bodyValue')) {
    const at = pair.indexOf('=');
    values[pair.slice(0, at).trim()] = literal(pair.slice(at + 1).trim());
  }
  return {
    ...optional('notificationUrl', text(answers, 'notificationUrl')),
    ...(notification === undefined ? {} : { notification: { schema: notification } }),
    ...(Object.keys(values).length > 0 ? { bodyValues: values } : {}),
    ...optional('hint', text(answers, 'hint')),
    ...optional('unsubscribePath', text(answers, 'unsubscribePath')),
    ...optional('unsubscribeId', text(answers, 'unsubscribeId')),
    ...optional(
      'location',
      locationWays.find((way) => way === text(answers, 'location')),
    ),
    ...optional('locationUrl', text(answers, 'locationUrl')),
    ...optional('locationProperty', text(answers, 'locationProperty')),
  };
}

/** JSON where it is a list or a plain value other than text. */
function literal(value: string): Json {
  if (!/^(-?\d+(\.\d+)?|true|false|\[.*\])$/s.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

const pollingPart = (answers: Answers): NonNullable<NewOperation['polling']> => ({
  ...optional(
    'form',
    pollingForms.find((form) => form === text(answers, 'polling')),
  ),
  ...optional('stateParameter', text(answers, 'stateParam')),
  ...optional('statePath', text(answers, 'statePath')),
  ...optional('stateTemplate', text(answers, 'stateTemplate')),
  ...optional('itemsPath', text(answers, 'itemsPath')),
  ...optional('hint', text(answers, 'hint')),
});

const filePart = (answers: Answers): NonNullable<NewOperation['file']> => ({
  ...optional(
    'form',
    uploadForms.find((form) => form === text(answers, 'upload')),
  ),
  ...optional('field', text(answers, 'fileField')),
  ...optional('mediaType', text(answers, 'mediaType')),
});

/** The answers that mean the same for a new operation and for one that changes. */
export function changesFrom(source: AnswerSource): OperationChanges {
  const { answers, structured = {} } = source;
  const request = schemaFrom(source, 'request');
  const response = responseFrom(source);
  const extensions = extensionsFrom(source);
  const parameters = [...list(answers, 'param').map(parseParameter), ...(structured.param ?? []).map(readParameter)];
  const dynamic: DynamicReference[] = [
    ...list(answers, 'dynamicValues').map(parseDynamicValues),
    ...list(answers, 'dynamicSchema').map(parseDynamicSchema),
    ...list(answers, 'dynamicTree').map(parseDynamicTree),
  ];
  return {
    ...optional('summary', text(answers, 'summary')),
    ...optional('description', text(answers, 'description')),
    ...optional(
      'visibility',
      [...visibilities, 'normal' as const].find((level) => level === text(answers, 'visibility')),
    ),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(list(answers, 'removeParam').length > 0 ? { removedParameters: list(answers, 'removeParam') } : {}),
    ...(request === undefined ? {} : { body: { schema: request } }),
    ...(typeof answers.optionalBody === 'boolean' ? { bodyRequired: !answers.optionalBody } : {}),
    ...(Object.keys(response).length > 0 ? { response } : {}),
    ...optional('nextLink', text(answers, 'nextLink')),
    ...optional('apiPath', text(answers, 'apiPath')),
    ...(dynamic.length > 0 ? { dynamic } : {}),
    ...(list(answers, 'dictionary').length > 0 ? { dictionaries: list(answers, 'dictionary') } : {}),
    ...(list(answers, 'helper').length > 0 ? { helpers: list(answers, 'helper').map(parseHelper) } : {}),
    ...optional(
      'script',
      scriptPatterns.find((pattern) => pattern === text(answers, 'script')),
    ),
    ...optional('hint', text(answers, 'hint')),
    ...optional(
      'stage',
      stages.find((stage) => stage.toLowerCase() === text(answers, 'stage')),
    ),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
  };
}

function responseFrom(source: AnswerSource): NewResponse {
  const { answers } = source;
  const described = schemaFrom(source, 'response');
  if (described !== undefined && answers.responseFile === true) {
    throw new UserError('--response-file: the response is a file, so it has no --response-sample or --response-schema');
  }
  const schema = answers.responseFile === true ? fileSchema : described;
  const others = list(answers, 'otherStatus').map((text): [string, string] => {
    const [status = '', ...rest] = text.split('|');
    return [status.trim(), rest.join('|').trim() || 'The operation did not succeed.'];
  });
  return {
    ...optional('status', text(answers, 'status')),
    ...(schema === undefined ? {} : { schema }),
    ...(others.length > 0 ? { others: Object.fromEntries(others) } : {}),
  };
}

function extensionsFrom({ answers, structured = {} }: AnswerSource): JsonObject {
  const extensions: JsonObject = {};
  for (const { name, value } of list(answers, 'extension').map(parseExtension)) setOwn(extensions, name, value);
  for (const object of structured.extension ?? []) {
    for (const [name, value] of Object.entries(isObject(object) ? object : {})) setOwn(extensions, name, value);
  }
  return extensions;
}

/** From samples or from a JSON Schema; both at once contradict each other. */
function schemaFrom(
  { answers, structured = {}, read }: AnswerSource,
  what: 'request' | 'response' | 'notification',
): JsonObject | undefined {
  const samples = [
    ...list(answers, `${what}Sample`)
      .filter((file) => file !== '')
      .map((file) => read(`--${what}-sample`, file)),
    ...(structured[`${what}Sample`] ?? []),
  ];
  const file = text(answers, `${what}Schema`);
  const schema = file === '' ? structured[`${what}Schema`]?.[0] : read(`--${what}-schema`, file);
  if (schema !== undefined && samples.length > 0) {
    throw new UserError(`--${what}-sample and --${what}-schema: give one of them`);
  }
  if (schema !== undefined) {
    if (!isObject(schema)) throw new UserError(`--${what}-schema ${file}: must hold a JSON Schema, an object`);
    return readJsonSchema(schema);
  }
  return samples.length === 0 ? undefined : inferSchema(samples);
}

const isNumber = (value: Json): boolean => typeof value === 'number';

/** Keys of a parameter in a file of answers, with what they must be. */
const parameterKeys: Readonly<Record<string, (value: Json) => boolean>> = {
  name: (value) => typeof value === 'string',
  in: (value) => (parameterPlaces as readonly Json[]).includes(value),
  type: (value) => ['string', 'integer', 'number', 'boolean', 'array', 'file'].includes(String(value)),
  format: (value) => typeof value === 'string',
  items: (value) => ['string', 'integer', 'number', 'boolean'].includes(String(value)),
  required: (value) => typeof value === 'boolean',
  summary: (value) => typeof value === 'string',
  description: (value) => typeof value === 'string',
  visibility: (value) => (visibilities as readonly Json[]).includes(value),
  default: () => true,
  enum: (value) => Array.isArray(value),
  encoding: (value) => value === 'single' || value === 'double',
  minimum: isNumber,
  maximum: isNumber,
  minLength: isNumber,
  maxLength: isNumber,
  pattern: (value) => typeof value === 'string',
  extensions: isObject,
};

function readParameter(value: Json): NewParameter {
  const at = `param ${JSON.stringify(getOwn(asObject(value), 'name') ?? value)}`;
  if (!isObject(value)) throw new UserError(`${at}: must be a text or an object`);
  for (const [key, part] of Object.entries(value)) {
    const check = Object.hasOwn(parameterKeys, key) ? parameterKeys[key] : undefined;
    if (check === undefined) {
      const near = nearest(key, Object.keys(parameterKeys));
      throw new UserError(`${at}: "${key}" is unknown${near === undefined ? '' : `; did you mean ${near}?`}`, {
        hint: `a parameter has: ${Object.keys(parameterKeys).join(', ')}`,
      });
    }
    if (!check(part)) throw new UserError(`${at}: "${key}" can't be ${JSON.stringify(part)}`);
  }
  const { name, in: place } = value;
  if (typeof name !== 'string' || place === undefined) throw new UserError(`${at}: needs a name and "in"`);
  const { enum: values, ...rest } = value;
  const parameter = rest as unknown as NewParameter;
  return Array.isArray(values) ? { ...parameter, ...readEnum(values) } : parameter;
}

/** Values, or objects with a value and the name that people see. */
function readEnum(values: readonly Json[]): Pick<NewParameter, 'enum' | 'enumNames'> {
  const names: Record<string, string> = {};
  const plain = values.map((item) => {
    if (!isObject(item)) return item;
    const value = getOwn(item, 'value') ?? null;
    const name = getOwn(item, 'displayName');
    if (typeof name === 'string') names[String(value)] = name;
    return value;
  });
  return { enum: plain, ...(Object.keys(names).length > 0 ? { enumNames: names } : {}) };
}
