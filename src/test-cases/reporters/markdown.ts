import { counted, firstOf } from '../../counted.ts';
import { escapeForComment, maxLength } from '../../rules/reporters/comment.ts';
import { type Coverage, missingOf, shareOf } from '../coverage.ts';
import type { CaseResult } from '../model.ts';
import { outcomesText, type PrintTests, partNames, percent } from './reporter.ts';

/** For the comment of a pull request: the counts, what failed, and what no test goes through. */
export const printMarkdown: PrintTests = ({ files, counts, coverage }, { shown }) => {
  const cases = files.flatMap((file) => file.cases);
  const title = `## ${counts.failed > 0 ? '❌' : '✅'} Tests: ${outcomesText(counts)}\n\n`;
  const failed = cases.filter(({ outcome }) => outcome === 'failed');
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped');
  const room = maxLength - title.length - 2000;
  return `${title}${tableOf(failed, shown, room)}${skippedText(skipped)}${coverageTable(coverage)}`;
};

const head = '| Place | Case | What differs |\n|---|---|---|\n';

function tableOf(failed: readonly CaseResult[], shown: (path: string) => string, room: number): string {
  if (failed.length === 0) return '';
  let rows = '';
  for (const [index, one] of failed.entries()) {
    const row = rowOf(one, shown);
    if (rows.length + row.length > room)
      return `${head}${rows}\n… and ${counted(failed.length - index, 'more case')}.\n\n`;
    rows += row;
  }
  return `${head}${rows}\n`;
}

function rowOf({ operation, name, message, place }: CaseResult, shown: (path: string) => string): string {
  const words = message.split('\n').map((line) => line.trim());
  return `| ${escapeForComment(`${shown(place.path)}:${place.line}`)} | ${escapeForComment(`${operation}: ${name}`)} | ${words.map(escapeForComment).join('<br>')} |\n`;
}

function skippedText(skipped: readonly CaseResult[]): string {
  if (skipped.length === 0) return '';
  const [first] = skipped;
  return `${counted(skipped.length, 'case')} skipped, the first one ${escapeForComment(`${first?.operation}: ${first?.name}`)}: ${escapeForComment(first?.message ?? '')}\n\n`;
}

const mostNames = 5;

function coverageTable(coverage: Coverage): string {
  const rows = (Object.keys(partNames) as (keyof Coverage)[])
    .filter((name) => coverage[name].all.length > 0)
    .map((name) => {
      const { all, seen } = coverage[name];
      const missing = missingOf(coverage[name]);
      const list = firstOf(missing, mostNames, { show: escapeForComment });
      return `| ${partNames[name]} | ${percent(shareOf(coverage[name]))} | ${seen.length} of ${all.length} | ${list} |\n`;
    });
  return `| Covered | | | Not covered |\n|---|---|---|---|\n${rows.join('')}`;
}
