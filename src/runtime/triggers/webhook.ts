import { below, toPointer } from '../../connector/json/pointer.ts';
import { getOwn, isObject } from '../../connector/json/value.ts';
import { pathItemAt } from '../../connector/operations.ts';
import { isUserError } from '../../errors.ts';
import { bodyOfAnswer } from '../answer.ts';
import { assumptionOf } from '../assumptions.ts';
import type { Observation } from '../learn/observation.ts';
import { maskedTrace } from '../mask-trace.ts';
import { type RuntimeRequest, shownBody, urlOf } from '../message.ts';
import type { RuntimeOperation } from '../operation.ts';
import { isRunFailure } from '../run-failure.ts';
import { type PreparedRun, type RunOptions, type RunResult, runOperation } from '../run-operation.ts';
import { checkBody, type SchemaFinding, withoutNulls } from '../schema-check.ts';
import type { Trace } from '../trace.ts';
import { callSignedIn } from './call-signed-in.ts';
import { deleteAt } from './location.ts';

/** The three parts of a subscription to notifications; `run-webhook.ts` puts them in order. */

const contentKey = 'x-ms-notification-content';

/** What has to be ended. */
export interface Subscription {
  /** As the API gave it, with secrets; undefined: it gave none, and nothing can end the subscription. */
  location: string | undefined;
  request: RuntimeRequest;
}

/** Where a subscription is ended, whole; with secrets. */
export function endOf({ location, request }: Subscription): string | undefined {
  if (location === undefined) return undefined;
  const from = urlOf(request);
  return URL.canParse(location, from) ? new URL(location, from).href : location;
}

/** What came to the address for notifications. */
export interface Notification {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** A run without what only the next one needs. */
export interface Shown extends Pick<RunResult, 'trace' | 'exitStatus'> {
  /** What the definition can be compared with: the answer of the trigger's operation, or a notification. */
  observed?: Observation;
}

/**
 * Subscribes.
 *
 * @returns the run, and what has to be ended: undefined where the API refused, or gave no answer
 * @throws UserError when it can't run at all
 */
export async function subscribe(
  options: RunOptions,
  prepared: PreparedRun,
): Promise<{ run: Shown; subscription: Subscription | undefined }> {
  const { trace, exitStatus, answer, request } = await runOperation(options, prepared);
  const run: Shown = { trace, exitStatus };
  if (answer !== undefined && trace.error === undefined) run.observed = answer;
  if (answer === undefined || answer.status < 200 || answer.status > 299) return { run, subscription: undefined };
  const location = answer.headers.get('location')?.trim() || undefined;
  const needsOne = options.operation.kind === 'trigger';
  if (location !== undefined || !needsOne) return { run, subscription: { location, request } };
  const pointer = below(options.operation.pointer, 'responses');
  addFinding(trace, {
    pointer,
    at: '',
    expected: 'the header Location, where the subscription is ended',
    seen: 'nothing',
  });
  return { run: { ...run, exitStatus: 1 }, subscription: { location, request } };
}

function addFinding(trace: Trace, finding: SchemaFinding): void {
  const step = trace.steps.find(({ step: name }) => name === 'schema');
  if (step?.step === 'schema') step.findings = [...step.findings, finding];
  else trace.steps.push({ step: 'schema', findings: [finding] });
}

/** A notification, as a flow gets it: compared with what the path item declares. */
export function receive(options: RunOptions, { headers, body: bytes }: Notification): Shown {
  const { operation, nulls, secrets } = options;
  const body = bodyOfAnswer(bytes, headers['content-type']);
  const trace = traceOf(operation);
  trace.steps.push({ step: 'notification', body: structuredClone(shownBody(body)) });
  const isDropped = body?.kind === 'json' && nulls === 'drop';
  const given = isDropped ? { kind: body.kind, value: withoutNulls(body.value) } : body;
  const view = notificationSchema(operation);
  const findings = view === undefined ? [] : checkBody(operation.schemas, view, given);
  trace.steps.push({ step: 'schema', findings });
  trace.result = { status: 202, body: shownBody(given) };
  const observed = { status: undefined, body };
  return { trace: maskedTrace(trace, secrets), exitStatus: findings.length === 0 ? 0 : 1, observed };
}

const traceOf = ({ id, kind }: RuntimeOperation): Trace => ({ operationId: id, kind, assumptions: [], steps: [] });

/** What the path item declares, beside the method; undefined: anything may come. */
export function notificationSchema({ definition, path, value, pointer, schemas }: RuntimeOperation) {
  const item = { value: pathItemAt(definition, path), pointer: toPointer(['paths', path]) };
  for (const place of [item, { value, pointer }]) {
    const content = schemas.view(getOwn(place.value, contentKey), below(place.pointer, contentKey));
    const schema = getOwn(content.node, 'schema');
    if (isObject(schema)) return schemas.view(schema, below(content.pointer, 'schema'));
  }
  return undefined;
}

/**
 * Ends a subscription: DELETE at its Location. What the API answers goes to nobody, so only its status counts.
 *
 * @returns undefined where nothing can end it
 */
export async function unsubscribe(
  options: RunOptions,
  { location, request }: Subscription,
): Promise<Shown | undefined> {
  if (location === undefined) return undefined;
  try {
    const { called } = await callSignedIn(options, async (now) => {
      const next = deleteAt(now, { location, request });
      const run = await runOperation(next.options, next.prepared);
      return { run, status: run.answer?.status };
    });
    const { trace, answer } = called.run;
    trace.operationId ||= options.operation.id;
    trace.assumptions.push(assumptionOf('location-delete'));
    return { trace, exitStatus: answer !== undefined && answer.status >= 200 && answer.status <= 299 ? 0 : 1 };
  } catch (error) {
    if (!isRunFailure(error) && !isUserError(error)) throw error;
    const trace = traceOf(options.operation);
    trace.error = options.secrets.text(error.message);
    return { trace, exitStatus: 1 };
  }
}
