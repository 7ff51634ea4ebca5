/** The golden repositories: every kind of authentication and every profile occurs, with all answers given. */

export interface Case {
  name: string;
  flags: Record<string, string | string[]>;
}

const common = {
  toolSpec: '^0.1.0',
  title: 'Contoso Weather',
  description: 'Reads what the weather stations of Contoso measure, and adds new stations.',
  publisher: 'Contoso',
  host: 'weather.contoso.com',
  basePath: '/v1',
  environmentUrl: 'https://contoso.crm.dynamics.com',
};

const certified = {
  ...common,
  stackOwner: 'Contoso',
  contactName: 'Contoso Support',
  contactUrl: 'https://support.contoso.com',
  contactEmail: 'support@contoso.com',
  website: 'https://www.contoso.com',
  privacyPolicy: 'https://www.contoso.com/privacy',
  categories: 'Data;Productivity',
};

const custom = { ...common, profile: 'custom', brandColor: '#0b6a3f' };
const verified = { ...certified, profile: 'verified', brandColor: '#0b6a3f' };
const independent = {
  ...certified,
  profile: 'independent',
  publisher: 'Robin Counts',
  contactEmail: 'robin@example.org',
  brandColor: '#da3b01',
};

const apiKey = { auth: 'api-key', in: 'header', keyName: 'X-Contoso-Key' };
const oauth2 = {
  auth: 'oauth2',
  authorizationUrl: 'https://login.contoso.com/authorize',
  tokenUrl: 'https://login.contoso.com/token',
  refreshUrl: 'https://login.contoso.com/refresh',
  scope: ['stations.read', 'stations.write', 'offline_access'],
};
const entra = {
  auth: 'entra',
  tenantId: 'common',
  resourceUri: 'api://weather.contoso.com',
  scope: ['Stations.Read'],
};
const clientCredentials = {
  auth: 'client-credentials',
  tokenUrl: 'https://login.contoso.com/token',
  scope: ['stations.read', 'stations.write'],
};

export const cases: readonly Case[] = [
  { name: 'none-custom', flags: { ...custom, auth: 'none' } },
  { name: 'none-independent', flags: { ...independent, auth: 'none' } },
  { name: 'api-key-header-verified', flags: { ...verified, ...apiKey } },
  { name: 'api-key-query-independent', flags: { ...independent, ...apiKey, in: 'query', keyName: 'apikey' } },
  { name: 'api-key-prefix-verified', flags: { ...verified, ...apiKey, keyName: 'Authorization', prefix: 'Bearer' } },
  { name: 'basic-custom', flags: { ...custom, auth: 'basic' } },
  { name: 'basic-verified', flags: { ...verified, auth: 'basic' } },
  { name: 'oauth2-verified', flags: { ...verified, ...oauth2 } },
  { name: 'oauth2-custom', flags: { ...custom, ...oauth2, scope: [] } },
  { name: 'entra-verified', flags: { ...verified, ...entra } },
  { name: 'client-credentials-custom', flags: { ...custom, ...clientCredentials, scope: [] } },
  { name: 'client-credentials-verified', flags: { ...verified, ...clientCredentials } },
];
