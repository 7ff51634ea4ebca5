import { compareVersions } from '../compare-versions.ts';
import type { ProgramReport } from './examine.ts';

/** Versions of pac, newest first, by the first of them, and the .NET that its tool runs on. */
const runtimes: readonly { from: string; dotnet: number }[] = [
  { from: '2.0', dotnet: 10 },
  { from: '0', dotnet: 9 },
];

/** The newest pac that is content with the .NET before. */
const lastForOlderDotnet = { version: '1.52.1', dotnet: 9 };

const newestDotnet = Math.max(...runtimes.map(({ dotnet }) => dotnet));

/**
 * Notes on pac and .NET that only both together give: the tool that `dotnet tool install` puts there needs a certain
 * .NET (https://www.nuget.org/packages/Microsoft.PowerApps.CLI.Tool), while the program of the Windows installer brings
 * its own.
 */
export function withPacRuntime(programs: readonly ProgramReport[]): ProgramReport[] {
  const pac = programs.find(({ name }) => name === 'pac');
  const dotnet = programs.find(({ name }) => name === 'dotnet');
  if (pac === undefined || dotnet === undefined) return [...programs];
  const note = dotnetNote(pac, dotnet);
  return programs.map((program) => (program === dotnet && note !== undefined ? { ...program, note } : program));
}

function dotnetNote(pac: ProgramReport, dotnet: ProgramReport): string | undefined {
  const found = dotnet.version === undefined ? undefined : Number.parseInt(dotnet.version, 10);
  if (pac.status === 'missing') {
    if (dotnet.status !== 'ok' || found === undefined || found >= newestDotnet) return undefined;
    const older =
      found >= lastForOlderDotnet.dotnet
        ? `; with .NET ${found}, install pac by: dotnet tool install --global Microsoft.PowerApps.CLI.Tool --version ${lastForOlderDotnet.version}`
        : '';
    return `pac, as it is installed as a .NET tool today, needs .NET ${newestDotnet}${older}`;
  }
  if (pac.status !== 'ok' || pac.version === undefined || found === undefined) return undefined;
  const version = pac.version;
  const needed = runtimes.find(({ from }) => compareVersions(version, from) >= 0)?.dotnet;
  // that pac answered says that its runtime is here, without the SDK of that version
  return needed === undefined || found >= needed
    ? undefined
    : `pac ${version} runs on .NET ${needed}; this SDK is older, and does not update it`;
}

/** What `dotnet` says when a tool needs another .NET than there is. */
const missingRuntime = /^Framework: '[^'\n]{1,80}', version '(\d+)/m;

/** The .NET that a program asked for in vain, for the end of a sentence; undefined: it failed for another reason. */
export function missingDotnet(output: string): string | undefined {
  const version = missingRuntime.exec(output)?.[1];
  return version === undefined
    ? undefined
    : `it needs .NET ${version}, which is not installed: https://dotnet.microsoft.com/download/dotnet/${version}.0`;
}
