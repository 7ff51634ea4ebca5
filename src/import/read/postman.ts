import { asArray, asObject, asString, isObject, type Json, type JsonObject, own } from '../../connector/json.ts';
import { pathKey } from '../convert/path-templates.ts';
import type {
  ApiModel,
  Dropped,
  OperationDetail,
  Requirement,
  SourceFlow,
  SourceMedia,
  SourceOperation,
  SourceParameter,
  SourceResponse,
  SourceScheme,
  SourceServer,
} from '../model.ts';
import { wordsOf } from '../names.ts';
import type { Report } from '../report.ts';
import { inferSchema } from './infer-schema.ts';
import { baseType } from './openapi.ts';
import type { References } from './references.ts';
import { child, elements, isObjectNode, type LoadedSource, type Located, locate } from './source.ts';
import { asText, isUnsafeKey } from './source-values.ts';

/** A request of a collection with what it inherits. */
interface Request {
  readonly node: Located<JsonObject>;
  readonly at: string;
  readonly name: string;
  readonly folder: string | undefined;
  readonly method: string;
  readonly url: Address;
  readonly auth: Located | undefined;
  readonly responses: Located | undefined;
}

interface Address {
  readonly origin: string;
  readonly path: string;
  readonly query: readonly JsonObject[];
  readonly variables: readonly JsonObject[];
  readonly pathVariables: readonly string[];
}

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);
const deepestFolder = 50;

/** Postman collections 2.0 and 2.1 → model. Values of variables, samples and credentials never reach the result. */
export function readPostman(
  source: LoadedSource,
  version: string,
  references: References,
  report: Report,
  environment: ReadonlyMap<string, string>,
): ApiModel {
  const root = locate(source.root.root, '', source.root);
  const collection = isObject(own(root.value, 'collection')) ? (child(root, 'collection') ?? root) : root;
  const variables = variablesOf(collection, environment);
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
  const description = textOf(value.description);
  return locate<Json>(
    { title: asText(value.name) ?? '', version: '1.0', ...(description === undefined ? {} : { description }) },
    info?.at ?? '',
    collection.file,
  );
}

/** Descriptions are a text or `{content, type}`. */
function textOf(value: Json | undefined): string | undefined {
  return asText(isObject(value) ? value.content : value);
}

function hasScripts(collection: Located): boolean {
  return asArray(own(collection.value, 'event')).length > 0;
}

function variablesOf(collection: Located, environment: ReadonlyMap<string, string>): Map<string, string> {
  const variables = new Map<string, string>();
  for (const variable of asArray(own(collection.value, 'variable'))) {
    const key = asText(own(variable, 'key')) ?? asText(own(variable, 'id'));
    const value = asText(own(variable, 'value'));
    if (
      key !== undefined &&
      value !== undefined &&
      own(variable, 'type') !== 'secret' &&
      own(variable, 'disabled') !== true
    )
      variables.set(key, value);
  }
  for (const [key, value] of environment) variables.set(key, value);
  return variables;
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
  if (depth > deepestFolder) return;
  for (const item of elements(list)) {
    const name = asText(own(item.value, 'name'));
    const inherited = authOf(child(item, 'auth')) ?? auth;
    if (Array.isArray(own(item.value, 'item'))) {
      collect(child(item, 'item'), name ?? folder, inherited, variables, requests, dropped, depth + 1);
      continue;
    }
    const request = child(item, 'request');
    if (request === undefined) continue;
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

/** `{{var}}` by its value; an unknown one stays, as `{var}`. */
function resolveVariables(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, name: string) => {
    const value = variables.get(name);
    return value === undefined || depth > 8
      ? `{${name.replace(/[^\w.-]/g, '_')}}`
      : resolveVariables(value, variables, depth + 1);
  });
}

