import { clone, type Json, type JsonObject } from '../../src/connector/json/value.ts';

/**
 * The six authentication outcomes of the PowerShell module: what goes in, and the files that the module makes of it,
 * written down from what is known about its behaviour. Texts that people read stand for "some text".
 */
export interface ModuleCase {
  name: string;
  config: JsonObject;
  securityDefinitions: JsonObject;
  security: Json[];
  module: { properties: JsonObject; settings: JsonObject; securityDefinitions: JsonObject };
  /** Where ours differs: file and JSON pointer → row of the table in docs/powershell-module.md. */
  differences: Record<string, string>;
}

const config: JsonObject = {
  apiDefinition: 'definitions/swagger.json',
  icon: 'pictures/logo.png',
  oauth2: { clientId: '', refreshUrl: '', tenantId: '', resourceUri: '' },
};

const withOAuth = (values: JsonObject): JsonObject => ({ ...clone(config), oauth2: values });

const init = { iconBrandColor: '', capabilities: [] };

const settings = {
  connectorId: null,
  environment: null,
  apiProperties: 'apiProperties.json',
  apiDefinition: 'apiDefinition.json',
  icon: 'icon.png',
  script: null,
};

/** In every case: the module leaves these to `pac connector init`. */
const always = {
  'apiProperties.json#/properties/iconBrandColor': 'brand-color',
  'apiProperties.json#/properties/scriptOperations': 'script-operations',
};

const field = (type: string, constraints: JsonObject): JsonObject => ({
  type,
  uiDefinition: { displayName: 'some text', description: 'some text', tooltip: 'some text', constraints },
});

const policy = (name: string, value: string): JsonObject => ({
  TemplateId: 'setheader',
  Title: 'some text',
  Parameters: {
    'x-ms-apimTemplateParameter.name': name,
    'x-ms-apimTemplateParameter.value': value,
    'x-ms-apimTemplateParameter.existsAction': 'override',
    'x-ms-apimTemplate-policySection': 'Request',
  },
});

const apiKey: JsonObject = { api_key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } };
const basic: JsonObject = { basic_auth: { type: 'basic' } };
const generic: JsonObject = {
  oauth2_auth: {
    type: 'oauth2',
    flow: 'accessCode',
    authorizationUrl: 'https://login.contoso.com/authorize',
    tokenUrl: 'https://login.contoso.com/token',
    scopes: { 'orders.read': 'Read orders', 'orders.write': 'Write orders' },
  },
};
const entra: JsonObject = {
  oauth2_auth: {
    type: 'oauth2',
    flow: 'accessCode',
    authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/token',
    scopes: { 'Orders.Read': 'Read orders' },
  },
};
const application: JsonObject = {
  oauth2_auth: {
    type: 'oauth2',
    flow: 'application',
    tokenUrl: 'https://login.contoso.com/token',
    scopes: { 'orders.read': 'Read orders' },
  },
};

const settingsPath = 'apiProperties.json#/properties/connectionParameters/token/oAuthSettings';
const policiesPath = 'apiProperties.json#/properties/policyTemplateInstances';

/** Each policy of the module has other keys; then the first token-URL header, for the number of them, is another one. */
const policyKeys = (index: number): Record<string, string> =>
  Object.fromEntries(
    ['TemplateId', 'Title', 'Parameters', 'templateId', 'title', 'parameters'].map((key) => [
      `${policiesPath}/${index}/${key}`,
      'policy-keys',
    ]),
  );

