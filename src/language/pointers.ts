/**
 * Sentences that only point somewhere else: "Learn more.", "For details, see our guide.", "Related Guides". An action
 * has no links, so that they lead nowhere. What names a part of the API itself ("see the filter parameter") stays.
 */

import { sentenceEnd } from './sentences.ts';

/** Texts without any of these words hold no such sentence. */
const mayPoint = /\b(?:more|see|refer|documentation|docs|guides?|here|related|check|click|visit|details?|back|try)\b/i;

/** What is found elsewhere. */
const knowledge =
  '(?:a (?:full|complete|detailed) (?:description|explanation|list|overview|reference)|' +
  '(?:the |any )?(?:more |further |additional |complete |full |detailed |other |extra |implementation )?' +
  '(?:background|context|details?|documentation|examples?|explanations?|guidance|help|info|information|instructions?|reading|resources)|' +
  '(?:all |the )?(?:possible |valid |supported |available |allowed |accepted )(?:codes|options|values)|' +
  'the (?:full|complete) list)';

/** Where it is found: texts about the API. */
const document =
  '(?:api|developer|help|knowledge|official|product|reference|user)[ -](?:base|cent(?:er|re)|portal|site)|announcements?|' +
  'appendix|changelog|cookbook|docs?|documentation|faqs?|guides?|here|how-to|manual|quickstart|readme|references?|tutorials?|wiki';
/** An API may have these itself. */
const place = `${document}|articles?|blog|website`;

const looks =
  '(?:see(?: also)?|refer to|check(?: out)?|consult|read(?: about)?|visit|view|go to|(?:have|take) a look at|look at|head (?:over )?to|click|follow)';

/** Words of parts of the API: what points to these is of use. */
const ownPart =
  /\b(?:action|attribute|body|call|endpoint|fields?|header|method|object|operation|parameters?|property|properties|query|queries|request|resource|response|schema|section|type|above|below)\b|[/{}_]/;
const isOwnName = (word: string): boolean => /^[a-z]+[A-Z]/.test(word);

const forKnowledge = new RegExp(`^for ${knowledge}\\b`, 'i');
const look = new RegExp(` ${looks} `, 'i');
const beginsWithLook = new RegExp(`^${looks} `, 'i');
const toKnow = new RegExp(` (?:for|to (?:find|get|learn|read)) (?:${knowledge}|more)\\b`, 'i');
const somethingKnown = new RegExp(
  `^(?:an? |all |the |you can find )?(?:${knowledge}|codes|definitions?|list|values)\\b`,
  'i',
);
const isFound =
  / (?:found|available|listed|documented|described|explained|provided|is|are) (?:at |in |on |under |through |via )?/gi;
const endsInPlace = new RegExp(`(?<![\\w-])(?:${place})$`, 'i');
const placeThere = new RegExp(`\\b(?:${place})(?:$| (?:for|of|on|about|to|with)\\b)`, 'i');
const aDocument = new RegExp(`\\b(?:${document})\\b`, 'i');
const knownAddress = new RegExp(`^(?:for )?(?:${knowledge}|documentation|docs): ?https?:`, 'i');

/** Whole sentences of which the beginning is enough. */
const known: readonly RegExp[] = [
  // Learn more. Find out more about refunds. To learn more, read our guide.
  /^(?:to )?(?:learn|find out|discover) more(?:$|,? (?:about|on|at|check|click|from|go|here|in|read|refer|regarding|see|visit)\b)/i,
  // Read more about refunds in our docs.
  /^(?:read|see|view|explore) more(?:$| (?:about|at|details|here|in|info|information|on)\b)/i,
  // More info: https://docs.contoso.com
  knownAddress,
  // Related Guides Send a document
  /^[Rr]elated (?:[Aa]rticles?|[Dd]ocs|[Dd]ocumentation|[Gg]uides?|[Ll]inks|[Pp]ages|[Rr]eading|[Rr]esources|[Tt]opics|[Tt]utorials?)(?:$|: | [A-Z])/,
  /^(?:back to top|click here|further reading|more (?:details|info|information)|read the docs|see also|see here|try it (?:now|out))$/i,
];

/** A look at what could as well be what an operation does: "Check the website", "View the documentation". */
const aDeed = /^(?:check|consult|follow|read|view|visit|click|go to)\b/i;
const aboutOne = /\b(?:about|of|with) (?:an?|each|every|one|the|this|your)\b/i;

