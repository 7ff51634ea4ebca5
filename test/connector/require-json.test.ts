import { join } from 'node:path';
import { expect } from 'chai';
import { noConnector } from '../../src/connector/no-connector.ts';
import {
  reliableObject,
  requireReliable,
  requireStrictObject,
  requireSwagger,
} from '../../src/connector/require-json.ts';
import { decode, type JsonFile, parseJson } from '../../src/connector/source-file.ts';
import { errorText, isUserError } from '../../src/errors.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

const file = (text: string): JsonFile =>
  parseJson(decode({ role: 'definition', path: '/c/apiDefinition.json', bytes: Buffer.from(text) }));

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isUserError(error)) return errorText(error);
    throw error;
  }
  return '';
}

/** What each demand makes of a text: the start of its refusal, or nothing. */
const texts: Readonly<Record<string, { text: string; strict: string; reliable: string; swagger: string }>> = {
  'a definition': { text: '{ "swagger": "2.0", "paths": {} }', strict: '', reliable: '', swagger: '' },
  'a comment': { text: '{ /* ours */ "swagger": "2.0" }', strict: ':1:3: ', reliable: '', swagger: '' },
  'a break': { text: '{ "swagger" "2.0', strict: ':1:', reliable: ':1:', swagger: ':1:' },
  'a list': {
    text: '[]',
    strict: ': must hold a JSON object',
    reliable: ':1:1: must hold',
    swagger: ':1:1: must hold',
  },
  'OpenAPI 3': { text: '{ "openapi": "3.0.1" }', strict: '', reliable: '', swagger: ': this is OpenAPI 3.0.1' },
  'a wrapped one': {
    text: '{ "properties": { "swagger": "2.0", "paths": {} } }',
    strict: '',
    reliable: '',
    swagger: ': the definition lies deeper in the file, at "/properties"',
  },
};

describe('what commands demand of a JSON file', () => {
  for (const [what, { text, strict, reliable, swagger }] of Object.entries(texts)) {
    it(`is answered by ${what}`, () => {
      const starts = { strict, reliable, swagger };
      const run = { strict: requireStrictObject, reliable: requireReliable, swagger: requireSwagger };
      for (const [demand, start] of Object.entries(starts) as [keyof typeof run, string][]) {
        const said = refusal(() => run[demand](file(text)));
        if (start === '') expect(said, demand).to.equal('');
        else
          expect(said.replace(/^.*?\/c\/apiDefinition\.json/, ''), demand).to.satisfy((rest: string) =>
            rest.startsWith(start),
          );
      }
      expect(reliableObject(file(text)) === undefined).to.equal(reliable !== '');
    });
  }
});

describe('a folder without a connector', () => {
  const said = (folder: string, options = {}): string => errorText(noConnector(folder, 'make one', options));

  it('names those below it, to go to or to give to the command', () => {
    const root = temporaryFolder();
    expect(said(root)).to.match(/there is no connector here\n {2}make one/);
    writeTree(root, {
      'a/b/apiDefinition.json': '{}',
      'c/apiProperties.json': '{}',
      'd/.yo-rc.json': '{ "generator-other": {} }',
    });
    expect(said(root)).to.match(/below it: 1 connector; go to one: cd FOLDER\n +a\/b\n$/);
    expect(said(root, { usage: 'preview FOLDER' })).to.match(/name one: pp-connector preview FOLDER\n +a\/b\n$/);
  });

  it('names those of its workspace, also beside it', () => {
    const root = temporaryFolder();
    writeTree(root, {
      'pp-connector.json': '{ "connectors": ["c/*"] }',
      'c/a/apiDefinition.json': '{}',
      'docs/x.md': '',
    });
    expect(said(join(root, 'docs'), { all: 'pp-connector test --all' })).to.match(
      /in this workspace: 1 connector; go to one: cd FOLDER\n +\.\.\/c\/a\n +or take all of them: pp-connector test --all/,
    );
  });
});
