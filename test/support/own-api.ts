import { join } from 'node:path';
import { temporaryFolder, writeTree } from './folders.ts';

const texts = {
  ListStations: ['List stations', 'Returns the stations that measure the weather today.'],
  GetStation: ['Get station', 'Returns what one station of the network looks like.'],
} as const;

const station = {
  type: 'object',
  properties: {
    id: { type: 'string', title: 'Station ID', description: 'Identifies the station.' },
    name: { type: 'string', title: 'Name', description: 'How people call the station.' },
  },
};

const operation = (id: keyof typeof texts, schema: object, parameters: object[] = []) => ({
  operationId: id,
  summary: texts[id][0],
  description: texts[id][1],
  parameters,
  responses: { '200': { description: 'Done.', content: { 'application/json': { schema } } } },
});

/**
 * A small API with every text that certification wants, so that `new --api` makes a connector that is nobody's sample.
 *
 * @returns the path of its description
 */
export function ownApi(): string {
  const id = { name: 'stationId', in: 'path', required: true, schema: { type: 'string' }, description: 'Its number.' };
  const list = { type: 'object', properties: { stations: { type: 'array', description: 'All.', items: station } } };
  const description = {
    openapi: '3.0.3',
    info: { title: 'Contoso Weather', version: '1.0', description: 'Reads what the weather stations measure.' },
    servers: [{ url: 'https://weather.contoso.com' }],
    paths: {
      '/stations': { get: operation('ListStations', list) },
      '/stations/{stationId}': { get: operation('GetStation', station, [id]) },
    },
  };
  const folder = writeTree(temporaryFolder(), { 'api.json': JSON.stringify(description) });
  return join(folder, 'api.json');
}
