import type { ConnectorReport, Format } from '../report.ts';
import { type Severity, severities } from '../rule.ts';
import type { Finding } from '../run.ts';
import { countsText, fixHint, hiddenCount, plural, total, totalsText } from './words.ts';

/** A comment on GitHub takes 65,536 characters; what doesn't fit is counted. */
const maxLength = 60_000;

/** For the comment of a pull request: the counts, then a table per connector, the worst findings first. */
export const markdown: Format = (report) => {
  const clean = report.connectors.filter(({ counts }) => total(counts) === 0);
  const others = report.connectors.filter(({ counts }) => total(counts) > 0);
  const title = `## ${report.counts.error > 0 ? '❌' : '✅'} ${totalsText(report)}\n`;
  const hint = fixHint(report);
  const tail = [
    ...(others.length > 0 && clean.length > 0 ? [`${plural(clean.length, 'connector')} without findings.\n`] : []),
    ...(hint === undefined
      ? []
      : [`${hint.replaceAll(/pp-connector .*/g, (words) => `\`${words}\``).replaceAll('\n', '  \n')}\n`]),
  ];
  return [title, ...sections(others, report.connectors.length > 1), ...tail].join('\n');
};

function sections(connectors: readonly ConnectorReport[], withTitles: boolean): string[] {
  const parts: string[] = [];
  let room = maxLength;
  for (const [index, connector] of connectors.entries()) {
    const part = section(connector, withTitles, room);
    room -= part.length;
    if (room < 0 && index > 0) {
      parts.push(`… and ${plural(connectors.length - index, 'more connector')} with findings.\n`);
      break;
    }
    parts.push(part);
  }
  return parts;
}

function section(connector: ConnectorReport, withTitle: boolean, room: number): string {
  const title = withTitle ? `### ${plain(connector.path)}: ${countsText(connector.counts)}\n\n` : '';
  const rows: string[] = [];
  let length = title.length;
  for (const row of [...connector.findings].sort(bySeverity).map(tableRow)) {
    length += row.length;
    if (length > room) break;
    rows.push(row);
  }
  const hidden = connector.findings.length - rows.length + hiddenCount(connector);
  const more = hidden === 0 ? '' : `\n… and ${plural(hidden, 'more finding')}.\n`;
  const head = '| | Place | Finding | Rule |\n|---|---|---|---|\n';
  return `${title}${rows.length === 0 ? '' : `${head}${rows.join('')}`}${more}`;
}

const bySeverity = (a: Finding, b: Finding): number => severities.indexOf(a.severity) - severities.indexOf(b.severity);

const signs = { error: '❌ error', warning: '⚠️ warning', info: 'ℹ️ info' } as const satisfies Record<Severity, string>;

function tableRow({ severity, file, line, message, rule, official }: Finding): string {
  const name = official === undefined ? `\`${rule}\`` : `\`${rule}\` (${plain(official)})`;
  return `| ${signs[severity]} | ${plain(`${file}:${line}`)} | ${plain(message)} | ${name} |\n`;
}

/** An author's words as plain text: no markup, no mention of people, no reference to issues. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]|~]/g, '\\$&')
    .replaceAll('@', '&#64;')
    .replaceAll(/#(?=\w)/g, '&#35;');
