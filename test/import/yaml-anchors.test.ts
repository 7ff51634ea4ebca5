import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { readYaml } from '../../src/import/read/yaml.ts';
import { isRefusal } from '../../src/import/refusal.ts';
import { answerOf, bare, convertText, refusalOf } from './convert.ts';
import { faultsOf } from './faults.ts';

/** A description whose schemas share their parts by anchors and merge keys. */
const shared = `openapi: 3.1.0
info: {title: Beds, version: '1'}
servers: [{url: https://beds.contoso.com}]
x-parts:
  id: &id {type: string, maxLength: 10}
  stamped: &stamped
    created_at: {type: string, format: date-time}
    size: {type: string}
paths:
  /beds:
    get: &read
      operationId: listBeds
      responses: &answers
        '200':
          description: All.
          content:
            application/json:
              schema:
                type: object
                properties:
                  <<: *stamped
                  id: *id
                  size: {type: integer}
  /plants:
    get:
      <<: *read
      operationId: listPlants
    post:
      responses: *answers
`;

/** Levels of lists, each of which holds the one below several times. */
const bomb = (levels: number, uses: number): string =>
  [
    'x0: &x0 [a, b]',
    ...Array.from({ length: levels }, (_, at) => `x${at + 1}: &x${at + 1} [${`*x${at}, `.repeat(uses)}]`),
  ].join('\n');

describe('import: YAML with anchors, aliases and merge keys', () => {
  it('is what it means, and a second import changes nothing', async () => {
    expect(await faultsOf(shared)).to.deep.equal([]);
    const result = await convertText(shared);
    expect(bare(answerOf(result))).to.deep.equal({
      type: 'object',
      properties: {
        // what is written wins over what is merged
        size: { type: 'integer' },
        id: { type: 'string', maxLength: 10 },
        created_at: { type: 'string', format: 'date-time' },
      },
    });
    expect(result.operations.map(({ label }) => label)).to.deep.equal(['GET /beds', 'GET /plants', 'POST /plants']);
  });

  it('reads any tree of them as another reader does', () => {
    const names = ['a', 'b', 'c'];
    const leaf = fc.constantFrom('1', 'text', '~', '[1, *a]', '{k: *b, a: 3}', '*c');
    const entries = fc.uniqueArray(fc.tuple(fc.constantFrom('k', 'l', 'm'), leaf), { selector: ([key]) => key });
    const merges = fc.constantFrom('', '<<: *a', '<<: [*a, *b]', '<<: [*c, *a]');
    const blocks = fc.array(fc.tuple(merges, entries), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(blocks, (list) => {
        const head = names.map((name, at) => `${name}: &${name} {k: ${at}, ${name}: x}`);
        const body = list.flatMap(([merge, pairs], at) => [
          `block${at}:`,
          '  first: 0',
          ...(merge === '' ? [] : [`  ${merge}`]),
          ...pairs.map(([key, value]) => `  ${key}: ${value}`),
        ]);
        const text = [...head, ...body].join('\n');
        expect(readYaml(text, 'test').value).to.deep.equal(parse(text, { merge: true }));
      }),
      { numRuns: 80, seed: 12 },
    );
  });

  it('ends in time, however often aliases hold aliases', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 12 }), (levels, uses) => {
        const nodes = uses ** levels;
        try {
          readYaml(bomb(levels, uses), 'test');
          expect(nodes).to.be.lessThan(5_000_000);
        } catch (error) {
          if (!isRefusal(error)) throw error;
          expect(error.code).to.equal('source-too-big');
          expect(nodes).to.be.greaterThan(50_000);
        }
      }),
      { numRuns: 12, seed: 12 },
    );
  });

  for (const [what, text] of [
    ['no anchor', 'a: *nowhere'],
    ['an anchor that contains itself', 'a: &a {b: *a}'],
    ['an anchor below', 'a: *b\nb: &b 1'],
  ]) {
    it(`refuses an alias of ${what}`, async () => {
      expect(await refusalOf(convertText(`openapi: 3.1.0\n${text}\n`))).to.equal('yaml-syntax');
    });
  }
});
