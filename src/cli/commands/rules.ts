import type { Rule } from '../../rules/engine/rule.ts';
import { unknownRule } from '../../rules/engine/unknown-rule.ts';
import { describeRules, explainRule } from '../../rules/explain.ts';
import { allRules, families, ruleById } from '../../rules/families/catalogue.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'rules',
  summary: 'list the validation rules, or explain one',
  group: 'check',
  order: 20,
  positionals: [{ name: 'id', description: 'the rule to explain' }],
  flags: [],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector rules', 'list all rules with their severities'],
    ['pp-connector rules info-title-length', 'why the rule exists, with a good and a bad example'],
    ['pp-connector rules --format json', 'the whole catalogue, for a script'],
  ],
  run(context, [id]) {
    const rules = id === undefined ? allRules : [known(id)];
    if (context.format === 'json') context.out(`${JSON.stringify(describeRules(rules), null, 2)}\n`);
    else context.out(id === undefined ? list() : rules.map(explainRule).join('\n'));
    return 0;
  },
};

const legend = `Severity for custom / verified / independent: E error, W warning, I info, - off.
F: fixed by --fix, U: by --fix-unsafe, M: for you to judge, D: by pp-connector diff, P: by pp-connector package.
Explain one with: pp-connector rules ID
`;

function list(): string {
  const width = Math.max(...allRules.map(({ id }) => id.length));
  const blocks = families
    .filter(({ rules }) => rules.length > 0)
    .map(({ name, rules }) => `${name}\n${rules.map((rule) => line(rule, width)).join('\n')}\n`);
  return `${blocks.join('\n')}\n${legend}`;
}

const line = (rule: Rule, width: number): string =>
  `  ${rule.levels} ${marks(rule).padEnd(2)} ${rule.id.padEnd(width)}  ${rule.title}`;

function marks({ fix, manual, command }: Rule): string {
  const kind = fix === undefined ? '' : fix === 'safe' ? 'F' : 'U';
  const by = manual ? 'M' : command === 'diff' ? 'D' : command === 'package' ? 'P' : '';
  return by + kind;
}

function known(id: string): Rule {
  const rule = ruleById.get(id);
  if (rule === undefined) throw unknownRule(id);
  return rule;
}
