import { shareOf } from '../coverage.ts';
import type { PrintTests } from './reporter.ts';

/** For scripts: the shape is relied on. Shares are numbers from 0 to 1. */
export const printJson: PrintTests = ({ files, counts, coverage }, { shown }) =>
  `${JSON.stringify(
    {
      files: files.map(({ path, cases }) => ({
        path: shown(path),
        cases: cases.map(({ name, operation, outcome, message, place, milliseconds }) => ({
          name,
          operation,
          outcome,
          message,
          line: place.line,
          column: place.column,
          milliseconds,
        })),
      })),
      counts,
      coverage: Object.fromEntries(Object.entries(coverage).map(([name, part]) => [name, rounded(shareOf(part))])),
    },
    null,
    2,
  )}\n`;

const rounded = (share: number): number => Math.floor(share * 10_000) / 10_000;
