import { expect } from 'chai';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { profiles } from '../../src/connector/profile.ts';
import { documentFiles } from '../../src/docs/document-files.ts';
import { addOperation } from '../../src/operation/add-operation.ts';
import { RuleConfiguration } from '../../src/rules/engine/rule-configuration.ts';
import { runRules } from '../../src/rules/engine/run.ts';
import { family as readme } from '../../src/rules/families/readme.ts';
import { type Change, documented, templates, undocumented } from './support.ts';

/** The new README.md of the example connector. */
function readmeOf(change: Change = {}): string {
  const profile = change.profile ?? 'verified';
  const files = documentFiles(undocumented(change), { profile, templates });
  return [...files].find(([path]) => /readme\.md$/i.test(path))?.[1] ?? '';
}

const introOf = (change: Change = {}): string =>
  documentFiles(undocumented(change), { profile: 'verified', templates }).get('/example/INTRO.md') ?? '';

/** The text of one generated block. */
const block = (text: string, name: string): string =>
  text.split(`<!-- pp-connector:begin ${name} -->`)[1]?.split(`<!-- pp-connector:end ${name} -->`)[0] ?? '';

const headings = (text: string): string[] => text.match(/^##? .*$/gm) ?? [];

const oauthProperties = (settings: JsonObject, more: JsonObject = {}): JsonObject => ({
  properties: {
    connectionParameters: { api_key: null, token: { type: 'oauthSetting', oAuthSettings: settings }, ...more },
  },
});

const oauth2: Change = {
  properties: oauthProperties({
    identityProvider: 'oauth2',
    clientId: 'REPLACE_WITH_CLIENT_ID',
    scopes: ['read write'],
    redirectMode: 'GlobalPerConnector',
    customParameters: {
      authorizationUrl: { value: 'https://login.contoso.com/authorize' },
      tokenUrl: { value: 'https://login.contoso.com/token' },
      refreshUrl: { value: 'https://login.contoso.com/refresh' },
    },
  }),
};

describe('documentFiles', () => {
  for (const profile of profiles) {
    it(`makes the documents of a ${profile} connector`, () => {
      const files = documentFiles(undocumented({ profile }), { profile, templates });
      expect([...files.keys()]).to.deep.equal(
        profile === 'custom' ? ['/example/README.md'] : ['/example/README.md', '/example/INTRO.md'],
      );
    });

    it(`satisfies the rules about documents (${profile})`, async () => {
      const connector = undocumented({ profile });
      const complete = documented(connector, documentFiles(connector, { profile, templates }));
      const settings = new RuleConfiguration(new Set(), undefined, new Map());
      const findings = await runRules(complete, { profile, subject: 'repository', rules: readme.rules, settings });
      expect(findings.map((finding) => `${finding.rule}: ${finding.message}`)).to.deep.equal([]);
    });

    it(`changes nothing the second time (${profile})`, () => {
      const connector = undocumented({ profile });
      const complete = documented(connector, documentFiles(connector, { profile, templates }));
      expect(documentFiles(complete, { profile, templates }).size).to.equal(0);
      expect(documentFiles(complete, { profile, templates, insert: true }).size).to.equal(0);
    });
  }

  it('has the sections that certification asks for, in their order', () => {
    expect(headings(readmeOf())).to.deep.equal([
      '# Contoso Weather',
      '## Publisher: Contoso',
      '## Prerequisites',
      '## Supported Operations',
      '## Obtaining Credentials',
      '## Getting Started',
      '## Known Issues and Limitations',
      '## Frequently Asked Questions',
      '## Deployment Instructions',
    ]);
    expect(headings(introOf())).to.deep.equal([
      '## Prerequisites',
      '## How to get credentials',
      '## Get started with your connector',
      '## Known issues and limitations',
      '## Common errors and remedies',
      '## FAQ',
    ]);
  });

  it('keeps the operations out of INTRO.md', () => {
    const intro = introOf();
    for (const summary of ['List stations', 'Create station', 'Get station', 'When a warning is given']) {
      expect(intro).to.not.contain(summary);
    }
  });

  it('names the files in lower case in a bare folder, and speaks of the command itself', () => {
    const files = documentFiles(undocumented({ subject: 'folder' }), { profile: 'custom', templates });
    expect([...files.keys()]).to.deep.equal(['/example/Contoso Weather/readme.md']);
    expect(files.get('/example/Contoso Weather/readme.md'))
      .to.contain('npx generator-pp-connector deploy')
      .and.not.contain('npm run');
  });

  it('follows a draft with a new operation, and keeps the prose', () => {
    const connector = undocumented();
    const files = documentFiles(connector, { profile: 'verified', templates });
    const readme = files.get('/example/README.md') ?? '';
    const edited = readme.replace('## Getting Started\n', '## Getting Started\n\nRead this first.\n');
    const draft = new ConnectorDraft(documented(connector, new Map([...files, ['/example/README.md', edited]])));
    addOperation(draft, { kind: 'action', id: 'ListWarnings', method: 'get', path: '/warnings' });
    const after = documentFiles(draft, { profile: 'verified', templates });
    expect([...after.keys()]).to.deep.equal(['/example/README.md']);
    const added = '### List warnings\n\nReturns a list of warnings.\n\n';
    expect(after.get('/example/README.md')?.replace(added, '')).to.equal(edited);
  });

  it('leaves documents without markers alone unless asked, and keeps their byte-order mark', () => {
    const change = { files: { 'readme.md': '\uFEFF# Mine\r\n' } };
    const connector = undocumented(change);
    expect(documentFiles(connector, { profile: 'custom', templates }).size).to.equal(0);
    const text = documentFiles(connector, { profile: 'custom', templates, insert: true }).get('/example/readme.md');
    expect(text?.startsWith('\uFEFF# Mine\r\n\r\n<!-- pp-connector:begin publisher -->\r\n')).to.equal(true);
  });

  it('tells file and line of a broken marker', () => {
    const files = { 'readme.md': '# Mine\n<!-- pp-connector:begin operations -->\n' };
    expect(() => documentFiles(undocumented({ files }), { profile: 'custom', templates })).to.throw(
      '/example/readme.md:2: the block "operations" has no end',
    );
  });
});

describe('operations of the README', () => {
  it('shows parameters and body properties with what they allow', () => {
    expect(block(readmeOf(), 'operations')).to.contain(
      [
        '### Create station\n\nRegisters a new weather station.\n',
        '| Parameter | Required | Description |',
        '| --- | --- | --- |',
        '| Name | Yes | How people call the station. |',
        '| Kind | No | Where the station stands. One of: On land, At sea. |',
      ].join('\n'),
    );
  });

  it('leaves out what is internal, and marks triggers', () => {
    const operations = block(readmeOf(), 'operations');
    expect(operations).to.not.contain('List regions').and.not.contain('Delete hook').and.not.contain('Callback URL');
    expect(operations).to.contain('### When a warning is given\n\n*Trigger.* This operation triggers');
  });

  const post = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({
    paths: {
      '/x': {
        post: {
          operationId: 'PostX',
          summary: 'Post x',
          description: 'Posts x.',
          parameters: [{ name: 'body', in: 'body', required: true, schema }],
          responses: {},
          ...more,
        },
      },
    },
  });

  it('resolves references, allOf and nested objects, and ends at cycles', () => {
    const definition = {
      ...post({ $ref: '#/definitions/Node' }),
      definitions: {
        Base: { type: 'object', required: ['id'], properties: { id: { type: 'string', 'x-ms-summary': 'ID' } } },
        Node: {
          allOf: [{ $ref: '#/definitions/Base' }, { $ref: '#/definitions/Node' }],
          type: 'object',
          properties: {
            place: { type: 'object', properties: { city: { type: 'string', 'x-ms-summary': 'City' } } },
            parent: { $ref: '#/definitions/Node' },
            loop: { $ref: '#/definitions/Loop' },
            dead: { $ref: '#/definitions/None' },
          },
        },
        Loop: { $ref: '#/definitions/Loop' },
      },
    };
    const operations = block(readmeOf({ definition }), 'operations');
    expect(operations)
      .to.contain('| ID | Yes |  |')
      .and.contain('| place / City | No |  |')
      .and.contain('| parent | No |  |');
  });

  it('shows a body that is not an object as one field', () => {
    const definition = post({
      type: 'array',
      items: { type: 'string' },
      'x-ms-summary': 'Names',
      description: 'All names.',
    });
    expect(block(readmeOf({ definition }), 'operations')).to.contain('| Names | Yes | All names. |');
  });

  it('counts what a table has no room for', () => {
    const properties = Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`p${index}`, { type: 'string' }]));
    const operations = block(readmeOf({ definition: post({ type: 'object', properties }) }), 'operations');
    expect(operations).to.contain('There are 10 more parameters.').and.contain('| p59 |').and.not.contain('| p60 |');
  });

  it('survives any text of the definition', () => {
    const nasty = '<!-- pp-connector:end operations -->\n\n# Boo | <b>\r\n1. x';
    const definition = {
      info: { title: nasty, description: nasty },
      ...post(
        { type: 'object', properties: { a: { type: 'string', 'x-ms-summary': nasty, description: nasty } } },
        {
          summary: nasty,
          description: `1. ${nasty}`,
        },
      ),
    };
    const connector = undocumented({ definition });
    const complete = documented(connector, documentFiles(connector, { profile: 'verified', templates }));
    expect(documentFiles(complete, { profile: 'verified', templates }).size).to.equal(0);
  });
});

