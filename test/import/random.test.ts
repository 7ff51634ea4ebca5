import { expect } from 'chai';
import fc from 'fast-check';
import { asArray, asObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { isRefusal } from '../../src/import/refusal.ts';
import { formatDefinition } from '../../src/import/serialise.ts';
import { convert, convertText, schemaErrors } from './convert.ts';

const names = fc.constantFrom(
  'id',
  'name',
  'items',
  '$ref',
  'type',
  'required',
  'x_y',
  'größe',
  'constructor',
  'a b',
  'é/~',
);
const components = fc.constantFrom('A', 'B', 'C', 'Missing');
const texts = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    'Get it.',
    '**bold** [x](y)',
    '<b>x</b> &lt;i&gt;',
    '{{a}}',
    '* one\n* two',
    '\\*x\\*',
    '# Title\n\ntext',
    '`a` _b_ __c__ > d',
  ),
);

/** Schemas of every kind, wrong ones among them. */
const schemas = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record(
      {
        type: fc.constantFrom<Json[]>(
          'string',
          'integer',
          'number',
          'boolean',
          'null',
          ['string', 'null'],
          ['integer', 'object'],
          'nonsense',
        ),
        format: fc.constantFrom('date', 'int32', 'binary', 'odd'),
        description: texts,
        default: fc.constantFrom<Json[]>(null, 1, '1', 'a', true),
        nullable: fc.boolean(),
        minimum: fc.constantFrom<Json[]>(1, 9e20, 'x'),
        pattern: fc.constantFrom('^a', '('),
        readOnly: fc.boolean(),
        title: texts,
      },
      { requiredKeys: ['type'] },
    ) as fc.Arbitrary<Json>,
    fc.record({
      enum: fc.array(fc.constantFrom<Json[]>('a', 'b', 1, null, true, { a: 1 }), { maxLength: 4 }),
    }) as fc.Arbitrary<Json>,
    fc.record({ const: fc.constantFrom<Json[]>('a', 1, false, null) }) as fc.Arbitrary<Json>,
    components.map((name): Json => ({ $ref: `#/components/schemas/${name}` })),
    fc.record({ type: fc.constant('array'), items: tie('schema') }) as fc.Arbitrary<Json>,
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 4 }),
        required: fc.array(names, { maxLength: 3 }),
        additionalProperties: fc.oneof(tie('schema'), fc.boolean()),
        description: texts,
      },
      { requiredKeys: ['properties'] },
    ) as fc.Arbitrary<Json>,
    fc.record(
      {
        oneOf: fc.array(tie('schema'), { maxLength: 3 }),
        anyOf: fc.array(tie('schema'), { maxLength: 3 }),
        allOf: fc.array(tie('schema'), { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Json>,
    fc.constantFrom<Json[]>(true, false, null, 7, {}),
  ),
}));

const parameters = fc.record(
  {
    name: names,
    in: fc.constantFrom('query', 'path', 'header', 'cookie', 'nowhere'),
    required: fc.boolean(),
    style: fc.constantFrom('form', 'simple', 'deepObject', 'pipeDelimited', 'label'),
    explode: fc.boolean(),
    description: texts,
    schema: schemas.schema,
    deprecated: fc.boolean(),
  },
  { requiredKeys: ['name', 'in'] },
);
const media = fc.dictionary(
  fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/plain',
    'application/xml',
    'application/octet-stream',
    'application/vnd.x+json',
    '*/*',
    'text/event-stream',
  ),
  fc.record({ schema: schemas.schema }, { requiredKeys: [] }),
  { maxKeys: 2 },
);
const operations = fc.record(
  {
    operationId: fc.oneof(texts, names),
    summary: texts,
    description: texts,
    tags: fc.array(fc.constantFrom('One', 'Two'), { maxLength: 2 }),
    parameters: fc.array(parameters, { maxLength: 4 }),
    requestBody: fc.record({ content: media, required: fc.boolean() }),
    responses: fc.dictionary(
      fc.constantFrom('200', '201', '2XX', '404', 'default', 'odd'),
      fc.record({ description: texts, content: media }, { requiredKeys: ['description'] }),
      { maxKeys: 3 },
    ),
  },
  { requiredKeys: ['responses'] },
);
const pathItems = fc.dictionary(fc.constantFrom('get', 'post', 'put', 'delete', 'patch', 'trace', 'head'), operations, {
  minKeys: 1,
  maxKeys: 2,
});
const documents = fc.record({
  paths: fc.dictionary(
    fc.constantFrom('/a', '/A', '/a/{id}', '/a/{name}', 'b', '/c?x=1', '/c#y', '/d/{a}.{b}', '/e/{x', '/f/{+p}', ''),
    pathItems,
    { minKeys: 1, maxKeys: 3 },
  ),
  schemas: fc.dictionary(fc.constantFrom('A', 'B', 'C'), schemas.schema, { maxKeys: 3 }),
  version: fc.constantFrom('3.0.3', '3.1.0', '3.2.0'),
});

function documentOf({
  paths,
  schemas: components,
  version,
}: {
  paths: object;
  schemas: object;
  version: string;
}): JsonObject {
  return {
    openapi: version,
    info: { title: 'Random API', version: '1' },
    servers: [{ url: 'https://api.example.com/v1' }],
    paths: paths as JsonObject,
    components: { schemas: components as JsonObject },
  };
}

describe('import: random documents', function () {
  this.timeout(120_000);

  it('become valid Swagger 2.0 that a second conversion leaves alone, or are refused properly', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (parts) => {
        const document = documentOf(parts);
        try {
          const result = await convert(document);
          expect(schemaErrors(result.definition)).to.deep.equal([]);
          const text = formatDefinition(result.definition, result.indent);
          const again = await convertText(text);
          expect(formatDefinition(again.definition, again.indent)).to.equal(text);
        } catch (error) {
          if (!isRefusal(error)) throw error;
        }
      }),
      { numRuns: 150, seed: 42 },
    );
  });

  it("keep every operation that they don't report", async () => {
    await fc.assert(
      fc.asyncProperty(documents, async (parts) => {
        const document = documentOf(parts);
        const result = await convert(document).catch((error: unknown) => {
          if (!isRefusal(error)) throw error;
        });
        if (result === undefined) return;
        const total = Object.values(asObject(document.paths)).reduce<number>(
          (sum, item) => sum + Object.keys(asObject(item)).length,
          0,
        );
        const dropped = result.report.entries.filter(
          ({ severity, pointer }) => severity === 'dropped' && /^\/paths\/[^/]*\/[a-z]+$/.test(pointer),
        );
        expect(result.report.result.operations + dropped.length).to.equal(total);
        for (const item of Object.values(asObject(result.definition.paths)))
          for (const operation of Object.values(asObject(item)))
            expect(asArray(asObject(operation).parameters)).to.satisfy(
              (list: Json[]) =>
                new Set(list.map((entry) => `${String(asObject(entry).in)} ${String(asObject(entry).name)}`)).size ===
                list.length,
            );
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
