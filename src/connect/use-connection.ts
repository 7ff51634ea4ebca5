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
import { oauthSignIn, type SignIn } from './sign-in/sign-in.ts';
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
  /** The stored token, where that is the one in use. */
  storedToken: string | undefined;
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
    const connection = before?.connection ?? resolveConnection(sources);
    return { connection, secrets: [], stored: undefined, storedToken: undefined };
  }
  const used = usedOf(before, stored);
  if (options.send === undefined) return used;
  refuseOtherDestinations(stored, options);
  if (!before.hasStoredToken || !isExpired(stored)) return used;
  return (await renewed(store, options, used)) ?? used;
}

/**
 * The connection for the next request of a run that goes on for long: with a new token where the one in use has come to
 * its end, or was refused.
 *
 * @param isRefused the service has answered 401
 * @returns undefined: the connection is still good, or nothing can renew it
 * @throws UserError as `useConnection`
 */
export async function renewConnection(options: UseOptions, used: Used, isRefused: boolean): Promise<Used | undefined> {
  const { stored, storedToken } = used;
  if (stored === undefined || storedToken === undefined || !isRenewable(used, options)) return undefined;
  if (!isRefused && !isExpired(stored)) return undefined;
  const store = ConnectionStore.find(options.root);
  return store === undefined ? undefined : renewed(store, options, used);
}

/** @returns undefined: somebody has forgotten the connection meanwhile */
async function renewed(store: ConnectionStore, options: UseOptions, used: Used): Promise<Used | undefined> {
  const { send, sources } = options;
  const { stored, storedToken, connection } = used;
  if (stored === undefined || send === undefined) return undefined;
  const fresh = await store.exclusively(async () => {
    const latest = store.read(stored.name);
    if (latest === undefined) return undefined;
    refuseOtherDestinations(latest, options);
    // another process may have done it meanwhile
    const isNewer = withStored(sources, latest).connection.accessToken !== storedToken;
    if (isNewer && !isExpired(latest)) return latest;
    const next = await renewedConnection(latest, connection, options, send).catch((error: unknown) => {
      throw maskedError(error, new Secrets([...connection.secrets, ...secretsOf(latest)]));
    });
    store.save(next);
    return next;
  });
  if (fresh === undefined) return undefined;
  const next = usedOf(withStored(sources, fresh), fresh);
  return { ...next, secrets: [...secretsOf(stored), ...next.secrets] };
}

const usedOf = ({ connection, hasStoredToken }: WithStored, stored: StoredConnection): Used => ({
  connection,
  secrets: secretsOf(stored),
  stored,
  storedToken: hasStoredToken ? connection.accessToken : undefined,
});

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
  const further = { ...sources.further, ...stored.contents.values };
  const connection = resolveConnection({ ...sources, setName, further });
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
  known: StoredSignIn,
  connection: Connection,
  inner: JsonObject,
  send: Send,
): Promise<Tokens> {
  const { clientId, clientSecret, redirectUrl, refreshToken } = known;
  const signIn = signInOf(stored, known, connection, inner);
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
 * The service has refused the stored token, whose end wasn't known: the next run renews it.
 *
 * @returns whether there is anything to renew it with
 */
export async function renewNextTime(options: UseOptions, used: Used): Promise<boolean> {
  const { stored, storedToken } = used;
  const store = ConnectionStore.find(options.root);
  if (store === undefined || stored === undefined || storedToken === undefined) return false;
  if (!isRenewable(used, options)) return false;
  return store.exclusively(async () => {
    const latest = store.read(stored.name);
    const signIn = latest?.contents.signIn;
    if (latest === undefined || signIn === undefined) return false;
    // another process may have renewed it meanwhile
    if (withStored(options.sources, latest).connection.accessToken !== storedToken) return true;
    store.save({ ...latest, contents: { ...latest.contents, signIn: { ...signIn, expiresAt: 0 } } });
    return true;
  });
}

/** By its refresh token, or by the application's own sign-in. */
function isRenewable({ stored, connection }: Used, { sources }: UseOptions): boolean {
  const signIn = stored?.contents.signIn;
  if (stored === undefined || signIn === undefined) return false;
  return (
    signIn.refreshToken !== undefined ||
    signInOf(stored, signIn, connection, sources.inner).grant === 'client_credentials'
  );
}

function signInOf(
  { set }: StoredConnection,
  { clientSecret }: StoredSignIn,
  { read }: Connection,
  inner: JsonObject,
): SignIn {
  return oauthSignIn({ written: writtenParameters(inner, set), read, hasSecret: clientSecret !== undefined });
}
