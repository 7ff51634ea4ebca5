import { isObject, type Json, type JsonObject, own } from '../connector/json.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type Answers, list, text } from '../questions/question.ts';
import type { DynamicReference } from './dynamic.ts';
import { inferSchema } from './infer-schema.ts';
import type { OperationChanges } from './lifecycle.ts';
import {
  locationWays,
  type NewOperation,
  type NewParameter,
  operationKinds,
  parameterPlaces,
  pollingForms,
  scriptPatterns,
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
  const { removedParameters: _, visibility, ...parts } = changes;
  const notification = schemaFrom(source, 'notification');
  return {
    ...base,
    ...parts,
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
  const response = schemaFrom(source, 'response');
  const status = text(answers, 'status');
  const parameters = [...list(answers, 'param').map(parseParameter), ...(structured.param ?? []).map(readParameter)];
  const dynamic: DynamicReference[] = [
    ...list(answers, 'dynamicValues').map(parseDynamicValues),
    ...list(answers, 'dynamicSchema').map(parseDynamicSchema),
    ...list(answers, 'dynamicTree').map(parseDynamicTree),
  ];
  const hasResponse = response !== undefined || status !== '';
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
    ...(hasResponse
      ? { response: { ...optional('status', status), ...(response === undefined ? {} : { schema: response }) } }
      : {}),
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
  };
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
};

function readParameter(value: Json): NewParameter {
  const at = `param ${JSON.stringify(value)}`;
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
    const value = own(item, 'value') ?? null;
    const name = own(item, 'displayName');
    if (typeof name === 'string') names[String(value)] = name;
    return value;
  });
  return { enum: plain, ...(Object.keys(names).length > 0 ? { enumNames: names } : {}) };
}
