import { expect } from 'chai';
import { clone, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { faultsOf } from './faults.ts';

/** Each keyword once, in descriptions that are as small as that allows: they are tried as often as they have members. */
const documents: Readonly<Record<string, () => JsonObject>> = {
  'OpenAPI 3.2': () => ({
    openapi: '3.2.0',
    $self: 'https://beds.contoso.com/openapi.json',
    info: { title: 'Beds', version: '1.2', summary: 'Plans beds.', contact: { name: 'Gardeners' } },
    servers: [
      { url: 'https://beds.contoso.com/{zone}/v1', variables: { zone: { default: 'eu', enum: ['eu', 'us'] } } },
    ],
    security: [{ key: [] }],
    tags: [{ name: 'Beds', summary: 'Flower beds', parent: 'Garden', kind: 'nav' }],
    paths: {
      '/beds/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          operationId: 'getBed',
          summary: 'Gets a bed',
          parameters: [{ name: 'q', in: 'querystring', content: { 'text/plain': { schema: { type: 'string' } } } }],
          responses: {
            '200': {
              summary: 'A bed',
              content: { 'application/jsonl': { itemSchema: { $ref: '#/components/schemas/Bed' } } },
            },
          },
        },
        query: {
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Bed' } } } },
          responses: { '200': { description: 'Found.' } },
        },
        additionalOperations: { COPY: { responses: { '204': { description: 'Copied.' } } } },
      },
    },
    components: {
      schemas: {
        Bed: {
          type: ['object', 'null'],
          required: ['size'],
          properties: { size: { type: 'number', minimum: 0 }, kind: { enum: ['herbs', 'roses'] } },
          discriminator: { propertyName: 'kind', defaultMapping: 'Bed' },
        },
      },
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key', deprecated: true },
        device: {
          type: 'oauth2',
          flows: {
            deviceAuthorization: {
              deviceAuthorizationUrl: 'https://contoso.com/device',
              tokenUrl: 'https://contoso.com/token',
              scopes: { read: 'Read' },
            },
          },
        },
      },
    },
  }),
  'Swagger 2.0': () => ({
    swagger: '2.0',
    info: { title: 'Tools', version: '1', description: 'Lends tools.' },
    host: 'tools.contoso.com',
    basePath: '/v1',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { login: { type: 'basic' } },
    security: [{ login: [] }],
    parameters: { Day: { name: 'day', in: 'query', type: 'string', format: 'date' } },
    responses: { Gone: { description: 'Gone.' } },
    paths: {
      '/tools': {
        get: {
          operationId: 'ListTools',
          parameters: [{ $ref: '#/parameters/Day' }],
          responses: {
            '200': { description: 'All.', schema: { type: 'array', items: { $ref: '#/definitions/Tool' } } },
          },
        },
        post: {
          parameters: [{ name: 'tool', in: 'body', required: true, schema: { $ref: '#/definitions/Tool' } }],
          responses: { '201': { description: 'Lent.' }, '410': { $ref: '#/responses/Gone' } },
        },
      },
    },
    definitions: { Tool: { type: 'object', properties: { name: { type: 'string', default: 'saw', maxLength: 9 } } } },
  }),
  'a Postman collection': () => ({
    info: { name: 'Seeds', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'X-Key' },
        { key: 'in', value: 'header' },
      ],
    },
    variable: [{ key: 'base', value: 'https://seeds.contoso.com/v1' }],
    item: [
      {
        name: 'Seeds',
        item: [
          {
            name: 'Order seeds',
            request: {
              method: 'POST',
              url: {
                raw: '{{base}}/beds/:bed?day=1',
                host: ['{{base}}'],
                path: ['beds', ':bed'],
                query: [{ key: 'day', value: '1', description: 'The day.' }],
                variable: [{ key: 'bed', value: '7' }],
              },
              header: [{ key: 'X-Team', value: 'red' }],
              body: { mode: 'raw', raw: '{"kind": "pea", "count": 2}', options: { raw: { language: 'json' } } },
            },
            response: [{ name: 'Ordered', code: 201, body: '{"id": 7}' }],
          },
        ],
      },
    ],
  }),
};

/** What a member may be instead; undefined takes it away. */
const instead: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  removed: () => undefined,
  null: () => null,
  empty: (value) => (Array.isArray(value) ? [] : isObject(value) ? {} : ''),
  'of another type': (value) => (typeof value === 'string' ? { a: [1] } : 'text'),
};

/** Pointers of all members of objects and lists. */
function placesIn(value: Json, at: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => placesIn(entry, [...at, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...placesIn(inner ?? null, [...at, key])]);
}

/** A fresh document with one member changed. */
function changed(
  make: () => JsonObject,
  place: readonly (string | number)[],
  change: (value: Json) => Json | undefined,
) {
  const document = clone(make());
  const last = String(place.at(-1));
  let owner: Json = document;
  for (const key of place.slice(0, -1)) owner = (owner as JsonObject)[key] as Json;
  const value = change((owner as JsonObject)[last] ?? null);
  if (value === undefined) delete (owner as JsonObject)[last];
  else (owner as JsonObject)[last] = value;
  return document;
}

describe('import: every member of a description', function () {
  this.timeout(60_000);
  for (const [name, make] of Object.entries(documents)) {
    for (const [how, change] of Object.entries(instead)) {
      it(`${name}: ${how}, is read, reported or refused`, async () => {
        const faults: string[] = [];
        for (const place of placesIn(make())) {
          const text = JSON.stringify(changed(make, place, change));
          for (const fault of await faultsOf(text).catch((error: unknown) => [String(error)]))
            faults.push(`${place.join('/')}: ${fault}`);
        }
        expect(faults.join('\n')).to.equal('');
      });
    }
  }
});
