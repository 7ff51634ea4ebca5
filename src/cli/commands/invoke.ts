import { resolve } from 'node:path';
import { repositoryAround } from '../../connector/find.ts';
import { UserError } from '../../errors.ts';
import { writeFiles } from '../../files/write.ts';
import type { CodeOf } from '../../runtime/choices.ts';
import { type Exchange, harOf, recorded, replayed } from '../../runtime/har.ts';
import { listOf, readInputs } from '../../runtime/inputs.ts';
import type { Observation } from '../../runtime/learn/observation.ts';
import { runOnEach } from '../../runtime/learn/run-on-each.ts';
import type { NetworkOptions } from '../../runtime/network.ts';
import { findOperation, type RuntimeOperation } from '../../runtime/operation.ts';
import type { Client } from '../../runtime/request/build-body.ts';
import type { InputProblem } from '../../runtime/request/problems.ts';
import { type PreparedRun, prepareRun, type RunOptions } from '../../runtime/run-operation.ts';
import type { NullHandling } from '../../runtime/schema-check.ts';
import { documentedSeconds } from '../../runtime/script/run-script.ts';
import { Secrets } from '../../runtime/secrets.ts';
import type { Send } from '../../runtime/send.ts';
import type { Trace } from '../../runtime/trace.ts';
import { onOneLine } from '../../shown.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { jsonObject, type RunnableConnector, readNamed, runnableConnector } from '../connector-files.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import type { LearnResult } from '../learn-definition.ts';
import { milliseconds } from '../milliseconds.ts';
import { originOf } from '../origin.ts';
import { printRuns } from '../print-runs.ts';
import { connectionOfRun, type RunConnection } from '../run-connection.ts';
import { inputObject, readInputFile } from '../run-inputs.ts';
import {
  isTriggerRun,
  refuseTriggerContradictions,
  requireTrigger,
  runTrigger,
  triggerFlags,
} from '../trigger-runs.ts';

const headings: FlagHeadings = {
  'The connection': ['connection', 'connection-set'],
  'Without asking the API': ['dry-run', 'mock', 'replay', 'send-to'],
  'What is kept of the answers': ['record', 'mend'],
  'As the service does it': ['client', 'null', 'response-policies', 'operation-id', 'skip-unknown-policies'],
  'The code of the connector': ['trust-script', 'script-timeout'],
  'Polling triggers': ['poll', 'state', 'interval'],
  Webhooks: ['webhook', 'events', 'callback', 'port'],
};

