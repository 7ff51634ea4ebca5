import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { asArray, asObject } from '../../src/connector/json/value.ts';
import {
  bare,
  codesOf,
  convert,
  convertTwice,
  firstOperation,
  openApi,
  operationOf,
  parametersOf,
  refusalOf,
  schemaErrors,
  sending,
} from './convert.ts';

const ok = { responses: { '200': { description: 'Done.' } } };
const list = { type: 'array', items: { type: 'string', enum: ['a', 'b'] } };
const filter = { type: 'object', properties: { status: { type: 'string' }, age: { type: 'integer' } } };

/** A parameter of the source, what it becomes (without texts), and the code of the entry. */
const parameterRows: readonly (readonly [what: string, source: JsonObject, result: JsonObject[], code?: string])[] = [
  [
    'a scalar',
    { name: 'q', in: 'query', schema: { type: 'integer', minimum: 1 } },
    [{ name: 'q', in: 'query', type: 'integer', minimum: 1 }],
  ],
  [
    'a list that is repeated',
    { name: 'q', in: 'query', schema: list },
    [{ name: 'q', in: 'query', type: 'string', enum: ['a', 'b'] }],
    'query-array-multi',
  ],
  [
    'a list joined by commas',
    { name: 'q', in: 'query', explode: false, schema: list },
    [{ name: 'q', in: 'query', type: 'array', items: { type: 'string', enum: ['a', 'b'] } }],
    'power-apps-array',
  ],
  [
    'a list joined by pipes',
    { name: 'q', in: 'query', style: 'pipeDelimited', schema: list },
    [{ name: 'q', in: 'query', type: 'string' }],
    'query-array-delimiter',
  ],
  [
    'a deep object',
    { name: 'filter', in: 'query', style: 'deepObject', schema: filter },
    [
      { name: 'filter[status]', in: 'query', type: 'string' },
      { name: 'filter[age]', in: 'query', type: 'integer' },
    ],
    'param-object',
  ],
  [
    'an exploded object',
    { name: 'filter', in: 'query', schema: filter },
    [
      { name: 'status', in: 'query', type: 'string' },
      { name: 'age', in: 'query', type: 'integer' },
    ],
    'param-object',
  ],
  [
    'a deep object with free names',
    { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object', additionalProperties: true } },
    [],
    'param-object-deep',
  ],
  [
    'an object in a header',
    { name: 'X-Filter', in: 'header', schema: filter },
    [{ name: 'X-Filter', in: 'header', type: 'string' }],
    'param-object',
  ],
  [
    'a list in a header',
    { name: 'X-List', in: 'header', schema: list },
    [{ name: 'X-List', in: 'header', type: 'string' }],
    'param-array',
  ],
  [
    'JSON',
    { name: 'q', in: 'query', content: { 'application/json': { schema: filter } } },
    [{ name: 'q', in: 'query', type: 'string' }],
    'param-json',
  ],
  ['a cookie', { name: 'c', in: 'cookie', schema: { type: 'string' } }, [], 'param-cookie'],
  ['a reserved header', { name: 'Accept', in: 'header', schema: { type: 'string' } }, [], 'header-reserved'],
  ['the sign-in', { name: 'Authorization', in: 'header', schema: { type: 'string' } }, [], 'auth-parameter'],
  ['a reserved name', { name: 'connectionId', in: 'query', schema: { type: 'string' } }, [], 'param-reserved'],
  [
    'one possible value',
    { name: 'v', in: 'query', required: true, schema: { type: 'string', enum: ['2'] } },
    [
      {
        name: 'v',
        in: 'query',
        required: true,
        type: 'string',
        'x-ms-visibility': 'internal',
        enum: ['2'],
        default: '2',
      },
    ],
  ],
  [
    'paging',
    { name: 'page_size', in: 'query', schema: { type: 'integer' } },
    [{ name: 'page_size', in: 'query', type: 'integer', 'x-ms-visibility': 'advanced' }],
  ],
  [
    'something deprecated',
    { name: 'old', in: 'query', deprecated: true, schema: { type: 'string' } },
    [{ name: 'old', in: 'query', type: 'string', 'x-ms-visibility': 'advanced' }],
  ],
  [
    'several types',
    { name: 'q', in: 'query', schema: { oneOf: [{ type: 'string' }, { type: 'integer' }] } },
    [{ name: 'q', in: 'query', type: 'string' }],
    'union-scalar',
  ],
];

describe('import: parameters', () => {
  for (const [what, source, wanted, code] of parameterRows) {
    it(what, async () => {
      const result = await convert(openApi({ '/parcels': { get: { parameters: [source], ...ok } } }));
      expect(parametersOf(firstOperation(result)).map(bare)).to.deep.equal(wanted);
      if (code !== undefined) expect(codesOf(result)).to.include(code);
      expect(schemaErrors(result.definition)).to.deep.equal([]);
    });
  }

  it('writes lists the way that --arrays says', async () => {
    const document = openApi({
      '/parcels': {
        get: {
          parameters: [
            { name: 'q', in: 'query', schema: list },
            { name: 'r', in: 'query', explode: false, schema: list },
          ],
          ...ok,
        },
      },
    });
    const types = async (arrays: 'csv' | 'string'): Promise<unknown[]> =>
      parametersOf(firstOperation(await convert(document, { arrays }))).map(({ type }) => type);
    expect(await types('csv')).to.deep.equal(['array', 'array']);
    expect(await types('string')).to.deep.equal(['string', 'string']);
  });

  it('describes every parameter', async () => {
    const result = await convert(
      openApi({
        '/parcels/{parcel_id}': {
          get: { parameters: [{ name: 'parcel_id', in: 'path', required: true, schema: { type: 'string' } }], ...ok },
        },
      }),
    );
    expect(parametersOf(firstOperation(result))).to.deep.equal([
      {
        name: 'parcel_id',
        in: 'path',
        required: true,
        type: 'string',
        'x-ms-summary': 'Parcel ID',
        description: 'The ID of the parcel.',
        'x-ms-url-encoding': 'single',
      },
    ]);
  });

  it('adds path parameters that are missing and drops those that are unused', async () => {
    const result = await convert(
      openApi({
        '/a/{x}': {
          get: { parameters: [{ name: 'y', in: 'path', required: true, schema: { type: 'string' } }], ...ok },
        },
      }),
    );
    expect(parametersOf(firstOperation(result)).map(({ name }) => name)).to.deep.equal(['x']);
    expect(codesOf(result)).to.include.members(['path-param-added', 'param-unused']);
  });

  it('moves label and matrix prefixes into the path', async () => {
    const result = await convert(
      openApi({
        '/a/{x}/{y}': {
          get: {
            parameters: [
              { name: 'x', in: 'path', required: true, style: 'label', schema: { type: 'string' } },
              { name: 'y', in: 'path', required: true, style: 'matrix', schema: { type: 'string' } },
            ],
            ...ok,
          },
        },
      }),
    );
    expect(Object.keys(asObject(result.definition.paths))).to.deep.equal(['/a/.{x}/;y={y}']);
  });
});

const operationsOf = ({ paths }: JsonObject): string[] =>
  Object.entries(asObject(paths) ?? {}).flatMap(([path, item]) =>
    Object.keys(asObject(item) ?? {}).map((method) => `${method} ${path}`),
  );

describe('import: paths and ids', () => {
  it('cuts fragments and turns constant queries into parameters', async () => {
    const result = await convert(
      openApi({ '/files#upload': { get: ok }, '/files?kind=new': { post: ok }, '/files#copy': { get: ok } }),
    );
    expect(Object.keys(asObject(result.definition.paths))).to.deep.equal(['/files']);
    expect(bare(parametersOf(operationOf(result, '/files', 'post'))[0])).to.deep.equal({
      name: 'kind',
      in: 'query',
      required: true,
      type: 'string',
      'x-ms-visibility': 'internal',
      default: 'new',
    });
    expect(result.report.entries.find(({ code }) => code === 'path-collision')?.pointer).to.equal(
      '/paths/~1files#copy/get',
    );
  });

  it('merges paths that differ in names of variables or in case', async () => {
    const result = await convert(
      openApi({
        '/a/{x}': { get: ok },
        '/A/{y}': {
          put: { parameters: [{ name: 'y', in: 'path', required: true, schema: { type: 'string' } }], ...ok },
        },
      }),
    );
    expect(Object.keys(asObject(result.definition.paths))).to.deep.equal(['/a/{x}']);
    expect(parametersOf(operationOf(result, '/a/{x}', 'put')).map(({ name }) => name)).to.deep.equal(['x']);
  });

  const ids: readonly (readonly [string, string, string | undefined, string])[] = [
    ['get', '/pets/{id}', undefined, 'GetPet'],
    ['get', '/pets', undefined, 'ListPets'],
    ['post', '/pets', undefined, 'CreatePet'],
    ['delete', '/pets/{id}', undefined, 'DeletePet'],
    ['put', '/pets/{id}', undefined, 'UpdatePet'],
    ['get', '/customers/{id}/orders', undefined, 'ListCustomerOrders'],
    ['post', '/orders/{id}/cancel', undefined, 'CancelOrder'],
    ['get', '/x', 'repos/list-for-org', 'ReposListForOrg'],
    ['get', '/x', 'getURL', 'GetURL'],
    ['get', '/x', '2fa.check', 'Op2faCheck'],
    ['get', '/x', 'größe_ändern', 'GrosseAndern'],
  ];
  for (const [method, path, id, wanted] of ids) {
    it(`${method} ${path} ${id ?? ''} → ${wanted}`, async () => {
      const result = await convert(
        openApi({ [path]: { [method]: { ...(id === undefined ? {} : { operationId: id }), ...ok } } }),
      );
      expect(firstOperation(result).operationId).to.equal(wanted);
    });
  }

  it('makes ids unique whatever their case, and drops what all have in common', async () => {
    const paths = Object.fromEntries(
      ['get_a', 'get_A', 'list_b', 'make_c', 'drop_d'].map((id, index) => [
        `/p${index}`,
        { get: { operationId: `${id}_v2025.0`, ...ok } },
      ]),
    );
    const result = await convert(openApi(paths));
    const names = Object.keys(paths).map((path) => operationOf(result, path, 'get').operationId);
    expect(names).to.deep.equal(['GetA', 'GetA2', 'ListB', 'MakeC', 'DropD']);
  });

  it('names operations by method and path where their ids could be those of any', async () => {
    const paths = {
      '/api/invoices': { get: { ...ok, operationId: 'findAll' }, post: { ...ok, operationId: 'create_1' } },
      '/api/invoices/{id}/pdf': { get: { ...ok, operationId: 'getUsingGET_2' } },
      '/projects({id})': { get: ok },
      '/members': { get: { ...ok, operationId: 'read_member_members_get', summary: 'Read Member' } },
    };
    const { definition } = await convert(openApi(paths));
    const operations = Object.values(asObject(definition.paths) ?? {}).flatMap((item) =>
      Object.values(asObject(item) ?? {}),
    );
    expect(operations.map((operation) => asObject(operation)?.operationId)).to.deep.equal([
      'ListInvoices',
      'CreateInvoice',
      'GetInvoicePdf',
      'GetProject',
      'ReadMember',
    ]);
    expect(asObject(operations[4])?.description).to.equal('Reads a member.');
  });

  it('leaves out by default what nobody calls, with an entry each', async () => {
    const result = await convert(
      openApi({
        '/a': { get: ok, head: ok, trace: ok },
        '/b': { get: { deprecated: true, ...ok } },
        '/health': { get: ok },
      }),
    );
    expect(result.report.result.operations).to.equal(1);
    expect(
      result.report.entries
        .filter(({ code }) => code === 'excluded-by-default')
        .map(({ pointer }) => pointer)
        .sort(),
    ).to.deep.equal(['/paths/~1a/head', '/paths/~1a/trace', '/paths/~1b/get', '/paths/~1health/get']);
  });

  it('leaves the addresses of the sign-in to the connection, unless they are named', async () => {
    const flows = {
      password: { tokenUrl: 'session', scopes: {} },
      authorizationCode: {
        authorizationUrl: 'https://login.contoso.com/v1/consent',
        tokenUrl: 'https://login.contoso.com/v1/tokens/',
        scopes: {},
      },
    };
    const paths = {
      '/session': { post: ok },
      '/tokens': { post: ok, get: ok },
      '/consent': { get: ok },
      '/boats': { get: ok },
    };
    const document = { ...openApi(paths), components: { securitySchemes: { login: { type: 'oauth2', flows } } } };
    const left = await convert(document);
    expect(operationsOf(left.definition)).to.deep.equal(['get /tokens', 'get /boats']);
    expect(left.report.entries.filter(({ code }) => code === 'excluded-by-default')).to.have.length(3);
    const kept = await convert(document, { operations: ['POST /session', 'GET /boats'] });
    expect(operationsOf(kept.definition)).to.deep.equal(['post /session', 'get /boats']);
  });

  it('selects by tag, path and operation, and knows names that select nothing', async () => {
    const document = openApi({
      '/a': { get: { tags: ['x'], ...ok }, post: ok },
      '/b/c': { get: { operationId: 'see', ...ok } },
    });
    const count = async (options: Parameters<typeof convert>[1]): Promise<number> =>
      (await convert(document, options)).report.result.operations;
    expect(await count({ tags: ['X'] })).to.equal(1);
    expect(await count({ paths: ['/b/*'] })).to.equal(1);
    expect(await count({ paths: ['/a'] })).to.equal(2);
    expect(await count({ operations: ['see', 'POST /a'] })).to.equal(2);
    expect(await count({ excludePaths: ['/a/**', '/a'] })).to.equal(1);
    expect(await refusalOf(convert(document, { tags: ['nope'] }))).to.equal('option-unknown');
    expect(await refusalOf(convert(document, { operations: ['nope'] }))).to.equal('option-unknown');
  });

  it('keeps deprecated operations on request, marked as such', async () => {
    const operation = firstOperation(
      await convert(openApi({ '/a': { get: { summary: 'See it', deprecated: true, ...ok } } }), {
        includeDeprecated: true,
      }),
    );
    expect(operation).to.include({ deprecated: true, summary: 'See it (deprecated)', 'x-ms-visibility': 'advanced' });
  });
});

describe('import: bodies', () => {
  const rows: readonly (readonly [what: string, content: JsonObject, parameters: JsonObject[], code?: string])[] = [
    [
      'JSON',
      { 'application/json': { schema: { type: 'object', properties: { a: { type: 'string' } } } } },
      [{ name: 'body', in: 'body', required: true, schema: { type: 'object', properties: { a: { type: 'string' } } } }],
    ],
    [
      'JSON before others',
      {
        'application/xml': { schema: { type: 'object', properties: { x: { type: 'string' } } } },
        'application/json; charset=utf-8': { schema: { type: 'object' } },
      },
      [{ name: 'body', in: 'body', required: true, schema: { type: 'object' } }],
      'body-media-dropped',
    ],
    [
      'a form',
      {
        'application/x-www-form-urlencoded': {
          schema: {
            type: 'object',
            required: ['a'],
            properties: {
              a: { type: 'integer' },
              o: { type: 'object', properties: { b: { type: 'string' } } },
              l: { type: 'array', items: { type: 'string' } },
              m: { type: 'object', additionalProperties: { type: 'string' } },
            },
          },
        },
      },
      [
        { name: 'a', in: 'formData', required: true, type: 'integer' },
        { name: 'o[b]', in: 'formData', type: 'string' },
        { name: 'l', in: 'formData', type: 'string' },
      ],
      'form-deep',
    ],
    [
      'a file upload',
      {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              f: { type: 'string', format: 'binary' },
              g: { type: 'array', items: { type: 'string', format: 'binary' } },
              j: { type: 'object', properties: { a: { type: 'string' } } },
            },
          },
        },
      },
      [
        { name: 'f', in: 'formData', type: 'file' },
        { name: 'g', in: 'formData', type: 'file' },
        { name: 'j', in: 'formData', type: 'string' },
      ],
      'multipart-json',
    ],
    [
      'a raw file',
      { 'image/png': { schema: { type: 'string', format: 'binary' } } },
      [{ name: 'body', in: 'body', required: true, schema: { type: 'string', format: 'binary' } }],
      'body-binary',
    ],
    [
      'a text',
      { 'text/plain': { schema: { type: 'string' } } },
      [{ name: 'body', in: 'body', required: true, schema: { type: 'string' } }],
    ],
    [
      'XML',
      { 'application/xml': { schema: { type: 'object', properties: { a: { type: 'string' } } } } },
      [{ name: 'body', in: 'body', required: true, schema: { type: 'string' } }],
      'body-xml',
    ],
  ];
  for (const [what, content, wanted, code] of rows) {
    it(what, async () => {
      const result = await convert(sending(content));
      expect(parametersOf(firstOperation(result)).map(bare)).to.deep.equal(wanted);
      if (code !== undefined) expect(codesOf(result)).to.include(code);
      expect(schemaErrors(result.definition)).to.deep.equal([]);
    });
  }

  it('sends vendor JSON by a policy', async () => {
    const result = await convert(sending({ 'application/vnd.parcels+json': { schema: { type: 'object' } } }));
    expect(firstOperation(result).consumes).to.deep.equal(['application/vnd.parcels+json']);
    expect(result.properties.policyTemplateInstances[0]).to.have.property('templateId', 'setheader');
  });

  it('drops the body of a GET', async () => {
    const result = await convert(
      openApi({
        '/a': { get: { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } }, ...ok } },
      }),
    );
    expect(result.report.entries.find(({ code }) => code === 'get-body')?.pointer).to.equal(
      '/paths/~1a/get/requestBody',
    );
  });

  it('limits the number of schemas in a body', async () => {
    const schemas: JsonObject = {};
    for (let index = 0; index < 40; index++)
      schemas[`S${index}`] = {
        type: 'object',
        properties: {
          ...Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`p${n}`, { type: 'string' }])),
          next: { $ref: `#/components/schemas/S${index + 1}` },
        },
      };
    schemas.S40 = {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`p${n}`, { type: 'string' }])),
    };
    const document = sending(
      { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } },
      { components: { schemas } },
    );
    const result = await convert(document);
    expect(codesOf(result)).to.include('depth-cut');
    const [first, second] = await convertTwice(document);
    expect(second).to.equal(first);
    const wide = await convert(
      sending({ 'application/json': { schema: { $ref: '#/components/schemas/S40' } } }, { components: { schemas } }),
    );
    expect(codesOf(wide)).to.include('schema-count');
    expect(
      Object.keys(asObject(asObject(parametersOf(firstOperation(wide))[0]?.schema).properties)).length,
    ).to.be.lessThan(512);
  });
});

