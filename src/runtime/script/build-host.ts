import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';
import { digest } from '../../files/digest.ts';
import { runProgram } from '../../process/run-program.ts';
import { startWaiting } from '../../progress.ts';
import { readTemplate, templatePath } from '../../templates.ts';
import type { DotnetSdk } from './dotnet.ts';
import { putInPlace, type ScriptPlace } from './place.ts';

const sourceFolder = 'script-host';
const assembly = 'ScriptHost';
const surface = 'Surface.cs';
const sources = ['Compiler.cs', 'Program.cs', 'Run.cs', surface];

/** What is compiled again, against what scripts are compiled against. */
export const surfaceFile = (): string => templatePath(sourceFolder, surface);

const timeoutMs = 120_000;

/**
 * The program that compiles and runs scripts, built from the sources of this package once per version of the SDK.
 *
 * @returns absolute path of its library
 * @throws UserError when the SDK can't build it
 */
export async function builtHost(place: ScriptPlace): Promise<string> {
  const { folder, host, sdk } = place;
  const built = join(folder, `host-${keyOf(sdk)}`);
  const library = join(built, `${assembly}.dll`);
  if (existsSync(library)) return library;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const work = mkdtempSync(join(folder, 'build-'));
  try {
    const made = join(work, 'made');
    mkdirSync(made);
    // in a file: the line would be too long for Windows
    const answers = join(work, 'arguments.rsp');
    writeFileSync(answers, compilerArguments(sdk, join(made, `${assembly}.dll`)).join('\n'));
    const args = ['exec', join(sdk.roslyn, 'csc.dll'), '-noconfig', `@${answers}`];
    const stopWaiting = startWaiting('building what runs scripts, once', () => process.stderr);
    const { status, output } = await runProgram(sdk.program, args, {
      host,
      cwd: work,
      input: 'ignore',
      timeout: timeoutMs,
    }).finally(stopWaiting);
    if (status !== 0) {
      throw new UserError(`the .NET SDK ${sdk.version} could not build what runs scripts`, {
        details: output
          .split(/\r?\n/)
          .filter((line) => line.includes('error'))
          .slice(0, 5),
        hint: 'update the SDK; if that does not help, report it with: pp-connector doctor --report',
      });
    }
    writeFileSync(join(made, `${assembly}.runtimeconfig.json`), runtimeConfig(sdk));
    putInPlace(made, built);
    return library;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Other sources, another SDK or another runtime: another host. */
function keyOf({ version, roslyn, framework }: DotnetSdk): string {
  const texts = sources.map((name) => readTemplate(sourceFolder, name));
  return `${version}-${digest([roslyn, framework.version, ...texts].join('\n')).slice(0, 12)}`;
}

function compilerArguments({ roslyn, framework }: DotnetSdk, out: string): string[] {
  const libraries = readdirSync(framework.folder)
    .filter((name) => /^(?:System|Microsoft|mscorlib|netstandard)\b.*\.dll$/.test(name) && !name.includes('.Native.'))
    .map((name) => join(framework.folder, name));
  const compilers = ['Microsoft.CodeAnalysis.dll', 'Microsoft.CodeAnalysis.CSharp.dll'].map((name) =>
    join(roslyn, name),
  );
  return [
    '-nologo',
    '-nostdlib',
    '-target:exe',
    '-optimize',
    '-langversion:latest',
    '-nowarn:1701,1702',
    `-out:"${out}"`,
    ...[...libraries, ...compilers].map((path) => `-reference:"${path}"`),
    ...sources.map((name) => `"${templatePath(sourceFolder, name)}"`),
  ];
}

function runtimeConfig({ framework }: DotnetSdk): string {
  const config = {
    runtimeOptions: {
      framework: { name: 'Microsoft.NETCore.App', version: framework.version },
      // starts sooner; a script is short
      configProperties: { 'System.Runtime.TieredPGO': false },
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
