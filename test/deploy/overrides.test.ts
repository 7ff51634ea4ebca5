import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { tokenAddresses, writeTokenPolicies } from '../../src/authentication/kinds/token-policies.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { deployCopy } from '../../src/deploy/deploy-copy.ts';
import { Environments } from '../../src/deploy/environment.ts';
import { type DeploymentPlan, planDeployment } from '../../src/deploy/plan-deployment.ts';
import { mergeConnector } from '../../src/download/merge-connector.ts';
import { UserError } from '../../src/errors.ts';
import { readJson } from '../support/folders.ts';
import { Harness } from './harness.ts';
import { deployRequest } from './options.ts';
import { devUrl, oauth, plainSettings, type SampleOptions, writeSample } from './sample.ts';

const entra: JsonObject = {
  securityDefinitions: {
    oauth2_auth: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/authorize',
      tokenUrl: 'https://login.microsoftonline.com/common/oauth2/token',
      scopes: {},
    },
  },
};

const withOverrides = (overrides: JsonObject, options: SampleOptions = {}): string =>
  writeSample({ ...options, config: { environments: { dev: { url: devUrl, overrides } } } });

const planOf = (root: string): DeploymentPlan => planDeployment(loadConnector(root), deployRequest());

/** What pac would read. */
function copyOf(root: string): { definition: JsonObject; properties: JsonObject; icon: Buffer | undefined } {
  const copy = deployCopy(planOf(root), {
    connectorId: undefined,
    credentials: { clientId: undefined, clientSecret: undefined },
    without: new Set(),
  });
  const json = (name: string): JsonObject => JSON.parse(String(copy.get(name)));
  return {
    definition: json('apiDefinition.json'),
    properties: json('apiProperties.json'),
    icon: copy.get('icon.png') as Buffer | undefined,
  };
}

