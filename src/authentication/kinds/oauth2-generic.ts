import type { JsonObject } from '../../connector/json/value.ts';
import type { ConnectorParts, GenericOAuth } from '../authentication.ts';
import { accessCode, fieldOf, labelFrom, lowerFirst, meansSecret, ownApplication, token } from './parts.ts';

/** Templates in their order in published files: key of `customParameters` → field of the description. */
export const templateKeys = {
  authorizationUrlTemplate: 'authorizationUrl',
  authorizationUrlQueryStringTemplate: 'authorizationQuery',
  tokenUrlTemplate: 'tokenUrl',
  tokenUrlQueryStringTemplate: 'tokenQuery',
  tokenBodyTemplate: 'tokenBody',
  refreshUrlTemplate: 'refreshUrl',
  refreshUrlQueryStringTemplate: 'refreshQuery',
  refreshBodyTemplate: 'refreshBody',
  scopeListDelimiter: 'scopeDelimiter',
} as const satisfies Readonly<Record<string, keyof GenericOAuth>>;

/** What most services expect (docs/reference/authentication.md#oauth-20-by-templates). */
export const defaultTemplates = {
  authorizationQuery:
    '?client_id={ClientId}&response_type=code&redirect_uri={RedirectUrl}&scope={Scopes}&state={State}',
  tokenBody:
    'grant_type=authorization_code&code={Code}&redirect_uri={RedirectUrl}&client_id={ClientId}&client_secret={ClientSecret}',
  refreshBody:
    'grant_type=refresh_token&refresh_token={RefreshToken}&client_id={ClientId}&client_secret={ClientSecret}',
  scopeDelimiter: ' ',
} as const;

/** Filled by the platform; compared without case. */
const platformPlaceholders = new Set(
  ['ClientId', 'ClientSecret', 'RedirectUrl', 'State', 'Scopes', 'Code', 'RefreshToken'].map((name) =>
    name.toLowerCase(),
  ),
);

/**
 * Names in braces that aren't the platform's: each is a connection parameter `token:<name>`. In their order, once
 * each.
 */
export function ownPlaceholders(authentication: GenericOAuth): string[] {
  const names = new Map<string, string>();
  for (const key of Object.values(templateKeys)) {
    for (const [, name = ''] of authentication[key].matchAll(/\{([0-9A-Za-z_]+)\}/g)) {
      const known = name.toLowerCase();
      if (!platformPlaceholders.has(known) && !names.has(known)) names.set(known, name);
    }
  }
  return [...names.values()];
}

/** An address as it may look: a definition has no placeholders, and nothing is ever sent to it. */
export const sampleUrl = (template: string, host = 'login.contoso.com'): string =>
  template
    .replace(/^\{[^}]*\}/, `https://${host}`)
    .replaceAll(/\{([^{}]*)\}/g, (_, name: string) => name.toLowerCase());

const applicationNames = { id: 'token:ClientId', secret: 'token:ClientSecret' } as const;

export function oauth2Generic(
  authentication: GenericOAuth,
  { name: service, host }: { name: string; host?: string | undefined },
): ConnectorParts {
  const { authorizationUrl, tokenUrl, clientId, scopes, scopeDelimiter, ownApp } = authentication;
  const templates = Object.entries(templateKeys).map(([key, name]) => [key, authentication[name]]);
  return {
    ...accessCode(sampleUrl(authorizationUrl, host), sampleUrl(tokenUrl, host), scopes),
    connectionParameters: {
      token: token({
        identityProvider: 'oauth2generic',
        clientId,
        scopes: scopeDelimiter === '' && scopes.length > 0 ? [scopes.join(' ')] : [...scopes],
        properties: { IsFirstParty: 'False' },
        customParameters: Object.fromEntries(templates),
      }),
      ...(ownApp ? ownApplication(service, applicationNames) : {}),
      ...Object.fromEntries(
        ownPlaceholders(authentication).map((name) => [`token:${name}`, placeholderField(name, service)]),
      ),
    },
    policies: [],
    script: false,
  };
}

/** Asked first: they say where people sign in. */
function placeholderField(name: string, service: string): JsonObject {
  const label = labelFrom(name);
  return fieldOf(meansSecret(name), 1, {
    displayName: label,
    description: `The ${lowerFirst(label)} of your ${service} account.`,
    tooltip: `Provide your ${lowerFirst(label)}`,
  });
}
