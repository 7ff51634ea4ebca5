import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import type { RunScript } from '../../src/runtime/script/run-script.ts';
import { type PlannedTests, planTests } from '../../src/test-cases/init/init-tests.ts';
import { readTestFile } from '../../src/test-cases/read-test-file.ts';
import { runTestFiles, type TestReport } from '../../src/test-cases/run-files.ts';
import { Subject } from '../../src/test-cases/subject.ts';
import { isCorpusThere, publishedConnectors } from '../runtime/published.ts';
import { type Case, keyParameter, policy } from '../runtime/runs.ts';
import { connectorOf } from '../support/connectors.ts';
import { subjectOf } from './suites.ts';

const text = { type: 'string' };

const ordering: Case = {
  method: 'post',
  definition: {
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ key: [] }],
  },
  operation: {
    parameters: [
      { name: 'top', in: 'query', type: 'integer', default: 50 },
      { name: 'tags', in: 'query', type: 'array', items: text, collectionFormat: 'multi' },
      {
        name: 'order',
        in: 'body',
        required: true,
        schema: { type: 'object', required: ['name'], properties: { name: text, labels: text } },
      },
    ],
    responses: {
      200: {
        description: 'OK',
        schema: { type: 'object', properties: { id: text, tags: { type: 'array', items: { type: 'object' } } } },
      },
      404: { description: 'Not found', schema: { type: 'object', properties: { error: text } } },
      default: { description: 'Error' },
    },
  },
  properties: { connectionParameters: { api_key: keyParameter, hostUrl: { type: 'string' } } },
  policies: [
    policy('dynamichosturl', { urlTemplate: "@connectionParameters('hostUrl')/api" }),
    policy('setheader', { name: 'x-version', value: '2024-01-01', 'exists-action': 'override' }),
    policy(
      'stringtoarray',
      {
        propertyParentPath: '@body()',
        propertySubPath: 'labels',
        newPropertyPath: '@body().labels',
        delimiterList: ';',
        childPropertyName: 'label',
      },
      'Request',
    ),
    policy(
      'stringtoarray',
      {
        propertyParentPath: '@body()',
        propertySubPath: 'tags',
        newPropertyPath: '@body().tags',
        delimiterList: ',',
        childPropertyName: 'tag',
      },
      'Response',
    ),
    policy('setheader', { name: 'x-seen', value: 'yes' }, 'Response'),
  ],
};

const readAll = (planned: PlannedTests) =>
  [...planned.files].map(([path, contents]) => {
    const { file, problems } = readTestFile(contents, path);
    if (file === undefined) throw new Error(`${path}: ${problems[0]?.message}`);
    return file;
  });

async function runPlanned(subject: Subject, planned: PlannedTests): Promise<TestReport> {
  return runTestFiles(readAll(planned), { subject });
}

const failures = ({ files }: TestReport): string[] =>
  files.flatMap(({ cases }) =>
    cases.flatMap(({ name, outcome, message }) => (outcome === 'failed' ? [`${name}: ${message}`] : [])),
  );

