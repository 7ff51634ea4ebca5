import { attributes, escapeXml } from '../../rules/reporters/xml-text.ts';
import { version } from '../../version.ts';
import type { CaseResult, FileResult } from '../model.ts';
import type { PrintTests } from './reporter.ts';

/** JUnit XML for CI servers: a suite per file, a case per case. */
export const printJunit: PrintTests = ({ files, counts }, { shown }) => {
  const tests = counts.passed + counts.failed + counts.skipped;
  const totals = attributes({
    name: `pp-connector ${version}`,
    tests,
    failures: counts.failed,
    errors: 0,
    time: secondsOf(files.flatMap(({ cases }) => cases)),
  });
  const suites = files.map((file) => suite(file, shown(file.path))).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${suites}</testsuites>\n`;
};

const secondsOf = (cases: readonly CaseResult[]): number =>
  cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;

function suite({ cases }: FileResult, name: string): string {
  const count = (outcome: CaseResult['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  const head = attributes({
    name,
    file: name,
    tests: cases.length,
    failures: count('failed'),
    errors: 0,
    skipped: count('skipped'),
    time: secondsOf(cases),
  });
  return `  <testsuite${head}>\n${cases.map((one) => testCase(one, name)).join('')}  </testsuite>\n`;
}

function testCase({ name, operation, outcome, message, place, milliseconds }: CaseResult, file: string): string {
  // no file and no line: strict readers refuse attributes that their schema doesn't name
  const head = attributes({ name, classname: operation, time: milliseconds / 1000 });
  if (outcome === 'passed') return `    <testcase${head}/>\n`;
  const first = message.split('\n', 1)[0] ?? '';
  const inner =
    outcome === 'skipped'
      ? `<skipped${attributes({ message: first })}/>`
      : `<failure${attributes({ message: first, type: 'failed' })}>${escapeXml(`${file}:${place.line}:${place.column}\n${message}`)}</failure>`;
  return `    <testcase${head}>\n      ${inner}\n    </testcase>\n`;
}
