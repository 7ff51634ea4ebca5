import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { loadConnector } from '../../src/connector/load.ts';
import { deployCopy } from '../../src/deploy/deploy-copy.ts';
import { credentialWarnings, readCredentials } from '../../src/deploy/oauth-credentials.ts';
import { planDeployment } from '../../src/deploy/plan-deployment.ts';
import { runPac } from '../../src/deploy/run-pac.ts';
import { UserError } from '../../src/errors.ts';
import { readJson, readText, readTree, snapshot } from '../support/folders.ts';
import type { PacFailure } from '../support/pac/stand-in.ts';
import { Harness } from './harness.ts';
import { deployRequest } from './options.ts';
import {
  devUrl,
  oauth,
  otherGuid,
  plainSettings,
  prodUrl,
  type SampleOptions,
  someGuid,
  writeSample,
} from './sample.ts';

const onPosix = process.platform === 'win32' ? it.skip : it;
const clientSecret = 'S3cr3t & "ü"';
const config = { environments: { dev: { url: devUrl } } };
const memoryOfDev = '.pp-connector/deployed.dev.json';

describe('deploy', () => {
  const harness = new Harness();
  beforeEach(() => harness.begin());
  afterEach(() => harness.end());

  const idIn = (root: string, name = 'dev') =>
    (readJson(root, 'config.json') as { environments: Record<string, Record<string, string>> }).environments[name]
      ?.connectorId;

  it('creates, writes the id down, and updates with it', async () => {
    await harness.login();
    const root = writeSample({ config });
    const { deployed, seen } = await harness.attempt(root);
    expect(deployed).to.deep.include({ action: 'create', written: ['config.json', memoryOfDev] });
    expect(seen).to.include('Connector created');
    expect(idIn(root)).to.equal(deployed?.connectorId);
    const again = await harness.attempt(root);
    expect(again.deployed).to.deep.include({ action: 'update', connectorId: deployed?.connectorId });
    expect(harness.called()).to.deep.equal([
      'auth create',
      'connector list',
      'connector create',
      'connector download',
      'connector download',
      'connector update',
      'connector download',
    ]);
    expect(harness.pac.calls().map(({ status }) => status)).to.deep.equal([0, 0, 0, 0, 0, 0, 0]);
  });

  it('asks pac to speak English, in UTF-8', async () => {
    await harness.login();
    expect(harness.pac.calls()[0]?.env).to.include({ LC_ALL: 'en_US.UTF-8', DOTNET_CLI_UI_LANGUAGE: 'en' });
  });

  it('takes a create for failed that names no connector and made none', async () => {
    const root = writeSample({ config });
    const { error, deployed } = await harness.attempt(root, { failure: 'swedish-create' });
    expect(deployed).to.equal(undefined);
    expect(error?.message).to.match(/is not there: no connector was created$/);
    expect(existsSync(join(root, memoryOfDev))).to.equal(false);
  });

  it('takes an update for failed after which the service has what it had before', async () => {
    await harness.login();
    const root = writeSample({ config });
    await harness.attempt(root);
    const memory = readFileSync(join(root, memoryOfDev), 'utf8');
    const again = await harness.attempt(root, { failure: 'swahili-update' });
    expect(again.deployed?.action, 'nothing was edited').to.equal('update');
    const path = join(root, 'connector', 'apiDefinition.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"summary": "/, '"summary": "Really '));
    const { error, deployed, waits } = await harness.attempt(root, { failure: 'swahili-update' });
    expect(deployed).to.equal(undefined);
    expect(error?.message).to.match(/in the service is as it was before: nothing was updated$/);
    expect(waits).to.deep.equal([2000]);
    expect(readFileSync(join(root, memoryOfDev), 'utf8').replaceAll('"create"', '"update"')).to.equal(
      memory.replaceAll('"create"', '"update"'),
    );
    expect((await harness.attempt(root)).deployed?.action).to.equal('update');
  });

  it('writes nothing new down when nothing is new', async () => {
    await harness.login();
    const root = writeSample({ config });
    await harness.attempt(root);
    const before = snapshot(root);
    // the clock does not move in tests; the action differs once
    await harness.attempt(root);
    const after = await harness.attempt(root);
    expect(after.deployed?.written).to.deep.equal([]);
    expect(snapshot(root)['config.json']).to.equal(before['config.json']);
  });

  it('reads a copy that is complete, and gone afterwards', async () => {
    await harness.login();
    const root = writeSample({ settings: null });
    const { deployed } = await harness.attempt(root);
    expect(deployed?.action).to.equal('create');
    const call = harness.pac.calls().find(({ argv }) => argv[1] === 'create' && argv[0] === 'connector');
    expect(call?.argv).to.deep.equal(['connector', 'create', '--settings-file', 'settings.json']);
    expect(Object.keys(call?.files ?? {})).to.have.members([
      '--api-definition-file',
      '--api-properties-file',
      '--icon-file',
    ]);
    expect(call?.cwd.startsWith(root)).to.equal(false);
    expect(existsSync(call?.cwd ?? '')).to.equal(false);
    if (process.platform === 'win32') return;
    for (const { mode } of Object.values(call?.files ?? {})) expect(mode).to.equal('600');
  });

  it('says how to sign in when nobody is', async () => {
    const { error } = await harness.attempt(writeSample());
    expect(error?.message).to.equal(
      "pac connector list failed with exit status 1: Error: No profiles were found on this computer. Please run 'pac auth create' to create one.",
    );
    expect(error?.hint).to.include('pp-connector login');
    const there = await harness.attempt(writeSample({ config }), { request: { environment: 'dev' } });
    expect(there.error?.hint).to.match(new RegExp(`pp-connector login --environment ${devUrl}$`));
    expect(error?.exitStatus).to.equal(1);
  });

  it('says what to do about a connector that is gone', async () => {
    await harness.login();
    const request = { environment: 'dev', connectorId: someGuid };
    const { error } = await harness.attempt(writeSample({ config }), { request });
    expect(error?.exitStatus).to.equal(1);
    expect(error?.hint).to.include(`pac connector list --environment ${devUrl}\n`);
    expect(error?.hint).to.include(`pp-connector deploy --create --environment ${devUrl}`);
  });

  const failing: [PacFailure, RegExp][] = [
    ['error-exit-0', /although its exit status is 0: Error: The service refused the connector\.$/],
    ['exit-7', /with exit status 7$/],
    ['unrecoverable', /although its exit status is 0: Sorry, the app/],
  ];
  for (const [failure, message] of failing) {
    it(`fails when pac does: ${failure}`, async () => {
      const root = writeSample({ config });
      const before = snapshot(root);
      const { error, seen } = await harness.attempt(root, { failure });
      expect(error?.message).to.match(message);
      expect(error?.exitStatus).to.equal(1);
      expect(seen).to.match(/Error:|Something went wrong|Sorry/);
      expect(snapshot(root)).to.deep.equal(before);
    });
  }

  onPosix('fails when pac is killed half way', async () => {
    const { error, seen } = await harness.attempt(writeSample(), { failure: 'crash' });
    expect(error?.message).to.equal('pac connector list failed (ended by SIGKILL)');
    expect(seen).to.equal('Connected as user@contoso.ex');
  });

  it('stops a pac that hangs, says so, and finds its work the next time', async () => {
    await harness.login();
    const root = writeSample({ config });
    const { error, record } = await harness.attempt(root, { failure: 'hang-upload', options: { timeout: 3000 } });
    expect(error?.message).to.equal('pac connector create failed: it did not end within 3 seconds, and was stopped');
    expect(error?.hint).to.match(/--timeout SECONDS/);
    expect(record.at(-1)).to.match(/^ {2}stopped by SIGKILL after 3\.\d s$/);
    expect((await harness.attempt(root)).deployed?.action).to.equal('create');
  });

  for (const [platform, install] of [
    [
      'win32',
      /winget install Microsoft\.PowerPlatformCLI[\s\S]*dotnet tool install --global Microsoft\.PowerApps\.CLI\.Tool/,
    ],
    ['darwin', /dotnet tool install --global Microsoft\.PowerApps\.CLI\.Tool/],
    ['linux', /dotnet tool install --global Microsoft\.PowerApps\.CLI\.Tool/],
  ] as const) {
    it(`tells how to install pac on ${platform}`, async () => {
      const command = { program: 'pac', args: ['help'], cwd: harness.temporary };
      const nowhere = { platform, env: { PATH: '', HOME: harness.temporary } };
      const error = await runPac(command, { host: nowhere, onOutput: () => {} }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(UserError).with.property('exitStatus', 1);
      expect(error)
        .to.have.property('message')
        .that.matches(/^pac, the Power Platform CLI, is not installed/);
      expect(error).to.have.property('hint').that.matches(install);
    });
  }

  describe('finds the connector', () => {
    beforeEach(() => harness.login());

    /** As the service has them, with the sample's title unless another is given. */
    function existing(...connectors: { id: string; title?: string }[]): void {
      const all = connectors.map(({ id, title = 'Contoso Weather' }) => ({
        id,
        title,
        environment: devUrl,
        solution: null,
      }));
      writeFileSync(join(harness.pac.state, 'connectors.json'), JSON.stringify(all));
    }

    it('by its title, and writes its id down', async () => {
      existing({ id: otherGuid }, { id: otherGuid.replace('2c', '3c'), title: 'Contoso Weather Pro' });
      const root = writeSample({ config });
      const { deployed, notes } = await harness.attempt(root);
      expect(deployed).to.include({ action: 'update', connectorId: otherGuid });
      expect(notes).to.deep.equal([`"Contoso Weather" is there already (${otherGuid}), and is updated`]);
      expect(idIn(root)).to.equal(otherGuid);
    });

    it('with an older pac, whose list is text only', async () => {
      existing({ id: otherGuid });
      const { deployed, seen } = await harness.attempt(writeSample({ config }), { failure: 'list-without-json' });
      expect(deployed).to.include({ action: 'update', connectorId: otherGuid });
      expect(seen).to.not.include('unknown argument');
    });

    it('by a question when there are several, or makes a new one', async () => {
      const third = otherGuid.replace('2c', '3c');
      existing({ id: otherGuid }, { id: third });
      const root = writeSample({ config });
      const before = snapshot(root);
      const { error } = await harness.attempt(root);
      expect(error?.message).to.match(/^2 connectors of the environment may be "Contoso Weather":\n {4}2c0.*\n {4}3c0/);
      expect(error?.hint).to.include(`--connector-id ${otherGuid}`).and.to.include('--create');
      expect(snapshot(root)).to.deep.equal(before);
      const chosen = await harness.attempt(root, { options: { choose: async (all) => all[1]?.id } });
      expect(chosen.deployed).to.include({ action: 'update', connectorId: third });
      const none = await harness.attempt(writeSample({ config }), { options: { choose: async () => undefined } });
      expect(none.deployed?.action).to.equal('create');
    });

    it('not by garbage: then nothing is done, unless the user knows better', async () => {
      const failure = 'list-garbage';
      const root = writeSample({ config });
      const { error } = await harness.attempt(root, { failure });
      expect(error?.message).to.match(/printed no list of connectors/);
      expect(error?.hint).to.match(/--connector-id GUID.*--create/);
      expect(harness.called().slice(1)).to.deep.equal(['connector list']);
      const forced = await harness.attempt(root, { failure, request: { create: true } });
      expect(forced.deployed?.action).to.equal('create');
      expect(idIn(root)).to.equal(forced.deployed?.connectorId);
    });

    it('anew with --create, which replaces the id of config.json', async () => {
      existing({ id: otherGuid });
      const root = writeSample({ config: { environments: { dev: { url: devUrl, connectorId: otherGuid } } } });
      const { deployed } = await harness.attempt(root, { request: { create: true } });
      expect(deployed?.action).to.equal('create');
      expect(deployed?.connectorId).to.not.equal(otherGuid);
      expect(idIn(root)).to.equal(deployed?.connectorId);
    });

    it('in the list when the create did not print an id', async () => {
      existing({ id: otherGuid, title: 'Another' });
      const { deployed } = await harness.attempt(writeSample({ config }), { failure: 'silent-create' });
      expect(deployed?.connectorId).to.match(/^[\da-f-]{36}$/);
      expect(deployed?.connectorId).to.not.equal(otherGuid);
    });
  });

  describe('writes down', () => {
    beforeEach(() => harness.login());

    it('the id and the solution, with every other byte of config.json as it was', async () => {
      const text = `\uFEFF{\r\n\t"profile" : "custom",\r\n\t"environments": {\r\n\t\t"dev":{ "url":"${devUrl}", "connectorId": "" },\r\n\t\t"b": {"url": "${prodUrl}"} }\r\n}`;
      const root = writeSample({ config });
      writeFileSync(join(root, 'config.json'), text);
      const { deployed } = await harness.attempt(root, { request: { environment: 'dev', solution: 'Contoso' } });
      expect(readText(root, 'config.json')).to.equal(
        text.replace('"connectorId": ""', `"connectorId": "${deployed?.connectorId}", "solution": "Contoso"`),
      );
    });

    it('the id before the download, which may never end', async () => {
      const root = writeSample({ config });
      let noted: string | undefined;
      const record = (line: string) => {
        if (line.includes('connector download')) noted = idIn(root);
      };
      const { deployed } = await harness.attempt(root, { options: { record } });
      expect(noted).to.equal(deployed?.connectorId);
    });

    it('no other solution than the first', async () => {
      const root = writeSample({ config: { environments: { dev: { url: devUrl, solution: 'First' } } } });
      await harness.attempt(root, { request: { solution: 'Second' } });
      expect(readJson(root, 'config.json')).to.have.nested.property('environments.dev.solution', 'First');
    });

    it('an environment that was given by its address, under a name of its own', async () => {
      const root = writeSample({ config: { environments: { contoso: { url: devUrl } } } });
      const { deployed } = await harness.attempt(root, { request: { environment: prodUrl } });
      expect(readJson(root, 'config.json')).to.have.deep.property('environments', {
        contoso: { url: devUrl },
        'contoso-2': { url: prodUrl, connectorId: deployed?.connectorId },
      });
      expect(deployed?.written).to.include('.pp-connector/deployed.contoso-2.json');
    });

    it('such a name that differs from all others, also where capitals do not count', async () => {
      const root = writeSample({ config: { environments: { Contoso: { url: devUrl } } } });
      await harness.attempt(root, { request: { environment: prodUrl } });
      expect(Object.keys((readJson(root, 'config.json') as { environments: object }).environments)).to.deep.equal([
        'Contoso',
        'contoso-2',
      ]);
    });

    it('nothing in config.json about an environment without an address', async () => {
      const root = writeSample();
      const before = readText(root, 'config.json');
      const { deployed } = await harness.attempt(root);
      expect(readText(root, 'config.json')).to.equal(before);
      expect(deployed?.written).to.deep.equal(['.pp-connector/deployed.default.json']);
    });

    it('nothing at all in a folder without config.json', async () => {
      const folder = join(writeSample(), 'connector');
      const before = snapshot(folder);
      const { deployed } = await harness.attempt(folder);
      expect(deployed).to.deep.include({ action: 'create', written: [] });
      expect(snapshot(folder)).to.deep.equal(before);
      expect(harness.called()).to.not.include('connector download');
    });

    it('what was deployed, when, and what the service made of it; no secret', async () => {
      const root = writeSample({ config, properties: oauth() });
      const { deployed } = await harness.attempt(root, { credentials: { clientId: 'my-app', clientSecret } });
      const memory = readJson(root, memoryOfDev) as { remote: { definition: object } };
      expect(memory).to.deep.include({
        environment: { name: 'dev', target: devUrl },
        connectorId: deployed?.connectorId,
        action: 'create',
        deployedAt: '2026-03-04T05:06:07.000Z',
      });
      expect(memory.remote.definition).to.deep.equal(readJson(root, 'connector/apiDefinition.json'));
      for (const [name, bytes] of Object.entries(readTree(root))) {
        expect(bytes.toString(), name).to.not.match(/S3cr3t|my-app/);
      }
    });

    it('what it can when the download fails: a warning, no failure', async () => {
      const root = writeSample({ config });
      const { deployed, warnings } = await harness.attempt(root, { failure: 'no-download' });
      expect(deployed?.written).to.deep.equal(['config.json', memoryOfDev]);
      expect(warnings.join()).to.match(/is deployed, but the service's copy can't be had.*could not be downloaded/);
      expect(readJson(root, memoryOfDev)).to.not.have.property('remote');
    });

    it('nothing where config.json became unreadable meanwhile: the deployment counts all the same', async () => {
      const root = writeSample({ config });
      const options = {
        record: (line: string) => {
          if (line.includes('connector create')) writeFileSync(join(root, 'config.json'), '{ "environments": ');
        },
      };
      const { deployed, warnings } = await harness.attempt(root, { options });
      expect(deployed).to.deep.include({ action: 'create', written: [] });
      expect(warnings.join()).to.match(/is deployed, but that could not be written down: .*config\.json:1/);
      expect(readText(root, 'config.json')).to.equal('{ "environments": ');
    });

    it('beside what its author wrote into config.json meanwhile', async () => {
      const root = writeSample({ config });
      const options = {
        record: (line: string) => {
          if (!line.includes('connector create')) return;
          const text = readText(root, 'config.json');
          writeFileSync(join(root, 'config.json'), text.replace('"custom"', '"verified"'));
        },
      };
      const { deployed } = await harness.attempt(root, { options });
      expect(readJson(root, 'config.json')).to.include({ profile: 'verified' });
      expect(idIn(root)).to.equal(deployed?.connectorId);
    });
  });

  describe('tries again', () => {
    beforeEach(() => harness.login());

    for (const failure of ['once-429', 'once-500'] as const) {
      it(`a create after ${failure}, when it did not happen`, async () => {
        const { deployed, notes, waits } = await harness.attempt(writeSample({ config }), { failure });
        expect(deployed?.action).to.equal('create');
        expect(waits).to.deep.equal([2000]);
        expect(notes[0]).to.match(/^pac connector create failed: .*; trying again in 2 seconds \(attempt 2 of 3\)$/);
        expect(harness.called().slice(1, 5)).to.deep.equal([
          'connector list',
          'connector create',
          'connector list',
          'connector create',
        ]);
      });
    }

    it('an update, without a look', async () => {
      const root = writeSample({ config });
      await harness.attempt(root);
      const count = harness.called().length;
      const { deployed } = await harness.attempt(root, { failure: 'once-500', options: { skipDriftCheck: true } });
      expect(deployed?.action).to.equal('update');
      expect(harness.called().slice(count)).to.deep.equal(['connector update', 'connector update']);
    });

    it('never a create that did happen: it is updated instead', async () => {
      const root = writeSample({ config });
      const { deployed, notes } = await harness.attempt(root, { failure: 'denied-create' });
      expect(deployed?.action).to.equal('create');
      expect(notes.at(-1)).to.equal(
        `in spite of that the connector was created (${deployed?.connectorId}); it is updated now`,
      );
      expect(harness.called().filter((name) => name === 'connector create')).to.have.length(1);
      expect(harness.called()).to.include('connector update');
      expect(idIn(root)).to.equal(deployed?.connectorId);
    });

    it('no create when nobody knows whether it happened', async () => {
      const request = { create: true };
      const { error } = await harness.attempt(writeSample({ config }), { failure: 'once-500,list-garbage', request });
      expect(error?.message).to.match(/connector create failed.*it is not repeated, since/);
      expect(error?.exitStatus).to.equal(1);
      expect(harness.called().filter((name) => name === 'connector create')).to.have.length(1);
    });

    it('three times at most', async () => {
      const { error, waits } = await harness.attempt(writeSample({ config }), { failure: 'always-503' });
      expect(error?.message).to.match(/503/);
      expect(waits).to.deep.equal([2000, 8000]);
      expect(harness.called().filter((name) => name === 'connector create')).to.have.length(3);
    });

    it('without a member that the service refuses, and leaves the author’s file alone', async () => {
      const root = writeSample({ config, properties: { properties: { publisher: 'P', stackOwner: 'O' } } });
      const before = readText(root, 'connector/apiProperties.json');
      const { deployed, notes, waits } = await harness.attempt(root, { failure: 'no-stackOwner,no-publisher' });
      expect(deployed?.action).to.equal('create');
      expect(notes.join('\n')).to.match(/refuses "stackOwner"[\s\S]*refuses "publisher"/);
      expect(waits).to.deep.equal([]);
      expect(readText(root, 'connector/apiProperties.json')).to.equal(before);
      const stored = join(harness.pac.state, deployed?.connectorId ?? '', 'apiProperties.json');
      expect(JSON.parse(readFileSync(stored, 'utf8')).properties).to.not.have.any.keys('publisher', 'stackOwner');
      // the next time without a try
      const again = await harness.attempt(root, { failure: 'no-stackOwner,no-publisher' });
      expect(again.notes.join('\n')).to.match(/left out.*: stackOwner, publisher$/);
      expect(again.seen).to.not.include('Could not find member');
      expect(readJson(root, memoryOfDev)).to.deep.include({ refused: ['stackOwner', 'publisher'] });
    });
  });

  describe('sees what was changed in the portal', () => {
    let root: string;

    beforeEach(async () => {
      await harness.login();
      root = writeSample({ config });
      const { deployed } = await harness.attempt(root);
      const stored = join(harness.pac.state, deployed?.connectorId ?? '', 'apiDefinition.json');
      const definition = JSON.parse(readFileSync(stored, 'utf8'));
      definition.info.description = 'Edited in the portal.';
      writeFileSync(stored, JSON.stringify(definition));
    });

    const updates = () => harness.called().filter((name) => name === 'connector update').length;

    it('and warns', async () => {
      const { deployed, warnings } = await harness.attempt(root);
      expect(deployed?.action).to.equal('update');
      expect(warnings[0]).to.match(/changed in the portal since it was deployed on 2026-03-04:\n {4}.*description/);
      expect(warnings[0]).to.include('pp-connector download --environment dev');
      // which the update has undone
      expect((await harness.attempt(root)).warnings).to.deep.equal([]);
    });

    it('and stops where it must not be overwritten', async () => {
      const before = snapshot(root);
      const { error } = await harness.attempt(root, { options: { failOnDrift: true } });
      expect(error?.message).to.match(/description[\s\S]*nothing was deployed/);
      expect(error?.exitStatus).to.equal(1);
      expect(updates()).to.equal(0);
      expect(snapshot(root)).to.deep.equal(before);
    });

    it('but not with a damaged memory, and says so', async () => {
      writeFileSync(join(root, memoryOfDev), '<<<<<<< HEAD\n');
      const before = snapshot(root);
      const strict = await harness.attempt(root, { options: { failOnDrift: true } });
      expect(strict.error?.message).to.match(/deployed\.dev\.json is damaged.*nothing was deployed/);
      expect(snapshot(root)).to.deep.equal(before);
      expect(updates()).to.equal(0);
      const { warnings, deployed } = await harness.attempt(root);
      expect(warnings.join()).to.match(/deployed\.dev\.json is damaged/);
      expect(deployed?.action).to.equal('update');
    });

    it('and asks', async () => {
      const refused = await harness.attempt(root, { options: { mayOverwrite: async () => false } });
      expect(refused.error?.exitStatus).to.equal(1);
      expect(updates()).to.equal(0);
      const allowed = await harness.attempt(root, {
        options: { mayOverwrite: async (changes) => changes.length === 1 },
      });
      expect(allowed.deployed?.action).to.equal('update');
    });

    it('unless it is told not to look', async () => {
      const count = harness.called().length;
      const { warnings } = await harness.attempt(root, { options: { skipDriftCheck: true } });
      expect(warnings).to.deep.equal([]);
      expect(harness.called().slice(count)).to.deep.equal(['connector update']);
    });

    it('or says that it cannot look, which is a failure only where drift is one', async () => {
      const failure = 'no-download';
      const strict = await harness.attempt(root, { failure, options: { failOnDrift: true } });
      expect(strict.error?.message).to.match(/could not be downloaded/);
      expect(updates()).to.equal(0);
      const { deployed, warnings } = await harness.attempt(root, { failure });
      expect(deployed?.action).to.equal('update');
      expect(warnings[0]).to.match(/isn't known: .*could not be downloaded/);
      // that update went through without a copy of the service's state
      const next = await harness.attempt(root, { options: { failOnDrift: true } });
      expect(next.warnings.join()).to.match(/nothing is known of an earlier deployment/);
    });
  });

  it('refuses a second deployment of one repository to one environment, and allows one to another', async () => {
    await harness.login();
    const root = writeSample({ config: { environments: { dev: { url: devUrl }, prod: { url: prodUrl } } } });
    const driver = fileURLToPath(new URL('./driver.ts', import.meta.url));
    const env = harness.pac.env({ TMPDIR: harness.temporary, DEPLOY_TO: 'dev' }, 'hang-upload') as NodeJS.ProcessEnv;
    const child = spawn(process.execPath, ['--import', 'tsx', driver, root], { env });
    const ended = new Promise((resolve) => child.on('close', resolve));
    try {
      await new Promise((resolve) => child.stderr.once('data', resolve));
      const { error } = await harness.attempt(root, { request: { environment: 'dev' } });
      expect(error?.message).to.equal(`another deployment of ${root} to dev is running`);
      expect(error?.hint).to.match(/wait until it has ended/);
      const elsewhere = await harness.attempt(root, { request: { environment: 'prod' } });
      expect(elsewhere.deployed?.action).to.equal('create');
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
    const after = await harness.attempt(root, { request: { environment: 'dev' } });
    expect(after.deployed?.action).to.equal('create');
  });

  describe('with an OAuth secret', () => {
    const sample: SampleOptions = { properties: oauth() };
    const credentials = { clientId: 'my-app', clientSecret };
    const leftovers = () => readdirSync(harness.temporary).filter((name) => name.startsWith('pp-connector-private-'));

    it('uploads it from a private file that is gone afterwards', async () => {
      await harness.login();
      const root = writeSample(sample);
      const { deployed, seen, record } = await harness.attempt(root, { credentials });
      expect(deployed?.action).to.equal('create');
      const call = harness.pac.calls()[2];
      expect(call?.oauth).to.deep.equal({
        clientId: 'my-app',
        secretSha256: createHash('sha256').update(clientSecret).digest('hex'),
      });
      const properties = call?.files['--api-properties-file'];
      expect(properties?.path.startsWith(root)).to.equal(false);
      if (process.platform !== 'win32') expect(properties?.mode).to.equal('600');
      expect(existsSync(properties?.path ?? '')).to.equal(false);
      expect(leftovers()).to.deep.equal([]);
      // neither as an argument, nor in pac's environment, nor on the screen, nor in the repository
      expect(call?.argv.join(' ') + seen + record.join()).to.not.include(clientSecret);
      expect(call?.env).to.not.have.property('CONNECTOR_CLIENT_SECRET');
      expect(readFileSync(join(root, 'connector', 'apiProperties.json'), 'utf8')).to.not.include('my-app');
    });

    it('masks it where pac prints it', async () => {
      const { seen } = await harness.attempt(writeSample(sample), { failure: 'echo', credentials });
      expect(seen).to.include('"clientSecret": "***"').and.to.include('my-app');
      expect(seen).to.not.include('S3cr3t');
    });

    it('removes the file when pac fails', async () => {
      await harness.login();
      const { error } = await harness.attempt(writeSample(sample), { failure: 'always-503', credentials });
      expect(error?.exitStatus).to.equal(1);
      expect(leftovers()).to.deep.equal([]);
    });

    it('removes what a killed run left, and not what a running one needs', async () => {
      const dead = spawn(process.execPath, ['-e', '']);
      await new Promise((resolve) => dead.on('close', resolve));
      const [old, current] = [`pp-connector-private-${dead.pid}-abc`, `pp-connector-private-${process.ppid}-abc`];
      // of another container that had our number, and of a process whose number another one has by now
      const [twin, ancient] = [`pp-connector-private-${process.pid}-abc`, `pp-connector-private-${process.ppid}-old`];
      for (const name of [old, current, twin, ancient]) mkdirSync(join(harness.temporary, name));
      utimesSync(join(harness.temporary, ancient), 0, 0);
      await harness.attempt(writeSample(sample), { failure: 'echo', credentials });
      expect(leftovers()).to.deep.equal([current]);
    });

    onPosix('says so where no temporary folder can be had', async () => {
      const root = writeSample(sample);
      process.env.TMPDIR = join(harness.temporary, 'nowhere');
      const { error } = await harness.attempt(root, { failure: 'echo', credentials });
      expect(error?.message).to.match(/nowhere: the folder for temporary files can't be used/);
      expect(error?.hint).to.match(/set TMPDIR/);
    });

    onPosix('never writes it into the repository', async () => {
      const root = writeSample(sample);
      process.env.TMPDIR = join(root, 'tmp');
      mkdirSync(process.env.TMPDIR);
      const { error } = await harness.attempt(root, { failure: 'echo', credentials });
      expect(error?.message).to.match(/lies in the repository/);
      expect(error?.hint).to.match(/TMPDIR/);
      expect(readdirSync(process.env.TMPDIR)).to.deep.equal([]);
    });

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      onPosix(`removes it on ${signal}, and ends pac`, async () => {
        await harness.login();
        const env = harness.pac.env(
          { CONNECTOR_CLIENT_SECRET: clientSecret, TMPDIR: harness.temporary },
          'hang-upload',
        );
        const driver = fileURLToPath(new URL('./driver.ts', import.meta.url));
        const child = spawn(process.execPath, ['--import', 'tsx', driver, writeSample(sample)], {
          env: env as NodeJS.ProcessEnv,
        });
        const ended = new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
        let told = '';
        child.stderr.on('data', (chunk) => {
          told += chunk;
        });
        await new Promise((resolve) => child.stderr.once('data', resolve));
        const [folder = ''] = leftovers();
        expect(readFileSync(join(harness.temporary, folder, 'apiProperties.json'), 'utf8')).to.include('S3cr3t');
        child.kill(signal);
        // the pipes close only when pac is gone, too
        expect(await ended).to.equal(signal);
        expect(told).to.match(/interrupted while pac created the connector.*run again/);
        // neither the copy nor the lock
        expect(readdirSync(harness.temporary).filter((name) => name.startsWith('pp-connector-'))).to.deep.equal([]);
      });
    }
  });

  it('reads credentials from the environment, empty ones as not set', () => {
    expect(readCredentials({ CONNECTOR_CLIENT_ID: 'a', CONNECTOR_CLIENT_SECRET: '' })).to.deep.equal({
      clientId: 'a',
      clientSecret: undefined,
    });
  });

  it('warns of an OAuth client with a blank or line break at an end, and does not repeat it', () => {
    const warnings = credentialWarnings(oauth(), { clientId: 'my-app', clientSecret: 'S3cr3t\n' });
    expect(warnings.join()).to.match(/^CONNECTOR_CLIENT_SECRET begins or ends/);
    expect(warnings.join()).to.not.include('S3cr3t');
  });

  it('uploads JSON without its byte-order mark', () => {
    const root = writeSample({ settings: null });
    for (const name of ['apiDefinition.json', 'apiProperties.json']) {
      const path = join(root, 'connector', name);
      writeFileSync(path, `\ufeff${readFileSync(path, 'utf8')}`);
    }
    const plan = planDeployment(loadConnector(root), deployRequest());
    const noCredentials = { clientId: undefined, clientSecret: undefined };
    const copy = deployCopy(plan, { connectorId: undefined, credentials: noCredentials, without: new Set() });
    for (const contents of copy.values()) expect(contents.toString().charCodeAt(0)).to.not.equal(0xfeff);
    expect(() => JSON.parse(String(copy.get('apiDefinition.json')))).to.not.throw();
  });

  it('refuses paconn’s settings before pac is called', async () => {
    const settings = { ...plainSettings, connectorId: 'shared_contoso-5f0123' };
    const error = await harness.attempt(writeSample({ settings })).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(UserError);
    expect(harness.pac.calls()).to.deep.equal([]);
  });
});
