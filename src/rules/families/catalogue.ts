import type { Family, Rule } from '../engine/rule.ts';
import { declaredFamilies } from './families.generated.ts';

/** In the order of the documentation. */
export const families: readonly Family[] = [...declaredFamilies].sort((a, b) => a.order - b.order);

export const allRules: readonly Rule[] = families.flatMap((family) => family.rules);

export const ruleById: ReadonlyMap<string, Rule> = new Map(allRules.map((rule) => [rule.id, rule]));
