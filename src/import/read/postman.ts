import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';
import { splitWords } from '../../language/words.ts';
import type { ApiModel, Dropped, SourceOperation, SourceScheme } from '../model.ts';
import { pathKey } from '../passes/path-templates.ts';
import type { Report } from '../report.ts';
import type { Description, DescriptionFormat } from './format.ts';
import { methods } from './openapi/methods.ts';
import { parseUrl, serverOf, variablesOf } from './postman/address.ts';
import { detailOf } from './postman/detail.ts';
import { hasSeveralQueries, isGraphql } from './postman/graphql.ts';
import { describedText, jsonBody, type Request } from './postman/request.ts';
import { securityOf } from './postman/security.ts';
import { child, elements, isObjectNode, type Located, located } from './source.ts';
import { asText } from './source-values.ts';

const deepestFolder = 50;

/** Postman collections 2.0 and 2.1 → model. Values of variables, samples and credentials never reach the result. */
export const postman: DescriptionFormat = {
  id: 'postman',
  title: 'Postman collections 2.0 and 2.1',
  recognise,
  read,
};

function recognise(root: Json): string | undefined {
  const collection = isObject(getOwn(root, 'collection')) ? getOwn(root, 'collection') : root;
  const info = getOwn(collection, 'info');
  // programs before the 2.1 format wrote the address of the schema under another key
  const schema = asString(getOwn(info, 'schema')) ?? asString(getOwn(info, '_postman_schema')) ?? '';
  const isCollection = schema !== '' || getOwn(info, '_postman_id') !== undefined;
  if (!Array.isArray(getOwn(collection, 'item')) || !isCollection) return undefined;
  return /[v#]2\.0/.test(schema) ? '2.0' : '2.1';
}

function read(description: Description): ApiModel {
  const { source, version, references, report } = description;
  const root = located(source.root.root, '', source.root);
  const collection = isObject(getOwn(root.value, 'collection')) ? (child(root, 'collection') ?? root) : root;
  const variables = variablesOf(collection, description.variables);
  const dropped: Dropped[] = [];
  const requests: Request[] = [];
  collect(child(collection, 'item'), undefined, child(collection, 'auth'), variables, requests, dropped, 0);
  if (hasScripts(collection))
    report.info('postman-scripts', `${collection.at}/event`, 'Scripts of the collection are not carried over.');
  const schemes = new Map<string, SourceScheme>();
  const operations = groupRequests(requests, schemes, dropped, report);
  const origin = mostFrequent(requests.map(({ url }) => url.origin));
  return {
    format: 'postman',
    version,
    references,
    info: infoOf(collection),
    servers: serverOf(origin, variables, collection.at),
    tags: [...new Set(requests.flatMap(({ folder }) => folder ?? []))],
    operations: operations.map((operation) => withServers(operation, origin, variables, collection.at)),
    dropped,
    securitySchemes: schemes,
    security: undefined,
    webhooks: [],
    components: undefined,
    extensions: {},
    leftovers: [],
  };
}

/** `info` in the words of OpenAPI: the name is the title. */
function infoOf(collection: Located): Located | undefined {
  const info = child(collection, 'info');
  const value = asObject(info?.value);
  const description = describedText(value.description);
  return located<Json>(
    { title: asText(value.name) ?? '', version: '1.0', ...(description === undefined ? {} : { description }) },
    info?.at ?? '',
    collection.file,
  );
}

function hasScripts(collection: Located): boolean {
  return asArray(getOwn(collection.value, 'event')).length > 0;
}

function collect(
  list: Located | undefined,
  folder: string | undefined,
  auth: Located | undefined,
  variables: ReadonlyMap<string, string>,
  requests: Request[],
  dropped: Dropped[],
  depth: number,
): void {
  for (const item of elements(list)) {
    const name = asText(getOwn(item.value, 'name'));
    if (depth > deepestFolder) {
      dropped.push({
        code: 'postman-request',
        at: item.at,
        message: `${name ?? 'A folder'}: it is nested too deeply.`,
      });
      continue;
    }
    const inherited = authOf(child(item, 'auth')) ?? auth;
    if (Array.isArray(getOwn(item.value, 'item'))) {
      collect(child(item, 'item'), name ?? folder, inherited, variables, requests, dropped, depth + 1);
      continue;
    }
    const request = child(item, 'request');
    if (request === undefined) {
      dropped.push({ code: 'postman-request', at: item.at, message: `${name ?? 'An entry'}: it has no request.` });
      continue;
    }
    const value: JsonObject = isObject(request.value) ? request.value : { method: 'GET', url: request.value };
    const node = { ...request, value };
    const method = (asString(value.method) ?? 'GET').toLowerCase();
    const url = parseUrl(value.url, variables);
    if (!methods.has(method) || url === undefined) {
      dropped.push({
        code: 'postman-request',
        at: request.at,
        message: `${name ?? 'A request'}: ${url === undefined ? 'it has no address' : `the method ${method.toUpperCase()} is not known`}.`,
      });
      continue;
    }
    requests.push({
      node,
      at: request.at,
      name: name ?? '',
      folder,
      method,
      url,
      auth: authOf(child(node, 'auth')) ?? inherited,
      responses: child(item, 'response'),
    });
  }
}

/** Undefined where the authentication of the folder applies. */
function authOf(node: Located | undefined): Located | undefined {
  return isObjectNode(node) && node.value.type !== 'inherit' && asString(node.value.type) !== undefined
    ? node
    : undefined;
}

function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

function withServers(
  operation: SourceOperation & { origin: string },
  main: string,
  variables: ReadonlyMap<string, string>,
  at: string,
): SourceOperation {
  return operation.origin === main ? operation : { ...operation, servers: serverOf(operation.origin, variables, at) };
}

/** Requests with the same method and path are one operation; the others are samples of it. */
function groupRequests(
  requests: readonly Request[],
  schemes: Map<string, SourceScheme>,
  dropped: Dropped[],
  report: Report,
): (SourceOperation & { origin: string })[] {
  const groups = new Map<string, Request[]>();
  for (const request of requests) {
    const key = `${request.method} ${request.url.origin} ${pathKey(request.url.path)}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [request]);
    else known.push(request);
  }
  const operations: (SourceOperation & { origin: string })[] = [];
  for (const group of groups.values()) {
    const [first, ...others] = isRpc(group) ? splitRpc(group, dropped) : group;
    if (first === undefined) continue;
    if (group.every(isGraphql) && hasSeveralQueries(group)) {
      for (const { at, name } of group)
        report.lossy(
          'postman-variants',
          at,
          `${name} is a query of its own: one action sends all queries, whose text is an input.`,
        );
      // it is called after none of them
      const operation = operationOf(first, others, schemes, report);
      operations.push({ ...operation, operationId: 'SendGraphQLQuery', summary: undefined, description: undefined });
      continue;
    }
    for (const other of others) {
      report.lossy('postman-variants', other.at, `${other.name} is a variant of ${first.name}: one action does both.`);
    }
    operations.push(operationOf(first, others, schemes, report));
  }
  return operations;
}

/** Several bodies without a single key in common: calls of different functions at one address. */
function isRpc(group: readonly Request[]): boolean {
  const bodies = group.map(jsonBody).filter(isObject);
  if (group.length < 3 || bodies.length < group.length) return false;
  if (group.some((request) => request.method !== 'post' || request.url.pathVariables.length > 0)) return false;
  const names = new Set(bodies.map((body) => asText(body.method) ?? ''));
  const isNamed =
    bodies.every(
      (body) => asText(body.method) !== undefined && (body.jsonrpc !== undefined || body.params !== undefined),
    ) && names.size > 1;
  const keys = bodies.flatMap((body) => Object.keys(body));
  return isNamed || new Set(keys).size === keys.length;
}

function splitRpc(group: readonly Request[], dropped: Dropped[]): Request[] {
  const [first, ...others] = group;
  for (const request of others) {
    dropped.push({
      code: 'postman-rpc',
      at: request.at,
      message: `${request.name} shares its address with ${first?.name ?? 'another request'} but nothing of its body; one operation per address is possible.`,
    });
  }
  return first === undefined ? [] : [first];
}

function operationOf(
  request: Request,
  others: readonly Request[],
  schemes: Map<string, SourceScheme>,
  report: Report,
): SourceOperation & { origin: string } {
  const { url } = request;
  for (const segment of url.path.split('/')) {
    if (/^\d+(?:\.[a-z]{2,5})?$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^(?=[a-f]*\d)[0-9a-f]{16,}$/i.test(segment))
      report.lossy(
        'path-literal',
        request.at,
        `The segment ${segment.length > 12 ? `${segment.slice(0, 8)}...` : 'of digits'} looks like an id that should be a parameter.`,
      );
  }
  const name = commonName([request, ...others].map((entry) => entry.name));
  const id = splitWords(name.replace(/https?:\/\/\S*/g, '').replace(/['\u2019]s\b/g, ''))
    .filter((word) => !/^(?:a|an|the)$/i.test(word))
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
  return {
    origin: url.origin,
    method: request.method,
    path: url.path,
    at: request.at,
    pathAt: request.at,
    operationId: /^[A-Za-z]/.test(id) && id.length <= 60 ? id : undefined,
    summary: name === '' || /^https?:|^\//.test(name) ? undefined : name,
    description: describedText(request.node.value.description),
    tags: request.folder === undefined ? [] : [request.folder],
    deprecated: false,
    security: securityOf(request, schemes, report),
    servers: undefined,
    extensions: {},
    notification: undefined,
    detail: () => detailOf(request, others),
  };
}

/** The words that the names of all variants begin with, if they say enough; else the first name. */
function commonName(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const words = first.split(/\s+/);
  let count = words.length;
  for (const other of others) {
    const otherWords = other.split(/\s+/);
    const end = words.findIndex((word, index) => otherWords[index]?.toLowerCase() !== word.toLowerCase());
    count = Math.min(count, end < 0 ? words.length : end);
  }
  const common = words.slice(0, count);
  while (common.length > 1 && /^(?:a|an|and|as|by|for|from|in|of|on|or|the|to|with|-|:)$/i.test(common.at(-1) ?? ''))
    common.pop();
  return common.length >= 2 ? common.join(' ') : first;
}
