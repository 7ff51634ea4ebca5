import { testConnectionOf } from '../authentication/test-connection.ts';
import { asObject, getOwn, type JsonObject, valueAt } from '../connector/json/value.ts';
import { listOperations } from '../connector/operations.ts';
import { isUserError, UserError } from '../errors.ts';
import type { Connection } from '../runtime/connection/resolve-connection.ts';
import { findOperation } from '../runtime/operation.ts';
import { type PreparedRun, prepareRun, type RunOptions, runOperation } from '../runtime/run-operation.ts';
import type { ScriptOptions } from '../runtime/script/run-script.ts';
import type { Secrets } from '../runtime/secrets.ts';
import type { Send } from '../runtime/send.ts';

export interface TestSource {
  definition: JsonObject;
  /** `properties` of apiProperties.json. */
  inner: JsonObject;
  connection: Connection;
  secrets: Secrets;
  send: Send;
  /**
   * The code of an operation, ready to run; undefined: it has none.
   *
   * @throws UserError when it can't be run on this machine
   */
  scriptFor: (operationId: string) => Promise<ScriptOptions | undefined>;
}

export interface Tested {
  operationId: string;
  /** Undefined: there was no answer. */
  status: number | undefined;
  /** The service took the connection. */
  isAccepted: boolean;
  /** Why there was no answer. */
  error: string | undefined;
}

/**
 * Calls the operation that tests a connection: that of `x-ms-capabilities.testConnection`, else the first GET that runs
 * without inputs.
 *
 * @returns a text: why none can be called
 * @throws UserError when it can't run at all
 */
export async function callTestOperation(source: TestSource): Promise<Tested | string> {
  const found = choose(source);
  if (typeof found === 'string') return found;
  const { options, prepared } = found;
  const script = await scriptOf(options.operation.id, source);
  if (typeof script === 'string') return script;
  const { trace } = await runOperation({ ...options, script }, prepared);
  const status = trace.result?.status;
  return {
    operationId: options.operation.id,
    status,
    isAccepted: status !== undefined && status >= 200 && status < 300,
    error: trace.error,
  };
}

/** A text: why it can't be run. */
async function scriptOf(operationId: string, { scriptFor }: TestSource): Promise<ScriptOptions | string | undefined> {
  try {
    return await scriptFor(operationId);
  } catch (error) {
    if (isUserError(error)) return `${operationId} is run by code: ${error.message}`;
    throw error;
  }
}

interface Chosen {
  options: RunOptions;
  prepared: PreparedRun;
}

function choose(source: TestSource): Chosen | string {
  const { definition } = source;
  const named = testConnectionOf(definition);
  if (named !== undefined) {
    const inputs = asObject(valueAt(definition, ['x-ms-capabilities', 'testConnection', 'parameters']));
    const chosen = preparedFor(named, inputs, source);
    const [problem] = chosen.prepared.built.problems;
    return problem === undefined ? chosen : `${named}, which tests connections, needs ${problem.key}`;
  }
  for (const { id, method, path, value } of listOperations(definition)) {
    const isCandidate = method === 'get' && !path.includes('{') && getOwn(value, 'x-ms-trigger') === undefined;
    if (!isCandidate) continue;
    try {
      const chosen = preparedFor(id, {}, source);
      if (chosen.prepared.built.problems.length === 0) return chosen;
    } catch (error) {
      if (!isUserError(error)) throw error;
      // it has a policy that nothing is known of: the next one may have none
    }
  }
  return 'the connector has no GET that runs without inputs';
}

function preparedFor(id: string, inputs: JsonObject, source: TestSource): Chosen {
  const { definition, inner, connection, secrets, send } = source;
  const options: RunOptions = {
    operation: findOperation(definition, id),
    inner,
    connection,
    inputs,
    readFile: (name) => {
      throw new UserError(`${name}: a test of a connection reads no files`);
    },
    client: 'flow',
    nulls: 'drop',
    skipUnknownPolicies: false,
    send,
    isMock: false,
    sendTo: undefined,
    secrets,
  };
  return { options, prepared: prepareRun(options) };
}
