import type { Observation } from '../learn/observation.ts';
import type { RunOptions } from '../run-operation.ts';
import type { Trace, TriggerTrace } from '../trace.ts';
import type { Shown } from './webhook.ts';

/** What runs of a trigger come to. */
export interface TriggerResult {
  trace: TriggerTrace;
  exitStatus: 0 | 1;
  /** Somebody ended it before it was through. */
  isStopped: boolean;
  /** With secrets: to compare the definition with, never to be shown. */
  observed: Observation[];
}

/** Called with each run as soon as it is over. */
export type OnRun = (trace: Trace) => void;

export function resultOf(
  { operation, secrets }: RunOptions,
  runs: readonly Shown[],
  rest: { state: TriggerTrace['state']; error: string | undefined; isStopped: boolean },
): TriggerResult {
  const { id: operationId, kind } = operation;
  const trace: TriggerTrace = {
    operationId,
    kind,
    runs: runs.map((run) => run.trace),
    state: secrets.json(rest.state),
  };
  if (rest.error !== undefined) trace.error = secrets.text(rest.error);
  const isGood = rest.error === undefined && runs.every(({ exitStatus }) => exitStatus === 0);
  const observed = runs.flatMap((run) => run.observed ?? []);
  return { trace, exitStatus: isGood ? 0 : 1, isStopped: rest.isStopped, observed };
}
