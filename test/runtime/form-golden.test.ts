import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { formModel } from '../../src/runtime/form.ts';
import { previewFixture, previewNames, previewsFolder } from '../preview/fixtures.ts';

/** What makers see of connectors that have every editor, connection and output; `UPDATE_GOLDEN=1` rewrites the models. */
describe('the forms of', () => {
  for (const name of previewNames) {
    it(name, () => {
      const { definition, inner } = previewFixture(name);
      const text = `${JSON.stringify(formModel(definition, inner), null, 2)}\n`;
      const file = join(previewsFolder, name, 'form.json');
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
      expect(existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : '').to.equal(text);
    });
  }
});
