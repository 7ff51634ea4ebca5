import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { type Connector, loadConnector } from '../../src/connector/load.ts';
import { deployCopy, refusedMember } from '../../src/deploy/deploy-copy.ts';
import { type Credentials, credentialWarnings, missingCredentials } from '../../src/deploy/oauth-credentials.ts';
import {
  type DeploymentPlan,
  type DeploymentRequest,
  deploymentCommand,
  planDeployment,
  prefixConflict,
} from '../../src/deploy/plan-deployment.ts';
import { connectorAsDeployed } from '../../src/deploy/settings-file.ts';
import { UserError } from '../../src/errors.ts';
import { temporaryFolder } from '../support/folders.ts';
import { oddNames } from '../support/odd-names.ts';
import { deployRequest } from './options.ts';
import {
  devUrl,
  loadSample,
  oauth,
  otherGuid,
  plainSettings,
  prodUrl,
  type SampleOptions,
  someGuid,
  writeSample,
} from './sample.ts';

const noCredentials: Credentials = { clientId: undefined, clientSecret: undefined };
const plan = (connector: Connector, request: Partial<DeploymentRequest> = {}): DeploymentPlan =>
  planDeployment(connectorAsDeployed(connector), deployRequest(request));
const argsOf = (options: SampleOptions, request: Partial<DeploymentRequest> = {}): string[] => {
  const made = plan(loadSample(options), request);
  return deploymentCommand(made, made.connectorId, '/private').args;
};
const copyOf = (
  made: DeploymentPlan,
  { credentials = noCredentials, without = [] as string[], connectorId = undefined as string | undefined } = {},
): Record<string, string> =>
  Object.fromEntries(
    [...deployCopy(made, { connectorId, credentials, without: new Set(without) })].map(([name, contents]) => [
      name,
      contents.toString(),
    ]),
  );

const create = 'connector create --settings-file settings.json';
const update = `connector update --settings-file settings.json --connector-id ${someGuid}`;
const dev = { environments: { dev: { url: devUrl } } };
const devAndProd = {
  environments: { dev: { url: devUrl }, prod: { url: prodUrl, connectorId: someGuid, solution: 'Contoso' } },
};
const zero = '00000000-0000-0000-0000-000000000000';

