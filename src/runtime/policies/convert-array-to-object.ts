import { isObject, type Json, type JsonObject, setOwn, valueAt } from '../../connector/json/value.ts';
import { parseSubPath } from '../expressions.ts';
import { isThere } from '../paths.ts';
import type { RunPolicy } from '../policy-context.ts';
import { insertedText } from '../values.ts';
import { convertProperty } from './parents.ts';

export const runArrayToObject: RunPolicy = (message, context) => {
  const keyPath = parseSubPath(context.required('keyWithinCollectionPath'));
  const keepsKey = context.text('retainKey', 'true').toLowerCase() !== 'false';
  convertProperty(message, context, (source): Json | undefined => {
    if (!Array.isArray(source)) return undefined;
    const result: JsonObject = {};
    for (const element of source) {
      const key = valueAt(element, keyPath);
      if (!isObject(element) || !isThere(key)) {
        context.assume('converter-without-key');
        continue;
      }
      const value = structuredClone(element);
      if (!keepsKey) removeBelow(value, keyPath);
      setOwn(result, insertedText(key), value);
    }
    return result;
  });
};

function removeBelow(root: Json, path: readonly string[]): void {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (isObject(parent) && last !== undefined) delete parent[last];
}
