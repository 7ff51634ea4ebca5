import type { Severity } from '../../connector/profile.ts';
import { counted } from '../../counted.ts';
import { type ConnectorReport, type Format, notJudged } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { bySeverity, escapeForComment, maxLength } from './comment.ts';
import { countsText, fixHint, hiddenCount, total, totalsText } from './words.ts';

/** For the comment of a pull request: the counts, then a table per connector, the worst findings first. */
export const markdown: Format = (report) => {
  const unknown = notJudged(report);
  const clean = report.connectors.filter(
    (connector) => total(connector.counts) === 0 && connector.notJudged === undefined,
  );
  const others = report.connectors.filter(({ counts }) => total(counts) > 0);
  const title = `## ${report.counts.error + unknown.length > 0 ? '❌' : '✅'} ${totalsText(report)}\n`;
  const hint = fixHint(report);
  const tail = [
    ...unknown.map((connector) => `${escapeForComment(`${connector.path}: ${connector.notJudged}`)}\n`),
    ...(others.length > 0 && clean.length > 0 ? [`${counted(clean.length, 'connector')} without findings.\n`] : []),
    ...(hint === undefined
      ? []
      : [`${hint.replaceAll(/pp-connector .*/g, (words) => `\`${words}\``).replaceAll('\n', '  \n')}\n`]),
  ];
  return [title, ...sections(others, report.connectors.length > 1), ...tail].join('\n');
};

/** Every connector gets its share of the room, and what the others before it left of theirs. */
function sections(connectors: readonly ConnectorReport[], withTitles: boolean): string[] {
  const parts: string[] = [];
  let room = maxLength;
  for (const [index, connector] of connectors.entries()) {
    const left = connectors.length - index;
    const part = section(connector, withTitles, room / left);
    room -= part.length;
    if (room < 0) return [...parts, `… and ${counted(left, 'more connector')} with findings.\n`];
    parts.push(part);
  }
  return parts;
}

function section(connector: ConnectorReport, withTitle: boolean, room: number): string {
  const title = withTitle ? `### ${escapeForComment(connector.path)}: ${countsText(connector.counts)}\n\n` : '';
  const rows: string[] = [];
  let length = title.length + head.length + more(0).length;
  for (const row of [...connector.findings]
    .sort(bySeverity)
    .map((finding) => tableRow(finding, withTitle ? connector.path : ''))) {
    length += row.length;
    if (length > room) break;
    rows.push(row);
  }
  const hidden = connector.findings.length - rows.length + hiddenCount(connector);
  return `${title}${rows.length === 0 ? '' : `${head}${rows.join('')}`}${hidden === 0 ? '' : more(hidden)}`;
}

const head = '| | Place | Finding | Rule |\n|---|---|---|---|\n';

const more = (hidden: number): string => `\n… and ${counted(hidden, 'more finding')}.\n`;

const signs = { error: '❌ error', warning: '⚠️ warning', info: 'ℹ️ info' } as const satisfies Record<Severity, string>;

function tableRow({ severity, file, line, message, rule, official }: Finding, folder: string): string {
  const name = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
  const id = official === undefined ? `\`${rule}\`` : `\`${rule}\` (${escapeForComment(official)})`;
  return `| ${signs[severity]} | ${escapeForComment(`${name}:${line}`)} | ${escapeForComment(message)} | ${id} |\n`;
}