/** An address, written as a text or in parts. Variables in the host stay open for the connection to fill. */
function parseUrl(value: Json | undefined, variables: ReadonlyMap<string, string>): Address | undefined {
  const raw = asText(isObject(value) ? value.raw : value) ?? (isObject(value) ? assemble(value) : undefined);
  if (raw === undefined) return undefined;
  const [beforeFragment = ''] = raw.trim().split('#');
  const question = beforeFragment.indexOf('?');
  const address = question < 0 ? beforeFragment : beforeFragment.slice(0, question);
  const queryText = question < 0 ? '' : beforeFragment.slice(question + 1);
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/]*)(.*)$/i.exec(resolveHead(address, variables));
  const [, scheme, host = '', rest = ''] = parts ?? [];
  const origin = `${scheme ?? 'https'}://${host}`;
  const pathVariables: string[] = [];
  const path = rest
    .split('/')
    .map((segment) => {
      const named = /^:([\w.-]+)(.*)$/.exec(segment);
      const written = named === null ? resolvePath(segment, variables) : `{${named[1]}}${named[2]}`;
      for (const match of written.matchAll(/\{([^{}]+)\}/g)) pathVariables.push(match[1] ?? '');
      return written;
    })
    .join('/');
  const query = isObject(value) && Array.isArray(value.query) ? value.query.filter(isObject) : pairs(queryText);
  return {
    origin,
    path: path === '' ? '/' : path,
    query,
    variables: asArray(own(value, 'variable')).filter(isObject),
    pathVariables,
  };
}

function assemble(url: JsonObject): string | undefined {
  const host = Array.isArray(url.host) ? url.host.join('.') : asText(url.host);
  if (host === undefined) return undefined;
  const path = Array.isArray(url.path)
    ? url.path.map((segment) => (isObject(segment) ? asText(segment.value) : String(segment))).join('/')
    : (asText(url.path) ?? '');
  const scheme = asText(url.protocol);
  const port = asText(url.port);
  return `${scheme === undefined ? '' : `${scheme}://`}${host}${port === undefined ? '' : `:${port}`}/${path.replace(/^\//, '')}`;
}

/** The variable that an address starts with often holds scheme, host and base path. */
function resolveHead(address: string, variables: ReadonlyMap<string, string>): string {
  const slash = address.indexOf('/', address.indexOf('://') < 0 ? 0 : address.indexOf('://') + 3);
  const head = slash < 0 ? address : address.slice(0, slash);
  return resolveVariables(head, variables) + (slash < 0 ? '' : address.slice(slash));
}

/** A variable in a path stands for an id: it becomes a parameter, except where it says the version. */
function resolvePath(segment: string, variables: ReadonlyMap<string, string>): string {
  return segment.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (whole, name: string) =>
    /version|base|prefix/i.test(name) && variables.has(name)
      ? resolveVariables(whole, variables)
      : `{${name.replace(/[^\w.-]/g, '_')}}`,
  );
}

function pairs(query: string): JsonObject[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? { key: pair, value: '' } : { key: pair.slice(0, equals), value: pair.slice(equals + 1) };
    });
}

function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** An origin with `{var}` for what the collection leaves open. */
function serverOf(origin: string, variables: ReadonlyMap<string, string>, at: string): SourceServer[] {
  if (origin === '' || /:\/\/$/.test(origin)) return [];
  const names = [...origin.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
  return [
    {
      url: origin,
      at: `${at}/variable`,
      description: undefined,
      variables: names.map((name) => ({
        name,
        value: variables.get(name) ?? '',
        allowed: [],
        description: undefined,
        at: `${at}/variable`,
      })),
    },
  ];
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
    if (/^\d{3,}$|^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(segment))
      report.info(
        'path-literal',
        request.at,
        `The segment ${segment.length > 12 ? `${segment.slice(0, 8)}...` : 'of digits'} looks like an id that should be a parameter.`,
      );
  }
  const name = commonName([request, ...others].map((entry) => entry.name));
  const id = wordsOf(name.replace(/https?:\/\/\S*/g, '').replace(/['\u2019]s\b/g, ''))
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
    description: textOf(request.node.value.description),
    tags: request.folder === undefined ? [] : [request.folder],
    deprecated: false,
    security: securityOf(request.auth, schemes),
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
  const common = words
    .slice(0, count)
    .join(' ')
    .replace(/(?:\s+(?:a|an|and|as|by|for|from|in|of|on|or|the|to|with|-|:))+$/i, '');
  return common.split(' ').length >= 2 ? common : first;
}

/** A JSON body with comments and variables tolerated; undefined when it is none. */
function parseSample(text: string): Json | undefined {
  const attempts = [
    text,
    text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1'),
    withoutVariables(text),
    withoutVariables(text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1')).replace(
      /,(\s*[}\]])/g,
      '$1',
    ),
  ];
  for (const attempt of attempts) {
    try {
      return JSON.parse(attempt) as Json;
    } catch {
      // The next attempt tolerates more.
    }
  }
  return undefined;
}

/** Variables inside quotes are texts; outside they could be anything. */
function withoutVariables(text: string): string {
  return text
    .replace(/"(?:[^"\\\n]|\\.)*"/g, (quoted) => quoted.replace(/\{\{[^{}]*\}\}/g, 'x'))
    .replace(/\{\{[^{}]*\}\}/g, 'null');
}

