import type { Counts } from '../validate/report.ts';
import { severities } from '../validate/rule.ts';

/** Whether findings reach a severity; `never` is never reached. */
export function reaches(counts: Counts, failOn: string): boolean {
  const threshold = (severities as readonly string[]).indexOf(failOn);
  return severities.some((severity, index) => index <= threshold && counts[severity] > 0);
}
