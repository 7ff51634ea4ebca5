const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often Ctrl-C has to come until the process ends at once. */
const most = 3;

/** Who makes signals a request to come to an orderly end. */
const answering = new Set<(name: NodeJS.Signals) => void>();

/** Whether a signal doesn't end this process, since somebody answers it with an orderly end. */
export const isSignalAnswered = (): boolean => answering.size > 0;

/** @returns lets signals end the process again, as they usually do */
function answer(onSignal: (name: NodeJS.Signals) => void): () => void {
  for (const name of signals) process.on(name, onSignal);
  answering.add(onSignal);
  return () => {
    for (const name of signals) process.off(name, onSignal);
    answering.delete(onSignal);
  };
}

/**
 * Makes Ctrl-C, and what a system sends to end a process, a request to come to an orderly end: for work that leaves
 * something behind elsewhere. Whoever insists ends the process by the third one.
 *
 * @param controller aborted by the first signal
 * @param onAgain called by the second
 * @returns lets signals end the process again, as they usually do
 */
export function stopOnSignal(controller: AbortController, onAgain: () => void): () => void {
  let count = 0;
  const release = answer((name) => {
    count += 1;
    controller.abort();
    if (count === most) {
      release();
      process.kill(process.pid, name);
    } else if (count > 1) onAgain();
  });
  return release;
}

/** Somebody has pressed Ctrl-C, or ended the process otherwise, which comes to an orderly end then; the next one ends it at once. */
export const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    const release = answer(() => {
      // not sooner: whoever else hears of the signal has to see that it is answered
      setImmediate(release);
      resolve();
    });
  });
