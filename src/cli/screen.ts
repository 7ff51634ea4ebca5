import { clearProgress } from '../progress.ts';
import { factsOfFormat } from '../rules/reporters/formats.ts';
import { shown, shownBytes, shownJson } from '../shown.ts';
import { refusalOf } from '../system-error.ts';

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
      watched('stdout').write(clean(text));
    },
    err: (text: string): void => {
      watched('stderr').write(shown(text));
    },
  };
}

/** What another program prints, to stderr. */
export const showOutput = (chunk: Buffer): void => {
  watched('stderr').write(shownBytes(chunk));
};

let failed = false;
const isWatched = { stdout: false, stderr: false };

/**
 * The stream, with somebody who looks after a full disk and a closed pipe. A reader that has seen enough (`| head`) is no
 * failure: the command goes on to its end, and its status says how it ended.
 */
function watched(name: 'stdout' | 'stderr'): NodeJS.WriteStream {
  // looking at a stream opens it: not before it is needed
  const stream = process[name];
  clearProgress();
  if (isWatched[name]) return stream;
  isWatched[name] = true;
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || failed) return;
    failed = true;
    process.exitCode = 2;
    const reason = refusalOf(error) ?? error.code ?? 'it was refused';
    if (name === 'stdout') watched('stderr').write(`error: stdout can't be written: ${reason}\n`);
  });
}

/** Sets the status that the process ends with. A result that could not be written is a failure, never "findings". */
export function endWith(status: number): void {
  process.exitCode = failed ? 2 : status;
}
