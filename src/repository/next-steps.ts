import { relative } from 'node:path';
import { formatCommand } from '../process/command.ts';
import type { ConnectorReport } from '../rules/engine/report.ts';
import { onOneLine } from '../shown.ts';

/**
 * What the author does next, and what certification still misses.
 *
 * @param cwd where the author is
 */
export function nextSteps(root: string, cwd: string, report: ConnectorReport, notes: readonly string[]): string {
  const folder = relative(cwd, root);
  const errors = report.findings.filter((finding) => finding.severity === 'error');
  return [
    ...notes.map((note) => `Note: ${onOneLine(note)}.`),
    ...(errors.length === 0
      ? []
      : missing(
          errors.map(({ message, rule }) => `  - ${onOneLine(message)} (${rule})`),
          report.profile,
        )),
    'Next:',
    ...(folder === '' ? [] : [`  ${formatCommand({ program: 'cd', args: [folder], cwd }, process.platform)}`]),
    '  npm install',
    '  npm run validate',
    '  npx pp-connector deploy --dry-run',
    // the whole way is longer
    ...(report.profile === 'custom' ? [] : ['  npm run status']),
  ].join('\n');
}

const missing = (lines: string[], profile: string): string[] => [
  `Before the profile "${profile}" accepts the connector (npm run validate shows where):`,
  ...lines,
];
