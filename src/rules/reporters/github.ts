import { onOneLine, shown } from '../../shown.ts';
import { formatOf, type StartReport } from '../engine/report.ts';
import type { Finding } from '../engine/run.ts';
import { Tally } from './tally.ts';
import { hiddenCount, totalsText } from './words.ts';
import { workflowCommand } from './workflow-command.ts';

/** GitHub Actions: one workflow command per finding, which becomes an annotation of its line; then a total for the log. */
export const startGithub: StartReport = () => {
  const tally = new Tally();
  return {
    add(connector) {
      tally.add(connector);
      const hidden = hiddenCount(connector);
      const rest =
        hidden === 0 ? [] : [shown(`${onOneLine(connector.path)}: ${hidden} more not shown (--max-findings)`)];
      return [[...connector.findings.map(annotation), ...rest].map((line) => `${line}\n`).join('')];
    },
    end: () => [`${totalsText(tally)}\n`],
  };
};

export const github = formatOf(startGithub);

const annotation = (finding: Finding): string =>
  workflowCommand({
    ...finding,
    title: finding.official === undefined ? finding.rule : `${finding.rule} (${finding.official})`,
  });
