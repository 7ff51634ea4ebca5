import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { resolveUri } from '../../src/import/read/references.ts';
import { temporaryFolder } from '../support/folders.ts';
import { oddNames } from '../support/odd-names.ts';

describe('a reference to a file', () => {
  it('is followed from a folder of any name to a file of any name', () => {
    for (const name of oddNames) {
      const folder = join(temporaryFolder(), name);
      const base = pathToFileURL(join(folder, 'api.json')).href;
      const target = (address: string): string => fileURLToPath(resolveUri(address, base));
      expect(target(`./${encodeURIComponent(name)}.json#/S`)).to.equal(join(folder, `${name}.json`));
      // as people write them
      for (const plain of ['a b.json', '100%.json', '[1].json', 'a%.json', 'é.json'])
        expect(target(`./${plain}#/S`), name).to.equal(join(folder, plain));
    }
  });
});
