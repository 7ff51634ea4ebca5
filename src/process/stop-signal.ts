const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often Ctrl-C has to come until the process ends at once. */
const most = 3;

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
  const onSignal = (name: NodeJS.Signals): void => {
    count += 1;
    controller.abort();
    if (count === most) {
      release();
      process.kill(process.pid, name);
    } else if (count > 1) onAgain();
  };
  const release = (): void => {
    for (const name of signals) process.off(name, onSignal);
  };
  for (const name of signals) process.on(name, onSignal);
  return release;
}

/** Somebody has pressed Ctrl-C, or ended the process otherwise. */
export const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const name of signals) process.once(name, () => resolve());
  });
