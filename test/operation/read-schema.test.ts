import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { describeTrigger, triggerSummary } from '../../src/operation/kinds/trigger-texts.ts';
import { unsubscribeIdOf } from '../../src/operation/kinds/webhook.ts';
import { readJsonSchema } from '../../src/operation/read-schema.ts';

const rows: [string, JsonObject, JsonObject][] = [
  ['null as one of the types', { type: ['string', 'null'] }, { type: 'string' }],
  ['a constant', { const: 'a' }, { type: 'string', enum: ['a'] }],
  ['null among the values', { enum: ['a', null] }, { type: 'string', enum: ['a'] }],
  ['formats that the platform has', { type: 'string', format: 'date' }, { type: 'string', format: 'date' }],
  ['formats that it has not', { type: 'string', format: 'ipv4' }, { type: 'string' }],
  ['alternatives', { anyOf: [{ type: 'null' }, { type: 'integer', minimum: 1 }] }, { type: 'integer', minimum: 1 }],
  ['lists', { type: 'array', items: { type: 'number' } }, { type: 'array', items: { type: 'number' } }],
  [
    'maps',
    { type: 'object', additionalProperties: { type: 'string' } },
    { type: 'object', additionalProperties: { type: 'string' } },
  ],
  [
    'parts',
    {
      allOf: [
        { required: ['a'], properties: { a: { type: 'string' } } },
        { properties: { b: { type: 'string', description: 'The other  one.' } } },
      ],
    },
    {
      type: 'object',
      required: ['a'],
      properties: {
        a: { type: 'string', 'x-ms-summary': 'A', description: 'The value of "A".' },
        b: { type: 'string', 'x-ms-summary': 'B', description: 'The other one.' },
      },
    },
  ],
  [
    'references, also to itself',
    { $ref: '#/$defs/node', $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } } },
    {
      type: 'object',
      properties: { next: { type: 'object', 'x-ms-summary': 'Next', description: 'The value of "Next".' } },
    },
  ],
];

describe('readJsonSchema', () => {
  for (const [name, schema, expected] of rows) {
    it(`reads ${name}`, () => expect(readJsonSchema(schema)).to.deep.equal(expected));
  }
});

describe('texts of triggers', () => {
  const summaries: [string, string][] = [
    ['OnOrderCreated', 'When an order is created'],
    ['OnNewOrder', 'When there is a new order'],
    ['OnNewOrders', 'When there are new orders'],
    ['WhenPDFSigned_V2', 'When a PDF is signed (V2)'],
    ['OnHooksEvent', 'When hooks event happens'],
    ['OnNew', 'When there is a new item'],
    ['On_V2', 'When it happens (V2)'],
  ];
  for (const [id, summary] of summaries) it(`${id}: ${summary}`, () => expect(triggerSummary(id)).to.equal(summary));

  it('describes', () =>
    expect(describeTrigger('When an order is created (V2)')).to.equal(
      'This operation triggers when an order is created.',
    ));
  it('names the end of a subscription', () =>
    expect(unsubscribeIdOf('OnOrderCreated')).to.equal('UnsubscribeOrderCreated'));
});
