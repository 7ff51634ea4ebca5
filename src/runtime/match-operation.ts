import type { JsonObject } from '../connector/json/value.ts';
import { type ExistingOperation, listOperations } from '../connector/operations.ts';

/** The operation that a request meets, with the values of its path's variables as they are in the request: encoded. */
export interface MatchedOperation {
  operation: ExistingOperation;
  pathValues: Map<string, string>;
}

/**
 * The operation of a definition that a method and a path mean. Of several the one whose path has the fewest variables.
 *
 * @param path without base path and query; case counts in what isn't a variable no more than for the service
 * @param query of paths that are written with one, that whose parts are all in here is meant before any other
 */
export function matchOperation(
  definition: JsonObject,
  method: string,
  path: string,
  query = '',
): MatchedOperation | undefined {
  const given = new Set(query.split('&'));
  let best: MatchedOperation | undefined;
  let most = -1;
  for (const operation of listOperations(definition)) {
    if (operation.method !== method.toLowerCase()) continue;
    const [start = '', fixed = ''] = operation.path.split('?', 2);
    const pathValues = matchPath(start, path);
    if (pathValues === undefined) continue;
    const parts = fixed.split('&').filter((part) => part !== '');
    const isMeant = parts.length > 0 && parts.every((part) => given.has(part));
    const same = isMeant ? parts.length : 0;
    const isBetter = best === undefined || same > most || (same === most && pathValues.size < best.pathValues.size);
    if (isBetter) [best, most] = [{ operation, pathValues }, same];
  }
  return best;
}

/** Segment by segment: a variable never takes more than one. */
function matchPath(template: string, path: string): Map<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, segment] of wanted.entries())
    if (!matchSegment(segment, given[index] ?? '', values)) return undefined;
  return values;
}

/**
 * Whether a segment is what a template means: fixed texts and variables in turn, such as `orders('{id}')`. Each variable
 * ends where the next text first occurs.
 *
 * @param values of the variables: they are added
 */
export function matchSegment(template: string, segment: string, values: Map<string, string>): boolean {
  const parts = template.split(/\{([^{}]*)\}/);
  const lower = segment.toLowerCase();
  let at = 0;
  for (let index = 0; index < parts.length; index += 2) {
    const text = (parts[index] ?? '').toLowerCase();
    const name = parts[index - 1];
    const isLast = index === parts.length - 1;
    const found = name === undefined ? 0 : isLast ? lower.length - text.length : lower.indexOf(text, at + 1);
    if (found < at || !lower.startsWith(text, found) || (isLast && found + text.length !== lower.length)) return false;
    if (name !== undefined) {
      if (found === at) return false;
      values.set(name, segment.slice(at, found));
    }
    at = found + text.length;
  }
  return true;
}
