import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { Incoming, Send } from '../../runtime/send.ts';

interface Asked {
  method: string;
  headers: Record<string, string>;
  body?: unknown;
}

/**
 * What `oauth4webapi` sends with, instead of the `fetch` of Node: the one `send` of a run, which checks addresses.
 *
 * @param body is sent in place of the library's form; what the platform sends isn't always what the library would
 */
export const fetchBy =
  (send: Send, body: string | undefined) =>
  async (url: string, { method, headers, body: form }: Asked): Promise<Response> => {
    const bytes = Buffer.from(body ?? String(form ?? ''));
    return responseOf(await send({ method, url, headers, body: bytes }));
  };

/**
 * The answer of a token service as the library reads it. Services differ in ways that the platform puts up with, as far as
 * published connectors show: a form instead of JSON, an error with the status 200, no token type, numbers in quotes. An
 * `id_token` is left out: nobody reads it, and what it would have to be compared with isn't known.
 */
function responseOf({ status, headers, body }: Incoming): Response {
  const answer = parsed(body.toString('utf8'));
  if (answer === undefined || status < 200 || status === 204 || status === 304) {
    const isWithoutBody = status < 200 || [204, 205, 304].includes(status);
    return new Response(isWithoutBody ? null : new Uint8Array(body), {
      status: Math.max(status, 200),
      headers: asJson({}),
    });
  }
  const { id_token: _, ...rest } = answer;
  const isError = status === 200 && rest.access_token === undefined && typeof rest.error === 'string';
  const usual: JsonObject = isError ? rest : { token_type: 'bearer', ...withUsualTypes(rest) };
  const challenge = headers['www-authenticate'];
  return new Response(JSON.stringify(usual), {
    status: isError ? 400 : status,
    headers: asJson(challenge === undefined || 'error' in usual ? {} : { 'www-authenticate': challenge }),
  });
}

const asJson = (headers: Record<string, string>): Record<string, string> => ({
  ...headers,
  'content-type': 'application/json',
});

function withUsualTypes(answer: JsonObject): JsonObject {
  const { interval, verification_url: older, ...rest } = answer;
  const seconds = Number(interval);
  return {
    ...(typeof older === 'string' ? { verification_uri: older } : {}),
    ...(interval !== undefined && seconds > 0 ? { interval: seconds } : {}),
    ...withoutNulls(rest),
  };
}

const withoutNulls = (answer: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));

/** Undefined: neither an object of JSON nor a form with tokens or an error. */
function parsed(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    const form = new URLSearchParams(text.trim());
    return form.has('access_token') || form.has('error') ? Object.fromEntries(form) : undefined;
  }
}
