import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { configurationOf } from '../../src/connector/configuration.ts';
import type { Json } from '../../src/connector/json/value.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { profileOf } from '../../src/connector/profile.ts';
import { connectorFolders, findWorkspace, folderForNew, unnamedNote } from '../../src/connector/workspace.ts';
import { shownPath } from '../../src/files/names.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { oddNames } from '../support/odd-names.ts';

const workspace = (connectors: Json, files: Record<string, string> = {}, defaults: Json = {}): string => {
  const root = temporaryFolder();
  writeTree(root, { 'pp-connector.json': JSON.stringify({ connectors, defaults }), ...files });
  return root;
};

const definition = (folder: string, config: Json = {}) => ({
  [`${folder}/config.json`]: JSON.stringify(config),
  [`${folder}/connector/apiDefinition.json`]: '{ "swagger": "2.0" }',
});

const namesIn = (root: string): string[] => {
  const found = findWorkspace(root);
  return found === undefined ? [] : connectorFolders(found).map((folder) => shownPath(folder, root));
};

describe('a workspace', () => {
  it('has the connectors that its patterns mean, each once', () => {
    const root = workspace(['connectors/*', 'vendor-*-x/*', 'single', 'connectors/b'], {
      ...definition('connectors/b'),
      ...definition('connectors/a'),
      ...definition('connectors/.hidden'),
      ...definition('connectors/node_modules'),
      ...definition('vendor-one-x/c'),
      ...definition('vendor-x/d'),
      'connectors/notes/readme.md': '',
      'connectors/file.txt': '',
      'single/apiDefinition.swagger.json': '{}',
    });
    expect(namesIn(root)).to.deep.equal(['connectors/a', 'connectors/b', 'single', 'vendor-one-x/c']);
  });

  it('has those in folders of any name that is not hidden, and says so of the others', () => {
    const root = workspace(['c/*'], Object.assign({}, ...oddNames.map((name) => definition(`c/${name}`))));
    const found = findWorkspace(root);
    const named = oddNames.filter((name) => found && unnamedNote(found, join(root, 'c', name)) === undefined);
    expect(named).to.have.members(oddNames.filter((name) => !name.startsWith('.')));
    expect(namesIn(root)).to.have.members(named.map((name) => `c/${name}`));
    for (const name of oddNames) expect(profileOf(loadConnector(join(root, 'c', name))), name).to.equal('custom');
  });

  it('is found from within, but not from another git repository', () => {
    const root = workspace(['*'], definition('a'));
    expect(findWorkspace(join(root, 'a', 'connector'))?.root).to.equal(root);
    mkdirSync(join(root, 'a', '.git'));
    expect(findWorkspace(join(root, 'a', 'connector'))).to.equal(undefined);
  });

  it('places what is only named', () => {
    const root = workspace(['connectors/*', 'tools', 'x-*'], definition('there'));
    const found = findWorkspace(root);
    const place = (name: string) => found && shownPath(folderForNew(found, name), root);
    expect(['letters', 'tools', 'tools2', 'x-1', 'there'].map(place)).to.deep.equal([
      'connectors/letters',
      'tools',
      'connectors/tools2',
      'x-1',
      'there',
    ]);
  });

  for (const pattern of ['../x', '/etc', 'C:\\x', '\\\\server\\x', 'a/../../b', '']) {
    it(`refuses ${JSON.stringify(pattern)}`, () => {
      expect(() => namesIn(workspace([pattern], definition('a')))).to.throw(/"connectors" has/);
    });
  }

  it('follows no link that leads out', function () {
    if (process.platform === 'win32') this.skip();
    const outside = temporaryFolder();
    writeTree(outside, definition('.'));
    const root = workspace(['*']);
    symlinkSync(outside, join(root, 'a'));
    expect(() => namesIn(root)).to.throw(/leads out of the folder/);
  });

  for (const text of ['', '[]', 'null', '{']) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => {
      const root = temporaryFolder();
      writeTree(root, { 'pp-connector.json': text });
      expect(() => findWorkspace(root)).to.throw(/pp-connector\.json: this is not/);
    });
  }

  it('gives defaults, which a config.json overrides', () => {
    const defaults = { profile: 'verified', rules: { 'info-title-length': 'off', 'info-contact': 'off' } };
    const own = { profile: 'independent', rules: { 'info-contact': 'error' } };
    const root = workspace(['*'], { ...definition('a'), ...definition('b', own) }, defaults);
    const [a, b] = ['a', 'b'].map((name) => loadConnector(join(root, name)));
    writeTree(root, definition('beside/c'));
    expect(profileOf(loadConnector(join(root, 'beside', 'c')))).to.equal('custom');
    expect(a && profileOf(a)).to.equal('verified');
    expect(b && profileOf(b)).to.equal('independent');
    expect(b && configurationOf(b)).to.deep.equal({
      profile: 'independent',
      rules: { 'info-title-length': 'off', 'info-contact': 'error' },
    });
  });
});
