import { below } from '../../connector/json/pointer.ts';
import { isObject, type Json } from '../../connector/json/value.ts';
import {
  infoExtensions,
  operationExtensions,
  rootExtensions,
  type SourceOperation,
  valueExtensions,
} from '../model.ts';
import type { Report } from '../report.ts';

/** Extensions of Microsoft that are carried over or read, wherever they are. */
const known: ReadonlySet<string> = new Set([
  ...operationExtensions,
  ...valueExtensions,
  ...rootExtensions,
  ...infoExtensions,
  'x-ms-notification-content',
]);
/** Members that hold values of the API, not what is said about it. */
const samples: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const']);
/** Members whose keys are names that somebody chose. */
const nameMaps: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions', 'schemas', '$defs']);

/** One entry for each `x-ms-*` that has no place in a connector, at its first use outside of operations that are left out. */
export function reportExtensions(
  root: Json,
  operations: readonly SourceOperation[],
  selected: readonly SourceOperation[],
  report: Report,
): void {
  const wanted = new Set(selected.map(({ at }) => at));
  const leftOut = new Set(operations.map(({ at }) => at).filter((at) => !wanted.has(at)));
  const found = new Map<string, { at: string; count: number }>();
  const queue: { value: Json; at: string; named: boolean }[] = [{ value: root, at: '', named: false }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { value, at, named } = next;
    if (leftOut.has(at) || typeof value !== 'object' || value === null) continue;
    for (const [key, entry] of Object.entries(value)) {
      const isData = named || Array.isArray(value);
      if (!isData && samples.has(key)) continue;
      if (isData || !key.startsWith('x-')) {
        if (typeof entry === 'object' && entry !== null)
          queue.push({ value: entry, at: below(at, key), named: !isData && nameMaps.has(key) });
      } else if (key.startsWith('x-ms-') && !known.has(key) && !isReadEnum(key, entry)) {
        const first = found.get(key);
        found.set(key, { at: below(at, key), count: (first?.count ?? 0) + 1 });
      }
    }
  }
  for (const [key, { at, count }] of found)
    report.lossy(
      'extension-dropped',
      at,
      `${key}${count > 1 ? ` (${count} places)` : ''} means nothing to a connector.`,
    );
}

/** The names of values in an enum of AutoRest become labels. */
const isReadEnum = (key: string, value: Json | undefined): boolean =>
  key === 'x-ms-enum' && isObject(value) && Array.isArray(value.values);
