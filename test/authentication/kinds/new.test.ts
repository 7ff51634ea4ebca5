import { expect } from 'chai';
import { rareKinds } from '../../../src/authentication/kinds.ts';
import { profiles } from '../../../src/connector/profile.ts';
import { validatePath } from '../../../src/rules/engine/validate-connector.ts';
import { snapshot, temporaryFolder } from '../../support/folders.ts';
import { failureOf, generate } from '../../support/generators.ts';
import { certified } from './certified.ts';

const flagsOf: Readonly<Record<string, Record<string, unknown>>> = {
  'oauth2-generic': {
    authorizationUrl: 'https://{Tenant}.contoso.com/authorize',
    tokenUrl: 'https://{Tenant}.contoso.com/token',
    scope: ['orders.read'],
  },
  windows: {},
};

describe('a new repository', () => {
  for (const auth of rareKinds) {
    for (const profile of profiles) {
      it(`starts with ${auth}, and is the same again (${profile})`, async () => {
        const cwd = temporaryFolder();
        const flags = { ...certified(profile), auth, ...flagsOf[auth] };
        await generate('app', { cwd, flags });
        const made = snapshot(cwd);
        const { findings } = await validatePath(cwd, { cwd });
        // that independent publishers may have no OAuth is right, and said by other tests
        const errors = findings.filter(
          ({ severity, rule }) => severity === 'error' && !['oauth-independent', 'sample-operations'].includes(rule),
        );
        expect(errors.map(({ rule, message }) => `${rule}: ${message}`)).to.deep.equal([]);
        await generate('app', { cwd, flags });
        await generate('app', { cwd, flags: { toolSpec: '^0.1.0' } });
        await generate('oauth', { cwd });
        expect(snapshot(cwd)).to.deep.equal(made);
      });
    }
  }

  it('asks nothing of a sign-in with templates that has a default', async () => {
    const cwd = temporaryFolder();
    await generate('app', { cwd, flags: { ...certified('custom'), auth: 'oauth2-generic' } });
    expect(snapshot(cwd)['connector/apiProperties.json']).to.contain('"oauth2generic"');
  });

  it('refuses an address that is not a template', async () => {
    const flags = { ...certified('custom'), auth: 'oauth2-generic', tokenUrl: 'http://contoso.com/token' };
    const error = await failureOf('app', { cwd: temporaryFolder(), flags });
    expect(error.message).to.contain('--token-url: "http://contoso.com/token" is not an https address');
  });
});
