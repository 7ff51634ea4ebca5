import { isEntraUrl } from '../../authentication/authentication.ts';
import { readToken } from '../../authentication/kinds/application.ts';
import { entraUrls, entraV2Of } from '../../authentication/kinds/entra-urls.ts';
import { defaultTemplates, type OAuthTemplates } from '../../authentication/kinds/oauth2-generic.ts';
import { asObject, asString, getOwn, type JsonObject, strings } from '../../connector/json/value.ts';
import { isValue } from '../../deploy/oauth-credentials.ts';
import { UserError } from '../../errors.ts';
import type { Fillings } from './placeholders.ts';

/**
 * A sign-in by OAuth as the platform does it: addresses, queries and forms with placeholders, for every provider alike.
 * Made of what apiProperties.json says, so all of it is data of whoever wrote the connector.
 */
export interface SignIn extends OAuthTemplates {
  /** `client_credentials` needs nobody to sign in. */
  grant: 'authorization_code' | 'client_credentials';
  /** Of connection parameters, and the scopes. */
  fillings: Fillings;
  /** Placeholders whose values are secret, in lower case. */
  secretNames: ReadonlySet<string>;
  /** Of Entra ID only. */
  device: DeviceAddresses | undefined;
}

export interface DeviceAddresses {
  deviceUrl: string;
  tokenUrl: string;
  scope: string;
}

export interface SignInSource {
  /** The connection parameters as they are written in apiProperties.json. */
  written: JsonObject;
  /** Reads a value of the connection, without regard to case. */
  read: (parameter: string) => string | undefined;
  /** Without a secret the forms have none. */
  hasSecret: boolean;
}

type Pairs = readonly (readonly [name: string, template: string])[];

const joined = (pairs: Pairs): string => pairs.map(([name, template]) => `${name}=${template}`).join('&');

/** @throws UserError for a provider or a setting with which nobody can sign in here */
export function oauthSignIn(source: SignInSource): SignIn {
  const token = readToken(source.written);
  const provider = token.identityProvider?.toLowerCase() ?? '';
  const delimiter = token.value('scopeListDelimiter') || ' ';
  const scopes = strings(getOwn(token.settings, 'scopes')).join(delimiter);
  const parts = { ...source, settings: token.settings, value: token.value, scopes };
  const templates =
    provider === 'aad'
      ? entra(parts)
      : provider === 'oauth2generic'
        ? byTemplates(parts)
        : provider === 'oauth2'
          ? standard(parts)
          : undefined;
  if (templates === undefined) {
    throw new UserError(
      `the identity provider ${provider || '(none)'} is the platform's own: its sign-in isn't known`,
      {
        hint: 'bring a token of that service: set CONNECTOR_ACCESS_TOKEN',
      },
    );
  }
  return { ...templates, ...fillingsOf(source, scopes) };
}

interface Parts extends SignInSource {
  settings: JsonObject;
  /** Of `customParameters`; empty: not there. */
  value: (key: string) => string;
  scopes: string;
}

type Templates = Omit<SignIn, 'fillings' | 'secretNames'>;

const secretPair = (hasSecret: boolean): Pairs => (hasSecret ? [['client_secret', '{ClientSecret}']] : []);

const codeForm = (hasSecret: boolean): Pairs => [
  ['grant_type', 'authorization_code'],
  ['code', '{Code}'],
  ['redirect_uri', '{RedirectUrl}'],
  ['client_id', '{ClientId}'],
  ...secretPair(hasSecret),
];

const refreshForm = (hasSecret: boolean): Pairs => [
  ['grant_type', 'refresh_token'],
  ['refresh_token', '{RefreshToken}'],
  ['client_id', '{ClientId}'],
  ...secretPair(hasSecret),
];

const pageQuery = (scopes: string): Pairs => [
  ['response_type', 'code'],
  ['client_id', '{ClientId}'],
  ['redirect_uri', '{RedirectUrl}'],
  ...(scopes === '' ? [] : ([['scope', '{Scopes}']] as const)),
  ['state', '{State}'],
];

/** `oauth2`: three addresses. */
function standard({ value, scopes, hasSecret }: Parts): Templates {
  const tokenUrl = needed(value, 'tokenUrl');
  const authorizationUrl = needed(value, 'authorizationUrl');
  return {
    grant: 'authorization_code',
    // an address of the service, not a template: braces in it mean nothing
    ...literalUrls({ authorizationUrl, tokenUrl, refreshUrl: value('refreshUrl') || tokenUrl }),
    authorizationQuery: joined(pageQuery(scopes)),
    tokenQuery: '',
    tokenBody: joined(codeForm(hasSecret)),
    refreshQuery: '',
    refreshBody: joined(refreshForm(hasSecret)),
    device: deviceOf(authorizationUrl, scopes),
  };
}

function literalUrls<T extends Record<string, string>>(urls: T): T {
  const literal = Object.entries(urls).map(([name, url]) => [name, url.replaceAll('{', '%7B').replaceAll('}', '%7D')]);
  return Object.fromEntries(literal) as T;
}

