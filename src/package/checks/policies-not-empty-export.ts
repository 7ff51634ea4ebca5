import { readJsonIn } from '../solution.ts';
import type { Check } from './check.ts';

/** The exported list of policies is not empty where customizations.xml refers to it. */
export const policiesNotEmptyExport: Check<'policies-not-empty-export'> = {
  rule: 'policies-not-empty-export',
  run: ({ contents: { solutions } }, report) => {
    // the same connector is in the solution of the flow, too
    const solution = solutions.find(({ role }) => role === 'connector') ?? solutions[0];
    for (const { named, files } of solution?.connectors ?? []) {
      const file = files.policytemplateinstances;
      const policies = readJsonIn(file);
      if (file === undefined || named.policytemplateinstances === undefined) continue;
      if (!Array.isArray(policies) || policies.length > 0) continue;
      report(
        `${solution?.archive.place}!${file.name}`,
        'the list of policies is empty, and customizations.xml refers to it: one package was refused for that, others passed; if yours is, keep one policy',
      );
    }
  },
};
