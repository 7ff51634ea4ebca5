/** Definitions and descriptions that grow in one dimension only: what doesn't grow linearly with it shows. */

const text = { type: 'string', 'x-ms-summary': 'Text', description: 'A text.' };
const answer = (schema) => ({ 200: { description: 'What was found.', ...(schema && { schema }) } });
const operation = (id, extra = {}) => ({
  operationId: `Get${id}`,
  summary: `Get ${id}`,
  description: `Gets the record ${id}.`,
  responses: answer(),
  ...extra,
});
const parameter = (name, extra = {}) => ({
  name,
  in: 'query',
  type: 'string',
  'x-ms-summary': 'Word',
  description: `Word ${name}.`,
  ...extra,
});
const swagger = (parts) => ({
  swagger: '2.0',
  info: { title: 'Contoso Records', description: 'Reads records of many kinds.', version: '1.0' },
  host: 'api.contoso.com',
  basePath: '/v1',
  schemes: ['https'],
  paths: {},
  ...parts,
});
/** @param {number} count @param {(index: number) => [string, unknown]} entry */
const many = (count, entry) => Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));
const list = (count, entry) => Array.from({ length: count }, (_, index) => entry(index));
const reference = (index) => ({ $ref: `#/definitions/Record${index}` });
const gets = (count, extra) => many(count, (index) => [`/records${index}`, { get: operation(index, extra?.(index)) }]);
const usingFirst = (definitions) =>
  swagger({ paths: { '/records': { get: operation(0, { responses: answer(reference(0)) }) } }, definitions });
const properties = (count) => many(count, (index) => [`property${index}`, text]);

