import { examinedLength } from '../examined-length.ts';
import { htmlTag } from './html.ts';
import { letterOrDigit } from './letters.ts';
import { withoutPointers } from './pointers.ts';
import { blanks, clipSentences, completeSentence } from './sentences.ts';
import { isToDo } from './to-do.ts';

/**
 * Texts of a source → texts that the designer shows: plain, in whole sentences, within the limits.
 * Every function here leaves its own results alone, so that converting twice changes nothing.
 */

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '-',
  mdash: '-',
  hellip: '...',
  rsquo: "'",
  lsquo: "'",
  ldquo: '"',
  rdquo: '"',
  copy: '(c)',
  times: 'x',
  middot: '-',
  bull: '-',
};

/** Typographic characters that certification wants as plain ones. */
const plainCharacters: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201b': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2012': '-',
  '\u2212': '-',
  '\u2010': '-',
  '\u2011': '-',
  '\u2026': '...',
  '\u2022': '-',
  '\u00b7': '-',
  '\u2192': '->',
  '\u2190': '<-',
  '\u00a0': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u00d7': 'x',
  '\u2265': '>=',
  '\u2264': '<=',
};
const typographic = new RegExp(`[${Object.keys(plainCharacters).join('')}]`, 'g');

/** Characters that any of the rules below could touch; most short texts have none. */
const needsWork = /[a-z]{3}\.[A-Z]|[^\x20-\x7e]|[*_`#<>[\]|&{}~\\]|^\s|\s$| {2}|^(?:[-+]|\d+[.)]) |:\/\/|\.\.$/;

/** Markdown and HTML → one line of plain text. Empty when nothing readable is left. */
export function plainText(source: string): string {
  if (!needsWork.test(source)) return source;
  let text = source.slice(0, examinedLength);
  for (let round = 0; round < 6; round += 1) {
    const next = stripOnce(text);
    if (next === text) break;
    text = next;
  }
  return text;
}

function stripOnce(source: string): string {
  let text = source.replace(/\r\n?/g, '\n');
  if (/[`~]{3}/.test(text))
    text = text.replace(/^[ \t]*(```|~~~)[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/gm, ' ').replace(/```[a-z]*|~~~/g, ' ');
  if (text.includes('<')) {
    text = text
      .replace(/<!--[\s\S]*?-->/g, ' ')
      .replace(/<(script|style|pre|table)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
      // a heading goes where something else is said
      .replace(/<h[1-6](?=[ >])[^<>]*>/gi, '\n\n# ')
      .replace(/<br\s*\/?>|<\/(?:p|li|h\d|div|tr)>/gi, '\n')
      .replace(/<a\s[^<>]*>([^<>[\]]*)<\/a>/gi, '[$1](link)')
      .replace(htmlTag, '')
      .replace(/<((?:https?|mailto):[^<>\s]+)>/g, '$1');
  }
  if (text.includes('&')) text = text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, entity);
  if (text.includes('](')) text = withoutLooks(text);
  if (text.includes('\n')) text = joinLines(withoutLinkLists(text));
  else
    text = text
      .replace(/^\s{0,3}#{1,6}\s+/, '')
      .replace(/^\s*>\s+/, '')
      .replace(/^\s*[*+-]\s+/, '')
      .replace(/^\|.*\|$/, '');
  if (text.includes('[')) {
    text = text
      .replace(/!\[[^[\]]*\]\([^()]*\)/g, '')
      .replace(/\[([^[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/g, '$1')
      .replace(/\[([^[\]]*)\]\(\s[^()\s]*\s?\)/g, '$1')
      .replace(/\[([^[\]]*)\] \( ?(?:https?:\/\/|\/|#|mailto:)[^()\s]*\s?\)/g, '$1')
      .replace(/\[([^[\]]+)\]\[[^[\]]*\]/g, '$1')
      .replace(/\[([^[\]]+)\]:\s*\S+/g, ' ');
  }
  text = withoutMarks(text);
  if (/[^\x20-\x7e]/.test(text)) text = withPlainCharacters(text);
  if (text.includes('{{')) text = text.replace(/\{\{+/g, '{');
  if (text.includes('}}')) text = text.replace(/\}\}+/g, '}');
  return text
    .replace(
      /(?<=[a-z)]{3})\.(?=(?:All|And|Any|Default|Each|Examples?|For|Format|If|In|It|Note|Only|Please|Range|Returns|See|The|This|To|Use|Valid|Values?|When|With|You)\b:?\s)/g,
      '. ',
    )
    .replace(blanks, ' ')
    .replace(/(?<!\s)\s+([.,;:!?])(?=\s|$)/g, '$1')
    .replace(/(?<!\.)\.\.\s?$/, '.')
    .trim();
}

/** A sentence that is nothing but a look at a link: `See [our guide](https://…).` Links inside of a description stay as words. */
function withoutLooks(text: string): string {
  let kept = '';
  let from = 0;
  for (const { 0: link, index } of text.matchAll(/\[[^[\]]*\]\([^()\s]*\)[.!]?/g)) {
    const start = index - (lookBefore.exec(text.slice(Math.max(from, index - 40), index))?.[1]?.length ?? 0);
    if (
      start === index ||
      link.includes('](#') ||
      !/^(?:\s|$)/.test(text.slice(index + link.length, index + link.length + 1))
    )
      continue;
    kept += text.slice(from, start);
    from = index + link.length;
  }
  return kept + text.slice(from);
}
const lookBefore = /(?:^|[.!?\n]\s?)((?:please see|see|refer to|read|check|check out|visit|see also) (?:our |the )?)$/i;

/** Lines that announce links to further reading. */
const linksFollow =
  /^(?:related(?: \w{1,20})?|see also|further reading|(?:\w{1,20} )?(?:links|resources)|references?|learn more|more information|read more|documentation|docs)\s?:?$/i;
const onlyLink = /^(?:(?:[*+-]|\d{1,3}[.)])\s+)?\[[^[\]]*\]\([^()\s]*\)[.,;:]?\\?$/;

/** Without lists of links to further reading, and without paragraphs that are a link beside others that say something. */
function withoutLinkLists(text: string): string {
  if (!text.includes('](')) return text;
  const lines = text.split('\n').map((line) => line.trim());
  const dropped = new Set<number>();
  for (const [at, line] of lines.entries()) {
    if (!onlyLink.test(line)) continue;
    const before = lines.findLastIndex((other, index) => index < at && other !== '' && !dropped.has(index));
    const follows = linksFollow.test((lines[before] ?? '').replace(/^#{1,6}\s|[*_]{2}/g, ''));
    const isInList = dropped.has(at - 1);
    const isAlone = (lines[at - 1] ?? '') === '' && (lines[at + 1] ?? '') === '' && !/:$/.test(lines[before] ?? '');
    if (follows || isInList || (isAlone && !/^[*+\d-]/.test(line))) dropped.add(at);
    if (follows && !dropped.has(before)) dropped.add(before);
  }
  const kept = lines.filter((_, at) => !dropped.has(at)).join('\n');
  return kept.trim() === '' ? text : kept;
}

/** Without the marks of Markdown around words; each is looked for only where its character is. */
function withoutMarks(source: string): string {
  let text = source;
  if (text.includes('\\')) text = text.replace(/\\([\\`*_{}[\]()#+.!|<>~-])/g, '$1');
  if (text.includes('`')) text = text.replace(/`+([^`]*)`+/g, '$1');
  if (text.includes('*'))
    text = text
      .replace(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*/g, '$1')
      .replace(/(^|[^\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])/g, '$1$2');
  if (text.includes('_'))
    text = text
      .replace(/(^|[^\w_])__([^_\s](?:[^_]*[^_\s])?)__(?![\w_])/g, '$1$2')
      .replace(/(^|[^\w_])_([^_\s](?:[^_]*[^_\s])?)_(?![\w_])/g, '$1$2');
  return text.includes('~~') ? text.replace(/~~([^~]+)~~/g, '$1') : text;
}

/** Plain ones for typographic characters; none that can't be seen, and no pictures. */
const withPlainCharacters = (text: string): string =>
  text
    .replace(typographic, (character) => plainCharacters[character] ?? character)
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060\ufeff]|\ufe0f/g, ' ')
    .replace(/\p{Extended_Pictographic}/gu, (symbol) => (symbol.charCodeAt(0) < 0x2000 ? symbol : ''))
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');

function entity(
  whole: string,
  decimal: string | undefined,
  hexadecimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
}

/** Paragraphs and lists → sentences; headings and tables go, since a single line cannot show them. */
function joinLines(text: string): string {
  const kept: string[] = [];
  let gap = true;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '') {
      gap = true;
      continue;
    }
    if (/^#{1,6}\s/.test(line) || /^\|/.test(line) || /^[-=*_|:\s]{3,}$/.test(line)) {
      gap = true;
      continue;
    }
    const item = /^(?:[*+-]|\d{1,3}[.)])\s+/.test(line);
    const clean = line
      .replace(/^>+\s*/, '')
      .replace(/^(?:[*+-]|\d{1,3}[.)])\s+/, '')
      .replace(/(?:(?<!\s)\s+)?\\$/, '');
    const before = kept.at(-1);
    if (before !== undefined && (gap || item) && /[\w)"'\]]$/.test(before))
      kept[kept.length - 1] = `${before}${item ? ';' : '.'}`;
    kept.push(clean);
    gap = false;
  }
  if (kept.length > 0) return kept.join(' ');
  return text.replace(/^#{1,6}\s+/gm, '').replaceAll('|', ' ');
}

/** Without sentences that are nothing but an address, or a variable that nobody has filled in. */
function withoutBareLinks(text: string): string {
  if (/^\{[\w.-]{1,60}\}\.?$/.test(text)) return '';
  if (!text.includes('://')) return text;
  return text
    .split(/(?<=[.!?])\s/)
    .filter((sentence) => !/^(?:see:? |more:? |docs:? )?https?:\/\/\S+$/i.test(sentence))
    .join(' ');
}

/** Without what its author meant to write later: the sentence where there are others. */
function withoutToDos(text: string): string {
  if (!isToDo(text)) return text;
  return text
    .split(/(?<=[.!?])\s|\s(?=#?TODO:)/)
    .filter((sentence) => !isToDo(sentence))
    .join(' ');
}

/** A description within a limit: plain, whole sentences, ended. Empty when the source says nothing. */
export function describe(source: string | undefined, limit: number): string {
  if (source === undefined) return '';
  let text = source;
  // The full stop that is added can complete something that reads as markup.
  for (let round = 0; round < 4; round += 1) {
    const plain = withoutPointers(withoutToDos(withoutBareLinks(plainText(text))));
    const next = letterOrDigit(plain).test(plain) ? completeSentence(clipSentences(plain, limit)) : '';
    if (next === text) break;
    text = next;
  }
  return text;
}
