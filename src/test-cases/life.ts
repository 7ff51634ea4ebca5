import { asObject, getOwn } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { mockAnswer } from '../runtime/mock.ts';
import { declaredAddress, type RuntimeOperation } from '../runtime/operation.ts';
import { prepareRun, type RunOptions, type RunResult } from '../runtime/run-operation.ts';
import type { ScriptOptions } from '../runtime/script/run-script.ts';
import type { Incoming } from '../runtime/send.ts';
import { type PollState, poll } from '../runtime/triggers/polling.ts';
import { receive, type Subscription, subscribe, unsubscribe } from '../runtime/triggers/webhook.ts';
import { Answers, answersFor } from './answers.ts';
import { optionsOf, type RunContext, requireComplete } from './case-options.ts';
import type { Step, TestCase, TestFile } from './model.ts';
import type { Circumstances } from './unmet-expectations.ts';

/** What a step of a trigger's life showed. */
export interface StepResult {
  run: Pick<RunResult, 'trace' | 'resultHeaders'>;
  circumstances: Circumstances;
}

/** The life of a trigger, step by step: what one leaves is there for the next. */
export class Life {
  private readonly options: RunOptions;
  private readonly file: TestFile;
  private readonly root: string;
  private subscription: Subscription | undefined;
  private state: PollState | undefined;

  constructor(
    file: TestFile,
    test: TestCase,
    operation: RuntimeOperation,
    context: RunContext,
    script?: ScriptOptions,
  ) {
    const scriptFor = (id: string): ScriptOptions | undefined => (context.subject.hasCode(id) ? script : undefined);
    this.options = { ...optionsOf(file, test, operation, context), script, scriptOf: scriptFor };
    this.file = file;
    this.root = context.subject.root;
    this.state = this.options.poll?.state;
  }

  /** @throws UserError for a step that can't be taken */
  take(step: Step): Promise<StepResult> {
    switch (step.kind) {
      case 'subscribe':
        return this.subscribe(step);
      case 'event':
        return Promise.resolve(this.receive(step));
      case 'unsubscribe':
        return this.unsubscribe(step);
      default:
        return this.poll(step);
    }
  }

  private async subscribe(step: Step): Promise<StepResult> {
    const { options, answers } = this.prepared(step, subscriptionAnswer(this.options.operation));
    const prepared = requireComplete(prepareRun(options));
    const { run, subscription } = await subscribe(options, prepared);
    this.subscription = subscription;
    return { run, circumstances: circumstancesOf(answers, step) };
  }

  private receive({ event }: Step): StepResult {
    const body = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
    const type = typeof event === 'string' ? 'text/plain' : 'application/json';
    return {
      run: receive(this.options, { headers: { 'content-type': type }, body }),
      circumstances: { limit: 0, isExact: false },
    };
  }

  private async unsubscribe(step: Step): Promise<StepResult> {
    const { subscription } = this;
    if (subscription?.location === undefined) {
      throw new UserError('there is nothing to unsubscribe from', {
        hint: 'the answer to the subscription has to have the header Location',
      });
    }
    const { options, answers } = this.prepared(step, {
      status: 204,
      statusText: '',
      headers: {},
      body: Buffer.alloc(0),
    });
    const run = await unsubscribe(options, subscription);
    if (run === undefined) throw new UserError('there is nothing to unsubscribe from');
    this.subscription = undefined;
    return { run, circumstances: { ...circumstancesOf(answers, step), mayMisfit: true } };
  }

  private async poll(step: Step): Promise<StepResult> {
    const { options, answers } = this.prepared(step, mockAnswer(this.options.operation));
    const prepared = requireComplete(prepareRun(options));
    const { run, state } = await poll(options, prepared, this.state);
    this.state = state;
    return { run, circumstances: { ...circumstancesOf(answers, step), state } };
  }

  private prepared({ api, expect }: Step, preset: Incoming): { options: RunOptions; answers: Answers } {
    const given = api === undefined ? [preset] : answersFor(api, this.file.path, this.root);
    const sent = Array.isArray(expect?.sent) ? expect.sent.length : 1;
    const answers = new Answers(given, Array.isArray(api) || given.length > 1 ? given.length : sent);
    return { answers, options: { ...this.options, send: answers.send } };
  }
}

const circumstancesOf = ({ limit }: Answers, { api }: Step): Circumstances => ({ limit, isExact: Array.isArray(api) });

/** What an API answers to a subscription by the definition: also where it is ended. */
export function subscriptionAnswer(operation: RuntimeOperation): Incoming {
  const answer = mockAnswer(operation);
  return { ...answer, headers: { ...answer.headers, location: locationOf(operation) } };
}

/** Where a subscription is ended. @param id of the subscription */
export const locationOf = (operation: RuntimeOperation, id = 'subscription-1'): string =>
  `${declaredAddress(operation.definition).basePath.replace(/(?<!\/)\/+$/, '')}${endPath(operation, id)}`;

/**
 * The path below the API's base where a subscription is ended: the one that a DELETE has in the definition, else one
 * below that of the subscription.
 *
 * @param id of the subscription
 */
export function endPath({ definition, path }: RuntimeOperation, id: string): string {
  const paths = Object.entries(asObject(getOwn(definition, 'paths')));
  const [start = ''] = path.split('?', 1);
  const removal = paths.find(
    ([other, item]) => other.startsWith(`${start}/{`) && getOwn(item, 'delete') !== undefined,
  )?.[0];
  return removal?.split('?', 1)[0]?.replaceAll(/\{[^{}]*\}/g, id) ?? `${start.replaceAll(/\{[^{}]*\}/g, '1')}/${id}`;
}

/** For messages: `step 2 (event)`. */
export const stepName = (step: Step, index: number): string => `step ${index + 1} (${step.kind})`;
