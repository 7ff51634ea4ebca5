import { request } from 'node:http';
import { expect } from 'chai';
import type { Json, JsonObject } from '../../../src/connector/json/value.ts';
import type { Incoming } from '../../../src/runtime/send.ts';
import { startMockServer } from '../../../src/test-cases/serve/server.ts';
import { MockService, type Reply, type ServiceOptions } from '../../../src/test-cases/serve/service.ts';
import { Subject } from '../../../src/test-cases/subject.ts';
import { policy } from '../../runtime/runs.ts';
import { connectorOf } from '../../support/connectors.ts';

const order: JsonObject = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string' },
    customer: { type: 'string' },
    total: { type: 'number', minimum: 5, maximum: 9 },
    ship: { type: 'object', properties: { city: { type: 'string' }, zip: { type: 'string' } } },
    createdAt: { type: 'string', format: 'date-time' },
  },
};
const input: JsonObject = {
  type: 'object',
  required: ['customer'],
  properties: {
    customer: { type: 'string' },
    total: { type: 'number' },
    ship: { type: 'object', properties: { city: { type: 'string' }, zip: { type: 'string' } } },
  },
};
const body = (schema: JsonObject): JsonObject => ({ name: 'body', in: 'body', required: true, schema });
const id: JsonObject = { name: 'orderId', in: 'path', required: true, type: 'string' };
const page: JsonObject = {
  type: 'object',
  properties: {
    value: { type: 'array', items: order },
    total: { type: 'integer' },
    nextLink: { type: 'string' },
  },
};
const ok = (schema: JsonObject): JsonObject => ({ 200: { description: 'OK', schema } });

const definition: JsonObject = {
  swagger: '2.0',
  info: { title: 'Orders', version: '1.0' },
  host: 'api.contoso.com',
  basePath: '/v1',
  paths: {
    '/orders': {
      get: {
        operationId: 'ListOrders',
        parameters: [
          { name: 'customer', in: 'query', type: 'string' },
          { name: 'top', in: 'query', type: 'integer' },
          { name: 'sort', in: 'query', type: 'string', enum: ['up', 'down'] },
        ],
        responses: ok(page),
      },
      post: {
        operationId: 'CreateOrder',
        parameters: [body(input)],
        responses: { 201: { description: 'Created', schema: order } },
      },
    },
    '/orders/{orderId}': {
      get: {
        operationId: 'GetOrder',
        parameters: [id],
        responses: {
          ...ok(order),
          404: { description: 'None', schema: { type: 'object', properties: { code: { type: 'string' } } } },
        },
      },
      patch: {
        operationId: 'ChangeOrder',
        parameters: [id, body({ ...input, required: [] })],
        responses: ok(order),
      },
      put: { operationId: 'ReplaceOrder', parameters: [id, body(input)], responses: ok(order) },
      delete: { operationId: 'DeleteOrder', parameters: [id], responses: { 204: { description: 'Gone' } } },
    },
    '/hooks': {
      'x-ms-notification-content': { schema: { type: 'object', properties: { orderId: { type: 'string' } } } },
      post: {
        operationId: 'OnOrder',
        'x-ms-trigger': 'single',
        parameters: [body({ type: 'object', properties: { url: { type: 'string', 'x-ms-notification-url': true } } })],
        responses: { 201: { description: 'Subscribed' } },
      },
    },
  },
};

const subject = new Subject(connectorOf({ definition }));
const service = (options: Partial<ServiceOptions> = {}, of = subject): MockService =>
  new MockService(of, { seed: '1', recorded: new Map(), eventsTo: [], ...options });

function ask(
  to: MockService,
  method: string,
  path: string,
  { sent, headers = {} }: { sent?: Json; headers?: Record<string, string> } = {},
): Reply & { json: JsonObject; status: number } {
  const reply = to.answer({
    method,
    url: new URL(path, 'http://127.0.0.1:1'),
    headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: Buffer.from(sent === undefined ? '' : JSON.stringify(sent)),
  });
  const text = reply.answer.body.toString();
  return { ...reply, status: reply.answer.status, json: text === '' ? {} : (JSON.parse(text) as JsonObject) };
}

const messageOf = ({ json }: { json: JsonObject }): string => String((json.error as JsonObject).message);

