import { asObject, getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel, Operation } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import type { Visitor } from '../engine/visitor.ts';
import { isSubscription } from '../support/notification-urls.ts';
import { inHook, ofHook } from './trigger-examples.ts';

type Check = (operation: Operation, report: Report, connector: ConnectorModel) => void;

/** Looks at every trigger. */
const onTrigger = (check: Check): Visitor => ({
  operation: (operation, report, connector) => {
    if (operation.trigger) check(operation, report, connector);
  },
});

const isBatch = (operation: Operation): boolean => getOwn(operation.value, 'x-ms-trigger') === 'batch';

function textOf(operation: Operation, key: string): string | undefined {
  const value = getOwn(operation.value, key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Whether a schema is or contains an array; an open object may. */
function hasArray(connector: ConnectorModel, schema: Json | undefined, open = new Set<JsonObject>()): boolean {
  const value = connector.deref(schema);
  if (value === undefined || open.has(value)) return false;
  const type = getOwn(value, 'type');
  if (type === 'array' || Object.hasOwn(value, 'items')) return true;
  if (Object.hasOwn(value, 'x-ms-dynamic-schema') || Object.hasOwn(value, 'x-ms-dynamic-properties')) return true;
  open.add(value);
  const inner = [
    ...Object.values(asObject(getOwn(value, 'properties'))),
    ...(Array.isArray(value.allOf) ? value.allOf : []),
  ];
  return inner.some((part) => hasArray(connector, part, open));
}

/** The example's list as a trigger that is polled. */
const polled = (value: JsonObject = {}, method = 'get'): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/stations/new': {
        [method]: {
          operationId: 'OnNewStation',
          summary: 'When a station is added',
          description: 'This operation triggers when a station is added.',
          'x-ms-visibility': 'important',
          'x-ms-trigger': 'batch',
          'x-ms-trigger-hint': 'To see it work now, add a station.',
          parameters: [],
          responses: {
            200: {
              description: 'The stations.',
              schema: { type: 'array', items: { $ref: '#/definitions/Station' } },
            },
            202: { description: 'Nothing new.' },
          },
          ...value,
        },
      },
    },
  },
});

const inPolled = (key: string): string => `definition#/paths/~1stations~1new/get/${key}`;

