import { expect } from 'chai';
import fc from 'fast-check';
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

  it('that mean any JSON value, or come back to themselves by lists, maps and unions, end in time', async () => {
    const refer = fc.constantFrom<JsonObject>({ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' });
    const { part } = fc.letrec<{ part: JsonObject }>((tie) => ({
      part: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<JsonObject>({ type: 'string' }, { type: 'null' }, { type: 'object' }, { type: 'array' }, {}),
        refer,
        tie('part').map((items): JsonObject => ({ type: 'array', items })),
        tie('part').map((additionalProperties): JsonObject => ({ type: 'object', additionalProperties })),
        tie('part').map((inner): JsonObject => ({ type: 'object', properties: { inner } })),
        fc
          .tuple(fc.constantFrom('oneOf', 'anyOf', 'allOf'), fc.array(tie('part'), { minLength: 1, maxLength: 4 }))
          .map(([union, parts]): JsonObject => ({ [union]: parts })),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(part, part, async (a, b) => {
        const value = { oneOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#/components/schemas/A' } }, a] };
        const document = answering(
          { type: 'object', properties: { value: { $ref: '#/components/schemas/A' } } },
          { components: { schemas: { A: value, B: b } } },
        );
        expect(schemaErrors((await convert(document)).definition)).to.deep.equal([]);
      }),
      { numRuns: 150, seed: 12 },
    );
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
