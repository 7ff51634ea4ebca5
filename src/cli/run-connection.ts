import { type Used, useConnection } from '../connect/use-connection.ts';
import { UserError } from '../errors.ts';
import { type ConnectionSources, howToGive, resolveConnection } from '../runtime/connection/resolve-connection.ts';
import type { Send } from '../runtime/send.ts';
import type { Context, Flags } from './command.ts';
import { jsonObject, type RunnableConnector, readNamed } from './connector-files.ts';

/** `--connection FILE`, `--connection-set NAME`, and the environment. @throws UserError for a file that can't be read */
export function connectionSources({ inner }: RunnableConnector, context: Context, flags: Flags): ConnectionSources {
  const name = flags.text('connection');
  return {
    inner,
    setName: flags.text('connection-set'),
    file: name === undefined ? undefined : { name, values: jsonObject(readNamed(name, context.cwd), name) },
    env: process.env,
  };
}

/**
 * The connection of a run: what is given, else what `connect` has stored, else what somebody answers.
 *
 * @param send how a token is renewed; undefined: nothing leaves this machine
 * @throws UserError for missing values where nobody can be asked, and as `useConnection`
 */
export async function connectionOfRun(
  runnable: RunnableConnector,
  send: Send | undefined,
  context: Context,
  flags: Flags,
): Promise<Used> {
  const { definition, root } = runnable;
  const sources = connectionSources(runnable, context, flags);
  const isElsewhere = flags.text('send-to') !== undefined;
  const used = await useConnection({ sources, definition, root, send, isElsewhere });
  const { connection, stored } = used;
  if (connection.missing.length === 0) return used;
  if (context.interactive) {
    const { askConnection, runPrompts } = await import('./prompts/run-questions.ts');
    const answers = await askConnection(connection.missing, runPrompts(context));
    const further = { ...stored?.contents.values, ...answers };
    return { ...used, connection: resolveConnection({ ...sources, setName: connection.set, further }) };
  }
  const names = connection.missing.map(({ name: parameter }) => parameter).join(', ');
  throw new UserError(`the connection has no value for ${names}`, { hint: howToGive(connection.missing) });
}
