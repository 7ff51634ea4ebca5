import { expect } from 'chai';
import { type InferOptions, inferSchema, type SchemaLoss } from '../../src/connector/infer-schema.ts';
import type { Json } from '../../src/connector/json/value.ts';
import { asObject, getOwn, valueAt } from '../../src/connector/json/value.ts';

/** Type and format of the property `x` over the given values. */
const typeOf = (...values: Json[]): string => {
  const schema = inferSchema(values.map((x) => ({ x })));
  const property = asObject(valueAt(schema, ['properties', 'x']));
  return [getOwn(property, 'type'), getOwn(property, 'format')].filter((part) => part !== undefined).join(' ');
};

describe('inferSchema', () => {
  it('describes objects, lists and their items', () => {
    expect(inferSchema([{ order_id: 7, lines: [{ sku: 'a', price: 1.5 }], tags: ['x'] }])).to.deep.equal({
      type: 'object',
      properties: {
        order_id: { type: 'integer', format: 'int32', 'x-ms-summary': 'Order ID', description: 'The ID of the order.' },
        lines: {
          type: 'array',
          'x-ms-summary': 'Lines',
          description: 'The lines.',
          items: {
            type: 'object',
            properties: {
              sku: { type: 'string', 'x-ms-summary': 'SKU', description: 'The SKU.' },
              price: { type: 'number', format: 'double', 'x-ms-summary': 'Price', description: 'The price.' },
            },
          },
        },
        tags: {
          type: 'array',
          'x-ms-summary': 'Tags',
          description: 'The tags.',
          items: { type: 'string', 'x-ms-summary': 'Tag', description: 'The tag.' },
        },
      },
    });
  });

  const types: [Json[], string][] = [
    [['2024-02-29'], 'string date'],
    [['2024-02-30'], 'string'],
    [['2024-01-01T10:00:00Z', '2024-01-01T10:00:00.123+02:00'], 'string date-time'],
    [['2024-01-01T10:00:00'], 'string date-no-tz'],
    [['2024-01-01T10:00:00Z', '2024-01-01'], 'string'],
    [['2024-01-01', ''], 'string'],
    [['ann@contoso.com'], 'string email'],
    [['https://contoso.com/a'], 'string uri'],
    [['6f9619ff-8b86-d011-b42d-00c04fc964ff'], 'string uuid'],
    [[1, 2147483647], 'integer int32'],
    [[1, 2147483648], 'integer int64'],
    [[1, 1.5], 'number double'],
    [[1e300], 'number double'],
    [[true, false], 'boolean'],
    [[true, 'x'], 'string'],
    [[1, '1'], 'string'],
    [[null, 3], 'integer int32'],
    [[null], ''],
    [[{}, 'x'], ''],
    [[[1], 2], 'array'],
    [[{}], 'object'],
  ];
  for (const [values, type] of types) {
    it(`${JSON.stringify(values)} is ${type || 'untyped'}`, () => expect(typeOf(...values)).to.equal(type));
  }

  it('unites samples and items, in the order of their first appearance', () => {
    const schema = inferSchema([{ a: [{ x: 1 }, { y: 2 }] }, { b: true }]);
    expect(Object.keys(asObject(getOwn(schema, 'properties')))).to.deep.equal(['a', 'b']);
    expect(Object.keys(asObject(valueAt(schema, ['properties', 'a', 'items', 'properties'])))).to.deep.equal([
      'x',
      'y',
    ]);
  });

  it('requires what all samples have, when asked', () => {
    const samples: Json[] = [
      { a: 1, b: null, c: [{ d: 1 }, { d: 2, e: 1 }] },
      { a: 2, b: 1, c: [] },
    ];
    const schema = inferSchema(samples, { required: 'always-present' });
    expect(getOwn(schema, 'required')).to.deep.equal(['a', 'c']);
    expect(valueAt(schema, ['properties', 'c', 'items', 'required'])).to.deep.equal(['d']);
    expect(JSON.stringify(inferSchema(samples))).to.not.contain('required');
  });

  it('describes plain values and lists at the root', () => {
    expect(inferSchema(['x'])).to.deep.equal({ type: 'string', 'x-ms-summary': 'Value', description: 'The value.' });
    expect(inferSchema([[]])).to.deep.equal({ type: 'array', items: {} });
    expect(inferSchema([[], [3]])).to.deep.include({ type: 'array' });
    expect(inferSchema([])).to.deep.equal({ 'x-ms-summary': 'Value', description: 'The value.' });
  });

  it('takes keys that are ids for a map', () => {
    const entries = Array.from({ length: 20 }, (_, index) => [String(1000 + index), { n: index }]);
    expect(inferSchema([Object.fromEntries(entries)])).to.deep.equal({
      type: 'object',
      additionalProperties: {
        type: 'object',
        properties: { n: { type: 'integer', format: 'int32', 'x-ms-summary': 'N', description: 'The value of "N".' } },
      },
    });
  });

  it('takes any name for a property', () => {
    const sample = JSON.parse('{ "__proto__": 1, "constructor": 2, "type": "x", "properties": {}, "": 0 }');
    const properties = asObject(getOwn(inferSchema([sample]), 'properties'));
    expect(Object.keys(properties)).to.deep.equal(['__proto__', 'constructor', 'type', 'properties', '']);
  });

  const losses = (sample: Json, options: InferOptions = {}) => {
    const found: SchemaLoss[] = [];
    const schema = inferSchema([sample], { ...options, onLoss: (loss) => found.push(loss) });
    return { schema, found };
  };

  it('leaves deep levels open and says where', () => {
    const { schema, found } = losses({ a: { b: { c: 1 } } }, { maxDepth: 2 });
    expect(valueAt(schema, ['properties', 'a', 'properties', 'b'])).to.deep.equal({
      type: 'object',
      'x-ms-summary': 'B',
      description: 'The value of "B".',
    });
    expect(found.map((loss) => loss.pointer)).to.deep.equal(['/properties/a/properties/b']);
  });

  it('survives a sample nested a thousand times', () => {
    let sample: Json = 1;
    for (let depth = 0; depth < 1000; depth += 1) sample = depth % 2 === 0 ? [sample] : { x: sample };
    const { schema, found } = losses(sample);
    expect(JSON.stringify(schema).length).to.be.lessThan(2000);
    expect(found).to.have.length(1);
  });

  it('stays below the number of schemas by leaving the deepest levels open', () => {
    const inner = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`p${index}`, index]));
    const sample = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`o${index}`, inner]));
    const { schema, found } = losses(sample);
    expect(Object.keys(asObject(getOwn(schema, 'properties')))).to.have.length(20);
    expect(found).to.have.length(20);
    expect(JSON.stringify(schema)).to.not.contain('p99');
  });

  it('leaves its samples unchanged', () => {
    const sample = Object.freeze({ a: Object.freeze([1]) });
    inferSchema([sample as unknown as Json]);
    expect(sample).to.deep.equal({ a: [1] });
  });
});
