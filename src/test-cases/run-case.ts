import { basename, dirname, resolve } from 'node:path';
import { isUserError, UserError } from '../errors.ts';
import { readWithin } from '../files/read.ts';
import { mockAnswer } from '../runtime/mock.ts';
import type { RuntimeOperation } from '../runtime/operation.ts';
import type { InputFile } from '../runtime/request/files.ts';
import { prepareRun, type RunOptions, type RunResult, runOperation } from '../runtime/run-operation.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { Incoming, Send } from '../runtime/send.ts';
import { refusalOf } from '../system-error.ts';
import { Answers, answersFor } from './answers.ts';
import { type Circumstances, judge } from './judge.ts';
import type { CaseResult, Expectation, Scene, TestCase, TestFile } from './model.ts';
import { testConnection } from './placeholders.ts';
import type { Subject } from './subject.ts';

/** Hears of every run, passed or not. */
export type OnRun = (operation: RuntimeOperation, run: RunResult) => void;

export interface RunContext {
  subject: Subject;
  onRun: OnRun;
  /** The real API, instead of the answers of cases. */
  live?: { send: Send; connectionFor: (test: TestCase) => RunOptions['connection'] };
}

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
    if (context.subject.hasCode(operation.id)) {
      return {
        outcome: 'skipped',
        problems: ["the operation is run by the connector's code (script.csx), which can't be run here yet"],
      };
    }
    return verdict(await runScene(file, test, operation, context));
  } catch (error) {
    if (!isUserError(error)) throw error;
    return verdict([couldNotRun(error, test.expect)]);
  }
}

const couldNotRun = ({ message, hint }: UserError, expect: Expectation = {}): string =>
  expect.error === undefined
    ? [`it could not run: ${message}`, ...(hint === undefined ? [] : [`  ${hint.replaceAll('\n', '\n  ')}`])].join('\n')
    : `the run should fail with "${expect.error}", and it could not even begin: ${message}`;

async function runScene(
  file: TestFile,
  test: TestCase,
  operation: RuntimeOperation,
  context: RunContext,
): Promise<string[]> {
  const expect = test.expect ?? {};
  const { answers, circumstances } = answersOfScene(test, test.calls, file, operation, context);
  const options = optionsOf(file, test, operation, context);
  const run = await perform({ ...options, send: context.live?.send ?? answers.send }, context.onRun);
  const problems = judge(expect, run, {
    ...circumstances,
    isLive: context.live !== undefined,
    state: options.poll?.state,
  });
  return problems;
}

/** @throws UserError where it can't run at all */
export async function perform(options: RunOptions, onRun: OnRun): Promise<RunResult> {
  const prepared = prepareRun(options);
  const [problem, ...others] = prepared.built.problems.map(({ key, message }) => `${key} ${message}`);
  if (problem !== undefined) throw new UserError(problem, { details: others });
  const run = await runOperation(options, prepared);
  onRun(options.operation, run);
  return run;
}

/** What answers the requests of a case or a step, and how many there may be. */
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
  const limit = calls ?? (isList ? given.length : sent);
  return { answers: new Answers(given, limit), circumstances: { limit, isExact: calls !== undefined || isList } };
}

export function optionsOf(
  file: TestFile,
  test: TestCase,
  operation: RuntimeOperation,
  { subject, live }: RunContext,
): RunOptions {
  const connection = live?.connectionFor(test) ?? testConnection(subject.inner, test.connection, test.connectionSet);
  const state = test.state === undefined ? undefined : Object.fromEntries(Object.entries(test.state).map(textEntry));
  return {
    operation,
    inner: subject.inner,
    connection,
    inputs: test.inputs ?? {},
    readFile: (name) => readBeside(name, file.path, subject.root),
    client: test.switches?.client ?? 'flow',
    nulls: test.switches?.null ?? 'drop',
    skipUnknownPolicies: false,
    send: undefined,
    isMock: false,
    sendTo: undefined,
    secrets: new Secrets(connection.secrets),
    poll: { state },
  };
}

const textEntry = ([name, value]: [string, unknown]): [string, string] => [name, String(value)];

/** A file that an input names, relative to the test, and nowhere outside of the repository. */
function readBeside(name: string, test: string, root: string): InputFile {
  try {
    return { bytes: readWithin(root, resolve(dirname(test), name)), name: basename(name) };
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === undefined) throw error;
    throw new UserError(`${name}: ${reason}`);
  }
}
