import { basename, join, relative } from 'node:path';
import { expect } from 'chai';
import { findConnector, findRepositoryRoot } from '../../src/connector/find.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

const found = (files: Record<string, string>, below = '.') => {
  const folder = writeTree(temporaryFolder(), files);
  const location = findConnector(join(folder, below));
  const names = Object.entries(location.files).map(([role, path]) => [
    role,
    relative(folder, path).replaceAll('\\', '/'),
  ]);
  return { layout: location.layout, files: Object.fromEntries(names), others: location.others };
};

describe('finding a connector', () => {
  it('in a folder with the files side by side', () => {
    expect(
      found({
        'apiDefinition.swagger.json': '',
        'apiProperties.json': '',
        'readme.md': '',
        'icon.png': '',
        'script.csx': '',
        'intro.md': '',
        'settings.json': '',
        'notes.txt': '',
        'img/a.png': '',
      }),
    ).to.deep.equal({
      layout: 'folder',
      files: {
        definition: 'apiDefinition.swagger.json',
        properties: 'apiProperties.json',
        readme: 'readme.md',
        icon: 'icon.png',
        script: 'script.csx',
        intro: 'intro.md',
        settings: 'settings.json',
      },
      others: ['img/', 'notes.txt'],
    });
  });

  it('by names in any letters', () => {
    expect(
      found({ 'APIDEFINITION.SWAGGER.JSON': '', 'ApiProperties.json': '', 'README.MD': '', 'Script.csx': '' }).files,
    ).to.deep.equal({
      definition: 'APIDEFINITION.SWAGGER.JSON',
      properties: 'ApiProperties.json',
      readme: 'README.MD',
      script: 'Script.csx',
    });
  });

  it('prefers apiDefinition.swagger.json, then apiDefinition.json, then the only other *.swagger.json', () => {
    const both = { 'apiDefinition.json': '', 'apiDefinition.swagger.json': '', 'x.swagger.json': '' };
    expect(found(both).files.definition).to.equal('apiDefinition.swagger.json');
    expect(found({ 'apiDefinition.json': '', 'x.swagger.json': '' }).files.definition).to.equal('apiDefinition.json');
    expect(found({ 'x.swagger.json': '' }).files.definition).to.equal('x.swagger.json');
    expect(found({ 'x.swagger.json': '', 'y.swagger.json': '' }).files).to.deep.equal({});
  });

  it('in a repository, in the folder that config.json names', () => {
    const files = { 'connector/apiDefinition.json': '', 'README.md': '', 'connector/readme.md': '' };
    expect(found({ 'config.json': '{}', ...files })).to.deep.include({
      layout: 'repository',
      files: { definition: 'connector/apiDefinition.json', readme: 'README.md', config: 'config.json' },
    });
    const elsewhere = found({ 'config.json': '{"outputDirectory":"out/a b"}', 'out/a b/apiDefinition.json': '' });
    expect(elsewhere.files.definition).to.equal('out/a b/apiDefinition.json');
  });

  it("in a repository whose config.json can't be read: in the usual folder", () => {
    expect(
      found({ 'config.json': '{ "outputDirectory": ', 'connector/apiDefinition.json': '' }).files.definition,
    ).to.equal('connector/apiDefinition.json');
  });

  it('as a single file', () => {
    expect(found({ 'any name.json': '' }, 'any name.json')).to.deep.equal({
      layout: 'file',
      files: { definition: 'any name.json' },
      others: [],
    });
  });

  it('refuses a path that is not there', () => {
    expect(() => findConnector('nowhere')).to.throw(/^nowhere: there is no such file or folder$/);
  });

  it('looks upwards for the repository', () => {
    const root = writeTree(temporaryFolder(), { 'config.json': '{}', '.yo-rc.json': '{}', 'connector/deep/x.txt': '' });
    expect(basename(findRepositoryRoot(join(root, 'connector', 'deep')) ?? '')).to.equal(basename(root));
    expect(findRepositoryRoot(writeTree(temporaryFolder(), { 'config.json': '{}' }))).to.equal(undefined);
  });
});
