import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';

/** A small API description: what is measured is what is loaded, not what is done. */
const description = {
  openapi: '3.0.3',
  info: { title: 'Records', version: '1.0', description: 'Keeps records.' },
  servers: [{ url: 'https://records.contoso.com/v1' }],
  paths: {
    '/records': {
      get: { operationId: 'ListRecords', summary: 'List records', responses: { 200: { description: 'The records.' } } },
    },
  },
};

const dist = new URL('../../dist/', import.meta.url).href;

describe('what a command loads', () => {
  let folder = '';
  before(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder, 'api.json'), JSON.stringify(description));
    expect(cli(['new', 'demo', '--yes'], { cwd: folder }).status).to.equal(0);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Names without digests, folders within `dist`, and kilobytes of all: Node lists what it has run, modules of both kinds. */
  const loadedBy = (words: string[]) => {
    const reports = join(folder, 'coverage');
    const result = cli(words, { cwd: folder, env: { NODE_V8_COVERAGE: reports } });
    expect(result.status, result.stderr).to.be.at.most(1);
    const urls = readdirSync(reports).flatMap((name): string[] =>
      JSON.parse(readFileSync(join(reports, name), 'utf8')).result.map(({ url }: { url: string }) => url),
    );
    rmSync(reports, { recursive: true });
    const paths = urls.filter((url) => url.startsWith(dist)).map((url) => fileURLToPath(url));
    const names = paths.map((path) => basename(path).replace(/-[\w-]{8}\.c?js$/, ''));
    const folders = new Set(paths.map((path) => basename(dirname(path))));
    return { names, folders, size: paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1000 };
  };

  // generous: a fifth above what there is, so that only a part that doesn't belong there is noticed
  const limits: [words: string[], files: number, kilobytes: number][] = [
    [['--version'], 3, 46],
    [['import', 'api.json', '--output', 'imported.json'], 18, 460],
    [['login', '--environment', 'https://contoso.crm.dynamics.com', '--dry-run'], 11, 190],
    [['doctor'], 16, 190],
    [['texts', '--cwd', 'demo'], 11, 180],
    [['invoke', 'ListItems', '--dry-run', '--cwd', 'demo'], 25, 290],
    // a generator, in the environment of Yeoman
    [['policy', '--list', '--cwd', 'demo'], 35, 800],
    [['build', '--cwd', 'demo'], 21, 280],
  ];
  for (const [words, files, kilobytes] of limits) {
    it(`${words[0]}: no rules, at most ${files} files and ${kilobytes} KB`, () => {
      const { names, size } = loadedBy(words);
      expect(names.filter((name) => name === 'validate' || name === 'explain-catalogue')).to.deep.equal([]);
      expect(names.length).to.be.at.most(files);
      expect(size).to.be.at.most(kilobytes);
    });
  }

  /** Kilobytes, a fifth above what there is: of what every command reads, validations, imports, and what makes repositories. */
  const sizes = {
    'pp-connector': 8,
    start: 2,
    base: 43,
    common: 102,
    validate: 280,
    convert: 240,
    make: 92,
    environment: 230,
  };
  for (const [name, kilobytes] of Object.entries(sizes)) {
    it(`${name} is one file of the bundle, of at most ${kilobytes} KB`, () => {
      const folder = fileURLToPath(dist);
      const files = [folder, join(folder, 'cli')].flatMap((each) => readdirSync(each).map((file) => join(each, file)));
      const found = files.filter((path) => basename(path).replace(/(?:-[\w-]{8})?\.cjs$/, '') === name);
      // a command and what it shares with others may have one name: the larger one is meant
      const largest = Math.max(...found.map((path) => statSync(path).size / 1000));
      expect(found).to.not.deep.equal([]);
      expect(largest).to.be.at.most(kilobytes);
    });
  }

  it('new without questions: no Yeoman, and the rules once, since it validates what it has made', () => {
    const { names, folders, size } = loadedBy(['new', 'fresh', '--yes']);
    expect([...folders]).to.have.members(['dist', 'cli']);
    expect(names).to.not.include('environment');
    expect(names.filter((name) => name === 'validate')).to.have.length(1);
    expect(names.length).to.be.at.most(50);
    expect(size).to.be.at.most(1090);
  });

  it('status: the rules once, since its steps are about findings, and neither Yeoman nor their explanations', () => {
    const { names, folders, size } = loadedBy(['status', '--cwd', 'demo']);
    expect([...folders]).to.have.members(['dist', 'cli']);
    expect(names.filter((name) => name === 'validate')).to.have.length(1);
    expect(names).to.not.include.members(['environment', 'explain-catalogue']);
    expect(names.length).to.be.at.most(46);
    expect(size).to.be.at.most(1120);
  });

  it('validate: the rules without their explanations, and no second way to read a command line', () => {
    const { names, size } = loadedBy(['validate', '--cwd', 'demo']);
    expect(names).to.include('validate');
    expect(names.filter((name) => name === 'explain-catalogue' || name === 'arguments')).to.deep.equal([]);
    expect(names.length).to.be.at.most(11);
    expect(size).to.be.at.most(610);
  });
});
