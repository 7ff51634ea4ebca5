import { below } from '../../connector/json/pointer.ts';
import { asArray, asObject, asString, isObject, type Json, own, strings } from '../../connector/json/value.ts';
import {
  type ApiModel,
  type Dropped,
  type OperationDetail,
  operationExtensions,
  type ParameterPlace,
  pickExtensions,
  type Requirement,
  rootExtensions,
  type SourceBody,
  type SourceCallback,
  type SourceFlow,
  type SourceHeader,
  type SourceMedia,
  type SourceOperation,
  type SourceParameter,
  type SourceResponse,
  type SourceScheme,
  type SourceServer,
  type SourceWebhook,
  valueExtensions,
} from '../model.ts';
import { type References, textOf } from './references.ts';
import { child, elements, isObjectNode, type LoadedSource, type Located, located, members } from './source.ts';
import { asText } from './source-values.ts';

/** Methods that Swagger 2.0 knows, in no particular order: the source's order counts. */
export const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);
/** Methods of OpenAPI 3 that have no counterpart; each operation of theirs is reported. */
const foreignMethods: ReadonlySet<string> = new Set(['trace', 'query', 'additionalOperations']);

const rootMembers: ReadonlySet<string> = new Set([
  'openapi',
  'info',
  'servers',
  'paths',
  'components',
  'security',
  'tags',
  'webhooks',
  'jsonSchemaDialect',
  '$schema',
  '$self',
]);

/** OpenAPI 3.0, 3.1 and 3.2 → model. */
export function readOpenApi(source: LoadedSource, version: string, references: References): ApiModel {
  const root = located(source.root.root, '', source.root);
  const components = child(root, 'components');
  const paths = readPaths(child(root, 'paths'), references);
  return {
    format: 'openapi',
    version,
    references,
    info: references.resolve(child(root, 'info')),
    servers: readServers(child(root, 'servers')),
    tags: readTags(child(root, 'tags')),
    operations: paths.operations,
    dropped: paths.dropped,
    securitySchemes: readSchemes(child(components, 'securitySchemes'), references),
    security: readRequirements(child(root, 'security')),
    webhooks: members(child(root, 'webhooks')).map(([name, node]) => readWebhook(name, node, references)),
    components: child(components, 'schemas'),
    extensions: pickExtensions(asObject(root.value), rootExtensions),
    leftovers: Object.keys(asObject(root.value)).filter(
      (key) => !rootMembers.has(key) && !rootExtensions.includes(key),
    ),
  };
}

export function readTags(node: Located | undefined): string[] {
  return elements(node)
    .map((tag) => asText(own(tag.value, 'name')))
    .filter((name) => name !== undefined);
}

function readPaths(
  paths: Located | undefined,
  references: References,
): { operations: SourceOperation[]; dropped: Dropped[] } {
  const operations: SourceOperation[] = [];
  const dropped: Dropped[] = [];
  for (const [path, written] of members(paths)) {
    if (path.startsWith('x-')) continue;
    const item = references.resolve(written);
    if (!isObjectNode(item)) {
      dropped.push({
        code: 'ref-unresolved',
        at: written.at,
        message: `Path ${path} cannot be read: its reference leads nowhere.`,
      });
      continue;
    }
    const place: Located = { ...item, at: written.at };
    for (const [method, operation] of members(place)) {
      if (foreignMethods.has(method)) {
        for (const at of foreignOperations(method, operation)) {
          dropped.push({
            code: method === 'trace' ? 'excluded-by-default' : 'method-unsupported',
            at,
            message: `${method.toUpperCase()} ${path} cannot be called by a connector.`,
          });
        }
        continue;
      }
      if (!methods.has(method)) continue;
      const resolved = references.resolve(operation);
      if (!isObjectNode(resolved)) {
        dropped.push({
          code: 'ref-unresolved',
          at: operation.at,
          message: `${method.toUpperCase()} ${path} cannot be read.`,
        });
        continue;
      }
      operations.push(readOperation(method, path, place, { ...resolved, at: operation.at }, references));
    }
  }
  return { operations, dropped };
}

