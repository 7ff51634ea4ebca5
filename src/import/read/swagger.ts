import { asObject, asString, getOwn, type Json, type JsonObject, strings } from '../../connector/json/value.ts';
import { swaggerKeys } from '../../connector/key-order.ts';
import {
  type ApiModel,
  type Dropped,
  type OperationDetail,
  operationExtensions,
  pickExtensions,
  rootExtensions,
  type SourceBody,
  type SourceMedia,
  type SourceOperation,
  type SourceParameter,
  type SourceResponse,
  type SourceScheme,
  type SourceServer,
  valueExtensions,
} from '../model.ts';
import type { ReportCode } from '../report-codes.ts';
import type { Description, DescriptionFormat } from './format.ts';
import { baseType, readHeaders } from './openapi/content.ts';
import { methods } from './openapi/methods.ts';
import { mergeParameters } from './openapi/parameters.ts';
import { readFlow, readRequirements } from './openapi/security.ts';
import { readTags } from './openapi.ts';
import { describedMembers, type References, textOf, unreadablePath, unreadableResponse } from './references.ts';
import { child, elements, isObjectNode, type Located, located, members } from './source.ts';
import { asText, isUnsafeKey } from './source-values.ts';

/** What is read; links to other documents have no place in a connector. */
const rootMembers: ReadonlySet<string> = new Set(swaggerKeys.filter((key) => key !== 'externalDocs'));

/** Swagger 2.0 → model. */
export const swagger: DescriptionFormat = {
  id: 'swagger',
  title: 'Swagger 2.0',
  recognise: (root) => (/^2(?:\.0)?$/.test(asText(getOwn(root, 'swagger')) ?? '') ? '2.0' : undefined),
  read,
};

function read({ source, references }: Description): ApiModel {
  const root = located(source.root.root, '', source.root);
  const value = asObject(root.value);
  const operations: SourceOperation[] = [];
  const dropped: Dropped[] = [];
  const described = describedMembers(child(root, 'paths'), { references, dropped, problem: unreadablePath });
  for (const { name: path, written, resolved } of described) {
    const item = { ...resolved, at: written.at };
    for (const [method, operation] of members(item)) {
      if (methods.has(method) && isObjectNode(operation))
        operations.push(readOperation(method, path, item, operation, value, references));
    }
  }
  return {
    format: 'swagger',
    version: '2.0',
    references,
    info: references.resolve(child(root, 'info')),
    servers: readServers(value),
    tags: readTags(child(root, 'tags')),
    operations,
    dropped,
    securitySchemes: readSchemes(child(root, 'securityDefinitions')),
    security: readRequirements(child(root, 'security')),
    webhooks: [],
    components: child(root, 'definitions'),
    extensions: pickExtensions(value, rootExtensions),
    leftovers: Object.keys(value).filter((key) => !rootMembers.has(key) && !rootExtensions.includes(key)),
  };
}

/** One server per scheme that the connector could use: https when it is offered or nothing is said. */
function readServers(root: JsonObject): SourceServer[] {
  const host = asText(root.host);
  const base = asText(root.basePath) ?? '';
  const schemes = strings(root.schemes);
  const scheme =
    schemes.includes('https') || schemes.length === 0
      ? 'https'
      : (schemes.find((entry) => entry === 'http') ?? 'https');
  const url =
    host === undefined
      ? base
      : `${scheme}://${host.replace(/^[a-z]+:\/\//i, '')}${base.startsWith('/') || base === '' ? '' : '/'}${base}`;
  return url === ''
    ? []
    : [{ url, at: host === undefined ? '/basePath' : '/host', description: undefined, variables: [] }];
}

function readOperation(
  method: string,
  path: string,
  item: Located,
  node: Located<JsonObject>,
  root: JsonObject,
  references: References,
): SourceOperation {
  const { value } = node;
  return {
    method,
    path,
    at: node.at,
    pathAt: item.at,
    operationId: asText(value.operationId),
    summary: asString(value.summary),
    description: textOf(child(node, 'description'), references),
    tags: strings(value.tags),
    deprecated: value.deprecated === true,
    security: readRequirements(child(node, 'security')),
    servers: undefined,
    extensions: pickExtensions(value, operationExtensions),
    notification: child(item, 'x-ms-notification-content'),
    detail: () => readDetail(item, node, root, references),
  };
}