describe('import: responses', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const json = (value: JsonObject): JsonObject => ({ 'application/json': { schema: value } });
  const answersOf = async (responses: JsonObject): Promise<{ responses: JsonObject; codes: string[] }> => {
    const result = await convert(openApi({ '/a': { get: { responses } } }));
    expect(schemaErrors(result.definition)).to.deep.equal([]);
    return { responses: asObject(firstOperation(result).responses), codes: codesOf(result) };
  };

  it('gives a schema to the first success alone', async () => {
    const { responses, codes } = await answersOf({
      '200': { description: 'One', content: json(schema) },
      '202': { description: 'Two', content: json({ type: 'object', properties: { b: { type: 'string' } } }) },
      '4XX': { description: 'Bad', content: json({ type: 'object' }) },
      default: { description: 'Else' },
    });
    expect(Object.keys(responses)).to.deep.equal(['200', '202', '400', 'default']);
    expect(Object.values(responses).filter((response) => asObject(response).schema !== undefined)).to.have.length(1);
    expect(codes).to.include.members(['response-extra', 'response-error-schema']);
  });

  it('takes default for success when there is nothing else', async () => {
    const { responses, codes } = await answersOf({ default: { description: 'All', content: json(schema) } });
    expect(Object.keys(responses)).to.deep.equal(['200', 'default']);
    expect(codes).to.include('response-default');
  });

  it('adds a success where none is described', async () => {
    expect(Object.keys((await answersOf({})).responses)).to.deep.equal(['200']);
    expect(Object.keys((await answersOf({ '302': { description: 'Away' } })).responses)).to.include('200');
  });

  it('reads files, texts and streams', async () => {
    const schemaOf = async (type: string, value: JsonObject): Promise<unknown> =>
      asObject(
        (await answersOf({ '200': { description: 'x', content: { [type]: { schema: value } } } })).responses['200'],
      ).schema;
    expect(await schemaOf('image/png', { type: 'string', format: 'binary' })).to.deep.equal({
      type: 'string',
      format: 'binary',
    });
    expect(await schemaOf('text/html', { type: 'string' })).to.deep.equal({ type: 'string' });
    expect(await schemaOf('text/event-stream', schema)).to.deep.equal({ type: 'string' });
    expect(await schemaOf('application/vnd.api+json', { type: 'object' })).to.deep.equal({ type: 'object' });
  });
});

