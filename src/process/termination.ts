import { isSignalAnswered } from './stop-signal.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Cleanup = (signal: NodeJS.Signals | undefined) => void;

const cleanups = new Set<Cleanup>();

/**
 * Calls `cleanup` when this process is about to end before its work is done: by Ctrl-C, by a signal, or by an exit
 * from somewhere else. It has to be synchronous. The process still ends by the signal, so that the caller sees it, unless
 * somebody else answers the signal with an orderly end.
 *
 * @returns takes the cleanup back, for when the work is done
 */
export function onTermination(cleanup: Cleanup): () => void {
  if (cleanups.size === 0) listen();
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    if (cleanups.size === 0) stopListening();
  };
}

function listen(): void {
  for (const signal of signals) process.on(signal, end);
  process.on('exit', cleanUpOnExit);
}

function stopListening(): void {
  for (const signal of signals) process.off(signal, end);
  process.off('exit', cleanUpOnExit);
}

function cleanUp(signal: NodeJS.Signals | undefined): void {
  const pending = [...cleanups];
  cleanups.clear();
  for (const cleanup of pending) {
    try {
      cleanup(signal);
    } catch {
      // the next one must still run
    }
  }
}

const cleanUpOnExit = (): void => cleanUp(undefined);

function end(signal: NodeJS.Signals): void {
  cleanUp(signal);
  stopListening();
  if (!isSignalAnswered()) process.kill(process.pid, signal);
}