/** Swagger 2.0, by what there is more of. @type {Record<string, (count: number) => object>} */
export const definitions = {
  paths: (count) => swagger({ paths: gets(count) }),
  'paths that only variables tell apart': (count) =>
    swagger({ paths: many(count, (index) => [`/records/{id${index}}`, { get: operation(index) }]) }),
  'paths with a segment of their own beside a variable': (count) =>
    swagger({
      paths: many(count, (index) => [
        index % 2 ? `/records/{id}/r${index}` : `/records/r${index}/{id}`,
        { get: operation(index) },
      ]),
    }),
  'versions of one operation': (count) =>
    swagger({ paths: many(count, (index) => [`/records/v${index}`, { get: operation(`RecordV${index}`) }]) }),
  'operations of one id': (count) =>
    swagger({ paths: many(count, (index) => [`/records${index}`, { get: operation('Record') }]) }),
  'parameters of one operation': (count) =>
    swagger({
      paths: { '/records': { get: operation(0, { parameters: list(count, (index) => parameter(`word${index}`)) }) } },
    }),
  'shared parameters': (count) =>
    swagger({
      parameters: many(count, (index) => [`word${index}`, parameter(`word${index}`)]),
      paths: gets(count, (index) => ({ parameters: [{ $ref: `#/parameters/word${index}` }] })),
    }),
  'equal parameters': (count) => swagger({ paths: gets(count, () => ({ parameters: [parameter('word')] })) }),
  'parameters of one name that differ': (count) =>
    swagger({
      paths: gets(count, (index) => ({ parameters: [parameter('word', { description: `Word ${index}.` })] })),
    }),
  'parameters with values from the API': (count) =>
    swagger({
      paths: gets(count, (index) => ({
        parameters: [parameter('word', { 'x-ms-dynamic-values': { operationId: `Get${index}`, 'value-path': 'id' } })],
      })),
    }),
  'values of an enum': (count) =>
    swagger({
      paths: {
        '/records': {
          get: operation(0, { parameters: [parameter('word', { enum: list(count, (index) => `value ${index}`) })] }),
        },
      },
    }),
  responses: (count) =>
    swagger({
      paths: gets(count, () => ({
        responses: { ...answer(text), ...many(8, (index) => [400 + index, { description: 'Refused.' }]) },
      })),
    }),
  webhooks: (count) =>
    swagger({
      paths: many(count, (index) => [
        `/hooks${index}`,
        {
          'x-ms-notification-content': {
            description: 'What happened.',
            schema: { type: 'object', properties: properties(3) },
          },
          post: operation(`Hook${index}`, {
            'x-ms-trigger': 'single',
            parameters: [
              {
                name: 'body',
                in: 'body',
                required: true,
                schema: {
                  type: 'object',
                  properties: { url: { ...text, 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' } },
                },
              },
            ],
          }),
        },
      ]),
    }),
  'properties of one schema': (count) => usingFirst({ Record0: { type: 'object', properties: properties(count) } }),
  schemas: (count) =>
    usingFirst(many(count, (index) => [`Record${index}`, { type: 'object', properties: properties(4) }])),
  'a chain of references': (count) =>
    usingFirst(
      many(count, (index) => [
        `Record${index}`,
        index === count - 1 ? text : { type: 'object', properties: { next: reference(index + 1) } },
      ]),
    ),
  'schemas that refer to ten others each': (count) =>
    usingFirst(
      many(count, (index) => [
        `Record${index}`,
        { type: 'object', properties: many(10, (step) => [`next${step}`, reference((index * 7 + step * 13) % count)]) },
      ]),
    ),
  'parts of allOf': (count) =>
    usingFirst({
      ...many(count, (index) => [`Record${index + 1}`, { type: 'object', properties: properties(2) }]),
      Record0: { allOf: list(count, (index) => reference(index + 1)) },
    }),
  'a chain of allOf': (count) =>
    usingFirst(
      many(count, (index) => [
        `Record${index}`,
        { type: 'object', properties: properties(2), ...(index < count - 1 && { allOf: [reference(index + 1)] }) },
      ]),
    ),
  tags: (count) => swagger({ paths: gets(count, (index) => ({ tags: [`Group ${index}`] })) }),
  'equal summaries': (count) => swagger({ paths: gets(count, () => ({ summary: 'Get the record' })) }),
};

const openApi = (parts) => ({
  openapi: '3.0.3',
  info: { title: 'Records', version: '1.0', description: 'Keeps records of many kinds.' },
  servers: [{ url: 'https://records.contoso.com/v1' }],
  paths: {},
  ...parts,
});
const content = (schema) => ({ 200: { description: 'What was found.', content: { 'application/json': { schema } } } });
const component = (index) => ({ $ref: `#/components/schemas/Record${index}` });
const reading = (id, schema = { type: 'string' }) => ({
  operationId: `get${id}`,
  summary: `Get ${id}`,
  tags: [`Group ${id}`],
  responses: content(schema),
});

/** OpenAPI 3.0; of those with more operations than a connector may have, the first ten are imported. @type {Record<string, (count: number) => object>} */
export const descriptions = {
  paths: (count) => openApi({ paths: many(count, (index) => [`/records${index}/{id}`, { get: reading(index) }]) }),
  'properties of one schema': (count) =>
    openApi({
      paths: { '/records': { get: reading(0, component(0)) } },
      components: {
        schemas: { Record0: { type: 'object', properties: many(count, (index) => [`p${index}`, { type: 'string' }]) } },
      },
    }),
  'a chain of allOf': (count) =>
    openApi({
      paths: { '/records': { get: reading(0, component(0)) } },
      components: {
        schemas: many(count, (index) => [
          `Record${index}`,
          {
            type: 'object',
            properties: { [`p${index}`]: { type: 'string' } },
            ...(index < count - 1 && { allOf: [component(index + 1)] }),
          },
        ]),
      },
    }),
  'kinds of oneOf': (count) =>
    openApi({
      paths: { '/records': { get: reading(0, { oneOf: list(count, component) }) } },
      components: {
        schemas: many(count, (index) => [
          `Record${index}`,
          { type: 'object', properties: { [`p${index}`]: { type: 'string' } } },
        ]),
      },
    }),
  'values of an enum': (count) =>
    openApi({
      paths: { '/records': { get: reading(0, { type: 'string', enum: list(count, (index) => `value ${index}`) }) } },
    }),
};
