import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import type { PageState } from '../../src/preview/page-state.ts';
import { type PreviewServer, startServer } from '../../src/preview/server.ts';
import { buildOnce } from '../support/cli.ts';

interface Asked {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

describe('the server of preview', () => {
  let server: PreviewServer;
  const asked: unknown[] = [];
  before(async () => {
    buildOnce();
    server = await startServer(0, {
      state: async () => ({ stamp: 1 }) as PageState,
      actions: {
        try: async (body) => {
          asked.push(body);
          return { done: true };
        },
      },
    });
  });
  after(() => server.close());

  const ask = ({ path = '', method = 'GET', headers = {}, body }: Asked) =>
    new Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
      const { hostname, port, pathname } = new URL(server.url);
      const url = path.startsWith('/') ? path : `${pathname}${path}`;
      const asking = request({ host: hostname, port, path: url, method, headers }, (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      });
      asking.on('error', reject);
      asking.end(body);
    });
  const json = { 'content-type': 'application/json' };

  it('gives the page to whoever has the whole address', async () => {
    const { status, text, headers } = await ask({});
    expect(status).to.equal(200);
    expect(text).to.include('page.js');
    expect(headers['content-security-policy']).to.include("default-src 'none'");
    expect(headers['cache-control']).to.equal('no-store');
    expect((await ask({ path: 'state' })).text).to.equal('{"stamp":1}');
  });

  it('refuses other tokens, no token, and paths beside it', async () => {
    for (const path of ['/', '/state', '/x/state', `/${'A'.repeat(32)}/`, '/..%2f/state', '//state'])
      expect((await ask({ path })).status, path).to.equal(404);
    expect((await ask({ path: 'state/more' })).status).to.equal(404);
    expect((await ask({ path: '../package.json' })).status).to.equal(404);
  });

  it('refuses names that somebody else may have given to this machine', async () => {
    const { port } = new URL(server.url);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${Number(port) + 1}`,
      `[::1]:${port}`,
    ])
      expect((await ask({ headers: { host } })).status, host).to.equal(403);
    expect((await ask({ headers: { host: `localhost:${port}` } })).status).to.equal(200);
  });

  it('runs nothing for pages of others, and for what is not JSON', async () => {
    const post = { path: 'try', method: 'POST', body: '{}' };
    expect((await ask({ ...post, headers: { ...json, origin: 'https://evil.example' } })).status).to.equal(403);
    expect((await ask({ ...post, headers: { ...json, origin: 'null' } })).status).to.equal(403);
    expect((await ask({ ...post, headers: { 'content-type': 'text/plain' } })).status).to.equal(415);
    expect((await ask({ ...post, headers: json, body: '{' })).status).to.equal(400);
    expect((await ask({ ...post, path: 'constructor', headers: json })).status).to.equal(404);
    expect((await ask({ path: 'state', method: 'DELETE' })).status).to.equal(405);
    expect(asked).to.deep.equal([]);
    const { origin } = new URL(server.url);
    expect((await ask({ ...post, headers: { ...json, origin } })).text).to.equal('{"done":true}');
  });

  it('says why it takes no body that is too large, broken off or packed in another way', async () => {
    const post = { path: 'try', method: 'POST', headers: json };
    const before = asked.length;
    // by somebody who didn't say how long it would be
    const headers = { ...json, 'transfer-encoding': 'chunked' };
    const large = await ask({ ...post, headers, body: 'x'.repeat(31_000_000) });
    expect(large.status).to.equal(413);
    expect(large.text).to.include('30 MB');
    const packed = { ...post, headers: { ...json, 'content-encoding': 'gzip' } };
    expect((await ask({ ...packed, body: 'not packed' })).status).to.equal(400);
    const { hostname, port, pathname } = new URL(server.url);
    const half = connect(Number(port), hostname);
    await once(half, 'connect');
    half.write(`POST ${pathname}try HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n`);
    half.write('content-length: 50\r\n\r\n{');
    half.destroy();
    expect((await ask({ path: 'state' })).text).to.equal('{"stamp":1}');
    expect(asked).to.have.length(before);
  });

  it('takes the next port where one is in use', async () => {
    const { port } = new URL(server.url);
    const other = await startServer(Number(port), { state: async () => ({ stamp: 2 }) as PageState, actions: {} });
    expect(new URL(other.url).port).not.to.equal(port);
    expect(new URL(other.url).pathname).not.to.equal(new URL(server.url).pathname);
    await other.close();
  });
});
