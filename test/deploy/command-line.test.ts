import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type PacFailure, type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { devUrl, oauth, plainSettings, prodUrl, writeSample } from './sample.ts';

const program = fileURLToPath(new URL('../../src/cli/pp-connector.ts', import.meta.url));

describe('login, deploy and doctor on the command line', () => {
  let pac: StandInPac;
  before(() => {
    pac = standInPac();
  });
  after(() => pac.remove());

  function run(words: string[], options: { failure?: PacFailure; env?: Record<string, string | undefined> } = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, ...words], {
      env: pac.env(options.env, options.failure) as NodeJS.ProcessEnv,
      encoding: 'utf8',
      input: '',
    });
    return { status, stdout, stderr };
  }

  const config = { environments: { dev: { url: devUrl } } };
  const withoutPac = { PATH: '', HOME: '/nowhere', USERPROFILE: 'C:\\nowhere' };

  it('signs in, creates, and says what to write down', () => {
    const root = writeSample({ config });
    const login = run(['login', '--cwd', root]);
    expect(login).to.include({ status: 0, stdout: 'Signed in.\n', stderr: 'Authentication successfully created.\n' });
    const { status, stdout, stderr } = run(['deploy', '--cwd', root]);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(
      /^Created Contoso Weather \([\da-f-]{36}\) in dev \(https:.*\)\.\nWrite its id into config\.json/,
    );
    expect(stdout).to.match(/"environments": \{ "dev": \{ "connectorId": "[\da-f-]{36}" \} \}/);
    expect(stderr).to.match(/^Connected as/m);
    const calls = pac.calls().map(({ argv, cwd }) => [argv.join(' '), cwd]);
    expect(calls).to.deep.equal([
      [`auth create --environment ${devUrl}`, root],
      [`connector create --settings-file settings.json --environment ${devUrl}`, join(root, 'connector')],
    ]);
  });

  it('prints the commands of a dry run, and runs none', () => {
    const before = pac.calls().length;
    const root = writeSample({ config });
    const { status, stdout } = run(['deploy', '--cwd', root, '--dry-run', '--solution', 'Contoso'], {
      env: withoutPac,
    });
    expect(status).to.equal(0);
    expect(stdout).to.equal(
      `pac connector create --settings-file settings.json --environment ${devUrl} --solution-unique-name Contoso\n`,
    );
    const json = JSON.parse(
      run(['deploy', '--cwd', root, '--dry-run', '--format', 'json', '--environment', prodUrl]).stdout,
    );
    expect(json).to.deep.equal({
      commands: [
        {
          program: 'pac',
          args: ['connector', 'create', '--settings-file', 'settings.json', '--environment', prodUrl],
          cwd: join(root, 'connector'),
        },
      ],
    });
    const login = run(['login', '--cwd', root, '--url', prodUrl, '--dry-run']);
    expect(login.stdout).to.equal(`pac auth create --environment ${prodUrl}\n`);
    expect(pac.calls().length).to.equal(before);
  });

  it('shows no secret in a dry run, and writes none', () => {
    const root = writeSample({ config, properties: oauth({ clientId: 'abc' }) });
    const { stdout, stderr } = run(['deploy', '--cwd', root, '--dry-run'], {
      env: { CONNECTOR_CLIENT_SECRET: 'S3cr3t' },
    });
    expect(stdout).to.match(/--api-properties-file \S*apiProperties\.json/);
    expect(stderr).to.match(/exists only while pac runs/);
    expect(stdout + stderr).to.not.include('S3cr3t');
    const unset = run(['deploy', '--cwd', root, '--dry-run'], { env: { CONNECTOR_CLIENT_SECRET: undefined } });
    expect(unset.stderr).to.match(/^warning: .*CONNECTOR_CLIENT_SECRET/m);
  });

  it('deploys nothing that has errors', () => {
    const root = writeSample({ config, definition: { host: 'https://weather.contoso.com/' } });
    const before = pac.calls().length;
    const { status, stdout, stderr } = run(['deploy', '--cwd', root]);
    expect(status).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/connector\/apiDefinition\.json\n.*error.*host/);
    expect(stderr).to.match(/nothing was deployed/);
    expect(pac.calls().length).to.equal(before);
  });

  it('lets a connector be tried out that is not ready for certification', () => {
    const properties = { properties: { publisher: null } };
    const root = writeSample({ config, profile: 'verified', properties });
    const refused = run(['deploy', '--cwd', root, '--dry-run']);
    expect(refused.status).to.equal(1);
    expect(refused.stderr).to.match(/pp-connector deploy --profile custom/);
    expect(run(['deploy', '--cwd', root, '--dry-run', '--profile', 'custom']).status).to.equal(0);
  });

  it('tells how to install a missing pac, with status 1 and no stack', () => {
    const { status, stderr } = run(['deploy', '--cwd', writeSample({ config })], { env: withoutPac });
    expect(status).to.equal(1);
    expect(stderr).to.match(/pac, the Power Platform CLI, is not installed/);
    expect(stderr).to.match(/dotnet tool install --global Microsoft\.PowerApps\.CLI\.Tool/);
    expect(stderr).to.not.match(/^\s+at /m);
  });

  it('passes a failure on, with status 1 and no stack', () => {
    const root = writeSample({ config });
    for (const failure of ['error-exit-0', 'exit-7', 'unrecoverable'] as const) {
      const { status, stdout, stderr } = run(['deploy', '--cwd', root], { failure });
      expect(status).to.equal(1);
      expect(stdout).to.equal('');
      expect(stderr).to.match(/error: pac connector create failed/);
      expect(stderr).to.not.match(/^\s+at /m);
    }
  });

  it('refuses settings of paconn with status 2', () => {
    const root = writeSample({ config, settings: { ...plainSettings, connectorId: 'shared_contoso-5f0123' } });
    const { status, stderr } = run(['deploy', '--cwd', root, '--dry-run']);
    expect(status).to.equal(2);
    expect(stderr).to.match(/written for paconn/);
  });

  it('changes nothing in the repository', () => {
    const root = writeSample({ config });
    const content = () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('base64')]);
    const before = content();
    expect(run(['deploy', '--cwd', root]).status).to.equal(0);
    expect(content()).to.deep.equal(before);
  });

  it('finds the stand-in', () => {
    const { status, stdout } = run(['doctor', '--format', 'json']);
    expect(status).to.equal(0);
    const programs: { name: string; status: string; version?: string }[] = JSON.parse(stdout).programs;
    expect(programs.find(({ name }) => name === 'pac')).to.include({ status: 'ok', version: '2.13.1+g251dee1' });
  });
});
