import { operationQuestions } from '../../questions/operation.ts';
import type { CommandSpec } from '../command.ts';
import { flagsOf, generate } from '../generator-command.ts';

export const command: CommandSpec = {
  name: 'operation',
  summary: 'add an action to the connector',
  flags: flagsOf(operationQuestions),
  examples: [
    ['pp-connector operation', 'ask for everything'],
    ['pp-connector operation --method get --path "/orders/{orderId}" --response-sample order.json', 'an action whose outputs are those of a sample'],
    ['pp-connector operation --method post --path /orders --id CreateOrder --request-sample new.json', 'an action with a body'],
  ],
  run: (context, _, flags) => generate('operation', context, flags),
};
