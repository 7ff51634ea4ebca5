import { type Answers, text } from '../../answers.ts';
import type { JsonObject } from '../../connector/json/value.ts';
import { lowerFirst } from '../../language/sentences.ts';
import { labelFrom } from '../../language/words.ts';
import type { OAuthApplication } from '../authentication.ts';
import type { Kind } from '../kind.ts';
import { application, applicationAnswers, has, readToken } from './application.ts';
import { accessCode, fieldOf, hasGateway, meansSecret, ownApplication, token } from './parts.ts';

/** An empty one is left out of the file. `{Name}` is a connection parameter `token:Name`. */
export interface OAuthTemplates {
  authorizationUrl: string;
  authorizationQuery: string;
  tokenUrl: string;
  tokenQuery: string;
  tokenBody: string;
  refreshUrl: string;
  refreshQuery: string;
  refreshBody: string;
}

export interface GenericOAuth extends OAuthApplication, OAuthTemplates {
  kind: 'oauth2-generic';
  /** Between the scopes; empty: the scopes are one text. */
  scopeDelimiter: string;
}

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

const templates =
  '--authorization-url "https://{Tenant}.contoso.com/authorize" --token-url "https://{Tenant}.contoso.com/token"';

/** Addresses per tenant, further query parameters, unusual bodies (docs/reference/authentication.md#oauth-20-by-templates). */
export const oauth2Generic: Kind<GenericOAuth> = {
  id: 'oauth2-generic',
  name: 'oauth2-generic',
  label: 'OAuth 2.0, generic: for services with an address per customer',
  isRare: true,
  asks: [
    'authorizationUrl',
    'authorizationQuery',
    'tokenUrl',
    'tokenQuery',
    'tokenBody',
    'refreshUrl',
    'refreshQuery',
    'refreshBody',
    'scope',
    'scopeDelimiter',
    'app',
    'clientId',
    'hostParameter',
  ],
  examples: [
    [`--auth oauth2-generic ${templates}`, 'OAuth 2.0 whose addresses differ per customer'],
    [`--auth oauth2-generic ${templates} --app connection`, 'where each connection brings its own application'],
  ],
  fromAnswers: (answers) => ({
    kind: 'oauth2-generic',
    ...application(answers),
    authorizationUrl: text(answers, 'authorizationUrl'),
    authorizationQuery: template(answers, 'authorizationQuery'),
    tokenUrl: text(answers, 'tokenUrl'),
    tokenQuery: text(answers, 'tokenQuery'),
    tokenBody: template(answers, 'tokenBody'),
    refreshUrl: text(answers, 'refreshUrl') || text(answers, 'tokenUrl'),
    refreshQuery: text(answers, 'refreshQuery'),
    refreshBody: template(answers, 'refreshBody'),
    scopeDelimiter: template(answers, 'scopeDelimiter'),
  }),
  toAnswers: (authentication) => ({
    ...applicationAnswers(authentication),
    ...Object.fromEntries(Object.values(templateKeys).map((name) => [name, authentication[name]])),
  }),
  write(authentication, { name: service, host }) {
    const { authorizationUrl, tokenUrl, clientId, scopes, scopeDelimiter, ownApp } = authentication;
    const values = Object.entries(templateKeys).map(([key, name]) => [key, authentication[name]]);
    return {
      ...accessCode(sampleUrl(authorizationUrl, host), sampleUrl(tokenUrl, host), scopes),
      connectionParameters: {
        token: token({
          identityProvider: 'oauth2generic',
          clientId,
          scopes: scopeDelimiter === '' && scopes.length > 0 ? [scopes.join(' ')] : [...scopes],
          properties: { IsFirstParty: 'False' },
          customParameters: Object.fromEntries(values),
        }),
        ...(ownApp ? ownApplication(service, applicationNames) : {}),
        ...Object.fromEntries(
          ownPlaceholders(authentication).map((name) => [`token:${name}`, placeholderField(name, service)]),
        ),
      },
      policies: [],
      script: false,
    };
  },
  declared: undefined,
  recognise({ parameters }) {
    const { identityProvider, clientId, scopes, value } = readToken(parameters);
    if (identityProvider !== 'oauth2generic' || hasGateway(parameters)) return undefined;
    const values = Object.entries(templateKeys).map(([key, name]) => [name, value(key)]);
    return {
      kind: 'oauth2-generic',
      clientId,
      scopes,
      ...(Object.fromEntries(values) as Record<(typeof templateKeys)[keyof typeof templateKeys], string>),
      ...(has(parameters, ...Object.values(applicationNames)) ? { ownApp: true } : {}),
    };
  },
  asSet: { name: 'oauth', label: 'OAuth 2.0', description: 'Sign in on a page of the service.' },
  overGateway: { refusal: 'the gateway passes no OAuth tokens on' },
  credentials: undefined,
};

/** What somebody left empty on purpose stays empty. */
const template = (answers: Answers, name: keyof typeof defaultTemplates): string =>
  typeof answers[name] === 'string' ? answers[name] : defaultTemplates[name];

/** Asked first: they say where people sign in. */
function placeholderField(name: string, service: string): JsonObject {
  const label = labelFrom(name);
  return fieldOf(meansSecret(name), 1, {
    displayName: label,
    description: `The ${lowerFirst(label)} of your ${service} account.`,
    tooltip: `Provide your ${lowerFirst(label)}`,
  });
}
