import { routeOf } from '../../connector/facts/path-template.ts';
import type { Operation } from '../engine/model.ts';

/** The paths of one verb as a tree of segments. */
interface Node {
  /** By segment; a variable is `{}`. */
  next: Map<string, Node>;
  /** Operations whose path ends here. */
  ends: Operation[];
}

const variable = '{}';

/** As many are named; all pairs of a few thousand such paths would be millions. */
const mostShadowed = 3;

/** More segments than any path of a real API: what is longer isn't compared, so that no path can exhaust the stack. */
const maxSegments = 100;

const isVariable = (segment: string): boolean => segment.includes(variable);

/**
 * Pairs of operations of one verb where a literal segment of the one is where the other has a variable, all other
 * segments agreeing: a value of the variable can lead to the wrong operation.
 *
 * @returns by the operation with the literal segment: the first of those whose variable it shadows, at most `mostShadowed`
 */
export function shadowedOperations(operations: readonly Operation[]): Map<Operation, Operation[]> {
  const found = new Map<Operation, Operation[]>();
  for (const group of comparable(operations)) {
    // only what has a variable can be shadowed
    const tree = treeOf(group.filter(({ operation }) => operation.path.includes('{')));
    for (const { operation, segments } of group) {
      const shadowed: Operation[] = [];
      search(tree, segments, 0, false, shadowed);
      if (shadowed.length > 0) found.set(operation, shadowed);
    }
  }
  return found;
}

interface Route {
  operation: Operation;
  segments: string[];
}

/** Operations of the same verb and number of segments, where some have a variable. */
function comparable(operations: readonly Operation[]): Route[][] {
  const groups = new Map<string, { routes: Route[]; variables: number }>();
  let path: string | undefined;
  let segments: string[] = [];
  for (const operation of operations) {
    // the operations of a path follow each other
    if (operation.path !== path) segments = routeOf(operation.path).split('/');
    path = operation.path;
    if (segments.length > maxSegments) continue;
    const key = `${operation.method} ${segments.length}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { routes: [], variables: 0 };
      groups.set(key, group);
    }
    group.routes.push({ operation, segments });
    if (path.includes('{')) group.variables += 1;
  }
  return [...groups.values()]
    .filter((group) => group.variables > 0 && group.routes.length > 1)
    .map((group) => group.routes);
}

function treeOf(routes: readonly Route[]): Node {
  const tree: Node = { next: new Map(), ends: [] };
  for (const { operation, segments } of routes) {
    let node = tree;
    for (const segment of segments) {
      const next: Node = node.next.get(segment) ?? { next: new Map(), ends: [] };
      node.next.set(segment, next);
      node = next;
    }
    node.ends.push(operation);
  }
  return tree;
}

/** Adds the operations that agree with `segments`, but for literal segments where they have a variable (and, after the first of them, the reverse). */
function search(node: Node, segments: readonly string[], at: number, differs: boolean, found: Operation[]): void {
  if (found.length >= mostShadowed) return;
  const segment = segments[at];
  if (segment === undefined) {
    if (differs) found.push(...node.ends.slice(0, mostShadowed - found.length));
    return;
  }
  const same = node.next.get(segment);
  if (same !== undefined) search(same, segments, at + 1, differs, found);
  if (!isVariable(segment)) {
    const other = node.next.get(variable);
    if (other !== undefined && segment !== '') search(other, segments, at + 1, true, found);
  } else if (differs && segment === variable) {
    for (const [key, other] of node.next) {
      if (key !== '' && !isVariable(key)) search(other, segments, at + 1, true, found);
      if (found.length >= mostShadowed) return;
    }
  }
}