/** `oauth2generic` (docs/reference/authentication.md#oauth-20-by-templates). */
function byTemplates({ value, scopes }: Parts): Templates {
  const tokenUrl = needed(value, 'tokenUrlTemplate');
  const authorizationUrl = needed(value, 'authorizationUrlTemplate');
  return {
    grant: 'authorization_code',
    authorizationUrl,
    authorizationQuery: value('authorizationUrlQueryStringTemplate') || defaultTemplates.authorizationQuery,
    tokenUrl,
    tokenQuery: value('tokenUrlQueryStringTemplate'),
    tokenBody: value('tokenBodyTemplate') || defaultTemplates.tokenBody,
    refreshUrl: value('refreshUrlTemplate') || tokenUrl,
    refreshQuery: value('refreshUrlQueryStringTemplate'),
    refreshBody: value('refreshBodyTemplate') || defaultTemplates.refreshBody,
    device: deviceOf(authorizationUrl, scopes),
  };
}

/** `aad`, the model of v1: a token is for a resource (docs/reference/authentication.md#entra-id). */
function entra({ value, read, settings, scopes, hasSecret }: Parts): Templates {
  const resource =
    read('token:resourceUri') ||
    value('resourceUri') ||
    asString(getOwn(asObject(getOwn(settings, 'properties')), 'AzureActiveDirectoryResourceId')) ||
    '';
  if (!isValue(resource)) {
    throw new UserError(`the sign-in has no resource: resourceUri is ${JSON.stringify(resource)}`, {
      hint: 'write the application ID URI of the API into resourceUri of apiProperties.json',
    });
  }
  const loginUri = value('loginUri') || 'https://login.microsoftonline.com';
  const tenantId = encodeURIComponent(read('token:tenantId') || value('tenantId') || 'common');
  const { authorizationUrl, tokenUrl } = entraUrls({ loginUri, tenantId });
  const forResource = [['resource', encodeURIComponent(resource)]] as const;
  const isOwn = read('token:grantType')?.toLowerCase() === 'client_credentials';
  const ownForm: Pairs = [
    ['grant_type', 'client_credentials'],
    ['client_id', '{ClientId}'],
    ...secretPair(true),
    ...forResource,
  ];
  const v2 = entraUrls({ loginUri, tenantId, version: 'v2' });
  return {
    grant: isOwn ? 'client_credentials' : 'authorization_code',
    ...literalUrls({ authorizationUrl, tokenUrl, refreshUrl: tokenUrl }),
    authorizationQuery: joined([...pageQuery(scopes), ...forResource]),
    tokenQuery: '',
    tokenBody: joined(isOwn ? ownForm : [...codeForm(hasSecret), ...forResource]),
    refreshQuery: '',
    refreshBody: joined(isOwn ? ownForm : [...refreshForm(hasSecret), ...forResource]),
    // v1 has its own form of the device code; v2 has that of RFC 8628, and grants all that the application may do
    device: {
      deviceUrl: v2.tokenUrl.replace(/token$/, 'devicecode'),
      tokenUrl: v2.tokenUrl,
      scope: `${resource}/.default offline_access`,
    },
  };
}

/** Of addresses of Entra v2, which are plain OAuth 2.0 to the platform. */
function deviceOf(authorizationUrl: string, scope: string): DeviceAddresses | undefined {
  const tenant = isEntraUrl(authorizationUrl) ? entraV2Of(authorizationUrl) : undefined;
  if (tenant === undefined) return undefined;
  const { tokenUrl } = entraUrls({ ...tenant, version: 'v2' });
  return { deviceUrl: tokenUrl.replace(/token$/, 'devicecode'), tokenUrl, scope };
}

function needed(value: (key: string) => string, key: string): string {
  const text = value(key).trim();
  if (text !== '') return text;
  throw new UserError(`the sign-in has no ${key} (oAuthSettings.customParameters of apiProperties.json)`, {
    hint: 'set how users sign in: pp-connector oauth; or bring a token: CONNECTOR_ACCESS_TOKEN',
  });
}

/** `{Name}` is the connection parameter `token:Name`. */
function fillingsOf({ written, read }: SignInSource, scopes: string): Pick<SignIn, 'fillings' | 'secretNames'> {
  const fillings = new Map([['scopes', scopes]]);
  const secretNames = new Set(['clientsecret', 'refreshtoken', 'code']);
  for (const [parameter, node] of Object.entries(written)) {
    const name = /^token:(.+)$/i.exec(parameter)?.[1]?.toLowerCase();
    const value = name === undefined ? undefined : read(parameter);
    if (name === undefined || value === undefined) continue;
    fillings.set(name, value);
    if (asString(getOwn(node, 'type'))?.toLowerCase() === 'securestring' || /secret/i.test(name)) secretNames.add(name);
  }
  return { fillings, secretNames };
}
