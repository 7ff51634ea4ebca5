import { shown as harmless, onOneLine } from '../../shown.ts';
import { type Coverage, missingOf } from '../coverage.ts';
import type { CaseResult } from '../model.ts';
import { coverageText, outcomesText, type PrintOptions, type PrintTests, partNames } from './reporter.ts';

/** For people: what failed or was skipped, then a line with everything. */
export const printText: PrintTests = (report, options) => {
  const { files, counts, coverage } = report;
  const cases = files.flatMap((file) => file.cases);
  const failed = cases.filter(({ outcome }) => outcome === 'failed').map((one) => failure(one, options));
  const skipped = cases
    .filter(({ outcome }) => outcome === 'skipped')
    .map(({ operation, name, message }) => `skipped  ${onOneLine(`${operation}: ${name}: ${message}`)}\n`);
  const missing = options.withCoverage && options.isPart !== true ? [uncovered(coverage)] : [];
  const covered = options.isPart === true ? '' : `; covered: ${coverageText(coverage)}`;
  return [...failed, ...skipped, ...missing, `${outcomesText(counts)}${covered}\n`].join('');
};

function failure({ operation, name, message, place }: CaseResult, { shown, color }: PrintOptions): string {
  const word = color ? '\u001b[31mFAILED\u001b[39m' : 'FAILED';
  const lines = message.split('\n').map((line) => `  ${line}\n`);
  const head = `${word}   ${onOneLine(`${operation}: ${name}`)}\n`;
  return `${head}${harmless(lines.join(''))}  at ${onOneLine(shown(place.path))}:${place.line}:${place.column}\n\n`;
}

/** What no test went through. */
function uncovered(coverage: Coverage): string {
  return (Object.keys(partNames) as (keyof Coverage)[])
    .map((name) => {
      const missing = missingOf(coverage[name]);
      if (missing.length === 0) return '';
      return `No test goes through these ${partNames[name]}:\n${missing.map((one) => `  ${onOneLine(one)}\n`).join('')}\n`;
    })
    .join('');
}
