import { relative } from 'node:path';
import { shellPath } from '../process/command.ts';
import type { ConnectorReport } from '../rules/engine/report.ts';
import type { Finding } from '../rules/engine/run.ts';
import { onOneLine } from '../shown.ts';
import type { ScaffoldRequest } from './scaffold/plan-scaffold.ts';

/** What `new` says when it is done: what an import made of a description, then the next steps. */
export const closingWords = (
  { root, cwd, start }: Pick<ScaffoldRequest, 'root' | 'cwd' | 'start'>,
  report: ConnectorReport,
  notes: readonly string[],
): string => `${start.summary === undefined ? '' : `\n${start.summary}\n`}\n${nextSteps(root, cwd, report, notes)}`;

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
    ...(errors.length === 0 ? [] : missing(errors, report.profile)),
    'Next:',
    ...(folder === '' ? [] : [`  cd ${shellPath(folder)}`]),
    '  npm install',
    '  npm run validate',
    '  npx pp-connector deploy --dry-run',
    // the whole way is longer
    ...(report.profile === 'custom' ? [] : ['  npm run status']),
  ].join('\n');
}

const mostShown = 10;

/** One line for each rule: of a large connector one may have hundreds of findings. */
function missing(errors: readonly Finding[], profile: string): string[] {
  const rules = [...new Set(errors.map(({ rule }) => rule))];
  const lines = rules.map((rule) => {
    const [first, ...others] = errors.filter((error) => error.rule === rule);
    const more = others.length === 0 ? '' : `, and ${others.length} more like it`;
    return `  - ${onOneLine(first?.message ?? '')} (${rule}${more})`;
  });
  const hidden = lines.length - mostShown;
  return [
    `Before the profile "${profile}" accepts the connector (npm run validate shows where):`,
    ...lines.slice(0, mostShown),
    ...(hidden > 0 ? [`  - … and what ${hidden} more rules find`] : []),
    'In the repository, npx pp-connector new asks again for what was left open.',
  ];
}
