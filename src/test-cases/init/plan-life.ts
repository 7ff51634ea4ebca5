import { asString, getOwn, type Json, type JsonObject, valueAt } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import { parseTemplate } from '../../runtime/expressions.ts';
import { policiesFor } from '../../runtime/instances.ts';
import { mockAnswerFor, Sampler } from '../../runtime/mock.ts';
import { declaredAddress, type RuntimeOperation } from '../../runtime/operation.ts';
import { isThere, setBelow } from '../../runtime/paths.ts';
import { notificationSchema } from '../../runtime/triggers/webhook.ts';
import { type RunContext, scriptOf } from '../case-options.ts';
import { Life, subscriptionAnswer } from '../life.ts';
import type { GivenAnswer, Step, TestCase, TestFile } from '../model.ts';
import { answerFor } from './answers-of.ts';
import type { WrittenCase } from './draft.ts';
import { expectationOf, type Surroundings } from './snapshot.ts';

/** A step that is to be written. */
interface StepDraft {
  kind: Step['kind'];
  api?: GivenAnswer | GivenAnswer[];
  event?: Json;
}

/**
 * The life of a trigger from its beginning to its end.
 *
 * @returns undefined for an operation that is none; the reason where it can't be run
 */
export async function planLife(
  inputs: JsonObject,
  isSubscription: boolean,
  around: Surroundings,
): Promise<WrittenCase | { reason: string } | undefined> {
  const { operation } = around;
  if (isSubscription) return written('subscribes, receives and unsubscribes', inputs, webhookSteps(operation), around);
  if (operation.kind !== 'trigger' || operation.method !== 'GET') return undefined;
  return written('begins with nothing, gives what is new, then waits', inputs, pollSteps(around), around);
}

function webhookSteps(operation: RuntimeOperation): StepDraft[] {
  const { status, headers } = subscriptionAnswer(operation);
  const { body } = answerFor(operation, mockAnswerFor(operation).key, []);
  const schema = notificationSchema(operation);
  const event = schema === undefined ? {} : new Sampler(operation.schemas, { takesObjects: true }).value(schema, []);
  return [
    {
      kind: 'subscribe',
      api: { status, headers: { location: headers.location ?? '' }, ...(body === undefined ? {} : { body }) },
    },
    { kind: 'event', event },
    { kind: 'unsubscribe', api: { status: 204 } },
  ];
}

/** The first call sets the state; the second one finds something, the third one nothing. */
function pollSteps({ subject, operation }: Surroundings): StepDraft[] {
  const policies = policiesFor(subject.inner, operation.id, { skipUnknown: true });
  const full = answerFor(operation, mockAnswerFor(operation).key, policies);
  const byPolicy = policies.find(({ template }) => template === 'pollingtrigger');
  if (byPolicy !== undefined) {
    const path = dataPath(byPolicy.parameters.triggerDataPath);
    const body = structuredClone(full.body ?? {});
    const there = path === undefined ? undefined : valueAt(body, path);
    if (path !== undefined && path.length > 0 && !Array.isArray(there)) setBelow(body, path, [{}]);
    const empty = structuredClone(body);
    if (path !== undefined && path.length > 0) setBelow(empty, path, []);
    const none = path?.length === 0 ? [] : empty;
    return [body, body, none].map((one) => ({ kind: 'poll', api: { ...full, body: one } }));
  }
  const { basePath } = declaredAddress(operation.definition);
  const location = `${basePath.replace(/(?<!\/)\/+$/, '')}${operation.path.split('?', 1)[0]?.replaceAll(/\{[^{}]*\}/g, '1') ?? ''}?state=1`;
  const wait = { status: 202, headers: { location } };
  return [
    wait,
    { ...full, headers: { ...full.headers, location: location.replace('state=1', 'state=2') } },
    { status: 202 },
  ].map((api) => ({ kind: 'poll', api }));
}

function dataPath(value: Json | undefined): string[] | undefined {
  try {
    const [expression] = parseTemplate((asString(value) ?? '').trim());
    return typeof expression === 'object' ? expression.path : undefined;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return undefined;
  }
}

async function written(
  name: string,
  inputs: JsonObject,
  drafts: readonly StepDraft[],
  { subject, operation, path, code }: Surroundings,
): Promise<WrittenCase | { reason: string }> {
  const place = { path, line: 1, column: 1 };
  const test: TestCase = { name, place, inputs };
  const file: TestFile = { path, operation: operation.id, operationPlace: place, cases: [test] };
  const steps: Json[] = [];
  try {
    const context: RunContext = { subject, onRun: () => undefined, ...(code === undefined ? {} : { code }) };
    const script = await scriptOf(test, operation.id, context);
    if (script !== undefined && 'missing' in script) return { reason: script.missing };
    const life = new Life(file, test, operation, context, script);
    for (const draft of drafts) {
      const { run, circumstances } = await life.take({ ...draft, place });
      const expect = expectationOf(run, draft.api ?? { body: draft.event ?? null });
      if (draft.kind === 'poll' && circumstances.state !== undefined) expect.state = circumstances.state;
      steps.push(stepOf(draft, expect));
    }
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { reason: error.message };
  }
  return { name, ...(Object.keys(inputs).length === 0 ? {} : { inputs }), steps };
}

function stepOf({ kind, api, event }: StepDraft, expect: JsonObject): JsonObject {
  if (kind === 'poll') return { api: api as Json, expect };
  if (kind === 'event') return { event: event ?? {}, expect: withoutSent(expect) };
  // the answer to a DELETE is read by nobody
  const { sent, result } = expect;
  const seen: JsonObject = kind === 'unsubscribe' ? { sent: sent ?? [] } : { sent: sent ?? [], result: result ?? {} };
  const error = getOwn(expect, 'error');
  return { [kind]: { api: api as Json, expect: isThere(error) ? { ...seen, error } : seen } };
}

const withoutSent = ({ sent: _, ...rest }: JsonObject): JsonObject => rest;
