import { type Answers, list, text } from '../../answers.ts';
import { asObject, asString, getOwn, type JsonObject, strings } from '../../connector/json/value.ts';
import { clientIdPlaceholder, type OAuthApplication } from '../authentication.ts';

/** What the kinds have in common in which somebody signs in on a page of the service. */

export const scopesOf = (answers: Answers): string[] =>
  list(answers, 'scope')
    .flatMap((scope) => scope.split(/\s+/))
    .filter((scope) => scope !== '');

export const application = (answers: Answers): OAuthApplication => ({
  clientId: text(answers, 'clientId'),
  scopes: scopesOf(answers),
  ...(text(answers, 'app') === 'connection' ? { ownApp: true as const } : {}),
});

export const applicationAnswers = ({ clientId, scopes, ownApp }: OAuthApplication) => ({
  clientId,
  scope: scopes,
  app: ownApp ? 'connection' : 'connector',
});

/** The connection parameter `token`. */
export interface Token {
  settings: JsonObject;
  /** Undefined for a parameter of another kind. */
  identityProvider: string | undefined;
  clientId: string;
  scopes: string[];
  /** A custom parameter, or an empty text; keys occur in PascalCase, too. */
  value: (key: string) => string;
}

export function readToken(parameters: JsonObject): Token {
  const token = Object.values(parameters)
    .map(asObject)
    .find((parameter) => getOwn(parameter, 'type') === 'oauthSetting');
  const settings = asObject(getOwn(token, 'oAuthSettings'));
  const scopes = strings(getOwn(settings, 'scopes')).flatMap((scope) => scope.split(' '));
  return {
    settings,
    identityProvider: asString(getOwn(settings, 'identityProvider')),
    clientId: asString(getOwn(settings, 'clientId')) ?? clientIdPlaceholder,
    scopes: scopes.filter((scope) => scope !== ''),
    value: customValue(settings),
  };
}

function customValue(settings: JsonObject): (key: string) => string {
  const entries = Object.entries(asObject(getOwn(settings, 'customParameters')));
  return (key) => {
    const found =
      entries.find(([name]) => name === key) ?? entries.find(([name]) => name.toLowerCase() === key.toLowerCase());
    return asString(getOwn(asObject(found?.[1]), 'value')) ?? '';
  };
}

export const has = (parameters: JsonObject, ...names: string[]): boolean =>
  names.every((name) => Object.hasOwn(parameters, name));

export const hasOwnApplication = (parameters: JsonObject): boolean =>
  has(parameters, 'token:clientId', 'token:clientSecret');

/** The scheme of the authorization code flow; undefined for any other. */
export function accessCodeScheme(
  scheme: JsonObject,
): { authorizationUrl: string; tokenUrl: string; scopes: string[] } | undefined {
  if (getOwn(scheme, 'type') !== 'oauth2' || getOwn(scheme, 'flow') !== 'accessCode') return undefined;
  return {
    authorizationUrl: asString(getOwn(scheme, 'authorizationUrl')) ?? '',
    tokenUrl: asString(getOwn(scheme, 'tokenUrl')) ?? '',
    scopes: Object.keys(asObject(getOwn(scheme, 'scopes'))),
  };
}
