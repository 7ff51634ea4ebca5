import { setTimeout as sleep } from 'node:timers/promises';
import { applicationOf, platformRedirect } from '../connect/application.ts';
import { ConnectionStore, folderOf, type Listed } from '../connect/connection-store.ts';
import { destinationsOf } from '../connect/destinations.ts';
import { openBrowser } from '../connect/open-browser.ts';
import { type Manner, type Person, performSignIn } from '../connect/sign-in/perform.ts';
import { isThisMachine, type OAuthClient, safeAddress } from '../connect/sign-in/requests.ts';
import { oauthSignIn } from '../connect/sign-in/sign-in.ts';
import type { Contents } from '../connect/stored-connection.ts';
import type { Tested } from '../connect/test-connection.ts';
import { expiryOf } from '../connect/use-connection.ts';
import { asString, type JsonObject, valueAt } from '../connector/json/value.ts';
import { credentialVariables } from '../deploy/oauth-credentials.ts';
import { UserError } from '../errors.ts';
import { thisPlatform } from '../process/platform.ts';
import { declaredSets, writtenParameters } from '../runtime/connection/declared.ts';
import {
  type Connection,
  type ConnectionSources,
  howToGive,
  resolveConnection,
} from '../runtime/connection/resolve-connection.ts';
import { maskedError } from '../runtime/run-operation.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { Send } from '../runtime/send.ts';
import type { Context, Flags } from './command.ts';
import type { RunnableConnector } from './connector-files.ts';
import { milliseconds } from './milliseconds.ts';
import { portFlag } from './port.ts';
import { connectionSources } from './run-connection.ts';
import { requireAccepted, testedAsJson, testedInWords, testWith } from './test-report.ts';

/**
 * The whole of it: values, sign-in, test, store. A connection that fails leaves the one before as it is.
 *
 * @returns the exit status
 */
export async function makeConnection(
  runnable: RunnableConnector,
  name: string,
  context: Context,
  flags: Flags,
): Promise<number> {
  const { inner, definition, root } = runnable;
  const store = ConnectionStore.of(root);
  const sources = await withValues(connectionSources(runnable, context, flags), context);
  const given = resolveConnection(sources);
  const secrets = new Secrets(given.secrets);
  const send = await network(flags);
  try {
    const contents = await withSignIn({ runnable, sources, connection: given, secrets, send }, context, flags);
    const connection = resolveConnection({ ...sources, further: contents.values });
    for (const secret of connection.secrets) secrets.add(secret);
    const tested = flags.on('skip-test')
      ? undefined
      : await testWith(runnable, { connection, secrets, send }, context, flags);
    if (tested !== undefined && typeof tested !== 'string')
      requireAccepted(tested, secrets, 'nothing was stored; to store it without a test: --skip-test');
    const place = store.save({
      name,
      connector: asString(valueAt(definition, ['info', 'title'])) ?? '',
      folder: folderOf(root),
      set: connection.set,
      saved: new Date().toISOString(),
      chosen: Math.max(Date.now(), (store.current()?.chosen ?? 0) + 1),
      destinations: destinationsOf(definition, inner, connection.set),
      contents,
    });
    tell({ name, tested, place, path: store.pathOf(name) }, context);
    return 0;
  } catch (error) {
    throw maskedError(error, secrets);
  }
}

/** The values that everybody gives; the sign-in comes later. @throws UserError for missing ones where nobody can be asked */
async function withValues(sources: ConnectionSources, context: Context): Promise<ConnectionSources> {
  const sets = declaredSets(sources.inner);
  const open = ({ missing }: Connection) => missing.filter(({ type }) => type !== 'oauthsetting');
  const candidates = sources.setName === undefined ? sets.map(({ name }) => name) : [sources.setName];
  const resolved = candidates.map((setName) => resolveConnection({ ...sources, setName }));
  const complete = resolved.find((connection) => open(connection).length === 0 && isGivenAtAll(connection));
  if (!context.interactive) {
    const chosen = complete ?? resolved.find((connection) => open(connection).length === 0) ?? resolved[0];
    if (chosen === undefined || open(chosen).length > 0) {
      const missing = chosen === undefined ? [] : open(chosen);
      const names = missing.map(({ name }) => name).join(', ');
      throw new UserError(`the connection has no value for ${names}`, { hint: howToGive(missing) });
    }
    return { ...sources, setName: chosen.set };
  }
  const { askParameters, askSet } = await import('./prompts/connect-questions.ts');
  const { runPrompts } = await import('./prompts/run-questions.ts');
  const prompts = runPrompts(context);
  const asked = complete === undefined && resolved.length > 1 ? await askSet(sets, prompts) : undefined;
  const set = asked ?? complete?.set ?? resolved[0]?.set;
  const connection = resolveConnection({ ...sources, setName: set });
  const visible = connection.parameters.filter(
    ({ name, type, hidden }) => !hidden && type !== 'oauthsetting' && !connection.isGiven(name),
  );
  return { ...sources, setName: set, further: await askParameters(visible, prompts) };
}

/** Something of it was given: of several sets it is the one that is meant. */
const isGivenAtAll = ({ parameters, isGiven }: Connection): boolean => parameters.some(({ name }) => isGiven(name));

interface Connecting {
  runnable: RunnableConnector;
  sources: ConnectionSources;
  connection: Connection;
  secrets: Secrets;
  send: Send;
}