/** Rules about all triggers, and about those that are polled. */
export const family = defineFamily({ name: 'Triggers', order: 280 }, [
  {
    id: 'trigger-value',
    title: 'x-ms-trigger is single or batch.',
    why: 'The service refuses other values.',
    remedy: 'Write "single" for a webhook, "batch" for a trigger that is polled for lists.',
    source: 'OpenAPI extensions; published definition schema',
    severity: 'E/E/E',
    on: onTrigger((operation, report) => {
      const value = getOwn(operation.value, 'x-ms-trigger');
      if (value === 'single' || value === 'batch') return;
      report(operation.place.at('x-ms-trigger'), `x-ms-trigger is ${quote(value)}; it must be "single" or "batch"`);
    }),
    examples: {
      good: [{ name: 'batch', ...polled() }],
      bad: [{ name: 'a boolean', ...ofHook({ 'x-ms-trigger': true }), expect: [inHook('x-ms-trigger')] }],
    },
  },
  {
    id: 'trigger-summary',
    title: 'The summary of a trigger begins with "When".',
    why: 'Makers recognise triggers by it.',
    remedy: 'Write it like "When an order is created".',
    source: 'Connector string guidance',
    severity: 'I/I/I',
    on: onTrigger((operation, report) => {
      const summary = textOf(operation, 'summary');
      if (summary === undefined || !operation.visible || /^when\b/i.test(summary)) return;
      report(
        operation.place.at('summary'),
        `the summary of a trigger should begin with "When", like "When an order is created"; it is ${quote(summary)}`,
      );
    }),
    examples: {
      good: [{ name: 'when', ...ofHook({ summary: 'When a warning ends' }) }],
      bad: [{ name: 'on', ...ofHook({ summary: 'On warning' }), expect: [inHook('summary')] }],
    },
  },
  {
    id: 'trigger-description',
    title: 'The description of a trigger begins with "This operation triggers when".',
    why: 'All triggers read alike then.',
    remedy: 'Write it like "This operation triggers when an order is created."',
    source: 'Connector string guidance',
    severity: 'I/I/I',
    on: onTrigger((operation, report) => {
      const description = textOf(operation, 'description');
      if (description === undefined || !operation.visible || /^this operation triggers when\b/i.test(description))
        return;
      report(
        operation.place.at('description'),
        `the description of a trigger should begin with "This operation triggers when"; it is ${quote(description)}`,
      );
    }),
    examples: {
      good: [{ name: 'so', ...ofHook({ description: 'This operation triggers when a warning ends.' }) }],
      bad: [{ name: 'otherwise', ...ofHook({ description: 'Starts on a warning.' }), expect: [inHook('description')] }],
    },
  },
  {
    id: 'trigger-hint',
    title: 'A trigger tells how to fire it.',
    why: 'Makers who test a flow see x-ms-trigger-hint while they wait.',
    remedy: 'Add x-ms-trigger-hint, like "To see it work now, create an order."',
    source: 'OpenAPI extensions',
    severity: 'I/I/I',
    on: onTrigger((operation, report) => {
      if (textOf(operation, 'x-ms-trigger-hint') !== undefined || !operation.visible) return;
      report(
        operation.place.at('x-ms-trigger-hint'),
        'the trigger has no x-ms-trigger-hint; add one, like "To see it work now, create an order."',
      );
    }),
    examples: {
      good: [{ name: 'a hint', ...ofHook({ 'x-ms-trigger-hint': 'To see it work now, wait for rain.' }) }],
      bad: [{ name: 'none', ...ofHook({ 'x-ms-trigger-hint': null }), expect: [inHook('x-ms-trigger-hint')] }],
    },
  },
  {
    id: 'trigger-hint-on-trigger',
    title: 'Only triggers have a trigger hint.',
    why: 'It is never shown on an action.',
    remedy: 'Remove x-ms-trigger-hint, or add x-ms-trigger.',
    source: 'OpenAPI extensions',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      operation: (operation, report) => {
        if (operation.trigger || !Object.hasOwn(operation.value, 'x-ms-trigger-hint')) return;
        const at = operation.place.at('x-ms-trigger-hint');
        report(at, 'x-ms-trigger-hint has no effect on an action; remove it', { op: 'remove', at });
      },
    },
    examples: {
      good: [{ name: 'on a trigger', ...ofHook({ 'x-ms-trigger-hint': 'To see it work now, wait for rain.' }) }],
      bad: [
        {
          name: 'on an action',
          definition: { paths: { '/regions': { get: { 'x-ms-trigger-hint': 'Look.' } } } },
          expect: ['definition#/paths/~1regions/get/x-ms-trigger-hint'],
          fixed: {},
        },
      ],
    },
  },
  {
    id: 'batch-array-response',
    title: 'A batch trigger returns a list.',
    why: 'Each item of the list starts a run.',
    remedy: 'Describe the list in the schema of the success response.',
    source: 'OpenAPI extensions; polling trigger tutorial',
    severity: 'W/W/W',
    on: onTrigger((operation, report, connector) => {
      if (!isBatch(operation)) return;
      const successes = operation.responses.filter(({ code }) => /^2\d\d$/.test(code) || code === 'default');
      if (successes.some(({ value }) => hasArray(connector, getOwn(value, 'schema')))) return;
      report(
        operation.place.at('responses'),
        'a batch trigger must return a list, but no success response has an array in its schema; describe the list',
      );
    }),
    examples: {
      good: [
        { name: 'an array', ...polled() },
        {
          name: 'an array inside',
          ...polled({
            responses: {
              200: {
                description: 'The stations.',
                schema: { type: 'object', properties: { items: { type: 'array', items: { type: 'string' } } } },
              },
            },
          }),
        },
      ],
      bad: [
        {
          name: 'one object',
          ...polled({
            responses: {
              200: { description: 'A station.', schema: { type: 'object', properties: { id: { type: 'string' } } } },
            },
          }),
          expect: [inPolled('responses')],
        },
      ],
    },
  },
  {
    id: 'batch-verb',
    title: 'A batch trigger is a GET.',
    why: 'The platform polls it; polling must not change anything.',
    remedy: 'Make it a GET; change the verb by a policy or a script if the API needs another.',
    source: 'Polling trigger tutorial',
    severity: 'W/W/W',
    on: onTrigger((operation, report) => {
      if (!isBatch(operation) || operation.method === 'get' || isSubscription(operation)) return;
      report(
        operation.place.at('x-ms-trigger'),
        `a batch trigger is polled, so it should be a GET, not a ${operation.method.toUpperCase()}`,
      );
    }),
    examples: {
      good: [{ name: 'a GET', ...polled() }],
      bad: [
        {
          name: 'a POST',
          ...polled({}, 'post'),
          expect: ['definition#/paths/~1stations~1new/post/x-ms-trigger'],
        },
      ],
    },
  },
  {
    id: 'polling-policy',
    title: 'Something tells a batch trigger what is new.',
    why: 'Without a state the same items come again, or never.',
    remedy:
      'Add a pollingtrigger policy, or let the API answer 202 with Location and Retry-After, and describe the 202.',
    source: 'Polling trigger tutorial',
    severity: 'I/I/I',
    appliesTo: ['repository', 'folder', 'package'],
    on: onTrigger((operation, report, connector) => {
      if (!isBatch(operation) || isSubscription(operation) || connector.propertiesPlace === undefined) return;
      if (operation.responses.some(({ code }) => code === '202')) return;
      const served = connector.policies.some(
        ({ templateId, operations }) =>
          templateId === 'pollingtrigger' && (operations === undefined || operations.includes(operation.id)),
      );
      if (served) return;
      report(
        operation.place.at('x-ms-trigger'),
        'no pollingtrigger policy serves this trigger and no 202 response is described; one of them must tell what is new',
      );
    }),
    examples: {
      good: [
        { name: 'a 202', ...polled() },
        {
          name: 'a policy',
          ...polled({ responses: { 200: { description: 'The stations.', schema: { type: 'array', items: {} } } } }),
          properties: {
            properties: {
              policyTemplateInstances: [
                {
                  templateId: 'pollingtrigger',
                  type: 'PollingTrigger',
                  title: 'New stations',
                  parameters: {
                    'x-ms-apimTemplateParameter.triggerConfig': { since: '@{triggerBody()[0].added}' },
                    'x-ms-apimTemplateParameter.triggerDataPath': '@triggerBody()',
                    'x-ms-apimTemplate-operationName': ['OnNewStation'],
                  },
                },
              ],
            },
          },
        },
      ],
      bad: [
        {
          name: 'neither',
          ...polled({ responses: { 200: { description: 'The stations.', schema: { type: 'array', items: {} } } } }),
          expect: [inPolled('x-ms-trigger')],
        },
      ],
    },
  },
]);
