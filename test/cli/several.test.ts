import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exampleRepository } from '../operation/support.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { commitAll, git, gitEnvironment, initialise } from '../support/git.ts';
import { warmCli } from '../support/warm/warm.ts';

const names = ['letters', 'parcels', 'tides'];

/** Three connectors in a git repository with everything committed. */
function workspace(): string {
  const root = temporaryFolder();
  writeTree(root, { 'pp-connector.json': '{ "connectors": ["connectors/*"] }', 'connectors/.keep': '' });
  for (const name of names) {
    renameSync(exampleRepository(), join(root, 'connectors', name));
    writeTree(root, { [`connectors/${name}/.yo-rc.json`]: '{}' });
  }
  initialise(root);
  git(root, 'branch', '--move', '--force', 'main');
  return root;
}

const run = (cwd: string, ...words: string[]) => warmCli([...words, '--cwd', cwd], { env: gitEnvironment });

const edit = (root: string, name: string): void => {
  const file = `connectors/${name}/connector/apiDefinition.json`;
  writeTree(root, { [file]: readText(root, file).replace('"version": "1.0.0"', '"version": "1.1.0"') });
};

describe('several connectors in one repository', () => {
  const root = workspace();

  it('are validated together', () => {
    const { stdout, status } = run(root, 'validate', '--all', '--format', 'json');
    const report = JSON.parse(stdout) as { connectors: { path: string }[] };
    expect(report.connectors.map(({ path }) => path)).to.deep.equal(names.map((name) => `connectors/${name}`));
    expect(status).to.equal(1);
    expect(run(join(root, 'connectors', 'tides'), 'validate', '--all', '--quiet').stdout).to.match(/3 connectors/);
  });

  it('are compared with each other, as their configuration says', () => {
    const findings = (...words: string[]) =>
      (
        JSON.parse(run(root, 'validate', ...words, '--format', 'json').stdout) as {
          connectors: { findings: { rule: string; severity: string; message: string; file: string; line: number }[] }[];
        }
      ).connectors.map((connector) => connector.findings.filter(({ rule }) => rule.startsWith('several-')));
    const [letters = []] = findings('--all');
    expect(letters.map(({ rule }) => rule)).to.include.members([
      'several-same-title',
      'several-same-host',
      'several-same-icon',
    ]);
    const title = letters.find(({ rule }) => rule === 'several-same-title');
    expect(title).to.include({ severity: 'error', file: 'connectors/letters/connector/apiDefinition.json' });
    expect(title?.message).to.match(/is that of "connectors\/parcels", "connectors\/tides", too/);
    expect(title?.line).to.be.greaterThan(1);
    expect(
      findings('--all', '--rule', 'several-same-title=off')
        .flat()
        .map(({ rule }) => rule),
    ).to.not.include('several-same-title');
    expect(findings('connectors/letters').flat()).to.deep.equal([]);
    writeTree(root, { 'connectors/letters/notes.txt': 'new' });
    expect(findings('--changed', 'main').flat()).to.not.deep.equal([]);
    rmSync(join(root, 'connectors/letters/notes.txt'));
  });

  it('are taken one after the other by other commands, in one document', () => {
    const text = run(root, 'diff', '--all').stdout;
    expect(text.match(/^connectors\/\w+:$/gm)).to.deep.equal(names.map((name) => `connectors/${name}:`));
    const json = JSON.parse(run(root, 'diff', '--all', '--format', 'json').stdout) as { connectors: unknown[] };
    expect(json.connectors).to.have.length(3);
    expect(json.connectors[0]).to.deep.include({ folder: 'connectors/letters', exitStatus: 0 });
    const sarif = JSON.parse(run(root, 'diff', '--all', '--format', 'sarif').stdout) as { runs: unknown[] };
    expect(sarif.runs).to.have.length(3);
    for (const command of ['update', 'readme']) {
      const words = ['--dry-run'];
      const { status, stderr } = run(root, command, '--all', '--yes', ...words);
      expect(status, `${command}: ${stderr}`).to.equal(0);
    }
  });

  it('are shown in one overview', () => {
    const place = workspace();
    writeTree(place, {
      'connectors/tides/connector/apiDefinition.json': readText(
        place,
        'connectors/tides/connector/apiDefinition.json',
      ).replace('"Contoso Weather"', '"<b>Tides</b> | x"'),
    });
    expect(run(join(place, 'connectors/letters'), 'release').status).to.equal(0);
    const { stdout, status } = run(place, 'status', '--all', '--format', 'json');
    expect(status).to.equal(0);
    const { connectors } = JSON.parse(stdout) as { connectors: Record<string, unknown>[] };
    expect(connectors.map(({ folder }) => folder)).to.deep.equal(names.map((name) => `connectors/${name}`));
    expect(connectors[0]?.release).to.deep.equal({ tag: 'connectors/letters/connector-v1.0.0', isCurrent: true });
    expect(connectors[1]).to.deep.include({ version: '1.0.0', profile: 'verified', release: null, deployments: [] });
    expect(run(place, 'status', '--all').stdout).to.match(/released {2}connectors\/letters\/connector-v1\.0\.0/);
    const html = run(place, 'status', '--all', '--format', 'html').stdout;
    expect(html.match(/<tr>/g)).to.have.length(4);
    expect(html).to.include('&#60;b&#62;Tides').and.to.not.include('<b>');
    const rows = run(place, 'status', '--all', '--format', 'markdown').stdout.trim().split('\n');
    expect(rows).to.have.length(5);
    expect(run(place, 'status', '--all', '--done', 'test').stderr).to.match(
      /--done: steps are ticked for one connector/,
    );
    expect(run(join(place, 'connectors/letters'), 'status', '--format', 'html').status).to.equal(2);
  });

  it('are taken when they have changed since a branch, edited or committed', () => {
    git(root, 'checkout', '--quiet', '-b', 'topic');
    const changed = (...words: string[]): string[] => {
      const { stdout, status, stderr } = run(root, 'diff', 'main', '--changed', ...words, '--format', 'json');
      expect(status, stderr).to.equal(0);
      return (JSON.parse(stdout) as { connectors: { folder: string }[] }).connectors.map(({ folder }) => folder);
    };
    expect(changed()).to.deep.equal([]);
    edit(root, 'parcels');
    expect(changed()).to.deep.equal(['connectors/parcels']);
    commitAll(root, 'Raise');
    writeTree(root, { 'connectors/tides/notes.md': 'new' });
    expect(changed()).to.deep.equal(['connectors/parcels', 'connectors/tides']);
    expect(changed('HEAD')).to.deep.equal(['connectors/tides']);
    writeTree(root, { 'pp-connector.json': '{ "connectors": ["connectors/*"], "defaults": {} }' });
    expect(changed()).to.have.length(3);
  });

  it('end with the worst status, and one that fails keeps no other from its turn', () => {
    const place = workspace();
    writeTree(place, { 'connectors/parcels/connector/apiDefinition.json': '{' });
    writeTree(place, { 'connectors/tides/.pp-connector/derived-texts.json': '[' });
    const judged = run(place, 'validate', '--all', '--format', 'json');
    expect(judged.status, judged.stderr).to.equal(2);
    expect((JSON.parse(judged.stdout) as { connectors: unknown[] }).connectors).to.have.length(3);
    rmSync(join(place, 'connectors/tides/.pp-connector'), { recursive: true });
    const { stdout, stderr, status } = run(place, 'diff', '--all', '--format', 'json');
    const { connectors } = JSON.parse(stdout) as { connectors: { exitStatus: number; error?: string }[] };
    expect(connectors.map(({ exitStatus }) => exitStatus)).to.deep.equal([0, 2, 0]);
    expect(stderr).to.match(/error: .*apiDefinition\.json/);
    expect(status).to.equal(2);
  });

  it('are all of a git repository where no file names them', () => {
    const place = temporaryFolder();
    const kinds = ['certified-connectors', 'independent-publisher-connectors'];
    for (const kind of kinds) writeTree(place, { [`${kind}/One/apiDefinition.swagger.json`]: '{ "swagger": "2.0" }' });
    initialise(place);
    git(place, 'branch', '--move', '--force', 'dev');
    writeTree(place, { [`${kinds[1]}/One/apiDefinition.swagger.json`]: '{ "swagger": "2.0", "info": {} }' });
    const reports = (...words: string[]) =>
      (
        JSON.parse(run(place, 'validate', ...words, '--format', 'json').stdout) as {
          connectors: { path: string; profile: string }[];
        }
      ).connectors.map(({ path, profile }) => `${path} ${profile}`);
    expect(reports('--all')).to.deep.equal(['certified-connectors/One verified', `${kinds[1]}/One independent`]);
    expect(reports('--changed', 'dev')).to.deep.equal([`${kinds[1]}/One independent`]);
  });

  it('need pp-connector.json, as its schema says', () => {
    const refusal = (cwd: string, ...words: string[]): string => {
      const { status, stderr } = run(cwd, ...words);
      expect(status).to.equal(2);
      return stderr;
    };
    expect(refusal(temporaryFolder(), 'validate', '--all')).to.match(/no pp-connector\.json and no git repository/);
    expect(refusal(root, 'validate', 'connectors', '--all')).to.match(/--all names the connectors itself/);
    expect(refusal(root, 'validate', '--all', '--changed')).to.match(/exclude each other/);
    expect(refusal(root, 'validate', '--changed', 'nowhere')).to.match(/nowhere is not a branch, tag or commit/);
    const place = temporaryFolder();
    writeTree(place, { 'pp-connector.json': '{ "connectors": ["*"], "defualts": {} }' });
    expect(refusal(place, 'validate', '--all')).to.match(/unknown key "defualts"; did you mean "defaults"/);
    writeTree(place, { 'pp-connector.json': '{ "connectors": ["*"] }' });
    expect(refusal(place, 'validate', '--all')).to.match(/no connector is in \*/);
  });
});
