/** Definitions of our own making that are like published ones in what they cost to read and to check. */
import { definition, text } from './inputs.mjs';

/**
 * A definition as large ones among the published are: per 77 KB about 18 operations, 50 parameters, 240 schemas, most of
 * them written where they are used, 1,600 keys, and every tenth property without a summary or a description. Each calls its
 * properties otherwise, as APIs do: what reads JSON knows the shapes of objects that it has met.
 *
 * @param {number} bytes about so large, indented by two
 * @param {string} title
 */
export function publishedLike(bytes, title) {
  const value = { ...definition(0, title), paths: {}, definitions: { Problem: problem } };
  const dialect = [...title].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 100_003, 7);
  let length = JSON.stringify(value, null, 2).length;
  for (let index = 0; length < bytes; index += 1) {
    const round = Math.floor(index / things.length);
    const name = `${pick(kinds, round)}${pick(things, index)}${round < kinds.length ? '' : round}`;
    const part = { paths: pathsOf(name, index, dialect), definitions: { [name]: record(name, index, dialect, 1) } };
    Object.assign(value.paths, part.paths);
    Object.assign(value.definitions, part.definitions);
    length += JSON.stringify(part, null, 2).length;
  }
  return value;
}

const wordsOf = (text) => text.split(/\s+/);
const things = wordsOf(
  'Account Agreement Asset Booking Campaign Claim Contact Device Document Event Folder Invoice Lead',
);
const kinds = ['', ...wordsOf('Archived Closed Draft External Internal Linked Open Pending Shared Sold')];
const words = wordsOf(
  `address amount author balance category city comment country created currency due email end hours kind label language
  length limit manager note number owner phone priority quantity rate reason region result size source start state street
  team total unit updated url version weight`,
);
const types = [
  { type: 'string' },
  { type: 'integer', format: 'int32' },
  { type: 'string', format: 'date-time' },
  { type: 'boolean' },
  { type: 'number', format: 'double' },
  { type: 'string', enum: ['new', 'active', 'done'] },
];
const pick = (list, index) => list[index % list.length];
const capital = (word) => `${word[0].toUpperCase()}${word.slice(1)}`;

/** Every twentieth lacks the summary, and as many the description. */
function property(thing, word, index) {
  const isWithout = (rest) => index % 20 === rest;
  return {
    ...pick(types, index),
    ...(isWithout(3) ? {} : { 'x-ms-summary': `${capital(word)} of the ${thing.toLowerCase()}`.slice(0, 60) }),
    ...(isWithout(13) ? {} : { description: `The ${word} that is kept (${index}).` }),
  };
}

/** @param {number} depth of objects and lists in it */
function record(thing, seed, dialect, depth) {
  const properties = { [`${thing.toLowerCase()}Id`]: property(thing, 'number', 0) };
  for (let index = 0; index < 9; index += 1) {
    const word = pick(words, seed * 7 + index * 5 + depth);
    const own = index % 3 === 0 ? '' : capital(pick(words, dialect * (index + 1)));
    properties[`${word}${own}`] = property(thing, word, seed + index);
  }
  if (depth > 0) {
    const texts = { 'x-ms-summary': 'Lines', description: 'What it consists of, in the order of the service.' };
    properties.lines = { type: 'array', ...texts, items: record(thing, seed + depth, dialect, depth - 1) };
    properties.origin = {
      ...record(thing, seed + depth + 3, dialect, 0),
      'x-ms-summary': 'Origin',
      description: 'Where it comes from.',
    };
  }
  return { type: 'object', properties };
}

const problem = {
  type: 'object',
  properties: { code: property('Problem', 'number', 1), reason: property('Problem', 'reason', 2) },
};

const listed = { type: 'string', required: false };
const language = {
  name: 'language',
  in: 'header',
  ...listed,
  'x-ms-summary': 'Language',
  description: 'Language of all texts.',
};

function pathsOf(name, seed, dialect) {
  const answers = (description, value) => ({
    200: { description, schema: value },
    404: { description: 'There is no such thing, or nobody may see it.', schema: { $ref: '#/definitions/Problem' } },
  });
  const id = { name: 'id', in: 'path', required: true, ...text('ID', `Identifies the ${name.toLowerCase()}.`) };
  const texts = (action) => ({
    operationId: `${action}${name}`,
    summary: `${action} ${name.toLowerCase()} (${seed})`,
    description: `What its name says, for ${name.toLowerCase()}.`,
  });
  const query = pickMany(words, seed, 8).map((word) => ({
    name: word,
    in: 'query',
    ...listed,
    'x-ms-summary': `By ${word}`,
    description: `Only those whose ${word} is this one.`,
  }));
  const body = { name: 'body', in: 'body', required: true, schema: record(name, seed + 1, dialect, 0) };
  const list = {
    type: 'object',
    properties: {
      value: {
        type: 'array',
        'x-ms-summary': 'Value',
        description: 'All of them.',
        items: record(name, seed, dialect, 0),
      },
    },
  };
  return {
    [`/${name.toLowerCase()}`]: {
      get: { ...texts('List'), parameters: query, responses: answers('A page of them.', list) },
      post: {
        ...texts('Create'),
        parameters: [body],
        responses: answers('The new one.', { $ref: `#/definitions/${name}` }),
      },
    },
    [`/${name.toLowerCase()}/{id}`]: {
      get: {
        ...texts('Get'),
        parameters: [id, language],
        responses: answers('The one.', { $ref: `#/definitions/${name}` }),
      },
      patch: {
        ...texts('Update'),
        parameters: [id, body],
        responses: answers('The changed one.', { $ref: `#/definitions/${name}` }),
      },
      delete: {
        ...texts('Delete'),
        parameters: [id],
        responses: { 204: { description: 'It is gone.' }, 404: { description: 'There was none.' } },
      },
    },
  };
}

const pickMany = (list, from, count) => Array.from({ length: count }, (_, index) => pick(list, from * 3 + index * 5));
