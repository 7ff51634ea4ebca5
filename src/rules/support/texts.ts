/** What texts of a connector may look like: the shared vocabulary of the rules about titles, summaries, descriptions. */

import { isAscii, letterPattern } from '../../language/letters.ts';
import { isToDo } from '../../language/to-do.ts';

/** The product names that the service's validator prints. */
export const coreProductNames = ['Power Apps', 'Power Automate', 'Logic Apps'] as const;

/** Further Power Platform product names, from the documentation. */
export const otherProductNames = [
  'Power Platform',
  'Power BI',
  'Power Pages',
  'Copilot Studio',
  'Microsoft Flow',
  'Dataverse',
] as const;

const wordPattern = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![A-Za-z0-9])(?:${words.map((word) => word.replaceAll(' ', '\\s*')).join('|')})(?![A-Za-z0-9])`, 'i');

const corePattern = wordPattern(coreProductNames);
const otherPattern = wordPattern(otherProductNames);

/** The first core product name in a text, as it is written there. Whole words only, the blank may be missing. */
export const coreProductName = (text: string): string | undefined => corePattern.exec(text)?.[0];

export const otherProductName = (text: string): string | undefined => otherPattern.exec(text)?.[0];

/** What every product name has a part of: most texts can be let go after one look. */
const perhapsProduct = /power|logic|copilot|microsoft|dataverse/i;

export const productName = (text: string): string | undefined =>
  perhapsProduct.test(text) ? (coreProductName(text) ?? otherProductName(text)) : undefined;

/** Typographic quotes, dashes, bullets, ellipsis and odd blanks as they get into texts by pasting, with their ASCII form. */
const typography: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/[\u2022\u25cf\u00b7]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00a0\u2002-\u200a\u202f\u3000]/g, ' '],
  [/[\u200b-\u200d\ufeff\u00ad]/g, ''],
  [/\u2122/g, '(TM)'],
  [/\u00ae/g, '(R)'],
  [/\u00a9/g, '(C)'],
];

/** The text with typographic characters folded to ASCII; letters stay. */
export const foldTypography = (text: string): string =>
  typography.reduce((folded, [pattern, ascii]) => folded.replace(pattern, ascii), text);

/** The first letter that names must not have, accents included; signs such as € or → are not letters. */
export const foreignCharacter = (text: string): string | undefined =>
  isAscii(text) ? undefined : /(?![\x00-\x7f])\p{L}|[A-Za-z][\u0300-\u036f]/u.exec(text)?.[0];

/** Characters that operation summaries must not have. */
export const restrictedCharacter = (text: string): string | undefined => /[/\\<>*%&?]/.exec(text)?.[0];

/** Ends with a letter, a digit or a closing parenthesis, of whatever script. */
export function endsLikeName(text: string): boolean {
  const end = text.slice(-2);
  return nameEnd(end).test(end);
}

const nameEnd = letterPattern(/[A-Za-z0-9)]$/, () => /[\p{L}\p{N})]$/u);

/** Ends like a sentence, also inside closing quotes or brackets. */
export function endsLikeSentence(text: string): boolean {
  const trimmed = text.trimEnd();
  let last = trimmed.length - 1;
  while (last > 0 && `"')]`.includes(trimmed.charAt(last))) last -= 1;
  return last >= 0 && '.!?'.includes(trimmed.charAt(last));
}

export const isBlank = (text: unknown): boolean => typeof text !== 'string' || text.trim() === '';

/** The same text, but for case, blanks and the punctuation at its end. */
export const sameText = (a: string, b: string): boolean =>
  startOf(a) === startOf(b) && endOf(a) === endOf(b) && normalise(a) === normalise(b);

/** The first letter, by which most texts that differ can be told apart. */
const startOf = (text: string): string => text.trimStart().charAt(0).toLowerCase();

/** The last one, by which nearly all others can. */
function endOf(text: string): string {
  let last = text.length - 1;
  while (last >= 0 && /[\s.!?]/.test(text.charAt(last))) last -= 1;
  return text.charAt(last).toLowerCase();
}

/** Blanks that aren't a single space already: most texts have none, and stay as they are. */
const blanks = /\s{2,}|[^\S ]/g;

const normalise = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(blanks, ' ')
    .replace(/(?<![.!?])[.!?]+$/, '');

export const hasUrl = (text: string): boolean => /https?:\/\//i.test(text);

export const isPlainHttp = (text: string): boolean => /^\s*http:\/\//i.test(text);

/** What the published templates leave to be filled in. */
const sampleTexts =
  /^\s*(?:name of connector\.|short description of the connecting service|full name\s*$|contact url\s*$|contact email address\s*$|the hostname of the api)/i;

/** Something to be done or to be filled in, or a sample sentence of the published templates. */
export const isTemplateText = (text: string): boolean => isToDo(text) || text.includes('___') || sampleTexts.test(text);
