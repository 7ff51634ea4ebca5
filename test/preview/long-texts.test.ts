import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { staticState } from '../../src/preview/preview-data.ts';
import { temporaryFolder } from '../support/folders.ts';

const long = 'x'.repeat(5000);

/** An operation with texts of five thousand letters: its id, a description, and one value of a list. */
function folderWithLongTexts(): string {
  const folder = temporaryFolder('long');
  const parameters = [{ name: 'word', in: 'query', type: 'string', description: long, enum: ['short', long] }];
  const get = { operationId: long, summary: 'Find records', parameters, responses: { 200: { description: 'OK' } } };
  const definition = { swagger: '2.0', info: { title: 'Records', version: '1.0' }, paths: { '/records': { get } } };
  writeFileSync(join(folder, 'apiDefinition.swagger.json'), JSON.stringify(definition));
  return folder;
}

describe('long texts in a preview', () => {
  it('are cut, but for names, and the texts beside them stay', async () => {
    const cwd = folderWithLongTexts();
    const options = { cwd, against: undefined, answersOf: async () => new Map() };
    const { model } = await staticState(cwd, options);
    const [operation] = model.operations;
    expect(operation).to.include({ id: long, summary: 'Find records' });
    const text = JSON.stringify(operation?.fields);
    expect(text)
      .to.include(`"${'x'.repeat(4000)}… (5000 characters)"`)
      .and.include('"short"');
    expect(text).not.to.include(long);
  });
});