function foreignOperations(method: string, node: Located): string[] {
  return method === 'additionalOperations' ? members(node).map(([, operation]) => operation.at) : [node.at];
}

function readOperation(
  method: string,
  path: string,
  item: Located,
  node: Located,
  references: References,
): SourceOperation {
  const value = asObject(node.value);
  const shared = asObject(item.value);
  return {
    method,
    path,
    at: node.at,
    pathAt: item.at,
    operationId: asText(value.operationId),
    summary: asString(value.summary) ?? asString(shared.summary),
    description: textOf(child(node, 'description'), references) ?? textOf(child(item, 'description'), references),
    tags: strings(value.tags),
    deprecated: value.deprecated === true,
    security: readRequirements(child(node, 'security')),
    servers:
      value.servers === undefined
        ? shared.servers === undefined
          ? undefined
          : readServers(child(item, 'servers'))
        : readServers(child(node, 'servers')),
    extensions: pickExtensions(value, operationExtensions),
    notification: child(item, 'x-ms-notification-content'),
    detail: () => readDetail(item, node, references),
  };
}

function readDetail(item: Located, node: Located, references: References): OperationDetail {
  const dropped: Dropped[] = [];
  return {
    parameters: mergeParameters(item, node, references, dropped, readParameter),
    body: readBody(child(node, 'requestBody'), references, dropped),
    responses: readResponses(child(node, 'responses'), references, dropped),
    callbacks: readCallbacks(child(node, 'callbacks'), references),
    dropped,
  };
}

/** Parameters of the operation and, where it doesn't state its own, those of its path. */
export function mergeParameters(
  item: Located,
  node: Located,
  references: References,
  dropped: Dropped[],
  read: (parameter: Located, at: string, references: References) => SourceParameter | undefined,
): SourceParameter[] {
  const result = new Map<string, SourceParameter>();
  const unread = (entry: Located): void => {
    dropped.push({ code: 'ref-unresolved', at: entry.at, message: 'A parameter whose reference leads nowhere.' });
  };
  for (const [list, isShared] of [
    [child(item, 'parameters'), true],
    [child(node, 'parameters'), false],
  ] as const) {
    for (const entry of elements(list)) {
      const resolved = references.resolve(entry);
      const parameter = resolved && read(resolved, entry.at, references);
      if (parameter === undefined) {
        if (resolved === undefined || !isBodyPlace(resolved.value)) unread(entry);
        continue;
      }
      const key = `${parameter.in} ${parameter.name}`;
      const earlier = result.get(key);
      if (earlier !== undefined && !isShared && !earlier.at.startsWith(`${item.at}/parameters`)) {
        dropped.push({
          code: 'param-duplicate',
          at: parameter.at,
          message: `Parameter ${parameter.name} occurs twice; the last one counts.`,
        });
      }
      result.set(key, parameter);
    }
  }
  return [...result.values()];
}

function isBodyPlace(value: Json): boolean {
  return ['body', 'formData'].includes(String(own(value, 'in')));
}

const styles: Readonly<Record<ParameterPlace, string>> = {
  query: 'form',
  cookie: 'form',
  path: 'simple',
  header: 'simple',
};

function isPlace(value: string | undefined): value is ParameterPlace {
  return value !== undefined && Object.hasOwn(styles, value);
}

