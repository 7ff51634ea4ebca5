import { readAnswer } from '../answer.ts';
import type { Assumed } from '../assumptions.ts';
import type { sensitivePlaces } from '../connection/credentials.ts';
import { outgoingOf } from '../exchange.ts';
import { bodyBytes, type RuntimeAnswer, type RuntimeRequest } from '../message.ts';
import { isRunFailure, RunFailure } from '../run-failure.ts';
import type { Secrets } from '../secrets.ts';
import type { Incoming, Outgoing } from '../send.ts';
import { nameOfStatus } from '../status-text.ts';
import type { ScriptStep } from '../trace.ts';
import { documentedSeconds, type ScriptEnd, type ScriptOptions } from './run-script.ts';
import { credentialsOf, tokensOf } from './script-secrets.ts';

/** What the code of an operation needs of the run around it. */
export interface ScriptSurroundings extends ScriptOptions {
  operationId: string;
  /** As the policies left it. */
  request: RuntimeRequest;
  originalRequestUri: string;
  notificationBase: string;
  /** Of the definition: places of credentials. */
  sensitive: ReturnType<typeof sensitivePlaces>;
  secrets: Secrets;
  assumed: Assumed;
  /** Undefined: a dry run. */
  exchange: ((request: Outgoing) => Promise<Incoming>) | undefined;
  /** Policies of the answer, where they run on each answer to the script. */
  onAnswer?: (answer: RuntimeAnswer) => Promise<void>;
}

/** The answer of a script; in a dry run, what it would send first, if it sends anything. */
export type ScriptOutcome = { answer: RuntimeAnswer } | { ready: Outgoing };

/**
 * Runs the code of an operation.
 *
 * @param step in the trace; its time and its log are filled in
 * @throws RunFailure when it fails or takes too long, UserError when it can't be run at all
 */
export async function runScript(around: ScriptSurroundings, step: ScriptStep): Promise<ScriptOutcome> {
  const { operationId, operationIdForm, originalRequestUri, notificationBase, timeout, assumed } = around;
  const sending = new Sending(around);
  let end: ScriptEnd;
  try {
    end = await around.run(
      {
        operationId: operationIdForm === 'base64' ? Buffer.from(operationId).toString('base64') : operationId,
        request: outgoingOf(around.request),
        originalRequestUri,
        notificationBase,
        timeout,
      },
      { send: sending.send, log: (line) => step.log.push(line), abandoned: sending.abandoned.signal },
    );
  } catch (error) {
    if (sending.ready !== undefined) return { ready: sending.ready };
    throw error;
  }
  step.milliseconds = Math.round(end.milliseconds);
  // whatever the script made of it
  if (sending.stopped !== undefined) throw sending.stopped;
  if (sending.ready !== undefined) return { ready: sending.ready };
  if (end.hasReadOperationId && operationIdForm === 'plain') assumed.add('operation-id-form');
  const documented = documentedSeconds * 1000;
  const isCutOff = 'failure' in end && end.isTimeout && timeout <= documented;
  if (end.milliseconds >= documented || isCutOff) assumed.add('script-time');
  if ('failure' in end) throw new RunFailure(end.failure);
  return { answer: readAnswer(end.answer) };
}

/** The `SendAsync` of one run. */
class Sending {
  /** What a dry run ends with. */
  ready: Outgoing | undefined;
  /** An error that ends the run, even where the script has caught it. */
  stopped: unknown;
  readonly abandoned = new AbortController();
  private readonly around: ScriptSurroundings;
  private readonly given: Outgoing;

  constructor(around: ScriptSurroundings) {
    this.around = around;
    this.given = outgoingOf(around.request);
  }

  readonly send = async (request: Outgoing): Promise<Incoming> => {
    const { exchange, secrets, sensitive } = this.around;
    for (const value of credentialsOf(request, this.given, sensitive)) secrets.add({ label: 'fetched', value });
    if (exchange === undefined) {
      this.ready ??= request;
      this.abandoned.abort();
      throw new RunFailure('nothing is sent in a dry run');
    }
    try {
      const incoming = await exchange(request);
      for (const value of tokensOf(incoming)) secrets.add({ label: 'fetched', value });
      return await this.passed(incoming);
    } catch (error) {
      // no answer is an exception there, too; an address that is not allowed is none of the script's business
      if (!isRunFailure(error)) this.stopped ??= error;
      throw error;
    }
  };

  private async passed(incoming: Incoming): Promise<Incoming> {
    const { onAnswer } = this.around;
    if (onAnswer === undefined) return incoming;
    const answer = readAnswer(incoming);
    await onAnswer(answer);
    return {
      status: answer.status,
      statusText: nameOfStatus(answer.status),
      headers: Object.fromEntries(answer.headers),
      body: bodyBytes(answer.body) ?? Buffer.alloc(0),
    };
  }
}
