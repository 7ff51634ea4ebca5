import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/connector/json/value.ts';
import { policyTemplateIds } from '../../src/policy/templates.ts';
import { runnerOf } from '../../src/runtime/policies.ts';
import { prepareRun, runOperation } from '../../src/runtime/run-operation.ts';
import type { Step } from '../../src/runtime/trace.ts';
import { answering, type Case, optionsOf, policy, ready, run, stepsOf } from './runs.ts';

/** What each template does, by the examples of its documentation (docs/reference/runtime.md#values). */

const bodyParameter = { name: 'body', in: 'body', required: true, schema: { type: 'object' } };
const posting = (body: Json, policies: JsonObject[], more: Case = {}): Case => ({
  method: 'post',
  operation: { parameters: [bodyParameter] },
  inputs: { body },
  policies,
  ...more,
});

/** The body after policies of the request. */
const changedBody = async (body: Json, ...policies: JsonObject[]): Promise<Json> =>
  (await ready(posting(body, policies))).body;

/** The result after policies of the answer. */
async function changedAnswer(answer: Json, ...policies: JsonObject[]): Promise<Json | undefined> {
  const { trace } = await run({ policies, ...answering(answer) });
  expect(trace.error).to.equal(undefined);
  return trace.result?.body;
}

const assumed = async (wanted: Case): Promise<string[]> => (await run(wanted)).trace.assumptions.map(({ id }) => id);

const setHeader = (value: string, existsAction = 'override', section = 'Request'): JsonObject =>
  policy('setheader', { name: 'test', value, existsAction }, section);
const withHeader = { parameters: [{ name: 'test', in: 'header', type: 'string' }] };

const headersOf = (step: Step | undefined): Record<string, string> =>
  step !== undefined && 'headers' in step ? step.headers : {};

