import { isUserError, type UserError } from '../errors.ts';
import { mockAnswer } from '../runtime/mock.ts';
import type { RuntimeOperation } from '../runtime/operation.ts';
import { prepareRun, type RunOptions, type RunResult, runOperation } from '../runtime/run-operation.ts';
import type { ScriptOptions } from '../runtime/script/run-script.ts';
import type { Incoming } from '../runtime/send.ts';
import { Answers, answersFor } from './answers.ts';
import { type OnRun, optionsOf, type RunContext, requireComplete, scriptOf } from './case-options.ts';
import { Life, stepName } from './life.ts';
import type { CaseResult, Expectation, Scene, Step, TestCase, TestFile } from './model.ts';
import { type Circumstances, unmetExpectations } from './unmet-expectations.ts';

/** Runs a case. What is wrong with it, or with the connector, is its result. */
export async function runCase(file: TestFile, test: TestCase, context: RunContext): Promise<CaseResult> {
  const started = performance.now();
  const { outcome, problems } = await outcomeOf(file, test, context);
  return {
    name: test.name,
    operation: file.operation,
    outcome,
    message: problems.join('\n'),
    place: test.place,
    milliseconds: Math.round(performance.now() - started),
  };
}

interface Verdict {
  outcome: CaseResult['outcome'];
  problems: string[];
}

const verdict = (problems: string[]): Verdict => ({ outcome: problems.length === 0 ? 'passed' : 'failed', problems });

async function outcomeOf(file: TestFile, test: TestCase, context: RunContext): Promise<Verdict> {
  try {
    const operation = context.subject.operation(file.operation);
    const script = await scriptOf(test, operation.id, context);
    if (script !== undefined && 'missing' in script) return { outcome: 'skipped', problems: [script.missing] };
    if (test.steps !== undefined)
      return verdict(await runSteps(file, test, test.steps, { operation, context, script }));
    return verdict(await runScene(file, test, { operation, context, script }));
  } catch (error) {
    if (!isUserError(error)) throw error;
    return verdict([couldNotRun(error, test.expect)]);
  }
}

const couldNotRun = ({ message, hint }: UserError, expect: Expectation = {}): string =>
  expect.error === undefined
    ? [`it could not run: ${message}`, ...(hint === undefined ? [] : [`  ${hint.replaceAll('\n', '\n  ')}`])].join('\n')
    : `the run should fail with "${expect.error}", and it could not even begin: ${message}`;

interface Ready {
  operation: RuntimeOperation;
  context: RunContext;
  script: ScriptOptions | undefined;
}

async function runScene(file: TestFile, test: TestCase, { operation, context, script }: Ready): Promise<string[]> {
  const expect = test.expect ?? {};
  const { answers, circumstances } = answersOfScene(test, test.calls, file, operation, context);
  const options = optionsOf(file, test, operation, context);
  const run = await perform({ ...options, send: answers.send, script }, context.onRun);
  const problems = unmetExpectations(expect, run, {
    ...circumstances,
    state: options.poll?.state,
  });
  return problems;
}

/** The first step that isn't what is expected ends the life: what follows rests on it. */
async function runSteps(
  file: TestFile,
  test: TestCase,
  steps: readonly Step[],
  { operation, context, script }: Ready,
): Promise<string[]> {
  const life = new Life(file, test, operation, context, script);
  for (const [index, step] of steps.entries()) {
    const { run, circumstances } = await life.take(step);
    context.onRun(operation, run.trace);
    const problems = unmetExpectations(step.expect ?? {}, run, circumstances);
    if (problems.length > 0) return problems.map((problem) => `${stepName(step, index)}: ${problem}`);
  }
  return [];
}

/** @throws UserError where it can't run at all */
export async function perform(options: RunOptions, onRun: OnRun): Promise<RunResult> {
  const prepared = requireComplete(prepareRun(options));
  const run = await runOperation(options, prepared);
  onRun(options.operation, run.trace);
  return run;
}

/** More would be a loop. */
const mostOfCode = 50;

/** What answers the requests of a case, and how many there may be. */
export function answersOfScene(
  { api, expect }: Scene,
  calls: number | undefined,
  { path }: TestFile,
  operation: RuntimeOperation,
  { subject }: RunContext,
): { answers: Answers; circumstances: Circumstances } {
  const given: Incoming[] = api === undefined ? [mockAnswer(operation)] : answersFor(api, path, subject.root);
  const sent = Array.isArray(expect?.sent) ? expect.sent.length : 1;
  const isList = Array.isArray(api) || given.length > 1;
  // how often code asks is its own matter, unless the case says it
  const isOpen = subject.hasCode(operation.id) && expect?.sent === undefined;
  const limit = calls ?? (isList ? given.length : isOpen ? mostOfCode : sent);
  return { answers: new Answers(given, limit), circumstances: { limit, isExact: calls !== undefined || isList } };
}