function jsonBody(request: Request): Json | undefined {
  const body = request.node.value.body;
  const raw = asString(own(body, 'raw'));
  return own(body, 'mode') === 'raw' && raw !== undefined ? parseSample(raw) : undefined;
}

function detailOf(request: Request, others: readonly Request[]): OperationDetail {
  const all = [request, ...others];
  return { parameters: parametersOf(all), body: bodyOf(all), responses: responsesOf(all), callbacks: [], dropped: [] };
}

const credentialHeaders: ReadonlySet<string> = new Set([
  'cookie',
  'host',
  'content-length',
  'user-agent',
  'connection',
  'accept-encoding',
  'postman-token',
  'cache-control',
]);

function parametersOf(requests: readonly Request[]): SourceParameter[] {
  const found = new Map<string, { parameter: SourceParameter; samples: Json[]; uses: number; disabled: boolean }>();
  const add = (
    place: 'path' | 'query' | 'header',
    name: string,
    at: string,
    entry: JsonObject,
    request: Request,
  ): void => {
    const key = `${place} ${name}`;
    const known = found.get(key);
    const isDisabled = entry.disabled === true;
    const sample = asString(entry.value);
    const samples =
      sample === undefined || sample === '' || /^\{\{.*\}\}$/.test(sample) || sample.startsWith('<') ? [] : [sample];
    if (known !== undefined) {
      known.samples.push(...samples);
      known.uses += isDisabled ? 0 : 1;
      known.disabled ||= isDisabled;
      return;
    }
    const parameter: SourceParameter = {
      name,
      in: place,
      at,
      required: place === 'path',
      deprecated: false,
      description: textOf(entry.description),
      summary: undefined,
      style: place === 'query' ? 'form' : 'simple',
      explode: place === 'query',
      allowReserved: false,
      media: undefined,
      schema: locate<Json>({}, at, request.node.file),
      extensions: {},
    };
    found.set(key, { parameter, samples, uses: isDisabled ? 0 : 1, disabled: isDisabled });
  };
  for (const request of requests) {
    const { url, node, at } = request;
    const urlAt = `${at}/url`;
    for (const name of url.pathVariables) {
      const index = url.variables.findIndex(
        (variable) => asText(variable.key) === name || asText(variable.id) === name,
      );
      add('path', name, index < 0 ? urlAt : `${urlAt}/variable/${index}`, url.variables[index] ?? {}, request);
    }
    for (const [index, entry] of url.query.entries()) {
      const name = asText(entry.key);
      if (name !== undefined && !isUnsafeKey(name))
        add(
          'query',
          name.replace(/[{}]/g, ''),
          Array.isArray(own(node.value.url, 'query')) ? `${urlAt}/query/${index}` : urlAt,
          entry,
          request,
        );
    }
    for (const entry of elements(child(node, 'header'))) {
      const name = asText(own(entry.value, 'key'));
      if (name !== undefined && !credentialHeaders.has(name.toLowerCase()) && !isUnsafeKey(name))
        add('header', name.replace(/[{}]/g, ''), entry.at, asObject(entry.value), request);
    }
  }
  return [...found.values()].map(({ parameter, samples }) => ({
    ...parameter,
    schema: { ...parameter.schema, value: typeOfTexts(samples) },
  }));
}

/** The type that all texts can be read as. */
function typeOfTexts(samples: readonly Json[]): JsonObject {
  const texts = samples.map(String);
  if (texts.length === 0) return { type: 'string' };
  if (texts.every((text) => text === 'true' || text === 'false')) return { type: 'boolean' };
  if (texts.every((text) => /^-?(?:0|[1-9]\d{0,14})$/.test(text))) return { type: 'integer' };
  if (texts.every((text) => /^-?\d+\.\d+$/.test(text))) return { type: 'number' };
  return inferSchema(texts);
}

