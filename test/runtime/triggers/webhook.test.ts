import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { prepareRun, type RunOptions } from '../../../src/runtime/run-operation.ts';
import type { Incoming } from '../../../src/runtime/send.ts';
import { receive, subscribe, unsubscribe } from '../../../src/runtime/triggers/webhook.ts';
import { answering, type Case, policy, stepsOf } from '../runs.ts';
import { hooks, triggerIn } from './connectors.ts';

const callback = 'http://127.0.0.1:4000/t0ken';
const created = (location?: string): Partial<Incoming> => ({
  status: 201,
  headers: location === undefined ? {} : { location },
  body: Buffer.alloc(0),
});
const gone: Partial<Incoming> = { status: 204, body: Buffer.alloc(0) };

/** Subscribes, and unsubscribes where that is possible. */
async function life(paths: JsonObject, wanted: Case, ...answers: Partial<Incoming>[]) {
  const { send, asked } = answering(...answers);
  const options: RunOptions = { ...triggerIn(paths, { ...wanted, send }), notificationUrl: callback };
  const { run, subscription } = await subscribe(options, prepareRun(options));
  const end = subscription === undefined ? undefined : await unsubscribe(options, subscription);
  return { run, subscription, end, asked };
}

const notified = (body: string | Buffer, wanted: Case = {}, headers = { 'content-type': 'application/json' }) =>
  receive(triggerIn(hooks(), wanted), { headers, body: Buffer.from(body) });