describe('generated tests', () => {
  it('promise what each operation sends and gives back, by their names', async () => {
    const subject = subjectOf(ordering);
    const planned = await planTests(subject, []);
    expect(planned.notes).to.deep.equal([]);
    expect(readAll(planned)[0]?.cases.map(({ name }) => name)).to.deep.equal([
      'sends the required inputs',
      'sends all inputs',
      'sends all defaults for an app',
      'passes on 404 as declared',
      'passes on any other status as declared',
      'policy “dynamichosturl” changes the URL',
      'policy “setheader” changes the header x-version',
      'policy “stringtoarray” changes the body',
      'policy “stringtoarray” changes the body (2)',
      'policy “setheader” changes the header x-seen',
    ]);
    const report = await runPlanned(subject, planned);
    expect(failures(report)).to.deep.equal([]);
    expect(report.coverage.policies.seen).to.have.lengthOf(5);
    expect([...planned.files.values()][0])
      .to.contain('x-api-key: ‹api_key›')
      .and.to.contain('https://hosturl.example.com/api');
  });

  it('keep what is there, and add what is new', async () => {
    const subject = subjectOf(ordering);
    const [[path, contents] = ['', '']] = (await planTests(subject, [])).files;
    const edited = `# mine\n${contents.replace('passes on 404 as declared', 'my own case')}`;
    const { file } = readTestFile(edited, path);
    if (file === undefined) throw new Error('it can not be read');
    const again = await planTests(subject, [{ file, text: edited }]);
    expect(again.added).to.equal(1);
    const after = again.files.get(path) ?? '';
    expect(after.startsWith(edited.trimEnd())).to.equal(true);
    expect(after).to.match(/\n {2}- name: passes on 404 as declared\n/);
    expect(failures(await runPlanned(subject, again))).to.deep.equal([]);
    const third = readTestFile(after, path).file;
    expect((await planTests(subject, [{ file: third ?? file, text: after }])).files.size).to.equal(0);
    const other = { ...file, operation: 'Gone' };
    expect((await planTests(subject, [{ file: other, text: edited }])).orphans).to.deep.equal([other]);
  });

  it('ask the operations that fill lists for what is read there', async () => {
    const uses: Case = {
      operation: {
        parameters: [
          {
            name: 'a',
            in: 'query',
            type: 'string',
            'x-ms-dynamic-values': {
              operationId: 'Op',
              'value-collection': 'items',
              'value-path': 'id',
              'value-title': 'info/name',
            },
          },
          {
            name: 'b',
            in: 'query',
            type: 'string',
            'x-ms-dynamic-values': {
              operationId: 'Op',
              'value-collection': 'itemz',
              'value-path': 'id',
              'value-title': 'id',
            },
          },
        ],
        responses: {
          200: {
            description: 'OK',
            schema: {
              type: 'object',
              properties: {
                items: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: { id: text, info: { type: 'object', properties: { name: text } } },
                  },
                },
              },
            },
          },
        },
      },
    };
    const planned = await planTests(subjectOf(uses), []);
    expect(readAll(planned)[0]?.cases.at(-1)?.name).to.equal(
      'has what x-ms-dynamic-values reads: items, id, info/name',
    );
    expect(planned.notes).to.deep.equal(["Op: its answer doesn't have what x-ms-dynamic-values reads: itemz, id, id"]);
  });

  it('promise what code sends where it can be run, with an answer that it can work with', async () => {
    const list: Case = {
      operation: {
        responses: {
          200: {
            description: 'OK',
            schema: { type: 'object', required: ['value'], properties: { value: { type: 'array', items: text } } },
          },
        },
      },
    };
    const subject = subjectOf(list, 'public class Script : ScriptBase { }');
    // wraps the list that the API answers
    const code = async (): Promise<RunScript> => async (call, events) => {
      const answer = await events.send({ ...call.request, headers: { ...call.request.headers, 'x-by': 'code' } });
      const value: unknown = JSON.parse(answer.body.toString());
      const facts = { hasReadOperationId: false, milliseconds: 1 };
      if (!Array.isArray(value)) return { failure: 'it is not a list', isTimeout: false, ...facts };
      return { answer: { ...answer, body: Buffer.from(JSON.stringify({ value })) }, ...facts };
    };
    const planned = await planTests(subject, [], { code });
    expect(planned.notes).to.deep.equal([]);
    const [path = '', written = ''] = [...planned.files][0] ?? [];
    expect([...planned.byCode]).to.deep.equal([path]);
    expect(written).to.contain('x-by: code').and.to.contain('body: [ example ]');
    const report = await runTestFiles(readAll(planned), { subject, code });
    expect(report.counts).to.deep.equal({ passed: 2, failed: 0, skipped: 0 });
    const without = await planTests(subject, []);
    expect(without.notes[0]).to.contain('promise only what a flow gets');
    expect([...without.byCode]).to.deep.equal([]);
  });

  it('leave out code that does something else each time, and say so', async () => {
    let count = 0;
    const code = async (): Promise<RunScript> => async (call, events) => {
      count += 1;
      const answer = await events.send({ ...call.request, headers: { 'x-count': String(count) } });
      return { answer, hasReadOperationId: false, milliseconds: 1 };
    };
    const simple: Case = { operation: { responses: { 200: { description: 'OK' } } } };
    const planned = await planTests(subjectOf(simple, 'class Script : ScriptBase { }'), [], { code });
    expect(planned.files.size).to.equal(0);
    expect(planned.notes.join('\n')).to.contain('its code does something else each time');
  });

  it('pass for published connectors, or say what can not be run', async function () {
    if (!isCorpusThere) this.skip();
    this.timeout(60_000);
    const wrong: string[] = [];
    let count = 0;
    for (const { name, definition, inner } of publishedConnectors().filter((_, index) => index % 12 === 0)) {
      const subject = new Subject(connectorOf({ definition, properties: { properties: inner } as JsonObject }));
      const planned = await planTests(subject, []);
      const report = await runPlanned(subject, planned);
      count += report.counts.passed;
      wrong.push(...failures(report).map((failure) => `${name}: ${failure}`));
      const { operations } = report.coverage;
      if (operations.seen.length < operations.all.length && planned.notes.length === 0)
        wrong.push(`${name}: an operation without a test`);
    }
    expect(wrong.slice(0, 20).join('\n')).to.equal('');
    expect(count).to.be.greaterThan(100);
  });
});
