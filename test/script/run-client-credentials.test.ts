import { expect } from 'chai';
import { readTemplate } from '../../src/templates.ts';
import { type Call, compile, findSdk, type LocalServer, runScript, serve } from './csharp-host.ts';

/** The client-credentials script against a token server and an API on this machine. */

const secret = 'a+b&c=d%e/f g';

describe('the client-credentials script, run', function () {
  this.timeout(120_000);
  let tokens: LocalServer;
  let api: LocalServer;
  let program = '';

  before(async function () {
    const sdk = findSdk();
    // without the .NET SDK there is nothing to compile with
    if (sdk === undefined) return this.skip();
    program = compile(sdk, readTemplate('oauth', 'script.csx'));
    tokens = await serve(({ url, body }, response) => {
      const form = new URLSearchParams(body);
      if (url === '/slow') return;
      if (url === '/text') return void response.end('<html>busy</html>');
      if (url === '/empty') return void response.end('{"token_type":"Bearer"}');
      if (url === '/broken') return void response.writeHead(500).end('stack trace');
      const isRight =
        form.get('client_id') === 'id' &&
        form.get('client_secret') === secret &&
        form.get('grant_type') === 'client_credentials';
      response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        isRight
          ? JSON.stringify({ access_token: `t-${form.get('scope') ?? ''}` })
          : '{"error":"invalid_client","hint":"s3cret"}',
      );
    });
    api = await serve((request, response) => response.end(JSON.stringify({ path: request.url })));
  });

  after(async () => {
    await tokens?.close();
    await api?.close();
  });

  beforeEach(() => {
    tokens.requests.length = 0;
    api.requests.length = 0;
  });

  const call = (path: string, more: Partial<Call> = {}): Call => ({
    url: `${api.url}/things?a=1`,
    ...more,
    headers: {
      'x-cc-token-url': `${tokens.url}${path}`,
      'x-cc-client-id': 'id',
      'x-cc-client-secret': secret,
      'x-cc-scope': 'read',
      'x-own': 'kept',
      ...more.headers,
    },
  });

  const expectNoSecret = (): void => {
    for (const { headers, url, body } of api.requests) {
      expect(Object.keys(headers).filter((name) => name.startsWith('x-cc-'))).to.deep.equal([]);
      expect(JSON.stringify([headers, url, body])).to.not.contain(secret);
    }
  };

  it('gets a token with the right secret, also one with + & = % in it, and hands on everything else', async () => {
    const [answer] = await runScript(program, [call('/token', { method: 'POST', body: '{"x":1}' })]);
    expect(answer).to.include({ status: 200, body: '{"path":"/things?a=1"}' });
    expect(api.requests).to.have.length(1);
    expect(api.requests[0]).to.include({ method: 'POST', body: '{"x":1}' });
    expect(api.requests[0]?.headers).to.include({ authorization: 'Bearer t-read', 'x-own': 'kept' });
    expectNoSecret();
  });

  const failures: [string, string, Partial<Call>, number, RegExp][] = [
    ['a wrong secret', '/token', { headers: { 'x-cc-client-secret': 'wrong' } }, 401, /TokenRefused/],
    ['no secret', '/token', { headers: { 'x-cc-client-secret': '' } }, 401, /MissingCredentials/],
    ['an answer that is not JSON', '/text', {}, 502, /InvalidTokenResponse/],
    ['an answer without token', '/empty', {}, 502, /InvalidTokenResponse/],
    ['a token server that fails', '/broken', {}, 502, /TokenServerError/],
    [
      'a token URL without https',
      '',
      { headers: { 'x-cc-token-url': 'http://login.contoso.com/token' } },
      400,
      /InvalidTokenUrl/,
    ],
  ];
  for (const [name, path, more, status, code] of failures) {
    it(`answers ${status} to ${name}, and asks the API nothing`, async () => {
      const [answer] = await runScript(program, [call(path, more)]);
      expect(answer?.status).to.equal(status);
      expect(answer?.body).to.match(code).and.to.not.contain('s3cret').and.to.not.contain('stack trace');
      expect(() => JSON.parse(answer?.body ?? '')).to.not.throw();
      expect(api.requests).to.deep.equal([]);
    });
  }

  it('ends with the time it has when the token server is slow', async () => {
    const started = Date.now();
    const [answer] = await runScript(program, [call('/slow', { milliseconds: 700 })]);
    expect(Date.now() - started).to.be.lessThan(10_000);
    expect(answer?.status).to.not.equal(200);
    expect(api.requests).to.deep.equal([]);
  });
});
