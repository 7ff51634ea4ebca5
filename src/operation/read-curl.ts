import { inferSchema } from '../connector/infer-schema.ts';
import { asObject, asString, getOwn, type Json, type JsonObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { singular } from '../language/inflection.ts';
import { proposeOperationId } from '../language/operation-ids.ts';
import { decodeQuery } from '../percent-encoding.ts';
import { isCredentialHeader, isCredentialQuery } from './curl-sign-in.ts';
import type { NewOperation, NewParameter } from './model.ts';
import { splitCommandLine } from './split-command-line.ts';

/** An operation from a `curl` command line, as documentations of APIs show them. */

/** Headers that are the platform's business; those of the authentication are left out, too. */
const droppedHeaders =
  /^(proxy-authorization|cookie|host|user-agent|accept|accept-(encoding|language)|content-(type|length)|connection|origin|referer|cache-control|pragma|te|dnt|sec-.*)$/i;

/** Flags that take a value which says nothing about the operation. */
const ignoredWithValue = new Set(
  (
    '-o --output -w --write-out -A --user-agent -b --cookie -c --cookie-jar -e --referer -m --max-time ' +
    '--connect-timeout --retry -x --proxy --cacert -E --cert --key --resolve --limit-rate -K --config'
  ).split(' '),
);

export interface CurlRequest {
  method: string | undefined;
  url: string | undefined;
  headers: [string, string][];
  data: string[];
  form: string[];
  dataToQuery: boolean;
  isUpload: boolean;
  /** Flags that sign in: `-u`, `--oauth2-bearer`. */
  signIn: 'basic' | 'bearer' | undefined;
}

/** Flags by what they do with their value. */
const readers: Readonly<Record<string, (request: CurlRequest, value: string) => void>> = {
  '-X': (request, value) => Object.assign(request, { method: value }),
  '-H': (request, value) => {
    const at = value.indexOf(':');
    if (at > 0) request.headers.push([value.slice(0, at).trim(), value.slice(at + 1).trim()]);
  },
  '-d': (request, value) => request.data.push(value),
  '-F': (request, value) => request.form.push(value),
  '-T': (request) => Object.assign(request, { isUpload: true }),
  '--url': (request, value) => Object.assign(request, { url: value }),
};

const longNames: Readonly<Record<string, string>> = {
  '--request': '-X',
  '--header': '-H',
  '--data': '-d',
  '--data-raw': '-d',
  '--data-binary': '-d',
  '--data-ascii': '-d',
  '--data-urlencode': '-d',
  '--json': '-d',
  '--form': '-F',
  '--form-string': '-F',
  '--upload-file': '-T',
};

function readRequest(words: readonly string[]): CurlRequest {
  const request: CurlRequest = {
    method: undefined,
    url: undefined,
    headers: [],
    data: [],
    form: [],
    dataToQuery: false,
    isUpload: false,
    signIn: undefined,
  };
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, long, inline] = /^(--[a-z0-9-]+)=([\s\S]*)$/.exec(word) ?? [];
    const [, short, glued] = /^(-[XHdFT])([\s\S]+)$/.exec(word) ?? [];
    const name = long ?? short ?? word;
    const reader = readers[longNames[name] ?? name];
    if (reader !== undefined) {
      const value = inline ?? glued;
      if (value === undefined) at += 1;
      reader(request, value ?? words[at] ?? '');
    } else if (name === '-u' || name === '--user') {
      request.signIn = 'basic';
      at += inline === undefined ? 1 : 0;
    } else if (name === '--oauth2-bearer') {
      request.signIn = 'bearer';
      at += inline === undefined ? 1 : 0;
    } else if (name === '-G' || name === '--get') request.dataToQuery = true;
    else if (name === '-I' || name === '--head') request.method = 'HEAD';
    else if (ignoredWithValue.has(name)) at += inline === undefined ? 1 : 0;
    else if (!word.startsWith('-')) request.url = request.url ?? word;
  }
  return request;
}

/**
 * @param text the command line
 * @param definition the connector's: its base path is taken off the URL, and the names of its API keys off the parameters
 * @throws UserError when there is no URL, or it is another host's
 */
