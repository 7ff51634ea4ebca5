import type { JsonObject } from '../../connector/json/value.ts';
import { isRunFailure } from '../run-failure.ts';
import type { PreparedRun, RunOptions } from '../run-operation.ts';
import { type OnRun, resultOf, type TriggerResult } from './trigger-result.ts';
import { endOf, type Notification, receive, type Shown, type Subscription, subscribe, unsubscribe } from './webhook.ts';

/** What happens next; of interest for whoever waits. */
export type Phase = 'subscribing' | 'waiting' | 'unsubscribing';

export interface WebhookRun {
  /** How many notifications end it. */
  events: number;
  /** The next one; undefined: none came in time, or `stop` is aborted. */
  next: () => Promise<Notification | { error: string } | undefined>;
  /** For the message: how long `next` waits. */
  seconds: number;
  stop: AbortSignal;
  /** @param end where the subscription is ended, as far as that is known; without secrets */
  onPhase: (phase: Phase, end?: string) => void;
  onRun: OnRun;
}

/**
 * A subscription from its beginning to its end: whatever happens in between, and whenever `stop` is aborted, what was
 * begun is ended. A request that is on its way is waited for: the API may have subscribed already.
 *
 * @throws UserError when it can't run at all
 */
export async function runWebhook(options: RunOptions, prepared: PreparedRun, run: WebhookRun): Promise<TriggerResult> {
  return new Life(options, run).all(prepared);
}

class Life {
  private readonly options: RunOptions;
  private readonly run: WebhookRun;
  private readonly runs: Shown[] = [];
  private readonly errors: string[] = [];
  private notifications = 0;

  constructor(options: RunOptions, run: WebhookRun) {
    this.options = options;
    this.run = run;
  }

  async all(prepared: PreparedRun): Promise<TriggerResult> {
    const { stop, onPhase } = this.run;
    if (stop.aborted) return this.result('none');
    onPhase('subscribing');
    const { run, subscription } = await subscribe(this.options, prepared);
    this.keep(run);
    if (subscription === undefined) return this.result(this.isUnanswered(run) ? 'unknown' : 'none');
    let isEnded = false;
    try {
      // with an answer that no flow could have read, nobody waits for notifications
      if (run.trace.error === undefined) await this.wait(subscription);
    } finally {
      // also after a fault of ours: nobody else knows of the subscription
      isEnded = await this.end(subscription);
    }
    return this.result(isEnded ? 'ended' : 'left', subscription);
  }

  private keep(run: Shown): void {
    this.runs.push(run);
    this.run.onRun(run.trace);
  }

  /** What was sent and not answered may have been done. */
  private isUnanswered({ trace }: Shown): boolean {
    const isSent = trace.steps.some(({ step }) => step === 'send');
    const isAnswered = trace.steps.some(({ step }) => step === 'answer');
    if (!isSent || isAnswered) return false;
    this.errors.push(`the API gave no answer: whether it subscribed is not known; ${this.lookThere()}`);
    return true;
  }

  /** What somebody can do who has nothing to send a DELETE to. */
  private lookThere(): string {
    const { notificationUrl } = this.options;
    const which = notificationUrl === undefined ? 'it' : `one to ${notificationUrl}`;
    return `look for ${which} among the subscriptions at the service, and remove it there`;
  }

  /** Without secrets. */
  private shownEnd(subscription: Subscription): string | undefined {
    const end = endOf(subscription);
    return end === undefined ? undefined : this.options.secrets.text(end);
  }

  private async wait(subscription: Subscription): Promise<void> {
    const { events, next, stop, onPhase, seconds } = this.run;
    while (this.notifications < events && !stop.aborted) {
      onPhase('waiting', this.shownEnd(subscription));
      const notification = await next();
      if (stop.aborted) return;
      if (notification === undefined) {
        const before = this.notifications === 0 ? '' : ` after the first ${this.notifications}`;
        this.errors.push(`no notification came within ${seconds} seconds${before} (--timeout)`);
        return;
      }
      this.notifications += 1;
      if ('error' in notification) this.errors.push(notification.error);
      else this.take(notification);
    }
  }

  private take(notification: Notification): void {
    try {
      this.keep(receive(this.options, notification));
    } catch (error) {
      if (!isRunFailure(error)) throw error;
      this.errors.push(`a notification can't be read: ${error.message}`);
    }
  }

  private async end(subscription: Subscription): Promise<boolean> {
    this.run.onPhase('unsubscribing', this.shownEnd(subscription));
    const run = await unsubscribe(this.options, subscription);
    if (run === undefined) {
      const isTrigger = this.options.operation.kind === 'trigger';
      if (isTrigger) {
        const left = 'the API gave no Location, so nothing ended the subscription: it is still there';
        this.errors.push(`${left}; ${this.lookThere()}`);
      }
      return !isTrigger;
    }
    this.keep(run);
    if (run.exitStatus === 0) return true;
    const answer = run.trace.steps.find(({ step }) => step === 'answer');
    const why = run.trace.error ?? `the API answered ${answer?.step === 'answer' ? answer.status : 'nothing'}`;
    const sent = run.trace.steps.findLast(({ step }) => step === 'send');
    const url = sent?.step === 'send' ? sent.url : this.shownEnd(subscription);
    const byHand = `end it yourself, with the credentials of the connection: DELETE ${url}`;
    this.errors.push(`the subscription was not ended, and may still be there: ${why}; ${byHand}`);
    return false;
  }

  private result(subscription: 'none' | 'ended' | 'left' | 'unknown', of?: Subscription): TriggerResult {
    const state: JsonObject = { subscription, notifications: this.notifications };
    if (of?.location !== undefined) state.location = of.location;
    return resultOf(this.options, this.runs, {
      state,
      error: this.errors.length === 0 ? undefined : this.errors.join('; '),
      isStopped: this.run.stop.aborted && this.notifications < this.run.events,
    });
  }
}
