import type { Authentication, ConnectorParts } from '../authentication.ts';
import { field, setHeader } from './parts.ts';

/** Private headers from the policies to script.csx, which removes them before anything leaves. */
export const scriptHeaders = {
  tokenUrl: 'x-cc-token-url',
  clientId: 'x-cc-client-id',
  clientSecret: 'x-cc-client-secret',
  scope: 'x-cc-scope',
} as const;

/**
 * The deployed definition names no scheme: the platform has none for this flow, the script signs in
 * (docs/reference/authentication.md#client-credentials).
 */
export function clientCredentials(
  { tokenUrl, scopes }: Extract<Authentication, { kind: 'client-credentials' }>,
  service: string,
): ConnectorParts {
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