export const command: CommandSpec = {
  name: 'invoke',
  summary: 'run one operation on this machine, without the cloud',
  group: 'check',
  order: 25,
  positionals: [
    { name: 'operation', description: 'the id of the operation', required: true },
    { name: 'folder', description: 'the connector (default: the repository around the current folder)' },
  ],
  flags: underHeadings(
    [
      {
        name: 'set',
        value: 'NAME=VALUE',
        many: true,
        description: 'an input; a part of the body as BODY/PROPERTY=VALUE, a file as NAME=@PATH (repeatable)',
      },
      {
        name: 'input',
        value: 'FILE',
        description: 'a JSON object with all inputs; - reads it from stdin. --set wins over it',
      },
      { name: 'connection', value: 'FILE', description: 'a JSON object with the values of connection parameters' },
      {
        name: 'connection-set',
        value: 'NAME',
        description: 'which of the connectionParameterSets (default: the first that has its values)',
      },
      { name: 'dry-run', description: 'send nothing: show the request as it would leave, after the policies' },
      {
        name: 'send-to',
        value: 'ORIGIN',
        description: 'send the same requests to this origin, such as http://127.0.0.1:8080',
      },
      {
        name: 'mock',
        description: 'send nothing: answer by --replay, else by the examples and schemas of the definition',
      },
      { name: 'replay', value: 'FILE', description: 'answer from a recording (HAR), in its order' },
      {
        name: 'record',
        value: 'FILE',
        description: 'write what was sent and answered to this file (HAR), without secrets',
      },
      {
        name: 'mend',
        description:
          'change the definition so that the answers fit: new properties, types, nulls, statuses. With --dry-run only show how',
      },
      { name: 'yes', description: 'send also what changes something' },
      { name: 'timeout', value: 'SECONDS', description: 'how long to wait for an answer (default: 100)' },
      {
        name: 'client',
        value: 'NAME',
        description: 'whose request it is: that of a flow (default), or of an app, which sends all defaults',
        choices: ['flow', 'app'],
      },
      {
        name: 'null',
        value: 'WHAT',
        description: 'properties of the answer that are null: drop (default, as flows do), or keep',
        choices: ['drop', 'keep'],
      },
      {
        name: 'response-policies',
        value: 'WHEN',
        description: 'where the operation has code, policies of the answer run after-script (default) or before-script',
        choices: ['after-script', 'before-script'],
      },
      { name: 'script-timeout', value: 'SECONDS', description: 'how long the code may take (default: 5)' },
      {
        name: 'operation-id',
        value: 'FORM',
        description: 'how the code gets the id of the operation: plain (default), or base64 as in some regions',
        choices: ['plain', 'base64'],
      },
      { name: 'trust-script', description: 'run script.csx, also a version that has not run on this machine yet' },
      {
        name: 'skip-unknown-policies',
        description: 'run without policies of templates that no documentation describes',
      },
      ...triggerFlags,
    ],
    headings,
  ),
  formats: ['text', 'json', 'curl', 'har'],
  examples: [
    ['pp-connector invoke ListOrders --dry-run', 'the request as it would leave, policy by policy'],
    ['pp-connector invoke GetOrder --set orderId=42', 'asks the API; the key comes from CONNECTOR_API_KEY'],
    ['pp-connector invoke CreateOrder --set body/customer/name=Ada --yes', 'a part of the body by its path'],
    ['pp-connector invoke UploadInvoice --set file=@invoice.pdf --yes', 'a file'],
    ['pp-connector invoke ListOrders --connection contoso.json --format json', 'every step, for a script'],
    ['pp-connector invoke ListOrders --record orders.har', 'keep what was sent and answered'],
    ['pp-connector invoke ListOrders --trust-script', 'an operation with code, in a script that you have read'],
    ['pp-connector invoke ListOrders --mock', 'no network: an answer by the definition'],
    ['pp-connector invoke ListOrders --mend --dry-run', 'what the definition could learn from the answer'],
    ['pp-connector invoke ListOrders --replay orders.har --mend', 'learn from all answers of a recording'],
    ['pp-connector invoke OnNewOrder --poll 2 --state orders.json', 'a polling trigger, as a flow calls it'],
    ['pp-connector invoke OnOrderPaid --webhook --yes', 'subscribe, show a notification, unsubscribe'],
  ],
  async run(context, [id = '', folder], flags) {
    refuseContradictions(flags);
    refuseTriggerContradictions(flags);
    const ending = new AbortController();
    const runnable = runnableConnector(context.cwd, folder, 'invoke OPERATION FOLDER');
    const run = await prepare(runnable, id, context, flags, ending.signal);
    return isTriggerRun(flags) ? performTrigger(run, context, flags, ending) : perform(run, context, flags);
  },
};

/** A dry run sends nothing; with `--mend`, which needs answers, it writes nothing instead. */
const isUnsent = (flags: Flags): boolean => flags.on('dry-run') && !flags.on('mend');

function refuseContradictions(flags: Flags): void {
  const isMock = flags.on('mock') && flags.text('replay') === undefined;
  const unsent = isUnsent(flags) ? 'dry-run' : undefined;
  const offline = unsent ?? (flags.on('mock') ? 'mock' : flags.text('replay') === undefined ? undefined : 'replay');
  const pairs: [string | undefined, string][] = [
    [offline, 'send-to'],
    [unsent, 'record'],
    [unsent, 'replay'],
    [flags.on('mock') ? unsent : undefined, 'mock'],
    // it answers by the definition
    [isMock ? 'mock' : undefined, 'mend'],
  ];
  for (const [first, second] of pairs) {
    if (first === undefined || (flags.text(second) === undefined && !flags.on(second))) continue;
    throw new UserError(`--${first} and --${second} contradict each other`, { hint: 'leave one of them out' });
  }
}

interface Ready {
  /** Of the connector. */
  folder: string;
  options: RunOptions;
  prepared: PreparedRun;
  exchanges: Exchange[];
  renewNextTime: RunConnection['renewNextTime'];
}

