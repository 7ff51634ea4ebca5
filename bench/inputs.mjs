/** What is measured: definitions of a given size, each different, made anew in a folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A clean Swagger 2.0 definition. @param {number} bytes about so large, indented by two @param {string} title */
export function definition(bytes, title) {
  const paths = {};
  const definitions = {};
  for (let index = 0; ; index += 1) {
    paths[`/records${index}/{recordId}`] = { get: operation(index) };
    definitions[`Record${index}`] = schema(index);
    if (index % 8 === 0 && JSON.stringify({ paths, definitions }, null, 2).length >= bytes) break;
  }
  return {
    swagger: '2.0',
    info: {
      title,
      description: 'Reads records of many kinds, to measure how long tools take for them.',
      version: '1.0',
      contact: { name: 'Contoso', url: 'https://www.contoso.com', email: 'support@contoso.com' },
    },
    host: 'api.contoso.com',
    basePath: '/v1',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths,
    definitions,
    securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ api_key: [] }],
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: 'https://www.contoso.com' },
      { propertyName: 'Privacy policy', propertyValue: 'https://www.contoso.com/privacy' },
      { propertyName: 'Categories', propertyValue: 'Data' },
    ],
  };
}

/** What every text of a definition has here. */
export const text = (name, words) => ({ type: 'string', 'x-ms-summary': name, description: words });

const operation = (index) => ({
  operationId: `GetRecord${index}`,
  summary: `Get record ${index}`,
  description: `Returns one record of the kind ${index}.`,
  parameters: [
    {
      name: 'recordId',
      in: 'path',
      required: true,
      ...text('Record ID', 'Identifies the record.'),
      'x-ms-url-encoding': 'single',
    },
    { name: 'language', in: 'query', required: false, ...text('Language', 'Language of the texts.'), default: 'en' },
  ],
  responses: {
    200: { description: 'The record.', schema: { $ref: `#/definitions/Record${index}` } },
    404: { description: 'There is no such record.' },
  },
});

const schema = (index) => ({
  type: 'object',
  properties: {
    id: text('ID', 'Identifies the record.'),
    name: text('Name', `How people call a record of the kind ${index}.`),
    state: { ...text('State', 'What has happened to the record.'), enum: ['open', 'closed'] },
    parts: {
      type: 'array',
      'x-ms-summary': 'Parts',
      description: 'What it consists of.',
      items: text('Part', 'One part.'),
    },
  },
});

/**
 * @param {string} folder
 * @param {number} count
 * @param {number} bytes of each
 * @param {typeof definition} make
 * @returns {string[]} paths
 */
export function writeDefinitions(folder, count, bytes, make = definition) {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `api${index}.json`);
    writeFileSync(path, `${JSON.stringify(make(bytes, `Contoso Records ${index}`), null, 2)}\n`);
    return path;
  });
}

/** A repository of several connectors: pp-connector.json, and `connectors/*` in the layout of published connectors. */
export function writeConnectors(root, count, bytes) {
  mkdirSync(join(root, 'connectors'), { recursive: true });
  writeFileSync(join(root, 'pp-connector.json'), JSON.stringify({ connectors: ['connectors/*'] }));
  for (let index = 0; index < count; index += 1) {
    const folder = join(root, 'connectors', `records-${index}`);
    mkdirSync(folder);
    const value = JSON.stringify(definition(bytes, `Records ${index}`), null, 4);
    writeFileSync(join(folder, 'apiDefinition.swagger.json'), value);
    writeFileSync(join(folder, 'apiProperties.json'), JSON.stringify({ properties: { iconBrandColor: '#007ee5' } }));
  }
}
