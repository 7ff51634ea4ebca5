import { deepEqual, type Json, type JsonObject } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import type { RunResult } from '../../runtime/run-operation.ts';
import type { RequestStep, Trace } from '../../runtime/trace.ts';
import { optionsOf, type RunContext, scriptOf } from '../case-options.ts';
import type { TestCase, TestFile } from '../model.ts';
import { answersOfScene, perform } from '../run-case.ts';
import type { Subject } from '../subject.ts';
import type { Draft, WrittenCase } from './draft.ts';

export interface Snapshot {
  case: WrittenCase;
  run: RunResult;
}

/** Where a case will be. */
export interface Surroundings {
  subject: Subject;
  operation: RuntimeOperation;
  /** Absolute: of the file that the case will be in. */
  path: string;
  /** What runs the code of the connector. */
  code?: RunContext['code'];
}

/**
 * What the connector does now in a case, as its expectation.
 *
 * @returns the reason where it can't be run, or does something else each time
 */
export async function snapshot(draft: Draft, around: Surroundings): Promise<Snapshot | { reason: string }> {
  const first = await oneSnapshot(draft, around);
  if ('reason' in first || around.code === undefined) return first;
  // code may make up the time, or a number
  const second = await oneSnapshot(draft, around);
  const isSame = !('reason' in second) && deepEqual(first.case, second.case);
  return isSame ? first : { reason: 'its code does something else each time' };
}

async function oneSnapshot(
  draft: Draft,
  { subject, operation, path, code }: Surroundings,
): Promise<Snapshot | { reason: string }> {
  const place = { path, line: 1, column: 1 };
  const { name, inputs, api, connectionSet, switches, keeps } = draft;
  const test: TestCase = {
    name,
    place,
    inputs,
    api,
    ...(connectionSet === undefined ? {} : { connectionSet }),
    ...(switches === undefined ? {} : { switches }),
  };
  const file: TestFile = { path, operation: operation.id, operationPlace: place, cases: [test] };
  const context: RunContext = { subject, onRun: () => undefined, ...(code === undefined ? {} : { code }) };
  try {
    const script = await scriptOf(test, operation.id, context);
    if (script !== undefined && 'missing' in script) return { reason: script.missing };
    const { answers } = answersOfScene(test, undefined, file, operation, context);
    const run = await perform(
      { ...optionsOf(file, test, operation, context), send: answers.send, script },
      context.onRun,
    );
    const expect = expectationOf(run, api);
    return { run, case: { ...headOf(draft), expect: keeps?.(expect) ?? expect } };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { reason: error.message };
  }
}

function headOf({ name, inputs, api, connectionSet, switches }: Draft): WrittenCase {
  return {
    name,
    ...(connectionSet === undefined ? {} : { connectionSet }),
    ...(switches === undefined ? {} : { switches: { ...switches } as JsonObject }),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    api: api as Json,
  };
}

/** What is sent and what the flow gets; a body that is just the API's is not repeated. */
export function expectationOf(run: Pick<RunResult, 'trace'>, api: Draft['api']): JsonObject {
  const requests = sentOf(run.trace);
  const [only] = requests;
  const sent: Json = requests.length === 1 && only !== undefined ? only : requests;
  if (run.trace.error !== undefined) return { sent, error: run.trace.error };
  const misfits = misfitsOf(run.trace);
  const expect: JsonObject = { sent, result: resultExpectation(run, api) };
  if (misfits.length > 0 && misfits.length <= mostPlaces) expect.misfit = misfits;
  return expect;
}

/** More are no longer read by anybody. */
const mostPlaces = 20;

/** Where an answer doesn't fit the definition, each place once. */
export const misfitsOf = ({ steps }: Trace): string[] => [
  ...new Set(steps.flatMap((step) => (step.step === 'schema' ? step.findings.map(({ at }) => at) : []))),
];

export const sentOf = ({ steps }: Trace): JsonObject[] =>
  steps
    .filter((step): step is RequestStep => step.step === 'send')
    .map(({ method, url, headers, body }) => ({ method, url, headers, ...(body === null ? {} : { body }) }));

export function resultExpectation({ trace }: Pick<RunResult, 'trace'>, api: Draft['api']): JsonObject {
  const { status, body } = trace.result ?? { status: 0, body: null };
  const bodies = [api].flat().map((answer) => (typeof answer === 'string' ? undefined : (answer.body ?? null)));
  const isRepeated = bodies.some((given) => given !== undefined && deepEqual(given, body));
  return { status, fits: misfitsOf(trace).length === 0, ...(isRepeated ? {} : { body }) };
}
