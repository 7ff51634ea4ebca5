import { type Answers, text } from '../../answers.ts';
import { asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import {
  clientIdPlaceholder,
  cloudOf,
  isEntraUrl,
  type OAuthApplication,
  publicLoginUri,
  resourceOfScopes,
  resourceUriPlaceholder,
} from '../authentication.ts';
import { clouds, isCloudName } from '../clouds.ts';
import type { Kind } from '../kind.ts';
import {
  accessCodeScheme,
  application,
  applicationAnswers,
  has,
  hasOwnApplication,
  readToken,
  type Token,
} from './application.ts';
import { entraUrls, entraV2Of, type Tenant } from './entra-urls.ts';
import { accessCode, field, hasGateway, oauth2Token, ownApplication, ownApplicationNames, token } from './parts.ts';

export interface Entra extends OAuthApplication, Tenant {
  kind: 'entra';
  /** App ID URI or resource of the API; of v2, what the scopes say. */
  resourceUri: string;
  onBehalfOf?: true | undefined;
  /** Connections of a service principal; undocumented. */
  servicePrincipal?: true | undefined;
}

/**
 * Microsoft Entra ID (docs/reference/authentication.md#entra-id). The provider `aad` speaks v1; v2 is plain OAuth 2.0
 * to the platform.
 */
export const entra: Kind<Entra> = {
  id: 'entra',
  name: 'entra',
  label: 'Microsoft Entra ID: people sign in with their work or school account',
  isRare: false,
  asks: [
    'cloud',
    'entraVersion',
    'tenantId',
    'resourceUri',
    'scope',
    'app',
    'clientId',
    'onBehalfOf',
    'grant',
    'hostParameter',
  ],
  examples: [
    ['--auth entra --resource-uri api://orders.contoso.com', 'Microsoft Entra ID'],
    [
      '--auth entra --entra-version v2 --scope api://orders.contoso.com/Orders.Read --scope offline_access --cloud us-gov',
      'with scopes, in the cloud of the US government',
    ],
  ],
  fromAnswers(answers) {
    const isV2 = text(answers, 'entraVersion') === 'v2';
    const common = application(answers);
    return {
      kind: 'entra',
      ...common,
      loginUri: loginUriOf(answers),
      tenantId: text(answers, 'tenantId'),
      resourceUri: isV2 ? resourceOfScopes(common.scopes) : text(answers, 'resourceUri') || resourceUriPlaceholder,
      ...(isV2 ? { version: 'v2' as const } : {}),
      ...(!isV2 && text(answers, 'onBehalfOf') === 'on' ? { onBehalfOf: true as const } : {}),
      ...(!isV2 && text(answers, 'grant') === 'service-principal' ? { servicePrincipal: true as const } : {}),
    };
  },
  toAnswers: ({ loginUri, tenantId, resourceUri, version = 'v1', onBehalfOf, servicePrincipal, ...rest }) => ({
    ...applicationAnswers(rest),
    authorizationUrl: loginUri,
    tenantId,
    resourceUri,
    cloud: cloudOf(loginUri) ?? 'public',
    entraVersion: version,
    onBehalfOf: onBehalfOf ? 'on' : 'off',
    grant: servicePrincipal ? 'service-principal' : 'code',
  }),
  write(authentication, { name: service }) {
    const { scopes, version } = authentication;
    const { authorizationUrl, tokenUrl } = entraUrls(authentication);
    return {
      ...accessCode(authorizationUrl, tokenUrl, scopes),
      connectionParameters: version === 'v2' ? v2(authentication, service) : v1(authentication, service),
      policies: [],
      script: false,
    };
  },
  declared: {
    rank: () => 2,
    read(_, scheme, { clientId = clientIdPlaceholder, tenantId, resourceUri = resourceUriPlaceholder }) {
      const flow = accessCodeScheme(scheme);
      if (flow === undefined || !(isEntraUrl(flow.authorizationUrl) || isEntraUrl(flow.tokenUrl))) return undefined;
      const url = flow.authorizationUrl || flow.tokenUrl;
      return {
        kind: 'entra',
        clientId,
        loginUri: /^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? publicLoginUri,
        // the first segment of the path is the tenant at all of Entra's hosts
        tenantId: tenantId ?? /^https?:\/\/[^/?#]+\/([^/?#]+)/i.exec(url)?.[1] ?? 'common',
        resourceUri,
        scopes: flow.scopes,
      };
    },
  },
  recognise({ parameters }) {
    if (hasGateway(parameters)) return undefined;
    const found = readToken(parameters);
    switch (found.identityProvider) {
      case 'oauth2':
        return recogniseV2(found, parameters);
      case 'aad':
      case 'aadcertificate':
        return recogniseV1(found, parameters);
      default:
        return undefined;
    }
  },
  asSet: { name: 'entra-id', label: 'Work account', description: 'Sign in with the account of your organization.' },
  overGateway: { refusal: 'the gateway passes no OAuth tokens on' },
  credentials: undefined,
  registration: {
    steps: ({ portal, isSingleTenant, api, scopes, onBehalfOf }) => [
      `Open ${portal}, choose **App registrations**, then **New registration**.`,
      `Give it a name. As supported account types choose accounts in ${isSingleTenant ? 'this organizational directory only' : 'any organizational directory'}.`,
      `Under **API permissions** add the delegated permissions of ${api}${scopes === '' ? '' : `: ${scopes}`}. An administrator may have to grant consent.`,
      'Under **Certificates & secrets** create a client secret. Copy its value and, from **Overview**, the application (client) ID.',
      ...(onBehalfOf ? onBehalfOfSteps : []),
    ],
    redirectPlace: 'under **Authentication** as platform **Web**',
  },
};

/** As the documentation of Copilot Studio has it (docs/reference/authentication.md#entra-id). */
const onBehalfOfSteps = [
  'Under **Expose an API** add a scope, which the connector uses on behalf of its users.',
  'There, under **Authorized client applications**, add the application **Azure API Connections** with that scope.',
  'In each environment let only one connector act on behalf of users for this resource: a further one is stored without a message, and does not work.',
];

/** The authority that the files name, as long as it is one of the cloud that is wanted. */
function loginUriOf(answers: Answers): string {
  const url = text(answers, 'authorizationUrl');
  const present = cloudOf(url);
  const wanted = text(answers, 'cloud');
  if (present !== undefined && (wanted === '' || wanted === present)) return new URL(url).origin;
  return isCloudName(wanted) ? clouds[wanted].loginUri : publicLoginUri;
}

function recogniseV2({ clientId, scopes, value }: Token, parameters: JsonObject): Entra | undefined {
  const tenant = entraV2Of(value('authorizationUrl'));
  if (tenant === undefined) return undefined;
  return {
    kind: 'entra',
    ...tenant,
    resourceUri: resourceOfScopes(scopes),
    version: 'v2',
    clientId,
    scopes,
    ...(hasOwnApplication(parameters) ? { ownApp: true } : {}),
  };
}

const recogniseV1 = ({ clientId, scopes, value, settings }: Token, parameters: JsonObject): Entra => ({
  kind: 'entra',
  clientId,
  loginUri: value('loginUri') || publicLoginUri,
  tenantId: value('tenantId') || 'common',
  resourceUri: value('resourceUri') || resourceId(settings),
  scopes,
  ...(value('enableOnbehalfOfLogin') === 'true' ? { onBehalfOf: true } : {}),
  ...applicationOf(parameters),
});

/** The resource of the API where only the properties of the settings name it. */
const resourceId = (settings: JsonObject): string => {
  const properties = getOwn(settings, 'properties');
  return asString(getOwn(properties, 'AzureActiveDirectoryResourceId')) ?? '';
};

function applicationOf(parameters: JsonObject): Pick<Entra, 'ownApp' | 'servicePrincipal'> {
  if (!hasOwnApplication(parameters)) return {};
  if (has(parameters, 'token:grantType')) return { servicePrincipal: true };
  return has(parameters, 'token:resourceUri') ? { ownApp: true } : {};
}

function v1(authentication: Entra, service: string): JsonObject {
  const { clientId, loginUri, tenantId, resourceUri, scopes, onBehalfOf, ownApp, servicePrincipal } = authentication;
  return {
    token: token({
      identityProvider: 'aad',
      clientId,
      scopes,
      properties: {
        IsFirstParty: 'False',
        AzureActiveDirectoryResourceId: resourceUri,
        IsOnbehalfofLoginSupported: true,
      },
      customParameters: { loginUri, tenantId, resourceUri, enableOnbehalfOfLogin: String(onBehalfOf === true) },
    }),
    'token:TenantId': {
      type: 'string',
      metadata: { sourceType: 'AzureActiveDirectoryTenant' },
      uiDefinition: { constraints: { required: 'false', hidden: 'true' } },
    },
    ...(ownApp ? { ...ownApplication(service, ownApplicationNames), 'token:resourceUri': resourceField(service) } : {}),
    ...(servicePrincipal ? principal(service) : {}),
  };
}

function v2({ clientId, scopes, ownApp, ...authority }: Entra, service: string): JsonObject {
  const { authorizationUrl, tokenUrl } = entraUrls(authority);
  return {
    token: oauth2Token({
      clientId,
      scopes,
      customParameters: { authorizationUrl, tokenUrl, refreshUrl: tokenUrl },
    }),
    ...(ownApp ? ownApplication(service, ownApplicationNames) : {}),
  };
}

/** With an application of one's own goes the API that it may call. */
const resourceField = (service: string): JsonObject =>
  field('string', 4, {
    displayName: 'Resource URI',
    description: `The App ID URI of ${service} in your tenant.`,
    tooltip: 'Provide the App ID URI',
  });

/** Undocumented: three published connectors let a service principal connect by these hidden parameters. */
function principal(service: string): JsonObject {
  const hidden = (type: string, displayName: string, description: string, more: JsonObject = {}): JsonObject => ({
    type,
    uiDefinition: {
      displayName,
      description,
      tooltip: `Provide the ${displayName.charAt(0).toLowerCase()}${displayName.slice(1)}`,
      constraints: { required: 'false', hidden: 'true', ...more },
    },
  });
  const grants = [
    { text: 'Code', value: 'code' },
    { text: 'Client credentials', value: 'client_credentials' },
  ];
  return {
    'token:clientId': hidden('string', 'Client ID', `The client ID of the service principal for ${service}.`),
    'token:clientSecret': hidden(
      'securestring',
      'Client secret',
      `The client secret of the service principal for ${service}.`,
      { clearText: false },
    ),
    'token:resourceUri': hidden('string', 'Resource URI', `The App ID URI of ${service}.`),
    'token:grantType': {
      ...hidden('string', 'Grant type', 'How the connection gets its tokens.', { allowedValues: grants }),
      allowedValues: grants.map(({ value }) => ({ value })),
    },
  };
}
