import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
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

/** Code, and when its file was changed: V8 itself would run what is kept for any file of the same length. */
type Kept<Code> = Readonly<{ changed: number; code: Code }>;

const before = '(function (exports, require, module, __filename, __dirname) { ';
const after = '\n})';
/** So many files are kept, of about a megabyte each: every installation and command has one, for each Node and its flags. */
const most = 40;
/** Of a file, in characters; some file systems take no more. */
const longestName = 140;

/**
 * @param dist the folder of our files
 * @param build identifies what they say
 * @param command what is kept is that of one command
 * @param require that of Node, for everything that isn't ours
 * @returns undefined where nothing is kept: with NODE_DISABLE_COMPILE_CACHE or NODE_V8_COVERAGE, with long NODE_OPTIONS,
 * without a command, and without a private folder. `load` gives what one of our files exports, by its whole path; `keep` writes down what was
 * compiled, for the next run of this command, unless it is there already, and never fails
 */
export function openCompiledCode(
  { dist, build, command }: { dist: string; build: string; command: string | undefined },
  require: NodeJS.Require,
): { load: (path: string) => unknown; keep: () => void } | undefined {
  const file = fileOf(dist, build, command);
  if (file === undefined) return undefined;
  const kept = read(file);
  const fresh = new Map<string, Kept<Script>>();

  const load = (path: string): unknown => {
    const loaded = require.cache[path];
    if (loaded !== undefined) return loaded.exports;
    const { source, changed } = readWrapped(path);
    // only what Node compiles can import what a path says: it is left to Node
    if (source.includes('import(')) return require(path);
    const known = kept.get(path);
    const script = new Script(source, {
      filename: path,
      columnOffset: -before.length,
      ...(known?.changed === changed ? { cachedData: known.code } : {}),
    });
    // undefined: nothing was kept
    if (script.cachedDataRejected !== false) fresh.set(path, { changed, code: script });
    const module = new Module(path, require.main);
    require.cache[path] = module;
    const folder = dirname(path);
    const ours = (id: string) => (id.startsWith('.') ? load(resolve(folder, id)) : require(id));
    try {
      const run = script.runInThisContext();
      run.call(module.exports, module.exports, Object.assign(ours, require), module, path, folder);
    } catch (error) {
      delete require.cache[path];
      throw error;
    }
    module.loaded = true;
    return module.exports;
  };

  const keep = (): void => {
    if (fresh.size === 0) return;
    for (const [path, { changed, code }] of fresh) kept.set(path, { changed, code: code.createCachedData() });
    try {
      write(file, kept);
    } catch {
      // a full disk, a folder that is gone: the next run compiles, too
    }
  };
  return { load, keep };
}

/**
 * Where the code of a command is kept. Installations of one version have each their own: their files were written at
 * different times. V8 refuses what is of another version or other flags, but only when it has been read.
 */
function fileOf(dist: string, build: string, command = ''): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE: off, NODE_V8_COVERAGE: coverage, NODE_OPTIONS: options } = process.env;
  if (off || coverage || !/^[a-z][a-z-]*$/.test(command)) return undefined;
  try {
    const folder = codeFolder(process.cwd());
    const flags = Buffer.from([...process.execArgv, options].join(' ')).toString('base64url');
    const key = [build, process.version, process.arch, statSync(dist).ino, command, flags].join('-');
    // cut, the names of two sets of flags could be one
    return folder === undefined || key.length > longestName ? undefined : join(folder, key);
  } catch {
    // the current folder is gone: the command will say so
    return undefined;
  }
}

/** The list is at the end, since V8 copies code that isn't at a multiple of eight bytes. */
function read(file: string): Map<string, Kept<Buffer>> {
  const kept = new Map<string, Kept<Buffer>>();
  try {
    const bytes = readTwice(file);
    const list: [string, number, number][] = JSON.parse(bytes.toString('utf8', bytes.lastIndexOf('\n')));
    let at = 0;
    for (const [path, changed, length] of list) {
      kept.set(path, { changed, code: bytes.subarray(at, at + length) });
      at += length;
    }
  } catch {
    // there is none, or it is something else: the next run has one
  }
  return kept;
}

/**
 * Everything is in the file twice, and counts if both are the same: V8 runs damaged code, and loading Node's checksums
 * takes longer than reading. The second time is read piece by piece: memory that is new to the process is dear.
 *
 * @throws Error when they differ, or the file can't be read
 */
const readTwice = (file: string): Buffer =>
  reading(file, (descriptor, { size }) => {
    const bytes = Buffer.allocUnsafeSlow(size / 2);
    readSync(descriptor, bytes);
    const piece = Buffer.allocUnsafeSlow(1 << 16);
    for (let at = 0; at < bytes.length; at += piece.length) {
      const length = readSync(descriptor, piece);
      if (!piece.subarray(0, length).equals(bytes.subarray(at, at + piece.length))) throw new Error('damaged');
    }
    return bytes;
  });

/** One of our files as V8 compiles it, made in one piece: joining texts would copy them once more. */
const readWrapped = (path: string): { source: string; changed: number } =>
  reading(path, (descriptor, { size, mtimeMs: changed }) => {
    const bytes = Buffer.alloc(before.length + size + after.length);
    bytes.write(before);
    readSync(descriptor, bytes, before.length, size, 0);
    bytes.write(after, before.length + size);
    // the build leaves no letters that this encoding would spoil
    return { source: bytes.toString('latin1'), changed };
  });

function reading<T>(file: string, read: (descriptor: number, stats: Stats) => T): T {
  const descriptor = openSync(file, 'r');
  try {
    return read(descriptor, fstatSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/** Atomically: another command may read or write it meanwhile. What one that was killed leaves here goes as old code does. */
function write(file: string, kept: ReadonlyMap<string, Kept<Buffer>>): void {
  const folder = dirname(file);
  const temporary = join(folder, String(process.pid));
  const list = [...kept].map(([path, { changed, code }]) => [path, changed, code.length]);
  const parts = [...[...kept.values()].map(({ code }) => code), Buffer.from(`\n${JSON.stringify(list)}`)];
  try {
    writeFileSync(temporary, Buffer.concat([...parts, ...parts]), { mode: 0o600, flag: 'wx' });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  const age = (name: string) => -statSync(join(folder, name)).mtimeMs;
  const old = readdirSync(folder).sort((a, b) => age(a) - age(b));
  for (const name of old.slice(most)) rmSync(join(folder, name), { recursive: true, force: true });
}
