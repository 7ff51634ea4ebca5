import { getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Parameter, Schema } from '../engine/model.ts';
import { defineFamily } from '../engine/rule.ts';
import { isOutput } from '../support/input-output-schemas.ts';
import { hasUrl, isBlank, sameText } from '../support/texts.ts';
import { addLabel } from '../support/visible-texts.ts';

/** A property with a single value, not an object, a list or whatever is put together of others. */
function isLeaf({ role, value }: Schema): boolean {
  if (role !== 'property') return false;
  const { type } = value;
  if (type !== undefined) return type !== 'object' && type !== 'array';
  return (
    !isObject(getOwn(value, 'properties')) &&
    getOwn(value, 'items') === undefined &&
    getOwn(value, 'allOf') === undefined
  );
}

/** A property that makers see: neither it nor what it is part of is internal. */
function isVisible(schema: Schema): boolean {
  for (let at: Schema | undefined = schema; at !== undefined; at = at.parent) {
    if (at.value['x-ms-visibility'] === 'internal') return false;
  }
  return true;
}

const isProperty = (node: Schema | Parameter): node is Schema =>
  'role' in node && node.role === 'property' && isVisible(node);

/** The label of a property, when it is a text that isn't blank. */
const labelOf = (value: JsonObject): string | undefined => {
  const label = getOwn(value, 'x-ms-summary');
  return typeof label === 'string' && label.trim() !== '' ? label : undefined;
};

/** The example's station with one more property. */
const station = (name: string, property: JsonObject): { definition: JsonObject } => ({
  definition: { definitions: { Station: { properties: { [name]: property } } } },
});
const at = (...keys: string[]): string => ['definition#/definitions/Station/properties', ...keys].join('/');

/** An answer of failure, which makers don't see. */
const failure = (property: JsonObject) => ({
  name: 'a failure',
  definition: {
    paths: {
      '/stations/{stationId}': {
        get: { responses: { 404: { schema: { type: 'object', properties: { code: property } } } } },
      },
    },
  },
});

/** What makers don't see, itself and as a part of something. */
const internal = (property: JsonObject) => ({
  name: 'an internal property',
  ...station('audit', {
    type: 'object',
    'x-ms-visibility': 'internal',
    properties: { by: property, at: { ...property, 'x-ms-visibility': 'internal' } },
  }),
});

/** What a webhook brings, on one of the example's paths. */
const notified = (property: JsonObject): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/regions': {
        'x-ms-notification-content': { schema: { type: 'object', properties: { amount: property } } },
      },
    },
  },
});
const inNotification = 'definition#/paths/~1regions/x-ms-notification-content/schema/properties/amount';

