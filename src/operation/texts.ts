/**
 * Names and texts for an operation and its parts, made from the words that are there.
 *
 * Everything is plain English by simple rules: a proposal that the author may replace, and the same every time.
 */

/** The longest summary of an operation or a parameter, in characters (certification submission guide). */
export const maxSummaryLength = 80;

/** The longest operation id, in characters: the service's limit isn't published, the longest published id has 77. */
export const maxOperationIdLength = 80;

/** Words that stand in capitals in a title, by their lower-case form. */
const acronyms = new Map(
  (
    'API APIs BIC CPU CRM CSS CSV DNS ERP FAQ FTP GPS GUID HTML HTTP HTTPS IBAN ID IDs IP ISBN ISO JSON JWT MIME OCR OTP ' +
    'PDF PDFs PIN PNG QR SKU SKUs SMS SQL SSL SSO SVG TLS UI URI URIs URL URLs UTC UUID VAT VIN XML ZIP'
  )
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
);

/** An acronym in its usual form, any other word as `otherwise` writes it. */
export const acronymOr = (word: string, otherwise: (word: string) => string): string =>
  acronyms.get(word.toLowerCase()) ?? otherwise(word);

/** Words that stay small inside a title. */
const smallWords = new Set('a an and as at by for from in of on or per the to with'.split(' '));

/**
 * The words of a name: `created_at`, `createdAt`, `filter[status]`, `X-Request-Id`, `$top`, `a.b` are all understood.
 * Runs of capitals stay one word, with the plural's small s: `userIDs` is `user`, `IDs`.
 */
export function splitWords(name: string): string[] {
  return name
    .replaceAll(/['\u2019]/g, '')
    .replaceAll(/(?<![A-Z])([A-Z]{2,}s)(?![a-z])/g, ' $1 ')
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, (match, before: string, hump: string, offset: number, text: string) =>
      // the s of a plural such as IDs is no hump
      /^\p{Lu}s(?!\p{Ll})/u.test(text.slice(offset + 1)) ? match : `${before} ${hump}`,
    )
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** `text` with its first letter in upper case. */
const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `text` cut at a word so that it has at most `limit` characters. */
export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit + 1);
  const blank = cut.lastIndexOf(' ');
  return (blank > 0 ? cut.slice(0, blank) : cut.slice(0, limit)).trimEnd();
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
  return title === '' ? 'Value' : cutAtWord(title, maxSummaryLength);
}

function titleWord(word: string, isInside: boolean): string {
  const lower = word.toLowerCase();
  const acronym = acronyms.get(lower);
  if (acronym !== undefined) return acronym;
  if (isInside && smallWords.has(lower)) return lower;
  return capitalise(isAllCapitals(word) && word.length > 5 ? lower : word);
}

const isAllCapitals = (word: string): boolean => word === word.toUpperCase() && word !== word.toLowerCase();

/** A title inside a sentence: `User IDs` → `user IDs`. Acronyms and words with inner capitals stay. */
export const lowerTitle = (title: string): string =>
  title
    .split(' ')
    .map((word) => (/^\p{Lu}?[\p{Ll}\p{N}]*$/u.test(word) ? word.toLowerCase() : word))
    .join(' ');

/** The description of a parameter or property of which only the title is known: `User ID` → `The user ID.` */
export function describeTitle(title: string): string {
  const [first = '', ...rest] = lowerTitle(title).split(' ');
  if (/^(is|has|can|should|was)$/.test(first) && rest.length > 0) return `Whether it ${[first, ...rest].join(' ')}.`;
  return `The ${[first, ...rest].join(' ')}.`;
}

/**
 * `text` as a sentence: white space collapsed, first letter in upper case, a period where no closing mark stands.
 *
 * @returns an empty string for a blank text
 */
export function completeSentence(text: string): string {
  const plain = text.trim().replaceAll(/\s+/g, ' ');
  if (plain === '') return '';
  const sentence = /^\p{Ll}+(?![\p{L}\p{N}_])/u.test(plain) ? capitalise(plain) : plain;
  return /[.!?]["')\]]*$/.test(sentence) ? sentence : `${sentence.replace(/(?<![,;:])[,;:]+$/, '')}.`;
}

/**
 * The operation id made of the words in `text`, in Pascal case: `list customer orders` → `ListCustomerOrders`.
 *
 * @returns only ASCII letters and digits, at most 80 characters; an empty string when `text` holds none
 */
export function operationIdFrom(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x00-\x7f]/g, ' ');
  const words = splitWords(ascii).map(capitalise);
  while (words.join('').length > maxOperationIdLength && words.length > 1) words.pop();
  const id = words.join('').slice(0, maxOperationIdLength);
  return /^\d/.test(id) ? `Op${id}`.slice(0, maxOperationIdLength) : id;
}

/**
 * An operation id for a method and a path, by what REST usually means: `GET /orders/{id}` → `GetOrder`,
 * `GET /customers/{id}/orders` → `ListCustomerOrders`, `POST /orders/{id}/cancel` → `CancelOrder`.
 */
