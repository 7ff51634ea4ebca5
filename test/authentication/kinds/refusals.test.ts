import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asObject } from '../../../src/connector/json/value.ts';
import { readJson, readText, snapshot, temporaryFolder } from '../../support/folders.ts';
import { failureOf, generate } from '../../support/generators.ts';
import { certified } from './certified.ts';

const oauth2 = {
  auth: 'oauth2',
  authorizationUrl: 'https://login.contoso.com/authorize',
  tokenUrl: 'https://login.contoso.com/token',
};

const generic = (tokenUrl: string) => ({
  auth: 'oauth2-generic',
  authorizationUrl: 'https://login.contoso.com/authorize',
  tokenUrl,
});

const refusals: [name: string, flags: Record<string, unknown>, message: RegExp][] = [
  [
    'an API key through the gateway',
    { auth: 'api-key', transport: 'gateway' },
    /--transport gateway: --auth api-key is not possible: .*no API keys/,
  ],
  [
    'OAuth through the gateway',
    { ...oauth2, transport: 'gateway' },
    /--auth oauth2 is not possible: .*no OAuth tokens/,
  ],
  [
    'a script through the gateway',
    { auth: 'client-credentials', tokenUrl: 'https://login.contoso.com/token', transport: 'gateway' },
    /--auth client-credentials is not possible: .*no custom code/,
  ],
  [
    'a host through the gateway',
    { auth: 'windows', hostParameter: 'tenant', hostTemplate: 'https://{tenant}.contoso.com' },
    /dynamichosturl has no effect over the gateway/,
  ],
  [
    'a template without the parameter',
    { auth: 'basic', hostParameter: 'tenant', hostTemplate: 'https://contoso.com' },
    /--host-template: "https:\/\/contoso\.com" doesn't contain \{tenant\}/,
  ],
  [
    'a host parameter that is not a name',
    { auth: 'basic', hostParameter: 'a-b' },
    /--host-parameter: "a-b" must be letters/,
  ],
  [
    'an extra field without a place',
    { auth: 'basic', sendField: ['tenant'] },
    /--send-field: "tenant" must say name=header:NAME/,
  ],
  [
    'an extra field of a taken name',
    { auth: 'basic', sendField: ['api_key=header:X'] },
    /--send-field: the name "api_key" is taken/,
  ],
  [
    'an extra field in the place of the key',
    { auth: 'api-key', name: 'X-Key', sendField: ['other=header:x-key'] },
    /--send-field: the header x-key carries the sign-in itself/,
  ],
  [
    'the placeholder TenantId',
    generic('https://{TenantId}.contoso.com/token'),
    /\{TenantId\} in a template: the platform fills the parameter token:TenantId itself/,
  ],
  ['a template without https', generic('http://{Tenant}.contoso.com'), /--token-url: .* is not an https address/],
  ['a query without a question mark', { ...generic('https://a.contoso.com'), tokenQuery: 'a=b' }, /must begin with \?/],
  [
    'a preset of another kind',
    { preset: 'google', auth: 'basic' },
    /--preset google: it is --auth oauth2-generic, not basic/,
  ],
  ['a preset that is none', { preset: 'contoso' }, /--preset: "contoso" is not allowed; allowed are: github, google/],
  [
    'a service principal without --experimental',
    { auth: 'entra', grant: 'service-principal' },
    /--grant: "service-principal" is undocumented, and needs --experimental/,
  ],
  [
    'a test operation that is not there',
    { testConnection: 'ListItem' },
    /no operation "ListItem"; did you mean ListItems\?/,
  ],
  ['a test operation that is not a GET', { testConnection: 'CreateItem' }, /"CreateItem" is a POST; it must be a GET/],
  ['a test operation that needs input', { testConnection: 'GetItem' }, /"GetItem" needs the input "itemId"/],
];

