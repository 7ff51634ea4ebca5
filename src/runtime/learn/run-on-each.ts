import { type PreparedRun, prepareRun, type RunOptions, type RunResult, runOperation } from '../run-operation.ts';
import type { Send } from '../send.ts';
import type { Observation } from './observation.ts';

export interface RunsOnEach extends Pick<RunResult, 'trace' | 'exitStatus'> {
  observed: Observation[];
}

/**
 * Runs an operation on each of several answers.
 *
 * @param sends none: one run as the options say
 * @returns the first run, and what all of them got
 * @throws UserError when it can't run at all
 */
export async function runOnEach(
  options: RunOptions,
  prepared: PreparedRun,
  sends: readonly Send[],
): Promise<RunsOnEach> {
  const [first, ...others] = sends;
  const run = await runOperation(first === undefined ? options : { ...options, send: first }, prepared);
  const results = [run];
  for (const send of others) {
    const again: RunOptions = { ...options, send };
    results.push(await runOperation(again, prepareRun(again)));
  }
  // what failed on the way isn't what a client gets
  const observed = results.flatMap(({ trace, answer }) =>
    trace.error === undefined && answer !== undefined ? [answer] : [],
  );
  return { trace: run.trace, exitStatus: run.exitStatus, observed };
}
