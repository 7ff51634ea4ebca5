import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { stateFolders } from '../../src/files/state-folder.ts';
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

  it('is by the conventions of each system, which a variable overrides', () => {
    const posix = { home: '/home/ann', temporary: '/tmp', user: 1000 };
    const on = (platform: NodeJS.Platform, env: Record<string, string>, known = posix): string | undefined =>
      stateFolders({ platform, env }, known)[0];
    expect(on('linux', {})).to.equal('/home/ann/.local/state/pp-connector');
    expect(on('linux', { XDG_STATE_HOME: '/state', LOCALAPPDATA: '/local' })).to.equal('/state/pp-connector');
    // what is relative would be another folder in each repository
    expect(on('linux', { XDG_STATE_HOME: 'state' })).to.equal('/home/ann/.local/state/pp-connector');
    expect(on('linux', { XDG_STATE_HOME: '' })).to.equal('/home/ann/.local/state/pp-connector');
    expect(on('darwin', {})).to.equal('/home/ann/Library/Application Support/pp-connector');
    expect(on('darwin', { XDG_STATE_HOME: '/state' })).to.equal('/state/pp-connector');
  });

  it('is the local folder of the user on Windows, whatever the capitals of its variable', () => {
    const known = { home: 'C:\\Users\\Ann', temporary: 'C:\\Users\\Ann\\AppData\\Local\\Temp', user: undefined };
    const on = (env: Record<string, string>) => stateFolders({ platform: 'win32', env }, known);
    const temporary = 'C:\\Users\\Ann\\AppData\\Local\\Temp\\pp-connector-user';
    const SystemRoot = 'C:\\Windows';
    expect(on({ LocalAppData: 'D:\\Local', SystemRoot })).to.deep.equal(['D:\\Local\\pp-connector', temporary]);
    expect(on({ XDG_STATE_HOME: 'D:\\State', LOCALAPPDATA: 'D:\\Local' })[0]).to.equal('D:\\State\\pp-connector');
    // as services and tasks of a schedule often are started
    expect(on({ SystemRoot })).to.deep.equal(['C:\\Users\\Ann\\AppData\\Local\\pp-connector', temporary]);
    expect(on({ LOCALAPPDATA: 'Local' })[0]).to.equal('C:\\Users\\Ann\\AppData\\Local\\pp-connector');
  });

  it('is among the temporary files without a home, but not where everybody can make folders on Windows', () => {
    const linux = { home: undefined, temporary: '/tmp', user: 1000 };
    expect(stateFolders({ platform: 'linux', env: {} }, linux)).to.deep.equal(['/tmp/pp-connector-1000']);
    const env = { SystemRoot: 'C:\\WINDOWS' };
    for (const [temporary, isThere] of [
      ['C:\\Windows\\temp', false],
      ['c:\\windows\\Temp', false],
      ['C:\\WindowsTemp', true],
      ['D:\\Windows\\Temp', true],
    ] as const) {
      const found = stateFolders({ platform: 'win32', env }, { home: undefined, temporary, user: undefined });
      expect(found, temporary).to.have.length(isThere ? 1 : 0);
    }
  });
});
