import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { cli } from '../support/cli.ts';
import { checkout, temporaryFolder } from '../support/folders.ts';

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

  /**
   * Names without digests, folders within `dist`, and kilobytes of all modules that Node has run, of both kinds; and the
   * other files that were opened, by their names.
   */
  const loadedBy = (words: string[]) => {
    const reports = join(folder, 'coverage');
    const list = join(folder, 'opened');
    writeFileSync(list, '');
    const result = cli(words, {
      cwd: folder,
      // what other tests leave in the folder for temporary files is swept by other modules
      env: { NODE_V8_COVERAGE: reports, OPENED_FILES: list, TMPDIR: folder, TEMP: folder, TMP: folder },
      nodeFlags: ['--require', join(checkout, 'test', 'support', 'opened-files.cjs')],
      input: '',
    });
    expect(result.status, result.stderr).to.be.at.most(1);
    const urls = readdirSync(reports).flatMap((name): string[] =>
      JSON.parse(readFileSync(join(reports, name), 'utf8')).result.map(({ url }: { url: string }) => url),
    );
    rmSync(reports, { recursive: true });
    const paths = urls.filter((url) => url.startsWith(dist)).map((url) => fileURLToPath(url));
    const names = paths.map((path) => basename(path).replace(/-[\w-]{8}\.c?js$/, ''));
    const folders = new Set(paths.map((path) => basename(dirname(path))));
    const opened = readFileSync(list, 'utf8')
      .split('\n')
      .filter((path) => path !== '' && !/\.c?js$/.test(path))
      .map((path) => basename(path));
    return { names, folders, size: paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1000, opened };
  };

  /** What a connector consists of; whatever is made of it, reading it once is enough. */
  const parts = ['apiDefinition.json', 'apiProperties.json', 'settings.json', 'icon.png', 'README.md'];
  const partsOpened = (opened: string[]) => opened.filter((name) => parts.includes(name)).sort();

  // generous: a fifth above what there is, so that only a part that doesn't belong there is noticed
  const limits: [words: string[], modules: number, kilobytes: number, opened: number][] = [
    [['--version'], 3, 46, 0],
    [['--help'], 5, 50, 0],
    [['import', 'api.json', '--output', 'imported.json'], 12, 460, 4],
    [['login', '--environment', 'https://contoso.crm.dynamics.com', '--dry-run'], 11, 190, 0],
    [['connect', '--list', '--cwd', 'demo'], 11, 235, 0],
    [['doctor'], 16, 190, 0],
    [['texts', '--cwd', 'demo'], 11, 180, 10],
    [['invoke', 'ListItems', '--dry-run', '--cwd', 'demo'], 28, 310, 9],
    [['test', '--cwd', 'demo'], 29, 500, 13],
    // a generator, in the environment of Yeoman
    [['policy', '--list', '--cwd', 'demo'], 35, 800, 18],
    [['build', '--cwd', 'demo'], 21, 280, 11],
    // waits for an agent, which asks for the rules or doesn't
    [['mcp', '--cwd', 'demo'], 6, 395, 0],
  ];
  for (const [words, modules, kilobytes, opens] of limits) {
    it(`${words[0]}: no rules, at most ${modules} modules of ${kilobytes} KB and ${opens} other files`, () => {
      const { names, size, opened } = loadedBy(words);
      expect(names.filter((name) => name === 'validate' || name === 'explain-catalogue')).to.deep.equal([]);
      expect(names.length, names.join()).to.be.at.most(modules);
      expect(size).to.be.at.most(kilobytes);
      expect(opened.length, opened.join()).to.be.at.most(opens);
      expect(partsOpened(opened), 'each once').to.deep.equal([...new Set(partsOpened(opened))]);
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

  it('the bundle has at most 4,000 KB', () => {
    const files = readdirSync(fileURLToPath(dist), { recursive: true, encoding: 'utf8' });
    const sizes = files.filter((name) => /\.c?js$/.test(name)).map((name) => statSync(new URL(name, dist)).size / 1000);
    expect(sizes.reduce((sum, size) => sum + size)).to.be.at.most(4000);
  });

  it('new without questions: no Yeoman, and the rules once, since it validates what it has made', () => {
    const { names, folders, size } = loadedBy(['new', 'fresh', '--yes']);
    expect([...folders]).to.have.members(['dist', 'cli']);
    expect(names).to.not.include('environment');
    expect(names.filter((name) => name === 'validate')).to.have.length(1);
    expect(names.length).to.be.at.most(50);
    expect(size).to.be.at.most(1090);
  });

  it('status: the rules once, since its steps are about findings, and neither Yeoman nor their explanations', () => {
    const { names, folders, size, opened } = loadedBy(['status', '--cwd', 'demo']);
    expect(partsOpened(opened), 'each once').to.deep.equal([...parts].sort());
    expect([...folders]).to.have.members(['dist', 'cli']);
    expect(names.filter((name) => name === 'validate')).to.have.length(1);
    expect(names).to.not.include.members(['environment', 'explain-catalogue']);
    expect(names.length).to.be.at.most(46);
    expect(size).to.be.at.most(1120);
  });

  it('validate: the rules without their explanations, and no second way to read a command line', () => {
    const { names, size, opened } = loadedBy(['validate', '--cwd', 'demo']);
    expect(partsOpened(opened), 'each once').to.deep.equal([...parts].sort());
    expect(names).to.include('validate');
    expect(names.filter((name) => name === 'explain-catalogue' || name === 'arguments')).to.deep.equal([]);
    expect(names.length).to.be.at.most(11);
    expect(size).to.be.at.most(610);
  });
});
