import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { type Platform, variable } from './platform.ts';

/**
 * Where a program is: the first match on PATH, then in `otherFolders`.
 *
 * Only absolute folders of PATH are searched, and never the current folder, where Windows would look first: deploying
 * a connector that came from somebody else must not start a `pac.exe` that lies beside it.
 *
 * @returns the absolute path of the file, on Windows with its extension; undefined: not installed
 */
export function findProgram(name: string, host: Platform, otherFolders: readonly string[] = []): string | undefined {
  return findPrograms(name, host, otherFolders).next().value;
}

/** The same with the later matches, for programs that are often there twice, and the first one of no use. */
export function* findPrograms(
  name: string,
  host: Platform,
  otherFolders: readonly string[] = [],
): Generator<string, undefined> {
  const path = host.platform === 'win32' ? win32 : posix;
  const folders = [...(variable(host, 'PATH') ?? '').split(path.delimiter).map(unquote), ...otherFolders];
  const names = fileNames(name, host);
  for (const folder of folders.filter((entry) => path.isAbsolute(entry))) {
    const found = names.map((file) => path.join(folder, file)).find((file) => isProgram(file, host));
    if (found !== undefined) yield found;
  }
  return undefined;
}

/** Extensions that can be started, in the order of PATHEXT: it also lists scripts (.js, .vbs) that need an interpreter. */
const startable = ['.COM', '.EXE', '.BAT', '.CMD'];

function fileNames(name: string, host: Platform): string[] {
  if (host.platform !== 'win32') return [name];
  const order = (variable(host, 'PATHEXT') ?? startable.join(';')).toUpperCase().split(';');
  return order.filter((extension) => startable.includes(extension)).map((extension) => name + extension.toLowerCase());
}

const unquote = (folder: string): string => folder.replace(/^"(.*)"$/, '$1');

function isProgram(file: string, host: Platform): boolean {
  try {
    if (!statSync(file).isFile()) return false;
    if (host.platform !== 'win32') accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // absent, or in a folder that may not be read
  }
}
