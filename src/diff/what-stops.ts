import { isObject, type JsonObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import type { JsonFile } from '../connector/source-file.ts';
import type { Change } from './change.ts';
import { compareConnectors } from './compare-definitions.ts';

/** What of a change stops flows, apps or connections, whatever the profile; nothing where a version can't be read. */
export function whatStops(before: Connector, after: Connector): Change[] {
  const [old, now] = [readable(before.definition), readable(after.definition)];
  if (old === undefined || now === undefined) return [];
  return compareConnectors(
    { definition: old, properties: readable(before.properties) },
    { definition: now, properties: readable(after.properties) },
  ).filter(({ stops }) => stops);
}

const readable = (file: JsonFile | undefined): JsonObject | undefined =>
  file !== undefined && !file.unreliable && isObject(file.value) ? file.value : undefined;
