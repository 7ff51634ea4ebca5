import { nearestOf } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { quote } from '../quote.ts';
import type { Rule } from './engine/rule.ts';
import { allRules, ruleById } from './explain-catalogue.ts';
import { comparePolicyCodes, describedPolicies, isBelow, type PolicyCode, readPolicyCode } from './policy-codes.ts';

export interface KnownPolicy {
  code: string;
  /** Undefined for numbers that are known by their rules only. */
  about: PolicyCode | undefined;
  rules: readonly Rule[];
}

/** What somebody wants explained: a rule, a number of the certification policy, or a name that the service prints. */
export type LookedUp =
  | { kind: 'rule'; rule: Rule }
  | ({ kind: 'policy' } & KnownPolicy)
  /** All numbers that begin alike. */
  | { kind: 'policies'; beginning: string; codes: readonly KnownPolicy[] }
  | { kind: 'official'; name: string; rules: readonly Rule[] };

/**
 * Looks up whatever a report, a reviewer or Partner Center printed: the id of a rule, a number of the certification
 * policy or the beginning of some (`5000.2.x`), or the service's own name of a rule, in any case.
 *
 * @throws UserError for anything else, with the nearest names
 */
export function lookUp(text: string): LookedUp {
  const word = text.trim();
  const rule = ruleById.get(word) ?? ruleById.get(word.toLowerCase());
  if (rule !== undefined) return { kind: 'rule', rule };
  const code = readPolicyCode(word);
  if (code !== undefined) return lookUpPolicy(code);
  const rules = allRules.filter(({ official }) => official?.toLowerCase() === word.toLowerCase());
  const name = rules[0]?.official;
  if (name !== undefined) return { kind: 'official', name, rules };
  throw unknown(word);
}

/** All numbers that something is known of, in their order. */
export const policyCodes: readonly string[] = [
  ...new Set([...describedPolicies.keys(), ...allRules.flatMap(({ policy }) => policy ?? [])]),
].sort(comparePolicyCodes);

/** The rules that look for what a number is about: those that have it, then others that report it, too. */
export function rulesOfPolicy(code: string): Rule[] {
  const own = allRules.filter(({ policy }) => policy === code);
  const others = (describedPolicies.get(code)?.rules ?? []).flatMap((id) => ruleById.get(id) ?? []);
  return [...new Set([...own, ...others])];
}

const knownPolicy = (code: string): KnownPolicy => ({
  code,
  about: describedPolicies.get(code),
  rules: rulesOfPolicy(code),
});

function lookUpPolicy(code: string): LookedUp {
  if (policyCodes.includes(code)) {
    return { kind: 'policy', ...knownPolicy(code) };
  }
  const below = policyCodes.filter((each) => isBelow(each, code));
  if (below.length > 0) {
    return { kind: 'policies', beginning: code, codes: below.map(knownPolicy) };
  }
  const group = code.slice(0, code.lastIndexOf('.'));
  const siblings = policyCodes.filter((each) => isBelow(each, group));
  throw new UserError(`nothing is known of the policy number ${quote(code)}`, {
    hint: `list those that are known with: pp-connector rules ${siblings.length > 0 ? group : '5000'}.x`,
  });
}

function unknown(word: string): UserError {
  const officials = allRules.flatMap(({ official }) => official ?? []);
  const near = nearestOf(word, [...new Set([...ruleById.keys(), ...officials, ...policyCodes])]);
  const [first, ...others] = near;
  return new UserError(
    `there is no rule ${quote(word)}${first === undefined ? ', policy number or name of the service' : `; did you mean "${first}"?`}`,
    {
      hint: [
        ...(others.length > 0 ? [`or: ${others.join(', ')}`] : []),
        'list the rules with: pp-connector rules; policy numbers with: pp-connector rules 5000.x',
      ],
    },
  );
}
