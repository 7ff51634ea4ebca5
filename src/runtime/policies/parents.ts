import { isObject, type Json, valueAt } from '../../connector/json/value.ts';
import { parseBodyPath, parseSubPath } from '../expressions.ts';
import type { Message } from '../message.ts';
import { isThere, setBelow } from '../paths.ts';
import type { PolicyContext } from '../policy-context.ts';
import { bodyJson } from '../values.ts';

/** What policies that work on a property below a parent have in common. */

interface Parent {
  value: Json;
  /** The path is that of a list, and this one of its elements. */
  isElement: boolean;
}

/** The object at a path of the body, or the elements of the list that is there; undefined where nothing is there. */
export function parentsAt(message: Message, path: string): Parent[] | undefined {
  const found = valueAt(bodyJson(message), parseBodyPath(path).path);
  if (Array.isArray(found)) return found.map((value) => ({ value, isElement: true }));
  return isThere(found) ? [{ value: found, isElement: false }] : undefined;
}

/** The text "null" stands for the parent itself. */
export const isNoSubPath = (text: string): boolean => text === '' || text === 'null';

/**
 * Makes something of a property, for every parent: `propertyParentPath`, `propertySubPath`, `newPropertyPath`. Where the
 * parent is a list the new path begins at the element, `@item()`.
 *
 * @param convert undefined where the source is of a type that can't be converted
 */
export function convertProperty(
  message: Message,
  context: PolicyContext,
  convert: (source: Exclude<Json, null>) => Json | undefined,
): void {
  const sub = context.text('propertySubPath', 'null');
  const target = parseBodyPath(context.required('newPropertyPath'));
  const path = isNoSubPath(sub) ? [] : parseSubPath(sub);
  const whole = parseBodyPath(context.required('propertyParentPath'));
  // a list without path below it is the property itself, not the parent of several
  const parents =
    path.length === 0 ? itself(message, whole.path) : parentsAt(message, context.required('propertyParentPath'));
  if (parents === undefined) {
    context.assume('missing-source');
    return;
  }
  for (const { value: parent, isElement } of parents) {
    const source = valueAt(parent, path);
    const result = isThere(source) ? convert(source) : undefined;
    const root = target.root === 'item' ? (isElement || isObject(parent) ? parent : undefined) : bodyJson(message);
    const isDone = result !== undefined && root !== undefined && place(message, root, target, result);
    if (!isDone) context.assume('missing-source');
  }
}

function itself(message: Message, path: readonly string[]): Parent[] | undefined {
  const value = valueAt(bodyJson(message), path);
  return isThere(value) ? [{ value, isElement: false }] : undefined;
}

function place(
  message: Message,
  root: Json,
  { root: start, path }: ReturnType<typeof parseBodyPath>,
  value: Json,
): boolean {
  if (path.length > 0) return setBelow(root, path, value);
  if (start === 'item' || message.body?.kind !== 'json') return false;
  message.body.value = value;
  return true;
}
