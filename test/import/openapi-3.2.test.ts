import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { codesOf, convert, firstOperation, openApi } from './convert.ts';
import { faultsOf } from './faults.ts';

const done: JsonObject = { responses: { '204': { description: 'Done.' } } };
const bed: JsonObject = { type: 'object', properties: { size: { type: 'number' } } };
const described = (paths: JsonObject, parts: JsonObject = {}): JsonObject =>
  openApi(paths, { openapi: '3.2.0', ...parts });
const answering = (response: JsonObject): JsonObject =>
  described({ '/beds': { get: { responses: { '200': response } } } });
const asking = (parameter: JsonObject): JsonObject =>
  described({ '/beds': { get: { ...done, parameters: [parameter] } } });

/** What 3.2 has added, and the code of the entry that says what became of it; undefined where nothing is lost. */
const rows: readonly (readonly [what: string, document: JsonObject, code: string | undefined])[] = [
  ['operations of QUERY', described({ '/beds': { get: done, query: done } }), 'method-unsupported'],
  [
    'operations of other methods',
    described({ '/beds': { get: done, additionalOperations: { COPY: done } } }),
    'method-unsupported',
  ],
  [
    'a whole query string',
    asking({ name: 'q', in: 'querystring', content: { 'application/json': { schema: bed } } }),
    'param-place',
  ],
  [
    'cookies as they are',
    asking({ name: 'sid', in: 'cookie', style: 'cookie', schema: { type: 'string' } }),
    'param-cookie',
  ],
  ['answers with a summary alone', answering({ summary: 'A bed' }), undefined],
  [
    'streams of lines',
    answering({ description: 'Beds.', content: { 'application/jsonl': { itemSchema: bed } } }),
    'response-stream',
  ],
  [
    'streams of events',
    answering({ description: 'Beds.', content: { 'text/event-stream': { itemSchema: bed } } }),
    'response-stream',
  ],
  [
    'a name of its own',
    described({ '/beds': { get: done } }, { $self: 'https://beds.contoso.com/api.json' }),
    undefined,
  ],
  [
    'servers with names',
    described({ '/beds': { get: done } }, { servers: [{ url: 'https://beds.contoso.com', name: 'Main' }] }),
    undefined,
  ],
  [
    'tags below tags',
    described(
      { '/beds': { get: { ...done, tags: ['Beds'] } } },
      { tags: [{ name: 'Beds', parent: 'Garden', kind: 'nav' }, { name: 'Garden' }] },
    ),
    undefined,
  ],
  [
    'media types by reference',
    described(
      {
        '/beds': {
          get: {
            responses: {
              '200': { description: 'x', content: { 'application/json': { $ref: '#/components/mediaTypes/Bed' } } },
            },
          },
        },
      },
      { components: { mediaTypes: { Bed: { schema: bed } } } },
    ),
    undefined,
  ],
];

/** What every description of 3.2 that is as incomplete as these has in its report. */
const usual = /^(?:info-|version-3\.2$|derived-text$)/;

describe('import: what OpenAPI 3.2 has added', () => {
  for (const [what, document, code] of rows) {
    it(`${what}: ${code ?? 'nothing is lost'}`, async () => {
      expect(await faultsOf(JSON.stringify(document))).to.deep.equal([]);
      const codes = codesOf(await convert(document)).filter((entry) => !usual.test(entry));
      expect(codes).to.deep.equal(code === undefined ? [] : [code]);
    });
  }

  it('the summary of an answer, where it has no description', async () => {
    const operation = firstOperation(await convert(answering({ summary: 'A bed' })));
    expect(operation.responses).to.have.nested.property('200.description', 'A bed.');
  });
});
