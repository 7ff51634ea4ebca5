import { existsSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { readRegularText } from '../files/read.ts';
import { stateFolder, whoseFile } from '../files/state-folder.ts';
import { version } from '../version.ts';

/** What is remembered of an error of ours, so that it can be reported later: no texts of the author's, no values of flags. */
export interface RememberedError {
  /** ISO date and time. */
  at: string;
  command: string;
  /** Names of the flags that were given. */
  flags: readonly string[];
  /** Class of the error, such as TypeError; its message may quote what was read. */
  name: string;
  /** Places in the files of this package, such as `dist/cli/validate-1a2b.cjs:1:4711`. */
  stack: readonly string[];
}

const fileName = 'last-error.json';

/** Remembers an error for `doctor --report`, in the private folder of this user. Where there is none, it is forgotten. */
export function rememberError(error: unknown, command: string, flags: readonly string[]): void {
  const remembered: RememberedError = {
    at: new Date().toISOString(),
    command,
    flags,
    name: error instanceof Error ? error.constructor.name : typeof error,
    stack: placesOf(error),
  };
  try {
    const folder = stateFolder(process.cwd());
    const path = folder === undefined ? undefined : join(folder, fileName);
    if (path === undefined || whoseFile(path) === 'theirs') return;
    writeFileSync(path, `${JSON.stringify(remembered, null, 2)}\n`, { mode: 0o600 });
  } catch {
    // no place to remember it: the error itself has been shown
  }
}

/** Lines of a stack that are in this package, without the folder that it is installed in. */
export function placesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.flatMap((line) => {
    const at = Math.max(line.lastIndexOf('/dist/'), line.lastIndexOf('\\dist\\'));
    if (at < 0 || !line.startsWith('    at ')) return [];
    const bracket = line.lastIndexOf(' (', at);
    const name = bracket < 0 ? '' : `${line.slice('    at '.length, bracket)} `;
    const place = line.slice(at + 1, line.endsWith(')') ? -1 : undefined);
    return [`${name}${place.replaceAll('\\', '/')}`];
  });
}

/** What people can paste into a report: versions, platform, and the last error of ours. */
export function errorReport(cwd: string): string {
  const { versions, platform, arch } = process;
  const last = lastError(cwd);
  const error =
    last === undefined
      ? 'No error of the program is remembered on this machine.'
      : [
          `Last error: ${last.name} at ${last.at}, in: pp-connector ${[last.command, ...last.flags.map((flag) => `--${flag}`)].join(' ')}`,
          ...last.stack.map((place) => `  at ${place}`),
        ].join('\n');
  return `generator-pp-connector ${version}
Node.js ${versions.node} on ${platform} ${release()} (${arch})
${error}
`;
}

function lastError(cwd: string): RememberedError | undefined {
  const folder = stateFolder(cwd);
  const path = folder === undefined ? undefined : join(folder, fileName);
  if (path === undefined || !existsSync(path) || whoseFile(path) !== 'ours') return undefined;
  try {
    const { at, command, flags, name, stack } = JSON.parse(readRegularText(path)) as RememberedError;
    return { at, command, flags: [...flags], name, stack: [...stack] };
  } catch {
    // half written, or of another version: as if there was none
    return undefined;
  }
}
