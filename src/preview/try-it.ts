import { type Used, useConnection } from '../connect/use-connection.ts';
import { findRepositoryRoot } from '../connector/find.ts';
import { asObject, isObject, type JsonObject, setOwn, strings } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { isUserError, UserError } from '../errors.ts';
import { type Choice, offeredChoices, offeredSchema } from '../runtime/choices.ts';
import { type Connection, howToGive, resolveConnection } from '../runtime/connection/resolve-connection.ts';
import { describeTrace } from '../runtime/describe.ts';
import type { FormField, FormOutput } from '../runtime/form/form-model.ts';
import { assignText, inputPlace } from '../runtime/inputs.ts';
import { mocked } from '../runtime/mock.ts';
import { networkSend } from '../runtime/network.ts';
import { findOperation, type RuntimeOperation } from '../runtime/operation.ts';
import { setBelow } from '../runtime/paths.ts';
import { hasCode, type PreparedRun, prepareRun, type RunOptions, runOperation } from '../runtime/run-operation.ts';
import type { ScriptOptions } from '../runtime/script/run-script.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { Send } from '../runtime/send.ts';
import type { RequestStep } from '../runtime/trace.ts';
import type { ChoicesRequest, Known, TryAnswer, TryRequest } from './page-state.ts';
import type { Preview } from './read-preview.ts';
import { knownFields, knownOutputs, outputView } from './samples.ts';

/** Runs operations with what is typed in the page. */

export interface TryOptions {
  cwd: string;
  /** Values of the connection by parameter, with how messages call their file. */
  connectionFile: { name: string; values: JsonObject } | undefined;
  connectionSet: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** Where connections go instead. */
  sendTo: URL | undefined;
  /** Milliseconds for one answer. */
  timeout: number;
  /** The code of a connector, ready to run. @throws UserError when it can't be, or nobody lets it */
  script: (connector: Connector) => Promise<ScriptOptions | undefined>;
}

/**
 * Runs an operation. What changes something at the service is asked for first.
 *
 * @throws UserError for an operation that there isn't
 */
export async function tryOperation(preview: Preview, request: TryRequest, options: TryOptions): Promise<TryAnswer> {
  try {
    const run = await optionsOf(preview, request, options);
    const refusal = refusalOfConnection(run.connection, request.mode);
    if (refusal !== undefined) return refusal;
    const prepared = prepareRun(run);
    const { problems, isSubscription } = prepared.built;
    if (problems.length > 0)
      return { outcome: 'refused', problems: problems.map(({ key, message }) => ({ key, message })), hint: '' };
    if (request.mode === 'send' && isSubscription) {
      return refused(
        `${run.operation.id} subscribes to notifications, which a page can't receive`,
        'look at its request: send nothing',
      );
    }
    if (request.mode === 'send' && !request.confirmed && !isReading(prepared)) return await confirmation(run, prepared);
    const { trace, exitStatus } = await runOperation(run, prepared);
    return { outcome: 'ran', trace, fits: exitStatus === 0, text: describeTrace(trace) };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return refused(error.message, error.hint ?? '');
  }
}

const refused = (message: string, hint: string): TryAnswer => ({
  outcome: 'refused',
  problems: [{ key: '', message }],
  hint,
});

const isReading = ({ method }: PreparedRun): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

/** The request as it would leave; nothing is sent for it. */
async function confirmation(run: RunOptions, prepared: PreparedRun): Promise<TryAnswer> {
  // a run changes what was prepared, and this one is only looked at
  const dry = { ...run, send: undefined, secrets: new Secrets(run.connection.secrets) };
  const { trace } = await runOperation(dry, prepareRun(dry));
  const ready = trace.steps.find((step): step is RequestStep => step.step === 'ready');
  return { outcome: 'confirm', method: prepared.method, url: ready?.url ?? run.operation.path };
}

