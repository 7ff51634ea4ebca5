import { expect } from 'chai';
import type { Authentication } from '../../src/authentication/authentication.ts';
import { recogniseAuthentication } from '../../src/authentication/recognise.ts';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import type { ImportResult } from '../../src/import/import-description.ts';
import type { ImportOptions } from '../../src/import/options.ts';
import { codesOf, convert, firstOperation, openApi, parametersOf, refusalOf } from './convert.ts';

const ok = { responses: { 200: { description: 'OK' } } };
const paths: JsonObject = { '/parcels': { get: ok }, '/depots': { get: ok } };
const key: JsonObject = { type: 'apiKey', in: 'header', name: 'X-API-Key' };
const query: JsonObject = { type: 'apiKey', in: 'query', name: 'k' };

const described = (securitySchemes: JsonObject, more: JsonObject = {}): JsonObject =>
  openApi(paths, { components: { securitySchemes }, ...more });

/** What the result signs in with, as `oauth` would read it. */
const methodOf = ({ definition, properties }: ImportResult): Authentication | undefined =>
  recogniseAuthentication(definition, { properties }).method;

const entriesOf = (result: ImportResult, code: string) => result.report.entries.filter((entry) => entry.code === code);

describe('import: schemes that are declared but not applied', () => {
  const rows: readonly (readonly [string, JsonObject, string])[] = [
    ['without security', described({ query, key }), 'key'],
    ['with an empty security', described({ query, key }, { security: [] }), 'key'],
    ['where security names something else', described({ key }, { security: [{ nonsense: [] }] }), 'key'],
    [
      'where one operation is open',
      openApi({ ...paths, '/login': { post: { ...ok, security: [] } } }, { components: { securitySchemes: { key } } }),
      'key',
    ],
  ];
  for (const [what, document, name] of rows) {
    it(`${what}: the best one is used, and said to be assumed`, async () => {
      const result = await convert(document);
      expect(Object.keys(asObject(result.definition.securityDefinitions))).to.deep.equal([name]);
      expect(result.definition.security).to.deep.equal([{ [name]: [] }]);
      const [entry] = entriesOf(result, 'auth-assumed');
      expect(entry).to.include({ severity: 'lossy', pointer: `/components/securitySchemes/${name}` });
    });
  }

  it('--auth chooses among them, too', async () => {
    const document = described({ query, key });
    expect(Object.keys(asObject((await convert(document, { auth: 'query' })).definition.securityDefinitions))).to.eql([
      'query',
    ]);
    const without = await convert(document, { auth: 'none' });
    expect(without.definition).to.not.have.property('securityDefinitions');
    expect(entriesOf(without, 'auth-alternative')).to.have.length(2);
  });

  it('what no connector can do is reported, not refused', async () => {
    const result = await convert(described({ main: { type: 'mutualTLS' } }));
    expect(result.definition).to.not.have.property('security');
    expect(codesOf(result)).to.include('auth-alternative');
  });

  it('where every operation says that it is open, none is used, and each is reported', async () => {
    const open = { ...ok, security: [] };
    const result = await convert(openApi({ '/a': { get: open } }, { components: { securitySchemes: { key } } }));
    expect(result.definition).to.not.have.property('security');
    expect(entriesOf(result, 'auth-alternative').map(({ pointer }) => pointer)).to.eql([
      '/components/securitySchemes/key',
    ]);
  });
});

describe('import: a key among the parameters of all operations', () => {
  const get = (...names: string[]): JsonObject => ({
    get: { parameters: names.map((name) => ({ name, in: 'header', schema: { type: 'string' } })), ...ok },
  });

  for (const name of ['X-API-Key', 'X-ContosoAPI-Key', 'apikey', 'x-access-token'])
    it(`${name} is the sign-in, and no input`, async () => {
      const result = await convert(openApi({ '/a': get(name), '/b': get('page', name) }));
      expect(methodOf(result)).to.include({ kind: 'api-key', in: 'header', name });
      expect(codesOf(result)).to.include('auth-assumed');
      expect(parametersOf(firstOperation(result))).to.deep.equal([]);
    });

  for (const [what, names] of Object.entries({
    'only some have': ['X-API-Key'],
    'is no key': ['X-Key-Word', 'X-Key-Word'],
  }))
    it(`what ${what} stays an input`, async () => {
      const [first = '', second] = names;
      const paths = { '/a': get(first), '/b': second === undefined ? get() : get(second) };
      const result = await convert(openApi(paths));
      expect(result.definition).to.not.have.property('security');
      expect(parametersOf(firstOperation(result)).map(({ name }) => name)).to.deep.equal([first]);
    });
});

