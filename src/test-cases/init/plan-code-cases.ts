import { isObject, type Json } from '../../connector/json/value.ts';
import { mockAnswerFor } from '../../runtime/mock.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import type { GivenAnswer } from '../model.ts';
import type { Subject } from '../subject.ts';
import { answerFor } from './answers-of.ts';
import type { Draft, WrittenCase } from './draft.ts';
import { sampleInputs } from './sample-inputs.ts';
import { type Surroundings, snapshot } from './snapshot.ts';

/**
 * The cases of an operation that is run by code, where the code can't be run while they are written: what it sends isn't
 * known, so every request is answered, and only what the flow gets is promised.
 */
export function planCodeCases(operation: RuntimeOperation, { connector }: Subject): WrittenCase[] {
  const inputs = sampleInputs(operation, 'required');
  const { key } = mockAnswerFor(operation);
  const answer = withToken(answerFor(operation, key, []), connector);
  const rest = {
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    api: answer as Json,
    expect: { result: { status: answer.status ?? 200, fits: true } },
  };
  return [
    { name: 'runs its code', ...rest },
    { name: 'runs its code when its id comes in Base64', switches: { operationId: 'base64' }, ...rest },
  ];
}

/** Code that signs in by itself finds its token in the same answer. */
export function withToken(
  answer: Exclude<GivenAnswer, string>,
  { script }: Subject['connector'],
): Exclude<GivenAnswer, string> {
  const signsIn = /\baccess_token\b/.test(script?.text ?? '');
  return signsIn && isObject(answer.body) ? { ...answer, body: { access_token: 'a-token', ...answer.body } } : answer;
}

/**
 * What the API answers to code: the definition promises only what the code makes of it. The first of the forms that an API
 * may have, from which the code makes what is promised; else the first that it doesn't fail on.
 *
 * @returns undefined where it fails on all
 */
export async function answerForCode(draft: Draft, around: Surroundings): Promise<Draft['api'] | undefined> {
  const [answer] = [draft.api].flat().slice(-1);
  if (typeof answer !== 'object' || Array.isArray(draft.api)) return draft.api;
  let second: Draft['api'] | undefined;
  for (const body of formsOf(answer.body)) {
    const { body: _, ...rest } = answer;
    const api = withToken(body === undefined ? rest : { ...rest, body }, around.subject.connector);
    const result = await snapshot({ ...draft, api }, around);
    if ('reason' in result || result.run.trace.error !== undefined) continue;
    if (result.run.exitStatus === 0) return api;
    second ??= api;
  }
  return second;
}

/** As it is promised; with digits for texts; a part of it, or in a list: code often unwraps or wraps; nothing. */
function formsOf(body: Json | undefined): (Json | undefined)[] {
  const parts = isObject(body) ? Object.values(body).filter((value) => typeof value === 'object') : [];
  const whole = body === undefined ? [] : [body, withDigits(body)];
  return [...whole, ...parts, ...(body === undefined ? [] : [[body]]), [], {}, undefined];
}

function withDigits(value: Json): Json {
  if (Array.isArray(value)) return value.map(withDigits);
  if (!isObject(value)) return typeof value === 'string' ? '7' : value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withDigits(inner)]));
}
