import { deepEqual, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { isUserError } from '../errors.ts';
import { optionsOf, type RunContext, scriptOf } from './case-options.ts';
import { type CaseChange, renewed } from './change-cases.ts';
import { expectationOf, misfitsOf } from './init/snapshot.ts';
import type { TestCase, TestFile } from './model.ts';
import { answersOfScene, perform } from './run-case.ts';
import { unmetExpectations } from './unmet-expectations.ts';

/**
 * What a case that fails has to expect to pass.
 *
 * @returns undefined for a case that passes; the reason for one that stays as it is
 */
export async function renewedCase(
  file: TestFile,
  index: number,
  context: RunContext,
): Promise<CaseChange | { reason: string } | undefined> {
  const test = file.cases[index] as TestCase;
  if (test.steps !== undefined) return undefined;
  try {
    const operation = context.subject.operation(file.operation);
    const script = await scriptOf(test, operation.id, context);
    if (script !== undefined && 'missing' in script) return { reason: script.missing };
    const { answers, circumstances } = answersOfScene(test, test.calls, file, operation, context);
    const run = await perform(
      { ...optionsOf(file, test, operation, context), send: answers.send, script },
      () => undefined,
    );
    const expect = test.expect ?? {};
    if (unmetExpectations(expect, run, circumstances).length === 0) return undefined;
    if (run.trace.error !== undefined) return { reason: `it fails: ${run.trace.error}` };
    const now = { ...expectationOf(run, []), ...(expect.misfit === undefined ? {} : { misfit: misfitsOf(run.trace) }) };
    return { index, values: valuesOf(expect as JsonObject, now) };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { reason: error.message };
  }
}

/** Only what was expected before is expected afterwards. */
function valuesOf(before: JsonObject, now: JsonObject): CaseChange['values'] {
  const keys = Object.keys(now).filter((key) => Object.hasOwn(before, key));
  const all = keys.length === 0 ? ['result'] : keys;
  return all.flatMap((key): [string[], Json][] => {
    const old = before[key];
    const value = isObject(old) || Array.isArray(old) ? renewed(old, now[key] ?? null) : (now[key] ?? null);
    return deepEqual(old, value) ? [] : [[['expect', key], value]];
  });
}