describe('import: the header Authorization as a parameter', () => {
  const withHeader = (parameter: JsonObject): JsonObject =>
    openApi({ '/a': { get: { parameters: [{ name: 'authorization', in: 'header', ...parameter }], ...ok } } });

  const rows: readonly (readonly [string, JsonObject, Partial<Authentication>])[] = [
    [
      'a bearer token by its description',
      { description: 'Bearer token', schema: { type: 'string' } },
      { prefix: 'Bearer' },
    ],
    ['a bearer token by its default', { schema: { type: 'string', default: 'Bearer x' } }, { prefix: 'Bearer' }],
    ['a user name and password', { example: 'Basic dXNlcjpw', schema: { type: 'string' } }, { kind: 'basic' }],
    [
      'anything else, as it is typed',
      { schema: { type: 'string' } },
      { kind: 'api-key', in: 'header', name: 'Authorization' },
    ],
  ];
  for (const [what, parameter, wanted] of rows) {
    it(`is ${what}`, async () => {
      const result = await convert(withHeader(parameter));
      expect(methodOf(result)).to.include(wanted);
      expect(codesOf(result)).to.include('auth-assumed');
    });
  }

  it('keeps what the description says about its value', async () => {
    const result = await convert(withHeader({ description: 'Write Token token=YOURS.', schema: { type: 'string' } }));
    expect(result.properties.connectionParameters).to.have.nested.property(
      'api_key.uiDefinition.description',
      'Write Token token=YOURS.',
    );
  });

  it('says nothing where a scheme is declared', async () => {
    const document = withHeader({ schema: { type: 'string' } });
    const result = await convert({ ...document, components: { securitySchemes: { key } }, security: [{ key: [] }] });
    expect(methodOf(result)).to.include({ kind: 'api-key', name: 'X-API-Key' });
    expect(codesOf(result)).to.not.include('auth-assumed');
  });

  const collection = (value: string, more: JsonObject = {}): JsonObject => ({
    info: { name: 'Parcels', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      {
        name: 'List parcels',
        request: {
          method: 'GET',
          url: 'https://api.parcels.com/v1/parcels',
          header: [{ key: 'Authorization', value, ...more }],
        },
      },
    ],
  });

  const values: readonly (readonly [string, Partial<Authentication> | undefined])[] = [
    ['Bearer {{token}}', { kind: 'api-key', name: 'Authorization', prefix: 'Bearer' }],
    ['Basic {{login}}', { kind: 'basic' }],
    ['Token {{token}}', { kind: 'api-key', name: 'Authorization', prefix: 'Token' }],
    ['{{token}}', { kind: 'api-key', in: 'header', name: 'Authorization' }],
  ];
  for (const [value, wanted] of values) {
    it(`of a Postman request: ${value}`, async () => {
      expect(methodOf(await convert(collection(value)))).to.include(wanted);
    });
  }

  it('never takes the value of a Postman header along', async () => {
    const text = JSON.stringify(await convert(collection('Bearer 8c1f0e52secret')));
    expect(text).to.not.include('8c1f0e52secret');
  });

  it('is the sign-in where the Postman header is switched off, too', async () => {
    const result = await convert(collection('Bearer {{token}}', { disabled: true }));
    expect(methodOf(result)).to.include({ prefix: 'Bearer' });
  });
});

