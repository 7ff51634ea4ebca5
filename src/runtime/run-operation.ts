import { asArray, getOwn, type Json, type JsonObject, strings } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { isUserError, UserError } from '../errors.ts';
import { bodyOfAnswer } from './answer.ts';
import { Assumed } from './assumptions.ts';
import { changesOf } from './changes.ts';
import { placeCredentials, sensitivePlaces } from './connection/credentials.ts';
import type { Connection } from './connection/resolve-connection.ts';
import { type ExchangeOptions, exchange, exchangeBytes } from './exchange.ts';
import { finalMethod, type PolicyInstance, policiesFor, runsOn } from './instances.ts';
import { maskedTrace } from './mask-trace.ts';
import {
  cloneMessage,
  type Message,
  queryName,
  queryValue,
  type RuntimeAnswer,
  type RuntimeRequest,
  shownBody,
  urlOf,
} from './message.ts';
import type { RuntimeOperation } from './operation.ts';
import { dryPlaceholder } from './policies/set-value-from-url.ts';
import { PolicyContext, type PolicySurroundings } from './policy-context.ts';
import type { Client } from './request/build-body.ts';
import { type BuiltRequest, buildRequest } from './request/build-request.ts';
import type { ReadFile } from './request/files.ts';
import { type AnswerHead, isRunFailure, RunFailure } from './run-failure.ts';
import { checkAnswer, type NullHandling, withoutNulls } from './schema-check.ts';
import type { ScriptOptions } from './script/run-script.ts';
import { runScript, type ScriptOutcome } from './script/script-step.ts';
import type { Secrets } from './secrets.ts';
import type { Incoming, Outgoing, Send } from './send.ts';
import type { RequestStep, ScriptStep, Trace } from './trace.ts';

/** The address on which the connector itself is reached; a name that nobody can have (RFC 2606). */
export const connectorOrigin = 'https://connector.invalid';

export interface RunOptions {
  operation: RuntimeOperation;
  /** `properties` of apiProperties.json. */
  inner: JsonObject;
  connection: Connection;
  /**
   * For runs that outlive a token: a new one where that is due, or where the service refused the one in use.
   *
   * @returns undefined: there is no other
   */
  renewConnection?: (isRefused: boolean) => Promise<Connection | undefined>;
  inputs: JsonObject;
  readFile: ReadFile;
  client: Client;
  nulls: NullHandling;
  skipUnknownPolicies: boolean;
  /** Undefined: a dry run. */
  send: Send | undefined;
  /** Policies get placeholders where they would call the API: nobody can make up what they look for. */
  isMock: boolean;
  sendTo: URL | undefined;
  /** Grows while the run fetches what is secret. */
  secrets: Secrets;
  /** The code of the connector; undefined: the operation has none. */
  script?: ScriptOptions | undefined;
  /** That of another operation, which a trigger may lead to; undefined: none has any. */
  scriptOf?: (operationId: string) => ScriptOptions | undefined;
  /** Of a polling trigger: state of the call before. Changed in place. */
  poll?: PolicySurroundings['poll'];
  /** Where notifications are received; default: an address that nobody has. */
  notificationUrl?: string;
  /** Where the request goes, wherever policies lead: an address that the API itself named. */
  pinned?: Pick<RuntimeRequest, 'base' | 'path'>;
}

export interface RunResult {
  trace: Trace;
  /** 0: answered 2xx and fits; 1: refused, misfit or failed. */
  exitStatus: 0 | 1;
  /** Of the result, by name in lower case; undefined where there is no answer. */
  resultHeaders?: Record<string, string>;
  /** As it left, with its secrets: for what comes next, never to be shown. */
  request: RuntimeRequest;
  /** What the client got, with nulls, and with secrets as well; of a run that failed, as far as it came. */
  answer: RuntimeAnswer | undefined;
}

/** What is known before anything is sent. */
export interface PreparedRun {
  built: BuiltRequest;
  policies: PolicyInstance[];
  /** The method that the request leaves with. */
  method: string;
}

/**
 * The request of the client and the policies that concern it.
 *
 * @throws UserError for a policy that nothing is known of
 */
export function prepareRun({
  operation,
  inner,
  inputs,
  readFile,
  client,
  skipUnknownPolicies,
  notificationUrl = `${connectorOrigin}/notifications`,
}: RunOptions): PreparedRun {
  const policies = policiesFor(inner, operation.id, { skipUnknown: skipUnknownPolicies });
  const built = buildRequest(operation, inputs, { client, readFile, notificationUrl });
  return { built, policies, method: finalMethod(operation.method, policies) };
}

/** Whether an operation is run by the connector's code. None named means all. */
export function hasCode({ script }: Pick<Connector, 'script'>, inner: JsonObject, operationId: string): boolean {
  if (script === undefined) return false;
  const listed = strings(getOwn(inner, 'scriptOperations'));
  return (
    asArray(getOwn(inner, 'scriptOperations')).length === 0 ||
    listed.some((id) => id.toLowerCase() === operationId.toLowerCase())
  );
}

