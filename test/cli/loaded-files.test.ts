import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

/** Leaves behind which files of ours a process has loaded; those of Yeoman's side, which are ES modules, aren't among them. */
const hook = `process.on('exit', () => require('node:fs').writeFileSync(process.env.LOADED_FILES,
  JSON.stringify(Object.keys(require.cache).filter((path) => /[\\\\/]dist[\\\\/]/.test(path)))));`;

describe('what a command loads', () => {
  let folder = '';
  before(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder, 'hook.cjs'), hook);
    writeFileSync(join(folder, 'api.json'), JSON.stringify(description));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Names without digests, and kilobytes of all. */
  const loadedBy = (words: string[]) => {
    const list = join(folder, 'loaded.json');
    const result = cli(words, {
      cwd: folder,
      env: { LOADED_FILES: list },
      nodeFlags: ['--require', join(folder, 'hook.cjs')],
    });
    expect(result.status, result.stderr).to.be.at.most(1);
    const paths: string[] = JSON.parse(readFileSync(list, 'utf8'));
    const names = paths.map((path) => basename(path).replace(/-[\w-]{8}\.cjs$/, ''));
    return { names, size: paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1000 };
  };

  // generous: a fifth above what there is, so that only a part that doesn't belong there is noticed
  const limits: [words: string[], files: number, kilobytes: number][] = [
    [['--version'], 2, 40],
    [['new', 'demo', '--yes'], 27, 270],
    [['import', 'api.json', '--output', 'imported.json'], 50, 620],
    [['login', '--environment', 'https://contoso.crm.dynamics.com', '--dry-run'], 28, 320],
    [['doctor'], 18, 210],
    [['policy', '--list', '--cwd', 'demo'], 13, 205],
    [['build', '--cwd', 'demo'], 29, 270],
  ];
  for (const [words, files, kilobytes] of limits) {
    it(`${words[0]}: no rules, at most ${files} files and ${kilobytes} KB`, () => {
      const { names, size } = loadedBy(words);
      expect(names).to.not.include.members(['validate']).and.to.not.include.members(['explain-catalogue']);
      expect(names.length).to.be.at.most(files);
      expect(size).to.be.at.most(kilobytes);
    });
  }

  it('validate: the rules without their explanations, and no second way to read a command line', () => {
    const { names, size } = loadedBy(['validate', '--cwd', 'demo']);
    expect(names).to.include('validate');
    expect(names.filter((name) => name === 'explain-catalogue' || name === 'arguments')).to.deep.equal([]);
    expect(names.length).to.be.at.most(8);
    expect(size).to.be.at.most(620);
  });
});
