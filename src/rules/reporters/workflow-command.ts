import type { Severity } from '../../connector/profile.ts';
import { shown } from '../../shown.ts';

/** What becomes an annotation of a line in GitHub Actions. */
export interface Annotation {
  severity: Severity;
  file: string;
  line: number;
  column: number;
  title: string;
  message: string;
}

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/** A workflow command, one line. */
export function workflowCommand({ severity, file, line, column, title, message }: Annotation): string {
  const properties = Object.entries({ file, line, col: column, title });
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${commands[severity]} ${list}::${escapeData(message)}`;
}

/** As the workflow toolkit does: these characters end a command or a line. */
const escapeData = (text: string): string =>
  shown(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'), { commands: true });

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
