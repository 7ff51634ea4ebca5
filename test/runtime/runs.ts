import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { resolveConnection } from '../../src/runtime/connection/resolve-connection.ts';
import { networkSend } from '../../src/runtime/network.ts';
import { findOperation } from '../../src/runtime/operation.ts';
import { prepareRun, type RunOptions, type RunResult, runOperation } from '../../src/runtime/run-operation.ts';
import type { ScriptOptions } from '../../src/runtime/script/run-script.ts';
import { Secrets } from '../../src/runtime/secrets.ts';
import type { Incoming, Outgoing, Send } from '../../src/runtime/send.ts';
import type { AnswerStep, PolicyStep, RequestStep, SchemaStep, Step } from '../../src/runtime/trace.ts';
import { frozen } from '../support/frozen.ts';

/** Runs of connectors that exist in memory only. */

export interface Case {
  /** Parts of the definition beside its paths. */
  definition?: JsonObject;
  /** The operation; it is called `Op`. */
  operation?: JsonObject;
  method?: string;
  path?: string;
  item?: JsonObject;
  policies?: JsonObject[];
  /** More of `properties`. */
  properties?: JsonObject;
  connection?: Record<string, string>;
  inputs?: JsonObject;
  client?: RunOptions['client'];
  nulls?: RunOptions['nulls'];
  skipUnknownPolicies?: boolean;
  /** Undefined: a dry run. */
  send?: Send;
  sendTo?: URL;
  /** The code of the operation. */
  script?: Partial<ScriptOptions> & Pick<ScriptOptions, 'run'>;
}

/** A policy with parameters that get their prefix. */
export function policy(
  templateId: string,
  parameters: JsonObject,
  section?: string,
  operations?: string[],
): JsonObject {
  const entries = Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]);
  return {
    templateId,
    title: templateId,
    parameters: {
      ...Object.fromEntries(entries),
      ...(section === undefined ? {} : { 'x-ms-apimTemplate-policySection': section }),
      ...(operations === undefined ? {} : { 'x-ms-apimTemplate-operationName': operations }),
    },
  };
}

export const keyParameter = frozen({ type: 'securestring', uiDefinition: { constraints: { required: 'true' } } });

export function definitionOf({ definition, operation, method = 'get', path = '/orders', item }: Case): JsonObject {
  return {
    swagger: '2.0',
    host: 'api.contoso.com',
    basePath: '/v1',
    ...definition,
    paths: {
      [path]: { ...item, [method]: { operationId: 'Op', responses: { 200: { description: 'OK' } }, ...operation } },
    },
  };
}

export function optionsOf(wanted: Case): RunOptions {
  const inner = asObject({ ...wanted.properties, policyTemplateInstances: wanted.policies ?? [] });
  const connection = resolveConnection({
    inner,
    setName: undefined,
    file: undefined,
    env: {},
    further: wanted.connection ?? {},
  });
  return {
    operation: findOperation(definitionOf(wanted), 'Op'),
    inner,
    connection,
    inputs: wanted.inputs ?? {},
    readFile: (name) => ({ bytes: Buffer.from(`content of ${name}`), name }),
    client: wanted.client ?? 'flow',
    nulls: wanted.nulls ?? 'drop',
    skipUnknownPolicies: wanted.skipUnknownPolicies ?? false,
    send: wanted.send,
    isMock: false,
    sendTo: wanted.sendTo,
    secrets: new Secrets(connection.secrets),
    script: wanted.script && {
      operationIdForm: 'plain',
      responsePolicies: 'after-script',
      timeout: 5000,
      ...wanted.script,
    },
  };
}

export async function run(wanted: Case): Promise<RunResult> {
  const options = optionsOf(wanted);
  return runOperation(options, prepareRun(options));
}

/** The request as it would leave. */
export async function ready(wanted: Case): Promise<RequestStep> {
  const { trace } = await run(wanted);
  const step = trace.steps.at(-1);
  if (step?.step !== 'ready') throw new Error(trace.error ?? 'the run has no last step');
  return step;
}

type StepOf<S extends Step['step']> = S extends RequestStep['step'] ? RequestStep : Extract<Step, { step: S }>;

export const stepsOf = <S extends Step['step']>(steps: readonly Step[], name: S): StepOf<S>[] =>
  steps.filter((step) => step.step === name) as StepOf<S>[];

export type { AnswerStep, PolicyStep, SchemaStep };

/** Answers in order, and what was asked for. */
export function answering(...answers: (Json | Partial<Incoming>)[]): { send: Send; asked: Outgoing[] } {
  const asked: Outgoing[] = [];
  const send: Send = async (request) => {
    const answer = answers[asked.length];
    asked.push(request);
    const isWhole =
      typeof answer === 'object' &&
      answer !== null &&
      ('status' in answer || Buffer.isBuffer((answer as Partial<Incoming>).body));
    const whole = isWhole ? (answer as Partial<Incoming>) : { body: Buffer.from(JSON.stringify(answer ?? null)) };
    return {
      status: 200,
      statusText: '',
      headers: { 'content-type': 'application/json' },
      body: Buffer.alloc(0),
      ...whole,
    };
  };
  return { send, asked };
}

export interface Local {
  server: Server;
  origin: URL;
  asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
}

/** A server on this machine. */
export async function serve(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<Local> {
  const asked: Local['asked'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      handle(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, origin: new URL(`http://127.0.0.1:${port}`), asked };
}

/** The same run against a server on this machine. */
export const against = ({ origin }: Local, wanted: Case, timeout = 10_000): Promise<RunResult> =>
  run({ ...wanted, send: networkSend({ timeout, sendTo: origin }), sendTo: origin });
