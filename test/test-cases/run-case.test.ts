import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/connector/json/value.ts';
import type { RunScript } from '../../src/runtime/script/run-script.ts';
import { readTestFile } from '../../src/test-cases/read-test-file.ts';
import { runTestFiles } from '../../src/test-cases/run-files.ts';
import { type Case, keyParameter, policy } from '../runtime/runs.ts';
import { runOne, runText, subjectOf } from './suites.ts';

const listing: Case = {
  definition: {
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ key: [] }],
  },
  operation: {
    parameters: [{ name: 'top', in: 'query', type: 'integer', default: 50, required: true }],
    responses: {
      200: {
        description: 'OK',
        schema: {
          type: 'object',
          properties: { items: { type: 'array', items: { type: 'string' } }, next: { type: 'string' } },
        },
      },
      404: { description: 'Not found' },
    },
  },
  properties: { connectionParameters: { api_key: keyParameter } },
};

const url = 'https://api.contoso.com/v1/orders?top=50';

async function messageOf(wanted: Case, test: JsonObject): Promise<string> {
  const { outcome, message } = await runOne(wanted, test);
  expect(outcome).to.equal(message === '' ? 'passed' : 'failed');
  return message;
}

describe('cases', () => {
  it('compare what is sent, with secrets as ‹parameter›', async () => {
    const sent = { method: 'GET', url, headers: { 'X-Api-Key': '‹api_key›', authorization: null } };
    expect(await messageOf(listing, { api: { body: { items: ['a'] } }, expect: { sent } })).to.equal('');
    expect(await messageOf(listing, { expect: { sent: { ...sent, url: url.replace('50', '5') } } })).to.equal(
      `the request: the URL differs\n  expected: https://api.contoso.com/v1/orders?top=5\n  seen:     ${url}`,
    );
    expect(await messageOf(listing, { expect: { sent: { headers: { 'x-api-key': null } } } })).to.contain(
      'the header x-api-key',
    );
    expect(await messageOf(listing, { expect: { sent: { body: {} } } })).to.contain('the body differs');
  });

  it('compare the whole of a body that is sent, and a part of a result', async () => {
    const creating: Case = {
      method: 'post',
      operation: {
        parameters: [
          {
            name: 'order',
            in: 'body',
            required: true,
            schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } },
          },
        ],
      },
    };
    const run = (body: JsonObject) =>
      messageOf(creating, { inputs: { order: { a: '1', b: '2' } }, expect: { sent: { body } } });
    expect(await run({ a: '1', b: '2' })).to.equal('');
    expect(await run({ a: '1' })).to.equal(
      'the request: the body at /b is not expected\n  expected: nothing\n  seen:     "2"',
    );
    const result = (body: JsonObject) =>
      messageOf(listing, { api: { body: { items: ['a'], next: 'n' } }, expect: { result: { body } } });
    expect(await result({ items: ['a'] })).to.equal('');
    expect(await result({ items: [] })).to.contain('the body at /items of the result differs');
    expect(await result({ items: ['b'] })).to.contain('/items/0');
  });

  it('fail by what nobody expected: statuses, misfits, errors', async () => {
    expect(await messageOf(listing, { api: { status: 404 } })).to.contain('expected: 2xx');
    expect(
      await messageOf(listing, { api: { status: 404 }, expect: { result: { status: 404, fits: true } } }),
    ).to.equal('');
    expect(await messageOf(listing, { api: { body: { items: 3 } } })).to.contain(
      'does not fit the definition at /items',
    );
    expect(await messageOf(listing, { api: { body: { items: 3 } }, expect: { misfit: ['/items'] } })).to.equal('');
    expect(await messageOf(listing, { api: { body: { items: 3 } }, expect: { result: { fits: false } } })).to.equal('');
    expect(await messageOf(listing, { expect: { misfit: ['/items'] } })).to.contain('and it does');
    expect(await messageOf(listing, { inputs: { topp: 1 } })).to.contain('it could not run: inputs: topp');
    expect(await messageOf(listing, { connection: { api_key: 'k' } })).to.contain('a secret');
    expect(await messageOf(listing, { api: '../../../etc/passwd' })).to.contain('could not run');
  });

  it('name the nearest expectation of a request that nobody expected', async () => {
    const fetching: Case = {
      ...listing,
      policies: [
        policy('setvaluefromurl', {
          parameterTemplate: "@headers('team')",
          parameterValueUrl: '/team',
          parameterValuePathTemplate: '@body().id',
        }),
      ],
    };
    const api: Json[] = [{ body: { id: 't' } }, { body: { items: [] } }];
    expect(
      await messageOf(fetching, {
        api,
        expect: { sent: [{ url: 'https://api.contoso.com/v1/team' }, { url, headers: { team: 't' } }] },
      }),
    ).to.equal('');
    expect(
      await messageOf(fetching, { api: api[0] ?? {}, expect: { sent: { url: 'https://api.contoso.com/v1/team' } } }),
    ).to.match(
      /^request 2 is not expected: GET \S+\/orders\?top=50 is sent\n {2}the nearest expected one is request 1: the URL differs/,
    );
    expect(await messageOf(listing, { api, calls: 2 })).to.contain('2 requests should be sent, and 1 was sent');
  });

  it('expect errors, assumptions and headers of the result', async () => {
    const nulls: Case = {
      ...listing,
      policies: [
        policy('setheader', { name: 'a', value: '@body().a.b' }),
        policy('setheader', { name: 'seen', value: 'yes' }, 'Response'),
      ],
    };
    expect(await messageOf(nulls, { expect: { error: 'null', sent: [], assumptions: ['null-path'] } })).to.equal('');
    expect(await messageOf(nulls, {})).to.contain('the run failed: policy 0 (setheader');
    expect(await messageOf(nulls, { expect: { error: 'other' } })).to.contain('should fail with "other"');
    const one: Case = { ...listing, policies: nulls.policies?.slice(1) ?? [] };
    expect(await messageOf(one, { expect: { result: { headers: { Seen: 'yes' } }, assumptions: [] } })).to.equal('');
    expect(await messageOf(one, { expect: { error: 'x' } })).to.contain('did not fail');
    expect(await messageOf(one, { expect: { assumptions: ['null-path'] } })).to.contain('rests on none');
  });

  it('say what is missing, which policy made what is seen, and how to expect another status', async () => {
    const one: Case = { ...listing, policies: [policy('setheader', { name: 'x-v', value: '2' })] };
    const headers = async (expected: JsonObject): Promise<string> =>
      messageOf(one, { expect: { sent: { headers: expected } } });
    expect(await headers({ 'x-v': '1' })).to.equal(
      'the request: the header x-v differs\n  expected: "1"\n  seen:     "2"\n  made by:  policy 0 (setheader, setheader)',
    );
    expect(await headers({ 'x-none': 'a' })).to.equal(
      'the request: the header x-none is missing\n  expected: "a"\n  seen:     nothing',
    );
    expect(await headers({ 'x-v': null }))
      .to.contain('the header x-v is not expected')
      .and.to.contain('policy 0');
    expect(await messageOf(one, { api: { status: 404 } })).to.contain(
      'if that is what the case is about: expect: { result: { status: 404 } }',
    );
  });

  it('report an operation that is no longer there as a failure', async () => {
    const report = await runText(subjectOf(listing), 'operation: Opp\ncases:\n  - name: a\n');
    expect(report.counts).to.deep.equal({ passed: 0, failed: 1, skipped: 0 });
    expect(report.files[0]?.cases[0]?.message).to.contain('did you mean Op?');
  });

  it('cover what they go through', async () => {
    const { coverage } = await runText(
      subjectOf({
        ...listing,
        policies: [
          policy('setheader', { name: 'a', value: 'b' }),
          policy('setheader', { name: 'a', value: 'c' }, 'Response', ['Other']),
        ],
      }),
      'operation: Op\ncases:\n  - name: a\n    api: { body: { items: [] } }\n',
    );
    expect(coverage.operations).to.deep.equal({ all: ['Op'], seen: ['Op'] });
    expect(coverage.policies.seen).to.have.lengthOf(1);
    expect(coverage.responses.seen).to.deep.equal(['Op 200']);
    expect(coverage.properties).to.deep.equal({ all: ['Op 200 items', 'Op 200 next'], seen: ['Op 200 items'] });
  });
});

