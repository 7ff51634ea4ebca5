import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConnectionStore } from '../../src/connect/connection-store.ts';
import { destinationsOf } from '../../src/connect/destinations.ts';
import type { Known, PageState, TryAnswer, TryRequest } from '../../src/preview/page-state.ts';
import type { RunningPreview } from '../../src/preview/run-preview.ts';
import type { TryOptions } from '../../src/preview/try-it.ts';
import type { FormField, FormOutput } from '../../src/runtime/form/form-model.ts';
import { cli } from '../support/cli.ts';
import { dotnetForTests, lendDotnet } from '../support/dotnet.ts';
import { temporaryFolder } from '../support/folders.ts';
import { previewInProcess, tryOptions } from './in-process.ts';
import { servePreview } from './page.ts';
import { processesLeft } from './processes.ts';

const secret = 'pl4nt3d-key';

const table = { name: 'table', in: 'query', required: true, type: 'string', 'x-ms-summary': 'Table' };
const rowSchema = {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', 'x-ms-summary': 'Title' },
    owner: { type: 'object', 'x-ms-summary': 'Owner', properties: { age: { type: 'integer', title: 'Age' } } },
  },
};

const dynamicRow = {
  type: 'object',
  'x-ms-dynamic-properties': {
    operationId: 'GetTable',
    itemValuePath: 'schema',
    parameters: { table: { parameterReference: 'table' } },
  },
};

const definition = () => ({
  swagger: '2.0',
  info: { title: 'Tables', description: 'Rows of tables.', version: '1.0' },
  host: 'api.contoso.com',
  schemes: ['https'],
  consumes: ['application/json'],
  paths: {
    '/rows': {
      post: {
        operationId: 'AddRow',
        summary: 'Add a row',
        parameters: [
          { ...table, 'x-ms-dynamic-values': { operationId: 'ListTables', 'value-path': 'id', 'value-title': 'name' } },
          {
            name: 'body',
            in: 'body',
            required: true,
            schema: {
              type: 'object',
              required: ['row'],
              properties: {
                row: dynamicRow,
                kind: { type: 'string' },
                group: {
                  type: 'string',
                  'x-ms-dynamic-values': {
                    operationId: 'ListGroups',
                    'value-path': 'id',
                    'value-title': 'id',
                    parameters: { kind: { parameter: 'kind' } },
                  },
                },
              },
            },
          },
        ],
        responses: {
          200: {
            description: 'OK',
            schema: { type: 'object', properties: { rows: { type: 'array', items: dynamicRow } } },
          },
        },
      },
    },
    '/files': {
      post: {
        operationId: 'AddFile',
        consumes: ['multipart/form-data'],
        parameters: [{ name: 'scan', in: 'formData', type: 'file', required: true }],
        responses: { 200: { description: 'OK' } },
      },
    },
    '/tables': {
      get: {
        operationId: 'ListTables',
        responses: {
          200: { description: 'OK', examples: { 'application/json': [{ id: 't-0', name: 'Of the example' }] } },
        },
      },
    },
    '/table': {
      get: {
        operationId: 'GetTable',
        parameters: [table],
        responses: {
          200: {
            description: 'OK',
            examples: { 'application/json': { schema: { properties: { sample: { type: 'integer', default: 7 } } } } },
          },
        },
      },
    },
    '/groups': {
      get: {
        operationId: 'ListGroups',
        parameters: [{ name: 'kind', in: 'query', required: true, type: 'string' }],
        responses: { 200: { description: 'OK' } },
      },
    },
  },
  securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  security: [{ key: [] }],
});
const key = { type: 'securestring', uiDefinition: { constraints: { required: 'true' } } };
const properties = { properties: { connectionParameters: { api_key: key } } };

const answers: Readonly<Record<string, (query: URLSearchParams) => unknown>> = {
  '/tables': () => [{ id: 't-1', name: 'Orders' }],
  '/table': (query) => ({ schema: query.get('table') === 't-1' ? rowSchema : 'none' }),
  '/groups': (query) => [{ id: `group of ${query.get('kind')}` }],
};

const addRow = '/paths/~1rows/post';

