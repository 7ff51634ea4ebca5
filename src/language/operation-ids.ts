import { isPlural, singular } from './inflection.ts';
import { isAscii } from './letters.ts';
import { isClearVerb, isVerb } from './verbs.ts';
import { capitalise, splitWords } from './words.ts';

/** Ids of operations, which last for ever once flows use them. */

/** The longest operation id, in characters: the service's limit isn't published, the longest published id has 77. */
export const maxOperationIdLength = 80;

/**
 * The operation id made of the words in `text`, in Pascal case: `list customer orders` → `ListCustomerOrders`.
 *
 * @returns only ASCII letters and digits, at most 80 characters; an empty string when `text` holds none
 */
export function operationIdFrom(text: string): string {
  const words = splitWords(asciiOf(text)).map(capitalise);
  while (words.join('').length > maxOperationIdLength && words.length > 1) words.pop();
  const id = words.join('').slice(0, maxOperationIdLength);
  return /^\d/.test(id) ? `Op${id}`.slice(0, maxOperationIdLength) : id;
}

/**
 * An id of the source in Pascal case, its words as they are written: `repos/list-for-org` → `ReposListForOrg`,
 * `get-station_v2` → `GetStation_V2`, `GETOrders` stays. The method that
 * generators add goes: `listOrdersUsingGET_1` → `ListOrders`.
 *
 * @returns only ASCII letters and digits, and a revision such as `_V2`
 */
export function pascalCase(written: string): string {
  const id = written.replace(/(?<=[a-z0-9])Using(?:GET|POST|PUT|PATCH|DELETE|HEAD)(?:_\d{1,3})?$/, '');
  if (/^[A-Z][A-Za-z0-9]*$/.test(id)) return id;
  const revision = /[_-]v(\d{1,4})$/i.exec(id);
  const name = asciiOf(revision === null ? id : id.slice(0, revision.index))
    .split(/[^A-Za-z0-9]+/)
    .map(capitalise)
    .join('');
  return revision === null || name === '' ? name : `${name}_V${revision[1]}`;
}

const asciiOf = (text: string): string =>
  isAscii(text)
    ? text
    : text
        .replaceAll('ß', 'ss')
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll(/[^\x00-\x7f]/g, ' ');

