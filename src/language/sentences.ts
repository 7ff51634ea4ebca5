/** Sentences: where they end, how they are closed, how they are cut. */

import { letterPattern } from './letters.ts';

/** A lower-case word that begins a text, and isn't a name such as `iPhone` or an address. */
const smallStart = letterPattern(/^[a-z]+(?![A-Za-z0-9_])/, () => /^\p{Ll}+(?![\p{L}\p{N}_])/u);
const capitalisedStart = letterPattern(
  /^[A-Z][a-z]*(?![A-Za-z0-9]|-[A-Z])/,
  () => /^\p{Lu}\p{Ll}*(?![\p{L}\p{N}]|-\p{Lu})/u,
);

/** White space but for single blanks, of which every text is full. */
export const blanks = /(?: \s|[^\S ])\s*/g;

/**
 * `text` as a sentence: white space collapsed, first letter in upper case, a period where no closing mark is.
 *
 * @returns an empty string for a blank text
 */
export function completeSentence(text: string): string {
  const plain = text
    .trim()
    .replaceAll(blanks, ' ')
    .replace(/(?<![\s,;:-])[\s,;:-]+$/, '');
  if (plain === '') return '';
  const sentence = capitaliseSentence(plain);
  // in "(messages, etc.)" the full stop is the abbreviation's
  const isEnded =
    /[.!?\u3002\uff01\uff1f\u061f\u0964]["')\]]*$/.test(sentence) && !/\b(?:etc|e\.g|i\.e)\.[)\]]$/.test(sentence);
  return isEnded ? sentence : `${sentence}.`;
}

/** First letter upper, unless the first word is a name such as `iPhone`, `getOrder` or `my_field`, or an address. */
export function capitaliseSentence(text: string): string {
  if (!smallStart(text).test(text) || /^https?:/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** First letter lower, unless the first word is a name (`X-App-Token`) or initials. */
export const lowerFirst = (text: string): string =>
  capitalisedStart(text).test(text) && !/^(?:I|A[A-Z])\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

/** The first sentence; abbreviations such as "e.g." don't end one. */
export function firstSentence(text: string): string {
  const end = sentenceEnd(text, 0);
  return end < 0 ? text : text.slice(0, end);
}

/** The offset after the sentence that starts at `from`; -1 when none ends in the text. */
export function sentenceEnd(text: string, from: number): number {
  const pattern = /[.!?]["')\]]{0,3}(?=\s|$)/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const before = text.slice(Math.max(0, match.index - 6), match.index + 1);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40).trimStart();
    if (/(?:\be\.g|\bi\.e|\betc|\bvs|\bNo|\bapprox|\bDr|\bMr|\b[A-Z])\.$/.test(before) && after !== '') continue;
    if (after !== '' && /^[a-z]/.test(after)) continue;
    return match.index + match[0].length;
  }
  return -1;
}

/** As many whole sentences as fit in `limit` characters, or the words of the first that do. */
export function clipSentences(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let next = sentenceEnd(text, 0); next > 0 && next <= limit; next = sentenceEnd(text, next)) end = next;
  if (end >= Math.min(20, limit / 2)) return text.slice(0, end);
  return completeSentence(clipWords(text, limit - 1));
}

/** Words that can't end a text: something has to follow them. */
const openEnd =
  /(?<!\s)\s+(?:a|an|and|as|at|be|by|for|from|in|into|is|its|of|on|or|per|that|the|their|this|to|via|which|with|your)$/i;

/** Where a text can end, since what follows is an addition: the strongest first. */
const additions: readonly RegExp[] = [
  /(?:[,;:] | - | \()(?!and |or )/g,
  / (?:which|that|who|whose|where|so that|in order to|including|such as|based on|by [a-z]{2,20}ing|using|when|if|while|as well as) /gi,
  / (?:across|against|among|around|between|during|for|from|in|into|on|over|through|to|towards?|under|until|upon|via|with|within|without|and) /gi,
];

/** A text cut where a part of the sentence ends; as `clipWords` where there is no such place in its second half. */
export function clipPhrase(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const fitting = text.slice(0, limit + 1);
  for (const [index, pattern] of additions.entries()) {
    const least = limit * (index === 2 ? 0.6 : 0.4);
    const last = [...fitting.matchAll(pattern)].map((match) => match.index).findLast((at) => at >= least);
    if (last !== undefined) return withoutOpenEnd(text.slice(0, last));
  }
  return clipWords(text, limit);
}

/** As many whole words as fit in `limit` characters; none at the end that something has to follow. */
export function clipWords(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit + 1);
  const space = cut.lastIndexOf(' ');
  return withoutOpenEnd(
    (space > limit / 3 ? cut.slice(0, space) : text.slice(0, limit)).replace(/[\uD800-\uDBFF]$/, ''),
  );
}

/** Without marks and words at the end that something has to follow. */
function withoutOpenEnd(text: string): string {
  let words = text;
  for (;;) {
    const shorter = words.replace(/(?<![\s,;:.!?(&/-])[\s,;:.!?(&/-]+$/, '').replace(openEnd, '');
    if (shorter === words) return words;
    words = shorter;
  }
}
