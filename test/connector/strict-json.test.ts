import { expect } from 'chai';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { isUserError } from '../../src/errors.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

const definition = (slip: string): string => `{ "swagger": "2.0", "info": { "title": "Contoso"${slip} }, "paths": {} }`;

/** With and without one certain remedy. */
const slips = {
  'a comma too many': definition(', '),
  'a comment': definition(' /* ours */'),
  'a comma missing': definition(' "version": "1"'),
  'an end missing': definition('').slice(0, -2),
};

function hintFor(folder: string): string {
  try {
    new ConnectorDraft(loadConnector(folder));
  } catch (error) {
    if (isUserError(error)) return error.hint ?? '';
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a slip in a JSON file', () => {
  for (const [what, text] of Object.entries(slips)) {
    it(`is answered with what helps: ${what}`, function () {
      this.timeout(60_000);
      const folder = writeTree(temporaryFolder(), { 'apiDefinition.swagger.json': text });
      const hint = hintFor(folder);
      const [, command] = /: pp-connector (.+)$/.exec(hint) ?? [];
      warmCli([...(command?.split(' ') ?? ['validate', '--fix']), folder]);
      const isMended = readText(folder, 'apiDefinition.swagger.json') !== text;
      expect(isMended, hint).to.equal(command !== undefined);
      if (command === undefined) expect(hint).to.match(/yourself/);
    });
  }
});
