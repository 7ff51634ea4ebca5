import { type RuntimeRequest, urlOf } from '../message.ts';
import { isRunFailure } from '../run-failure.ts';
import { type PreparedRun, prepareRun, type RunOptions, type RunResult, runOperation } from '../run-operation.ts';
import type { Trace } from '../trace.ts';
import { callAt, type NextRun } from './location.ts';
import type { Shown } from './webhook.ts';

/** The calls of a polling trigger, one by one. */

/**
 * What one call leaves for the next: query parameters where the connector has the policy `pollingtrigger`, else the
 * `location` that the API, or the connector's code, gave.
 */
export type PollState = Readonly<Record<string, string>>;

export interface PollCall {
  run: Shown;
  /** That the client got; undefined: no answer. */
  status: number | undefined;
  /** Undefined: no call has set one yet. */
  state: PollState | undefined;
  /** Seconds that the answer asks to wait; undefined: it doesn't say. */
  retryAfter: number | undefined;
}

/**
 * Calls once. The first call, without a state, sets it; an answer without anything new, or an error, leaves it as it is.
 *
 * @param prepared the trigger's own request, for a call without a state
 * @throws UserError when it can't run at all
 */
export async function poll(
  options: RunOptions,
  prepared: PreparedRun,
  state: PollState | undefined,
): Promise<PollCall> {
  const isByPolicy = prepared.policies.some(({ template }) => template === 'pollingtrigger');
  return isByPolicy ? pollByPolicy(options, prepared, state) : pollAtLocation(options, prepared, state);
}

async function pollByPolicy(
  options: RunOptions,
  prepared: PreparedRun,
  state: PollState | undefined,
): Promise<PollCall> {
  const kept = { state: state === undefined ? undefined : { ...state } };
  const run = await runOperation({ ...options, poll: kept }, prepared);
  return {
    run: asPoll(run),
    status: run.answer?.status,
    state: kept.state,
    retryAfter: secondsOf(run.answer?.headers.get('retry-after')),
  };
}

async function pollAtLocation(
  options: RunOptions,
  prepared: PreparedRun,
  state: PollState | undefined,
): Promise<PollCall> {
  const { location } = state ?? {};
  try {
    const next = location === undefined ? { options, prepared } : await nextCall(options, location);
    const { trace, exitStatus, request, answer } = await runOperation(next.options, next.prepared);
    const named = isExpected(answer?.status) ? answer?.headers.get('location')?.trim() : undefined;
    const kept = named ? { location: absolute(named, request) } : state;
    const retryAfter = secondsOf(answer?.headers.get('retry-after'));
    return { run: asPoll({ trace, exitStatus, answer }), status: answer?.status, state: kept, retryAfter };
  } catch (error) {
    if (!isRunFailure(error)) throw error;
    const { id, kind } = options.operation;
    const trace: Trace = {
      operationId: id,
      kind,
      assumptions: [],
      steps: [],
      error: options.secrets.text(error.message),
    };
    return { run: { trace, exitStatus: 1 }, status: undefined, state, retryAfter: undefined };
  }
}

/** Which hosts are the connector's is known after its policies only: they run without sending anything. */
async function nextCall(options: RunOptions, location: string): Promise<NextRun> {
  const { request } = await runOperation({ ...options, send: undefined, script: undefined }, prepareRun(options));
  return callAt(options, { location, request });
}

/** An answer of another status isn't one of the two that a poll has. */
const isExpected = (status: number | undefined): boolean => status === 200 || status === 202;

/** Without an answer the run knows: it failed, or it was a dry one. */
const asPoll = ({ trace, exitStatus, answer }: Pick<RunResult, 'trace' | 'exitStatus' | 'answer'>): Shown => ({
  trace,
  exitStatus: answer === undefined || isExpected(answer.status) ? exitStatus : 1,
  ...(answer === undefined || trace.error !== undefined ? {} : { observed: answer }),
});

const absolute = (location: string, request: RuntimeRequest): string => {
  const from = urlOf(request);
  return URL.canParse(location, from) ? new URL(location, from).href : location;
};

/** Seconds, or the time of a date (RFC 9110, 10.2.3); a time that has passed is now. */
export function secondsOf(retryAfter: string | undefined, now = Date.now()): number | undefined {
  const text = retryAfter?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  const time = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - now) / 1000));
}
