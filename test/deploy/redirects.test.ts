import { expect } from 'chai';
import { redirectAddresses } from '../../src/authentication/redirect-addresses.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { describeDeployment } from '../../src/deploy/describe.ts';
import { internalIdIn } from '../../src/deploy/internal-id.ts';
import { planDeployment } from '../../src/deploy/plan-deployment.ts';
import { redirectModeOf } from '../../src/deploy/redirects.ts';
import { readJson } from '../support/folders.ts';
import { Harness } from './harness.ts';
import { deployRequest } from './options.ts';
import { devUrl, oauth, writeSample } from './sample.ts';

const config = { environments: { dev: { url: devUrl } } };
const address = 'https://global.consent.azure-apim.net/redirect';

describe('the redirect URL of a deployed connector', () => {
  const harness = new Harness();
  beforeEach(() => harness.begin());
  afterEach(() => harness.end());

  const perConnector = () => writeSample({ config, properties: oauth({ redirectMode: 'GlobalPerConnector' }) });
  const shown = (root: string, { deployed }: Awaited<ReturnType<Harness['attempt']>>): string =>
    deployed === undefined ? '' : describeDeployment(planDeployment(loadConnector(root), deployRequest()), deployed);

  it('has the name that the service gave the connector, which is asked for once and remembered', async () => {
    await harness.login();
    const root = perConnector();
    const first = await harness.attempt(root);
    expect(shown(root, first)).to.include(
      `Redirect URL to register with the identity provider: ${address}/new-5fstand-20in\n`,
    );
    expect(readJson(root, '.pp-connector/deployed.dev.json')).to.have.property('internalId', 'shared_new-5fstand-20in');
    expect((await harness.attempt(root)).deployed?.internalId).to.equal('shared_new-5fstand-20in');
    expect(harness.called().filter((call) => call === 'env fetch')).to.have.length(1);
  });

  it('is found in the portal where pac can’t tell it, which is not a failure', async () => {
    await harness.login();
    const root = perConnector();
    const attempt = await harness.attempt(root, { failure: 'no-fetch' });
    expect(attempt.deployed?.action).to.equal('create');
    expect(shown(root, attempt)).to.match(/Redirect URL .*: the Security page/);
  });

  it('is one for all connectors by default, and none without OAuth', () => {
    const mode = (settings?: Parameters<typeof oauth>[0]) => redirectModeOf(oauth(settings));
    expect([mode(), mode({ redirectMode: 'Global' }), mode({ redirectMode: 'GlobalPerConnector' })]).to.deep.equal([
      'global',
      'global',
      'per-connector',
    ]);
    expect(mode({ redirectMode: 'Direct' })).to.equal('other');
    expect(redirectModeOf({ properties: {} })).to.equal(undefined);
    expect(redirectAddresses('global', undefined, true)).to.deep.equal([
      address,
      'https://global-test.consent.azure-apim.net/redirect',
    ]);
    expect(redirectAddresses('per-connector', undefined, false)).to.deep.equal([]);
  });

  it('is read from a table or JSON, and never guessed', () => {
    expect(internalIdIn('x  shared_contoso-5fa-20b\r\n')).to.equal('shared_contoso-5fa-20b');
    expect(internalIdIn('{"connectorinternalid":"shared_a"}')).to.equal('shared_a');
    expect(internalIdIn('shared_a shared_b')).to.equal(undefined);
    expect(internalIdIn('not_shared_a')).to.equal(undefined);
  });
});
