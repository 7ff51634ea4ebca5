import { basename, dirname, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { readWithin } from '../files/read.ts';
import type { RuntimeOperation } from '../runtime/operation.ts';
import type { InputFile } from '../runtime/request/files.ts';
import type { PreparedRun, RunOptions } from '../runtime/run-operation.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { Send } from '../runtime/send.ts';
import type { Trace } from '../runtime/trace.ts';
import { refusalOf } from '../system-error.ts';
import type { TestCase, TestFile } from './model.ts';
import { testConnection } from './placeholders.ts';
import type { Subject } from './subject.ts';

/** Hears of every run, passed or not. */
export type OnRun = (operation: RuntimeOperation, trace: Trace) => void;

export interface RunContext {
  subject: Subject;
  onRun: OnRun;
  /** The real API, instead of the answers of cases. */
  live?: { send: Send; connectionFor: (test: TestCase) => RunOptions['connection'] };
}

/** How the engine runs a case. @throws UserError for a connection that the connector doesn't have */
export function optionsOf(
  file: TestFile,
  test: TestCase,
  operation: RuntimeOperation,
  { subject, live }: RunContext,
): RunOptions {
  const connection = live?.connectionFor(test) ?? testConnection(subject.inner, test.connection, test.connectionSet);
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
    sendTo: undefined,
    secrets: new Secrets(connection.secrets),
    poll: { state },
  };
}

const textEntry = ([name, value]: [string, unknown]): [string, string] => [name, String(value)];

/** A file that an input names, relative to the test, and nowhere outside of the repository. */
function readBeside(name: string, test: string, root: string): InputFile {
  try {
    return { bytes: readWithin(root, resolve(dirname(test), name)), name: basename(name) };
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === undefined) throw error;
    throw new UserError(`${name}: ${reason}`);
  }
}

/** @throws UserError for inputs that are missing, unknown or of another type */
export function requireComplete(prepared: PreparedRun): PreparedRun {
  const [problem, ...others] = prepared.built.problems.map(({ key, message }) => `${key} ${message}`);
  if (problem !== undefined) throw new UserError(problem, { details: others });
  return prepared;
}
