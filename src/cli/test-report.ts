import { callTestOperation, type Tested, type TestSource } from '../connect/test-connection.ts';
import { UserError } from '../errors.ts';
import { hasCode } from '../runtime/run-operation.ts';
import type { ScriptOptions } from '../runtime/script/run-script.ts';
import { documentedSeconds } from '../runtime/script/run-script.ts';
import type { Secrets } from '../runtime/secrets.ts';
import type { Context, Flags } from './command.ts';
import type { RunnableConnector } from './connector-files.ts';

/** The test of a connection, and what is said about it. */

/**
 * Calls the operation that tests a connection, with its code where it has any.
 *
 * @returns a text: why it can't be tested
 */
export function testWith(
  { connector, definition, inner }: RunnableConnector,
  { connection, secrets, send }: Pick<TestSource, 'connection' | 'secrets' | 'send'>,
  context: Context,
  flags: Flags,
): Promise<Tested | string> {
  const scriptFor = async (id: string): Promise<ScriptOptions | undefined> => {
    if (!hasCode(connector, inner, id)) return undefined;
    const { scriptOptions } = await import('./script-runner.ts');
    return scriptOptions(connector, documentedSeconds * 1000, context, flags);
  };
  return callTestOperation({ definition, inner, connection, secrets, send, scriptFor });
}

/** @throws UserError (exit status 1) when the API didn't take the connection */
export function requireAccepted(tested: Tested, secrets: Secrets, hint: string): void {
  const { operationId, status, isAccepted, error } = tested;
  if (isAccepted) return;
  const reason = error === undefined ? `the API answered ${status} to` : `${secrets.text(error)}, at`;
  throw new UserError(`${reason} ${operationId}, which tests the connection`, { hint, exitStatus: 1 });
}

export const testedInWords = ({ operationId, status }: Tested): string =>
  `The API takes the connection (${operationId}: ${status}).`;

export const testedAsJson = ({ operationId, status }: Tested) => ({ operationId, status: status ?? null });