/** The longest sentence that is looked at, in characters. */
const longest = 400;
/** The most words between a look and the document: `see Selling in the Contoso Integration Guide`. */
const mostWordsBetween = 8;

/**
 * Whether a sentence only points somewhere outside of the API.
 *
 * @param sentence with or without its full stop
 */
export function isPointer(sentence: string): boolean {
  const text = sentence
    .trim()
    .replace(/[.!:]{1,3}$/, '')
    .replace(/^(?:note|tip|hint|info)(?: that|:) ?/i, '')
    .replace(/^please /i, '');
  if (text.length > longest || !mayPoint.test(text)) return false;
  if (/, (?:use|call|send) /i.test(text)) return false;
  const target = targetOf(text);
  if (target === undefined) return false;
  if (aDeed.test(text) && (!aDocument.test(text) || aboutOne.test(text))) return false;
  const named = withoutAddresses(target);
  return (!ownPart.test(named) && !named.split(' ').some(isOwnName)) || aDocument.test(target);
}

/** What a sentence points to, empty where it doesn't matter; undefined where it points to nothing. */
function targetOf(text: string): string | undefined {
  // For more information, see Refunds. For details about refunds refer to our guide.
  if (forKnowledge.test(text) && !knownAddress.test(text)) return after(look, text);
  if (known.some((row) => row.test(text)) || isFoundElsewhere(text)) return '';
  const rest = beginsWithLook.test(text) ? after(beginsWithLook, text) : undefined;
  if (rest === undefined) return undefined;
  if (isAddress(rest)) return '';
  // See our docs. Check the official documentation of refunds.
  const before = rest.slice(0, placeThere.exec(rest)?.index ?? -1);
  if (placeThere.test(rest) && before.split(' ').length <= mostWordsBetween) return '';
  // See Refunds for more information.
  const purpose = toKnow.exec(rest);
  return purpose === null ? undefined : rest.slice(0, purpose.index);
}

/** More information can be found in our guide. The full list of codes is available here. More at https://contoso.com */
function isFoundElsewhere(text: string): boolean {
  const where = after(/^more (?:at|in|on) /i, text);
  if (where !== undefined) return isAddress(where) || endsInPlace.test(where);
  // `The full timezone list`, `All reason codes`
  const words = text.split(' ');
  if (![0, 1, 2, 3].some((left) => somethingKnown.test(words.slice(left).join(' ')))) return false;
  const at = [...text.matchAll(isFound)].at(-1);
  if (at === undefined) return false;
  const found = text.slice(at.index + at[0].length);
  return isAddress(found) || endsInPlace.test(found);
}

const isAddress = (text: string): boolean => /^https?:/.test(text) && !text.includes(' ');

/** What comes after the first match. */
function after(pattern: RegExp, text: string): string | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : text.slice(match.index + match[0].length);
}

const withoutAddresses = (text: string): string =>
  text
    .split(' ')
    .filter((word) => !/^\(?https?:/.test(word))
    .join(' ');

/** Without sentences, bracketed remarks and last clauses that only point somewhere outside of the API. */
export function withoutPointers(text: string): string {
  if (!mayPoint.test(text)) return text;
  const plain = text
    .replace(/\([^()]+\)/g, (whole) => (isPointer(whole.slice(1, -1)) ? '' : whole))
    .replace(/ (?= |:|[.,;](?: |$))/g, '');
  const kept: string[] = [];
  for (let from = 0; from < plain.length; ) {
    const next = sentenceEnd(plain, from);
    const end = next < 0 ? plain.length : next;
    const sentence = plain.slice(from, end).trim();
    if (sentence !== '' && !isPointer(sentence)) kept.push(withoutClause(sentence));
    from = end;
  }
  return kept.join(' ');
}

/** `The country code; see our docs.` → `The country code.` */
function withoutClause(sentence: string): string {
  const at = Math.max(
    ...[', see ', '; see ', ', refer to ', '; refer to ', ' - see '].map((words) => sentence.lastIndexOf(words)),
  );
  const needsIt = /^(?:as|because|for|how|if|in|since|to|when|where|while)\b/i;
  if (at < 12 || needsIt.test(sentence) || !isPointer(sentence.slice(at).replace(/^[ ,;-]{1,3}/, ''))) return sentence;
  return `${sentence.slice(0, at)}.`;
}