describe('the mock service', () => {
  it('remembers what is sent: POST, GET, PATCH, PUT, list, DELETE', () => {
    const api = service();
    const made = ask(api, 'POST', '/v1/orders', { sent: { customer: 'Ada', ship: { city: 'Oslo', zip: '1' } } });
    expect(made.status).to.equal(201);
    expect(made.json).to.include({ id: 'orders-1', customer: 'Ada' }).and.not.have.property('total');
    expect(made.json.createdAt).to.be.a('string');
    expect(made.answer.headers.location).to.equal('/v1/orders/orders-1');
    expect(ask(api, 'GET', '/v1/orders/orders-1').json).to.deep.equal(made.json);
    const change = { total: 7, ship: { city: 'Rome', zip: null } };
    expect(ask(api, 'PATCH', '/v1/orders/orders-1', { sent: change }).status).to.equal(200);
    const changed = { ...made.json, total: 7, ship: { city: 'Rome' } };
    expect(ask(api, 'GET', '/v1/orders/orders-1').json).to.deep.equal(changed);
    expect(ask(api, 'GET', '/v1/orders?customer=Ada').json).to.deep.equal({ value: [changed], total: 1 });
    const replaced = ask(api, 'PUT', '/v1/orders/orders-1', { sent: { customer: 'Grace' } }).json;
    expect(replaced).to.deep.equal({ id: 'orders-1', customer: 'Grace', createdAt: made.json.createdAt });
    expect(ask(api, 'DELETE', '/v1/orders/orders-1').status).to.equal(204);
    const gone = ask(api, 'GET', '/v1/orders/orders-1');
    expect(gone.status).to.equal(404);
    expect(gone.json).to.have.property('code');
    expect(ask(api, 'DELETE', '/v1/orders/orders-1').status).to.equal(404);
    expect(ask(api, 'GET', '/v1/orders?customer=Grace').json.value).to.deep.equal([]);
  });

  it('changes and deletes what it showed by itself, too', () => {
    const api = service();
    const [first] = ask(api, 'GET', '/v1/orders').json.value as JsonObject[];
    const path = `/v1/orders/${String(first?.id)}`;
    expect(ask(api, 'GET', path).json).to.deep.equal(first);
    ask(api, 'PATCH', path, { sent: { customer: 'Barbara' } });
    expect((ask(api, 'GET', '/v1/orders').json.value as JsonObject[])[0]).to.deep.equal({
      ...first,
      customer: 'Barbara',
    });
    ask(api, 'DELETE', path);
    expect(ask(api, 'GET', '/v1/orders').json.total).to.equal(2);
  });

  it('leads through a list page by page, and ends', () => {
    const api = service();
    for (const customer of ['a', 'b', 'c', 'd']) ask(api, 'POST', '/v1/orders', { sent: { customer } });
    const seen: Json[] = [];
    let next: string | undefined = '/v1/orders?top=3';
    let calls = 0;
    while (next !== undefined && calls < 10) {
      const { json } = ask(api, 'GET', next);
      seen.push(...(json.value as Json[]));
      next = json.nextLink as string | undefined;
      calls += 1;
    }
    expect([calls, seen.length]).to.deep.equal([3, 7]);
    expect(new Set(seen.map((one) => (one as JsonObject).id)).size).to.equal(7);
  });

  it('gives the same bytes for the same seed, others for another one, within the limits of the schema', () => {
    const bytes = (seed: string): string => service({ seed }).answer(list).answer.body.toString();
    const list = { method: 'GET', url: new URL('http://127.0.0.1/v1/orders'), headers: {}, body: Buffer.alloc(0) };
    expect(bytes('1')).to.equal(bytes('1')).and.not.equal(bytes('2'));
    for (let seed = 0; seed < 50; seed += 1) {
      for (const { total } of (JSON.parse(bytes(String(seed))) as { value: { total: number }[] }).value)
        expect(total).to.be.within(5, 9);
    }
  });

  it('answers with a status on demand, and remembers nothing of it', () => {
    const api = service();
    expect(ask(api, 'GET', '/v1/orders/1', { headers: { prefer: 'code=404' } })).to.include({ status: 404 });
    expect(ask(api, 'GET', '/v1/orders/1?__code=404').json).to.have.property('code');
    expect(ask(api, 'DELETE', '/v1/orders/1?__code=503').status).to.equal(503);
    expect(ask(api, 'GET', '/v1/orders/1').status).to.equal(200);
  });

  it('refuses what the definition does not take, with the place', () => {
    const api = service();
    const wrong = ask(api, 'POST', '/v1/orders', { sent: { customer: 5 } });
    expect(wrong.status).to.equal(400);
    expect((wrong.json.error as JsonObject).findings).to.deep.equal([
      {
        in: 'body',
        name: 'body',
        pointer: '/paths/~1orders/post/parameters/0/schema/properties/customer',
        at: '/customer',
        expected: 'string',
        seen: 'integer',
      },
    ]);
    for (const path of ['?top=many', '?sort=sideways'])
      expect(ask(api, 'GET', `/v1/orders${path}`).status).to.equal(400);
    expect(ask(api, 'POST', '/v1/orders').status).to.equal(400);
    expect(ask(api, 'POST', '/v1/orders', { sent: {} }).status).to.equal(400);
    const other = ask(api, 'PUT', '/v1/orders', { sent: {} });
    expect([other.status, other.answer.headers.allow]).to.deep.equal([405, 'GET, POST']);
    expect(messageOf(ask(api, 'GET', '/v1/order'))).to.contain('/orders');
  });

  it('answers from recordings first', () => {
    const answer: Incoming = {
      status: 200,
      statusText: '',
      headers: { 'content-type': 'application/json', 'content-length': '999' },
      body: Buffer.from(JSON.stringify({ value: [{ id: 'recorded', customer: 'Ada' }], total: 1 })),
    };
    const { json, answer: given } = ask(
      service({ recorded: new Map([['listorders', [answer]]]) }),
      'GET',
      '/v1/orders',
    );
    expect(json.value).to.deep.equal([{ id: 'recorded', customer: 'Ada' }]);
    expect(given.headers).to.not.have.property('content-length');
  });

  it('notifies whoever subscribed, on this machine only unless an origin is allowed', () => {
    const api = service({ eventsTo: ['https://hooks.contoso.com'] });
    expect(ask(api, 'POST', '/__events/OnOrder').status).to.equal(409);
    const subscribe = (url: string): string =>
      String(ask(api, 'POST', '/v1/hooks', { sent: { url } }).answer.headers.location);
    const locations = ['http://127.0.0.1:9/a', 'https://hooks.contoso.com/b'].map(subscribe);
    const { event } = ask(api, 'POST', '/__events/onorder');
    expect(event?.to).to.deep.equal(['http://127.0.0.1:9/a', 'https://hooks.contoso.com/b']);
    expect(event?.body).to.have.property('orderId').that.is.a('string');
    expect(ask(api, 'POST', '/__events/OnOrder', { sent: { orderId: 'o-1' } }).event?.body).to.deep.equal({
      orderId: 'o-1',
    });
    expect(ask(api, 'POST', '/__events/OnOrder', { sent: { orderId: 1 } }).status).to.equal(400);
    const far = subscribe('http://192.168.0.1/c');
    expect(ask(api, 'POST', '/__events/OnOrder'))
      .to.include({ status: 403 })
      .and.not.have.property('event');
    for (const location of [...locations, far]) expect(ask(api, 'DELETE', location).status).to.equal(204);
    expect(ask(api, 'POST', '/__events/OnOrder').status).to.equal(409);
    expect(ask(api, 'POST', '/__events/Nobody').status).to.equal(404);
  });

  describe('of an API whose host comes from the connection', () => {
    const policies = (...urlTemplates: [template: string, ...operations: string[]][]): MockService => {
      const policyTemplateInstances = urlTemplates.map(([urlTemplate, ...operations]) =>
        policy('dynamichosturl', { urlTemplate }, undefined, operations.length === 0 ? undefined : operations),
      );
      const properties = { properties: { policyTemplateInstances } };
      return service({}, new Subject(connectorOf({ definition, properties })));
    };
    const statuses = (api: MockService, ...paths: string[]): number[] =>
      paths.map((path) => ask(api, 'GET', path).status);

    it('takes the path that the policy makes, and that of the definition', () => {
      const api = policies([
        "https://@connectionParameters('tenant').contoso.com/api/@{connectionParameters('area')}/v2/",
      ]);
      const paths = ['/api/west/v2/orders', '/API/east/v2/orders/7', '/v1/orders', '/orders'];
      expect(statuses(api, ...paths)).to.deep.equal([200, 200, 200, 200]);
      expect(statuses(api, '/api/v2/orders', '/tenant/api/west/v2/orders', '/api/west/v2')).to.deep.equal([
        404, 404, 404,
      ]);
      expect(ask(api, 'PUT', '/api/west/v2/orders', { sent: {} }).answer.headers.allow).to.equal('GET, POST');
      expect(api.isHostOpen).to.equal(true);
      expect(service().isHostOpen).to.equal(false);
    });

    it('takes a path that the value of the connection brings', () => {
      const api = policies(["@connectionParameters('url', 'https://contoso.com/shop')/api"]);
      expect(statuses(api, '/api/orders', '/shop/api/orders/7', '/a/b/api/orders')).to.deep.equal([200, 200, 200]);
      expect(statuses(policies(["@connectionParameters('url')"]), '/orders', '/a/b/orders')).to.deep.equal([200, 200]);
      expect(statuses(api, '/shop/orders', `/shop${'/x'.repeat(5000)}/api/orders`)).to.deep.equal([404, 404]);
    });

    it('of several policies takes the last one of an operation', () => {
      const host = "https://@connectionParameters('host')";
      const api = policies([`${host}/all`], [`${host}/one`, 'GetOrder']);
      expect(statuses(api, '/all/orders', '/one/orders/7')).to.deep.equal([200, 200]);
      expect(statuses(policies([`${host}/one`, 'GetOrder']), '/one/orders/7', '/v1/orders')).to.deep.equal([200, 200]);
      expect(ask(api, 'DELETE', '/all/orders/7').status).to.equal(204);
    });

    it('names addresses below the path that it was asked at', () => {
      const api = policies(["@connectionParameters('url')/api"]);
      const { answer } = ask(api, 'POST', '/shop/api/orders', { sent: { customer: 'Ada' } });
      expect(answer.headers.location).to.equal('/shop/api/orders/orders-1');
      expect(ask(api, 'GET', '/shop/api/orders/orders-1').json).to.include({ customer: 'Ada' });
      const url = 'http://127.0.0.1:9/a';
      const location = String(ask(api, 'POST', '/shop/api/hooks', { sent: { url } }).answer.headers.location);
      expect(location).to.match(/^\/shop\/api\/hooks\//);
      expect(ask(api, 'DELETE', location).status).to.equal(204);
      expect(ask(api, 'POST', '/__events/OnOrder').status).to.equal(409);
    });

    it('is what it was for a policy that no address can be made of', () => {
      const api = policies(["@unknown('x')/api"], ["https://@connectionParameters('x"]);
      expect(statuses(api, '/v1/orders', '/api/orders')).to.deep.equal([200, 404]);
    });

    it('takes the names of other hosts, but none under its own port, as pages of others have', async () => {
      const about = { port: 0, host: 'api.contoso.com', onRequest: () => undefined };
      const server = await startMockServer(
        policies(["https://@connectionParameters('tenant').contoso.com/api"]),
        about,
      );
      try {
        const { port } = new URL(server.origin);
        const status = (headers: Record<string, string>): Promise<number> =>
          new Promise((resolve, reject) => {
            const asked = request(`${server.origin}/api/orders`, { headers, agent: false }, (response) => {
              response.resume();
              resolve(response.statusCode ?? 0);
            });
            asked.on('error', reject).end();
          });
        expect(await status({ host: 'west.contoso.com' })).to.equal(200);
        expect(await status({ host: 'west.contoso.com:8443' })).to.equal(200);
        expect(await status({ host: `west.contoso.com:${port}` })).to.equal(403);
        expect(await status({ host: 'not a host' })).to.equal(403);
        const origin = 'https://west.contoso.com';
        expect(await status({ host: 'west.contoso.com', origin })).to.equal(403);
      } finally {
        await server.close();
      }
    });
  });
});
