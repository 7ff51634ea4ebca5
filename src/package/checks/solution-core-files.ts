import { type Check, listed } from './check.ts';

/** What makes an archive a solution. */
export const solutionCoreFiles: Check<'solution-core-files'> = {
  rule: 'solution-core-files',
  run: ({ contents: { solutions, refusals } }, report) => {
    for (const { place, level, reason } of refusals) {
      if (level === 'solution') report(place, `the solution can't be read: ${reason}`);
    }
    for (const { archive, missing, unreadable } of solutions) {
      if (missing.length > 0) {
        report(
          archive.place,
          `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing; export the solution again`,
        );
      }
      for (const { file, reason } of unreadable) {
        report(`${archive.place}!${file}`, `the file can't be read: ${reason}; export the solution again`);
      }
    }
  },
};
