import { isObject, type Json } from '../../connector/json/value.ts';
import { bodyOfAnswer } from '../answer.ts';
import type { sensitivePlaces } from '../connection/credentials.ts';
import { queryName, queryValue } from '../message.ts';
import type { Incoming, Outgoing } from '../send.ts';

/** Names under which services answer with what signs in (RFC 6749, OpenID Connect). */
const tokens: ReadonlySet<string> = new Set(['access_token', 'refresh_token', 'id_token']);

/**
 * What a script put where credentials go: it has fetched or computed it.
 *
 * @param before the request that it was given, whose credentials are known
 */
export function credentialsOf(
  request: Outgoing,
  before: Outgoing,
  { headers, query }: ReturnType<typeof sensitivePlaces>,
): string[] {
  const inHeaders = Object.entries(request.headers)
    .filter(([name, value]) => headers.has(name) && before.headers[name] !== value)
    // without the scheme
    .map(([, value]) => value.slice(value.trimEnd().indexOf(' ') + 1).trim());
  const inQuery = queryOf(request.url).filter(([name]) => query.has(name.toLowerCase()));
  const known = new Set(queryOf(before.url).map(([, value]) => value));
  return [...inHeaders, ...inQuery.map(([, value]) => value).filter((value) => !known.has(value))].filter(
    (value) => value !== '',
  );
}

function queryOf(url: string): [name: string, value: string][] {
  const [, query = ''] = (url.split('#', 1)[0] ?? '').split(/\?(.*)/s, 2);
  return query.split('&').map((part) => [queryName(part), queryValue(part)]);
}

/** Tokens in the answer to a script, wherever it puts them. */
export function tokensOf({ headers, body }: Incoming): string[] {
  const read = bodyOfAnswer(body, headers['content-type']);
  return read?.kind === 'json' ? tokensIn(read.value) : [];
}

function tokensIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(tokensIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? (tokens.has(key.toLowerCase()) && inner !== '' ? [inner] : []) : tokensIn(inner),
  );
}
