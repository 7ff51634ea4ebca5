import { workflowCommand } from '../../rules/reporters/workflow-command.ts';
import type { DiffFormat } from './formats.ts';
import { kindText, messageText, totalsText } from './words.ts';

/** GitHub Actions: one workflow command per change, which becomes an annotation of its line; then a total for the log. */
export const github: DiffFormat = (report) => {
  const annotations = report.changes.map((change) =>
    workflowCommand({ ...change, title: kindText(change), message: messageText(change) }),
  );
  return `${[...annotations, totalsText(report)].join('\n')}\n`;
};
