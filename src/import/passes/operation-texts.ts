import { lettersOfAnotherLanguage } from '../../language/english.ts';
import { isPlural, singular } from '../../language/inflection.ts';
import { letterPattern, marksAtEnd } from '../../language/letters.ts';
import { nounsOf } from '../../language/operation-ids.ts';
import { describeSummary, summaryFromId, withoutSelf } from '../../language/operation-texts.ts';
import { describe, plainText } from '../../language/plain-text.ts';
import { withoutPointers } from '../../language/pointers.ts';
import {
  blanks,
  capitaliseSentence,
  clipPhrase,
  clipWords,
  completeSentence,
  firstSentence,
  lowerFirst,
} from '../../language/sentences.ts';
import { spellingOf } from '../../language/spelling.ts';
import { isToDo } from '../../language/to-do.ts';
import { verbForm } from '../../language/verbs.ts';
import { maxTitleLength, phraseOf, sameWords, splitWords } from '../../language/words.ts';
import type { SourceOperation } from '../model.ts';
import type { Report } from '../report.ts';
import { ownId, saysNoMore } from './operation-ids.ts';

export interface OperationTexts {
  summary: string;
  description: string;
}

const descriptionLimit = 1000;
const deprecatedMark = ' (deprecated)';

/** Summaries and descriptions of all operations; summaries are unique. `ids` are those of the result. */
export function writeTexts(
  operations: readonly SourceOperation[],
  ids: ReadonlyMap<SourceOperation, string>,
  report: Report,
): Map<SourceOperation, OperationTexts> {
  const taken = new Map<string, SourceOperation>();
  const texts = new Map<SourceOperation, OperationTexts>();
  for (const operation of operations) {
    const { summary: own, derived, whole } = summaryOf(operation, ids.get(operation) ?? '');
    const { description, isDerived } = descriptionOf(operation, own, whole);
    const marked = withMark(own, operation);
    const deed = withDeed(marked, operation, taken);
    const summary = deed ?? distinct(marked, operation, taken);
    taken.set(summary.toLowerCase(), operation);
    if (derived || deed !== undefined) report.derive('operation-summary', operation.at, summary);
    if (isDerived) report.derive('operation-description', operation.at, description);
    if ([summary, description].some((text) => lettersOfAnotherLanguage(text) !== undefined))
      report.info('language', operation.at, 'Certification wants English texts.');
    texts.set(operation, { summary, description });
  }
  return texts;
}

interface Summary {
  /** At most 80 characters, without a mark or bracket. */
  summary: string;
  /** Whether no text of the source says it. */
  derived: boolean;
  /** The source's whole text, where the summary is a part of it. */
  whole?: string;
}

/** The summary by the source's own words: its summary, else the first sentence of the description, else its id. */
function summaryOf(operation: SourceOperation, id: string): Summary {
  const limit = maxTitleLength - (operation.deprecated ? deprecatedMark.length : 0);
  const stated = plainText(operation.summary ?? '');
  if (stated !== '' && !isToDo(stated) && !isPathOrId(stated, operation)) {
    const first = firstSentence(stated);
    const summary = cleanSummary(withoutSelf(first), limit);
    const isWhole = first.length === stated.length && sameWords(cleanSummary(first, Number.MAX_SAFE_INTEGER), summary);
    if (summary !== '') return { summary, derived: false, ...(isWhole ? {} : { whole: stated }) };
  }
  const told = withoutSelf(firstSentence(withoutPointers(plainText(operation.description ?? ''))));
  // without an id of its own, the beginning of a sentence says more than the path
  const most = operation.operationId === undefined ? longestTold : maxTitleLength;
  const isUsable = told.length <= most && !isToDo(told) && !isPathOrId(told.replace(/[.!?]$/, ''), operation);
  const summary = isUsable ? cleanSummary(told, limit) : '';
  if (summary !== '' && (told.length <= maxTitleLength || beginsWithDeed(summary))) return { summary, derived: false };
  const made = spelledLike(summaryFromId(idWords(operation, id)), operation.description ?? '');
  return { summary: cleanSummary(made, limit) || 'Call the service', derived: true };
}

/** A sentence of which the beginning is taken as a summary, in characters. */
const longestTold = 240;

const beginsWithDeed = (text: string): boolean => {
  const [first = '', next = ''] = text.split(' ');
  return verbForm(first, next) !== undefined;
};

/** Initials that the source writes in capitals: `Get cvrf advisory` of "an advisory in CVRF format" is `Get CVRF advisory`. */
function spelledLike(summary: string, description: string): string {
  const capitals = new Set(description.match(/\b[A-Z][A-Z0-9]{2,7}\b/g));
  if (capitals.size === 0 || description === description.toUpperCase()) return summary;
  return summary
    .split(' ')
    .map((word) => (capitals.has(word.toUpperCase()) ? word.toUpperCase() : word))
    .join(' ');
}

