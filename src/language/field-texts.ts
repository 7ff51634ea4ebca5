import { knownField, type Place } from './field-names.ts';
import { articleFor, isPlural, plural, singular } from './inflection.ts';
import { letterPattern } from './letters.ts';
import { isInitials, spellingOf } from './spelling.ts';
import { isClearVerb } from './verbs.ts';
import { lowerTitle, phraseOf, splitWords } from './words.ts';

/**
 * Descriptions of parameters and properties, made of their names: sentences by what a name usually means, with the
 * noun of the thing that the property belongs to. What no pattern says is left to the author.
 */

export interface Field {
  /** As in the definition: `created_at`, `customerId`. */
  name: string;
  /** `string`, `boolean` …, where it is known. */
  type?: string | undefined;
  /** `date-time`, `uri` …, where it is known. */
  format?: string | undefined;
  /** The values that are allowed. */
  choices?: readonly unknown[] | undefined;
  /** What it belongs to, as words of a sentence: `order`. */
  owner?: string | undefined;
  /** Where it is; without it, names of paging and searching are taken for such. */
  place?: Place | undefined;
}

/**
 * A sentence that says more than the label, such as "When the order was created."
 *
 * @returns undefined where the name says nothing but "The X."
 */
export function describeField(field: Field): string | undefined {
  const words = wordsOf(field);
  if (words.length === 0) return undefined;
  const known = knownField(words.join(' '), field);
  if (known !== undefined) return withChoices(known, field);
  // the patterns speak of plain values
  if (field.type === 'object' && field.place === 'property' && !ofSomething.has(words.at(-1) ?? '')) return undefined;
  for (const pattern of patterns) {
    const said = pattern(words, field);
    if (said !== undefined) return withChoices(`${said.charAt(0).toUpperCase()}${said.slice(1)}`, field);
  }
  return undefined;
}

/** The words of a name in lower case, shortened ones in full and without an article: `the_min_qty` → `minimum`, `quantity`. */
function wordsOf({ name }: Field): string[] {
  const words = splitWords(name).map((word) => {
    const lower = word.toLowerCase();
    // initials that no table knows: `DKIMTestValue`
    if (/^[A-Z]{3,4}$/.test(word) && name !== name.toUpperCase() && spellingOf(word) === undefined) return word;
    return fullWords.get(lower) ?? lower;
  });
  return words.length > 1 && words[0] === 'the' ? words.slice(1) : words;
}

/** What makers read in place of a programmer's short form; only those that mean one thing wherever they are. */
const fullWords: ReadonlyMap<string, string> = new Map([
  ['acct', 'account'],
  ['addr', 'address'],
  ['amt', 'amount'],
  ['avg', 'average'],
  ['desc', 'description'],
  ['img', 'image'],
  ['lat', 'latitude'],
  ['lng', 'longitude'],
  ['lon', 'longitude'],
  ['max', 'maximum'],
  ['min', 'minimum'],
  ['msg', 'message'],
  ['org', 'organization'],
  ['pct', 'percentage'],
  ['qty', 'quantity'],
  ['txn', 'transaction'],
  ['tz', 'time zone'],
]);

/** Words around the name of a thing that say what the schema is for, not what the thing is. */
const wrappings: ReadonlySet<string> = new Set(
  'attributes base basic bo body brief collection compact create data detail details dto element entity envelope full info input item items jo list meta metadata model object output page paginated params partial patch payload put record reply req request resource resp response result results schema summary type value values view vm vo wrapper single simple minimal extended'.split(
    ' ',
  ),
);

/**
 * The thing that a schema describes, as words of a sentence: `OrderResponse`, `orders` and `CreateOrderRequest` are
 * each an `order`.
 *
 * @param name of a definition, of the property that holds the object, or of a part of a path
 * @returns undefined where the name says nothing of the kind: `data`, `inline_response_200`
 */
