import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownProgram, locateProgram } from '../../src/process/known-programs.ts';
import { thisPlatform } from '../../src/process/platform.ts';
import { builtHost } from '../../src/runtime/script/build-host.ts';
import { HostProcess } from '../../src/runtime/script/host-process.ts';
import { type ScriptPlace, scriptPlace } from '../../src/runtime/script/place.ts';
import { hasReferences, installReferences } from '../../src/runtime/script/references.ts';
import { checkout, temporaryFolder, testState } from './folders.ts';

/** .NET for tests of scripts: what it needs is got once per checkout, where NuGet can be reached. Else such tests are skipped. */

/** Kept between runs. */
const cache = join(checkout, 'node_modules', '.cache', 'pp-connector-scripts');
const failed = join(cache, 'nuget-failed');
const hour = 3_600_000;

/**
 * What scripts need on this machine.
 *
 * @returns undefined, with a word about it: there is no .NET, or no way to get what scripts are compiled against
 */
export async function dotnetForTests(): Promise<ScriptPlace | undefined> {
  let place: ScriptPlace;
  try {
    place = { ...(await scriptPlace(checkout, thisPlatform())), folder: cache };
  } catch (error) {
    return without(error);
  }
  if (!hasReferences(place)) {
    const age = Date.now() - (statSync(failed, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (age < hour) return without('NuGet could not be reached within the last hour');
    try {
      await installReferences(place, () => {});
    } catch (error) {
      mkdirSync(cache, { recursive: true });
      writeFileSync(failed, '');
      return without(error);
    }
  }
  await builtHost(place);
  return place;
}

function without(reason: unknown): undefined {
  process.stderr.write(`scripts are not run here: ${reason instanceof Error ? reason.message : String(reason)}\n`);
  return undefined;
}

/**
 * Variables by which no .NET is found.
 *
 * @returns undefined: it is where its installer puts it on macOS, and no variable leads away from there
 */
export function withoutDotnet(): Record<string, string | undefined> | undefined {
  const [empty, gone] = [temporaryFolder('empty'), undefined];
  const folders = { PATH: empty, HOME: empty, LOCALAPPDATA: empty };
  const env = { ...folders, DOTNET_ROOT: gone, ProgramFiles: gone, ProgramW6432: gone };
  return locateProgram(knownProgram('dotnet'), { platform: process.platform, env }) === undefined ? env : undefined;
}

/** The same for the commands under test, which have a private folder of their own. @param state of one command */
export function lendDotnet({ folder }: ScriptPlace, state = testState): void {
  const scripts = join(state, 'pp-connector', 'scripts');
  mkdirSync(scripts, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder).filter((entry) => /^(?:references|host)-/.test(entry))) {
    if (!existsSync(join(scripts, name))) symlinkSync(join(folder, name), join(scripts, name), 'junction');
  }
}

/** A host that ends with the tests of a file, or nothing where those are skipped. */
export function hostForTests(): { host: () => HostProcess } {
  let host: HostProcess | undefined;
  before(async function () {
    this.timeout(180_000);
    const place = await dotnetForTests();
    if (place === undefined) return this.skip();
    host = new HostProcess(place);
    return undefined;
  });
  after(() => host?.end());
  return {
    host: () => {
      if (host === undefined) throw new Error('there is no .NET here');
      return host;
    },
  };
}
