import type { Json, JsonObject } from '../connector/json/value.ts';
import type { Rule } from './engine/rule.ts';
import { checkedBy, describeRules, explainRule, type Fact, factLines, wrap } from './explain.ts';
import type { LookedUp } from './look-up.ts';
import { type PolicyCode, policyGroups, policyPage } from './policy-codes.ts';

/** What was looked up, as a script wants it: `rules` in any case, and what it is about beside them. */
export function describeLookedUp(found: LookedUp): Json {
  switch (found.kind) {
    case 'rule':
      return describeRules([found.rule]);
    case 'policy':
      return { policy: describePolicy(found.code, found.about, found.rules), ...describeRules(found.rules) };
    case 'policies':
      return {
        policies: found.codes.map(({ code, about, rules }) => describePolicy(code, about, rules)),
        ...describeRules([...new Set(found.codes.flatMap(({ rules }) => rules))]),
      };
    case 'official':
      return { official: found.name, ...describeRules(found.rules) };
  }
}

function describePolicy(code: string, about: PolicyCode | undefined, rules: readonly Rule[]): JsonObject {
  return {
    code,
    title: policyTitle(about, rules),
    why: about?.why ?? null,
    remedy: about?.remedy ?? null,
    source: policySource(about),
    page: policyPage,
    rules: rules.map(({ id }) => id),
  };
}

/** What was looked up, on the terminal. */
export function explainLookedUp(found: LookedUp): string {
  switch (found.kind) {
    case 'rule':
      return explainRule(found.rule);
    case 'policy':
      return explainPolicy(found);
    case 'policies':
      return explainPolicies(found);
    case 'official':
      return explainOfficial(found);
  }
}

/** What is wrong, in a sentence; of numbers that only rules name, what the rules want. */
const policyTitle = (about: PolicyCode | undefined, rules: readonly Rule[]): string =>
  about?.title ?? rules.map(({ title }) => title).join(' ');

const policySource = (about: PolicyCode | undefined): string =>
  about === undefined
    ? 'Checkers of vendors that cite the certification policy; the published list was read up to 5000.1.1.17 only'
    : (about.source ?? 'Certification policy, the list of its numbers');

/** One number: what, why, what to do, who says so, and the rules that look for it. */
function explainPolicy({ code, about, rules }: Extract<LookedUp, { kind: 'policy' }>): string {
  const only = about === undefined && rules.length === 1 ? rules[0] : undefined;
  if (only !== undefined) return `policy ${code}, which this rule looks for:\n\n${explainRule(only)}`;
  const [first] = rules;
  const facts: Fact[] = [
    ...(about === undefined
      ? []
      : ([
          ['Why', about.why],
          ['Remedy', about.remedy],
        ] as const)),
    ['Source', policySource(about)],
    ['Read', policyPage],
    ['Checked by', first === undefined ? 'nobody here: the service only' : checkers(rules)],
    ...(rules.some(({ command }) => command === 'package')
      ? ([['Find it', 'pp-connector package --check PACKAGE']] as const)
      : []),
  ];
  const what = about?.title ?? 'Known by the rules that look for it.';
  return [`policy ${code}\n${wrap(what, '')}\n`, ...factLines(facts), ...ruleList(rules), ''].join('\n');
}

/** All numbers that begin alike, a line each. */
function explainPolicies({ beginning, codes }: Extract<LookedUp, { kind: 'policies' }>): string {
  const groups = [...new Set(codes.map(({ code }) => groupOf(code)))];
  const blocks = groups.map((group) => {
    const members = codes.filter(({ code }) => groupOf(code) === group);
    const width = Math.max(...members.map(({ code }) => code.length));
    const lines = members.map(
      ({ code, about, rules }) => `  ${code.padEnd(width)}  ${wrap(policyTitle(about, rules), ' '.repeat(width + 4))}`,
    );
    const about = policyGroups.get(group);
    return `${group}.x${about === undefined ? '' : `: ${about}`}\n${lines.join('\n')}\n`;
  });
  const read = `${wrap(`The numbers of 5000.1.1 are published; the others are those that checkers of vendors cite, as far as a rule looks for them: there are more of them than are known here.`, '')}\nRead      ${policyPage}\n`;
  const one = codes[0]?.code ?? beginning;
  return `${blocks.join('\n')}\n${read}Explain one with: pp-connector rules ${one}\n`;
}

const groupOf = (code: string): string => code.slice(0, code.lastIndexOf('.'));

/** A name that the service prints, and the rules for it. */
function explainOfficial({ name, rules }: Extract<LookedUp, { kind: 'official' }>): string {
  const [only] = rules;
  if (only !== undefined && rules.length === 1) {
    return `${name} is the service's own name of this rule:\n\n${explainRule(only)}`;
  }
  return [`${name}\nThe service's own name of several rules:`, ...ruleList(rules), ''].join('\n');
}

function checkers(rules: readonly Rule[]): string {
  return [...new Set(rules.map(checkedBy))].join('; ');
}

function ruleList(rules: readonly Rule[]): string[] {
  if (rules.length === 0) return [];
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.flatMap(({ id, title, remedy }) => [
    `  ${id.padEnd(width)}  ${wrap(title, ' '.repeat(width + 4))}`,
    `  ${' '.repeat(width)}  ${wrap(remedy, ' '.repeat(width + 4))}`,
  ]);
  return ['', 'Rules, and what to do:', ...lines, '', 'Explain one with: pp-connector rules ID'];
}
