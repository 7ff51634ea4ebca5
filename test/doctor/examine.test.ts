import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { examine, type MachineReport } from '../../src/doctor/examine.ts';
import { formatMachine, machineAsJson } from '../../src/doctor/format.ts';

const engines = '^20.19.0 || >=22.12.0';
const node = { version: '20.19.5', path: '/usr/bin/node' };

/** Programs are shell scripts here. */
const suite = process.platform === 'win32' ? describe.skip : describe;

suite('examine', () => {
  let home: string;
  let bin: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'doctor-'));
    bin = join(home, 'bin');
    mkdirSync(bin);
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function program(name: string, script: string, folder = bin): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }

  const look = (options = {}): Promise<MachineReport> =>
    examine({
      host: { platform: 'linux', env: { PATH: bin, HOME: home } },
      engines,
      node,
      timeout: 10_000,
      ...options,
    });

  const find = (report: MachineReport, name: string) => report.programs.find((entry) => entry.name === name);

  it('asks the dotnet that runs scripts, where the first one on PATH has no SDK or an old one', async () => {
    const other = join(home, 'other');
    const host = { platform: 'linux' as const, env: { PATH: `${bin}:${other}`, HOME: home } };
    program('dotnet', 'echo "No .NET SDKs were found." >&2; exit 145');
    program('dotnet', 'echo 10.0.100', other);
    const report = find(await look({ host }), 'dotnet');
    expect(report).to.include({ status: 'ok', version: '10.0.100', path: join(other, 'dotnet') });
    expect(report?.note).to.equal(
      `${join(bin, 'dotnet')} comes first, and can't be used; pp-connector uses this one for script.csx`,
    );
    program('dotnet', 'echo 6.0.428');
    expect(find(await look({ host }), 'dotnet')?.note).to.include('has version 6.0.428');
    program('dotnet', 'echo 7.0.410', other);
    const old = find(await look({ host }), 'dotnet');
    expect(old).to.include({ status: 'ok', version: '6.0.428', path: join(bin, 'dotnet') });
  });

  it('tells versions and places', async () => {
    program('npm', 'echo 11.19.1');
    program('git', 'echo "git version 2.39.5 (Apple Git-154)"');
    program('dotnet', 'echo 10.0.100');
    program('pac', '[ "$1" = help ] && printf "Microsoft PowerPlatform CLI\\nVersion: 1.39.3+g0f45f92\\n"');
    const report = await look();
    const versions = report.programs.map(({ name, status, version }) => `${name} ${status} ${version}`);
    expect(versions).to.deep.equal([
      'node ok 20.19.5',
      'npm ok 11.19.1',
      'git ok 2.39.5',
      'dotnet ok 10.0.100',
      'pac ok 1.39.3+g0f45f92',
    ]);
    expect(find(report, 'pac')?.path).to.equal(join(bin, 'pac'));
    expect(report.ok).to.equal(true);
  });

  it('is content without the optional programs, and says how to install them', async () => {
    program('npm', 'echo 11.19.1');
    const report = await look();
    expect(report.ok).to.equal(true);
    expect(find(report, 'pac')).to.deep.include({
      status: 'missing',
      install: ['dotnet tool install --global Microsoft.PowerApps.CLI.Tool'],
    });
    const text = formatMachine(report, { color: false });
    expect(text).to.match(
      /^missing {3}Power Platform CLI.*for login, deploy and download\n.*install: dotnet tool install --global/m,
    );
    expect(text).to.match(/All that is required is here\.\n$/);
  });

  it('says which .NET pac needs', async () => {
    program('npm', 'echo 11.19.1');
    program('dotnet', 'echo 9.0.101');
    expect(find(await look(), 'dotnet')?.note).to.match(/needs \.NET 10; with \.NET 9, .* --version 1\.52\.1$/);
    program('dotnet', 'echo 8.0.404');
    expect(find(await look(), 'dotnet')?.note).to.match(/needs \.NET 10$/);
    program('pac', 'printf "Version: 2.13.1+g1\n"');
    expect(find(await look(), 'dotnet')?.note).to.match(/^pac 2\.13\.1\S* runs on \.NET 10; /);
    program('dotnet', 'echo 10.0.100');
    expect(find(await look(), 'dotnet')?.note).to.equal(undefined);
    const said =
      "You must install or update .NET to run this application.\\n\\nFramework: 'Microsoft.NETCore.App', version '10.0.0' (x64)\\n";
    program('pac', `printf "${said}"; exit 150`);
    expect(find(await look(), 'pac')).to.deep.include({
      status: 'failing',
      note: 'it needs .NET 10, which is not installed: https://dotnet.microsoft.com/download/dotnet/10.0',
    });
  });

  it('is not content without npm, or with a Node that is too old', async () => {
    expect((await look()).ok).to.equal(false);
    program('npm', 'echo 11.19.1');
    const report = await look({ node: { version: '18.20.0', path: '/usr/bin/node' } });
    expect(report.ok).to.equal(false);
    expect(find(report, 'node')).to.include({ status: 'outdated', note: `this package runs on ${engines}` });
    expect(formatMachine(report, { color: false })).to.match(/Something required is missing/);
  });

  it('does not wait for a program that hangs, nor for what that has started', async function () {
    this.timeout(5000);
    program('npm', 'echo 11.19.1');
    program('pac', '/bin/sleep 600 & /bin/sleep 600');
    const report = await look({ timeout: 500 });
    expect(find(report, 'pac')).to.include({ status: 'failing', note: 'it did not answer within 0.5 seconds' });
    expect(report.ok).to.equal(true);
  });

  it('quotes a program that fails', async () => {
    program('npm', 'echo 11.19.1');
    program('dotnet', 'echo "No .NET SDKs were found." >&2; exit 145');
    program('git', 'kill -9 $$');
    const report = await look();
    expect(find(report, 'dotnet')?.note).to.equal(
      '"dotnet --version" ended with exit status 145 and printed no version: No .NET SDKs were found.',
    );
    expect(find(report, 'git')?.note).to.equal('"git --version" was ended by SIGKILL and printed no version');
    expect(formatMachine(report, { color: false })).to.include(join(bin, 'dotnet'));
  });

  it('survives a program that cannot be started', async () => {
    program('npm', 'echo 11.19.1');
    writeFileSync(join(bin, 'git'), '#!/no/such/interpreter\n');
    chmodSync(join(bin, 'git'), 0o755);
    const report = await look();
    expect(find(report, 'git')?.status).to.equal('failing');
    expect(find(report, 'git')?.note).to.match(/could not be started/);
  });

  it('finds pac where .NET installs it, also when that is not on PATH', async () => {
    program('npm', 'echo 11.19.1');
    const tools = join(home, '.dotnet', 'tools');
    program('pac', 'echo "Version: 2.13.1+g251dee1 (.NET 10.0.11)"', tools);
    expect(find(await look(), 'pac')).to.include({
      status: 'ok',
      version: '2.13.1+g251dee1',
      note: `${tools} is not on PATH; pp-connector finds it there all the same`,
    });
  });

  for (const [platform, install] of [
    ['win32', 'winget install Microsoft.PowerPlatformCLI'],
    ['darwin', 'dotnet tool install --global Microsoft.PowerApps.CLI.Tool'],
  ] as const) {
    it(`names the commands of ${platform}`, async () => {
      const report = await look({ host: { platform, env: {} } });
      expect(find(report, 'pac')?.install[0]).to.equal(install);
      for (const entry of report.programs) expect(entry.install).to.not.deep.equal([]);
    });
  }

  it('prints JSON', async () => {
    const report = await look();
    expect(JSON.parse(machineAsJson(report))).to.deep.equal(report);
  });
});
