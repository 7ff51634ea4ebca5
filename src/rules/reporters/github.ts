import { onOneLine, shown } from '../../shown.ts';
import type { Format } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { hiddenCount, totalsText } from './words.ts';
import { workflowCommand } from './workflow-command.ts';

/** GitHub Actions: one workflow command per finding, which becomes an annotation of its line; then a total for the log. */
export const github: Format = (report) => {
  const lines = report.connectors.flatMap((connector) => {
    const hidden = hiddenCount(connector);
    const annotations = connector.findings.map(annotation);
    return hidden === 0
      ? annotations
      : [...annotations, shown(`${onOneLine(connector.path)}: ${hidden} more not shown (--max-findings)`)];
  });
  return `${[...lines, totalsText(report)].join('\n')}\n`;
};

const annotation = (finding: Finding): string =>
  workflowCommand({
    ...finding,
    title: finding.official === undefined ? finding.rule : `${finding.rule} (${finding.official})`,
  });
