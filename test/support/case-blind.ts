import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join } from 'node:path';

const reading = [
  'existsSync',
  'statSync',
  'lstatSync',
  'readFileSync',
  'chmodSync',
  'rmSync',
  'writeFileSync',
] as const;
const naming = ['renameSync', 'linkSync', 'copyFileSync'] as const;

type Call = (...values: unknown[]) => unknown;

/**
 * Makes one folder behave like one on Windows or macOS: names differ by more than case.
 *
 * @returns restores the file system
 */
export function makeCaseBlind(folder: string): () => void {
  const calls = fs as unknown as Record<string, Call>;
  const originals = new Map([...reading, ...naming].map((name) => [name, calls[name] as Call]));
  const onDisk = (path: unknown): unknown => {
    if (typeof path !== 'string' || dirname(path) !== folder) return path;
    const name = basename(path).toLowerCase();
    const entry = fs.readdirSync(folder).find((other) => other.toLowerCase() === name);
    return entry === undefined ? path : join(folder, entry);
  };
  for (const name of reading) calls[name] = (path, ...rest) => originals.get(name)?.(onDisk(path), ...rest);
  for (const name of naming) {
    calls[name] = (from, to, ...rest) => originals.get(name)?.(onDisk(from), onDisk(to), ...rest);
  }
  syncBuiltinESMExports();
  return () => {
    for (const [name, original] of originals) calls[name] = original;
    syncBuiltinESMExports();
  };
}
