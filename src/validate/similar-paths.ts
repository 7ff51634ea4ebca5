import type { Operation } from './model.ts';
import { routeOf } from './path-template.ts';

/** The paths of one verb as a tree of segments. */
interface Node {
  /** By segment; a variable is `{}`. */
  next: Map<string, Node>;
  /** Operations whose path ends here. */
  ends: Operation[];
}

const variable = '{}';

/** More segments than any path of a real API: what is longer isn't compared, so that no path can exhaust the stack. */
const maxSegments = 100;

const isVariable = (segment: string): boolean => segment.includes(variable);

/**
 * Pairs of operations of one verb where a literal segment of the one stands where the other has a variable, all other
 * segments agreeing: a value of the variable can lead to the wrong operation.
 *
 * @returns by the operation with the literal segment: those whose variable it shadows
 */
export function shadowedOperations(operations: readonly Operation[]): Map<Operation, Operation[]> {
  const trees = new Map<string, Node>();
  const queries: { operation: Operation; segments: string[]; tree: Node }[] = [];
  for (const operation of operations) {
    const tree: Node = trees.get(operation.method) ?? { next: new Map(), ends: [] };
    trees.set(operation.method, tree);
    const segments = routeOf(operation.path).split('/');
    if (segments.length > maxSegments) continue;
    let node = tree;
    for (const segment of segments) {
      const next: Node = node.next.get(segment) ?? { next: new Map(), ends: [] };
      node.next.set(segment, next);
      node = next;
    }
    node.ends.push(operation);
    queries.push({ operation, segments, tree });
  }
  const found = new Map<Operation, Operation[]>();
  for (const { operation, segments, tree } of queries) {
    const shadowed = search(tree, segments, 0, false);
    if (shadowed.length > 0) found.set(operation, shadowed);
  }
  return found;
}

/** The operations that agree with `segments`, but for literal segments where they have a variable (and, behind the first of them, the reverse). */
function search(node: Node, segments: readonly string[], at: number, differs: boolean): Operation[] {
  const segment = segments[at];
  if (segment === undefined) return differs ? node.ends : [];
  const found: Operation[] = [];
  const same = node.next.get(segment);
  if (same !== undefined) found.push(...search(same, segments, at + 1, differs));
  if (!isVariable(segment)) {
    const other = node.next.get(variable);
    if (other !== undefined && segment !== '') found.push(...search(other, segments, at + 1, true));
  } else if (differs && segment === variable) {
    for (const [key, other] of node.next) {
      if (key !== '' && !isVariable(key)) found.push(...search(other, segments, at + 1, true));
    }
  }
  return found;
}
