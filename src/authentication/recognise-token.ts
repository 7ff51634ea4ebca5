import { asObject, asString, type JsonObject, own, strings } from '../connector/json/value.ts';
import {
  type Authentication,
  clientIdPlaceholder,
  type Entra,
  isEntraUrl,
  publicLoginUri,
  resourceOfScopes,
} from './authentication.ts';
import { templateKeys } from './kinds/oauth2-generic.ts';

/** What the connection parameter `token` says; undefined for providers that aren't ours. */
export function recogniseToken(parameters: JsonObject): Authentication | undefined {
  const token = Object.values(parameters)
    .map(asObject)
    .find((parameter) => own(parameter, 'type') === 'oauthSetting');
  const settings = asObject(own(token, 'oAuthSettings'));
  const clientId = asString(own(settings, 'clientId')) ?? clientIdPlaceholder;
  const scopes = scopesOf(settings);
  const value = customValue(settings);
  switch (asString(own(settings, 'identityProvider')) ?? '') {
    case 'oauth2':
      return oauth2(clientId, scopes, value, parameters);
    case 'aad':
    case 'aadcertificate':
      return {
        kind: 'entra',
        clientId,
        loginUri: value('loginUri') || publicLoginUri,
        tenantId: value('tenantId') || 'common',
        resourceUri: value('resourceUri') || resourceId(settings),
        scopes,
        ...(value('enableOnbehalfOfLogin') === 'true' ? { onBehalfOf: true } : {}),
        ...entraApplication(parameters),
      };
    case 'oauth2generic': {
      const templates = Object.entries(templateKeys).map(([key, name]) => [name, value(key)]);
      return {
        kind: 'oauth2-generic',
        clientId,
        scopes,
        ...(Object.fromEntries(templates) as Record<(typeof templateKeys)[keyof typeof templateKeys], string>),
        ...(has(parameters, 'token:ClientId', 'token:ClientSecret') ? { ownApp: true } : {}),
      };
    }
    default:
      return undefined;
  }
}

const has = (parameters: JsonObject, ...names: string[]): boolean =>
  names.every((name) => Object.hasOwn(parameters, name));

const hasOwnApplication = (parameters: JsonObject): boolean => has(parameters, 'token:clientId', 'token:clientSecret');

function entraApplication(parameters: JsonObject): Pick<Entra, 'ownApp' | 'servicePrincipal'> {
  if (!hasOwnApplication(parameters)) return {};
  if (has(parameters, 'token:grantType')) return { servicePrincipal: true };
  return has(parameters, 'token:resourceUri') ? { ownApp: true } : {};
}

/** Entra's v2 endpoints are plain OAuth 2.0 to the platform, and still Entra to people. */
function oauth2(
  clientId: string,
  scopes: string[],
  value: (key: string) => string,
  parameters: JsonObject,
): Authentication {
  const urls = {
    authorizationUrl: value('authorizationUrl'),
    tokenUrl: value('tokenUrl'),
    refreshUrl: value('refreshUrl'),
  };
  const application = { clientId, scopes, ...(hasOwnApplication(parameters) ? { ownApp: true as const } : {}) };
  const authority = /^(https:\/\/[^/?#]+)\/([^/?#]+)\/oauth2\/v2\.0\/authorize$/i.exec(urls.authorizationUrl);
  if (authority !== null && isEntraUrl(urls.authorizationUrl)) {
    const [, loginUri = '', tenantId = ''] = authority;
    return { kind: 'entra', loginUri, tenantId, resourceUri: resourceOfScopes(scopes), version: 'v2', ...application };
  }
  return { kind: 'oauth2', ...urls, ...application };
}

function scopesOf(settings: JsonObject): string[] {
  const listed = strings(own(settings, 'scopes'));
  return listed.flatMap((scope) => scope.split(' ')).filter((scope) => scope !== '');
}

/** The resource of the API where only the properties of the settings name it. */
const resourceId = (settings: JsonObject): string =>
  asString(own(asObject(own(settings, 'properties')), 'AzureActiveDirectoryResourceId')) ?? '';

/** Values of custom parameters; keys occur in PascalCase, too. */
function customValue(settings: JsonObject): (key: string) => string {
  const entries = Object.entries(asObject(own(settings, 'customParameters')));
  return (key) => {
    const found =
      entries.find(([name]) => name === key) ?? entries.find(([name]) => name.toLowerCase() === key.toLowerCase());
    return asString(own(asObject(found?.[1]), 'value')) ?? '';
  };
}
