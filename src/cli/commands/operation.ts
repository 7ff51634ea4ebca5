import { operationQuestions } from '../../repository/questions/operation.ts';
import type { CommandSpec } from '../command.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { flagsOfQuestions, generate } from '../generator-command.ts';

/** Two of each kind; the guides show them with their files. */
const examples: CommandSpec['examples'] = [
  ['pp-connector operation', 'ask for everything'],
  ['pp-connector operation --method get --path "/orders/{orderId}" --response-sample order.json', 'an action'],
  [
    'pp-connector operation --method post --path /orders --id CreateOrder --request-sample new.json',
    'an action with a body',
  ],
  ['pp-connector operation --curl call.txt --response-sample order.json', 'an action from a curl command line'],
  ['pp-connector operation --kind paging --path /orders --response-sample orders.json', 'a list in pages'],
  ['pp-connector operation --path /logs --response-sample logs.json --next-link @odata.nextLink', 'the same by a flag'],
  [
    'pp-connector operation --kind webhook --path /hooks --id OnOrderCreated --notification-sample event.json',
    'a webhook',
  ],
  [
    'pp-connector operation --kind webhook --path /hooks/paid --api-path /hooks --id OnOrderPaid --notification-sample event.json --body-value event=paid --location script',
    'a webhook whose API answers with an id instead of Location',
  ],
  [
    'pp-connector operation --kind polling --path /orders/new --id OnNewOrder --response-sample orders.json --state-param since --state-path created',
    'a polling trigger whose state a policy keeps',
  ],
  [
    "pp-connector operation --kind polling --path /orders/late --id OnLateOrder --response-sample orders.json --state-param '$filter' --state-template 'created gt {state}' --state-path created",
    'the same with the state in a filter',
  ],
  [
    'pp-connector operation --kind polling --path /news --id OnNews --response-sample news.json --polling protocol',
    'a polling trigger whose API has the protocol',
  ],
  ['pp-connector operation --kind upload --path /files', 'a file in a form'],
  [
    'pp-connector operation --kind upload --upload raw --path /images --media-type image/png',
    'a file as the whole body',
  ],
  [
    'pp-connector operation --kind upload --path /merge --param first:formData:binary:required --param second:formData:binary --response-file',
    'files in a form, and one as the answer',
  ],
  ['pp-connector operation --kind download --path "/files/{fileId}"', 'a file as the answer'],
  [
    'pp-connector operation --kind download --path "/reports/{id}" --media-type application/pdf',
    'the same, of one type',
  ],
  [
    'pp-connector operation --kind internal --path /projects --id ListProjects --response-sample projects.json',
    'a helper',
  ],
  [
    'pp-connector operation --kind internal --path "/tables/{table}/schema" --response-sample schema.json',
    'a helper that takes an input',
  ],
  [
    "pp-connector operation --path /tasks --param projectId:query:required --response-sample tasks.json --dynamic-values 'projectId=ListProjects:items:id:name'",
    'a field with choices',
  ],
  [
    "pp-connector operation --edit ListTasks --dynamic-values 'projectId=ListTeams:items:id:name' --helper 'ListTeams=GET /teams'",
    'other choices, and the helper behind them',
  ],
  ['pp-connector operation --kind agent-tool', 'an MCP server at /mcp'],
  ['pp-connector operation --kind agent-tool --path /agents/orders --id InvokeOrders', 'the same at another path'],
  [
    'pp-connector operation --path /invoices --response-sample orders.json --script transform',
    'with code in script.csx',
  ],
  ['pp-connector operation --edit ListOrders --script repeat-query', 'code for an operation that is there'],
  ['pp-connector operation --edit ListOrders --summary "List all orders" --visibility important', 'other texts'],
  [
    'pp-connector operation --edit ListOrders --param "top:query:integer=50|Top|How many at most."',
    'another parameter',
  ],
  ['pp-connector operation --rename ListLogs --to FindLogs', 'another id, before the first release'],
  ['pp-connector operation --revise ListOrders --path /v2/orders --response-sample orders2.json', 'the next revision'],
  [
    'pp-connector operation --deprecate ListOrders --replacement ListTasks',
    'not for new work, and what to use instead (by default the newest revision)',
  ],
  ['pp-connector operation --remove ListOrders', 'away, with everything that refers to it'],
  ['pp-connector operation --answers operations.yaml', 'many at once'],
];

const headings: FlagHeadings = {
  'What makers see': ['id', 'summary', 'description', 'visibility', 'hint'],
  'What it sends': [
    'param',
    'request-sample',
    'request-schema',
    'optional-body',
    'upload',
    'file-field',
    'media-type',
    'dictionary',
  ],
  'What it answers': ['response-sample', 'response-schema', 'response-file', 'status', 'other-status', 'next-link'],
  'Choices of its fields': ['dynamic-values', 'dynamic-schema', 'dynamic-tree', 'helper'],
  Webhooks: [
    'notification-sample',
    'notification-schema',
    'notification-url',
    'body-value',
    'unsubscribe-path',
    'unsubscribe-id',
    'location',
    'location-url',
    'location-property',
  ],
  'Polling triggers': ['polling', 'state-param', 'state-path', 'state-template', 'items-path'],
  'An operation that is there': [
    'edit',
    'remove-param',
    'rename',
    'to',
    'baseline',
    'revise',
    'deprecate',
    'replacement',
    'remove',
    'drop-sample',
  ],
};

export const command: CommandSpec = {
  name: 'operation',
  summary: 'add an operation of any kind (action, trigger, …), or change one',
  group: 'make',
  order: 40,
  flags: underHeadings(flagsOfQuestions(operationQuestions), headings),
  examples,
  run: (context, _, flags) => generate('operation', context, flags),
};
