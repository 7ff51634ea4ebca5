import { onOneLine } from './shown.ts';

/** Where a progress line can be shown. */
export interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write: (text: string) => unknown;
}

export interface Progress {
  /** Shows how many are done and what comes next. */
  step: (name: string) => void;
  /** Leaves no trace. */
  end: () => void;
}

const interval = 80;
const eraseLine = '\r\u001b[K';

/** Where a line is shown now. */
let shownOn: ProgressStream | undefined;

function show(line: string, stream: ProgressStream): void {
  stream.write(`${eraseLine}${line.slice(0, (stream.columns ?? 80) - 1)}`);
  shownOn = stream;
}

/** Takes away the line that is shown, if there is one: before anything else is written. It comes back with its next step. */
export function clearProgress(): void {
  shownOn?.write(eraseLine);
  shownOn = undefined;
}

/** One line on a terminal that is written over; nothing elsewhere, and nothing for a single thing. */
export function startProgress(total: number, stream: ProgressStream, now: () => number = Date.now): Progress {
  if (stream.isTTY !== true || total < 2) return { step: () => {}, end: () => {} };
  let done = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    step: (name) => {
      done += 1;
      if (now() - shownAt < interval) return;
      shownAt = now();
      show(`${done}/${total} ${onOneLine(name)}`, stream);
    },
    end: clearProgress,
  };
}

const secondMs = 1000;

/**
 * One line on a terminal about something that takes longer than a second, with the seconds; nothing elsewhere.
 *
 * @param what is done, such as "reading https://api.contoso.com/openapi.json"
 * @param open gives the stream when it is needed: looking at one of the process opens it, which takes longer than most of
 *   what is waited for
 * @returns takes the line away; also when called again
 */
export function startWaiting(what: string, open: () => ProgressStream): () => void {
  let seconds = 0;
  let stream: ProgressStream | undefined;
  const timer = setInterval(() => {
    stream ??= open();
    if (stream.isTTY !== true) return clearInterval(timer);
    seconds += 1;
    show(`${onOneLine(what)} … ${seconds} s`, stream);
  }, secondMs);
  // it keeps no process alive
  timer.unref();
  return () => {
    clearInterval(timer);
    clearProgress();
  };
}
