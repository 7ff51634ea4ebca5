import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { compareVersions } from '../../../src/compare-versions.ts';
import { decide, write } from '../../../src/files/commit.ts';
import { GeneratedFiles } from '../../../src/files/generated-files.ts';
import { repositoryScripts } from '../../../src/repository/package-json.ts';
import type { Migration } from '../../../src/repository/update/migration.ts';
import { migrations } from '../../../src/repository/update/migrations.ts';
import { planUpdate } from '../../../src/repository/update/plan-update.ts';
import { readTemplate } from '../../../src/templates.ts';
import { version } from '../../../src/version.ts';
import { checkout, readJson, readText, snapshot } from '../../support/folders.ts';
import { oldRepository } from './support.ts';

interface Options {
  /** Version of the package that updates. */
  to?: string;
  table?: readonly Migration[];
  wanted?: string[];
}

/** Updates a repository. @returns ids of the migrations that had something to change */
async function update(root: string, { to = '0.2.0', table = migrations, wanted = [] }: Options = {}) {
  const generated = GeneratedFiles.read(root);
  const plan = await planUpdate(root, {
    generated,
    migrations: table,
    tool: { version: to, spec: `^${to}`, template: (name) => readTemplate('app', ...name.split('/')) },
    wanted: new Set(wanted),
  });
  const options = { root, generated, ask: async (name: string) => wanted.includes(name) };
  const decisions = await decide(plan.files, options);
  generated.version = to;
  write(decisions, options);
  const outcomes = Object.fromEntries(
    decisions.map(({ file, outcome }) => [file.path.slice(root.length + 1), outcome]),
  );
  return { ids: plan.steps.map(({ migration }) => migration.id), notes: plan.notes, outcomes };
}

const manifest = (root: string) =>
  readJson(root, 'package.json') as { scripts: Record<string, string>; devDependencies: Record<string, string> };

