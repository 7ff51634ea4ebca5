import { below } from '../json/pointer.ts';
import { asObject, asString, deepEqual, getOwn, isObject, type Json, type JsonObject, setOwn } from '../json/value.ts';

/**
 * Three states of a definition (or of its properties): what both sides began with, what the author made of it, and what
 * somebody else did: a newer API description, or the maker portal.
 */
export interface MergeInput {
  /** Undefined: not known; then every difference is a conflict. */
  base: JsonObject | undefined;
  ours: JsonObject;
  theirs: JsonObject;
}

/** Which side counts where both changed the same thing; asked for each one, or the same for all. */
export type Resolution = 'ours' | 'theirs' | ((conflict: MergeConflict) => 'ours' | 'theirs');

/** Both sides changed one value, each to something else; undefined stands for removed. */
export interface MergeConflict {
  pointer: string;
  base: Json | undefined;
  ours: Json | undefined;
  theirs: Json | undefined;
}

/** `added`, `updated`, `removed`: theirs changed and the result follows; `kept`: an edit of the author's stays. */
export interface MergeChange {
  kind: 'added' | 'updated' | 'removed' | 'kept';
  pointer: string;
}

export interface MergeResult {
  merged: JsonObject;
  changes: MergeChange[];
  /** All conflicts, resolved as `resolution` says. */
  conflicts: MergeConflict[];
}

/**
 * Brings their changes into a definition that its author has edited. Edits stay, additions come in; where both sides
 * changed the same value, `resolution` decides and the conflict is listed.
 */
export function mergeThreeWays(input: MergeInput, resolution: Resolution): MergeResult {
  const merger = new Merger(resolution, input.base !== undefined);
  const merged = merger.merge(input.base, input.ours, input.theirs, '');
  return { merged: isObject(merged) ? merged : {}, changes: merger.changes, conflicts: merger.conflicts };
}

/** How the elements of a list are told apart, by the end of its pointer. Lists without identity are one value. */
const identities = new Map<string, Identify>(
  Object.entries<Identify>({
    parameters: (element) => {
      const name = asString(getOwn(asObject(element), 'name'));
      const place = asString(getOwn(asObject(element), 'in'));
      // There is at most one body, whatever its name.
      return place === 'body'
        ? 'body'
        : name === undefined || place === undefined
          ? asString(getOwn(asObject(element), '$ref'))
          : `${place} ${name}`;
    },
    tags: (element) => asString(element) ?? asString(getOwn(asObject(element), 'name')),
    required: asString,
    enum: (element) => JSON.stringify(element),
    consumes: asString,
    produces: asString,
    'x-ms-enum-values': (element) => JSON.stringify(getOwn(asObject(element), 'value') ?? null),
    'x-ms-connector-metadata': (element) => asString(getOwn(asObject(element), 'propertyName')),
    policyTemplateInstances: (element) => {
      const title = asString(getOwn(asObject(element), 'title'));
      return title === undefined ? undefined : `${asString(getOwn(asObject(element), 'templateId')) ?? ''} ${title}`;
    },
    'connectionParameterSets/values': (element) => asString(getOwn(asObject(element), 'name')),
  }),
);

type Identify = (element: Json) => string | undefined;

function identityIn(pointer: string): Identify | undefined {
  const [parent, name = ''] = pointer.split('/').slice(-2);
  return identities.get(`${parent}/${name}`) ?? identities.get(name);
}

class Merger {
  readonly changes: MergeChange[] = [];
  readonly conflicts: MergeConflict[] = [];
  private readonly resolution: Resolution;
  private readonly knowsBase: boolean;

  constructor(resolution: Resolution, knowsBase: boolean) {
    this.resolution = resolution;
    this.knowsBase = knowsBase;
  }

  merge(base: Json | undefined, ours: Json | undefined, theirs: Json | undefined, pointer: string): Json | undefined {
    if (sameOrAbsent(ours, theirs)) return ours;
    // Inside of what all three have, changes are reported one by one.
    if (isObject(ours) && isObject(theirs)) return this.mergeObjects(isObject(base) ? base : {}, ours, theirs, pointer);
    if (this.knowsBase && sameOrAbsent(base, theirs)) {
      this.note('kept', pointer);
      return ours;
    }
    if (this.knowsBase && sameOrAbsent(base, ours)) {
      this.note(theirs === undefined ? 'removed' : ours === undefined ? 'added' : 'updated', pointer);
      return theirs;
    }
    if (Array.isArray(ours) && Array.isArray(theirs)) {
      const merged = this.mergeLists(Array.isArray(base) ? base : [], ours, theirs, pointer);
      if (merged !== undefined) return merged;
    }
    return this.resolve({ pointer, base, ours, theirs });
  }

  private note(kind: MergeChange['kind'], pointer: string): void {
    this.changes.push({ kind, pointer });
  }

  private resolve(conflict: MergeConflict): Json | undefined {
    this.conflicts.push(conflict);
    const side = typeof this.resolution === 'function' ? this.resolution(conflict) : this.resolution;
    return side === 'ours' ? conflict.ours : conflict.theirs;
  }

  private mergeObjects(base: JsonObject, ours: JsonObject, theirs: JsonObject, pointer: string): JsonObject {
    const merged: JsonObject = {};
    for (const key of interleave(Object.keys(ours), Object.keys(theirs))) {
      const value = this.merge(getOwn(base, key), getOwn(ours, key), getOwn(theirs, key), below(pointer, key));
      if (value !== undefined) setOwn(merged, key, value);
    }
    return merged;
  }

  /** Element by element where they have identities; undefined where they have none. */
  private mergeLists(
    base: readonly Json[],
    ours: readonly Json[],
    theirs: readonly Json[],
    pointer: string,
  ): Json[] | undefined {
    const identify = identityIn(pointer);
    if (identify === undefined) return undefined;
    const [baseById, oursById, theirsById] = [base, ours, theirs].map((list) => byIdentity(list, identify));
    if (baseById === undefined || oursById === undefined || theirsById === undefined) return undefined;
    const merged: Json[] = [];
    for (const id of interleave([...oursById.keys()], [...theirsById.keys()])) {
      const index = ours.indexOf(oursById.get(id) ?? null);
      const place = below(pointer, index >= 0 ? index : merged.length);
      const value = this.merge(baseById.get(id), oursById.get(id), theirsById.get(id), place);
      if (value !== undefined) merged.push(value);
    }
    return merged;
  }
}

function sameOrAbsent(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : deepEqual(a, b);
}

/** Undefined when an element has no identity or two have the same. */
function byIdentity(
  list: readonly Json[],
  identify: (element: Json) => string | undefined,
): Map<string, Json> | undefined {
  const result = new Map<string, Json>();
  for (const element of list) {
    const id = identify(element);
    if (id === undefined || result.has(id)) return undefined;
    result.set(id, element);
  }
  return result;
}

/** Our order; what is new in theirs comes after what it follows there. */
function interleave(ours: readonly string[], theirs: readonly string[]): string[] {
  const result = [...ours];
  const known = new Set(ours);
  let previous: string | undefined;
  for (const key of theirs) {
    if (!known.has(key)) {
      result.splice(previous === undefined ? 0 : result.indexOf(previous) + 1, 0, key);
      known.add(key);
    }
    previous = key;
  }
  return result;
}
