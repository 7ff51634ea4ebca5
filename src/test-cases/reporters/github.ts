import { workflowCommand } from '../../rules/reporters/workflow-command.ts';
import { shown as harmless, onOneLine } from '../../shown.ts';
import { coverageText, outcomesText, type PrintTests } from './reporter.ts';

/** GitHub Actions: an annotation of its line per failed case, a notice per skipped one, and a total for the log. */
export const printGithub: PrintTests = ({ files, counts, coverage }, { shown }) => {
  const annotations = files.flatMap(({ cases }) =>
    cases
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ outcome, name, operation, message, place }) =>
        workflowCommand({
          severity: outcome === 'failed' ? 'error' : 'info',
          file: shown(place.path),
          line: place.line,
          column: place.column,
          title: `${operation}: ${outcome === 'failed' ? 'a test failed' : 'a test was skipped'}`,
          message: `${name}: ${message}`,
        }),
      ),
  );
  const total = harmless(onOneLine(`${outcomesText(counts)}; covered: ${coverageText(coverage)}`));
  return `${[...annotations, total].join('\n')}\n`;
};
