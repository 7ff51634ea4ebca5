import { typeOfFormat } from '../connector/facts/formats.ts';
import { pathVariables } from '../connector/facts/path-template.ts';
import {
  asArray,
  asObject,
  clone,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { firstRepeated } from '../first-repeated.ts';
import { describeFieldAnyway } from '../language/field-texts.ts';
import { completeSentence } from '../language/sentences.ts';
import { titleCase } from '../language/words.ts';
import {
  type Check,
  checkParameterDescription,
  checkParameterName,
  checkParameterPlace,
  checkParameterSummary,
  checkVisibility,
} from './checks.ts';
import { checkExtensionName } from './extensions.ts';
import { limitKeywords, type NewBody, type NewOperation, type NewParameter, type NewResponse } from './model.ts';
import { valueProblem, valueType } from './parameter-values.ts';
import { standardTexts } from './standard-texts.ts';

/** What surrounds the new operation in the definition. */
export interface Surroundings {
  /** `consumes` and `produces` of the root. */
  consumes: Json | undefined;
  produces: Json | undefined;
  /** Parameters that the path item declares for all its operations. */
  shared: readonly JsonObject[];
}

/**
 * The operation object of the definition.
 *
 * @param operation prepared by its kind; its summary and description are given
 * @throws UserError when a parameter is not well formed
 */
export function buildOperation(
  operation: NewOperation & { summary: string; description: string },
  around: Surroundings,
): JsonObject {
  const { id, summary, description, visibility, stage, body, response, nextLink, extensions = {} } = operation;
  requireExtensions(extensions, 'operation');
  const parameters: Json[] = completeParameters(operation, around.shared).map(buildParameter);
  if (body !== undefined) parameters.push(buildBody(body));
  const answers = response?.schema === undefined ? undefined : 'application/json';
  return {
    operationId: id,
    summary,
    description: completeSentence(description),
    ...(visibility === undefined ? {} : { 'x-ms-visibility': visibility }),
    ...(stage === undefined ? {} : { 'x-ms-api-annotation': { status: stage } }),
    ...(nextLink === undefined ? {} : { 'x-ms-pageable': { nextLinkName: nextLink } }),
    ...clone(extensions),
    ...mediaType('consumes', sentAs(operation), around.consumes),
    ...mediaType('produces', answers, around.produces),
    parameters,
    responses: buildResponses(nextLink === undefined ? response : withNextLink(response, nextLink)),
  };
}

export function requireExtensions(extensions: Readonly<Record<string, Json>>, holder: 'operation' | 'parameter'): void {
  for (const name of Object.keys(extensions)) {
    const check = checkExtensionName(name, holder);
    if (check !== true) throw new UserError(`--extension: ${check}`);
  }
}

/** Whether a form field holds a file, in either way to say so. */
export const isFile = ({ in: place, type, format }: NewParameter): boolean =>
  type === 'file' || (place === 'formData' && format === 'binary');

/** How the request's content is sent; undefined: it has none. */
function sentAs({ body, parameters = [] }: NewOperation): string | undefined {
  if (body !== undefined) return body.mediaType ?? 'application/json';
  const fields = parameters.filter((parameter) => parameter.in === 'formData');
  if (fields.length === 0) return undefined;
  return fields.some(isFile) ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
}

/** The media type of the operation, where it isn't the one that the root names first. */
export const mediaType = (
  key: 'consumes' | 'produces',
  type: string | undefined,
  root: Json | undefined,
): JsonObject => (type === undefined || asArray(root)[0] === type ? {} : { [key]: [type] });

/** Property names that the service takes for the next page (rule pageable-next-link). */
export const nextLinkNames = ['nextLink', '@odata.nextLink'] as const;

/** The URL of the next page is at the root of the answer; a sample of the last page doesn't show it. */
export function withNextLink(response: NewResponse = {}, name: string): NewResponse {
  const schema = clone(response.schema ?? { type: 'object' });
  if (getOwn(schema, 'type') !== 'object') {
    throw new UserError(`--next-link ${name}: the response must be an object that holds the list and the link`);
  }
  const properties = asObject(getOwn(schema, 'properties'));
  schema.properties = properties;
  if (getOwn(properties, name) === undefined) {
    const texts = { 'x-ms-summary': 'Next Link', description: standardTexts.nextPage };
    setOwn(properties, name, { type: 'string', ...texts });
  }
  return { ...response, schema };
}

/** The given parameters, checked, after those for path variables that nobody declared. */
function completeParameters(operation: NewOperation, shared: readonly JsonObject[]): NewParameter[] {
  const given = operation.parameters ?? [];
  const variables = pathVariables(operation.path);
  for (const parameter of given) {
    if (parameter.in === 'path' && !variables.includes(parameter.name)) {
      throw new UserError(`the path ${operation.path} has no variable {${parameter.name}}`, {
        hint: `its variables are: ${variables.join(', ') || 'none'}; add {${parameter.name}} to the path or remove the parameter`,
      });
    }
  }
  const keys = given.map((parameter) => `${parameter.in} ${parameter.name}`);
  const twice = firstRepeated(keys);
  if (twice !== undefined) throw new UserError(`the operation ${operation.id} has the parameter ${twice} twice`);
  const declared = [
    ...given.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name),
    ...shared.filter((parameter) => getOwn(parameter, 'in') === 'path').map((parameter) => getOwn(parameter, 'name')),
  ];
  const missing = variables.filter((name) => !declared.includes(name));
  return [...missing.map((name): NewParameter => ({ name, in: 'path' })), ...given];
}