async function prepare(
  runnable: RunnableConnector,
  id: string,
  context: Context,
  flags: Flags,
  ending: AbortSignal,
): Promise<Ready> {
  const { connector, definition, inner } = runnable;
  const operation = findOperation(definition, id);
  const timeout = milliseconds('script-timeout', flags, documentedSeconds);
  const code = connector.script === undefined ? undefined : await import('../script-runner.ts');
  const scripts = await code?.scriptsOf(runnable, operation.id, timeout, context, flags);
  const refreshSend = isOffline(flags) ? undefined : await network(flags, { sendTo: undefined });
  const used = await connectionOfRun(runnable, refreshSend, context, flags);
  const { connection } = used;
  const secrets = new Secrets([...connection.secrets, ...used.secrets]);
  const exchanges: Exchange[] = [];
  const sendTo = originOf(flags.text('send-to'));
  const options: RunOptions = {
    operation,
    inner,
    connection,
    inputs: readInputs(operation, inputObject(flags.text('input'), context.cwd), flags.list('set')),
    readFile: (path) => readInputFile(path, context.cwd),
    client: (flags.text('client') ?? 'flow') as Client,
    nulls: (flags.text('null') ?? 'drop') as NullHandling,
    skipUnknownPolicies: flags.on('skip-unknown-policies'),
    send: await sendBy({ operation, context, flags, exchanges, sendTo, ending }),
    isMock: flags.on('mock') && flags.text('replay') === undefined,
    sendTo,
    secrets,
    renewConnection: (isRefused) => used.renew(isRefused, secrets),
    ...scripts,
  };
  const prepared = await withInputs(options, context, code?.codeForChoices(runnable, timeout, context, flags));
  // what was asked for drop-downs is no part of the run
  exchanges.length = 0;
  return {
    ...prepared,
    folder: runnable.folder,
    exchanges,
    renewNextTime: used.renewNextTime,
  };
}

/** Asks for missing inputs, where somebody is there to answer. @throws UserError for all that is wrong with them */
async function withInputs(
  options: RunOptions,
  context: Context,
  codeOf: CodeOf = async () => undefined,
): Promise<Pick<Ready, 'options' | 'prepared'>> {
  const prepared = prepareRun(options);
  const { problems } = prepared.built;
  if (problems.length === 0) return { options, prepared };
  if (!context.interactive || problems.some(({ kind }) => kind !== 'missing'))
    throw inputError(problems, options.operation);
  const { askInputs, runPrompts } = await import('../prompts/run-questions.ts');
  const missing = problems.map(({ key }) => key);
  const inputs = await askInputs({ options, missing, codeOf, prompts: runPrompts(context) });
  return withInputs({ ...options, inputs }, context, codeOf);
}

/** Nothing leaves this machine. */
const isOffline = (flags: Flags): boolean => isUnsent(flags) || flags.on('mock') || flags.text('replay') !== undefined;

async function network(flags: Flags, options: Pick<NetworkOptions, 'sendTo' | 'stop'>): Promise<Send> {
  const { networkSend } = await import('../../runtime/network.ts');
  return networkSend({ timeout: milliseconds('timeout', flags, 100), ...options });
}

interface Sending {
  operation: RuntimeOperation;
  context: Context;
  flags: Flags;
  exchanges: Exchange[];
  sendTo: URL | undefined;
  ending: AbortSignal;
}

async function sendBy({ operation, context, flags, exchanges, sendTo, ending }: Sending): Promise<Send | undefined> {
  if (isUnsent(flags)) return undefined;
  const replay = flags.text('replay');
  if (replay !== undefined) {
    const archive = jsonObject(readNamed(replay, context.cwd), replay);
    return recorded(
      replayed(archive, replay, (note) => context.err(`note: ${onOneLine(note)}\n`)),
      exchanges,
    );
  }
  if (flags.on('mock')) return recorded((await import('../../runtime/mock.ts')).mocked(operation), exchanges);
  // what a webhook has begun to send may have been done already
  const stop = flags.text('poll') === undefined ? undefined : ending;
  return recorded(await network(flags, { sendTo, stop }), exchanges);
}

function inputError(problems: readonly InputProblem[], operation: RuntimeOperation): UserError {
  const lines = problems.map(({ key, message }) => `${key} ${message}`);
  const [first = '', ...others] = lines;
  const missing = problems.find(({ kind }) => kind === 'missing');
  return new UserError(`${operation.id}: ${first}`, {
    details: others,
    hint: missing === undefined ? listOf(operation) : `give it: --set ${missing.key}=VALUE`,
  });
}

/** @returns the exit status */
async function perform(ready: Ready, context: Context, flags: Flags): Promise<number> {
  const { options, prepared, exchanges } = ready;
  if (!(await isMeant(options, prepared, context, flags))) {
    context.err('Nothing was sent.\n');
    return 1;
  }
  const sends = await recordedSends(options.operation, context, flags);
  const { trace, exitStatus, observed } = await runOnEach(options, prepared, sends);
  record(exchanges, options.secrets, context, flags);
  const learned = await learning(ready, observed, context, flags);
  printRuns(trace, exchanges, { secrets: options.secrets, learned }, context);
  if (trace.error !== undefined) context.err(`error: ${onOneLine(trace.error)}\n`);
  await noteRefused(trace, ready, context, flags);
  return learned?.report.written ? statusAfter(learned, [trace]) : exitStatus;
}

