import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/diff.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import type { Kind } from '../../src/diff/kinds.ts';
import type { CliResult } from '../support/cli.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';
import { version } from './pairs.ts';

const config = { apiDefinition: 'connector/apiDefinition.json', icon: 'connector/icon.png', profile: 'verified' };
const withoutGet = { paths: { '/stations/{stationId}': { get: null } } };
const otherTitle = { info: { title: 'Contoso Climate' } };

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Runs the command on the sources. */
const diff = (cwd: string, ...words: string[]): Promise<CliResult> =>
  inProcess({ cwd }, (context) => {
    const { positionals, flags, format } = parseArguments(command, words);
    return command.run({ ...context, format }, positionals, flags);
  });

async function refusal(cwd: string, ...words: string[]): Promise<string> {
  const { status, stderr } = await diff(cwd, ...words);
  if (status !== 2) throw new Error('it was not refused');
  return stderr.replace(/^error: /, '');
}

const kinds = (stdout: string): string[] => JSON.parse(stdout).changes.map(({ kind }: { kind: Kind }) => kind);

/** A generated repository, in git. */
class Repository {
  readonly folder = temporaryFolder('Contoso Weather');

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main');
    this.write({}, '1.0.0');
  }

  write(patch: JsonObject, number: string, rules: JsonObject = {}): void {
    writeTree(this.folder, {
      'config.json': json({ ...config, rules }),
      '.yo-rc.json': '{}\n',
      'connector/apiDefinition.json': json(version(patch, number)),
    });
  }

  commit(tag?: string): this {
    const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false'];
    this.git('add', '.');
    this.git(...who, 'commit', '--quiet', '--message', 'Change');
    if (tag !== undefined) this.git('tag', tag);
    return this;
  }

  private git(...words: string[]): void {
    const { status, stderr } = spawnSync('git', words, { cwd: this.folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  }
}

describe('pp-connector diff', () => {
  it('compares the working tree with the last release', async () => {
    const repository = new Repository();
    repository.commit('connector-v1.0.0');
    repository.write(withoutGet, '1.1.0');
    repository.commit();
    const { status, stdout } = await diff(join(repository.folder, 'connector'), '--format', 'json');
    expect(status).to.equal(1);
    expect(JSON.parse(stdout).base).to.equal('connector-v1.0.0');
    const [change] = JSON.parse(stdout).changes;
    expect(change).to.deep.equal({
      kind: 'breaking-operation-deleted',
      breaking: true,
      operationId: 'GetStation',
      pointer: '/paths/~1stations~1{stationId}/get',
      message: 'the operation GetStation is gone: flows that use it stop working',
    });
  });

  it('compares with HEAD when nothing has been released, and with any revision', async () => {
    const repository = new Repository().commit('first');
    repository.write(withoutGet, '1.1.0');
    repository.commit();
    const sinceHead = await diff(repository.folder);
    expect(sinceHead.status).to.equal(0);
    expect(sinceHead.stdout).to.equal('No changes that flows or apps notice since HEAD (profile verified).\n');
    expect((await diff(repository.folder, 'first')).status).to.equal(1);
    expect((await diff(repository.folder, 'main~1')).status).to.equal(1);
    expect((await diff(repository.folder, 'main')).status).to.equal(0);
  });

  it('compares files and folders of any name, outside any repository', async () => {
    const folder = writeTree(temporaryFolder(), {
      'old.json': json(version({}, '1')),
      'new.json': `\ufeff${json(version(otherTitle, '2'))}`,
      'old/apiDefinition.swagger.json': json(version({}, '1')),
    });
    for (const base of ['old.json', 'old', join(folder, 'old.json')]) {
      const { status, stdout } = await diff(folder, base, '--to', 'new.json', '--format', 'json');
      expect(status, base).to.equal(0);
      expect(JSON.parse(stdout).base).to.equal(base);
      expect(kinds(stdout)).to.deep.equal(['breaking-title']);
    }
  });

  it('compares apiProperties.json where both have it', async () => {
    const properties = (connectionParameters: JsonObject) => json({ properties: { connectionParameters } });
    const folder = writeTree(temporaryFolder(), {
      'old/apiDefinition.swagger.json': json(version({}, '1')),
      'old/apiProperties.json': properties({ api_key: { type: 'securestring' } }),
      'new/apiDefinition.swagger.json': json(version({}, '2')),
      'new/apiProperties.json': properties({}),
    });
    const { status, stdout } = await diff(folder, 'old', '--to', 'new', '--format', 'github');
    expect(status).to.equal(1);
    expect(stdout).to.match(
      /^::error file=new\/apiProperties\.json,line=3,col=29,title=breaking-connection-parameters \(ConnectionParametersRemoved\)::/,
    );
    expect((await diff(folder, 'old', '--to', 'new/apiDefinition.swagger.json')).status).to.equal(0);
  });

  it('lets config.json acknowledge a change, with a reason, everywhere or at a place', async () => {
    const repository = new Repository().commit();
    const reason = 'Nobody uses it.';
    repository.write(withoutGet, '1.1.0', { 'breaking-operation-deleted': { severity: 'warning', reason } });
    const { status, stdout } = await diff(repository.folder);
    expect(status).to.equal(0);
    expect(stdout).to.match(/warning {3}the operation GetStation is gone.*\(acknowledged: Nobody uses it\.\)/);
    const at = (path: string) => ({ 'breaking-operation-deleted': { severity: 'off', reason, paths: [path] } });
    repository.write(withoutGet, '1.1.0', at('/paths/~1stations~1{stationId}'));
    expect((await diff(repository.folder)).stdout).to.match(/^No changes/);
    repository.write(withoutGet, '1.1.0', at('/paths/~1regions'));
    expect((await diff(repository.folder)).status).to.equal(1);
  });

  it('notes with --acknowledge that a change is meant', async () => {
    const repository = new Repository().commit();
    repository.write(withoutGet, '1.1.0');
    const words = ['--acknowledge', 'breaking-operation-deleted', '--reason', 'Nobody uses it.'];
    const { status, stdout } = await diff(repository.folder, ...words);
    expect(status).to.equal(0);
    expect(stdout).to.match(/warning {3}the operation GetStation is gone.*\(acknowledged: Nobody uses it\.\)/);
    const written = readText(repository.folder, 'config.json');
    expect(await diff(repository.folder, ...words)).to.include({ status, stdout });
    expect(readText(repository.folder, 'config.json')).to.equal(written);
    expect(await refusal(repository.folder, '--reason', 'Why not.')).to.match(
      /--reason says something of --acknowledge/,
    );
    expect(await refusal(repository.folder, ...words.slice(0, 2))).to.match(/--reason is missing/);
  });

  it('takes --baseline for the last release', async () => {
    const repository = new Repository().commit('first');
    repository.write(withoutGet, '1.1.0');
    repository.commit('connector-v1.1.0');
    expect((await diff(repository.folder)).status).to.equal(0);
    expect((await diff(repository.folder, '--baseline', 'first')).status).to.equal(1);
    expect((await diff(repository.folder, 'connector-v1.1.0', '--baseline', 'first')).status).to.equal(0);
    expect(await refusal(repository.folder, '--baseline', 'second')).to.match(/--baseline second: there is no such/);
  });

  it('prints for people, for annotations and for comments', async () => {
    const folder = writeTree(temporaryFolder(), {
      'old.json': json(version({}, '1')),
      'new.json': json(version({ ...withoutGet, host: 'other.contoso.com' }, '2')),
    });
    const printed = async (format: string) =>
      (await diff(folder, 'old.json', '--to', 'new.json', '--format', format)).stdout;
    const text = await printed('stylish');
    expect(text).to.match(/^Connector\n {2}warning {3}the host was/);
    expect(text).to.match(/\nGetStation\n {2}breaking {2}the operation GetStation is gone/);
    expect(text).to.match(/Keep the operation, marked as deprecated\./);
    expect(text).to.match(/1 breaking change, 2 other notes since old\.json \(profile verified\)\n$/);
    expect(await printed('github')).to.match(/^::warning file=new\.json,line=\d+,col=\d+,title=breaking-host::/);
    const { results, tool } = JSON.parse(await printed('sarif')).runs[0];
    expect(results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).to.deep.include([
      'breaking-operation-deleted',
      'error',
    ]);
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).to.include('breaking-operation-deleted');
    expect(await printed('junit')).to.match(/<testsuite name="since old\.json" tests="3" failures="1"/);
    expect(await printed('markdown')).to.match(
      /^## ❌ 1 breaking change.*\n\n\| \| Operation .*\n.*\n\| ❌ breaking \| GetStation \|/,
    );
  });

  it('counts what stops flows for every profile; the exit status follows severity', async () => {
    const folder = writeTree(temporaryFolder(), {
      'old.json': json(version({}, '1')),
      'new.json': json(version(withoutGet, '2')),
    });
    const lines = ['old.json', '--to', 'new.json', '--profile', 'custom'];
    const { status, stdout } = await diff(folder, ...lines);
    expect(status).to.equal(0);
    expect(stdout).to.match(/\n {2}breaking {2}the operation GetStation is gone/);
    expect(stdout).to.match(
      /\n1 breaking change \(1 is not an error in this profile\) since old\.json \(profile custom\)\n$/,
    );
    const page = (await diff(folder, ...lines, '--format', 'markdown')).stdout;
    expect(page).to.match(/^## ⚠️ 1 breaking change/);
  });

  it('refuses what it cannot compare', async () => {
    const folder = writeTree(temporaryFolder(), {
      'good.json': json(version({}, '1')),
      'bad.json': '{ "swagger": }',
      'open.json': '{ "openapi": "3.0.0" }',
      'empty/readme.md': '',
    });
    expect(await refusal(folder, 'good.json', '--to', 'bad.json')).to.match(/^bad\.json:1:14: /);
    expect(await refusal(folder, 'open.json', '--to', 'good.json')).to.match(/OpenAPI 3\.0\.0/);
    expect(await refusal(folder, 'empty', '--to', 'good.json')).to.match(/^empty: there is no definition/);
    expect(await refusal(folder, 'nothing', '--to', 'good.json')).to.match(/no such file or folder/);
    expect(await refusal(folder, '--to', 'good.json')).to.match(/nothing to compare with/);
    expect(await refusal(new Repository().commit().folder, 'nothing')).to.match(/no such branch, tag or commit/);
    expect(await refusal(new Repository().folder)).to.match(/no commit yet/);
  });
});
