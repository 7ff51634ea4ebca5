import { decodeFragment } from '../../connector/json/pointer.ts';
import { isObject, type Json } from '../../connector/json/value.ts';
import type { ApiModel } from '../model.ts';

/** A tag with what choosing it would mean. */
export interface TagOverview {
  tag: string;
  operations: number;
  /** Estimated size in the definition, in KB, with everything that its operations refer to. */
  kilobytes: number;
}

/** Share of a source that ends up in the definition, by experience. */
const kept = 0.6;

/** All tags, the most used first, so that a person can choose among them. */
export function overviewOfTags(model: ApiModel, root: Json): TagOverview[] {
  const sizes = new Map<string, { size: number; targets: Set<string> }>();
  const weigh = (pointer: string): { size: number; targets: Set<string> } => {
    const known = sizes.get(pointer);
    if (known !== undefined) return known;
    const weight = weightOf(nodeAt(root, pointer));
    sizes.set(pointer, weight);
    return weight;
  };
  const operations = new Map<string, string[]>();
  for (const operation of model.operations)
    for (const tag of operation.tags) operations.set(tag, [...(operations.get(tag) ?? []), operation.at]);
  const overview = [...operations].map(([tag, places]) => {
    const reached = new Set<string>();
    const queue = [...places];
    let total = 0;
    for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
      if (reached.has(place)) continue;
      reached.add(place);
      const { size, targets } = weigh(place);
      total += size;
      queue.push(...targets);
    }
    return { tag, operations: places.length, kilobytes: Math.ceil((total * kept) / 1024) };
  });
  return overview.sort((a, b) => b.operations - a.operations || (a.tag < b.tag ? -1 : 1));
}

function nodeAt(root: Json, pointer: string): Json | undefined {
  let node: Json | undefined = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    node = Array.isArray(node) ? node[Number(key)] : isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }
  return node;
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
          targets.add(decodeFragment(value.slice(1)));
        queue.push(value);
      }
    } else size += typeof next === 'string' ? next.length : 4;
  }
  return { size, targets };
}
