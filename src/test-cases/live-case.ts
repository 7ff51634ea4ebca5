import { isUserError } from '../errors.ts';
import { prepareRun, runOperation } from '../runtime/run-operation.ts';
import type { Send } from '../runtime/send.ts';
import type { RequestStep } from '../runtime/trace.ts';
import { optionsOf, type RunContext, requireComplete, scriptOf } from './case-options.ts';
import type { CaseResult, Expectation, TestCase, TestFile } from './model.ts';
import { unmetExpectations } from './unmet-expectations.ts';

/** Cases against the real API: whether it still answers as the tests and the definition say. */

export interface LiveOptions {
  context: RunContext;
  send: Send;
  /** Also what may change something. */
  mayChange: boolean;
}

type Verdict = Pick<CaseResult, 'outcome'> & { message: string };

const skipped = (message: string): Verdict => ({ outcome: 'skipped', message });

/**
 * Asks the real API in a case. What is sent has been compared offline, with placeholders for the connection; here the status
 * has to be the expected one, and the answer has to fit the definition. Values are not compared: they are the API's.
 */
export async function runLiveCase(file: TestFile, test: TestCase, options: LiveOptions): Promise<CaseResult> {
  const started = performance.now();
  const { outcome, message } = await verdictOf(file, test, options);
  const milliseconds = Math.round(performance.now() - started);
  return { name: test.name, operation: file.operation, outcome, message, place: test.place, milliseconds };
}

async function verdictOf(file: TestFile, test: TestCase, { context, send, mayChange }: LiveOptions): Promise<Verdict> {
  const reason = notLive(test);
  if (reason !== undefined) return skipped(reason);
  try {
    const operation = context.subject.operation(file.operation);
    const script = await scriptOf(test, operation.id, context);
    if (script !== undefined && 'missing' in script) return skipped(script.missing);
    const run = { ...optionsOf(file, test, operation, context), send, script };
    const prepared = requireComplete(prepareRun(run));
    if (!mayChange && !['GET', 'HEAD', 'OPTIONS'].includes(prepared.method))
      return skipped(`${prepared.method} may change something; if it is meant: --yes`);
    const shown = await runOperation(run, prepared);
    context.onRun(operation, shown.trace);
    const [problem, ...others] = unmetExpectations(expected(test.expect ?? {}), shown, {
      limit: Number.POSITIVE_INFINITY,
      isExact: false,
    });
    if (problem === undefined) return { outcome: 'passed', message: '' };
    return { outcome: 'failed', message: [problem, ...others, ...whatWasSent(shown.trace.steps)].join('\n') };
  } catch (error) {
    if (!isUserError(error)) throw error;
    const hint = error.hint === undefined ? '' : `\n  ${error.hint.replaceAll('\n', '\n  ')}`;
    return { outcome: 'failed', message: `it could not run: ${error.message}${hint}` };
  }
}

/** Nobody can make the real API refuse, fail or call back. @returns the reason; undefined for a case that can be asked */
function notLive({ steps, expect = {} }: TestCase): string | undefined {
  if (steps !== undefined) return 'the life of a trigger is not run against the real API';
  if (expect.error !== undefined || expect.misfit !== undefined) return 'the real API can not be made to answer so';
  const { status = 200, fits } = expect.result ?? {};
  return status < 200 || status > 299 || fits === false ? 'the real API can not be made to answer so' : undefined;
}

const expected = ({ result = {} }: Expectation): Expectation => ({
  result: { fits: true, ...(result.status === undefined ? {} : { status: result.status }) },
});

const whatWasSent = (steps: readonly { step: string }[]): string[] =>
  steps
    .filter((step): step is RequestStep => step.step === 'send')
    .slice(-1)
    .map(({ method, url }) => `  sent: ${method} ${url}`);
