import { escapeForComment } from '../../rules/reporters/comment.ts';
import { countsText } from '../../rules/reporters/words.ts';
import { onOneLine } from '../../shown.ts';
import type { DeploymentEvidence } from '../evidence.ts';
import type { OverviewRow } from '../overview.ts';

type Print = (rows: readonly OverviewRow[]) => string;

const heads = ['Connector', 'Version', 'Findings', 'Released', 'Deployed', 'Next'] as const;

const cellsOf = (row: OverviewRow): string[] => [
  row.title === '' ? row.folder : `${row.title} (${row.folder})`,
  row.version,
  countsText(row.findings),
  row.release === undefined ? 'no' : `${row.release.tag}${row.release.isCurrent ? '' : ', changed since'}`,
  row.deployments.map(deploymentText).join('; ') || 'nowhere',
  row.next === undefined ? 'nothing' : row.next.title,
];

function deploymentText({ environment, date, changed }: DeploymentEvidence): string {
  const when = date === undefined ? '' : ` ${date}`;
  return `${environment}${when}${changed === undefined ? '' : ', changed since'}`;
}

/** For people at a terminal: a block for each, since six columns are wider than most terminals. */
const text: Print = (rows) =>
  rows
    .map((row) => {
      const [title = '', version, findings, released, deployed, next] = cellsOf(row).map(onOneLine);
      const command = row.next?.command === undefined ? '' : `  (${onOneLine(row.next.command)})`;
      return `${title}\n  version   ${version}, profile ${row.profile}\n  findings  ${findings}\n  released  ${released}\n  deployed  ${deployed}\n  next      ${next}${command}\n`;
    })
    .join('\n');

const json: Print = (rows) => {
  const connectors = rows.map(({ release, next, ...row }) => ({
    ...row,
    release: release ?? null,
    deployments: row.deployments.map(({ environment, date = null, changed = null }) => ({
      environment,
      date,
      changed,
    })),
    next: next === undefined ? null : { title: next.title, command: next.command ?? null },
  }));
  return `${JSON.stringify({ connectors }, null, 2)}\n`;
};

const markdown: Print = (rows) => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return `${line(heads)}${line(heads.map(() => '---'))}${rows.map((row) => line(cellsOf(row).map(escapeForComment))).join('')}`;
};

/** A page of its own, without scripts; it loads nothing. */
const html: Print = (rows) => {
  const body = rows.map(
    (row) =>
      `<tr>${cellsOf(row)
        .map((cell) => `<td>${escapeHtml(cell)}</td>`)
        .join('')}</tr>\n`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Connectors</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #8888; padding: 0.4rem 0.8rem; text-align: left; vertical-align: top; }
:root { color-scheme: light dark; }
</style>
<h1>Connectors</h1>
<table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${body.join('')}</tbody>
</table>
</html>
`;
};

const escapeHtml = (value: string): string =>
  onOneLine(value).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** How the overview of several connectors is printed, by the name of the format. */
export const overviewFormats = { text, json, markdown, html } as const satisfies Readonly<Record<string, Print>>;
