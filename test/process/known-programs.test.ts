import { expect } from 'chai';
import { knownProgram } from '../../src/process/known-programs.ts';
import type { Platform } from '../../src/process/platform.ts';

const foldersOf = (name: 'dotnet' | 'pac', host: Platform) => knownProgram(name).folders?.(host);

describe('programs that are often not on PATH', () => {
  const windows = {
    ProgramFiles: 'C:\\Program Files (x86)',
    ProgramW6432: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    LOCALAPPDATA: 'C:\\Users\\Ann\\AppData\\Local',
    USERPROFILE: 'C:\\Users\\Ann',
  };

  it('are looked for where the installers of .NET put it on each system', () => {
    expect(foldersOf('dotnet', { platform: 'win32', env: { ...windows, DOTNET_ROOT: 'D:\\dotnet' } })).to.deep.equal([
      'D:\\dotnet',
      'C:\\Program Files\\dotnet',
      'C:\\Program Files (x86)\\dotnet',
      'C:\\Users\\Ann\\AppData\\Local\\Microsoft\\dotnet',
    ]);
    const env = { HOME: '/Users/ann', DOTNET_ROOT: '/opt/dotnet' };
    expect(foldersOf('dotnet', { platform: 'darwin', env })).to.deep.equal([
      '/opt/dotnet',
      '/usr/local/share/dotnet',
      '/Users/ann/.dotnet',
    ]);
    expect(foldersOf('dotnet', { platform: 'linux', env })).to.deep.equal(['/opt/dotnet', '/Users/ann/.dotnet']);
  });

  it('are looked for without the variables, too', () => {
    expect(foldersOf('dotnet', { platform: 'win32', env: {} })).to.deep.equal([]);
    expect(foldersOf('dotnet', { platform: 'darwin', env: {} })).to.deep.equal(['/usr/local/share/dotnet']);
    expect(foldersOf('dotnet', { platform: 'linux', env: { DOTNET_ROOT: '', HOME: '' } })).to.deep.equal([]);
    expect(foldersOf('pac', { platform: 'win32', env: {} })).to.deep.equal([]);
    expect(foldersOf('pac', { platform: 'linux', env: {} })).to.deep.equal([]);
  });

  it('are where .NET installs tools of the user', () => {
    const tools = foldersOf('pac', { platform: 'win32', env: windows });
    expect(tools).to.deep.equal(['C:\\Users\\Ann\\.dotnet\\tools']);
    expect(foldersOf('pac', { platform: 'darwin', env: { HOME: '/Users/ann' } })).to.deep.equal([
      '/Users/ann/.dotnet/tools',
    ]);
  });
});
