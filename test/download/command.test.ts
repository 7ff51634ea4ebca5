import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { devUrl, oauth, otherGuid, plainSettings, type SampleOptions, writeSample } from '../deploy/sample.ts';
import { readJson, readText, readTree, snapshot, temporaryFolder } from '../support/folders.ts';
import { Portal } from './portal.ts';
import { runCommand } from './run-command.ts';

const definition = 'connector/apiDefinition.json';
const properties = 'connector/apiProperties.json';
const script = `public class Script : ScriptBase
{
    // first
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        int limit = 1;
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken);
    }
    // last
}
`;
const png = (seed: number): Buffer => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, seed]);

describe('download', function () {
  this.timeout(20_000);
  let portal: Portal;
  let temporary: string;

  beforeEach(() => {
    portal = new Portal();
    temporary = temporaryFolder('temporary');
    portal.open(temporary);
  });
  afterEach(() => portal.close());

  /** A repository that is deployed. */
  async function deployed(options: SampleOptions = {}, prepare: (root: string) => void = () => {}): Promise<string> {
    const root = writeSample({ config: { environments: { dev: { url: devUrl } } }, ...options });
    prepare(root);
    const { status, err } = await runCommand('deploy', root, { flags: { profile: 'custom' } });
    expect(status, err).to.equal(0);
    return root;
  }

  const edit = (root: string, name: string, from: string, to: string): void => {
    const text = readText(root, name);
    expect(text, `${name} holds ${from}`).to.include(from);
    writeFileSync(join(root, name), text.replace(from, to));
  };

  it('brings in what was changed in the portal, and nothing else', async () => {
    const root = await deployed();
    const before = readText(root, definition);
    portal.edit(({ paths }) => {
      (paths['/stations']?.get as JsonObject).summary = 'List all stations';
      (paths['/stations']?.get as JsonObject).tags = [];
    });
    edit(root, definition, 'Returns the weather stations of a region.', 'Returns my stations.');
    const { status, out, err } = await runCommand('download', root);
    expect(status, err).to.equal(0);
    expect(out).to.equal(`Changes from dev:\n  ${definition}: ListStations: summary changed\n`);
    expect(err).to.match(/^compared with what the service had at the deployment of \d{4}-/);
    expect(readText(root, definition)).to.equal(
      before
        .replace('"summary": "List stations"', '"summary": "List all stations"')
        .replace('Returns the weather stations of a region.', 'Returns my stations.'),
    );
    const after = snapshot(root);
    const again = await runCommand('download', root);
    expect(again).to.include({ status: 0, out: 'Nothing to change: dev has nothing new.\n' });
    expect(again.err).to.match(/^compared with what the service had at the download of /);
    expect(snapshot(root)).to.deep.equal(after);
  });

  it('adds and removes operations, policies and parameters', async () => {
    const root = await deployed();
    const [gone = ''] = Object.keys((readJson(root, definition) as { paths: object }).paths).slice(-1);
    portal.edit(({ paths }) => {
      delete paths[gone];
      paths['/alerts'] = {
        get: { operationId: 'ListAlerts', summary: 'List alerts', responses: { '200': { description: 'OK' } } },
      };
    });
    portal.editProperties((inner) => {
      inner.policyTemplateInstances = [
        { templateId: 'setheader', title: 'Trace', parameters: { 'x-ms-apimTemplateParameter.name': 'X-Trace' } },
      ];
    });
    const { status, out } = await runCommand('download', root, { format: 'json' });
    expect(status).to.equal(0);
    const { changes, conflicts, base, connectorId, environment } = JSON.parse(out);
    expect(conflicts).to.deep.equal([]);
    expect({ connectorId, environment }).to.deep.equal({ connectorId: portal.connectorId, environment: devUrl });
    expect(base).to.match(/^\d{4}-.*Z$/);
    expect(changes).to.deep.include({ kind: 'added', file: definition, pointer: '/paths/~1alerts/get' });
    expect(changes.filter(({ kind }: { kind: string }) => kind === 'removed')).to.have.length.greaterThan(0);
    const ofPolicies = changes.filter(({ pointer }: { pointer: string }) => /policyTemplateInstances/.test(pointer));
    expect(ofPolicies).to.have.length(1);
    expect(ofPolicies[0]).to.include({ file: properties });
    const { paths } = readJson(root, definition) as { paths: JsonObject };
    expect(paths).to.have.property('/alerts');
    expect(paths).to.not.have.property(gone);
    expect(readText(root, properties)).to.include('X-Trace');
  });

  it('writes nothing when both changed the same, until somebody decides', async () => {
    const root = await deployed();
    portal.edit(({ info, paths }) => {
      info.description = 'From the portal.';
      (paths['/stations']?.get as JsonObject).summary = 'Portal';
    });
    edit(root, definition, '"List stations"', '"Mine"');
    const before = snapshot(root);
    const pointer = '/paths/~1stations/get/summary';
    const refused = await runCommand('download', root);
    expect(refused).to.include({ status: 1, out: '' });
    expect(refused.err).to.include(`conflict ${definition} ${pointer}\n  here:   "Mine"\n  portal: "Portal"\n`);
    expect(refused.err).to.match(/1 value differs .* nothing was written\. Decide with --ours or --theirs/);
    const json = await runCommand('download', root, { format: 'json', flags: { 'dry-run': true } });
    expect(json.status).to.equal(1);
    expect(JSON.parse(json.out).conflicts).to.deep.equal([
      { file: definition, pointer, ours: 'Mine', theirs: 'Portal' },
    ]);
    expect(snapshot(root)).to.deep.equal(before);

    const ours = await runCommand('download', root, { flags: { ours: true } });
    expect(ours.status).to.equal(0);
    expect(readText(root, definition)).to.include('"Mine"').and.include('From the portal.');
    // what was decided isn't asked again
    expect(await runCommand('download', root)).to.include({
      status: 0,
      out: 'Nothing to change: dev has nothing new.\n',
    });
  });

  it('asks about each conflict at a terminal', async () => {
    const root = await deployed();
    portal.edit(({ info, paths }) => {
      info.version = '1.1.0';
      (paths['/stations']?.get as JsonObject).summary = 'Portal';
    });
    edit(root, definition, '"List stations"', '"Mine"');
    edit(root, definition, '"1.0.0"', '"2.0.0"');
    const asked: string[] = [];
    const { status } = await runCommand('download', root, {
      answers: ({ message, choices }) => {
        asked.push(message);
        expect(choices.map(({ value }) => value)).to.deep.equal(['ours', 'theirs']);
        return message.includes('summary') ? 'theirs' : 'ours';
      },
    });
    expect(status).to.equal(0);
    expect(asked).to.deep.equal([
      `${definition} /info/version was changed both here and in the portal.`,
      `${definition} /paths/~1stations/get/summary was changed both here and in the portal.`,
    ]);
    expect(readText(root, definition)).to.include('"2.0.0"').and.include('"Portal"').and.not.include('"Mine"');
  });

  it('merges custom code by lines, and keeps its line ends and mark', async () => {
    const windows = `\uFEFF${script.replaceAll('\n', '\r\n')}`;
    const root = await deployed({
      settings: { ...plainSettings, script: 'script.csx' },
      files: { 'connector/script.csx': windows },
    });
    portal.put('script.csx', script.replace('// last', '// portal'));
    edit(root, 'connector/script.csx', '// first', '// mine');
    const { status, out, err } = await runCommand('download', root);
    expect(status, err).to.equal(0);
    expect(out).to.include('connector/script.csx: custom code changed');
    expect(readText(root, 'connector/script.csx')).to.equal(
      windows.replace('// last', '// portal').replace('// first', '// mine'),
    );
    portal.put('script.csx', script.replace('limit = 1', 'limit = 2').replace('// last', '// portal'));
    edit(root, 'connector/script.csx', 'limit = 1', 'limit = 3');
    expect((await runCommand('download', root)).status).to.equal(1);
    expect((await runCommand('download', root, { flags: { theirs: true } })).status).to.equal(0);
    expect(readText(root, 'connector/script.csx'))
      .to.include('limit = 2')
      .and.match(/^\uFEFF/)
      .and.not.match(/[^\r]\n/);
  });

  it('takes new custom code and a new icon, and says so in settings.json', async () => {
    const root = await deployed();
    portal.put('script.csx', script);
    portal.put('icon.png', png(1));
    const { status, out } = await runCommand('download', root);
    expect(status).to.equal(0);
    expect(out).to.include('custom code added').and.include('icon changed');
    expect(readText(root, 'connector/script.csx')).to.equal(script);
    expect(readTree(root)['connector/icon.png']).to.deep.equal(png(1));
    expect(readJson(root, 'connector/settings.json')).to.include({ script: 'script.csx', icon: 'icon.png' });
    portal.put('script.csx', null);
    expect((await runCommand('download', root)).out).to.include('custom code removed');
    expect(readTree(root)).to.not.have.property('connector/script.csx');
    expect(readJson(root, 'connector/settings.json')).to.include({ script: null });
  });

  it('keeps byte-order marks, line ends and indentation', async () => {
    const root = await deployed({}, (at) => {
      const value = JSON.parse(readText(at, definition));
      const text = JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n');
      writeFileSync(join(at, definition), `\uFEFF${text}\r\n`);
    });
    const before = readText(root, definition);
    portal.edit(({ info }) => {
      info.version = '1.1.0';
      info['x-note'] = 'new';
    });
    expect((await runCommand('download', root)).status).to.equal(0);
    const after = readText(root, definition);
    expect(after)
      .to.match(/^\uFEFF\{\r\n\t"/)
      .and.not.match(/[^\r]\n/);
    expect(after.replace('"1.1.0"', '"1.0.0"').replace(/,\r\n\t\t"x-note": "new"/, '')).to.equal(before);
  });

  it('never brings an OAuth client back, nor takes away what only certification needs', async () => {
    const [id, secret] = ['5f0f6f2c-1234-4abc-8def-0123456789ab', 'S3cr3t-of-the-connector'];
    portal.set('CONNECTOR_CLIENT_ID', id);
    portal.set('CONNECTOR_CLIENT_SECRET', secret);
    const root = await deployed({ properties: oauth() });
    const stackOwner = (readJson(root, properties) as { properties: JsonObject }).properties.stackOwner;
    expect(stackOwner).to.be.a('string');
    portal.editProperties((inner) => {
      delete inner.stackOwner;
      delete inner.publisher;
      const { token } = inner.connectionParameters as { token: { oAuthSettings: JsonObject } };
      expect(token.oAuthSettings.clientId).to.equal(id);
      token.oAuthSettings.scopes = ['read', 'write'];
      // a service that gives more away than it should
      token.oAuthSettings.clientSecret = secret;
    });
    const { status, out, err } = await runCommand('download', root);
    expect(status, err).to.equal(0);
    expect(out).to.equal(`Changes from dev:\n  ${properties}: connection parameter token: scopes changed\n`);
    const inner = (readJson(root, properties) as { properties: JsonObject }).properties;
    expect(inner).to.include({ stackOwner });
    expect(inner).to.have.nested.property(
      'connectionParameters.token.oAuthSettings.clientId',
      'REPLACE_WITH_CLIENT_ID',
    );
    const everything = [...Object.values(snapshot(root)), ...Object.values(snapshot(temporary)), out, err].join('\n');
    for (const word of [id, secret]) expect(everything).to.not.include(word);
    expect(readdirSync(temporary).filter((name) => name.includes('private'))).to.deep.equal([]);
  });

  it('lists every difference where nothing is remembered, and remembers from then on', async () => {
    const root = await deployed();
    writeFileSync(join(root, '.pp-connector', 'deployed.dev.json'), '{ "damaged');
    const same = await runCommand('download', root);
    expect(same).to.include({ status: 0, out: 'Nothing to change: dev has nothing new.\n' });
    expect(same.err).to.match(/^note: what dev had after a deployment from here is not known/);
    writeFileSync(join(root, '.pp-connector', 'deployed.dev.json'), '');
    portal.edit(({ info, paths }) => {
      info.version = '1.1.0';
      delete paths['/stations'];
    });
    const { status, out } = await runCommand('download', root, { format: 'json' });
    expect(status).to.equal(1);
    const { base, conflicts } = JSON.parse(out);
    expect(base).to.equal(null);
    expect(conflicts.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal([
      '/info/version',
      '/paths/~1stations',
    ]);
    expect((await runCommand('download', root, { flags: { theirs: true } })).status).to.equal(0);
    expect(readJson(root, definition)).to.have.nested.property('info.version', '1.1.0');
    expect(readJson(root, definition)).to.not.have.nested.property('paths./stations');
    portal.edit(({ info }) => {
      info.version = '1.2.0';
    });
    expect((await runCommand('download', root)).status).to.equal(0);
    expect(readJson(root, definition)).to.have.nested.property('info.version', '1.2.0');
  });

  it('finds a connector whose id is not known by its title', async () => {
    const root = await deployed();
    const config = readJson(root, 'config.json') as { environments: { dev: JsonObject } };
    delete config.environments.dev.connectorId;
    writeFileSync(join(root, 'config.json'), JSON.stringify(config));
    writeFileSync(join(root, '.pp-connector', 'deployed.dev.json'), '');
    expect((await runCommand('download', root)).status).to.equal(0);
    writeFileSync(join(root, '.pp-connector', 'deployed.dev.json'), '');
    portal.addTwin(otherGuid);
    const several = await runCommand('download', root);
    expect(several.status).to.equal(2);
    expect(several.err).to.include(portal.connectorId).and.include(`${otherGuid}  Contoso Weather`);
    expect(several.err).to.match(/say which one is meant: --connector-id/);
    const { connectorId } = portal;
    const chosen = await runCommand('download', root, {
      format: 'json',
      answers: ({ choices }) => choices.find(({ value }) => value === connectorId)?.value ?? '',
    });
    expect(JSON.parse(chosen.out)).to.include({ connectorId });
    writeFileSync(join(root, '.pp-connector', 'deployed.dev.json'), '');
    edit(root, definition, '"Contoso Weather"', '"Another One"');
    const { status, err } = await runCommand('download', root);
    expect(status).to.equal(2);
    expect(err).to.match(/no connector "Another One" is listed[\s\S]*--connector-id GUID/);
  });

  it('writes a connector that is new here into a folder', async () => {
    await deployed();
    const cwd = temporaryFolder('empty');
    const flags = { 'connector-id': portal.connectorId, environment: devUrl, output: 'weather' };
    const { status, out, err } = await runCommand('download', cwd, { flags });
    expect(status, err).to.equal(0);
    expect(out).to.equal(
      'Wrote weather/apiDefinition.swagger.json, weather/apiProperties.json, weather/icon.png\n' +
        'Make a repository of it with: pp-connector new NAME --from weather\n',
    );
    const before = snapshot(cwd);
    expect((await runCommand('download', cwd, { flags })).out).to.match(/^Nothing to change\.\n/);
    edit(cwd, 'weather/apiDefinition.swagger.json', 'Contoso Weather', 'Mine');
    const refused = await runCommand('download', cwd, { flags });
    expect(refused.status).to.equal(1);
    expect(refused.err).to.match(/apiDefinition\.swagger\.json would be replaced.*\n.*--theirs/);
    expect(readText(cwd, 'weather/apiDefinition.swagger.json')).to.include('Mine');
    expect((await runCommand('download', cwd, { flags: { ...flags, theirs: true } })).status).to.equal(0);
    expect(snapshot(cwd)).to.deep.equal(before);
  });

  it('works on a bare folder, and remembers nothing there', async () => {
    await deployed();
    const cwd = temporaryFolder('bare');
    const flags = { 'connector-id': portal.connectorId, environment: devUrl };
    expect((await runCommand('download', cwd, { flags: { ...flags, output: '.' } })).status).to.equal(0);
    const before = Object.keys(readTree(cwd));
    portal.edit(({ info }) => {
      info.version = '1.1.0';
    });
    expect((await runCommand('download', cwd, { flags })).status).to.equal(1);
    expect((await runCommand('download', cwd, { flags: { ...flags, theirs: true } })).status).to.equal(0);
    expect(readText(cwd, 'apiDefinition.swagger.json')).to.include('1.1.0');
    expect(Object.keys(readTree(cwd))).to.deep.equal(before);
  });

  it('says what to type where there is nothing to compare with, and for flags that make no sense', async () => {
    const cwd = temporaryFolder('nothing');
    const nothing = await runCommand('download', cwd);
    expect(nothing.status).to.equal(2);
    expect(nothing.err).to.match(/no connector here[\s\S]*--output FOLDER/);
    const noId = await runCommand('download', cwd, { flags: { output: 'x', environment: devUrl } });
    expect(noId.err).to.match(/is not known[\s\S]*pac connector list --environment https/);
    const paconn = await runCommand('download', cwd, { flags: { output: 'x', 'connector-id': 'shared_contoso' } });
    expect(paconn.err).to.match(/--connector-id: "shared_contoso" is not a GUID/);
    const both = await runCommand('download', cwd, { flags: { ours: true, theirs: true } });
    expect(both.err).to.match(/exclude each other/);
  });

  it('changes nothing when what pac brings is not a connector', async () => {
    const root = await deployed();
    const before = snapshot(root);
    const attempts: [() => void, RegExp][] = [
      [() => portal.put('apiDefinition.json', '{ "swagger": "2.0", "pa'), /is not JSON \(line 1, column \d+/],
      [() => portal.put('apiDefinition.json', '{}'), /not Swagger 2\.0/],
      [() => portal.put('apiDefinition.json', null), /wrote no API definition .*, but apiProperties\.json/],
    ];
    for (const [damage, message] of attempts) {
      damage();
      const { status, err } = await runCommand('download', root);
      expect(status).to.equal(1);
      expect(err).to.match(message);
    }
    for (const failure of ['error-exit-0', 'exit-7', 'garbage', 'no-download']) {
      portal.set('PAC_STAND_IN_FAIL', failure);
      const { status, err } = await runCommand('download', root);
      expect(status, failure).to.equal(1);
      expect(err).to.match(/^error: pac connector download/m);
    }
    expect(snapshot(root)).to.deep.equal(before);
    expect(readdirSync(temporary).filter((name) => name.includes('private'))).to.deep.equal([]);
  });

  describe('where the definition is built from another file', () => {
    /** Swagger in `api/`, with Windows line ends, built and deployed. */
    const fromSwagger = (): Promise<string> =>
      deployed({ config: { apiDefinition: 'api/weather.json', environments: { dev: { url: devUrl } } } }, (root) => {
        mkdirSync(join(root, 'api'));
        const text = readText(root, definition).replaceAll('\n', '\r\n');
        writeFileSync(join(root, 'api', 'weather.json'), text);
        writeFileSync(join(root, definition), text);
      });

    it('changes the file that its author works in, too, so that a build undoes nothing', async () => {
      const root = await fromSwagger();
      expect((await runCommand('build', root)).status).to.equal(0);
      const before = readText(root, 'api/weather.json');
      portal.edit(({ info }) => {
        info.version = '1.1.0';
      });
      expect((await runCommand('download', root)).status).to.equal(0);
      const expected = before.replace('"1.0.0"', '"1.1.0"');
      expect(readText(root, 'api/weather.json')).to.equal(expected);
      expect(readText(root, definition)).to.equal(expected);
      const after = snapshot(root);
      expect((await runCommand('build', root)).status).to.equal(0);
      expect(snapshot(root)).to.deep.equal(after);
      edit(root, 'api/weather.json', '"List stations"', '"List my stations"');
      expect((await runCommand('build', root)).status).to.equal(0);
      expect(readText(root, definition)).to.include('"1.1.0"').and.include('"List my stations"');
    });

    it('leaves that file alone where the built one was edited manually', async () => {
      const root = await fromSwagger();
      expect((await runCommand('build', root)).status).to.equal(0);
      edit(root, definition, '"List stations"', '"List my stations"');
      const before = readText(root, 'api/weather.json');
      portal.edit(({ info }) => {
        info.version = '1.1.0';
      });
      expect((await runCommand('download', root)).status).to.equal(0);
      expect(readText(root, 'api/weather.json')).to.equal(before);
      expect((await runCommand('build', root)).status).to.equal(0);
      expect(readText(root, definition)).to.include('"1.1.0"').and.include('"List my stations"');
    });

    it('leaves an imported description alone, since a build merges', async () => {
      const description = {
        openapi: '3.0.3',
        info: { title: 'Contoso Weather', version: '1.0.0', description: 'Reads measurements.' },
        servers: [{ url: 'https://weather.contoso.com/v1' }],
        paths: {
          '/alerts': {
            get: { operationId: 'ListAlerts', summary: 'List alerts', responses: { '200': { description: 'OK' } } },
          },
        },
      };
      const files = { 'api/weather.json': JSON.stringify(description, null, 2) };
      const config = { apiDefinition: 'api/weather.json', environments: { dev: { url: devUrl } } };
      const root = writeSample({ config, files });
      const built = await runCommand('build', root);
      expect(built.status, built.err).to.equal(0);
      expect((await runCommand('deploy', root)).status).to.equal(0);
      portal.edit(({ paths }) => {
        (paths['/alerts']?.get as JsonObject).summary = 'List all alerts';
      });
      expect((await runCommand('download', root)).status).to.equal(0);
      expect(readText(root, 'api/weather.json')).to.equal(files['api/weather.json']);
      edit(root, 'api/weather.json', '"description": "OK"', '"description": "The alerts."');
      expect((await runCommand('build', root)).status).to.equal(0);
      expect(readText(root, definition)).to.include('List all alerts').and.include('The alerts.');
    });
  });

  it('changes what config.json states about OAuth, which a build would write back', async () => {
    const tokenUrl = 'https://login.contoso.com/token';
    const root = await deployed({
      config: { oauth2: { refreshUrl: tokenUrl }, environments: { dev: { url: devUrl } } },
      properties: oauth(),
    });
    portal.editProperties((inner) => {
      const { token } = inner.connectionParameters as { token: { oAuthSettings: { customParameters: JsonObject } } };
      token.oAuthSettings.customParameters.refreshUrl = { value: 'https://login.contoso.com/refresh' };
    });
    expect((await runCommand('download', root)).status).to.equal(0);
    expect(readJson(root, 'config.json')).to.have.nested.property(
      'oauth2.refreshUrl',
      'https://login.contoso.com/refresh',
    );
  });
});
