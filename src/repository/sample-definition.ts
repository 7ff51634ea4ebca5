import type { JsonObject } from '../connector/json/value.ts';

/** A small definition that certification accepts: a list, a get with a path parameter, a create with a body. */
export function sampleDefinition(): JsonObject {
  return {
    swagger: '2.0',
    info: { title: '', description: '', version: '1.0' },
    host: 'api.contoso.com',
    basePath: '/',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: {
      '/items': {
        get: {
          operationId: 'ListItems',
          summary: 'List items',
          description: 'Returns the items that match a search text.',
          'x-ms-visibility': 'important',
          parameters: [
            {
              name: 'search',
              in: 'query',
              required: false,
              type: 'string',
              'x-ms-summary': 'Search Text',
              description: 'Only items whose name contains this text are returned.',
            },
            {
              name: 'limit',
              in: 'query',
              required: false,
              type: 'integer',
              format: 'int32',
              default: 50,
              'x-ms-summary': 'Limit',
              description: 'How many items are returned at the most.',
              'x-ms-visibility': 'advanced',
            },
          ],
          responses: {
            200: { description: 'The items that were found.', schema: { $ref: '#/definitions/ItemList' } },
            401: { description: 'The credentials were not accepted.' },
          },
        },
        post: {
          operationId: 'CreateItem',
          summary: 'Create item',
          description: 'Adds a new item and returns it.',
          'x-ms-visibility': 'important',
          parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/NewItem' } }],
          responses: {
            201: { description: 'The new item.', schema: { $ref: '#/definitions/Item' } },
            401: { description: 'The credentials were not accepted.' },
          },
        },
      },
      '/items/{itemId}': {
        get: {
          operationId: 'GetItem',
          summary: 'Get item',
          description: 'Returns one item by its ID.',
          'x-ms-visibility': 'important',
          parameters: [
            {
              name: 'itemId',
              in: 'path',
              required: true,
              type: 'string',
              'x-ms-summary': 'Item ID',
              description: 'Identifies the item.',
              'x-ms-url-encoding': 'single',
            },
          ],
          responses: {
            200: { description: 'The item.', schema: { $ref: '#/definitions/Item' } },
            401: { description: 'The credentials were not accepted.' },
            404: { description: 'There is no item with this ID.' },
          },
        },
      },
    },
    definitions: {
      Item: {
        type: 'object',
        properties: {
          id: { type: 'string', 'x-ms-summary': 'Item ID', description: 'Identifies the item.' },
          ...itemProperties(),
          created: {
            type: 'string',
            format: 'date-time',
            'x-ms-summary': 'Created',
            description: 'When the item was added.',
          },
        },
      },
      ItemList: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: { $ref: '#/definitions/Item' },
            'x-ms-summary': 'Items',
            description: 'The items that were found.',
          },
        },
      },
      NewItem: { type: 'object', required: ['name'], properties: itemProperties() },
    },
    securityDefinitions: {},
    security: [],
  };
}

const itemProperties = (): JsonObject => ({
  name: { type: 'string', 'x-ms-summary': 'Name', description: 'How people call the item.' },
  notes: { type: 'string', 'x-ms-summary': 'Notes', description: 'What else is worth knowing about the item.' },
});
