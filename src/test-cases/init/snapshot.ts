import { deepEqual, type Json, type JsonObject } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import type { RunResult } from '../../runtime/run-operation.ts';
import type { RequestStep, SchemaStep, Trace } from '../../runtime/trace.ts';
import { optionsOf } from '../case-options.ts';
import type { TestCase, TestFile } from '../model.ts';
import { answersOfScene, perform } from '../run-case.ts';
import type { Subject } from '../subject.ts';
import type { Draft, WrittenCase } from './draft.ts';

export interface Snapshot {
  case: WrittenCase;
  run: RunResult;
}

/**
 * What the connector does now in a case, as its expectation.
 *
 * @param path absolute: of the file that the case will be in
 * @returns the reason where it can't be run
 */
export async function snapshot(
  draft: Draft,
  { subject, operation, path }: { subject: Subject; operation: RuntimeOperation; path: string },
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
  const context = { subject, onRun: () => undefined };
  try {
    const { answers } = answersOfScene(test, undefined, file, operation, context);
    const run = await perform({ ...optionsOf(file, test, operation, context), send: answers.send }, context.onRun);
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
  return { sent, result: resultExpectation(run, api) };
}

export const sentOf = ({ steps }: Trace): JsonObject[] =>
  steps
    .filter((step): step is RequestStep => step.step === 'send')
    .map(({ method, url, headers, body }) => ({ method, url, headers, ...(body === null ? {} : { body }) }));

export function resultExpectation({ trace }: Pick<RunResult, 'trace'>, api: Draft['api']): JsonObject {
  const { status, body } = trace.result ?? { status: 0, body: null };
  const findings = trace.steps
    .filter((step): step is SchemaStep => step.step === 'schema')
    .flatMap((step) => step.findings);
  const bodies = [api].flat().map((answer) => (typeof answer === 'string' ? undefined : (answer.body ?? null)));
  const isRepeated = bodies.some((given) => given !== undefined && deepEqual(given, body));
  return { status, fits: findings.length === 0, ...(isRepeated ? {} : { body }) };
}
