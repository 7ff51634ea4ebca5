import { resolve } from '../../connector/follow.ts';
import {
  asArray,
  asObject,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  strings,
} from '../../connector/json/value.ts';
import type { Report } from '../report.ts';
import type { ConvertedOperation } from './operations.ts';

const triggerKeys = ['x-ms-trigger', 'x-ms-trigger-hint', 'x-ms-trigger-metadata'] as const;
const contentKey = 'x-ms-notification-content';

/**
 * Triggers that a description states itself, since it is a connector already. The service refuses a webhook without a
 * notification URL, and everything else than `single` and `batch`: such an operation is an action here.
 */
export function checkStatedTriggers(
  operations: readonly ConvertedOperation[],
  definition: JsonObject,
  report: Report,
): void {
  const paths = asObject(definition.paths);
  for (const { source, path, value } of operations) {
    const kind = value['x-ms-trigger'];
    if (kind === undefined) continue;
    const item = asObject(paths[path]);
    const isPolled = source.method === 'get' && kind === 'batch';
    const reason =
      kind !== 'single' && kind !== 'batch'
        ? 'its x-ms-trigger is neither single nor batch'
        : !isPolled && isWebhook(item, source.method, value) && !completeWebhook(value, definition)
          ? 'its body has no property for the address that notifications go to'
          : undefined;
    if (reason !== undefined) {
      for (const key of triggerKeys) delete value[key];
      delete item[contentKey];
      report.lossy('trigger-incomplete', source.at, `This trigger is an action here: ${reason}.`);
    } else if (!isPolled && isWebhook(item, source.method, value) && !isObject(getOwn(item[contentKey], 'schema'))) {
      const { [contentKey]: content, ...methods } = item;
      paths[path] = { [contentKey]: { ...asObject(content), schema: { type: 'object' } }, ...methods };
      report.lossy('notification-unknown', source.at, 'The description does not say what the API sends: any object.');
    }
  }
}

function isWebhook(item: JsonObject, method: string, operation: JsonObject): boolean {
  if (item[contentKey] !== undefined) return true;
  const isPolling = getOwn(operation['x-ms-trigger-metadata'], 'mode') === 'polling';
  return method !== 'get' && operation['x-ms-trigger'] !== 'batch' && !isPolling;
}

/** Makes the notification URL an internal text that is required at every level; false without one. */
function completeWebhook(operation: JsonObject, definition: JsonObject): boolean {
  const body = asArray(operation.parameters)
    .filter(isObject)
    .find((parameter) => parameter.in === 'body');
  return body !== undefined && completeUrl(body.schema, definition, new Set());
}

function completeUrl(schema: Json | undefined, definition: JsonObject, open: Set<JsonObject>): boolean {
  const value = resolve(definition, schema);
  if (value === undefined || open.has(value)) return false;
  open.add(value);
  if (value['x-ms-notification-url'] === true) {
    Object.assign(value, { type: 'string', 'x-ms-visibility': 'internal' });
    return true;
  }
  const ways = Object.entries(asObject(value.properties)).filter(([, property]) =>
    completeUrl(property, definition, open),
  );
  if (ways.length > 0) value.required = [...new Set([...strings(value.required), ...ways.map(([name]) => name)])];
  return ways.length > 0 || completeUrl(value.items, definition, open);
}
