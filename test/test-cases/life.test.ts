import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/connector/json/value.ts';
import { planTests } from '../../src/test-cases/init/init-tests.ts';
import { readTestFile } from '../../src/test-cases/read-test-file.ts';
import { runTestFiles } from '../../src/test-cases/run-files.ts';
import { type Case, policy } from '../runtime/runs.ts';
import { runOne, subjectOf } from './suites.ts';

const text = { type: 'string' };

const webhook: Case = {
  method: 'post',
  path: '/hooks',
  item: { 'x-ms-notification-content': { schema: { type: 'object', properties: { id: text } } } },
  operation: {
    'x-ms-trigger': 'single',
    parameters: [
      {
        name: 'hook',
        in: 'body',
        required: true,
        schema: {
          type: 'object',
          required: ['url'],
          properties: { url: { ...text, 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' } },
        },
      },
    ],
    responses: { 201: { description: 'OK' } },
  },
};

const poll: Case = {
  operation: {
    'x-ms-trigger': 'batch',
    parameters: [{ name: 'since', in: 'query', type: 'string', 'x-ms-visibility': 'internal' }],
    responses: {
      200: { description: 'OK', schema: { type: 'array', items: { type: 'object', properties: { id: text } } } },
    },
  },
  policies: [
    policy('pollingtrigger', {
      triggerDataPath: '@triggerBody()',
      triggerConfig: { since: "@{triggerBody()[0]['id']}" },
    }),
  ],
};

const subscribed = { api: { status: 201, headers: { location: '/v1/hooks/7' } } };

async function messageOf(wanted: Case, steps: Json[], more: JsonObject = {}): Promise<string> {
  return (await runOne(wanted, { ...more, steps })).message;
}

describe('lives of triggers', () => {
  it('subscribe, receive and unsubscribe at the Location', async () => {
    const sent = { method: 'POST', url: 'https://api.contoso.com/v1/hooks' };
    const ended = { method: 'DELETE', url: 'https://api.contoso.com/v1/hooks/7' };
    expect(await messageOf(webhook, ['subscribe', { event: { id: 'a' } }, 'unsubscribe'])).to.equal('');
    const steps: Json[] = [
      { subscribe: { ...subscribed, sent } },
      { event: { id: 'a' }, result: { fits: true, body: { id: 'a' } } },
      { unsubscribe: null, sent: ended },
    ];
    expect(await messageOf(webhook, steps)).to.equal('');
    expect(await messageOf(webhook, [steps[0] ?? null, { event: { id: 7 } }])).to.contain(
      'step 2 (event): the result does not fit the definition at /id',
    );
    expect(
      await messageOf(webhook, [
        steps[0] ?? null,
        { unsubscribe: null, sent: { url: 'https://api.contoso.com/v1/hooks/8' } },
      ]),
    ).to.contain('step 2 (unsubscribe): the request: the URL differs');
    expect(await messageOf(webhook, [{ subscribe: { api: { status: 201 } } }])).to.contain('the header Location');
  });

  it('poll with the state of the call before', async () => {
    const steps: Json[] = [
      { api: { body: [{ id: '1' }] }, expect: { result: { status: 202 }, state: { since: '1' } } },
      {
        api: { body: [{ id: '2' }, { id: '1' }] },
        expect: {
          sent: { url: 'https://api.contoso.com/v1/orders?since=1' },
          result: { status: 200, body: [{ id: '2' }, {}] },
        },
      },
      { api: { body: [] }, expect: { result: { status: 202 }, state: { since: '2' } } },
    ];
    expect(await messageOf(poll, steps)).to.equal('');
    expect(await messageOf(poll, steps.slice(1), { state: { since: 1 } })).to.equal('');
    expect(await messageOf(poll, [{ api: { body: [] }, expect: { state: { since: '3' } } }])).to.contain(
      'step 1 (poll): the state differs',
    );
  });

  it('are part of generated tests', async () => {
    for (const [wanted, name] of [
      [webhook, 'subscribes, receives and unsubscribes'],
      [poll, 'begins with nothing, gives what is new, then waits'],
    ] as const) {
      const subject = subjectOf(wanted);
      const { files, notes } = await planTests(subject, []);
      const [[path, contents] = ['', '']] = files;
      const { file } = readTestFile(contents, path);
      expect(notes).to.deep.equal([]);
      expect(file?.cases.map((one) => one.name)).to.include(name);
      const report = await runTestFiles(file === undefined ? [] : [file], { subject });
      expect(report.files.flatMap(({ cases }) => cases.map(({ message }) => message)).join('')).to.equal('');
    }
  });
});
