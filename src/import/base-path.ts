import { asObject, getOwn, type JsonObject, setOwn } from '../connector/json/value.ts';
import { basePathOf, isAtSameAddresses } from './known-operations.ts';

/**
 * A description may say the same addresses with another base path: `/v1` and `/vans`, or `/` and `/v1/vans`. Flows and
 * connectors know operations by their paths, so a new conversion has the base path of the known definition, where all
 * of its paths lie below that.
 *
 * @param theirs is changed
 */
export function keepBasePath(theirs: JsonObject, known: JsonObject): void {
  const [was, is] = [basePathOf(known), basePathOf(theirs)];
  if (was === is || !isAtSameAddresses(theirs, known)) return;
  const paths: JsonObject = {};
  for (const [path, item] of Object.entries(asObject(getOwn(theirs, 'paths')))) {
    const address = is + path;
    if (!address.startsWith(`${was}/`)) return;
    setOwn(paths, address.slice(was.length), item);
  }
  theirs.paths = paths;
  theirs.basePath = was === '' ? '/' : was;
}

/** Whether a policy sends requests elsewhere: the base path is a part of its address then. */
export const hasHostPolicy = (policies: readonly JsonObject[]): boolean =>
  policies.some((policy) => getOwn(policy, 'templateId') === 'dynamichosturl');
