import { expect } from 'chai';
import { asObject, getOwn } from '../../../src/connector/json/value.ts';
import { profiles } from '../../../src/connector/profile.ts';
import { validatePath } from '../../../src/rules/engine/validate-connector.ts';
import { readJson, readText, snapshot, temporaryFolder } from '../../support/folders.ts';
import { failureOf, generate } from '../../support/generators.ts';
import { certified } from './certified.ts';

const key = { auth: 'api-key', name: 'X-API-Key' };
const oauth2 = {
  auth: 'oauth2',
  authorizationUrl: 'https://login.contoso.com/authorize',
  tokenUrl: 'https://login.contoso.com/token',
  scope: ['orders.read'],
};

const repository = async (flags: Record<string, unknown> = {}, profile: (typeof profiles)[number] = 'custom') => {
  const cwd = temporaryFolder();
  await generate('app', { cwd, flags: certified(profile) });
  if (flags.auth !== undefined) await generate('oauth', { cwd, flags });
  return cwd;
};

const definition = (cwd: string) => asObject(readJson(cwd, 'connector/apiDefinition.json'));
const properties = (cwd: string) => asObject(asObject(readJson(cwd, 'connector/apiProperties.json')).properties);

const setsOf = (cwd: string): Record<string, string[]> => {
  const { values } = asObject(getOwn(properties(cwd), 'connectionParameterSets'));
  const sets = Array.isArray(values) ? values.map(asObject) : [];
  return Object.fromEntries(sets.map((set) => [String(set.name), Object.keys(asObject(set.parameters))]));
};

const errorsOf = async (cwd: string): Promise<string[]> => {
  const { findings } = await validatePath(cwd, { cwd });
  return findings
    .filter(({ severity, rule }) => severity === 'error' && !['oauth-independent', 'sample-operations'].includes(rule))
    .map(({ rule, pointer, message }) => `${rule} ${pointer}: ${message}`);
};

