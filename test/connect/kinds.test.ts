import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import {
  comeBack,
  definitionAt,
  finish,
  freePort,
  type Machine,
  machineWith,
  oauthParameter,
  pageOf,
  planted,
  type Service,
  start,
  startService,
  storedFiles,
  usualTokens,
} from './support.ts';

const key = (name: string, more: JsonObject = {}): JsonObject => ({
  type: 'securestring',
  uiDefinition: { displayName: name, constraints: { required: 'true', ...more } },
});
const keyScheme = {
  securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'Authorization' } },
  security: [{ key: [] }],
};

describe('connect, by kinds of connections', function () {
  this.timeout(120_000);
  let service: Service;
  let origin: string;

  before(async () => {
    service = await startService();
    origin = service.origin.origin;
  });

  beforeEach(() => {
    service.asked.length = 0;
    Object.assign(service.behaviour, { tokens: [usualTokens()], apiStatus: 200, device: undefined });
  });

  after(() => service.server.close());

  /** Signs in as a person would. */
  async function signedIn(machine: Machine, ...more: string[]) {
    const started = start(['connect', '--port', String(await freePort()), ...more], machine);
    const page = await pageOf(started);
    await comeBack(page, { code: 'c0de' });
    return { page, ...(await started.ended) };
  }

  it('stores a key of the environment, so that it is needed once', async () => {
    const machine = machineWith(definitionAt(service.origin, keyScheme), {
      connectionParameters: { api_key: key('Key') },
    });
    const without = await finish(['connect'], machine);
    expect([without.status, without.stderr.includes('CONNECTOR_API_KEY')]).to.deep.equal([2, true]);
    const { status, stdout, stderr } = await finish(['connect', '--format', 'json'], {
      ...machine,
      env: { ...machine.env, CONNECTOR_API_KEY: planted.apiKey },
    });
    expect(status, stderr).to.equal(0);
    const [file] = storedFiles(machine);
    expect(JSON.parse(stdout)).to.deep.equal({
      name: 'default',
      tested: { operationId: 'ListOrders', status: 200 },
      place: 'file',
      path: file,
    });
    const invoked = await finish(['invoke', 'ListOrders'], machine);
    expect(invoked.status, invoked.stderr).to.equal(0);
    expect(service.authorizations().at(-1)).to.equal(planted.apiKey);
    expect(stdout + stderr + invoked.stdout + invoked.stderr).not.to.include('pl4nt3d');
  });

  it('keeps several by name, uses the latest or the chosen one, and lists them', async () => {
    const machine = machineWith(definitionAt(service.origin, keyScheme), {
      connectionParameters: { api_key: key('Key') },
    });
    const withKey = (value: string): Machine => ({ ...machine, env: { ...machine.env, CONNECTOR_API_KEY: value } });
    for (const name of ['one', 'two']) await finish(['connect', '--name', name], withKey(`pl4nt3d-${name}`));
    const used = async (): Promise<string | undefined> => {
      await finish(['invoke', 'ListOrders'], machine);
      return service.authorizations().at(-1);
    };
    expect(await used()).to.equal('pl4nt3d-two');
    expect((await finish(['connect', '--use', '--name', 'One'], machine)).status).to.equal(0);
    expect(await used()).to.equal('pl4nt3d-one');
    const listed = await finish(['connect', '--list'], machine);
    expect(listed.stdout)
      .to.match(/^\* one {2}/m)
      .and.match(/^ {2}two {2}/m);
    expect(listed.stdout).not.to.include('pl4nt3d');
    const json = JSON.parse((await finish(['connect', '--list', '--format', 'json'], machine)).stdout) as JsonObject[];
    expect(json.map(({ name, current }) => [name, current])).to.deep.equal([
      ['one', true],
      ['two', false],
    ]);
    const inside = { ...machine, folder: dirname(machine.folder) };
    expect((await finish(['connect', '--list', 'connector/apiDefinition.swagger.json'], inside)).stdout).to.match(
      /^\* one/m,
    );
    expect((await finish(['connect', '--list'], inside)).stdout).to.include(machine.folder);
    expect((await finish(['connect', '--forget'], machine)).status).to.equal(2);
    expect((await finish(['connect', '--forget', '--name', 'three'], machine)).status).to.equal(2);
    expect((await finish(['connect', '--forget', '--name', 'one'], machine)).status).to.equal(0);
    expect(await used()).to.equal('pl4nt3d-two');
    for (const name of ['../x', '', 'a b', '-x', 'ü']) {
      expect((await finish(['connect', `--name=${name}`], withKey('k'))).status, name).to.equal(2);
    }
    expect(storedFiles(machine)).to.have.length(1);
  });

  it('takes the set whose values are there, and the one that is named', async () => {
    const machine = machineWith(definitionAt(service.origin, keyScheme), {
      connectionParameterSets: {
        values: [
          { name: 'oauth', parameters: { token: oauthParameter(origin) } },
          { name: 'key', parameters: { api_key: key('Key') } },
        ],
      },
    });
    const withKey = { ...machine, env: { ...machine.env, CONNECTOR_API_KEY: planted.apiKey } };
    const byValue = await finish(['connect'], withKey);
    expect(byValue.status, byValue.stderr).to.equal(0);
    const facts = (): JsonObject => JSON.parse(readFileSync(storedFiles(machine)[0] ?? '', 'utf8')) as JsonObject;
    expect(facts().set).to.equal('key');
    const named = await signedIn(withKey, '--connection-set', 'oauth', '--skip-test');
    expect(named.status, named.stderr).to.equal(0);
    expect(facts().set).to.equal('oauth');
    expect((await finish(['connect', '--connection-set', 'no'], withKey)).status).to.equal(2);
  });

  it('signs in to Entra ID by its resource', async () => {
    const machine = machineWith(definitionAt(service.origin), {
      connectionParameters: {
        token: oauthParameter(origin, {
          identityProvider: 'aad',
          scopes: [],
          properties: { AzureActiveDirectoryResourceId: 'api://orders' },
          customParameters: {
            LoginUri: { value: `${origin}/` },
            tenantId: { value: 'common' },
            resourceUri: { value: 'api://orders' },
          },
        }),
        'token:TenantId': { type: 'string', uiDefinition: { constraints: { required: 'false', hidden: 'true' } } },
      },
    });
    machine.env.CONNECTOR_TENANT_ID = 'fabrikam';
    const { page, status, stderr } = await signedIn(machine);
    expect(status, stderr).to.equal(0);
    expect(page.pathname).to.equal('/fabrikam/oauth2/authorize');
    expect(page.searchParams.get('resource')).to.equal('api://orders');
    expect(page.searchParams.has('scope')).to.equal(false);
    expect(service.forms()[0]?.get('resource')).to.equal('api://orders');
    expect(service.forms()[0]?.has('client_secret')).to.equal(false);
    expect(service.asked[0]?.url).to.equal('/fabrikam/oauth2/token');
  });

  it('signs in by a device code of Entra ID', async () => {
    const machine = machineWith(
      definitionAt(service.origin),
      {
        connectionParameters: {
          token: oauthParameter(origin, {
            identityProvider: 'aad',
            customParameters: { loginUri: { value: origin }, resourceUri: { value: 'api://orders' } },
          }),
        },
      },
      { CONNECTOR_CLIENT_SECRET: planted.clientSecret },
    );
    service.behaviour.device = {
      device_code: 'pl4nt3d-device-code',
      user_code: 'ABCD-EFGH',
      verification_url: `${origin}/devicelogin`,
      expires_in: '900',
      interval: '1',
    };
    service.behaviour.tokens = [{ error: 'authorization_pending' }, usualTokens()];
    const { status, stdout, stderr } = await finish(['connect', '--device-code'], machine);
    expect(status, stderr).to.equal(0);
    expect(stderr).to.include('ABCD-EFGH').and.include(`${origin}/devicelogin`);
    const [asked, ...polls] = [...service.asked].filter(({ url }) => url.includes('/oauth2/'));
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).to.deep.equal({
      client_id: 'client-of-contoso',
      scope: 'api://orders/.default offline_access',
    });
    expect(polls).to.have.length(2);
    expect(Object.fromEntries(new URLSearchParams(polls[1]?.body))).to.deep.equal({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'pl4nt3d-device-code',
      client_id: 'client-of-contoso',
    });
    expect(stdout + stderr).not.to.include('pl4nt3d');
    service.behaviour.tokens = [{ error: 'expired_token' }];
    expect((await finish(['connect', '--device-code'], machine)).status).to.equal(1);
    service.behaviour.tokens = [{ error: 'authorization_pending' }];
    expect((await finish(['connect', '--device-code', '--timeout', '1.5'], machine)).status).to.equal(1);
    service.behaviour.device.verification_url = 'http://contoso.com/\u001b[31m';
    expect((await finish(['connect', '--device-code'], machine)).status).to.equal(2);
    const other = machineWith(definitionAt(service.origin), {
      connectionParameters: { token: oauthParameter(origin) },
    });
    expect((await finish(['connect', '--device-code'], other)).status).to.equal(2);
  });

  it('is the application itself, where the connection says so', async () => {
    const machine = machineWith(
      definitionAt(service.origin),
      {
        connectionParameters: {
          token: oauthParameter(origin, {
            identityProvider: 'aad',
            customParameters: { loginUri: { value: origin }, resourceUri: { value: 'api://orders' } },
          }),
          'token:grantType': { type: 'string', uiDefinition: { constraints: { required: 'true' } } },
        },
      },
      { CONNECTOR_GRANT_TYPE: 'client_credentials', CONNECTOR_CLIENT_SECRET: planted.clientSecret },
    );
    service.behaviour.tokens = [{ access_token: planted.accessToken, expires_in: 1 }];
    const { status, stderr } = await finish(['connect'], machine);
    expect(status, stderr).to.equal(0);
    expect((await finish(['invoke', 'ListOrders'], machine)).status).to.equal(0);
    expect(service.forms().map((form) => form.get('grant_type'))).to.deep.equal(Array(2).fill('client_credentials'));
    expect(service.forms()[1]?.get('client_secret')).to.equal(planted.clientSecret);
  });

  const templates = (more: Record<string, string> = {}): JsonObject => ({
    identityProvider: 'oauth2generic',
    scopes: ['read', 'write'],
    customParameters: Object.fromEntries(
      Object.entries({
        authorizationUrlTemplate: '{site}/authorize?fixed=1',
        authorizationUrlQueryStringTemplate: '?cid={clientID}&redirect_uri={RedirectUrl}&s={Scopes}&state={State}',
        tokenUrlTemplate: '{Site}/token',
        tokenBodyTemplate: 'c={Code}&i={ClientId}&s={ClientSecret}&site={Site}&g=authorization_code',
        scopeListDelimiter: ',',
        ...more,
      }).map(([name, value]) => [name, { value }]),
    ),
  });
  const withTemplates = (more?: Record<string, string>, env: Record<string, string> = {}): Machine =>
    machineWith(
      definitionAt(service.origin),
      { connectionParameters: { token: oauthParameter(origin, templates(more)), 'token:Site': { type: 'string' } } },
      { CONNECTOR_SITE: origin, CONNECTOR_CLIENT_SECRET: planted.clientSecret, ...env },
    );

  it('fills templates in, with values encoded', async () => {
    const { page, status, stderr } = await signedIn(withTemplates());
    expect(status, stderr).to.equal(0);
    expect(page.searchParams.get('fixed')).to.equal('1');
    expect(page.searchParams.get('s')).to.equal('read,write');
    expect(page.searchParams.get('cid')).to.equal('client-of-contoso');
    expect(Object.fromEntries(service.forms()[0] ?? [])).to.deep.equal({
      c: 'c0de',
      i: 'client-of-contoso',
      s: planted.clientSecret,
      site: origin,
      g: 'authorization_code',
    });
  });

  describe('refuses with 2, before anybody signs in,', () => {
    const refused: [string, () => Machine, RegExp][] = [
      ['a sign-in page by http elsewhere', () => withTemplates({}, { CONNECTOR_SITE: 'http://contoso.com' }), /https/],
      ['no address', () => withTemplates({}, { CONNECTOR_SITE: 'javascript:alert(1)//' }), /https|not an address/],
      ['a file', () => withTemplates({}, { CONNECTOR_SITE: 'file:///etc/passwd#' }), /https/],
      [
        'an address with a password',
        () => withTemplates({}, { CONNECTOR_SITE: 'https://a:b@contoso.com' }),
        /password/,
      ],
      [
        'a secret in the address of the page',
        () => withTemplates({ authorizationUrlQueryStringTemplate: '?x={ClientSecret}' }),
        /secret/,
      ],
      ['a template that nobody fills in', () => withTemplates({ tokenUrlTemplate: '{Site}/{Nobody}' }), /token:Nobody/],
      ['templates without a page', () => withTemplates({ authorizationUrlTemplate: '' }), /authorizationUrlTemplate/],
      [
        'a provider that only the platform knows',
        () =>
          machineWith(definitionAt(service.origin), {
            connectionParameters: { token: oauthParameter(origin, { identityProvider: 'facebook' }) },
          }),
        /facebook/,
      ],
      [
        'a sign-in without an application',
        () =>
          machineWith(definitionAt(service.origin), {
            connectionParameters: { token: oauthParameter(origin, { clientId: 'REPLACE_WITH_CLIENT_ID' }) },
          }),
        /CONNECTOR_CLIENT_ID/,
      ],
      [
        'a form that needs the secret',
        () => withTemplates({}, { CONNECTOR_CLIENT_SECRET: '' }),
        /CONNECTOR_CLIENT_SECRET/,
      ],
    ];
    for (const [what, machine, message] of refused) {
      it(what, async () => {
        const { status, stdout, stderr } = await finish(['connect', '--timeout', '5'], machine());
        expect(status, stderr).to.equal(2);
        expect(stderr)
          .to.match(message)
          .and.not.match(/at .*:\d+:\d+|pl4nt3d/);
        expect(stdout).to.equal('');
        expect(service.asked).to.deep.equal([]);
      });
    }
  });

  it('gives nothing to addresses that the connection was not made for', async () => {
    const other = await startService();
    const machine = machineWith(
      definitionAt(service.origin),
      { connectionParameters: { token: oauthParameter(origin) } },
      { CONNECTOR_CLIENT_SECRET: planted.clientSecret },
    );
    service.behaviour.tokens = [{ ...usualTokens(), expires_in: 1 }];
    expect((await signedIn(machine)).status).to.equal(0);
    const properties = join(machine.folder, 'apiProperties.json');
    const definition = join(machine.folder, 'apiDefinition.swagger.json');
    const before = [readFileSync(properties, 'utf8'), readFileSync(definition, 'utf8')] as const;
    writeFileSync(properties, before[0].replaceAll(origin, other.origin.origin));
    const changedSignIn = await finish(['invoke', 'ListOrders'], machine);
    expect([changedSignIn.status, changedSignIn.stderr.includes(other.origin.host)]).to.deep.equal([2, true]);
    writeFileSync(properties, before[0]);
    writeFileSync(definition, before[1].replace(service.origin.host, other.origin.host));
    expect((await finish(['invoke', 'ListOrders'], machine)).status).to.equal(2);
    expect((await finish(['connect', '--test'], machine)).status).to.equal(2);
    expect(other.asked).to.deep.equal([]);
    expect((await finish(['invoke', 'ListOrders', '--send-to', other.origin.origin], machine)).status).to.equal(0);
    other.server.close();
  });

  it('stores without a test where code can not be run, and says so', async () => {
    const machine = machineWith(definitionAt(service.origin, keyScheme), {
      connectionParameters: { api_key: key('Key') },
    });
    writeFileSync(join(machine.folder, 'script.csx'), '// Contoso\npublic class Script : ScriptBase { }\n');
    machine.env.CONNECTOR_API_KEY = planted.apiKey;
    const { status, stderr } = await finish(['connect'], machine);
    expect(status, stderr).to.equal(0);
    expect(stderr).to.include('it was not tested: ListOrders is run by code');
    expect(service.asked).to.deep.equal([]);
    expect(storedFiles(machine)).to.have.length(1);
  });

  it('says what is wrong with a damaged file, and forgets it', async () => {
    const machine = machineWith(definitionAt(service.origin, keyScheme), {
      connectionParameters: { api_key: key('Key') },
    });
    const withKey = { ...machine, env: { ...machine.env, CONNECTOR_API_KEY: planted.apiKey } };
    await finish(['connect'], withKey);
    const [file = ''] = storedFiles(machine);
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"name":"default"}',
      readFileSync(file, 'utf8').replace('"values"', '"v"'),
    ]) {
      writeFileSync(file, text);
      const { status, stderr } = await finish(['invoke', 'ListOrders'], machine);
      expect(status, text).to.equal(2);
      expect(stderr).not.to.match(/should not have happened/);
      expect((await finish(['connect', '--list'], machine)).status, text).to.equal(0);
    }
    expect((await finish(['connect', '--forget'], machine)).status).to.equal(0);
    expect(storedFiles(machine)).to.deep.equal([]);
  });
});
