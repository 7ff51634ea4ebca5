import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { devUrl, writeSample } from '../deploy/sample.ts';
import { buildOnce, program } from '../support/cli.ts';
import { readText, snapshot, temporaryFolder } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { Portal } from './portal.ts';

const onPosix = process.platform === 'win32' ? it.skip : it;

describe('download on the command line', function () {
  this.timeout(60_000);
  let portal: Portal;
  let temporary: string;
  let root: string;

  before(() => {
    portal = new Portal();
    temporary = temporaryFolder('temporary');
    portal.open(temporary);
    root = writeSample({ config: { environments: { dev: { url: devUrl } } } });
    const { status, stderr } = warmCli(['deploy'], { cwd: root });
    expect(status, stderr).to.equal(0);
  });
  after(() => portal.close());

  it('brings changes back, and shows before what it would do', () => {
    portal.edit(({ info }) => {
      info.version = '1.1.0';
    });
    const before = snapshot(root);
    const dry = warmCli(['download', '--dry-run'], { cwd: root });
    expect(dry.status, dry.stderr).to.equal(0);
    expect(dry.stdout).to.equal('Changes from dev:\n  connector/apiDefinition.json: version changed\n');
    expect(dry.stderr)
      .to.match(/^-\s+"version": "1\.0\.0"/m)
      .and.match(/^\+\s+"version": "1\.1\.0"/m);
    expect(snapshot(root)).to.deep.equal(before);
    const done = warmCli(['download'], { cwd: root });
    expect(done.status, done.stderr).to.equal(0);
    expect(done.stderr).to.match(/^ {2}change connector\/apiDefinition\.json$/m);
    expect(readText(root, 'connector/apiDefinition.json')).to.include('"1.1.0"');
    expect(warmCli(['download'], { cwd: root }).stdout).to.equal('Nothing to change: dev has nothing new.\n');
  });

  it('asks nothing without a terminal: a conflict is exit status 1', () => {
    portal.edit(({ info }) => {
      info.version = '1.2.0';
    });
    const text = readText(root, 'connector/apiDefinition.json');
    writeFileSync(join(root, 'connector', 'apiDefinition.json'), text.replace('"1.1.0"', '"2.0.0"'));
    const before = snapshot(root);
    const { status, stdout, stderr } = warmCli(['download', '--yes'], { cwd: root });
    expect(status).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr).to.include('here:   "2.0.0"\n  portal: "1.2.0"');
    expect(snapshot(root)).to.deep.equal(before);
    expect(warmCli(['download', '--theirs'], { cwd: root }).status).to.equal(0);
  });

  it('makes a folder that becomes a repository', () => {
    const cwd = temporaryFolder('adopt');
    const words = ['download', '--connector-id', portal.connectorId, '--environment', devUrl, '--output', 'weather'];
    const { status, stdout, stderr } = warmCli(words, { cwd });
    expect(status, stderr).to.equal(0);
    const [, next = ''] = /with: pp-connector (.*)/.exec(stdout) ?? [];
    const made = warmCli([...next.replace('NAME', 'contoso-weather').split(' '), '--yes'], { cwd });
    expect(made.status, made.stderr).to.equal(0);
    expect(warmCli(['validate'], { cwd: join(cwd, 'contoso-weather') }).status).to.equal(0);
  });

  it('tells how to install a missing pac', () => {
    const before = snapshot(root);
    const env = { PATH: '', HOME: '/pp-connector-nowhere', USERPROFILE: 'C:\\nowhere' };
    const { status, stderr } = warmCli(['download'], { cwd: root, env });
    expect(status).to.equal(1);
    expect(stderr)
      .to.match(/pac, the Power Platform CLI, is not installed/)
      .and.not.match(/^\s+at /m);
    expect(snapshot(root)).to.deep.equal(before);
  });

  onPosix('leaves everything as it was when it is stopped half way', async () => {
    buildOnce();
    const before = snapshot(root);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      const child = spawn(process.execPath, [program, 'download'], {
        cwd: root,
        env: { ...process.env, PAC_STAND_IN_FAIL: 'hang' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = new Promise((resolve) => {
        child.on('exit', (_status, by) => resolve(by));
      });
      for await (const chunk of child.stderr) if (String(chunk).includes('Connecting')) break;
      child.kill(signal);
      expect(await ended).to.equal(signal);
      // nobody was left to stop pac
      if (signal === 'SIGKILL') process.kill(portal.pac.calls().at(-1)?.pid ?? Number.NaN, 'SIGKILL');
      expect(snapshot(root)).to.deep.equal(before);
    }
    // what the killed one left is removed by the next
    expect(warmCli(['download'], { cwd: root }).status).to.equal(0);
    expect(readdirSync(temporary).filter((name) => name.includes('private'))).to.deep.equal([]);
  });
});
