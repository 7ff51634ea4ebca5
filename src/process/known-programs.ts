import { posix, win32 } from 'node:path';
import { findProgram, findPrograms } from './find-program.ts';
import { type Platform, variable } from './platform.ts';

/** An outside program that some command of ours calls, or that a repository needs. */
export interface KnownProgram {
  name: 'node' | 'npm' | 'git' | 'pac' | 'dotnet';
  title: string;
  neededFor: string;
  /** Without it a repository is of no use; the others are for some commands only. */
  required: boolean;
  /** Arguments that make it print its version, and where the version is in the output. */
  versionArgs: readonly string[];
  version: RegExp;
  /** Commands (or addresses) to install it, the usual one first. */
  install: (platform: NodeJS.Platform) => string[];
  /** Where there are several of it, the first that has at least this version is used. */
  preferred?: string;
  /** Folders where its installer puts it, although they are often not on PATH. */
  folders?: (host: Platform) => string[];
}

const byPlatform =
  (commands: { win32: string[]; darwin: string[]; linux: string[] }) =>
  (platform: NodeJS.Platform): string[] =>
    platform === 'win32' ? commands.win32 : platform === 'darwin' ? commands.darwin : commands.linux;

const node = {
  win32: ['winget install OpenJS.NodeJS.LTS', 'https://nodejs.org/en/download'],
  darwin: ['brew install node', 'https://nodejs.org/en/download'],
  linux: ['https://nodejs.org/en/download'],
};

const pacTool = 'dotnet tool install --global Microsoft.PowerApps.CLI.Tool';

export const knownPrograms: readonly KnownProgram[] = [
  {
    name: 'node',
    title: 'Node.js',
    neededFor: 'everything',
    required: true,
    versionArgs: ['--version'],
    version: /^v(\S+)/m,
    install: byPlatform(node),
  },
  {
    name: 'npm',
    title: 'npm',
    neededFor: 'installing this package and running the scripts of a repository',
    required: true,
    versionArgs: ['--version'],
    version: /^(\d+\.\S+)/m,
    install: byPlatform(node),
  },
  {
    name: 'git',
    title: 'Git',
    neededFor: 'comparing versions, and the pull request for certification',
    required: false,
    versionArgs: ['--version'],
    version: /git version (\S+)/,
    install: byPlatform({
      win32: ['winget install Git.Git', 'https://git-scm.com/downloads/win'],
      darwin: ['xcode-select --install', 'brew install git'],
      linux: ['sudo apt-get install git', 'https://git-scm.com/downloads/linux'],
    }),
  },
  // before pac, which is installed by it
  {
    name: 'dotnet',
    title: '.NET SDK',
    neededFor: 'checking and running script.csx, installing pac as a .NET tool, and the package for certification',
    required: false,
    versionArgs: ['--version'],
    version: /^(\d+\.\S+)/m,
    install: byPlatform({
      win32: ['winget install Microsoft.DotNet.SDK.10', 'https://dotnet.microsoft.com/download'],
      darwin: ['brew install --cask dotnet-sdk', 'https://dotnet.microsoft.com/download'],
      linux: ['https://learn.microsoft.com/dotnet/core/install/linux'],
    }),
    // the first whose compiler knows what the host of script.csx is written in
    preferred: '8.0',
    folders: dotnetRoots,
  },
  {
    name: 'pac',
    title: 'Power Platform CLI',
    neededFor: 'login, deploy and download',
    required: false,
    // there is no --version: pac takes it for an unknown command and fails
    versionArgs: ['help'],
    version: /^[ \t]*Version:\s*(\S+)/im,
    install: byPlatform({
      win32: ['winget install Microsoft.PowerPlatformCLI', pacTool],
      darwin: [pacTool],
      linux: [pacTool],
    }),
    folders: dotnetTools,
  },
];

/** Where `dotnet tool install --global` puts programs. */
function dotnetTools(host: Platform): string[] {
  if (host.platform === 'win32') {
    const profile = variable(host, 'USERPROFILE');
    return profile === undefined ? [] : [win32.join(profile, '.dotnet', 'tools')];
  }
  const home = variable(host, 'HOME');
  return home === undefined ? [] : [posix.join(home, '.dotnet', 'tools')];
}

/**
 * Where .NET says that it is (`DOTNET_ROOT`), where its installers put it, and where the script `dotnet-install` does:
 * editors that are started from a menu have none of these on PATH.
 */
function dotnetRoots(host: Platform): string[] {
  const path = host.platform === 'win32' ? win32 : posix;
  const below = (name: string, ...folders: string[]): string[] => {
    const folder = variable(host, name);
    return folder === undefined ? [] : [path.join(folder, ...folders)];
  };
  const stated = below('DOTNET_ROOT');
  if (host.platform === 'win32') {
    const installed = [...below('ProgramW6432', 'dotnet'), ...below('ProgramFiles', 'dotnet')];
    return [...stated, ...installed, ...below('LOCALAPPDATA', 'Microsoft', 'dotnet')];
  }
  // packages of Linux put a link into /usr/bin
  const installed = host.platform === 'darwin' ? ['/usr/local/share/dotnet'] : [];
  return [...stated, ...installed, ...below('HOME', '.dotnet')];
}

export function knownProgram(name: KnownProgram['name']): KnownProgram {
  const found = knownPrograms.find((program) => program.name === name);
  if (found === undefined) throw new Error(`no program named ${name} is declared`);
  return found;
}

export const locateProgram = (program: KnownProgram, host: Platform): string | undefined =>
  findProgram(program.name, host, program.folders?.(host));

/** All of that name, the usual one first. */
export const locatePrograms = (program: KnownProgram, host: Platform): string[] => [
  ...findPrograms(program.name, host, program.folders?.(host)),
];