export function readCurl(text: string, definition: JsonObject): NewOperation {
  const { request, url } = parseCurl(text);
  const isForm = request.form.length > 0;
  const body = request.dataToQuery ? '' : request.data.join('&');
  const method = (request.method ?? (isForm || body !== '' ? 'post' : request.isUpload ? 'put' : 'get')).toLowerCase();
  const path = pathBelow(url.path, definition, url.host);
  const query = request.dataToQuery ? [url.query, ...request.data].filter((part) => part !== '').join('&') : url.query;
  const keys = apiKeys(definition);
  const isOurs = (name: string): boolean => !keys.includes(name.toLowerCase());
  const parameters = [
    ...queryParameters(query).filter(({ name }) => !isCredentialQuery(name) && isOurs(name)),
    ...headerParameters(request.headers).filter(({ name }) => isOurs(name)),
    ...request.form.map(formField),
  ];
  const content = body === '' ? {} : bodyOf(body, request.headers);
  return {
    kind: isForm || request.isUpload ? 'upload' : 'action',
    id: proposeOperationId(method, path),
    method,
    path,
    ...content,
    parameters: [...parameters, ...(content.parameters ?? [])],
    ...(request.isUpload ? { file: { form: 'raw' as const } } : {}),
  };
}

/** Such as `C:\work>`, which cmd and PowerShell print before what is typed. */
const windowsPrompt = /^\s*(?:PS )?[A-Za-z]:\\[^>\n]*>\s*/;

/** What a command line asks for. @throws UserError where it is no curl, or has no URL */
export function parseCurl(text: string): { request: CurlRequest; url: CurlUrl } {
  const words = splitCommandLine(text.replace(windowsPrompt, ''));
  const command = words.findIndex((word) => /(^|[\\/])curl(\.exe)?$/i.test(word));
  if (command < 0) return notCurl(text);
  const request = readRequest(words.slice(command));
  if (request.url === undefined) return fail('there is no URL in it');
  const url = readUrl(request.url) ?? fail(`${JSON.stringify(request.url)} is not a URL`);
  return { request, url };
}

function fail(problem: string, hint = `give a line such as: ${exampleLine}`): never {
  throw new UserError(`--curl: ${problem}`, { hint });
}

const exampleLine = 'curl -X POST https://api.contoso.com/orders -d \'{"name": "x"}\'';

