import type { Change, Files, Kind, Part } from './change.ts';
import { definitionKinds } from './definition-kinds.ts';
import { policyKinds } from './policy-kinds.ts';
import { type Random, shuffled } from './random.ts';
import { scriptKinds } from './script-kinds.ts';

export const parts: Readonly<Record<Part, Readonly<Record<string, Kind>>>> = {
  definition: definitionKinds,
  policies: policyKinds,
  script: scriptKinds,
};

/**
 * All changes of a part in a seeded order: one of each kind, then a second of each kind … so that kinds with many places
 * don't crowd out the others.
 */
export function changesOf(files: Files, part: Part, random: Random): Change[] {
  const queues = Object.entries(parts[part]).map(([kind, find]) =>
    shuffled(find(files), random).map((change): Change => ({ ...change, kind })),
  );
  const result: Change[] = [];
  while (queues.some((queue) => queue.length > 0)) {
    for (const queue of shuffled(queues, random)) {
      const next = queue.pop();
      if (next !== undefined) result.push(next);
    }
  }
  return result;
}

export function changed(files: Files, change: Change): Files {
  const copy = structuredClone(files);
  change.apply(copy);
  return copy;
}
