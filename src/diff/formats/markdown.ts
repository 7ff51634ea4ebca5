import type { Severity } from '../../connector/profile.ts';
import { counted } from '../../counted.ts';
import { bySeverity, escapeForComment, maxLength } from '../../rules/reporters/comment.ts';
import type { PlacedChange } from '../diff-report.ts';
import type { DiffFormat } from './formats.ts';
import { diffTotals, isBreaking, kindText, labelText, messageText, remedyText, stopsAnything } from './words.ts';

/** For the comment of a pull request: the totals, then a table, the worst changes first. */
export const diffMarkdown: DiffFormat = (report) => {
  const title = `## ${isBreaking(report) ? '❌' : stopsAnything(report) ? '⚠️' : '✅'} ${escapeForComment(diffTotals(report))}\n`;
  if (report.changes.length === 0) return title;
  const rows: string[] = [];
  let length = title.length + head.length;
  for (const row of [...report.changes].sort(bySeverity).map(tableRow)) {
    length += row.length;
    if (length > maxLength) break;
    rows.push(row);
  }
  const hidden = report.changes.length - rows.length;
  return `${title}\n${head}${rows.join('')}${hidden === 0 ? '' : `\n… and ${counted(hidden, 'more change')}.\n`}`;
};

const head = '| | Operation | Change | Kind |\n|---|---|---|---|\n';

const signs = { error: '❌', warning: '⚠️', info: 'ℹ️' } as const satisfies Record<Severity, string>;

function tableRow(change: PlacedChange): string {
  const remedy = remedyText(change);
  const words = escapeForComment(messageText(change)) + (remedy === undefined ? '' : `<br>${escapeForComment(remedy)}`);
  return `| ${signs[change.severity]} ${labelText(change)} | ${escapeForComment(change.operationId ?? '')} | ${words} | ${escapeForComment(kindText(change))} |\n`;
}
