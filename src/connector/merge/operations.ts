import { fromPointer, toPointer } from '../json/pointer.ts';
import { asObject, getOwn, type JsonObject } from '../json/value.ts';
import type { MergeChange } from './merge.ts';

/**
 * Changes of a definition as people think of them: a path comes or goes whole, they see operations.
 *
 * @param before the definition without the changes
 * @param after the definition with them
 */
export function byOperation(change: MergeChange, before: JsonObject, after: JsonObject): MergeChange[] {
  const [section, path, ...rest] = fromPointer(change.pointer);
  if (section !== 'paths' || path === undefined || rest.length > 0) return [change];
  const item = asObject(getOwn(asObject(getOwn(change.kind === 'added' ? after : before, 'paths')), path));
  const methods = Object.keys(item).filter((key) => !key.startsWith('x-'));
  return methods.length === 0
    ? [change]
    : methods.map((method) => ({ ...change, pointer: toPointer(['paths', path, method]) }));
}