function refusal(overrides: JsonObject): string {
  try {
    planOf(withOverrides(overrides));
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('overrides of an environment', () => {
  it('change the deployed copy, and no file of the repository', () => {
    const root = withOverrides({ host: 'test.contoso.com', basePath: '/v2', title: 'Weather (test)', tokenUrl: '' });
    const before = readFileSync(join(root, 'connector', 'apiDefinition.json'), 'utf8');
    const { definition } = copyOf(root);
    expect(definition).to.deep.include({ host: 'test.contoso.com', basePath: '/v2' });
    expect((definition.info as JsonObject).title).to.equal('Weather (test)');
    expect(planOf(root).title).to.equal('Weather (test)');
    expect(readFileSync(join(root, 'connector', 'apiDefinition.json'), 'utf8')).to.equal(before);
  });

  it('reach the policies that sign in by client credentials', () => {
    const request = { tokenUrl: 'https://id.contoso.com/oauth2/token', scopes: ['read'] };
    const policies = writeTokenPolicies(request, 'https://weather.contoso.com/v1');
    const options = {
      definition: { host: 'weather.contoso.com', basePath: '/v1' },
      properties: { properties: { policyTemplateInstances: policies } },
    };
    const addresses = (root: string) => {
      const inner = copyOf(root).properties.properties as JsonObject;
      const found = tokenAddresses(inner);
      return [found?.service, found?.token, found?.api].map(
        (parameters) =>
          parameters?.['x-ms-apimTemplateParameter.urlTemplate'] ??
          parameters?.['x-ms-apimTemplateParameter.parameterValueUrl'],
      );
    };
    const overrides = { host: 'test.contoso.com', basePath: '/v2', tokenUrl: 'https://id-test.contoso.com/t?x=1' };
    expect(addresses(withOverrides(overrides, options))).to.deep.equal([
      'https://id-test.contoso.com',
      '/t?x=1&grant_type=client_credentials&scope=read',
      'https://test.contoso.com/v2',
    ]);
    expect(addresses(withOverrides({ basePath: '/' }, options))[2]).to.equal('https://weather.contoso.com');
    const elsewhere = { ...options, definition: { host: 'other.contoso.com', basePath: '/v1' } };
    expect(addresses(withOverrides({ host: 'test.contoso.com' }, elsewhere))[2], "the author's own").to.equal(
      'https://weather.contoso.com/v1',
    );
  });

  it('keep every other byte', () => {
    const root = withOverrides({ host: 'test.contoso.com' });
    const text = readFileSync(join(root, 'connector', 'apiDefinition.json'), 'utf8');
    const host = String((JSON.parse(text) as JsonObject).host);
    expect(planOf(root).files.definition.bytes.toString()).to.equal(text.replace(`"${host}"`, '"test.contoso.com"'));
  });

  it('bring an icon of their own', () => {
    const root = withOverrides({ icon: 'icons/test.png' }, { files: { 'icons/test.png': 'PNG' } });
    expect(copyOf(root).icon?.toString()).to.equal('PNG');
    expect(refusal({ icon: 'icons/none.png' })).to.match(
      /overrides\.icon names icons\/none\.png, and there is no such/,
    );
    expect(refusal({ icon: '../outside.png' })).to.match(/icon/);
  });

  it('change the addresses of OAuth wherever they are', () => {
    const overrides = {
      tokenUrl: 'https://login.test/token',
      authorizationUrl: 'https://login.test/go',
      clientId: 'c-1',
    };
    const scheme = { type: 'oauth2', flow: 'accessCode', scopes: {} };
    const urls = {
      authorizationUrl: 'https://login.contoso.com/authorize',
      tokenUrl: 'https://login.contoso.com/token',
    };
    const definition: JsonObject = { securityDefinitions: { oauth2_auth: { ...scheme, ...urls } } };
    const { definition: changed, properties } = copyOf(withOverrides(overrides, { properties: oauth(), definition }));
    const text = JSON.stringify([changed, properties]);
    expect(text).not.to.include('login.contoso.com');
    // tokens were refreshed where they came from, and still are
    expect(text.match(/https:\/\/login\.test\/token/g)).to.have.length(3);
    expect(text).to.include('"clientId":"c-1"');
  });

  it('change the tenant in the addresses of Entra ID', () => {
    const settings = {
      identityProvider: 'aad',
      customParameters: { tenantId: { value: 'common' }, resourceUri: { value: 'api://x' } },
      properties: { AzureActiveDirectoryResourceId: 'api://x' },
    };
    const options = { properties: oauth(settings), definition: entra };
    const { definition, properties } = copyOf(withOverrides({ tenantId: 't-1', resourceUri: 'api://test' }, options));
    expect(JSON.stringify(definition).match(/microsoftonline\.com\/t-1\/oauth2/g)).to.have.length(2);
    expect(JSON.stringify(properties)).to.include('"tenantId":{"value":"t-1"}').and.not.to.include('api://x');
  });

  for (const [overrides, message] of [
    [{ hosts: 'x' }, /unknown key "hosts"; did you mean "host"/],
    [{ host: 'https://x.com' }, /host" is "https:\/\/x\.com"; what it must be: Host of the API, without scheme/],
    [{ basePath: 'v2' }, /basePath" is "v2"/],
    [{ tokenUrl: 'http://x.com' }, /tokenUrl" is "http:\/\/x\.com"/],
    [{ title: 'x'.repeat(31) }, /title" is .*30 characters at most/],
    [{ host: 1 }, /must be of type string/],
    [{ tenantId: 't' }, /overrides\.tenantId: this connector has nothing that it could replace/],
    [{ clientId: 'c' }, /overrides\.clientId: this connector has nothing/],
  ] as const) {
    it(`refuses ${JSON.stringify(overrides)}`, () => expect(refusal(overrides)).to.match(message));
  }

  it('are of the environment only that has them', () => {
    const config = {
      environments: { dev: { url: devUrl, overrides: { host: 'a.b' } }, prod: { url: 'https://x.crm.dynamics.com' } },
    };
    const connector = loadConnector(writeSample({ config }));
    const environments = new Environments(connector.config);
    expect(environments.choose('dev').overrides).to.deep.equal({ host: 'a.b' });
    expect(environments.choose('prod').overrides).to.deep.equal({});
  });
});

describe('overrides and the copy of the service', () => {
  const overridden = { host: 'test.contoso.com', basePath: '/test', title: 'Weather (test)', icon: 'test.png' };
  const sample = () => withOverrides(overridden, { settings: plainSettings, files: { 'test.png': 'PNG' } });

  /** As a download right after the deployment, with a maker's edits. */
  async function merge(root: string, edit: (definition: JsonObject) => void, hasBase: boolean) {
    const ours = loadConnector(root);
    const { definition, properties } = copyOf(root);
    const base = { definition: structuredClone(definition), properties, script: undefined, icon: 'digest' };
    edit(definition);
    const theirs = { copy: { definition, properties, script: undefined, icon: 'another' }, icon: Buffer.from('x') };
    const sides = {
      ours,
      base: hasBase ? base : undefined,
      theirs,
      unchanged: new Set<never>(),
      overrides: overridden,
    };
    return mergeConnector(sides, () => 'theirs');
  }

  for (const hasBase of [true, false]) {
    it(`are not changes, ${hasBase ? 'after a deployment' : 'when nothing is remembered'}`, async () => {
      const { changes, conflicts } = await merge(sample(), () => {}, hasBase);
      expect({ changes, conflicts }).to.deep.equal({ changes: [], conflicts: [] });
    });
  }

  it('stay out of the repository when a maker changes something else, or the same', async () => {
    const root = sample();
    const edit = (definition: JsonObject): void => {
      definition.host = 'maker.contoso.com';
      (definition.info as JsonObject).description = 'Of a maker.';
    };
    const { definition, changes, conflicts } = await merge(root, edit, true);
    const before = readJson(root, 'connector/apiDefinition.json') as JsonObject;
    expect(definition.host).to.equal(before.host);
    expect((definition.info as JsonObject).title).to.equal((before.info as JsonObject).title);
    expect(changes.map(({ pointer }) => pointer)).to.deep.equal(['/info/description']);
    expect(conflicts).to.deep.equal([]);
  });

  const harness = new Harness();
  beforeEach(() => harness.begin());
  afterEach(() => harness.end());

  it('are not drift, also when they are changed between two deployments', async () => {
    await harness.login();
    const root = withOverrides({ host: 'test.contoso.com' });
    expect((await harness.attempt(root)).deployed?.action).to.equal('create');
    const config = readJson(root, 'config.json') as { environments: { dev: { overrides: JsonObject } } };
    config.environments.dev.overrides.host = 'other.contoso.com';
    writeFileSync(join(root, 'config.json'), JSON.stringify(config));
    const { deployed, warnings } = await harness.attempt(root, { options: { failOnDrift: true } });
    expect(deployed?.action).to.equal('update');
    expect(warnings).to.deep.equal([]);
  });
});