/** The segments of a path without its query; empty ones are left out. */
export const segmentsOf = (path: string): string[] =>
  path
    .replace(/[?#][\s\S]*$/, '')
    .split('/')
    .filter((segment) => segment !== '');

/**
 * A segment as what it names. OData writes the key of a thing beside its collection, `orders(id={id})`, and names what
 * can be done to it with a namespace: `Contoso.Sales.approve`, `Default.GetTop(count={count})`.
 */
function nameOf(segment: string): string {
  const opened = segment.indexOf('(');
  const name = opened > 0 ? segment.slice(0, opened) : segment;
  const isCalled = opened > 0 || /^\w+\.\w+\.\w+$/.test(name);
  return isCalled ? name.slice(name.lastIndexOf('.') + 1) : name;
}

const isVariable = (segment: string): boolean => nameOf(segment).includes('{') || segment.startsWith(':');

/** Whether a segment is one thing of several: a variable, or OData's `orders({id})`. */
function isOneOf(segment: string): boolean {
  const opened = segment.indexOf('(');
  return isVariable(segment) || (opened > 0 && segment.includes('{', opened));
}

/** The segments that name things: no variables, no versions, no `api`, no file endings or OData calls. */
export const nounsOf = (path: string): string[] =>
  segmentsOf(path)
    .map(nameOf)
    .filter(
      (segment) => !isVariable(segment) && !/^(?:v\d{1,4}(?:\.\d{1,4}){0,2}|\d{1,2}\.\d{1,4}|api|rest)$/i.test(segment),
    )
    .map((segment) =>
      segment.replace(
        /\.(?:as[hmp]x|asp|atom|cfm|cgi|csv|do|fmw|html?|json|jspx?|pdf|php|rss|svc|txt|xml|ya?ml)$/i,
        '',
      ),
    );

/**
 * An operation id for a method and a path, by what REST usually means: `GET /orders/{id}` → `GetOrder`,
 * `GET /customers/{id}/orders` → `ListCustomerOrders`, `POST /orders/{id}/cancel` → `CancelOrder`.
 *
 * @param method in any case
 * @param path with variables in braces
 * @param options.hasPatch whether the path has a PATCH, too: then PUT replaces
 */
export function proposeOperationId(method: string, path: string, options: { hasPatch?: boolean } = {}): string {
  const segments = segmentsOf(path);
  const nouns = nounsOf(path);
  const verb = method.toLowerCase();
  const last = segments.at(-1) ?? '';
  const deed = isVariable(last) || nouns.length < 2 ? undefined : deedOf(nameOf(last), verb);
  const isItem = isOneOf(last);
  if (deed !== undefined) {
    if (deed !== undefined) return operationIdFrom(withoutRepeats(deed, objectOf(segments, nouns)));
  }
  const noun = nouns.at(-1) ?? 'root';
  const parents = nouns.slice(0, -1).map((parent) => singularNoun(parent));
  // the noun right before is enough in a long path, and none where the noun has it: `/pricing/odd-pricing`
  const before = segments.length > 2 ? (parents.at(-1) ?? '') : parents.join(' ');
  const owner = hasWordsOf(noun, before) ? '' : before;
  const many = !isItem && isPluralNoun(noun);
  const said = { get: many || !isItem, delete: many && !isItem, put: false, patch: false, post: false }[verb] ?? false;
  return operationIdFrom(
    `${actionOf(verb, { isItem, many, ...options })} ${owner} ${said ? noun : singularNoun(noun)}`,
  );
}

/** Whether one name holds all words of another, in whatever number. */
function hasWordsOf(name: string, part: string): boolean {
  const letters = (word: string): string => singular(word.toLowerCase());
  const words = splitWords(name).map(letters);
  return splitWords(part).every((word) => words.includes(letters(word)));
}

/** `delete-all-orders` of orders needs no other object. */
const withoutRepeats = (deed: string, object: string): string =>
  splitWords(deed).length > 1 && hasWordsOf(deed, object) ? deed : `${deed} ${object}`;

/** The last segment where it says what to do: `cancel`, `send-reminder`; for GET only a word that is hardly ever a noun. */
function deedOf(segment: string, method: string): string | undefined {
  const [first = ''] = splitWords(segment.replace(/^[$:@]/, ''));
  const isDeed = method === 'get' || method === 'delete' ? isClearVerb(first) : isVerb(first);
  return isDeed ? segment : undefined;
}

/** What frameworks call the functions of every controller: Spring, NestJS, Laravel, Rails, Django. */
const wordsOfControllers: ReadonlySet<string> = new Set(
  'add all by create delete destroy edit fetch find get id index insert list many new one patch post put read remove replace retrieve save show store update'.split(
    ' ',
  ),
);

/** Whether an id names no thing, so that it could be that of any operation: `findAll_1`, `getUsingGET`, `store`. */
export const namesNoThing = (id: string): boolean =>
  splitWords(id.replace(/(?<=[a-z])Using(?:GET|POST|PUT|PATCH|DELETE|HEAD)(?=_?\d{0,3}$)/, ''))
    .map((word) => word.toLowerCase().replace(/(?<=[a-z])\d{1,3}$/, ''))
    .every((word) => wordsOfControllers.has(word) || /^\d{1,3}$/.test(word));

/** What a deed is done to: one thing after a variable, all of a collection otherwise. */
function objectOf(segments: readonly string[], nouns: readonly string[]): string {
  const owner = nouns.at(-2) ?? '';
  const before = segments.at(-2) ?? '';
  const takesAll = /^(?:search|find|list|query|count|export|import|filter|validate)/i.test(
    nameOf(segments.at(-1) ?? ''),
  );
  return isOneOf(before) || !takesAll ? singularNoun(owner) : owner;
}

function actionOf(
  method: string,
  { isItem, many, hasPatch }: { isItem: boolean; many: boolean; hasPatch?: boolean },
): string {
  switch (method) {
    case 'get':
      return many ? 'List' : 'Get';
    case 'post':
      return isItem ? 'Post' : 'Create';
    case 'put':
      return hasPatch === true ? 'Replace' : 'Update';
    case 'patch':
      return 'Update';
    default:
      return capitalise(method);
  }
}

const isPluralNoun = (noun: string): boolean => isPlural(splitWords(noun).at(-1) ?? '');

function singularNoun(noun: string): string {
  const words = splitWords(noun);
  return [...words.slice(0, -1), singular(words.at(-1) ?? 'item')].join(' ');
}
