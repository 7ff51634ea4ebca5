import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, renameSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { devUrl, writeSample } from '../deploy/sample.ts';
import type { Step, Workflow } from '../repository/workflow-files.ts';
import { program } from '../support/cli.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { commitAll, git, gitEnvironment, hasGit, initialise } from '../support/git.ts';
import { type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';

const canRun = hasGit && process.platform !== 'win32' && spawnSync('bash', ['--version']).status === 0;

/** A vendor's five connectors in one repository: releases, a branch, deployments by the workflow, and one that moves in. */
(canRun ? describe : describe.skip)('the journey of five connectors in one repository', function () {
  this.timeout(300_000);
  const names = ['letters', 'orders', 'parcels', 'stamps', 'tides'];
  const root = temporaryFolder('contoso');
  let pac: StandInPac;

  before(async () => {
    pac = standInPac();
    await generate('workspace', { cwd: root, flags: { toolSpec: '^0.2.0' } });
    writeTree(root, {
      'connectors/.keep': '',
      'bin/npx': `#!/bin/sh\nshift\nexec '${process.execPath}' '${program}' "$@"\n`,
    });
    chmodSync(join(root, 'bin', 'npx'), 0o755);
    for (const name of names) renameSync(writeSample({ config: {} }), join(root, 'connectors', name));
    initialise(root);
  });
  after(() => pac.remove());

  function run(words: string[], cwd = root): string {
    const { status, stdout, stderr } = warmCli(words, { cwd, env: gitEnvironment });
    expect(status, `${words.join(' ')}\n${stderr}`).to.equal(0);
    return stdout;
  }

  const release = (folder: string): string => run(['release', '--yes', '--cwd', folder]);

  const change = (folder: string): void => {
    const file = 'connector/apiDefinition.json';
    const definition = JSON.parse(readText(folder, file)) as { info: { description: string } };
    definition.info.description = `${definition.info.description} It is always up to date.`;
    writeTree(folder, { [file]: JSON.stringify(definition, null, 4) });
  };

  /** A step of the workflow that deploys, as GitHub runs it. @returns what it hands on */
  function step(job: 'which' | 'deploy', name: string, env: Record<string, string>): string {
    const { jobs } = parse(readText(root, '.github/workflows/deploy-connectors.yml')) as Workflow;
    const script = jobs[job]?.steps.find((each: Step) => each.name === name)?.run ?? 'exit 9';
    const temporary = temporaryFolder();
    writeTree(temporary, { output: '' });
    const { PATH = '', ...others } = pac.env({ ...gitEnvironment, ...env });
    const { status, stderr, stdout } = spawnSync('bash', ['-e', '-c', script], {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...others,
        PATH: `${join(root, 'bin')}${delimiter}${PATH}`,
        RUNNER_TEMP: temporary,
        GITHUB_OUTPUT: join(temporary, 'output'),
        GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
      },
    });
    expect(status, `${name}\n${stdout}${stderr}`).to.equal(0);
    return readFileSync(join(temporary, 'output'), 'utf8');
  }

  const folders = (env: Record<string, string>): string[] =>
    JSON.parse(step('which', 'Which connectors', { TAG: '', SINCE: '', ...env }).replace('folders=', '')) as string[];

  it('releases two of them, each with tags of its own', () => {
    release(join(root, 'connectors', 'letters'));
    release(join(root, 'connectors', 'tides'));
    expect(git(root, 'tag').split('\n')).to.deep.equal([
      'connectors/letters/connector-v1.0.0',
      'connectors/tides/connector-v1.0.0',
    ]);
  });

  it('takes the one that a branch changes', () => {
    git(root, 'checkout', '--quiet', '-b', 'topic');
    change(join(root, 'connectors', 'tides'));
    commitAll(root, 'Say more of the tides');
    const { connectors } = JSON.parse(run(['diff', '--changed', 'main', '--format', 'json'])) as {
      connectors: { folder: string; result: { base: string } }[];
    };
    expect(connectors.map(({ folder }) => folder)).to.deep.equal(['connectors/tides']);
    expect(connectors[0]?.result.base).to.equal('connectors/tides/connector-v1.0.0');
  });

  it('deploys those that the workflow finds, one job for each', () => {
    expect(folders({})).to.deep.equal(names.map((name) => `connectors/${name}`));
    expect(folders({ TAG: 'connectors/letters/connector-v1.0.0' })).to.deep.equal(['connectors/letters']);
    const matrix = folders({ SINCE: 'main' });
    expect(matrix).to.deep.equal(['connectors/tides']);
    expect(warmCli(['login', '--environment', devUrl, '--cwd', root], { env: pac.env() }).status).to.equal(0);
    for (const FOLDER of matrix) {
      step('deploy', 'Deploy', { FOLDER, ENVIRONMENT: devUrl });
      expect(step('deploy', 'What to commit', { FOLDER })).to.equal('found=true\n');
    }
    const calls = pac.calls().map(({ argv }) => argv.slice(0, 2).join(' '));
    expect(calls.filter((call) => call === 'connector create')).to.have.length(1);
    commitAll(root, 'Remember the deployment');
    expect(git(root, 'show', '--name-only', '--format=', 'HEAD')).to.match(
      /^connectors\/tides\/\.pp-connector\/deployed\./m,
    );
  });

  it('is joined by a connector from a repository of its own, which keeps its releases', () => {
    const single = writeSample({ config: {} });
    initialise(single);
    release(single);
    const first = git(single, 'rev-parse', 'HEAD');
    change(single);
    commitAll(single, 'Say more');
    release(single);
    const [, second = ''] = git(single, 'tag').split('\n');
    const before = git(single, 'rev-parse', 'HEAD');
    expect(run(['workspace', '--adopt', single, '--into', 'connectors/weather', '--dry-run'])).to.include(
      `tag ${second} → connectors/weather/${second}`,
    );
    expect(git(root, 'status', '--porcelain')).to.equal('');
    const head = git(root, 'rev-parse', 'HEAD');
    // where a tag can't be signed, nothing has happened
    git(root, 'config', 'tag.gpgSign', 'true');
    git(root, 'config', 'gpg.program', 'false');
    const words = ['workspace', '--adopt', single, '--into', 'connectors/weather', '--yes'];
    expect(warmCli(words, { cwd: root, env: gitEnvironment }).stderr).to.match(/git tag: /);
    git(root, 'config', 'tag.gpgSign', 'false');
    expect(git(root, 'tag', '--list', 'connectors/weather/*')).to.equal('');
    expect(git(root, 'rev-parse', 'HEAD')).to.equal(head);
    run(words);
    expect(git(root, 'status', '--porcelain')).to.equal('');
    expect(git(single, 'rev-parse', 'HEAD')).to.equal(before);
    const folder = join(root, 'connectors', 'weather');
    expect(git(root, 'tag', '--list', 'connectors/weather/*').split('\n')).to.deep.equal([
      'connectors/weather/connector-v1.0.0',
      `connectors/weather/${second}`,
    ]);
    const report = JSON.parse(run(['release', '--dry-run', '--format', 'json'], folder)) as { base: string };
    expect(report.base).to.equal(`connectors/weather/${second}`);
    const older = JSON.parse(run(['diff', 'connectors/weather/connector-v1.0.0', '--format', 'json'], folder)) as {
      changes: unknown[];
    };
    // the texts that were changed, and the version
    expect(older.changes).to.have.length.greaterThan(0);
    expect(git(root, 'merge-base', '--is-ancestor', first, 'HEAD')).to.equal('');
    expect(git(root, 'log', '--format=%an', '-1', 'connectors/weather/connector-v1.0.0')).to.equal('Ann');
    const taken = warmCli(['workspace', '--adopt', single, '--into', 'connectors/weather'], {
      cwd: root,
      env: gitEnvironment,
    });
    expect(taken.status).to.equal(2);
    expect(taken.stderr).to.match(/connectors\/weather: it is there already/);
  });

  it('begins with the connector at the root, which makes room', () => {
    const single = writeSample({ config: {} });
    writeTree(single, { '.github/workflows/deploy.yml': 'on: push\n', LICENSE: 'Mine\n', 'notes/plan.txt': 'x\n' });
    initialise(single);
    release(single);
    writeTree(single, { 'open.txt': 'x' });
    const refused = warmCli(['workspace', '--adopt', '.', '--into', 'connectors/weather'], {
      cwd: single,
      env: gitEnvironment,
    });
    expect(refused.stderr).to.match(/these files are not committed:\n {2}open\.txt/);
    commitAll(single, 'All');
    run(['workspace', '--adopt', '.', '--into', 'connectors/weather', '--yes', '--tool-spec', '^0.2.0'], single);
    expect(git(single, 'ls-files').split('\n')).to.include.members(['LICENSE', 'connectors/weather/notes/plan.txt']);
    expect(
      git(single, 'ls-files')
        .split('\n')
        .filter((name) => /^(?:config\.json|connector\/|\.github)/.test(name)),
    ).to.deep.equal([]);
    expect(readText(single, 'pp-connector.json')).to.include('connectors/*');
    commitAll(single, 'For several');
    const text = warmCli(['release', '--dry-run', '--cwd', join(single, 'connectors', 'weather')], {
      env: gitEnvironment,
    });
    expect(text.stderr).to.match(/nothing has changed since connectors\/weather\/connector-v1\.0\.0/);
  });
});
