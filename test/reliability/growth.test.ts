import { expect } from 'chai';
import { connectorFrom } from '../../src/connector/load.ts';
import { diffConnectors } from '../../src/diff/diff-report.ts';
import { importDescription } from '../../src/import/import-description.ts';
import { sourceFromText } from '../../src/import/read/load.ts';
import { validateConnector } from '../../src/rules/engine/validate-connector.ts';

/** Inputs of foreigners may be large: time grows with them, and not with their square. */

type Shape = (count: number) => unknown;

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const named = (count: number, make: (index: number) => [string, unknown]) => Object.fromEntries(many(count, make));

const description = (more: object) => ({
  swagger: '2.0',
  info: { title: 'Harbour Tides', version: '1.0', description: 'Tells the tides of every harbour.' },
  host: 'tides.contoso.com',
  schemes: ['https'],
  ...more,
});

const operation = (operationId: string, more: object = {}) => ({
  operationId,
  summary: 'Get tides',
  description: 'Gets the tides.',
  responses: { 200: { description: 'OK', schema: { type: 'string' } } },
  ...more,
});

const parameter = (index: number) => ({ name: 'q', in: 'query', type: 'string', description: `Harbour ${index}.` });

const shapes: Readonly<Record<string, Shape>> = {
  'parameters of one name that all differ': (count) =>
    description({
      paths: named(count, (i) => [`/p${i}`, { get: operation(`GetP${i}`, { parameters: [parameter(i)] }) }]),
    }),
  'properties of one schema': (count) =>
    description({
      paths: {
        '/a': {
          get: operation('GetA', { responses: { 200: { description: 'OK', schema: { $ref: '#/definitions/A' } } } }),
        },
      },
      definitions: { A: { type: 'object', properties: named(count, (i) => [`p${i}`, { type: 'string' }]) } },
    }),
  tags: (count) =>
    description({
      tags: many(count, (i) => ({ name: `T${i}` })),
      paths: named(count, (i) => [`/p${i}`, { get: operation(`GetP${i}`, { tags: [`T${i}`] }) }]),
    }),
  'webhooks V1 to Vn': (count) =>
    description({
      paths: named(count, (i) => [
        `/hooks${i}`,
        {
          'x-ms-notification-content': { schema: { type: 'object' } },
          post: operation(`HookV${i + 1}`, { 'x-ms-trigger': 'single' }),
        },
      ]),
    }),
};

const connectorOf = (value: unknown) =>
  connectorFrom({ layout: 'file', root: '/c', assets: '/c', files: { definition: '/c/a.json' }, others: [] }, [
    { role: 'definition', path: '/c/a.json', bytes: Buffer.from(JSON.stringify(value)) },
  ]);

/** Milliseconds of CPU of this process; other processes don't count. The better of two runs. */
async function cost(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let run = 0; run < 2; run += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1000);
  }
  return Math.min(...costs);
}

/** Four times as much may take nine times as long; with the square, it would be sixteen. */
async function expectLinear(count: number, work: (count: number) => () => unknown): Promise<void> {
  await cost(work(200));
  const [some, more] = [await cost(work(count)), await cost(work(4 * count))];
  // below that, it is the clock that is measured
  expect(more / Math.max(some, 40), `${Math.round(some)} ms, then ${Math.round(more)} ms`).to.be.lessThan(9);
}

const enumeration = (count: number, mark: string) =>
  connectorOf(
    description({
      paths: {
        '/a': {
          get: operation('GetA', {
            parameters: [
              { name: 'q', in: 'query', type: 'string', enum: many(count, (i) => (i % 2 ? `v${i}` : `v${i}${mark}`)) },
            ],
          }),
        },
      },
    }),
  );

const openApi = (count: number) =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Tides', version: '1' },
    servers: [{ url: 'https://tides.contoso.com' }],
    paths: {
      '/a': {
        get: {
          operationId: 'getA',
          responses: {
            200: { description: 'OK', content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } },
          },
        },
      },
    },
    components: { schemas: { A: { type: 'object', properties: named(count, (i) => [`p${i}`, { type: 'string' }]) } } },
  });

describe('time grows with the input', function () {
  this.timeout(240_000);

  for (const [name, shape] of Object.entries(shapes)) {
    it(`validate: ${name}`, () =>
      expectLinear(1500, (count) => {
        const connector = connectorOf(shape(count));
        return () => validateConnector(connector, 'a.json', { cwd: '/c', profile: 'verified' });
      }));
  }

  it('diff: values of an enum', () =>
    expectLinear(5000, (count) => {
      const [before, after] = [enumeration(count, ''), enumeration(count, 'x')];
      return () => diffConnectors({ name: 'before', connector: before }, after, { cwd: '/c' });
    }));

  it('import: properties of one schema', () =>
    expectLinear(1250, (count) => {
      const text = openApi(count);
      return async () => importDescription(await sourceFromText(text), {});
    }));
});
