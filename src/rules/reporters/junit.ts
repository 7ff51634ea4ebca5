import { type ConnectorReport, formatOf, type StartReport, tool } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { PackedReports } from './packed-reports.ts';
import { attributes, escapeXml } from './xml-text.ts';

/**
 * JUnit XML for CI servers: a suite per connector, a case per finding. Errors are failures; warnings and infos are
 * skipped cases, which are shown without making the run red. A connector without findings has one case, which passes; one
 * that could not be validated has one with an error.
 */
export const startJunit: StartReport = () => {
  const reports = new PackedReports();
  const totals = { tests: 0, failures: 0, errors: 0 };
  return {
    add(connector) {
      totals.tests += caseCount(connector);
      totals.failures += connector.counts.error;
      totals.errors += connector.notJudged === undefined ? 0 : 1;
      reports.push(connector);
      return [];
    },
    *end() {
      yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: tool.name, ...totals, time: 0 })}>\n`;
      for (const connector of reports) yield suite(connector);
      yield '</testsuites>\n';
    },
  };
};

export const junit = formatOf(startJunit);

const caseCount = ({ findings }: ConnectorReport): number => Math.max(1, findings.length);

function suite(connector: ConnectorReport): string {
  const { path, profile, findings } = connector;
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const head = attributes({
    name: path,
    tests: caseCount(connector),
    failures,
    errors: connector.notJudged === undefined ? 0 : 1,
    skipped: findings.length - failures,
    time: 0,
  });
  const properties = `    <properties><property${attributes({ name: 'profile', value: profile })}/></properties>\n`;
  const whole =
    connector.notJudged === undefined
      ? `    <testcase${attributes({ name: 'no findings', classname: path, time: 0 })}/>\n`
      : failedCase(path, connector.notJudged);
  const cases = findings.length === 0 ? whole : findings.map(testCase).join('');
  return `  <testsuite${head}>\n${properties}${cases}  </testsuite>\n`;
}

const failedCase = (path: string, reason: string): string =>
  `    <testcase${attributes({ name: 'could not be validated', classname: path, time: 0 })}>\n      <error${attributes({ message: reason })}/>\n    </testcase>\n`;

function testCase(finding: Finding): string {
  const { rule, severity, message, file, pointer, line, column } = finding;
  const name = pointer === '' ? `${rule} at ${line}:${column}` : `${rule} ${pointer}`;
  // no file and no line: strict readers refuse attributes that their schema doesn't name
  const head = attributes({ name, classname: file, time: 0 });
  if (severity !== 'error') {
    return `    <testcase${head}>\n      <skipped${attributes({ message: `${severity}: ${message}` })}/>\n    </testcase>\n`;
  }
  const details = escapeXml(`${file}:${line}:${column}: ${message}${official(finding)}`);
  const failure = `<failure${attributes({ message, type: rule })}>${details}</failure>`;
  return `    <testcase${head}>\n      ${failure}\n    </testcase>\n`;
}

function official({ official: name, policy }: Finding): string {
  const known = [name, policy === undefined ? undefined : `policy ${policy}`].filter((text) => text !== undefined);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}