describe('policies', () => {
  it('are run for every template that the platform offers', () => {
    for (const id of policyTemplateIds) expect(runnerOf(id)?.run, id).to.be.a('function');
    expect(runnerOf('SetHeader')).to.equal(runnerOf('setheader'));
    expect(runnerOf('moveproperties')).to.equal(undefined);
  });

  describe('setheader', () => {
    const header = async (value: string, existsAction: string, old?: string) =>
      (
        await ready({
          operation: withHeader,
          inputs: old === undefined ? {} : { test: old },
          policies: [setHeader(value, existsAction)],
        })
      ).headers.test;

    it('overrides, skips what is there, and appends after a comma', async () => {
      expect(await header('b', 'override', 'a')).to.equal('b');
      expect(await header('b', 'skip', 'a')).to.equal('a');
      expect(await header('b', 'skip')).to.equal('b');
      expect(await header('b', 'append', 'a')).to.equal('a,b');
      expect(await header('b', 'append')).to.equal('b');
    });

    it('reads the old value, and sets an empty one', async () => {
      expect(await header("@headers('test')moo", 'override', 'foo')).to.equal('foomoo');
      expect(await header("@headers('none')", 'override', 'foo')).to.equal('');
    });

    it('works on the answer, and in the section Failure from 400', async () => {
      const policies = [
        setHeader('r', 'override', 'Response'),
        policy('setheader', { name: 'failed', value: 'yes' }, 'Failure'),
      ];
      const fine = await run({ policies, ...answering({}) });
      expect(stepsOf(fine.trace.steps, 'policy').map(({ index }) => index)).to.deep.equal([0]);
      const failed = await run({ policies, ...answering({ status: 404 }) });
      expect(stepsOf(failed.trace.steps, 'policy')[1]?.changed).to.deep.equal([
        { what: 'headers/failed', from: null, to: 'yes' },
      ]);
      expect(failed.trace.assumptions.map(({ id }) => id)).to.include('failure-section');
    });

    it('leaves out a name that no header can have', async () => {
      const { headers } = await ready({
        policies: [policy('setheader', { name: '[[Dummy]]', value: 'x' }, 'Request')],
      });
      expect(headers).to.deep.equal({ accept: 'application/json' });
    });

    it('ends the run where its value comes through null', async () => {
      const { trace, exitStatus } = await run(posting({ summary: null }, [setHeader('@body().summary.amount')]));
      expect(exitStatus).to.equal(1);
      expect(trace.error).to.contain('@body().summary.amount').and.to.contain('policy 0 (setheader');
      expect(trace.assumptions.map(({ id }) => id)).to.deep.equal(['null-path']);
    });
  });

  describe('setqueryparameter', () => {
    const url = async (parameters: JsonObject, inputs: JsonObject = {}) =>
      (
        await ready({
          operation: { parameters: [{ name: '$top', in: 'query', type: 'string' }] },
          inputs,
          policies: [policy('setqueryparameter', parameters)],
        })
      ).url;

    it('overrides, gives a default, appends, keeps commas and encodes the rest', async () => {
      expect(await url({ name: '$top', value: '50' }, { $top: '9' })).to.equal(
        'https://api.contoso.com/v1/orders?$top=50',
      );
      expect(await url({ name: '$top', value: '50', existsAction: 'skip' }, { $top: '9' })).to.match(/\?\$top=9$/);
      expect(await url({ name: '%24top', value: '50', existsAction: 'skip' }, { $top: '9' })).to.match(/\?\$top=9$/);
      expect(await url({ name: '$top', value: '50', existsAction: 'append' }, { $top: '9' })).to.match(/\?\$top=9,50$/);
      expect(await url({ name: '$select', value: 'id,display name' })).to.match(/\?\$select=id,display%20name$/);
    });
  });

  describe('setproperty', () => {
    const set = (parent: string, sub: string, value: string): JsonObject =>
      policy(
        'setproperty',
        { newPropertyParentPathTemplate: parent, newPropertySubPathTemplate: sub, propertyValuePathTemplate: value },
        'Request',
      );

    it('sets literals as text, paths with their type, text with paths in it', async () => {
      expect(await changedBody({}, set('@body()', 'count', '30'))).to.deep.equal({ count: '30' });
      expect(await changedBody({ age: 3 }, set('@body()', 'copy', '@body().age'))).to.deep.equal({ age: 3, copy: 3 });
      expect(await changedBody({ age: 3 }, set('@body()', 'copy', 'is {@body().age}'))).to.deep.equal({
        age: 3,
        copy: 'is 3',
      });
      expect(
        await changedBody({ '@odata.id': 'u1' }, set('@body()', "['@odata.id']", "https://x/{@body()['@odata.id']}")),
      ).to.deep.equal({
        '@odata.id': 'https://x/u1',
      });
    });

    it('reaches every element of a list, which @item is', async () => {
      const body = { items: [{ id: 1 }, { id: 2 }] };
      expect(await changedBody(body, set('@body().items', 'copy', '@item().id'))).to.deep.equal({
        items: [
          { id: 1, copy: 1 },
          { id: 2, copy: 2 },
        ],
      });
    });

    it('makes JSON of text that is JSON', async () => {
      expect(await changedBody({ gifts: { a: 1 } }, set('@body()', 'gifts', '[{@body().gifts}]'))).to.deep.equal({
        gifts: [{ a: 1 }],
      });
      const nested = '[{"filter_rules": [{"values": {@body().filters} }] }]';
      expect(await changedBody({ filters: ['x'] }, set('body()', 'filters', nested))).to.deep.equal({
        filters: [{ filter_rules: [{ values: ['x'] }] }],
      });
      expect(await changedBody({}, set('@body()', 'note', '[no JSON'))).to.deep.equal({ note: '[no JSON' });
    });

    it('does nothing where a source is missing or null, and takes no connection parameter', async () => {
      const wanted = posting({ a: null }, [set('@body()', 'b', '@body().a')]);
      expect((await ready(wanted)).body).to.deep.equal({ a: null });
      expect(await assumed(wanted)).to.deep.equal(['missing-source']);
      expect(await changedBody({}, set('@body()', 'key', "@connectionParameters('api_key')"))).to.deep.equal({
        key: "@connectionParameters('api_key')",
      });
    });
  });

  describe('converters', () => {
    const convert = (template: string, parameters: JsonObject, section = 'Response'): JsonObject =>
      policy(template, { propertyParentPath: '@body()', ...parameters }, section);

    it('convertobjecttoarray: names and values, the source stays unless the path is the same', async () => {
      const answer = { fields: { XYZ: { a: 1 } } };
      expect(
        await changedAnswer(
          answer,
          convert('convertobjecttoarray', { propertySubPath: 'fields', newPropertyPath: '@body().list' }),
        ),
      ).to.deep.equal({
        fields: { XYZ: { a: 1 } },
        list: [{ key: 'XYZ', value: { a: 1 } }],
      });
      const same = convert('convertobjecttoarray', {
        propertySubPath: 'fields',
        newPropertyPath: '@body().fields',
        keyName: 'id',
        valueName: 'v',
      });
      expect(await changedAnswer(answer, same)).to.deep.equal({ fields: [{ id: 'XYZ', v: { a: 1 } }] });
    });

    it('convertobjecttoarray: in every element of a list', async () => {
      const inEach = policy(
        'convertobjecttoarray',
        { propertyParentPath: '@body().value', propertySubPath: 'who', newPropertyPath: '@item()._who', keyName: 'id' },
        'Response',
      );
      expect(await changedAnswer({ value: [{ who: { ada: 1 } }, {}] }, inEach)).to.deep.equal({
        value: [{ who: { ada: 1 }, _who: [{ id: 'ada', value: 1 }] }, {}],
      });
    });

    it('convertarraytoobject: keeps the key or not, and leaves out elements without it', async () => {
      const body: JsonObject = { list: [{ id: 'a', n: 1 }, { n: 2 }] };
      const convertTo = (retainKey?: string): JsonObject =>
        convert(
          'convertarraytoobject',
          {
            propertySubPath: 'list',
            keyWithinCollectionPath: 'id',
            newPropertyPath: '@body().map',
            ...(retainKey === undefined ? {} : { retainKey }),
          },
          'Request',
        );
      expect(await changedBody(body, convertTo())).to.deep.equal({ ...body, map: { a: { id: 'a', n: 1 } } });
      expect(await changedBody(body, convertTo('false'))).to.deep.equal({ ...body, map: { a: { n: 1 } } });
      expect(await assumed(posting(body, [convertTo()]))).to.deep.equal(['converter-without-key']);
    });

    it('stringtoarray: at any character of the list', async () => {
      const convertTo = convert(
        'stringtoarray',
        { propertySubPath: 'who', delimiterList: ';,', childPropertyName: 'userId', newPropertyPath: '@body().who' },
        'Request',
      );
      expect(await changedBody({ who: 'a;b,c' }, convertTo)).to.deep.equal({
        who: [{ userId: 'a' }, { userId: 'b' }, { userId: 'c' }],
      });
    });

    it('stringreplace: plain text, everywhere', async () => {
      const convertTo = convert(
        'stringreplace',
        { propertySubPath: 'link', sourceString: '.', replacementString: '$&', newPropertyPath: '@body().link' },
        'Request',
      );
      expect(await changedBody({ link: 'a.b.c' }, convertTo)).to.deep.equal({ link: 'a$&b$&c' });
      expect(await assumed(posting({ link: 'a' }, [convertTo]))).to.deep.equal(['stringreplace-plain']);
    });

    it('encodepropertyvalue', async () => {
      const convertTo = convert(
        'encodepropertyvalue',
        { propertySubPath: 'id', newPropertyPath: '@body().encoded' },
        'Request',
      );
      expect(await changedBody({ id: 'a/b c' }, convertTo)).to.deep.equal({ id: 'a/b c', encoded: 'a%2Fb%20c' });
    });

    it('take the parent itself, where there is no path below it', async () => {
      const whole = convert('convertobjecttoarray', { propertySubPath: 'null', newPropertyPath: '@body()' });
      expect(await changedAnswer({ a: 1 }, whole)).to.deep.equal([{ key: 'a', value: 1 }]);
    });

    it('do nothing without their source, or of another type, and say so', async () => {
      const list = convert(
        'convertarraytoobject',
        { propertySubPath: 'list', keyWithinCollectionPath: 'id', newPropertyPath: '@body().map' },
        'Request',
      );
      for (const body of [{}, { list: null }, { list: 'text' }] as JsonObject[]) {
        expect(await assumed(posting(body, [list])), JSON.stringify(body)).to.deep.equal(['missing-source']);
      }
      expect(await assumed(posting({ list: [] }, [list]))).to.deep.equal([]);
    });
  });

  describe('addresses', () => {
    const properties = { connectionParameters: { tenant: { type: 'string' }, host: { type: 'string' } } };
    const url = async (connection: Record<string, string>, ...policies: JsonObject[]) =>
      (await ready({ properties, connection, policies })).url;
    const host = (urlTemplate: string, operations?: string[]): JsonObject =>
      policy('dynamichosturl', { urlTemplate }, undefined, operations);

    it('dynamichosturl: replaces host and base path; the last one counts; a whole address of a user, too', async () => {
      expect(await url({ tenant: 'a' }, host("https://@connectionParameters('tenant').contoso.com/api/"))).to.equal(
        'https://a.contoso.com/api/orders',
      );
      expect(
        await url(
          {},
          host("https://@connectionParameters('tenant','x').contoso.com"),
          host('https://last.com', ['Op']),
          host('https://other.com', ['Other']),
        ),
      ).to.equal('https://last.com/orders');
      expect(await url({ host: 'https://me.example.com/v7' }, host("@connectionParameters('host')"))).to.equal(
        'https://me.example.com/v7/orders',
      );
    });

    it('dynamichosturl: ends the run without an address', async () => {
      const { trace, exitStatus } = await run({ properties, policies: [host("@connectionParameters('host')")] });
      expect(exitStatus).to.equal(1);
      expect(trace.error).to.contain('urlTemplate');
    });

    it('routerequesttoendpoint: on the base of that moment, with variables, query and another method', async () => {
      const route = (newPath: string, httpMethod?: string): JsonObject =>
        policy('routerequesttoendpoint', { newPath, ...(httpMethod === undefined ? {} : { httpMethod }) });
      const wanted: Case = {
        path: '/made-up/{id}',
        operation: {
          parameters: [
            { name: 'id', in: 'path', required: true, type: 'string' },
            { name: 'q', in: 'query', type: 'string' },
          ],
        },
        inputs: { id: 'a/b', q: '1' },
      };
      expect((await ready({ ...wanted, policies: [route('tasks({id})/x')] })).url).to.equal(
        'https://api.contoso.com/v1/tasks(a%2Fb)/x?q=1',
      );
      expect(await ready({ ...wanted, policies: [host('https://h.com/base'), route('/tasks', 'POST')] })).to.include({
        url: 'https://h.com/base/tasks?q=1',
        method: 'POST',
      });
      expect((await ready({ ...wanted, policies: [route('/t', '@Request.OriginalHTTPMethod')] })).method).to.equal(
        'GET',
      );
      expect((await ready({ ...wanted, policies: [route("/t?k=@queryParameters('q')")] })).url).to.equal(
        'https://api.contoso.com/v1/t?q=1&k=1',
      );
      expect(await assumed({ ...wanted, policies: [route('/t?k=1')] })).to.deep.equal(['query-in-new-path']);
    });
  });

  describe('setvaluefromurl', () => {
    const fromUrl = (parameters: JsonObject): JsonObject =>
      policy(
        'setvaluefromurl',
        {
          parameterTemplate: "@headers('If-Match')",
          parameterValueUrl: '/tasks/{id}',
          parameterValuePathTemplate: "@body()['@odata.etag']",
          ...parameters,
        },
        'Request',
      );
    const wanted: Case = {
      path: '/tasks/{id}/details',
      operation: { parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }] },
      inputs: { id: '7' },
    };

    it('calls with the base and the headers of that moment', async () => {
      const { send, asked } = answering({ '@odata.etag': 'W/"1"' }, {});
      const { trace } = await run({
        ...wanted,
        policies: [policy('setheader', { name: 'x', value: 'y' }, 'Request'), fromUrl({})],
        send,
      });
      expect(asked[0]).to.include({ method: 'GET', url: 'https://api.contoso.com/v1/tasks/7' });
      expect(asked[0]?.headers.x).to.equal('y');
      expect(asked[1]?.headers['if-match']).to.equal('W/"1"');
      expect(stepsOf(trace.steps, 'send').map(({ by }) => by)).to.deep.equal(['policy', undefined]);
    });

    it('sets a parameter of the query', async () => {
      const { send, asked } = answering({ access_token: 'a b' }, {});
      await run({
        ...wanted,
        policies: [
          fromUrl({
            parameterTemplate: "@queryParameters('access_token')",
            parameterValueUrl: '/{id}?fields=access_token',
            parameterValuePathTemplate: '@body().access_token',
          }),
        ],
        send,
      });
      expect(asked.map(({ url }) => url)).to.deep.equal([
        'https://api.contoso.com/v1/7?fields=access_token',
        'https://api.contoso.com/v1/tasks/7/details?access_token=a%20b',
      ]);
    });

    it('has a placeholder in a dry run', async () => {
      const { trace, exitStatus } = await run({ ...wanted, policies: [fromUrl({})] });
      expect(exitStatus).to.equal(0);
      expect(headersOf(trace.steps.at(-1))['if-match']).to.equal('‹setvaluefromurl›');
      expect(trace.assumptions.map(({ id }) => id)).to.deep.equal(['setvaluefromurl-dry']);
    });

    it('ends the run when the call fails or has no such value', async () => {
      for (const answer of [{ status: 500 }, { other: 1 }]) {
        const { trace, exitStatus } = await run({ ...wanted, policies: [fromUrl({})], ...answering(answer) });
        expect(exitStatus).to.equal(1);
        expect(trace.error).to.contain('/tasks/7');
        expect(trace.result).to.equal(undefined);
      }
    });
  });

  it('updatenextlink: the link leads through the connector, the last page has none', async () => {
    const update = policy('updatenextlink', { nextLinkPropertyName: '@odata.nextLink' });
    expect(
      await changedAnswer({ '@odata.nextLink': 'https://api.contoso.com/v1/orders?skip=2' }, update),
    ).to.deep.equal({ '@odata.nextLink': 'https://connector.invalid/orders?skip=2' });
    expect(await changedAnswer({ value: [] }, update)).to.deep.equal({ value: [] });
  });

  it('setconnectionstatustounauthenticated: says that the connection is broken', async () => {
    const { trace } = await run({
      policies: [policy('setconnectionstatustounauthenticated', { statusCode: 401 })],
      ...answering({ status: 401 }),
    });
    expect(stepsOf(trace.steps, 'policy')[0]?.note).to.contain('401');
  });

  describe('pollingtrigger', () => {
    const trigger = policy('pollingtrigger', {
      triggerConfig: { since: 'gt @{triggerBody().items[0].created}' },
      triggerDataPath: '@triggerBody().items',
    });
    const wanted: Case = {
      operation: {
        'x-ms-trigger': 'batch',
        parameters: [{ name: 'since', in: 'query', type: 'string', 'x-ms-visibility': 'internal' }],
      },
      policies: [trigger],
    };

    it('sets the state at the first call, sends it at the next, and keeps it where nothing is new', async () => {
      const { send, asked } = answering(
        { items: [{ created: '3' }, { created: '2' }] },
        { items: [{ created: '4' }] },
        { items: [] },
      );
      const poll = { state: undefined as Record<string, string> | undefined };
      const statuses: (number | undefined)[] = [];
      for (let call = 0; call < 3; call += 1) {
        const options = { ...optionsOf({ ...wanted, send }), poll };
        const { trace, exitStatus } = await runOperation(options, prepareRun(options));
        statuses.push(trace.result?.status);
        expect(exitStatus).to.equal(0);
      }
      expect(statuses).to.deep.equal([202, 200, 202]);
      expect(asked.map(({ url }) => new URL(url).search)).to.deep.equal(['', '?since=gt%203', '?since=gt%204']);
      expect(poll.state).to.deep.equal({ since: 'gt 4' });
    });
  });

  it('leave steps that later ones change no more', async () => {
    const add = (name: string, section: string): JsonObject =>
      policy(
        'setproperty',
        {
          newPropertyParentPathTemplate: '@body().made',
          newPropertySubPathTemplate: name,
          propertyValuePathTemplate: 'x',
        },
        section,
      );
    const make = (section: string): JsonObject =>
      policy(
        'setproperty',
        {
          newPropertyParentPathTemplate: '@body()',
          newPropertySubPathTemplate: 'made',
          propertyValuePathTemplate: '{"a":1}',
        },
        section,
      );
    const policies = [make('Request'), add('b', 'Request'), make('Response'), add('c', 'Response')];
    const { trace } = await run({ ...posting({}, policies), ...answering({}) });
    const changes = stepsOf(trace.steps, 'policy').map(({ changed }) => changed[0]?.to);
    expect(changes).to.deep.equal([{ a: 1 }, 'x', { a: 1 }, 'x']);
    expect(stepsOf(trace.steps, 'request')[0]?.body).to.deep.equal({});
    expect(stepsOf(trace.steps, 'answer')[0]?.body).to.deep.equal({});
    expect(trace.result?.body).to.deep.equal({ made: { a: 1, c: 'x' } });
  });

  it('of templates that nobody documents are refused, or skipped', async () => {
    const unknown = [policy('dynamicsubdomain', { urlTemplate: 'x' })];
    const error = await run({ policies: unknown }).catch((caught: Error) => caught);
    expect(error).to.be.an('error').with.property('message').that.contains('dynamicsubdomain');
    const { trace } = await run({ policies: unknown, skipUnknownPolicies: true });
    expect(stepsOf(trace.steps, 'policy')[0]?.note).to.contain('skipped');
  });
});
