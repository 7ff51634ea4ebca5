import { fileIn, readObject } from '../solution.ts';
import type { Check } from './check.ts';

/** Flows are there that customizations.xml names. */
export const solutionFlowFiles: Check<'solution-flow-files'> = {
  rule: 'solution-flow-files',
  run: ({ contents: { solutions } }, report) => {
    for (const { archive, flows } of solutions) {
      for (const { name, path } of flows) {
        const file = path === undefined ? undefined : fileIn(archive, path);
        if (path === undefined) {
          report(`${archive.place}!customizations.xml`, `the flow "${name}" names no file`);
        } else if (file === undefined) {
          report(`${archive.place}!${path}`, `the flow "${name}" is not in the solution; export it again`);
        } else if (/\.json$/i.test(path) && readObject(file) === undefined) {
          report(`${archive.place}!${file.name}`, `the flow "${name}" is not a JSON object; export the solution again`);
        }
      }
    }
  },
};