async function noteRefused({ result }: Trace, ready: Ready, { err }: Context, flags: Flags): Promise<void> {
  if (result?.status !== 401 || isOffline(flags) || !(await ready.renewNextTime())) return;
  err('note: the service refused the stored token (401); the next run renews it\n');
}

/** With `--mend` and a recording there is one run for each answer that it has to the operation; the first is shown. */
async function recordedSends(operation: RuntimeOperation, { cwd }: Context, flags: Flags): Promise<Send[]> {
  const replay = flags.on('mend') ? flags.text('replay') : undefined;
  if (replay === undefined) return [];
  const { recordedAnswers } = await import('../../runtime/learn/recorded-answers.ts');
  return recordedAnswers(jsonObject(readNamed(replay, cwd), replay), replay, operation);
}

/** With `--mend`. */
async function learning(
  { folder, options }: Ready,
  observed: readonly Observation[],
  context: Context,
  flags: Flags,
): Promise<LearnResult | undefined> {
  if (!flags.on('mend')) return undefined;
  const { learnDefinition } = await import('../learn-definition.ts');
  const { operation, secrets } = options;
  const isDry = flags.on('dry-run');
  return learnDefinition({ command, folder, operationId: operation.id, observed, secrets, isDry }, context);
}

/** 0 where the API answered well, and the definition says by now what it answered. */
function statusAfter({ isFitting }: LearnResult, shown: readonly Partial<Trace>[]): number {
  const isGood = shown.every(({ error, result }) => error === undefined && (result?.status ?? 0) < 300);
  return isFitting && isGood ? 0 : 1;
}

function record(exchanges: readonly Exchange[], secrets: Secrets, { cwd }: Context, flags: Flags): void {
  const file = flags.text('record');
  if (file === undefined) return;
  const text = `${JSON.stringify(harOf(exchanges, secrets), null, 2)}\n`;
  writeFiles([[resolve(cwd, file), text]], { within: repositoryAround(cwd) });
}

/** @returns the exit status; 130 where somebody ended it, and nothing else was wrong */
async function performTrigger(ready: Ready, context: Context, flags: Flags, ending: AbortController): Promise<number> {
  const { options, prepared, exchanges } = ready;
  requireTrigger(options, prepared, flags);
  if (!(await isMeant(options, prepared, context, flags))) {
    context.err('Nothing was sent.\n');
    return 1;
  }
  const { trace, exitStatus: ofRuns, isStopped, observed } = await runTrigger(options, context, flags, ending);
  record(exchanges, options.secrets, context, flags);
  const learned = await learning(ready, observed, context, flags);
  printRuns(trace, exchanges, { secrets: options.secrets, learned }, context);
  const exitStatus = learned?.report.written ? statusAfter(learned, [trace, ...trace.runs]) : ofRuns;
  const [last] = trace.runs.slice(-1);
  if (last !== undefined) await noteRefused(last, ready, context, flags);
  for (const { error } of [...trace.runs, trace]) if (error !== undefined) context.err(`error: ${onOneLine(error)}\n`);
  return isStopped && exitStatus === 0 ? 130 : exitStatus;
}

/** What changes something is asked for first. */
async function isMeant(
  { operation, send, isMock }: RunOptions,
  { method, built }: PreparedRun,
  context: Context,
  flags: Flags,
): Promise<boolean> {
  const isOffline = send === undefined || isMock || flags.text('replay') !== undefined;
  if (isOffline) return true;
  if (built.isSubscription && !flags.on('webhook')) {
    throw new UserError(`${operation.id} subscribes to notifications, which somebody has to receive`, {
      hint: 'subscribe, receive and unsubscribe: --webhook; or see its request: --dry-run',
    });
  }
  if (['GET', 'HEAD', 'OPTIONS'].includes(method) || flags.on('yes')) return true;
  if (!context.interactive) {
    throw new UserError(`${operation.id} is sent by ${method}, which may change something`, {
      hint: 'if it is meant: --yes; to see the request: --dry-run',
    });
  }
  const { confirmSending, runPrompts } = await import('../prompts/run-questions.ts');
  return confirmSending(operation.id, method, runPrompts(context));
}
