import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { findProgram } from '../../src/process/find-program.ts';
import { variable } from '../../src/process/platform.ts';

const onPosix = process.platform === 'win32' ? it.skip : it;

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'find-program-'));
  for (const name of names) {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

describe('findProgram', () => {
  onPosix('takes the first folder of PATH that has it', () => {
    const [empty, first, second] = [folderWith(), folderWith('pac'), folderWith('pac')];
    const env = { PATH: [empty, first, second].join(delimiter) };
    expect(findProgram('pac', { platform: 'linux', env })).to.equal(join(first, 'pac'));
  });

  onPosix('passes over folders, and files that cannot be started', () => {
    const [folder, file, real] = [folderWith(), folderWith('pac'), folderWith('pac')];
    mkdirSync(join(folder, 'pac'));
    chmodSync(join(file, 'pac'), 0o644);
    const env = { PATH: [folder, file, real].join(delimiter) };
    expect(findProgram('pac', { platform: 'linux', env })).to.equal(join(real, 'pac'));
  });

  onPosix('never looks into the current folder or relative ones', () => {
    const folder = folderWith('pac');
    const before = process.cwd();
    process.chdir(folder);
    try {
      const env = { PATH: `:.${delimiter}./bin` };
      expect(findProgram('pac', { platform: 'linux', env })).to.equal(undefined);
    } finally {
      process.chdir(before);
    }
  });

  onPosix('looks into other folders last', () => {
    const [onPath, other] = [folderWith('pac'), folderWith('pac', 'rare')];
    const host = { platform: 'linux', env: { PATH: onPath } } as const;
    expect(findProgram('pac', host, [other])).to.equal(join(onPath, 'pac'));
    expect(findProgram('rare', host, [other])).to.equal(join(other, 'rare'));
    expect(findProgram('absent', host, [other])).to.equal(undefined);
  });

  it('finds nothing without PATH', () => {
    expect(findProgram('pac', { platform: 'linux', env: {} })).to.equal(undefined);
    expect(findProgram('pac', { platform: 'win32', env: {} })).to.equal(undefined);
  });
});

describe('variable', () => {
  it('ignores case on Windows only', () => {
    expect(variable({ platform: 'win32', env: { Path: 'C:\\x' } }, 'PATH')).to.equal('C:\\x');
    expect(variable({ platform: 'linux', env: { Path: '/x' } }, 'PATH')).to.equal(undefined);
  });

  it('takes an empty one for not set', () => {
    expect(variable({ platform: 'linux', env: { HOME: '' } }, 'HOME')).to.equal(undefined);
  });
});
