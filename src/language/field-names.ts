/** Names of fields that mean the same in nearly every API. */

/** Where a field is: an input beside the body, a member of what holds a list and its pages, or a property of a thing. */
export type Place = 'query' | 'list' | 'property';

interface Known {
  text: string;
  types?: readonly string[];
  /** What an answer says by it, where that differs. */
  ofAnswer?: string;
}

const numbers = ['integer', 'number'];

/** How a list is searched, sorted and divided: of a thing, the same names mean something else (the `total` of an invoice). */
const ofLists: ReadonlyMap<string, Known> = new Map(
  Object.entries({
    q: { text: 'The text to search for.' },
    query: { text: 'The text to search for.', types: ['string'] },
    search: { text: 'The text to search for.', types: ['string'] },
    'search text': { text: 'The text to search for.' },
    'search term': { text: 'The text to search for.' },
    keyword: { text: 'The word to search for.' },
    keywords: { text: 'The words to search for.' },
    page: { text: 'The number of the page to return.', types: numbers, ofAnswer: 'The number of the page.' },
    'page number': { text: 'The number of the page to return.', ofAnswer: 'The number of the page.' },
    limit: { text: 'The most results to return.' },
    'maximum results': { text: 'The most results to return.' },
    'per page': { text: 'The most results on a page.' },
    'page size': { text: 'The most results on a page.' },
    top: { text: 'The most results to return.' },
    offset: { text: 'How many results to skip.', ofAnswer: 'How many results come before these.' },
    skip: { text: 'How many results to skip.', ofAnswer: 'How many results come before these.' },
    'skip token': { text: 'The place in the list at which the page begins.' },
    cursor: { text: 'The place in the list at which the page begins.' },
    'page token': { text: 'The place in the list at which the page begins.' },
    'next page': { text: 'The next page.' },
    next: { text: 'The next page of results.', types: ['string'] },
    previous: { text: 'The page of results before this one.', types: ['string'] },
    prev: { text: 'The page of results before this one.' },
    sort: { text: 'How the results are sorted.' },
    'sort by': { text: 'The field by which the results are sorted.' },
    'order by': { text: 'The field by which the results are sorted.' },
    'sort order': { text: 'Whether the results go up or down.' },
    'sort direction': { text: 'Whether the results go up or down.' },
    fields: { text: 'The fields to return.' },
    expand: { text: 'The related things to return with the result.' },
    filter: { text: 'Which results to return, as an expression.', types: ['string'] },
    select: { text: 'The fields to return.' },
    since: { text: 'The time from which on results are returned.' },
    until: { text: 'The time up to which results are returned.' },
    total: { text: 'How many there are in all.', types: numbers },
  }),
);

/** What a query asks for by its inputs. */
const ofQueries: ReadonlyMap<string, Known> = new Map(
  Object.entries({
    ...Object.fromEntries(
      ['date', 'time', 'date time', 'datetime'].flatMap((unit) => [
        ...['start', 'from', 'begin'].flatMap((side) => [
          [`${side} ${unit}`, { text: 'The start of the period.' }],
          [`${unit} ${side}`, { text: 'The start of the period.' }],
        ]),
        ...['end', 'to', 'until'].flatMap((side) => [
          [`${side} ${unit}`, { text: 'The end of the period.' }],
          [`${unit} ${side}`, { text: 'The end of the period.' }],
        ]),
      ]),
    ),
    count: { text: 'The most results to return.', types: numbers },
    'start index': { text: 'The number of the first result to return.', types: numbers },
    format: { text: 'The format of the answer.' },
    'output format': { text: 'The format of the answer.' },
    'response format': { text: 'The format of the answer.' },
  }),
);

/** Headers that HTTP or custom give a meaning. */
const ofHeaders: ReadonlyMap<string, Known> = new Map(
  Object.entries({
    accept: { text: 'The format of the answer.' },
    'accept language': { text: 'The language of the answer.' },
    'content language': { text: 'The language of what is sent.' },
    'idempotency key': { text: 'A value of your choice that keeps a repeated call from being done twice.' },
    'if match': { text: 'Only when the version is this one.' },
    'if modified since': { text: 'Only what was changed after this time.' },
    'if none match': { text: 'Only when the version is another one.' },
    'user agent': { text: 'The program that calls.' },
    'x correlation id': { text: 'A value of your choice that logs show with the call.' },
    'x request id': { text: 'A value of your choice that logs show with the call.' },
  }),
);

const anywhere: ReadonlyMap<string, Known> = new Map(
  Object.entries({
    'api key': { text: 'The key that the API knows you by.' },
    apikey: { text: 'The key that the API knows you by.' },
    'html url': { text: 'The address of the page.' },
    'next page token': { text: 'What to send to get the next page.' },
    'next cursor': { text: 'What to send to get the next page.' },
    'has more': { text: 'Whether there are more results.' },
    ...Object.fromEntries(
      [
        ['next', 'a next page'],
        ['next page', 'a next page'],
        ['previous', 'a page before this one'],
        ['previous page', 'a page before this one'],
        ['prev', 'a page before this one'],
        ['more pages', 'more pages'],
      ].map(([name, what]) => [
        `has ${name}`,
        { text: `Whether there ${name === 'more pages' ? 'are' : 'is'} ${what}.` },
      ]),
    ),
    'next page number': { text: 'The number of the next page.' },
    'previous page number': { text: 'The number of the page before this one.' },
    'current page': { text: 'The number of the page.', types: numbers },
    'last page': { text: 'The number of the last page.', types: numbers },
    'expires in': { text: 'How long it is valid.' },
    'total count': { text: 'How many there are in all.' },
    'total pages': { text: 'How many pages there are.' },
  }),
);

/**
 * What a name says in nearly every API.
 *
 * @param words of the name, in lower case
 */
export function knownField(
  words: string,
  field: { type?: string | undefined; place?: Place | undefined },
): string | undefined {
  const tables = [anywhere];
  if (field.place !== 'property') tables.push(ofHeaders);
  if (field.place !== 'property') tables.push(ofLists);
  if (field.place === 'query') tables.unshift(ofQueries);
  for (const table of tables) {
    const known = table.get(words);
    if (known !== undefined && (field.type === undefined || known.types?.includes(field.type) !== false))
      return field.place === 'query' ? known.text : (known.ofAnswer ?? known.text);
  }
  return undefined;
}

/** Whether a name is one of those that divide, sort or count lists. */
export const isOfLists = (words: string): boolean => ofLists.has(words);
