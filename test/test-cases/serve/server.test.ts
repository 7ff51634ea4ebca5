import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { serve } from '../../runtime/runs.ts';
import { buildOnce, program } from '../../support/cli.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { warmCli } from '../../support/warm/warm.ts';

/** `test --serve` as a process of its own, asked by a plain HTTP client. */

const execute = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

const item: JsonObject = {
  type: 'object',
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};
const body = (schema: JsonObject): JsonObject => ({ name: 'body', in: 'body', required: true, schema });
const hook: JsonObject = {
  type: 'object',
  properties: { callback: { type: 'string', 'x-ms-notification-url': true } },
};
const id: JsonObject = { name: 'id', in: 'path', required: true, type: 'integer' };
const ok = (schema: JsonObject): JsonObject => ({ 200: { description: 'OK', schema } });
const definition: JsonObject = {
  swagger: '2.0',
  info: { title: 'Items', version: '1.0' },
  host: 'api.contoso.com',
  basePath: '/v1',
  paths: {
    '/items': {
      get: { operationId: 'ListItems', responses: ok({ type: 'array', items: item }) },
      post: {
        operationId: 'CreateItem',
        parameters: [body({ type: 'object', properties: { name: { type: 'string' } } })],
        responses: { 201: { description: 'Created', schema: item } },
      },
    },
    '/items/{id}': {
      get: { operationId: 'GetItem', parameters: [id], responses: ok(item) },
      patch: { operationId: 'ChangeItem', parameters: [id, body(item)], responses: ok(item) },
      delete: { operationId: 'DeleteItem', parameters: [id], responses: { 204: { description: 'Gone' } } },
    },
    '/hooks': {
      'x-ms-notification-content': { schema: item },
      post: {
        operationId: 'OnItem',
        'x-ms-trigger': 'single',
        parameters: [body(hook)],
        responses: { 201: { description: 'Subscribed' } },
      },
    },
  },
};

const recording = { status: 200, headers: {}, body: [{ id: 7, name: 'recorded' }] };

const files = {
  'apiDefinition.swagger.json': JSON.stringify(definition),
  'apiProperties.json': JSON.stringify({ properties: {} }),
  'tests/ListItems.test.yaml':
    'operation: ListItems\ncases:\n  - name: the real ones\n    api: recordings/ListItems.json\n',
  'tests/recordings/ListItems.json': JSON.stringify(recording),
};

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  json: unknown;
}

function ask(
  origin: string,
  method: string,
  path: string,
  { sent, headers = {} }: { sent?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const type = sent === undefined ? {} : { 'content-type': 'application/json' };
    const asked = request(new URL(path, origin), { method, headers: { ...type, ...headers }, agent: false });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const json: unknown = text === '' ? undefined : JSON.parse(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, json });
      });
    });
    asked.end(sent === undefined ? undefined : typeof sent === 'string' ? sent : JSON.stringify(sent));
  });
}

