import { fromPointer } from '../../connector/json/pointer.ts';
import { asArray, asObject, isObject, type JsonObject, strings } from '../../connector/json/value.ts';
import { describe } from '../../language/plain-text.ts';
import { describeTrigger, triggerSummary } from '../../operation/kinds/trigger-texts.ts';
import type { ApiModel, SourceCallback, SourceWebhook } from '../model.ts';
import type { Located } from '../read/source.ts';
import type { Report } from '../report.ts';
import type { Definitions } from '../schemas/definitions.ts';
import { leaf } from '../schemas/flat-schema.ts';
import type { ConvertedOperation } from './operations.ts';
import { subscriptionEnd, writtenOut } from './subscriptions.ts';
import { type PairedWebhook, triggerId } from './webhooks.ts';

const subscribing: ReadonlySet<string> = new Set(['post', 'put', 'patch']);

/** What becomes of what the API sends: callbacks become triggers on demand, paired webhooks always. */
export interface TriggerWish {
  readonly callbacks: boolean;
  readonly webhooks: readonly PairedWebhook[];
}

/** Callbacks and webhooks that stay without a trigger are lost; each has its entry. */
export function reportCallbacks(
  model: ApiModel,
  operations: readonly ConvertedOperation[],
  definitions: Definitions,
  report: Report,
  wish: TriggerWish,
): void {
  const paired = new Set(wish.webhooks.map(({ webhook }) => webhook.at));
  for (const { name, at, schema } of model.webhooks) {
    if (paired.has(at)) continue;
    report.dropped(
      'webhook-unbound',
      at,
      `Webhook ${name}: the description doesn't say which operation subscribes to it. --webhook ${name}=OPERATION:PROPERTY says so.`,
    );
    if (schema !== undefined) definitions.lose(leaf(schema), 'webhook-unbound');
  }
  for (const operation of operations) {
    const wanted = wish.callbacks;
    for (const [index, callback] of operation.detail.callbacks.entries()) {
      if (wanted && index === 0 && bodyPointer(callback) !== undefined) continue;
      const reason = !wanted
        ? 'it becomes a trigger with --triggers'
        : index > 0
          ? 'a path can have one trigger only'
          : 'the address of the subscriber is not in the body';
      report.dropped(
        wanted && index === 0 ? 'callback-location' : 'callback-dropped',
        callback.at,
        `Callback ${callback.name}: ${reason}.`,
      );
      if (callback.schema !== undefined) definitions.lose(leaf(callback.schema), 'callback-dropped');
    }
  }
}

/** What the platform sends its callback address in; `{$request.body#/hook/url}` → hook, url. */
function bodyPointer(callback: SourceCallback): string[] | undefined {
  const pointer = /^\{\$request\.body#(\/[^}]+)\}/.exec(callback.expression)?.[1];
  return pointer === undefined ? undefined : fromPointer(pointer);
}

/** What the API sends to paired webhooks, converted before the definitions are finished. */
export function convertWebhooks({ webhooks }: TriggerWish, definitions: Definitions): Map<SourceWebhook, JsonObject> {
  return new Map(
    webhooks.map(({ webhook }) => {
      const { name, schema, description, summary } = webhook;
      return [webhook, contentOf({ schema, text: description ?? summary }, `${name}_notification`, definitions)];
    }),
  );
}

function contentOf(
  { schema, text }: { schema: Located | undefined; text: string | undefined },
  hint: string,
  definitions: Definitions,
): JsonObject {
  const converted =
    schema === undefined ? { type: 'object' } : definitions.convert(leaf(schema), { hint, depth: 0, top: false });
  return { description: describe(text, 500) || 'The notification.', schema: converted };
}

/** Notification schemas, converted before the definitions are finished. */
export function convertNotifications(
  operations: readonly ConvertedOperation[],
  definitions: Definitions,
  wish: TriggerWish,
): Map<ConvertedOperation, JsonObject> {
  const result = new Map<ConvertedOperation, JsonObject>();
  for (const operation of operations) {
    const [callback] = operation.detail.callbacks;
    if (
      callback === undefined ||
      !wish.callbacks ||
      bodyPointer(callback) === undefined ||
      !subscribing.has(operation.source.method)
    )
      continue;
    const hint = `${String(operation.value.operationId)}_notification`;
    const { schema, description, summary } = callback;
    result.set(operation, contentOf({ schema, text: description ?? summary }, hint, definitions));
  }
  return result;
}

/** Makes webhook triggers of the operations that subscribe. */
export function addTriggers(
  notifications: ReadonlyMap<ConvertedOperation, JsonObject>,
  definition: JsonObject,
  report: Report,
): void {
  const definitions = asObject(definition.definitions);
  const paths = asObject(definition.paths);
  for (const [operation, content] of notifications) {
    const [callback] = operation.detail.callbacks;
    const tokens = callback === undefined ? undefined : bodyPointer(callback);
    const body = asArray(operation.value.parameters)
      .filter(isObject)
      .find((parameter) => parameter.in === 'body');
    const item = paths[operation.path];
    if (callback === undefined || tokens === undefined || body === undefined || !isObject(item)) continue;
    const schema = markAddress(asObject(body.schema), tokens, definitions);
    if (schema === undefined) {
      report.dropped(
        'callback-location',
        callback.at,
        `Callback ${callback.name}: the body has no property ${tokens.join('.')}.`,
      );
      continue;
    }
    body.schema = schema;
    body.required = true;
    const { value } = operation;
    const stated = String(value.summary);
    const summary = /^when\b/i.test(stated) ? stated : triggerSummary(triggerId(callback.name));
    value.summary = summary;
    value.description = describeTrigger(summary);
    if (summary !== stated) report.derive('operation-summary', callback.at, summary);
    report.derive('operation-description', callback.at, value.description);
    value['x-ms-trigger'] = 'single';
    paths[operation.path] = { 'x-ms-notification-content': content, ...item };
    if (!hideUnsubscribe(operation.path, paths))
      report.info('webhook-no-delete', operation.source.at, 'No operation deletes the subscription.');
  }
}

/** The body with the address, which the platform fills in; undefined without such a property. */
function markAddress(schema: JsonObject, tokens: readonly string[], definitions: JsonObject): JsonObject | undefined {
  const marked = writtenOut(schema, tokens, definitions);
  let level = marked;
  for (const token of marked === undefined ? [] : tokens) {
    if (level === undefined) break;
    level.required = [...new Set([...strings(level.required), token])];
    level = asObject(asObject(level.properties)[token]);
  }
  Object.assign(level ?? {}, { type: 'string', 'x-ms-visibility': 'internal', 'x-ms-notification-url': true });
  return marked;
}

/** The DELETE on what the subscription created is for the platform alone. */
function hideUnsubscribe(path: string, paths: JsonObject): boolean {
  const end = subscriptionEnd(path, paths);
  if (end !== undefined) end.operation['x-ms-visibility'] = 'internal';
  return end !== undefined;
}
