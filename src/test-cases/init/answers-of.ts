import type { Json } from '../../connector/json/value.ts';
import { bodyOfAnswer } from '../../runtime/answer.ts';
import { type PolicyInstance, runsOn } from '../../runtime/instances.ts';
import { shownBody } from '../../runtime/message.ts';
import { mockAnswerFor } from '../../runtime/mock.ts';
import { declaredAddress, type RuntimeOperation } from '../../runtime/operation.ts';
import { declaredKeys } from '../coverage.ts';
import type { GivenAnswer } from '../model.ts';
import { prepareFor, valueAnswer } from './policy-sources.ts';

type Answer = Exclude<GivenAnswer, string>;

/** The status of the answer that a flow goes on with: the lowest 2xx that has a schema. */
export function successKey(operation: RuntimeOperation): string {
  return mockAnswerFor(operation).key;
}

/** A status as a number; `default` stands for one that isn't declared. */
export function statusOf(operation: RuntimeOperation, key: string): number {
  if (/^\d{3}$/.test(key)) return Number(key);
  const declared = declaredKeys(operation);
  if (!declared.some((name) => /^2/.test(name))) return 200;
  return [500, 503, 400].find((status) => !declared.includes(String(status))) ?? 599;
}

/**
 * What the API answers for a declared status: an example, or values by the schema; with what the policies of the answer
 * look for.
 */
export function answerFor(operation: RuntimeOperation, key: string, policies: readonly PolicyInstance[]): Answer {
  const status = statusOf(operation, key);
  const incoming = mockAnswerFor(operation, key).answer;
  const body = bodyOfAnswer(incoming.body, incoming.headers['content-type']);
  const concerned = policies.filter((policy) => runsOn(policy, status) && policy.template !== 'setvaluefromurl');
  let value: Json = shownBody(body);
  if (concerned.length > 0 && (body === undefined || body.kind === 'json')) {
    value = structuredClone(value ?? {});
    const { scheme, host } = declaredAddress(operation.definition);
    for (const policy of concerned) prepareFor(policy, value, `${scheme}://${host}`);
    // policies that need no body leave none
    if (body === undefined && JSON.stringify(value) === '{}') value = null;
  }
  return value === null ? { status } : { status, ...typeOf(incoming.headers, body?.kind), body: value };
}

/** JSON and text need no type. */
function typeOf(headers: Record<string, string>, kind: string | undefined): Pick<Answer, 'headers'> {
  const type = headers['content-type'];
  return kind === 'text' && type !== undefined && !type.startsWith('text/plain')
    ? { headers: { 'content-type': type } }
    : {};
}

/** All answers of a run, in order: also those that policies ask for. */
export function answersOfRun(answer: Answer, policies: readonly PolicyInstance[]): Answer | Answer[] {
  const asking = policies.filter(({ template }) => template === 'setvaluefromurl');
  const asked = (isRequest: boolean): Answer[] =>
    asking
      .filter((policy) => runsOn(policy, isRequest ? 'request' : (answer.status ?? 200)))
      .map((policy) => ({ status: 200, body: valueAnswer(policy) }));
  const all = [...asked(true), answer, ...asked(false)];
  return all.length === 1 ? answer : all;
}
