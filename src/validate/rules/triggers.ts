import { asObject, isObject, type Json, type JsonObject, own } from '../../connector/json.ts';
import { definitionUses } from '../definition-graph.ts';
import type { ConnectorModel, Operation, Parameter, Schema } from '../model.ts';
import { isSubscription, type NotificationUrl, notificationUrls } from '../notification-urls.ts';
import { defineRules, type Fix, oncePerConnector, quote, type Report } from '../rule.ts';
import type { Visitor } from '../visitor.ts';

type Check = (operation: Operation, report: Report, connector: ConnectorModel) => void;

/** Looks at every trigger. */
const onTrigger = (check: Check): Visitor => ({
  operation: (operation, report, connector) => {
    if (operation.trigger) check(operation, report, connector);
  },
});

/** Looks at every trigger that subscribes. */
const onWebhook = (check: Check): Visitor => ({
  operation: (operation, report, connector) => {
    if (operation.trigger && isSubscription(operation)) check(operation, report, connector);
  },
});

/** Looks at every notification URL in the body of a webhook trigger; one that several triggers share counts once. */
const onNotificationUrl = (check: (url: NotificationUrl, operation: Operation, report: Report) => void): Visitor => {
  const seenBy = oncePerConnector(() => new Set<JsonObject>());
  return onWebhook((operation, report, connector) => {
    const seen = seenBy(connector);
    for (const url of notificationUrls(operation, connector)) {
      if (seen.has(url.value)) continue;
      seen.add(url.value);
      check(url, operation, report);
    }
  });
};

const isBatch = (operation: Operation): boolean => own(operation.value, 'x-ms-trigger') === 'batch';

