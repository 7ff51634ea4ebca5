import { join } from 'node:path';
import { expect } from 'chai';
import { requireInside } from '../../../src/cli/mcp/confine.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { oddNames } from '../../support/odd-names.ts';

describe('a path that a client names', () => {
  it('may be absolute, wherever the root is', () => {
    for (const name of [...oddNames, ...(process.platform === 'win32' ? [] : ['aux'])]) {
      const root = temporaryFolder(name);
      const path = join(root, 'connector', 'apiDefinition.json');
      expect(requireInside(root, root, path, 'paths'), name).to.equal(path);
      expect(() => requireInside(root, root, `${root}x`, 'paths'), name).to.throw(/is refused/);
      expect(() => requireInside(root, root, join(root, 'nul'), 'paths'), name).to.throw(/is refused/);
    }
  });
});