describe('planDeployment', () => {
  const cases: [string, SampleOptions, Partial<DeploymentRequest>, string][] = [
    ['nothing is known', {}, {}, create],
    ['no settings.json', { settings: null }, {}, create],
    ['the only environment', { config: dev }, {}, `${create} --environment ${devUrl}`],
    ['an address', {}, { environment: prodUrl }, `${create} --environment ${prodUrl}`],
    ['a solution', {}, { solution: 'Contoso' }, `${create} --solution-unique-name Contoso`],
    [
      'update by config.json',
      { config: devAndProd },
      { environment: 'prod' },
      `${update} --environment ${prodUrl} --solution-unique-name Contoso`,
    ],
    [
      'the flag before the solution of config.json',
      { config: devAndProd },
      { environment: 'prod', solution: 'Other' },
      `${update} --environment ${prodUrl} --solution-unique-name Other`,
    ],
    [
      'the environment that has no connector yet',
      { config: devAndProd },
      { environment: 'dev' },
      `${create} --environment ${devUrl}`,
    ],
    ['update by settings.json', { settings: { ...plainSettings, connectorId: someGuid } }, {}, update],
    [
      'the environment of settings.json',
      { settings: { ...plainSettings, environment: otherGuid } },
      {},
      `${create} --environment ${otherGuid}`,
    ],
    [
      'another environment than that of settings.json',
      { settings: { ...plainSettings, environment: otherGuid } },
      { environment: devUrl },
      `${create} --environment ${devUrl}`,
    ],
    [
      'an id in settings.json that is that of another environment',
      {
        config: { environments: { dev: { url: devUrl }, prod: { url: prodUrl, connectorId: someGuid } } },
        settings: { ...plainSettings, connectorId: someGuid },
      },
      { environment: 'dev' },
      `${create} --environment ${devUrl}`,
    ],
    [
      'the id of config.json before that of settings.json',
      { config: devAndProd, settings: { ...plainSettings, connectorId: otherGuid } },
      { environment: 'prod' },
      `${update} --environment ${prodUrl} --solution-unique-name Contoso`,
    ],
    ['placeholders', { settings: { ...plainSettings, connectorId: zero, environment: zero } }, {}, create],
    [
      '--connector-id before all others',
      { config: devAndProd },
      { environment: 'prod', connectorId: otherGuid.toUpperCase() },
      `${update.replace(someGuid, otherGuid)} --environment ${prodUrl} --solution-unique-name Contoso`,
    ],
    [
      '--create, where a connector is known',
      { config: devAndProd },
      { environment: 'prod', create: true },
      `${create} --environment ${prodUrl} --solution-unique-name Contoso`,
    ],
  ];
  for (const [what, options, request, expected] of cases) {
    it(what, () => expect(argsOf(options, request).join(' ')).to.equal(expected));
  }

  it('warns of the prefix that a new connector in a solution gets', () => {
    expect(prefixConflict(plan(loadSample()))).to.equal(undefined);
    expect(prefixConflict(plan(loadSample(), { solution: 'Contoso' }))).to.match(/new_.*--connector-id GUID/);
  });

  describe('deploy copy', () => {
    it('has the author’s bytes, and settings of pac in which all paths are relative', () => {
      const connector = loadSample();
      const copy = deployCopy(plan(connector), {
        connectorId: undefined,
        credentials: noCredentials,
        without: new Set(),
      });
      expect([...copy.keys()]).to.deep.equal(['apiDefinition.json', 'apiProperties.json', 'icon.png', 'settings.json']);
      expect(copy.get('apiDefinition.json')).to.deep.equal(connector.definition?.bytes);
      expect(copy.get('apiProperties.json')).to.deep.equal(connector.properties?.bytes);
      expect(copy.get('icon.png')).to.deep.equal(connector.icon?.bytes);
      expect(JSON.parse(String(copy.get('settings.json')))).to.deep.equal(plainSettings);
    });

    it('names the connector that is updated', () => {
      const copy = copyOf(plan(loadSample()), { connectorId: someGuid });
      expect(JSON.parse(copy['settings.json'] ?? '')).to.include({ connectorId: someGuid });
    });

    it('takes them wherever the repository is: the folders around it are not the repository’s', function () {
      if (process.platform === 'win32') this.skip();
      for (const name of [...oddNames, 'aux', 'a:b']) {
        const root = join(temporaryFolder(name), 'repository');
        writeSample({ root });
        expect(() => connectorAsDeployed(loadConnector(root)), name).not.to.throw();
      }
    });

    it('takes what settings.json names, and leaves out what it leaves out', () => {
      const settings: JsonObject = {
        ...plainSettings,
        script: '../code/my.csx',
        icon: null,
        powerAppsUrl: 'https://x',
      };
      const copy = copyOf(plan(loadSample({ settings, files: { 'code/my.csx': 'class Script {}' } })));
      expect(Object.keys(copy)).to.deep.equal([
        'apiDefinition.json',
        'apiProperties.json',
        'script.csx',
        'settings.json',
      ]);
      expect(copy['script.csx']).to.equal('class Script {}');
      expect(JSON.parse(copy['settings.json'] ?? '')).to.deep.equal({
        ...plainSettings,
        icon: null,
        script: 'script.csx',
      });
    });

    it('leaves out a member that the service refuses, and nothing else', () => {
      const made = plan(loadSample({ properties: { properties: { publisher: 'Contoso', stackOwner: 'Contoso' } } }));
      const inner = JSON.parse(copyOf(made, { without: ['stackOwner'] })['apiProperties.json'] ?? '').properties;
      const { stackOwner, ...others } = made.properties.properties as JsonObject;
      expect(stackOwner).to.equal('Contoso');
      expect(inner).to.deep.equal(others);
    });

    it('recognises the refusal of a member that only certification needs', () => {
      expect(refusedMember("Error: Could not find member 'stackOwner' on object of type 'X'")).to.equal('stackOwner');
      expect(refusedMember('could not find member "Publisher"')).to.equal('publisher');
      expect(refusedMember("Could not find member 'connectionParameters'")).to.equal(undefined);
      expect(refusedMember('Error: stackOwner')).to.equal(undefined);
    });
  });

  describe('OAuth', () => {
    const properties = oauth();
    const clientSecret = 's3cr3t';
    const propertiesOf = (made: DeploymentPlan, credentials: Credentials) =>
      copyOf(made, { credentials })['apiProperties.json'] ?? '';

    it('puts the client into the copy and leaves the author’s file alone', () => {
      const connector = loadSample({ properties });
      const before = JSON.stringify(connector.properties?.value);
      const copy = propertiesOf(plan(connector), { clientId: 'my-app', clientSecret });
      expect(copy).to.include('"clientId": "my-app"').and.to.include('"clientSecret": "s3cr3t"');
      expect(JSON.stringify(connector.properties?.value)).to.equal(before);
    });

    it('keeps the client id of the file when only the secret is set', () => {
      const made = plan(loadSample({ properties: oauth({ clientId: 'abc' }) }));
      expect(propertiesOf(made, { clientId: undefined, clientSecret })).to.include('"clientId": "abc"');
    });

    it('fills every sign-in of connectionParameterSets', () => {
      const token = { type: 'oauthSetting', oAuthSettings: { identityProvider: 'aad', clientId: '' } };
      const values: JsonObject[] = [
        { name: 'a', parameters: { token } },
        { name: 'b', parameters: { token } },
        { name: 'c', parameters: { key: { type: 'securestring' } } },
      ];
      const sets = { properties: { connectionParameters: null, connectionParameterSets: { values } } };
      const made = plan(loadSample({ properties: sets }));
      const credentials = { clientId: 'x', clientSecret };
      expect(propertiesOf(made, credentials).split(clientSecret)).to.have.length(3);
      expect(credentialWarnings(made.properties, credentials).join()).to.match(/2 OAuth sign-ins/);
    });

    const secretInDataverse = oauth({ clientId: 'abc', clientSecret: '@environmentVariables("new_s")' });
    const certificate = oauth({ clientId: 'abc', identityProvider: 'aadcertificate' });
    const warned: [string, SampleOptions, (keyof Credentials)[]][] = [
      ['no secret', { properties: oauth({ clientId: 'abc' }) }, ['clientSecret']],
      ['a placeholder for the client id', { properties }, ['clientId', 'clientSecret']],
      ['no OAuth', {}, []],
      ['a secret in Dataverse', { properties: secretInDataverse }, []],
      ["Microsoft's certificates", { properties: certificate }, []],
    ];
    const variables = { clientId: /CONNECTOR_CLIENT_ID/, clientSecret: /CONNECTOR_CLIENT_SECRET/ };
    for (const [what, options, missing] of warned) {
      it(`${missing.length === 0 ? 'misses nothing' : `misses ${missing.join(' and ')}`}: ${what}`, () => {
        const made = plan(loadSample(options));
        expect(missingCredentials(made.properties, noCredentials)).to.deep.equal(missing);
        const warnings = credentialWarnings(made.properties, noCredentials);
        expect(warnings).to.have.length(missing.length);
        missing.forEach((part, index) => {
          expect(warnings[index]).to.match(variables[part]);
        });
        expect(credentialWarnings(made.properties, { clientId: 'a', clientSecret: 'b' }).join()).to.match(
          missing.length === 0 && what !== 'a secret in Dataverse' ? /not used/ : /^$/,
        );
      });
    }

    it('says when a client is set that nobody needs, and then changes nothing', () => {
      const connector = loadSample();
      const made = plan(connector);
      expect(propertiesOf(made, { clientId: undefined, clientSecret })).to.equal(
        connector.properties?.bytes.toString(),
      );
    });
  });

  describe('refuses', () => {
    const refused: [string, SampleOptions, Partial<DeploymentRequest>, RegExp, RegExp][] = [
      [
        'settings of paconn',
        { settings: { ...plainSettings, connectorId: 'shared_contoso-5f0123' } },
        {},
        /settings\.json: "connectorId" is "shared_contoso-5f0123".*paconn.*GUID/,
        /settings\.paconn\.json/,
      ],
      [
        'an id that is not a GUID',
        { settings: { ...plainSettings, connectorId: '17' } },
        {},
        /"17".*GUID or null/,
        /null/,
      ],
      [
        'an entry of another type',
        { settings: { ...plainSettings, icon: 1 } },
        {},
        /"icon" must be a string or null/,
        /correct/,
      ],
      [
        'a file that is missing',
        { settings: { ...plainSettings, script: 'no.csx' } },
        {},
        /"script" names .*no\.csx/,
        /relative/,
      ],
      [
        'several environments',
        { config: devAndProd },
        {},
        /several environments to deploy to: dev, prod/,
        /--environment dev/,
      ],
      ['a mistyped environment', { config: devAndProd }, { environment: 'prd' }, /"prd"/, /--environment prod/],
      [
        'a solution by its display name',
        {},
        { solution: 'My Solution' },
        /--solution: "My Solution"/,
        /pac solution list/,
      ],
      ['--connector-id of paconn', {}, { connectorId: 'shared_x' }, /--connector-id: "shared_x"/, /pac connector list/],
      ['a placeholder as --connector-id', {}, { connectorId: zero }, /--connector-id/, /pac connector list/],
      [
        '--create with --connector-id',
        {},
        { connectorId: someGuid, create: true },
        /--create.*--connector-id/,
        /leave one/,
      ],
    ];
    for (const [what, options, request, message, hint] of refused) {
      it(what, () => {
        expect(() => argsOf(options, request))
          .to.throw(UserError, message)
          .with.property('hint')
          .that.matches(hint);
      });
    }

    it('a folder without a connector', () => {
      const empty = join(writeSample({ files: { 'empty/x.txt': '' } }), 'empty');
      expect(() => plan(loadConnector(empty))).to.throw(UserError, /no connector to deploy/);
    });

    it('broken settings, with line and column', () => {
      const root = writeSample({ settings: null, files: { 'connector/settings.json': '{\n  "connectorId": nul\n}' } });
      expect(() => plan(loadConnector(root))).to.throw(UserError, /settings\.json:2:18: /);
    });
  });

  it('validates what settings.json names', () => {
    const settings = { ...plainSettings, apiDefinition: '../api/other.json' };
    const root = writeSample({ settings, files: { 'api/other.json': '{"swagger":"2.0"}' } });
    expect(connectorAsDeployed(loadConnector(root)).definition?.value).to.deep.equal({ swagger: '2.0' });
  });
});
