import { severities } from '../connector/profile.ts';
import type { ConnectorReport } from '../rules/engine/report.ts';
import { comparePolicyCodes, describedPolicies } from '../rules/policy-codes.ts';

/** What `package` shows of what was found. */

const mostShown = 10;

/** With the first findings only, errors before all others. */
export function worstOf(report: ConnectorReport): ConnectorReport {
  const bySeverity = severities.flatMap((severity) =>
    report.findings.filter((finding) => finding.severity === severity),
  );
  return { ...report, findings: bySeverity.slice(0, mostShown) };
}

/** What the numbers in a report mean, for people; the rest is in `rules`. */
export function policyNotes({ findings }: ConnectorReport): string {
  const codes = [
    ...new Set(findings.flatMap(({ policy, severity }) => (policy === undefined || severity === 'info' ? [] : policy))),
  ].sort(comparePolicyCodes);
  const [first] = codes;
  if (first === undefined) return '';
  const lines = codes.flatMap((code) => {
    const about = describedPolicies.get(code);
    return about === undefined ? [] : [`  ${code}: ${about.title}\n`];
  });
  return `${lines.join('')}explain a policy number with: pp-connector rules ${first}\n`;
}

/**
 * Reviewers answer with nothing but the number of a policy: it is where the official name would be, in formats without a
 * place of its own for it.
 */
export const withPolicies = (report: ConnectorReport): ConnectorReport => ({
  ...report,
  findings: report.findings.map((finding) =>
    finding.policy === undefined ? finding : { ...finding, official: finding.official ?? `policy ${finding.policy}` },
  ),
});
