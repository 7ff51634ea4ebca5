import { letterPattern } from './letters.ts';
import { clipWords } from './sentences.ts';
import { isInitials, mostPieces, spellingOf } from './spelling.ts';

/** Names in code (snake_case, camelCase, dotted …) → their words, and titles and phrases made of these. */

/** The longest label of a parameter, property or operation, in characters (certification submission guide). */
export const maxTitleLength = 80;

/** Words that stay small inside a title. */
const smallWords: ReadonlySet<string> = new Set(
  'a an and as at by for from in of on or per the to via with'.split(' '),
);

/** `text` with its first letter in upper case. */
export const capitalise = (text: string): string => {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
};

/** Initials in the plural, initials before a word, a word, initials, digits; any other character separates. */
const pieces = letterPattern(
  /[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g,
  () =>
    /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+\p{M}*|\p{Lt}\p{Ll}*|\p{N}+/gu,
);

const separators = letterPattern(/[^A-Za-z0-9]+/, () => /[^\p{L}\p{N}\p{M}]+/u);
const startsWithDigit = letterPattern(/^[0-9]/, () => /^\p{N}/u);
const capital = letterPattern(/[A-Z]/, () => /\p{Lu}/u);
const plainWord = letterPattern(/^[A-Z]?[a-z0-9'-]*$/, () => /^\p{Lu}?[\p{Ll}\p{N}\p{M}'’-]*$/u);
const noLetters = letterPattern(/[^A-Za-z0-9]+/g, () => /[^\p{L}\p{N}]+/gu);

/**
 * The words of a name: `created_at`, `createdAt`, `filter[status]`, `X-Request-Id`, `$top`, `a.b` are all understood.
 * Runs of capitals stay one word, with the plural's small s: `userIDs` is `user`, `IDs`. Names that have a spelling of
 * their own aren't split: `includeOAuth` is `include`, `OAuth`. Digits stay with the word before them.
 */
export function splitWords(name: string): string[] {
  const known = divided.get(name);
  if (known !== undefined) return [...known];
  const words = wordsOf(name);
  if (divided.size >= mostDivided) divided.clear();
  divided.set(name, words);
  return [...words];
}

/** A description says `id` and `created_at` thousands of times. */
const divided = new Map<string, readonly string[]>();
const mostDivided = 5000;

function wordsOf(name: string): string[] {
  const words: string[] = [];
  for (const chunk of name.replaceAll(/['\u2019]/g, '').split(separators(name))) {
    const parts = chunk.match(pieces(chunk)) ?? [];
    for (let at = 0; at < parts.length; ) {
      const known = knownLength(parts, at);
      words.push(parts.slice(at, at + known).join(''));
      at += known;
    }
  }
  return words;
}

/** How many of the pieces from `at` on are one word: the longest with a spelling of its own, else a piece and digits after it. */
function knownLength(parts: readonly string[], at: number): number {
  for (let length = Math.min(mostPieces, parts.length - at); length > 1; length -= 1) {
    if (spellingOf(parts.slice(at, at + length).join('')) !== undefined) return length;
  }
  const [first = '', second = '', third = ''] = parts.slice(at, at + 3);
  // 1st and 2nd are words; v2, mp3 and address1 too, unless a known word such as 2FA follows
  if (startsWithDigit(first).test(first)) return /^(?:st|nd|rd|th|d|x|h|s|m|p|k)$/.test(second) ? 2 : 1;
  return startsWithDigit(second).test(second) && spellingOf(second + third) === undefined ? 2 : 1;
}

/**
 * A name as a title, for `x-ms-summary`: `created_at` → `Created At`, `userIds` → `User IDs`, `X-Trace` → `Trace`.
 *
 * @returns at most 80 characters; `Value` when the name holds no letter or digit
 */
export function titleCase(name: string): string {
  const all = splitWords(name);
  const words = /^x-./i.test(name) && all.length > 1 ? all.slice(1) : all;
  const title = words.map((word, index) => titleWord(word, index > 0 && index < words.length - 1)).join(' ');
  return title === '' ? 'Value' : clipWords(title, maxTitleLength);
}

function titleWord(word: string, isInside: boolean): string {
  const lower = word.toLowerCase();
  if (isInside && smallWords.has(lower)) return lower;
  const spelling = spellingOf(word);
  if (spelling !== undefined && !isOrdinaryWord(word, lower)) return spelling;
  return capitalise(isAllCapitals(word) && word.length > 4 ? lower : word);
}

/** `it` and `us` are initials only where they are written in capitals. */
const isOrdinaryWord = (word: string, lower: string): boolean =>
  word === lower && (lower === 'it' || lower === 'us' || lower === 'pop' || lower === 'rest');

const isAllCapitals = (word: string): boolean => word === word.toUpperCase() && word !== word.toLowerCase();

/** A title inside a sentence: `User IDs` → `user IDs`. Initials and words with inner capitals stay. */
export const lowerTitle = (title: string): string => title.split(' ').map(lowerWord).join(' ');

const lowerWord = (word: string): string =>
  (spellingOf(word) === word && capital(word).test(word)) || !plainWord(word).test(word) ? word : word.toLowerCase();

/** A name as words inside a sentence: `customer_id` → `customer ID`, `getURLFor` → `get URL for`. */
export const phraseOf = (name: string): string =>
  splitWords(name)
    .map((word) => {
      const spelling = spellingOf(word);
      if (spelling !== undefined && !isOrdinaryWord(word, word.toLowerCase())) return spelling;
      return isInitials(word) && word.length <= 4 ? word : word.toLowerCase();
    })
    .join(' ');

/** A name as the label of a field: `customHost` → `Custom host`, `tenantId` → `Tenant ID`. */
export function labelFrom(name: string): string {
  const phrase = phraseOf(name);
  const [first = ''] = phrase.split(' ');
  return spellingOf(first) === first ? phrase : capitalise(phrase);
}

/** The same words, whatever their case and punctuation. */
export const sameWords = (a: string, b: string): boolean => lettersOf(a) === lettersOf(b);

const lettersOf = (text: string): string => text.toLowerCase().replace(noLetters(text), '');

/** A name that isn't taken yet: the wish itself, else with `separator2`, `separator3` … after it. */
export function freeName(wish: string, taken: (name: string) => boolean, separator = '_'): string {
  if (!taken(wish)) return wish;
  for (let number = 2; ; number += 1) {
    const candidate = `${wish}${separator}${number}`;
    if (!taken(candidate)) return candidate;
  }
}