function bodyOf(requests: readonly Request[]): OperationDetail['body'] {
  const withBody = requests.filter(
    ({ node }) =>
      isObject(node.value.body) && asString(node.value.body.mode) !== undefined && node.value.body.mode !== 'none',
  );
  const [first] = withBody;
  if (first === undefined) return undefined;
  const mode = asString(own(first.node.value.body, 'mode')) ?? '';
  const same = withBody.filter(({ node }) => own(node.value.body, 'mode') === mode);
  const media = mediaOf(mode, same);
  return media === undefined
    ? undefined
    : { name: 'body', at: `${first.at}/body`, required: true, description: undefined, media: [media], extensions: {} };
}

/** Media type and schema of the bodies of one mode. */
function mediaOf(mode: string, requests: readonly Request[]): SourceMedia | undefined {
  const [first] = requests;
  if (first === undefined) return undefined;
  const at = `${first.at}/body`;
  const schema = (value: JsonObject): Located => locate<Json>(value, `${at}/${mode}`, first.node.file);
  const media = (type: string, value: JsonObject | undefined, places?: ReadonlyMap<string, string>): SourceMedia => ({
    type,
    at: `${at}/${mode}`,
    schema: value === undefined ? undefined : schema(value),
    encoding: undefined,
    places,
  });
  switch (mode) {
    case 'raw': {
      const samples = requests.map(jsonBody).filter((sample) => sample !== undefined);
      const raws = requests.map(({ node }) => asText(own(node.value.body, 'raw'))).filter((raw) => raw !== undefined);
      if (raws.length === 0 && samples.length === 0) return undefined;
      if (samples.length > 0) return media('application/json', inferSchema(samples));
      const language = asString(own(own(own(first.node.value.body, 'options'), 'raw'), 'language'));
      return media(
        contentTypeOf(first) ??
          (language === 'xml' ? 'application/xml' : language === 'json' ? 'application/json' : 'text/plain'),
        language === 'json' ? {} : { type: 'string' },
      );
    }
    case 'urlencoded':
    case 'formdata': {
      const properties: JsonObject = {};
      const places = new Map<string, string>();
      for (const request of requests) {
        for (const entry of elements(child(child(request.node, 'body'), mode))) {
          const name = asText(own(entry.value, 'key'));
          if (name === undefined || isUnsafeKey(name) || properties[name] !== undefined) continue;
          const sample = asString(own(entry.value, 'value'));
          const description = textOf(own(entry.value, 'description'));
          const type: JsonObject =
            own(entry.value, 'type') === 'file'
              ? { type: 'string', format: 'binary' }
              : typeOfTexts(sample === undefined || sample === '' || sample.includes('{{') ? [] : [sample]);
          properties[name] = { ...type, ...(description === undefined ? {} : { description }) };
          places.set(name, entry.at);
        }
      }
      return media(
        mode === 'formdata' ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
        { type: 'object', properties },
        places,
      );
    }
    case 'file':
      return media('application/octet-stream', { type: 'string', format: 'binary' });
    case 'graphql':
      return media('application/json', {
        type: 'object',
        required: ['query'],
        properties: { query: { type: 'string', title: 'Query' }, variables: { type: 'object' } },
      });
    default:
      return undefined;
  }
}

function contentTypeOf(request: Request): string | undefined {
  const header = elements(child(request.node, 'header')).find(
    (entry) => asText(own(entry.value, 'key'))?.toLowerCase() === 'content-type',
  );
  const value = asText(own(header?.value, 'value'));
  return value === undefined || value.includes('{') ? undefined : baseType(value);
}

