import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { filesOf } from '../../src/connector/load.ts';
import { Budget } from '../../src/package/zip/limits.ts';
import { readArchive } from '../../src/package/zip/read-archive.ts';
import type { Example } from '../../src/rules/engine/rule.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { reportFormats } from '../../src/rules/reporters/formats.ts';
import { cli } from '../support/cli.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { deployerOf, type Files, names, packageOf, rawZip, solutions, zip } from './archives.ts';
import { findingsOf, run } from './run.ts';

interface Exports {
  connector?: Files;
  flow?: Files;
  plugin?: Files;
}

/** A clean repository of a verified publisher, with exported solutions beside it. */
async function repository(exported: Exports = {}, example: Omit<Example, 'name'> = {}): Promise<string> {
  const folder = temporaryFolder('weather');
  const files = filesOf(exampleConnector(example)).map(
    ({ path, bytes }) => [path.split(/[\\/]/).at(-1) ?? '', bytes] as const,
  );
  return writeTree(folder, {
    ...Object.fromEntries(files),
    '.yo-rc.json': '{}\n',
    'config.json': '{ "profile": "verified", "outputDirectory": "." }\n',
    'exports/a-flow.zip': await zip({ ...solutions.flow, ...exported.flow }),
    'exports/b-connector.zip': await zip({ ...solutions.connector, ...exported.connector }),
    'exports/c-plugin.zip': await zip({ ...solutions.plugin, ...exported.plugin }),
    'exports/weather.pdpkg.zip': await deployerOf({ deployer: { 'Weather.dll': 'code' } }),
  });
}

const given = ['--solution', 'exports/a-flow.zip', '--solution', 'exports/b-connector.zip'];
const output = 'package/ContosoWeather.zip';

const open = (bytes: Buffer | undefined) => readArchive(bytes ?? Buffer.alloc(0), 'x', new Budget());