/** The words of the source's id where they are the operation's: neither a prefix nor a number that we had to add. */
function idWords(operation: SourceOperation, id: string): string {
  const { path } = operation;
  const operationId = ownId(operation);
  const last = nounsOf(path).at(-1) ?? '';
  if (operationId === undefined || saysNoMore(operationId, path)) {
    // a number that only tells two ids apart
    return /\d/.test(last) ? id : id.replace(/(?<!\d)\d{1,3}$/, '');
  }
  // one word says too little: the path names the thing
  // a number at the end tells two ids apart
  const alone = operationId.replace(/(?<=[A-Za-z]{3})_?\d{1,2}$/, '');
  if (sameWords(alone, last)) return alone;
  return splitWords(alone).length < 2 ? `${alone} ${last}` : alone;
}

const smallLetter = letterPattern(/^[a-z]/, () => /^\p{Ll}/u);
const capital = letterPattern(/^[A-Z]/, () => /^\p{Lu}/u);

/** A method and a path, or an id: what generators write when nobody has written a summary. */
function isPathOrId(text: string, { path, operationId }: SourceOperation): boolean {
  if (/^(?:get|put|post|patch|delete|head|options)$/i.test(text)) return true;
  if (/^(?:(?:get|put|post|patch|delete|head|options)\b[\s:-]*)?\/\S*(?:\s*-\s*[a-z]+)?$/i.test(text)) return true;
  if (text.includes('/') && sameWords(text.replace(/\b(?:get|put|post|patch|delete)\b/gi, ''), path)) return true;
  // one plain word may be a summary; several that are joined are an id
  if (text.includes(' ') || splitWords(text).length < 2) return false;
  return /[_.]|[a-z][A-Z]/.test(text) || (operationId !== undefined && sameWords(text, operationId));
}

/** The source's description, else its long summary, else a sentence made of the summary. */
function descriptionOf(
  operation: SourceOperation,
  summary: string,
  whole: string | undefined,
): { description: string; isDerived: boolean } {
  const described = describe(operation.description, descriptionLimit);
  const says = (text: string): boolean =>
    text !== '' && !sameWords(text, summary) && !sameWords(cleanSummary(text, descriptionLimit), summary);
  if (says(described)) {
    const lacksSummary = whole !== undefined && !described.includes(whole.slice(0, 60));
    return {
      description: lacksSummary ? describe(`${completeSentence(whole)} ${described}`, descriptionLimit) : described,
      isDerived: false,
    };
  }
  if (whole !== undefined) {
    const said = describe(whole, descriptionLimit);
    if (says(said)) return { description: said, isDerived: false };
  }
  // FastAPI's `Read Item` of `read_item` has the capitals of a title, not of names
  const id = ownId(operation) ?? '';
  const isTitle = summary.split(' ').every((word) => !smallLetter(word).test(word));
  const said = isTitle && sameWords(id, summary) ? summaryFromId(id) : summary;
  return { description: describeSummary(withSmallThings(said, operation.path), operation.method), isDerived: true };
}

/** Words that are capitalised in titles, and are no names. */
const wordsOfTitles =
  /^(?:A|All|An|And|By|Collections?|Data|Details?|Entr(?:y|ies)|Existing|For|From|History|In|Info|Information|Items?|Lists?|Multiple|New|Objects?|Of|Or|Records?|Resources?|Settings|Single|Status|Summary|The|To|With)$/;

/** Things that are several in the path are no names: `List Applicants` of `/applicants` is `List applicants`. */
function withSmallThings(summary: string, path: string): string {
  const things = new Set(
    nounsOf(path)
      .map(splitWords)
      .filter((words) => isPlural(words.at(-1)?.toLowerCase() ?? ''))
      .flatMap((words) => words.map((word) => singular(word.toLowerCase()))),
  );
  const words = summary.split(' ');
  const isThing = (word: string): boolean =>
    /^[A-Z][a-z]+$/.test(word) && spellingOf(word) === undefined && things.has(singular(word.toLowerCase()));
  if (!words.slice(1).some(isThing)) return summary;
  return words
    .map((word, at) => (at > 0 && (isThing(word) || wordsOfTitles.test(word)) ? word.toLowerCase() : word))
    .join(' ');
}

function withMark(summary: string, operation: SourceOperation): string {
  return !operation.deprecated || summary.endsWith(deprecatedMark.trim()) ? summary : summary + deprecatedMark;
}

/** Only what a summary may contain; cut at a word; ends with a letter, a digit or a closing parenthesis. */
function cleanSummary(source: string, limit: number): string {
  let text = source;
  for (let round = 0; round < 4; round += 1) {
    const next = cleanOnce(text, limit);
    if (next === text) break;
    text = next;
  }
  return text;
}

/** All but the points of numbers, which stay: OAuth 2.0. */
const points = letterPattern(/(?<![0-9])\.|\.(?![0-9])/g, () => /(?<!\p{N})\.|\.(?!\p{N})/gu);
const unusual = letterPattern(/[^A-Za-z0-9 ()'\-,.]+/g, () => /[^\p{L}\p{M}\p{N} ()'\-,.]+/gu);

