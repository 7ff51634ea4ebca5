import { join } from 'node:path';
import { expect } from 'chai';
import { loadConnector } from '../../src/connector/load.ts';
import { GeneratedFiles } from '../../src/files/generated-files.ts';
import { renderTests } from '../../src/repository/generated-tests.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

/** What a slip of the editor makes of a definition: of all that follows it a reader only guesses. */
const damages: [string, (text: string) => string, RegExp][] = [
  [
    'a missing comma',
    (text) => text.replace(/("title": "[^"]*"),/, '$1'),
    /apiDefinition\.json:\d+:\d+: a comma is missing/,
  ],
  ['half of the file', (text) => text.slice(0, text.length / 2), /apiDefinition\.json:\d+:\d+: /],
  ['a list', () => '[]\n', /apiDefinition\.json:1:1: must hold a JSON object/],
];

describe('a definition that was damaged', () => {
  const cwd = join(temporaryFolder('damaged-definition'), 'repository');
  const file = 'connector/apiDefinition.json';
  let text: string;

  before(() => {
    expect(warmCli(['new', cwd, '--yes']).status).to.equal(0);
    text = readText(cwd, file);
  });

  for (const [name, damage, message] of damages) {
    it(`takes nothing out of README.md and tests/: ${name}`, async () => {
      writeTree(cwd, { [file]: damage(text) });
      const readme = readText(cwd, 'README.md');
      const { status, stdout, stderr } = warmCli(['readme'], { cwd });
      expect(status, stdout).to.equal(2);
      expect(stderr).to.match(message);
      expect(readText(cwd, 'README.md')).to.equal(readme);
      const generated = GeneratedFiles.read(cwd);
      expect(generated.names().filter((known) => known.startsWith('tests/'))).to.have.length(3);
      expect(await renderTests(loadConnector(cwd), generated, { isNew: false })).to.deep.equal([]);
    });
  }
});
