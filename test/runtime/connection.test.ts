import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { variableOf } from '../../src/runtime/connection/environment-names.ts';
import { type ConnectionSources, resolveConnection } from '../../src/runtime/connection/resolve-connection.ts';
import { keyParameter, ready, run, stepsOf } from './runs.ts';

const resolve = (inner: JsonObject, more: Partial<ConnectionSources> = {}) =>
  resolveConnection({ inner, setName: undefined, file: undefined, env: {}, ...more });
const required: JsonObject = { type: 'string', uiDefinition: { constraints: { required: 'true' } } };
const oauth: JsonObject = { token: { type: 'oauthSetting', oAuthSettings: { identityProvider: 'oauth2' } } };
const set = (name: string, parameters: JsonObject): JsonObject => ({ name, parameters });

describe('connections', () => {
  it('have variables in upper snake case', () => {
    const names: Record<string, string> = {
      api_key: 'CONNECTOR_API_KEY',
      'token:tenantId': 'CONNECTOR_TENANT_ID',
      'contentgate-DnsName': 'CONNECTOR_CONTENTGATE_DNS_NAME',
      clientID: 'CONNECTOR_PARAMETER_CLIENT_ID',
      'token:clientSecret': 'CONNECTOR_PARAMETER_CLIENT_SECRET',
      baseURLOfAPI: 'CONNECTOR_BASE_URL_OF_API',
      host2: 'CONNECTOR_HOST2',
    };
    for (const [name, variable] of Object.entries(names)) expect(variableOf(name), name).to.equal(variable);
  });

  it('refuse two parameters of one variable, unless a file has them', () => {
    const inner = { connectionParameters: { apiKey: required, api_key: required } };
    expect(() => resolve(inner)).to.throw(/apiKey and api_key.*CONNECTOR_API_KEY/);
    const both = resolve(inner, { file: { name: 'f', values: { apiKey: 'a', api_key: 'b' } } });
    expect([both.read('apiKey'), both.read('api_key')]).to.deep.equal(['a', 'b']);
  });

  it('take a value from the file, then the environment, then what was asked for, then the declared default', () => {
    const inner = { connectionParameters: { a: { type: 'string', defaultValue: 'declared' } } };
    const value = (more: Partial<ConnectionSources>) => resolve(inner, more).read('a');
    const all = { file: { name: 'f', values: { a: 'file' } }, env: { CONNECTOR_A: 'env' }, further: { a: 'asked' } };
    expect(value(all)).to.equal('file');
    expect(value({ ...all, file: undefined })).to.equal('env');
    expect(value({ further: all.further })).to.equal('asked');
    expect(value({})).to.equal('declared');
  });

  it('refuse values of another type without quoting them', () => {
    const inner = { connectionParameters: { flag: { type: 'bool' }, count: { type: 'int' } } };
    for (const values of [{ flag: 'sEcret' }, { count: 'sEcret' }, { flag: { a: 'sEcret' } }] as JsonObject[]) {
      const attempt = () => resolve(inner, { file: { name: 'f.json', values } });
      expect(attempt).to.throw(/f\.json: the value of/);
      expect(attempt).not.to.throw(/sEcret/);
    }
  });

  it('use the set that is named, else the first that has all of its values, else the first', () => {
    const inner = {
      connectionParameters: { old: required },
      connectionParameterSets: {
        values: [set('key', { api_key: required }), set('login', { username: required, password: required })],
      },
    };
    const env = { CONNECTOR_USERNAME: 'u', CONNECTOR_PASSWORD: 'p' };
    expect(resolve(inner, { env }).set).to.equal('login');
    expect(resolve(inner).set).to.equal('key');
    expect(resolve(inner, { env, setName: 'key' }).missing.map(({ name }) => name)).to.deep.equal(['api_key']);
    expect(() => resolve(inner, { setName: 'other' })).to.throw(/key, login|--connection-set other/);
    expect(resolve(inner).isDeclared('old')).to.equal(true);
  });

  it('count only the text "true" as required, and what is hidden never', () => {
    const of = (constraints: JsonObject) =>
      resolve({ connectionParameters: { a: { type: 'string', uiDefinition: { constraints } } } }).missing.length;
    expect(of({ required: 'true' })).to.equal(1);
    expect(of({ required: true })).to.equal(0);
    expect(of({ required: 'true', hidden: 'true' })).to.equal(0);
  });

  it('sign in by OAuth with the token, declared in the definition or not', async () => {
    const properties = { connectionParameters: oauth };
    const { headers } = await ready({ properties, connection: { token: 't0ken' } });
    expect(headers.authorization).to.equal('Bearer ‹token›');
    expect(resolve(properties, { env: { CONNECTOR_ACCESS_TOKEN: 't' } }).accessToken).to.equal('t');
    expect(resolve(properties).missing.map(({ name }) => name)).to.deep.equal(['token']);
  });

  it('say where security asks for what the connection has not', async () => {
    const definition: JsonObject = { securityDefinitions: { h: { type: 'apiKey', in: 'header', name: 'X-Key' } } };
    const note = async (operation: JsonObject) =>
      stepsOf((await run({ definition, operation })).trace.steps, 'request')[0]?.note;
    expect(await note({})).to.contain('security');
    expect(await note({ security: [] })).to.equal(undefined);
  });

  it('place a key by the security of the operation, else of the definition', async () => {
    const base = {
      properties: { connectionParameters: { secretKey: keyParameter } },
      connection: { secretKey: 'k3yy' },
    };
    const definition = (security?: JsonObject[]): JsonObject => ({
      securityDefinitions: {
        h: { type: 'apiKey', in: 'header', name: 'X-Key' },
        q: { type: 'apiKey', in: 'query', name: 'key' },
      },
      ...(security === undefined ? {} : { security }),
    });
    const sent = async (security: JsonObject[] | undefined, operation: JsonObject = {}) => {
      const { url, headers } = await ready({ ...base, definition: definition(security), operation });
      return [new URL(url).searchParams.get('key') ?? '', headers['x-key'] ?? ''];
    };
    expect(await sent([{ h: [] }])).to.deep.equal(['', '‹secretKey›']);
    expect(await sent([{ h: [] }], { security: [{ q: [] }] })).to.deep.equal(['‹secretKey›', '']);
    expect(await sent([{ h: [] }], { security: [] })).to.deep.equal(['', '']);
  });
});
