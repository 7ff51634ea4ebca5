import type { Check } from './check.ts';

/** Sources disagree about how a solution is to be exported: only said, for the case that the package is refused. */
export const solutionUnmanaged: Check<'solution-unmanaged'> = {
  rule: 'solution-unmanaged',
  run: ({ contents: { solutions } }, report) => {
    for (const { archive, managed } of solutions) {
      if (managed !== true) continue;
      report(
        `${archive.place}!solution.xml`,
        'the solution is exported managed; sources disagree, should the package be refused, export it unmanaged',
      );
    }
  },
};
