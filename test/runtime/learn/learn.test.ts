import { expect } from 'chai';
import { fromPointer } from '../../../src/connector/json/pointer.ts';
import { getOwn, type Json, type JsonObject, valueAt } from '../../../src/connector/json/value.ts';
import { learn } from '../../../src/runtime/learn/learn.ts';
import type { Observation } from '../../../src/runtime/learn/observation.ts';
import { findOperation } from '../../../src/runtime/operation.ts';
import { checkAnswer } from '../../../src/runtime/schema-check.ts';
import { hooks } from '../triggers/connectors.ts';

const json = (value: Json, status = 200): Observation => ({ status, body: { kind: 'json', value } });

function definitionOf(schema: JsonObject | undefined, more: JsonObject = {}): JsonObject {
  const response: JsonObject = { description: 'OK' };
  if (schema !== undefined) response.schema = schema;
  return {
    swagger: '2.0',
    host: 'api.contoso.com',
    paths: { '/orders': { get: { operationId: 'Op', responses: { 200: response } } } },
    ...more,
  };
}

/** What is learned, and what has become of the definition; a second time nothing must be. */
function learned(definition: JsonObject, ...observations: Observation[]) {
  // as it would be read: nothing in it is there twice
  const changed = JSON.parse(JSON.stringify(definition)) as JsonObject;
  const { lessons, left } = learn(findOperation(changed, 'Op'), observations);
  const again = learn(findOperation(changed, 'Op'), observations);
  expect(again.lessons, 'the second time').to.deep.equal([]);
  return {
    lessons,
    left,
    changed,
    schema: getOwn(valueAt(changed, ['paths', '/orders', 'get', 'responses', '200']), 'schema'),
  };
}

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more });
const text = { type: 'string' };

