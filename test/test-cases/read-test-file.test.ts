import { expect } from 'chai';
import { readTestFile } from '../../src/test-cases/read-test-file.ts';

const path = '/repository/tests/Op.test.yaml';

/** Problems as `line:column message`. */
const problemsOf = (text: string): string[] =>
  (readTestFile(text, path).problems ?? []).map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('reading files of tests', () => {
  it('takes everything that the contract names', () => {
    const { file } = readTestFile(
      `operation: ListOrders
cases:
  - name: fifty orders by default
    connection: { tenant: contoso }
    connectionSet: basic
    inputs: {}
    calls: 1
    switches: { client: app, null: keep, operationId: base64, responsePolicies: before-script }
    api: { status: 200, body: { items: [ { id: o-1 } ] } }
    expect:
      sent: { method: GET, url: https://contoso.example.com/v1/orders?top=50, headers: { x-api-version: "2024-01-01" } }
      result: { status: 200, fits: true, body: { items: [ { id: o-1 } ] } }
  - name: a life
    steps: [ subscribe, { event: { id: 1 } }, unsubscribe ]
  - name: a poll
    state: { since: 1 }
    steps: [ { api: [ a.har, { status: 202 } ], expect: { result: { status: 202 } } } ]
`,
      path,
    );
    expect(file?.cases.map(({ name, place }) => `${place.line}:${place.column} ${name}`)).to.deep.equal([
      '3:5 fifty orders by default',
      '13:5 a life',
      '15:5 a poll',
    ]);
    expect(file?.cases[1]?.steps?.map(({ kind }) => kind)).to.deep.equal(['subscribe', 'event', 'unsubscribe']);
  });

  it('names line and column of each mistake, and what was meant', () => {
    expect(
      problemsOf('operation: A\ncases:\n  - name: x\n    expect: { sent: { urll: a } }\n    api: 3\n'),
    ).to.have.members([
      '5:5 "cases.0.api" must be of type object, not number',
      '4:23 "cases.0.expect.sent" has the unknown key "urll"; did you mean "url"?',
    ]);
    expect(problemsOf('operation: A\ncases: [\n')[0]).to.match(/^3:1 /);
    expect(problemsOf('operation: A\noperation: B\ncases: [{ name: a }]\n')[0]).to.match(/^2:1 .*unique/);
    expect(problemsOf('')[0]).to.match(/^1:1 the file must be of type object, not null/);
    expect(problemsOf('operation: A\ncases:\n  - name: a\n  - name: a\n')).to.deep.equal([
      '4:5 there is another case "a"',
    ]);
  });

  it('refuses aliases that grow without end', () => {
    const levels = Array.from(
      { length: 9 },
      (_, index) => `a${index + 1}: &a${index + 1} [${'*a0,'.replace('0', String(index)).repeat(9)}]`,
    );
    expect(problemsOf(`a0: &a0 [1]\n${levels.join('\n')}\n`)[0]).to.contain('aliases');
  });
});
