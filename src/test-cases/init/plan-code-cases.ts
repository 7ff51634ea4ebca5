import { isObject, type Json } from '../../connector/json/value.ts';
import { mockAnswerFor } from '../../runtime/mock.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import type { Subject } from '../subject.ts';
import { answerFor } from './answers-of.ts';
import type { WrittenCase } from './draft.ts';
import { sampleInputs } from './sample-inputs.ts';

/**
 * The cases of an operation that is run by code, where the code can't be run while they are written: what it sends isn't
 * known, so every request is answered, and only what the flow gets is promised.
 */
export function planCodeCases(operation: RuntimeOperation, { connector }: Subject): WrittenCase[] {
  const inputs = sampleInputs(operation, 'required');
  const { key } = mockAnswerFor(operation);
  const answer = answerFor(operation, key, []);
  // code that signs in by itself finds its token in the same answer
  const signsIn = /\baccess_token\b/.test(connector.script?.text ?? '');
  const body: Json | undefined =
    signsIn && isObject(answer.body) ? { access_token: 'a-token', ...answer.body } : answer.body;
  const rest = {
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    api: { ...answer, ...(body === undefined ? {} : { body }) } as Json,
    expect: { result: { status: answer.status ?? 200, fits: true } },
  };
  return [
    { name: 'runs its code', ...rest },
    { name: 'runs its code when its id comes in Base64', switches: { operationId: 'base64' }, ...rest },
  ];
}
