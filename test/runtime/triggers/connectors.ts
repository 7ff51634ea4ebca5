import type { JsonObject } from '../../../src/connector/json/value.ts';
import { findOperation } from '../../../src/runtime/operation.ts';
import type { RunOptions } from '../../../src/runtime/run-operation.ts';
import { type Case, keyParameter, optionsOf } from '../runs.ts';

/** Connectors with triggers that exist in memory only. */

/** A new one each time: what learns from answers changes the definition that it is given. */
export const order = (): JsonObject => ({
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, total: { type: 'number' } },
});

const address = { type: 'string', 'x-ms-visibility': 'internal', 'x-ms-notification-url': true };

/** `POST /hooks` with the address at `url`, and `DELETE /hooks/{hookId}`. */
export function hooks({ remove, ...operation }: JsonObject & { remove?: JsonObject } = {}): JsonObject {
  const subscribe: JsonObject = {
    operationId: 'OnOrder',
    'x-ms-trigger': 'single',
    parameters: [
      {
        name: 'body',
        in: 'body',
        required: true,
        schema: { type: 'object', required: ['url'], properties: { url: address } },
      },
    ],
    responses: { 201: { description: 'Created' } },
    ...operation,
  };
  return {
    '/hooks': { 'x-ms-notification-content': { description: 'An order', schema: order() }, post: subscribe },
    '/hooks/{hookId}': {
      delete: {
        operationId: 'DeleteHook',
        'x-ms-visibility': 'internal',
        parameters: [{ name: 'hookId', in: 'path', required: true, type: 'string' }],
        responses: { 204: { description: 'Gone' } },
        ...remove,
      },
    },
  };
}

/** `GET /orders` as a trigger. */
export const orders = (operation: JsonObject = {}): JsonObject => ({
  '/orders': {
    get: {
      operationId: 'OnOrder',
      'x-ms-trigger': 'batch',
      parameters: [
        { name: 'since', in: 'query', type: 'string' },
        { name: 'x-region', in: 'header', type: 'string' },
      ],
      responses: {
        200: {
          description: 'OK',
          schema: { type: 'object', properties: { items: { type: 'array', items: order() } } },
        },
      },
      ...operation,
    },
  },
});

/** @param paths with an operation `OnOrder` */
export function triggerIn(paths: JsonObject, { definition, ...wanted }: Case = {}): RunOptions {
  const options = optionsOf({
    ...wanted,
    properties: { connectionParameters: { api_key: keyParameter, tenant: { type: 'string' } } },
    connection: { api_key: 'k3y-of-ada', ...wanted.connection },
  });
  const whole: JsonObject = {
    swagger: '2.0',
    host: 'api.contoso.com',
    basePath: '/v1',
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    ...definition,
    paths,
  };
  return { ...options, operation: findOperation(whole, 'OnOrder') };
}
