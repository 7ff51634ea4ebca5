import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const made: string[] = [];

process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Where the code under test, and programs that are started, keep locks and journals: not in the home of who runs tests. */
export const testState: string = makeTestState();

/** This module may be loaded twice, as CommonJS and as an ES module: both have the same folder. */
function makeTestState(): string {
  const prefix = 'pp-connector-test-state-';
  const { XDG_STATE_HOME: present } = process.env;
  if (present !== undefined && basename(present).startsWith(prefix)) return present;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  made.push(folder);
  mkdirSync(join(folder, 'pp-connector'), { mode: 0o700 });
  process.env.XDG_STATE_HOME = folder;
  return folder;
}

/** A new, empty folder; it goes away with the process. @param name of the folder, also an awkward one */
export function temporaryFolder(name = 'connector'): string {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'pp-connector-test-')));
  made.push(parent);
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes files below a folder. @param files path with `/` → contents */
export function writeTree(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, contents] of Object.entries(files)) {
    const path = join(folder, ...name.split('/'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  return folder;
}

/** All files below a folder: path with `/` → bytes. What git and npm keep there doesn't count. */
export function readTree(folder: string): Record<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[\\/](?:\.git|node_modules)[\\/]/.test(path.slice(folder.length)));
  const named = files.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path)] as const);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same, for comparing: text as text, everything else as base64. */
export function snapshot(folder: string): Record<string, string> {
  const entries = Object.entries(readTree(folder)).map(([name, bytes]) => [name, readable(bytes)]);
  return Object.fromEntries(entries);
}

const readable = (bytes: Buffer): string => (bytes.includes(0) ? bytes.toString('base64') : bytes.toString());

export const readText = (folder: string, name: string): string =>
  readFileSync(join(folder, ...name.split('/')), 'utf8');

export const readJson = (folder: string, name: string): unknown => JSON.parse(readText(folder, name));

/** The checkout. */
export const checkout: string = resolve(import.meta.dirname, '..', '..');

/** Public connectors and API descriptions beside the checkout; tests that need them are skipped where they are absent. */
export const corpus: string = join(checkout, '..', 'shared', 'corpus');
