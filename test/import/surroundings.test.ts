import { expect } from 'chai';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import {
  codesOf,
  convert,
  convertText,
  firstOperation,
  openApi,
  operationOf,
  refusalOf,
  schemaErrors,
} from './convert.ts';

const ok = { responses: { '200': { description: 'Done.' } } };
const paths = { '/a': { get: ok } };

describe('import: servers', () => {
  const rows: readonly (readonly [
    what: string,
    servers: JsonObject[],
    host: string,
    basePath: string,
    code?: string,
  ])[] = [
    ['a plain URL', [{ url: 'https://a.example.com:443/v1/' }], 'a.example.com', '/v1'],
    ['http is upgraded', [{ url: 'http://a.example.com' }], 'a.example.com', '/', 'server-http-upgraded'],
    ['a test system alone', [{ url: 'https://pay-test.contoso.com' }], 'pay-test.contoso.com', '/', 'server-sample'],
    [
      'the production server is preferred',
      [{ url: 'http://localhost:3000' }, { url: 'https://sandbox.example.com' }, { url: 'https://a.example.com' }],
      'a.example.com',
      '/',
      'server-alternatives',
    ],
    [
      'a variable of the base path',
      [{ url: 'https://a.example.com/{v}', variables: { v: { default: 'v2' } } }],
      'a.example.com',
      '/v2',
      'server-variable-fixed',
    ],
    [
      'variables of scheme and port',
      [{ url: '{s}://a.example.com:{p}', variables: { s: { default: 'https' }, p: { default: '8443' } } }],
      'a.example.com:8443',
      '/',
    ],
  ];
  for (const [what, servers, host, basePath, code] of rows) {
    it(what, async () => {
      const result = await convert(openApi(paths, { servers }));
      expect(result.definition).to.include({ host, basePath });
      if (code !== undefined) expect(codesOf(result)).to.include(code);
    });
  }

  it('lets the user of the connector choose a region', async () => {
    const result = await convert(
      openApi(paths, {
        servers: [
          { url: 'https://{region}.example.com/v1', variables: { region: { default: 'eu', enum: ['eu', 'us'] } } },
        ],
      }),
    );
    expect(result.definition).to.include({ host: 'eu.example.com', basePath: '/v1' });
    expect(result.properties.connectionParameters)
      .to.have.nested.property('region.uiDefinition.constraints.allowedValues')
      .with.length(2);
    expect(result.properties.policyTemplateInstances).to.have.nested.property(
      '[0].parameters.x-ms-apimTemplateParameter\\.urlTemplate',
      "https://@connectionParameters('region','eu').example.com/v1",
    );
  });

  it('moves different bases of one host into the paths, and other hosts into a policy', async () => {
    const result = await convert(
      openApi(
        {
          '/a': { servers: [{ url: 'https://h.example.com/x/v1' }], get: ok },
          '/b': { servers: [{ url: 'https://h.example.com/x/v2' }], get: ok },
          '/c': { get: { ...ok, servers: [{ url: 'https://other.example.com/q' }] } },
        },
        { servers: [] },
      ),
    );
    expect(result.definition).to.include({ host: 'h.example.com', basePath: '/x' });
    expect(Object.keys(asObject(result.definition.paths))).to.deep.equal(['/v1/a', '/v2/b', '/c']);
    expect(result.properties.policyTemplateInstances).to.have.nested.property(
      '[0].parameters.x-ms-apimTemplate-operationName[0]',
      'ListC'.replace('List', 'Get'),
    );
  });

  it('needs a host, from the description or from the user', async () => {
    expect(await refusalOf(convert(openApi(paths, { servers: [{ url: '/v1' }] })))).to.equal('no-host');
    expect(
      (await convert(openApi(paths, { servers: [{ url: '/v1' }] }), { host: 'h.example.com' })).definition,
    ).to.include({ host: 'h.example.com', basePath: '/v1' });
    expect((await convert(openApi(paths), { host: 'h.example.com' })).definition).to.include({
      host: 'h.example.com',
      basePath: '/v1',
    });
  });
});

