import { asArray, getOwn, isObject, type Json, type JsonObject } from '../../../connector/json/value.ts';
import type { SourceServer } from '../../model.ts';
import type { Located } from '../source.ts';
import { asText } from '../source-values.ts';

export interface Address {
  readonly origin: string;
  readonly path: string;
  readonly query: readonly JsonObject[];
  readonly variables: readonly JsonObject[];
  readonly pathVariables: readonly string[];
}

export function variablesOf(collection: Located, environment: ReadonlyMap<string, string>): Map<string, string> {
  const variables = new Map<string, string>();
  for (const variable of asArray(getOwn(collection.value, 'variable'))) {
    const key = asText(getOwn(variable, 'key')) ?? asText(getOwn(variable, 'id'));
    const value = asText(getOwn(variable, 'value'));
    if (
      key !== undefined &&
      value !== undefined &&
      getOwn(variable, 'type') !== 'secret' &&
      getOwn(variable, 'disabled') !== true
    )
      variables.set(key, value);
  }
  for (const [key, value] of environment) variables.set(key, value);
  return variables;
}

/** `{{var}}`; the name may have blanks around it. */
const variable = /\{\{([^{}]+)\}\}/g;

/** `{{var}}` by its value; an unknown one stays, as `{var}`. */
function resolveVariables(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(variable, (_, inner: string) => {
    const name = inner.trim();
    const value = variables.get(name);
    return value === undefined || depth > 8
      ? `{${name.replace(/[^\w.-]/g, '_')}}`
      : resolveVariables(value, variables, depth + 1);
  });
}

/** An address, written as a text or in parts. Variables in the host stay open for the connection to fill. */
export function parseUrl(value: Json | undefined, variables: ReadonlyMap<string, string>): Address | undefined {
  const raw = asText(isObject(value) ? value.raw : value) ?? (isObject(value) ? assemble(value) : undefined);
  if (raw === undefined) return undefined;
  const [beforeFragment = ''] = raw.trim().split('#');
  const question = beforeFragment.indexOf('?');
  const address = question < 0 ? beforeFragment : beforeFragment.slice(0, question);
  const queryText = question < 0 ? '' : beforeFragment.slice(question + 1);
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/]*)([\s\S]*)$/i.exec(resolveHead(address, variables));
  const [, scheme, host = '', rest = ''] = parts ?? [];
  const origin = `${scheme ?? 'https'}://${host}`;
  const pathVariables: string[] = [];
  const path = rest
    .split('/')
    .map((segment) => {
      const named = /^:([\w.-]+)([\s\S]*)$/.exec(segment);
      const written = named === null ? withAngles(resolvePath(segment, variables)) : `{${named[1]}}${named[2]}`;
      for (const match of written.matchAll(/\{([^{}]+)\}/g)) pathVariables.push(match[1] ?? '');
      return written;
    })
    .join('/');
  const query = isObject(value) && Array.isArray(value.query) ? value.query.filter(isObject) : pairs(queryText);
  return {
    origin,
    path: path === '' ? '/' : path,
    query,
    variables: asArray(getOwn(value, 'variable')).filter(isObject),
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
  return segment.replace(variable, (whole, inner: string) => {
    const name = inner.trim();
    return /version|base|prefix/i.test(name) && variables.has(name)
      ? resolveVariables(whole, variables)
      : `{${name.replace(/[^\w.-]/g, '_')}}`;
  });
}

/** `<quoteId>` is how people write that something has to be filled in. */
function withAngles(segment: string): string {
  return segment.replace(/<([^<>]+)>/g, (_, inner: string) => `{${inner.trim().replace(/[^\w.-]+/g, '_')}}`);
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

/** An origin with `{var}` for what the collection leaves open. */
export function serverOf(origin: string, variables: ReadonlyMap<string, string>, at: string): SourceServer[] {
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