export function ownerFromName(name: string): string | undefined {
  // the name of a generic type holds several
  if (name.includes('_') && name.split('.').length > 3) return undefined;
  const words = splitWords(name.split('.').at(-1) ?? '');
  // `scim_resource_type`: initials alone are no thing
  while (wrappings.has(words.at(-1)?.toLowerCase() ?? '') && !(words.length === 2 && isInitials(words[0] ?? '')))
    words.pop();
  if (words.length > 1 && deeds.has(words[0]?.toLowerCase() ?? '')) words.shift();
  if (isClearVerb(words[0]?.toLowerCase() ?? '') || /^href$/i.test(words.slice(-2).join(''))) return undefined;
  // initials that only the API's makers know: `NAPlace`
  if (words.some((word) => /^[A-Z]{2,4}$/.test(word) && spellingOf(word) === undefined)) return undefined;
  const last = words.pop();
  // `product_productVariant` is a product's variant
  const repeated = words.findIndex((word, at) => same(word, words[at + 1] ?? last ?? ''));
  if (repeated >= 0) words.splice(0, repeated + 1);
  if (last === undefined || words.length > 2) return undefined;
  // `reportsWebsite` is of no single thing
  if (words.some((word) => isPlural(word.toLowerCase()))) return undefined;
  // `sourceOfFunds`: what comes after the "of" is as it is
  const noun = [...words, words.some((word) => /^of$/i.test(word)) ? last : singular(last)].join(' ');
  return shortPhrase(noun).test(noun) && isNounPhrase(noun.toLowerCase().split(' ')) ? phraseOf(noun) : undefined;
}

const shortPhrase = letterPattern(/^[A-Za-z ]{2,40}$/, () => /^[\p{L} ]{2,40}$/u);

const same = (word: string, other: string): boolean => word.toLowerCase() === other.toLowerCase();

/** What a request does with a thing, before its name: `CreateOrder` is about an order, `ForecastDay` about neither's day. */
const deeds: ReadonlySet<string> = new Set(
  'add cancel create delete edit fetch find get insert list modify patch post put read remove replace retrieve save search send set submit update upload upsert'.split(
    ' ',
  ),
);

/** Whether a schema is the frame of an answer: its `code` and `message` aren't those of the thing it is named after. */
export const isFrameOfAnswer = (schema: string, property: string): boolean =>
  /(?:response|result|reply|envelope|answer|output|\d)$/i.test(schema) &&
  /^(?:code|description|detail|details|message|msg|reason|result|state|status|status_?(?:code|text|message)|success|text|title|type|value|version)$/i.test(
    property,
  );

/**
 * As `describeField`; where that says nothing, the label as a sentence, for places that have to have a description:
 * `Shipping Method` → "The shipping method.", `From` → 'The value of "From".'
 */
export function describeFieldAnyway(field: Field, title: string): string {
  const said = describeField(field);
  if (said !== undefined) return said;
  return withChoices(
    isNounPhrase(wordsOf(field)) ? `The ${lowerTitle(title).replace(/^the /, '')}.` : `The value of "${title}".`,
    field,
  );
}

/** `whether the order is active.`, `whether the e-mail is verified.`, `whether this is a default address.` */
function sayIs(verb: string, rest: readonly string[], field: Field): string {
  const last = rest.at(-1) ?? '';
  const said = phraseOf(rest.join(' '));
  if (rest.length === 1)
    return `whether ${subject(field)} ${verb} ${personOrThing.test(last) ? `${articleFor(said)} ` : ''}${said}.`;
  if (isParticiple(last) || adjectives.has(last))
    return `whether the ${phraseOf(rest.slice(0, -1).join(' '))} ${verb} ${last}.`;
  const isThing = isNounPhrase(rest) && rest.length === 2 && !isPlural(last) && !/(?:ly|ing)$/.test(rest[0] ?? '');
  return isThing ? `whether this ${verb} ${articleFor(said)} ${said}.` : `whether ${subject(field)} ${verb} ${said}.`;
}

