import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { keyParameter } from '../runs.ts';
import { hooks, orders } from './connectors.ts';

/** The value of the connection's key. */
export const secret = 'k3y-of-ada';

/** A connector with a webhook, `OnOrder`, and a polling trigger, `OnPolled`; and `connection.json`. */
export function connectorWithTriggers(properties = {}, more: Record<string, string> = {}): string {
  const { '/orders': item } = orders({ operationId: 'OnPolled' });
  const definition = {
    swagger: '2.0',
    info: { title: 'Orders', version: '1' },
    host: 'api.contoso.com',
    basePath: '/v1',
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    paths: { ...hooks(), '/orders': item },
  };
  return writeTree(temporaryFolder('triggers'), {
    'apiDefinition.swagger.json': JSON.stringify(definition),
    'apiProperties.json': JSON.stringify({
      properties: { connectionParameters: { api_key: keyParameter }, ...properties },
    }),
    'connection.json': JSON.stringify({ api_key: secret }),
    ...more,
  });
}
