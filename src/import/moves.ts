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
 */
export function followMoves(versions: { base: JsonObject; ours: JsonObject; theirs: JsonObject }): Moved {
  const { base, ours, theirs } = versions;
  const moves = movesOf(base, theirs).filter((move) => isFree(move, ours));
  if (moves.length === 0) return { base, ours, changes: [] };
  const there = new Set(operationsOf(ours).map(keyOf));
  const prefix = basePathOf(ours) === basePathOf(base) ? movedOutOfBasePath(base, theirs, moves) : undefined;
  const changes: MergeChange[] = moves
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

function movesOf(base: JsonObject, theirs: JsonObject): Move[] {
  const now = new Map(operationsOf(theirs).map((place) => [idOf(place.value), place]));
  return operationsOf(base).flatMap(({ path, method, value }) => {
    const to = now.get(idOf(value));
    const isElsewhere = to !== undefined && idOf(value) !== '' && (to.path !== path || to.method !== method);
    return isElsewhere ? [{ id: idOf(value), from: { path, method }, to: { path: to.path, method: to.method } }] : [];
  });
}

/** Whether the author has nothing else at the new place. */
function isFree({ id, to }: Move, ours: JsonObject): boolean {
  const there = getOwn(getOwn(getOwn(ours, 'paths'), to.path), to.method);
  return !isObject(there) || idOf(there) === id;
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
