import type { Severity } from '../../connector/profile.ts';
import { counted } from '../../counted.ts';
import { type ConnectorReport, formatOf, type StartReport } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { bySeverity, escapeForComment, maxLength } from './comment.ts';
import { PackedReports } from './packed-reports.ts';
import { Tally } from './tally.ts';
import { countsText, fixHint, total, totalsText } from './words.ts';

/** For the comment of a pull request: the counts, then a table per connector, the worst findings first. */
export const startMarkdown: StartReport = () => {
  const tally = new Tally();
  const found = new PackedReports();
  const notes: string[] = [];
  let withFindings = 0;
  return {
    add(connector) {
      const { path, counts, findings, notJudged } = connector;
      tally.add(connector);
      if (notJudged !== undefined) notes.push(`${escapeForComment(`${path}: ${notJudged}`)}\n`);
      if (total(counts) === 0) return [];
      withFindings += 1;
      const worst = [...findings].sort(bySeverity).slice(0, mostRows);
      found.push({ ...connector, findings: worst });
      return [];
    },
    end() {
      const connectors = tally.validated + tally.notJudged;
      const clean = connectors - withFindings - notes.length;
      const title = `## ${tally.counts.error + tally.notJudged > 0 ? '❌' : '✅'} ${totalsText(tally)}\n`;
      const hint = fixHint(tally);
      const tail = [
        ...notes,
        ...(withFindings > 0 && clean > 0 ? [`${counted(clean, 'connector')} without findings.\n`] : []),
        ...(hint === undefined
          ? []
          : [`${hint.replaceAll(/pp-connector .*/g, (words) => `\`${words}\``).replaceAll('\n', '  \n')}\n`]),
      ];
      return [[title, ...sections(found, withFindings, connectors > 1), ...tail].join('\n')];
    },
  };
};

export const markdown = formatOf(startMarkdown);

/** Of a connector the worst are kept, no more than there can be room for: no row is shorter than twenty characters. */
const mostRows = maxLength / 20;

/** Every connector gets its share of the room, and what the others before it left of theirs. */
function sections(found: PackedReports, count: number, withTitles: boolean): string[] {
  const parts: string[] = [];
  let room = maxLength;
  for (const connector of found) {
    const left = count - parts.length;
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
  for (const finding of connector.findings) {
    const row = tableRow(finding, withTitle ? connector.path : '');
    length += row.length;
    if (length > room) break;
    rows.push(row);
  }
  const hidden = total(connector.counts) - rows.length;
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
