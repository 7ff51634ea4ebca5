import type { JsonObject } from '../connector/json.ts';
import type { Authentication, AuthenticationKind, AuthenticationShape } from './authentication.ts';

/**
 * The files' contents for each kind, in the shapes of published connectors: names that the platform relies on
 * (`api_key`, `username`, `password`, `token`), strings for `required` and `hidden`, booleans for `clearText`.
 */

type Of<K extends AuthenticationKind> = Extract<Authentication, { kind: K }>;

/** @param service name of the service for texts that people read, usually the connector's title */
export function shapeOf(authentication: Authentication, service: string): AuthenticationShape {
  switch (authentication.kind) {
    case 'none':
      return { securityDefinitions: {}, security: [], connectionParameters: {}, policies: [], script: false };
    case 'api-key':
      return apiKey(authentication, service);
    case 'basic':
      return basic(service);
    case 'oauth2':
      return oauth2(authentication);
    case 'entra':
      return entra(authentication);
    case 'client-credentials':
      return clientCredentials(authentication, service);
  }
}

function apiKey({ in: position, name, prefix }: Of<'api-key'>, service: string): AuthenticationShape {
  // With a prefix the platform must not write the header itself: the key travels in a header of its own,
  // and a policy builds the real one from it.
  const carrier = prefix === undefined ? name : 'X-Connection-Key';
  return {
    securityDefinitions: { api_key: { type: 'apiKey', in: prefix === undefined ? position : 'header', name: carrier } },
    security: [{ api_key: [] }],
    connectionParameters: {
      api_key: field('securestring', 2, {
        displayName: 'API Key',
        description: `The API key of your ${service} account.`,
        tooltip: prefix === undefined ? 'Provide your API key' : `Provide your API key, without "${prefix}"`,
        clearText: false,
      }),
    },
    policies:
      prefix === undefined
        ? []
        : [setHeader(`Send the API key as ${name}`, name, `${prefix} @connectionParameters('api_key')`)],
    script: false,
  };
}

function basic(service: string): AuthenticationShape {
  return {
    securityDefinitions: { basic_auth: { type: 'basic' } },
    security: [{ basic_auth: [] }],
    connectionParameters: {
      username: field('securestring', 2, {
        displayName: 'User name',
        description: `The user name of your ${service} account.`,
        tooltip: 'Provide your user name',
        clearText: true,
      }),
      password: field('securestring', 3, {
        displayName: 'Password',
        description: `The password of your ${service} account.`,
        tooltip: 'Provide your password',
        clearText: false,
      }),
    },
    policies: [],
    script: false,
  };
}

function oauth2({ clientId, authorizationUrl, tokenUrl, refreshUrl, scopes }: Of<'oauth2'>): AuthenticationShape {
  return {
    ...accessCode(authorizationUrl, tokenUrl, scopes),
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2',
          clientId,
          // vendors expect scopes separated by blanks; several elements would be joined in a provider's own way
          scopes: scopes.length === 0 ? [] : [scopes.join(' ')],
          redirectMode: 'GlobalPerConnector',
          properties: { IsFirstParty: 'False', IsOnbehalfofLoginSupported: false },
          customParameters: {
            authorizationUrl: { value: authorizationUrl },
            tokenUrl: { value: tokenUrl },
            refreshUrl: { value: refreshUrl },
          },
        },
      },
    },
    policies: [],
    script: false,
  };
}

function entra({ clientId, loginUri, tenantId, resourceUri, scopes }: Of<'entra'>): AuthenticationShape {
  const authority = `${loginUri.replace(/\/+$/, '')}/${tenantId}/oauth2`;
  return {
    ...accessCode(`${authority}/authorize`, `${authority}/token`, scopes),
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'aad',
          clientId,
          scopes,
          redirectMode: 'GlobalPerConnector',
          properties: {
            IsFirstParty: 'False',
            AzureActiveDirectoryResourceId: resourceUri,
            IsOnbehalfofLoginSupported: true,
          },
          customParameters: {
            loginUri: { value: loginUri },
            tenantId: { value: tenantId },
            resourceUri: { value: resourceUri },
            enableOnbehalfOfLogin: { value: 'false' },
          },
        },
      },
      'token:TenantId': {
        type: 'string',
        metadata: { sourceType: 'AzureActiveDirectoryTenant' },
        uiDefinition: { constraints: { required: 'false', hidden: 'true' } },
      },
    },
    policies: [],
    script: false,
  };
}

/** The deployed definition names no scheme: the platform has none for this flow, the script signs in. */
function clientCredentials({ tokenUrl, scopes }: Of<'client-credentials'>, service: string): AuthenticationShape {
  return {
    securityDefinitions: {},
    security: [],
    connectionParameters: {
      clientId: field('string', 2, {
        displayName: 'Client ID',
        description: `The client ID of your ${service} application.`,
        tooltip: 'Provide your client ID',
      }),
      clientSecret: field('securestring', 3, {
        displayName: 'Client secret',
        description: `The client secret of your ${service} application.`,
        tooltip: 'Provide your client secret',
        clearText: false,
      }),
    },
    policies: [
      setHeader('Pass the token URL to the script', scriptHeaders.tokenUrl, tokenUrl),
      setHeader('Pass the client ID to the script', scriptHeaders.clientId, "@connectionParameters('clientId','')"),
      setHeader(
        'Pass the client secret to the script',
        scriptHeaders.clientSecret,
        "@connectionParameters('clientSecret','')",
      ),
      ...(scopes.length === 0
        ? []
        : [setHeader('Pass the scope to the script', scriptHeaders.scope, scopes.join(' '))]),
    ],
    script: true,
  };
}

/** Private headers from the policies to script.csx, which removes them before anything leaves. */
export const scriptHeaders = {
  tokenUrl: 'x-cc-token-url',
  clientId: 'x-cc-client-id',
  clientSecret: 'x-cc-client-secret',
  scope: 'x-cc-scope',
} as const;

function accessCode(authorizationUrl: string, tokenUrl: string, scopes: readonly string[]) {
  const declared = Object.fromEntries(scopes.map((scope) => [scope, scope]));
  return {
    securityDefinitions: {
      oauth2_auth: { type: 'oauth2', flow: 'accessCode', authorizationUrl, tokenUrl, scopes: declared },
    },
    security: [{ oauth2_auth: [...scopes] }],
  };
}

interface Field {
  displayName: string;
  description: string;
  tooltip: string;
  clearText?: boolean;
}

/** @param tabIndex the portal numbers the fields from 2 */
function field(type: 'string' | 'securestring', tabIndex: number, { clearText, ...texts }: Field): JsonObject {
  const constraints = { tabIndex, ...(clearText === undefined ? {} : { clearText }), required: 'true' };
  return { type, uiDefinition: { ...texts, constraints } };
}

function setHeader(title: string, name: string, value: string): JsonObject {
  return {
    templateId: 'setheader',
    title,
    parameters: {
      'x-ms-apimTemplateParameter.name': name,
      'x-ms-apimTemplateParameter.value': value,
      'x-ms-apimTemplateParameter.existsAction': 'override',
      'x-ms-apimTemplate-policySection': 'Request',
    },
  };
}
