import { asArray, asObject, asString, getOwn, type JsonObject } from '../../connector/json/value.ts';

/** Pieces that the shapes of several kinds are made of. */

interface Field {
  displayName: string;
  description: string;
  tooltip: string;
  clearText?: boolean;
}

/**
 * A field of the connection, in the shape of published connectors: strings for `required` and `hidden`, a boolean for
 * `clearText`.
 *
 * @param tabIndex the portal numbers the fields from 2
 */
export function field(type: 'string' | 'securestring', tabIndex: number, { clearText, ...texts }: Field): JsonObject {
  const constraints = { tabIndex, ...(clearText === undefined ? {} : { clearText }), required: 'true' };
  return { type, uiDefinition: { ...texts, constraints } };
}

/** A field for a secret when `secret`, else one that is shown. */
export const fieldOf = (secret: boolean, tabIndex: number, texts: Omit<Field, 'clearText'>): JsonObject =>
  secret ? field('securestring', tabIndex, { ...texts, clearText: false }) : field('string', tabIndex, texts);

/** Names that mean a secret; the rule `connection-parameter-secret-type` checks alike. */
export const meansSecret = (name: string): boolean =>
  /(password|passwd|pwd|secret|token|key)\d*$/i.test(name) && !/public/i.test(name);

/** A policy that sets a request header or query parameter. */
export function setValue(place: 'header' | 'query', title: string, name: string, value: string): JsonObject {
  return {
    templateId: place === 'header' ? 'setheader' : 'setqueryparameter',
    title,
    parameters: {
      'x-ms-apimTemplateParameter.name': name,
      'x-ms-apimTemplateParameter.value': value,
      'x-ms-apimTemplateParameter.existsAction': 'override',
      // only templates with a section take one
      ...(place === 'header' ? { 'x-ms-apimTemplate-policySection': 'Request' } : {}),
    },
  };
}

export const setRequestHeader = (title: string, name: string, value: string): JsonObject =>
  setValue('header', title, name, value);

/** The scheme of the authorization code flow, the only one that the platform has. */
export function accessCode(authorizationUrl: string, tokenUrl: string, scopes: readonly string[]) {
  const declared = Object.fromEntries(scopes.map((scope) => [scope, scope]));
  return {
    securityDefinitions: {
      oauth2_auth: { type: 'oauth2', flow: 'accessCode', authorizationUrl, tokenUrl, scopes: declared },
    },
    security: [{ oauth2_auth: [...scopes] }],
  };
}

export interface TokenSettings {
  identityProvider: 'oauth2' | 'oauth2generic' | 'aad';
  clientId: string;
  scopes: string[];
  properties: JsonObject;
  customParameters: Readonly<Record<string, string>>;
}

/** The connection parameter `token`; empty custom parameters are left out. */
export function token({ identityProvider, clientId, scopes, properties, customParameters }: TokenSettings): JsonObject {
  const filled = Object.entries(customParameters).filter(([, value]) => value !== '');
  return {
    type: 'oauthSetting',
    oAuthSettings: {
      identityProvider,
      clientId,
      scopes,
      redirectMode: 'GlobalPerConnector',
      properties,
      customParameters: Object.fromEntries(filled.map(([name, value]) => [name, { value }])),
    },
  };
}

/** The same for a service that speaks OAuth 2.0 itself. */
export const oauth2Token = ({
  scopes,
  ...settings
}: Pick<TokenSettings, 'clientId' | 'scopes' | 'customParameters'>): JsonObject =>
  token({
    identityProvider: 'oauth2',
    // vendors expect scopes separated by blanks; several elements would be joined in a provider's own way
    scopes: scopes.length === 0 ? [] : [scopes.join(' ')],
    properties: { IsFirstParty: 'False', IsOnbehalfofLoginSupported: false },
    ...settings,
  });

/** Fields of an application that each connection brings along. The platform knows them by these names. */
export const ownApplication = (service: string, names: { id: string; secret: string }): JsonObject => ({
  [names.id]: field('string', 2, {
    displayName: 'Client ID',
    description: `The client ID of your application at ${service}.`,
    tooltip: 'Provide your client ID',
  }),
  [names.secret]: field('securestring', 3, {
    displayName: 'Client secret',
    description: `The client secret of your application at ${service}.`,
    tooltip: 'Provide your client secret',
    clearText: false,
  }),
});

export const ownApplicationNames = { id: 'token:clientId', secret: 'token:clientSecret' } as const;

const hasType = (parameters: JsonObject, type: string): boolean =>
  Object.values(parameters).some((parameter) => getOwn(asObject(parameter), 'type') === type);

/** Whether people sign in on a page of the service, or through the gateway: then other fields don't sign in. */
export const hasToken = (parameters: JsonObject): boolean =>
  hasType(parameters, 'oauthSetting') || hasGateway(parameters);

export const hasGateway = (parameters: JsonObject): boolean => hasType(parameters, 'gatewaySetting');

/**
 * The value of the header that a policy sets.
 *
 * @param inner `properties` of apiProperties.json
 * @param name in lower case
 */
export function setHeaderValue(inner: JsonObject, name: string): string | undefined {
  for (const policy of asArray(getOwn(inner, 'policyTemplateInstances'))) {
    const parameters = asObject(getOwn(asObject(policy), 'parameters'));
    const key = asString(getOwn(parameters, 'x-ms-apimTemplateParameter.name'));
    if (key?.toLowerCase() === name) return asString(getOwn(parameters, 'x-ms-apimTemplateParameter.value'));
  }
  return undefined;
}