describe('several ways to sign in', () => {
  for (const profile of profiles) {
    it(`are added, are stable, and go again (${profile})`, async () => {
      const cwd = await repository(key, profile);
      const single = snapshot(cwd);
      const add = { ...oauth2, set: 'account', setLabel: 'Contoso account' };
      await generate('oauth', { cwd, flags: add });
      expect(setsOf(cwd)).to.deep.equal({ 'api-key': ['api_key'], account: ['token'] });
      expect(await errorsOf(cwd)).to.deep.equal([]);
      const made = snapshot(cwd);
      await generate('oauth', { cwd, flags: add });
      await generate('oauth', { cwd });
      expect(snapshot(cwd)).to.deep.equal(made);
      await generate('oauth', { cwd, flags: { removeSet: 'account' } });
      expect(snapshot(cwd)).to.deep.equal(single);
    });
  }

  it('list their schemes in one requirement', async () => {
    const cwd = await repository(key);
    await generate('oauth', { cwd, flags: { auth: 'basic', set: 'account' } });
    expect(definition(cwd).security).to.deep.equal([{ api_key: [], basic_auth: [] }]);
    expect(Object.keys(asObject(definition(cwd).securityDefinitions))).to.deep.equal(['api_key', 'basic_auth']);
    await generate('oauth', { cwd, flags: { ...oauth2, set: 'sign-in' } });
    const eu = { ...oauth2, tokenUrl: 'https://login.contoso.eu/token', set: 'eu' };
    await generate('oauth', { cwd, flags: eu });
    expect(definition(cwd).security).to.deep.equal([
      { api_key: [], basic_auth: [], oauth2_auth: ['orders.read'], oauth2_auth_eu: ['orders.read'] },
    ]);
    await generate('oauth', { cwd, flags: { removeSet: 'sign-in' } });
    expect(definition(cwd).security).to.deep.equal([{ api_key: [], basic_auth: [], oauth2_auth_eu: ['orders.read'] }]);
    expect(await errorsOf(cwd)).to.deep.equal([]);
  });

  it('name no scheme at all where that is wanted, and say so again when one way is left', async () => {
    const cwd = await repository({ auth: 'basic' });
    const single = snapshot(cwd);
    await generate('oauth', { cwd, flags: { ...key, set: 'key', setSchemes: 'none' } });
    expect(definition(cwd)).to.include({}).and.to.have.property('securityDefinitions').that.deep.equals({});
    expect(await errorsOf(cwd)).to.deep.equal([]);
    await generate('oauth', { cwd, flags: { ...oauth2, set: 'sign-in' } });
    expect(definition(cwd).securityDefinitions).to.deep.equal({});
    await generate('oauth', { cwd, flags: { removeSet: 'sign-in' } });
    await generate('oauth', { cwd, flags: { removeSet: 'key' } });
    expect(snapshot(cwd)).to.deep.equal(single);
  });

  it('change their kind, and keep what the author wrote', async () => {
    const cwd = await repository(key);
    await generate('oauth', { cwd, flags: { auth: 'basic', set: 'account', setDescription: 'With your account.' } });
    await generate('oauth', { cwd, flags: { ...oauth2, set: 'account' } });
    expect(setsOf(cwd)).to.deep.equal({ 'api-key': ['api_key'], account: ['token'] });
    expect(readText(cwd, 'connector/apiProperties.json')).to.contain('With your account.');
    expect(definition(cwd).security).to.deep.equal([{ api_key: [], oauth2_auth: ['orders.read'] }]);
  });

  it('share the host and extra fields', async () => {
    const host = { hostParameter: 'tenant', hostTemplate: 'https://{tenant}.contoso.com' };
    const cwd = await repository({ ...key, ...host });
    const single = snapshot(cwd);
    await generate('oauth', { cwd, flags: { auth: 'basic', set: 'account', sendField: ['unit=header:X-Unit'] } });
    expect(setsOf(cwd)).to.deep.equal({
      'api-key': ['api_key', 'tenant', 'unit'],
      account: ['username', 'password', 'tenant', 'unit'],
    });
    expect(await errorsOf(cwd)).to.deep.equal([]);
    await generate('oauth', { cwd, flags: { ...key, ...host } });
    expect(snapshot(cwd)).to.deep.equal(single);
  });

  it('begin with nothing, and end with nothing', async () => {
    const cwd = await repository();
    const nothing = snapshot(cwd);
    await generate('oauth', { cwd, flags: { auth: 'none', set: 'anonymous' } });
    await generate('oauth', { cwd, flags: { ...key, set: 'key' } });
    expect(setsOf(cwd)).to.deep.equal({ anonymous: [], key: ['api_key'] });
    expect(await errorsOf(cwd)).to.deep.equal([]);
    await generate('oauth', { cwd, flags: { auth: 'none' } });
    expect(snapshot(cwd)).to.deep.equal(nothing);
  });

  it('are described in the readme, each under its label', async () => {
    const cwd = await repository(key);
    await generate('oauth', { cwd, flags: { auth: 'basic', set: 'account', setLabel: 'Contoso account' } });
    expect(readText(cwd, 'README.md')).to.contain('### API key').and.to.contain('### Contoso account');
  });

  describe('are refused', () => {
    const cases: [name: string, flags: Record<string, unknown>, message: RegExp][] = [
      [
        'a word before the key',
        { ...key, prefix: 'Bearer', set: 'b' },
        /--set b: API key can't be one of several .*prefix/,
      ],
      ['a script', { auth: 'client-credentials', set: 'b' }, /--set b: Application can't be one of several/],
      ['the gateway', { auth: 'windows', set: 'b' }, /--set b: Gateway can't be one of several/],
      ['a set without a kind', { set: 'b' }, /--set needs --auth KIND/],
      ['a set that is not there', { removeSet: 'b' }, /--remove-set: there is no set "b"/],
    ];
    for (const [name, flags, message] of cases) {
      it(name, async () => {
        const cwd = await repository({ auth: 'basic' });
        const before = snapshot(cwd);
        expect((await failureOf('oauth', { cwd, flags })).message).to.match(message);
        expect(snapshot(cwd)).to.deep.equal(before);
      });
    }

    it('flags that fit one of several', async () => {
      const cwd = await repository(key);
      await generate('oauth', { cwd, flags: { auth: 'basic', set: 'account' } });
      const error = await failureOf('oauth', { cwd, flags: { scope: ['a'] } });
      expect(error.message).to.match(/--scope: the connector has several ways to sign in/);
    });
  });
});
