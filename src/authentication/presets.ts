import { defaultTemplates } from './kinds/oauth2-generic.ts';

/**
 * OAuth 2.0 endpoints of well-known vendors (docs/reference/authentication.md#vendors). The platform's own providers for
 * them have no public ids, so they are set up as OAuth 2.0 by address. Vendors move their endpoints: each is to be
 * checked against the vendor's documentation before a connector is published.
 */
export interface Preset {
  vendor: string;
  kind: 'oauth2' | 'oauth2-generic';
  authorizationUrl: string;
  /** Also for refreshing. */
  tokenUrl: string;
  /** Added to the query of the authorization address; only templates can say that. */
  query?: string;
  /** Where applications are registered there, and as what. */
  registration: { page: string; application: string };
  /** What an author has to know besides. */
  note?: string;
}

export const presets = {
  github: {
    vendor: 'GitHub',
    kind: 'oauth2',
    authorizationUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
    registration: { page: 'https://github.com/settings/developers', application: 'an OAuth app' },
    note: 'classic OAuth apps of GitHub give no refresh token',
  },
  google: {
    vendor: 'Google',
    kind: 'oauth2-generic',
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    query: '&access_type=offline&prompt=consent',
    registration: {
      page: 'https://console.cloud.google.com/apis/credentials',
      application: 'an OAuth client ID of the type web application',
    },
  },
  salesforce: {
    vendor: 'Salesforce',
    kind: 'oauth2',
    authorizationUrl: 'https://login.salesforce.com/services/oauth2/authorize',
    tokenUrl: 'https://login.salesforce.com/services/oauth2/token',
    registration: { page: 'https://login.salesforce.com', application: 'a connected app with OAuth settings' },
    note:
      'each customer of Salesforce has an instance host of its own: ' +
      '--host-parameter instance --host-template "https://{instance}.my.salesforce.com"',
  },
  dropbox: {
    vendor: 'Dropbox',
    kind: 'oauth2-generic',
    authorizationUrl: 'https://www.dropbox.com/oauth2/authorize',
    tokenUrl: 'https://api.dropboxapi.com/oauth2/token',
    query: '&token_access_type=offline',
    registration: { page: 'https://www.dropbox.com/developers/apps', application: 'an app with scoped access' },
  },
  box: {
    vendor: 'Box',
    kind: 'oauth2',
    authorizationUrl: 'https://account.box.com/api/oauth2/authorize',
    tokenUrl: 'https://api.box.com/oauth2/token',
    registration: { page: 'https://app.box.com/developers/console', application: 'a custom app with OAuth 2.0' },
  },
  linkedin: {
    vendor: 'LinkedIn',
    kind: 'oauth2',
    authorizationUrl: 'https://www.linkedin.com/oauth/v2/authorization',
    tokenUrl: 'https://www.linkedin.com/oauth/v2/accessToken',
    registration: { page: 'https://www.linkedin.com/developers/apps', application: 'an app' },
  },
  slack: {
    vendor: 'Slack',
    kind: 'oauth2',
    authorizationUrl: 'https://slack.com/oauth/v2/authorize',
    tokenUrl: 'https://slack.com/api/oauth.v2.access',
    registration: { page: 'https://api.slack.com/apps', application: 'an app' },
  },
} as const satisfies Readonly<Record<string, Preset>>;

export const presetNames = Object.keys(presets) as (keyof typeof presets)[];

const find = (name: string): Preset | undefined =>
  Object.hasOwn(presets, name) ? (presets as Readonly<Record<string, Preset>>)[name] : undefined;

/** The answers that a preset gives; those of the author win. */
export function presetAnswers(name: string): Record<string, string> {
  const preset = find(name);
  if (preset === undefined) return {};
  const { kind, authorizationUrl, tokenUrl, query = '' } = preset;
  const templates: Record<string, string> =
    kind === 'oauth2-generic' ? { authorizationQuery: `${defaultTemplates.authorizationQuery}${query}` } : {};
  return { auth: kind, authorizationUrl, tokenUrl, refreshUrl: tokenUrl, ...templates };
}

/** What an author reads who takes a preset. */
export function presetNotes(name: string): string[] {
  const preset = find(name);
  if (preset === undefined) return [];
  const check = `check the addresses against the documentation of ${preset.vendor}: nobody promises that they stay`;
  return preset.note === undefined ? [check] : [check, preset.note];
}

/** The vendor whose authorization address this is. */
export const vendorOf = (authorizationUrl: string): Preset | undefined =>
  Object.values(presets as Readonly<Record<string, Preset>>).find(
    (preset) => preset.authorizationUrl === authorizationUrl.replace(/[?#][\s\S]*$/, ''),
  );
