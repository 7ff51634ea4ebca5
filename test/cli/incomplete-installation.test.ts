import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildOnce, userEnvironment } from '../support/cli.ts';
import { checkout, temporaryFolder } from '../support/folders.ts';

describe('an installation of which a part is missing', () => {
  before(buildOnce);

  it('says so instead of failing somewhere', () => {
    const folder = temporaryFolder();
    cpSync(join(checkout, 'dist'), join(folder, 'dist'), { recursive: true });
    copyFileSync(join(checkout, 'package.json'), join(folder, 'package.json'));
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'dist', 'pp-connector.cjs'), 'status'], {
      env: userEnvironment(),
      encoding: 'utf8',
    });
    expect(status).to.equal(2);
    expect(stderr).to.match(/^error: .* incomplete: "templates" is missing\n {2}install it again: npm install/);
  });
});
