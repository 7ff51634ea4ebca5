import { asObject, getOwn, type JsonObject } from '../../connector/json/value.ts';
import { whatIsDone } from '../../docs/introduction.ts';
import { lettersOfAnotherLanguage } from '../../language/english.ts';
import { letterPattern, marksAtEnd } from '../../language/letters.ts';
import { madeDescription } from '../../language/made-description.ts';
import { describe, plainText } from '../../language/plain-text.ts';
import { clipWords } from '../../language/sentences.ts';
import { type ApiModel, infoExtensions, pickExtensions, type SourceOperation } from '../model.ts';
import { textOf } from '../read/references.ts';
import { child } from '../read/source.ts';
import { asText } from '../read/source-values.ts';
import type { Report } from '../report.ts';
import type { OperationTexts } from './operation-texts.ts';

const titleLimit = 30;
const textLeast = 30;
const textMost = 500;

/** Words that a title may not have, or that say nothing in one. */
const emptyWords =
  /\b(?:open ?api|swagger|rest(?:ful)?|web)?[ -]?(?:api|apis|connector|specification|spec|openapi|swagger)\b|\bREST(?:ful)?\b|\bpublic\b(?=\s*$)|\bversion\s*\d+(?:\.\d+)*|\bv\d+(?:\.\d+)*\b|\((?:v?[\d.]+(?:-\w+)?|beta|preview|)\)/gi;
/** Products that neither title nor description may name. */
const products =
  /\b(?:power ?(?:apps|automate|platform|bi|pages)|logic apps|copilot studio|microsoft flow|dataverse)\b/gi;

/** Words that no title ends with: something has to follow them. */
const openWords: ReadonlySet<string> = new Set([
  ...['a', 'an', 'and', 'at', 'by', 'for', 'from', 'in', 'of', 'on', 'or', 'the', 'to', 'with'],
]);
/** What descriptions call themselves rather than the service. */
const selfNames = /\b(?:api|rest) (?:reference|documentation|docs)\b/gi;

/**
 * Title, description, version and contact as the platform wants them; the description is empty or short where the source
 * says too little: `completeDescription` is for that.
 */
export function convertInfo(model: ApiModel, report: Report): JsonObject {
  const { info } = model;
  const source = asObject(info?.value);
  const title = titleCase(asText(source.title));
  if (title === undefined)
    report.info(
      'info-title',
      '/info/title',
      'The title is left to you: at most 30 characters, without words such as API or Connector.',
    );
  else if (losesWords(asText(source.title) ?? '', title))
    report.info('info-title', '/info/title', `The title "${plainText(asText(source.title) ?? '')}" became "${title}".`);
  const described = textOf(child(info, 'description'), model.references) ?? asText(getOwn(info?.value, 'summary'));
  const description = descriptionOf(described);
  if (described === undefined || describe(described, textMost).length < textLeast) {
    report.info(
      'info-description',
      '/info/description',
      'The description is left to you: 30 to 500 characters about what the connector does.',
    );
  }
  if (lettersOfAnotherLanguage(description) !== undefined)
    report.info('language', '/info/description', 'Certification wants English texts.');
  if (new RegExp(products.source, 'i').test(description))
    report.info(
      'product-name',
      '/info/description',
      'The description names a product of the Power Platform, which certification refuses.',
    );
  const contact = contactOf(asObject(source.contact));
  if (contact === undefined)
    report.info(
      'info-contact',
      '/info/contact',
      'A contact (name, url, email) is left to you; certification needs it.',
    );
  for (const member of ['license', 'termsOfService']) {
    if (source[member] !== undefined)
      report.info(
        'info-dropped',
        `/info/${member}`,
        `${member} has no place in a connector${member === 'termsOfService' ? '; the address may do as Privacy policy' : ''}.`,
      );
  }
  return {
    title: title ?? 'Imported service',
    description,
    version: asText(source.version) ?? '1.0',
    ...(contact === undefined ? {} : { contact }),
    ...pickExtensions(source, infoExtensions),
  };
}

const separators = letterPattern(/[^A-Za-z0-9]+/, () => /[^\p{L}\p{N}]+/u);

/** Whether words of the source are missing in a title, apart from those that no title may have. */
function losesWords(source: string, title: string): boolean {
  const wordsOf = (text: string): string[] => text.split(separators(text)).filter((word) => word !== '');
  const kept = new Set(wordsOf(title));
  return (
    wordsOf(plainText(source).replace(emptyWords, ' ')).some((word) => !kept.has(word)) ||
    wordsOf(source).some((word) => !kept.has(word) && [...kept].some((other) => word.startsWith(other)))
  );
}