function readParameter(node: Located, at: string, references: References): SourceParameter | undefined {
  const value = asObject(node.value);
  const name = asText(value.name);
  const place = asString(value.in);
  if (name === undefined || !isPlace(place)) return undefined;
  const style = asString(value.style) ?? styles[place];
  const [media] = members(child(node, 'content'));
  return {
    name,
    in: place,
    at,
    required: value.required === true || place === 'path',
    deprecated: value.deprecated === true,
    description: textOf(child(node, 'description'), references),
    summary: undefined,
    style,
    explode: typeof value.explode === 'boolean' ? value.explode : style === 'form' || style === 'cookie',
    allowReserved: value.allowReserved === true,
    media: media?.[0],
    schema: child(node, 'schema') ?? child(media?.[1], 'schema') ?? located<Json>({}, node.at, node.file),
    extensions: pickExtensions(value, valueExtensions),
    example: exampleOf(node, references),
  };
}

/** The first plain example of a parameter, or of its schema. */
function exampleOf(parameter: Located, references: References): string | undefined {
  const schema = references.resolve(child(parameter, 'schema'));
  const [named] = members(child(parameter, 'examples'));
  const [listed] = elements(child(schema, 'examples'));
  const candidates = [
    child(parameter, 'example'),
    child(named === undefined ? undefined : references.resolve(named[1]), 'value'),
    child(schema, 'example'),
    listed,
  ];
  return candidates.map((node) => scalarText(node?.value)).find((text) => text !== undefined && text.trim() !== '');
}

function readBody(node: Located | undefined, references: References, dropped: Dropped[]): SourceBody | undefined {
  if (node === undefined) return undefined;
  const body = references.resolve(node);
  if (!isObjectNode(body)) {
    dropped.push({ code: 'ref-unresolved', at: node.at, message: 'A request body whose reference leads nowhere.' });
    return undefined;
  }
  return {
    name: 'body',
    at: node.at,
    required: body.value.required === true,
    description: asString(own(node.value, 'description')) ?? textOf(child(body, 'description'), references),
    media: readContent(child(body, 'content'), references),
    extensions: pickExtensions(body.value, valueExtensions),
  };
}

/** `application/json; charset=utf-8` → `application/json`. */
export function baseType(mediaType: string): string {
  return mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
}

function readContent(content: Located | undefined, references: References): SourceMedia[] {
  return members(references.resolve(content)).map(([type, written]) => {
    const media = references.resolve(written) ?? written;
    const items = child(media, 'itemSchema');
    return {
      type: items === undefined ? baseType(type) : 'application/jsonl',
      at: written.at,
      schema: child(media, 'schema') ?? items,
      encoding: child(media, 'encoding'),
      places: undefined,
    };
  });
}

function readResponses(node: Located | undefined, references: References, dropped: Dropped[]): SourceResponse[] {
  const result: SourceResponse[] = [];
  for (const [code, written] of members(references.resolve(node))) {
    if (code.startsWith('x-')) continue;
    const response = references.resolve(written);
    if (!isObjectNode(response)) {
      dropped.push({
        code: 'ref-unresolved',
        at: written.at,
        message: `Response ${code}: its reference leads nowhere.`,
      });
      continue;
    }
    result.push({
      code,
      at: written.at,
      description: asString(own(written.value, 'description')) ?? textOf(child(response, 'description'), references),
      media: readContent(child(response, 'content'), references),
      headers: readHeaders(child(response, 'headers'), references),
      links: isObject(response.value.links),
    });
  }
  return result;
}

export function readHeaders(node: Located | undefined, references: References): SourceHeader[] {
  return members(node).map(([name, written]) => {
    const header = references.resolve(written);
    return { name, at: written.at, description: textOf(child(header, 'description'), references) };
  });
}

function readWebhook(name: string, node: Located, references: References): SourceWebhook {
  const item = references.resolve(node);
  const operation = members(item).find(([method, value]) => methods.has(method) && isObjectNode(value))?.[1];
  return { name, at: node.at, ...readMessage(operation, references) };
}

