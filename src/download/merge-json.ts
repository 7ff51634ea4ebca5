import type { JsonObject } from '../connector/json/value.ts';
import { type MergeChange, type MergeConflict, mergeThreeWays, type Resolution } from '../connector/merge/merge.ts';
import { comparable } from '../connector/merge/normalise.ts';

export interface JsonMerge {
  merged: JsonObject;
  /** What came in, also where a conflict was decided for the service. */
  changes: MergeChange[];
  conflicts: MergeConflict[];
}

/** A definition, or properties, in the three states that a download compares. */
export interface JsonSides {
  /** The service's copy right after the last deployment; undefined: not known. */
  base: JsonObject | undefined;
  ours: JsonObject;
  theirs: JsonObject;
  /**
   * The author's file is still what was deployed. Where it differs from the base, the service has made that of it, which
   * is not an edit that could be in the way.
   */
  isUnchanged: boolean;
}

/** Brings what was changed in the service into the author's file; nothing else that differs comes along. */
export function mergeJson({ base, ours, theirs, isUnchanged }: JsonSides, resolution: Resolution): JsonMerge {
  const [now, mine] = [comparable(theirs), comparable(ours)];
  // the author's empty lists are not edits that could be in the way, and stay
  const intoAuthors = (merged: JsonObject) => mergeThreeWays({ base: mine, ours, theirs: merged }, 'theirs');
  if (base === undefined) {
    const { merged, conflicts } = mergeThreeWays({ base: undefined, ours: mine, theirs: now }, resolution);
    const result = intoAuthors(merged);
    return { merged: result.merged, changes: result.changes.filter(isTaken), conflicts };
  }
  const { merged, changes, conflicts } = mergeThreeWays(
    { base: comparable(base), ours: mine, theirs: now },
    isUnchanged ? 'theirs' : resolution,
  );
  const taken = conflicts.filter((conflict) => isUnchanged || sideOf(conflict, resolution) === 'theirs');
  return {
    merged: intoAuthors(merged).merged,
    changes: [...changes.filter(isTaken), ...taken.map(asChange)],
    conflicts: isUnchanged ? [] : conflicts,
  };
}

const isTaken = ({ kind }: MergeChange): boolean => kind !== 'kept';

const sideOf = (conflict: MergeConflict, resolution: Resolution): 'ours' | 'theirs' =>
  typeof resolution === 'function' ? resolution(conflict) : resolution;

const asChange = ({ pointer, ours, theirs }: MergeConflict): MergeChange => ({
  kind: theirs === undefined ? 'removed' : ours === undefined ? 'added' : 'updated',
  pointer,
});
