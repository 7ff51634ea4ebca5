import type { Json } from '../connector/json/value.ts';
import { type Body, type Headers, isJsonType, type RuntimeAnswer } from './message.ts';
import { isRunFailure, RunFailure } from './run-failure.ts';
import type { Incoming } from './send.ts';

/** What came back, as the engine works with it. @throws RunFailure, with status and headers, for what can't be read */
export function readAnswer({ status, headers, body }: Incoming): RuntimeAnswer {
  const byName: Headers = new Map(Object.entries(headers));
  try {
    return { kind: 'answer', status, headers: byName, body: bodyOfAnswer(body, byName.get('content-type')) };
  } catch (error) {
    throw isRunFailure(error) ? new RunFailure(error.message, { status, headers }) : error;
  }
}

/** Nobody's data is deeper; what walks through values would end without a word that helps. */
const deepest = 1000;

/** Counts brackets outside of texts. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isText) {
      if (code === backslash) at += 1;
      else if (code === quote) isText = false;
    } else if (code === quote) isText = true;
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === openBrace + 2 || code === openBracket + 2) depth -= 1;
  }
  return false;
}

const [quote, backslash, openBrace, openBracket] = [0x22, 0x5c, 0x7b, 0x5b];

/**
 * JSON where the answer says so, or says nothing; text where it is text; else bytes.
 *
 * @throws RunFailure for JSON that is nested without end
 */
export function bodyOfAnswer(bytes: Buffer, contentType: string | undefined): Body | undefined {
  if (bytes.length === 0) return undefined;
  const type = contentType ?? '';
  const text = decoded(bytes, type);
  if (text === undefined) return { kind: 'bytes', bytes };
  if (type === '' || isJsonType(type)) {
    if (isTooDeep(text)) throw new RunFailure(`the body is nested more than ${deepest} levels deep`);
    try {
      return { kind: 'json', value: JSON.parse(text) as Json };
    } catch {
      return { kind: 'text', text };
    }
  }
  return { kind: 'text', text };
}

const textTypes: ReadonlySet<string> = new Set(['json', 'xml', 'javascript', 'x-www-form-urlencoded', 'yaml']);

/** Whether a media type is one of texts. */
function isTextual(type: string): boolean {
  const [kind = '', sub = ''] = (type.split(';', 1)[0] ?? '').trim().toLowerCase().split('/', 2);
  return kind === 'text' || kind === 'multipart' || textTypes.has(sub.split('+').at(-1) ?? '');
}

/** By the charset of the type, else UTF-8. @returns undefined for what is no text */
function decoded(bytes: Buffer, type: string): string | undefined {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(type)?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) {
    const text = strictly('utf-8', bytes);
    if (text !== undefined) return isBinary(text, type) ? undefined : text;
    return isTextual(type) ? bytes.toString('utf8') : undefined;
  }
  // what nobody knows is read as bytes of one character each
  return strictly(charset, bytes) ?? bytes.toString('latin1');
}

/** Signs that no text has, in what isn't said to be one. */
const isBinary = (text: string, type: string): boolean => !isTextual(type) && /[\u0000-\u0008\u000e-\u001a]/.test(text);

function strictly(charset: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
