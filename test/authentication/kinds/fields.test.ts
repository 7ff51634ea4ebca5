import { expect } from 'chai';
import { checkField, parseField } from '../../../src/authentication/parse-field.ts';
import { asArray, asObject, getOwn, type JsonObject } from '../../../src/connector/json/value.ts';
import { validatePath } from '../../../src/rules/engine/validate-connector.ts';
import { readJson, snapshot, temporaryFolder } from '../../support/folders.ts';
import { failureOf, generate } from '../../support/generators.ts';
import { certified } from './certified.ts';

const region = 'region|Region|Where your data is.|default=eu|choices=eu=>Europe,us=>North America';
const host = { template: 'dynamichosturl', set: ["urlTemplate=https://@connectionParameters('region').contoso.com"] };

async function repository(flags: Record<string, unknown> = { auth: 'api-key', name: 'X-API-Key' }): Promise<string> {
  const cwd = temporaryFolder();
  await generate('app', { cwd, flags: certified('verified') });
  await generate('oauth', { cwd, flags });
  return cwd;
}

const properties = (cwd: string): JsonObject =>
  asObject(asObject(readJson(cwd, 'connector/apiProperties.json')).properties);

const errorsOf = async (cwd: string): Promise<string[]> => {
  const { findings } = await validatePath(cwd, { cwd });
  return findings
    .filter(({ severity, rule }) => severity === 'error' && rule !== 'sample-operations')
    .map(({ rule, message }) => `${rule}: ${message}`);
};

describe('a field of the connection beside the sign-in', () => {
  it('is added, is stable, and goes again', async () => {
    const cwd = await repository();
    const before = snapshot(cwd);
    await generate('oauth', { cwd, flags: { field: [region] } });
    const added = snapshot(cwd);
    expect(Object.keys(asObject(properties(cwd).connectionParameters))).to.deep.equal(['api_key', 'region']);
    expect(await errorsOf(cwd)).to.deep.equal([]);
    await generate('oauth', { cwd, flags: { field: [region] } });
    await generate('oauth', { cwd });
    expect(snapshot(cwd)).to.deep.equal(added);
    await generate('oauth', { cwd, flags: { removeField: ['region'] } });
    expect(snapshot(cwd)).to.deep.equal(before);
  });

  it('has its choices and default', async () => {
    const cwd = await repository({ field: [region] });
    expect(getOwn(asObject(properties(cwd).connectionParameters), 'region')).to.deep.equal({
      type: 'string',
      defaultValue: 'eu',
      uiDefinition: {
        displayName: 'Region',
        description: 'Where your data is.',
        tooltip: 'Choose your region',
        constraints: {
          tabIndex: 2,
          required: 'true',
          allowedValues: [
            { text: 'Europe', value: 'eu' },
            { text: 'North America', value: 'us' },
          ],
        },
      },
    });
  });

  it('may be a secret, and may be left empty', async () => {
    const cwd = await repository({ field: ['code||A code.|secret|optional'] });
    const { type, uiDefinition } = asObject(getOwn(asObject(properties(cwd).connectionParameters), 'code'));
    expect([type, asObject(uiDefinition).constraints]).to.deep.equal([
      'securestring',
      { tabIndex: 2, clearText: false, required: 'false' },
    ]);
  });

  it('is one of every way to sign in', async () => {
    const cwd = await repository();
    await generate('oauth', { cwd, flags: { set: 'account', auth: 'basic' } });
    const before = snapshot(cwd);
    await generate('oauth', { cwd, flags: { field: [region] } });
    await generate('policy', { cwd, flags: host });
    const sets = asArray(asObject(properties(cwd).connectionParameterSets).values).map(asObject);
    expect(sets.map(({ parameters }) => Object.keys(asObject(parameters)))).to.deep.equal([
      ['api_key', 'region'],
      ['username', 'password', 'region'],
    ]);
    expect(await errorsOf(cwd)).to.deep.equal([]);
    await generate('oauth', { cwd, flags: { set: 'other', auth: 'basic' } });
    await generate('oauth', { cwd, flags: { removeSet: 'other' } });
    await generate('policy', { cwd, flags: { remove: 'dynamichosturl' } });
    await generate('oauth', { cwd, flags: { removeField: ['region'] } });
    expect(snapshot(cwd)).to.deep.equal(before);
  });

  it('goes along with the first of several ways to sign in', async () => {
    const cwd = await repository({ field: [region] });
    await generate('oauth', { cwd, flags: { set: 'account', auth: 'basic' } });
    const sets = asArray(asObject(properties(cwd).connectionParameterSets).values).map(asObject);
    expect(sets.map(({ name, parameters }) => [name, Object.keys(asObject(parameters))])).to.deep.equal([
      ['account', ['username', 'password', 'region']],
    ]);
    expect(await errorsOf(cwd)).to.deep.equal([]);
  });

  it('stays while a policy uses it', async () => {
    const cwd = await repository({ field: [region] });
    await generate('policy', { cwd, flags: { ...host, title: 'The region decides' } });
    const error = await failureOf('oauth', { cwd, flags: { removeField: ['region'] } });
    expect(error.message).to.contain('the policy "The region decides" uses the field "region"');
  });

  it('is not part of the sign-in', async () => {
    const cwd = await repository();
    const taken = await failureOf('oauth', { cwd, flags: { field: ['api_key|Key'] } });
    expect(taken.message).to.contain('the name "api_key" is taken by the sign-in');
    const unknown = await failureOf('oauth', { cwd, flags: { removeField: ['api_key'] } });
    expect([unknown.message, unknown.hint]).to.deep.equal([
      '--remove-field: there is no field "api_key"',
      'the connection asks for the sign-in only',
    ]);
  });

  for (const [line, problem] of [
    ['9lives', 'must begin with a name'],
    ['region|Region|Where.|requird', '"requird" is none of'],
    ['region|Region|Where.|default=asia|choices=eu,us', 'the default "asia" is none of the choices eu, us'],
  ] as const) {
    it(`is refused as ${line}`, () => expect(checkField(line)).to.contain(problem));
  }

  it('has texts by its name', () => {
    expect(parseField('tenantId')).to.deep.include({
      label: 'Tenant ID',
      description: 'The tenant ID of your account.',
    });
    expect(parseField('a|b \\| c')).to.deep.include({ label: 'b | c' });
  });
});
