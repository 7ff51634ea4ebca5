import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { repositoryAround } from '../connector/find.ts';
import { UserError } from '../errors.ts';
import { writeFiles } from '../files/write.ts';
import { stopOnSignal } from '../process/stop-signal.ts';
import { describeTrace } from '../runtime/describe.ts';
import { type PreparedRun, prepareRun, type RunOptions } from '../runtime/run-operation.ts';
import type { Trace } from '../runtime/trace.ts';
import type { PollState } from '../runtime/triggers/polling.ts';
import type { Phase } from '../runtime/triggers/run-webhook.ts';
import type { TriggerResult } from '../runtime/triggers/trigger-result.ts';
import { onOneLine } from '../shown.ts';
import type { Context, FlagSpec, Flags } from './command.ts';
import { readNamed } from './connector-files.ts';
import { portFlag } from './port.ts';

/** Runs of triggers from the command line: the calls of a polling one, the subscription of a webhook. */

export const triggerFlags: readonly FlagSpec[] = [
  {
    name: 'poll',
    value: 'N',
    description: 'call a polling trigger N times, each time with the state of the call before',
  },
  {
    name: 'state',
    value: 'FILE',
    description: 'with --poll: begin with the state in this file, and keep the new one there',
  },
  {
    name: 'interval',
    value: 'SECONDS',
    description: 'with --poll: wait so long between two calls (default: what Retry-After says, else 1)',
  },
  { name: 'webhook', description: 'subscribe, wait for notifications, and unsubscribe; Ctrl-C unsubscribes, too' },
  { name: 'events', value: 'N', description: 'with --webhook: how many notifications end it (default: 1)' },
  {
    name: 'callback',
    value: 'URL',
    description: "with --webhook: the address that the API is given, such as a tunnel's (default: one of this machine)",
  },
  {
    name: 'port',
    value: 'PORT',
    description:
      'with --webhook: where notifications are received on 127.0.0.1 (default: a free port, with --callback 4281)',
  },
];

/** Where the tunnel of a callback leads, unless somebody says otherwise. */
const callbackPort = 4281;

/** Until somebody ends it: many days. */
const mostSeconds = 2_000_000;

/** @throws UserError for flags that don't go together */
export function refuseTriggerContradictions(flags: Flags): void {
  const isGiven = (name: string): boolean => flags.on(name) || flags.text(name) !== undefined;
  for (const other of ['webhook', 'mock', 'replay', 'poll']) {
    if (isGiven('webhook') && other !== 'webhook' && isGiven(other)) {
      throw new UserError(`--webhook and --${other} contradict each other`, { hint: 'leave one of them out' });
    }
  }
  const needs: [string, string][] = [
    ['state', 'poll'],
    ['interval', 'poll'],
    ['events', 'webhook'],
    ['callback', 'webhook'],
    ['port', 'webhook'],
  ];
  for (const [name, needed] of needs) {
    if (isGiven(name) && !isGiven(needed))
      throw new UserError(`--${name} is for --${needed}`, { hint: `add --${needed}` });
  }
  counted(flags, 'poll');
  counted(flags, 'events');
  portFlag('port', flags);
  secondsOf(flags);
  callbackOf(flags);
}

export const isTriggerRun = (flags: Flags): boolean => flags.text('poll') !== undefined || flags.on('webhook');

/** @throws UserError where the operation isn't what the flags are for */
export function requireTrigger({ operation }: RunOptions, { built }: PreparedRun, flags: Flags): void {
  if (flags.on('webhook') && !built.isSubscription) {
    throw new UserError(
      `--webhook: ${operation.id} has no property with x-ms-notification-url to put an address into`,
      {
        hint: operation.kind === 'trigger' ? 'a polling trigger: --poll 2' : 'name the operation that subscribes',
      },
    );
  }
  if (flags.text('poll') === undefined) return;
  if (operation.kind !== 'trigger') {
    throw new UserError(`--poll: ${operation.id} is not a trigger`, { hint: 'run it once: leave --poll out' });
  }
  if (built.isSubscription) {
    throw new UserError(`--poll: ${operation.id} is a webhook, which nobody polls`, { hint: 'use --webhook' });
  }
}

/**
 * @param ending aborted by Ctrl-C
 * @returns what came of it; in text form each run has been printed
 */
export async function runTrigger(
  options: RunOptions,
  context: Context,
  flags: Flags,
  ending: AbortController,
): Promise<TriggerResult> {
  const again = (): void => context.err('Still ending it. Ctrl-C once more leaves it as it is.\n');
  const release = stopOnSignal(ending, again);
  const show = shower(context);
  try {
    return flags.on('webhook')
      ? await subscription(options, context, flags, { stop: ending.signal, show })
      : await calls(options, context, flags, { stop: ending.signal, show });
  } finally {
    release();
  }
}

interface Around {
  stop: AbortSignal;
  show: (trace: Trace) => void;
}

function shower({ format, out }: Context): (trace: Trace) => void {
  let count = 0;
  return (trace) => {
    count += 1;
    if ((format ?? 'text') === 'text')
      out(`${count === 1 ? '' : '\n'}— ${count}. ${trace.operationId} —\n${describeTrace(trace)}`);
  };
}