describe('import: security', () => {
  const flow = {
    authorizationUrl: 'https://id.example.com/authorize',
    tokenUrl: 'https://id.example.com/token',
    scopes: { read: 'Read things' },
  };
  const rows: readonly (readonly [
    what: string,
    scheme: JsonObject,
    definition: JsonObject | undefined,
    parameters: string[],
    code?: string,
  ])[] = [
    [
      'a key in a header',
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      ['api_key'],
    ],
    [
      'a key in the query',
      { type: 'apiKey', in: 'query', name: 'key' },
      { type: 'apiKey', in: 'query', name: 'key' },
      ['api_key'],
    ],
    ['basic', { type: 'http', scheme: 'Basic' }, { type: 'basic' }, ['username', 'password']],
    [
      'bearer',
      { type: 'http', scheme: 'bearer' },
      { type: 'apiKey', in: 'header', name: 'X-Connection-Key' },
      ['api_key'],
    ],
    [
      'authorization code',
      { type: 'oauth2', flows: { authorizationCode: flow } },
      {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: flow.authorizationUrl,
        tokenUrl: flow.tokenUrl,
        scopes: { read: 'Read things.' },
      },
      ['token'],
    ],
    [
      'implicit',
      { type: 'oauth2', flows: { implicit: { authorizationUrl: flow.authorizationUrl, scopes: {} } } },
      {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: flow.authorizationUrl,
        tokenUrl: flow.tokenUrl,
        scopes: {},
      },
      ['token'],
      'oauth-implicit',
    ],
    [
      'client credentials',
      { type: 'oauth2', flows: { clientCredentials: flow } },
      undefined,
      [],
      'oauth-flow-unsupported',
    ],
    ['a cookie', { type: 'apiKey', in: 'cookie', name: 'sid' }, undefined, [], 'auth-cookie'],
  ];
  for (const [what, scheme, definition, parameters, code] of rows) {
    it(what, async () => {
      const result = await convert(
        openApi(paths, { components: { securitySchemes: { main: scheme } }, security: [{ main: [] }] }),
      );
      expect(asObject(result.definition.securityDefinitions).main).to.deep.equal(definition);
      expect(Object.keys(result.properties.connectionParameters)).to.deep.equal(parameters);
      if (code !== undefined) expect(codesOf(result)).to.include(code);
      expect(schemaErrors(result.definition)).to.deep.equal([]);
    });
  }

  it('recognises Entra ID', async () => {
    const result = await convert(
      openApi(paths, {
        components: {
          securitySchemes: {
            main: {
              type: 'oauth2',
              flows: {
                authorizationCode: {
                  ...flow,
                  authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
                },
              },
            },
          },
        },
        security: [{ main: [] }],
      }),
    );
    expect(result.properties.connectionParameters).to.have.nested.property(
      'token.oAuthSettings.identityProvider',
      'aad',
    );
    expect(Object.keys(result.properties.connectionParameters)).to.include('token:TenantId');
  });

  it('takes the best of several, or the one that is asked for', async () => {
    const document = openApi(paths, {
      components: {
        securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'k' }, login: { type: 'http', scheme: 'basic' } },
      },
      security: [{ key: [] }, { login: [] }],
    });
    expect(Object.keys(asObject((await convert(document)).definition.securityDefinitions))).to.deep.equal(['login']);
    expect(
      Object.keys(asObject((await convert(document, { auth: 'key' })).definition.securityDefinitions)),
    ).to.deep.equal(['key']);
    expect((await convert(document, { auth: 'none' })).definition).to.not.have.property('security');
    expect(await refusalOf(convert(document, { auth: 'nope' }))).to.equal('option-unknown');
  });

  it('sends a key by a policy where another scheme is demanded, too', async () => {
    const result = await convert(
      openApi(paths, {
        components: {
          securitySchemes: {
            key: { type: 'apiKey', in: 'header', name: 'X-App' },
            login: { type: 'http', scheme: 'bearer' },
          },
        },
        security: [{ key: [], login: [] }],
      }),
    );
    expect(Object.keys(result.properties.connectionParameters)).to.deep.equal(['api_key', 'X_App']);
    const titles = result.properties.policyTemplateInstances.map(({ title }) => title);
    expect(titles).to.deep.equal(['Send the API key as Authorization', 'Sign-in: header X-App']);
  });

  it('refuses what no connector can do, unless it is told to go without', async () => {
    const document = openApi(paths, {
      components: { securitySchemes: { main: { type: 'mutualTLS' } } },
      security: [{ main: [] }],
    });
    expect(await refusalOf(convert(document))).to.equal('auth-unsupported');
    expect(await refusalOf(convert(document, { auth: 'none' }))).to.equal('accepted');
  });
});

