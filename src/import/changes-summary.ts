import { fromPointer } from '../connector/json/pointer.ts';
import { asObject, asString, getOwn, type JsonObject, valueAt } from '../connector/json/value.ts';
import type { MergeChange } from '../connector/merge/merge.ts';
import { counted, firstOf } from '../counted.ts';
import { onOneLine } from '../shown.ts';

/** What a refresh changed, for people: by operation, and by what a maker sees of each. */

type Thing = 'operation' | 'removal' | 'input' | 'output' | 'text' | 'schema' | 'setting';

const adjectives: Readonly<Record<MergeChange['kind'], string>> = {
  removed: 'removed',
  added: 'new',
  updated: 'changed',
  kept: 'kept',
};
const kinds: readonly MergeChange['kind'][] = ['removed', 'added', 'updated', 'kept'];
const things: readonly Thing[] = ['operation', 'removal', 'input', 'output', 'schema', 'text', 'setting'];

const texts: ReadonlySet<string> = new Set(['summary', 'description', 'x-ms-summary', 'title', 'displayName']);

/**
 * Lines such as `Create a template: 1 new output, 3 changed texts`; what was removed comes first.
 *
 * @param definition after the change, and `former` before it: they have the summaries
 */
export function describeChanges(changes: readonly MergeChange[], definition: JsonObject, former: JsonObject): string[] {
  const groups = new Map<string, { removes: boolean; counts: Map<string, number> }>();
  for (const { kind, pointer } of changes) {
    const place = placeOf(fromPointer(pointer), definition, former);
    const { title } = place;
    const isTakenOut = kind === 'kept' && place.thing === 'operation' && !has(definition, pointer);
    const thing = isTakenOut ? 'removal' : place.thing;
    const group = groups.get(title) ?? { removes: false, counts: new Map<string, number>() };
    groups.set(title, group);
    group.removes ||= kind === 'removed';
    const key = `${kind} ${thing}`;
    group.counts.set(key, (group.counts.get(key) ?? 0) + 1);
  }
  return [...groups]
    .sort(([, a], [, b]) => Number(b.removes) - Number(a.removes))
    .map(([title, { counts }]) => `${onOneLine(title)}: ${inWords(counts)}`);
}

/** A line about operations that have other ids in the description, and one about new ones among them. */
export function describeKeptIds(upstream: Readonly<Record<string, string>>, taken: readonly string[]): string {
  const count = Object.keys(upstream).length - taken.length;
  const kept = count === 1 ? '1 operation keeps the id' : `${count} operations keep the ids`;
  const others = firstOf(
    taken.map((id) => `${id} (${upstream[id] ?? ''} in the description)`),
    5,
  );
  return [
    count === 0 ? '' : `${kept} that flows use; the description has other ids\n`,
    taken.length === 0 ? '' : `new, under another id, since flows know its own as another operation: ${others}\n`,
  ].join('');
}

const has = (definition: JsonObject, pointer: string): boolean =>
  valueAt(definition, fromPointer(pointer)) !== undefined;

const inWords = (counts: ReadonlyMap<string, number>): string =>
  kinds
    .flatMap((kind) =>
      things.flatMap((thing) => {
        const count = counts.get(`${kind} ${thing}`) ?? 0;
        return count === 0 ? [] : [`${counted(count, `${adjectives[kind]} ${thing}`)}`];
      }),
    )
    .join(', ');

/** The operation or schema that a pointer leads into, and what a maker sees there. */
function placeOf(
  tokens: readonly string[],
  definition: JsonObject,
  former: JsonObject,
): { title: string; thing: Thing } {
  const [section = '', name = '', method = '', ...rest] = tokens;
  const isText = texts.has(tokens.at(-1) ?? '');
  if (section === 'definitions')
    return { title: `Schema ${name}`, thing: isText ? 'text' : method === '' ? 'schema' : 'output' };
  if (section !== 'paths' || method === '') return { title: 'The connector', thing: isText ? 'text' : 'setting' };
  const operation = [definition, former]
    .map((version) => getOwn(getOwn(asObject(version.paths), name), method))
    .find((found) => found !== undefined);
  const title = asString(getOwn(operation, 'summary')) ?? `${method.toUpperCase()} ${name}`;
  if (rest.length === 0) return { title, thing: 'operation' };
  if (isText) return { title, thing: 'text' };
  const thing = rest[0] === 'parameters' ? 'input' : rest[0] === 'responses' ? 'output' : 'setting';
  return { title, thing };
}
