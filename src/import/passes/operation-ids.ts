import {
  maxOperationIdLength,
  namesNoThing,
  nounsOf,
  pascalCase,
  proposeOperationId,
  segmentsOf,
} from '../../language/operation-ids.ts';
import { freeName } from '../../language/words.ts';
import type { SourceOperation } from '../model.ts';

/** A part of the ids that this share of them has in common says nothing. */
const commonShare = 0.8;

/** Unique ids for all operations, `^[A-Z][A-Za-z0-9]*$`, by operation. A revision suffix `_V2` of a connector stays. */
export function nameOperations(operations: readonly SourceOperation[]): Map<SourceOperation, string> {
  const shorten = commonParts(operations);
  const patched = new Set(
    operations.filter((operation) => operation.method === 'patch').map((operation) => operation.path),
  );
  const taken = new Set<string>();
  const names = new Map<SourceOperation, string>();
  const claim = (operation: SourceOperation, wish: string): void => {
    const free = uniqueName(wish, operation, taken);
    taken.add(free.toLowerCase());
    names.set(operation, free);
  };
  // Ids that are fine already keep their name whatever comes before them.
  for (const operation of operations) {
    const id = ownId(operation);
    if (
      id !== undefined &&
      isFinal(id) &&
      !saysNoMore(id, operation.path) &&
      shorten(id) === id &&
      !taken.has(id.toLowerCase())
    )
      claim(operation, id);
  }
  for (const operation of operations) {
    if (names.has(operation)) continue;
    const stated = ownId(operation);
    const id = stated === undefined || saysNoMore(stated, operation.path) ? '' : pascalCase(shorten(stated));
    claim(operation, /[A-Za-z]/.test(id) ? id : idFromPath(operation, patched));
  }
  return names;
}

/**
 * The id of the source without the path and the method that FastAPI adds to the name of a function:
 * `read_boat_boats__boat_id__get` is `read_boat`.
 */
export function ownId({ operationId, path, method }: SourceOperation): string | undefined {
  const added = `${path.replace(/\W/g, '_')}_${method}`;
  return operationId !== undefined && operationId.length > added.length && operationId.endsWith(added)
    ? operationId.slice(0, -added.length)
    : operationId;
}

/** Verb and noun from method and path: `GET /customers/{id}/orders` → `ListCustomerOrders`. */
const idFromPath = ({ method, path }: SourceOperation, patched: ReadonlySet<string>): string =>
  proposeOperationId(method, path, { hasPatch: patched.has(path) });

/** Whether the path says more than an id: the id repeats it, or names no thing where the path has one. */
export const saysNoMore = (id: string, path: string): boolean =>
  repeatsPath(id, path) || (namesNoThing(id) && nounsOf(path).length > 0);

/** The longest id of the source that is kept when it is little else than the path. */
const longestPathId = 50;

/**
 * Whether an id is the method and the path, as generators write it for want of a better one:
 * `get-/journal/batch/{count}`, `GetV1JournalBatchByCount`. Such an id says nothing, and lasts for ever.
 */
function repeatsPath(id: string, path: string): boolean {
  if (/[/{}]/.test(id.replace(/^[^/]*\/(?=[^/]*$)/, ''))) return true;
  const segments = segmentsOf(path)
    .map(lettersOf)
    .filter((letters) => letters !== '');
  const said = lettersOf(id);
  if (segments.length < 2 || !segments.every((segment) => said.includes(segment))) return false;
  return id.length > longestPathId || segments.some((segment) => /^v\d+$/.test(segment));
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

function isFinal(id: string): boolean {
  return /^[A-Z][A-Za-z0-9]*(?:_V\d+)?$/.test(id) && id.length <= maxOperationIdLength;
}

function uniqueName(wish: string, operation: SourceOperation, taken: ReadonlySet<string>): string {
  const fitted = withinLimit(/^[A-Za-z]/.test(wish) ? wish : `Op${wish}`);
  const isTaken = (name: string): boolean => taken.has(name.toLowerCase());
  if (!isTaken(fitted)) return fitted;
  const [tag] = operation.tags;
  const parent = nounsOf(operation.path).at(-2);
  for (const extra of [tag, parent]) {
    const words = extra === undefined ? '' : pascalCase(extra);
    const longer = withinLimit(fitted + words);
    if (!fitted.toLowerCase().includes(words.toLowerCase()) && !isTaken(longer)) return longer;
  }
  return freeName(withinLimit(fitted, 4), isTaken, '');
}

/** At most 80 characters, cut before a capital where possible. */
function withinLimit(name: string, reserve = 0): string {
  const limit = maxOperationIdLength - reserve;
  if (name.length <= limit) return name;
  const cut = name.slice(0, limit);
  const hump = cut.search(/[A-Z][^A-Z]*$/);
  return hump > limit / 2 ? cut.slice(0, hump) : cut;
}

/** Removes a version after and a namespace before the ids when nearly all of them have it. */
function commonParts(operations: readonly SourceOperation[]): (id: string) => string {
  const ids = operations.map((operation) => operation.operationId).filter((id) => id !== undefined);
  if (ids.length < 5) return (id) => id;
  const shared = (pattern: RegExp): string | undefined => {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const part = pattern.exec(id)?.[0];
      if (part !== undefined) counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    return [...counts].find(([, count]) => count >= ids.length * commonShare)?.[0];
  };
  // Parts set off by a separator only: a common first word such as Get is not a namespace.
  const version = shared(/[^A-Za-z0-9]v\d+(?:[._]\d+)*$/i);
  const namespace = shared(/^[A-Za-z0-9]+(?:[/.:]|__|_(?=[^V]))/);
  return (id) => {
    let result = id;
    if (version !== undefined && result.endsWith(version)) result = result.slice(0, -version.length);
    if (namespace !== undefined && result.startsWith(namespace) && result.length > namespace.length)
      result = result.slice(namespace.length);
    return result;
  };
}
