import { expect } from 'chai';
import { textSites } from '../../src/connector/derived-texts.ts';
import type { Json, JsonObject } from '../../src/connector/json/value.ts';
import { describeChanges } from '../../src/import/changes-summary.ts';
import type { ImportOptions } from '../../src/import/options.ts';
import { describeReport } from '../../src/import/summary.ts';
import { convert, openApi } from './convert.ts';
import { descriptions } from './descriptions.ts';

const cookie = { name: 'session', in: 'cookie', schema: { type: 'string' } };
const ids = { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'string' } } };
const get = (operationId: string, parameters: Json[], parts: JsonObject = {}) => ({
  get: { operationId, parameters, responses: { '200': { description: 'All.' } }, ...parts },
});

async function summaryOf(document: JsonObject, verbose = false, profile = 'custom'): Promise<string> {
  return describeReport(await convert(document), { profile, verbose });
}

describe('import: the report for people', () => {
  it('speaks of operations, the worst first, in words', async () => {
    const text = await summaryOf(
      openApi({ '/a': get('listA', [ids]), '/b': get('listB', [cookie, ids]), '/c': get('listC', []) }),
    );
    expect(text.split('operation by operation:\n')[1]?.split('to do:')[0]).to.equal(
      [
        '  List b (GET /b)',
        '    dropped  Cookie session cannot be sent.',
        '    lossy    lists that take one value',
        '  List a (GET /a)',
        '    lossy    lists that take one value',
        '',
      ].join('\n'),
    );
  });

  it('tells apart what is left out, also beside an operation of the same path', async () => {
    const gone = { delete: { deprecated: true, responses: { '204': { description: 'Gone.' } } } };
    const text = await summaryOf(openApi({ '/a': { ...get('listA', []), ...gone } }));
    expect(text).to.match(/left out:\n {2}DELETE \/a: deprecated/);
    expect(text).not.to.include('operation by operation');
  });

  it('says how to keep one operation that is left out, and all others', async () => {
    const document = openApi({ '/a': get('listA', []), '/b': get('listB', []), '/health': get('check', []) });
    const kept = async (options: ImportOptions): Promise<string[]> =>
      (await convert(document, options)).operations.map(({ label }) => label);
    const hinted = async (options: ImportOptions): Promise<ImportOptions> => {
      const { entries } = (await convert(document, options)).report;
      const message = entries.find(({ code }) => code === 'excluded-by-default')?.message ?? '';
      const flags = [...message.matchAll(/--(paths|operations) "([^"]+)"/g)];
      return { ...options, ...Object.fromEntries(flags.map(([, name, list = '']) => [name, list.split(',')])) };
    };
    expect(await kept(await hinted({}))).to.deep.equal(['GET /a', 'GET /b', 'GET /health']);
    const some = { paths: ['/health'], operations: ['listA'] };
    expect(await kept(await hinted(some))).to.deep.equal(['GET /a', 'GET /health']);
  });

  it('counts one thing as one', async () => {
    const text = await summaryOf(openApi({ '/a': get('listA', [ids]) }));
    expect(text).to.match(/: 1 operation, 0 definitions, /);
    expect(text).not.to.match(/\b1 (?:notes|operations|definitions)\b/);
  });

  it('fits on a screen, however large the API is', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`/a${index}`, get(`listThing${index}`, [ids, cookie])]),
    );
    const text = await summaryOf(openApi(paths));
    expect(text.split('\n').length).to.be.below(45);
    expect(text).to.include('and 90 more operations or schemas: --verbose shows all');
    expect((await summaryOf(openApi(paths), true)).split('\n').length).to.be.above(400);
  });

  it('has no pointer unless asked', async () => {
    for (const document of Object.values(descriptions)) expect(await summaryOf(document)).not.to.match(/~1|\/item\//);
    expect(await summaryOf(descriptions.parcels ?? {}, true)).to.include('/paths/~1parcels/get/parameters/4');
  });

  it('says how many texts nobody has written, and what certification wants', async () => {
    const text = await summaryOf(openApi({ '/a': get('listA', [ids]) }), false, 'verified');
    expect(text).to.match(/\d+ texts? (?:is|are) made of names: pp-connector texts lists them/);
    expect(text).to.include('contact');
    const result = await convert(openApi({ '/a': get('listA', [ids]) }));
    const made = textSites(result.definition).filter(({ kind, text: site }) => result.derived[kind].has(site));
    expect(text).to.include(`${made.length} texts are made`);
    const alone = describeReport(result, { profile: 'custom', inRepository: false });
    expect(alone).to.match(/texts are made of names: .*import into a repository/);
  });
});

describe('import: the changes of a refresh', () => {
  const definition = { paths: { '/a': { get: { summary: 'List A' }, post: { summary: 'Create A' } } } };

  it('are counted by operation, removals first', () => {
    const lines = describeChanges(
      [
        { kind: 'added', pointer: '/paths/~1a/get/responses/200/schema/properties/size' },
        { kind: 'updated', pointer: '/paths/~1a/get/description' },
        { kind: 'updated', pointer: '/paths/~1a/get/parameters/0/x-ms-summary' },
        { kind: 'removed', pointer: '/paths/~1a/post/parameters/1' },
        { kind: 'removed', pointer: '/paths/~1b/get' },
        { kind: 'updated', pointer: '/definitions/Order/properties/id' },
        { kind: 'kept', pointer: '/info/title' },
      ],
      definition,
      { paths: { '/b': { get: { summary: 'List B' } } } },
    );
    expect(lines).to.deep.equal([
      'Create A: 1 removed input',
      'List B: 1 removed operation',
      'List A: 1 new output, 2 changed texts',
      'Schema Order: 1 changed output',
      'The connector: 1 kept text',
    ]);
  });
});
