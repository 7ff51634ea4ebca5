import { workspaceQuestions } from '../../repository/questions/workspace.ts';
import type { CommandSpec } from '../command.ts';
import { flagsOfQuestions, generate } from '../generator-command.ts';

export const command: CommandSpec = {
  name: 'workspace',
  summary: 'keep several connectors in one git repository',
  group: 'make',
  order: 15,
  flags: flagsOfQuestions(workspaceQuestions),
  examples: [
    ['pp-connector workspace', 'ask for everything'],
    ['pp-connector workspace --yes', 'connectors in connectors/*, of your own tenant, checked by GitHub Actions'],
    ['pp-connector workspace --yes --profile verified --publisher Contoso --ci azure', 'what new connectors then name'],
  ],
  run: (context, _, flags) => generate('workspace', context, flags),
};