export const moduleCases: readonly ModuleCase[] = [
  {
    name: 'none',
    config,
    securityDefinitions: {},
    security: [],
    module: { properties: { properties: { connectionParameters: {}, ...init } }, settings, securityDefinitions: {} },
    differences: always,
  },
  {
    name: 'apiKey',
    config,
    securityDefinitions: apiKey,
    security: [{ api_key: [] }],
    module: {
      properties: {
        properties: {
          connectionParameters: { api_key: field('securestring', { tabIndex: 2, clearText: false, required: 'true' }) },
          ...init,
        },
      },
      settings,
      securityDefinitions: apiKey,
    },
    differences: always,
  },
  {
    name: 'basic',
    config,
    securityDefinitions: basic,
    security: [{ basic_auth: [] }],
    module: {
      properties: {
        properties: {
          connectionParameters: {
            username: field('securestring', { tabIndex: 2, clearText: true, required: 'true' }),
            password: field('securestring', { tabIndex: 3, clearText: false, required: 'true' }),
          },
          ...init,
        },
      },
      settings,
      securityDefinitions: basic,
    },
    differences: always,
  },
  {
    name: 'oauth2 accessCode, Microsoft Entra ID',
    config: withOAuth({
      clientId: 'my-client',
      refreshUrl: '',
      tenantId: 'common',
      resourceUri: 'api://contoso.com/orders',
    }),
    securityDefinitions: entra,
    security: [{ oauth2_auth: ['Orders.Read'] }],
    module: {
      properties: {
        properties: {
          connectionParameters: {
            token: {
              type: 'oauthSetting',
              oAuthSettings: {
                identityProvider: 'aad',
                clientId: 'my-client',
                scopes: 'Orders.Read',
                redirectMode: 'Global',
                properties: {
                  IsFirstParty: 'False',
                  AzureActiveDirectoryResourceId: 'api://contoso.com/orders',
                  IsOnbehalfofLoginSupported: true,
                },
                customParameters: {
                  loginUrl: { value: 'https://login.microsoftonline.com' },
                  tenantId: { value: 'common' },
                  resourceUri: { value: 'api://contoso.com/orders' },
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
          ...init,
        },
      },
      settings,
      securityDefinitions: entra,
    },
    differences: {
      ...always,
      [`${settingsPath}/scopes`]: 'scopes',
      [`${settingsPath}/redirectMode`]: 'redirect-mode',
      [`${settingsPath}/customParameters/loginUrl`]: 'login-uri',
      [`${settingsPath}/customParameters/loginUri`]: 'login-uri',
    },
  },
  {
    name: 'oauth2 accessCode, any other provider',
    config: withOAuth({
      clientId: 'my-client',
      refreshUrl: 'https://login.contoso.com/refresh',
      tenantId: '',
      resourceUri: '',
    }),
    securityDefinitions: generic,
    security: [{ oauth2_auth: ['orders.read'] }],
    module: {
      properties: {
        properties: {
          connectionParameters: {
            token: {
              type: 'oauthSetting',
              oAuthSettings: {
                identityProvider: 'oauth2',
                clientId: 'my-client',
                scopes: 'orders.read orders.write',
                redirectMode: 'Global',
                properties: { IsFirstParty: 'False', IsOnbehalfofLoginSupported: false },
                customParameters: {
                  authorizationUrl: { value: 'https://login.contoso.com/authorize' },
                  tokenUrl: { value: 'https://login.contoso.com/token' },
                  refreshUrl: { value: null },
                },
              },
            },
          },
          ...init,
        },
      },
      settings,
      securityDefinitions: generic,
    },
    differences: {
      ...always,
      [`${settingsPath}/scopes`]: 'scopes',
      [`${settingsPath}/redirectMode`]: 'redirect-mode',
      [`${settingsPath}/customParameters/refreshUrl/value`]: 'refresh-url',
    },
  },
  {
    name: 'oauth2 application',
    config: withOAuth({ clientId: '', refreshUrl: '', tenantId: '', resourceUri: '' }),
    securityDefinitions: application,
    security: [{ oauth2_auth: ['orders.read'] }],
    module: {
      properties: {
        properties: {
          connectionParameters: {
            clientId: field('string', { tabIndex: 2, required: 'true' }),
            clientSecret: field('securestring', { tabIndex: 3, clearText: false, required: 'true' }),
          },
          ...init,
          policyTemplateInstances: [
            policy('tokenUrl', 'https://login.contoso.com/token'),
            policy('clientId', "@connectionParameters('clientId','')"),
            policy('clientSecret', "@connectionParameters('clientSecret','')"),
            policy('scope', 'orders.read'),
          ],
        },
      },
      settings: { ...settings, script: 'script.csx' },
      securityDefinitions: application,
    },
    differences: {
      ...always,
      ...policyKeys(0),
      ...policyKeys(1),
      ...policyKeys(2),
      ...policyKeys(3),
      'apiDefinition.json#/securityDefinitions/oauth2_auth': 'application-flow',
      'apiDefinition.json#/security': 'application-flow',
      'script.csx': 'script',
    },
  },
];
