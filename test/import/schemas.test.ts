import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/connector/json/value.ts';
import { answering, answerOf, bare, codesOf, convert, convertText, convertTwice, schemaErrors } from './convert.ts';

/** What becomes of a property: the schema in the source, the schema in the result, the code of an entry. */
const rows: readonly (readonly [what: string, source: Json, result: Json, code?: string])[] = [
  ['a plain type', { type: 'string' }, { type: 'string' }],
  ['nullable of 3.0', { type: 'string', nullable: true }, { type: 'string', 'x-nullable': true }, 'nullable'],
  ['null in a list of types', { type: ['integer', 'null'] }, { type: 'integer', 'x-nullable': true }, 'nullable'],
  [
    'a null branch',
    { anyOf: [{ type: 'number' }, { type: 'null' }] },
    { type: 'number', 'x-nullable': true },
    'nullable',
  ],
  ['null in an enum', { type: 'string', enum: ['a', null] }, { type: 'string', enum: ['a'], 'x-nullable': true }],
  ['a null default', { type: 'string', default: null }, { type: 'string' }, 'default-invalid'],
  ['a list of types', { type: ['integer', 'string'] }, { type: 'string' }, 'union-scalar'],
  ['integer or number', { type: ['integer', 'number'] }, { type: 'number' }, 'union-scalar'],
  ['only null', { type: 'null' }, {}, 'null-only'],
  ['a type implied by items', { items: { type: 'string' } }, { type: 'array', items: { type: 'string' } }],
  ['a type implied by an enum', { enum: [1, 2] }, { type: 'integer', enum: [1, 2] }],
  ['a type implied by a pattern', { pattern: '^a' }, { type: 'string', pattern: '^a' }],
  ['const', { const: 'x' }, { type: 'string', enum: ['x'] }],
  ['a falsy const', { const: false }, { type: 'boolean', enum: [false] }],
  [
    'constants of a union',
    {
      oneOf: [
        { const: 1, title: 'One' },
        { const: 2, title: 'Two' },
      ],
    },
    {
      type: 'integer',
      enum: [1, 2],
      'x-ms-enum-values': [
        { value: 1, displayName: 'One' },
        { value: 2, displayName: 'Two' },
      ],
    },
  ],
  [
    'an enum of mixed types',
    { type: 'string', enum: [true, 1, 'a', 'a'] },
    { type: 'string', enum: ['true', '1', 'a'] },
  ],
  ['a default as a text', { type: 'integer', default: '10' }, { type: 'integer', default: 10 }],
  [
    'a default outside the enum',
    { type: 'string', enum: ['a'], default: 'b' },
    { type: 'string', enum: ['a'] },
    'default-invalid',
  ],
  [
    'an exclusive bound of 3.1',
    { type: 'number', exclusiveMinimum: 0 },
    { type: 'number', minimum: 0, exclusiveMinimum: true },
  ],
  [
    'an exclusive flag of 3.0',
    { type: 'number', maximum: 5, exclusiveMaximum: true },
    { type: 'number', maximum: 5, exclusiveMaximum: true },
  ],
  ['bounds the wrong way round', { type: 'integer', minimum: 5, maximum: 1 }, { type: 'integer' }],
  ['an integer that is not exact', { type: 'integer', maximum: 2 ** 63 }, { type: 'integer' }, 'unsafe-integer'],
  ['an unknown numeric format', { type: 'integer', format: 'uint8' }, { type: 'integer' }, 'format-dropped'],
  ['an unknown text format', { type: 'string', format: 'duration' }, { type: 'string' }, 'format-dropped'],
  ['a format of another vocabulary', { type: 'string', format: 'guid' }, { type: 'string', format: 'uuid' }],
  ['binary inside an object', { type: 'string', format: 'binary' }, { type: 'string', format: 'byte' }],
  ['contentEncoding', { type: 'string', contentEncoding: 'base64' }, { type: 'string', format: 'byte' }],
  ['a pattern that cannot be compiled', { type: 'string', pattern: '(?<a' }, { type: 'string' }, 'pattern-dropped'],
  ['an array without items', { type: 'array' }, { type: 'array', items: {} }],
  [
    'a tuple',
    { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'number' }] },
    { type: 'array', items: { type: 'number' } },
    'tuple',
  ],
  [
    'one value or a list',
    { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
    { type: 'array', items: { type: 'string' } },
    'union-array',
  ],
  [
    'an expandable id',
    { anyOf: [{ type: 'string' }, { type: 'object', properties: { a: { type: 'string' } } }] },
    { type: 'string' },
    'union-expandable',
  ],
  [
    'nothing in common',
    { anyOf: [{ type: 'boolean' }, { type: 'object', properties: { a: { type: 'string' } } }] },
    {},
    'union-untyped',
  ],
  ['true', true, {}],
  [
    'a map',
    { type: 'object', additionalProperties: { type: 'integer' } },
    { type: 'object', additionalProperties: { type: 'integer' } },
  ],
  [
    'a map beside properties',
    { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'integer' } },
    { type: 'object', properties: { a: { type: 'string' } } },
    'map-dropped',
  ],
  [
    'a closed object',
    { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
    { type: 'object', properties: { a: { type: 'string' } } },
  ],
  [
    'pattern properties',
    { type: 'object', patternProperties: { '^x': { type: 'string' } } },
    { type: 'object', additionalProperties: { type: 'string' } },
  ],
  [
    "required names that don't exist",
    { type: 'object', required: ['a', 'b'], properties: { a: { type: 'string' } } },
    { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
  ],
  [
    'read-only and required',
    { type: 'object', required: ['a'], properties: { a: { type: 'string', readOnly: true } } },
    { type: 'object', properties: { a: { type: 'string', readOnly: true } } },
  ],
  ['write-only', { type: 'string', writeOnly: true }, { type: 'string' }],
  [
    'a condition',
    { type: 'object', properties: { a: { type: 'string' } }, else: { properties: { b: { type: 'string' } } } },
    { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
    'conditional',
  ],
  [
    'branches that only require',
    {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
    'union-required',
  ],
  [
    'allOf',
    {
      allOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 1 } } },
        { required: ['b'], properties: { a: { type: 'string', maxLength: 9 }, b: { type: 'integer' } } },
      ],
    },
    {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: { type: 'string', minLength: 1, maxLength: 9 }, b: { type: 'integer' } },
    },
  ],
  [
    'allOf that contradicts itself',
    { allOf: [{ type: 'string' }, { type: 'integer' }] },
    { type: 'integer' },
    'allof-conflict',
  ],
  [
    'alternatives that are objects',
    {
      oneOf: [
        { type: 'object', required: ['k', 'a'], properties: { k: { const: 'x' }, a: { type: 'string' } } },
        { type: 'object', required: ['k'], properties: { k: { const: 'y' }, b: { type: 'string' } } },
      ],
    },
    {
      type: 'object',
      required: ['k'],
      properties: { k: { type: 'string', enum: ['x', 'y'] }, a: { type: 'string' }, b: { type: 'string' } },
    },
    'union-merged',
  ],
  ['a deprecated property', { type: 'string', deprecated: true }, { type: 'string', 'x-ms-visibility': 'advanced' }],
  [
    'properties with the names of keywords',
    {
      type: 'object',
      properties: {
        $ref: { type: 'string' },
        items: { type: 'string' },
        required: { type: 'boolean' },
        type: { type: 'string' },
      },
    },
    {
      type: 'object',
      properties: {
        $ref: { type: 'string' },
        items: { type: 'string' },
        required: { type: 'boolean' },
        type: { type: 'string' },
      },
    },
  ],
];

