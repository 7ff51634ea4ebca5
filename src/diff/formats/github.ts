import { wellFormed } from '../../validate/formats/words.ts';
import type { Severity } from '../../validate/rule.ts';
import type { PlacedChange } from '../diff-report.ts';
import type { DiffFormat } from './formats.ts';
import { kindText, messageText, totalsText } from './words.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/** GitHub Actions: one workflow command per change, which becomes an annotation of its line; then a total for the log. */
export const github: DiffFormat = (report) => `${[...report.changes.map(annotation), totalsText(report)].join('\n')}\n`;

function annotation(change: PlacedChange): string {
  const { severity, file, line, column } = change;
  const properties = Object.entries({ file, line, col: column, title: kindText(change) });
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${commands[severity]} ${list}::${escapeData(messageText(change))}`;
}

/** As the workflow toolkit does: these characters end a command or a line. */
const escapeData = (text: string): string =>
  wellFormed(text)
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
