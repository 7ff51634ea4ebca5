import {
  asArray,
  asObject,
  clone,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../connector/json/value.ts';
import { setInOrder } from '../connector/key-order.ts';

/** Drops requirements of schemes that no longer exist from all operations; `security: []` (no sign-in) stays. */
export function forgetSchemes(definition: JsonObject, removed: readonly string[]): void {
  for (const pathItem of Object.values(asObject(getOwn(definition, 'paths')))) {
    for (const operation of Object.values(asObject(pathItem))) forgetInOperation(operation, removed);
  }
}

function forgetInOperation(operation: Json, removed: readonly string[]): void {
  if (!isObject(operation)) return;
  const security = getOwn(operation, 'security');
  if (!Array.isArray(security) || security.length === 0) return;
  const kept = security.filter(
    (requirement) => !Object.keys(asObject(requirement)).some((name) => removed.includes(name)),
  );
  if (kept.length === security.length) return;
  if (kept.length === 0) delete operation.security;
  else operation.security = kept;
}

/** Sets a section of the definition; an empty one is not added where there was none. */
export function setUnlessEqual(object: JsonObject, key: string, value: Json, order: readonly string[]): void {
  const current = getOwn(object, key);
  const isEmpty = isObject(value) ? Object.keys(value).length === 0 : asArray(value).length === 0;
  if (current === undefined && isEmpty) return;
  if (!deepEqual(current, value)) setInOrder(object, key, clone(value), order);
}
