import type { JsonObject } from '../../src/connector/json/value.ts';
import { frozen } from '../support/frozen.ts';

/** Whole descriptions of invented APIs, one per format, with as many features as real ones have. */

const message = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const answer = (description: string, schema: JsonObject): JsonObject => ({ description, content: json(schema) });

const parcelSchemas: JsonObject = {
  Parcel: {
    type: 'object',
    required: ['id', 'weight'],
    properties: {
      id: { type: 'string', format: 'uuid', readOnly: true },
      weight: { type: ['integer', 'string'], format: 'int32', pattern: '^-?(?:0|[1-9]\\d*)$' },
      created_at: { type: 'string', format: 'date-time' },
      is_fragile: { type: 'boolean', default: false },
      status: { type: 'string', enum: ['new', 'sent', 'lost'] },
      sender: { $ref: '#/components/schemas/Address', description: 'Who sends the parcel.' },
      contents: { type: 'array', items: { oneOf: [message('Book'), message('Toy')] } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      parent: message('Parcel'),
    },
  },
  Address: {
    type: 'object',
    properties: {
      street: { type: 'string' },
      'post code': { type: 'string' },
      geo: { type: ['array', 'null'], items: {} },
    },
  },
  Book: { title: 'Book', type: 'object', properties: { kind: { const: 'book' }, isbn: { type: 'string' } } },
  Toy: { allOf: [{ type: 'object', properties: { kind: { const: 'toy' }, age: { type: 'number', minimum: 0 } } }] },
  Problem: { type: 'object', properties: { code: { type: 'integer' }, detail: { type: 'string' } } },
};

/** OpenAPI 3.1 with several servers, schemes, kinds of bodies, a callback and a webhook. */
export const parcels: JsonObject = frozen<JsonObject>({
  openapi: '3.1.0',
  info: { title: 'Parcels', version: '2.1', description: 'Tracks parcels of all kinds from door to door.' },
  servers: [
    { url: 'https://{region}.parcels.contoso.com/v2', variables: { region: { default: 'eu', enum: ['eu', 'us'] } } },
    { url: 'https://sandbox.parcels.contoso.com/v2', description: 'Sandbox' },
  ],
  tags: [{ name: 'Parcels' }, { name: 'Hooks' }],
  security: [{ token: [] }],
  paths: {
    '/parcels': {
      get: {
        operationId: 'parcels/list',
        summary: 'Lists all parcels',
        tags: ['Parcels'],
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'integer' } },
          { name: 'status', in: 'query', schema: { type: 'array', items: { type: 'string', enum: ['new', 'sent'] } } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object', properties: { from: {} } } },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
        ],
        responses: {
          '200': answer('All.', { type: 'object', properties: { items: { type: 'array', items: message('Parcel') } } }),
          '4XX': answer('Refused.', message('Problem')),
        },
      },
      post: {
        summary: 'Create/update a parcel',
        tags: ['Parcels'],
        requestBody: {
          required: true,
          content: { ...json(message('Parcel')), 'text/csv': { schema: { type: 'string' } } },
        },
        responses: { '201': answer('Created.', message('Parcel')), default: answer('Failed.', message('Problem')) },
      },
    },
    '/parcels/{parcel_id}': {
      parameters: [{ name: 'parcel_id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        operationId: 'getParcel',
        responses: { '200': answer('One.', message('Parcel')), '304': { description: '' } },
      },
      delete: {
        description: 'Removes a parcel for good.',
        deprecated: true,
        responses: { '204': { description: 'Gone.' } },
      },
      patch: {
        security: [{ key: [] }],
        requestBody: { content: { 'application/merge-patch+json': { schema: message('Parcel') } } },
        responses: { '200': answer('Changed.', message('Parcel')) },
      },
    },
    '/connections/{connectionId}/files/{file}': {
      put: {
        operationId: 'upload',
        parameters: [
          { name: 'connectionId', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'file', in: 'path', required: true, schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/octet-stream': {} } },
        responses: {
          '200': { description: 'Stored.', content: { 'application/pdf': { schema: { format: 'binary' } } } },
        },
      },
    },
    '/labels': {
      post: {
        operationId: 'labels.print',
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { file: { type: 'string', format: 'binary' }, to: message('Address') },
              },
            },
          },
        },
        responses: { '200': { description: 'Printed.', content: { 'text/plain': { schema: { type: 'string' } } } } },
      },
    },
    '/hooks': {
      post: {
        operationId: 'subscribe',
        tags: ['Hooks'],
        requestBody: {
          content: json({
            type: 'object',
            properties: { url: { type: 'string' }, events: { type: 'array', items: { type: 'string' } } },
          }),
        },
        callbacks: {
          sent: {
            '{$request.body#/url}': { post: { requestBody: { content: json(message('Parcel')) }, responses: {} } },
          },
        },
        responses: { '201': answer('Subscribed.', { type: 'object', properties: { id: { type: 'string' } } }) },
      },
    },
    '/hooks/{id}': {
      delete: {
        operationId: 'unsubscribe',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '204': { description: 'Gone.' } },
      },
    },
  },
  webhooks: {
    parcelLost: { post: { summary: 'A parcel is lost', requestBody: { content: json(message('Parcel')) } } },
  },
  components: {
    schemas: parcelSchemas,
    securitySchemes: {
      token: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://login.contoso.com/authorize',
            tokenUrl: 'https://login.contoso.com/token',
            scopes: { read: 'Read parcels' },
          },
        },
      },
      key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      unused: { type: 'http', scheme: 'basic' },
    },
  },
});

