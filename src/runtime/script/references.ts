import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { stateFolder } from '../../files/state-folder.ts';
import { runProgram } from '../../process/run-program.ts';
import { startWaiting } from '../../progress.ts';
import { putInPlace, type ScriptPlace, scriptsBelow } from './place.ts';

/** What scripts are compiled against, as NuGet has it. Other versions of it would need another name of the folder. */
const packages = {
  framework: { id: 'Microsoft.NETFramework.ReferenceAssemblies.net48', version: '1.0.3' },
  json: { id: 'Newtonsoft.Json', version: '13.0.3' },
} as const;

const folderName = `references-net48-${packages.framework.version}-json-${packages.json.version}`;

/** The folder of the references: `net48`, what scripts are compiled against, and `run`, what they load. */
export const referenceFolder = ({ folder }: ScriptPlace): string => join(folder, folderName);

export const hasReferences = (place: ScriptPlace): boolean => existsSync(referenceFolder(place));

/** Where they are, without looking for .NET; undefined: they aren't here. @param cwd a folder that isn't believed */
export function knownReferences(cwd: string): string | undefined {
  const state = stateFolder(cwd);
  const place = state === undefined ? undefined : join(scriptsBelow(state), folderName);
  return place !== undefined && existsSync(place) ? place : undefined;
}

/** How the user gets them. */
export const installCommand = 'pp-connector doctor --install';

const timeoutMs = 10 * 60_000;

/**
 * Gets the references through NuGet, from the sources and with the credentials that this user has configured. Only the
 * libraries are kept. It uses the network: nobody calls this but who was asked for it.
 *
 * @param onOutput gets what NuGet prints
 * @throws UserError (exit status 1) when NuGet fails
 */
export async function installReferences(place: ScriptPlace, onOutput: (chunk: Buffer) => void): Promise<void> {
  if (hasReferences(place)) return;
  const { folder, host, sdk } = place;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const work = mkdtempSync(join(folder, 'restore-'));
  try {
    const project = join(work, 'references.csproj');
    writeFileSync(project, projectText());
    const restored = join(work, 'packages');
    const args = ['restore', project, '--packages', restored];
    const stopWaiting = startWaiting('getting what scripts are compiled against', () => process.stderr);
    const { status, timedOut } = await runProgram(sdk.program, args, {
      host,
      cwd: work,
      input: 'ignore',
      onOutput,
      timeout: timeoutMs,
    }).finally(stopWaiting);
    if (status !== 0 || timedOut) {
      throw new UserError(
        `${Object.values(packages)
          .map(({ id }) => id)
          .join(' and ')}: NuGet did not get them`,
        {
          hint: 'what it said is above; its sources: dotnet nuget list source',
          exitStatus: 1,
        },
      );
    }
    const made = join(work, 'made');
    keepLibraries(restored, made);
    putInPlace(made, referenceFolder(place));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Downloads only; nothing is built. */
function projectText(): string {
  const wanted = Object.values(packages).map(
    ({ id, version }) => `    <PackageDownload Include="${id}" Version="[${version}]" />`,
  );
  return `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
${wanted.join('\n')}
  </ItemGroup>
</Project>
`;
}

/** Of more than 100 MB, what compilers and scripts read. */
function keepLibraries(restored: string, to: string): void {
  const placeOf = ({ id, version }: { id: string; version: string }) => join(restored, id.toLowerCase(), version);
  const framework = join(placeOf(packages.framework), 'build', '.NETFramework', 'v4.8');
  const json = join(placeOf(packages.json), 'lib');
  const net48 = join(to, 'net48');
  const run = join(to, 'run');
  for (const folder of [net48, run]) mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(framework)) {
    // refers to a library that isn't in the package (CS0009)
    const isUsable = name.endsWith('.dll') && !name.startsWith('System.EnterpriseServices');
    if (isUsable) copyFileSync(join(framework, name), join(net48, name));
  }
  copyFileSync(join(json, 'net45', 'Newtonsoft.Json.dll'), join(net48, 'Newtonsoft.Json.dll'));
  // the one of .NET Framework asks for what .NET doesn't have
  copyFileSync(join(json, 'netstandard2.0', 'Newtonsoft.Json.dll'), join(run, 'Newtonsoft.Json.dll'));
}
