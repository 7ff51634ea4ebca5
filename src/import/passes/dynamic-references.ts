import { below } from '../../connector/json/pointer.ts';
import { asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { SourceOperation } from '../model.ts';
import type { Report } from '../report.ts';

const dynamicExtensions: ReadonlySet<string> = new Set([
  'x-ms-dynamic-values',
  'x-ms-dynamic-list',
  'x-ms-dynamic-schema',
  'x-ms-dynamic-properties',
  'x-ms-dynamic-tree',
]);

/**
 * Extensions of the source that call operations: they follow the new ids, and go where the operation is gone.
 * `newIds`: those of the result. Returns whether there is any.
 */
export function relinkDynamics(
  definition: JsonObject,
  newIds: ReadonlyMap<SourceOperation, string>,
  report: Report,
): boolean {
  const ids = bySourceId(newIds);
  let isAny = false;
  const queue: [Json, string][] = [[definition, '']];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [value, at] = next;
    if (Array.isArray(value)) {
      for (const [index, entry] of value.entries())
        if (typeof entry === 'object' && entry !== null) queue.push([entry, `${at}/${index}`]);
    } else if (isObject(value)) {
      for (const [key, entry] of Object.entries(value)) {
        if (!dynamicExtensions.has(key)) {
          if (typeof entry === 'object' && entry !== null) queue.push([entry, below(at, key)]);
          continue;
        }
        const linked = isObject(entry) && callsSomething(entry) ? relink(entry, ids) : undefined;
        if (linked === undefined) {
          delete value[key];
          report.lossy('dynamic-dropped', at, `${key} calls no operation of the connector.`);
        } else {
          value[key] = linked;
          isAny = true;
        }
      }
    }
  }
  relinkTest(definition, ids, report);
  return isAny;
}

/** The operation that tests connections. */
function relinkTest(definition: JsonObject, ids: ReadonlyMap<string, string>, report: Report): void {
  const capabilities = definition['x-ms-capabilities'];
  const test = getOwn(capabilities, 'testConnection');
  const id = asString(getOwn(test, 'operationId'));
  if (isObject(capabilities) && isObject(test) && id !== undefined) {
    const known = ids.get(id.toLowerCase());
    if (known !== undefined) capabilities.testConnection = { ...test, operationId: known };
    else {
      const { testConnection: _gone, ...rest } = capabilities;
      if (Object.keys(rest).length > 0) definition['x-ms-capabilities'] = rest;
      else delete definition['x-ms-capabilities'];
      report.lossy(
        'dynamic-dropped',
        '/x-ms-capabilities/testConnection',
        'The operation that tests connections is not in the connector.',
      );
    }
  }
}

/** An operation, or something built in that fills the list, and what to read of its answer. */
function callsSomething(extension: JsonObject): boolean {
  return ['operationId', 'capability', 'builtInOperation', 'open', 'browse'].some(
    (key) => extension[key] !== undefined,
  );
}

/** The extension with new ids, or undefined when one of its operations is missing. */
function relink(extension: JsonObject, ids: ReadonlyMap<string, string>): JsonObject | undefined {
  const result: JsonObject = { ...extension };
  const id = asString(extension.operationId);
  if (id !== undefined) {
    const known = ids.get(id.toLowerCase());
    if (known === undefined) return undefined;
    result.operationId = known;
  }
  for (const part of ['open', 'browse']) {
    const inner = extension[part];
    if (!isObject(inner)) continue;
    const linked = relink(inner, ids);
    if (linked === undefined) return undefined;
    result[part] = linked;
  }
  return result;
}

/** New ids by those of the source, in lower case. */
function bySourceId(ids: ReadonlyMap<SourceOperation, string>): Map<string, string> {
  const result = new Map<string, string>();
  for (const [{ operationId }, id] of ids) if (operationId !== undefined) result.set(operationId.toLowerCase(), id);
  return result;
}