describe('cases of operations with code', () => {
  const script = 'public class Script : ScriptBase { }';
  const text =
    'operation: Op\ncases:\n  - name: a\n    switches: { operationId: base64 }\n    expect: { result: { status: 201 } }\n';

  it('are skipped, with the reason, where nothing runs the code', async () => {
    const report = await runText(subjectOf(listing, script), text);
    expect(report.counts).to.deep.equal({ passed: 0, failed: 0, skipped: 1 });
    expect(report.files[0]?.cases[0]?.message).to.contain('script.csx');
  });

  it('run it with the id in the form that the case says', async () => {
    const { file } = readTestFile(text, '/repository/tests/Op.test.yaml');
    const ids: string[] = [];
    const code = async (): Promise<RunScript> => async (call, events) => {
      ids.push(call.operationId);
      await events.send(call.request);
      const answer = await events.send(call.request);
      return { answer: { ...answer, status: 201 }, hasReadOperationId: true, milliseconds: 1 };
    };
    const report = await runTestFiles(file === undefined ? [] : [file], {
      subject: subjectOf({ ...listing, operation: { responses: { 201: { description: 'OK' } } } }, script),
      code,
    });
    expect(report.files[0]?.cases[0]?.message).to.equal('');
    expect(ids).to.deep.equal([Buffer.from('Op').toString('base64')]);
  });
});
