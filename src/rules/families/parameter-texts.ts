import { getOwn, type JsonObject } from '../../connector/json/value.ts';
import { lettersOfAnotherLanguage } from '../../language/english.ts';
import { letterPattern } from '../../language/letters.ts';
import { quote } from '../../quote.ts';
import type { Parameter } from '../engine/model.ts';
import { defineFamily } from '../engine/rule.ts';
import { asSentence, plainSummary, trimmedEnding } from '../fix/text-repairs.ts';
import {
  endsLikeName,
  endsLikeSentence,
  hasUrl,
  isBlank,
  productName,
  restrictedCharacter,
  sameText,
} from '../support/texts.ts';
import { addLabel, filledText, hasTexts, parameterText, proposedLabel } from '../support/visible-texts.ts';

/** Types of which the designer makes a single field. */
const scalars: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean']);

/** A single word that joins several, or starts with a small letter. */
const isJoinedWord = (text: string): boolean => !/\s/.test(text) && joint(text).test(text);
const joint = letterPattern(/^[a-z]|[a-z][A-Z]/, () => /^\p{Ll}|\p{Ll}\p{Lu}/u);
const snakeCase = letterPattern(/[A-Za-z0-9]_[A-Za-z0-9]/, () => /[\p{L}\p{N}]_[\p{L}\p{N}]/u);

/**
 * Whether a label reads like a name in code, which is one word: a sentence may quote an identifier. Whether each word
 * of a longer one has its capital isn't asked: published labels hardly ever do.
 */
const isIdentifier = (label: string): boolean =>
  !/\s/.test(label.trim()) && (snakeCase(label).test(label) || isJoinedWord(label));

const name = (parameter: Parameter): string => `the ${parameter.in} parameter ${quote(parameter.name)}`;

const region = (patch: JsonObject): JsonObject => ({
  name: 'region',
  in: 'query',
  type: 'string',
  required: true,
  'x-ms-summary': 'Region',
  description: 'Region whose stations are wanted.',
  ...patch,
});
/** The parameters of the operation that lists stations. */
const list = (...parameters: JsonObject[]): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { get: { parameters } } } },
});
const summary = (text: string) => list(region({ 'x-ms-summary': text }));
const description = (text: string) => list(region({ description: text }));
const without = (key: string): JsonObject =>
  Object.fromEntries(Object.entries(region({})).filter(([entry]) => entry !== key));
const at = (key: string): string => `definition#/paths/~1stations/get/parameters/0/${key}`;

const create = (parameter: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { post: { parameters: [parameter] } } } },
});

const internal = (patch: JsonObject) => ({
  name: 'an internal parameter',
  ...list(region({ 'x-ms-visibility': 'internal', default: 'north', ...patch })),
});
const ofInternalOperation = (parameter: JsonObject) => ({
  name: 'a parameter of an internal operation',
  definition: { paths: { '/regions': { get: { parameters: [parameter] } } } },
});