/** Undefined when nothing usable is left. What a cut has put at the end may be empty there: again, until nothing goes. */
function titleCase(source: string | undefined): string | undefined {
  let title = titleOnce(source ?? '');
  for (let round = 0; round < mostCuts && title !== undefined; round += 1) {
    const next = titleOnce(title);
    if (next === title) break;
    title = next;
  }
  return title;
}

/** A title that is still another one after so many cuts stays as it is: none may keep the import for ever. */
const mostCuts = 4;

const marksAtStart = letterPattern(/^[\s!-#%-*,-/:;?@[-\]_{}]+/, () => /^[\s\p{P}]+/u);
const twoLetters = letterPattern(/[A-Za-z0-9]{2}/, () => /[\p{L}\p{N}]{2}/u);

function titleOnce(source: string): string | undefined {
  const written = plainText(source);
  const plain = written.replaceAll('_', ' ');
  let text = plain;
  for (let round = 0; round < 3; round += 1) {
    const next = text
      .replace(selfNames, ' ')
      .replace(emptyWords, ' ')
      .replace(products, ' ')
      .replace(/\(\s*\)|\[\s*\]/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/ (?=[:,;]\s)/g, '')
      .replace(marksAtStart(plain), '')
      .replace(marksAtEnd(plain), '')
      .trim();
    if (next === text) break;
    text = next;
  }
  if (/\)$/.test(text) && !text.includes('(')) text = text.replace(/(?<![)\s])[)\s]+$/, '');
  const cut = clipWords(text, titleLimit)
    .replace(/\s*\([^)]*$/, '')
    .replace(marksAtEnd(plain), '');
  // an adjective whose noun was cut off says nothing, nor does what led to it
  const whole = cut.length < text.length ? cut.replace(/(?<!\s)\s+[a-z]+-[a-z-]+$/, '') : cut;
  let fit = whole;
  for (let before = ''; before !== fit; ) {
    before = fit;
    const last = fit.slice(fit.lastIndexOf(' ') + 1).toLowerCase();
    if (last !== fit.toLowerCase() && openWords.has(last)) fit = fit.slice(0, -last.length).trimEnd();
  }
  return twoLetters(fit).test(fit) ? fit : undefined;
}

/** The first paragraph, as many whole sentences as fit. */
function descriptionOf(source: string | undefined): string {
  const paragraph = source === undefined ? '' : firstParagraph(source);
  const text = describe(withoutLinks(plainText(paragraph)), textMost);
  if (text.length >= textLeast) return text;
  return describe(source, textMost);
}

/** Too short a description goes on with what the operations do: the source says no more. */
export function completeDescription(
  info: JsonObject,
  operations: readonly SourceOperation[],
  texts: ReadonlyMap<SourceOperation, OperationTexts>,
): void {
  const stated = asText(info.description) ?? '';
  if (stated.length >= textLeast) return;
  const what = whatIsDone(
    operations.map((operation) => ({
      summary: texts.get(operation)?.summary ?? '',
      tags: [...operation.tags],
      isTrigger: operation.extensions['x-ms-trigger'] !== undefined,
      isDeprecated: operation.deprecated,
    })),
  );
  const opening = madeDescription(asText(info.title) ?? 'the service');
  const made = describe(what === undefined ? opening : `${opening}: ${what}`, textMost - stated.length - 1);
  info.description = stated === '' ? made : `${stated} ${made}`;
}

/** Certification refuses links; sentences that hold one go, as long as the others say enough. */
function withoutLinks(text: string): string {
  if (!/https?:\/\//.test(text)) return text;
  const sentences = text.split(/(?<=[.!?])\s+/);
  const kept = sentences.filter((sentence) => !/https?:\/\//.test(sentence)).join(' ');
  return kept.length >= textLeast ? kept : text;
}

function firstParagraph(source: string): string {
  const paragraphs = source
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((text) => text.trim());
  return (
    paragraphs.find(
      (text) => text !== '' && !/^(?:#|\||<|```|!\[|[-=*_]{3})/.test(text) && plainText(text).length >= textLeast,
    ) ?? source
  );
}

function contactOf(source: JsonObject): JsonObject | undefined {
  const name = asText(source.name);
  const url = asText(source.url);
  const email = asText(source.email);
  const contact: JsonObject = {};
  if (name !== undefined) contact.name = plainText(name);
  if (url !== undefined && /^https?:\/\/[^\s/]+/.test(url)) contact.url = url;
  if (email !== undefined && /^[\x21-\x3f\x41-\x7e]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(email))
    contact.email = email;
  return Object.keys(contact).length === 0 ? undefined : contact;
}
