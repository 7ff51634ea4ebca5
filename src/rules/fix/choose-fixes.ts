import { dirname, join } from 'node:path';
import type { SourceFile } from '../../connector/source-file.ts';
import type { Fix } from '../engine/rule.ts';
import type { Finding } from '../engine/run.ts';

/**
 * The findings whose fixes can be applied together, the first one first: no two of them change the same value or
 * something inside it, and none renames or deletes a file of another one. The fixes of a finding belong together, so all of them go in or none; what is left is for the
 * next round.
 */
export function chooseFixes(findings: readonly Finding[]): Finding[] {
  const claims = new Claims();
  return findings.filter(({ fixes }) => fixes.length > 0 && claims.take(fixes));
}

/** Every fix of the findings once: the findings of one broken file share the edit that repairs it. */
export const fixesOf = (findings: readonly Finding[]): Fix[] => {
  const edits = new Set<unknown>();
  return findings.flatMap(({ fixes }) =>
    fixes.filter((fix) => {
      if (!('edit' in fix)) return true;
      const isNew = !edits.has(fix.edit);
      edits.add(fix.edit);
      return isNew;
    }),
  );
};

/** What the chosen fixes change: per file, by JSON pointer, and as whole files, by path. */
class Claims {
  private readonly paths = new Set<string>();
  private readonly taken = new Map<SourceFile, Set<string>>();
  /** All that lies above something taken. */
  private readonly above = new Map<SourceFile, Set<string>>();

  take(fixes: readonly Fix[]): boolean {
    const places = fixes.flatMap((fix) => ('at' in fix ? [fix.at] : []));
    if (places.some(({ file }) => 'problems' in file && asProblems(file.problems) > 0)) return false;
    const claims = places.map((place) => ({ file: place.file, lineage: lineage(place.pointer()) }));
    if (claims.some((claim) => !this.isFree(claim))) return false;
    const paths = fixes.flatMap(pathsOf);
    if (paths.some((path) => this.paths.has(path))) return false;
    for (const path of paths) this.paths.add(path);
    for (const { file, lineage: pointers } of claims) {
      const [own, ...parents] = pointers;
      setOf(this.taken, file).add(own ?? '');
      for (const parent of parents) setOf(this.above, file).add(parent);
    }
    return true;
  }

  private isFree({ file, lineage: pointers }: { file: SourceFile; lineage: string[] }): boolean {
    const taken = setOf(this.taken, file);
    return !setOf(this.above, file).has(pointers[0] ?? '') && !pointers.some((pointer) => taken.has(pointer));
  }
}

/** The files that a fix renames or deletes, in one spelling: many file systems know no other. */
function pathsOf(fix: Fix): string[] {
  if (!('path' in fix)) return [];
  const names = fix.op === 'rename-file' ? [fix.path, join(dirname(fix.path), fix.to)] : [fix.path];
  return names.map((name) => name.toLowerCase());
}

const asProblems = (problems: unknown): number => (Array.isArray(problems) ? problems.length : 0);

/** A pointer and those of everything around it, from the inside out. */
function lineage(pointer: string): string[] {
  const pointers = [pointer];
  for (let at = pointer.lastIndexOf('/'); at >= 0; at = at === 0 ? -1 : pointer.lastIndexOf('/', at - 1)) {
    pointers.push(pointer.slice(0, at));
  }
  return pointers;
}

function setOf(map: Map<SourceFile, Set<string>>, file: SourceFile): Set<string> {
  const known = map.get(file) ?? new Set<string>();
  map.set(file, known);
  return known;
}
