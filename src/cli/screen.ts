import { writeSync } from 'node:fs';
import { clearProgress } from '../progress.ts';
import { factsOfFormat } from '../rules/reporters/formats.ts';
import { shown, shownBytes, shownJson } from '../shown.ts';
import { refusalOf } from '../system-error.ts';
import { isFileOrPipe } from './terminal.ts';

/**
 * The two streams as a command writes to them; nothing reaches them in another way.
 *
 * @param format of the result
 * @param color whether the result may have colours
 */
export function screen(format: string | undefined, color: boolean) {
  const { isJson, hasCommands } = factsOfFormat(format);
  const lines = { color, commands: hasCommands ?? false };
  const clean = isJson ? shownJson : (text: string): string => shown(text, lines);
  return {
    out: (text: string): void => {
      write('stdout', clean(text));
    },
    err: (text: string): void => {
      write('stderr', shown(text));
    },
  };
}

/** What another program prints, to stderr. */
export const showOutput = (chunk: Buffer): void => {
  write('stderr', shownBytes(chunk));
};

/** How a stream is written to: as one of Node's, at once, or not any more. */
const ways: Record<'stdout' | 'stderr', 'stream' | 'at once' | 'closed'> = { stdout: 'stream', stderr: 'stream' };

/**
 * From here on what goes to a file or a pipe is written by the system's own call: opening a stream loads a good part of
 * Node. For a process that is ours; where this runs within another program, its streams are used, and on Windows, whose
 * pipes are different.
 */
export function writeAtOnce(): void {
  if (process.platform === 'win32') return;
  for (const name of ['stdout', 'stderr'] as const) if (isFileOrPipe(name)) ways[name] = 'at once';
}

function write(name: 'stdout' | 'stderr', content: string | Buffer): void {
  clearProgress();
  const rest = ways[name] === 'at once' ? restAfterWriting(name, content) : content;
  if (ways[name] === 'stream') watched(name).write(rest);
}

/** @returns what could not be written yet: a stream waits until a slow reader takes it */
function restAfterWriting(name: 'stdout' | 'stderr', content: string | Buffer): string | Buffer {
  const file = name === 'stdout' ? 1 : 2;
  let rest = content;
  try {
    while (rest.length > 0) {
      // texts are written without a copy of ours; mostly as a whole
      const count = typeof rest === 'string' ? writeSync(file, rest) : writeSync(file, rest);
      if (count === Buffer.byteLength(rest)) return '';
      rest = (typeof rest === 'string' ? Buffer.from(rest) : rest).subarray(count);
    }
  } catch (error) {
    const isBusy = (error as NodeJS.ErrnoException).code === 'EAGAIN';
    ways[name] = isBusy ? 'stream' : 'closed';
    if (!isBusy) notice(name, error as NodeJS.ErrnoException);
  }
  return rest;
}

let failed = false;
const isWatched = { stdout: false, stderr: false };

/** The stream, with somebody who looks after a full disk and a closed pipe. */
function watched(name: 'stdout' | 'stderr'): NodeJS.WriteStream {
  // looking at a stream opens it: not before it is needed
  const stream = process[name];
  if (isWatched[name]) return stream;
  isWatched[name] = true;
  return stream.on('error', (error: NodeJS.ErrnoException) => notice(name, error));
}

/**
 * What can't be written, for a full disk, is a failure. A reader that has seen enough (`| head`) is none: the command goes
 * on to its end, and its status says how it ended.
 */
function notice(name: 'stdout' | 'stderr', error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || failed) return;
  failed = true;
  process.exitCode = 2;
  const reason = refusalOf(error) ?? error.code ?? 'it was refused';
  if (name === 'stdout') write('stderr', `error: stdout can't be written: ${reason}\n`);
}

/** Sets the status that the process ends with. A result that could not be written is a failure, never "findings". */
export function endWith(status: number): void {
  process.exitCode = failed ? 2 : status;
}
