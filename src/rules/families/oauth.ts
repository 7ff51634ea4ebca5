import { getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { literal, quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectionParameter } from '../engine/model.ts';
import { defineFamily, type Example, type Report, type Rule } from '../engine/rule.ts';
import { isPlaceholder, looksLive } from '../support/placeholders.ts';
import { strays } from '../support/where-it-belongs.ts';
import { isGateway, isOAuth } from './connection-parameters.ts';

/** The `oAuthSettings` of a connection parameter, with what is asked of them again and again. */
interface OAuthSettings {
  value: JsonObject;
  place: Location;
  parameter: ConnectionParameter;
  /** In lower case; empty when it is missing. */
  provider: string;
  customParameters: JsonObject | undefined;
}

function settingsOf(parameter: ConnectionParameter): OAuthSettings | undefined {
  if (!isOAuth(parameter)) return undefined;
  const value = getOwn(parameter.value, 'oAuthSettings');
  if (!isObject(value)) return undefined;
  const provider = getOwn(value, 'identityProvider');
  const custom = getOwn(value, 'customParameters');
  return {
    value,
    place: parameter.place.at('oAuthSettings'),
    parameter,
    provider: typeof provider === 'string' ? provider.trim().toLowerCase() : '',
    customParameters: isObject(custom) ? custom : undefined,
  };
}

const redirectModes = ['Global', 'GlobalPerConnector', 'Direct'] as const;

const sharedRedirectUrl = /^https:\/\/global\.consent\.azure-apim\.net\/redirect\/?$/i;

/** By the schema, and what the portal's wizard offers beside them. */
const providers: ReadonlySet<string> = new Set([
  ...['oauth2', 'oauth2generic', 'aad', 'aadcertificate', 'facebook'],
  ...[
    'github',
    'google',
    'dropbox',
    'salesforce',
    'box',
    'linkedin',
    'slack',
    'instagram',
    'spotify',
    'dynamicscrmonline',
  ],
]);

/** What each provider's exchange can't do without. */
const neededParameters: Readonly<Record<string, readonly string[]>> = {
  oauth2: ['authorizationUrl', 'tokenUrl', 'refreshUrl'],
  oauth2generic: ['authorizationUrlTemplate', 'tokenUrlTemplate', 'refreshUrlTemplate'],
  aad: ['resourceUri'],
};

/** The parameter that has the same value for most services. */
const substitutes: Readonly<Record<string, string>> = {
  refreshUrl: 'tokenUrl',
  refreshUrlTemplate: 'tokenUrlTemplate',
};

/** The key of an author, whatever its case: some published files write `AuthorizationUrl`. */
const keyLike = (object: JsonObject, key: string): string | undefined =>
  Object.hasOwn(object, key) ? key : Object.keys(object).find((name) => name.toLowerCase() === key.toLowerCase());

const valueLike = (object: JsonObject, key: string): Json | undefined => {
  const name = keyLike(object, key);
  return name === undefined ? undefined : getOwn(object, name);
};

/** The example connector with OAuth 2 instead of its key; `null` removes a setting. */
const oauthExample = (
  name: string,
  settings: JsonObject = {},
  more: { token?: JsonObject; parameters?: JsonObject } = {},
): Example & { definition: JsonObject; properties: JsonObject } => ({
  name,
  definition: {
    securityDefinitions: {
      api_key: null,
      oauth2_auth: {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: 'https://login.contoso.com/authorize',
        tokenUrl: 'https://login.contoso.com/token',
        scopes: { read: 'Read everything' },
      },
    },
    security: [{ oauth2_auth: ['read'] }],
  },
  properties: {
    properties: {
      connectionParameters: {
        api_key: null,
        token: {
          type: 'oauthSetting',
          oAuthSettings: {
            identityProvider: 'oauth2',
            clientId: 'DUMMY',
            scopes: ['read'],
            redirectMode: 'GlobalPerConnector',
            properties: { IsFirstParty: 'False' },
            customParameters: {
              authorizationUrl: { value: 'https://login.contoso.com/authorize' },
              tokenUrl: { value: 'https://login.contoso.com/token' },
              refreshUrl: { value: 'https://login.contoso.com/token' },
            },
            ...settings,
          },
          ...more.token,
        },
        ...more.parameters,
      },
    },
  },
});

const tokenPlace = 'properties#/properties/connectionParameters/token';
const settingPlace = (...keys: string[]): string => `${tokenPlace}/oAuthSettings/${keys.join('/')}`;

const fixedAs = (settings: JsonObject) => {
  const { definition, properties } = oauthExample('', settings);
  return { definition, properties };
};

const custom = (changes: JsonObject): JsonObject => ({
  customParameters: {
    authorizationUrl: { value: 'https://login.contoso.com/authorize' },
    tokenUrl: { value: 'https://login.contoso.com/token' },
    refreshUrl: { value: 'https://login.contoso.com/token' },
    ...changes,
  },
});

/** A rule about `oAuthSettings`. */
function oauthRule(rule: Omit<Rule, 'on'>, check: (settings: OAuthSettings, report: Report) => void): Rule {
  return {
    ...rule,
    on: {
      connectionParameter: (parameter, report) => {
        const settings = settingsOf(parameter);
        if (settings !== undefined) check(settings, report);
      },
    },
  };
}

/** Each custom parameter that is there. */
function eachCustom(settings: OAuthSettings, visit: (name: string, value: Json, place: Location) => void): void {
  const place = settings.place.at('customParameters');
  for (const [name, value] of Object.entries(settings.customParameters ?? {})) visit(name, value, place.at(name));
}

/** Rules about OAuth connections. */
export const family = defineFamily({ name: 'OAuth', order: 340 }, [
  {
    id: 'oauth-settings',
    title: 'A connection parameter of type oauthSetting has oAuthSettings.',
    why: 'They hold everything that the sign-in needs.',
    remedy: 'Add "oAuthSettings" with identityProvider, clientId, scopes, redirectMode and customParameters.',
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    on: {
      connectionParameter: (parameter, report) => {
        if (!isOAuth(parameter) || isObject(getOwn(parameter.value, 'oAuthSettings'))) return;
        report(
          parameter.place.at('oAuthSettings'),
          `the connection parameter ${quote(parameter.name)} is an oauthSetting without oAuthSettings; ${strays(parameter.value, 'oAuthSettings') ?? 'add them'}`,
        );
      },
    },
    examples: {
      good: [oauthExample('complete')],
      bad: [
        {
          ...oauthExample('missing', {}, { token: { oAuthSettings: null } }),
          expect: [`${tokenPlace}/oAuthSettings`],
        },
      ],
    },
  },
  oauthRule(
    {
      id: 'oauth-identity-provider',
      title: 'The identity provider is one that the platform knows.',
      why: 'It decides how the platform signs in; an unknown one is refused or private to one publisher.',
      remedy: 'Use oauth2, oauth2generic or aad.',
      source: 'JSON schema of apiProperties.json; documentation of connection parameters',
      severity: 'W/W/W',
      examples: {
        good: [oauthExample('oauth2')],
        bad: [
          { ...oauthExample('unknown', { identityProvider: 'contoso' }), expect: [settingPlace('identityProvider')] },
          { ...oauthExample('missing', { identityProvider: null }), expect: [settingPlace('identityProvider')] },
        ],
      },
    },
    ({ provider, value, place }, report) => {
      if (providers.has(provider)) return;
      report(
        place.at('identityProvider'),
        provider === ''
          ? 'the OAuth settings name no identityProvider; use oauth2, oauth2generic or aad'
          : `the identityProvider ${quote(getOwn(value, 'identityProvider'))} is not known; use oauth2, oauth2generic or aad`,
      );
    },
  ),
  oauthRule(
    {
      id: 'oauth-custom-parameters',
      title: 'The custom parameters hold the addresses that the identity provider needs.',
      why: 'Without them nobody can sign in, or stay signed in.',
      remedy:
        'oauth2: authorizationUrl, tokenUrl, refreshUrl; oauth2generic: the same with "Template" after; aad: resourceUri.',
      source: 'JSON schema of apiProperties.json; published connectors',
      severity: 'E/E/E',
      fix: 'safe',
      examples: {
        good: [
          oauthExample('oauth2'),
          oauthExample(
            'other case',
            custom({ refreshUrl: null, RefreshUrl: { value: 'https://login.contoso.com/token' } }),
          ),
        ],
        bad: [
          {
            ...oauthExample('no refresh', custom({ refreshUrl: null })),
            expect: [settingPlace('customParameters', 'refreshUrl')],
            fixed: fixedAs({}),
          },
          {
            ...oauthExample('aad without resource', { identityProvider: 'aad' }),
            expect: [settingPlace('customParameters', 'resourceUri')],
          },
        ],
      },
    },
    ({ provider, customParameters = {}, place }, report) => {
      for (const name of neededParameters[provider] ?? []) {
        if (keyLike(customParameters, name) !== undefined) continue;
        const at = place.at('customParameters', name);
        const same = valueLike(customParameters, substitutes[name] ?? '');
        report(
          at,
          `the custom parameter ${name} is missing, which ${provider} needs`,
          same === undefined ? [] : { op: 'set', at, value: same },
        );
      }
    },
  ),
  oauthRule(
    {
      id: 'oauth-custom-parameter-value',
      title: 'Each custom parameter is an object with a value.',
      why: 'The service reads nothing else.',
      remedy: 'Write { "value": "…" }.',
      source: 'JSON schema of apiProperties.json',
      severity: 'E/E/E',
      fix: 'safe',
      examples: {
        good: [oauthExample('objects')],
        bad: [
          {
            ...oauthExample('a bare text', custom({ tokenUrl: 'https://login.contoso.com/token' })),
            expect: [settingPlace('customParameters', 'tokenUrl')],
            fixed: fixedAs({}),
          },
          {
            ...oauthExample('no value', custom({ scopeListDelimiter: {} })),
            expect: [settingPlace('customParameters', 'scopeListDelimiter')],
          },
        ],
      },
    },
    (settings, report) =>
      eachCustom(settings, (name, value, place) => {
        if (isObject(value) && getOwn(value, 'value') !== undefined) return;
        report(
          place,
          `the custom parameter ${quote(name)} must be an object with "value", such as { "value": "…" }`,
          typeof value === 'string' ? { op: 'set', at: place, value: { value } } : [],
        );
      }),
  ),
  oauthRule(
    {
      id: 'oauth-url-https',
      title: 'The addresses of the sign-in use https.',
      why: 'Codes, tokens and the client secret travel over them.',
      remedy: 'Write https://.',
      source: 'Certification policy',
      severity: 'W/E/E',
      fix: 'unsafe',
      consequence:
        'Whoever looks after the service makes sure that these addresses answer by https before the connector is deployed.',
      examples: {
        good: [oauthExample('https')],
        bad: [
          {
            ...oauthExample('http', custom({ tokenUrl: { value: 'http://login.contoso.com/token' } })),
            expect: [settingPlace('customParameters', 'tokenUrl', 'value')],
            fixed: fixedAs({}),
          },
        ],
      },
    },
    (settings, report) =>
      eachCustom(settings, (name, entry, place) => {
        const value = isObject(entry) ? getOwn(entry, 'value') : undefined;
        // the resource of aad is an identifier that looks like an address
        if (typeof value !== 'string' || name.toLowerCase() === 'resourceuri' || !/^\s*http:\/\//i.test(value)) return;
        const at = place.at('value');
        report(at, `${name} is ${quote(value)}; it must begin with https://`, {
          op: 'set',
          at,
          value: value.trim().replace(/^http:/i, 'https:'),
        });
      }),
  ),
  oauthRule(
    {
      id: 'oauth-redirect-mode',
      title: 'The redirect mode is GlobalPerConnector.',
      why: 'Since February 2024 new and updated OAuth connectors are to have a redirect URL of their own, and reviewers asked for it. A warning, since practice differs: of 18 connectors with OAuth that were certified from October 2024 to September 2025, 12 have Global (9 of one vendor) and 6 GlobalPerConnector.',
      remedy:
        'Set "redirectMode" to "GlobalPerConnector", and register the new redirect URL with the identity provider.',
      source:
        'Certification submission guide; pull requests 3255, 3162 and 3035 of PowerPlatformConnectors; certified connectors of 2025',
      severity: 'W/W/W',
      fix: 'unsafe',
      consequence:
        'Whoever looks after the application registers the new redirect URL with the identity provider, beside the old one; until then nobody can sign in.',
      examples: {
        good: [oauthExample('per connector')],
        bad: [
          {
            ...oauthExample('the old one', { redirectMode: 'Global' }),
            expect: [settingPlace('redirectMode')],
            fixed: fixedAs({}),
          },
          {
            ...oauthExample('missing', { redirectMode: null }),
            expect: [settingPlace('redirectMode')],
            fixed: fixedAs({}),
          },
        ],
      },
    },
    ({ value, place }, report) => {
      const mode = getOwn(value, 'redirectMode');
      if (mode === 'GlobalPerConnector') return;
      const at = place.at('redirectMode');
      report(
        at,
        `redirectMode ${mode === undefined ? 'is missing' : `is ${quote(mode)}`}; new and updated connectors need "GlobalPerConnector"`,
        { op: 'set', at, value: 'GlobalPerConnector' },
      );
    },
  ),
  oauthRule(
    {
      id: 'oauth-redirect-mode-value',
      title: 'The redirect mode is Global, GlobalPerConnector or Direct.',
      why: 'The service knows no other.',
      remedy: 'Use "GlobalPerConnector".',
      source: 'JSON schema of apiProperties.json',
      severity: 'W/E/E',
      examples: {
        good: [oauthExample('per connector')],
        bad: [
          {
            ...oauthExample('unknown', { redirectMode: 'PerConnector' }),
            expect: [settingPlace('redirectMode')],
            implies: ['oauth-redirect-mode'],
          },
        ],
      },
    },
    ({ value, place }, report) => {
      const mode = getOwn(value, 'redirectMode');
      if (mode === undefined || (redirectModes as readonly unknown[]).includes(mode)) return;
      report(place.at('redirectMode'), `redirectMode is ${quote(mode)}; allowed are ${redirectModes.join(', ')}`);
    },
  ),
  oauthRule(
    {
      id: 'oauth-redirect-url',
      title: 'No shared redirectUrl is given beside GlobalPerConnector.',
      why: 'The service gives each connector its own address; reviewers ask to delete the shared one.',
      remedy: 'Delete "redirectUrl".',
      source: 'Pull request 3255 of PowerPlatformConnectors',
      severity: 'I/W/W',
      fix: 'safe',
      examples: {
        good: [oauthExample('none')],
        bad: [
          {
            ...oauthExample('the shared one', { redirectUrl: 'https://global.consent.azure-apim.net/redirect' }),
            expect: [settingPlace('redirectUrl')],
            fixed: fixedAs({}),
          },
        ],
      },
    },
    ({ value, place }, report) => {
      const url = getOwn(value, 'redirectUrl');
      if (getOwn(value, 'redirectMode') !== 'GlobalPerConnector' || typeof url !== 'string') return;
      if (!sharedRedirectUrl.test(url.trim())) return;
      const at = place.at('redirectUrl');
      report(at, `redirectUrl ${quote(url)} is the shared address, which GlobalPerConnector doesn't use; delete it`, {
        op: 'remove',
        at,
      });
    },
  ),
  oauthRule(
    {
      id: 'oauth-client-id',
      title: 'The OAuth settings have a clientId.',
      why: 'The real one is put in its place when the connector is deployed.',
      remedy: 'Add "clientId" with a placeholder.',
      source: 'JSON schema of apiProperties.json',
      severity: 'W/W/W',
      fix: 'unsafe',
      consequence:
        'Whoever deploys gives the real client ID at every deployment (CONNECTOR_CLIENT_ID), or nobody can sign in.',
      examples: {
        good: [oauthExample('a placeholder')],
        bad: [
          {
            ...oauthExample('missing', { clientId: null }),
            expect: [settingPlace('clientId')],
            fixed: fixedAs({ clientId: 'REPLACE_WITH_CLIENT_ID' }),
          },
        ],
      },
    },
    ({ value, place }, report) => {
      const id = getOwn(value, 'clientId');
      if (id !== undefined && id !== null) return;
      const at = place.at('clientId');
      report(at, 'the OAuth settings have no clientId; add one with a placeholder, such as "REPLACE_WITH_CLIENT_ID"', {
        op: 'set',
        at,
        value: 'REPLACE_WITH_CLIENT_ID',
      });
    },
  ),
  oauthRule(
    {
      id: 'oauth-client-id-placeholder',
      title: 'The clientId in the file is a placeholder.',
      why: 'The file is published; the real value is given when the connector is submitted or deployed.',
      remedy: 'Replace it with a word such as DUMMY.',
      source: 'README of the connector repository',
      severity: 'I/W/W',
      fix: 'unsafe',
      consequence:
        'Whoever deploys gives the real client ID at every deployment (CONNECTOR_CLIENT_ID), or nobody can sign in.',
      examples: {
        good: [
          oauthExample('a word', { clientId: '[[CLIENT_ID]]' }),
          oauthExample('zeros', { clientId: '00000000-0000-0000-0000-000000000000' }),
        ],
        bad: [
          {
            ...oauthExample('a GUID', { clientId: '3f2a9c71-5b0e-4d86-9a1c-7e4b2d60f815' }),
            expect: [settingPlace('clientId')],
            fixed: fixedAs({ clientId: 'REPLACE_WITH_CLIENT_ID' }),
          },
          {
            ...oauthExample('random', { clientId: '7fK29xQp04mZr81TbV' }),
            expect: [settingPlace('clientId')],
            fixed: fixedAs({ clientId: 'REPLACE_WITH_CLIENT_ID' }),
          },
        ],
      },
    },
    ({ value, place }, report) => {
      const id = getOwn(value, 'clientId');
      if (typeof id !== 'string' || !looksLive(id)) return;
      const at = place.at('clientId');
      report(
        at,
        `the clientId ${quote(id)} looks like a real one; put a placeholder such as "REPLACE_WITH_CLIENT_ID" into the file`,
        {
          op: 'set',
          at,
          value: 'REPLACE_WITH_CLIENT_ID',
        },
      );
    },
  ),
  oauthRule(
    {
      id: 'oauth-no-client-secret',
      title: 'The OAuth settings have no clientSecret, not even a placeholder.',
      why: 'The secret is given when the connector is submitted or deployed.',
      remedy: 'Delete "clientSecret".',
      source: 'README of the connector repository; certification policy',
      severity: 'W/W/W',
      fix: 'safe',
      examples: {
        good: [oauthExample('none')],
        bad: [
          {
            ...oauthExample('a placeholder', { clientSecret: 'DUMMY' }),
            expect: [settingPlace('clientSecret')],
            fixed: fixedAs({}),
          },
        ],
      },
    },
    ({ value, place }, report) => {
      const secret = getOwn(value, 'clientSecret');
      if (secret === undefined) return;
      const at = place.at('clientSecret');
      // a real one is what people sign in by: oauth-client-secret-real
      const isNone = secret === null || (typeof secret === 'string' && isPlaceholder(secret));
      report(
        at,
        'the OAuth settings hold a clientSecret; delete the key, the secret is given when the connector is deployed',
        isNone ? { op: 'remove', at } : [],
      );
    },
  ),
  oauthRule(
    {
      id: 'oauth-client-secret-real',
      title: 'A clientSecret is nothing but an obvious placeholder.',
      why: 'A secret in a published file must be treated as stolen.',
      remedy: 'Delete "clientSecret", and let the identity provider issue a new secret.',
      source: 'README of the connector repository; certification policy',
      severity: 'E/E/E',
      fix: 'unsafe',
      consequence:
        'Whoever looks after the application has a new secret issued, and whoever deploys gives it at every deployment (CONNECTOR_CLIENT_SECRET).',
      examples: {
        good: [oauthExample('a placeholder', { clientSecret: '[[DUMMY]]' })],
        bad: [
          {
            ...oauthExample('something else', { clientSecret: 'qJ8~Rt5pLw2XzN' }),
            expect: [settingPlace('clientSecret')],
            fixed: fixedAs({}),
          },
        ],
      },
    },
    ({ value, place }, report) => {
      const secret = getOwn(value, 'clientSecret');
      if (secret === undefined || secret === null || (typeof secret === 'string' && isPlaceholder(secret))) return;
      const at = place.at('clientSecret');
      // the value itself stays out of logs
      report(at, 'the clientSecret is not an obvious placeholder; delete it, and have a new secret issued', {
        op: 'remove',
        at,
      });
    },
  ),
  oauthRule(
    {
      id: 'oauth-first-party',
      title: 'IsFirstParty is "False".',
      why: '"True" is for applications of Microsoft.',
      remedy: 'Set it to "False", as text, unless you publish for Microsoft.',
      source: 'JSON schema of apiProperties.json',
      severity: 'I/W/W',
      fix: 'unsafe',
      consequence: 'Whoever deploys tries a new connection: an application of Microsoft can no longer be used.',
      examples: {
        good: [oauthExample('not'), oauthExample('not said', { properties: {} })],
        bad: [
          {
            ...oauthExample('claimed', { properties: { IsFirstParty: 'True' } }),
            expect: [settingPlace('properties', 'IsFirstParty')],
            fixed: fixedAs({}),
          },
        ],
      },
    },
    ({ provider, value, place }, report) => {
      const properties = getOwn(value, 'properties');
      const flag = isObject(properties) ? getOwn(properties, 'IsFirstParty') : undefined;
      if (flag === undefined || flag === 'False') return;
      const at = place.at('properties', 'IsFirstParty');
      report(
        at,
        `IsFirstParty is ${literal(flag)}; it must be the text "False", unless this is an application of Microsoft`,
        provider === 'aadcertificate' ? [] : { op: 'set', at, value: 'False' },
      );
    },
  ),
  {
    id: 'oauth-gateway',
    title: 'A connector over the on-premises gateway signs in neither by OAuth nor by API key.',
    why: 'The gateway passes on basic and Windows authentication only.',
    remedy: 'Use username and password, or leave the gateway out.',
    source: 'OAuth troubleshooting guide; frequently asked questions',
    severity: 'W/W/W',
    on: {
      connectionParameter: (parameter, report, connector) => {
        if (!isGateway(parameter)) return;
        const key = connector.connectionParameters.some(({ name }) => name === 'api_key');
        if (key || connector.connectionParameters.some(isOAuth)) {
          report(
            parameter.place,
            `the gateway parameter ${quote(parameter.name)} is beside ${key ? 'an API key' : 'OAuth'}, which the on-premises gateway doesn't pass on`,
          );
        }
      },
    },
    examples: {
      good: [oauthExample('no gateway')],
      bad: [
        {
          ...oauthExample('OAuth', {}, { parameters: { gateway: { type: 'gatewaySetting', uiDefinition: {} } } }),
          expect: ['properties#/properties/connectionParameters/gateway'],
        },
        {
          name: 'an API key',
          properties: {
            properties: { connectionParameters: { gateway: { type: 'gatewaySetting', uiDefinition: {} } } },
          },
          expect: ['properties#/properties/connectionParameters/gateway'],
        },
      ],
    },
  },
]);
