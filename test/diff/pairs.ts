import { clone, type JsonObject } from '../../src/connector/json/value.ts';
import { mergePatch } from '../../src/rules/examples/example-connector.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { frozen } from '../support/frozen.ts';

/** Two versions of the clean example definition: both are it with merge patches (RFC 7396). */
export interface VersionPair {
  /** What it shows, a few words. */
  name: string;
  before?: JsonObject;
  after: JsonObject;
  /** The kinds that are told, besides the version and the advice to add a revision, each with its operation. */
  expect: string[];
  /** Part of a message. */
  message?: RegExp;
}

/** A version of the example definition; its number is raised unless the patch says otherwise. */
export const version = (patch: JsonObject, number: string): JsonObject => {
  const definition = clone<JsonObject>({ ...exampleDefinition });
  return mergePatch(mergePatch(definition, { info: { version: number } }), patch) as JsonObject;
};

type Patch = JsonObject;
const station = (properties: Patch, rest: Patch = {}): Patch => ({ definitions: { Station: { properties, ...rest } } });
const operation = (path: string, method: string, patch: Patch | null): Patch => ({
  paths: { [path]: { [method]: patch } },
});
const list = (patch: Patch): Patch => operation('/stations', 'get', patch);
const create = (patch: Patch): Patch => operation('/stations', 'post', patch);
const get = (patch: Patch): Patch => operation('/stations/{stationId}', 'get', patch);
const hookContent = (properties: Patch): Patch => ({
  paths: { '/hooks': { 'x-ms-notification-content': { schema: { properties } } } },
});

export const example: JsonObject = frozen<JsonObject>({ ...exampleDefinition });
const listOperation = exampleDefinition.paths['/stations'].get as JsonObject;
const getOperation = exampleDefinition.paths['/stations/{stationId}'].get as JsonObject;
const regions = exampleDefinition.paths['/regions'].get as JsonObject;
const hook = exampleDefinition.paths['/hooks/{hookId}'].delete as JsonObject;
export const region = exampleDefinition.paths['/stations'].get.parameters[0] as unknown as JsonObject;
const query = (name: string, rest: Patch = {}): Patch => ({ name, in: 'query', type: 'string', ...rest });

/** A body and an answer that no other operation shares. */
const ownBody = (schema: Patch): Patch =>
  create({ parameters: [{ name: 'body', in: 'body', required: true, schema }] });
const ownAnswer = (schema: Patch): Patch => get({ responses: { 200: { schema: { $ref: null, ...schema } } } });
const text = { type: 'string' };

