import { type Coverage, shareOf } from '../coverage.ts';
import type { TestReport } from '../run-files.ts';

export interface PrintOptions {
  /** How a path is shown to whoever started the tests. */
  shown: (path: string) => string;
  /** Colours on a terminal. */
  color: boolean;
  /** What no test went through is listed. */
  withCoverage: boolean;
  /** Only some of the tests were run: what they cover says nothing of the connector. */
  isPart?: boolean;
}

/** One way to print what tests showed. */
export type PrintTests = (report: TestReport, options: PrintOptions) => string;

/** In whole percents, never rounded up to what isn't reached. */
export const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)} %`;

export const partNames: Readonly<Record<keyof Coverage, string>> = {
  operations: 'operations',
  policies: 'policies',
  responses: 'responses',
  properties: 'properties of answers',
};

/** `operations 100 %, policies 50 %`; what the connector doesn't have is left out. */
export const coverageText = (coverage: Coverage): string =>
  (Object.keys(partNames) as (keyof Coverage)[])
    .filter((name) => coverage[name].all.length > 0)
    .map((name) => `${partNames[name]} ${percent(shareOf(coverage[name]))}`)
    .join(', ');

/** `12 passed, 1 failed, 2 skipped`. */
export const outcomesText = ({ passed, failed, skipped }: TestReport['counts']): string =>
  [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
