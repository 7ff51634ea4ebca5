import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { prepareRun, type RunOptions } from '../../../src/runtime/run-operation.ts';
import type { Incoming } from '../../../src/runtime/send.ts';
import { type PollCall, type PollState, poll, secondsOf } from '../../../src/runtime/triggers/polling.ts';
import { answering, type Case, policy } from '../runs.ts';
import { orders, triggerIn } from './connectors.ts';

const json = (value: JsonObject, headers: Record<string, string> = {}, status = 200): Partial<Incoming> => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify(value)),
});
const waiting = (headers: Record<string, string> = {}): Partial<Incoming> => ({
  status: 202,
  headers,
  body: Buffer.alloc(0),
});

/** One call after the other, each with the state of the one before. */
async function calls(wanted: Case, state: PollState | undefined, ...answers: Partial<Incoming>[]) {
  const { send, asked } = answering(...answers);
  const options: RunOptions = triggerIn(orders(), { ...wanted, send });
  const made: PollCall[] = [];
  let at = state;
  for (const _ of answers) {
    const call = await poll(options, prepareRun(options), at);
    at = call.state;
    made.push(call);
  }
  return { made, urls: asked.map(({ url }) => url), asked };
}

const results = (made: readonly PollCall[]) => made.map(({ run }) => run.trace.result?.status);

describe('a polling trigger', () => {
  describe('by the policy pollingtrigger', () => {
    const policies = [
      policy('pollingtrigger', {
        triggerConfig: { since: '@{triggerBody().items[0].id}' },
        triggerDataPath: '@triggerBody().items',
      }),
    ];

    it('sets its state by the first call, and sends it with the next', async () => {
      const { made, urls } = await calls(
        { policies },
        undefined,
        json({ items: [{ id: 'b' }, { id: 'a' }] }),
        json({ items: [] }),
        json({ items: [{ id: 'c' }] }),
      );
      expect(urls).to.deep.equal([
        'https://api.contoso.com/v1/orders',
        'https://api.contoso.com/v1/orders?since=b',
        'https://api.contoso.com/v1/orders?since=b',
      ]);
      expect(results(made)).to.deep.equal([202, 202, 200]);
      expect(made.map(({ state }) => state)).to.deep.equal([{ since: 'b' }, { since: 'b' }, { since: 'c' }]);
      expect(made.every(({ run }) => run.exitStatus === 0)).to.equal(true);
    });

    it('keeps its state through an error', async () => {
      const { made } = await calls({ policies }, { since: 'b' }, json({ error: 'busy' }, { 'retry-after': '7' }, 503));
      expect(made[0]).to.deep.include({ state: { since: 'b' }, retryAfter: 7 });
      expect(made[0]?.run.exitStatus).to.equal(1);
    });

    it('changes no state that was handed in', async () => {
      const state = Object.freeze({ since: 'a' });
      const { made } = await calls({ policies }, state, json({ items: [{ id: 'b' }] }));
      expect(made[0]?.state).to.deep.equal({ since: 'b' });
      expect(state).to.deep.equal({ since: 'a' });
    });
  });

  describe('by Location', () => {
    it('goes on where the answer before said', async () => {
      const { made, urls } = await calls(
        {},
        undefined,
        waiting({ location: 'https://api.contoso.com/v1/orders?since=a', 'retry-after': '15' }),
        json({ items: [{ id: 'b' }] }, { location: '/v1/orders?since=b' }),
        waiting(),
        waiting({ location: '?since=c' }),
      );
      expect(urls).to.deep.equal([
        'https://api.contoso.com/v1/orders',
        'https://api.contoso.com/v1/orders?since=a',
        'https://api.contoso.com/v1/orders?since=b',
        'https://api.contoso.com/v1/orders?since=b',
      ]);
      expect(results(made)).to.deep.equal([202, 200, 202, 202]);
      expect(made.map(({ retryAfter }) => retryAfter)).to.deep.equal([15, undefined, undefined, undefined]);
      expect(made.at(-1)?.state).to.deep.equal({ location: 'https://api.contoso.com/v1/orders?since=c' });
    });

    it('sends the headers of the inputs and the credentials there', async () => {
      const state = { location: 'https://connector.invalid/orders?since=a' };
      const { asked } = await calls({ inputs: { since: 'x', 'x-region': 'eu' } }, state, waiting());
      expect(asked[0]).to.include({ url: 'https://api.contoso.com/v1/orders?since=a' });
      expect(asked[0]?.headers).to.include({ 'x-region': 'eu', 'x-key': 'k3y-of-ada' });
    });

    it('knows the host that policies choose, also in the first call after a restart', async () => {
      const host = policy('dynamichosturl', { urlTemplate: "https://@connectionParameters('tenant').contoso.com/api" });
      const wanted = { policies: [host], connection: { tenant: 'fabrikam' } };
      const location = 'https://fabrikam.contoso.com/api/orders?since=a';
      const { urls, made } = await calls(wanted, { location }, waiting());
      expect(urls).to.deep.equal([location]);
      expect(made[0]?.run.exitStatus).to.equal(0);
    });

    it('goes to no other origin', async () => {
      const { made, asked } = await calls({}, { location: 'https://evil.example/orders' }, waiting());
      expect(asked).to.deep.equal([]);
      expect(made[0]?.run.trace.error).to.contain('https://evil.example');
      expect(made[0]?.run.exitStatus).to.equal(1);
    });

    it('takes no state from an error', async () => {
      const { made } = await calls({}, undefined, { ...waiting({ location: '/v1/orders?since=z' }), status: 500 });
      expect(made[0]?.state).to.equal(undefined);
    });
  });

  it('has two good answers: 200 and 202', async () => {
    for (const status of [201, 204, 206, 404]) {
      const { made } = await calls({}, undefined, { status, body: Buffer.alloc(0), headers: {} });
      expect(made[0]?.run.exitStatus, String(status)).to.equal(1);
    }
  });

  it('finds out that an answer does not fit', async () => {
    const { made } = await calls({}, undefined, json({ items: 'none' }));
    expect(made[0]?.run.exitStatus).to.equal(1);
  });

  it('reads Retry-After in both of its forms', () => {
    const now = Date.parse('2026-11-28T12:00:00Z');
    expect(secondsOf('120', now)).to.equal(120);
    expect(secondsOf('Sat, 28 Nov 2026 12:00:30 GMT', now)).to.equal(30);
    expect(secondsOf('Sat, 28 Nov 2026 11:00:00 GMT', now)).to.equal(0);
    for (const text of [undefined, '', 'soon', '-1', '1.5', 'Sat'])
      expect(secondsOf(text, now), text).to.equal(undefined);
  });
});
