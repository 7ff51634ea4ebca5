import { expect } from 'chai';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { importDescription } from '../../src/import/import-description.ts';
import { sourceFromText } from '../../src/import/read/load.ts';
import { formatDefinition } from '../../src/import/serialise.ts';
import { auditImport } from './audit.ts';
import { convert, firstOperation } from './convert.ts';

/** Descriptions as the frameworks and conventions of the field write them, and what people then read. */
interface Style {
  document: JsonObject;
  /** By operation id of the result: summary and description. */
  reads: Readonly<Record<string, readonly [summary: string, description: string]>>;
}

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const answered = (schema: JsonObject): JsonObject => ({ '200': { description: 'OK', content: json(schema) } });
const text: JsonObject = { type: 'string' };
const refer = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const path = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const api = (paths: JsonObject, schemas: JsonObject = {}, version = '3.0.3'): JsonObject => ({
  openapi: version,
  info: { title: 'Quay', version: '1', description: 'Keeps the berths and boats of a quay in order.' },
  servers: [{ url: 'https://quay.contoso.com/api' }],
  paths,
  components: { schemas },
});

const styles: Readonly<Record<string, Style>> = {
  'ASP.NET: no ids, generics, several media types of the same': {
    document: api(
      {
        '/api/Berths/{id}': {
          get: {
            tags: ['Berths'],
            parameters: [
              { ...path('id'), schema: { type: ['integer', 'string'], pattern: '^-?\\d+$', format: 'int32' } },
            ],
            responses: {
              '200': {
                description: 'Success',
                content: {
                  'text/plain': { schema: refer('BerthDto') },
                  'application/json': { schema: refer('BerthDto') },
                  'text/json': { schema: refer('BerthDto') },
                },
              },
            },
          },
        },
      },
      { BerthDto: { type: 'object', properties: { id: { type: 'integer' }, isOccupied: { type: 'boolean' } } } },
      '3.1.1',
    ),
    reads: { GetBerth: ['Get berth', 'Gets a berth.'] },
  },
  'FastAPI: ids of function and path, anyOf with null': {
    document: api(
      {
        '/boats/{boat_id}': {
          get: {
            summary: 'Read Boat',
            operationId: 'read_boat_boats__boat_id__get',
            parameters: [path('boat_id')],
            responses: {
              ...answered(refer('Boat')),
              '422': { description: 'Validation Error', content: json(refer('Problem')) },
            },
          },
        },
      },
      {
        Boat: {
          title: 'Boat',
          type: 'object',
          properties: { name: { title: 'Name', anyOf: [text, { type: 'null' }] } },
        },
        Problem: { type: 'object', properties: { detail: { type: 'array', items: text } } },
      },
      '3.1.0',
    ),
    reads: { ReadBoat: ['Read Boat', 'Reads a boat.'] },
  },
  'Spring: the method and a number after the id': {
    document: api({
      '/boats': {
        get: {
          operationId: 'listBoatsUsingGET_1',
          tags: ['boat-controller'],
          responses: answered({ type: 'array', items: text }),
        },
        post: { operationId: 'saveBoatUsingPOST', tags: ['boat-controller'], responses: answered(text) },
      },
    }),
    reads: {
      ListBoats: ['List boats', 'Returns a list of boats.'],
      SaveBoat: ['Save boat', 'Saves boat.'],
    },
  },
  'NSwag: controller and action': {
    document: api({
      '/boats/{id}': { get: { operationId: 'Boats_GetBoat', parameters: [path('id')], responses: answered(text) } },
    }),
    reads: { BoatsGetBoat: ['Get boat', 'Gets a boat.'] },
  },
  'RPC: everything is POST, verbs in the path': {
    document: api({
      '/boats.list': { post: { responses: answered(text) } },
      '/v1/berths/{id}:release': { post: { parameters: [path('id')], responses: answered(text) } },
    }),
    reads: {},
  },
  'OData: keys in brackets, $-parameters': {
    document: api({
      "/Boats('{key}')/Berths": {
        get: {
          parameters: [
            path('key'),
            { name: '$top', in: 'query', schema: { type: 'integer' } },
            { name: '$expand', in: 'query', schema: text },
          ],
          responses: answered({
            type: 'object',
            properties: { '@odata.nextLink': text, value: { type: 'array', items: text } },
          }),
        },
      },
    }),
    reads: {},
  },
  'JSON:API and HAL': {
    document: api({
      '/boats': {
        get: {
          summary: 'Get Boat Collection',
          parameters: [
            {
              name: 'page',
              in: 'query',
              style: 'deepObject',
              schema: { type: 'object', properties: { size: { type: 'integer' } } },
            },
          ],
          responses: {
            '200': {
              description: 'Boats',
              content: {
                'application/vnd.api+json': {
                  schema: {
                    type: 'object',
                    properties: {
                      data: { type: 'array', items: { type: 'object', properties: { id: text, type: text } } },
                      _links: { type: 'object', properties: { self: { type: 'object', properties: { href: text } } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    }),
    reads: { ListBoats: ['Get Boat Collection', 'Gets a boat collection.'] },
  },
  'expansions: an id or the whole thing': {
    document: api(
      {
        '/berths': { get: { summary: 'This endpoint allows you to list berths', responses: answered(refer('Berth')) } },
      },
      {
        Berth: {
          type: 'object',
          properties: {
            boat: { anyOf: [text, refer('Boat')] },
            metadata: { type: 'object', additionalProperties: text },
          },
        },
        Boat: { type: 'object', properties: { berth: { anyOf: [text, refer('Berth')] }, total: { type: 'integer' } } },
      },
    ),
    reads: { ListBerths: ['List berths', 'This endpoint allows you to list berths.'] },
  },
  'summaries that are methods, paths, headings and to-dos': {
    document: api({
      '/a': {
        get: {
          summary: 'GET /a',
          description: '# Heading\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
          responses: answered(text),
        },
      },
      '/b': {
        get: {
          summary: 'TODO',
          description: '<h4>Description</h4><p>Returns <b>all</b> &amp; more.</p>',
          responses: answered(text),
        },
      },
      '/c': { get: { description: '![x](y.png) [Learn more](https://a.b). Lists `c`.', responses: answered(text) } },
    }),
    reads: { GetB: ['Returns all and more', 'This operation returns all and more.'] },
  },
  'a GraphQL endpoint': {
    document: api({
      '/graphql': {
        post: {
          summary: 'GraphQL endpoint',
          requestBody: {
            content: json({ type: 'object', properties: { query: text, variables: { type: 'object' } } }),
          },
          responses: answered({
            type: 'object',
            properties: { data: { type: 'object' }, errors: { type: 'array', items: {} } },
          }),
        },
      },
    }),
    reads: { CreateGraphql: ['GraphQL endpoint', 'Performs the operation "GraphQL endpoint".'] },
  },
};

/** Each in its own words: they are kept, and nothing English is mixed into them. */
const languages: readonly (readonly [language: string, summary: string, description: string])[] = [
  ['German', 'Liegeplätze auflisten', 'Listet alle Liegeplätze des Hafens auf.'],
  ['Japanese', '船の一覧を取得する', '港にあるすべての船を返します。'],
  ['Arabic', 'قائمة القوارب', 'يعيد جميع القوارب في الميناء.'],
  ['French', 'Récupérer les bateaux', 'Renvoie tous les bateaux du port.'],
];

describe('import: the styles of the field', () => {
  for (const [name, { document, reads }] of Object.entries(styles)) {
    it(name, async () => {
      const source = await sourceFromText(JSON.stringify(document), 'test');
      const outcome = await auditImport(source);
      if ('refused' in outcome) throw new Error(outcome.refused);
      expect(outcome.audit).to.deep.equal({ errors: [], lost: [], unrecorded: [] });
      const { definition, indent } = outcome.result;
      const written = formatDefinition(definition, indent);
      const again = importDescription(await sourceFromText(written));
      expect(formatDefinition(again.definition, again.indent)).to.equal(written);
      const said: Record<string, unknown> = {};
      for (const item of Object.values(asObject(definition.paths)))
        for (const operation of Object.values(asObject(item)).map(asObject))
          said[String(operation.operationId)] = [operation.summary, operation.description];
      expect(said).to.deep.include(reads);
    });
  }

  for (const [language, summary, description] of languages) {
    it(`${language}: kept as it is written, and called no English`, async () => {
      const operation = { operationId: 'listBoats', summary, description, responses: answered(text) };
      const result = await convert(api({ '/boats': { get: operation } }));
      expect(firstOperation(result)).to.include({ summary, description });
      expect(result.report.entries.map(({ code }) => code)).to.include('language');
      // without a description none is conjugated from words of another language
      const derived = await convert(api({ '/boats': { get: { ...operation, description: '' } } }));
      expect(String(firstOperation(derived).description)).to.include(summary.replace(/^./, ''));
      expect(derived.derived['operation-description'].size).to.equal(1);
    });
  }
});
