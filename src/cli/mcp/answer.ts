import { below, fromPointer } from '../../connector/json/pointer.ts';
import { isObject, type Json, type JsonObject, valueAt } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { shownJson } from '../../shown.ts';

/** A part of an answer that was left out, and the cursor that brings it. */
interface Rest {
  /** JSON pointer of the list in the answer. */
  list: string;
  shown: number;
  total: number;
  cursor: string;
}

/** How much of an answer is shown at once: entries of a list of findings, of any other list, characters of a text. */
const limits = [
  { findings: 5, entries: 40, characters: 600 },
  { findings: 5, entries: 15, characters: 300 },
  { findings: 5, entries: 5, characters: 160 },
  { findings: 3, entries: 2, characters: 80 },
] as const;

type Limit = (typeof limits)[number];

/** Bytes of an answer; a model reads the first lines of a long one, and pays for all. */
const mostBytes = 12_000;
/** Entries that a cursor brings. */
const pageSize = 25;

/**
 * A result as a small answer: the first entries of lists, the beginnings of texts, and cursors for the rest.
 *
 * @param cursor from `more` of an earlier answer to the same call
 * @throws UserError for a cursor that leads nowhere
 */
export function smallAnswer(result: Json, cursor?: string): string {
  if (cursor !== undefined) return asText(page(result, cursor));
  for (const limit of limits) {
    const more: Rest[] = [];
    const cut = shorten(result, '', limit, more);
    const text = asText(isObject(cut) && more.length > 0 ? { ...cut, more: more as unknown as Json } : cut);
    if (text.length <= mostBytes || limit === limits.at(-1)) return bounded(text);
  }
  return '';
}

/** With no list to leave out, an answer can still be too long: an object of a thousand keys. */
const bounded = (text: string): string =>
  text.length <= 4 * mostBytes
    ? text
    : asText({
        tooLong: true,
        beginning: text.slice(0, mostBytes),
        hint: 'ask for a part: fewer operations, one file',
      });

const asText = (value: Json): string => shownJson(JSON.stringify(value));

function shorten(value: Json, pointer: string, limit: Limit, more: Rest[]): Json {
  if (typeof value === 'string') return shortText(value, limit.characters);
  if (Array.isArray(value)) {
    const most = pointer.endsWith('/findings') ? limit.findings : limit.entries;
    if (value.length > most) {
      more.push({ list: pointer, shown: most, total: value.length, cursor: `${pointer}@${most}` });
    }
    return value.slice(0, most).map((item, index) => shorten(item, below(pointer, index), limit, more));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shorten(item, below(pointer, key), limit, more)]);
  return Object.fromEntries(entries) as JsonObject;
}

function shortText(text: string, most: number): string {
  if (text.length <= most) return text;
  // never half of a character
  const cut = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut}… (${text.length - cut.length} more characters)`;
}

function page(result: Json, cursor: string): JsonObject {
  const at = cursor.lastIndexOf('@');
  const pointer = cursor.slice(0, at);
  const offset = Number(cursor.slice(at + 1));
  const list = at === -1 ? undefined : valueAt(result, fromPointer(pointer));
  if (!Array.isArray(list) || !Number.isInteger(offset) || offset < 0) {
    throw new UserError(`cursor: "${cursor.slice(0, 200)}" leads nowhere`, {
      hint: 'take it from "more" of the answer to the same call without cursor',
    });
  }
  const items = list.slice(offset, offset + pageSize).map((item) => shorten(item, '', limits[1], []));
  const end = offset + items.length;
  return {
    list: pointer,
    from: offset,
    total: list.length,
    items,
    ...(end < list.length ? { cursor: `${pointer}@${end}` } : {}),
  };
}
