import { readToken } from '../authentication/kinds/application.ts';
import { redirectAddress } from '../authentication/redirect-addresses.ts';
import { asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import { isValue, readCredentials } from '../deploy/oauth-credentials.ts';
import { namesIn } from './sign-in/placeholders.ts';
import { oauthSignIn, type SignIn, type SignInSource } from './sign-in/sign-in.ts';

/** The OAuth application that a connection signs in with, as far as it is known without asking. */
export interface Application {
  id: string | undefined;
  secret: string | undefined;
  /** Whether the requests of the sign-in have a place for each. */
  usesId: boolean;
  usesSecret: boolean;
  /** The forms have it also where there is none: they are templates, or nobody else signs in. */
  isSecretNeeded: boolean;
}

/**
 * Of the connection itself (`token:clientId`, `token:clientSecret`), else of the environment variables that `deploy` takes,
 * else of apiProperties.json.
 *
 * @throws UserError as `oauthSignIn`
 */
export function applicationOf(
  source: Omit<SignInSource, 'hasSecret'>,
  env: Readonly<Record<string, string | undefined>>,
): Application {
  const { read, written } = source;
  const { clientId, clientSecret } = readCredentials(env);
  const { settings } = readToken(written);
  const inFile = (key: string): string | undefined => {
    const text = asString(getOwn(settings, key))?.trim();
    // `@environmentVariables(…)` is known to the platform only
    return isValue(text) && !text?.startsWith('@') ? text : undefined;
  };
  const names = namesOf(oauthSignIn({ ...source, hasSecret: true }));
  const withoutSecret = namesOf(oauthSignIn({ ...source, hasSecret: false }));
  return {
    id: read('token:clientId') ?? clientId ?? inFile('clientId'),
    secret: read('token:clientSecret') ?? clientSecret ?? inFile('clientSecret'),
    usesId: names.includes('clientid'),
    usesSecret: names.includes('clientsecret'),
    isSecretNeeded: withoutSecret.includes('clientsecret'),
  };
}

const namesOf = (signIn: SignIn): string[] =>
  namesIn(
    [
      signIn.authorizationUrl,
      signIn.authorizationQuery,
      signIn.tokenQuery,
      signIn.tokenBody,
      signIn.refreshBody,
    ].join(),
  );

/**
 * The redirect address of the platform that the connector's application knows, as far as apiProperties.json says it.
 *
 * @returns undefined: it belongs to this connector alone, and the portal shows it
 */
export function platformRedirect(written: JsonObject): string | undefined {
  const { settings } = readToken(written);
  if (getOwn(settings, 'redirectMode') === 'GlobalPerConnector') return undefined;
  const address = asString(getOwn(settings, 'redirectUrl'));
  return address?.startsWith('https://') === true ? address : redirectAddress;
}
