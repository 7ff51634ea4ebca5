import type { Format } from '../report.ts';
import type { Severity } from '../rule.ts';
import type { Finding } from '../run.ts';
import { hiddenCount, totalsText, wellFormed } from './words.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/** GitHub Actions: one workflow command per finding, which becomes an annotation of its line; then a total for the log. */
export const github: Format = (report) => {
  const lines = report.connectors.flatMap((connector) => {
    const hidden = hiddenCount(connector);
    const annotations = connector.findings.map(annotation);
    return hidden === 0
      ? annotations
      : [...annotations, `${connector.path}: ${hidden} more not shown (--max-findings)`];
  });
  return `${[...lines, totalsText(report)].join('\n')}\n`;
};

function annotation({ severity, file, line, column, rule, official, message }: Finding): string {
  const title = official === undefined ? rule : `${rule} (${official})`;
  const properties = Object.entries({ file, line, col: column, title });
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${commands[severity]} ${list}::${escapeData(message)}`;
}

/** As the workflow toolkit does: these characters end a command or a line. */
const escapeData = (text: string): string =>
  wellFormed(text)
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