describe('a webhook', () => {
  it('subscribes with the address for notifications, and ends at Location with the credentials', async () => {
    const { run, end, asked } = await life(hooks(), {}, created('https://api.contoso.com/v1/hooks/7'), gone);
    expect(JSON.parse(asked[0]?.body?.toString() ?? '')).to.deep.equal({ url: callback });
    expect(asked[1]).to.deep.include({ method: 'DELETE', url: 'https://api.contoso.com/v1/hooks/7', body: undefined });
    expect(asked[1]?.headers).to.deep.equal({ accept: 'application/json', 'x-key': 'k3y-of-ada' });
    expect([run.exitStatus, end?.exitStatus]).to.deep.equal([0, 0]);
    expect(end?.trace).to.deep.include({ operationId: 'DeleteHook', kind: 'internal' });
    expect(end?.trace.assumptions.map(({ id }) => id)).to.deep.equal(['location-delete']);
    expect(JSON.stringify([run.trace, end?.trace])).not.to.contain('k3y-of-ada');
  });

  describe('ends at a Location', () => {
    const cases: [name: string, location: string, url: string][] = [
      ['of an absolute path', '/v1/hooks/7', 'https://api.contoso.com/v1/hooks/7'],
      ['of a relative path', 'hooks/7', 'https://api.contoso.com/v1/hooks/7'],
      ['of a query alone', '?id=7', 'https://api.contoso.com/v1/hooks?id=7'],
      ['of the same scheme', '//api.contoso.com/v1/hooks/7', 'https://api.contoso.com/v1/hooks/7'],
      ['with a query', '/v1/hooks/7?token=a%2Fb', 'https://api.contoso.com/v1/hooks/7?token=a%2Fb'],
      ['outside of the base path', 'https://api.contoso.com/v2/x/7', 'https://api.contoso.com/v2/x/7'],
      ['of the connector itself', 'https://connector.invalid/hooks/7', 'https://api.contoso.com/v1/hooks/7'],
      ['that names the port', 'https://api.contoso.com:443/v1/hooks/7', 'https://api.contoso.com/v1/hooks/7'],
      ['that leads upwards', '/v1/hooks/../../hooks/7', 'https://api.contoso.com/hooks/7'],
    ];
    for (const [name, location, url] of cases) {
      it(name, async () => {
        const { end, asked } = await life(hooks(), {}, created(location), gone);
        expect(asked[1]?.url).to.equal(url);
        expect(asked[1]?.headers['x-key']).to.equal('k3y-of-ada');
        expect(end?.exitStatus).to.equal(0);
      });
    }
  });

  it('sends the credentials to no other origin', async () => {
    for (const location of [
      'https://evil.example/hooks/7',
      'http://api.contoso.com/v1/hooks/7',
      'javascript:0',
      'https://[',
    ]) {
      const { end, asked } = await life(hooks(), {}, created(location), gone);
      expect(asked, location).to.have.length(1);
      expect(end?.exitStatus, location).to.equal(1);
      expect(end?.trace.error, location).to.match(/^Location/);
    }
  });

  it('finds out that the API gives no Location', async () => {
    const { run, end, asked } = await life(hooks(), {}, created());
    expect(asked).to.have.length(1);
    expect(run.exitStatus).to.equal(1);
    const [{ findings = [] } = {}] = stepsOf(run.trace.steps, 'schema');
    expect(findings.map(({ expected }) => expected)).to.deep.equal([
      'the header Location, where the subscription is ended',
    ]);
    expect(end).to.equal(undefined);
  });

  it('has nothing to end where the API refused', async () => {
    const { run, subscription } = await life(hooks(), {}, { status: 409, body: Buffer.alloc(0) });
    expect(run.exitStatus).to.equal(1);
    expect(subscription).to.equal(undefined);
  });

  it('says when the API refuses to end it', async () => {
    const { end } = await life(hooks(), {}, created('/v1/hooks/7'), { status: 500, body: Buffer.alloc(0) });
    expect(end?.exitStatus).to.equal(1);
  });

  it('asks nothing of the answer to the DELETE but its status', async () => {
    const { end } = await life(hooks(), {}, created('/v1/hooks/7'), { status: 200, body: Buffer.from('<ok/>') });
    expect(end?.exitStatus).to.equal(0);
  });

  describe('with policies', () => {
    const host = policy('dynamichosturl', { urlTemplate: "https://@connectionParameters('tenant').contoso.com/api" });

    it('stays with the host that they chose', async () => {
      const wanted = { policies: [host], connection: { tenant: 'fabrikam' } };
      const { end, asked } = await life(hooks(), wanted, created('/api/hooks/7'), gone);
      expect(asked.map(({ url }) => url)).to.deep.equal([
        'https://fabrikam.contoso.com/api/hooks',
        'https://fabrikam.contoso.com/api/hooks/7',
      ]);
      expect(end?.trace.operationId).to.equal('DeleteHook');
    });

    it('lets those of the DELETE run, and of no other operation', async () => {
      const policies = [
        policy('setheader', { name: 'X-All', value: 'all' }, 'Request'),
        policy('setheader', { name: 'X-Post', value: 'post' }, 'Request', ['OnOrder']),
        policy('setheader', { name: 'X-Delete', value: 'delete' }, 'Request', ['DeleteHook']),
      ];
      const { asked } = await life(hooks(), { policies }, created('/v1/hooks/7'), gone);
      expect(Object.keys(asked[1]?.headers ?? {})).to.have.members(['accept', 'x-key', 'x-all', 'x-delete']);
    });

    it('routes a Location of the connector, with the variables of its path', async () => {
      const policies = [
        policy('routerequesttoendpoint', { newPath: '/admin/hooks/{hookId}' }, undefined, ['DeleteHook']),
      ];
      const location = 'https://connector.invalid/hooks/a%2Fb';
      const { asked } = await life(hooks(), { policies }, created(location), gone);
      expect(asked[1]?.url).to.equal('https://api.contoso.com/v1/admin/hooks/a%2Fb');
    });

    it('takes an address of the API as it is, wherever they would lead', async () => {
      const policies = [policy('routerequesttoendpoint', { newPath: '/other' }, undefined, ['DeleteHook'])];
      const { asked } = await life(hooks(), { policies }, created('/v1/hooks/7'), gone);
      expect(asked[1]?.url).to.equal('https://api.contoso.com/v1/hooks/7');
    });

    it('ends the subscription also where those of the answer fail', async () => {
      const policies = [policy('setheader', { name: 'X-Id', value: '@{body().a.b}' }, 'Response', ['OnOrder'])];
      const { run, end, asked } = await life(hooks(), { policies }, created('/v1/hooks/7'), gone);
      expect(run.trace.error).to.contain('setheader');
      expect(run.exitStatus).to.equal(1);
      expect(asked[1]?.method).to.equal('DELETE');
      expect(end?.exitStatus).to.equal(0);
    });

    it('reads a Location that one of them has set', async () => {
      const policies = [
        policy('setheader', { name: 'Location', value: '/v1/hooks/@{body().id}' }, 'Response', ['OnOrder']),
      ];
      const answer = { ...created(), headers: { 'content-type': 'application/json' }, body: Buffer.from('{"id":9}') };
      const { asked } = await life(hooks(), { policies }, answer, gone);
      expect(asked[1]?.url).to.equal('https://api.contoso.com/v1/hooks/9');
    });
  });

  it('ends also where the connector has no operation for it', async () => {
    const { '/hooks': item = {} } = hooks();
    const { end, asked } = await life({ '/hooks': item }, {}, created('/v1/hooks/7'), gone);
    expect(asked[1]?.headers['x-key']).to.equal('k3y-of-ada');
    expect(end?.trace.operationId).to.equal('OnOrder');
    expect(end?.exitStatus).to.equal(0);
  });

  it('asks for no inputs of the DELETE: a flow gives it none', async () => {
    const remove = { parameters: [{ name: 'reason', in: 'query', required: true, type: 'string' }] };
    const { end, asked } = await life(hooks({ remove }), {}, created('/v1/hooks/7'), gone);
    expect(asked[1]?.url).to.equal('https://api.contoso.com/v1/hooks/7');
    expect(end?.exitStatus).to.equal(0);
  });

  describe('compares a notification with what the path declares', () => {
    it('which it is', () => {
      const { trace, exitStatus } = notified('{"id":"a","total":3}');
      expect(exitStatus).to.equal(0);
      expect(trace.steps).to.deep.equal([
        { step: 'notification', body: { id: 'a', total: 3 } },
        { step: 'schema', findings: [] },
      ]);
      expect(trace.result?.body).to.deep.equal({ id: 'a', total: 3 });
    });

    it('which it is not', () => {
      const { trace, exitStatus } = notified('{"total":"3"}');
      expect(exitStatus).to.equal(1);
      const [{ findings = [] } = {}] = stepsOf(trace.steps, 'schema');
      const content = '/paths/~1hooks/x-ms-notification-content/schema/properties';
      expect(findings).to.deep.equal([
        { pointer: `${content}/id`, at: '/id', expected: 'string', seen: 'nothing' },
        { pointer: `${content}/total`, at: '/total', expected: 'number', seen: 'string' },
      ]);
    });

    for (const [name, body] of [
      ['is broken off', '{"id":"a"'],
      ['is empty', ''],
      ['is text', 'order a'],
      ['is bytes', Buffer.from([0xff, 0xfe, 0])],
      ['is a list', '[{"id":"a"}]'],
      ['is null', 'null'],
    ] as const) {
      it(`which ${name}`, () => {
        expect(notified(body).exitStatus).to.equal(1);
      });
    }

    it('drops what is null, or keeps it', () => {
      expect(notified('{"id":"a","total":null}').trace.result?.body).to.deep.equal({ id: 'a' });
      expect(notified('{"id":"a","total":null}', { nulls: 'keep' }).exitStatus).to.equal(1);
    });

    it('and hides what is secret', () => {
      expect(JSON.stringify(notified('{"id":"k3y-of-ada"}').trace)).not.to.contain('k3y-of-ada');
    });
  });
});