describe('the package of a verified publisher', () => {
  it('holds the intro and the solutions, in the order of the guide, and is found good', async () => {
    const cwd = await repository();
    const { status, stdout, stderr } = await run(cwd, '--submission', ...given);
    expect(stdout).to.equal('No findings (profile verified).\n');
    expect(status).to.equal(0);
    expect(stderr).to.equal(`  create ${output}\n`);
    const outer = await open(readFileSync(join(cwd, output)));
    expect([...outer.files.keys()]).to.deep.equal(['intro.md', 'ContosoWeather.pdpkg.zip']);
    expect(outer.files.get('intro.md')?.bytes).to.deep.equal(readTree(cwd)['intro.md']);
    const inner = await open(outer.files.get('ContosoWeather.pdpkg.zip')?.bytes);
    expect([...inner.files.keys()]).to.deep.equal(['PkgAssets/b-connector.zip', 'PkgAssets/a-flow.zip']);
    expect(inner.files.get('PkgAssets/a-flow.zip')?.bytes).to.deep.equal(readTree(cwd)['exports/a-flow.zip']);
    expect((await run(cwd, '--check', output)).status).to.equal(0);
  });

  it('has the same bytes however and whenever it is made', async () => {
    const cwd = await repository();
    await run(cwd, ...given);
    const first = readFileSync(join(cwd, output));
    const written = statSync(join(cwd, output)).mtimeMs;
    const { stderr } = await run(cwd, ...given.slice(2), ...given.slice(0, 2));
    expect(stderr).to.equal('');
    expect(statSync(join(cwd, output)).mtimeMs).to.equal(written);
    await run(cwd, ...given, '--output', 'other.zip');
    expect(readFileSync(join(cwd, 'other.zip')).equals(first)).to.equal(true);
  });

  it('takes a plugin', async () => {
    const cwd = await repository();
    expect((await run(cwd, ...given, '--solution', 'exports/c-plugin.zip', '--plugin')).status).to.equal(0);
    const outer = await open(readFileSync(join(cwd, output)));
    const inner = await open(outer.files.get('ContosoWeather.pdpkg.zip')?.bytes);
    expect([...inner.files.keys()].at(-1)).to.equal('PkgAssets/c-plugin.zip');
    expect((await run(cwd, ...given, '--plugin')).status).to.equal(1);
  });

  it('wraps a package archive that was built otherwise, byte for byte', async () => {
    const cwd = await repository();
    expect((await run(cwd, '--submission', '--pdpkg', 'exports/weather.pdpkg.zip')).status).to.equal(0);
    const outer = await open(readFileSync(join(cwd, output)));
    expect(outer.files.get('ContosoWeather.pdpkg.zip')?.bytes).to.deep.equal(
      readTree(cwd)['exports/weather.pdpkg.zip'],
    );
  });

  it('brings customProperties.json where the connector has it', async () => {
    const cwd = await repository();
    writeTree(cwd, { 'customProperties.json': '{}' });
    expect((await run(cwd, ...given)).status).to.equal(0);
    expect([...(await open(readFileSync(join(cwd, output)))).files.keys()]).to.include('customProperties.json');
  });

  it('is not written when it would be refused', async () => {
    const cwd = await repository({ flow: { [names.flow]: null } });
    writeTree(cwd, { [output]: 'the last good one' });
    const result = await run(cwd, ...given, '--format', 'json', '--fail-on', 'never');
    expect(result.status).to.equal(1);
    expect(result.stderr).to.match(/nothing was written/);
    expect(findingsOf(result).map(({ rule }) => rule)).to.deep.equal(['solution-flow', 'solution-flow-files']);
    expect(readTree(cwd)[output]?.toString()).to.equal('the last good one');
  });

  it('is not made of a connector with errors', async () => {
    const cwd = await repository({}, { definition: { info: { title: 'Contoso API' } } });
    const { status, stdout, stderr } = await run(cwd, ...given);
    expect(status).to.equal(1);
    expect(stderr).to.match(/nothing was packed/);
    expect(stdout).to.match(/info-title-restricted-words/);
    expect(Object.keys(readTree(cwd)).some((name) => name.startsWith('package/'))).to.equal(false);
  });

  it('with an export that is older than the repository is written with a warning', async () => {
    const stale = { [names.definition]: JSON.stringify({ ...exampleDefinition, host: 'old.contoso.com' }) };
    const cwd = await repository({ connector: stale });
    const result = await run(cwd, ...given, '--format', 'json');
    expect(result.status).to.equal(0);
    expect(findingsOf(result)).to.have.length(1);
    expect(findingsOf(result)[0]).to.include({ rule: 'solution-fresh', severity: 'warning', pointer: '/host' });
    expect((await run(cwd, ...given, '--fail-on', 'warning')).status).to.equal(1);
  });

  const refused: Readonly<Record<string, { words: string[]; says: RegExp }>> = {
    'without solutions': { words: ['--submission'], says: /takes exported solutions by --solution FILE/ },
    'with solutions and a package archive': {
      words: [...given, '--pdpkg', 'exports/weather.pdpkg.zip'],
      says: /or one \*\.pdpkg\.zip/,
    },
    'a solution that is not there': {
      words: ['--solution', 'gone.zip'],
      says: /--solution gone\.zip: there is no such file/,
    },
    'a folder': { words: ['--solution', 'exports'], says: /--solution exports: / },
    'a solution that is not an archive': {
      words: ['--solution', 'readme.md'],
      says: /readme\.md: this archive is not read/,
    },
    'a package archive given as solution': {
      words: ['--solution', 'exports/weather.pdpkg.zip'],
      says: /this is not an exported solution/,
    },
    'a solution given as package archive': {
      words: ['--pdpkg', 'exports/a-flow.zip'],
      says: /this is not a package archive, but a solution/,
    },
    'two files of one name': {
      words: ['--solution', 'exports/a-flow.zip', '--solution', 'more/A-flow.zip'],
      says: /two files are called "A-flow\.zip"/i,
    },
    'in the pull request': { words: ['--pull-request', ...given], says: /hands the package in at Partner Center/ },
    'with a folder of its own name': {
      words: [...given, '--folder', 'Rain'],
      says: /--folder goes with --pull-request/,
    },
    'two jobs at once': { words: ['--submission', '--check', 'a.zip'], says: /are different jobs/ },
    'a flag of another job': { words: ['--submission', '--proposal'], says: /--proposal goes with --pull-request/ },
  };
  for (const [name, { words, says }] of Object.entries(refused)) {
    it(`is refused: ${name}`, async () => {
      const cwd = await repository();
      writeTree(cwd, { 'more/A-flow.zip': await zip(solutions.flow) });
      const { status, stderr } = await run(cwd, ...words);
      expect(status).to.equal(2);
      expect(stderr).to.match(says);
      expect(Object.keys(readTree(cwd)).some((each) => each.startsWith('package/'))).to.equal(false);
    });
  }

  it('needs the intro', async () => {
    const cwd = await repository({}, { files: { 'intro.md': null } });
    const { status, stderr } = await run(cwd, ...given);
    expect(status).to.equal(2);
    expect(stderr).to.match(/no INTRO\.md[\s\S]*pp-connector readme/);
  });
});

