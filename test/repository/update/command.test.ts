import { expect } from 'chai';
import { version } from '../../../src/version.ts';
import { readJson, readText, snapshot, temporaryFolder } from '../../support/folders.ts';
import { warmCli } from '../../support/warm/warm.ts';
import { oldRepository } from './support.ts';

describe('pp-connector update', () => {
  it('tells in one line each what it does, and does nothing the second time', () => {
    const cwd = oldRepository();
    const { status, stderr, stdout } = warmCli(['update'], { cwd });
    expect(status, stderr).to.equal(0);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^From version 0\.1\.0 to /);
    expect(stderr).to.contain(
      '\n  add-scripts: npm scripts of the new commands: download, package, preview, release, status, update\n',
    );
    expect(stderr).to.contain('\n  change .github/workflows/validate.yml\n');
    expect(readJson(cwd, '.pp-connector/generated.json')).to.have.property('version', version);
    const after = snapshot(cwd);
    const again = warmCli(['update'], { cwd });
    expect(again.stderr).to.equal(`The repository is up to date with version ${version}.\n  nothing to change\n`);
    expect(snapshot(cwd)).to.deep.equal(after);
  });

  it('shows the difference, and writes nothing, with --dry-run', () => {
    const cwd = oldRepository();
    const before = snapshot(cwd);
    const { status, stdout, stderr } = warmCli(['update', '--dry-run', '--cwd', 'connector'], { cwd });
    expect(status, stderr).to.equal(0);
    expect(stdout).to.contain('+++ b/package.json\n').and.contain('+    "status": "pp-connector status",\n');
    expect(stderr).to.contain('add-scripts: ');
    expect(snapshot(cwd)).to.deep.equal(before);
  });

  it('keeps edited files and tells how to get the new ones; that works', () => {
    const name = '.github/workflows/validate.yml';
    const cwd = oldRepository({ [name]: (text) => `${text}# mine\n` });
    const { stderr } = warmCli(['update'], { cwd });
    expect(stderr).to.contain(`  keep ${name}  (you edited it)\n`);
    const advice = /compare with: pp-connector (.*)\n/.exec(stderr)?.[1]?.split(' ') ?? [];
    expect(warmCli(advice, { cwd }).stdout).to.contain('-# mine\n');
    expect(readText(cwd, name)).to.contain('# mine\n');
    expect(
      warmCli(
        advice.filter((word) => word !== '--dry-run'),
        { cwd },
      ).status,
    ).to.equal(0);
    expect(readText(cwd, name)).to.not.contain('# mine\n');
  });

  it('names another spec of the package where one is given', () => {
    const cwd = oldRepository({ 'package.json': (text) => text.replace('^0.1.0', '0.0.1') });
    expect(warmCli(['update', '--tool-spec', '^9.0.0'], { cwd }).stderr).to.contain('install the new version');
    expect(readText(cwd, 'package.json')).to.contain('"generator-pp-connector": "^9.0.0"');
  });

  it('finds nothing to do in a new repository', () => {
    const cwd = temporaryFolder();
    expect(warmCli(['new', '--yes', '--ci', 'both', '--tool-spec', '^0.1.0'], { cwd }).status).to.equal(0);
    const before = snapshot(cwd);
    expect(warmCli(['update', '--tool-spec', '^0.1.0'], { cwd }).stderr).to.contain('nothing to change');
    expect(snapshot(cwd)).to.deep.equal(before);
  });

  const refusals: Record<string, { args: string[]; message: RegExp; memory?: string; manifest?: string }> = {
    'a newer repository': { args: [], memory: '{"version":"99.0.0"}', message: /version 99\.0\.0.*\n.*npm install/ },
    'files without --force': { args: ['.gitignore'], message: /\.gitignore: files are named only.*\n.*--force/ },
    'a file without a template': {
      args: ['--force', 'README.md'],
      message: /no template for README\.md\n.*\.gitignore/,
    },
    'a package.json that is not JSON': { args: [], manifest: '{ "name": }', message: /package\.json:1:11: / },
  };
  for (const [name, { args, message, memory, manifest }] of Object.entries(refusals)) {
    it(`refuses ${name}, and writes nothing`, () => {
      const cwd = oldRepository({
        ...(memory === undefined ? {} : { '.pp-connector/generated.json': () => memory }),
        ...(manifest === undefined ? {} : { 'package.json': () => manifest }),
      });
      const before = snapshot(cwd);
      const { status, stderr } = warmCli(['update', ...args], { cwd });
      expect(stderr).to.match(message);
      expect(status).to.equal(2);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  }

  it('refuses a folder that is not a repository', () => {
    const { status, stderr } = warmCli(['update'], { cwd: temporaryFolder() });
    expect(stderr).to.contain('there is no connector repository here\n').and.contain('pp-connector new');
    expect(status).to.equal(2);
  });
});
