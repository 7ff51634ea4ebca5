import { articleFor, plural, singular } from './inflection.ts';
import { clipWords, completeSentence, lowerFirst } from './sentences.ts';
import { conjugate, isClearVerb, isVerb, verbForm } from './verbs.ts';
import { capitalise, maxTitleLength, phraseOf, sameWords, splitWords } from './words.ts';

/** Summaries of operations from their ids, descriptions from their summaries. */

/**
 * The summary that an operation id says: `ListCustomerOrders` → `List customer orders`, `GetOrder_V2` →
 * `Get order (V2)`, `orders.create` → `Create orders`.
 */
export function summaryFromId(id: string): string {
  const [, stem = id, revision] = /^(.*?)(?:_(V\d+))?$/.exec(id) ?? [];
  const phrase = phraseOf(severalListed(verbFirst(stem)));
  const summary = capitalise(phrase);
  return clipWords(revision === undefined ? summary : `${summary} (${revision})`, maxTitleLength);
}

/** `ListCredential` → `list credentials`: what is listed is several. */
function severalListed(id: string): string {
  const [first = '', ...object] = splitWords(id);
  return /^list$/i.test(first) && object.length > 0 ? [first, listed(object.join(' '))].join(' ') : id;
}

/** The thing of a list in the plural: `credential` → `credentials`, `order of customer` → `orders of customer`. */
function listed(object: string): string {
  const [noun = object] = object.split(afterNoun);
  const rest = object.slice(noun.length);
  const last = noun.slice(noun.lastIndexOf(' ') + 1);
  const isCounted =
    /^[A-Za-z]*[a-rt-z]$/.test(last) &&
    !determined.test(noun) &&
    !/(?:ed|ing|ly)$/.test(last) &&
    !onlyOnes.test(noun) &&
    !isVerbalNoun.test(last);
  return isCounted ? noun.slice(0, noun.length - last.length) + plural(last) + rest : object;
}

/** They aren't counted, or are no noun. */
const isVerbalNoun =
  /^(?:all|by|cash|for|mail|more|stock|available|active|current|data|info|information|metadata|music|news|v\d+)$/i;

/** `orders.create` → `create.orders`, `orders_get_items` → `get.order.items`: in ids of parts the verb may come later. */
function verbFirst(written: string): string {
  // `imageComponentsGET`, `revertSnapshotUsingPOST`: the method, as generators add it
  const [, plain = written, method] = /^(.*?[a-z0-9])(?:Using)?(GET|POST|PUT|PATCH|DELETE)$/.exec(written) ?? [];
  const [word = ''] = splitWords(plain);
  // `getstationsdata`
  const [, joined, thing] = /^(get)((?!away)[a-z]{4,})$/.exec(plain) ?? [];
  if (joined !== undefined && thing !== undefined && !isVerb(plain)) return `${joined}.${thing}`;
  const id = method === 'GET' && !isClearVerb(word.toLowerCase()) ? `get.${plain}` : plain;
  const parts = id.split(/[.:/_]+/).filter((part) => part !== '');
  const last = parts.at(-1);
  const [first = '', second = '', ...rest] = parts;
  if (last === undefined || parts.length < 2 || isClearVerb(first)) return id;
  // `OrdersApi_CreateOrder`, as it is called by a controller and what it does
  const [deed = '', ...object] = splitWords(second);
  if (parts.length === 2 && object.length > 0 && isClearVerb(deed.toLowerCase())) return second;
  if (isClearVerb(last)) return [last, ...parts.slice(0, -1)].join('.');
  return isClearVerb(second) ? [second, singular(first), ...rest].join('.') : id;
}

/** `This endpoint returns all orders`: a sentence about the operation itself. */
const wholeSentence =
  /^(?:this|the|these) (?:[a-z-]{1,20} )?(?:api|call|endpoint|function|method|operation|request|resource|route|service)s? (?<deed>(?:allows?|can|gets?|returns?|will|[a-z]{2,15}[a-rt-z]s) .*)$/i;

