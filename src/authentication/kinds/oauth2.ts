import type { Authentication, ConnectorParts } from '../authentication.ts';
import { accessCode, ownApplication, ownApplicationNames, token } from './parts.ts';

/** Fixed addresses, the platform's own way of asking for tokens (docs/reference/authentication.md#oauth-20). */
export function oauth2(
  { clientId, authorizationUrl, tokenUrl, refreshUrl, scopes, ownApp }: Extract<Authentication, { kind: 'oauth2' }>,
  service: string,
): ConnectorParts {
  return {
    ...accessCode(authorizationUrl, tokenUrl, scopes),
    connectionParameters: {
      token: token({
        identityProvider: 'oauth2',
        clientId,
        // vendors expect scopes separated by blanks; several elements would be joined in a provider's own way
        scopes: scopes.length === 0 ? [] : [scopes.join(' ')],
        properties: { IsFirstParty: 'False', IsOnbehalfofLoginSupported: false },
        customParameters: { authorizationUrl, tokenUrl, refreshUrl },
      }),
      ...(ownApp ? ownApplication(service, ownApplicationNames) : {}),
    },
    policies: [],
    script: false,
  };
}
