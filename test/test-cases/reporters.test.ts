import { expect } from 'chai';
import type { CaseResult, Outcome } from '../../src/test-cases/model.ts';
import { loadPrinter, testFormats } from '../../src/test-cases/reporters/formats.ts';
import type { TestReport } from '../../src/test-cases/run-files.ts';
import { expectJunit } from '../support/junit-schema.ts';

const path = '/repository/tests/List.test.yaml';

const one = (outcome: Outcome, name: string, message = ''): CaseResult => ({
  name,
  operation: 'List',
  outcome,
  message,
  place: { path, line: 3, column: 5 },
  milliseconds: 7,
});

function report(...cases: CaseResult[]): TestReport {
  const count = (outcome: Outcome): number => cases.filter((each) => each.outcome === outcome).length;
  const part = { all: ['List', 'Get'], seen: ['List'] };
  return {
    files: cases.length === 0 ? [] : [{ path, cases }],
    counts: { passed: count('passed'), failed: count('failed'), skipped: count('skipped') },
    coverage: { operations: part, policies: { all: [], seen: [] }, responses: part, properties: part },
  };
}

const mixed = (): TestReport =>
  report(
    one('passed', 'a'),
    one('failed', 'b', 'the request: the URL differs\n  expected: https://a/\n  seen:     https://b/'),
    one('skipped', 'c', 'nothing runs the code'),
  );

/** What comes of an API, or of a repository. */
const hostile = (): TestReport =>
  report(
    one(
      'failed',
      '</testcase> "x" & \u0000\u001b[31m \ud800',
      '::error file=x::y\r\n::set-output name=a::b | <img src=x> `x`',
    ),
    one('skipped', '| # <script>', '%0A::stop-commands::x\u0007'),
  );

const print = async (format: string, of: TestReport): Promise<string> =>
  (await loadPrinter(format))(of, {
    shown: (name) => name.replace('/repository/', ''),
    color: false,
    withCoverage: true,
  });

describe('formats of tests', () => {
  it('junit is what strict readers take, whatever is in it', async () => {
    for (const of of [mixed(), hostile(), report()]) expectJunit(await print('junit', of));
    expect(await print('junit', mixed())).to.contain('tests/List.test.yaml:3:5');
  });

  it('github has an annotation for each failed case at its line, and a notice for each that is skipped', async () => {
    const lines = (await print('github', mixed())).trimEnd().split('\n');
    expect(lines[0]).to.equal(
      '::error file=tests/List.test.yaml,line=3,col=5,title=List%3A a test failed::b: the request: the URL differs%0A  expected: https://a/%0A  seen:     https://b/',
    );
    expect(lines[1]).to.match(/^::notice file=tests\/List\.test\.yaml,line=3,col=5,title=[^:]*::c: nothing/);
    expect(lines[2]).to.match(/^1 passed, 1 failed, 1 skipped; covered: operations 50 %/);
    for (const line of (await print('github', hostile())).split('\n').filter((text) => text.startsWith('::'))) {
      expect(line).to.match(/^::(?:error|notice) file=tests\/List\.test\.yaml,/);
    }
  });

  it('json has what is agreed', async () => {
    const { files, counts, coverage } = JSON.parse(await print('json', mixed()));
    expect(files[0].path).to.equal('tests/List.test.yaml');
    expect(files[0].cases[1]).to.deep.include({ name: 'b', operation: 'List', outcome: 'failed', line: 3, column: 5 });
    expect(counts).to.deep.equal({ passed: 1, failed: 1, skipped: 1 });
    expect(coverage).to.deep.equal({ operations: 0.5, policies: 1, responses: 0.5, properties: 0.5 });
  });

  it('markdown is for a comment: nothing in it is a tag, a mention or a table of its own', async () => {
    const text = await print('markdown', mixed());
    expect(text)
      .to.contain('❌ Tests: 1 passed, 1 failed, 1 skipped')
      .and.to.contain('| operations | 50 % | 1 of 2 | Get |');
    const other = await print('markdown', hostile());
    expect(other).not.to.match(/<img|<script/);
    const rows = other.split('\n').filter((line) => line.includes('List.test.yaml'));
    expect(rows).to.have.lengthOf(1);
  });

  it('none prints control characters, and all say something of a report without cases', async () => {
    for (const format of testFormats) {
      expect(await print(format, hostile()), format).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f]/);
      expect((await print(format, report())).trim(), format).not.to.equal('');
    }
  });
});
