import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { cli } from '../support/cli.ts';
import { checkout, snapshot, temporaryFolder, testState } from '../support/folders.ts';

describe('a folder for a pull request that is interrupted', () => {
  const faults = join(checkout, 'test', 'support', 'faults.cjs');
  const words = ['package', '--profile', 'verified', '--fail-on', 'never'];
  const folder = 'package/pull-request/certified-connectors';

  it('is made whole by the next run', () => {
    const state = (): string[] => readdirSync(join(testState, 'pp-connector'));
    const before = state();
    const cwd = temporaryFolder('weather');
    expect(cli(['new', '.', '--yes'], { cwd }).status).to.equal(0);
    expect(cli(words, { cwd }).status).to.equal(0);
    const finished = snapshot(join(cwd, folder));
    const again = temporaryFolder('weather');
    expect(cli(['new', '.', '--yes'], { cwd: again }).status).to.equal(0);
    for (const at of [3, 9]) {
      rmSync(join(again, 'package'), { recursive: true, force: true });
      const env = { FAULT: `kill:${at}`, FAULT_BELOW: again };
      expect(cli(words, { cwd: again, nodeFlags: ['--require', faults], env }).status, `call ${at}`).to.equal(null);
      const { status, stderr } = cli(words, { cwd: again });
      expect(status, stderr).to.equal(0);
      expect(stderr).not.to.match(/left alone/);
      expect(snapshot(join(again, folder))).to.deep.equal(finished);
      expect(state().filter((name) => !before.includes(name))).to.deep.equal([]);
    }
  });
});