const order: JsonObject = { $ref: '#/definitions/Order' };

/** Swagger 2.0 as a connector has it: dynamic values, a webhook trigger, forms. */
export const orders: JsonObject = frozen<JsonObject>({
  swagger: '2.0',
  info: { title: 'Orders', version: '1.0', description: 'Reads and places orders of a shop.' },
  host: 'orders.contoso.com',
  basePath: '/api',
  schemes: ['https'],
  securityDefinitions: { key: { type: 'apiKey', in: 'query', name: 'api_key' }, basic: { type: 'basic' } },
  security: [{ key: [] }],
  paths: {
    '/shops': {
      get: {
        operationId: 'ListShops',
        summary: 'List shops',
        description: 'Returns all shops of the account.',
        'x-ms-visibility': 'internal',
        parameters: [{ name: 'kind', in: 'query', type: 'string', required: true }],
        responses: {
          '200': {
            description: 'Shops.',
            schema: {
              type: 'array',
              items: { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } },
            },
          },
        },
      },
    },
    '/orders': {
      get: {
        operationId: 'ListOrders',
        parameters: [
          {
            name: 'shop',
            in: 'query',
            type: 'string',
            required: true,
            'x-ms-summary': 'Shop',
            'x-ms-dynamic-values': {
              operationId: 'ListShops',
              parameters: { kind: 'open' },
              'value-path': 'id',
              'value-title': 'name',
            },
          },
          { name: 'ids', in: 'query', type: 'array', items: { type: 'integer' }, collectionFormat: 'multi' },
        ],
        responses: { '200': { description: 'Orders.', schema: { type: 'array', items: order } } },
      },
      post: {
        operationId: 'PlaceOrder',
        parameters: [
          { name: 'order', in: 'body', required: true, schema: order },
          { name: 'Accept', in: 'header', type: 'string', required: true, default: 'application/json' },
        ],
        responses: { '201': { description: 'Placed.', schema: order }, '400': { description: 'Refused.' } },
      },
    },
    '/uploads': {
      post: {
        operationId: 'Upload',
        consumes: ['multipart/form-data'],
        parameters: [
          { name: 'file', in: 'formData', type: 'file', required: true },
          { name: 'note', in: 'formData', type: 'string' },
        ],
        responses: { '200': { description: 'Stored.' } },
      },
    },
    '/hooks': {
      'x-ms-notification-content': { description: 'An order.', schema: order },
      post: {
        operationId: 'OrderPlaced',
        summary: 'When an order is placed',
        'x-ms-trigger': 'single',
        parameters: [
          {
            name: 'body',
            in: 'body',
            required: true,
            schema: {
              type: 'object',
              required: ['callback'],
              properties: {
                callback: { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' },
              },
            },
          },
        ],
        responses: { '201': { description: 'Subscribed.' } },
      },
    },
  },
  definitions: {
    Order: {
      type: 'object',
      required: ['lines'],
      properties: {
        number: { type: 'integer', format: 'int64' },
        lines: {
          type: 'array',
          items: { type: 'object', properties: { sku: { type: 'string' }, price: { type: 'number' } } },
        },
        placed_on: { type: 'string', format: 'date' },
        channel: { type: 'string', 'x-ms-visibility': 'internal', default: 'web' },
      },
    },
  },
});

const request = (method: string, raw: string, parts: JsonObject = {}): JsonObject => ({
  method,
  url: { raw, host: ['{{base}}'], path: raw.replace('{{base}}/', '').split('?')[0]?.split('/') ?? [] },
  ...parts,
});

/** A Postman collection with folders, variants, samples and every mode of bodies. */
export const tickets: JsonObject = frozen<JsonObject>({
  info: { name: 'Tickets', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
  variable: [{ key: 'base', value: 'https://tickets.contoso.com/v1' }],
  item: [
    {
      name: 'Tickets',
      item: [
        {
          name: 'Create a ticket',
          request: request('POST', '{{base}}/tickets', {
            header: [{ key: 'X-Team', value: 'red' }],
            body: { mode: 'raw', raw: '{"title": "Broken", "urgent": true, "owner": null, "tags": ["a"]}' },
          }),
          response: [{ name: 'Created', code: 201, body: '{"id": 7, "title": "Broken"}' }],
        },
        {
          name: 'Create a ticket with a file',
          request: request('POST', '{{base}}/tickets', {
            body: {
              mode: 'formdata',
              formdata: [
                { key: 'file', type: 'file' },
                { key: 'constructor', value: 'x' },
              ],
            },
          }),
        },
        {
          name: 'Get a ticket',
          request: request('GET', '{{base}}/tickets/:id?expand=owner', {
            url: {
              raw: '{{base}}/tickets/:id?expand=owner',
              host: ['{{base}}'],
              path: ['tickets', ':id'],
              query: [{ key: 'expand', value: 'owner' }],
              variable: [{ key: 'id', value: '7' }],
            },
          }),
        },
      ],
    },
    {
      name: 'Sign up',
      request: request('POST', '{{base}}/people', {
        body: { mode: 'urlencoded', urlencoded: [{ key: 'name', value: 'Ada' }] },
      }),
    },
    { name: 'Draft' },
    { name: 'Elsewhere', request: { method: 'GET', url: 'https://status.contoso.com/now' } },
  ],
});

/** Name and document of each. */
export const descriptions: Readonly<Record<string, JsonObject>> = { parcels, orders, tickets };
