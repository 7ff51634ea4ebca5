import { policyQuestions } from '../../repository/questions/policy.ts';
import type { CommandSpec } from '../command.ts';
import { flagsOfQuestions, generate } from '../generator-command.ts';

export const command: CommandSpec = {
  name: 'policy',
  summary: 'add a policy to the connector, remove one, or list them',
  group: 'make',
  order: 50,
  flags: flagsOfQuestions(policyQuestions),
  examples: [
    ['pp-connector policy', 'ask for everything'],
    ['pp-connector policy --list', 'the policies of the connector, and the templates there are'],
    [
      'pp-connector policy --template setheader --set name=X-Api-Version --set value=2024-01-01',
      'a header of every request',
    ],
    [
      'pp-connector policy --template routerequesttoendpoint --set newPath=/hooks --operations OnOrderCreated',
      'another path of the API',
    ],
    ['pp-connector policy --remove 2', 'remove the second of the list'],
  ],
  run: (context, _, flags) => generate('policy', context, flags),
};