/**
 * A text that begins with what every operation could say of itself, as what it does: `This endpoint allows you to list
 * orders` → `List orders`, `The API returns all orders` → `Returns all orders`. Other texts stay.
 */
export function withoutSelf(text: string): string {
  const subject =
    wholeSentence.exec(text)?.groups?.deed ??
    /^[a-z]+[A-Z]\w* (?<deed>(?:allows?|is|can) .*)$/.exec(text)?.groups?.deed;
  const deed =
    subject?.replace(
      /^(?:(?:is|can be) (?:used|called|invoked) (?:to|for)|(?:allows?|enables?|lets?)(?: (?:you|us|the \w+|users?|clients?|developers?|callers?|one))?(?: to)?|will)\s+(?=\w)/i,
      '',
    ) ??
    text.replace(
      /^(?:used to|use (?:this|the) (?:[a-z-]{1,20} )?(?:api|call|endpoint|function|method|operation|request|resource|route|service) to)\s+(?=\w)/i,
      '',
    );
  return deed === text ? text : capitalise(deed);
}

/** Verbs whose object rarely goes without an article. */
const articleVerbs: ReadonlySet<string> = new Set(
  (
    'add archive cancel create delete disable download edit enable execute fetch get join leave modify read remove rename replace ' +
    'retrieve send start stop update upload'
  ).split(' '),
);

/**
 * The description of an operation of which only the summary is known: `Get order by ID` → `Gets an order by ID.`,
 * `List orders` → `Returns a list of orders.`, `Deletes the order` → `This operation deletes the order.`
 *
 * @param summary in the imperative, in the third person, or a thing (`Order history`)
 * @param method the HTTP method where it is known
 * @returns a sentence that differs from the summary; where the summary is a thing that isn't got, it is quoted: nothing is made up
 */
export function describeSummary(summary: string, method?: string): string {
  const whole = wholeSentence.exec(summary.trim());
  if (whole?.groups?.deed !== undefined) return completeSentence(`This operation ${lowerFirst(whole.groups.deed)}`);
  const [first = '', ...rest] = summary.trim().split(/\s+/);
  const event = summary.trim().replace(/(?<!\s)\s*\(V\d{1,4}\)$/, '');
  if (/^when$/i.test(first)) return completeSentence(`This operation triggers ${lowerFirst(event)}`);
  if (/^(?:bulk|batch)$/i.test(first) && isClearVerb(rest[0] ?? '') && rest.length > 1)
    return `${describeSummary(rest.join(' '), method).replace(/\.$/, '')} in bulk.`;
  const begun = verbOfGerund(first);
  if (begun !== undefined && rest.length > 0) return completeSentence(conjugateAll(begun, rest));
  if (/^list$/i.test(first) && /^of$/i.test(rest[0] ?? ''))
    return completeSentence(`Returns a ${lowerFirst(summary.trim())}`);
  const form = verbForm(first, rest[0] ?? '', method);
  if (rest.length > 0) {
    if (form === 'third person') return completeSentence(`This operation ${lowerFirst(summary.trim())}`);
    if (form === undefined && /^get$/i.test(method ?? ''))
      return completeSentence(`Returns ${theThing(inSentence(summary.trim()))}`);
    if (form === 'imperative') {
      const sentence = completeSentence(conjugateAll(first, rest));
      if (!sameWords(sentence, summary)) return sentence;
    }
  }
  const isThing = rest.length === 0 && form === undefined && /^get$/i.test(method ?? '') && /^\p{L}{3,}$/u.test(first);
  return isThing ? `Returns the ${lowerFirst(first)}.` : `Performs the operation "${summary.trim()}".`;
}