function readDetail(
  item: Located,
  node: Located<JsonObject>,
  root: JsonObject,
  references: References,
): OperationDetail {
  const dropped: Dropped[] = [];
  const consumes = typesOf(node.value.consumes, root.consumes);
  const produces = typesOf(node.value.produces, root.produces);
  return {
    parameters: mergeParameters(item, node, references, dropped, readParameter),
    body: readBody(item, node, consumes, references, dropped),
    responses: readResponses(child(node, 'responses'), produces, references, dropped),
    callbacks: [],
    dropped,
  };
}

function typesOf(own: Json | undefined, shared: Json | undefined): string[] {
  const types = strings(own ?? shared).map(baseType);
  return types.length === 0 ? ['application/json'] : types;
}

/** How Swagger 2.0 joins arrays, in the words of OpenAPI 3. */
const collections: Readonly<Record<string, { style: string; explode: boolean }>> = {
  csv: { style: 'form', explode: false },
  multi: { style: 'form', explode: true },
  ssv: { style: 'spaceDelimited', explode: false },
  tsv: { style: 'tabDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
};

function readParameter(node: Located, at: string, references: References): SourceParameter | undefined {
  const value = asObject(node.value);
  const name = asText(value.name);
  const place = asString(value.in);
  if (name === undefined || (place !== 'path' && place !== 'query' && place !== 'header')) return undefined;
  const collection = collections[asString(value.collectionFormat) ?? 'csv'] ?? { style: 'form', explode: false };
  return {
    name,
    in: place,
    at,
    required: value.required === true || place === 'path',
    deprecated: value.deprecated === true || value['x-deprecated'] === true,
    description: textOf(child(node, 'description'), references),
    summary: undefined,
    style: place === 'query' || collection.style !== 'form' ? collection.style : 'simple',
    explode: collection.explode,
    allowReserved: false,
    media: undefined,
    schema: child(node, 'schema') ?? located<Json>(schemaOfParameter(value), node.at, node.file),
    extensions: pickExtensions(value, valueExtensions),
  };
}

/** Members of a 2.0 parameter that say how it is sent rather than what its value is. */
const notSchema: ReadonlySet<string> = new Set([
  'name',
  'in',
  'required',
  'description',
  'collectionFormat',
  'allowEmptyValue',
  'schema',
]);

const schemasOfParameters = new WeakMap<JsonObject, JsonObject>();

/** The value of a parameter as a schema; the same object each time, since schemas are known by identity. */
function schemaOfParameter(value: JsonObject): JsonObject {
  const known = schemasOfParameters.get(value);
  if (known !== undefined) return known;
  const schema = Object.fromEntries(Object.entries(value).filter(([key]) => !notSchema.has(key)));
  schemasOfParameters.set(value, schema);
  return schema;
}

/** A resolved parameter and the place where the operation uses it. */
interface PlacedParameter {
  readonly parameter: Located;
  readonly at: string;
}

function readBody(
  item: Located,
  node: Located,
  consumes: readonly string[],
  references: References,
  dropped: Dropped[],
): SourceBody | undefined {
  const form: PlacedParameter[] = [];
  let body: PlacedParameter | undefined;
  const lose = (code: ReportCode, at: string, message: string): void => {
    dropped.push({ code, at, message });
  };
  for (const entry of [...elements(child(node, 'parameters')), ...elements(child(item, 'parameters'))]) {
    const parameter = references.resolve(entry);
    const place = asString(getOwn(parameter?.value, 'in'));
    if (parameter === undefined) continue;
    if (place === 'body' && body !== undefined)
      lose('param-duplicate', entry.at, 'An operation has one body: the first one counts.');
    else if (place === 'body') body = { parameter, at: entry.at };
    if (place !== 'formData') continue;
    const name = asText(getOwn(parameter.value, 'name'));
    if (name === undefined || isUnsafeKey(name))
      lose('param-nameless', entry.at, 'A form field whose name cannot be carried over.');
    else form.push({ parameter, at: entry.at });
  }
  if (body !== undefined) {
    const { parameter, at } = body;
    for (const field of form) lose('param-duplicate', field.at, 'An operation has a body or a form: the body counts.');
    const schema = child(parameter, 'schema');
    return {
      name: asText(getOwn(parameter.value, 'name')) ?? 'body',
      at,
      required: getOwn(parameter.value, 'required') === true,
      description: textOf(child(parameter, 'description'), references),
      media: bodyTypes(consumes).map((type) => ({ type, at, schema, encoding: undefined, places: undefined })),
      extensions: pickExtensions(asObject(parameter.value), valueExtensions),
    };
  }
  return form.length === 0 ? undefined : readForm(node, form, consumes);
}

function bodyTypes(consumes: readonly string[]): readonly string[] {
  const types = consumes.filter(
    (type) => type !== 'multipart/form-data' && type !== 'application/x-www-form-urlencoded',
  );
  return types.length === 0 ? ['application/json'] : types;
}

/** Form parameters → one object schema, as OpenAPI 3 writes forms; each property keeps the pointer of its parameter. */
function readForm(node: Located, form: readonly PlacedParameter[], consumes: readonly string[]): SourceBody {
  const properties: JsonObject = {};
  const encoding: JsonObject = {};
  const required: string[] = [];
  const places = new Map<string, string>();
  for (const { parameter, at } of form) {
    const value = asObject(parameter.value);
    const name = asText(value.name);
    if (name === undefined || isUnsafeKey(name)) continue;
    const collection = collections[asString(value.collectionFormat) ?? 'csv'];
    properties[name] = {
      ...schemaOfParameter(value),
      ...(value.description === undefined ? {} : { description: value.description }),
    };
    if (value.type === 'array' && collection !== undefined)
      encoding[name] = { style: collection.style, explode: collection.explode };
    if (value.required === true) required.push(name);
    places.set(name, at);
  }
  const hasFile = form.some(({ parameter }) => getOwn(parameter.value, 'type') === 'file');
  const type =
    hasFile || !consumes.includes('application/x-www-form-urlencoded')
      ? 'multipart/form-data'
      : 'application/x-www-form-urlencoded';
  const at = `${node.at}/parameters`;
  const media: SourceMedia = {
    type:
      consumes.includes('application/x-www-form-urlencoded') && consumes[0] === 'multipart/form-data'
        ? 'multipart/form-data'
        : type,
    at,
    schema: located<Json>({ type: 'object', properties, required }, at, node.file),
    encoding: located<Json>(encoding, at, node.file),
    places,
  };
  return { name: 'body', at, required: required.length > 0, description: undefined, media: [media], extensions: {} };
}

function readResponses(
  node: Located | undefined,
  produces: readonly string[],
  references: References,
  dropped: Dropped[],
): SourceResponse[] {
  const result: SourceResponse[] = [];
  const described = describedMembers(node, { references, dropped, problem: unreadableResponse });
  for (const { name: code, written, resolved: response } of described) {
    const schema = child(response, 'schema');
    result.push({
      code,
      at: written.at,
      description: textOf(child(response, 'description'), references),
      media:
        schema === undefined
          ? []
          : produces.map((type) => ({ type, at: response.at, schema, encoding: undefined, places: undefined })),
      headers: readHeaders(child(response, 'headers'), references),
      links: false,
    });
  }
  return result;
}

function readSchemes(node: Located | undefined): Map<string, SourceScheme> {
  const schemes = new Map<string, SourceScheme>();
  for (const [name, scheme] of members(node)) {
    const value = asObject(scheme.value);
    const type = asString(value.type) ?? '';
    schemes.set(name, {
      name,
      at: scheme.at,
      type: type === 'basic' ? 'http' : type,
      in: asString(value.in),
      parameter: asText(value.name),
      scheme: type === 'basic' ? 'basic' : undefined,
      description: asText(value.description),
      openIdConnectUrl: undefined,
      flows: type === 'oauth2' ? [readFlow(asString(value.flow) ?? '', scheme)] : [],
    });
  }
  return schemes;
}