/** What is stored: all given values, and what signing in has brought. */
async function withSignIn(connecting: Connecting, context: Context, flags: Flags): Promise<Contents> {
  const { connection, runnable, secrets, send } = connecting;
  const values: Record<string, string> = {};
  for (const { name } of connection.parameters) {
    const value = connection.isGiven(name) ? connection.read(name) : undefined;
    if (value !== undefined) values[name] = value;
  }
  const token = connection.parameters.find(({ type }) => type === 'oauthsetting');
  if (token === undefined || connection.accessToken !== undefined) return { values };
  const written = writtenParameters(runnable.inner, connection.set);
  const manner = mannerOf(written, flags);
  const client = await clientFor(connecting, context, flags);
  if (client.secret !== undefined) secrets.add({ label: 'client_secret', value: client.secret });
  const signIn = oauthSignIn({ written, read: connection.read, hasSecret: client.secret !== undefined });
  const person = personAt(context, flags);
  const timeoutMs = timeoutOf(flags);
  const run = { signIn, client, manner, timeoutMs, send, person, wait: sleep };
  const { tokens, redirectUrl } = await performSignIn(run);
  return {
    values: { ...values, [token.name]: tokens.accessToken },
    signIn: {
      clientId: client.id,
      redirectUrl,
      ...(client.secret === undefined ? {} : { clientSecret: client.secret }),
      ...expiryOf(tokens),
    },
  };
}

/** @throws UserError when there is no client id, or no secret that the forms need, and nobody can be asked */
async function clientFor({ connection, runnable }: Connecting, context: Context, flags: Flags): Promise<OAuthClient> {
  const written = writtenParameters(runnable.inner, connection.set);
  const known = applicationOf({ written, read: connection.read }, process.env);
  const isDevice = flags.on('device-code');
  const open = {
    id: known.id === undefined && (known.usesId || isDevice),
    // a public client has none, and by a device code everybody is one
    secret: known.secret === undefined && known.usesSecret && !isDevice,
  };
  let { id, secret } = known;
  if (context.interactive && (open.id || open.secret)) {
    const { askApplication } = await import('./prompts/connect-questions.ts');
    const { runPrompts } = await import('./prompts/run-questions.ts');
    const answers = await askApplication(open, runPrompts(context));
    id ??= answers.id;
    secret ??= answers.secret;
  }
  if (id === undefined && open.id) {
    throw new UserError('the sign-in needs the client id of an OAuth application', {
      hint: `set ${credentialVariables.clientId}, and ${credentialVariables.clientSecret} for its secret`,
    });
  }
  if (secret === undefined && open.secret && known.isSecretNeeded) {
    throw new UserError('the sign-in needs the client secret of the OAuth application', {
      hint: `set ${credentialVariables.clientSecret}`,
    });
  }
  // where no request has a place for it, any text does
  return { id: id ?? 'none', secret: isDevice ? undefined : secret };
}

function mannerOf(written: JsonObject, flags: Flags): Manner {
  if (flags.on('device-code')) return { kind: 'device' };
  const redirectUrl = redirectOf(flags.text('redirect-url'));
  const isHere = redirectUrl !== undefined && isThisMachine(redirectUrl) && redirectUrl.protocol === 'http:';
  if (!flags.on('paste') && (redirectUrl === undefined || isHere)) {
    return { kind: 'listen', port: portFlag('port', flags), redirectUrl };
  }
  const address = redirectUrl?.href ?? platformRedirect(written);
  if (address !== undefined) return { kind: 'paste', redirectUrl: address };
  throw new UserError('the redirect address belongs to this connector alone, and is not known here', {
    hint: 'copy it from the portal (the connector, Security): --paste --redirect-url URL',
  });
}

function redirectOf(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = safeAddress('--redirect-url', text);
  if (url.search === '' && url.hash === '') return url;
  throw new UserError(`--redirect-url ${url.origin}: is an address without ? and #`);
}

/** Whoever sits at this terminal; without one, an address is pasted to stdin. */
function personAt(context: Context, flags: Flags): Person {
  return {
    show: (text) => context.err(`${text}\n`),
    open: async (address) => {
      if (context.interactive && !flags.on('no-browser')) await openBrowser(address, thisPlatform());
    },
    paste: async (check) => {
      if (!context.interactive) return firstLine(process.stdin);
      const { askPasted } = await import('./prompts/connect-questions.ts');
      const { runPrompts } = await import('./prompts/run-questions.ts');
      return askPasted(check, runPrompts(context));
    },
  };
}

/** More than any address has. */
const mostPasted = 65_536;

async function firstLine(stream: NodeJS.ReadStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > mostPasted) break;
  }
  stream.destroy();
  return text.split('\n', 1)[0] ?? '';
}

const timeoutOf = (flags: Flags): number => milliseconds('timeout', flags, 300);

const longestAnswer = 100_000;

/** For the sign-in and the test. @throws UserError for a wrong `--timeout` */
export async function network(flags: Flags): Promise<Send> {
  const timeout = Math.min(timeoutOf(flags), longestAnswer);
  const { networkSend } = await import('../runtime/network.ts');
  return networkSend({ timeout, sendTo: undefined });
}

interface Made {
  name: string;
  /** A text: why it couldn't be; undefined: it wasn't meant to be. */
  tested: Tested | string | undefined;
  place: Listed['place'];
  path: string;
}

function tell({ name, tested, place, path }: Made, context: Context): void {
  const isTested = tested !== undefined && typeof tested !== 'string';
  if (typeof tested === 'string') context.err(`note: it was not tested: ${tested}\n`);
  if (context.format === 'json') {
    const made = { name, tested: isTested ? testedAsJson(tested) : null, place, path: place === 'file' ? path : null };
    context.out(`${JSON.stringify(made, null, 2)}\n`);
    return;
  }
  const where = place === 'file' ? `in ${path}, which only you can read` : 'in the keychain';
  if (isTested) context.out(`${testedInWords(tested)}\n`);
  context.out(`Stored the connection ${name} ${where}. invoke uses it from now on.\n`);
}