/** A request is shown, and an answer made up, without a connection as well. */
function refusalOfConnection({ missing }: Connection, mode: TryRequest['mode']): TryAnswer | undefined {
  if (mode !== 'send' || missing.length === 0) return undefined;
  const names = missing.map(({ name }) => name).join(', ');
  return refused(`the connection has no value for ${names}`, `${howToGive(missing)}, then start the preview again`);
}

async function optionsOf(preview: Preview, request: TryRequest, options: TryOptions): Promise<RunOptions> {
  const { definition, inner } = preview;
  const operation = operationAt(preview, definition, request.operation);
  const script = await codeFor(preview, operation.id, options);
  const send =
    request.mode === 'send' ? networkSend({ timeout: options.timeout, sendTo: options.sendTo }) : mocked(operation);
  const { connection, secrets } = await connectionFor(preview, request.mode, send, options);
  return {
    operation,
    inner,
    connection,
    inputs: inputsOf(operation, request),
    readFile: (path) => {
      throw new UserError(`${path}: a page reads no files by their path`, { hint: 'choose the file in its field' });
    },
    client: 'flow',
    nulls: 'drop',
    skipUnknownPolicies: true,
    send: request.mode === 'dry' ? undefined : send,
    isMock: request.mode === 'mock',
    sendTo: options.sendTo,
    secrets: new Secrets([...connection.secrets, ...secrets]),
    script,
  };
}

async function codeFor(
  { connector, inner }: Preview,
  operationId: string,
  { script }: TryOptions,
): Promise<ScriptOptions | undefined> {
  return hasCode(connector, inner, operationId) ? script(connector) : undefined;
}

/** What is given, else what `connect` has stored; what isn't sent needs nothing of it. */
async function connectionFor(
  { connector, definition, inner }: Preview,
  mode: TryRequest['mode'],
  send: Send,
  { connectionSet, connectionFile, env, sendTo }: TryOptions,
): Promise<Pick<Used, 'connection' | 'secrets'>> {
  const sources = { inner, setName: connectionSet, file: connectionFile, env: mode === 'send' ? env : {} };
  if (mode !== 'send') return { connection: resolveConnection(sources), secrets: [] };
  const root = findRepositoryRoot(connector.location.root) ?? connector.location.root;
  return useConnection({ sources, definition, root, send, isElsewhere: sendTo !== undefined });
}

function operationAt(preview: Preview, definition: JsonObject, pointer: string): RuntimeOperation {
  const found = preview.model.operations.find((operation) => operation.pointer === pointer);
  if (found === undefined) throw new UserError('there is no such operation any more');
  return findOperation(definition, found.id);
}

/** Texts by the types that are declared; empty ones aren't given. */
function inputsOf(operation: RuntimeOperation, { texts, files }: Pick<TryRequest, 'texts' | 'files'>): JsonObject {
  const inputs: JsonObject = {};
  for (const [key, text] of Object.entries(texts)) if (text !== '') assignText(operation, inputs, key, text);
  for (const [key, file] of Object.entries(files)) {
    const { name, path } = inputPlace(operation, key);
    const value = { name: file.name, base64: file.base64 };
    if (path.length === 0) setOwn(inputs, name, value);
    else {
      const root = isObject(inputs[name]) ? inputs[name] : {};
      setOwn(inputs, name, root);
      setBelow(root, path, value);
    }
  }
  return inputs;
}

/** Undefined: the connection has no values here, so that the API was not asked. */
type Asked<T> = Promise<T | undefined>;

/**
 * What a drop-down offers.
 *
 * @throws UserError when the API can't be asked, and when it offers nothing
 */
export async function choicesFor(preview: Preview, request: ChoicesRequest, options: TryOptions): Asked<Choice[]> {
  const run = await runToAsk(preview, request, options);
  if (run === undefined) return undefined;
  const { schema } = inputPlace(run.operation, request.key);
  const choices = await offeredChoices(schema, run, (id) => codeFor(preview, id, options));
  if (choices !== undefined) return choices;
  throw new UserError(`the API gave no values for ${request.key}`, { hint: dependHint });
}