/** Codes of all saved answers; the schema of success fits all of its JSON samples. */
function responsesOf(requests: readonly Request[]): SourceResponse[] {
  const byCode = new Map<
    string,
    { at: string; description: string | undefined; samples: Json[]; file: Located['file'] }
  >();
  for (const request of requests) {
    for (const response of elements(request.responses)) {
      const code = String(own(response.value, 'code') ?? '');
      if (!/^[1-5]\d\d$/.test(code)) continue;
      const known = byCode.get(code) ?? {
        at: response.at,
        description: asText(own(response.value, 'name')),
        samples: [],
        file: response.file,
      };
      const body = asString(own(response.value, 'body'));
      const sample = body === undefined || body.trim() === '' ? undefined : parseSample(body);
      if (sample !== undefined && typeof sample === 'object') known.samples.push(sample);
      byCode.set(code, known);
    }
  }
  const successes = [...byCode].filter(([code]) => code.startsWith('2'));
  const samples = successes.flatMap(([, { samples: list }]) => list);
  const [main] = successes
    .filter(([, { samples: list }]) => list.length > 0)
    .map(([code]) => code)
    .sort();
  return [...byCode].map(([code, { at, description, file }]) => {
    const media: SourceMedia[] =
      code === main
        ? [
            {
              type: 'application/json',
              at,
              schema: locate<Json>(inferSchema(samples), at, file),
              encoding: undefined,
              places: undefined,
            },
          ]
        : [];
    return { code, at, description, media, headers: [], links: false };
  });
}

/** What Postman calls the ways to sign in, in the words of OpenAPI. Only names are read, never values of credentials. */
function securityOf(auth: Located | undefined, schemes: Map<string, SourceScheme>): Requirement[] | undefined {
  const type = asString(own(auth?.value, 'type'));
  if (auth === undefined || type === undefined || type === 'noauth') return [];
  const scheme = schemeOf(auth, type);
  const key = [...schemes.values()].find(
    (known) =>
      known.type === scheme.type &&
      known.in === scheme.in &&
      known.parameter === scheme.parameter &&
      known.scheme === scheme.scheme,
  )?.name;
  const name = key ?? (schemes.has(scheme.name) ? `${scheme.name}_${schemes.size + 1}` : scheme.name);
  if (key === undefined) schemes.set(name, { ...scheme, name });
  return [new Map([[name, []]])];
}

function schemeOf(auth: Located, type: string): SourceScheme {
  const settings = settingsOf(auth, type);
  const base: SourceScheme = {
    name: type,
    at: auth.at,
    type: 'http',
    in: undefined,
    parameter: undefined,
    scheme: type,
    description: undefined,
    openIdConnectUrl: undefined,
    flows: [],
  };
  switch (type) {
    case 'basic':
    case 'bearer':
      return base;
    case 'apikey':
      return {
        ...base,
        name: 'api_key',
        type: 'apiKey',
        scheme: undefined,
        in: settings.get('in') === 'query' ? 'query' : 'header',
        parameter: plainName(settings.get('key')) ?? 'X-API-Key',
      };
    case 'oauth2':
      return { ...base, name: 'oauth2', type: 'oauth2', scheme: undefined, flows: [flowOf(auth, settings)] };
    default:
      return base;
  }
}

const grants: Readonly<Record<string, SourceFlow['kind']>> = {
  authorization_code: 'authorizationCode',
  authorization_code_with_pkce: 'authorizationCode',
  implicit: 'implicit',
  password_credentials: 'password',
  client_credentials: 'clientCredentials',
};

function flowOf(auth: Located, settings: ReadonlyMap<string, string>): SourceFlow {
  const scopes = (settings.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '' && !scope.includes('{{'));
  return {
    kind: grants[settings.get('grant_type') ?? 'authorization_code'] ?? 'authorizationCode',
    at: auth.at,
    authorizationUrl: plainUrl(settings.get('authUrl')),
    tokenUrl: plainUrl(settings.get('accessTokenUrl')),
    refreshUrl: plainUrl(settings.get('refreshTokenUrl')),
    scopes: scopes.map((scope) => [scope, '']),
  };
}

function plainName(value: string | undefined): string | undefined {
  return value === undefined || /[{}\s]/.test(value) ? undefined : value;
}

function plainUrl(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:\/\/[^{}\s]+$/.test(value) ? value : undefined;
}

/** Settings are a list of pairs in 2.1 and an object in 2.0. */
function settingsOf(auth: Located, type: string): Map<string, string> {
  const settings = own(auth.value, type);
  const entries: [string, Json | undefined][] = Array.isArray(settings)
    ? settings.map((entry) => [asText(own(entry, 'key')) ?? '', own(entry, 'value')])
    : Object.entries(asObject(settings));
  return new Map(
    entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as [string, string]] : [])),
  );
}