/** One for each kind of the catalogue's chapter on breaking changes, and those that are easily mistaken. */
export const pairs: readonly VersionPair[] = [
  {
    name: 'a public operation is gone',
    after: operation('/stations/{stationId}', 'get', null),
    expect: ['breaking-operation-deleted GetStation'],
    message: /GetStation is gone: flows that use it stop working/,
  },
  {
    name: 'an internal operation is gone',
    after: operation('/regions', 'get', null),
    expect: ['breaking-operation-deleted-internal ListRegions'],
  },
  {
    name: 'an operation has another name, and nothing else of it is compared',
    after: get({ operationId: 'ReadStation', parameters: [], 'x-ms-visibility': 'internal' }),
    expect: ['breaking-operation-id-changed GetStation'],
    message: /is called ReadStation now/,
  },
  {
    name: 'an operation whose name another one has by mistake stays itself',
    before: { paths: { '/regions': { put: { ...regions, operationId: 'GetStation' } } } },
    after: { schemes: ['http'], paths: { '/regions': { put: { ...regions, operationId: 'GetStation' } } } },
    expect: [],
  },
  {
    name: 'an operation has another path',
    after: { paths: { '/stations/{stationId}': null, '/station/{stationId}': { get: getOperation } } },
    expect: ['breaking-operation-path-changed GetStation'],
  },
  {
    name: 'an operation has another verb',
    after: { paths: { '/regions': { get: null, post: regions } } },
    expect: ['breaking-operation-verb-changed ListRegions'],
  },
  {
    name: 'an operation is hidden',
    after: get({ 'x-ms-visibility': 'internal' }),
    expect: ['breaking-operation-hidden GetStation'],
  },
  {
    name: 'an action becomes a trigger',
    after: list({ 'x-ms-trigger': 'batch' }),
    expect: ['breaking-trigger-changed ListStations'],
  },
  {
    name: 'a trigger for one item becomes one for many',
    before: list({ 'x-ms-trigger': 'single' }),
    after: list({ 'x-ms-trigger': 'batch' }),
    expect: ['breaking-trigger-changed ListStations'],
  },
  {
    name: 'a parameter is gone',
    after: list({ parameters: [] }),
    expect: ['breaking-input-deleted ListStations'],
  },
  {
    name: 'a parameter is renamed',
    before: list({ parameters: [query('sort_order')] }),
    after: list({ parameters: [query('sortOrder')] }),
    expect: ['breaking-input-deleted ListStations'],
    message: /seems to be called "sortOrder" now/,
  },
  {
    name: 'a body property is gone',
    before: ownBody({ type: 'object', properties: { a: { type: 'object', properties: { b: text, c: text } } } }),
    after: ownBody({ type: 'object', properties: { a: { type: 'object', properties: { c: text } } } }),
    expect: ['breaking-input-deleted CreateStation'],
    message: /"a\.b"/,
  },
  {
    name: 'a parameter moves',
    after: list({ parameters: [{ ...region, in: 'header' }] }),
    expect: ['breaking-input-location ListStations'],
  },
  {
    name: 'an input has another type',
    after: list({ parameters: [{ ...region, type: 'integer' }] }),
    expect: ['breaking-input-type ListStations'],
  },
  {
    name: 'the items of an input have another type',
    before: list({ parameters: [query('ids', { type: 'array', items: text })] }),
    after: list({ parameters: [query('ids', { type: 'array', items: { type: 'integer' } })] }),
    expect: ['breaking-input-type ListStations'],
    message: /"ids\[\]"/,
  },
  {
    name: 'an input has another format',
    before: list({ parameters: [query('since', { format: 'date' })] }),
    after: list({ parameters: [query('since', { format: 'date-time' })] }),
    expect: ['breaking-input-format ListStations'],
  },
  {
    name: 'an input is required from now on',
    before: list({ parameters: [{ ...region, required: false }] }),
    after: {},
    expect: ['breaking-input-made-required ListStations'],
  },
  {
    name: 'a body property is required from now on',
    after: station({}, { required: ['name', 'height'] }),
    expect: ['breaking-input-made-required CreateStation'],
    message: /"height"/,
  },
  {
    name: 'there is a new required input',
    after: list({ parameters: [region, query('limit', { required: true })] }),
    expect: ['breaking-required-input-added ListStations'],
  },
  {
    name: 'there is a new required body property',
    after: station({ owner: text }, { required: ['name', 'owner'] }),
    expect: ['breaking-required-input-added CreateStation'],
    message: /"owner"/,
  },
  {
    name: 'there is a body for the first time',
    after: get({
      parameters: [
        ...(getOperation.parameters as JsonObject[]),
        { name: 'body', in: 'body', schema: { type: 'object', required: ['a'], properties: { a: text, b: text } } },
      ],
    }),
    expect: ['breaking-required-input-added GetStation'],
    message: /"a"/,
  },
  {
    name: 'what is required in a new optional object breaks nothing',
    after: ownBody({
      type: 'object',
      required: ['name'],
      properties: {
        ...exampleDefinition.definitions.Station.properties,
        address: { type: 'object', required: ['city'], properties: { city: text } },
      },
    }),
    expect: [],
  },
  {
    name: 'what is required in a new required object is filled in, too',
    after: ownBody({
      type: 'object',
      required: ['name', 'address'],
      properties: {
        ...exampleDefinition.definitions.Station.properties,
        address: {
          type: 'object',
          required: ['country'],
          properties: { country: { type: 'string', default: 'NO' }, city: text },
        },
      },
    }),
    expect: ['breaking-required-input-added CreateStation', 'breaking-required-input-default CreateStation'],
    message: /"address\.country"/,
  },
  {
    name: 'a new required object may hold itself',
    after: {
      ...ownBody({
        type: 'object',
        required: ['name', 'part'],
        properties: { ...exampleDefinition.definitions.Station.properties, part: { $ref: '#/definitions/Part' } },
      }),
      definitions: {
        Part: { type: 'object', required: ['part'], properties: { part: { $ref: '#/definitions/Part' } } },
      },
    },
    expect: ['breaking-required-input-added CreateStation', 'breaking-required-input-added CreateStation'],
    message: /"part\.part"/,
  },
  {
    name: 'the body has another name, which flows keep with what they send',
    after: create({
      parameters: [{ name: 'station', in: 'body', required: true, schema: { $ref: '#/definitions/Station' } }],
    }),
    expect: ['breaking-input-deleted CreateStation'],
    message: /was called "body" and is called "station" now/,
  },
  {
    name: 'a new required input has a default value',
    after: list({ parameters: [region, query('limit', { required: true, default: '10' })] }),
    expect: ['breaking-required-input-default ListStations'],
  },
  {
    name: 'an input is internal from now on',
    after: list({ parameters: [{ ...region, default: 'north', 'x-ms-visibility': 'internal' }] }),
    expect: ['breaking-input-internal ListStations'],
  },
  {
    name: 'a free input gets a list of values',
    after: list({ parameters: [{ ...region, enum: ['north', 'south'] }] }),
    expect: ['breaking-enum-added ListStations'],
  },
  {
    name: 'a list of values loses one',
    after: station({ kind: { enum: ['land'] } }),
    expect: ['breaking-enum-value-removed CreateStation'],
    message: /"sea"/,
  },
  {
    name: 'a list of values is dropped or grows',
    after: station({ kind: { enum: ['land', 'sea', 'air'] } }),
    expect: [],
  },
  {
    name: 'an output is gone',
    before: ownAnswer({ type: 'object', properties: { a: text, b: text } }),
    after: ownAnswer({ type: 'object', properties: { a: text } }),
    expect: ['breaking-output-deleted GetStation'],
    message: /"b"/,
  },
  {
    name: 'a shared property is gone for all that send or receive it',
    after: station({ height: null }),
    expect: [
      'breaking-output-deleted ListStations',
      'breaking-input-deleted CreateStation',
      'breaking-output-deleted CreateStation',
      'breaking-output-deleted GetStation',
    ],
    message: /"items\[\]\.height"/,
  },
  {
    name: 'a property of a notification is renamed',
    before: hookContent({ sent_at: text }),
    after: hookContent({ sentAt: text }),
    expect: ['breaking-output-deleted OnWarning'],
    message: /called "sentAt" now/,
  },
  {
    name: 'all outputs are gone',
    after: get({ responses: { 200: { schema: null } } }),
    expect: ['breaking-output-deleted GetStation'],
  },
  {
    name: 'an answer that told nothing is gone',
    before: ownAnswer({ type: 'object' }),
    after: get({ responses: { 200: { schema: null } } }),
    expect: [],
  },
  {
    name: 'an answer that was one value is gone',
    before: ownAnswer(text),
    after: get({ responses: { 200: { schema: null } } }),
    expect: ['breaking-output-deleted GetStation'],
  },
  {
    name: 'an output has another type',
    after: hookContent({ text: { type: 'integer' } }),
    expect: ['breaking-output-type OnWarning'],
  },
  {
    name: 'an output has another format',
    before: hookContent({ text: { format: 'date' } }),
    after: hookContent({ text: { format: 'date-time' } }),
    expect: ['breaking-output-format OnWarning'],
  },
  {
    name: 'an output gets a type, loses one, gets a format, loses one',
    before: hookContent({ a: { properties: { x: text } }, b: text, c: text, d: { type: 'string', format: 'uri' } }),
    after: hookContent({
      a: { type: 'object', properties: { x: text } },
      b: {},
      c: { type: 'string', format: 'date-time' },
      d: text,
    }),
    expect: [
      'breaking-output-type OnWarning',
      'breaking-output-type OnWarning',
      'breaking-output-format OnWarning',
      'breaking-output-format OnWarning',
    ],
    message:
      /"a" of OnWarning had no type and is of type object now[\s\S]*"b" of OnWarning was of type string and has none now/,
  },
  {
    name: 'the items of an output are told from now on',
    before: hookContent({ a: { type: 'array', items: {} }, b: { type: 'array' }, c: { type: 'array', items: text } }),
    after: hookContent({ a: { type: 'array', items: text }, b: { type: 'array', items: text }, c: { type: 'array' } }),
    expect: ['breaking-output-type OnWarning', 'breaking-output-type OnWarning', 'breaking-output-type OnWarning'],
    message: /"b\[\]" of OnWarning had no type/,
  },
  {
    name: 'what a map holds loses its type',
    before: hookContent({ a: { type: 'object', additionalProperties: text } }),
    after: hookContent({ a: { type: 'object', additionalProperties: {} } }),
    expect: ['breaking-output-type OnWarning'],
    message: /"a\.\*"/,
  },
  {
    name: 'an empty type or format is none',
    before: hookContent({ a: { type: '' }, b: { type: 'string', format: '' } }),
    after: hookContent({ a: {}, b: text }),
    expect: [],
  },
  {
    name: 'an input gets a type or a format, or loses it',
    before: ownBody({ type: 'object', required: ['name'], properties: { name: text, a: {}, b: text, c: text } }),
    after: ownBody({
      type: 'object',
      required: ['name'],
      properties: { name: text, a: text, b: {}, c: { type: 'string', format: 'date' } },
    }),
    expect: [
      'breaking-input-type CreateStation',
      'breaking-input-type CreateStation',
      'breaking-input-format CreateStation',
    ],
  },
  {
    name: 'an internal input with a default value is required from now on: the platform sends it',
    before: list({ parameters: [query('mode', { default: 'a', 'x-ms-visibility': 'internal' })] }),
    after: list({ parameters: [query('mode', { default: 'a', 'x-ms-visibility': 'internal', required: true })] }),
    expect: [],
  },
  {
    name: 'an internal input without a default value is required from now on',
    before: list({ parameters: [query('mode', { 'x-ms-visibility': 'internal' })] }),
    after: list({ parameters: [query('mode', { 'x-ms-visibility': 'internal', required: true })] }),
    expect: ['breaking-input-made-required ListStations'],
  },
  {
    name: 'an output is internal from now on',
    after: hookContent({ text: { 'x-ms-visibility': 'internal' } }),
    expect: ['breaking-output-internal OnWarning'],
  },
  {
    name: 'a response is gone, also one without schema',
    after: get({ responses: { 404: null } }),
    expect: ['breaking-response-code-removed GetStation'],
  },
  {
    name: 'the same outputs come with another code',
    after: create({ responses: { 201: null, 200: { description: 'It.', schema: { $ref: '#/definitions/Station' } } } }),
    expect: ['breaking-response-code-removed CreateStation'],
  },
  {
    name: 'the type of sign-in is another one',
    after: { securityDefinitions: { api_key: null, login: { type: 'basic' } } },
    expect: ['breaking-auth-type'],
  },
  {
    name: 'there is one more type of sign-in, and the other has a new name',
    after: {
      securityDefinitions: {
        api_key: null,
        key: { type: 'apiKey', in: 'header', name: 'K' },
        login: { type: 'basic' },
      },
    },
    expect: [],
  },
  { name: 'the host is another one', after: { host: 'api.contoso.com' }, expect: ['breaking-host'] },
  {
    name: 'a host and a basePath that the service refuses are written rightly',
    before: { host: 'https://weather.contoso.com/', basePath: 'v1' },
    after: { host: 'weather.contoso.com', basePath: '/v1' },
    expect: [],
  },
  { name: 'the basePath is another one', after: { basePath: '/v2' }, expect: ['breaking-base-path'] },
  { name: 'no basePath and / are the same', before: { basePath: null }, after: { basePath: '/' }, expect: [] },
  { name: 'the title is another one', after: { info: { title: 'Contoso Climate' } }, expect: ['breaking-title'] },
  {
    name: 'only texts have changed',
    after: { info: { description: 'Other words.' }, ...get({ description: 'Other words.' }) },
    expect: ['minor-update-scope'],
  },
  { name: 'only the version has changed', after: {}, expect: ['minor-update-scope'] },
  {
    name: 'only titles of schemas have changed',
    after: station({ height: { title: 'Height' } }),
    expect: ['minor-update-scope'],
  },
  {
    name: 'a property that is called description is not text',
    after: station({ description: text }),
    expect: [],
  },
  {
    name: 'a schema moves to the shared ones',
    after: {
      ...ownBody({ $ref: '#/definitions/Other' }),
      definitions: { Other: exampleDefinition.definitions.Station },
    },
    expect: [],
  },
  {
    name: 'a shared schema is written where it is used',
    after: {
      ...create({
        parameters: [{ name: 'body', in: 'body', required: true, schema: exampleDefinition.definitions.Station }],
      }),
    },
    expect: [],
  },
  {
    name: 'a parameter becomes a shared one',
    after: { ...list({ parameters: [{ $ref: '#/parameters/Region' }] }), parameters: { Region: region } },
    expect: [],
  },
  {
    name: 'a shared parameter that the operations no longer have',
    before: { ...list({ parameters: [{ $ref: '#/parameters/Region' }] }), parameters: { Region: region } },
    after: list({ parameters: [] }),
    expect: ['breaking-input-deleted ListStations'],
  },
  {
    name: 'a parameter moves to the path',
    after: {
      paths: {
        '/stations/{stationId}': { parameters: getOperation.parameters ?? [], get: { parameters: [] } },
      },
    },
    expect: [],
  },
  {
    name: 'the parts of allOf count like properties',
    before: ownBody({ allOf: [{ $ref: '#/definitions/Station' }, { type: 'object', properties: { extra: text } }] }),
    after: ownBody({
      type: 'object',
      required: ['name'],
      properties: exampleDefinition.definitions.Station.properties,
    }),
    expect: ['breaking-input-deleted CreateStation'],
    message: /"extra"/,
  },
  {
    name: 'a schema that refers to itself',
    before: station({ parent: { $ref: '#/definitions/Station' }, old: text }),
    after: station({ parent: { $ref: '#/definitions/Station' } }),
    expect: [
      'breaking-output-deleted ListStations',
      'breaking-input-deleted CreateStation',
      'breaking-output-deleted CreateStation',
      'breaking-output-deleted GetStation',
    ],
  },
  {
    name: 'an answer is no longer dynamic',
    before: hookContent({ text: { type: 'object', 'x-ms-dynamic-schema': { operationId: 'ListRegions' } } }),
    after: hookContent({ text: { type: 'object' } }),
    expect: ['breaking-output-deleted OnWarning'],
    message: /ListRegions/,
  },
  {
    name: 'an answer becomes dynamic and keeps what it had',
    before: hookContent({ text: { type: 'object', properties: { a: text } } }),
    after: hookContent({
      text: { type: 'object', properties: { a: text }, 'x-ms-dynamic-schema': { operationId: 'ListRegions' } },
    }),
    expect: [],
  },
  {
    name: 'operations that do not change under their new neighbours',
    after: {
      paths: { '/more': { get: { ...listOperation, operationId: 'More' }, delete: { ...hook, operationId: 'End' } } },
    },
    expect: [],
  },
];

/** The same definition, its keys and lists in the opposite order. */
export function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
