import { deepEqual, type Json, type JsonObject } from '../connector/json/value.ts';
import { counted } from '../counted.ts';
import type { RunResult } from '../runtime/run-operation.ts';
import type { SchemaFinding } from '../runtime/schema-check.ts';
import type { PolicyStep, RequestStep, SchemaStep } from '../runtime/trace.ts';
import {
  bodyDifference,
  type Difference,
  headersDifference,
  likeness,
  nothing,
  requestDifference,
  type SeenRequest,
} from './match.ts';
import type { Expectation, ExpectedRequest } from './model.ts';

/** What is to be compared beside the run itself. */
export interface Circumstances {
  /** How many requests may be sent. */
  limit: number;
  /** It was said how many have to be. */
  isExact: boolean;
  /** Of a poll: the state after it. */
  state?: JsonObject | undefined;
  /** Nobody reads the answer. */
  mayMisfit?: boolean;
}

/** What a run showed. */
export type Showing = Pick<RunResult, 'trace' | 'resultHeaders'>;

/** @returns why a run isn't what is expected, the first reason first; empty where it is */
export function unmetExpectations(expect: Expectation, run: Showing, circumstances: Circumstances): string[] {
  const sent = run.trace.steps.filter((step): step is RequestStep => step.step === 'send');
  const requests = sentProblems(listOf(expect.sent), sent, circumstances, run);
  const ending = endProblems(expect, run, requests.length > 0);
  const result = run.trace.error === undefined ? resultProblems(expect, run, circumstances) : [];
  return [...requests, ...ending, ...result, ...besides(expect, run, circumstances)];
}

const listOf = (sent: Expectation['sent']): ExpectedRequest[] | undefined =>
  sent === undefined || Array.isArray(sent) ? sent : [sent];

function sentProblems(
  expected: readonly ExpectedRequest[] | undefined,
  sent: readonly RequestStep[],
  { limit, isExact }: Circumstances,
  run: Showing,
): string[] {
  const most = expected === undefined ? limit : Math.min(limit, Math.max(expected.length, isExact ? limit : 0));
  for (const [index, seen] of sent.entries()) {
    const wanted = expected?.[index];
    if (index >= most) return [unexpectedRequest(seen, index, expected ?? [])];
    if (wanted === undefined) continue;
    const difference = requestDifference(wanted, seen);
    if (difference !== undefined) {
      return [`${otherRequest(difference, seen, index, expected ?? [])}${madeBy(difference, run)}`];
    }
  }
  const least = expected?.length ?? (isExact ? limit : 0);
  if (sent.length >= least && (!isExact || sent.length >= limit)) return [];
  const missing = expected?.[sent.length];
  const which = missing === undefined ? '' : `; the missing one is ${nameOf(missing)}`;
  const verb = sent.length === 1 ? 'was' : 'were';
  return [`${counted(isExact ? limit : least, 'request')} should be sent, and ${sent.length} ${verb} sent${which}`];
}

function otherRequest(
  difference: Difference,
  seen: SeenRequest,
  index: number,
  expected: readonly ExpectedRequest[],
): string {
  const near = nearestOf(seen, expected);
  const text = `${ordinal(index, expected.length)}: ${inWords(difference)}`;
  if (near === undefined || near === index) return text;
  return `${text}\n  it is nearest to expected request ${near + 1}, ${nameOf(expected[near] ?? {})}`;
}

const ordinal = (index: number, count: number): string => (count > 1 ? `request ${index + 1}` : 'the request');

function unexpectedRequest(seen: RequestStep, index: number, expected: readonly ExpectedRequest[]): string {
  const by = seen.by === undefined ? '' : ` by a ${seen.by}`;
  const text = `request ${index + 1} is not expected: ${seen.method} ${seen.url} is sent${by}`;
  const near = nearestOf(seen, expected);
  if (near === undefined) return text;
  const difference = requestDifference(expected[near] ?? {}, seen);
  const how = difference === undefined ? 'it is the same once more' : inWords(difference);
  return `${text}\n  the nearest expected one is request ${near + 1}: ${how}`;
}

function nearestOf(seen: SeenRequest, expected: readonly ExpectedRequest[]): number | undefined {
  const scores = expected.map((one) => likeness(one, seen));
  const best = Math.max(...scores);
  return scores.length === 0 ? undefined : scores.indexOf(best);
}

const nameOf = ({ method, url }: ExpectedRequest): string =>
  [method, url].filter((part) => part !== undefined).join(' ') || 'any request';

