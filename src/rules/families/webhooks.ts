import { asObject, getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel, Operation, Schema } from '../engine/model.ts';
import { isSchema } from '../engine/model.ts';
import { defineFamily, type Fix, oncePerConnector, type Report } from '../engine/rule.ts';
import type { Visitor } from '../engine/visitor.ts';
import { definitionUses } from '../support/definition-graph.ts';
import { isSubscription, type NotificationUrl, notificationUrls } from '../support/notification-urls.ts';
import { inHook, ofHook } from './trigger-examples.ts';

type Check = (operation: Operation, report: Report, connector: ConnectorModel) => void;

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

const isBatch = (operation: Operation): boolean => getOwn(operation.value, 'x-ms-trigger') === 'batch';

/** The levels at which a notification URL, or the object around it, is optional. */
const optionalLevels = (url: NotificationUrl) =>
  url.levels.filter(({ value, property }) => {
    const required = getOwn(value, 'required');
    return !Array.isArray(required) || !required.includes(property);
  });

function requireAll(url: NotificationUrl): Fix[] {
  return optionalLevels(url).flatMap(({ value, place, property }): Fix[] => {
    const required = getOwn(value, 'required') ?? [];
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

/** Rules about triggers that subscribe to notifications. */
export const family = defineFamily({ name: 'Webhooks', order: 290 }, [
  {
    id: 'webhook-notification-url',
    title: 'A webhook trigger sends the API a notification URL.',
    why: 'The platform writes there where the API must call back.',
    remedy: 'Mark one string property of the body with "x-ms-notification-url": true.',
    source: 'Swagger validator rules; OpenAPI extensions',
    official: 'WebhookOperationsMissingNotificationUrlProperty',
    severity: 'E/E/E',
    on: onWebhook((operation, report, connector) => {
      if (notificationUrls(operation, connector).length > 0) return;
      // one at a wrong place is notification-url-in-body's
      if (operation.parameters.some(({ value }) => getOwn(value, 'x-ms-notification-url') === true)) return;
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
    severity: 'E/E/E',
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
    severity: 'E/E/E',
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
    severity: 'E/E/E',
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
    severity: 'E/E/E',
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
    severity: 'E/E/E',
    fix: 'safe',
    on: onNotificationUrl((url, operation, report) => {
      const type = getOwn(url.value, 'type');
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
    severity: 'I/W/W',
    on: {
      keyword: {
        'x-ms-notification-url': (node, report, connector) => {
          if (node.value['x-ms-notification-url'] !== true || !isSchema(node)) return;
          const action = senders(node, connector).find((operation) => !operation.trigger);
          if (action === undefined) return;
          report(
            node.place.at('x-ms-notification-url'),
            `${quote(action.id)} is not a trigger but has a notification URL: its flow waits for a call back; remove it unless that is meant`,
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
    severity: 'E/E/E',
    fix: 'safe',
    on: onWebhook((operation, report) => {
      const { pathItem } = operation;
      const content = getOwn(pathItem.value, 'x-ms-notification-content');
      if (isObject(getOwn(asObject(content), 'schema'))) return;
      const misplaced = getOwn(operation.value, 'x-ms-notification-content');
      const at = pathItem.place.at('x-ms-notification-content');
      report(
        content === undefined ? at : at.at('schema'),
        misplaced === undefined
          ? `the path of ${quote(operation.id)} has no x-ms-notification-content with a schema; describe what the API sends`
          : `x-ms-notification-content is in ${quote(operation.id)}; it belongs beside it, in the path item`,
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
        {
          name: 'in the operation',
          definition: {
            paths: {
              '/hooks': {
                'x-ms-notification-content': null,
                post: { 'x-ms-notification-content': { description: 'A warning.', schema: { type: 'object' } } },
              },
            },
          },
          expect: ['definition#/paths/~1hooks/x-ms-notification-content'],
          fixed: {
            definition: {
              paths: {
                '/hooks': {
                  'x-ms-notification-content': {
                    description: 'A warning.',
                    schema: { type: 'object', properties: null },
                  },
                },
              },
            },
          },
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
    severity: 'E/E/E',
    fix: 'unsafe',
    consequence: 'Makers add the trigger to their flows anew.',
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
    severity: 'W/W/W',
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
    severity: 'W/W/W',
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
    severity: 'I/I/I',
    fix: 'unsafe',
    consequence: 'Makers take the steps that use this operation out of their flows: they can no longer edit them.',
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
    severity: 'I/I/I',
    fix: 'safe',
    on: onWebhook((operation, report) => {
      const created = operation.responses.find(({ code }) => code === '201');
      const headers = asObject(getOwn(created?.value, 'headers'));
      if (Object.keys(headers).some((name) => name.toLowerCase() === 'location')) return;
      if (created === undefined) {
        report(
          operation.place.at('responses'),
          'the webhook describes no response 201; add it with a Location header, where the subscription is deleted',
        );
        return;
      }
      const at = created.place.at('headers', 'Location');
      const referred =
        getOwn(asObject(getOwn(asObject(getOwn(operation.value, 'responses')), '201')), '$ref') !== undefined;
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