export function proposeOperationId(method: string, path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const literal = segments.map((segment) => (segment.includes('{') ? undefined : segment));
  const names = literal.filter((segment) => segment !== undefined);
  const last = names.at(-1) ?? 'root';
  const parent = names.at(-2);
  const onItem = segments.at(-1)?.includes('{') === true;
  const verb = method.toLowerCase();
  if (verb === 'post' && !onItem && parent !== undefined && isVerb(last)) {
    return operationIdFrom(`${last} ${singular(parent)}`);
  }
  const action = actions[verb] ?? capitalise(verb);
  const list = verb === 'get' && !onItem && isPlural(last);
  const noun = list || (verb === 'get' && !onItem) ? last : singular(last);
  const owner = ownerOf(literal, onItem);
  return operationIdFrom([list ? 'List' : action, owner === undefined ? '' : singular(owner), noun].join(' '));
}

const actions: Record<string, string> = {
  get: 'Get',
  post: 'Create',
  put: 'Update',
  patch: 'Update',
  delete: 'Delete',
};

/** The noun in front of a variable that stands before the last noun: `customers` in `/customers/{id}/orders`. */
function ownerOf(literal: readonly (string | undefined)[], onItem: boolean): string | undefined {
  const end = onItem ? literal.length - 2 : literal.length - 1;
  return literal[end - 1] === undefined && end >= 2 ? literal[end - 2] : undefined;
}

const isVerb = (word: string): boolean => verbs.has(word.toLowerCase());

const isPlural = (word: string): boolean => /[^s]s$/i.test(word) && !/(us|is)$/i.test(word);

/** The singular of an English plural, as far as endings tell: `companies` → `company`, `addresses` → `address`. */
export function singular(word: string): string {
  if (/(ss|us|is|series|news)$/i.test(word)) return word;
  if (/ies$/i.test(word) && word.length > 4) return word.replace(/ies$/i, 'y');
  if (/(x|z|ch|sh|ss)es$/i.test(word)) return word.replace(/es$/i, '');
  return word.replace(/s$/i, '');
}

/** The summary that an operation id says: `ListCustomerOrders` → `List customer orders`, `GetOrder_V2` → `Get order (V2)`. */
export function summaryFromId(id: string): string {
  const [, stem = id, revision] = /^(.*?)(?:_(V\d+))?$/.exec(id) ?? [];
  const words = splitWords(stem).map((word) => acronyms.get(word.toLowerCase()) ?? lowerTitle(word));
  const summary = capitalise(words.join(' '));
  return cutAtWord(revision === undefined ? summary : `${summary} (${revision})`, maxSummaryLength);
}

/** Verbs that begin the names of operations. */
const verbs = new Set(
  (
    'add activate approve archive assign attach book build calculate call cancel check clear clone close complete compute ' +
    'confirm convert copy count create deactivate delete deploy disable download duplicate edit enable encode evaluate ' +
    'execute export extract fetch fill find forward generate get import insert invite invoke link list lock lookup mark ' +
    'merge modify move notify open parse patch pause post predict preview process publish purge put query read refresh ' +
    'register reject release reload remove rename render replace reply request resend reserve reset resolve restart ' +
    'restore resume retrieve retry return revoke rotate run save scan schedule search select send set share sign split ' +
    'start stop store submit subscribe sync terminate test track transfer translate trigger unassign unlink unlock ' +
    'unsubscribe update upload upsert validate verify view withdraw'
  ).split(' '),
);

/** Third persons that read better than the verb itself. */
const betterForms: Record<string, string> = {
  fetch: 'gets',
  list: 'returns a list of',
  lookup: 'looks up',
  sync: 'synchronises',
  upsert: 'creates or updates',
};

function thirdPerson(verb: string): string {
  const better = betterForms[verb];
  if (better !== undefined) return better;
  if (/[^aeiou]y$/.test(verb)) return verb.replace(/y$/, 'ies');
  return /(s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

/** Verbs whose object rarely goes without an article. */
const articleVerbs = new Set('add cancel create delete get read remove retrieve update'.split(' '));

/**
 * The description of an operation of which only the summary is known: `Get order by ID` → `Gets an order by ID.`,
 * `List orders` → `Returns a list of orders.`
 *
 * @returns a sentence that differs from the summary
 */
export function describeSummary(summary: string): string {
  const [first = '', ...rest] = summary.trim().split(/\s+/);
  const verb = first.toLowerCase();
  if (!verbs.has(verb) || rest.length === 0) return `Performs the operation "${summary.trim()}".`;
  const object = rest.join(' ');
  return completeSentence(`${thirdPerson(verb)} ${articleVerbs.has(verb) ? withArticle(object) : object}`);
}

/** `order by ID` → `an order by ID`; plurals and objects that have a determiner stay as they are. */
function withArticle(object: string): string {
  const [first = ''] = object.split(' ');
  if (/^(a|an|all|any|each|every|my|one|several|some|the|this|your)$/i.test(first)) return object;
  const noun = object.split(/ (?:by|for|from|in|of|on|to|with|and|or)(?: |$)/)[0] ?? object;
  if (/[^su]s$/i.test(withoutAddition(noun)) || /\b(data|info|information|metadata)$/i.test(noun)) return object;
  return `${/^[aeio]/i.test(first) || /^u(?!ni|s[eu]|r[il]|ti)/i.test(first) ? 'an' : 'a'} ${object}`;
}

/** `orders (archived)` → `orders` */
const withoutAddition = (text: string): string =>
  text.endsWith(')') && text.includes('(') ? text.slice(0, text.indexOf('(')).trimEnd() : text;
