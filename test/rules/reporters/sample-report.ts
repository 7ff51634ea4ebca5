import type { Profile } from '../../../src/connector/profile.ts';
import { countFindings, type Report } from '../../../src/rules/engine/report.ts';
import type { Finding } from '../../../src/rules/engine/run.ts';

/** A finding with what a test doesn't care about filled in. */
export const finding = (values: Partial<Finding>): Finding => ({
  rule: 'info-title-length',
  severity: 'error',
  message: 'the title is too long',
  file: 'connector/apiDefinition.json',
  pointer: '/info/title',
  line: 4,
  column: 14,
  fixable: false,
  fixes: [],
  ...values,
});

export const connectorReport = (path: string, profile: Profile, findings: Finding[]) => ({
  path,
  profile,
  findings,
  counts: countFindings(findings),
});

/** Texts that each format must escape, a connector without findings, places in files that aren't JSON. */
export function sampleReport(): Report {
  const connectors = [
    connectorReport('a, b/Tom & "Jerry"', 'verified', [
      finding({
        file: 'a, b/Tom & "Jerry"/apiDefinition.swagger.json',
        message: 'the title "<b>100%</b> | `x`" has 31 characters; 30 are allowed\r\nask @contoso about #12',
        official: 'TitleLength',
        policy: '5000.2.2.1',
      }),
      finding({
        rule: 'operation-id-pascal-case',
        severity: 'warning',
        file: 'a, b/Tom & "Jerry"/apiDefinition.swagger.json',
        pointer: '/paths/~1x/get/operationId',
        line: 1,
        column: 123_456,
        message: 'a control character: \u0007, half an emoji: \ud83d, a whole one: 😀',
        fixable: true,
      }),
      finding({
        rule: 'json-no-trailing-space',
        severity: 'info',
        file: 'a, b/Tom & "Jerry"/apiDefinition.swagger.json',
        pointer: '',
        line: 2,
        column: 1,
        message: '2 lines end in blanks',
        fixable: true,
      }),
    ]),
    connectorReport('clean', 'custom', []),
    connectorReport('größer', 'independent', [
      finding({
        rule: 'readme-present',
        severity: 'warning',
        file: 'größer/readme.md',
        pointer: '',
        line: 1,
        column: 1,
      }),
    ]),
  ];
  const counts = countFindings(connectors.flatMap(({ findings }) => findings));
  return { connectors, counts };
}
