import type { Authentication, ConnectorParts } from './authentication.ts';
import { apiKey } from './kinds/api-key.ts';
import { basic } from './kinds/basic.ts';
import { clientCredentials } from './kinds/client-credentials.ts';
import { entra } from './kinds/entra.ts';
import { furtherShape } from './kinds/further-parameters.ts';
import { gateway } from './kinds/gateway.ts';
import { oauth2 } from './kinds/oauth2.ts';
import { oauth2Generic } from './kinds/oauth2-generic.ts';

export { scriptHeaders } from './kinds/client-credentials.ts';

/** Whose API it is. */
export interface Service {
  name: string;
  host?: string | undefined;
}

/** For shapes of which nobody reads the texts. */
export const anyService: Service = { name: '' };

/**
 * The files' contents for each kind, in the shapes of published connectors: names that the platform relies on
 * (`api_key`, `username`, `password`, `token`), strings for `required` and `hidden`, booleans for `clearText`.
 *
 * @param service what it is called in texts that people read, usually the connector's title, and its host
 */
export function shapeOf(authentication: Authentication, service: Service): ConnectorParts {
  const shape = kindShape(authentication, service);
  const further = furtherShape(authentication, service.name);
  return {
    ...shape,
    connectionParameters: { ...shape.connectionParameters, ...further.connectionParameters },
    policies: [...shape.policies, ...further.policies],
  };
}

/** The same without the host and the extra parameters. */
export function kindShape(authentication: Authentication, service: Service): ConnectorParts {
  switch (authentication.kind) {
    case 'none':
      return { securityDefinitions: {}, security: [], connectionParameters: {}, policies: [], script: false };
    case 'api-key':
      return apiKey(authentication, service.name);
    case 'basic':
      return basic(service.name);
    case 'oauth2':
      return oauth2(authentication, service.name);
    case 'oauth2-generic':
      return oauth2Generic(authentication, service);
    case 'entra':
      return entra(authentication, service.name);
    case 'client-credentials':
      return clientCredentials(authentication, service.name);
    case 'gateway':
      return gateway(authentication.signIn, service.name);
  }
}