async function calls(
  options: RunOptions,
  context: Context,
  flags: Flags,
  { stop, show }: Around,
): Promise<TriggerResult> {
  const [{ runPolling }, files] = await Promise.all([
    import('../runtime/triggers/run-polling.ts'),
    import('../runtime/triggers/state-file.ts'),
  ]);
  const file = flags.text('state');
  const path = file === undefined ? undefined : resolve(context.cwd, file);
  const isOffline = options.send === undefined || options.isMock || flags.text('replay') !== undefined;
  const isKept = path !== undefined && options.send !== undefined;
  let state: PollState | undefined;
  if (path !== undefined && existsSync(path))
    state = files.readState(readNamed(file ?? '', context.cwd), file ?? '', options.secrets);
  return runPolling(options, {
    calls: options.send === undefined ? 1 : counted(flags, 'poll'),
    state,
    interval: isOffline ? 0 : secondsOf(flags),
    stop,
    pause: (seconds) => pause(seconds, stop, context, flags),
    onRun: show,
    onState: (now) => {
      if (isKept)
        writeFiles([[path, files.stateText(now, options.secrets)]], { within: repositoryAround(context.cwd) });
    },
  });
}

async function pause(seconds: number, stop: AbortSignal, { err }: Context, flags: Flags): Promise<void> {
  const hint = flags.text('interval') === undefined ? '; --interval SECONDS is another time' : '';
  if (seconds > 1) err(`The next call is in ${seconds} seconds${hint}.\n`);
  await wait(Math.min(seconds, mostSeconds) * 1000, undefined, { signal: stop }).catch(() => {});
}

async function subscription(
  options: RunOptions,
  context: Context,
  flags: Flags,
  { stop, show }: Around,
): Promise<TriggerResult> {
  const { runWebhook } = await import('../runtime/triggers/run-webhook.ts');
  const callback = callbackOf(flags);
  const seconds = Number(flags.text('timeout') ?? 100);
  const events = flags.text('events') === undefined ? 1 : counted(flags, 'events');
  const isDry = options.send === undefined;
  const receiver = isDry ? undefined : await open(callback, context, flags);
  const notificationUrl = receiver?.url ?? callback?.href ?? 'http://127.0.0.1:PORT/TOKEN';
  const subscribing: RunOptions = { ...options, notificationUrl };
  const say = sayer(context, { events, port: receiver?.port, callback });
  try {
    return await runWebhook(subscribing, prepareRun(subscribing), {
      events,
      seconds,
      next: async () => receiver?.next(seconds * 1000, stop),
      stop,
      onPhase: (phase, end) => (isDry ? undefined : say(phase, end)),
      onRun: show,
    });
  } finally {
    receiver?.close();
  }
}

async function open(callback: URL | undefined, { err }: Context, flags: Flags) {
  const { openReceiver } = await import('../runtime/triggers/receiver.ts');
  // a callback on this machine is where we listen
  const isHere = callback?.hostname === '127.0.0.1' && callback.protocol === 'http:';
  const usual = callback === undefined ? 0 : isHere ? Number(callback.port || 80) : callbackPort;
  const onRefused = (what: string): void => err(`note: ${onOneLine(what)}\n`);
  return openReceiver({ callback, port: portFlag('port', flags) ?? usual, onRefused });
}

function sayer(
  { err }: Context,
  { events, port, callback }: { events: number; port: number | undefined; callback: URL | undefined },
): (phase: Phase, end: string | undefined) => void {
  let count = 0;
  return (phase, end) => {
    // whoever kills this program, or the machine, can still end the subscription
    const at = end === undefined ? '' : ` (DELETE ${onOneLine(end)})`;
    if (phase === 'waiting') count += 1;
    if (phase === 'waiting' && count === 1) {
      const which = events === 1 ? 'a notification' : `${events} notifications`;
      const way = callback === undefined ? '' : ` (${callback.href} has to lead there)`;
      err(`Waiting for ${which} on 127.0.0.1:${port}${way}. Ctrl-C ends the subscription${at}.\n`);
    }
    if (phase === 'unsubscribing') err(`Ending the subscription${at}.\n`);
  };
}

/** @throws UserError for anything but a whole number from 1 */
function counted(flags: Flags, name: string): number {
  const text = flags.text(name);
  const count = Number(text ?? 1);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000_000) return count;
  throw new UserError(`--${name} ${text}: must be a whole number from 1`);
}

function secondsOf(flags: Flags): number | undefined {
  const text = flags.text('interval');
  if (text === undefined) return undefined;
  const seconds = text.trim() === '' ? Number.NaN : Number(text);
  if (seconds >= 0 && seconds <= mostSeconds) return seconds;
  throw new UserError(`--interval ${text}: must be a number of seconds, 0 or more`);
}

function callbackOf(flags: Flags): URL | undefined {
  const text = flags.text('callback');
  if (text === undefined) return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new UserError(`--callback ${text}: is not an address`, {
    hint: 'write it whole: https://tunnel.example.com/hook',
  });
}
