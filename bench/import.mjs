/** What is imported: OpenAPI 3.0 of a given size. */

/**
 * An OpenAPI 3.0 description in JSON.
 *
 * @param {number} operations @param {number} bytes about so large, without indentation
 */
export function description(operations, bytes) {
  const paths = {};
  const schemas = {};
  const perOperation = bytes / operations;
  for (let index = 0; index < operations; index += 1) {
    const path = `/records${index >> 1}`;
    const [method, content] = index % 2 === 0 ? ['get', listing(index)] : ['post', creating(index)];
    paths[path] = { ...paths[path], [method]: { tags: [`Group ${index % 40}`], ...content } };
    schemas[`Record${index}`] = schema(index, perOperation - JSON.stringify(content).length);
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Records', version: '1.0', description: 'Keeps records of many kinds, to measure converters.' },
    servers: [{ url: 'https://records.contoso.com/v1' }],
    paths,
    components: { schemas },
  };
}

const answer = (index) => ({
  200: {
    description: 'What was found.',
    content: { 'application/json': { schema: { $ref: `#/components/schemas/Record${index}` } } },
  },
});

const listing = (index) => ({
  operationId: `listRecords${index}`,
  summary: `List records of kind ${index}`,
  parameters: [
    { name: 'query', in: 'query', description: 'Words to look for.', schema: { type: 'string', nullable: true } },
    { name: 'limit', in: 'query', description: 'The most to return.', schema: { type: 'integer', default: 10 } },
  ],
  responses: answer(index),
});

const creating = (index) => ({
  operationId: `createRecord${index}`,
  summary: `Create record of kind ${index}`,
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/Record${index}` } } },
  },
  responses: answer(index),
});

/** Properties until the size is reached; one refers to a record nearby, some are of several types. */
function schema(index, bytes) {
  const properties = { id: { type: 'string', description: 'Identifies the record.' } };
  let size = 60;
  for (let number = 0; size < bytes; number += 1) {
    const property =
      number === 3
        ? { $ref: `#/components/schemas/Record${index - (index % 4)}` }
        : number % 5 === 4
          ? { oneOf: [{ type: 'integer' }, { type: 'number' }], description: `Amount ${number} of the record.` }
          : {
              type: 'string',
              nullable: true,
              description: `Text ${number} of record ${index}, as its author wrote it.`,
            };
    properties[`property_${number}`] = property;
    size += JSON.stringify(property).length + 16;
  }
  return { type: 'object', required: ['id'], properties };
}
