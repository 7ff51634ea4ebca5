import { isUtf8 } from 'node:buffer';
import type { Json } from '../connector/json/value.ts';
import { decodeQuery } from '../percent-encoding.ts';
import { wellFormed } from '../shown.ts';

/** Requests and answers as the engine passes them from step to step; policies change them in place. */

export type Body = { kind: 'json'; value: Json } | { kind: 'text'; text: string } | { kind: 'bytes'; bytes: Buffer };

/** By name in lower case. */
export type Headers = Map<string, string>;

export interface RuntimeRequest {
  kind: 'request';
  /** In capitals. */
  method: string;
  /** Scheme, host and base path, without a slash at the end. */
  base: string;
  /** What is appended to the base: begins with a slash, encoded. */
  path: string;
  /** `name=value`, each as it is sent. */
  query: string[];
  headers: Headers;
  body: Body | undefined;
}

export interface RuntimeAnswer {
  kind: 'answer';
  status: number;
  headers: Headers;
  body: Body | undefined;
}

export type Message = RuntimeRequest | RuntimeAnswer;

export const urlOf = ({ base, path, query }: Pick<RuntimeRequest, 'base' | 'path' | 'query'>): string =>
  `${base}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;

/** With exactly one slash between the two. */
export const joined = (base: string, path: string): string => `${withoutSlashes(base)}/${path.replace(/^\/+/, '')}`;

export function withoutSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

/** What can't be in a URL as it is; everything else stays, also percent signs. */
const notInUrls = /[^\x21-\x7e]|["<>\\^`{|}]/gu;

/** A part of a URL that was put together of raw texts, fit to be sent. */
export const fitForUrl = (text: string): string =>
  text.replaceAll(notInUrls, (character) =>
    /[\ud800-\udfff]/u.test(character) ? '%EF%BF%BD' : encodeURIComponent(character),
  );

/** `encodeURIComponent` for any text: half of a surrogate pair becomes U+FFFD. */
export const encoded = (text: string): string => encodeURIComponent(wellFormed(text));

/** The name of a part of the query, as it was meant. */
export const queryName = (part: string): string => decodeQuery(part.split('=', 1)[0] ?? '');

/** The value of a part of the query, as it was meant. */
export const queryValue = (part: string): string => {
  const at = part.indexOf('=');
  return at < 0 ? '' : decodeQuery(part.slice(at + 1));
};

/** Names of parameters aren't encoded, but for what would end them. */
export const queryPart = (name: string, value: string): string =>
  `${fitForUrl(name).replaceAll(/[#&=+]/g, (sign) => encodeURIComponent(sign))}=${value}`;

/** A value of the query; lists keep their commas. */
export const encodedList = (text: string): string => encoded(text).replaceAll('%2C', ',');

/** What a body is called in a trace: JSON where it is JSON, text where it is text, else Base64. */
export function shownBody(body: Body | undefined): Json {
  if (body === undefined) return null;
  if (body.kind === 'json') return body.value;
  if (body.kind === 'text') return body.text;
  return { base64: body.bytes.toString('base64') };
}

/** Signs that no text has. */
const control = /[\u0000-\u0008\u000e-\u001a\u007f]/;

/** Bytes as text where they are some. */
export function bytesBody(bytes: Buffer): Body {
  const text = isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  return text === undefined || control.test(text) ? { kind: 'bytes', bytes } : { kind: 'text', text };
}

/** The body as it is sent. */
export function bodyBytes(body: Body | undefined): Buffer | undefined {
  if (body === undefined) return undefined;
  if (body.kind === 'bytes') return body.bytes;
  return Buffer.from(body.kind === 'json' ? JSON.stringify(body.value) : body.text);
}

/** `application/json`, `application/problem+json; charset=utf-8`, `text/json`. */
export const isJsonType = (type: string): boolean => /^[\w.+-]+\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type.trim());

export const cloneMessage = <M extends Message>(message: M): M => ({
  ...message,
  ...(message.kind === 'request' ? { query: [...message.query] } : {}),
  headers: new Map(message.headers),
  body: message.body?.kind === 'json' ? { kind: 'json', value: structuredClone(message.body.value) } : message.body,
});
