/** Flags for every kind of authentication and its ways, as a user would give them to `pp-connector oauth`. */

export interface KindCase {
  name: string;
  flags: Record<string, string | string[] | boolean>;
}

const oauth2 = {
  auth: 'oauth2',
  authorizationUrl: 'https://login.contoso.com/authorize',
  tokenUrl: 'https://login.contoso.com/token',
};

const generic = {
  auth: 'oauth2-generic',
  authorizationUrl: 'https://{Tenant}.contoso.com/oauth/authorize',
  tokenUrl: 'https://{Tenant}.contoso.com/oauth/token',
  scope: ['orders.read', 'offline_access'],
};

const entra = { auth: 'entra', resourceUri: 'api://orders.contoso.com' };
const host = { hostParameter: 'tenant', hostTemplate: 'https://{tenant}.contoso.com/api' };

export const kinds: readonly KindCase[] = [
  { name: 'an API key in a header', flags: { auth: 'api-key', name: 'X-API-Key' } },
  { name: 'an API key in the query', flags: { auth: 'api-key', in: 'query', name: 'key' } },
  { name: 'an API key after a word', flags: { auth: 'api-key', name: 'Authorization', prefix: 'Bearer' } },
  {
    name: 'an API key and a host that may be left empty',
    flags: {
      auth: 'api-key',
      name: 'X-API-Key',
      hostParameter: 'server',
      hostTemplate: 'https://{server=api.contoso.com}/v1',
    },
  },
  { name: 'an API key and a host per customer', flags: { auth: 'api-key', name: 'X-API-Key', ...host } },
  {
    name: 'an API key and extra fields',
    flags: {
      auth: 'api-key',
      name: 'X-API-Key',
      sendField: ['tenant=header:X-Tenant|Tenant|The name of your tenant.', 'appToken=query:app|App token||secret'],
    },
  },
  { name: 'basic', flags: { auth: 'basic' } },
  {
    name: 'basic and a site of its own',
    flags: { auth: 'basic', hostParameter: 'siteUrl', hostTemplate: '{siteUrl}/api' },
  },
  { name: 'OAuth 2.0', flags: { ...oauth2, scope: ['orders.read'] } },
  { name: "OAuth 2.0 with an app of one's own", flags: { ...oauth2, app: 'connection' } },
  { name: 'OAuth 2.0 by templates', flags: generic },
  { name: "OAuth 2.0 by templates with an app of one's own", flags: { ...generic, app: 'connection' } },
  {
    name: 'OAuth 2.0 by templates and the same host',
    flags: { ...generic, hostParameter: 'Tenant', hostTemplate: 'https://{Tenant}.contoso.com/api' },
  },
  {
    name: 'OAuth 2.0 by templates with everything',
    flags: {
      auth: 'oauth2-generic',
      authorizationUrl: '{SiteUrl}/authorize',
      authorizationQuery: '?client_id={AppId}&response_type=code&redirect_uri={RedirectUrl}&state={State}',
      tokenUrl: '{SiteUrl}/token',
      tokenQuery: '?v=2',
      tokenBody: 'grant_type=authorization_code&code={Code}&client_id={AppId}&client_secret={AppSecret}',
      refreshUrl: '{SiteUrl}/refresh',
      refreshQuery: '?v=2',
      refreshBody: 'grant_type=refresh_token&refresh_token={RefreshToken}&client_secret={AppSecret}',
      scopeDelimiter: ',',
      scope: ['a', 'b'],
    },
  },
  { name: 'Entra ID with a resource', flags: entra },
  { name: 'Entra ID for a single tenant', flags: { ...entra, tenantId: '0a1b2c3d-0000-4000-8000-000000000001' } },
  { name: 'Entra ID on behalf of', flags: { ...entra, onBehalfOf: 'on' } },
  { name: 'Entra ID with scopes', flags: { ...entra, entraVersion: 'v2' } },
  { name: 'Entra ID of the US government', flags: { ...entra, cloud: 'us-gov' } },
  { name: 'Entra ID of China with scopes', flags: { ...entra, cloud: 'china', entraVersion: 'v2' } },
  { name: "Entra ID with an app of one's own", flags: { ...entra, app: 'connection' } },
  {
    name: 'Entra ID with a service principal',
    flags: { ...entra, grant: 'service-principal', experimental: true },
  },
  { name: 'client credentials', flags: { auth: 'client-credentials', tokenUrl: 'https://login.contoso.com/token' } },
  {
    name: 'client credentials by policies',
    flags: {
      auth: 'client-credentials',
      by: 'policies',
      tokenUrl: 'https://login.contoso.com/oauth2/token?audience=orders',
      scope: ['orders.read', 'orders.write'],
    },
  },
  {
    name: 'client credentials by policies and a host per customer',
    flags: { auth: 'client-credentials', by: 'policies', tokenUrl: 'https://login.contoso.com/token', ...host },
  },
  { name: 'nothing through the gateway', flags: { auth: 'none', transport: 'gateway' } },
  { name: 'basic through the gateway', flags: { auth: 'basic', transport: 'gateway' } },
  { name: 'Windows through the gateway', flags: { auth: 'windows' } },
  { name: 'GitHub', flags: { preset: 'github', scope: ['repo'] } },
  { name: 'Google', flags: { preset: 'google', scope: ['openid'] } },
  { name: 'Salesforce', flags: { preset: 'salesforce', scope: ['api', 'refresh_token'] } },
  { name: 'Dropbox', flags: { preset: 'dropbox' } },
  { name: 'Box', flags: { preset: 'box' } },
  { name: 'LinkedIn', flags: { preset: 'linkedin' } },
  { name: 'Slack', flags: { preset: 'slack', scope: ['chat:write'] } },
];
