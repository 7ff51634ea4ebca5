import { counted, firstOf } from '../counted.ts';
import type { Evidence } from './evidence.ts';

/** More names are left to `pp-connector test --coverage`. */
const mostNames = 3;

/** What the tests of the repository show. That every operation works in the portal only its author knows. */
export function testedOffline({ machine }: Pick<Evidence, 'machine'>): string | undefined {
  const tests = machine?.tests;
  if (tests === undefined) return undefined;
  const { failed, skipped, operations } = tests;
  if (failed > 0) return `${counted(failed, 'offline test')} ${failed === 1 ? 'fails' : 'fail'}: pp-connector test`;
  const { all, seen } = operations;
  const missing = all.filter((id) => !seen.includes(id));
  const without = missing.length === 0 ? '' : `; not through ${firstOf(missing, mostNames)}`;
  const left = skipped === 0 ? '' : `; ${counted(skipped, 'test')} skipped`;
  return `offline tests pass, and go through ${seen.length} of ${counted(all.length, 'operation')}${without}${left}`;
}
