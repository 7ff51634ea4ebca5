import type { Definitions } from './definitions.ts';
import { leaf } from './flat-schema.ts';
import { asArray, asObject, asString, cloneJson, isObject, type JsonObject, strings } from './json.ts';
import type { ApiModel, SourceCallback } from './model.ts';
import type { ConvertedOperation } from './operations.ts';
import { tokensOf } from './pointer.ts';
import type { Report } from './report.ts';
import { clipWords, describe, plainText } from './texts.ts';

/** Callbacks and webhooks that stay without a trigger are lost; each has its entry. */
export function reportCallbacks(
  model: ApiModel,
  operations: readonly ConvertedOperation[],
  definitions: Definitions,
  report: Report,
  wanted: boolean,
): void {
  for (const { name, at } of model.webhooks) {
    report.dropped(
      'webhook-unbound',
      at,
      `Webhook ${name}: the description doesn't say which operation subscribes to it.`,
    );
  }
  for (const { detail } of operations) {
    for (const [index, callback] of detail.callbacks.entries()) {
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
  return pointer === undefined ? undefined : tokensOf(pointer);
}

/** Notification schemas, converted before the definitions are finished. */
export function convertNotifications(
  operations: readonly ConvertedOperation[],
  definitions: Definitions,
): Map<ConvertedOperation, JsonObject> {
  const result = new Map<ConvertedOperation, JsonObject>();
  for (const operation of operations) {
    const [callback] = operation.detail.callbacks;
    if (
      callback === undefined ||
      bodyPointer(callback) === undefined ||
      !['post', 'put', 'patch'].includes(operation.source.method)
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
  const copy = cloneJson(target);
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