describe('the page of preview tries', function () {
  this.timeout(120_000);
  let api: Server;
  let sendTo: URL;
  let folder: string;
  let served: RunningPreview | undefined;
  let received: { url: string; key: string }[];
  before(async () => {
    api = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://127.0.0.1');
      received.push({ url: request.url ?? '', key: String(request.headers['x-key'] ?? '') });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[url.pathname]?.(url.searchParams) ?? {}));
    });
    await new Promise<void>((resolve) => {
      api.listen(0, '127.0.0.1', resolve);
    });
    sendTo = new URL(`http://127.0.0.1:${(api.address() as AddressInfo).port}`);
  });
  after(() => api.close());
  beforeEach(() => {
    received = [];
    folder = temporaryFolder('tables');
    writeFileSync(join(folder, 'apiDefinition.swagger.json'), JSON.stringify(definition()));
    writeFileSync(join(folder, 'apiProperties.json'), JSON.stringify(properties));
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
  });

  const serve = async (more: Partial<TryOptions> = {}): Promise<void> => {
    served = await previewInProcess(folder, { tryIt: { ...tryOptions, sendTo, ...more } });
  };
  const withKey = () => serve({ connectionFile: { name: 'c.json', values: { api_key: secret } } });
  const post = async (path: string, body: object, url = served?.url): Promise<Record<string, unknown>> =>
    (await (
      await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as Record<string, unknown>;
  const run = (more: Partial<TryRequest>, url?: string): Promise<TryAnswer> =>
    post(
      'try',
      { operation: addRow, mode: 'dry', texts: {}, files: {}, ...more },
      url,
    ) as Promise<unknown> as Promise<TryAnswer>;

  it('drop-downs and fields by the examples of the definition, where the connection has no values', async () => {
    await serve();
    const state = (await (await fetch(`${served?.url}state`)).json()) as PageState;
    expect(state.samples[addRow]).to.deep.equal({ table: [{ value: 't-0', label: 'Of the example' }] });
    const sampled = state.sampleFields[addRow]?.['body/row'];
    expect(sampled?.parts.map(({ key }) => key)).to.deep.equal(['sample']);
    expect(sampled?.examples).to.deep.equal({ sample: '7' });
    const outputs = state.sampleOutputs[addRow]?.['body/rows'];
    expect(outputs?.from).to.equal('examples');
    expect(outputs?.parts.map(({ key }) => key)).to.deep.equal(['body/rows/sample']);
    expect(outputs?.examples).to.deep.equal({ 'body/rows/sample': '7' });
    const request = { operation: addRow, texts: { table: 't-1' } };
    expect(await post('choices', { ...request, key: 'table' })).to.deep.equal({ told: null });
    expect(await post('fields', { ...request, key: 'body/row' })).to.deep.equal({ told: null });
    expect(await post('outputs', { ...request, key: 'body/rows' })).to.deep.equal({ told: null });
    expect(received).to.deep.equal([]);
  });

  it('drop-downs and fields that the API tells, by what is typed', async () => {
    await withKey();
    expect(await post('choices', { operation: addRow, key: 'table', texts: {} })).to.deep.equal({
      told: [{ value: 't-1', label: 'Orders' }],
    });
    const texts = { table: 't-1', 'body/kind': 'open' };
    const fields = (await post('fields', { operation: addRow, key: 'body/row', texts })).told as Known<FormField>;
    expect(fields.parts.map(({ key, label, required }) => [key, label, required])).to.deep.equal([
      ['title', 'Title', true],
      ['owner/age', 'Owner Age', false],
    ]);
    expect(fields.examples).to.deep.equal({ 'owner/age': '1' });
    // a property of the body that is called by its own name
    const { told } = await post('choices', { operation: addRow, key: 'body/group', texts });
    expect(told).to.deep.equal([{ value: 'group of open', label: 'group of open' }]);
    expect(received.map(({ url, key }) => [url, key])).to.deep.equal([
      ['/tables', secret],
      ['/table?table=t-1', secret],
      ['/groups?kind=open', secret],
    ]);
  });

  it('outputs that the API tells, and those of an answer in a test, before the example of the definition', async () => {
    await withKey();
    const { told } = await post('outputs', { operation: addRow, key: 'body/rows', texts: { table: 't-1' } });
    const { from, parts } = told as Known<FormOutput>;
    expect([from, ...parts.map(({ key, label }) => `${key} ${label}`)]).to.deep.equal([
      'api',
      'body/rows/title Title',
      'body/rows/owner/age Owner Age',
    ]);
    mkdirSync(join(folder, 'tests'));
    const body = { schema: { properties: { recorded: { type: 'string', enum: ['yes'] } } } };
    const test = { operation: 'GetTable', cases: [{ name: 'one', api: { status: 200, body } }] };
    // JSON is YAML
    writeFileSync(join(folder, 'tests', 'GetTable.test.yaml'), JSON.stringify(test));
    const file = join(folder, 'preview.html');
    cli(['preview', folder, '--static', file]);
    const embedded = /<script type="application\/json" id="state">(.*?)<\/script>/s.exec(
      readFileSync(file, 'utf8'),
    )?.[1];
    const state = JSON.parse(embedded ?? '') as PageState;
    const sampled = state.sampleOutputs[addRow]?.['body/rows'];
    expect(sampled?.from).to.equal('tests');
    expect(sampled?.examples).to.deep.equal({ 'body/rows/recorded': 'yes' });
  });

  it('what the API does not tell is said, and what is missing for it', async () => {
    await withKey();
    for (const [action, key] of [
      ['fields', 'body/row'],
      ['choices', 'body/group'],
    ] as const) {
      const { error } = await post(action, { operation: addRow, key, texts: { table: 't-2' } });
      expect(error).to.include(key).and.to.include('depends on');
    }
  });

  it('an operation with the connection that connect has stored, and never shows its values', async () => {
    ConnectionStore.of(folder).save({
      name: 'default',
      connector: 'Tables',
      folder,
      set: undefined,
      saved: '2026-11-28T12:00:00.000Z',
      chosen: 1,
      destinations: destinationsOf(definition() as never, properties.properties as never, undefined),
      contents: { values: { api_key: secret } },
    });
    await serve();
    const { told } = await post('choices', { operation: addRow, key: 'table', texts: {} });
    expect(told).to.deep.equal([{ value: 't-1', label: 'Orders' }]);
    const texts = { table: 't-1', 'body/row': '{"title":"x"}' };
    expect((await run({ mode: 'send', texts })).outcome).to.equal('confirm');
    const answer = await run({ mode: 'send', texts, confirmed: true });
    expect(answer.outcome).to.equal('ran');
    expect(received.map(({ url, key }) => [url, key])).to.deep.equal([
      ['/tables', secret],
      ['/rows?table=t-1', secret],
    ]);
    expect(JSON.stringify([answer, await (await fetch(`${served?.url}state`)).json()])).not.to.include(secret);
  });

  it('a file under the name that is typed', async () => {
    await serve();
    const files = { scan: { name: 'renamed.pdf', base64: Buffer.from('%PDF').toString('base64') } };
    const answer = await run({ operation: '/paths/~1files/post', files });
    expect(JSON.stringify(answer)).to.include('renamed.pdf');
    expect((await run({ operation: '/paths/~1files/post' })).outcome).to.equal('refused');
  });

  it('code only once somebody has said that it may run', async function () {
    const place = await dotnetForTests();
    if (place === undefined) return this.skip();
    const state = temporaryFolder('state');
    mkdirSync(state, { recursive: true });
    lendDotnet(place, state);
    writeFileSync(join(folder, 'script.csx'), script);
    const env = { XDG_STATE_HOME: state, LOCALAPPDATA: state };
    const texts = { table: 't-1', 'body/row': '{"title":"x"}' };
    const careful = await servePreview(folder, [], env);
    const refused = await run({ mode: 'mock', texts }, careful.url);
    await careful.stop();
    expect(refused).to.include({ outcome: 'refused', hint: 'read it; if it may run: --trust-script' });
    const trusting = await servePreview(folder, ['--trust-script'], env);
    const answer = await run({ mode: 'mock', texts }, trusting.url);
    expect(await trusting.stop()).to.equal(0);
    expect(JSON.stringify(answer)).to.include('said by the script');
    // it notices a little later that it is to end
    expect(await processesLeft([state])).to.deep.equal([]);
    return undefined;
  });
});

const script = `public class Script : ScriptBase
{
    public override Task<HttpResponseMessage> ExecuteAsync()
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK);
        response.Content = CreateJsonContent("{\\"text\\": \\"said by the script\\"}");
        return Task.FromResult(response);
    }
}
`;