/** A thing inside a sentence; one that is spelled like a name (`Premium News by Team`) keeps its capitals. */
function inSentence(thing: string): string {
  const words = thing.split(' ');
  const isName =
    words.length > 1 &&
    words.every((word) => /^(?:\P{Ll}.*|an?|and|as|at|by|for|from|in|of|on|or|per|the|to|with)$/u.test(word));
  // `Cisco export for Cisco support`
  const [first = '', ...rest] = words;
  return isName || rest.includes(first) ? thing : lowerFirst(thing);
}

/** `event log as CSV` → `the event log as CSV`; several things, names and what has a determiner stay as they are. */
function theThing(thing: string): string {
  const [first = ''] = thing.split(' ');
  const isOne = withArticle(thing, true) !== thing;
  return isOne && /^\p{Ll}/u.test(first) && !/ing$/.test(first) ? `the ${thing}` : thing;
}

/** `Searching` → `search`, `retrieving` → `retrieve`, `getting` → `get`; undefined for what is no form of a known verb. */
function verbOfGerund(word: string): string | undefined {
  const [, stem] = /^([a-z]{2,})ing$/.exec(word.toLowerCase()) ?? [];
  if (stem === undefined) return undefined;
  return [stem, `${stem}e`, stem.slice(0, -1)].find(isClearVerb);
}

/** `create or update order` → `creates or updates an order`. */
function conjugateAll(first: string, rest: readonly string[]): string {
  const verb = first.toLowerCase();
  const [word = '', second = '', ...more] = rest;
  if (/^(?:or|and)$/i.test(word) && verbForm(second, more[0] ?? '') === 'imperative' && more.length > 0) {
    return `${plainThird(verb)} ${word.toLowerCase()} ${conjugateAll(second, more)}`;
  }
  const written = rest
    .join(' ')
    .replace(
      secondDeed,
      (_, before: string, deed: string) => `${before}${isClearVerb(deed) ? plainThird(deed) : deed}`,
    );
  const object = verb === 'list' ? listed(written) : written;
  return `${conjugate(verb)} ${articleVerbs.has(verb) ? withArticle(object, /^(?:download|fetch|get|retrieve)$/.test(verb)) : object}`;
}

/** `key and return the new one`: what is done then. */
const secondDeed =
  /( (?:and|or|then) )([a-z]{2,14})(?= (?:a|all|an|any|each|every|his|it|its|multiple|one|several|some|the|their|them|this|these|your)\b)/g;

/** `list or search orders` is `lists or searches orders`. */
const plainThird = (verb: string): string => (verb === 'list' ? 'lists' : conjugate(verb));

/** Where what is said of a thing begins. */
const afterNoun =
  / \(| (?:across|after|as|at|before|between|by|for|from|in|into|of|on|over|per|that|through|to|under|using|via|when|where|which|with|within|without|and|or)(?: |$)/;

/** What begins with one of these has its determiner. */
const determined =
  /^(?:a|all|an|another|any|available|both|current|each|every|existing|his|its|many|more|multiple|my|one|or|and|several|some|the|their|these|this|those|your)(?: |$)|^\d/i;

/** There is one of it, or it can't be counted. */
const onlyOnes =
  /\b(?:availability|balance|configuration|content|documentation|health|history|progress|state|status|support|usage|version|weather)$/i;

/** `order by ID` → `an order by ID`, what is read and there once is `the status`; plurals and objects that have a determiner stay as they are. */
function withArticle(object: string, isRead: boolean): string {
  const [first = ''] = object.split(' ');
  if (determined.test(object)) return object;
  const [noun = object] = object.split(afterNoun);
  if (
    /(?:[^su]s|people|children|s['’])$/i.test(noun) ||
    /\b(?:access|data|evidence|feedback|info|information|media|metadata|software)$/i.test(noun)
  ) {
    return object;
  }
  if (isRead && onlyOnes.test(noun)) return `the ${object}`;
  return `${articleFor(first)} ${object}`;
}
