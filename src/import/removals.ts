import { fromPointer } from '../connector/json/pointer.ts';
import { asObject, getOwn, type JsonObject, setOwn } from '../connector/json/value.ts';
import { type MergeConflict, type MergeResult, mergeThreeWays } from '../connector/merge/merge.ts';
import { operationsOf } from './known-operations.ts';
import { referencesIn } from './schemas/shrink.ts';

interface Versions {
  base: JsonObject;
  ours: JsonObject;
  theirs: JsonObject;
}

/**
 * Merges definitions, of which the author may have taken operations out: they stay out, whatever the description has
 * changed about them, and whoever else is asked about conflicts. A schema that went with them comes back where
 * something in the result refers to it.
 */
export function mergeWithRemovals(
  versions: Versions,
  resolution: (conflict: MergeConflict) => 'ours' | 'theirs',
): MergeResult {
  const paths = removedFrom(versions, 'paths');
  const schemas = removedFrom(versions, 'definitions');
  const input = {
    theirs: versions.theirs,
    // what a path has beside the operations that were taken out may be new
    ours: withEntries(versions.ours, 'paths', paths, {}),
    base: withEntries(versions.base, 'definitions', schemas, undefined),
  };
  if (schemas.length > 0) input.ours = withEntries(input.ours, 'definitions', [], undefined);
  const isRemoval = ({ pointer, ours }: MergeConflict): boolean => {
    const [section, path = '', key = '', ...rest] = fromPointer(pointer);
    const isOperation = section === 'paths' && key !== '' && rest.length === 0;
    return ours === undefined && isOperation && (paths.includes(path) || !key.startsWith('x-'));
  };
  const { merged, changes, conflicts } = mergeThreeWays(input, (conflict) =>
    isRemoval(conflict) && isKnown(conflict) ? 'ours' : resolution(conflict),
  );
  const removals = conflicts.filter((conflict) => isRemoval(conflict) && isKnown(conflict));
  dropEmptyPaths(merged, paths);
  const unused = new Set(dropUnused(merged, schemas).map((name) => JSON.stringify(['definitions', name])));
  return {
    merged,
    changes: [
      ...changes.filter(({ pointer }) => !unused.has(JSON.stringify(fromPointer(pointer)))),
      ...removals.map(({ pointer }) => ({ kind: 'kept' as const, pointer })),
    ],
    conflicts: conflicts.filter((conflict) => !removals.includes(conflict)),
  };
}

const isKnown = ({ base }: MergeConflict): boolean => base !== undefined;

/** Entries that were imported and that the description still has, but not the author. */
function removedFrom({ base, ours, theirs }: Versions, section: string): string[] {
  const [was, own, is] = [base, ours, theirs].map((definition) => asObject(getOwn(definition, section)));
  return Object.keys(was ?? {}).filter((name) => getOwn(own, name) === undefined && getOwn(is, name) !== undefined);
}

/** With this value for entries of a section, or without them. */
function withEntries(
  definition: JsonObject,
  section: string,
  names: readonly string[],
  value: JsonObject | undefined,
): JsonObject {
  const entries = { ...asObject(getOwn(definition, section)) };
  for (const name of names) {
    if (value === undefined) delete entries[name];
    else setOwn(entries, name, value);
  }
  return { ...definition, [section]: entries };
}

function dropEmptyPaths(definition: JsonObject, paths: readonly string[]): void {
  const items = asObject(getOwn(definition, 'paths'));
  for (const path of paths)
    if (operationsOf({ paths: { [path]: getOwn(items, path) ?? {} } }).length === 0) delete items[path];
}

/** @returns the names of the schemas that are gone, since nothing refers to them */
function dropUnused(definition: JsonObject, names: readonly string[]): string[] {
  const all = asObject(getOwn(definition, 'definitions'));
  const candidates = new Set(names);
  const { definitions: _, ...rest } = definition;
  const used = new Set<string>();
  const kept = Object.entries(all).filter(([name]) => !candidates.has(name));
  const queue = [...referencesIn(rest), ...kept.flatMap(([, schema]) => [...referencesIn(schema)])];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    queue.push(...referencesIn(getOwn(all, name)));
  }
  const unused = names.filter((name) => !used.has(name));
  for (const name of unused) delete all[name];
  return unused;
}