/**
 * Runs an operation: request, credentials, policies, API, policies of the answer, comparison with the definition. Problems
 * of the inputs have been dealt with before.
 *
 * @throws UserError when it can't run at all
 */
export async function runOperation(options: RunOptions, { built, policies }: PreparedRun): Promise<RunResult> {
  const run = new Run(options, built, policies);
  try {
    await run.all();
  } catch (error) {
    if (!isRunFailure(error)) throw maskedError(error, options.secrets);
    run.trace.error = error.message;
  }
  return run.finished();
}

/** Whatever is said about an error may quote what was sent. */
export function maskedError(error: unknown, secrets: Secrets): unknown {
  if (secrets.isEmpty || !(error instanceof Error)) return error;
  error.message = secrets.text(error.message);
  if (error.stack !== undefined) error.stack = secrets.text(error.stack);
  return error;
}

/** Of a request of code: what would be sent, in a dry run; else the answer. */
type Outcome = { answer: RuntimeAnswer } | { ready: RequestStep };

/** The body of a request that the code made, as a trace shows it. */
const shownBytes = ({ headers, body }: Outgoing): Json =>
  shownBody(body === undefined ? undefined : bodyOfAnswer(body, headers['content-type']));

/** Policies may still sign in. */
const unsigned = 'the definition has security, and the connection has no value that goes there';

class Run {
  readonly trace: Trace;
  private readonly options: RunOptions;
  private readonly policies: readonly PolicyInstance[];
  private readonly request: RuntimeRequest;
  private readonly assumed = new Assumed();
  private readonly around: PolicySurroundings;
  /** What policies got from other calls. */
  private readonly fetched: string[] = [];
  private readonly sensitive: ReturnType<typeof sensitivePlaces>;
  /** The request as the client made it, on the host of the connector. */
  private readonly originalUri: string;
  private exitStatus: 0 | 1 = 1;
  private answer: RuntimeAnswer | undefined;

  constructor(options: RunOptions, built: BuiltRequest, policies: readonly PolicyInstance[]) {
    const { operation, connection } = options;
    this.options = options;
    this.policies = policies;
    this.request = built.request;
    this.originalUri = urlOf({ ...built.request, base: connectorOrigin });
    this.trace = { operationId: operation.id, kind: operation.kind, assumptions: [], steps: [] };
    this.sensitive = sensitivePlaces(operation.definition);
    this.around = {
      request: built.request,
      connection,
      assumed: this.assumed,
      pathValues: built.pathValues,
      originalMethod: operation.method,
      call: options.send === undefined || options.isMock ? undefined : (request) => this.exchange(request, 'policy'),
      fetched: (value) => {
        this.fetched.push(value);
      },
      connectorOrigin,
      poll: options.poll ?? { state: undefined },
    };
  }

  async all(): Promise<void> {
    const { operation, connection, secrets, script } = this.options;
    const placed = placeCredentials(this.request, operation, connection);
    for (const secret of placed.secrets) secrets.add(secret);
    const step = this.requestStep('request');
    this.trace.steps.push(placed.isUnsigned ? { ...step, note: unsigned } : step);
    await this.runPolicies(this.request);
    Object.assign(this.request, this.options.pinned);
    // the placeholder is shown as it is, whatever a URL makes of it
    if (this.around.call === undefined) secrets.add({ label: dryPlaceholder.slice(1, -1), value: dryPlaceholder });
    const outcome = script === undefined ? await this.askApi() : await this.runScript(script);
    if ('ready' in outcome) {
      this.trace.steps.push(outcome.ready);
      this.exitStatus = 0;
      return;
    }
    const { answer } = outcome;
    // also where its policies fail: a subscription has been made by then
    this.answer = answer;
    this.trace.steps.push({
      step: 'answer',
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: structuredClone(shownBody(answer.body)),
    });
    if (script?.responsePolicies !== 'before-script') {
      if (script !== undefined && this.policies.some((policy) => runsOn(policy, answer.status)))
        this.assumed.add('response-policies-after-script');
      await this.runPolicies(answer);
    }
    this.checkResult(answer);
  }

  /** Without code: the request goes out as it is. In a dry run it is shown. */
  private async askApi(): Promise<Outcome> {
    if (this.options.send === undefined) return { ready: this.requestStep('ready') };
    try {
      return { answer: await this.exchange(this.request, undefined) };
    } catch (error) {
      if (isRunFailure(error) && error.head !== undefined) this.keepHead(error.head);
      throw error;
    }
  }

  /** Of an answer that can't be read: a subscription may have been made all the same. */
  private keepHead({ status, headers }: AnswerHead): void {
    this.answer = { kind: 'answer', status, headers: new Map(Object.entries(headers)), body: undefined };
    this.trace.steps.push({ step: 'answer', status, headers: { ...headers }, body: null });
  }