function cleanOnce(source: string, limit: number): string {
  const named = withoutSlashes(plainText(source))
    // `Search for {objectName}`
    .replace(/\{([a-z]\w{0,60})\}/g, (_, name: string) => phraseOf(name))
    .replace(/\bi\.e\.,?/gi, 'that is')
    .replace(/\be\.g\.,?/gi, 'such as')
    .replace(/&/g, ' and ');
  const text = named
    .replace(points(named), ' ')
    .replace(unusual(named), ' ')
    .replace(blanks, ' ')
    .replace(/\(\s*\)/g, '')
    .replace(/(?<!\s)\s+([,)])/g, '$1')
    .replace(/\(\s+/g, '(');
  return capitaliseSentence(trimEnd(balance(trimEnd(clipPhrase(trimEnd(text), limit)))));
}

/** A summary may hold no slash: `CI/CD` is `CI-CD`, `create/update` is `create or update`; addresses go. */
function withoutSlashes(text: string): string {
  if (!text.includes('/')) return text;
  return text
    .replace(/\(?\bhttps?:\/\/\S+/gi, ' ')
    .replace(/\bw\/o\b/gi, 'without')
    .replace(/\bw\/(?=\s|\w)/gi, 'with ')
    .replace(/\band\/or\b/gi, 'or')
    .replace(/(?<![\p{L}\p{N}])([\p{Lu}\p{N}.]{1,6})\/(?=[\p{Lu}\p{N}.]{1,6}(?![\p{Ll}\p{L}]))/gu, '$1-')
    .replace(/(?<=[\p{L}\p{N})])(?:\/| \/ )(?=[\p{L}\p{N}(])/gu, ' or ')
    .replaceAll('/', ' ');
}

const marksAtStart = letterPattern(/^[^A-Za-z0-9(]+/, () => /^[^\p{L}\p{N}(]+/u);

function trimEnd(text: string): string {
  return text.replace(marksAtEnd(text), '').replace(marksAtStart(text), '').replace(/ {2,}/g, ' ');
}

/** Parentheses that a cut has torn apart go. */
function balance(text: string): string {
  const opened = text.split('(').length;
  const closed = text.split(')').length;
  if (opened === closed) return text;
  return opened > closed && closed > 1 ? text.slice(0, text.lastIndexOf('(')) : text.replaceAll(/[()]/g, ' ');
}

/** Where two operations of one path are called by their thing, this one by what it does, too: `Update strain metadata`. */
function withDeed(
  summary: string,
  { path, method }: SourceOperation,
  taken: ReadonlyMap<string, SourceOperation>,
): string | undefined {
  const [first = '', next = '', ...rest] = summary.split(' ');
  const other = taken.get(summary.toLowerCase());
  if (other?.path !== path) return undefined;
  const isChange = /^(?:change|edit|modify|update)s?$/i.test(first) && other.method !== method && next !== '';
  if (!isChange && verbForm(first, next) !== undefined) return undefined;
  const verb = deeds[method];
  // POST may do anything
  if (verb === undefined) return undefined;
  const written = method === 'put' ? 'Replace' : `Partially ${lowerFirst(first)}`;
  if (isChange && method !== 'put' && method !== 'patch') return undefined;
  const deed = isChange
    ? [first.endsWith('s') && method === 'put' ? 'Replaces' : written, next, ...rest].join(' ')
    : `${verb} ${capital(next).test(next) ? summary : lowerFirst(summary)}`;
  return deed.length <= maxTitleLength && !taken.has(deed.toLowerCase()) ? deed : undefined;
}

/** Two actions must not look the same in the list: what tells them apart is the tag as it is spelled, or a part of the path. */
function distinct(summary: string, operation: SourceOperation, taken: ReadonlyMap<string, SourceOperation>): string {
  const isFree = (text: string): boolean => !taken.has(text.toLowerCase());
  if (isFree(summary)) return summary;
  const nouns = nounsOf(operation.path).map(phraseOf);
  const extras = [operation.tags[0], nouns.at(-1), nouns.at(-2), nouns.slice(-3).join(' '), operation.method];
  for (const extra of extras) {
    const words = extra === undefined ? '' : cleanSummary(extra.replace(/[()]/g, ' '), 40);
    if (words === '') continue;
    const candidate = withNote(summary, words);
    if (isFree(candidate)) return candidate;
  }
  for (let number = 2; ; number += 1) {
    const candidate = withNote(summary, String(number));
    if (isFree(candidate)) return candidate;
  }
}

/** What an operation does, before the name of a thing. */
const deeds: Readonly<Record<string, string>> = {
  get: 'Get',
  put: 'Update',
  patch: 'Update',
  delete: 'Delete',
};

/** A remark that the summary ends with takes the note: `Standard (no style, Header)`. */
function withNote(summary: string, note: string): string {
  const [, before = summary, remark] = /^(.{1,60}) \(([^()]{1,40})\)$/.exec(summary) ?? [];
  const whole = remark === undefined ? note : `${remark}, ${note}`;
  return `${trimEnd(balance(trimEnd(clipWords(before, maxTitleLength - whole.length - 3))))} (${whole})`;
}
