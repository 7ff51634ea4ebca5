import type { Connector } from '../connector/load.ts';
import { reliableObject } from '../connector/require-json.ts';
import type { Change } from './change.ts';
import { compareConnectors } from './compare-definitions.ts';

/** What of a change stops flows, apps or connections, whatever the profile; nothing where a version can't be read. */
export function whatStops(before: Connector, after: Connector): Change[] {
  const [old, now] = [reliableObject(before.definition), reliableObject(after.definition)];
  if (old === undefined || now === undefined) return [];
  return compareConnectors(
    { definition: old, properties: reliableObject(before.properties) },
    { definition: now, properties: reliableObject(after.properties) },
  ).filter(({ stops }) => stops);
}
