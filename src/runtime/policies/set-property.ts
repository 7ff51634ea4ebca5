import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { parseSubPath } from '../expressions.ts';
import { setBelow } from '../paths.ts';
import type { RunPolicy } from '../policy-context.ts';
import { isNoValue } from '../values.ts';
import { parentsAt } from './parents.ts';

export const runSetProperty: RunPolicy = (message, context) => {
  const path = parseSubPath(context.required('newPropertySubPathTemplate'));
  const parents = parentsAt(message, context.required('newPropertyParentPathTemplate'));
  if (parents === undefined) context.assume('missing-source');
  for (const { value: parent, isElement } of parents ?? []) {
    if (!isObject(parent) || !setOn(parent, isElement)) context.assume('missing-source');
  }

  function setOn(parent: JsonObject, isElement: boolean): boolean {
    try {
      const value = context.propertyValue('propertyValuePathTemplate', message, isElement ? parent : undefined);
      return setBelow(parent, path, parsed(value));
    } catch (error) {
      if (!isNoValue(error)) throw error;
      return false;
    }
  }
};

/** Text that is JSON becomes JSON; other text stays text, also `30`. What comes from elsewhere in the body is a copy. */
function parsed(value: Json): Json {
  if (typeof value !== 'string') return structuredClone(value);
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
