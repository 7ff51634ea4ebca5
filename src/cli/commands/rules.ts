import type { Rule } from '../../rules/engine/rule.ts';
import { describeRules } from '../../rules/explain.ts';
import { allRules, families } from '../../rules/explain-catalogue.ts';
import { describeLookedUp, explainLookedUp } from '../../rules/explain-looked-up.ts';
import { lookUp } from '../../rules/look-up.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'rules',
  summary: 'list the rules, or explain one, or an error of the service',
  group: 'check',
  order: 20,
  positionals: [
    { name: 'id', description: 'the rule, policy number (5000.1.1.12, 5000.2.x) or name of the service to explain' },
  ],
  flags: [],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector rules', 'list all rules with their severities'],
    ['pp-connector rules info-title-length', 'why the rule exists, with a good and a bad example'],
    ['pp-connector rules 5000.1.1.12', 'what a number means that a reviewer or Partner Center answers with'],
    ['pp-connector rules OperationIdNotUnique', "the rule that has this name in the service's validator"],
    ['pp-connector rules --format json', 'the whole catalogue, for a script'],
  ],
  run(context, [id]) {
    const found = id === undefined ? undefined : lookUp(id);
    if (context.format === 'json') {
      const described = found === undefined ? describeRules(allRules) : describeLookedUp(found);
      context.out(`${JSON.stringify(described, null, 2)}\n`);
    } else {
      context.out(found === undefined ? list() : explainLookedUp(found));
    }
    return 0;
  },
};

const legend = `Severity for custom / verified / independent: E error, W warning, I info, - off.
F: fixed by --fix, U: by --fix-unsafe, M: for you to check, D: by pp-connector diff, P: by pp-connector package,
A: by validate --all.
Explain one with: pp-connector rules ID; numbers of the certification policy with: pp-connector rules 5000.x
`;

function list(): string {
  const width = Math.max(...allRules.map(({ id }) => id.length));
  const blocks = families
    .filter(({ rules }) => rules.length > 0)
    .map(({ name, rules }) => `${name}\n${rules.map((rule) => line(rule, width)).join('\n')}\n`);
  return `${blocks.join('\n')}\n${legend}`;
}

const line = (rule: Rule, width: number): string =>
  `  ${rule.severity} ${marks(rule).padEnd(2)} ${rule.id.padEnd(width)}  ${rule.title}`;

function marks({ fix, manual, command }: Rule): string {
  const kind = fix === undefined ? '' : fix === 'safe' ? 'F' : 'U';
  const by = manual
    ? 'M'
    : command === 'diff'
      ? 'D'
      : command === 'package'
        ? 'P'
        : command === 'validate --all'
          ? 'A'
          : '';
  return by + kind;
}
