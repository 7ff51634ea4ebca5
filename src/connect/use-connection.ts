import type { JsonObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { declaredSets, writtenParameters } from '../runtime/connection/declared.ts';
import {
  type Connection,
  type ConnectionSources,
  resolveConnection,
} from '../runtime/connection/resolve-connection.ts';
import { maskedError } from '../runtime/run-operation.ts';
import { type Secret, Secrets } from '../runtime/secrets.ts';
import type { Send } from '../runtime/send.ts';
import { ConnectionStore } from './connection-store.ts';
import { added, destinationsOf } from './destinations.ts';
import { refreshRequest, tokenRequest } from './sign-in/requests.ts';
import { oauthSignIn } from './sign-in/sign-in.ts';
import type { Tokens } from './sign-in/tokens.ts';
import type { StoredConnection, StoredSignIn } from './stored-connection.ts';

export interface UseOptions {
  sources: ConnectionSources;
  definition: JsonObject;
  /** Folder of the connector. */
  root: string;
  /** Of the stored connection; default: the one that was made or chosen last. */
  name?: string;
  /** How a token is refreshed; undefined: the run sends nothing, and the values may be old. */
  send: Send | undefined;
  /** The requests of the run go to a server that the user named, whatever the connector says. */
  isElsewhere?: boolean;
}

export interface Used {
  connection: Connection;
  /** What the connection was made of beside its values. */
  secrets: Secret[];
  /** Undefined: nothing that is stored was needed. */
  stored: StoredConnection | undefined;
}

/**
 * The connection of a run: the values that are given, and those that `connect` has stored, with a token that is still good.
 *
 * @throws UserError (exit status 2) for a connection that was made for other hosts, or whose sign-in has ended; (exit
 *   status 1) where the service refuses a new token
 */
export async function useConnection(options: UseOptions): Promise<Used> {
  const { sources, root, name } = options;
  const store = ConnectionStore.find(root);
  const stored = store?.read(name);
  const before = stored === undefined ? undefined : withStored(sources, stored);
  if (store === undefined || stored === undefined || before === undefined || !before.isUsed) {
    return { connection: before?.connection ?? resolveConnection(sources), secrets: [], stored: undefined };
  }
  const { send } = options;
  if (send === undefined) return { connection: before.connection, secrets: secretsOf(stored), stored };
  refuseOtherDestinations(stored, options);
  if (!before.hasStoredToken || !isExpired(stored)) {
    return { connection: before.connection, secrets: secretsOf(stored), stored };
  }
  const fresh = await store.exclusively(async () => {
    // another process may have done it meanwhile
    const latest = store.read(stored.name) ?? stored;
    if (!isExpired(latest)) return latest;
    const renewed = await renewedConnection(latest, before.connection, options, send).catch((error: unknown) => {
      throw maskedError(error, new Secrets([...before.connection.secrets, ...secretsOf(latest)]));
    });
    store.save(renewed);
    return renewed;
  });
  return {
    connection: withStored(sources, fresh).connection,
    secrets: [...secretsOf(stored), ...secretsOf(fresh)],
    stored: fresh,
  };
}

interface WithStored {
  connection: Connection;
  isUsed: boolean;
  hasStoredToken: boolean;
}

/** A set that is wholly given without what is stored wins: environment variables and files come first. */
function withStored(sources: ConnectionSources, stored: StoredConnection): WithStored {
  const plain = resolveConnection(sources);
  const isGone = !declaredSets(sources.inner).some(({ name }) => name === stored.set);
  const isOther = plain.set !== stored.set && (sources.setName !== undefined || plain.missing.length === 0);
  if (isGone || isOther) return { connection: plain, isUsed: false, hasStoredToken: false };
  const setName = sources.setName ?? stored.set;
  const given = resolveConnection({ ...sources, setName });
  const connection = resolveConnection({ ...sources, setName, further: stored.contents.values });
  return {
    connection,
    isUsed: connection.parameters.some(({ name }) => connection.isGiven(name) && !given.isGiven(name)),
    hasStoredToken: connection.accessToken !== given.accessToken,
  };
}

/** Also what a service or a script might send back. */
function secretsOf({ contents: { signIn } }: StoredConnection): Secret[] {
  const { clientSecret, refreshToken } = signIn ?? {};
  return [
    ...(clientSecret === undefined ? [] : [{ label: 'client_secret', value: clientSecret }]),
    ...(refreshToken === undefined ? [] : [{ label: 'refresh_token', value: refreshToken }]),
  ];
}

function refuseOtherDestinations(stored: StoredConnection, { definition, sources, isElsewhere }: UseOptions): void {
  const now = destinationsOf(definition, sources.inner, stored.set);
  const changed = added(now, stored.destinations).filter((line) => isElsewhere !== true || line.startsWith('sign-in '));
  if (changed.length === 0) return;
  throw new UserError(`the connection ${stored.name} was made for other addresses than the connector has now`, {
    details: [...changed.map((line) => `now: ${line}`), ...stored.destinations.map((line) => `then: ${line}`)],
    hint: 'if the change is meant, connect again: pp-connector connect',
  });
}

/** A token is renewed a little before its end: the request and its policies take their time. */
const early = 60_000;

const isExpired = ({ contents }: StoredConnection): boolean =>
  contents.signIn?.expiresAt !== undefined && contents.signIn.expiresAt - early <= Date.now();

async function renewedConnection(
  stored: StoredConnection,
  connection: Connection,
  { sources }: UseOptions,
  send: Send,
): Promise<StoredConnection> {
  const { signIn: known, values } = stored.contents;
  if (known === undefined) return stored;
  const tokens = await newTokens(stored, known, connection, sources.inner, send);
  const token = connection.parameters.find(({ type }) => type === 'oauthsetting');
  const { refreshToken: _, expiresAt: __, ...rest } = known;
  return {
    ...stored,
    contents: {
      values: { ...values, ...(token === undefined ? {} : { [token.name]: tokens.accessToken }) },
      signIn: { ...rest, ...expiryOf(tokens) },
    },
  };
}

async function newTokens(
  stored: StoredConnection,
  { clientId, clientSecret, redirectUrl, refreshToken }: StoredSignIn,
  connection: Connection,
  inner: JsonObject,
  send: Send,
): Promise<Tokens> {
  const written = writtenParameters(inner, stored.set);
  const signIn = oauthSignIn({ written, read: connection.read, hasSecret: clientSecret !== undefined });
  const client = { id: clientId, secret: clientSecret };
  if (signIn.grant === 'client_credentials') {
    const { applicationTokens } = await import('./sign-in/tokens.ts');
    return applicationTokens({ clientId, request: tokenRequest(signIn, { client, redirectUrl }) }, send);
  }
  if (refreshToken === undefined) {
    throw new UserError(
      `the token of the connection ${stored.name} has expired, and the service gave none to renew it with`,
      {
        hint: 'sign in again: pp-connector connect (many services want the scope offline_access for that)',
      },
    );
  }
  const { refreshTokens } = await import('./sign-in/tokens.ts');
  const request = refreshRequest(signIn, { client, redirectUrl, refreshToken });
  return refreshTokens({ clientId, refreshToken, request }, send);
}

/** What is stored of tokens beside the access token. */
export const expiryOf = ({ refreshToken, expiresAt }: Tokens): Pick<StoredSignIn, 'refreshToken' | 'expiresAt'> => ({
  ...(refreshToken === undefined ? {} : { refreshToken }),
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

/**
 * The service has refused a token whose end wasn't known: the next run renews it.
 *
 * @returns whether there is anything to renew it with
 */
export function renewNextTime(root: string, stored: StoredConnection): boolean {
  const { signIn } = stored.contents;
  if (signIn?.refreshToken === undefined) return false;
  ConnectionStore.find(root)?.save({
    ...stored,
    contents: { ...stored.contents, signIn: { ...signIn, expiresAt: 0 } },
  });
  return true;
}
