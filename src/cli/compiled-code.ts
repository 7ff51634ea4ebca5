import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Keeps compiled code between runs, as Node 22 does when it is asked to, for Node 20: compiling is most of the time
 * that a small command costs. It lies beside the bundle, where only those who may change the bundle itself can write;
 * where we can't, or where it is of another version of V8, every run compiles.
 */

interface LoadedModule {
  exports: unknown;
  require: (id: string) => unknown;
}
type Load = (module: LoadedModule, filename: string) => void;

/** Below that, reading one more file costs more than compiling. */
const worthKeeping = 20_000;

const wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n})'] as const;

/**
 * @param chunks the folder of our bundle's chunks; their names change with their contents
 * @returns call it at the end of a run that has done its work: what it compiled is kept for the next ones
 */
export function useCompiledCode(chunks: string): () => void {
  const folder = join(chunks, 'compiled');
  const fresh: { script: Script; path: string }[] = [];
  const extensions = createRequire(__filename).extensions as unknown as Record<string, Load>;
  const load = extensions['.js'] as Load;
  extensions['.cjs'] = (module, filename) => {
    const size = dirname(filename) === chunks ? statSync(filename).size : 0;
    // the build leaves no letters that this encoding would spoil
    const source = size < worthKeeping ? undefined : readFileSync(filename, 'latin1');
    // code that V8 doesn't compile by itself has lost the way to import
    if (source === undefined || source.includes('import(')) {
      load(module, filename);
      return;
    }
    const path = join(folder, `${basename(filename)}.${process.versions.v8}-${process.arch}`);
    const cachedData = readIfThere(path);
    const script = new Script(wrapper.join(source), {
      filename,
      columnOffset: -wrapper[0].length,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected) fresh.push({ script, path });
    script.runInThisContext()(module.exports, (id: string) => module.require(id), module, filename, chunks);
  };
  return () => keep(folder, fresh);
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function keep(folder: string, fresh: readonly { script: Script; path: string }[]): void {
  for (const { script, path } of fresh) {
    const temporary = `${path}.${process.pid}`;
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(temporary, script.createCachedData());
      renameSync(temporary, path);
    } catch {
      if (existsSync(temporary)) rmSync(temporary);
      return;
    }
  }
}