/** What an operation that the API calls, and not the connector, has to say. */
function readMessage(
  operation: Located | undefined,
  references: References,
): Pick<SourceWebhook, 'summary' | 'description' | 'schema'> {
  const body = references.resolve(child(operation, 'requestBody'));
  const media = readContent(child(body, 'content'), references);
  return {
    summary: asString(own(operation?.value, 'summary')),
    description: asString(own(operation?.value, 'description')) ?? textOf(child(body, 'description'), references),
    schema: (media.find((entry) => entry.type.endsWith('json')) ?? media[0])?.schema,
  };
}

function readCallbacks(node: Located | undefined, references: References): SourceCallback[] {
  const result: SourceCallback[] = [];
  for (const [name, written] of members(node)) {
    const callback = references.resolve(written);
    if (callback === undefined) continue;
    for (const [expression, itemNode] of members(callback)) {
      const item = references.resolve(itemNode);
      if (item === undefined || expression.startsWith('x-')) continue;
      for (const [method, operation] of members(item)) {
        if (!methods.has(method) || !isObjectNode(operation)) continue;
        result.push({ name, expression, at: operation.at, method, ...readMessage(operation, references) });
      }
    }
  }
  return result;
}

function readServers(node: Located | undefined): SourceServer[] {
  const result: SourceServer[] = [];
  for (const server of elements(node)) {
    const url = asText(own(server.value, 'url'));
    if (url === undefined) continue;
    result.push({
      url: url.trim(),
      at: server.at,
      description: asText(own(server.value, 'description')),
      variables: members(child(server, 'variables')).map(([name, variable]) => ({
        name,
        value: scalarText(own(variable.value, 'default')) ?? scalarText(asArray(own(variable.value, 'enum'))[0]) ?? '',
        allowed: asArray(own(variable.value, 'enum'))
          .map(scalarText)
          .filter((entry) => entry !== undefined),
        description: asText(own(variable.value, 'description')),
        at: variable.at,
      })),
    });
  }
  return result;
}

function scalarText(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

export function readRequirements(node: Located | undefined): Requirement[] | undefined {
  if (node === undefined || !Array.isArray(node.value)) return undefined;
  return elements(node).map(
    (requirement) => new Map(members(requirement).map(([name, scopes]) => [name, strings(scopes.value)])),
  );
}

const flowKinds: Readonly<Record<string, SourceFlow['kind']>> = {
  authorizationCode: 'authorizationCode',
  accessCode: 'authorizationCode',
  implicit: 'implicit',
  password: 'password',
  clientCredentials: 'clientCredentials',
  application: 'clientCredentials',
};

/** A flow of OpenAPI 3, or a whole OAuth scheme of Swagger 2.0, which has the same members. */
export function readFlow(kind: string, node: Located): SourceFlow {
  return {
    kind: flowKinds[kind] ?? 'other',
    at: node.at,
    authorizationUrl: asText(own(node.value, 'authorizationUrl')),
    tokenUrl: asText(own(node.value, 'tokenUrl')),
    refreshUrl: asText(own(node.value, 'refreshUrl')),
    scopes: Object.entries(asObject(own(node.value, 'scopes')))
      .filter(([name]) => !name.startsWith('x-'))
      .map(([name, text]) => [name, asString(text) ?? '']),
  };
}

function readSchemes(node: Located | undefined, references: References): Map<string, SourceScheme> {
  const schemes = new Map<string, SourceScheme>();
  for (const [name, written] of members(node)) {
    const scheme = references.resolve(written);
    if (!isObjectNode(scheme)) continue;
    const { value } = scheme;
    schemes.set(name, {
      name,
      at: written.at,
      type: asString(value.type) ?? '',
      in: asString(value.in),
      parameter: asText(value.name),
      scheme: asString(value.scheme)?.toLowerCase(),
      description: asText(value.description),
      openIdConnectUrl: asText(value.openIdConnectUrl),
      flows: members(child(scheme, 'flows')).map(([kind, flow]) =>
        readFlow(kind, { ...flow, at: below(written.at, 'flows', kind) }),
      ),
    });
  }
  return schemes;
}