/** Rules about what makers read of the values that they get back. */
export const family = defineFamily({ name: 'Texts of properties', order: 190 }, [
  {
    id: 'response-property-summary',
    title: 'Every value that a successful call or a notification brings has an x-ms-summary or a title.',
    why: 'It is the name of the dynamic content; without it makers see the raw name of the property.',
    remedy: 'Add an x-ms-summary in title case.',
    // Answers of failure don't count: the designer offers no dynamic content of theirs.
    source: 'String guidance',
    severity: 'I/I/I',
    fix: 'safe',
    on: {
      schema: (schema, report, connector) => {
        if (
          !isLeaf(schema) ||
          !isBlank(getOwn(schema.value, 'x-ms-summary')) ||
          !isBlank(getOwn(schema.value, 'title'))
        )
          return;
        if (!isVisible(schema) || !isOutput(schema, connector)) return;
        const place = schema.place.at('x-ms-summary');
        // an empty schema stays one: with a label it would look as if its type had been forgotten
        const fix = getOwn(schema.value, 'type') === undefined ? [] : addLabel(place, schema.name ?? '');
        report(
          place,
          `the property ${quote(schema.name)} has neither x-ms-summary nor title; add a label in title case`,
          fix,
        );
      },
    },
    examples: {
      good: [
        { name: 'a title', ...station('owner', { type: 'string', title: 'Owner', description: 'Who owns it.' }) },
        failure({ type: 'string', description: 'What happened.' }),
        internal({ type: 'string' }),
        {
          name: 'what is only sent',
          definition: {
            definitions: { Order: { type: 'object', properties: { rain: { type: 'boolean' } } } },
            paths: {
              '/stations': {
                post: { parameters: [{ name: 'body', in: 'body', schema: { $ref: '#/definitions/Order' } }] },
              },
            },
          },
        },
        { name: 'an object', ...station('place', { type: 'object', description: 'Where it stands.' }) },
      ],
      bad: [
        {
          name: 'neither',
          ...station('ownerId', { type: 'string', description: 'Who owns it.' }),
          expect: [at('ownerId', 'x-ms-summary')],
          fixed: station('ownerId', { type: 'string', description: 'Who owns it.', 'x-ms-summary': 'Owner ID' }),
        },
        {
          name: 'in a notification',
          ...notified({ type: 'number', description: 'What is due.' }),
          expect: [`${inNotification}/x-ms-summary`],
          fixed: notified({ type: 'number', description: 'What is due.', 'x-ms-summary': 'Amount' }),
        },
        {
          name: 'a blank title in the response itself',
          definition: {
            paths: {
              '/regions': {
                get: {
                  responses: {
                    200: {
                      schema: { properties: { count: { type: 'integer', title: '', description: 'How many.' } } },
                    },
                  },
                },
              },
            },
          },
          expect: ['definition#/paths/~1regions/get/responses/200/schema/properties/count/x-ms-summary'],
        },
      ],
    },
  },
  {
    id: 'response-property-description',
    title: 'Every value that a successful call or a notification brings has a description.',
    why: 'Makers see it below the name of the dynamic content, and agents read it.',
    remedy: 'Say in a sentence what the value means.',
    source: 'String guidance',
    severity: 'I/I/I',
    on: {
      schema: (schema, report, connector) => {
        if (!isLeaf(schema) || !isBlank(getOwn(schema.value, 'description'))) return;
        if (!isVisible(schema) || !isOutput(schema, connector)) return;
        report(
          schema.place.at('description'),
          `the property ${quote(schema.name)} has no description; say in a sentence what it means`,
        );
      },
    },
    examples: {
      good: [
        { name: 'a description', ...station('owner', { type: 'string', title: 'Owner', description: 'Who owns it.' }) },
        failure({ type: 'string', 'x-ms-summary': 'Code' }),
      ],
      bad: [
        {
          name: 'none',
          ...station('owner', { type: 'string', 'x-ms-summary': 'Owner' }),
          expect: [at('owner', 'description')],
        },
        {
          name: 'in a notification',
          ...notified({ type: 'number', 'x-ms-summary': 'Amount' }),
          expect: [`${inNotification}/description`],
        },
      ],
    },
  },
  {
    id: 'property-summary-length',
    title: 'The x-ms-summary of a property has at most 80 characters.',
    why: 'The designer cuts longer labels.',
    remedy: 'Shorten the label; details belong in the description.',
    source: 'String guidance',
    severity: 'I/W/W',
    on: {
      keyword: {
        'x-ms-summary': (node, report) => {
          const label = isProperty(node) ? labelOf(node.value) : undefined;
          if (label === undefined || label.length <= 80) return;
          report(
            node.place.at('x-ms-summary'),
            `the x-ms-summary ${quote(label)} has ${label.length} characters; at most 80 are allowed`,
          );
        },
      },
    },
    examples: {
      good: [
        { name: '80 characters', ...station('name', { 'x-ms-summary': 'N'.repeat(80) }) },
        internal({ type: 'string', 'x-ms-summary': 'N'.repeat(81) }),
      ],
      bad: [
        {
          name: '81 characters',
          ...station('name', { 'x-ms-summary': 'N'.repeat(81) }),
          expect: [at('name', 'x-ms-summary')],
        },
      ],
    },
  },
  {
    id: 'property-summary-differs',
    title: 'The description of a property says more than its x-ms-summary.',
    why: 'The same text twice helps nobody.',
    remedy: 'Say what the value means, with its unit or an example.',
    source: 'String guidance',
    severity: 'I/I/I',
    on: {
      keyword: {
        'x-ms-summary': (node, report) => {
          const label = isProperty(node) ? labelOf(node.value) : undefined;
          if (label === undefined) return;
          const text = getOwn(node.value, 'description');
          if (typeof text !== 'string' || text.trim() === '' || !sameText(label, text)) return;
          report(
            node.place.at('description'),
            `the description repeats the x-ms-summary ${quote(label)}; say what it means`,
          );
        },
      },
    },
    examples: {
      good: [
        { name: 'a sentence', ...station('name', { description: 'How people call it.' }) },
        internal({ type: 'string', 'x-ms-summary': 'Name', description: 'Name' }),
      ],
      bad: [
        { name: 'the same word', ...station('name', { description: 'Name.' }), expect: [at('name', 'description')] },
      ],
    },
  },
  {
    id: 'property-description-no-url',
    title: 'The description of a property has no link.',
    why: 'Reviewers have refused links in descriptions; nobody can click them in the designer.',
    remedy: 'Say in words what the page says, or where to find it.',
    source:
      'Certification policy, seen for a parameter in 2026 (one vendor); 4 of 30 certified connectors of 2025 have such links',
    policy: '5000.2.3.6',
    severity: '-/I/I',
    on: {
      keyword: {
        description: (node, report) => {
          const text = isProperty(node) ? getOwn(node.value, 'description') : undefined;
          if (typeof text !== 'string' || !hasUrl(text)) return;
          report(
            node.place.at('description'),
            `the description of the property ${quote(node.name)} holds a link, which a reviewer may refuse; say it in words`,
          );
        },
      },
    },
    examples: {
      good: [
        { name: 'no link', ...station('name', { description: 'As on contoso.com.' }) },
        internal({ type: 'string', description: 'See https://contoso.com/names.' }),
      ],
      bad: [
        {
          name: 'a link',
          ...station('name', { description: 'See https://contoso.com/names.' }),
          expect: [at('name', 'description')],
        },
      ],
    },
  },
]);
