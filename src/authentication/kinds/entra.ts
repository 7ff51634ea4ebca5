import type { JsonObject } from '../../connector/json/value.ts';
import type { ConnectorParts, Entra } from '../authentication.ts';
import { accessCode, field, ownApplication, ownApplicationNames, token } from './parts.ts';

/** The addresses of a tenant: v1 asks for a resource, v2 for scopes. */
export function entraUrls({ loginUri, tenantId, version }: Pick<Entra, 'loginUri' | 'tenantId' | 'version'>) {
  const authority = `${loginUri.replace(/(?<!\/)\/+$/, '')}/${tenantId}/oauth2${version === 'v2' ? '/v2.0' : ''}`;
  return { authorizationUrl: `${authority}/authorize`, tokenUrl: `${authority}/token` };
}

/**
 * Microsoft Entra ID (docs/reference/authentication.md#entra-id). The provider `aad` speaks v1; v2 is plain OAuth 2.0
 * to the platform.
 */
export function entra(authentication: Entra, service: string): ConnectorParts {
  const { scopes, version } = authentication;
  const { authorizationUrl, tokenUrl } = entraUrls(authentication);
  return {
    ...accessCode(authorizationUrl, tokenUrl, scopes),
    connectionParameters: version === 'v2' ? v2(authentication, service) : v1(authentication, service),
    policies: [],
    script: false,
  };
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
    token: token({
      identityProvider: 'oauth2',
      clientId,
      scopes: scopes.length === 0 ? [] : [scopes.join(' ')],
      properties: { IsFirstParty: 'False', IsOnbehalfofLoginSupported: false },
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
