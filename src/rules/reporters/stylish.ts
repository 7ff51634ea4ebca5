import type { Severity } from '../../connector/profile.ts';
import { onOneLine } from '../../shown.ts';
import type { ConnectorReport, Format } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { fixHint, hiddenCount, totalsText } from './words.ts';

const codes = { red: 31, yellow: 33, cyan: 36, green: 32, dim: 2, underline: 4 } as const;
type Paint = (style: keyof typeof codes, text: string) => string;

const styleOf = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  keyof typeof codes
>;

/** For people at a terminal: by file, one line per finding, what can be fixed, and a total. */
export const stylish: Format = (report, { color }) => {
  const paint: Paint = (style, text) => (color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
  const blocks = report.connectors.map((connector) => connectorBlock(connector, paint)).filter((block) => block !== '');
  const { error, warning, info } = report.counts;
  const totals = paint(error > 0 ? 'red' : warning + info > 0 ? 'yellow' : 'green', totalsText(report));
  const hint = fixHint(report);
  return `${[...blocks, totals, ...(hint === undefined ? [] : [hint])].join('\n')}\n`;
};

function connectorBlock(connector: ConnectorReport, paint: Paint): string {
  const byFile = new Map<string, Finding[]>();
  for (const finding of connector.findings) {
    const list = byFile.get(finding.file) ?? [];
    list.push(finding);
    byFile.set(finding.file, list);
  }
  const blocks = [...byFile].map(
    ([file, findings]) => `${paint('underline', onOneLine(file))}\n${fileLines(findings, paint)}`,
  );
  const hidden = hiddenCount(connector);
  if (hidden > 0)
    blocks.push(`${paint('dim', `${onOneLine(connector.path)}: ${hidden} more not shown (--max-findings)`)}\n`);
  return blocks.join('\n');
}

function fileLines(findings: readonly Finding[], paint: Paint): string {
  const places = findings.map(({ line, column }) => `${line}:${column}`);
  const width = places.reduce((longest, place) => Math.max(longest, place.length), 0);
  const lines = findings.map(({ severity, message, rule, official }, index) => {
    const place = (places[index] ?? '').padStart(width);
    const name = official === undefined ? rule : `${rule} (${official})`;
    return `  ${paint('dim', place)}  ${paint(styleOf[severity], severity.padEnd(7))}  ${onOneLine(message)}  ${paint('dim', name)}`;
  });
  return `${lines.join('\n')}\n`;
}
