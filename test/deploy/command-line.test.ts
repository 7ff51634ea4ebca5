import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTree } from '../support/folders.ts';
import { type PacFailure, type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';
import { devUrl, oauth, plainSettings, prodUrl, someGuid, writeSample } from './sample.ts';

describe('login, deploy and doctor on the command line', () => {
  let pac: StandInPac;
  before(() => {
    pac = standInPac();
  });
  after(() => pac.remove());

  function run(words: string[], options: { failure?: PacFailure; env?: Record<string, string | undefined> } = {}) {
    return warmCli(words, { env: pac.env(options.env, options.failure) });
  }

  const config = { environments: { dev: { url: devUrl } } };
  const withoutPac = { PATH: '', HOME: '/pp-connector-nowhere', USERPROFILE: 'C:\\nowhere' };

  it('signs in, creates, and writes the id down', () => {
    const root = writeSample({ config });
    const login = run(['login', '--cwd', root]);
    expect(login).to.include({ status: 0, stdout: 'Signed in.\n', stderr: 'Authentication successfully created.\n' });
    const { status, stdout, stderr } = run(['deploy', '--cwd', root, '--skip-drift-check']);
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(
      /^Created Contoso Weather \([\da-f-]{36}\) in dev \(https:.*\)\.\nWritten, to be committed: config\.json, \.pp-connector\/deployed\.dev\.json\n$/,
    );
    expect(stderr).to.match(/^Connected as/m);
    const calls = pac.calls().map(({ argv }) => argv.join(' '));
    expect(calls).to.deep.equal([
      `auth create --environment ${devUrl}`,
      `connector list --environment ${devUrl} --json`,
      `connector create --settings-file settings.json --environment ${devUrl}`,
    ]);
    const again = run(['deploy', '--cwd', root, '--skip-drift-check', '--format', 'json']);
    expect(JSON.parse(again.stdout)).to.include({ action: 'update', environment: devUrl, solution: null });
  });

  it('says what to write down where nothing can be', () => {
    const root = writeSample();
    const unnamed = run(['deploy', '--cwd', root, '--environment', someGuid]);
    expect(unnamed.stdout).to.match(
      /Write its id into config\.json.*\n.*"url": "1c0ffee0-.*"connectorId": "[\da-f-]{36}"/,
    );
    const bare = run(['deploy', '--cwd', join(root, 'connector'), '--environment', someGuid]);
    expect(bare.stdout).to.match(
      /To deploy to it again: pp-connector deploy --connector-id [\da-f-]{36} --environment 1c0ffee0-/,
    );
  });

  it('prints the commands of a dry run, and runs none', () => {
    const before = pac.calls().length;
    const root = writeSample({ config });
    const { status, stdout, stderr } = run(['deploy', '--cwd', root, '--dry-run', '--solution', 'Contoso'], {
      env: withoutPac,
    });
    expect(status).to.equal(0);
    expect(stdout).to.equal(
      `pac connector create --settings-file settings.json --environment ${devUrl} --solution-unique-name Contoso\n`,
    );
    expect(stderr).to.match(/warning: .*prefix new_/);
    expect(stderr)
      .to.match(/exists only while pac runs/)
      .and.to.match(/if it is there, it is updated/);
    const json = JSON.parse(
      run(['deploy', '--cwd', root, '--dry-run', '--format', 'json', '--environment', prodUrl]).stdout,
    );
    expect(json).to.deep.equal({
      commands: [
        {
          program: 'pac',
          args: ['connector', 'create', '--settings-file', 'settings.json', '--environment', prodUrl],
          cwd: join(tmpdir(), 'pp-connector-private'),
        },
      ],
    });
    const login = run(['login', '--cwd', root, '--url', prodUrl, '--dry-run']);
    expect(login.stdout).to.equal(`pac auth create --environment ${prodUrl}\n`);
    expect(pac.calls().length).to.equal(before);
  });

  it('shows no secret in a dry run, and writes none', () => {
    const root = writeSample({ config, properties: oauth({ clientId: 'abc' }) });
    const env = { CONNECTOR_CLIENT_SECRET: 'S3cr3t' };
    const { stdout, stderr } = run(['deploy', '--cwd', root, '--dry-run'], { env });
    expect(stderr).to.not.match(/warning/);
    expect(stdout + stderr).to.not.include('S3cr3t');
    const without = run(['deploy', '--cwd', root, '--dry-run', '--no-secret'], { env });
    expect(without.stderr).to.match(/^warning: .*CONNECTOR_CLIENT_SECRET/m);
  });

  it('records every command with --verbose, and no secret anywhere', () => {
    const definition = { info: { title: 'Contoso Weather by OAuth' } };
    const root = writeSample({ config, definition, properties: oauth() });
    const secret = 'S3cr3t+"&ü';
    const login = { CI: 'true', PAC_CLIENT_SECRET: secret };
    const words = [
      'login',
      '--cwd',
      root,
      '--service-principal',
      '--application-id',
      'app',
      '--tenant',
      't',
      '--verbose',
    ];
    const signedIn = [
      run(words, { env: login }),
      run([...words, '--format', 'json'], { env: login }),
      run([...words, '--dry-run'], { env: login }),
    ];
    for (const result of signedIn) expect(result.status, result.stderr).to.equal(0);
    const env = { CONNECTOR_CLIENT_ID: 'my-app', CONNECTOR_CLIENT_SECRET: secret };
    const { status, stdout, stderr } = run(['deploy', '--cwd', root, '--verbose', '--solution', 'Contoso'], { env });
    expect(status, stderr).to.equal(0);
    const commands = [...stderr.matchAll(/^\$ (pac connector \w+)/gm)].map(([, name]) => name);
    expect(commands).to.deep.equal(['pac connector list', 'pac connector create', 'pac connector download']);
    expect(stderr.match(/^ {2}exit status 0 after \d+\.\d s$/gm)).to.have.length(3);
    expect(signedIn[0]?.stderr)
      .to.match(/--clientSecret '?\*\*\*'?/)
      .and.to.match(/--github-federated/);
    expect(signedIn[1]?.stdout).to.match(/"\*\*\*"/);
    expect(signedIn[2]?.stdout).to.match(/--clientSecret '?\*\*\*'?/);
    const all = [stdout, stderr, ...signedIn.flatMap((result) => [result.stdout, result.stderr])];
    for (const [name, bytes] of [...Object.entries(readTree(root)), ...Object.entries(readTree(pac.state))]) {
      // the stand-in logs its arguments: for this one login pac knows no other way
      if (name !== 'calls.jsonl') all.push(bytes.toString());
    }
    expect(all.join('\n')).to.not.match(/S3cr3t/);
    const deployments = pac.calls().filter(({ argv }) => argv[0] === 'connector');
    expect(JSON.stringify(deployments)).to.not.include('S3cr3t');
    expect(JSON.stringify(pac.calls().map((call) => call.env))).to.not.include('S3cr3t');
  });

  it('writes settings for paconn, and calls nobody', () => {
    const root = writeSample({ config });
    const before = pac.calls().length;
    const words = ['deploy', '--cwd', root, '--paconn-settings', 'connector/settings.paconn.json'];
    expect(run([...words, '--dry-run']).stdout).to.include('create connector/settings.paconn.json');
    expect(Object.keys(readTree(root))).to.not.include('connector/settings.paconn.json');
    const { status, stdout } = run(words, { env: withoutPac });
    expect(status).to.equal(0);
    expect(stdout)
      .to.include('create connector/apiProperties.paconn.json')
      .and.to.include('paconn create --settings settings.paconn.json');
    expect(run(words).stdout).to.match(/^ {2}nothing to change/);
    expect(pac.calls().length).to.equal(before);
    expect(run(['deploy', '--cwd', root, '--paconn-settings', 'connector/settings.json']).status).to.equal(2);
  });

  it('refuses a wrong --timeout', () => {
    for (const seconds of ['0', '-1', 'x', '1e3', '99999999']) {
      const { status, stderr } = run(['deploy', '--cwd', writeSample({ config }), `--timeout=${seconds}`]);
      expect(status).to.equal(2);
      expect(stderr).to.match(/--timeout: ".*" is not a number of seconds/);
    }
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
      expect(stderr).to.match(/error: pac connector list failed/);
      expect(stderr).to.not.match(/^\s+at /m);
    }
  });

  it('refuses settings of paconn with status 2', () => {
    const root = writeSample({ config, settings: { ...plainSettings, connectorId: 'shared_contoso-5f0123' } });
    const { status, stderr } = run(['deploy', '--cwd', root, '--dry-run']);
    expect(status).to.equal(2);
    expect(stderr).to.match(/written for paconn/);
  });

  it('finds the stand-in', () => {
    const { status, stdout } = run(['doctor', '--format', 'json']);
    expect(status).to.equal(0);
    const programs: { name: string; status: string; version?: string }[] = JSON.parse(stdout).programs;
    expect(programs.find(({ name }) => name === 'pac')).to.include({ status: 'ok', version: '2.13.1+g251dee1' });
  });
});
