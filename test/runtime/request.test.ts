import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/connector/json/value.ts';
import { buildRequest } from '../../src/runtime/request/build-request.ts';
import { type Case, optionsOf, ready } from './runs.ts';

/** From inputs to the request: docs/reference/runtime.md#inputs. */

const query = (parameter: JsonObject): JsonObject => ({ name: 'q', in: 'query', type: 'string', ...parameter });
const of = (parameters: JsonObject[], more: JsonObject = {}): Case => ({ operation: { parameters, ...more } });

/** What follows the path. */
async function queryOf(parameter: JsonObject, inputs: JsonObject = {}, more: Case = {}): Promise<string> {
  return new URL((await ready({ ...of([query(parameter)]), inputs, ...more })).url).search;
}

const problems = (wanted: Case): string[] => {
  const { operation, inputs, client, readFile } = optionsOf(wanted);
  const built = buildRequest(operation, inputs, { client, readFile, notificationUrl: 'https://n' });
  return built.problems.map(({ kind, key }) => `${kind} ${key}`);
};

const sending = (schema: JsonObject, more: { required?: boolean; consumes?: string[] } = {}): Case => ({
  method: 'post',
  operation: {
    parameters: [{ name: 'body', in: 'body', required: more.required ?? true, schema }],
    ...(more.consumes === undefined ? {} : { consumes: more.consumes }),
  },
});

const sent = async (
  schema: JsonObject,
  body?: Json,
  more: { required?: boolean; consumes?: string[]; client?: 'app' } = {},
): Promise<Json> =>
  (
    await ready({
      ...sending(schema, more),
      inputs: body === undefined ? {} : { body },
      ...(more.client ? { client: more.client } : {}),
    })
  ).body;

