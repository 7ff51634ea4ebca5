import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/connector/json/value.ts';
import { answering, answerOf, convert, openApi, refusalOf, schemaErrors } from './convert.ts';

/** Schemas that all lead to each other, by unions inside of unions. */
function entangled(count: number): JsonObject {
  const refer = (index: number): JsonObject => ({ $ref: `#/components/schemas/S${index % count}` });
  const either = (...schemas: Json[]): JsonObject => ({ oneOf: schemas });
  const schemas: JsonObject = {};
  for (let index = 0; index < count; index++) {
    const properties: JsonObject = { id: { type: 'string' } };
    for (let way = 1; way <= 6; way++)
      properties[`${way % 2 === 0 ? 'shared' : `own${index % 7}`}${way}`] = either(
        refer(index * 7 + way * 13),
        refer(index * 11 + way * 29 + 3),
      );
    properties.inner = either(
      { type: 'object', properties: { a: either(refer(index + 1), refer(index * 3 + 2)), b: refer(index * 5) } },
      { type: 'object', properties: { a: either(refer(index + 4), refer(index * 3 + 5)), c: refer(index) } },
    );
    schemas[`S${index}`] =
      index % 4 === 0
        ? either(
            { type: 'object', properties },
            { type: 'object', properties: { more: { type: 'number' } } },
            refer(index + 1),
          )
        : { type: 'object', properties };
  }
  const paths = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `/things${index}`,
      {
        get: {
          responses: { '200': { description: 'x', content: { 'application/json': { schema: refer(index * 17) } } } },
        },
      },
    ]),
  );
  return openApi(paths, { components: { schemas } });
}

describe('import: entangled schemas', () => {
  for (const count of [3, 40, 400]) {
    it(`${count} of them end in time, with entries for what is cut`, async () => {
      const result = await convert(entangled(count));
      expect(result.report.entries.some(({ code }) => code === 'depth-cut' || code === 'recursion-cut')).to.equal(true);
      expect(result.report.result.operations).to.equal(20);
      expect(schemaErrors(result.definition)).to.deep.equal([]);
    });
  }

  it('follow a chain of references to its end, however long, and know a circle', async () => {
    const link = (index: number): JsonObject => ({ $ref: `#/components/schemas/L${index}` });
    const schemas: JsonObject = { L3000: { type: 'string' } };
    for (let index = 0; index < 3000; index++) schemas[`L${index}`] = link(index + 1);
    const result = await convert(answering(link(0), { components: { schemas } }));
    expect(result.report.entries.map(({ code }) => code)).not.to.include('ref-unresolved');
    expect(answerOf(result).type).to.equal('string');
    schemas.L3000 = link(7);
    const circle = await convert(answering(link(0), { components: { schemas } }));
    expect(circle.report.entries.map(({ code }) => code)).to.include('ref-unresolved');
  });

  for (const [what, next] of [
    ['arrays', (schema: JsonObject): JsonObject => ({ type: 'array', items: schema })],
    ['objects', (schema: JsonObject): JsonObject => ({ type: 'object', properties: { next: schema } })],
  ] as const) {
    it(`are refused where ${what} refer to each other without end`, async () => {
      const schemas: JsonObject = { L20000: { type: 'string' } };
      for (let index = 0; index < 20_000; index++)
        schemas[`L${index}`] = next({ $ref: `#/components/schemas/L${index + 1}` });
      const document = answering({ $ref: '#/components/schemas/L0' }, { components: { schemas } });
      expect(await refusalOf(convert(document))).to.equal('source-too-big');
    });
  }
});