describe('package --check', () => {
  async function withPackage(change: Parameters<typeof packageOf>[0] = {}): Promise<string> {
    const cwd = temporaryFolder('somewhere');
    writeFileSync(join(cwd, 'p.zip'), await packageOf(change));
    return cwd;
  }

  it('says what it took the file for, and leaves with 0, 1 or 2', async () => {
    const cwd = await withPackage();
    const good = await run(cwd, '--check', 'p.zip');
    expect(good).to.deep.equal({
      status: 0,
      stdout: 'No findings (profile verified).\n',
      stderr: 'p.zip: looked at as the archive that is submitted\n',
    });
    writeFileSync(join(cwd, 's.zip'), await zip(solutions.connector));
    expect((await run(cwd, '--check', 's.zip')).stderr).to.equal('s.zip: looked at as an exported solution\n');
    writeFileSync(join(cwd, 'd.zip'), await deployerOf());
    expect((await run(cwd, '--check', 'd.zip')).stderr).to.match(/a package archive \(\*\.pdpkg\.zip\)/);
    expect((await run(await withPackage({ outer: { 'intro.md': null } }), '--check', 'p.zip')).status).to.equal(1);
    writeFileSync(join(cwd, 'evil.zip'), rawZip([{ name: '../x' }]));
    const evil = await run(cwd, '--check', 'evil.zip');
    expect(evil).to.include({ status: 2, stdout: '' });
    expect(evil.stderr).to.match(/evil\.zip: this archive is not read: the name "\.\.\/x" leads out/);
    expect((await run(cwd, '--check', 'gone.zip')).status).to.equal(2);
  });

  it('compares with the repository around, or with the connector that is named', async () => {
    const stale = JSON.stringify({ ...exampleDefinition, host: 'old.contoso.com' });
    const cwd = await repository();
    writeFileSync(join(cwd, 'p.zip'), await packageOf({ connector: { [names.definition]: stale } }));
    const here = await run(cwd, '--check', 'p.zip', '--format', 'json');
    expect(findingsOf(here).map(({ rule }) => rule)).to.deep.equal(['solution-fresh']);
    expect(here.stderr).to.match(/compared with the connector in \./);
    const elsewhere = temporaryFolder('elsewhere');
    const archive = join(cwd, 'p.zip');
    expect(findingsOf(await run(elsewhere, '--check', archive, '--format', 'json'))).to.deep.equal([]);
    const named = await run(elsewhere, '--check', archive, '--connector', cwd, '--format', 'json');
    expect(findingsOf(named).map(({ rule }) => rule)).to.deep.equal(['solution-fresh']);
  });

  it('follows --fail-on', async () => {
    const cwd = await withPackage({ folder: 'Assets' });
    expect((await run(cwd, '--check', 'p.zip')).status).to.equal(0);
    expect((await run(cwd, '--check', 'p.zip', '--fail-on', 'warning')).status).to.equal(1);
  });

  it('prints every format that validate has, with the policy number', async () => {
    const cwd = await withPackage({ outer: { 'intro.md': null } });
    for (const format of reportFormats.names) {
      const { status, stdout } = await run(cwd, '--check', 'p.zip', '--format', format);
      expect(status, format).to.equal(1);
      expect(stdout, format).to.include('package-root');
      expect(stdout, format).to.match(/p\.zip/);
    }
    const report = JSON.parse((await run(cwd, '--check', 'p.zip', '--format', 'json')).stdout);
    expect(report.connectors).to.have.length(1);
    expect(report.connectors[0]).to.deep.include({ path: 'p.zip', profile: 'verified' });
    expect(report.connectors[0].findings).to.deep.equal([
      {
        rule: 'package-root',
        severity: 'error',
        message: 'there is no intro.md; pp-connector readme writes one from the definition',
        file: 'p.zip',
        pointer: '',
        line: 1,
        column: 1,
        policy: '5000.1.1.5',
        fixable: false,
      },
    ]);
    expect(report.counts).to.deep.equal({ error: 1, warning: 0, info: 0 });
  });

  it('runs as built', async () => {
    const cwd = await withPackage({ plugin: {} });
    const good = warmCli(['package', '--check', 'p.zip', '--plugin'], { cwd });
    expect(good).to.include({ status: 0, stdout: 'No findings (profile verified).\n' });
    writeFileSync(join(cwd, 'bomb.zip'), rawZip([{ name: 'a', data: Buffer.alloc(16 * 1024 * 1024) }]));
    const bomb = cli(['package', '--check', 'bomb.zip'], { cwd, nodeFlags: ['--max-old-space-size=64'] });
    expect(bomb.status).to.equal(2);
    expect(bomb.stderr).to.match(/as archive bombs do/);
    expect(Object.keys(readTree(cwd))).to.deep.equal(['bomb.zip', 'p.zip']);
  });
});
