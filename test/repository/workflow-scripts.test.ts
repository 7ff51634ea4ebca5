import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { allScripts } from './workflow-files.ts';

/** The scripts of the workflows, run as their services run them, with a stand-in for npm that tells its arguments. */

const npm = `#!/bin/sh
echo "npm $*" >> "$CALLS"
[ -z "$CONNECTOR_CLIENT_SECRET" ] || echo "secret $CONNECTOR_CLIENT_SECRET" >> "$CALLS"
case "$*" in *"run --silent diff"*) exit "\${DIFF_STATUS:-0}" ;; esac
`;

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@contoso.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd,
    encoding: 'utf8',
  });

/** A work tree whose target branch has these files. */
function workTree(files: Record<string, string>): string {
  const cwd = writeTree(temporaryFolder('work tree'), { 'bin/npm': npm, ...files });
  chmodSync(join(cwd, 'bin', 'npm'), 0o755);
  git(cwd, 'init', '--quiet');
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'before');
  git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  return cwd;
}

async function run(which: RegExp, cwd: string, env: Record<string, string>) {
  const found = (await allScripts()).filter(({ script }) => which.test(script));
  return found.map(({ at, script }) => {
    const calls = temporaryFolder();
    const summary = join(calls, 'summary');
    const { status, stdout } = spawnSync('bash', ['-e', '-c', script], {
      cwd,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${join(cwd, 'bin')}${delimiter}${process.env.PATH}`,
        CALLS: join(calls, 'calls'),
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_OUTPUT: join(calls, 'output'),
        ...env,
      },
    });
    const read = (name: string): string => {
      try {
        return readText(calls, name);
      } catch {
        return '';
      }
    };
    return { at, status, stdout, calls: read('calls'), summary: read('summary') };
  });
}

describe('scripts of the workflows', () => {
  before(function () {
    if (spawnSync('bash', ['--version']).status !== 0 || process.platform === 'win32') this.skip();
  });

  const target = { BASE: 'main', TARGET: 'refs/heads/main' };

  it('compare with the target branch', async () => {
    const results = await run(/run --silent diff/, workTree({ 'config.json': '{}' }), target);
    expect(results.map(({ status }) => status)).to.deep.equal([0, 0]);
    for (const { calls } of results) expect(calls).to.match(/^npm run --silent diff -- origin\/main/);
  });

  it('stop for a breaking change, and say how to go on', async () => {
    const results = await run(/run --silent diff/, workTree({ 'config.json': '{}' }), { ...target, DIFF_STATUS: '1' });
    expect(results.map(({ status }) => status)).to.deep.equal([1, 1]);
    for (const { stdout } of results) expect(stdout).to.contain('diff origin/main --acknowledge KIND');
  });

  it('compare with nothing where the target branch has no connector yet', async () => {
    const results = await run(/run --silent diff/, workTree({ 'other.txt': '' }), target);
    for (const { status, stdout, calls } of results) {
      expect(status).to.equal(0);
      expect(stdout).to.contain('there is nothing to break');
      expect(calls).to.equal('');
    }
  });

  it('hand a secret on only where one is set', async () => {
    const cwd = workTree({ 'config.json': '{}' });
    const env = { PP_ENVIRONMENT_URL: 'https://contoso.crm.dynamics.com' };
    const [unset] = await run(/\$SECRET/, cwd, { ...env, SECRET: '$(CONNECTOR_CLIENT_SECRET)' });
    expect(unset?.calls).to.equal('npm run deploy -- --environment https://contoso.crm.dynamics.com\n');
    const [set] = await run(/\$SECRET/, cwd, { ...env, SECRET: 'pa ss$(1)' });
    expect(set?.calls).to.contain('secret pa ss$(1)\n');
  });

  it('install by the lock file', async () => {
    const [first] = await run(/npm ci/, workTree({ 'package.json': '{}' }), {});
    expect(first?.calls).to.equal('npm install\n');
    const [second] = await run(/npm ci/, workTree({ 'package-lock.json': '{}' }), {});
    expect(second?.calls).to.equal('npm ci\n');
  });

  it('hand over what a deployment wrote into the repository', async () => {
    const temporary = temporaryFolder();
    const cwd = workTree({ 'config.json': '{}', '.pp-connector/generated.json': '{}' });
    const env = { RUNNER_TEMP: temporary, AGENT_TEMPDIRECTORY: temporary };
    for (const none of await run(/intent-to-add/, cwd, env)) expect(none).to.include({ status: 0, stdout: '' });
    const deployed = { 'config.json': '{ "new": 1 }', '.pp-connector/deployed.test.json': '{ "at": 2 }' };
    writeTree(cwd, { ...deployed, 'other.txt': '' });
    const [azure, github] = (await run(/intent-to-add/, cwd, env)).sort((a, b) => (a.at < b.at ? 1 : -1));
    expect(azure).to.include({ status: 0 });
    expect(azure?.stdout).to.match(/##vso\[artifact\.upload .*\/deployed\.patch\n$/);
    expect(github?.summary).to.contain('git apply deployed.patch');
    const patch = join(temporary, 'deployed.patch');
    git(cwd, 'reset', '--quiet', '--hard');
    git(cwd, 'apply', patch);
    for (const [name, text] of Object.entries(deployed)) expect(readText(cwd, name)).to.equal(text);
    expect(git(cwd, 'status', '--porcelain', 'other.txt')).to.equal('?? other.txt\n');
  });
});
