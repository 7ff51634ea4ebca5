import type { Report } from '../engine/rule.ts';
import type { Located } from '../engine/visitor.ts';
import { aroundDefinition, belongs, type HomeName } from './where-it-belongs.ts';

/**
 * Reports the keys of an object that are neither known nor extensions. A key that is known but for its case is
 * renamed by the fix.
 *
 * @param what the object in the words of the field: `an operation`
 * @param elsewhere where else a key may have been meant for
 */
export function reportUnknownKeys(
  node: Located,
  what: string,
  known: ReadonlySet<string>,
  report: Report,
  elsewhere: readonly HomeName[] = aroundDefinition,
): void {
  for (const key in node.value) {
    if (known.has(key) || key.startsWith('x-')) continue;
    const at = node.place.at(key);
    const lower = key.toLowerCase();
    const meant = [...known].find((name) => name.toLowerCase() === lower);
    if (meant === undefined) {
      const remark = belongs(key, elsewhere);
      report(
        at,
        remark ?? `${what} can't have "${key}": it isn't an OpenAPI 2.0 key; remove it, or start its name with "x-"`,
      );
    } else if (Object.hasOwn(node.value, meant)) {
      report(at, `${what} has both "${key}" and "${meant}"; keep "${meant}" and remove the other`);
    } else {
      report(at, `"${key}" must be written "${meant}"`, { op: 'rename', at, to: meant });
    }
  }
}