describe('import: triggers and paging', () => {
  const callback = {
    onArrival: {
      '{$request.body#/hook/url}': {
        post: {
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Event' } } } },
          responses: { '200': { description: 'ok' } },
        },
      },
    },
  };
  const document = openApi(
    {
      '/hooks': {
        post: {
          summary: 'Subscribe',
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Hook' } } } },
          callbacks: callback,
          responses: { '201': { description: 'ok', headers: { Location: { schema: { type: 'string' } } } } },
        },
      },
      '/hooks/{id}': { delete: ok },
    },
    {
      components: {
        schemas: {
          Event: { type: 'object', properties: { parcel: { type: 'string' } } },
          Hook: { type: 'object', properties: { hook: { type: 'object', properties: { url: { type: 'string' } } } } },
        },
      },
    },
  );

  it('makes a webhook trigger of a callback', async () => {
    const result = await convert(document, { triggers: true });
    const subscribe = operationOf(result, '/hooks', 'post');
    expect(subscribe).to.include({ 'x-ms-trigger': 'single', summary: 'When arrival happens' });
    expect(subscribe).to.have.nested.property(
      'parameters[0].schema.properties.hook.properties.url.x-ms-notification-url',
      true,
    );
    expect(subscribe).to.have.nested.property('parameters[0].schema.required[0]', 'hook');
    expect(asObject(asObject(result.definition.paths)['/hooks'])).to.have.nested.property(
      'x-ms-notification-content.schema.$ref',
      '#/definitions/Event',
    );
    expect(operationOf(result, '/hooks/{id}', 'delete')['x-ms-visibility']).to.equal('internal');
  });

  it('drops callbacks otherwise, with an entry', async () => {
    expect((await convert(document)).report.entries.find(({ code }) => code === 'callback-dropped')?.severity).to.equal(
      'dropped',
    );
  });

  it('drops webhooks that nobody can subscribe to, and refuses when there is nothing else', async () => {
    const webhooks = { news: { post: ok } };
    expect(codesOf(await convert(openApi(paths, { webhooks })))).to.include('webhook-unbound');
    expect(await refusalOf(convert(openApi({}, { webhooks })))).to.equal('no-operations');
  });

  it('pages with nextLink alone', async () => {
    const page = (name: string): JsonObject =>
      openApi({
        '/a': {
          get: {
            responses: {
              '200': {
                description: 'x',
                content: {
                  'application/json': {
                    schema: {
                      type: 'object',
                      properties: { value: { type: 'array', items: { type: 'string' } }, [name]: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
        },
      });
    const result = await convert(page('nextLink'));
    expect(firstOperation(result)['x-ms-pageable']).to.deep.equal({ nextLinkName: 'nextLink' });
    expect(result.properties.policyTemplateInstances[0]).to.have.property('templateId', 'updatenextlink');
    expect(codesOf(await convert(page('next_page_url')))).to.include('paging-candidate');
  });
});

describe('import: reading', () => {
  it('reads YAML scalars the way they are meant', async () => {
    const result = await convertText(`openapi: 3.1
info: { title: Parcels, version: 1.10 }
servers: [{ url: https://x.example.com }]
x-common: &common { type: string, enum: [1.10, on, null], default: 1.10 }
paths:
  /a:
    get:
      responses:
        200:
          description: no
          content: { application/json: { schema: { type: object, properties: { v: *common, w: { <<: *common, default: on } } } } }
`);
    expect(result.definition.info).to.include({ version: '1.10' });
    const properties = asObject(
      asObject(asObject(asObject(asObject(firstOperation(result).responses)['200']).schema).properties),
    );
    expect(properties.v).to.include({ default: '1.10' });
    expect(asObject(properties.w).enum).to.deep.equal(['1.10', 'on']);
  });

  it('tells line and column of mistakes', async () => {
    const messageOf = async (text: string): Promise<string> =>
      convertText(text).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await messageOf('{"openapi": "3.0.0",\n  "info": {')).to.match(/line 2, column \d+.*\(json-syntax\)/s);
    expect(await messageOf('openapi: 3.0.0\ninfo:\n\ttitle: x')).to.match(/line 3.*\(yaml-syntax\)/s);
  });

  const foreign: readonly (readonly [string, string])[] = [
    ['AsyncAPI', '{"asyncapi":"2.0.0"}'],
    ['HAR', '{"log":{"entries":[]}}'],
    ['RAML', '#%RAML 1.0\ntitle: x'],
    ['WSDL', '<?xml version="1.0"?><wsdl:definitions/>'],
    ['GraphQL', 'type Query { a: Int }'],
    ['GraphQL with a description', '"""A "good" text""" # x\ntype Query { a: Int }'],
    ['Postman v1', '{"requests":[],"order":[]}'],
    ['Postman data', '{"version":1,"collections":[]}'],
    ['OpenAPI 4', '{"openapi":"4.0.0"}'],
    ['nothing known', '[1, 2]'],
    ['an empty file', ''],
  ];
  for (const [what, text] of foreign)
    it(`refuses ${what}`, async () =>
      expect(await refusalOf(convertText(text))).to.be.oneOf(['format-unknown', 'yaml-syntax']));

  it('reads byte-order marks, UTF-16 and JSON with comments', async () => {
    const { decodeText } = await import('../../src/import/read/text.ts');
    expect(decodeText(Buffer.from('\uFEFF{}', 'utf16le')).text).to.equal('{}');
    expect(decodeText(Buffer.from('\uFEFF{}', 'utf8')).text).to.equal('{}');
    const text = JSON.stringify(openApi(paths));
    expect(await refusalOf(convertText(text.replace('{', '{\n// a note\n')))).to.equal('accepted');
  });
});

describe('import: hostile input', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghijk'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(',')}]`)
    .join('\n')}\nopenapi: 3.0.0\npaths: {}\n`;
  const rows: readonly (readonly [string, string, string])[] = [
    ['aliases that explode', bomb, 'source-too-big'],
    ['an alias of itself', 'openapi: 3.0.0\na: &a [*a]', 'yaml-syntax'],
    ['deep JSON', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'source-too-big'],
    ['deep YAML', `a: ${'['.repeat(20_000)}`, 'source-too-big'],
    ['truncated JSON', '{"openapi":"3.0.0","paths":{"/a":{', 'json-syntax'],
  ];
  for (const [what, text, code] of rows)
    it(what, async () => expect(await refusalOf(convertText(text))).to.equal(code));

  it('a union of ten thousand, a chain of thousands, unending texts', async () => {
    const union: JsonObject = {
      oneOf: Array.from({ length: 10_000 }, (_, index) => ({
        type: 'object',
        properties: { [`p${index % 300}`]: { type: 'string' }, kind: { const: `k${index}` } } as JsonObject,
      })),
    };
    const schemas: JsonObject = { C3000: { type: 'object' } };
    for (let index = 0; index < 3000; index++)
      schemas[`C${index}`] = {
        allOf: [{ $ref: `#/components/schemas/C${index + 1}` }],
        properties: { [`p${index}`]: { type: 'string' } },
      };
    const result = await convert(
      openApi(
        {
          '/a': {
            post: {
              description: '<table>*a _b [`'.repeat(20_000),
              requestBody: { content: { 'application/json': { schema: union } } },
              responses: {
                '200': {
                  description: 'x',
                  content: { 'application/json': { schema: { $ref: '#/components/schemas/C0' } } },
                },
              },
            },
          },
        },
        { components: { schemas } },
      ),
    );
    expect(codesOf(result)).to.include('union-merged').and.to.include('recursion-cut');
    expect(schemaErrors(result.definition)).to.deep.equal([]);
  });

  it('references to files and addresses', async () => {
    const refering = (reference: string): JsonObject =>
      openApi({
        '/a': {
          get: {
            responses: {
              '200': { description: 'x', content: { 'application/json': { schema: { $ref: reference } } } },
            },
          },
        },
      });
    expect(await refusalOf(convert(refering('file:///etc/passwd')))).to.equal('ref-remote');
    expect(await refusalOf(convert(refering('https://x.example.com/a.json')))).to.equal('ref-remote');
    expect(codesOf(await convert(refering('#/components/schemas/Gone')))).to.include('ref-unresolved');
  });

  it('addresses of private networks', async () => {
    const { isPrivateAddress } = await import('../../src/network/addresses.ts');
    const { readSource } = await import('../../src/import/read/load.ts');
    const [local, server] = ['7f00:1', '5db8:d70e'];
    const isPrivate = [
      ...[
        '127.0.0.1',
        '10.1.2.3',
        '169.254.169.254',
        '100.64.0.1',
        '0.0.0.0',
        '255.255.255.255',
        '::1',
        '::',
        'fd00::1',
      ],
      ...['fe80::1%eth0', 'fec0::1', 'ff02::1', '::ffff:192.168.0.1', `::ffff:${local}`, `::${local}`, '::127.0.0.1'],
      // NAT64, also with a prefix of one's own network, 6to4, Teredo
      ...[
        `64:ff9b::${local}`,
        '64:ff9b::10.0.0.1',
        `64:ff9b:1::${server}`,
        '2002:7f00:1::',
        `2002:${server}::1`,
        '2001::1',
      ],
      ...['', 'localhost', '127.1', '2130706433', '0x7f.1', '1.2.3.4.5', '[::1]'],
    ];
    for (const address of isPrivate) expect(isPrivateAddress(address), address).to.equal(true);
    const isPublic = [
      '93.184.215.14',
      `::ffff:${server}`,
      '::ffff:93.184.215.14',
      `64:ff9b::${server}`,
      '2606:2800:21f::1',
    ];
    for (const address of isPublic) expect(isPrivateAddress(address), address).to.equal(false);
    for (const url of ['https://127.0.0.1/x', 'http://example.com/x', 'ftp://example.com/x', 'https://[::1]/x'])
      expect(await refusalOf(readSource(url)), url).to.equal('source-unreachable');
  });
});

describe('import: size', () => {
  const schemas: JsonObject = {};
  for (let index = 0; index < 200; index++)
    schemas[`S${index}`] = {
      type: 'object',
      properties: {
        text: { type: 'string', description: 'A long sentence about it. '.repeat(8), maxLength: 9, nullable: true },
        many: { type: 'string', enum: Array.from({ length: 120 }, (_, n) => `value${n}`) },
        next: { $ref: `#/components/schemas/S${index + 1}` },
      },
    };
  const document = openApi(
    {
      '/a': {
        get: {
          responses: {
            '200': {
              description: 'x',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } },
            },
          },
        },
      },
    },
    { components: { schemas: { ...schemas, S200: { type: 'object' } } } },
  );

  it('shrinks step by step until it fits', async () => {
    for (const [maxBytes, code] of [
      [800_000, undefined],
      [450_000, 'size-indent'],
      [280_000, 'size-texts'],
      [60_000, 'enum-cut'],
      [20_000, 'depth-cut'],
    ] as const) {
      const result = await convert(document, { maxBytes });
      expect(result.report.result.bytes, String(maxBytes)).to.be.at.most(maxBytes);
      if (code !== undefined) expect(codesOf(result), String(maxBytes)).to.include(code);
      expect(schemaErrors(result.definition)).to.deep.equal([]);
    }
  });

  it('refuses what cannot be made small enough', async () => {
    expect(await refusalOf(convert(document, { maxBytes: 500 }))).to.equal('too-large');
  });

  it('cuts at the distance that is asked for', async () => {
    const result = await convert(document, { maxDepth: 3 });
    expect(Object.keys(asObject(result.definition.definitions))).to.deep.equal(['S0', 'S1', 'S2']);
    expect(result.report.entries.filter(({ code }) => code === 'depth-cut')).to.have.length(198);
  });

  it('asks for a selection when there are too many operations', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 257 }, (_, index) => [
        `/p${index}`,
        { get: { tags: [index % 2 === 0 ? 'even' : 'odd'], ...ok } },
      ]),
    );
    expect(await refusalOf(convert(openApi(many)))).to.equal('too-many-operations');
    expect((await convert(openApi(many), { tags: ['odd'] })).report.result.operations).to.equal(128);
  });
});
