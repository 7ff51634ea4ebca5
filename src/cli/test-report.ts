import { callTestOperation, type Tested } from '../connect/test-connection.ts';
import { UserError } from '../errors.ts';
import type { Connection } from '../runtime/connection/resolve-connection.ts';
import { hasCode } from '../runtime/run-operation.ts';
import type { Secrets } from '../runtime/secrets.ts';
import type { Send } from '../runtime/send.ts';
import type { RunnableConnector } from './connector-files.ts';

/** The test of a connection, and what is said about it. */

/** @returns a text: why it can't be tested */
export const testWith = (
  { connector, definition, inner }: RunnableConnector,
  connection: Connection,
  secrets: Secrets,
  send: Send,
): Promise<Tested | string> =>
  callTestOperation({
    definition,
    inner,
    connection,
    secrets,
    send,
    isRunnable: (id) => !hasCode(connector, inner, id),
  });

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