describe('import: texts', () => {
  it('writes summaries and descriptions that differ', async () => {
    const result = await convert(
      openApi({
        '/orders': { get: { summary: 'List/search orders.', description: 'List/search orders.', ...ok } },
        '/orders/{id}': { get: ok },
        '/x': { get: { tags: ['Extra'], summary: 'List/search orders', ...ok } },
      }),
    );
    expect(operationOf(result, '/orders', 'get')).to.include({
      summary: 'List or search orders',
      description: 'Lists or searches orders.',
    });
    expect(operationOf(result, '/orders/{id}', 'get')).to.include({
      summary: 'Get order',
      description: 'Gets an order.',
    });
    expect(operationOf(result, '/x', 'get').summary).to.equal('List or search orders (Extra)');
  });

  for (const [stated, summary] of [
    ['Get an OAuth 2.0 token.', 'Get an OAuth 2.0 token'],
    ['List reports (v1.2)', 'List reports (v1.2)'],
    ['Upload a .csv file', 'Upload a csv file'],
  ] as const)
    it(`keeps the points of numbers, and no others: ${stated}`, async () => {
      const result = await convert(openApi({ '/orders': { get: { summary: stated, ...ok } } }));
      expect(firstOperation(result).summary).to.equal(summary);
    });

  it('is the same twice, and changes nothing when it is converted again', async () => {
    const document = openApi(
      {
        '/a_b/{id}': {
          get: {
            operationId: 'x.y_z',
            description: '**Bold** and [a link](https://x.example) — `code` &amp; <b>more</b>.\n\n* one\n* two',
            tags: ['T'],
            parameters: [{ name: 'sort', in: 'query', schema: { type: 'string' }, description: '' }],
            ...ok,
          },
        },
      },
      { tags: [{ name: 'T', description: 'x' }] },
    );
    const [first, second] = await convertTwice(document);
    expect(second).to.equal(first);
    expect(asArray(asObject(JSON.parse(first) as JsonObject).tags)).to.deep.equal([{ name: 'T' }]);
  });
});