describe('test --serve', function () {
  this.timeout(20_000);
  let child: ChildProcess;
  let origin: string;
  let cwd: string;

  before(async function () {
    this.timeout(120_000);
    buildOnce();
    cwd = writeTree(temporaryFolder(), files);
    child = spawn(process.execPath, [program, 'test', '--serve', '0'], { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    origin = line.toString().trim();
  });
  after(() => {
    child.kill('SIGKILL');
  });

  it('answers what tests have recorded, and remembers what is sent', async () => {
    expect(origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask(origin, 'GET', '/v1/items')).json).to.deep.equal(recording.body);
    const made = await ask(origin, 'POST', '/v1/items', { sent: { name: 'Pen' } });
    expect(made).to.deep.include({ status: 201, json: { id: 1001, name: 'Pen' } });
    const path = String(made.headers.location);
    expect((await ask(origin, 'GET', path)).json).to.deep.equal({ id: 1001, name: 'Pen' });
    expect((await ask(origin, 'PATCH', path, { sent: { name: 'Red pen' } })).status).to.equal(200);
    const all = [...recording.body, { id: 1001, name: 'Red pen' }];
    expect((await ask(origin, 'GET', '/v1/items')).json).to.deep.equal(all);
    expect((await ask(origin, 'GET', '/v1/items?name=Red%20pen')).json).to.deep.equal(all.slice(1));
    expect((await ask(origin, 'DELETE', path)).status).to.equal(204);
    expect((await ask(origin, 'GET', path)).status).to.equal(404);
    expect((await ask(origin, 'GET', '/v1/items')).json).to.deep.equal(recording.body);
  });

  it('takes requests at the same time: each record once', async () => {
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, index) => ask(origin, 'POST', '/v1/items', { sent: { name: `n${index}` } })),
    );
    expect(new Set(made.map(({ json }) => (json as JsonObject).id)).size).to.equal(100);
    const all = (await ask(origin, 'GET', '/v1/items')).json as JsonObject[];
    const names = new Set(all.map(({ name }) => name));
    for (let index = 0; index < 100; index += 1) expect(names.has(`n${index}`)).to.equal(true);
  });

  it('leads a real client through a life: curl makes, reads, changes, finds, pages and deletes', async function () {
    if (!hasCurl) this.skip();
    const curl = async (...words: string[]): Promise<{ status: number; location: string; json: unknown }> => {
      const format = '\n%{http_code} %header{location}';
      const { stdout } = await execute('curl', [
        '--silent',
        '--show-error',
        '--max-time',
        '10',
        '-w',
        format,
        ...words,
      ]);
      const [last = '', ...lines] = stdout.split('\n').reverse();
      const [status, location = ''] = last.split(' ');
      const text = lines.reverse().join('\n');
      return { status: Number(status), location, json: text === '' ? undefined : JSON.parse(text) };
    };
    const json = ['-H', 'content-type: application/json'];
    const post = (name: string) => curl(...json, '-d', JSON.stringify({ name }), `${origin}/v1/items`);
    const made = await post('Curl one');
    expect(made.status).to.equal(201);
    const at = new URL(made.location, origin).href;
    expect((await curl(at)).json).to.deep.include({ name: 'Curl one' });
    const changed = await curl('-X', 'PATCH', ...json, '-d', '{"name":"Curl two"}', at);
    expect(changed.json).to.deep.include({ name: 'Curl two' });
    await post('Curl two');
    const found = (await curl(`${origin}/v1/items?name=Curl%20two`)).json as JsonObject[];
    expect(found.map(({ name }) => name)).to.deep.equal(['Curl two', 'Curl two']);
    const pages = await Promise.all(
      [1, 2].map((page) => curl(`${origin}/v1/items?name=Curl%20two&limit=1&page=${page}`)),
    );
    expect(pages.flatMap((page) => page.json)).to.deep.equal(found);
    expect((await curl('-X', 'DELETE', at)).status).to.equal(204);
    expect((await curl(at)).status).to.equal(404);
    expect((await curl(...json, '-d', '{"name":7}', `${origin}/v1/items`)).status).to.equal(400);
    expect((await curl('-H', 'Prefer: code=200', at)).status).to.equal(200);
  });

  it('sends events to whoever subscribed, until the subscription ends', async () => {
    const listener = await serve((_, response) => void response.writeHead(202).end());
    try {
      const callback = `${listener.origin.origin}/here`;
      const { headers } = await ask(origin, 'POST', '/v1/hooks', { sent: { callback } });
      const fired = await ask(origin, 'POST', '/__events/OnItem', { sent: { id: 5, name: 'new' } });
      expect(fired).to.deep.include({
        status: 200,
        json: { sent: [{ to: callback, status: 202 }], body: { id: 5, name: 'new' } },
      });
      expect(listener.asked.map(({ method, url, body: text }) => [method, url, text])).to.deep.equal([
        ['POST', '/here', '{"id":5,"name":"new"}'],
      ]);
      expect((await ask(origin, 'DELETE', String(headers.location))).status).to.equal(204);
      expect((await ask(origin, 'POST', '/__events/OnItem')).status).to.equal(409);
    } finally {
      listener.server.close();
    }
  });

  it('refuses pages of others, other names for this machine, and bodies without end', async () => {
    const get = (headers: Record<string, string>) => ask(origin, 'GET', '/v1/items', { headers });
    expect((await get({ host: 'evil.example' })).status).to.equal(403);
    expect((await get({ origin: 'https://evil.example' })).status).to.equal(403);
    expect((await get({ host: 'api.contoso.com' })).status).to.equal(200);
    const large = JSON.stringify({ name: 'x'.repeat(11_000_000) });
    expect((await ask(origin, 'POST', '/v1/items', { sent: large })).status).to.equal(413);
    const deep = await ask(origin, 'POST', '/v1/items', { sent: '['.repeat(5000) });
    expect(deep.status).to.equal(400);
    expect((await ask(origin, 'POST', '/v1/items', { sent: '{"name":' })).status).to.equal(400);
  });

  it('outlives what is no HTTP, and clients that go away', async () => {
    const { port } = new URL(origin);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /v1/items HTTP/1.1\r\nhost: 127.0.0.1:PORT\r\ncontent-length: 50\r\n\r\nhalf');
    socket.destroy();
    const noise = connect(Number(port), '127.0.0.1');
    noise
      .resume()
      .on('error', () => undefined)
      .end('\u0000\u0001 noise\r\n\r\n');
    await once(noise, 'close');
    expect((await ask(origin, 'GET', '/v1/items/7')).json).to.deep.equal({ id: 7, name: 'recorded' });
  });

  it('refuses flags that have no meaning with it, and a port that is taken', () => {
    const errorOf = (...args: string[]): [number | null, string] => {
      const { status, stderr } = warmCli(['test', ...args], { cwd });
      return [status, stderr];
    };
    expect(errorOf('--serve', new URL(origin).port)).to.satisfy(
      ([status, text]: [number, string]) => status === 2 && text.includes('is in use by another program'),
    );
    for (const args of [
      ['--serve', 'x'],
      ['--serve', '0', '--init'],
      ['--seed', '1'],
      ['--serve', '70000'],
    ])
      expect(errorOf(...args)[0]).to.equal(2);
  });

  it('ends by Ctrl-C', async function () {
    // there a signal ends a process at once, whatever it wants
    if (process.platform === 'win32') this.skip();
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).to.equal(0);
  });
});