export function buildParameter(parameter: NewParameter): JsonObject {
  const { name, visibility } = parameter;
  const summary = parameter.summary ?? titleCase(name);
  const description = completeSentence(
    parameter.description ?? describeFieldAnyway({ ...parameter, name: summary }, summary),
  );
  const required = isRequired(parameter);
  checkParameter(parameter, { summary, description, required });
  requireExtensions(parameter.extensions ?? {}, 'parameter');
  return {
    name,
    in: parameter.in,
    required,
    ...buildType(parameter),
    ...(parameter.type === 'array' ? {} : { ...limits(parameter), ...choices(parameter) }),
    ...(parameter.default === undefined ? {} : { default: parameter.default }),
    'x-ms-summary': summary,
    description,
    ...(visibility === undefined ? {} : { 'x-ms-visibility': visibility }),
    ...(parameter.in === 'path' ? { 'x-ms-url-encoding': parameter.encoding ?? 'single' } : {}),
    ...clone(parameter.extensions ?? {}),
  };
}

/** The value of an internal parameter is sent only when it is required (rule `internal-default-required`). */
const isRequired = (parameter: NewParameter): boolean =>
  parameter.in === 'path' ||
  parameter.required === true ||
  (parameter.visibility === 'internal' && parameter.default !== undefined);

function buildType(parameter: NewParameter): JsonObject {
  const { format } = parameter;
  if (parameter.type === 'file') return { type: 'file' };
  const scalar = { type: valueType(parameter), ...(format === undefined ? {} : { format }) };
  if (parameter.type !== 'array') return scalar;
  return {
    type: 'array',
    items: { ...scalar, ...limits(parameter), ...choices(parameter) },
    collectionFormat: 'csv',
  };
}

const limits = (parameter: NewParameter): JsonObject =>
  Object.fromEntries(
    limitKeywords.flatMap((key): [string, Json][] => {
      const value = parameter[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );

/** Allowed values; where one of them has a name for people, all get one. */
function choices({ enum: values, enumNames: names }: NewParameter): JsonObject {
  if (values === undefined) return {};
  if (names === undefined) return { enum: values };
  const named = values.map((value) => ({ value, displayName: names[String(value)] ?? String(value) }));
  return { enum: values, 'x-ms-enum-values': named };
}

function checkParameter(
  parameter: NewParameter,
  texts: { summary: string; description: string; required: boolean },
): void {
  const { name, format } = parameter;
  const at = `the parameter ${JSON.stringify(name)}`;
  const type = valueType(parameter);
  const checks: Check[] = [
    checkParameterName(name, parameter.in),
    checkParameterPlace(parameter.in),
    checkVisibility(parameter.visibility ?? ''),
    checkParameterSummary(texts.summary, 'custom'),
    checkParameterDescription(texts.description, texts.summary, 'custom'),
    format === undefined ||
      typeOfFormat.get(format) === type ||
      `the format ${JSON.stringify(format)} doesn't belong to the type ${type}; formats are ${[...typeOfFormat.keys()].join(', ')}`,
    valueProblem(parameter) ?? true,
    parameter.visibility !== 'internal' ||
      !texts.required ||
      parameter.default !== undefined ||
      'is internal and required, so it needs a default: nobody can fill it in',
  ];
  for (const check of checks) if (check !== true) throw new UserError(`${at}: ${check}`);
}

/** A body that isn't an object is shown as one field, which needs a label (rule `body-scalar-summary`). */
export function buildBody(body: NewBody): JsonObject {
  const schema = clone(body.schema);
  const type = getOwn(schema, 'type');
  const isField = typeof type === 'string' && type !== 'object';
  const texts = { 'x-ms-summary': 'Body', description: 'The content of the request.' };
  return {
    name: 'body',
    in: 'body',
    required: body.required ?? true,
    ...(isField ? texts : {}),
    schema: isField && getOwn(schema, 'x-ms-summary') === undefined ? { ...schema, ...texts } : schema,
  };
}

function buildResponses(response: NewResponse = {}): JsonObject {
  const { status = '200', description = 'The operation succeeded.', schema, others = {} } = response;
  if (Object.hasOwn(others, status)) {
    throw new UserError(`--other-status ${status}: that is the status of success`, {
      hint: 'leave it out, or name the status of success by --status',
    });
  }
  return {
    [status]: {
      description: completeSentence(description),
      ...(isObject(schema) ? { schema: clone(schema) } : {}),
    },
    ...otherResponses(others),
  };
}

/** Answers beside that of success: only what they mean. */
export const otherResponses = (others: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(
    Object.entries(others).map(([status, description]) => [status, { description: completeSentence(description) }]),
  );