describe('what the platform cannot do is refused, and nothing is written', () => {
  let cwd = '';
  let before: Record<string, string> = {};

  beforeEach(async () => {
    if (cwd !== '') return;
    cwd = temporaryFolder();
    await generate('app', { cwd, flags: certified('custom') });
    before = snapshot(cwd);
  });

  for (const [name, flags, message] of refusals) {
    it(name, async () => {
      expect((await failureOf('oauth', { cwd, flags })).message).to.match(message);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  }

  it('the gateway beside a script of the author', async () => {
    const other = temporaryFolder();
    await generate('app', { cwd: other, flags: certified('custom') });
    writeFileSync(join(other, 'connector', 'script.csx'), 'public class Script : ScriptBase { }\n');
    const error = await failureOf('oauth', { cwd: other, flags: { auth: 'windows' } });
    expect(error.message).to.match(/has a script\.csx, and the gateway runs no custom code/);
  });

  it('a host beside a policy of the author that sets it', async () => {
    const other = temporaryFolder();
    await generate('app', { cwd: other, flags: certified('custom') });
    const file = 'connector/apiProperties.json';
    const { properties } = asObject(readJson(other, file));
    const policy = {
      templateId: 'dynamichosturl',
      title: 'Our host',
      parameters: { 'x-ms-apimTemplateParameter.urlTemplate': 'https://eu.contoso.com' },
    };
    const value = { properties: { ...asObject(properties), policyTemplateInstances: [policy] } };
    writeFileSync(join(other, ...file.split('/')), `${JSON.stringify(value, null, 2)}\n`);
    const flags = { auth: 'basic', hostParameter: 'tenant', hostTemplate: 'https://{tenant}.contoso.com' };
    expect((await failureOf('oauth', { cwd: other, flags })).message).to.match(/"Our host" sets the host already/);
  });
});

describe('what the files say is kept', () => {
  const repository = async (flags: Record<string, unknown>) => {
    const cwd = temporaryFolder();
    await generate('app', { cwd, flags: certified('custom') });
    const made = snapshot(cwd);
    await generate('oauth', { cwd, flags });
    return { cwd, made };
  };

  it('an operation that tests connections: added, kept by another kind, and taken away without a trace', async () => {
    const { cwd, made } = await repository({ testConnection: 'ListItems' });
    const definition = asObject(readJson(cwd, 'connector/apiDefinition.json'));
    expect(definition['x-ms-capabilities']).to.deep.equal({ testConnection: { operationId: 'ListItems' } });
    await generate('oauth', { cwd, flags: { auth: 'basic' } });
    expect(readText(cwd, 'connector/apiDefinition.json')).to.contain('"operationId": "ListItems"');
    await generate('oauth', { cwd, flags: { auth: 'none', testConnection: 'none' } });
    expect(snapshot(cwd)).to.deep.equal(made);
  });

  it('a host, when the kind changes; not, when there is nothing left to sign in to', async () => {
    const host = { hostParameter: 'tenant', hostTemplate: 'https://{tenant}.contoso.com' };
    const { cwd, made } = await repository({ auth: 'api-key', ...host });
    await generate('oauth', { cwd, flags: { auth: 'basic' } });
    expect(readText(cwd, 'connector/apiProperties.json')).to.contain(
      "https://@connectionParameters('tenant').contoso.com",
    );
    await generate('oauth', { cwd, flags: { auth: 'none' } });
    expect(snapshot(cwd)).to.deep.equal(made);
  });

  it('texts of the author in a host field and in extra fields', async () => {
    const { cwd } = await repository({
      auth: 'api-key',
      hostParameter: 'tenant',
      hostTemplate: 'https://{tenant}.contoso.com',
      sendField: ['unit=query:unit|Unit|A'],
    });
    const file = join(cwd, 'connector', 'apiProperties.json');
    const edited = readText(cwd, 'connector/apiProperties.json')
      .replace(/"The tenant of[^"]*"/, '"Ask | your admin."')
      .replace(/"description": "A"/, '"description": "Metric | imperial."');
    writeFileSync(file, edited);
    await generate('oauth', { cwd });
    expect(readText(cwd, 'connector/apiProperties.json')).to.equal(edited);
    await generate('oauth', { cwd, flags: { auth: 'basic' } });
    await generate('oauth', { cwd, flags: { auth: 'api-key' } });
    expect(readText(cwd, 'connector/apiProperties.json')).to.equal(edited);
  });

  it('what no flag describes, as long as no kind is given', async () => {
    const cwd = temporaryFolder();
    await generate('app', { cwd, flags: certified('custom') });
    const file = join(cwd, 'connector', 'apiProperties.json');
    const text = readText(cwd, 'connector/apiProperties.json');
    const parameter = '{ "account": { "type": "string", "uiDefinition": { "displayName": "Account" } } }';
    writeFileSync(file, text.replace('"connectionParameters": {}', `"connectionParameters": ${parameter}`));
    const before = readText(cwd, 'connector/apiProperties.json');
    await generate('oauth', { cwd });
    expect(readText(cwd, 'connector/apiProperties.json')).to.equal(before);
  });

  it('a host and extra fields, until an empty answer takes them away', async () => {
    const host = { hostParameter: 'tenant', hostTemplate: 'https://{tenant}.contoso.com' };
    const { cwd } = await repository({ auth: 'api-key' });
    const made = snapshot(cwd);
    await generate('oauth', { cwd, flags: { ...host, sendField: ['unit=query:unit'] } });
    expect(snapshot(cwd)).to.not.deep.equal(made);
    await generate('oauth', { cwd, flags: { hostParameter: '', sendField: [''] } });
    expect(snapshot(cwd)).to.deep.equal(made);
  });

  it('several ways to sign in, for a person who only confirms', async () => {
    const { cwd } = await repository({ auth: 'api-key' });
    await generate('oauth', { cwd, flags: { set: 'account', auth: 'basic' } });
    const made = snapshot(cwd);
    const { questions } = await generate('oauth', { cwd, answers: {} });
    expect(questions.map(({ name }) => name)).to.deep.equal(['set', 'testConnection']);
    expect(snapshot(cwd)).to.deep.equal(made);
  });

  it('everything, for a person who only confirms', async () => {
    const flags = {
      auth: 'oauth2-generic',
      authorizationUrl: 'https://{Tenant}.contoso.com/authorize',
      tokenUrl: 'https://{Tenant}.contoso.com/token',
      scope: ['a', 'b'],
      sendField: ['unit=query:unit'],
    };
    const { cwd } = await repository(flags);
    const made = snapshot(cwd);
    await generate('oauth', { cwd, answers: {} });
    expect(snapshot(cwd)).to.deep.equal(made);
  });
});
