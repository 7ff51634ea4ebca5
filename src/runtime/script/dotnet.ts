import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareVersions } from '../../compare-versions.ts';
import { asString, getOwn, type Json } from '../../connector/json/value.ts';
import { isUserError, UserError } from '../../errors.ts';
import { knownProgram, locatePrograms } from '../../process/known-programs.ts';
import type { Platform } from '../../process/platform.ts';
import { runProgram } from '../../process/run-program.ts';

/** The .NET SDK of this machine: it has the compiler, and what runs the result. */
export interface DotnetSdk {
  /** Absolute path of `dotnet`. */
  program: string;
  version: string;
  /** Folder of `csc.dll` and `Microsoft.CodeAnalysis*.dll`. */
  roslyn: string;
  framework: { version: string; folder: string };
}

const oldest = knownProgram('dotnet').preferred ?? '0';

const timeoutMs = 30_000;

/**
 * The newest .NET SDK of the first `dotnet` that has one: on Windows the 32-bit one, which seldom has, may be first on
 * PATH, and elsewhere one that only runs programs.
 *
 * @throws UserError with how to install it
 */
export async function findSdk(host: Platform): Promise<DotnetSdk> {
  const problems: string[] = [];
  const asked = new Set<string>();
  for (const program of locatePrograms(knownProgram('dotnet'), host)) {
    // it often has several names
    const file = realpathSync(program);
    if (asked.has(file)) continue;
    asked.add(file);
    const found = await sdkOf(program, host);
    if (typeof found !== 'string') return found;
    problems.push(found);
  }
  throw notInstalled(problems[0] ?? 'the .NET SDK is not installed', host);
}

/** @returns what is wrong, where it has none */
async function sdkOf(program: string, host: Platform): Promise<DotnetSdk | string> {
  // in a neutral folder: a global.json would answer for the current one
  const options = { host, cwd: tmpdir(), input: 'ignore', timeout: timeoutMs } as const;
  try {
    const { status, output } = await runProgram(program, ['--list-sdks'], options);
    const found = status === 0 ? newest(output) : undefined;
    if (found === undefined) return `${program} has no SDK of version ${oldest} or later (dotnet --list-sdks)`;
    const framework = frameworkOf(found.folder);
    if (framework === undefined) return `the .NET SDK ${found.version} lacks its runtime`;
    return { program, version: found.version, roslyn: join(found.folder, 'Roslyn', 'bincore'), framework };
  } catch (error) {
    if (isUserError(error)) return error.message;
    throw error;
  }
}

function notInstalled(message: string, { platform }: Platform): UserError {
  return new UserError(`script.csx needs .NET: ${message}`, {
    hint: `install the .NET SDK: ${knownProgram('dotnet').install(platform).join('  or  ')}`,
  });
}

/** Lines such as `10.0.401 [/usr/share/dotnet/sdk]`. */
function newest(output: string): { version: string; folder: string } | undefined {
  const listed = output.split(/\r?\n/).flatMap((line) => {
    const [, version = '', root = ''] = /^(\d[^ ]*) \[(.+)\]$/.exec(line) ?? [];
    const folder = join(root, version);
    const isFit = compareVersions(version, oldest) >= 0 && existsSync(join(folder, 'Roslyn', 'bincore', 'csc.dll'));
    return isFit ? [{ version, folder }] : [];
  });
  return listed.sort((a, b) => compareVersions(b.version, a.version))[0];
}

/** What the SDK itself runs on. */
function frameworkOf(sdk: string): DotnetSdk['framework'] | undefined {
  const shared = join(dirname(dirname(sdk)), 'shared', 'Microsoft.NETCore.App');
  try {
    const config = JSON.parse(readFileSync(join(sdk, 'dotnet.runtimeconfig.json'), 'utf8')) as Json;
    const wanted = asString(getOwn(getOwn(getOwn(config, 'runtimeOptions'), 'framework'), 'version')) ?? '';
    const fitting = readdirSync(shared)
      .filter((name) => Number.parseInt(name, 10) === Number.parseInt(wanted, 10))
      .sort((a, b) => compareVersions(b, a));
    const version = fitting.find((name) => name === wanted) ?? fitting[0];
    return version === undefined ? undefined : { version, folder: join(shared, version) };
  } catch {
    // no SDK that could run anything
    return undefined;
  }
}
