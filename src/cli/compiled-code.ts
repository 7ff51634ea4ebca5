import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Module } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { codeFolder } from '../files/state-folder.ts';

/**
 * Keeps what V8 has compiled of our own files between runs: compiling is half of the time of a small command. Node 22 and
 * later can do that by themselves, but only with what is compiled when a file is loaded; here it is what a whole run needed.
 * Node's own loader stays as it is: our files require each other through `load`, and everything else through Node.
 *
 * What is kept is code, so it lies where nobody but this user can write, and never in a repository.
 */

/** What is known of a file of ours: its size and when it was changed, so that an edited one counts as it is now. */
type Kept<Code> = readonly [size: number, changed: number, code: Code];

const before = '(function (exports, require, module, __filename, __dirname) { ';
/** For fewer bytes of source code nothing is written. */
const worthKeeping = 20_000;
/** Of so many versions of ours, of Node and of its flags the code is kept. */
const most = 4;

/**
 * @param dist the folder of our files
 * @param build identifies what they say
 * @param command what is kept is that of one command
 * @param require that of Node, for everything that isn't ours
 * @returns undefined where nothing is kept: with NODE_DISABLE_COMPILE_CACHE or NODE_V8_COVERAGE, without a command, and
 * without a private folder. `load` gives what one of our files exports, by its whole path; `keep` writes down what was
 * compiled, for the next run of this command, unless it is there already, and never fails
 */
export function openCompiledCode(
  { dist, build, command }: { dist: string; build: string; command: string | undefined },
  require: NodeJS.Require,
): { load: (path: string) => unknown; keep: () => void } | undefined {
  const file = fileOf(build, command);
  if (file === undefined) return undefined;
  const kept = read(file);
  const fresh = new Map<string, Kept<Script>>();

  const compile = (path: string, source: string) => {
    const name = path.slice(dist.length);
    const { size, mtimeMs: changed } = statSync(path);
    const known = kept.get(name);
    const cachedData = known?.[0] === size && known[1] === changed ? known[2] : undefined;
    const script = new Script(`${before}${source}\n})`, {
      filename: path,
      columnOffset: -before.length,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected) fresh.set(name, [size, changed, script]);
    return script.runInThisContext();
  };

  const load = (path: string): unknown => {
    const loaded = require.cache[path];
    if (loaded !== undefined) return loaded.exports;
    // the build leaves no letters that this encoding would spoil
    const source = readFileSync(path, 'latin1');
    // only what Node compiles can import what a path says: it is left to Node
    if (source.includes('import(')) return require(path);
    const module = new Module(path, require.main);
    require.cache[path] = module;
    const folder = dirname(path);
    const ours = (id: string) => (id.startsWith('.') ? load(resolve(folder, id)) : require(id));
    try {
      compile(path, source).call(module.exports, module.exports, Object.assign(ours, require), module, path, folder);
    } catch (error) {
      delete require.cache[path];
      throw error;
    }
    module.loaded = true;
    return module.exports;
  };

  const keep = (): void => {
    if ([...fresh.values()].reduce((sum, [size]) => sum + size, 0) < worthKeeping) return;
    for (const [name, [size, changed, script]] of fresh) kept.set(name, [size, changed, script.createCachedData()]);
    try {
      write(file, kept);
    } catch {
      // a full disk, a folder that is gone: the next run compiles, too
    }
  };
  return { load, keep };
}

/** Where the code of a command is kept: V8 refuses that of another version or other flags only when it has been read. */
function fileOf(build: string, command = ''): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE: off, NODE_V8_COVERAGE: coverage, NODE_OPTIONS: options } = process.env;
  if (off || coverage || !/^[a-z][a-z-]*$/.test(command)) return undefined;
  try {
    const folder = codeFolder(process.cwd());
    const flags = [...process.execArgv, options].join(' ');
    const key = [build, process.version, process.arch, Buffer.from(flags).toString('base64url').slice(0, 60)].join('-');
    return folder === undefined ? undefined : join(folder, key, command);
  } catch {
    // the current folder is gone: the command will say so
    return undefined;
  }
}

/** Everything is in the file twice, and counts if both are the same: V8 runs damaged code, and a checksum takes longer. */
function read(file: string): Map<string, Kept<Buffer>> {
  const kept = new Map<string, Kept<Buffer>>();
  try {
    const twice = readFileSync(file);
    const bytes = twice.subarray(0, twice.length / 2);
    if (!bytes.equals(twice.subarray(bytes.length))) return kept;
    let at = bytes.indexOf('\n') + 1;
    const list: [string, number, number, number][] = JSON.parse(bytes.toString('latin1', 0, at));
    for (const [name, size, changed, length] of list) {
      kept.set(name, [size, changed, bytes.subarray(at, at + length)]);
      at += length;
    }
  } catch {
    // there is none, or it is something else: the next run has one
  }
  return kept;
}

/** Atomically: another command may read or write it meanwhile. */
function write(file: string, kept: ReadonlyMap<string, Kept<Buffer>>): void {
  const temporary = `${file}.${process.pid}`;
  const list = [...kept].map(([name, [size, changed, data]]) => [name, size, changed, data.length]);
  const parts = [Buffer.from(`${JSON.stringify(list)}\n`), ...[...kept.values()].map(([, , data]) => data)];
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(temporary, Buffer.concat([...parts, ...parts]), { mode: 0o600, flag: 'wx' });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  const keys = dirname(dirname(file));
  const age = (key: string) => -statSync(join(keys, key)).mtimeMs;
  const old = readdirSync(keys).sort((a, b) => age(a) - age(b));
  for (const key of old.slice(most)) rmSync(join(keys, key), { recursive: true, force: true });
}