const inWords = ({ what, expected, seen }: Difference): string => {
  const how = seen === nothing ? 'is missing' : expected === nothing ? 'is not expected' : 'differs';
  return `${what} ${how}\n  expected: ${expected}\n  seen:     ${seen}`;
};

/** The policy that made what is seen, where one did. */
function madeBy({ what }: Difference, { trace }: Showing): string {
  const place = what === 'the URL' ? 'url' : what.startsWith('the header ') ? `headers/${what.slice(11)}` : undefined;
  const step = trace.steps.findLast(
    (one): one is PolicyStep => one.step === 'policy' && one.changed.some((change) => change.what === place),
  );
  if (place === undefined || step === undefined) return '';
  return `\n  made by:  policy ${step.index} (${[step.template, step.title].filter((text) => text !== '').join(', ')})`;
}

/** @param isExplained what was sent is wrong, and the error may just follow from it */
function endProblems({ error: expected }: Expectation, { trace: { error } }: Showing, isExplained: boolean): string[] {
  if (expected === undefined) return error === undefined || isExplained ? [] : [`the run failed: ${error}`];
  if (error === undefined) return [`the run should fail with "${expected}", and it did not fail`];
  return error.includes(expected) ? [] : [`the run should fail with "${expected}", and it failed with: ${error}`];
}

function resultProblems({ result = {}, misfit }: Expectation, run: Showing, { mayMisfit }: Circumstances): string[] {
  const { status, body } = run.trace.result ?? { status: 0, body: null };
  const problems: string[] = [];
  if (run.trace.result === undefined) return problems;
  const isSuccess = status >= 200 && status <= 299;
  if (result.status === undefined ? !isSuccess : result.status !== status) {
    const difference = { what: 'the status of the result', seen: String(status) };
    problems.push(
      result.status === undefined
        ? `${inWords({ ...difference, expected: '2xx' })}\n  if that is what the case is about: expect: { result: { status: ${status} } }`
        : inWords({ ...difference, expected: String(result.status) }),
    );
  }
  const headers = headersDifference(result.headers ?? {}, run.resultHeaders ?? {});
  if (headers !== undefined) problems.push(ofResult(headers));
  const different = result.body === undefined ? undefined : bodyDifference(result.body, body, { whole: false });
  if (different !== undefined) problems.push(ofResult(different));
  return [
    ...problems,
    ...fitProblems(findingsOf(run), { fits: result.fits, misfit, isSuccess: isSuccess && mayMisfit !== true }),
  ];
}

const ofResult = (difference: Difference): string =>
  inWords({ ...difference, what: `${difference.what} of the result` });

const findingsOf = ({ trace }: Showing): SchemaFinding[] =>
  trace.steps.filter((step): step is SchemaStep => step.step === 'schema').flatMap(({ findings }) => findings);

function fitProblems(
  findings: readonly SchemaFinding[],
  { fits, misfit, isSuccess }: { fits: boolean | undefined; misfit: string[] | undefined; isSuccess: boolean },
): string[] {
  if (misfit !== undefined) {
    const seen = findings.map(({ at }) => at);
    const missing = misfit.find((at) => !seen.includes(at));
    if (missing !== undefined) return [`the result should not fit the definition at "${missing}", and it does`];
    const more = findings.find(({ at }) => !misfit.includes(at));
    return more === undefined ? [] : [misfitText(more)];
  }
  const isExpected = fits ?? (isSuccess ? true : undefined);
  const [first] = findings;
  if (isExpected === true && first !== undefined) return [misfitText(first)];
  return isExpected === false && first === undefined ? ['the result should not fit the definition, and it does'] : [];
}

const misfitText = ({ at, expected, seen, pointer }: SchemaFinding): string =>
  `the result does not fit the definition${at === '' ? '' : ` at ${at}`}\n  expected: ${expected}\n  seen:     ${seen}\n  declared: ${pointer}`;

function besides(
  { assumptions = [], state }: Expectation,
  { trace }: Showing,
  { state: seen }: Circumstances,
): string[] {
  const ids: string[] = trace.assumptions.map(({ id }) => id);
  const missing = assumptions.filter((id) => !ids.includes(id));
  const problems = missing.map(
    (id) => `the run should rest on the assumption ${id}; it rests on ${ids.join(', ') || 'none'}`,
  );
  if (state === undefined) return problems;
  const texts = Object.fromEntries(Object.entries(state).map(([key, value]): [string, Json] => [key, String(value)]));
  return deepEqual(texts, seen ?? {})
    ? problems
    : [...problems, inWords({ what: 'the state', expected: JSON.stringify(texts), seen: JSON.stringify(seen ?? {}) })];
}
