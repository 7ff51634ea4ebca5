import { prepareRun, type RunOptions } from '../run-operation.ts';
import { callSignedIn } from './call-signed-in.ts';
import { type PollState, poll } from './polling.ts';
import { type OnRun, resultOf, type TriggerResult } from './trigger-result.ts';
import type { Shown } from './webhook.ts';

/** Where neither the API nor the user says how long to wait: short, since somebody is looking. */
const usualSeconds = 1;

export interface PollingRun {
  /** How many calls are made. */
  calls: number;
  /** Of the last call of an earlier run. */
  state: PollState | undefined;
  /** Seconds between two calls, whatever the API asks for; undefined: what it asks for. */
  interval: number | undefined;
  stop: AbortSignal;
  /** Waits; ends at once when `stop` is aborted. */
  pause: (seconds: number) => Promise<void>;
  onRun: OnRun;
  /** Called after each call. */
  onState: (state: PollState | undefined) => void;
}

/**
 * Calls a polling trigger several times, each time with the state of the call before.
 *
 * @throws UserError when it can't run at all
 */
export async function runPolling(first: RunOptions, run: PollingRun): Promise<TriggerResult> {
  const { calls, interval, stop, pause, onRun, onState } = run;
  const runs: Shown[] = [];
  let options = first;
  let { state } = run;
  while (runs.length < calls && !stop.aborted) {
    const { called: call, options: used } = await callSignedIn(options, (now) => poll(now, prepareRun(now), state));
    options = used;
    // what was broken off says nothing
    if (stop.aborted && call.run.trace.error !== undefined) break;
    state = call.state;
    runs.push(call.run);
    onRun(call.run.trace);
    onState(state);
    if (runs.length < calls) await pause(interval ?? call.retryAfter ?? usualSeconds);
  }
  const isStopped = stop.aborted && runs.length < calls;
  return resultOf(options, runs, { state: { ...state }, error: undefined, isStopped });
}
