import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type PacFailure, type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { devUrl, oauth, otherGuid, plainSettings, prodUrl, someGuid, writeSample } from './sample.ts';

const program = fileURLToPath(new URL('../support/pac/pac.mjs', import.meta.url));

/** The other tests believe the stand-in, so it is tested itself. */
describe('the stand-in for pac', () => {
  let pac: StandInPac;
  let root: string;

  beforeEach(() => {
    pac = standInPac();
    root = writeSample();
  });

  afterEach(() => pac.remove());

  function run(args: string[], cwd = join(root, 'connector'), failure?: PacFailure) {
    const result = spawnSync(process.execPath, [program, ...args], {
      cwd,
      env: pac.env({}, failure) as NodeJS.ProcessEnv,
      encoding: 'utf8',
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }

  const login = (environment = devUrl) => run(['auth', 'create', '--environment', environment]);
  const bySettings = ['connector', 'create', '--settings-file', 'settings.json'];
  const byFiles = ['--api-definition-file', 'apiDefinition.json', '--api-properties-file', 'apiProperties.json'];

  function refused(args: string[], message: string | RegExp): void {
    const { status, output } = run(args);
    expect(status).to.equal(1);
    const error = /^Error: .*$/m.exec(output)?.[0] ?? output;
    if (typeof message === 'string') expect(error).to.equal(message);
    else expect(error).to.match(message);
  }

  it('is started by its name', () => {
    const { stdout } = spawnSync('pac help', { shell: true, env: pac.env() as NodeJS.ProcessEnv, encoding: 'utf8' });
    expect(stdout).to.match(/^Version: \d+\.\d+\.\d+\+g\w+/m);
  });

  it('refuses unknown commands and flags, and flags without a value', () => {
    refused(['--version'], "Error: Not a valid command. Try running 'pac [command] help'.");
    refused(['solution', 'list'], "Error: Not a valid command. Try running 'pac [command] help'.");
    refused(['connector', 'validate'], "Error: The command 'validate' is not understood in this context.");
    refused(['connector', 'constructor'], /is not understood/);
    refused([...bySettings, '--secret', 'x'], 'Error: An unknown argument --secret was passed.');
    refused(['connector', 'create', '--outputDirectory', '.'], /unknown argument/);
    refused(['connector', 'create', '--settings-file'], /needs a value/);
    refused(['auth', 'create', '--environment', '--name'], /needs a value/);
    refused(['auth', 'create', '--environment', devUrl, '--githubFederated'], /--tenant and --applicationId/);
  });

  it('refuses everything on connectors before a login', () => {
    const message = "Error: No profiles were found on this computer. Please run 'pac auth create' to create one.";
    refused(bySettings, message);
    refused(['connector', 'list'], message);
    refused(['connector', 'download', '--connector-id', someGuid], message);
    expect(run(['auth', 'list']).output).to.include('No profiles were found');
  });

  it('refuses ids that are not GUIDs', () => {
    login();
    refused(
      ['connector', 'update', '--settings-file', 'settings.json', '--connector-id', 'shared_contoso-5f0'],
      'Error: Argument --connector-id value is incorrect: The Connector ID must be a valid Guid.',
    );
    writeSettings({ ...plainSettings, connectorId: 'shared_contoso-5f0' });
    refused(
      bySettings,
      "Error: The value passed to '--settings-file' is invalid. The Settings file is not in the expected format",
    );
  });

  it('refuses settings with other keys, blank entries, missing files, or from elsewhere', () => {
    login();
    for (const settings of [
      { ...plainSettings, powerAppsUrl: 'x' },
      { ...plainSettings, connectorId: '' },
      { ...plainSettings, environment: 'dev' },
    ]) {
      writeSettings(settings);
      refused(bySettings, /not in the expected format/);
    }
    writeSettings({ ...plainSettings, icon: 'no.png' });
    refused(bySettings, /no\.png does not exist/);
    refused(['connector', 'create', '--settings-file', 'no.json'], /no\.json does not exist/);
    refused(['connector', 'create', '--environment', devUrl], /--api-definition-file is required/);
    writeSettings(plainSettings);
    expect(run(['connector', 'create', '--settings-file', join('connector', 'settings.json')], root).output).to.match(
      /in the folder/,
    );
  });

  it('refuses two statements about the same thing', () => {
    login();
    refused([...bySettings, ...byFiles], /beside --settings-file/);
    writeSettings({ ...plainSettings, connectorId: someGuid, environment: otherGuid });
    refused([...bySettings, '--environment', devUrl], /differ/);
    refused(['connector', 'update', '--settings-file', 'settings.json', '--connector-id', otherGuid], /differ/);
  });

  it('refuses what the service refuses', () => {
    login();
    const definition = join(root, 'connector', 'apiDefinition.json');
    const content = JSON.parse(readFileSync(definition, 'utf8'));
    content.info.title = 'A title that is longer than thirty';
    writeFileSync(definition, JSON.stringify(content));
    refused(bySettings, /title/);
    writeFileSync(definition, '{');
    refused(bySettings, /not JSON/);
  });

  it('creates, lists, updates and downloads, per environment, always with the same ids', () => {
    login();
    const id = /[\da-f-]{36}/.exec(run(bySettings).output)?.[0] ?? '';
    const rows = [{ ConnectorId: id, DisplayName: 'Contoso Weather' }];
    expect(JSON.parse(run(['connector', 'list', '--json']).output)).to.deep.equal(rows);
    expect(JSON.parse(run(['connector', 'list', '--json', '--environment', prodUrl]).output)).to.deep.equal([]);
    expect(run(['connector', 'update', ...byFiles, '--connector-id', id]).status).to.equal(0);
    refused(['connector', 'update', ...byFiles, '--connector-id', id, '--environment', prodUrl], /no connector/);
    refused(['connector', 'update', ...byFiles, '--connector-id', otherGuid], /no connector/);
    refused(['connector', 'update', ...byFiles], /needs --connector-id/);
    expect(
      run(['connector', 'download', '--connector-id', id, '--outputDirectory', join(root, 'back')]).status,
    ).to.equal(0);
    const read = (folder: string) => readFileSync(join(root, folder, 'apiDefinition.json'), 'utf8');
    expect(read('back')).to.equal(read('connector'));
    const other = standInPac();
    spawnSync(process.execPath, [program, 'auth', 'create', '--environment', devUrl], {
      env: other.env() as NodeJS.ProcessEnv,
    });
    const again = spawnSync(process.execPath, [program, ...bySettings], {
      cwd: join(root, 'connector'),
      env: other.env() as NodeJS.ProcessEnv,
      encoding: 'utf8',
    });
    other.remove();
    expect(again.stdout).to.include(id);
  });

  it('never gives a secret back, and logs none', () => {
    login();
    root = writeSample({ properties: oauth({ clientSecret: 'S3cr3t' }) });
    const id = /[\da-f-]{36}/.exec(run(bySettings).output)?.[0] ?? '';
    mkdirSync(join(root, 'back'));
    run(['connector', 'download', '--connector-id', id], join(root, 'back'));
    expect(readFileSync(join(root, 'back', 'apiProperties.json'), 'utf8')).to.not.include('S3cr3t');
    expect(existsSync(join(root, 'back', 'icon.png'))).to.equal(true);
    expect(JSON.stringify(pac.calls())).to.not.include('S3cr3t');
  });

  it('fails as it is told to, at an upload once or always', () => {
    login();
    const statuses = (failure: PacFailure) =>
      [1, 2]
        .map(() => run(bySettings, join(root, 'connector'), failure))
        .map(({ status, output }) => [status, /^Error: .*$/m.exec(output)?.[0] ?? '']);
    const count = () => JSON.parse(run(['connector', 'list', '--json']).output).length;
    expect(statuses('once-429')).to.deep.equal([
      [1, 'Error: The request failed with status code 429 (Too Many Requests).'],
      [0, ''],
    ]);
    expect(count()).to.equal(1);
    expect(statuses('always-503').map(([status]) => status)).to.deep.equal([1, 1]);
    expect(count()).to.equal(1);
    const [denied] = statuses('denied-create');
    expect(denied?.[1]).to.match(/504/);
    // the one that it denied, and the second
    expect(count()).to.equal(3);
    root = writeSample({ properties: { properties: { stackOwner: 'X' } } });
    expect(statuses('no-stackOwner')[0]?.[1]).to.match(/Could not find member 'stackOwner'/);
    expect(run(['connector', 'list', '--json'], root, 'list-without-json').output).to.match(/unknown argument 'json'/);
    expect(run(['connector', 'list'], root, 'list-without-json').output).to.include('Contoso Weather');
  });

  it('logs every call', () => {
    login();
    run(bySettings);
    const [first, second] = pac.calls();
    expect(first?.argv).to.deep.equal(['auth', 'create', '--environment', devUrl]);
    expect(second).to.include({ cwd: join(root, 'connector'), status: 0 });
    expect(second?.files['--icon-file']?.sha256).to.match(/^[\da-f]{64}$/);
  });

  it('writes what init writes', () => {
    const folder = join(root, 'new');
    run([
      'connector',
      'init',
      '--generate-settings-file',
      '--connection-template',
      'NoAuth',
      '--outputDirectory',
      folder,
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).to.deep.equal({
      ...plainSettings,
      icon: null,
    });
    refused(['connector', 'init', '--connection-template', 'OAuth'], /not a connection template/);
  });

  function writeSettings(content: object): void {
    writeFileSync(join(root, 'connector', 'settings.json'), JSON.stringify(content));
  }
});
