import { isAscii } from './letters.ts';
import { isClearVerb, verbForm } from './verbs.ts';

/** Whether a text is English: accents alone don't tell, names and loanwords have them. */

/** Words without which there is hardly an English sentence, and that other languages with Latin letters don't have. */
const englishWords: ReadonlySet<string> = new Set([
  ...[
    'and',
    'any',
    'are',
    'be',
    'been',
    'by',
    'can',
    'each',
    'every',
    'for',
    'from',
    'has',
    'have',
    'how',
    'if',
    'into',
  ],
  ...[
    'it',
    'its',
    'must',
    'not',
    'of',
    'only',
    'or',
    'other',
    'should',
    'than',
    'that',
    'the',
    'their',
    'them',
    'then',
  ],
  ...[
    'there',
    'these',
    'they',
    'this',
    'those',
    'to',
    'used',
    'using',
    'when',
    'where',
    'which',
    'who',
    'whose',
    'will',
  ],
  ...['with', 'within', 'without', 'you', 'your'],
]);

/** The same of French, German, Spanish, Portuguese, Italian, Dutch and the Nordic languages. */
const otherWords: ReadonlySet<string> = new Set([
  ...[
    'aux',
    'avec',
    'ce',
    'ces',
    'cette',
    'dans',
    'des',
    'du',
    'est',
    'et',
    'la',
    'le',
    'les',
    'leur',
    'ou',
    'par',
    'pour',
  ],
  ...['que', 'qui', 'sont', 'un', 'une', 'vos', 'votre'],
  ...['aller', 'als', 'auf', 'aus', 'bei', 'das', 'dem', 'der', 'eine', 'einem', 'einen', 'einer', 'eines', 'ist'],
  ...['mit', 'nach', 'nicht', 'oder', 'sind', 'und', 'von', 'werden', 'wird', 'zu', 'zum', 'zur'],
  ...['con', 'de', 'del', 'el', 'en', 'esta', 'este', 'las', 'los', 'para', 'por', 'se', 'su', 'una'],
  ...['ao', 'aos', 'da', 'dos', 'em', 'nas', 'nos', 'pela', 'pelo', 'seu', 'sua', 'um', 'uma'],
  ...['che', 'dei', 'della', 'delle', 'di', 'gli', 'il', 'lo', 'nel', 'sono'],
  ...['een', 'het', 'niet', 'voor', 'worden', 'wordt', 'zijn'],
  ...[
    '\u00e0',
    '\u00e4r',
    '\u00e9',
    'est\u00e1',
    'f\u00f6r',
    'fr\u00e5n',
    'f\u00fcr',
    'n\u00e3o',
    'o\u00f9',
    'p\u00e5',
  ],
  ...['av', 'det', 'ett', 'fra', 'och', 'og', 'som', 'til', 'till'],
]);

/** English words that are written with an accent as often as without. */
const loanwords: ReadonlySet<string> = new Set([
  ...[
    'attach\u00e9',
    'caf\u00e9',
    'caf\u00e9s',
    'clich\u00e9',
    'clich\u00e9s',
    'cr\u00e8me',
    'd\u00e9cor',
    'entr\u00e9e',
  ],
  ...['entr\u00e9es', 'fa\u00e7ade', 'fianc\u00e9', 'fianc\u00e9e', 'jalape\u00f1o', 'na\u00efve', 'pok\u00e9mon'],
  ...['prot\u00e9g\u00e9', 'r\u00e9sum\u00e9', 'r\u00e9sum\u00e9s', 'saut\u00e9', 'souffl\u00e9', 'vis-\u00e0-vis'],
]);

/** The first letter that English doesn't have, accents included; signs such as € or → are not letters. */
const foreignLetter = (text: string): string | undefined =>
  isAscii(text) ? undefined : /(?![\x00-\x7f])\p{L}|[A-Za-z][\u0300-\u036f]/u.exec(text)?.[0];

/**
 * The first letter that English doesn't have in a text that doesn't read as English; undefined for other texts, those
 * with an accented name in an English sentence included. Letters of other scripts are never English.
 */
export function lettersOfAnotherLanguage(text: string): string | undefined {
  const found = foreignLetter(text);
  if (found === undefined) return undefined;
  const strange = /(?![\x00-\x7f])(?!\p{Script=Latin})\p{L}/u.exec(text)?.[0];
  if (strange !== undefined) return strange;
  return readsAsEnglish(text.normalize('NFC').toLowerCase()) ? undefined : found;
}

function readsAsEnglish(lower: string): boolean {
  const words = lower.match(/[\p{L}\p{M}]+(?:['\u2019-][\p{L}\p{M}]+)*/gu) ?? [];
  const [first = '', next = ''] = words;
  let english = isClearVerb(first) || verbForm(first, next) === 'third person' ? 1 : 0;
  let other = 0;
  let accented = 0;
  for (const word of words) {
    if (englishWords.has(word)) english += 1;
    else if (otherWords.has(word)) other += 1;
    if (foreignLetter(word) !== undefined && !loanwords.has(word)) accented += 1;
  }
  if (accented === 0) return other === 0;
  return english > other && accented * 2 <= words.length;
}
