import {
  asObject,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../../src/connector/json/value.ts';
import { isUserError } from '../../../src/errors.ts';
import { policiesFor } from '../../../src/runtime/instances.ts';
import { Sampler, type Scalars } from '../../../src/runtime/mock.ts';
import type { RuntimeOperation, RuntimeParameter } from '../../../src/runtime/operation.ts';
import { isInternal, type SchemaView } from '../../../src/runtime/schema.ts';
import type { RunScript } from '../../../src/runtime/script/run-script.ts';
import { notificationSchema } from '../../../src/runtime/triggers/webhook.ts';
import { incomingOf } from '../../../src/test-cases/answers.ts';
import { optionsOf, scriptOf } from '../../../src/test-cases/case-options.ts';
import { declaredKeys, responseSchema } from '../../../src/test-cases/coverage.ts';
import { answerFor, answersOfRun } from '../../../src/test-cases/init/answers-of.ts';
import { Life } from '../../../src/test-cases/life.ts';
import type { GivenAnswer, Step, TestCase, TestFile } from '../../../src/test-cases/model.ts';
import { perform } from '../../../src/test-cases/run-case.ts';
import { seededScalars } from '../../../src/test-cases/serve/seeded-values.ts';
import type { Subject } from '../../../src/test-cases/subject.ts';
import { type Random, randomOf } from './random.ts';

/**
 * Whether a change of a connector can be noticed at all: many inputs that it takes and answers that its API may give, random
 * ones that no generated test has, are run before and after.
 */

export interface Situation {
  operationId: string;
  test: TestCase;
  answers: Exclude<GivenAnswer, string>[];
  /** Of the life of a trigger. */
  steps?: Step[];
}

export type Code = (() => Promise<RunScript | { missing: string }>) | undefined;

const place = { path: '/repository/tests/Op.test.yaml', line: 1, column: 1 };

/** @param count for each operation and each of its declared statuses, at least */
export function situationsOf(subject: Subject, operationId: string, count: number, seed: string): Situation[] {
  const operation = subject.operation(operationId);
  const random = randomOf(`${seed} ${operationId}`);
  const keys = declaredKeys(operation);
  const list = Array.from({ length: Math.max(count, keys.length * 2) }, (_, index): Situation => {
    const key = keys[index % Math.max(1, keys.length)];
    return {
      operationId,
      test: {
        name: `${index}`,
        place,
        inputs: inputsOf(operation, random, `${seed} ${index}`),
        switches: { client: index % 3 === 2 ? 'app' : 'flow', null: index % 4 === 3 ? 'keep' : 'drop' },
      },
      answers: answersFor(subject, operation, key, `${seed} ${index}`, index % 2 === 0),
    };
  });
  return operation.kind === 'trigger' ? [...list, ...livesOf(operation, list, seed)] : list;
}

/** Those of a trigger whose inputs are there: what comes, with random events. */
function livesOf(operation: RuntimeOperation, situations: readonly Situation[], seed: string): Situation[] {
  const isPoll = operation.method === 'GET';
  return situations.slice(0, 4).map((situation, index): Situation => {
    const [answer = { status: 200 }] = situation.answers;
    const ok = { ...answer, status: 200 };
    const schema = notificationSchema(operation);
    const sampler = new Sampler(operation.schemas, { takesObjects: false, scalars: scalarsOf(`${seed} ${index}`) });
    const event = schema === undefined ? {} : sampler.value(schema, []);
    const steps: Step[] = isPoll
      ? [ok, ok, { status: 202 }].map((api) => ({ kind: 'poll', api, place }))
      : [
          { kind: 'subscribe', place, api: { ...ok, headers: { location: '/hooks/1' } } },
          { kind: 'event', place, event },
          { kind: 'unsubscribe', place, api: { status: 204 } },
        ];
    return { ...situation, steps };
  });
}

/** Lists of two, so that separators are seen. */
const scalarsOf = (seed: string): Scalars => ({ ...seededScalars(seed), elements: 2 });

function inputsOf({ parameters, schemas }: RuntimeOperation, random: Random, seed: string): JsonObject {
  const sampler = new Sampler(schemas, { takesObjects: false, scalars: scalarsOf(seed) });
  const wanted = parameters.filter(
    ({ node, in: location, required }) => !(isInternal(node) && location !== 'body') && (required || random(3) > 0),
  );
  const valueFor = ({ name, in: location, node, pointer }: RuntimeParameter): Json => {
    if (getOwn(node, 'type') === 'file') return { base64: 'AAEC', name: 'a.bin' };
    const view = location === 'body' ? schemas.view(getOwn(node, 'schema'), `${pointer}/schema`) : { node, pointer };
    // not always what the definition names
    const own = { ...view, node: random(2) === 0 ? withoutGiven(view.node) : view.node };
    return pruned(sampler.value(own, [], [name]), own);
  };
  function pruned(value: Json, view: SchemaView): Json {
    if (Array.isArray(value)) return value.map((one) => pruned(one, schemas.below(view, 'items')));
    if (!isObject(value)) return value;
    const required = schemas.required(view);
    const known = schemas.properties(view);
    const kept = Object.entries(value).filter(([name]) => {
      const property = known.get(name);
      if (property !== undefined && isInternal(property.node)) return false;
      return required.has(name) || random(3) > 0;
    });
    return Object.fromEntries(
      kept.map(([name, inner]) => [name, pruned(inner, known.get(name) ?? { node: {}, pointer: '' })]),
    );
  }
  return Object.fromEntries(wanted.map((parameter) => [parameter.name, valueFor(parameter)]));
}

const withoutGiven = ({ default: _, example: __, 'x-ms-test-value': ___, ...rest }: JsonObject): JsonObject => rest;

function answersFor(
  subject: Subject,
  operation: RuntimeOperation,
  key: string | undefined,
  seed: string,
  isPrepared: boolean,
): Exclude<GivenAnswer, string>[] {
  const policies = policiesFor(subject.inner, operation.id, { skipUnknown: true });
  const usual = answerFor(operation, key ?? 'default', isPrepared ? policies : []);
  const schema = key === undefined ? undefined : responseSchema(operation, key);
  const sampler = new Sampler(operation.schemas, { takesObjects: false, scalars: scalarsOf(seed) });
  const answer = isPrepared || schema === undefined ? usual : { ...usual, body: sampler.value(schema, []) };
  return [answersOfRun(answer, policies)].flat();
}

/** What can be seen of a connector in a situation; nothing of how it comes about. */
export type Sight = Json;

export async function sightOf(
  subject: Subject,
  { operationId, test, answers, steps }: Situation,
  code?: Code,
): Promise<Sight> {
  const file: TestFile = { path: place.path, operation: operationId, operationPlace: place, cases: [] };
  const context = { subject, onRun: () => undefined, ...(code === undefined ? {} : { code }) };
  try {
    const operation = subject.operation(operationId);
    const script = await scriptOf(test, operation.id, context);
    if (script !== undefined && 'missing' in script) return { refused: true };
    if (steps !== undefined) {
      const life = new Life(file, test, operation, context, script);
      const seen: Json[] = [];
      for (const step of steps) {
        const { run, circumstances } = await life.take(step);
        seen.push({ ...seenIn(run), state: { ...circumstances.state } });
      }
      return seen;
    }
    let sent = 0;
    const send = async () => incomingOf(answers[Math.min(sent++, answers.length - 1)] ?? {});
    const options = optionsOf(file, test, operation, context);
    return seenIn(await perform({ ...options, send, script }, context.onRun));
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { refused: true };
  }
}

function seenIn({
  trace,
  resultHeaders,
}: Pick<Awaited<ReturnType<typeof perform>>, 'trace'> & { resultHeaders?: Record<string, string> }): JsonObject {
  const sent = trace.steps.flatMap((step): Json[] =>
    step.step === 'send' ? [{ method: step.method, url: step.url, headers: step.headers, body: step.body }] : [],
  );
  const misfits = trace.steps.flatMap((step) => (step.step === 'schema' ? step.findings.map(({ at }) => at) : []));
  return {
    sent,
    misfits,
    // texts of failures name places, which a change of the order changes
    failed: trace.error !== undefined,
    result: trace.result === undefined ? null : { ...trace.result },
    headers: asObject(resultHeaders),
  };
}

/** It couldn't run at all. */
export const isRefused = (sight: Sight): boolean => getOwn(sight, 'refused') !== undefined;

export const isSame = (one: Sight, other: Sight): boolean => deepEqual(one, other);
