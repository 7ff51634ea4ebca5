import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cli } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';

describe('the folder of what is remembered on this machine', () => {
  for (const name of process.platform === 'win32' ? [] : ['HOME', 'TMPDIR']) {
    it(`makes no ${name} that isn't there`, () => {
      const missing = join(temporaryFolder(), 'nowhere');
      const { status } = cli(['new', 'demo', '--yes'], {
        cwd: temporaryFolder(),
        env: { [name]: missing, XDG_STATE_HOME: undefined },
      });
      expect(status).to.equal(0);
      expect(existsSync(missing)).to.equal(false);
    });
  }
});
