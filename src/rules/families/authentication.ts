import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectionParameter, ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Fix, type Report, type Rule } from '../engine/rule.ts';
import { isOAuth } from './connection-parameters.ts';
import { textsBelow } from './policies.ts';

/** The security schemes of a type that the definition declares. */
function schemes(connector: ConnectorModel, type: string): string[] {
  return Object.entries(asObject(getOwn(connector.definition, 'securityDefinitions')))
    .filter(([, scheme]) => isObject(scheme) && getOwn(scheme, 'type') === type)
    .map(([name]) => name);
}

const isText = ({ value }: ConnectionParameter): boolean =>
  getOwn(value, 'type') === 'string' || getOwn(value, 'type') === 'securestring';

/** A rule that compares the two files; it needs both. */
function agreement(
  rule: Omit<Rule, 'on'>,
  check: (connector: ConnectorModel, report: Report, places: { root: Location; parameters: Location }) => void,
): Rule {
  return {
    ...rule,
    on: {
      connector: (connector, report) => {
        const { root, propertiesPlace } = connector;
        if (root === undefined || propertiesPlace === undefined) return;
        check(connector, report, { root, parameters: propertiesPlace.at('connectionParameters') });
      },
    },
  };
}

/** The new definition for the sign-in that the properties describe, where they hold all that it needs. */
function schemeFor(parameter: ConnectionParameter): JsonObject | undefined {
  const settings = asObject(getOwn(parameter.value, 'oAuthSettings'));
  const custom = asObject(getOwn(settings, 'customParameters'));
  const url = (...names: string[]) =>
    names
      .map((name) => getOwn(asObject(getOwn(custom, name)), 'value'))
      .find((value) => typeof value === 'string' && /^https:\/\/[^{}\s]+$/.test(value));
  const aad = getOwn(settings, 'identityProvider') === 'aad';
  const login = 'https://login.windows.net/common/oauth2/authorize';
  const authorizationUrl = url('authorizationUrl', 'authorizationUrlTemplate') ?? (aad ? login : undefined);
  const tokenUrl = url('tokenUrl', 'tokenUrlTemplate') ?? (aad ? login : undefined);
  return authorizationUrl === undefined || tokenUrl === undefined
    ? undefined
    : { type: 'oauth2', flow: 'accessCode', authorizationUrl, tokenUrl, scopes: {} };
}

const mentions = (value: Json, place: Location, name: string): boolean => {
  for (const { text } of textsBelow(value, place)) if (text.includes(name)) return true;
  return false;
};

const oauthScheme: JsonObject = {
  type: 'oauth2',
  flow: 'accessCode',
  authorizationUrl: 'https://login.contoso.com/authorize',
  tokenUrl: 'https://login.contoso.com/token',
  scopes: {},
};

const token: JsonObject = {
  type: 'oauthSetting',
  oAuthSettings: {
    identityProvider: 'oauth2',
    clientId: 'DUMMY',
    scopes: [],
    redirectMode: 'GlobalPerConnector',
    properties: { IsFirstParty: 'False' },
    customParameters: {
      authorizationUrl: { value: 'https://login.contoso.com/authorize' },
      tokenUrl: { value: 'https://login.contoso.com/token' },
      refreshUrl: { value: 'https://login.contoso.com/token' },
    },
  },
};

const field = (displayName: string, type = 'securestring'): JsonObject => ({
  type,
  uiDefinition: {
    displayName,
    description: `The ${displayName} of your account.`,
    tooltip: `Provide your ${displayName}`,
    constraints: { tabIndex: 2, clearText: false, required: 'true' },
  },
});

const definition = (securityDefinitions: JsonObject, security: JsonObject[]): JsonObject => ({
  securityDefinitions: { api_key: null, ...securityDefinitions },
  security,
});

const parameters = (connectionParameters: JsonObject): JsonObject => ({
  properties: { connectionParameters: { api_key: null, ...connectionParameters } },
});

const basicDefinition = definition({ basic_auth: { type: 'basic' } }, [{ basic_auth: [] }]);
const oauthDefinition = definition({ oauth2_auth: oauthScheme }, [{ oauth2_auth: [] }]);

