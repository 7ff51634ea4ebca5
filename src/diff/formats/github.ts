import { workflowCommand } from '../../rules/reporters/workflow-command.ts';
import type { DiffFormat } from './formats.ts';
import { diffTotals, kindText, messageText } from './words.ts';

/** GitHub Actions: one workflow command per change, which becomes an annotation of its line; then a total for the log. */
export const diffGithub: DiffFormat = (report) => {
  const annotations = report.changes.map((change) =>
    workflowCommand({ ...change, title: kindText(change), message: messageText(change) }),
  );
  return `${[...annotations, diffTotals(report)].join('\n')}\n`;
};