/**
 * The fields below one that is known at run time only.
 *
 * @throws UserError when the API can't be asked, and when its answer has no schema
 */
export async function fieldsFor(
  preview: Preview,
  request: ChoicesRequest,
  options: TryOptions,
): Asked<Known<FormField>> {
  const run = await runToAsk(preview, request, options);
  if (run === undefined) return undefined;
  const { schema } = inputPlace(run.operation, request.key);
  const told = await offeredSchema(schema, run, (id) => codeFor(preview, id, options));
  return told === undefined ? noFields(request) : (knownFields(told, preview.definition, 'api') ?? noFields(request));
}

/**
 * The outputs below one that is known at run time only.
 *
 * @throws UserError when the API can't be asked, and when its answer has no schema
 */
export async function outputsFor(
  preview: Preview,
  request: ChoicesRequest,
  options: TryOptions,
): Asked<Known<FormOutput>> {
  const form = preview.model.operations.find(({ pointer }) => pointer === request.operation);
  const output = form?.outputs.find(({ key }) => key === request.key);
  if (output === undefined) throw new UserError(`there is no output ${request.key} any more`);
  const run = await runToAsk(preview, request, options);
  if (run === undefined) return undefined;
  const view = outputView(run.operation, output);
  const told = await offeredSchema(view, run, (id) => codeFor(preview, id, options));
  if (told === undefined) return noFields(request);
  return knownOutputs(told, preview.definition, output, 'api') ?? noFields(request);
}

function noFields({ key }: ChoicesRequest): never {
  throw new UserError(`the API told no fields of ${key}`, { hint: dependHint });
}

const dependHint = 'fill in the fields that it depends on first';

/** Undefined: the connection has no values. */
async function runToAsk(
  preview: Preview,
  { operation: pointer, texts }: ChoicesRequest,
  options: TryOptions,
): Promise<RunOptions | undefined> {
  const request: TryRequest = { operation: pointer, mode: 'send', texts: {}, files: {}, confirmed: false };
  const run = await optionsOf(preview, request, { ...options, script: async () => undefined });
  return run.connection.missing.length > 0 ? undefined : { ...run, inputs: readable(run.operation, texts) };
}

/** What is half typed isn't given. */
function readable(operation: RuntimeOperation, texts: Readonly<Record<string, string>>): JsonObject {
  const inputs: JsonObject = {};
  for (const [key, text] of Object.entries(texts)) {
    try {
      if (text !== '') assignText(operation, inputs, key, text);
    } catch (error) {
      if (!isUserError(error)) throw error;
    }
  }
  return inputs;
}

/** What a page posts, as it must be. @throws UserError for anything else */
export function readTryRequest(body: unknown): TryRequest {
  const { operation, mode, texts, files, confirmed } = asObject(body);
  const isMode = mode === 'dry' || mode === 'mock' || mode === 'send';
  if (typeof operation !== 'string' || !isMode) throw new UserError('operation and mode are missing');
  return { operation, mode, texts: textsOf(texts), files: filesOf(files), confirmed: confirmed === true };
}

/** @throws UserError for anything else */
export function readChoicesRequest(body: unknown): ChoicesRequest {
  const { operation, key, texts } = asObject(body);
  if (typeof operation !== 'string' || typeof key !== 'string') throw new UserError('operation and key are missing');
  return { operation, key, texts: textsOf(texts) };
}

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asObject(value)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );

const filesOf = (value: unknown): TryRequest['files'] =>
  Object.fromEntries(
    Object.entries(asObject(value)).flatMap(([key, file]) => {
      const [name, base64] = strings([asObject(file).name, asObject(file).base64]);
      return name === undefined || base64 === undefined ? [] : [[key, { name, base64 }]];
    }),
  );
