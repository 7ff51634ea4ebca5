import {
  renewConnection,
  renewNextTime,
  type Used,
  type UseOptions,
  useConnection,
} from '../connect/use-connection.ts';
import { errorText, isUserError, UserError } from '../errors.ts';
import {
  type Connection,
  type ConnectionSources,
  howToGive,
  resolveConnection,
} from '../runtime/connection/resolve-connection.ts';
import type { Secrets } from '../runtime/secrets.ts';
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

/** The connection of a run, and how its token is replaced while the run goes on. */
export interface RunConnection extends Used {
  /**
   * Renews the stored token where that is due, or where the service refused it.
   *
   * @param secrets of the run; the new token becomes one of them
   * @returns undefined: there is no other token
   */
  renew: (isRefused: boolean, secrets: Secrets) => Promise<Connection | undefined>;
  /** After a 401: the next run renews the token. @returns whether there is anything to renew it with */
  renewNextTime: () => Promise<boolean>;
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
): Promise<RunConnection> {
  const { definition, root } = runnable;
  const sources = connectionSources(runnable, context, flags);
  const isElsewhere = flags.text('send-to') !== undefined;
  const options: UseOptions = { sources, definition, root, send, isElsewhere };
  const used = await useConnection(options);
  const { connection, stored } = used;
  if (connection.missing.length === 0) return renewable(options, used, context);
  if (context.interactive) {
    const { askConnection, runPrompts } = await import('./prompts/run-questions.ts');
    const answers = await askConnection(connection.missing, runPrompts(context));
    const further = { ...stored?.contents.values, ...answers };
    const complete = resolveConnection({ ...sources, setName: connection.set, further });
    return renewable(
      { ...options, sources: { ...sources, further: answers } },
      { ...used, connection: complete },
      context,
    );
  }
  const names = connection.missing.map(({ name: parameter }) => parameter).join(', ');
  throw new UserError(`the connection has no value for ${names}`, { hint: howToGive(connection.missing) });
}

function renewable(options: UseOptions, first: Used, { err }: Context): RunConnection {
  let used = first;
  return {
    ...first,
    renew: async (isRefused, secrets) => {
      try {
        const next = await renewConnection(options, used, isRefused);
        if (next === undefined) return undefined;
        used = next;
        for (const secret of [...next.connection.secrets, ...next.secrets]) secrets.add(secret);
        if (isRefused)
          err('note: the service refused the stored token (401); it was renewed, and the call is repeated\n');
        return next.connection;
      } catch (error) {
        // the run goes on with what it has: the service says what it makes of that
        if (!isUserError(error)) throw error;
        err(`note: the token was not renewed: ${errorText(error)}`);
        return undefined;
      }
    },
    renewNextTime: () => renewNextTime(options, used),
  };
}
