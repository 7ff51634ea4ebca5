import { asString, getOwn, isObject, type Json, type JsonObject } from '../../../connector/json/value.ts';
import type { Located } from '../source.ts';
import { asText } from '../source-values.ts';
import type { Address } from './address.ts';

/** A request of a collection with what it inherits. */
export interface Request {
  readonly node: Located<JsonObject>;
  readonly at: string;
  readonly name: string;
  readonly folder: string | undefined;
  readonly method: string;
  readonly url: Address;
  readonly auth: Located | undefined;
  readonly responses: Located | undefined;
}

/** Descriptions are a text or `{content, type}`. */
export function describedText(value: Json | undefined): string | undefined {
  return asText(isObject(value) ? value.content : value);
}

/** A JSON body with comments and variables tolerated; undefined when it is none. */
export function parseSample(text: string): Json | undefined {
  const attempts = [
    text,
    text.replace(/("(?:[^"\\\n]|\\.)*"?)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, '$1'),
    withoutVariables(text),
    withoutVariables(text.replace(/("(?:[^"\\\n]|\\.)*"?)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, '$1')).replace(
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
    .replace(/"(?:[^"\\\n]|\\.)*"?/g, (quoted) => quoted.replace(/\{\{[^{}]*\}\}/g, 'x'))
    .replace(/\{\{[^{}]*\}\}/g, 'null');
}

export function jsonBody(request: Request): Json | undefined {
  const body = request.node.value.body;
  const raw = asString(getOwn(body, 'raw'));
  return getOwn(body, 'mode') === 'raw' && raw !== undefined ? parseSample(raw) : undefined;
}
