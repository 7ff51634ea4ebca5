import { asArray, asObject, asString, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { version } from '../version.ts';
import { RunFailure } from './run-failure.ts';
import { maskOf, type Secrets } from './secrets.ts';
import type { Incoming, Outgoing, Send } from './send.ts';

/** HTTP Archives, version 1.2: recordings of what was sent and answered. */

export interface Exchange {
  request: Outgoing;
  /** Undefined: it was never sent. */
  answer: Incoming | undefined;
  started: Date;
  milliseconds: number;
}

/** What goes through a `Send`, kept as it was. */
export function recorded(send: Send, exchanges: Exchange[]): Send {
  return async (request) => {
    const started = new Date();
    const answer = await send(request);
    exchanges.push({ request, answer, started, milliseconds: Date.now() - started.getTime() });
    return answer;
  };
}

/** @returns a whole archive; no secret is in it */
export function harOf(exchanges: readonly Exchange[], secrets: Secrets): JsonObject {
  return {
    log: {
      version: '1.2',
      creator: { name: 'pp-connector', version },
      entries: exchanges.map((exchange) => entryOf(exchange, secrets)),
    },
  };
}

function entryOf({ request, answer, started, milliseconds }: Exchange, secrets: Secrets): JsonObject {
  const url = new URL(request.url);
  const type = request.headers['content-type'] ?? '';
  const unsized = { headersSize: -1, bodySize: -1 };
  const post: JsonObject =
    request.body === undefined
      ? {}
      : { postData: { mimeType: secrets.text(type), ...textOf(request.body, secrets, '') } };
  return {
    startedDateTime: started.toISOString(),
    time: milliseconds,
    request: {
      method: request.method,
      url: secrets.text(request.url),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(Object.entries(request.headers), secrets),
      queryString: pairs([...url.searchParams], secrets),
      ...post,
      ...unsized,
    },
    response: {
      status: answer?.status ?? 0,
      statusText: secrets.text(answer?.statusText ?? ''),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(Object.entries(answer?.headers ?? {}), secrets),
      content: {
        size: answer?.body.length ?? 0,
        mimeType: secrets.text(answer?.headers['content-type'] ?? 'x-unknown'),
        ...(answer === undefined ? {} : textOf(answer.body, secrets, 'base64')),
      },
      redirectURL: secrets.text(answer?.headers.location ?? ''),
      ...unsized,
    },
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
  };
}

const pairs = (entries: readonly (readonly [string, string])[], secrets: Secrets): Json[] =>
  entries.map(([name, value]) => ({ name: secrets.text(name), value: secrets.text(value) }));

/** Requests have no encoding in HAR; what isn't text is Base64 there, too, and says so in a comment. */
function textOf(bytes: Buffer, secrets: Secrets, encoding: string): JsonObject {
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return { text: maskedText(text, secrets) };
  const base64 = secrets.text(bytes.toString('base64'));
  return encoding === '' ? { text: base64, comment: 'base64' } : { text: base64, encoding };
}

/** JSON is masked value by value, so that it stays JSON: a number may be a secret. */
function maskedText(text: string, secrets: Secrets): string {
  if (!/^\s*[[{]/.test(text)) return secrets.text(text);
  try {
    return JSON.stringify(secrets.json(JSON.parse(text) as Json));
  } catch {
    return secrets.text(text);
  }
}

/**
 * Answers from an archive, in its order.
 *
 * @param onOther called where a request isn't the recorded one
 * @throws UserError when it is no archive
 */
export function replayed(archive: Json, name: string, onOther: (note: string) => void): Send {
  const entries = entriesOf(archive, name);
  let next = 0;
  return async (request) => {
    const entry = entries[next];
    next += 1;
    if (entry === undefined) {
      throw new RunFailure(
        `${name}: has ${entries.length} answers, and this is request ${next}: ${request.method} ${request.url}`,
      );
    }
    const asked = asObject(getOwn(entry, 'request'));
    const isSame = getOwn(asked, 'method') === request.method && pathOf(getOwn(asked, 'url')) === pathOf(request.url);
    if (!isSame)
      onOther(
        `${name}: answer ${next} was recorded for ${String(getOwn(asked, 'method'))} ${String(getOwn(asked, 'url'))}`,
      );
    return answerOfEntry(entry);
  };
}

/** @throws UserError when it is no archive */
export function entriesOf(archive: Json, name: string): JsonObject[] {
  if (!isObject(getOwn(archive, 'log'))) {
    throw new UserError(`${name}: is not an HTTP archive (HAR)`, { hint: 'record one: --record FILE' });
  }
  return asArray(getOwn(getOwn(archive, 'log'), 'entries')).filter(isObject);
}

export const answerOfEntry = (entry: JsonObject): Incoming => answerOf(asObject(getOwn(entry, 'response')));

/** Hosts, and what is masked in a query, may differ. */
const pathOf = (url: Json | undefined): string => {
  const text = asString(url) ?? '';
  return URL.canParse(text) && !text.includes(maskOf('').slice(0, 1))
    ? new URL(text).pathname
    : (text.split('?', 1)[0] ?? '').replace(/^https?:\/\/[^/]*/i, '');
};

function answerOf(response: JsonObject): Incoming {
  const content = asObject(getOwn(response, 'content'));
  const text = asString(getOwn(content, 'text')) ?? '';
  const headers = asArray(getOwn(response, 'headers')).flatMap((header) => {
    const name = asString(getOwn(header, 'name'))?.toLowerCase();
    // the text is unpacked already; browsers list what HTTP/2 has in place of a first line, such as ":status"
    if (name === undefined || /^(?:content-encoding|content-length|:.*)$/.test(name)) return [];
    return [[name, asString(getOwn(header, 'value')) ?? ''] as const];
  });
  const type = asString(getOwn(content, 'mimeType'));
  const byName = Object.fromEntries(headers);
  if (byName['content-type'] === undefined && type !== undefined && type !== 'x-unknown') byName['content-type'] = type;
  return {
    status: Number(getOwn(response, 'status')) || 0,
    statusText: asString(getOwn(response, 'statusText')) ?? '',
    headers: byName,
    body: Buffer.from(text, getOwn(content, 'encoding') === 'base64' ? 'base64' : 'utf8'),
  };
}
