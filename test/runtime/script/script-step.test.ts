import { expect } from 'chai';
import type { RunScript, ScriptCall } from '../../../src/runtime/script/run-script.ts';
import type { Incoming } from '../../../src/runtime/send.ts';
import { answering, keyParameter, policy, ready, run, stepsOf } from '../runs.ts';

/** Scripts as functions: what the engine does around one, without .NET. */

const json = (value: unknown): Incoming => ({
  status: 200,
  statusText: 'OK',
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

const answers = (answer: Incoming, hasReadOperationId = false) => ({ answer, milliseconds: 1, hasReadOperationId });

/** Sends the request as it came, and answers with what comes. */
const passing: RunScript = async ({ request }, { send }) => answers(await send(request));

const security = {
  securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  security: [{ key: [] }],
};

describe('an operation with code', () => {
  it('gives the request to the code as the policies left it, and sends what the code sends', async () => {
    const api = answering({ items: [] });
    const { trace, exitStatus } = await run({
      policies: [policy('setheader', { name: 'x-tenant', value: 'contoso', existsAction: 'override' })],
      send: api.send,
      script: {
        run: (call, events) =>
          passing({ ...call, request: { ...call.request, url: `${call.request.url}?page=2` } }, events),
      },
    });
    expect(exitStatus).to.equal(0);
    expect(trace.steps.map(({ step }) => step)).to.deep.equal([
      'request',
      'policy',
      'script',
      'send',
      'answer',
      'schema',
    ]);
    expect(api.asked).to.have.length(1);
    expect(api.asked[0]?.url).to.equal('https://api.contoso.com/v1/orders?page=2');
    expect(api.asked[0]?.headers).to.include({ 'x-tenant': 'contoso' });
    expect(stepsOf(trace.steps, 'send')).to.deep.include({ ...stepsOf(trace.steps, 'send')[0], by: 'script' });
    expect(trace.result).to.deep.equal({ status: 200, body: { items: [] } });
  });

  it('sends nothing when the code answers by itself', async () => {
    const api = answering();
    const { trace } = await run({ send: api.send, script: { run: async () => answers(json({ made: 'here' })) } });
    expect(api.asked).to.deep.equal([]);
    expect(trace.result).to.deep.equal({ status: 200, body: { made: 'here' } });
  });

  it('ends a dry run before the first request of the code, whatever the code makes of that', async () => {
    const body = Buffer.from('{"b":1,  "a":2}');
    const catching: RunScript = async ({ request }, { send }) => {
      const sent = { ...request, method: 'POST', headers: { 'content-type': 'application/json' }, body };
      return answers(await send(sent).catch(() => json('caught')));
    };
    const step = await ready({ script: { run: catching } });
    expect(step).to.deep.include({ method: 'POST', body: { b: 1, a: 2 } });
  });

  it('sends the bytes that the code made', async () => {
    const body = Buffer.from('{"b":1,  "a":2}');
    const api = answering({});
    const run_: RunScript = async ({ request }, { send }) => answers(await send({ ...request, method: 'POST', body }));
    await run({ send: api.send, script: { run: run_ } });
    expect(api.asked[0]?.body?.toString()).to.equal('{"b":1,  "a":2}');
  });

  it('gives the id in either form, and the address on the host of the connector', async () => {
    const calls: ScriptCall[] = [];
    const seeing: RunScript = async (call) => {
      calls.push(call);
      return answers(json({}), true);
    };
    const api = answering();
    const plain = await run({ send: api.send, script: { run: seeing } });
    const encoded = await run({ send: api.send, script: { run: seeing, operationIdForm: 'base64' } });
    expect(calls.map(({ operationId }) => operationId)).to.deep.equal(['Op', 'T3A=']);
    expect(calls[0]?.originalRequestUri).to.equal('https://connector.invalid/orders');
    expect(plain.trace.assumptions.map(({ id }) => id)).to.deep.equal(['operation-id-form']);
    expect(encoded.trace.assumptions).to.deep.equal([]);
  });

  it('runs the policies of the answer after the code, or on each answer to the code', async () => {
    const policies = [
      policy(
        'setproperty',
        {
          newPropertyParentPathTemplate: '@body()',
          newPropertySubPathTemplate: 'seen',
          propertyValuePathTemplate: 'yes',
        },
        'Response',
      ),
    ];
    const seen: string[] = [];
    const looking: RunScript = async ({ request }, { send }) => {
      const answer = await send(request);
      seen.push(answer.body.toString());
      return answers(json({ of: 'the code' }));
    };
    const after = await run({ policies, send: answering({}).send, script: { run: looking } });
    const before = await run({
      policies,
      send: answering({}).send,
      script: { run: looking, responsePolicies: 'before-script' },
    });
    expect(seen).to.deep.equal(['{}', '{"seen":"yes"}']);
    expect(after.trace.result?.body).to.deep.equal({ of: 'the code', seen: 'yes' });
    expect(before.trace.result?.body).to.deep.equal({ of: 'the code' });
    expect(after.trace.assumptions.map(({ id }) => id)).to.deep.equal(['response-policies-after-script']);
    expect(before.trace.assumptions).to.deep.equal([]);
  });

  it('fails with what the code failed by, and says when that was the time', async () => {
    const failing = async () => ({
      failure: 'script.csx:3:5: no',
      isTimeout: true,
      milliseconds: 5000,
      hasReadOperationId: false,
    });
    const { trace, exitStatus } = await run({ send: answering().send, script: { run: failing } });
    expect(exitStatus).to.equal(1);
    expect(trace.error).to.equal('script.csx:3:5: no');
    expect(trace.assumptions.map(({ id }) => id)).to.deep.equal(['script-time']);
  });

  it('shows no token that the code fetched, wherever it comes up, and no key that it was given', async () => {
    const api = answering({ access_token: 'tok-e-n-4711', expires_in: 10 }, { echo: 'tok-e-n-4711' });
    const fetching: RunScript = async ({ request }, { send, log }) => {
      const token = JSON.parse((await send({ ...request, url: 'https://login.contoso.com/token' })).body.toString());
      log(`got ${token.access_token} for ${request.headers['x-key']}`);
      const headers = { ...request.headers, authorization: `Bearer ${token.access_token}`, 'x-key': 'computed-8812' };
      return answers(await send({ ...request, headers }));
    };
    const { trace } = await run({
      definition: security,
      properties: { connectionParameters: { api_key: keyParameter } },
      connection: { api_key: 'planted-key-1' },
      send: api.send,
      script: { run: fetching },
    });
    const text = JSON.stringify(trace);
    expect(text).not.to.match(/tok-e-n|planted-key|computed-8812/);
    expect(stepsOf(trace.steps, 'script')[0]?.log).to.deep.equal(['got ‹fetched› for ‹api_key›']);
    expect(stepsOf(trace.steps, 'send')[1]?.headers).to.include({
      authorization: 'Bearer ‹fetched›',
      'x-key': '‹fetched›',
    });
  });
});
