import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import type { Connection } from '../runtime/connection/resolve-connection.ts';
import type { RuntimeOperation } from '../runtime/operation.ts';
import type { InputFile } from '../runtime/request/files.ts';
import type { PreparedRun, RunOptions } from '../runtime/run-operation.ts';
import { documentedSeconds, type RunScript, type ScriptOptions } from '../runtime/script/run-script.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { Trace } from '../runtime/trace.ts';
import { refusalOf } from '../system-error.ts';
import type { TestCase, TestFile } from './model.ts';
import { testConnection } from './placeholders.ts';
import { readBesideTest } from './read-beside-test.ts';
import type { Subject } from './subject.ts';

/** Hears of every run, passed or not. */
export type OnRun = (operation: RuntimeOperation, trace: Trace) => void;

export interface RunContext {
  subject: Subject;
  onRun: OnRun;
  /** What runs the code of the connector, or why nothing does: asked for once, and only where a case needs it. */
  code?: () => Promise<RunScript | { missing: string }>;
  /** The real API: its connection, and where it really is. */
  live?: { connectionFor: (test: TestCase) => RunOptions['connection']; secrets: Secrets; sendTo: URL | undefined };
}

/**
 * The code of a case's operation.
 *
 * @returns undefined where it has none; the reason where it can't be run
 */
export async function scriptOf(
  { switches = {} }: TestCase,
  operationId: string,
  { subject, code }: RunContext,
): Promise<ScriptOptions | { missing: string } | undefined> {
  if (!subject.hasCode(operationId)) return undefined;
  const run = (await code?.()) ?? { missing: 'nothing runs the code of the connector (script.csx) here' };
  if ('missing' in run) return run;
  return {
    run,
    operationIdForm: switches.operationId ?? 'plain',
    responsePolicies: switches.responsePolicies ?? 'after-script',
    timeout: documentedSeconds * 1000,
  };
}

/** How the engine runs a case. @throws UserError for a connection that the connector doesn't have */
export function optionsOf(
  file: TestFile,
  test: TestCase,
  operation: RuntimeOperation,
  { subject, live }: RunContext,
): RunOptions {
  const placeholders = (): Connection =>
    test.connection === undefined
      ? subject.placeholders(test.connectionSet)
      : testConnection(subject.inner, test.connection, test.connectionSet);
  const connection = live?.connectionFor(test) ?? placeholders();
  const state = test.state === undefined ? undefined : Object.fromEntries(Object.entries(test.state).map(textEntry));
  return {
    operation,
    inner: subject.inner,
    connection,
    inputs: test.inputs ?? {},
    readFile: (name) => readBeside(name, file.path, subject.root),
    client: test.switches?.client ?? 'flow',
    nulls: test.switches?.null ?? 'drop',
    skipUnknownPolicies: false,
    send: undefined,
    isMock: false,
    sendTo: live?.sendTo,
    secrets: live?.secrets ?? new Secrets(connection.secrets),
    poll: { state },
  };
}

const textEntry = ([name, value]: [string, unknown]): [string, string] => [name, String(value)];

/** A file that an input names, relative to the test, and nowhere outside of the repository. */
function readBeside(name: string, test: string, root: string): InputFile {
  try {
    return { bytes: readBesideTest(name, { file: test, root, what: 'an input' }), name: basename(name) };
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === undefined) throw error;
    throw new UserError(`${name}: ${reason}`);
  }
}

/** @throws UserError for inputs that are missing, unknown or of another type */
export function requireComplete(prepared: PreparedRun): PreparedRun {
  const [problem, ...others] = prepared.built.problems.map(({ key, message }) => `${key} ${message}`);
  if (problem !== undefined) throw new UserError(`inputs: ${problem}`, { details: others });
  return prepared;
}
