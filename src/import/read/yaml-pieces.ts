import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';

/**
 * Large YAML is read in pieces: the reader's tree takes fifty times the room of the text, and a description is a list of
 * paths and one of schemas that know nothing of each other.
 */

/** In characters: a text that is read as a whole, and a piece, about; an entry that can't be divided is one, whatever its size. */
const usualSizes = { small: 2_000_000, piece: 100_000 };

/** Entries of one mapping, below the keys that lead to it; a document of its own. */
interface Piece {
  /** Lines of the keys above the entries, the outermost first. */
  keys: string[];
  from: number;
  to: number;
}

/** Lines that say what a text is made of, or that it is more than one document. */
const documentLine = /^(?:---|\.\.\.|%)/m;
/** A key in the way of descriptions, at the start of a line, and nothing after it. */
const onlyKey = /^ *(?:[\w$./{}~-]+|"[^"\\\n]*"|'[^'\n]*') *: *(?:#.*)?\r?$/;
/** What has a meaning for the other entries of its mapping: merged ones, and the type that says what `enum` holds. */
const bindsOthers = /^ *(?:<<|["']?type["']?) *:/;

/**
 * @param read reads a document; undefined where it has something to say of it, an error among others
 * @returns the value of all pieces together; undefined for a text that is small, can't be divided, or has to be read as a
 * whole to say what is to be said
 */
export function readInPieces(
  text: string,
  read: (piece: string) => Json | undefined,
  sizes: { small: number; piece: number } = usualSizes,
): JsonObject | undefined {
  if (text.length < sizes.small || /^\s*[{[&!?|>-]/.test(text) || documentLine.test(text)) return undefined;
  const result: JsonObject = {};
  for (const { keys, from, to } of piecesOf(text, [], { from: 0, to: text.length, size: sizes.piece })) {
    const value = copied(read(`${keys.join('')}${text.slice(from, to)}`));
    if (!isObject(value) || !addTo(result, value, keys.length)) return undefined;
  }
  return result;
}

/** The reader puts quoted texts together letter by letter, and each of these steps stays in memory as long as the text. */
const copied = (value: Json | undefined): Json | undefined =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);

/** Neighbours together until they are large enough; a larger entry is divided itself where it is a mapping. */
function* piecesOf(
  text: string,
  keys: string[],
  { from, to, size }: { from: number; to: number; size: number },
): Generator<Piece> {
  const starts = entriesOf(text, from, to);
  if (starts === undefined) {
    yield { keys, from, to };
    return;
  }
  let open = from;
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? to;
    const lineEnd = text.indexOf('\n', start) + 1;
    const key = text.slice(start, lineEnd);
    if (end - start > 2 * size && lineEnd > 0 && onlyKey.test(key.trimEnd())) {
      if (start > open) yield { keys, from: open, to: start };
      yield* piecesOf(text, [...keys, key], { from: lineEnd, to: end, size });
      open = end;
    } else if (end - open > size) {
      yield { keys, from: open, to: end };
      open = end;
    }
  }
  if (to > open && text.slice(open, to).trim() !== '') yield { keys, from: open, to };
}

/** Where the entries of a mapping start; undefined where it is something else, or they are not independent. */
function entriesOf(text: string, from: number, to: number): number[] | undefined {
  const starts: number[] = [];
  let indent: number | undefined;
  for (let at = from; at < to; at = lineAfter(text, at, to)) {
    let first = at;
    while (text[first] === ' ') first += 1;
    const letter = text[first];
    if (letter === undefined || letter === '\n' || letter === '\r' || letter === '#') continue;
    indent ??= first - at;
    // also a list at the margin of its key
    if (first - at > indent || (letter === '-' && starts.length > 0)) continue;
    // a list, a key that is no text, an anchor or a tag, and what is left of its mapping
    if (first - at < indent || /[-?\t&!*|>{[%@`]/.test(letter)) return undefined;
    if (bindsOthers.test(text.slice(at, first + 12))) return undefined;
    starts.push(at);
  }
  return starts.length === 0 ? undefined : starts;
}

function lineAfter(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? to : end + 1;
}

/** @param depth of the mapping whose entries come in pieces @returns whether no key occurs twice */
function addTo(target: JsonObject, piece: JsonObject, depth: number): boolean {
  if (depth === 0) {
    for (const [key, value] of Object.entries(piece)) {
      if (Object.hasOwn(target, key)) return false;
      if (value !== undefined) define(target, key, value);
    }
    return true;
  }
  const [[key, value] = ['', undefined], ...others] = Object.entries(piece);
  if (others.length > 0 || !isObject(value)) return false;
  if (!Object.hasOwn(target, key)) define(target, key, {});
  const inner = target[key];
  return isObject(inner) && addTo(inner, value, depth - 1);
}

/** Also a key such as `__proto__`. */
const define = (target: JsonObject, key: string, value: Json): void => {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
};
