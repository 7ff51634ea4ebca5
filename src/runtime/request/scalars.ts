import { asString, getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';

/** Single values as they are sent: docs/reference/runtime.md#inputs. */

/** What a value is called in a message. */
export function typeOfValue(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Whether a value is of a type of Swagger; `3.0` is an integer. */
export function isOfType(value: Json, type: string): boolean {
  const seen = typeOfValue(value);
  return seen === type || (type === 'number' && seen === 'integer');
}

/** An integer of more digits than a number in JSON can have exactly, written as text. */
export const isLongInteger = (value: Json, type: string): value is string =>
  type === 'integer' && typeof value === 'string' && /^-?\d+$/.test(value) && !Number.isSafeInteger(Number(value));

/**
 * A text in the form that its format asks for: date-times in UTC, dates without time, `date-no-tz` without offset.
 * A value that the definition itself offers is sent as it is where it has another form: published ones offer
 * expressions of a flow, which replaces them before it calls.
 *
 * @returns undefined where it is not a date
 */
export function formatted(text: string, schema: JsonObject): string | undefined {
  const choices = getOwn(schema, 'enum');
  const isOffered = Array.isArray(choices) && choices.includes(text);
  return inFormat(text, asString(getOwn(schema, 'format'))?.toLowerCase()) ?? (isOffered ? text : undefined);
}

function inFormat(text: string, format: string | undefined): string | undefined {
  if (format === 'date-no-tz') return text.replace(/(?:Z|[+-]\d{2}:?\d{2})$/i, '');
  if (format === 'date') return /^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(text) ? text.slice(0, 10) : undefined;
  if (format !== 'date-time') return text;
  return inUtc(text);
}

const dateTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A text without offset is taken for UTC. Fractions of a second are kept as far as there are any. */
function inUtc(text: string): string | undefined {
  const [found, offset] = dateTime.exec(text.trim()) ?? [];
  if (found === undefined) return undefined;
  const whole = found.replace(' ', 'T');
  if (offset?.toUpperCase() === 'Z') return whole.toUpperCase();
  const time = Date.parse(offset === undefined && whole.includes('T') ? `${whole}Z` : whole);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');
}

/** A value in a path, a query, a header or a form. */
export function sentText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