/** What someone or something can be, rather than be like. */
const personOrThing =
  /^(?:admin|bot|copy|draft|folder|gift|guest|template|\w{2,}(?:ator|ee|mber|omer|ner|ger|ser|ment|sion|tion))$/;

type Pattern = (words: readonly string[], field: Field) => string | undefined;

/** `order`, or "it" where the owner isn't known. */
const subject = ({ owner }: Field): string => (owner === undefined ? 'it' : `the ${owner}`);

/** `shipping address of the order` */
const ofOwner = (words: string, { owner }: Field): string => (owner === undefined ? words : `${words} of the ${owner}`);

const patterns: readonly Pattern[] = [
  // is_active, has_more_items, can_edit
  (words, field) => {
    const [first = '', ...rest] = words;
    if (rest.length === 0) return undefined;
    const said = phraseOf(rest.join(' '));
    if (/^(?:is|are|was|were)$/.test(first)) return sayIs(first === 'are' ? 'is' : first, rest, field);
    if (/^(?:has|have)$/.test(first)) return `whether ${subject(field)} has ${said}.`;
    if (/^(?:can|may|must|should|will)$/.test(first)) return `whether ${subject(field)} ${first} ${said}.`;
    return undefined;
  },
  // include_stats, send_notification: a deed that can be asked for
  (words, { type }) => {
    const [first = '', ...rest] = words;
    if (rest.length === 0 || !isClearVerb(first)) return undefined;
    const asks =
      type === 'boolean' || /^(?:allow|enable|disable|exclude|hide|ignore|include|notify|show|skip)$/.test(first);
    const [only = ''] = rest;
    const isQuality = rest.length === 1 && (isParticiple(only) || adjectives.has(only));
    return asks ? `whether to ${first} ${isQuality ? `what is ${only}` : phraseOf(rest.join(' '))}.` : undefined;
  },
  // enabled, archived, email_verified
  (words, field) => {
    if (field.type !== 'boolean') return undefined;
    const last = words.at(-1) ?? '';
    if (!isParticiple(last) && !adjectives.has(last)) return undefined;
    const thing = words.slice(0, -1).join(' ');
    if (/^(?:auto|multi|non|pre|self|semi|un)$/.test(thing)) return `whether ${subject(field)} is ${thing}-${last}.`;
    return `whether ${thing === '' ? subject(field) : `the ${phraseOf(thing)}`} is ${last}.`;
  },
  // created_at, sentOn, expires_at, start_date
  (words, field) => {
    const last = words.at(-1) ?? '';
    const before = words.at(-2);
    if (!/^(?:at|on|date|time|datetime|timestamp)$/.test(last) || before === undefined) return undefined;
    if (/^(?:at|on)$/.test(last) && !isTextual(field)) return undefined;
    const thing = words.slice(0, -2).join(' ');
    const whose = thing === '' ? subject(field) : `the ${phraseOf(thing)}`;
    if (isParticiple(before)) return `when ${whose} was ${before}.`;
    return /^(?:begins|ends|expires|starts)$/.test(before) ? `when ${whose} ${before}.` : undefined;
  },
  // created_after, modifiedSince: what a query leaves out
  (words, { place }) => {
    const [first = '', last = ''] = words;
    if (place !== 'query' || words.length !== 2 || !isParticiple(first)) return undefined;
    if (/^(?:after|since|from)$/.test(last)) return `only what was ${first} after this time.`;
    return /^(?:before|until|to)$/.test(last) ? `only what was ${first} before this time.` : undefined;
  },
  // updated_by
  (words, field) =>
    words.length === 2 && words[1] === 'by' && isParticiple(words[0] ?? '')
      ? `who ${words[0]} ${subject(field)}.`
      : undefined,
  // id, customer_id, customerIds
  (words, field) => {
    const last = words.at(-1) ?? '';
    const thing = words.slice(0, -1).join(' ');
    if (/^(?:id|uuid|guid|gid|uid|sid)$/.test(last)) {
      const id = last === 'sid' ? 'SID' : 'ID';
      const [kind = '', ...rest] = words.slice(0, -1);
      if (adjectives.has(thing) || kindsOfId.has(thing) || /^(?:tax|vat)$/.test(thing))
        return `the ${ofOwner(`${phraseOf(thing)} ${id}`, field)}.`;
      if (kindsOfId.has(kind)) return `the ${kind} ${id} of the ${phraseOf(rest.join(' '))}.`;
      if (/^(?:tax|vat)$/.test(words.at(-2) ?? ''))
        return `the ${phraseOf(words.at(-2) ?? '')} ${id} of the ${phraseOf(words.slice(0, -2).join(' '))}.`;
      if (thing === 'parent' && field.owner !== undefined) return `the ${id} of the parent ${field.owner}.`;
      if (thing !== '') return `the ${id} of the ${phraseOf(thing)}.`;
      return field.owner === undefined ? undefined : `the ${id} of the ${field.owner}.`;
    }
    return last === 'ids' && thing !== '' ? `the IDs of the ${lastPlural(thing)}.` : undefined;
  },
  // item_count, num_items, total_orders
  (words, { type }) => {
    const [first = '', ...rest] = words;
    const last = words.at(-1) ?? '';
    if (type !== undefined && !numbers.includes(type)) return undefined;
    if (last === 'count' && words.length > 1) return numberOf(words.slice(0, -1));
    if (/^(?:num|no|count)$/.test(first) && rest.length > 0) return numberOf(rest.filter((word) => word !== 'of'));
    return first === 'number' && rest[0] === 'of' ? `the number of ${phraseOf(rest.slice(1).join(' '))}.` : undefined;
  },
  // callback_url, avatarUri
  (words, field) => {
    const last = words.at(-1) ?? '';
    const thing = words.slice(0, -1).join(' ');
    if (!/^(?:url|uri|href)$/.test(last)) return undefined;
    if (thing === '') return field.owner === undefined ? undefined : `the address of the ${field.owner}.`;
    return isNounPhrase(words.slice(0, -1)) ? `the address of the ${phraseOf(thing)}.` : undefined;
  },
  // email, billing_email, phone
  (words, field) => {
    const last = words.at(-1) ?? '';
    const thing = words.slice(0, -1).join(' ');
    const kind = /^(?:email|mail)$/.test(last)
      ? 'e-mail address'
      : /^(?:phone|mobile|fax)$/.test(last)
        ? `${last} number`
        : undefined;
    if (kind === undefined || field.type === 'boolean') return undefined;
    if (thing === '') return field.owner === undefined ? undefined : `the ${kind} of the ${field.owner}.`;
    return isNounPhrase(words.slice(0, -1)) ? `the ${phraseOf(thing)} ${kind}.` : undefined;
  },
  // size: of a page, where a collection is asked for
  (words, { place, type, owner }) =>
    place === 'query' &&
    owner !== undefined &&
    type !== undefined &&
    numbers.includes(type) &&
    words.join(' ') === 'size'
      ? 'the most results on a page.'
      : undefined,
  // name, status, due_date … of something
  (words, field) => {
    const last = words.at(-1) ?? '';
    if (field.owner === undefined || !ofSomething.has(last) || !isNounPhrase(words)) return undefined;
    if (field.place === 'query' && ofTheQuestion.has(last)) return undefined;
    const owners = field.owner.split(' ');
    if (owners.includes(last)) return undefined;
    // it says no more than the label, unless the values are told
    if (words.includes(owners.at(-1) ?? ''))
      return field.choices === undefined ? undefined : `the ${phraseOf(words.join(' '))}.`;
    const said = phraseOf(words.join(' '))
      .replace(/\bdate time$/, 'date and time')
      .replace(/\bZIP$/, 'ZIP code');
    return `the ${ofOwner(said, field)}.`;
  },
];

