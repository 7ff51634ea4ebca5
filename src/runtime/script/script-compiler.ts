import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUserError } from '../../errors.ts';
import { digest } from '../../files/digest.ts';
import type { Platform } from '../../process/platform.ts';
import type { Compilation, CompileScript } from '../../script/compilation.ts';
import { builtHost } from './build-host.ts';
import { hostAt } from './host-process.ts';
import { compileBy } from './hosted-script.ts';
import { type ScriptPlace, scriptPlace } from './place.ts';
import { hasReferences, installCommand } from './references.ts';

/**
 * Compiles scripts on this machine, where it has what that needs; it gets nothing over the network. One process for all
 * of them, which starts with the first script that nobody has compiled before.
 *
 * @param cwd a folder that isn't believed
 */
export function scriptCompiler(cwd: string, host: Platform): CompileScript {
  let ready: Promise<CompileScript> | undefined;
  return async (text) => {
    ready ??= prepared(cwd, host);
    return (await ready)(text);
  };
}

async function prepared(cwd: string, host: Platform): Promise<CompileScript> {
  try {
    const place = await scriptPlace(cwd, host);
    if (!hasReferences(place)) {
      return async () => ({
        missing: `what scripts are compiled against is not on this machine; get it: ${installCommand}`,
      });
    }
    return remembered(place, await builtHost(place), compileBy(hostAt(place)));
  } catch (error) {
    if (!isUserError(error)) throw error;
    const { message } = error;
    return async () => ({ missing: message });
  }
}

const mostRemembered = 300;

/** What a compiler says of a text is always the same: kept in the private folder, so that no process starts for it. */
function remembered(place: ScriptPlace, library: string, compile: CompileScript): CompileScript {
  const folder = join(place.folder, 'compiled');
  return async (text) => {
    // as JSON: line ends count for places
    const file = join(folder, `${digest(JSON.stringify([library, text]))}.json`);
    const known = readKnown(file);
    if (known !== undefined) return known;
    const result = await compile(text);
    if ('problems' in result) keep(folder, file, result);
    return result;
  };
}

function readKnown(file: string): Compilation | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { problems } = JSON.parse(readFileSync(file, 'utf8')) as Compilation & { problems: [] };
    return Array.isArray(problems) ? { problems } : undefined;
  } catch {
    // half written: as if it wasn't there
    return undefined;
  }
}

function keep(folder: string, file: string, result: Compilation): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const there = readdirSync(folder).map((name) => join(folder, name));
  if (there.length >= mostRemembered) {
    const byAge = there.map((path) => ({ path, at: statSync(path).mtimeMs })).sort((a, b) => a.at - b.at);
    for (const { path } of byAge.slice(0, there.length / 2)) rmSync(path, { force: true });
  }
  writeFileSync(file, JSON.stringify(result), { mode: 0o600 });
}
