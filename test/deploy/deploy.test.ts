import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { loadConnector } from '../../src/connector/load.ts';
import { type Deployed, deploy } from '../../src/deploy/deploy.ts';
import { Environments } from '../../src/deploy/environment.ts';
import { type Credentials, readCredentials } from '../../src/deploy/oauth-credentials.ts';
import { planDeployment } from '../../src/deploy/plan-deployment.ts';
import { planLogin } from '../../src/deploy/plan-login.ts';
import { runPac } from '../../src/deploy/run-pac.ts';
import { UserError } from '../../src/errors.ts';
import { type PacFailure, type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { devUrl, oauth, plainSettings, type SampleOptions, writeSample } from './sample.ts';

const onPosix = process.platform === 'win32' ? it.skip : it;
const clientSecret = 'S3cr3t & "ü"';

interface Attempt {
  deployed?: Deployed;
  error?: UserError;
  /** What the user saw of pac. */
  seen: string;
}

describe('deploy', () => {
  let pac: StandInPac;
  let temporary: string;
  /** The operating system reads one of these. */
  const folderVariables = ['TMPDIR', 'TEMP', 'TMP'] as const;
  let before: (string | undefined)[];

  beforeEach(() => {
    pac = standInPac();
    temporary = mkdtempSync(join(tmpdir(), 'deploy-test-'));
    before = folderVariables.map((name) => process.env[name]);
    for (const name of folderVariables) process.env[name] = temporary;
  });

  afterEach(() => {
    folderVariables.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
    pac.remove();
    rmSync(temporary, { recursive: true, force: true });
  });

  const host = (failure?: PacFailure, extra = {}) => ({ platform: process.platform, env: pac.env(extra, failure) });

  async function login(): Promise<void> {
    const command = planLogin({ environment: devUrl, url: undefined, cwd: temporary }, new Environments(undefined));
    await runPac(command, { host: host(), onOutput: () => {} });
  }

  async function attempt(root: string, failure?: PacFailure, credentials: Partial<Credentials> = {}): Promise<Attempt> {
    const given = { clientId: undefined, clientSecret: undefined, ...credentials };
    const plan = planDeployment(loadConnector(root), {
      environment: undefined,
      solution: undefined,
      credentials: given,
    });
    const chunks: Buffer[] = [];
    const options = {
      host: host(failure, { CONNECTOR_CLIENT_SECRET: given.clientSecret }),
      onOutput: (chunk: Buffer) => chunks.push(chunk),
    };
    const seen = () => Buffer.concat(chunks).toString();
    try {
      return { deployed: await deploy(plan, root, given, options), seen: seen() };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { error, seen: seen() };
    }
  }

  it('creates, tells the id, and updates with it', async () => {
    await login();
    const config = { environments: { dev: { url: devUrl } } };
    const root = writeSample({ config });
    const { deployed, seen } = await attempt(root);
    expect(deployed?.action).to.equal('create');
    expect(seen).to.include('Connector created');
    const written = JSON.parse(readFileSync(join(root, 'config.json'), 'utf8'));
    written.environments.dev.connectorId = deployed?.connectorId;
    writeFileSync(join(root, 'config.json'), JSON.stringify(written));
    const again = await attempt(root);
    expect(again.deployed).to.deep.equal({ action: 'update', connectorId: deployed?.connectorId });
    const calls = pac.calls().map(({ argv, status }) => [argv.slice(0, 2).join(' '), status]);
    expect(calls).to.deep.equal([
      ['auth create', 0],
      ['connector create', 0],
      ['connector update', 0],
    ]);
  });

  it('deploys with files named one by one', async () => {
    await login();
    const { deployed } = await attempt(writeSample({ settings: null }));
    expect(deployed?.action).to.equal('create');
    expect(Object.keys(pac.calls()[1]?.files ?? {})).to.have.members([
      '--api-definition-file',
      '--api-properties-file',
      '--icon-file',
    ]);
  });

  it('says how to sign in when nobody is', async () => {
    const { error } = await attempt(writeSample());
    expect(error?.message).to.equal(
      "pac connector create failed with exit status 1: Error: No profiles were found on this computer. Please run 'pac auth create' to create one.",
    );
    expect(error?.hint).to.include('pp-connector login');
    expect(error?.exitStatus).to.equal(1);
  });

  const failing: [PacFailure, RegExp][] = [
    ['error-exit-0', /although its exit status is 0: Error: The service refused the connector\.$/],
    ['exit-7', /with exit status 7$/],
    ['unrecoverable', /although its exit status is 0: Sorry, the app/],
  ];
  for (const [failure, message] of failing) {
    it(`fails when pac does: ${failure}`, async () => {
      const { error, seen } = await attempt(writeSample(), failure);
      expect(error?.message).to.match(message);
      expect(error?.exitStatus).to.equal(1);
      expect(seen).to.match(/Error:|Something went wrong|Sorry/);
    });
  }

  onPosix('fails when pac is killed half way', async () => {
    const { error, seen } = await attempt(writeSample(), 'crash');
    expect(error?.message).to.equal('pac connector create failed (ended by SIGKILL)');
    expect(seen).to.equal('Connected as user@contoso.ex');
  });

  it('takes garbage for what it is: no failure, no id', async () => {
    const { deployed } = await attempt(writeSample(), 'garbage');
    expect(deployed).to.deep.equal({ action: 'create', connectorId: undefined });
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
      const command = { program: 'pac', args: ['help'], cwd: temporary };
      const nowhere = { platform, env: { PATH: '', HOME: temporary } };
      const error = await runPac(command, { host: nowhere, onOutput: () => {} }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(UserError).with.property('exitStatus', 1);
      expect(error)
        .to.have.property('message')
        .that.matches(/^pac, the Power Platform CLI, is not installed/);
      expect(error).to.have.property('hint').that.matches(install);
    });
  }

  describe('with an OAuth secret', () => {
    const options: SampleOptions = { properties: oauth() };
    const credentials = { clientId: 'my-app', clientSecret };
    const leftovers = () => readdirSync(temporary).filter((name) => name.startsWith('pp-connector-private-'));

    it('uploads it from a private file that is gone afterwards', async () => {
      await login();
      const root = writeSample(options);
      const { deployed, seen } = await attempt(root, undefined, credentials);
      expect(deployed?.action).to.equal('create');
      const call = pac.calls()[1];
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
      expect(call?.argv.join(' ') + seen).to.not.include(clientSecret);
      expect(call?.env).to.not.have.property('CONNECTOR_CLIENT_SECRET');
      expect(readFileSync(join(root, 'connector', 'apiProperties.json'), 'utf8')).to.not.include('my-app');
    });

    it('masks it where pac prints it', async () => {
      const { seen } = await attempt(writeSample(options), 'echo', credentials);
      expect(seen).to.include('"clientSecret": "***"').and.to.include('my-app');
      expect(seen).to.not.include('S3cr3t');
    });

    it('removes the file when pac fails', async () => {
      const { error } = await attempt(writeSample(options), 'exit-7', credentials);
      expect(error?.exitStatus).to.equal(1);
      expect(leftovers()).to.deep.equal([]);
    });

    it('removes what a killed run left, and not what a running one needs', async () => {
      const dead = spawn(process.execPath, ['-e', '']);
      await new Promise((resolve) => dead.on('close', resolve));
      const [old, current] = [`pp-connector-private-${dead.pid}-abc`, `pp-connector-private-${process.ppid}-abc`];
      for (const name of [old, current]) mkdirSync(join(temporary, name));
      await attempt(writeSample(options), 'garbage', credentials);
      expect(leftovers()).to.deep.equal([current]);
    });

    onPosix('never writes it into the repository', async () => {
      const root = writeSample(options);
      process.env.TMPDIR = join(root, 'tmp');
      mkdirSync(process.env.TMPDIR);
      const { error } = await attempt(root, undefined, credentials);
      expect(error?.message).to.match(/lies in the repository/);
      expect(error?.hint).to.match(/TMPDIR/);
      expect(readdirSync(process.env.TMPDIR)).to.deep.equal([]);
    });

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      onPosix(`removes it on ${signal}, and ends pac`, async () => {
        const env = pac.env({ CONNECTOR_CLIENT_SECRET: clientSecret, TMPDIR: temporary }, 'hang');
        const driver = fileURLToPath(new URL('./driver.ts', import.meta.url));
        const child = spawn(process.execPath, ['--import', 'tsx', driver, writeSample(options)], {
          env: env as NodeJS.ProcessEnv,
        });
        const ended = new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
        await new Promise((resolve) => child.stderr.once('data', resolve));
        const [folder = ''] = leftovers();
        expect(readFileSync(join(temporary, folder, 'apiProperties.json'), 'utf8')).to.include('S3cr3t');
        child.kill(signal);
        // the pipes close only when pac is gone, too
        expect(await ended).to.equal(signal);
        expect(leftovers()).to.deep.equal([]);
      });
    }
  });

  it('reads credentials from the environment, empty ones as not set', () => {
    expect(readCredentials({ CONNECTOR_CLIENT_ID: 'a', CONNECTOR_CLIENT_SECRET: '' })).to.deep.equal({
      clientId: 'a',
      clientSecret: undefined,
    });
  });

  it('refuses paconn’s settings before pac is called', async () => {
    const settings = { ...plainSettings, connectorId: 'shared_contoso-5f0123' };
    const root = writeSample({ settings });
    await expectUserError(attempt(root));
    expect(pac.calls()).to.deep.equal([]);
  });
});

async function expectUserError(promise: Promise<unknown>): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).to.be.instanceOf(UserError);
}
