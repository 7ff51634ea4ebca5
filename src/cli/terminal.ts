import { fstatSync, type Stats, statSync } from 'node:fs';
import type { ProgressStream } from '../progress.ts';

/** The three streams of a process, at the places that they have on every system. */
const streams = { stdin: 0, stdout: 1, stderr: 2 };
type StreamName = keyof typeof streams;

/**
 * Whether a stream is a file, a pipe, a socket or `/dev/null`, and so no terminal. Looking at the stream itself opens it,
 * which loads a good part of Node.
 *
 * @returns false, too, where the system doesn't say
 */
export function isFileOrPipe(name: StreamName): boolean {
  try {
    const stats = fstatSync(streams[name]);
    return stats.isFile() || stats.isFIFO() || stats.isSocket() || isDiscarded(stats);
  } catch {
    return false;
  }
}

/** `/dev/null`, by its device number. */
const isDiscarded = (stats: Stats): boolean => stats.isCharacterDevice() && stats.rdev === statSync('/dev/null').rdev;

export const isTerminal = (name: StreamName): boolean => !isFileOrPipe(name) && process[name].isTTY === true;

/** For what is shown while something takes its time. */
export const progressStream: ProgressStream = {
  get isTTY() {
    return isTerminal('stderr');
  },
  get columns() {
    return process.stderr.columns;
  },
  write: (text) => process.stderr.write(text),
};
