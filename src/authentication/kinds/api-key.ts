import type { Authentication, ConnectorParts } from '../authentication.ts';
import { field, setHeader } from './parts.ts';

/**
 * The platform copies the parameter `api_key` into the header or query that the scheme names
 * (docs/reference/authentication.md#api-key).
 */
export function apiKey(
  { in: position, name, prefix }: Extract<Authentication, { kind: 'api-key' }>,
  service: string,
): ConnectorParts {
  // With a prefix the platform must not write the header itself: the key travels in a header of its own,
  // and a policy builds the real one from it.
  const carrier = prefix === undefined ? name : 'X-Connection-Key';
  return {
    securityDefinitions: {
      api_key: { type: 'apiKey', in: prefix === undefined ? position : 'header', name: carrier },
    },
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
