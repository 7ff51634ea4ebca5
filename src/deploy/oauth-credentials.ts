import {
  asArray,
  asObject,
  asString,
  clone,
  getOwn,
  isObject,
  type JsonObject,
  setOwn,
  valueAt,
} from '../connector/json/value.ts';

/** OAuth client of the API, from the environment or a prompt: it is never in the repository. */
export interface Credentials {
  clientId: string | undefined;
  clientSecret: string | undefined;
}

/** Names of the environment variables; they are kept from the programs that we start. */
export const credentialVariables = {
  clientId: 'CONNECTOR_CLIENT_ID',
  clientSecret: 'CONNECTOR_CLIENT_SECRET',
} as const;

/** An empty variable counts as not set. */
export const readCredentials = (env: Readonly<Record<string, string | undefined>>): Credentials => ({
  clientId: env[credentialVariables.clientId] || undefined,
  clientSecret: env[credentialVariables.clientSecret] || undefined,
});

/** Where a connector signs in by OAuth with a client of its own. */
interface OAuthClient {
  /** `oAuthSettings`, in place. */
  settings: JsonObject;
  /** The client has both parts, or needs none: a reference to an environment variable of Dataverse counts. */
  hasId: boolean;
  hasSecret: boolean;
}

/**
 * All OAuth clients of apiProperties.json: in `connectionParameters`, and in each of `connectionParameterSets`.
 * Microsoft's certificate clients (`aadcertificate`) and clients that each user brings along (`token:clientSecret`)
 * have no secret of the connector's.
 */
export function oauthClients(properties: JsonObject): OAuthClient[] {
  const inner = asObject(getOwn(properties, 'properties'));
  const sets = asArray(valueAt(inner, ['connectionParameterSets', 'values'])).map((set) =>
    getOwn(asObject(set), 'parameters'),
  );
  return [getOwn(inner, 'connectionParameters'), ...sets].flatMap((container) => {
    const parameters = asObject(container);
    return Object.entries(parameters).flatMap(([name, parameter]) => {
      const settings = getOwn(asObject(parameter), 'oAuthSettings');
      if (!isObject(settings) || getOwn(asObject(parameter), 'type') !== 'oauthSetting') return [];
      if (getOwn(settings, 'identityProvider') === 'aadcertificate') return [];
      const keys = Object.keys(parameters).map((key) => key.toLowerCase());
      const byUser = (part: string) => keys.includes(`${name}:${part}`.toLowerCase());
      return [
        {
          settings,
          hasId: byUser('clientId') || isValue(getOwn(settings, 'clientId')),
          hasSecret: byUser('clientSecret') || isValue(getOwn(settings, 'clientSecret')),
        },
      ];
    });
  });
}

/** Something real: neither blank nor one of the placeholders that generators leave. */
export function isValue(value: unknown): boolean {
  const text = asString(value)?.trim() ?? '';
  return text !== '' && !/^(replace|your|enter|insert|todo|<|\[)/i.test(text) && !/^[0-]+$/.test(text);
}

/** apiProperties.json with the client in it. The object that is given stays as it is. */
export function withCredentials(properties: JsonObject, { clientId, clientSecret }: Credentials): JsonObject {
  const copy = clone(properties);
  for (const { settings } of oauthClients(copy)) {
    if (clientId !== undefined) setOwn(settings, 'clientId', clientId);
    if (clientSecret !== undefined) setOwn(settings, 'clientSecret', clientSecret);
  }
  return copy;
}

/** The parts of an OAuth client that neither apiProperties.json nor the credentials have. */
export function missingCredentials(properties: JsonObject, credentials: Credentials): (keyof Credentials)[] {
  const clients = oauthClients(properties);
  const isMissing = {
    clientId: clients.some(({ hasId }) => !hasId) && credentials.clientId === undefined,
    clientSecret: clients.some(({ hasSecret }) => !hasSecret) && credentials.clientSecret === undefined,
  };
  return (['clientId', 'clientSecret'] as const).filter((part) => isMissing[part]);
}

/** What will not work after a deployment with these credentials, for people; names of clients, never values. */
export function credentialWarnings(properties: JsonObject, credentials: Credentials): string[] {
  const clients = oauthClients(properties);
  const warnings: string[] = [];
  const missing = missingCredentials(properties, credentials);
  if (missing.includes('clientId')) {
    warnings.push(
      `The connector signs in by OAuth, but apiProperties.json has no client id: set ${credentialVariables.clientId}, or nobody can sign in.`,
    );
  }
  if (missing.includes('clientSecret')) {
    warnings.push(
      `The connector signs in by OAuth, and is deployed without its client secret: connections may fail with 401 until it is ` +
        `entered in the maker portal, also where it was entered before. Set ${credentialVariables.clientSecret} to deploy it along; an update needs it every time.`,
    );
  }
  for (const part of ['clientId', 'clientSecret'] as const) {
    const value = credentials[part];
    if (value === undefined || value === value.trim()) continue;
    warnings.push(
      `${credentialVariables[part]} begins or ends with a blank or a line break, which is deployed as it is; the service of the API may not know such a client.`,
    );
  }
  if (clients.length > 1 && (credentials.clientId ?? credentials.clientSecret) !== undefined) {
    warnings.push(`The connector has ${clients.length} OAuth sign-ins; all of them get the same client.`);
  }
  if (clients.length === 0 && (credentials.clientId ?? credentials.clientSecret) !== undefined) {
    warnings.push('An OAuth client is given, but the connector does not sign in by OAuth: it is not used.');
  }
  return warnings;
}
