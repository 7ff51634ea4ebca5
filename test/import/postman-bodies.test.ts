import { expect } from 'chai';
import fc from 'fast-check';
import { asArray, asObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { bare, codesOf, convert, firstOperation, parametersOf } from './convert.ts';
import { faultsOf } from './faults.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** A collection whose only request, below some folders, sends this body. */
function sending(body: Json, parts: { folders?: readonly JsonObject[]; request?: JsonObject } = {}): JsonObject {
  const { folders = [], request = {} } = parts;
  const url = { raw: '{{base}}/beds', host: ['{{base}}'], path: ['beds'] };
  const item = { name: 'Plan a bed', request: { method: 'POST', url, body, ...request } };
  return {
    info: { name: 'Beds', schema },
    variable: [{ key: 'base', value: 'https://beds.contoso.com/v1' }],
    item: [folders.reduceRight<JsonObject>((inner, folder) => ({ ...folder, item: [inner] }), item)],
  };
}

const bodyOf = (definition: JsonObject, parameter: JsonObject | undefined): Json =>
  bare(
    asObject(definition.definitions)[String(asObject(parameter?.schema).$ref).replace('#/definitions/', '')] ??
      parameter?.schema,
  );

describe('import: bodies of Postman', () => {
  const rows: readonly (readonly [what: string, body: JsonObject, sent: Json])[] = [
    [
      'raw JSON',
      { mode: 'raw', raw: '{"size": 2, "kind": null}' },
      { type: 'object', properties: { size: { type: 'integer', format: 'int32' }, kind: {} } },
    ],
    [
      'raw JSON with variables, bare ones among them',
      { mode: 'raw', raw: '{"size": {{size}}, "kind": "{{kind}}"}' },
      { type: 'object', properties: { size: {}, kind: { type: 'string' } } },
    ],
    ['raw text', { mode: 'raw', raw: 'roses' }, { type: 'string' }],
    ['a file', { mode: 'file', file: { src: '/tmp/x' } }, { type: 'string', format: 'binary' }],
    [
      'GraphQL',
      { mode: 'graphql', graphql: { query: '{ beds { id } }', variables: '{"a": 1}' } },
      {
        type: 'object',
        required: ['query'],
        properties: {
          query: { type: 'string', default: '{ beds { id } }' },
          variables: { type: 'object', properties: { a: { type: 'integer', format: 'int32' } } },
        },
      },
    ],
  ];
  for (const [what, body, sent] of rows) {
    it(what, async () => {
      const result = await convert(sending(body));
      const parameter = parametersOf(firstOperation(result)).find((entry) => entry.in === 'body');
      expect(bodyOf(result.definition, parameter)).to.deep.equal(sent);
      expect(await faultsOf(JSON.stringify(sending(body)))).to.deep.equal([]);
    });
  }

  for (const [mode, type] of [
    ['urlencoded', 'application/x-www-form-urlencoded'],
    ['formdata', 'multipart/form-data'],
  ] as const) {
    it(`${mode}: each field, those that are turned off among them`, async () => {
      const fields: JsonObject[] = [
        { key: 'kind', value: 'roses', description: 'What grows there.' },
        { key: 'size', value: '2', disabled: true },
      ];
      const operation = firstOperation(await convert(sending({ mode, [mode]: fields })));
      expect(operation.consumes).to.deep.equal([type]);
      expect(parametersOf(operation).map((entry) => [entry.in, entry.name])).to.deep.equal([
        ['formData', 'kind'],
        ['formData', 'size'],
      ]);
    });
  }

  it('in folders, with what folders say about signing in and variables', async () => {
    const auth = { type: 'basic', basic: [{ key: 'username', value: '{{user}}' }] };
    const folders: JsonObject[] = [{ name: 'Garden', auth }, { name: 'Beds' }];
    const body = { mode: 'raw', raw: '{}' };
    const inherited = await convert(sending(body, { folders }));
    expect(Object.values(asObject(inherited.definition.securityDefinitions))).to.deep.equal([{ type: 'basic' }]);
    expect(inherited.definition.host).to.equal('beds.contoso.com');
    const open = await convert(sending(body, { folders, request: { auth: { type: 'noauth' } } }));
    expect(open.definition).to.not.have.property('securityDefinitions');
  });

  it("says that a form which it doesn't know is lost", async () => {
    const result = await convert(sending({ mode: 'odd', odd: 'roses' }));
    expect(codesOf(result)).to.include('body-media-dropped');
    expect(asArray(firstOperation(result).parameters)).to.deep.equal([]);
  });

  it('of any mode and content have no error, no silent loss, and stay the same the second time', async () => {
    const text = fc.constantFrom('', 'roses', '{{kind}}', '{"a": [1, {"b": null}]}', '[]', '{"a": {{b}}}', '{', '7');
    const field = fc.record(
      {
        key: fc.constantFrom('kind', 'a b', '', 'constructor', '{{key}}', 'tags[]'),
        value: fc.oneof(text, fc.constantFrom<Json[]>(null, 1, ['a'])),
        type: fc.constantFrom('text', 'file', 'odd'),
        disabled: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const fields = fc.array(field, { maxLength: 3 });
    const body = fc.record(
      {
        mode: fc.constantFrom('raw', 'urlencoded', 'formdata', 'file', 'graphql', 'none', 'odd'),
        raw: text,
        urlencoded: fields,
        formdata: fields,
        file: fc.constantFrom<Json[]>({}, { src: ['a', 'b'] }, null),
        graphql: fc.constantFrom<Json[]>({ query: '{ a }' }, {}, { query: 1, variables: '{' }),
        options: fc.constantFrom<Json[]>({ raw: { language: 'xml' } }, { raw: { language: 'json' } }, {}),
        disabled: fc.boolean(),
      },
      { requiredKeys: ['mode'] },
    ) as fc.Arbitrary<JsonObject>;
    const folder = fc.record(
      {
        name: fc.constantFrom('Beds', '', 'v1'),
        auth: fc.constantFrom<Json[]>({ type: 'basic' }, { type: 'noauth' }, null, { type: 'bearer', bearer: [] }),
        variable: fc.constantFrom<Json[]>([{ key: 'base', value: 'https://other.contoso.com' }], [], null),
      },
      { requiredKeys: ['name'] },
    ) as fc.Arbitrary<JsonObject>;
    await fc.assert(
      fc.asyncProperty(body, fc.array(folder, { maxLength: 2 }), async (sent, folders) => {
        expect(await faultsOf(JSON.stringify(sending(sent, { folders })))).to.deep.equal([]);
      }),
      { numRuns: 80, seed: 12 },
    );
  });
});

describe('import: queries of GraphQL in Postman', () => {
  const ask = (name: string, query: string, variables?: string): JsonObject => ({
    name,
    request: {
      method: 'POST',
      url: 'https://beds.contoso.com/graphql',
      description: `${name} of the garden.`,
      body: { mode: 'graphql', graphql: { query, ...(variables === undefined ? {} : { variables }) } },
    },
  });
  const collection = (...item: JsonObject[]): JsonObject => ({ info: { name: 'Beds', schema }, item });
  const bedsQuery = 'query beds($first: Int) { beds(first: $first) { id } }';

  it('one query is the default of the action, whose variables have their types', async () => {
    const result = await convert(collection(ask('List beds', bedsQuery, '{"first": 10}')));
    const operation = firstOperation(result);
    expect(operation).to.include({ summary: 'List beds' });
    const { properties } = asObject(bodyOf(result.definition, parametersOf(operation)[0]));
    expect(asObject(properties)).to.deep.equal({
      query: { type: 'string', default: bedsQuery },
      variables: { type: 'object', properties: { first: { type: 'integer', format: 'int32' } } },
    });
  });

  it('values in a query stay out of the connector', async () => {
    for (const query of ['{ bed(id: "b1") { id } }', '{ bed(id: {{id}}) { id } }']) {
      const result = await convert(collection(ask('Get a bed', query)));
      expect(JSON.stringify(result.definition)).to.not.include('bed(id');
    }
  });

  it('several queries are one action that is called after none of them, and each is reported', async () => {
    const result = await convert(collection(ask('List beds', bedsQuery), ask('Get a bed', '{ bed { id } }')));
    const operation = firstOperation(result);
    expect(operation).to.include({ summary: 'Send GraphQL query', operationId: 'SendGraphQLQuery' });
    expect(operation.description).to.equal('Sends a GraphQL query.');
    expect(JSON.stringify(result.definition)).to.not.include('first: $first');
    const reported = result.report.entries.filter(({ code }) => code === 'postman-variants');
    expect(reported.map(({ pointer }) => pointer)).to.deep.equal(['/item/0/request', '/item/1/request']);
  });
});
