import { expect } from 'chai';
import { withValues } from '../../src/test-cases/change-cases.ts';
import { newFile } from '../../src/test-cases/init/write-cases.ts';
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
      '5:5 "api" of the case "x" must be of type object, not number',
      '4:23 "expect.sent" of the case "x" has the unknown key "urll"; did you mean "url"?',
    ]);
    expect(problemsOf('operation: A\ncases: [\n')[0]).to.match(/^3:1 /);
    const rows: [text: string, problem: string][] = [
      ['', '1:1 it is empty; it needs "operation" and "cases"'],
      ['# nothing\n', '1:1 it is empty; it needs "operation" and "cases"'],
      ['operation: A\noperation: B\ncases: [{ name: a }]\n', '2:1 the key "operation" is there twice'],
      ['operation: A\ncases:\n\t- name: a\n', '3:1 a line begins with a tab; YAML takes blanks only'],
      ['operation: A\ncases: []\n', '2:1 "cases" is empty'],
      ['operation: A\n', '1:1 the file needs the key "cases"'],
      ['operation: A\ncases:\n  - name: 12\n', '3:5 "name" of case 1 must be of type string, not number'],
      [
        'operation: A\ncases:\n  - name: a: b\n',
        '3:11 a text with a colon and a blank in it needs quotes: "like: this"',
      ],
      [
        'operation: A\ncases: [{ name: a }]\n---\noperation: B\n',
        '3:1 a second document begins here; a file of tests is one, without --- in it',
      ],
      ['operation: A\ncases: [ *nope ]\n', '1:1 *nope is an alias of nothing: no &nope is before it'],
    ];
    for (const [text, problem] of rows) expect(problemsOf(text), text).to.deep.equal([problem]);
    expect(problemsOf('operation: A\ncases:\n  - name: a\n  - name: a\n')).to.deep.equal([
      '4:5 there is another case "a"',
    ]);
  });

  it('takes files of other systems: a byte-order mark, CRLF, a plain alias, and tags as texts', () => {
    const text =
      'operation: A\ncases:\n  - name: a\n    inputs: &i { y: !!binary aGk= }\n  - { name: b, inputs: *i }\n';
    for (const one of [text, `\uFEFF${text}`, text.replaceAll('\n', '\r\n')]) {
      const { file } = readTestFile(one, path);
      expect(file?.cases.map(({ place, inputs }) => [place.line, inputs])).to.deep.equal([
        [3, { y: 'aGk=' }],
        [5, { y: 'aGk=' }],
      ]);
    }
  });

  it('refuses merge keys, and takes a key in quotes that looks like one', () => {
    const begin = 'operation: A\ncases:\n  - &a\n    name: a\n    inputs: &i { y: 1 }\n';
    const merges = [
      '  - name: b\n    inputs: { <<: *i, z: 2 }\n',
      '  - name: b\n    inputs: { <<: [*i, *i] }\n',
      '  - <<: *a\n    name: b\n',
      '  - name: b\n    api: { body: { x: [ { <<: 5 } ] } }\n',
    ];
    for (const text of merges) {
      const [problem = '', ...others] = problemsOf(begin + text);
      expect(problem, text).to.match(/^[67]:\d+ << takes no keys/);
      expect(others).to.deep.equal([]);
    }
    const { file } = readTestFile(`${begin}  - { name: b << c, inputs: { "<<": 1, z: << } }\n`, path);
    expect(file?.cases[1]?.inputs).to.deep.equal({ '<<': 1, z: '<<' });
    // nor does what is written by itself have any
    const inputs = { body: { '<<': [{ '<<': '<<' }] } };
    const written = newFile('A', [{ name: 'a', inputs, expect: {} }]);
    for (const one of [written, withValues(written, [{ index: 0, values: [[['inputs'], inputs]] }])])
      expect(readTestFile(one, path).file?.cases[0]?.inputs, one).to.deep.equal(inputs);
  });

  it('refuses aliases that grow without end', () => {
    const levels = Array.from(
      { length: 9 },
      (_, index) => `a${index + 1}: &a${index + 1} [${'*a0,'.replace('0', String(index)).repeat(9)}]`,
    );
    expect(problemsOf(`a0: &a0 [1]\n${levels.join('\n')}\n`)[0]).to.contain('aliases');
    const circle = 'operation: A\ncases:\n  - &x\n    name: a\n    inputs: { z: *x }\n';
    expect(problemsOf(circle)).to.deep.equal(['1:1 aliases in it grow without end']);
    expect(problemsOf('['.repeat(20_000))[0]).to.contain('nested too deeply');
  });
});