/** What browsers also copy. */
const otherForms: readonly (readonly [form: RegExp, name: string])[] = [
  [/\bInvoke-(?:WebRequest|RestMethod)\b|\biwr\b|\birm\b/i, 'a command of PowerShell'],
  [/^\s*(?:await\s+)?fetch\(/, 'code in JavaScript'],
  [/^\s*wget\s/, 'a command for wget'],
];

function notCurl(text: string): never {
  const name = otherForms.find(([form]) => form.test(text))?.[1];
  if (name === undefined) return fail('this is not a curl command');
  return fail(`this is ${name}, not a curl command`, 'in a browser choose "Copy as cURL" instead');
}

export interface CurlUrl {
  /** With its port. */
  host: string;
  path: string;
  /** Without the question mark. */
  query: string;
}

/** Also with variables in the host or path, which the URL class would encode. */
function readUrl(text: string): CurlUrl | undefined {
  const match = /^(?:https?:\/\/)?([^/?#\s]+)([^?#]*)(?:\?([^#]*))?/i.exec(text);
  if (match === null || !/[.:{$<]/.test(match[1] ?? '')) return undefined;
  return { host: match[1] ?? '', path: match[2] || '/', query: match[3] ?? '' };
}

function pathBelow(path: string, definition: JsonObject, host: string): string {
  const ours = asString(getOwn(definition, 'host'));
  const isPlaceholder = /[{$<]/.test(host);
  if (ours !== undefined && !isPlaceholder && host.toLowerCase() !== ours.toLowerCase()) {
    fail(`the URL is at ${host}, the connector at ${ours}`);
  }
  const base = (asString(getOwn(definition, 'basePath')) ?? '').replace(/\/$/, '');
  const below = base !== '' && (path === base || path.startsWith(`${base}/`)) ? path.slice(base.length) || '/' : path;
  return withVariables(below);
}

/** Segments that are ids or placeholders become variables, named by what is in front of them. */
function withVariables(path: string): string {
  const segments = path.split('/');
  const used = new Set<string>();
  return segments
    .map((segment, index) => {
      const [, named] = /^(?::|\$\{?|\{\{?|<|%7B)\s*([A-Za-z_][\w.-]*?)\s*(?:\}\}?|>|%7D)?$/i.exec(segment) ?? [];
      const isId =
        /^(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,}|[A-Za-z]+_[A-Za-z0-9]{8,}|[A-Z]+-\d+)$/i.test(
          segment,
        );
      if (named === undefined && (!isId || /^v\d+$/i.test(segment))) return segment;
      const noun = singular(segments[index - 1] ?? '').replaceAll(
        /[^A-Za-z0-9]+(.)?/g,
        (_, next?: string) => next?.toUpperCase() ?? '',
      );
      let name = named === undefined ? `${noun}Id`.replace(/^Id$/, 'id') : variableName(named);
      while (used.has(name)) name = `${name}2`;
      used.add(name);
      return `{${name}}`;
    })
    .join('/');
}

/** `ORDER_ID` → `orderId`; a name with small letters stays. */
const variableName = (name: string): string =>
  /[a-z]/.test(name) ? name : name.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Lower-case names of the headers and query parameters that carry the connector's own keys. */
const apiKeys = (definition: JsonObject): string[] =>
  Object.values(asObject(getOwn(definition, 'securityDefinitions')))
    .filter((scheme) => getOwn(asObject(scheme), 'type') === 'apiKey')
    .map((scheme) => String(getOwn(asObject(scheme), 'name')).toLowerCase());

function queryParameters(query: string): NewParameter[] {
  const parameters = new Map<string, NewParameter>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', ...value] = pair.split('=');
    const key = decodeQuery(name).replace(/\[\]$/, '');
    // a name that comes again is a list
    parameters.set(
      key,
      parameters.has(key)
        ? { name: key, in: 'query', type: 'array' }
        : { name: key, in: 'query', ...typeOf(decodeQuery(value.join('='))) },
    );
  }
  return [...parameters.values()];
}

function typeOf(value: string): Pick<NewParameter, 'type' | 'format'> {
  if (/^-?\d{1,15}$/.test(value)) return { type: 'integer' };
  if (/^-?\d+\.\d+$/.test(value)) return { type: 'number' };
  if (value === 'true' || value === 'false') return { type: 'boolean' };
  const { format } = asObject(inferSchema([value]));
  return typeof format === 'string' && ['date', 'date-time'].includes(format)
    ? { type: 'string', format }
    : { type: 'string' };
}

const headerParameters = (headers: readonly [string, string][]): NewParameter[] =>
  headers
    .filter(([name]) => !droppedHeaders.test(name) && !isCredentialHeader(name))
    .map(([name, value]) => ({ name, in: 'header', ...typeOf(value) }));

function formField(text: string): NewParameter {
  const [name = '', ...value] = text.split('=');
  return /^[@<]/.test(value.join('='))
    ? { name, in: 'formData', type: 'file', required: true }
    : { name, in: 'formData', ...typeOf(value.join('=')) };
}

/** JSON, or the fields of a form. */
function bodyOf(body: string, headers: readonly [string, string][]): Pick<NewOperation, 'body' | 'parameters'> {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const json = parse(body);
  if (json !== undefined) return { body: { schema: inferSchema([json]) } };
  if (body.startsWith('@')) {
    throw new UserError(`--curl: the body is in a file (${body})`, {
      hint: 'give that file, too: --request-sample FILE',
    });
  }
  const isForm = /x-www-form-urlencoded/i.test(type) || (type === '' && /^[\w.[\]-]+=/.test(body));
  if (isForm) return { parameters: queryParameters(body).map((parameter) => ({ ...parameter, in: 'formData' })) };
  throw new UserError('--curl: the body is neither JSON nor a form', {
    hint: 'leave -d out and give --request-sample FILE',
  });
}

function parse(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