describe('import: client credentials only', () => {
  const flow = { tokenUrl: 'https://id.contoso.com/token', scopes: { read: 'Read parcels.' } };
  const document = described(
    { main: { type: 'oauth2', flows: { clientCredentials: flow } } },
    { security: [{ main: ['read'] }] },
  );
  const importAs = (options: ImportOptions) => convert(document, options);

  it('names both ways out', async () => {
    const [entry] = entriesOf(await importAs({}), 'oauth-flow-unsupported');
    expect(entry?.severity).to.equal('dropped');
    expect(entry?.message).to.include('--auth client-credentials').and.include('--auth bearer');
  });

  it('--auth client-credentials writes what the script needs', async () => {
    const result = await importAs({ auth: 'client-credentials' });
    expect(methodOf(result)).to.deep.equal({ kind: 'client-credentials', tokenUrl: flow.tokenUrl, scopes: ['read'] });
    expect(result.signsInByScript).to.equal(true);
    expect(result.definition).to.not.have.property('securityDefinitions');
  });

  it('--auth bearer asks for a token', async () => {
    const result = await importAs({ auth: 'bearer' });
    expect(methodOf(result)).to.deep.equal({ kind: 'api-key', in: 'header', name: 'Authorization', prefix: 'Bearer' });
    expect(entriesOf(result, 'oauth-flow-unsupported')[0]?.severity).to.equal('lossy');
  });

  it('--auth bearer is unknown where no tokens are', async () => {
    expect(await refusalOf(convert(described({ key }, { security: [{ key: [] }] }), { auth: 'bearer' }))).to.equal(
      'option-unknown',
    );
  });
});

describe('import: the kinds of --auth', () => {
  const login: JsonObject = { type: 'http', scheme: 'basic' };
  const document = described({ query, login, key }, { security: [{ key: [] }, { login: [] }, { query: [] }] });
  for (const [auth, kind] of [
    ['api-key', 'api-key'],
    ['basic', 'basic'],
    ['key-query', 'api-key'],
  ] as const) {
    it(`--auth ${auth}`, async () => {
      expect(methodOf(await convert(document, { auth }))?.kind).to.equal(kind);
    });
  }
});

describe('import: schemes that apply together', () => {
  it('a key goes as a field beside basic, instead of the other way round', async () => {
    const login: JsonObject = { type: 'http', scheme: 'basic' };
    const result = await convert(described({ key, login }, { security: [{ key: [], login: [] }] }));
    expect(methodOf(result)).to.deep.equal({
      kind: 'basic',
      additionalFields: [
        {
          name: 'X_API_Key',
          in: 'header',
          target: 'X-API-Key',
          label: 'X-API-Key',
          description: 'The value of X-API-Key.',
          secret: true,
        },
      ],
    });
    expect(codesOf(result)).to.include('auth-combined').and.not.include('auth-combination');
  });
});

describe('import: OpenID Connect of Microsoft', () => {
  it('has the addresses of its issuer, and is Entra ID', async () => {
    const openIdConnectUrl = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';
    const result = await convert(
      described({ o: { type: 'openIdConnect', openIdConnectUrl } }, { security: [{ o: [] }] }),
    );
    expect(result.definition.securityDefinitions).to.have.nested.property(
      'o.authorizationUrl',
      'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    );
    expect(methodOf(result)?.kind).to.equal('entra');
    expect(entriesOf(result, 'openid-urls')[0]?.severity).to.equal('info');
    // what only the author knows is said
    expect(entriesOf(result, 'entra-resource')[0]?.severity).to.equal('lossy');
  });

  it('asks for the key once, also where each operation lists it among its parameters', async () => {
    const parameters: JsonObject[] = [
      { name: 'api_key', in: 'query', required: true, schema: { type: 'string' } },
      { name: 'api_key', in: 'header', schema: { type: 'string' } },
      { name: 'kind', in: 'query', schema: { type: 'string' } },
    ];
    const schemes = { key: { type: 'apiKey', in: 'query', name: 'api_key' } };
    const document = openApi(
      { '/parcels': { get: { operationId: 'list', parameters, responses: { '200': { description: 'All.' } } } } },
      { components: { securitySchemes: schemes }, security: [{ key: [] }] },
    );
    const placesOf = (result: ImportResult): string[] =>
      parametersOf(firstOperation(result)).map((parameter) => `${String(parameter.in)} ${String(parameter.name)}`);
    const result = await convert(document);
    expect(placesOf(result)).to.deep.equal(['header api_key', 'query kind']);
    expect(result.report.entries.filter(({ code }) => code === 'auth-parameter')).to.have.lengthOf(1);
    expect(placesOf(await convert(document, { auth: 'none' }))).to.have.lengthOf(3);
  });
});