/** `item` → `the number of items.`, `total order` → `the total number of orders.`, `active` → `how many are active.` */
function numberOf(words: readonly string[]): string | undefined {
  const last = words.at(-1) ?? '';
  const amount = /^(?:average|maximum|minimum|total)$/.exec(words[0] ?? '')?.[0];
  // `total_count_count`
  if (/^(?:amount|count|number|quantity|total)$/.test(last)) return undefined;
  if (words.length === 1 && (isParticiple(last) || adjectives.has(last))) return `how many are ${last}.`;
  const counted = amount === undefined ? words : words.slice(1);
  return counted.length === 0
    ? undefined
    : `the ${amount === undefined ? '' : `${amount} `}number of ${lastPlural(counted.join(' '))}.`;
}

/** Nouns that always belong to something. */
const ofSomething: ReadonlySet<string> = new Set(
  (
    'address age amount author balance brand capacity category city code color colour comment company content cost country ' +
    'currency date description direction discount duration end expiry format gender height key kind label language latitude length ' +
    'level locale location longitude message mode model name note notes number order owner price priority quantity rate ' +
    'rating reason reference region role score sender size slug source start state status subject summary tag tags target tax ' +
    'text time timezone title total type unit user value vendor version volume weight width zip'
  ).split(' '),
);

