import { chmodSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asObject, type JsonObject, setOwn } from '../../src/connector/json/value.ts';
import { exampleRepository } from '../operation/support.ts';
import { readJson, readText, readTree, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { commitAll, git, gitEnvironment, hasGit, initialise } from '../support/git.ts';
import { warmCli } from '../support/warm/warm.ts';

const today = /\(\d{4}-\d\d-\d\d\)/;
const definitionName = 'connector/apiDefinition.json';

/** A repository whose connector passes as verified, with all files committed. */
class Repository {
  readonly folder = exampleRepository();

  constructor() {
    initialise(this.folder);
  }

  release(...words: string[]) {
    return this.run('release', ...words);
  }

  run(...words: string[]) {
    return warmCli([...words, '--cwd', this.folder], { env: gitEnvironment });
  }

  /** Changes the definition, and commits that. */
  change(edit: (definition: JsonObject) => void): void {
    const definition = readJson(this.folder, definitionName) as JsonObject;
    edit(definition);
    writeTree(this.folder, { [definitionName]: `${JSON.stringify(definition, null, 2)}\n` });
    commitAll(this.folder, 'Change');
  }

  get version(): unknown {
    return asObject(asObject(readJson(this.folder, definitionName)).info).version;
  }

  get changelog(): string {
    return readText(this.folder, 'CHANGELOG.md');
  }

  get tags(): string[] {
    return git(this.folder, 'tag').split('\n').filter(Boolean);
  }

  /** Everything that a release could change. */
  state(): unknown {
    const { folder } = this;
    const index = git(folder, 'diff', '--cached', '--name-only');
    return { files: snapshot(folder), tags: this.tags, log: git(folder, 'log', '--format=%H'), index };
  }
}

const paths = (definition: JsonObject): JsonObject => asObject(definition.paths);
const describeList = (definition: JsonObject): void => {
  asObject(asObject(paths(definition)['/stations']).get).description = 'Returns all the stations there are.';
};
const addOperation = (definition: JsonObject): void =>
  setOwn(paths(definition), '/seas', {
    get: {
      operationId: 'ListSeas',
      summary: 'List seas',
      description: 'Returns the seas.',
      parameters: [],
      responses: { 200: { description: 'The seas.', schema: { $ref: '#/definitions/Station' } } },
    },
  });
const hideGet = (definition: JsonObject): void => {
  asObject(asObject(paths(definition)['/stations/{stationId}']).get)['x-ms-visibility'] = 'internal';
};

(hasGit ? describe : describe.skip)('pp-connector release', () => {
  it('keeps the version of the first release, and tags a commit of its own files', () => {
    const repository = new Repository();
    const { version } = repository;
    const { status, stdout, stderr } = repository.release();
    expect(status, stderr).to.equal(0);
    expect(stdout).to.include(`Released connector-v${version}.`);
    expect(stderr).to.equal('Publish it with: git push --follow-tags\n');
    expect(repository.tags).to.deep.equal([`connector-v${version}`]);
    expect(git(repository.folder, 'cat-file', '-t', `connector-v${version}`)).to.equal('tag');
    expect(git(repository.folder, 'show', '--name-only', '--format=%s|%an', 'HEAD')).to.equal(
      `Release connector-v${version}|Ann\n\nCHANGELOG.md`,
    );
    expect(git(repository.folder, 'status', '--porcelain')).to.equal('');
    expect(repository.changelog).to.match(
      /^# Changelog\n\n## \S+ \(.*\)\n\n\* First release: \d+ actions and 1 trigger\.\n$/,
    );
    const again = repository.release();
    expect([again.status, again.stdout, again.stderr]).to.deep.equal([
      0,
      '',
      `Nothing to release: nothing has changed since connector-v${version}.\n`,
    ]);
  });

  it('raises the version as the changes ask, and writes what they are', () => {
    const repository = new Repository();
    expect(repository.release('--version', '1.0.0').status).to.equal(0);
    repository.change(describeList);
    const bytes = readText(repository.folder, definitionName);
    repository.release();
    expect(readText(repository.folder, definitionName)).to.equal(
      bytes.replace('"version": "1.0.0"', '"version": "1.0.1"'),
    );
    expect(repository.changelog).to.include('nothing that flows and apps notice');
    writeTree(repository.folder, { 'CHANGELOG.md': `${repository.changelog}\nThanks to all.\n` });
    repository.change(addOperation);
    repository.release();
    expect(repository.version).to.equal('1.1.0');
    expect(repository.changelog).to.match(
      /^# Changelog\n\n## 1\.1\.0 .*\n\n### Added\n\n\* List seas \(`ListSeas`\), an action\.\n\n## 1\.0\.1 [\s\S]*\nThanks to all\.\n$/,
    );
    expect(repository.changelog).to.match(today);
    expect(repository.tags).to.deep.equal(['connector-v1.0.0', 'connector-v1.0.1', 'connector-v1.1.0']);
    expect(repository.run('diff').stdout).to.match(/^No changes .* since connector-v1\.1\.0/);
  });

  it('refuses breaking changes until they are acknowledged, and then tells the reason', () => {
    const repository = new Repository();
    repository.release('--version', '1.0');
    repository.change(hideGet);
    const before = repository.state();
    const refused = repository.release();
    expect(refused.status).to.equal(1);
    expect(refused.stderr)
      .to.match(/breaking {2}GetStation is internal now/)
      .and.to.match(/--revise GetStation/)
      .and.to.match(/nothing was released: flows and apps that exist would break/)
      .and.to.include('pp-connector diff --acknowledge breaking-operation-hidden --reason');
    expect(repository.state()).to.deep.equal(before);
    const words = ['--acknowledge', 'breaking-operation-hidden', '--reason', 'Nobody uses it.'];
    expect(repository.run('diff', ...words).status).to.equal(0);
    commitAll(repository.folder, 'Acknowledge');
    const { status, stderr } = repository.release();
    expect(status, stderr).to.equal(0);
    expect(repository.version).to.equal('2.0');
    expect(repository.changelog).to.match(
      /### Changed\n\n\* GetStation is internal now: .*\. Reason: Nobody uses it\.\n/,
    );
  });

  it("keeps the author's own version, and says what the changes would ask for", () => {
    const repository = new Repository();
    repository.release('--version', '1.0.0');
    repository.change((definition) => {
      addOperation(definition);
      asObject(definition.info).version = '1.0.5';
    });
    const { status, stderr } = repository.release();
    expect(status).to.equal(0);
    expect(stderr).to.match(/note: info\.version is 1\.0\.5, as you have set it; .* would ask for 1\.1\.0\n/);
    expect(repository.tags).to.include('connector-v1.0.5');
  });

  it('says with --dry-run what it would do, and does nothing', () => {
    const repository = new Repository();
    repository.release('--version', '1.0.0');
    repository.change(addOperation);
    writeTree(repository.folder, { 'README.md': `${readText(repository.folder, 'README.md')}\n` });
    const before = repository.state();
    const { status, stdout, stderr } = repository.release('--dry-run');
    expect(status).to.equal(0);
    expect(stderr).to.equal('warning: not committed yet:\n  README.md\n');
    expect(stdout)
      .to.match(/^connector-v1\.1\.0: .*\n\n## 1\.1\.0 /)
      .and.to.match(
        /Nothing was written\. The release would be:\n {2}git add -- connector\/apiDefinition\.json CHANGELOG\.md\n/,
      )
      .and.to.match(/ {2}git tag --annotate --message .Release connector-v1\.1\.0. connector-v1\.1\.0\n$/);
    const report = JSON.parse(repository.release('--dry-run', '--format', 'json').stdout);
    expect(report).to.include({ base: 'connector-v1.0.0', version: '1.1.0', tag: 'connector-v1.1.0', level: 'minor' });
    expect(report.commands.map(({ args }: { args: string[] }) => args[0])).to.deep.equal(['add', 'commit', 'tag']);
    expect(repository.state()).to.deep.equal(before);
  });

  it('lists what is not committed, and leaves what is staged elsewhere alone', () => {
    const repository = new Repository();
    repository.change(addOperation);
    writeTree(repository.folder, {
      'connector/apiProperties.json': '{ "properties": {} }\n',
      'connector/new.txt': 'x',
    });
    const { status, stderr } = repository.release();
    expect(status).to.equal(2);
    expect(stderr).to.match(
      /not committed:\n {2}connector\/apiProperties\.json\n {2}connector\/new\.txt\n {2}commit them first/,
    );
    git(repository.folder, 'checkout', '--quiet', '--', '.');
    git(repository.folder, 'clean', '-fdq');
    writeTree(repository.folder, { 'notes.txt': 'mine' });
    git(repository.folder, 'add', 'notes.txt');
    expect(repository.release().status).to.equal(0);
    expect(git(repository.folder, 'diff', '--cached', '--name-only')).to.equal('notes.txt');
  });

  it('works in a folder of a larger git repository, also one in the layout of published connectors', () => {
    const parent = temporaryFolder('Viele Konnektoren');
    const { folder } = new Repository();
    const name = 'connectors/Wetter für Alle';
    for (const file of ['apiDefinition.json', 'apiProperties.json', 'icon.png']) {
      const bytes = readTree(folder)[`connector/${file}`];
      if (bytes !== undefined) writeTree(parent, { [`${name}/${file}`]: bytes });
    }
    writeTree(parent, { 'other.txt': '1' });
    initialise(parent);
    writeTree(parent, { 'other.txt': 'changed, and not committed' });
    const { status, stderr } = warmCli(['release', '--cwd', join(parent, name), '--version', '1.0'], {
      env: gitEnvironment,
    });
    expect(status, stderr).to.equal(0);
    expect(git(parent, '-c', 'core.quotePath=false', 'show', '--name-only', '--format=', 'HEAD')).to.equal(
      [`${name}/CHANGELOG.md`, `${name}/apiDefinition.json`].join('\n'),
    );
    expect(git(parent, 'status', '--porcelain')).to.match(/^ ?M other\.txt$/);
  });

  it('releases nothing that validation refuses', () => {
    const repository = new Repository();
    repository.change((definition) => {
      asObject(definition.info).title = 'Contoso API';
    });
    const before = repository.state();
    const { status, stderr } = repository.release();
    expect(status).to.equal(1);
    expect(stderr)
      .to.match(/info-title-restricted-words/)
      .and.to.match(/nothing was released: correct the errors above/);
    expect(repository.state()).to.deep.equal(before);
  });

  it('puts everything back when git refuses, and says why', function () {
    if (process.platform === 'win32') this.skip();
    const repository = new Repository();
    repository.release('--version', '1.0.0');
    repository.change(addOperation);
    writeTree(repository.folder, { 'notes.txt': 'mine' });
    git(repository.folder, 'add', 'notes.txt');
    const before = repository.state();
    const hook = (name: string, text: string): void => {
      writeTree(repository.folder, { [`.git/hooks/${name}`]: `#!/bin/sh\n${text}\n` });
      chmodSync(join(repository.folder, '.git', 'hooks', name), 0o755);
    };
    const refusals: [string, string, RegExp][] = [
      ['pre-commit', 'echo "no: the tests fail" >&2; exit 1', /^error: git commit: no: the tests fail$/m],
      // the commit is there already when the tag is refused
      ['reference-transaction', 'if grep -q refs/tags; then exit 1; fi', /^error: git tag: .*aborted/m],
    ];
    for (const [name, text, message] of refusals) {
      hook(name, text);
      const { status, stderr } = repository.release();
      expect(status, name).to.equal(1);
      expect(stderr)
        .to.match(message)
        .and.to.match(/all files are as they were/);
      writeTree(repository.folder, { [`.git/hooks/${name}`]: '#!/bin/sh\n' });
      expect(repository.state(), name).to.deep.equal(before);
    }
    const nobody = { GIT_AUTHOR_NAME: undefined, GIT_COMMITTER_NAME: undefined, EMAIL: undefined };
    const anonymous = { ...gitEnvironment, ...nobody, GIT_AUTHOR_EMAIL: undefined, GIT_COMMITTER_EMAIL: undefined };
    git(repository.folder, 'config', 'user.useConfigOnly', 'true');
    const unknown = warmCli(['release', '--cwd', repository.folder], { env: anonymous });
    expect(unknown.status).to.equal(1);
    expect(unknown.stderr).to.match(/user\.email|user\.name|identity/i);
    expect(repository.state()).to.deep.equal(before);
    expect(repository.release().status).to.equal(0);
    expect(repository.version).to.equal('1.1.0');
  });

  it('finishes a release whose tag is missing', () => {
    const repository = new Repository();
    repository.release('--version', '1.0.0');
    repository.change(addOperation);
    repository.release();
    git(repository.folder, 'tag', '--delete', 'connector-v1.1.0');
    const before = git(repository.folder, 'rev-parse', 'HEAD');
    const { status, stderr } = repository.release();
    expect(status, stderr).to.equal(0);
    expect(git(repository.folder, 'rev-parse', 'connector-v1.1.0^{commit}')).to.equal(before);
  });

  it('refuses versions that are taken, too low or no versions, and folders without git', () => {
    const repository = new Repository();
    repository.release('--version', '1.0.0');
    const refusal = (...words: string[]): string => {
      const { status, stderr } = repository.release(...words);
      expect(status, stderr).to.equal(2);
      return stderr;
    };
    expect(refusal('--version', '0.9')).to.match(/--version 0\.9: it isn't higher than 1\.0\.0/);
    expect(refusal('--version', '1.0.0')).to.match(/--version 1\.0\.0: it isn't higher/);
    expect(refusal('--version', 'next')).to.match(/--version: "next" can't be the version/);
    expect(refusal('--baseline', 'v9')).to.match(/--baseline v9: there is no such branch, tag or commit/);
    git(repository.folder, 'checkout', '--quiet', '-b', 'other');
    git(repository.folder, 'commit', '--quiet', '--allow-empty', '--message', 'Elsewhere');
    git(repository.folder, 'tag', 'connector-v1.1.0');
    git(repository.folder, 'checkout', '--quiet', 'main');
    repository.change(addOperation);
    expect(refusal())
      .to.match(/connector-v1\.1\.0: there is such a git tag already/)
      .and.to.match(/--version 1\.1\.1/);
    const bare = warmCli(['release', '--cwd', exampleRepository()]);
    expect(bare.status).to.equal(2);
    expect(bare.stderr).to.match(/no git repository[\s\S]*git init/);
  });

  it('keeps the releases of several connectors in one git repository apart', () => {
    const root = temporaryFolder();
    for (const name of ['letters', '.parcels [new] 100%']) renameSync(exampleRepository(), join(root, name));
    initialise(root);
    const run = (name: string, ...words: string[]) =>
      warmCli([...words, '--cwd', join(root, name)], { env: gitEnvironment });
    expect(run('letters', 'release').status).to.equal(0);
    const other = run('.parcels [new] 100%', 'release');
    expect(other.status, other.stderr).to.equal(0);
    const tags = git(root, 'tag').split('\n').filter(Boolean);
    expect(tags).to.have.members(['letters/connector-v1.0.0', '%2Eparcels%20%5Bnew]%20100%25/connector-v1.0.0']);
    for (const name of ['letters', '.parcels [new] 100%']) {
      expect(run(name, 'diff').stdout).to.match(/connector-v1\.0\.0/);
      expect(run(name, 'release').stderr).to.match(/nothing has changed since/);
      expect(run(name, 'validate', 'connector/apiDefinition.json', '--fix-unsafe').stderr).to.match(
        /has been released/,
      );
    }
  });

  it('says how releases of the root become those of a connector in a folder', () => {
    const root = temporaryFolder();
    renameSync(exampleRepository(), join(root, 'letters'));
    initialise(root);
    git(root, 'tag', 'connector-v1.0.0');
    const first = warmCli(['release', '--dry-run', '--cwd', join(root, 'letters')], { env: gitEnvironment });
    expect(first.stderr).to.match(/git tag letters\/connector-v1\.0\.0 connector-v1\.0\.0/);
    git(root, 'tag', 'letters/connector-v1.0.0', 'connector-v1.0.0');
    const second = warmCli(['release', '--dry-run', '--cwd', join(root, 'letters')], { env: gitEnvironment });
    expect(`${second.stdout}${second.stderr}`).to.match(/nothing has changed since letters\/connector-v1\.0\.0/);
  });
});