  /** With code, only that goes out which the code sends. */
  private async runScript(script: ScriptOptions): Promise<Outcome> {
    const { operation, secrets, send } = this.options;
    const step: ScriptStep = { step: 'script', milliseconds: 0, log: [] };
    this.trace.steps.push(step);
    const outcome: ScriptOutcome = await runScript(
      {
        ...script,
        operationId: operation.id,
        request: this.request,
        originalRequestUri: this.originalUri,
        notificationBase: connectorOrigin,
        sensitive: this.sensitive,
        secrets,
        assumed: this.assumed,
        exchange: send === undefined ? undefined : (request) => this.exchangeBytes(request),
        ...(script.responsePolicies === 'before-script' ? { onAnswer: (answer) => this.runPolicies(answer) } : {}),
      },
      step,
    );
    if (!('ready' in outcome)) return outcome;
    const { method, url, headers } = outcome.ready;
    return { ready: { step: 'ready', method, url, headers: { ...headers }, body: shownBytes(outcome.ready) } };
  }

  private requestStep(step: RequestStep['step']): RequestStep {
    const { request } = this;
    return {
      step,
      method: request.method,
      url: urlOf(request),
      headers: Object.fromEntries(request.headers),
      body: structuredClone(shownBody(request.body)),
    };
  }

  private exchange(request: RuntimeRequest, by: RequestStep['by']): Promise<RuntimeAnswer> {
    return exchange(request, this.exchangeOptions(by));
  }

  private exchangeBytes(request: Outgoing): Promise<Incoming> {
    return exchangeBytes(request, shownBytes(request), this.exchangeOptions('script'));
  }

  /** @throws RunFailure in a dry run */
  private exchangeOptions(by: RequestStep['by']): ExchangeOptions {
    const { send, sendTo } = this.options;
    if (send === undefined) throw new RunFailure('nothing is sent in a dry run');
    const onSend = (step: RequestStep): void => {
      this.trace.steps.push(structuredClone(step));
    };
    return { send, onSend, sendTo, ...(by === undefined ? {} : { by }) };
  }

  private async runPolicies(message: Message): Promise<void> {
    const status = message.kind === 'answer' ? message.status : 'request';
    for (const policy of this.policies) if (runsOn(policy, status)) await this.runPolicy(policy, message);
  }

  private async runPolicy(policy: PolicyInstance, message: Message): Promise<void> {
    const { index, template, title, pointer, run, section } = policy;
    if (policy.direction === 'section' && section === 'failure') this.assumed.add('failure-section');
    const context = new PolicyContext(policy.parameters, this.around);
    const before = cloneMessage(message);
    if (run === undefined) context.note = 'skipped: no documentation says what this template does';
    try {
      await run?.(message, context);
    } catch (error) {
      throw named(error, policy);
    }
    this.keepFetchedSecret();
    const changed = changesOf(before, message);
    const note = context.note === undefined ? {} : { note: context.note };
    this.trace.steps.push({ step: 'policy', index, template, title, pointer, changed, ...note });
  }

  /** What was fetched is secret once it is where credentials are, whichever way it came there. */
  private keepFetchedSecret(): void {
    const { headers, query } = this.request;
    const places = [
      ...[...headers].flatMap(([name, value]) => (this.sensitive.headers.has(name) ? [value] : [])),
      ...query.flatMap((part) => (this.sensitive.query.has(queryName(part).toLowerCase()) ? [queryValue(part)] : [])),
    ];
    for (const value of this.fetched) {
      if (places.some((place) => place.includes(value))) this.options.secrets.add({ label: 'fetched', value });
    }
  }

  private checkResult(whole: RuntimeAnswer): void {
    const { operation, nulls } = this.options;
    const { body } = whole;
    const isDropped = body?.kind === 'json' && nulls === 'drop';
    const answer = isDropped ? { ...whole, body: { kind: body.kind, value: withoutNulls(body.value) } } : whole;
    const isPoll = operation.kind === 'trigger' && operation.method === 'GET';
    const findings = checkAnswer(operation, answer, { isPoll });
    this.trace.steps.push({ step: 'schema', findings });
    this.trace.result = { status: answer.status, body: shownBody(answer.body) };
    const isSuccess = answer.status >= 200 && answer.status <= 299;
    this.exitStatus = isSuccess && findings.length === 0 ? 0 : 1;
  }

  finished(): RunResult {
    this.trace.assumptions = this.assumed.list();
    const { request, answer, exitStatus } = this;
    const { secrets } = this.options;
    const masked = answer === undefined ? {} : { resultHeaders: secrets.json(Object.fromEntries(answer.headers)) };
    return { trace: maskedTrace(this.trace, secrets), exitStatus, ...masked, request, answer };
  }
}

/** Which policy it was, in front of what went wrong. */
function named(error: unknown, { index, template, title }: PolicyInstance): unknown {
  const policy = `policy ${index} (${template}${title === '' ? '' : `, ${title}`})`;
  if (isRunFailure(error)) return new RunFailure(`${policy}: ${error.message}`);
  if (!isUserError(error)) return error;
  const { hint } = error;
  return new UserError(`${policy}: ${error.message}`, hint === undefined ? {} : { hint });
}