/** Rules about what makers read of parameters. */
export const family = defineFamily({ name: 'Texts of parameters', order: 170 }, [
  {
    id: 'parameter-summary-required',
    title: 'A visible parameter has an x-ms-summary.',
    why: 'It is the label of the field; without it makers see the raw name. The commonest reason for a rejection.',
    remedy: 'Add a label in title case, such as "Station ID".',
    source: 'Certification submission guide; pull requests 4041, 3747, 3943 and 1003; published connectors',
    severity: 'W/E/E',
    fix: 'safe',
    on: {
      parameter: (parameter, report) => {
        if (!hasTexts(parameter) || !isBlank(getOwn(parameter.value, 'x-ms-summary'))) return;
        const place = parameter.place.at('x-ms-summary');
        report(
          place,
          `${name(parameter)} has no x-ms-summary; add a label in title case`,
          addLabel(place, parameter.name),
        );
      },
    },
    examples: {
      good: [
        internal({ 'x-ms-summary': '' }),
        ofInternalOperation({ name: 'all', in: 'query', type: 'boolean' }),
        { name: 'a body', ...create({ name: 'body', in: 'body', schema: { $ref: '#/definitions/Station' } }) },
        {
          name: 'a shared parameter that only an internal operation uses',
          definition: {
            parameters: { All: { name: 'all', in: 'query', type: 'boolean' } },
            paths: { '/regions': { get: { parameters: [{ $ref: '#/parameters/All' }] } } },
          },
        },
      ],
      bad: [
        {
          name: 'none',
          ...list({ ...without('x-ms-summary'), name: 'regionId' }),
          expect: [at('x-ms-summary')],
          fixed: list(region({ name: 'regionId', 'x-ms-summary': 'Region ID' })),
        },
        { name: 'blank', ...summary(' '), expect: [at('x-ms-summary')], fixed: summary('Region') },
        {
          name: 'a shared parameter that two operations use',
          definition: {
            parameters: { Region: without('x-ms-summary') },
            paths: {
              '/stations': { get: { parameters: [{ $ref: '#/parameters/Region' }] } },
              '/regions': { get: { parameters: [{ $ref: '#/parameters/Region' }] } },
            },
          },
          expect: ['definition#/parameters/Region/x-ms-summary'],
          fixed: {
            definition: {
              parameters: { Region: region({}) },
              paths: {
                '/stations': { get: { parameters: [{ $ref: '#/parameters/Region' }] } },
                '/regions': { get: { parameters: [{ $ref: '#/parameters/Region' }] } },
              },
            },
          },
        },
      ],
    },
  },
  {
    id: 'parameter-description-required',
    title: 'A visible parameter has a description.',
    why: 'It is the hint inside the field, and what agents read.',
    remedy: 'Say in a sentence what belongs into the field.',
    source: 'Certification submission guide; pull request 2059 and the pull-request template',
    severity: 'W/E/E',
    on: {
      parameter: (parameter, report) => {
        if (!hasTexts(parameter) || !isBlank(getOwn(parameter.value, 'description'))) return;
        report(
          parameter.place.at('description'),
          `${name(parameter)} has no description; say in a sentence what belongs there`,
        );
      },
    },
    examples: {
      good: [internal({ description: '' }), ofInternalOperation({ name: 'all', in: 'query', type: 'boolean' })],
      bad: [{ name: 'none', ...list(without('description')), expect: [at('description')] }],
    },
  },
  {
    id: 'parameter-summary-max-length',
    title: 'The x-ms-summary of a parameter has at most 80 characters.',
    why: 'The designer cuts longer labels.',
    remedy: 'Shorten the label; details belong in the description.',
    source: 'Certification submission guide; string guidance',
    severity: 'W/E/E',
    on: parameterText('x-ms-summary', (text) =>
      text.length > 80
        ? { message: `the x-ms-summary ${quote(text)} has ${text.length} characters; at most 80 are allowed` }
        : undefined,
    ),
    examples: {
      good: [{ name: '80 characters', ...summary('R'.repeat(80)) }, internal({ 'x-ms-summary': 'R'.repeat(81) })],
      bad: [{ name: '81 characters', ...summary('R'.repeat(81)), expect: [at('x-ms-summary')] }],
    },
  },
  {
    id: 'parameter-summary-restricted-chars',
    title: 'The x-ms-summary of a parameter has none of / \\ < > * % & ?',
    why: "The service refuses these characters in summaries of operations; at parameters it doesn't insist.",
    remedy: 'Rephrase, for instance with "and" or "or".',
    source: 'Swagger validator rules; published connectors',
    severity: 'I/W/W',
    fix: 'safe',
    on: parameterText('x-ms-summary', (text) => {
      const found = restrictedCharacter(text);
      return found === undefined
        ? undefined
        : {
            message: `the x-ms-summary ${quote(text)} has "${found}"; avoid / \\ < > * % & ?`,
            better: plainSummary(text),
          };
    }),
    examples: {
      good: [{ name: 'parentheses', ...summary('Region (Code)') }],
      bad: [
        {
          name: 'an ampersand',
          ...summary('Region & Country'),
          expect: [at('x-ms-summary')],
          fixed: summary('Region and Country'),
        },
        { name: 'a question', ...summary('All Regions?'), expect: [at('x-ms-summary')], fixed: summary('All Regions') },
        { name: 'a slash', ...summary('Region/Country'), expect: [at('x-ms-summary')] },
      ],
    },
  },
  {
    id: 'parameter-summary-ending',
    title: 'The x-ms-summary of a parameter ends with a letter, a digit or a closing parenthesis.',
    why: 'Labels have no punctuation at their end.',
    remedy: 'Remove the punctuation.',
    source: 'Certification submission guide; published connectors',
    severity: 'I/I/I',
    fix: 'safe',
    on: parameterText('x-ms-summary', (text) =>
      endsLikeName(text)
        ? undefined
        : {
            message: `the x-ms-summary ${quote(text)} should end with a letter, a digit or ")"`,
            better: trimmedEnding(text),
          },
    ),
    examples: {
      good: [{ name: 'a parenthesis', ...summary('Region (Code)') }],
      bad: [
        { name: 'a period', ...summary('Region.'), expect: [at('x-ms-summary')], fixed: summary('Region') },
        { name: 'a blank', ...summary('Region '), expect: [at('x-ms-summary')], fixed: summary('Region') },
        { name: 'a bracket', ...summary('Region [Code]'), expect: [at('x-ms-summary')] },
      ],
    },
  },
  {
    id: 'parameter-summary-english',
    title: 'The x-ms-summary of a parameter is written in English.',
    why: 'Connectors are published in English; Microsoft translates them.',
    remedy: 'Write the label in English.',
    source: 'Certification submission guide',
    severity: 'I/E/E',
    on: parameterText('x-ms-summary', (text) => {
      const found = lettersOfAnotherLanguage(text);
      return found === undefined
        ? undefined
        : { message: `the x-ms-summary ${quote(text)} has "${found}"; write it in English` };
    }),
    examples: {
      good: [internal({ 'x-ms-summary': 'L\u00e4nge' })],
      bad: [{ name: 'German', ...summary('L\u00e4nge'), expect: [at('x-ms-summary')] }],
    },
  },
  {
    id: 'parameter-summary-title-case',
    title: 'The x-ms-summary of a parameter consists of words in title case.',
    why: 'Makers read it as the label of a field; identifiers look unfinished.',
    remedy: 'Write words with a capital each: "Station ID" instead of "station_id".',
    source: 'String guidance; OpenAPI extensions',
    severity: 'I/W/W',
    fix: 'safe',
    on: parameterText('x-ms-summary', (text) =>
      isIdentifier(text.trim())
        ? {
            message: `the x-ms-summary ${quote(text)} reads like an identifier; write words in title case`,
            better: proposedLabel(text),
          }
        : undefined,
    ),
    examples: {
      good: [
        { name: 'one word', ...summary('Region') },
        { name: 'a small word', ...summary('Region of Interest') },
        { name: 'initials', ...summary('URL') },
        { name: 'a sentence that quotes an identifier', ...summary('Purpose of the file (e.g. SOURCE_FILE)') },
      ],
      bad: [
        { name: 'snake_case', ...summary('region_id'), expect: [at('x-ms-summary')], fixed: summary('Region ID') },
        { name: 'camelCase', ...summary('mainRegion'), expect: [at('x-ms-summary')], fixed: summary('Main Region') },
        { name: 'PascalCase', ...summary('RegionName'), expect: [at('x-ms-summary')], fixed: summary('Region Name') },
      ],
    },
  },
  {
    id: 'parameter-description-differs',
    title: 'The description of a parameter says more than its x-ms-summary.',
    why: 'The same text twice helps nobody who wonders what belongs into the field.',
    remedy: 'Say what belongs there, with an example or the unit.',
    source: 'String guidance; coding standards',
    severity: 'I/W/W',
    on: parameterText('description', (text, parameter) => {
      const label = filledText(parameter.value, 'x-ms-summary');
      return label !== undefined && sameText(label, text)
        ? { message: `the description repeats the x-ms-summary ${quote(label)}; say what belongs into the field` }
        : undefined;
    }),
    examples: {
      good: [internal({ description: 'Region' })],
      bad: [{ name: 'the same word', ...description('region.'), expect: [at('description')] }],
    },
  },
  {
    id: 'parameter-description-punctuation',
    title: 'The description of a parameter ends with a period.',
    why: 'The written rule, which most published connectors ignore.',
    remedy: 'End the description with a period.',
    source: 'Certification submission guide',
    severity: 'I/I/I',
    fix: 'safe',
    on: parameterText('description', (text) =>
      endsLikeSentence(text)
        ? undefined
        : { message: `the description ${quote(text)} doesn't end with a period`, better: asSentence(text) },
    ),
    examples: {
      good: [{ name: 'a question', ...description('Which region?') }],
      bad: [
        {
          name: 'no period',
          ...description('Region to be read'),
          expect: [at('description')],
          fixed: description('Region to be read.'),
        },
      ],
    },
  },
  {
    id: 'parameter-description-english',
    title: 'The description of a parameter is written in English.',
    why: 'Connectors are published in English; Microsoft translates them.',
    remedy: 'Write the description in English.',
    source: 'Certification submission guide; pull request 705',
    severity: 'I/W/W',
    on: parameterText('description', (text) => {
      const found = lettersOfAnotherLanguage(text);
      return found === undefined
        ? undefined
        : { message: `the description ${quote(text)} has "${found}"; write it in English` };
    }),
    examples: {
      good: [{ name: 'a degree sign', ...description('Warmer than 20 \u00b0C.') }],
      bad: [{ name: 'German', ...description('Die L\u00e4nge.'), expect: [at('description')] }],
    },
  },
  {
    id: 'parameter-description-no-url',
    title: 'The description of a parameter has no link.',
    why: 'A reviewer refused it in 2026; nobody can click it in the designer.',
    remedy: 'Say in words what the page says, or where to find it.',
    source:
      'Certification policy, by the record of one vendor (2026); 4 of 30 certified connectors of 2025 have such links',
    policy: '5000.2.3.6',
    severity: '-/W/W',
    on: parameterText('description', (text) =>
      hasUrl(text)
        ? { message: `the description ${quote(text)} holds a link, which a reviewer may refuse; say it in words` }
        : undefined,
    ),
    examples: {
      good: [
        { name: 'no link', ...description('As on contoso.com.') },
        internal({ description: 'See https://contoso.com/regions.' }),
      ],
      bad: [{ name: 'a link', ...description('See https://contoso.com/regions.'), expect: [at('description')] }],
    },
  },
  {
    id: 'parameter-product-names',
    title: 'Neither x-ms-summary nor description of a parameter names a product of the Power Platform.',
    why: 'The connector works in several products, and reviewers ask to take their names out.',
    remedy: 'Leave the name out.',
    source: 'Certification submission guide',
    severity: 'I/W/W',
    on: {
      parameter: (parameter, report) => {
        if (!hasTexts(parameter)) return;
        for (const key of ['x-ms-summary', 'description']) {
          const text = filledText(parameter.value, key);
          const found = text === undefined ? undefined : productName(text);
          if (found === undefined) continue;
          report(
            parameter.place.at(key),
            `the ${key} of ${name(parameter)} names "${found}"; leave names of Power Platform products out`,
          );
        }
      },
    },
    examples: {
      good: [internal({ description: 'Set by Power Automate.' })],
      bad: [
        {
          name: 'in the description',
          ...description('Region of the Power App or Power Apps.'),
          expect: [at('description')],
        },
        { name: 'in the label', ...summary('Power Automate Region'), expect: [at('x-ms-summary')] },
      ],
    },
  },
  {
    id: 'body-scalar-summary',
    title: 'A body that is a single value has an x-ms-summary.',
    why: 'The designer shows it as one field and needs a label. Objects are flattened into their properties and need none.',
    remedy: "Add a label in title case beside the body's name.",
    source: 'Published connectors',
    severity: 'I/W/W',
    on: {
      parameter: (parameter, report, connector) => {
        if (parameter.in !== 'body' || !parameter.visible) return;
        if (!isBlank(getOwn(parameter.value, 'x-ms-summary'))) return;
        const schema = connector.deref(getOwn(parameter.value, 'schema'));
        if (schema === undefined || !scalars.has(getOwn(schema, 'type')) || !isBlank(getOwn(schema, 'x-ms-summary')))
          return;
        report(
          parameter.place.at('x-ms-summary'),
          `the body ${quote(parameter.name)} is a single ${getOwn(schema, 'type')} without a label; add an x-ms-summary`,
        );
      },
    },
    examples: {
      good: [
        { name: 'an object', ...create({ name: 'body', in: 'body', schema: { $ref: '#/definitions/Station' } }) },
        {
          name: 'a label in the schema',
          ...create({ name: 'body', in: 'body', schema: { type: 'string', 'x-ms-summary': 'Station' } }),
        },
      ],
      bad: [
        {
          name: 'a text',
          ...create({ name: 'body', in: 'body', schema: { type: 'string' } }),
          expect: ['definition#/paths/~1stations/post/parameters/0/x-ms-summary'],
        },
      ],
    },
  },
]);
