import { fromPointer, toPointer } from '../../connector/json/pointer.ts';
import { asArray, asObject, asString, clone, isObject, type JsonObject, strings } from '../../connector/json/value.ts';
import { describe, plainText } from '../../language/plain-text.ts';
import { clipWords } from '../../language/sentences.ts';
import type { ApiModel, SourceCallback, SourceOperation } from '../model.ts';
import type { WebhookPair } from '../options.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import type { Definitions } from '../schemas/definitions.ts';
import { leaf } from '../schemas/flat-schema.ts';
import type { ConvertedOperation } from './operations.ts';

/**
 * The webhooks that the user has paired with operations, as callbacks of these.
 *
 * @throws `option-unknown` for names that the description doesn't have.
 */
export function pairWebhooks(
  model: ApiModel,
  operations: readonly SourceOperation[],
  pairs: readonly WebhookPair[],
  isCalled: (operation: SourceOperation, name: string) => boolean,
): Map<SourceOperation, SourceCallback> {
  const result = new Map<SourceOperation, SourceCallback>();
  for (const { name, operation: wanted, property } of pairs) {
    const webhook = model.webhooks.find((candidate) => candidate.name === name);
    if (webhook === undefined) {
      throw new ImportRefused('option-unknown', `No webhook is called "${name}".`, {
        hint: `Webhooks: ${model.webhooks.map((candidate) => candidate.name).join(', ') || 'none'}`,
      });
    }
    const operation = operations.find((candidate) => isCalled(candidate, wanted));
    if (operation === undefined || !subscribing.has(operation.method)) {
      throw new ImportRefused('option-unknown', `No operation "${wanted}" can subscribe to the webhook ${name}.`, {
        hint: 'Name an operation with a body that is selected, by its id or as "POST /hooks".',
      });
    }
    const other = result.get(operation);
    if (other !== undefined) {
      throw new ImportRefused(
        'option-unknown',
        `${other.name} and ${name} subscribe by the same operation, ${wanted}.`,
        {
          hint: `Pair one of them here; add the other one afterwards: pp-connector operation --kind webhook --path PATH --api-path ${operation.path} --location script`,
        },
      );
    }
    result.set(operation, {
      ...webhook,
      expression: `{$request.body#${toPointer(property.split('.'))}}`,
      method: 'post',
    });
  }
  return result;
}

const subscribing: ReadonlySet<string> = new Set(['post', 'put', 'patch']);

/** What becomes of callbacks: all become triggers on demand, paired webhooks always. */
export interface TriggerWish {
  readonly callbacks: boolean;
  readonly webhooks: ReadonlyMap<SourceOperation, SourceCallback>;
}

function isWanted({ source }: ConvertedOperation, wish: TriggerWish): boolean {
  return wish.callbacks || wish.webhooks.has(source);
}

/** Callbacks and webhooks that stay without a trigger are lost; each has its entry. */
export function reportCallbacks(
  model: ApiModel,
  operations: readonly ConvertedOperation[],
  definitions: Definitions,
  report: Report,
  wish: TriggerWish,
): void {
  const paired = new Set([...wish.webhooks.values()].map(({ at }) => at));
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
    const wanted = isWanted(operation, wish);
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
      !isWanted(operation, wish) ||
      bodyPointer(callback) === undefined ||
      !subscribing.has(operation.source.method)
    )
      continue;
    const hint = `${String(operation.value.operationId)}_notification`;
    const schema =
      callback.schema === undefined
        ? { type: 'object' }
        : definitions.convert(leaf(callback.schema), { hint, depth: 0, top: false });
    const description = describe(callback.description ?? callback.summary, 500) || 'The notification.';
    result.set(operation, { description, schema });
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
    const summary = triggerSummary(String(value.summary), callback);
    value.summary = summary;
    value.description = `This operation triggers ${summary.slice(0, 1).toLowerCase()}${summary.slice(1)}.`;
    value['x-ms-trigger'] = 'single';
    paths[operation.path] = { 'x-ms-notification-content': content, ...item };
    if (!hideUnsubscribe(operation.path, paths))
      report.info('webhook-no-delete', operation.source.at, 'No operation deletes the subscription.');
  }
}

function triggerSummary(summary: string, callback: SourceCallback): string {
  if (/^when\b/i.test(summary)) return summary;
  const event = plainText(callback.summary ?? callback.name)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/^on\s+/i, '')
    .replace(/[^\p{L}\p{N} ()'-]+/gu, ' ')
    .trim()
    .toLowerCase();
  return clipWords(`When ${event === '' ? 'a notification arrives' : `${event} is notified`}`, 80);
}

/** The body written out along the way to the address, which the platform fills in; undefined without such a property. */
function markAddress(schema: JsonObject, tokens: readonly string[], definitions: JsonObject): JsonObject | undefined {
  const [token, ...rest] = tokens;
  const reference = asString(schema.$ref);
  const target = reference === undefined ? schema : asObject(definitions[reference.replace('#/definitions/', '')]);
  const copy = clone(target);
  const { properties } = copy;
  if (token === undefined || !isObject(properties) || !isObject(properties[token])) return undefined;
  const property = asObject(properties[token]);
  if (rest.length === 0) {
    properties[token] = { ...property, type: 'string', 'x-ms-visibility': 'internal', 'x-ms-notification-url': true };
  } else {
    const inner = markAddress(property, rest, definitions);
    if (inner === undefined) return undefined;
    properties[token] = inner;
  }
  copy.required = [...new Set([...strings(copy.required), token])];
  return copy;
}

/** The DELETE on what the subscription created is for the platform alone. */
function hideUnsubscribe(path: string, paths: JsonObject): boolean {
  const below = Object.keys(paths).find(
    (other) =>
      other.startsWith(`${path}/{`) &&
      !other.slice(path.length + 1).includes('/') &&
      isObject(asObject(paths[other]).delete),
  );
  if (below === undefined) return false;
  asObject(asObject(paths[below]).delete)['x-ms-visibility'] = 'internal';
  return true;
}