function textOf(operation: Operation, key: string): string | undefined {
  const value = own(operation.value, key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Whether a schema is or contains an array; an open object may. */
function hasArray(connector: ConnectorModel, schema: Json | undefined, open = new Set<JsonObject>()): boolean {
  const value = connector.deref(schema);
  if (value === undefined || open.has(value)) return false;
  const type = own(value, 'type');
  if (type === 'array' || Object.hasOwn(value, 'items')) return true;
  if (Object.hasOwn(value, 'x-ms-dynamic-schema') || Object.hasOwn(value, 'x-ms-dynamic-properties')) return true;
  open.add(value);
  const inner = [
    ...Object.values(asObject(own(value, 'properties'))),
    ...(Array.isArray(value.allOf) ? value.allOf : []),
  ];
  return inner.some((part) => hasArray(connector, part, open));
}

/** The levels at which a notification URL, or the object around it, is optional. */
const optionalLevels = (url: NotificationUrl) =>
  url.levels.filter(({ value, property }) => {
    const required = own(value, 'required');
    return !Array.isArray(required) || !required.includes(property);
  });

function requireAll(url: NotificationUrl): Fix[] {
  return optionalLevels(url).flatMap(({ value, place, property }): Fix[] => {
    const required = own(value, 'required') ?? [];
    return Array.isArray(required) ? [{ op: 'set', at: place.at('required'), value: [...required, property] }] : [];
  });
}

/** The operations that are sent a schema. */
function senders(node: Schema, connector: ConnectorModel): Operation[] {
  const { owner } = node;
  if (owner.kind === 'body') return owner.parameter.operations;
  if (owner.kind !== 'definition') return [];
  const uses = definitionUses(connector).get(owner.name) ?? [];
  return uses.filter((use) => use.kind === 'input').map((use) => use.operation);
}

/** The DELETE operations that end the subscriptions of this connector's webhooks, by their paths or their names. */
const unsubscribes = oncePerConnector((connector) => {
  const webhooks = connector.operations.filter((operation) => operation.trigger && isSubscription(operation));
  if (webhooks.length === 0) return [];
  const deletes = connector.operations.filter((operation) => operation.method === 'delete');
  const below = deletes.filter(({ path }) =>
    webhooks.some((webhook) => path === webhook.path || path.startsWith(`${webhook.path.replace(/\/$/, '')}/`)),
  );
  const named = deletes.filter(({ path, id }) => /hook|subscri/i.test(path) || /hook|subscri/i.test(id));
  return below.length > 0 ? below : named;
});

/** The first webhook of the connector, for what is said once. */
const firstWebhook = oncePerConnector((connector) => ({
  operation: connector.operations.find((operation) => operation.trigger && isSubscription(operation)),
}));

const isSchema = (node: Schema | Parameter): node is Schema => 'owner' in node;

const ofHook = (value: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/hooks': { post: value } } },
});
const inHook = (key: string): string => `definition#/paths/~1hooks/post/${key}`;

const callbackUrl = {
  type: 'string',
  'x-ms-notification-url': true,
  'x-ms-visibility': 'internal',
  'x-ms-summary': 'Callback URL',
  description: 'Filled in by the platform.',
} satisfies JsonObject;

/** The example's webhook with another body. */
const withBody = (schema: JsonObject, more: JsonObject[] = []): { definition: JsonObject } =>
  ofHook({ parameters: [{ name: 'body', in: 'body', required: true, schema }, ...more] });
const body = inHook('parameters/0/schema');

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

/** Rules about triggers: those that are polled and those that subscribe to notifications. */
export const triggersRules = defineRules([
  {
    id: 'trigger-value',
    title: 'x-ms-trigger is single or batch.',
    why: 'The service refuses other values.',
    remedy: 'Write "single" for a webhook, "batch" for a trigger that is polled for lists.',
    source: 'OpenAPI extensions; published definition schema',
    levels: 'E/E/E',
    on: onTrigger((operation, report) => {
      const value = own(operation.value, 'x-ms-trigger');
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
    levels: 'I/I/I',
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
    levels: 'I/I/I',
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
    levels: 'I/I/I',
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
    levels: 'W/W/W',
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
    levels: 'W/W/W',
    on: onTrigger((operation, report, connector) => {
      if (!isBatch(operation)) return;
      const successes = operation.responses.filter(({ code }) => /^2\d\d$/.test(code) || code === 'default');
      if (successes.some(({ value }) => hasArray(connector, own(value, 'schema')))) return;
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
    levels: 'W/W/W',
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
    levels: 'I/I/I',
    settings: ['repository', 'folder', 'package'],
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
  {
    id: 'webhook-notification-url',
    title: 'A webhook trigger sends the API a notification URL.',
    why: 'The platform writes there where the API must call back.',
    remedy: 'Mark one string property of the body with "x-ms-notification-url": true.',
    source: 'Swagger validator rules; OpenAPI extensions',
    official: 'WebhookOperationsMissingNotificationUrlProperty',
    levels: 'E/E/E',
    on: onWebhook((operation, report, connector) => {
      if (notificationUrls(operation, connector).length > 0) return;
      // one at a wrong place is notification-url-in-body's
      if (operation.parameters.some(({ value }) => own(value, 'x-ms-notification-url') === true)) return;
      report(
        operation.place.at('parameters'),
        'this webhook has no notification URL; mark one string property of its body with "x-ms-notification-url": true',
      );
    }),
    examples: {
      good: [
        {
          name: 'in a nested object',
          ...withBody({
            type: 'object',
            required: ['target'],
            properties: {
              target: { type: 'object', required: ['url'], properties: { url: callbackUrl } },
            },
          }),
        },
      ],
      bad: [
        {
          name: 'none',
          ...withBody({ type: 'object', properties: { url: { type: 'string' } } }),
          expect: [inHook('parameters')],
        },
      ],
    },
  },
  {
    id: 'notification-url-once',
    title: 'A webhook trigger has one notification URL.',
    why: 'The platform fills in exactly one.',
    remedy: 'Remove x-ms-notification-url from the others.',
    source: 'Published connectors',
    levels: 'E/E/E',
    on: onWebhook((operation, report, connector) => {
      for (const url of notificationUrls(operation, connector).slice(1)) {
        report(
          url.place.at('x-ms-notification-url'),
          `${quote(operation.id)} has another notification URL already; mark one property only`,
        );
      }
    }),
    examples: {
      good: [{ name: 'one', ...ofHook({ summary: 'When a warning is given' }) }],
      bad: [
        {
          name: 'two',
          ...withBody({
            type: 'object',
            required: ['url', 'other'],
            properties: { url: callbackUrl, other: callbackUrl },
          }),
          expect: [`${body}/properties/other/x-ms-notification-url`],
        },
      ],
    },
  },
  {
    id: 'notification-url-in-body',
    title: 'The notification URL is a property of the body.',
    why: 'The platform fills in no other input.',
    remedy: 'Move it into the schema of the body; a policy or a script can copy it to where the API wants it.',
    source: 'Swagger validator rules',
    official: 'NotificationUrlNotAllowedInThisPosition',
    levels: 'E/E/E',
    on: {
      keyword: {
        'x-ms-notification-url': (node, report) => {
          if (node.value['x-ms-notification-url'] !== true) return;
          if (isSchema(node) ? node.owner.kind === 'body' || node.owner.kind === 'definition' : false) return;
          report(
            node.place.at('x-ms-notification-url'),
            'a notification URL must be a property in the schema of a body; move it there',
          );
        },
      },
    },
    examples: {
      good: [
        { name: 'in the body', ...withBody({ type: 'object', required: ['url'], properties: { url: callbackUrl } }) },
      ],
      bad: [
        {
          name: 'in the query',
          ...ofHook({
            parameters: [{ ...callbackUrl, name: 'url', in: 'query', required: true, default: 'none' }],
          }),
          expect: [inHook('parameters/0/x-ms-notification-url')],
        },
      ],
    },
  },
  {
    id: 'notification-url-required',
    title: 'The notification URL is required at every level of the body.',
    // the flag of the body parameter itself isn't counted: many certified connectors leave it false
    why: 'Otherwise the platform may leave it out of the request.',
    remedy: 'List the property, and each object around it, in "required".',
    source: 'Swagger validator rules; published connectors',
    levels: 'E/E/E',
    fix: 'safe',
    on: onNotificationUrl((url, operation, report) => {
      const optional = optionalLevels(url);
      if (optional.length === 0) return;
      const names = optional.map(({ property }) => quote(property)).join(', ');
      report(
        url.place,
        `the notification URL of ${quote(operation.id)} is optional: list ${names} in the "required" of its object`,
        requireAll(url),
      );
    }),
    examples: {
      good: [
        { name: 'required', ...withBody({ type: 'object', required: ['url'], properties: { url: callbackUrl } }) },
      ],
      bad: [
        {
          name: 'an optional object around it',
          ...withBody({
            type: 'object',
            properties: { target: { type: 'object', required: ['url'], properties: { url: callbackUrl } } },
          }),
          expect: [`${body}/properties/target/properties/url`],
          fixed: withBody({
            type: 'object',
            properties: { target: { type: 'object', required: ['url'], properties: { url: callbackUrl } } },
            required: ['target'],
          }),
        },
      ],
    },
  },
  {
    id: 'notification-url-internal',
    title: 'The notification URL is internal.',
    why: 'Makers must not fill it in: the platform does.',
    remedy: 'Set "x-ms-visibility": "internal" on it or on an object around it.',
    source: 'Swagger validator rules',
    levels: 'E/E/E',
    fix: 'safe',
    on: onNotificationUrl((url, operation, report) => {
      if (url.internal) return;
      const at = url.place.at('x-ms-visibility');
      report(at, `the notification URL of ${quote(operation.id)} is shown to makers; make it internal`, {
        op: 'set',
        at,
        value: 'internal',
      });
    }),
    examples: {
      good: [
        { name: 'internal', ...withBody({ type: 'object', required: ['url'], properties: { url: callbackUrl } }) },
      ],
      bad: [
        {
          name: 'important',
          ...withBody({
            type: 'object',
            required: ['url'],
            properties: { url: { ...callbackUrl, 'x-ms-visibility': 'important' } },
          }),
          expect: [`${body}/properties/url/x-ms-visibility`],
          fixed: withBody({ type: 'object', required: ['url'], properties: { url: callbackUrl } }),
        },
      ],
    },
  },
  {
    id: 'notification-url-string',
    title: 'The notification URL is a string.',
    why: 'The platform writes a text into it.',
    remedy: 'Set "type": "string".',
    source: 'Swagger validator rules',
    levels: 'E/E/E',
    fix: 'safe',
    on: onNotificationUrl((url, operation, report) => {
      const type = own(url.value, 'type');
      if (type === 'string') return;
      const at = url.place.at('type');
      report(
        at,
        `the notification URL of ${quote(operation.id)} ${type === undefined ? 'has no type' : `is of type ${quote(type)}`}; it must be "string"`,
        { op: 'set', at, value: 'string' },
      );
    }),
    examples: {
      good: [
        { name: 'a string', ...withBody({ type: 'object', required: ['url'], properties: { url: callbackUrl } }) },
      ],
      bad: [
        {
          name: 'an integer',
          ...withBody({ type: 'object', required: ['url'], properties: { url: { ...callbackUrl, type: 'integer' } } }),
          expect: [`${body}/properties/url/type`],
          fixed: withBody({ type: 'object', required: ['url'], properties: { url: callbackUrl } }),
        },
      ],
    },
  },
  {
    id: 'notification-url-trigger-only',
    title: 'Actions have a notification URL only to send and wait.',
    why: 'An action with one does not end before the API calls back.',
    remedy: 'Remove x-ms-notification-url, unless the flow is meant to wait, or add x-ms-trigger.',
    source: 'OpenAPI extensions; published connectors',
    levels: 'I/W/W',
    on: {
      keyword: {
        'x-ms-notification-url': (node, report, connector) => {
          if (node.value['x-ms-notification-url'] !== true || !isSchema(node)) return;
          const action = senders(node, connector).find((operation) => !operation.trigger);
          if (action === undefined) return;
          report(
            node.place.at('x-ms-notification-url'),
            `${quote(action.id)} is no trigger but has a notification URL: its flow waits for a call back; remove it unless that is meant`,
          );
        },
      },
    },
    examples: {
      good: [{ name: 'in a trigger', ...ofHook({ summary: 'When a warning is given' }) }],
      bad: [
        {
          name: 'in an action',
          definition: {
            paths: {
              '/stations': {
                post: {
                  parameters: [
                    {
                      name: 'body',
                      in: 'body',
                      required: true,
                      schema: { type: 'object', required: ['url'], properties: { url: callbackUrl } },
                    },
                  ],
                },
              },
            },
          },
          expect: ['definition#/paths/~1stations/post/parameters/0/schema/properties/url/x-ms-notification-url'],
        },
      ],
    },
  },
  {
    id: 'webhook-notification-content',
    title: 'The path of a webhook describes its notifications.',
    why: 'Without a schema makers get no outputs from the trigger.',
    remedy: 'Add x-ms-notification-content with a schema to the path item, beside the operation.',
    source: 'Swagger validator rules; webhook trigger tutorial',
    official: 'OperationMustHaveNotificationContentExtension',
    levels: 'E/E/E',
    fix: 'safe',
    on: onWebhook((operation, report) => {
      const { pathItem } = operation;
      const content = own(pathItem.value, 'x-ms-notification-content');
      if (isObject(own(asObject(content), 'schema'))) return;
      const misplaced = own(operation.value, 'x-ms-notification-content');
      const at = pathItem.place.at('x-ms-notification-content');
      report(
        content === undefined ? at : at.at('schema'),
        misplaced === undefined
          ? `the path of ${quote(operation.id)} has no x-ms-notification-content with a schema; describe what the API sends`
          : `x-ms-notification-content stands in ${quote(operation.id)}; it belongs beside it, in the path item`,
        misplaced === undefined || content !== undefined
          ? undefined
          : [
              { op: 'remove', at: operation.place.at('x-ms-notification-content') },
              { op: 'set', at, value: misplaced },
            ],
      );
    }),
    examples: {
      good: [
        {
          name: 'a definition',
          definition: {
            paths: {
              '/hooks': {
                'x-ms-notification-content': {
                  description: 'A station.',
                  schema: { properties: null, type: null, $ref: '#/definitions/Station' },
                },
              },
            },
          },
        },
      ],
      bad: [
        {
          name: 'none',
          definition: { paths: { '/hooks': { 'x-ms-notification-content': null } } },
          expect: ['definition#/paths/~1hooks/x-ms-notification-content'],
        },
        {
          name: 'no schema',
          definition: { paths: { '/hooks': { 'x-ms-notification-content': { schema: null } } } },
          expect: ['definition#/paths/~1hooks/x-ms-notification-content/schema'],
        },
      ],
    },
  },
  {
    id: 'webhook-trigger-single',
    title: 'A webhook trigger is single.',
    why: 'Each notification starts one run; batch is for lists that are polled.',
    remedy: 'Set "x-ms-trigger": "single".',
    source: 'Webhook trigger tutorial',
    levels: 'E/E/E',
    fix: 'safe',
    on: onWebhook((operation, report) => {
      if (!isBatch(operation)) return;
      const at = operation.place.at('x-ms-trigger');
      report(at, 'a webhook trigger is "single", not "batch"', { op: 'set', at, value: 'single' });
    }),
    examples: {
      good: [{ name: 'single', ...ofHook({ 'x-ms-trigger': 'single' }) }],
      bad: [
        {
          name: 'batch',
          ...ofHook({ 'x-ms-trigger': 'batch' }),
          expect: [inHook('x-ms-trigger')],
          fixed: ofHook({ 'x-ms-trigger': 'single' }),
        },
      ],
    },
  },
  {
    id: 'webhook-verb',
    title: 'A webhook subscribes by POST.',
    why: 'Subscribing makes something new, and the documentation knows only POST.',
    remedy: 'Make the operation a POST; change the verb by a policy if the API needs another.',
    source: 'Webhook trigger tutorial',
    levels: 'W/W/W',
    on: onWebhook((operation, report) => {
      if (operation.method === 'post') return;
      report(operation.place, `the webhook subscribes by ${operation.method.toUpperCase()}; it should be a POST`);
    }),
    examples: {
      good: [{ name: 'a POST', ...ofHook({ summary: 'When a warning is given' }) }],
      bad: [
        {
          name: 'a PUT',
          definition: {
            paths: {
              '/hooks': {
                post: null,
                put: {
                  operationId: 'OnWarning',
                  summary: 'When a warning is given',
                  description: 'This operation triggers when a weather warning is given.',
                  'x-ms-visibility': 'important',
                  'x-ms-trigger': 'single',
                  parameters: [
                    {
                      name: 'body',
                      in: 'body',
                      required: true,
                      schema: { type: 'object', required: ['url'], properties: { url: callbackUrl } },
                    },
                  ],
                  responses: { 201: { description: 'The subscription exists.' } },
                },
              },
            },
          },
          expect: ['definition#/paths/~1hooks/put'],
        },
      ],
    },
  },
  {
    id: 'webhook-delete',
    title: 'A connector with webhooks can end subscriptions.',
    why: 'When a flow is switched off the platform calls the DELETE operation; otherwise the API goes on notifying.',
    remedy: 'Add a DELETE operation for the subscription, at the path of the Location header.',
    source: 'Webhook trigger tutorial; published connectors',
    levels: 'W/W/W',
    on: {
      connector: (connector, report) => {
        const webhook = firstWebhook(connector).operation;
        if (webhook === undefined || connector.operations.some(({ method }) => method === 'delete')) return;
        report(
          webhook.place,
          'no DELETE operation ends the subscription of this webhook; add one at the path of its Location header',
        );
      },
    },
    examples: {
      good: [{ name: 'a DELETE', ...ofHook({ summary: 'When a warning is given' }) }],
      bad: [
        {
          name: 'none',
          definition: { paths: { '/hooks/{hookId}': null } },
          expect: ['definition#/paths/~1hooks/post'],
        },
      ],
    },
  },
  {
    id: 'webhook-delete-internal',
    title: 'The operation that ends a subscription is internal.',
    why: 'Only the platform calls it; as an action it would break flows.',
    remedy: 'Set its x-ms-visibility to internal.',
    source: 'Webhook trigger tutorial',
    levels: 'I/I/I',
    fix: 'safe',
    on: {
      operation: (operation, report, connector) => {
        if (operation.method !== 'delete' || !operation.visible || !unsubscribes(connector).includes(operation)) return;
        const at = operation.place.at('x-ms-visibility');
        report(at, `${quote(operation.id)} ends subscriptions and only the platform calls it; make it internal`, {
          op: 'set',
          at,
          value: 'internal',
        });
      },
    },
    examples: {
      good: [
        { name: 'internal', definition: { paths: { '/hooks/{hookId}': { delete: { summary: 'End subscription' } } } } },
      ],
      bad: [
        {
          name: 'shown',
          definition: { paths: { '/hooks/{hookId}': { delete: { 'x-ms-visibility': 'advanced' } } } },
          expect: ['definition#/paths/~1hooks~1{hookId}/delete/x-ms-visibility'],
          fixed: {},
        },
      ],
    },
  },
  {
    id: 'webhook-location',
    title: 'A webhook describes its answer 201 with a Location header.',
    why: 'The platform deletes the subscription at that address; only the header at run time counts, so describing it is good style.',
    remedy: 'Describe the response 201 with a Location header.',
    source: 'Webhook trigger tutorial; published connectors',
    levels: 'I/I/I',
    fix: 'safe',
    on: onWebhook((operation, report) => {
      const created = operation.responses.find(({ code }) => code === '201');
      const headers = asObject(own(created?.value, 'headers'));
      if (Object.keys(headers).some((name) => name.toLowerCase() === 'location')) return;
      if (created === undefined) {
        report(
          operation.place.at('responses'),
          'the webhook describes no response 201; add it with a Location header, where the subscription is deleted',
        );
        return;
      }
      const at = created.place.at('headers', 'Location');
      const referred = own(asObject(own(asObject(own(operation.value, 'responses')), '201')), '$ref') !== undefined;
      const value = { type: 'string', description: 'Address at which the subscription is deleted.' };
      report(
        at,
        'the response 201 describes no Location header; add it: there the platform deletes the subscription',
        referred ? undefined : { op: 'set', at, value },
      );
    }),
    examples: {
      good: [{ name: 'described', ...ofHook({ summary: 'When a warning is given' }) }],
      bad: [
        {
          name: 'no header',
          ...ofHook({ responses: { 201: { headers: null } } }),
          expect: [inHook('responses/201/headers/Location')],
          fixed: ofHook({
            responses: {
              201: {
                headers: {
                  Location: { type: 'string', description: 'Address at which the subscription is deleted.' },
                },
              },
            },
          }),
        },
        {
          name: 'another code',
          ...ofHook({ responses: { 201: null, 200: { description: 'The subscription exists.' } } }),
          expect: [inHook('responses')],
        },
      ],
    },
  },
]);
