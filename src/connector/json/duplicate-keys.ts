import { comma, decodeString, eachToken, isClosing, isEscaped, isOpening, openBrace, quotes } from './scanner.ts';
import { isObject, type Json } from './value.ts';

/** Finds the keys that an object of a JSON text repeats. `JSON.parse` hides them: the last one counts. */

export interface DuplicateKey {
  /** Undefined where the text is nested so deeply that no path is of use. */
  path: (string | number)[] | undefined;
  key: string;
  /** Where the key is, in the order of the text. */
  offsets: number[];
}

/** What was read of a text. */
interface ReadText {
  text: string;
  value: Json | undefined;
  problems: readonly unknown[];
  unreliable: boolean;
}

const known = new WeakMap<ReadText, DuplicateKey[]>();

/** The repeated keys of a file, found out once; none of one that can't be read reliably. */
export function duplicateKeys(file: ReadText): DuplicateKey[] {
  if (file.unreliable || file.value === undefined) return [];
  let found = known.get(file);
  if (found === undefined) {
    found = file.problems.length === 0 ? duplicateKeysOf(file.text, file.value) : findDuplicateKeys(file.text);
    known.set(file, found);
  }
  return found;
}

/**
 * The repeated keys of `text`, which was read as `value`. They are looked for in detail only where the text seems to
 * have more keys than the value.
 */
export function duplicateKeysOf(text: string, value: Json): DuplicateKey[] {
  return countKeysInText(text) === countKeys(value) ? [] : findDuplicateKeys(text);
}

/**
 * Quotes that may end a string, followed by a colon: never fewer than there are keys. Where a string begins with a colon
 * there seem to be more, and only the time of a closer look is lost.
 */
function countKeysInText(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) <= 0x20) before -= 1;
    if (text.charCodeAt(before) === quotes && !isEscaped(text, before)) count += 1;
  }
  return count;
}

function countKeys(root: Json): number {
  let count = 0;
  const open: Json[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object' && item !== null) open.push(item);
    } else if (isObject(value)) {
      for (const key in value) {
        count += 1;
        const item = value[key];
        if (typeof item === 'object' && item !== null) open.push(item);
      }
    }
  }
  return count;
}

interface Level {
  /** The last offset of each key so far; undefined in an array. */
  keys: Map<string, number> | undefined;
  key: string | number;
  repeated: Map<string, number[]> | undefined;
}

const maxPathLength = 200;

/** One pass without recursion, however deep the text is nested. */
function findDuplicateKeys(text: string): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const levels: Level[] = [];
  let expectsKey = false;
  eachToken(text, (char, start, end) => {
    const level = levels.at(-1);
    if (char === quotes) {
      if (expectsKey && level?.keys !== undefined) note(level, decodeString(text, start, end), start);
      expectsKey = false;
    } else if (isOpening(char)) {
      expectsKey = char === openBrace;
      levels.push({ keys: expectsKey ? new Map() : undefined, key: 0, repeated: undefined });
    } else if (isClosing(char)) {
      levels.pop();
      for (const [key, offsets] of level?.repeated ?? []) {
        const path = levels.length > maxPathLength ? undefined : [...levels.map((outer) => outer.key), key];
        found.push({ path, key, offsets });
      }
      expectsKey = false;
    } else if (char === comma && level !== undefined) {
      expectsKey = level.keys !== undefined;
      if (!expectsKey) level.key = Number(level.key) + 1;
    }
    return levels.length === 0 ? 'stop' : undefined;
  });
  return found;
}

function note(level: Level, key: string, at: number): void {
  level.key = key;
  const before = level.keys?.get(key);
  if (before !== undefined) {
    level.repeated ??= new Map();
    const offsets = level.repeated.get(key) ?? [before];
    offsets.push(at);
    level.repeated.set(key, offsets);
  }
  level.keys?.set(key, at);
}
