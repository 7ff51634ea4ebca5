import { onOneLine, plural } from '../../validate/formats/words.ts';
import { type Severity, severities } from '../../validate/rule.ts';
import type { PlacedChange } from '../diff-report.ts';
import type { DiffFormat } from './formats.ts';
import { isBreaking, kindText, messageText, remedyText, totalsText } from './words.ts';

/** A comment on GitHub takes 65,536 characters; what doesn't fit is counted. */
const maxLength = 60_000;

/** For the comment of a pull request: the totals, then a table, the worst changes first. */
export const markdown: DiffFormat = (report) => {
  const title = `## ${isBreaking(report) ? '❌' : '✅'} ${plain(totalsText(report))}\n`;
  if (report.changes.length === 0) return title;
  const rows: string[] = [];
  let length = title.length + head.length;
  for (const row of [...report.changes].sort(bySeverity).map(tableRow)) {
    length += row.length;
    if (length > maxLength) break;
    rows.push(row);
  }
  const hidden = report.changes.length - rows.length;
  return `${title}\n${head}${rows.join('')}${hidden === 0 ? '' : `\n… and ${plural(hidden, 'more change')}.\n`}`;
};

const head = '| | Operation | Change | Kind |\n|---|---|---|---|\n';

const signs = { error: '❌ breaking', warning: '⚠️ warning', info: 'ℹ️ info' } as const satisfies Record<
  Severity,
  string
>;

const bySeverity = (a: PlacedChange, b: PlacedChange): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity);

function tableRow(change: PlacedChange): string {
  const remedy = remedyText(change);
  const words = plain(messageText(change)) + (remedy === undefined ? '' : `<br>${plain(remedy)}`);
  return `| ${signs[change.severity]} | ${plain(change.operationId ?? '')} | ${words} | ${plain(kindText(change))} |\n`;
}

/** An author's words as plain text: no markup, no mention of people, no reference to issues. */
const plain = (text: string): string =>
  onOneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll(/#(?=\w)/g, '&#35;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]|~]/g, '\\$&')
    .replaceAll('@', '&#64;');
