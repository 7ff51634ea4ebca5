import zlib, { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { networkSend } from '../../src/runtime/network.ts';
import { against, type Case, keyParameter, type Local, policy, run, serve, stepsOf } from './runs.ts';

/** Whole ways, against servers on this machine. */

const listing: JsonObject = {
  type: 'object',
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          total: { type: 'number' },
          state: { type: 'string', enum: ['open', 'done'] },
          note: { type: 'string' },
        },
      },
    },
    count: { type: 'integer' },
  },
};
const declared: Case = {
  operation: { responses: { 200: { description: 'OK', schema: listing }, 404: { description: 'No' } } },
};
const json = { 'content-type': 'application/json' };

describe('runs against a server', function () {
  this.timeout(20_000);
  const servers: Local[] = [];
  const server = async (...handle: Parameters<typeof serve>): Promise<Local> => {
    const local = await serve(...handle);
    servers.push(local);
    return local;
  };
  const answering = (body: string | Buffer, headers: Record<string, string> = json, status = 200) =>
    server((_, response) => response.writeHead(status, headers).end(body));

  afterEach(() => {
    for (const { server: each } of servers.splice(0)) {
      each.closeAllConnections();
      each.close();
    }
  });

  it('sign in by seven policies, and use the token', async () => {
    const local = await server((request, response) => {
      const isToken = request.url?.startsWith('/oauth2/token') === true;
      response
        .writeHead(200, json)
        .end(JSON.stringify(isToken ? { access_token: 'fetched-token-123' } : { items: [] }));
    });
    const section = 'Request';
    const policies = [
      policy('setheader', { name: 'Authorization', value: "Basic @connectionParameters('api_key')" }, section),
      policy('dynamichosturl', { urlTemplate: 'https://auth.contoso.com' }),
      policy('setheader', { name: 'Content-Type', value: 'application/x-www-form-urlencoded' }, section),
      policy(
        'setvaluefromurl',
        {
          parameterTemplate: "@headers('Authorization')",
          httpMethod: 'POST',
          parameterValueUrl: '/oauth2/token?grant_type=client_credentials',
          parameterValuePathTemplate: '@body().access_token',
        },
        section,
      ),
      policy('setheader', { name: 'Authorization', value: "Bearer @headers('Authorization')" }, section),
      policy('dynamichosturl', { urlTemplate: 'https://api.contoso.com/v2' }),
      policy('setheader', { name: 'Content-Type', value: 'application/json' }, section),
    ];
    const { trace, exitStatus } = await against(local, {
      ...declared,
      policies,
      properties: { connectionParameters: { api_key: keyParameter } },
      connection: { api_key: 'key-of-ada' },
    });
    expect(exitStatus).to.equal(0);
    expect(
      local.asked.map(({ method, url, headers }) => [method, url, headers.host, headers.authorization]),
    ).to.deep.equal([
      ['POST', '/oauth2/token?grant_type=client_credentials', 'auth.contoso.com', 'Basic key-of-ada'],
      ['GET', '/v2/orders', 'api.contoso.com', 'Bearer fetched-token-123'],
    ]);
    const text = JSON.stringify(trace);
    expect(text).to.contain('Basic ‹api_key›').and.to.contain('Bearer ‹fetched›');
    expect(text).not.to.contain('fetched-token-123').and.not.to.contain('key-of-ada');
  });

  it('hide what was fetched wherever it is, once it is where credentials are', async () => {
    const local = await server((request, response) =>
      response
        .writeHead(200, json)
        .end(
          JSON.stringify(
            request.url === '/v1/token'
              ? { key: 'f3tch3d-key' }
              : { items: [{ id: `echo ${request.headers.authorization}` }] },
          ),
        ),
    );
    const policies = [
      policy(
        'setvaluefromurl',
        {
          parameterTemplate: "@headers('x-token')",
          parameterValueUrl: '/token',
          parameterValuePathTemplate: '@body().key',
        },
        'Request',
      ),
      policy('setheader', { name: 'Authorization', value: "Bearer @headers('x-token')" }, 'Request'),
    ];
    const { trace } = await against(local, { ...declared, policies });
    expect(JSON.stringify(trace)).not.to.contain('f3tch3d');
    expect(trace.result?.body).to.deep.equal({ items: [{ id: 'echo Bearer ‹fetched›' }] });
  });

  it('send the path that they show', async () => {
    const local = await answering('{"items":[]}');
    await against(local, {
      ...declared,
      path: '/a/{id}/b',
      operation: { ...declared.operation, parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }] },
      inputs: { id: '..' },
    });
    expect(local.asked[0]?.url).to.equal('/v1/a/../b');
  });

  it('route by a header that another call brought', async () => {
    const local = await server((request, response) =>
      response
        .writeHead(200, json)
        .end(JSON.stringify(request.url === '/v1/oauth-token' ? { team: { id: 7 } } : { items: [] })),
    );
    const policies = [
      policy(
        'setvaluefromurl',
        {
          parameterTemplate: "@headers('TeamId')",
          parameterValueUrl: '/oauth-token',
          parameterValuePathTemplate: '@body().team.id',
        },
        'Request',
      ),
      policy('routerequesttoendpoint', { newPath: "/teams/@headers('TeamId')/boards" }),
    ];
    expect((await against(local, { ...declared, policies })).exitStatus).to.equal(0);
    expect(local.asked.map(({ url }) => url)).to.deep.equal(['/v1/oauth-token', '/v1/teams/7/boards']);
  });

  it('compare the answer with its schema, with places on both sides', async () => {
    const local = await answering(
      JSON.stringify({ items: [{ id: 'a', total: '12', state: 'lost', note: null }, { total: 1 }], count: 3.0 }),
    );
    const { trace, exitStatus } = await against(local, declared);
    expect(exitStatus).to.equal(1);
    const below = '/paths/~1orders/get/responses/200/schema/properties/items/items/properties';
    expect(stepsOf(trace.steps, 'schema')[0]?.findings).to.deep.equal([
      { pointer: `${below}/total`, at: '/items/0/total', expected: 'number', seen: 'string' },
      { pointer: `${below}/state`, at: '/items/0/state', expected: 'one of "open", "done"', seen: '"lost"' },
      { pointer: `${below}/id`, at: '/items/1/id', expected: 'string', seen: 'nothing' },
    ]);
    expect(trace.result?.body).to.deep.include({ count: 3 });
  });

  it('drop what is null, or keep it, where it is a finding', async () => {
    const body = JSON.stringify({ items: [{ id: 'a', note: null }] });
    const dropped = await against(await answering(body), declared);
    expect(dropped.exitStatus).to.equal(0);
    expect(dropped.trace.result?.body).to.deep.equal({ items: [{ id: 'a' }] });
    const kept = await against(await answering(body), { ...declared, nulls: 'keep' });
    expect(kept.exitStatus).to.equal(1);
    expect(stepsOf(kept.trace.steps, 'schema')[0]?.findings[0]).to.include({ at: '/items/0/note', seen: 'null' });
  });

  it('report a status that is not declared, a page in place of data, and no data', async () => {
    const findings = async (local: Local, wanted: Case = declared) =>
      stepsOf((await against(local, wanted)).trace.steps, 'schema')[0]?.findings;
    expect((await findings(await answering('{}', json, 500)))?.[0]).to.include({ seen: '500', at: '' });
    expect(
      (await findings(await answering('<!doctype html><p>Sign in', { 'content-type': 'text/html' })))?.[0]?.seen,
    ).to.contain('HTML');
    expect((await findings(await answering('', json)))?.[0]).to.include({ expected: 'object', seen: 'nothing' });
    expect(
      await findings(await answering('{}', json, 500), {
        operation: { responses: { default: { description: 'Any' } } },
      }),
    ).to.deep.equal([]);
  });

  it('read gzip, brotli and other charsets', async () => {
    const text = '{"items":[{"id":"Zürich"}]}';
    const bodies: [Buffer, Record<string, string>][] = [
      [gzipSync(text), { ...json, 'content-encoding': 'gzip' }],
      [brotliCompressSync(text), { ...json, 'content-encoding': 'br' }],
      [Buffer.from(text, 'latin1'), { 'content-type': 'application/json; charset=ISO-8859-1' }],
      [Buffer.from(`\ufeff${text}`), json],
      [Buffer.from(text), {}],
    ];
    for (const [body, headers] of bodies) {
      const { trace, exitStatus } = await against(await answering(body, headers), declared);
      expect(exitStatus, JSON.stringify(headers)).to.equal(0);
      expect(trace.result?.body).to.deep.equal({ items: [{ id: 'Zürich' }] });
    }
  });

  it('read zstd where this version of Node can, and else say so', async () => {
    const text = '{"items":[]}';
    // one raw block: RFC 8878
    const frame = [0x28, 0xb5, 0x2f, 0xfd, 0x20, text.length, (text.length << 3) | 1, 0, 0];
    const body = Buffer.concat([Buffer.from(frame), Buffer.from(text)]);
    const { trace } = await against(await answering(body, { ...json, 'content-encoding': 'zstd' }), declared);
    if ('createZstdDecompress' in zlib) expect(trace.result?.body).to.deep.equal({ items: [] });
    else expect(trace.error).to.contain('packed as zstd');
  });

  it('refuse what is nested without end', async () => {
    for (const body of ['['.repeat(100_000), `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`]) {
      const { trace, exitStatus } = await against(await answering(body, json), declared);
      expect(trace.error).to.contain('nested more than 1000 levels deep');
      expect(exitStatus).to.equal(1);
    }
    const brackets = JSON.stringify({ items: [{ id: '[{'.repeat(5000) }] });
    expect((await against(await answering(brackets, json), declared)).exitStatus).to.equal(0);
  });

  it('show bytes as Base64', async () => {
    const { trace } = await against(await answering(Buffer.from([0, 1, 255]), { 'content-type': 'image/png' }), {});
    expect(trace.result?.body).to.deep.equal({ base64: 'AAH/' });
  });

  it('follow five redirects within the origin, and none to another', async () => {
    const local = await server((request, response) => {
      const hop = Number(new URL(request.url ?? '', 'http://x').searchParams.get('hop') ?? 0);
      const limit = request.url?.startsWith('/v1/long') === true ? 9 : 5;
      if (hop < limit) response.writeHead(302, { location: `?hop=${hop + 1}` }).end();
      else response.writeHead(200, json).end('{"items":[]}');
    });
    const fine = await against(local, declared);
    expect(fine.exitStatus).to.equal(0);
    expect(stepsOf(fine.trace.steps, 'send')).to.have.length(6);
    expect((await against(local, { ...declared, path: '/long' })).trace.error).to.contain('redirects');
    for (const location of ['https://evil.example.com/x', 'http://api.contoso.com/v1/x', '//evil.example.com']) {
      const { trace, exitStatus } = await against(
        await server((_, response) => response.writeHead(302, { location }).end()),
        declared,
      );
      expect(exitStatus, location).to.equal(1);
      expect(trace.error).to.contain('another origin');
    }
  });

  it('end at a slow, refused, broken or endless answer', async () => {
    const failure = async (local: Local, timeout?: number): Promise<string> => {
      const { trace, exitStatus } = await against(local, declared, timeout);
      expect(exitStatus).to.equal(1);
      return trace.error ?? '';
    };
    expect(await failure(await server(() => {}), 200)).to.contain('0.2 seconds');
    expect(
      await failure(await server((_, response) => response.writeHead(200, json).write('{"items"')), 200),
    ).to.contain('0.2 seconds');
    expect(await failure(await server((request) => request.socket.destroy()))).to.match(/broke off|hang up/);
    expect(
      await failure(
        await server((request, response) =>
          response.writeHead(200, { ...json, 'content-length': '100' }).write('{', () => request.socket.destroy()),
        ),
      ),
    ).to.match(/broke off|aborted/);
    const endless = await server((_, response) => {
      response.writeHead(200, json);
      const chunk = Buffer.alloc(4_000_000, 32);
      const more = (): void => {
        while (response.write(chunk));
        response.once('drain', more);
      };
      more();
    });
    expect(await failure(endless)).to.contain('100 MB');
    const closed = await server(() => {});
    closed.server.close();
    expect(await failure(closed)).to.contain('refused');
  });

  it('send no credentials over plain http, and nothing to private networks', async () => {
    const send = networkSend({ timeout: 1000, sendTo: undefined });
    const refused = async (url: string): Promise<string> =>
      send({ method: 'GET', url, headers: {}, body: undefined }).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await refused('http://192.0.2.1/')).to.contain('only https');
    expect(await refused('http://name.invalid/')).to.contain('only https');
    expect(await refused('https://name.invalid/')).to.contain('is not known');
    expect(await refused('https://10.0.0.1/')).to.contain('private network');
    expect(await refused('https://169.254.169.254/')).to.contain('private network');
  });

  it('use the parameters of the set, and the credentials that security names', async () => {
    const properties: JsonObject = {
      connectionParameterSets: {
        values: [
          { name: 'key', parameters: { api_key: keyParameter } },
          {
            name: 'login',
            parameters: {
              username: { type: 'string', uiDefinition: { constraints: { required: 'true' } } },
              password: keyParameter,
              region: { type: 'string' },
            },
          },
        ],
      },
    };
    const definition: JsonObject = {
      securityDefinitions: { k: { type: 'apiKey', in: 'query', name: 'apikey' }, b: { type: 'basic' } },
      security: [{ k: [], b: [] }],
    };
    const policies = [
      policy(
        'setheader',
        { name: 'x-region', value: "@connectionParameters('region','eu',{'login':'region'})" },
        'Request',
      ),
    ];
    const local = await answering('{"items":[]}');
    await against(local, {
      ...declared,
      definition,
      properties,
      policies,
      connection: { username: 'ada', password: 'pässword', region: 'us' },
    });
    await against(local, { ...declared, definition, properties, policies, connection: { api_key: 'k y' } });
    const basic = `Basic ${Buffer.from('ada:pässword').toString('base64')}`;
    expect(local.asked.map(({ url, headers }) => [url, headers.authorization, headers['x-region']])).to.deep.equal([
      ['/v1/orders', basic, 'us'],
      ['/v1/orders?apikey=k%20y', undefined, 'eu'],
    ]);
  });

  it('need every connection parameter that a policy reads to be declared, or to have a default', async () => {
    const header = (value: string) => [policy('setheader', { name: 'x', value }, 'Request')];
    const value = async (text: string) => {
      const { trace } = await run({
        policies: header(text),
        properties: { connectionParameters: { tenant: { type: 'string' } } },
      });
      const step = trace.steps.at(-1);
      return step !== undefined && 'headers' in step ? step.headers.x : undefined;
    };
    expect(await value("a@connectionParameters('tenant')b")).to.equal('ab');
    expect(await value("@connectionParameters('tenant','d')")).to.equal('d');
    expect(await value("@connectionParameters('other','d')")).to.equal('d');
    const error = await value("@connectionParameters('other')").catch((caught: Error) => caught);
    expect(error).to.be.an('error').with.property('message').that.contains('"other"');
  });
});