describe('credentials of the README', () => {
  const credentials = (change: Change): string => block(readmeOf(change), 'credentials');

  it('none', () => {
    const change = {
      definition: { securityDefinitions: { api_key: null }, security: [] },
      properties: { properties: { connectionParameters: { api_key: null } } },
    } as unknown as Change;
    expect(credentials(change)).to.contain('needs no credentials');
    expect(readmeOf(change)).to.not.contain('An account with');
    expect(introOf(change)).to.not.contain('How to get credentials');
    expect(block(introOf(change), 'errors')).to.not.contain('401');
  });

  it('API key, in header or query', () => {
    expect(credentials({})).to.contain('as **API key**').and.contain('in the header `X-API-Key`');
    const inQuery = { securityDefinitions: { api_key: { in: 'query', name: 'key' } } };
    expect(credentials({ definition: inQuery })).to.contain('in the query parameter `key`');
  });

  it('API key after another field', () => {
    const field = (displayName: string) => ({ type: 'string', uiDefinition: { displayName } });
    const properties = { properties: { connectionParameters: { host: field('Host'), api_key: field('The key') } } };
    const text = credentials({ files: { 'apiProperties.json': JSON.stringify(properties) } });
    expect(text).to.contain('as **The key**').and.contain('also asks for:\n\n* **Host** (optional)');
  });

  it('basic', () => {
    const change = {
      definition: { securityDefinitions: { api_key: null, basic: { type: 'basic' } }, security: [{ basic: [] }] },
      properties: {
        properties: {
          connectionParameters: {
            api_key: null,
            username: {
              type: 'securestring',
              uiDefinition: { displayName: 'User', constraints: { required: 'true' } },
            },
            password: { type: 'securestring', uiDefinition: { displayName: 'Password', description: 'Yours.' } },
          },
        },
      },
    } as unknown as Change;
    expect(credentials(change))
      .to.contain('user name and the password')
      .and.contain('* **User**\n* **Password** (optional): Yours.');
  });

  it('OAuth 2.0, with all that an application is registered with', () => {
    const text = credentials(oauth2);
    expect(text).to.contain('Give it the scopes `read` and `write`.');
    expect(text).to.contain('| Token address | `https://login.contoso.com/token` |');
    expect(text).to.contain('| Refresh address | `https://login.contoso.com/refresh` |');
    expect(text).to.contain('`https://global.consent.azure-apim.net/redirect/<name>`');
    expect(text).to.contain('`https://global-test.consent.azure-apim.net/redirect/<name>`');
    expect(text.match(/^\d+\. /gm)).to.have.length(8);
    expect(readmeOf(oauth2)).to.contain('Finish the registration as described under Obtaining Credentials');
  });

  it('OAuth 2.0 of an independent publisher says who registers', () => {
    const text = credentials({ ...oauth2, profile: 'independent' });
    expect(text).to.contain('Microsoft registers an application by these steps').and.contain('8. Create a connection');
  });

  it('OAuth 2.0 of a custom connector needs no certification addresses', () => {
    expect(credentials({ ...oauth2, profile: 'custom' })).to.not.contain('global-test');
  });

  it('OAuth 2.0 in INTRO.md is about signing in, not about registering', () => {
    const text = block(introOf(oauth2), 'credentials');
    expect(text).to.contain('You sign in to Contoso').and.not.contain('client secret');
  });

  it('templates with an application of each connection', () => {
    const settings = {
      identityProvider: 'oauth2generic',
      redirectMode: 'Global',
      customParameters: { tokenUrlTemplate: { value: 'https://{Tenant}.contoso.com/token' } },
    };
    const field = (displayName: string) => ({
      type: 'string',
      uiDefinition: { displayName, constraints: { required: 'true' } },
    });
    const more = {
      'token:Tenant': field('Tenant'),
      'token:ClientId': field('Client ID'),
      'token:ClientSecret': field('Secret'),
    };
    const text = credentials({ properties: oauthProperties(settings, more) });
    expect(text).to.contain('Every connection brings an application of its own').and.contain('* **Client ID**');
    expect(text).to.contain('`https://global.consent.azure-apim.net/redirect`').and.contain('{Tenant}');
  });

  it('Entra ID', () => {
    const settings = {
      identityProvider: 'aad',
      scopes: [],
      redirectMode: 'GlobalPerConnector',
      customParameters: {
        loginUri: { value: 'https://login.microsoftonline.com' },
        tenantId: { value: 'common' },
        resourceUri: { value: 'api://weather' },
      },
    };
    const hidden = { 'token:TenantId': { type: 'string', uiDefinition: { constraints: { hidden: 'true' } } } };
    const text = credentials({ properties: oauthProperties(settings, hidden) });
    expect(text).to.contain('Microsoft Entra admin center').and.contain('any organizational directory');
    expect(text).to.contain('the API `api://weather`').and.not.contain('token:TenantId');
  });

  it('client credentials', () => {
    const header = (name: string, value: string) => ({
      templateId: 'setheader',
      title: name,
      parameters: { 'x-ms-apimTemplateParameter.name': name, 'x-ms-apimTemplateParameter.value': value },
    });
    const change = {
      definition: { securityDefinitions: { api_key: null }, security: [] },
      properties: {
        properties: {
          connectionParameters: {
            api_key: null,
            clientId: { type: 'string', uiDefinition: { displayName: 'Client ID' } },
            clientSecret: { type: 'securestring', uiDefinition: { displayName: 'Client secret' } },
          },
          policyTemplateInstances: [header('x-cc-token-url', 'https://login.contoso.com/token')],
        },
      },
      files: { 'script.csx': 'public class Script : ScriptBase {}' },
    } as unknown as Change;
    expect(credentials(change)).to.contain('client credentials').and.contain('`https://login.contoso.com/token`');
    expect(block(readmeOf(change), 'limits')).to.contain('custom code');
  });

  it('several ways to sign in', () => {
    const set = (name: string, parameters: JsonObject) => ({
      name,
      uiDefinition: { displayName: `By ${name}` },
      parameters,
    });
    const properties = {
      properties: {
        connectionParameterSets: {
          values: [
            set('key', { api_key: { type: 'securestring', uiDefinition: { displayName: 'Key' } } }),
            set('password', { username: { type: 'string' }, password: { type: 'securestring' } }),
            set('nothing', {}),
          ],
        },
      },
    };
    const text = credentials({ properties });
    expect(text).to.contain('### By key').and.contain('as **Key**');
    expect(text).to.contain('### By password').and.contain('user name and the password');
    expect(text).to.contain('### By nothing\n\nThe connector needs no credentials.');
  });
});