/** What a query says of its answer as a whole. */
const ofTheQuestion: ReadonlySet<string> = new Set(
  'code direction format language locale mode size text timezone unit value version'.split(' '),
);

const adjectives: ReadonlySet<string> = new Set(
  'active available busy current default draft editable empty free hidden internal live mandatory manual new online open optional primary private public read recurring required secure successful test unique valid visible'.split(
    ' ',
  ),
);

/** What an ID can be, rather than what it is of: `custom_id`. */
const kindsOfId: ReadonlySet<string> = new Set(
  'alternate alternative application-specific custom display external global legacy local long numeric original remote short temporary universal'.split(
    ' ',
  ),
);

const irregularParticiples: ReadonlySet<string> = new Set(
  'begun bought built done found given held known left lost made met paid read seen sent set shown shut sold spent taken told withdrawn won written hidden'.split(
    ' ',
  ),
);

const isParticiple = (word: string): boolean => /[a-z]{2}ed$/.test(word) || irregularParticiples.has(word);

const isTextual = ({ type, format }: Field): boolean =>
  type === undefined || type === 'string' || numbers.includes(type) || format === 'date-time';

const numbers = ['integer', 'number'];

/** Whether "The X." is a sentence: neither a verb nor a preposition ends or begins it. */
function isNounPhrase(words: readonly string[]): boolean {
  const [first = ''] = words;
  const last = words.at(-1) ?? '';
  if (
    first === '' ||
    /^(?:is|are|was|has|have|can|may|must|should|will|do|does|not|no|include|allow|notify|enable|hide|show|since|until|from|to|by|next|previous|all|any|at|in|on|of|with|without|before|after|for|if|only|exclude)$/.test(
      first,
    )
  ) {
    return false;
  }
  return (
    last.length > 1 && !/^(?:at|by|in|on|of|or|and|until|from|to|for|since|with|after|before|is|not|more)$/.test(last)
  );
}

/** The last word in the plural: `order item` → `order items`. */
function lastPlural(phrase: string): string {
  const words = splitWords(phrase);
  const last = words.pop() ?? '';
  return phraseOf([...words, isPlural(last) ? last : plural(singular(last))].join(' '));
}

/** `The status of the order.` with its values, where these are few and short: `The status of the order: open or paid.` */
function withChoices(sentence: string, { choices }: Field): string {
  const texts = (choices ?? [])
    .filter((choice): choice is string | number => typeof choice === 'string' || typeof choice === 'number')
    .map(String);
  if (texts.length < 2 || texts.length > 5 || texts.length !== choices?.length) return sentence;
  if (texts.some((text) => text === '' || text.length > 20 || !/^[\w-]+$/.test(text))) return sentence;
  return `${sentence.slice(0, -1)}: ${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}.`;
}