describe('what is learned of an answer', () => {
  it('is nothing where it fits', () => {
    const definition = definitionOf(
      object({ id: text, lines: { type: 'array', items: object({ n: { type: 'integer' } }) } }),
    );
    const { lessons, left, changed } = learned(definition, json({ id: 'a', lines: [{ n: 1 }] }), json({}));
    expect({ lessons, left, changed }).to.deep.equal({ lessons: [], left: [], changed: definition });
  });

  it('is ten changes of ten faults, and nothing else', () => {
    const line = object({ sku: text, amount: { type: 'string' } });
    const customer = object({ name: text });
    const definition = definitionOf(
      object(
        {
          id: { type: 'string', 'x-ms-summary': 'ID', description: 'The ID of the order.' },
          total: { type: 'integer' },
          note: text,
          state: { type: 'string', enum: ['open'] },
          paid: { type: 'array', items: object({}) },
          customer: { $ref: '#/definitions/Customer' },
          lines: { type: 'array', items: { $ref: '#/definitions/Line' } },
          tags: text,
          untouched: { type: 'string', description: 'Never observed.' },
        },
        { required: ['id', 'note', 'discount'] },
      ),
      { definitions: { Line: line, Customer: customer, Other: object({}) } },
    );
    const answer = {
      id: 5_000_000_000,
      total: 12.5,
      note: null,
      state: 'paid',
      paid: true,
      customer: { name: 'Ada Lovelace', email_address: 'ada@example.com' },
      lines: [
        { sku: 'a', amount: 2 },
        { sku: 'b', amount: 3 },
      ],
      tags: ['new'],
    };
    const { lessons, changed, schema } = learned(definition, json(answer), json({ error: 'no' }, 404));
    expect(lessons.map(({ kind, at }) => `${kind} ${at}`)).to.have.members([
      'type /id',
      'type /total',
      'nullable /note',
      'enum /state',
      'type /paid',
      'property /customer/email_address',
      'type /lines/*/amount',
      'type /tags',
      'required /discount',
      'status ',
    ]);
    const expected = JSON.parse(JSON.stringify(definition)) as JsonObject;
    const properties = valueAt(expected, [
      'paths',
      '/orders',
      'get',
      'responses',
      '200',
      'schema',
      'properties',
    ]) as JsonObject;
    Object.assign(properties.id as JsonObject, { type: 'integer', format: 'int64' });
    Object.assign(properties, {
      total: { type: 'number', format: 'double' },
      note: { type: 'string', 'x-nullable': true },
      state: { type: 'string', enum: ['open', 'paid'] },
      paid: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'string', 'x-ms-summary': 'Tag', description: 'The tag.' } },
    });
    Object.assign(valueAt(expected, fromPointer('/paths/~1orders/get/responses/200/schema')) as JsonObject, {
      required: ['id', 'note'],
    });
    Object.assign(valueAt(expected, ['definitions', 'Line', 'properties', 'amount']) as JsonObject, {
      type: 'integer',
      format: 'int32',
    });
    Object.assign(valueAt(expected, ['definitions', 'Customer', 'properties']) as JsonObject, {
      email_address: {
        type: 'string',
        format: 'email',
        'x-ms-summary': 'Email Address',
        description: getOwn(
          valueAt(changed, ['definitions', 'Customer', 'properties', 'email_address']),
          'description',
        ),
      },
    });
    Object.assign(valueAt(expected, ['paths', '/orders', 'get', 'responses']) as JsonObject, {
      404: { description: 'Not Found' },
    });
    expect(changed).to.deep.equal(expected);
    expect(JSON.stringify(changed)).not.to.match(/Ada|example\.com/);
    expect(schema).not.to.equal(undefined);
  });

  it('makes the answer fit', () => {
    const definition = definitionOf(object({ a: text, b: object({ c: { type: 'boolean' } }) }, { required: ['z'] }));
    const value = { a: 1, b: { c: 'yes', d: [{ e: null }, { e: 2 }] }, f: null };
    const { changed } = learned(definition, json(value));
    const operation = findOperation(changed, 'Op');
    const answer = { kind: 'answer', status: 200, headers: new Map(), body: { kind: 'json', value } } as const;
    expect(checkAnswer(operation, answer, { isPoll: false })).to.deep.equal([]);
  });

  describe('of types', () => {
    const typeOf = (declared: JsonObject, ...values: Json[]): Json | undefined =>
      getOwn(
        getOwn(learned(definitionOf(object({ a: declared })), ...values.map((a) => json({ a }))).schema, 'properties'),
        'a',
      );

    it('is what all answers have in common', () => {
      expect(typeOf({ type: 'boolean' }, 1, 2)).to.include({ type: 'integer' });
      expect(typeOf({ type: 'integer', format: 'int32' }, 1, 2.5)).to.include({ type: 'number' });
      expect(typeOf({ type: 'object' }, 'a')).to.include({ type: 'string' });
      expect(typeOf({ type: 'string' }, { b: 1 })).to.have.nested.property('properties.b.type', 'integer');
    });

    it('stays open where they have nothing in common', () => {
      expect(typeOf({ type: 'string', description: 'Whatever.' }, 'a', 1)).to.deep.equal({ description: 'Whatever.' });
      expect(typeOf({ type: 'string' }, 'a', { b: 1 })).to.deep.equal({});
    });

    it('takes what belongs to the former one away, and keeps the rest', () => {
      const declared = {
        type: 'string',
        maxLength: 3,
        pattern: '^a',
        default: 'abc',
        enum: ['abc'],
        title: 'A',
        'x-ms-visibility': 'advanced',
      };
      expect(typeOf(declared, 5)).to.deep.equal({
        type: 'integer',
        title: 'A',
        'x-ms-visibility': 'advanced',
        format: 'int32',
      });
    });

    it('is written in place of a reference to another structure', () => {
      const shared = { definitions: { Customer: object({ name: text }) } };
      const definition = definitionOf(
        object({ customer: { $ref: '#/definitions/Customer' }, buyer: { $ref: '#/definitions/Customer' } }),
        shared,
      );
      const { changed, schema } = learned(definition, json({ customer: 'c-1', buyer: { name: 'n' } }));
      expect(getOwn(getOwn(schema, 'properties'), 'customer')).to.include({ type: 'string' });
      expect(changed.definitions).to.deep.equal(shared.definitions);
    });

    it('does not go to and fro where two places share a definition', () => {
      const shared = { definitions: { Code: { type: 'boolean' } } };
      const reference = { $ref: '#/definitions/Code' };
      const { lessons, changed, schema } = learned(
        definitionOf(object({ a: reference, b: reference }), shared),
        json({ a: 1, b: 'x' }),
      );
      expect(getOwn(changed.definitions, 'Code')).to.include({ type: 'integer' });
      expect(getOwn(getOwn(schema, 'properties'), 'b')).to.include({ type: 'string' });
      expect(lessons).to.have.length(2);
    });
  });

  describe('of properties', () => {
    it('has texts by their names, and those of the thing', () => {
      const definition = definitionOf({ $ref: '#/definitions/Order' }, { definitions: { Order: object({}) } });
      const { changed } = learned(definition, json({ createdAt: '2026-11-28T10:00:00Z' }));
      expect(valueAt(changed, ['definitions', 'Order', 'properties', 'createdAt'])).to.deep.equal({
        type: 'string',
        format: 'date-time',
        'x-ms-summary': 'Created At',
        description: 'When the order was created.',
      });
    });

    it('goes to the part of a composed schema that has properties', () => {
      const base = { definitions: { Base: object({ id: text }) } };
      const definition = definitionOf({ allOf: [{ $ref: '#/definitions/Base' }, object({ a: text })] }, base);
      const { changed, schema } = learned(definition, json({ id: '1', a: 'b', c: true }));
      expect(changed.definitions).to.deep.equal(base.definitions);
      expect(valueAt(schema, ['allOf', '1', 'properties', 'c', 'type'])).to.equal('boolean');
    });

    it('is read-only where requests have the same definition', () => {
      const definition = definitionOf(
        { $ref: '#/definitions/Order' },
        { definitions: { Order: object({ a: text }, { required: ['a'] }) } },
      );
      Object.assign(valueAt(definition, ['paths', '/orders']) as JsonObject, {
        post: {
          operationId: 'Create',
          parameters: [{ in: 'body', name: 'body', schema: { $ref: '#/definitions/Order' } }],
        },
      });
      const { changed, lessons, left } = learned(definition, json({ total: 1 }));
      expect(valueAt(changed, ['definitions', 'Order', 'properties', 'total', 'readOnly'])).to.equal(true);
      expect(valueAt(changed, ['definitions', 'Order', 'required'])).to.deep.equal(['a']);
      expect(lessons).to.have.length(1);
      expect(left.map(({ at }) => at)).to.deep.equal(['/a']);
    });

    it('is none of a map, a dynamic schema, or a file', () => {
      const open: JsonObject[] = [
        { type: 'object', additionalProperties: { type: 'integer' } },
        { type: 'object', additionalProperties: true },
        { type: 'object', 'x-ms-dynamic-schema': { operationId: 'GetSchema' } },
        { type: 'object', 'x-ms-dynamic-properties': { operationId: 'GetSchema' }, properties: { a: text } },
        { type: 'string', format: 'binary' },
        { type: 'file' },
        {},
      ];
      for (const schema of open)
        expect(learned(definitionOf(schema), json({ a: 1, b: 2 })).lessons, JSON.stringify(schema)).to.deep.equal([]);
    });

    it('looks into the values of a map', () => {
      const definition = definitionOf({ type: 'object', additionalProperties: object({ n: { type: 'integer' } }) });
      expect(learned(definition, json({ x: { n: 'a' }, y: { n: 'b' } })).lessons.map(({ at }) => at)).to.deep.equal([
        '/*/n',
      ]);
    });

    it('is none whose name is somebody, or an id', () => {
      for (const name of [
        'ada@example.com',
        '+49 30 901820',
        '2026-11-28',
        '8a6e0804-2bd0-4672-b79d-d97027f9071a',
        '',
        '1234567',
      ]) {
        const { lessons, left, changed } = learned(definitionOf(object({ a: text })), json({ [name]: 1 }));
        expect(lessons, name).to.deep.equal([]);
        expect(left, name).to.have.length(1);
        expect(JSON.stringify(changed)).not.to.contain(name === '' ? '""' : name);
      }
      const inner = learned(definitionOf(object({})), json({ people: { 'ada@example.com': { age: 3 } } }));
      expect(JSON.stringify(inner.changed)).not.to.contain('example.com');
    });

    it('is none of which only null was seen', () => {
      const { lessons, left } = learned(definitionOf(object({ a: text })), json({ b: null }));
      expect(lessons).to.deep.equal([]);
      expect(left.map(({ at }) => at)).to.deep.equal(['/b']);
    });

    it('may have any name', () => {
      const value = JSON.parse(
        '{"__proto__":1,"constructor":2,"a/b":3,"a~b":4,"@odata.context":"x","toString":5}',
      ) as Json;
      const { schema } = learned(definitionOf(object({ a: text })), json(value));
      expect(Object.keys(getOwn(schema, 'properties') as JsonObject)).to.have.members([
        'a',
        '__proto__',
        'constructor',
        'a/b',
        'a~b',
        '@odata.context',
        'toString',
      ]);
    });
  });

  describe('of values', () => {
    const choices = (...values: Json[]) =>
      learned(
        definitionOf(
          object({
            state: { type: 'string', enum: ['open'], 'x-ms-enum-values': [{ value: 'open', displayName: 'Open' }] },
          }),
        ),
        ...values.map((state) => json({ state })),
      );

    it('is a word more, with its label', () => {
      const { schema, lessons } = choices('in_progress', 'open', 'in_progress');
      expect(getOwn(getOwn(schema, 'properties'), 'state')).to.deep.include({
        enum: ['open', 'in_progress'],
        'x-ms-enum-values': [
          { value: 'open', displayName: 'Open' },
          { value: 'in_progress', displayName: 'In Progress' },
        ],
      });
      expect(lessons).to.have.length(1);
    });

    it('is no text that could be somebody', () => {
      for (const value of ['Ada Lovelace', 'ada@example.com', '+49 30 901820', 'id-1234567', '<b>']) {
        const { lessons, left } = choices(value);
        expect(lessons, value).to.deep.equal([]);
        expect(JSON.stringify(left), value).not.to.contain(value);
      }
    });
  });

  describe('of statuses', () => {
    it('is none where a default declares all', () => {
      const definition = definitionOf(object({}));
      Object.assign(valueAt(definition, ['paths', '/orders', 'get', 'responses']) as JsonObject, {
        default: { description: 'Error' },
      });
      expect(learned(definition, json({ error: 1 }, 500)).lessons).to.deep.equal([]);
    });

    it('is none that a definition can not have', () => {
      const { lessons, left } = learned(definitionOf(object({})), json({}, 999));
      expect([lessons.length, left.length]).to.deep.equal([0, 1]);
    });

    it('has a schema where no other success has one', () => {
      const { changed } = learned(definitionOf(undefined), json({ id: 'a' }, 201), json({ e: 1 }, 418));
      const responses = valueAt(changed, ['paths', '/orders', 'get', 'responses']);
      expect(getOwn(getOwn(responses, '201'), 'schema')).to.have.nested.property('properties.id.type', 'string');
      expect(getOwn(responses, '418')).to.deep.equal({ description: 'Status 418' });
    });

    it('has a schema where the declared one lacks it', () => {
      expect(learned(definitionOf(undefined), json({ id: 'a' })).schema).to.have.nested.property(
        'properties.id.type',
        'string',
      );
    });
  });

  it('is said of bodies that are no JSON', () => {
    for (const body of [
      undefined,
      { kind: 'text', text: '<html>' },
      { kind: 'bytes', bytes: Buffer.from([1]) },
    ] as const) {
      const { lessons, left } = learned(definitionOf(object({ a: text })), { status: 200, body });
      expect(lessons).to.deep.equal([]);
      expect(left).to.have.length(1);
    }
  });

  it('is said of formats, and changes none', () => {
    const dates = object({ due: { type: 'string', format: 'date-time' }, size: { type: 'integer', format: 'int32' } });
    const { lessons, left } = learned(definitionOf(dates), json({ due: '2026-11-28', size: 5_000_000_000 }));
    expect(lessons).to.deep.equal([]);
    expect(left.map(({ message }) => message)).to.deep.equal([
      'the format is date-time, and what came is date',
      'the format is int32, and what came is int64',
    ]);
  });

  it('ends in schemas that contain themselves', () => {
    const node = object({ id: text, children: { type: 'array', items: { $ref: '#/definitions/Node' } } });
    const definition = definitionOf({ $ref: '#/definitions/Node' }, { definitions: { Node: node } });
    const { lessons } = learned(definition, json({ children: [{ children: [{ id: 1, size: 2 }] }] }));
    expect(lessons.map(({ pointer }) => pointer)).to.have.members([
      '/definitions/Node/properties/id',
      '/definitions/Node/properties/size',
    ]);
  });

  it('of notifications changes what the path declares', () => {
    const definition: JsonObject = { swagger: '2.0', host: 'a.contoso.com', paths: hooks() };
    const body = { kind: 'json', value: { id: 'a', total: '3', paid: true } } as const;
    const { lessons } = learn(findOperation(definition, 'OnOrder'), [{ status: undefined, body }]);
    const content = '/paths/~1hooks/x-ms-notification-content/schema/properties';
    expect(lessons.map(({ pointer }) => pointer)).to.have.members([`${content}/total`, `${content}/paid`]);
  });
});