describe('update of a repository that 0.1.0 made', () => {
  it('brings what nobody edited to what a new repository has', async () => {
    const root = oldRepository();
    const { ids, notes } = await update(root);
    expect(ids).to.deep.equal(['follow-templates', 'add-scripts', 'agent-files', 'add-tests', 'raise-tool']);
    expect(notes).to.deep.equal(['install the new version with: npm install']);
    for (const name of [
      '_github/workflows/deploy.yml',
      '_github/workflows/validate.yml',
      '_gitignore',
      '_editorconfig',
    ])
      expect(readText(root, name.replace('_', '.')), name).to.equal(readTemplate('app', ...name.split('/')));
    expect(Object.entries(manifest(root).scripts)).to.deep.equal(Object.entries(repositoryScripts));
    expect(manifest(root).devDependencies).to.deep.equal({ 'generator-pp-connector': '^0.2.0' });
    expect(readJson(root, '.pp-connector/generated.json')).to.have.property('version', '0.2.0');
  });

  it('touches nothing else', async () => {
    const root = oldRepository();
    const before = snapshot(root);
    const { outcomes } = await update(root);
    const after = snapshot(root);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    const added = Object.keys(after).filter((name) => before[name] === undefined);
    expect(added.filter((name) => !name.startsWith('tests/'))).to.deep.equal([
      '.mcp.json',
      '.vscode/mcp.json',
      'AGENTS.md',
    ]);
    expect(Object.keys(before).filter((name) => after[name] === undefined)).to.deep.equal([]);
    expect(changed.sort()).to.deep.equal([...Object.keys(outcomes), '.pp-connector/generated.json'].sort());
  });

  it('leaves them to follow the next version, too', async () => {
    const root = oldRepository();
    await update(root);
    const generated = GeneratedFiles.read(root);
    for (const name of ['package.json', '.gitignore', '.github/workflows/validate.yml']) {
      const path = join(root, ...name.split('/'));
      expect(generated.isUntouched(path, Buffer.from(readText(root, name))), name).to.equal(true);
    }
  });

  it('adds the page about certification where the profile leads there', async () => {
    const root = oldRepository({ 'config.json': (text) => text.replace('"custom"', '"verified"') });
    const { ids } = await update(root);
    expect(ids).to.deep.equal([
      'follow-templates',
      'add-scripts',
      'introduction',
      'certification-page',
      'agent-files',
      'add-tests',
      'raise-tool',
    ]);
    expect(readText(root, 'docs/certification.md')).to.match(/^# Certification\n/);
    expect((await update(root)).ids).to.deep.equal([]);
  });

  it('adds the introduction of the package where there is none, for independent publishers, too', async () => {
    for (const profile of ['independent', 'verified']) {
      const root = oldRepository({ 'config.json': (text) => text.replace('"custom"', `"${profile}"`) });
      await update(root);
      expect(readText(root, 'INTRO.md'), profile).to.match(/## Prerequisites/);
      expect(await update(root), profile).to.deep.include({ ids: [] });
    }
    const mine = oldRepository({
      'config.json': (text) => text.replace('"custom"', '"independent"'),
      'intro.md': () => 'Mine.\n',
    });
    await update(mine);
    expect(readText(mine, 'intro.md')).to.equal('Mine.\n');
    const custom = oldRepository();
    expect((await update(custom)).ids).to.not.include('introduction');
  });

  it('changes nothing the second time', async () => {
    for (const ignored of ['', 'mine/\n']) {
      const root = oldRepository({ '.gitignore': (text) => `${text}${ignored}` });
      await update(root);
      const before = snapshot(root);
      expect((await update(root)).ids).to.deep.equal([]);
      expect(snapshot(root)).to.deep.equal(before);
    }
  });

  it('keeps an edited workflow, says so each time, and replaces it when that is wanted', async () => {
    const name = '.github/workflows/validate.yml';
    const root = oldRepository({ [name]: (text) => `${text}# mine\n` });
    const edited = readText(root, name);
    for (let time = 0; time < 2; time += 1) {
      expect((await update(root)).outcomes).to.include({ [name]: 'keep' });
      expect(readText(root, name)).to.equal(edited);
    }
    await update(root, { wanted: [name] });
    expect(readText(root, name)).to.equal(readTemplate('app', '_github', 'workflows', 'validate.yml'));
    expect((await update(root)).outcomes).to.deep.equal({});
  });

  it('has nothing to say about an edit of what is still the newest template', async () => {
    const root = oldRepository();
    await update(root);
    const path = join(root, '.github', 'workflows', 'validate.yml');
    writeFileSync(path, `${readText(root, '.github/workflows/validate.yml')}# mine\n`);
    expect((await update(root)).outcomes).to.deep.equal({});
  });

  it('adds scripts to an edited package.json without touching anything of its author', async () => {
    const root = oldRepository({
      'package.json': (text) =>
        text
          .replace('"pp-connector diff"', '"pp-connector diff main"')
          .replace('"scripts": {', '"scripts": {\n    "status": "my-own",\n    "zebra": "z",')
          .replaceAll('  ', '\t')
          .replaceAll('\n', '\r\n'),
    });
    const before = readText(root, 'package.json');
    const old = manifest(root).scripts;
    const { notes } = await update(root);
    const after = readText(root, 'package.json');
    const { scripts } = manifest(root);
    expect(scripts).to.include({ status: 'my-own', zebra: 'z', diff: 'pp-connector diff main' });
    expect(scripts).to.include({ download: 'pp-connector download', update: 'pp-connector update' });
    expect(notes).to.include('package.json has a script "status" of your own; ours would be: pp-connector status');
    expect(scripts).to.include.all.keys(repositoryScripts);
    const added = Object.keys(repositoryScripts).filter((name) => !Object.hasOwn(old, name));
    const kept = after
      .split('\r\n')
      .filter((line) => !added.some((name) => line.startsWith(`\t\t"${name}": `)))
      .join('\r\n');
    expect(kept).to.equal(before.replace('"^0.1.0"', '"^0.2.0"'));
    // it stays its author's
    expect(GeneratedFiles.read(root).isUntouched(join(root, 'package.json'), Buffer.from(after))).to.equal(false);
  });

  it('adds lines to an edited .gitignore, once, with its line ends', async () => {
    const root = oldRepository({ '.gitignore': (text) => `${text.replaceAll('\n', '\r\n')}*.bak\r\nmine/` });
    const before = readText(root, '.gitignore');
    expect((await update(root)).ids).to.include('ignore-files');
    expect(readText(root, '.gitignore')).to.equal(`${before}\r\n/package/\r\n.pp-connector.*.json\r\n`);
  });

  it('takes line ends that git changed for no edit', async () => {
    const name = '.github/workflows/deploy.yml';
    const root = oldRepository({ [name]: (text) => text.replaceAll('\n', '\r\n') });
    expect((await update(root)).outcomes).to.include({ [name]: 'change' });
  });

  it('leaves away what its author deleted', async () => {
    const root = oldRepository();
    for (const name of ['.github', '.gitignore', '.editorconfig', 'package.json'])
      rmSync(join(root, name), { recursive: true });
    const before = Object.keys(snapshot(root));
    await update(root);
    const after = Object.keys(snapshot(root));
    // what older versions never made isn't what somebody deleted
    const isNew = (name: string): boolean => /^(?:tests\/|AGENTS\.md$|\.mcp\.json$|\.vscode\/mcp\.json$)/.test(name);
    expect(after.filter((name) => !isNew(name))).to.deep.equal(before);
  });

  it('takes every file for its author’s where nothing is remembered, but still adds what is missing', async () => {
    for (const memory of ['', '{"files":', '[]']) {
      const root = oldRepository({ '.pp-connector/generated.json': () => memory });
      const { outcomes } = await update(root);
      expect(outcomes).to.include({ '.github/workflows/validate.yml': 'keep', '.github/workflows/deploy.yml': 'keep' });
      expect(outcomes).to.include({ '.gitignore': 'change', 'package.json': 'change' });
      expect(manifest(root).scripts).to.include({ status: 'pp-connector status' });
      expect((await update(root)).ids).to.deep.equal(['follow-templates']);
    }
  });
});

describe('the version in package.json', () => {
  const specs: Record<string, string> = {
    '^0.1.0': '^0.2.0',
    '~0.1.3': '^0.2.0',
    '0.1.0': '^0.2.0',
    '^0.2.0': '^0.2.0',
    '^1.0.0': '^1.0.0',
    latest: 'latest',
    '>=0.1.0': '>=0.1.0',
    'file:../tool': 'file:../tool',
    'https://contoso.com/tool.tgz': 'https://contoso.com/tool.tgz',
  };
  for (const [before, after] of Object.entries(specs)) {
    it(`${before} becomes ${after}`, async () => {
      const root = oldRepository({ 'package.json': (text) => text.replace('^0.1.0', before) });
      await update(root);
      expect(manifest(root).devDependencies).to.deep.equal({ 'generator-pp-connector': after });
    });
  }

  it('is raised among the dependencies, too', async () => {
    const root = oldRepository({ 'package.json': (text) => text.replace('devDependencies', 'dependencies') });
    await update(root);
    expect(readJson(root, 'package.json')).to.have.deep.property('dependencies', {
      'generator-pp-connector': '^0.2.0',
    });
  });

  it('is not put into a package.json that has nothing to do with us', async () => {
    const text = '{ "name": "theirs", "scripts": { "test": "true" } }\n';
    const root = oldRepository({ 'package.json': () => text });
    await update(root);
    expect(readText(root, 'package.json')).to.equal(text);
  });
});

describe('migrations', () => {
  const log: string[] = [];
  const step = (id: string, since?: string): Migration => ({
    id,
    ...(since === undefined ? {} : { since }),
    summary: id,
    apply: (draft) => {
      log.push(id);
      draft.edit('README.md', `${draft.text('README.md')}${id}\n`);
      return [];
    },
  });
  const table = [step('a', '0.2.0'), step('b', '0.3.0'), step('c', '0.10.0'), step('each')];

  beforeEach(() => log.splice(0));

  it('run in their order, those that the repository does not have yet; each sees what the former ones did', async () => {
    const root = oldRepository();
    await update(root, { table, to: '0.2.0' });
    expect(log).to.deep.equal(['a', 'b', 'c', 'each']);
    expect(readText(root, 'README.md')).to.match(/\na\nb\nc\neach\n$/);
  });

  it('start where the repository is', async () => {
    const root = oldRepository({ '.pp-connector/generated.json': () => '{"version":"0.9.1","files":{}}' });
    await update(root, { table, to: '0.10.0' });
    expect(log).to.deep.equal(['c', 'each']);
    expect(readJson(root, '.pp-connector/generated.json')).to.have.property('version', '0.10.0');
  });

  it('do not touch a repository of a newer version', async () => {
    const root = oldRepository({ '.pp-connector/generated.json': () => '{"version":"1.0.0","files":{}}' });
    const before = snapshot(root);
    let error: (Error & { hint?: string }) | undefined;
    await update(root, { table }).catch((reason: Error) => {
      error = reason;
    });
    expect(error?.message).to.contain('is up to date with version 1.0.0 of generator-pp-connector; this is 0.2.0');
    expect(error?.hint).to.contain('npm install --save-dev generator-pp-connector@^1.0.0');
    expect(snapshot(root)).to.deep.equal(before);
  });

  it('have names of their own, and none belongs to a version after the next release', () => {
    expect(new Set(migrations.map(({ id }) => id)).size).to.equal(migrations.length);
    const changelog = readText(checkout, 'CHANGELOG.md');
    const newest =
      migrations
        .flatMap(({ since }) => since ?? [])
        .sort(compareVersions)
        .at(-1) ?? '';
    const isReleased = compareVersions(newest, version) <= 0;
    expect(isReleased || changelog.includes('## [Unreleased]'), `${newest} against ${version}`).to.equal(true);
  });
});