/** Rules that definition and properties describe the same way to sign in. */
export const family = defineFamily({ name: 'Agreement of both files', order: 350 }, [
  agreement(
    {
      id: 'auth-oauth-both',
      title: 'A definition with oauth2 has a connection parameter of type oauthSetting.',
      why: 'Otherwise the connector says that it signs in, and no connection can.',
      remedy: 'Add the connection parameter "token" of type oauthSetting.',
      source: 'paconn documentation; published connectors',
      severity: 'W/E/E',
      examples: {
        good: [{ name: 'both', definition: oauthDefinition, properties: parameters({ token }) }],
        bad: [
          {
            name: 'no parameter',
            definition: oauthDefinition,
            properties: parameters({}),
            expect: ['properties#/properties/connectionParameters'],
          },
        ],
      },
    },
    (connector, report, { parameters: place }) => {
      const [name] = schemes(connector, 'oauth2');
      if (name === undefined || connector.connectionParameters.some(isOAuth)) return;
      report(
        place,
        `the definition declares oauth2 (${quote(name)}), but no connection parameter is an oauthSetting; add "token" with its oAuthSettings`,
      );
    },
  ),
  agreement(
    {
      id: 'auth-oauth-declared',
      title: 'A connector with an oauthSetting declares oauth2 in its definition.',
      why: 'It works without, but the portal and other tools then take the connector for anonymous.',
      remedy: 'Declare the scheme under securityDefinitions, and apply it by security.',
      source: 'Published connectors',
      severity: 'W/W/W',
      fix: 'safe',
      examples: {
        good: [{ name: 'both', definition: oauthDefinition, properties: parameters({ token }) }],
        bad: [
          {
            name: 'not declared',
            definition: definition({}, []),
            properties: parameters({ token }),
            expect: ['definition#/securityDefinitions'],
            fixed: { definition: oauthDefinition, properties: parameters({ token }) },
          },
        ],
      },
    },
    (connector, report, { root }) => {
      const parameter = connector.connectionParameters.find(isOAuth);
      if (parameter === undefined || schemes(connector, 'oauth2').length > 0) return;
      const at = root.at('securityDefinitions');
      const declared = getOwn(connector.definition, 'securityDefinitions');
      const scheme = parameter.set === undefined ? schemeFor(parameter) : undefined;
      const fix: Fix[] = [];
      // beside another scheme it would be a second one, of which the platform ignores one
      if (scheme !== undefined && Object.keys(asObject(declared)).length === 0) {
        fix.push({ op: 'set', at, value: { oauth2_auth: scheme } });
        fix.push({ op: 'set', at: root.at('security'), value: [{ oauth2_auth: [] }] });
      }
      report(
        at,
        `the connection parameter ${quote(parameter.name)} signs in by OAuth, but the definition declares no oauth2 scheme; add one under securityDefinitions`,
        fix,
      );
    },
  ),
  agreement(
    {
      id: 'auth-api-key-both',
      title: 'A definition with an API key has a connection parameter for it.',
      why: 'Otherwise nobody can enter the key.',
      remedy: 'Add the connection parameter "api_key" of type securestring.',
      source: 'Published connectors',
      severity: 'W/W/W',
      examples: {
        good: [
          { name: 'both' },
          {
            name: 'the header takes an OAuth token',
            properties: parameters({ token }),
          },
        ],
        bad: [
          { name: 'no parameter', properties: parameters({}), expect: ['properties#/properties/connectionParameters'] },
        ],
      },
    },
    (connector, report, { parameters: place }) => {
      const [name] = schemes(connector, 'apiKey');
      const all = connector.connectionParameters;
      if (name === undefined || all.some(isText) || all.some(isOAuth)) return;
      report(
        place,
        `the definition declares an API key (${quote(name)}), but no connection parameter asks for it; add "api_key" of type securestring`,
      );
    },
  ),
  agreement(
    {
      id: 'auth-api-key-name',
      title: 'The connection parameter of an API key is called api_key, or like the security scheme.',
      why: 'By this name the platform finds the value that it puts into the header or query.',
      remedy: 'Rename the parameter to "api_key".',
      source: 'paconn documentation; published connectors',
      severity: 'I/W/W',
      fix: 'unsafe',
      consequence:
        'Whoever uses the connector makes a new connection; policies and scripts that name the parameter are changed manually.',
      examples: {
        good: [
          { name: 'api_key' },
          {
            name: 'like the scheme',
            definition: definition({ theKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } }, [{ theKey: [] }]),
            properties: parameters({ theKey: field('key') }),
          },
        ],
        bad: [
          {
            name: 'another name',
            properties: parameters({ theKey: field('key') }),
            expect: ['properties#/properties/connectionParameters/theKey'],
            fixed: { properties: parameters({ api_key: field('key') }) },
          },
        ],
      },
    },
    (connector, report) => {
      const names = new Set(['api_key', ...schemes(connector, 'apiKey')]);
      const texts = connector.connectionParameters.filter(isText);
      const [first] = texts;
      if (names.size === 1 && schemes(connector, 'apiKey').length === 0) return;
      if (
        first === undefined ||
        texts.some(({ name }) => names.has(name)) ||
        connector.connectionParameters.some(isOAuth)
      )
        return;
      const secrets = texts.filter(({ value }) => getOwn(value, 'type') === 'securestring');
      const at = secrets.length === 1 && secrets[0] !== undefined ? secrets[0] : first;
      // a policy or claim that refers to the old name would lose it
      const isUsed = connector.policies.some(({ value, place }) => mentions(value, place, at.name));
      const canRename = secrets.length === 1 && at.set === undefined && !isUsed && !at.name.includes(':');
      report(
        at.place,
        `the connection parameter for the API key is called ${quote(at.name)}; the platform looks for "api_key" or the name of the security scheme`,
        canRename ? { op: 'rename', at: at.place, to: 'api_key' } : [],
      );
    },
  ),
  agreement(
    {
      id: 'auth-basic-both',
      title: 'A definition with basic authentication has the connection parameters username and password.',
      why: 'From these two names the platform builds the Authorization header.',
      remedy: 'Add "username" and "password".',
      source: 'Documentation of connection parameters; published connectors',
      severity: 'W/E/E',
      fix: 'unsafe',
      consequence: 'Connections that exist lack the new value: whoever has one must make it anew.',
      examples: {
        good: [
          {
            name: 'both',
            definition: basicDefinition,
            properties: parameters({ username: field('user name'), password: field('password') }),
          },
        ],
        bad: [
          {
            name: 'no password',
            definition: basicDefinition,
            properties: parameters({ username: field('user name') }),
            expect: ['properties#/properties/connectionParameters/password'],
            fixed: {
              definition: basicDefinition,
              properties: parameters({
                username: field('user name'),
                password: {
                  type: 'securestring',
                  uiDefinition: {
                    displayName: 'Password',
                    description: 'The password of your account.',
                    tooltip: 'Provide your password',
                    constraints: { tabIndex: 3, clearText: false, required: 'true' },
                  },
                },
              }),
            },
          },
        ],
      },
    },
    (connector, report, { parameters: place }) => {
      const [name] = schemes(connector, 'basic');
      if (name === undefined) return;
      for (const [needed, label, tabIndex] of [
        ['username', 'User name', 2],
        ['password', 'Password', 3],
      ] as const) {
        if (connector.connectionParameters.some((parameter) => parameter.name === needed)) continue;
        const at = place.at(needed);
        report(
          at,
          `the definition declares basic authentication (${quote(name)}), but there is no connection parameter "${needed}"; add it`,
          isObject(getOwn(connector.properties, 'connectionParameterSets'))
            ? []
            : {
                op: 'set',
                at,
                value: {
                  type: 'securestring',
                  uiDefinition: {
                    displayName: label,
                    description: `The ${label.toLowerCase()} of your account.`,
                    tooltip: `Provide your ${label.toLowerCase()}`,
                    constraints: { tabIndex, clearText: false, required: 'true' },
                  },
                },
              },
        );
      }
    },
  ),
]);