describe('import: schemas', () => {
  for (const [what, source, wanted, code] of rows) {
    it(what, async () => {
      const result = await convert(answering({ type: 'object', properties: { value: source } }));
      const property = (answerOf(result).properties as JsonObject).value;
      expect(bare(property)).to.deep.equal(wanted);
      if (code !== undefined) expect(codesOf(result)).to.include(code);
      expect(schemaErrors(result.definition)).to.deep.equal([]);
    });
  }

  it('leaves out a property that may never be present, and says so', async () => {
    const result = await convert(answering({ type: 'object', properties: { a: { type: 'string' }, b: false } }));
    expect(Object.keys(answerOf(result).properties as JsonObject)).to.deep.equal(['a']);
    expect(result.report.entries.find(({ code }) => code === 'property-forbidden')?.pointer).to.match(
      /\/properties\/b$/,
    );
  });

  it('refers to objects, writes out scalars', async () => {
    const schemas = {
      Parcel: {
        type: 'object',
        properties: { id: { $ref: '#/components/schemas/Id' }, next: { $ref: '#/components/schemas/Parcel' } },
      },
      Id: { type: 'string', format: 'uuid', description: 'The key.' },
    };
    const result = await convert(answering({ $ref: '#/components/schemas/Parcel' }, { components: { schemas } }));
    expect(answerOf(result)).to.deep.equal({ $ref: '#/definitions/Parcel' });
    expect(result.definition.definitions).to.deep.equal({
      Parcel: {
        type: 'object',
        properties: {
          id: { type: 'string', format: 'uuid', 'x-ms-summary': 'ID', description: 'The key.' },
          next: { $ref: '#/definitions/Parcel' },
        },
      },
    });
  });

  it('keeps a reference that only has annotations beside it', async () => {
    const schemas = { A: { type: 'object', properties: { x: { type: 'string' } } } };
    const properties: JsonObject[] = [
      { $ref: '#/components/schemas/A', description: 'Mine.' },
      { allOf: [{ $ref: '#/components/schemas/A' }], nullable: true },
      { type: 'object', allOf: [{ $ref: '#/components/schemas/A' }] },
      { oneOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] },
    ];
    for (const property of properties) {
      const result = await convert(
        answering({ type: 'object', properties: { a: property } }, { components: { schemas } }),
      );
      expect((answerOf(result).properties as JsonObject).a, JSON.stringify(property)).to.deep.equal({
        $ref: '#/definitions/A',
      });
    }
  });

  it('gives the discriminator the names of the mapping', async () => {
    const schemas = {
      Cat: { type: 'object', properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
      Dog: { type: 'object', properties: { kind: { type: 'string' }, bark: { type: 'string' } } },
    };
    const union = {
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: {
        propertyName: 'kind',
        mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' },
      },
    };
    const result = await convert(answering(union, { components: { schemas } }));
    expect(bare((answerOf(result).properties as JsonObject).kind)).to.deep.equal({
      type: 'string',
      enum: ['cat', 'dog'],
    });
  });

  it('makes a chain of required properties that never ends possible to fill', async () => {
    const schemas = {
      A: { type: 'object', required: ['b'], properties: { b: { $ref: '#/components/schemas/B' } } },
      B: { type: 'object', required: ['a'], properties: { a: { $ref: '#/components/schemas/A' } } },
    };
    const result = await convert(answering({ $ref: '#/components/schemas/A' }, { components: { schemas } }));
    expect(codesOf(result)).to.include('required-cycle');
    expect(JSON.stringify(result.definition.definitions).match(/required/g)).to.have.length(1);
  });

  it('survives schemas that are made of themselves', async () => {
    const schemas: JsonObject = {
      A: {
        allOf: [{ $ref: '#/components/schemas/B' }],
        properties: {
          l: { $ref: '#/components/schemas/L' },
          o: { $ref: '#/components/schemas/O' },
          s: { $ref: '#/components/schemas/S' },
          v: { $ref: '#/components/schemas/V' },
        },
      },
      B: { allOf: [{ $ref: '#/components/schemas/A' }], properties: { b: { type: 'string' } } },
      L: { type: 'array', items: { $ref: '#/components/schemas/L' } },
      O: { oneOf: [{ $ref: '#/components/schemas/O' }, { type: 'array', items: { $ref: '#/components/schemas/O' } }] },
      S: { $ref: '#/components/schemas/S' },
      // any JSON value: its list is one only as an alternative
      V: { oneOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#/components/schemas/V' } }], type: 'null' },
    };
    const document = answering({ $ref: '#/components/schemas/A' }, { components: { schemas } });
    const [first, second] = await convertTwice(document);
    expect(second).to.equal(first);
    expect(schemaErrors(JSON.parse(first) as JsonObject)).to.deep.equal([]);
  });

  it('never assigns to a prototype', async () => {
    const text = JSON.stringify(
      answering(
        {
          type: 'object',
          properties: {
            PROTO: { type: 'string' },
            constructor: { type: 'string' },
            toString: { $ref: '#/components/schemas/constructor' },
          },
        },
        { components: { schemas: { constructor: { type: 'object', properties: { valueOf: { type: 'integer' } } } } } },
      ),
    );
    const result = await convertText(text.replace('PROTO', '__proto__'));
    expect(Object.keys(answerOf(result).properties as JsonObject)).to.deep.equal(['constructor', 'toString']);
    expect(codesOf(result)).to.include('name-unsafe');
  });
});
