import { fromPointer } from '../../connector/json/pointer.ts';
import { isObject, type Json, valueAt } from '../../connector/json/value.ts';
import { decodePercent } from '../../percent-encoding.ts';
import type { SourceOperation } from '../model.ts';

/** A part of an API with what choosing it would mean. */
export interface PartOverview {
  /** A tag, or the beginning of paths. */
  part: string;
  operations: number;
  /** Estimated size in the definition, in KB, with everything that its operations refer to. */
  kilobytes: number;
}

/** Share of a source that ends up in the definition, by experience. */
const kept = 0.6;

/**
 * All parts, the largest first, so that a person can choose among them.
 *
 * @param partsOf what an operation belongs to
 */
export function overviewOfParts(
  operations: readonly SourceOperation[],
  root: Json,
  partsOf: (operation: SourceOperation) => readonly string[],
): PartOverview[] {
  const sizes = new Map<string, { size: number; targets: Set<string> }>();
  const weigh = (pointer: string): { size: number; targets: Set<string> } => {
    const known = sizes.get(pointer);
    if (known !== undefined) return known;
    const weight = weightOf(valueAt(root, fromPointer(pointer)));
    sizes.set(pointer, weight);
    return weight;
  };
  const byPart = new Map<string, string[]>();
  for (const operation of operations)
    for (const part of new Set(partsOf(operation))) {
      const places = byPart.get(part);
      if (places === undefined) byPart.set(part, [operation.at]);
      else places.push(operation.at);
    }
  const overview = [...byPart].map(([part, places]) => {
    const reached = new Set<string>();
    const queue = [...places];
    let total = 0;
    for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
      if (reached.has(place)) continue;
      reached.add(place);
      const { size, targets } = weigh(place);
      total += size;
      for (const target of targets) queue.push(target);
    }
    return { part, operations: places.length, kilobytes: Math.ceil((total * kept) / 1024) };
  });
  return overview.sort((a, b) => b.operations - a.operations || (a.part < b.part ? -1 : 1));
}

/** Characters of a node without samples, and the places inside the document that it refers to. */
function weightOf(node: Json | undefined): { size: number; targets: Set<string> } {
  const targets = new Set<string>();
  let size = 0;
  const queue: Json[] = node === undefined ? [] : [node];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (Array.isArray(next)) for (const entry of next) queue.push(entry);
    else if (isObject(next)) {
      for (const [key, value] of Object.entries(next)) {
        if (key === 'example' || key === 'examples' || key.startsWith('x-')) continue;
        size += key.length + 4;
        if (key === '$ref' && typeof value === 'string' && value.startsWith('#/'))
          targets.add(decodePercent(value.slice(1)));
        queue.push(value);
      }
    } else size += typeof next === 'string' ? next.length : 4;
  }
  return { size, targets };
}
