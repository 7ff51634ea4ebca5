import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json.ts';
import { type Connector, loadConnector } from '../../src/connector/load.ts';
import {
  type DeploymentPlan,
  type DeploymentRequest,
  deploymentCommand,
  planDeployment,
} from '../../src/deploy/plan-deployment.ts';
import { connectorAsDeployed } from '../../src/deploy/settings-file.ts';
import { UserError } from '../../src/errors.ts';
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

const noCredentials = { clientId: undefined, clientSecret: undefined };
const plan = (connector: Connector, request: Partial<DeploymentRequest> = {}): DeploymentPlan =>
  planDeployment(connectorAsDeployed(connector), {
    environment: undefined,
    solution: undefined,
    credentials: noCredentials,
    ...request,
  });
const argsOf = (options: SampleOptions, request: Partial<DeploymentRequest> = {}): string[] =>
  deploymentCommand(plan(loadSample(options), request)).args;

const bySettings = 'connector create --settings-file settings.json';
const dev = { environments: { dev: { url: devUrl } } };
const devAndProd = {
  environments: { dev: { url: devUrl }, prod: { url: prodUrl, connectorId: someGuid, solution: 'Contoso' } },
};

describe('planDeployment', () => {
  describe('by settings.json', () => {
    it('runs create in the folder of the settings file', () => {
      const connector = loadSample();
      const command = deploymentCommand(plan(connector));
      expect(command).to.deep.equal({ program: 'pac', args: bySettings.split(' '), cwd: connector.location.assets });
    });

    const cases: [string, SampleOptions, Partial<DeploymentRequest>, string][] = [
      ['the only environment', { config: dev }, {}, `${bySettings} --environment ${devUrl}`],
      ['an address', {}, { environment: prodUrl }, `${bySettings} --environment ${prodUrl}`],
      ['a solution', {}, { solution: 'Contoso' }, `${bySettings} --solution-unique-name Contoso`],
      [
        'update by config.json',
        { config: devAndProd },
        { environment: 'prod' },
        `connector update --settings-file settings.json --connector-id ${someGuid} --environment ${prodUrl} --solution-unique-name Contoso`,
      ],
      [
        'the flag before the solution of config.json',
        { config: devAndProd },
        { environment: 'prod', solution: 'Other' },
        `connector update --settings-file settings.json --connector-id ${someGuid} --environment ${prodUrl} --solution-unique-name Other`,
      ],
      [
        'create in the environment that has no connector yet',
        { config: devAndProd },
        { environment: 'dev' },
        `${bySettings} --environment ${devUrl}`,
      ],
      [
        'update by settings.json',
        { settings: { ...plainSettings, connectorId: someGuid } },
        {},
        `connector update --settings-file settings.json --connector-id ${someGuid}`,
      ],
      [
        'the environment of settings.json',
        { settings: { ...plainSettings, environment: otherGuid } },
        {},
        `${bySettings} --environment ${otherGuid}`,
      ],
    ];
    for (const [what, options, request, expected] of cases) {
      it(what, () => expect(argsOf(options, request).join(' ')).to.equal(expected));
    }
  });

  describe('names the files one by one', () => {
    const isByFiles = (args: string[]) => {
      expect(args).to.include('--api-definition-file').and.to.include('--api-properties-file');
      expect(args).to.not.include('--settings-file');
      return args;
    };

    it('without settings.json, with what lies there', () => {
      const connector = loadSample({ settings: null });
      const { assets } = connector.location;
      expect(deploymentCommand(plan(connector))).to.deep.equal({
        program: 'pac',
        args: [
          ...['connector', 'create', '--api-definition-file', join(assets, 'apiDefinition.json')],
          ...['--api-properties-file', join(assets, 'apiProperties.json'), '--icon-file', join(assets, 'icon.png')],
        ],
        cwd: assets,
      });
    });

    it('when settings.json names another environment than the flag', () => {
      const args = isByFiles(
        argsOf({ settings: { ...plainSettings, environment: otherGuid } }, { environment: devUrl }),
      );
      expect(args.slice(-2)).to.deep.equal(['--environment', devUrl]);
    });

    it('when the id in settings.json is that of another environment', () => {
      const config = { environments: { dev: { url: devUrl }, prod: { url: prodUrl, connectorId: someGuid } } };
      const settings = { ...plainSettings, connectorId: someGuid };
      const args = isByFiles(argsOf({ config, settings }, { environment: 'dev' }));
      expect(args[1]).to.equal('create');
      expect(args).to.not.include('--connector-id');
    });

    it('when config.json has another id than settings.json', () => {
      const settings = { ...plainSettings, connectorId: otherGuid };
      const args = isByFiles(argsOf({ config: devAndProd, settings }, { environment: 'prod' }));
      expect(args).to.include(someGuid).and.to.not.include(otherGuid);
    });

    it('when settings.json holds more than pac knows, or empty strings, or a placeholder', () => {
      const zero = '00000000-0000-0000-0000-000000000000';
      const changes: JsonObject[] = [
        { powerAppsUrl: 'https://api.powerapps.com' },
        { connectorId: '' },
        { environment: zero },
        { connectorId: zero },
      ];
      for (const change of changes) {
        expect(isByFiles(argsOf({ settings: { ...plainSettings, ...change } }))[1]).to.equal('create');
      }
    });

    it('when settings.json does not name the definition; the icon that it leaves out is not deployed', () => {
      const args = isByFiles(argsOf({ settings: { connectorId: null } }));
      expect(args).to.not.include('--icon-file');
    });

    it('as settings.json names them', () => {
      const settings = { ...plainSettings, script: '../code/my.csx', connectorId: '' };
      const args = isByFiles(argsOf({ settings, files: { 'code/my.csx': 'class Script {}' } }));
      expect(args[args.indexOf('--script-file') + 1]).to.match(/[\\/]code[\\/]my\.csx$/);
    });
  });

  describe('OAuth', () => {
    const properties = oauth();
    const clientSecret = 's3cr3t';

    it('puts the client into a private copy and leaves the author’s file alone', () => {
      const connector = loadSample({ properties });
      const before = JSON.stringify(connector.properties?.value);
      const made = plan(connector, { credentials: { clientId: 'my-app', clientSecret } });
      const parameters = JSON.stringify(made.privateProperties);
      expect(parameters).to.include('"clientId":"my-app"').and.to.include('"clientSecret":"s3cr3t"');
      expect(JSON.stringify(connector.properties?.value)).to.equal(before);
      const { args } = deploymentCommand(made, '/private/apiProperties.json');
      expect(args).to.include('/private/apiProperties.json').and.to.not.include('--settings-file');
      expect(args.join(' ')).to.not.include(clientSecret);
      expect(made.warnings).to.deep.equal([]);
    });

    it('keeps the client id of the file when only the secret is set', () => {
      const made = plan(loadSample({ properties: oauth({ clientId: 'abc' }) }), {
        credentials: { clientId: undefined, clientSecret },
      });
      expect(JSON.stringify(made.privateProperties)).to.include('"clientId":"abc"');
      expect(made.warnings).to.deep.equal([]);
    });

    it('fills every sign-in of connectionParameterSets', () => {
      const token = { type: 'oauthSetting', oAuthSettings: { identityProvider: 'aad', clientId: '' } };
      const values: JsonObject[] = [
        { name: 'a', parameters: { token } },
        { name: 'b', parameters: { token } },
        { name: 'c', parameters: { key: { type: 'securestring' } } },
      ];
      const sets = { properties: { connectionParameters: null, connectionParameterSets: { values } } };
      const made = plan(loadSample({ properties: sets }), { credentials: { clientId: 'x', clientSecret } });
      expect(JSON.stringify(made.privateProperties).split(clientSecret)).to.have.length(3);
      expect(made.warnings.join()).to.match(/2 OAuth sign-ins/);
    });

    const warned: [string, SampleOptions, RegExp | undefined][] = [
      ['no secret', { properties: oauth({ clientId: 'abc' }) }, /CONNECTOR_CLIENT_SECRET/],
      ['a placeholder for the client id', { properties }, /CONNECTOR_CLIENT_ID/],
      ['no OAuth', {}, undefined],
      [
        'a secret in Dataverse',
        { properties: oauth({ clientId: 'abc', clientSecret: '@environmentVariables("new_s")' }) },
        undefined,
      ],
      [
        "Microsoft's certificates",
        { properties: oauth({ clientId: 'abc', identityProvider: 'aadcertificate' }) },
        undefined,
      ],
    ];
    for (const [what, options, expected] of warned) {
      it(`${expected === undefined ? 'does not warn' : 'warns'}: ${what}`, () => {
        const { warnings } = plan(loadSample(options));
        if (expected === undefined) expect(warnings).to.deep.equal([]);
        else expect(warnings.join('\n')).to.match(expected);
      });
    }

    it('says when a client is set that nobody needs, and then uses settings.json', () => {
      const made = plan(loadSample(), { credentials: { clientId: undefined, clientSecret } });
      expect(made.warnings.join()).to.match(/not used/);
      expect(made.privateProperties).to.equal(undefined);
      expect(made.settingsFile).to.equal('settings.json');
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
        'an id that is no GUID',
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
