import type { Severity } from '../rule.ts';
import type { ConnectorReport, Counts, Format } from '../report.ts';
import type { Finding } from '../run.ts';

const codes = { red: 31, yellow: 33, cyan: 36, green: 32, dim: 2, bold: 1, underline: 4 } as const;
type Paint = (style: keyof typeof codes, text: string) => string;

const styleOf = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, keyof typeof codes>;

/** For people at a terminal: by file, one line per finding, what can be fixed, and a total. */
export const stylish: Format = (report, { color }) => {
  const paint: Paint = (style, text) => (color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
  const blocks = report.connectors.map((connector) => connectorBlock(connector, paint)).filter((block) => block !== '');
  return `${[...blocks, totals(report.connectors, report.counts, paint)].join('\n')}\n`;
};

function connectorBlock(connector: ConnectorReport, paint: Paint): string {
  const byFile = new Map<string, Finding[]>();
  for (const finding of connector.findings) {
    byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  }
  return [...byFile].map(([file, findings]) => `${paint('underline', file)}\n${fileLines(findings, paint)}`).join('\n');
}

function fileLines(findings: readonly Finding[], paint: Paint): string {
  const places = findings.map(({ line, column }) => `${line}:${column}`);
  const width = Math.max(...places.map((place) => place.length));
  const lines = findings.map(({ severity, message, rule, official }, index) => {
    const place = (places[index] ?? '').padStart(width);
    const name = official === undefined ? rule : `${rule} (${official})`;
    return `  ${paint('dim', place)}  ${paint(styleOf[severity], severity.padEnd(7))}  ${message}  ${paint('dim', name)}`;
  });
  return `${lines.join('\n')}\n`;
}

function totals(connectors: readonly ConnectorReport[], counts: Counts, paint: Paint): string {
  const subject = connectors.length === 1 ? '' : ` in ${connectors.length} connectors`;
  const profile = connectors.length === 1 ? ` (profile ${connectors[0]?.profile})` : '';
  if (counts.error + counts.warning + counts.info === 0) {
    return paint('green', `No findings${subject}${profile}.`);
  }
  const parts = [plural(counts.error, 'error'), plural(counts.warning, 'warning'), `${counts.info} info`];
  const text = `${parts.join(', ')}${subject}${profile}`;
  const fixable = connectors.flatMap(({ findings }) => findings).filter((finding) => finding.fixable).length;
  const fix = fixable === 0 ? '' : `\n${fixable} of them can be fixed by: pp-connector validate --fix`;
  return paint(counts.error > 0 ? 'red' : 'yellow', text) + fix;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
