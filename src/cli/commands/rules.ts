import { UserError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { Rule } from '../../validate/rule.ts';
import { describeRules, explainRule } from '../../validate/explain.ts';
import { allRules, ruleById } from '../../validate/rules/catalogue.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'rules',
  summary: 'list the validation rules, or explain one',
  positionals: [{ name: 'id', description: 'the rule to explain' }],
  flags: [],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector rules', 'list all rules with their severities'],
    ['pp-connector rules info-title-length', 'why the rule exists, with a good and a bad example'],
  ],
  run(context, [id]) {
    const rules = id === undefined ? allRules : [known(id)];
    if (context.format === 'json') context.out(`${JSON.stringify(describeRules(rules), null, 2)}\n`);
    else if (id === undefined) context.out(`${rules.map(line).join('\n')}\n`);
    else context.out(rules.map(explainRule).join('\n'));
    return 0;
  },
};

const line = (rule: Rule): string => `${rule.levels}  ${rule.id.padEnd(44)} ${rule.title}`;

function known(id: string): Rule {
  const rule = ruleById.get(id);
  if (rule !== undefined) return rule;
  const guess = nearest(id, [...ruleById.keys()]);
  throw new UserError(`there is no rule "${id}"`, {
    hint: guess === undefined ? 'list the rules with: pp-connector rules' : `did you mean: pp-connector rules ${guess}`,
  });
}
