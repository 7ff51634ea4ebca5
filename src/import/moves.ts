import { toPointer } from '../connector/json/pointer.ts';
import { asObject, getOwn, isObject, type JsonObject, setOwn } from '../connector/json/value.ts';
import type { MergeChange } from '../connector/merge/merge.ts';
import { basePathOf, idOf, operationsOf, type Place } from './known-operations.ts';

/** What an operation was, and where it is now. */
interface Move {
  id: string;
  from: Omit<Place, 'value'>;
  to: Omit<Place, 'value'>;
}

export interface Moved {
  base: JsonObject;
  ours: JsonObject;
  /** Operations of ours that are elsewhere now, and the base path where that has changed with them. */
  changes: MergeChange[];
}

/**
 * An operation that the description has elsewhere now, under the same id, is at its new place before versions are
 * merged: what its author has edited goes along.
 *
 * @param isImported whether `base` came from a description, and not from a scaffold
 */
export function followMoves(
  { base, ours, theirs }: { base: JsonObject; ours: JsonObject; theirs: JsonObject },
  isImported: boolean,
): Moved {
  const known = new Set(operationsOf(base).map(({ value }) => idOf(value)));
  // what only the author has is found by its place, which may be written otherwise
  const own = movesOf(ours, theirs).filter(({ id }) => !known.has(id));
  const all = [...(isImported ? movesOf(base, theirs) : []), ...own];
  const prefix =
    basePathOf(ours) === basePathOf(base) ? movedOutOfBasePath(base, theirs, all.filter(isElsewhere)) : undefined;
  const targets = new Map(all.map((move) => [move.id, isElsewhere(move)]));
  // with the base path, everything leaves its place that the description doesn't have there
  const leaves = (id: string): boolean => targets.get(id) ?? prefix !== undefined;
  const moves = all.filter((move) => isFree(move, ours, leaves));
  const elsewhere = moves.filter(isElsewhere);
  if (elsewhere.length === 0) return { base, ours, changes: [] };
  const there = new Set(operationsOf(ours).map(keyOf));
  const changes: MergeChange[] = elsewhere
    .filter(({ id, from }) => there.has(keyOf({ ...from, value: { operationId: id } })))
    .map(({ to: { path, method } }) => ({ kind: 'updated', pointer: toPointer(['paths', path, method]) }));
  if (prefix !== undefined) changes.push({ kind: 'updated', pointer: '/basePath' });
  const moved = (definition: JsonObject): JsonObject => ({
    ...definition,
    ...(prefix === undefined ? {} : { basePath: theirs.basePath ?? '/' }),
    paths: movedPaths(definition, moves, prefix ?? ''),
  });
  return { base: moved(base), ours: moved(ours), changes };
}

/** An operation and its place: an author may have moved the same id elsewhere. */
const keyOf = ({ path, method, value }: Place): string => `${idOf(value)} ${method} ${path}`;

/** All operations of a definition that the description has, also those that have stayed. */
function movesOf(definition: JsonObject, theirs: JsonObject): Move[] {
  const now = new Map(operationsOf(theirs).map((place) => [idOf(place.value), place]));
  return operationsOf(definition).flatMap(({ path, method, value }) => {
    const id = idOf(value);
    const to = now.get(id);
    if (to === undefined || id === '') return [];
    return [{ id, from: { path, method }, to: { path: to.path, method: to.method } }];
  });
}

const isElsewhere = ({ from, to }: Move): boolean => from.path !== to.path || from.method !== to.method;

/** Whether the author has nothing else at the new place, or nothing that stays there. */
function isFree({ id, to }: Move, ours: JsonObject, leaves: (id: string) => boolean): boolean {
  const there = getOwn(getOwn(getOwn(ours, 'paths'), to.path), to.method);
  return !isObject(there) || idOf(there) === id || leaves(idOf(there));
}

/** What was the end of the base path and begins the paths now; undefined where the base path hasn't become shorter. */
function movedOutOfBasePath(base: JsonObject, theirs: JsonObject, moves: readonly Move[]): string | undefined {
  const [was, is] = [basePathOf(base), basePathOf(theirs)];
  const prefix = was.slice(is.length);
  const isShorter = was.startsWith(`${is}/`);
  return isShorter && moves.some(({ from, to }) => to.path === prefix + from.path) ? prefix : undefined;
}

function movedPaths(definition: JsonObject, moves: readonly Move[], prefix: string): JsonObject {
  const targets = new Map(moves.map(({ id, from, to }) => [keyOf({ ...from, value: { operationId: id } }), to]));
  const paths: JsonObject = {};
  const put = (path: string, key: string, value: JsonObject[string]): void => {
    const item = { ...asObject(getOwn(paths, path)) };
    setOwn(item, key, value);
    setOwn(paths, path, item);
  };
  for (const [path, item] of Object.entries(asObject(getOwn(definition, 'paths')))) {
    const stays = prefix + path;
    const placesNow = Object.entries(asObject(item)).flatMap(([method, value]) =>
      isObject(value) && !method.startsWith('x-')
        ? [targets.get(keyOf({ path, method, value })) ?? { path: stays, method }]
        : [],
    );
    // what belongs to the path as a whole goes where all of it goes
    const whole = new Set(placesNow.map((place) => place.path));
    const [only = stays] = whole.size === 1 ? whole : [];
    if (Object.keys(asObject(item)).length === 0) setOwn(paths, stays, item);
    for (const [method, value] of Object.entries(asObject(item))) {
      const to = isObject(value) ? targets.get(keyOf({ path, method, value })) : undefined;
      const isOperation = isObject(value) && !method.startsWith('x-');
      put(to?.path ?? (isOperation ? stays : only), to?.method ?? method, value);
    }
  }
  return paths;
}