describe('requests', () => {
  it('have one slash between base path and path, and the media types of the definition', async () => {
    const step = await ready({
      definition: { basePath: '/v1/' },
      operation: { produces: ['text/csv', 'application/json'] },
    });
    expect(step).to.deep.include({
      method: 'GET',
      url: 'https://api.contoso.com/v1/orders',
      headers: { accept: 'application/json' },
      body: null,
    });
    expect((await ready({ definition: { basePath: '/', produces: ['text/csv'] } })).headers.accept).to.equal(
      'text/csv',
    );
  });

  describe('visibility and defaults', () => {
    const internal = { 'x-ms-visibility': 'internal' };
    it('send internal required ones with their default, and nothing else that is internal', async () => {
      expect(await queryOf({ ...internal, required: true, default: 'd' })).to.equal('?q=d');
      expect(await queryOf({ ...internal, 'x-ms-visibility': 'Internal', required: true })).to.equal('');
      expect(await queryOf({ ...internal, default: 'd' })).to.equal('');
      expect(await queryOf({ 'x-ms-visiblity': 'internal', default: 'd' })).to.equal('');
    });

    it('differ between a flow and an app', async () => {
      expect(await queryOf({ default: 'd' })).to.equal('');
      expect(await queryOf({ default: 'd' }, {}, { client: 'app' })).to.equal('?q=d');
      expect(await queryOf({ ...internal, default: 'd' }, { q: 'e' }, { client: 'app' })).to.equal('?q=e');
    });

    it('take the default of required ones, and a value over it', async () => {
      expect(await queryOf({ required: true, default: 'd' })).to.equal('?q=d');
      expect(await queryOf({ required: true, default: 'd' }, { q: 'e' })).to.equal('?q=e');
    });

    it('are refused with every reason', () => {
      expect(
        problems(
          of([query({ required: true }), query({ name: 'n', type: 'integer' }), query({ name: 'i', ...internal })]),
        ),
      ).to.deep.equal(['missing q']);
      const wrong = {
        ...of([query({ type: 'integer' }), query({ name: 'i', ...internal })]),
        inputs: { q: 'x', i: '1', other: 1 },
      };
      expect(problems(wrong)).to.deep.equal(['unknown other', 'type q', 'internal i']);
    });
  });

  it('encode values once, or twice with x-ms-url-encoding', async () => {
    const path = (more: JsonObject): Case => ({
      ...of([{ name: 'id', in: 'path', required: true, type: 'string', ...more }]),
      path: '/orders/{id}',
      inputs: { id: "a/b c'ü" },
    });
    expect((await ready(path({}))).url).to.equal("https://api.contoso.com/v1/orders/a%2Fb%20c'%C3%BC");
    expect((await ready(path({ 'x-ms-url-encoding': 'double' }))).url).to.equal(
      "https://api.contoso.com/v1/orders/a%252Fb%2520c'%25C3%25BC",
    );
    expect(await queryOf({ name: '$filter' }, { $filter: 'a eq 1&b' })).to.equal('?$filter=a%20eq%201%26b');
  });

  it('write lists by collectionFormat', async () => {
    const list = (collectionFormat?: string) =>
      queryOf(
        { type: 'array', items: { type: 'string' }, ...(collectionFormat ? { collectionFormat } : {}) },
        { q: ['a,b', 'c d'] },
      );
    expect(await list()).to.equal('?q=a%2Cb,c%20d');
    expect(await list('ssv')).to.equal('?q=a%2Cb%20c%20d');
    expect(await list('pipes')).to.equal('?q=a%2Cb%7Cc%20d');
    expect(await list('multi')).to.equal('?q=a%2Cb&q=c%20d');
  });

  it('write dates as their formats ask for, booleans and long integers', async () => {
    expect(await queryOf({ format: 'date-time' }, { q: '2026-01-31T10:00:00+02:00' })).to.equal(
      '?q=2026-01-31T08%3A00%3A00Z',
    );
    expect(await queryOf({ format: 'date' }, { q: '2026-01-31T10:00:00Z' })).to.equal('?q=2026-01-31');
    expect(await queryOf({ format: 'date-no-tz' }, { q: '2026-01-31T10:00:00+02:00' })).to.equal(
      '?q=2026-01-31T10%3A00%3A00',
    );
    expect(await queryOf({ type: 'boolean' }, { q: false })).to.equal('?q=false');
    expect(await queryOf({ type: 'integer' }, { q: '9007199254740993' })).to.equal('?q=9007199254740993');
    expect(problems({ ...of([query({ format: 'date-time' })]), inputs: { q: 'tomorrow' } })).to.deep.equal(['type q']);
  });

  it('send what the definition itself offers, also where its form is another', async () => {
    const offered = { format: 'date-time', enum: ['@{addDays(utcnow(), 29)}', '2026-01-31T10:00:00+02:00'] };
    expect(await queryOf(offered, { q: '@{addDays(utcnow(), 29)}' })).to.equal('?q=%40%7BaddDays(utcnow()%2C%2029)%7D');
    expect(await queryOf(offered, { q: '2026-01-31T10:00:00+02:00' })).to.equal('?q=2026-01-31T08%3A00%3A00Z');
  });

  it('take parameters of the path item, unless the operation has one of that name anywhere', async () => {
    const item = {
      parameters: [query({ required: true, default: 'item' }), query({ name: 'x', required: true, default: '1' })],
    };
    const own = [{ name: 'q', in: 'header', type: 'string', required: true, default: 'own' }];
    const step = await ready({ ...of(own), item });
    expect(new URL(step.url).search).to.equal('?x=1');
    expect(step.headers.q).to.equal('own');
  });

  describe('bodies', () => {
    it('are not completed without end where required objects hold each other in many ways', () => {
      const names = ['a', 'b', 'c', 'd'];
      const definitions = Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => {
          const next: JsonObject = index === 29 ? { type: 'string' } : { $ref: `#/definitions/D${index + 1}` };
          const properties = Object.fromEntries(names.map((name) => [name, next]));
          return [`D${index}`, { type: 'object', required: names, properties }];
        }),
      );
      const found = problems({ ...sending({ $ref: '#/definitions/D0' }), definition: { definitions } });
      expect(found.length).to.be.within(1000, 5000);
      expect(new Set(found.map((problem) => problem.split(' ')[0]))).to.deep.equal(new Set(['missing']));
    });

    const schema: JsonObject = {
      type: 'object',
      required: ['name', 'kind', 'secretKind', 'customer'],
      properties: {
        name: { type: 'string' },
        kind: { type: 'string', default: 'k' },
        secretKind: { type: 'string', default: 's', 'x-ms-visibility': 'internal' },
        dead: { type: 'string', default: 'x', 'x-ms-visibility': 'internal' },
        created: { type: 'string', readOnly: true },
        when: { type: 'string', format: 'date-time' },
        note: { type: 'string', default: 'n' },
        customer: {
          type: 'object',
          required: ['vip'],
          properties: { vip: { type: 'boolean', default: false }, city: { type: 'string' } },
        },
        address: { type: 'object', required: ['country'], properties: { country: { type: 'string', default: 'DE' } } },
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['n'],
            properties: { n: { type: 'integer', default: 1 }, m: { type: 'integer' } },
          },
        },
      },
    };

    it('get what is required and has a default, at every depth that is sent', async () => {
      expect(await sent(schema, { name: 'Ada' })).to.deep.equal({
        name: 'Ada',
        kind: 'k',
        secretKind: 's',
        customer: { vip: false },
      });
      expect(
        await sent(schema, { name: 'A', address: {}, secretKind: 'mine', dead: 'mine', created: 'now', note: null }),
      ).to.deep.equal({
        name: 'A',
        kind: 'k',
        secretKind: 's',
        customer: { vip: false },
        address: { country: 'DE' },
      });
    });

    it('complete no elements of lists, and write dates in UTC', async () => {
      expect(await sent(schema, { name: 'A', items: [{ m: 2 }], when: '2026-01-31T10:00:00+02:00' })).to.deep.include({
        items: [{ m: 2 }],
        when: '2026-01-31T08:00:00Z',
      });
    });

    it('have optional properties with a default for an app', async () => {
      expect(await sent(schema, { name: 'A' }, { client: 'app' })).to.deep.include({ note: 'n' });
    });

    it('are refused where something is missing, unknown or of another type, at its path', () => {
      const wrong = (body: Json) => problems({ ...sending(schema), inputs: { body } });
      expect(wrong({})).to.deep.equal(['missing body/name']);
      expect(wrong({ name: 1, customer: { town: 'x' } })).to.deep.equal([
        'type body/name',
        'unknown body/customer/town',
      ]);
      expect(wrong({ name: 'a', items: [{ n: 'x' }] })).to.deep.equal(['type body/items/0/n']);
    });

    it('are not made for defaults where they are optional', async () => {
      expect(await sent(schema, undefined, { required: false })).to.equal(null);
    });

    it('follow references that lead back to themselves', async () => {
      const definition = {
        definitions: {
          Node: {
            type: 'object',
            required: ['next'],
            properties: { next: { $ref: '#/definitions/Node' }, n: { type: 'integer' } },
          },
        },
      };
      const wanted = { ...sending({ $ref: '#/definitions/Node' }), definition };
      expect(problems({ ...wanted, inputs: { body: { n: 1 } } })).to.deep.equal(['missing body/next']);
    });

    it('are text as it is, bytes of a file, Base64 within JSON, or a form', async () => {
      expect(await sent({ type: 'string' }, 'plain "text"', { consumes: ['text/plain'] })).to.equal('plain "text"');
      expect(await sent({ type: 'string', format: 'binary' }, { file: 'a.bin' })).to.equal('content of a.bin');
      expect(await sent({ type: 'string', format: 'binary' }, { base64: 'AAEC' })).to.deep.equal({ base64: 'AAEC' });
      expect(
        await sent({ type: 'object', properties: { f: { type: 'string', format: 'byte' } } }, { f: { file: 'a' } }),
      ).to.deep.equal({ f: Buffer.from('content of a').toString('base64') });
      expect(
        await sent(
          { type: 'object' },
          { a: 'x y', b: [1, 2], c: { d: true } },
          { consumes: ['application/x-www-form-urlencoded'] },
        ),
      ).to.equal('a=x%20y&b=1&b=2&c.d=true');
    });

    it('have the type that consumes prefers, or that a header says', async () => {
      const type = async (wanted: Case) => (await ready({ ...wanted, inputs: { body: {} } })).headers['content-type'];
      expect(
        await type(sending({ type: 'object' }, { consumes: ['application/xml', 'application/vnd.x+json'] })),
      ).to.equal('application/vnd.x+json');
      const parameters: JsonObject[] = [
        { name: 'Content-Type', in: 'header', type: 'string', required: true, default: 'application/merge-patch+json' },
        { name: 'body', in: 'body', schema: { type: 'object' } },
      ];
      expect(await type({ method: 'patch', operation: { parameters } })).to.equal('application/merge-patch+json');
    });
  });

  describe('forms', () => {
    const field = (name: string, type = 'string'): JsonObject => ({ name, in: 'formData', type });
    it('are URL-encoded', async () => {
      const step = await ready({ method: 'post', ...of([field('a'), field('b')]), inputs: { a: 'x y&z', b: '1' } });
      expect(step.body).to.equal('a=x%20y%26z&b=1');
      expect(step.headers['content-type']).to.equal('application/x-www-form-urlencoded');
    });

    it('have parts where there is a file', async () => {
      const wanted: Case = {
        method: 'post',
        ...of([field('note'), field('file', 'file')]),
        inputs: { note: 'hi', file: { base64: 'QUJD', name: 'a "b".pdf' } },
      };
      const step = await ready(wanted);
      const text = String(step.body);
      const boundary = /boundary=(.*)$/.exec(step.headers['content-type'] ?? '')?.[1] ?? '?';
      expect(text.split(`--${boundary}`)).to.have.length(4);
      expect(text)
        .to.contain('name="file"; filename="a %22b%22.pdf"')
        .and.to.contain('\r\n\r\nABC\r\n')
        .and.to.contain('name="note"\r\n\r\nhi');
      expect(problems({ ...wanted, inputs: { file: 'text' } })).to.deep.equal(['file file']);
    });
  });

  it('need a host', () => {
    for (const host of ['', 'https://api.contoso.com', 'a b']) {
      expect(() => problems({ definition: { host } }), host).to.throw(/host/);
    }
  });
});
