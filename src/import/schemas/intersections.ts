import type { Json } from '../../connector/json/value.ts';
import type { Report } from '../report.ts';
import {
  copyFlat,
  type Expression,
  emptyFlat,
  type Flat,
  isAnnotation,
  isBare,
  type Kind,
  type LevelContext,
  leaf,
  placeOf,
} from './flat-schema.ts';
import { tighterBounds } from './schema-keywords.ts';

/** All of several levels at once. */
export function intersectFlats(
  flats: readonly Flat[],
  at: string,
  context: LevelContext,
  readOnly: 'any' | 'all' = 'any',
): Flat {
  const parts = flats.filter((flat) => flat.kind !== 'cut');
  const saying = parts.filter((flat) => !isAnnotation(flat));
  // `type: object` beside an object says nothing new; without this, a lone reference would be copied out.
  const weighty = saying.filter(
    (flat) =>
      !isBare(flat) ||
      !saying.some(
        (other) =>
          other !== flat &&
          other.kind === flat.kind &&
          !(isBare(other) && saying.indexOf(other) > saying.indexOf(flat)),
      ),
  );
  const [single] = weighty;
  const result = single !== undefined && weighty.length === 1 ? copyFlat(single) : mergeAll(weighty, at, context);
  // The first text counts: that of the node itself comes before those of what it includes.
  for (const part of parts) {
    result.title = parts.find((entry) => entry.title !== undefined)?.title;
    result.description = parts.find((entry) => entry.description !== undefined)?.description;
    result.nullable ||= part.nullable;
    result.readOnly ||= readOnly === 'any' && part.readOnly;
    result.deprecated ||= part.deprecated;
    result.extensions = { ...part.extensions, ...result.extensions };
    result.default ??= part.default;
    for (const source of part.sources) result.sources.add(source);
  }
  if (readOnly === 'all') result.readOnly = isReadOnly(parts, at, context.report);
  return result;
}

/** A property that one part declares anew without `readOnly` can be sent; mere annotations always count. */
function isReadOnly(parts: readonly Flat[], at: string, report: Report): boolean {
  const typed = parts.filter((part) => !isAnnotation(part));
  const isStated = parts.some((part) => part.readOnly && (isAnnotation(part) || typed.length === 1));
  const isShared = typed.length > 0 && typed.every((part) => part.readOnly);
  if (!isStated && !isShared && parts.some((part) => part.readOnly))
    report.info('read-only-redefined', at, 'Read-only in one part and declared anew in another: it can be sent.');
  return isStated || isShared;
}

function mergeAll(parts: readonly Flat[], at: string, context: LevelContext): Flat {
  const result = emptyFlat('untyped', at);
  const properties = new Map<string, Expression[]>();
  const items: Expression[] = [];
  const additional: Expression[] = [];
  for (const part of parts) {
    result.kind = meet(result, part, at, context.report);
    if (part.kind === 'never') continue;
    for (const [name, property] of part.properties) properties.set(name, [...(properties.get(name) ?? []), property]);
    for (const name of part.required) result.required.add(name);
    if (part.items !== undefined) items.push(part.items);
    if (part.additional === true) result.additional ??= true;
    else if (part.additional !== undefined) additional.push(part.additional);
    result.enum = meetEnums(result.enum, part.enum);
    result.format = part.format ?? result.format;
    result.pattern = part.pattern ?? result.pattern;
    result.bounds = tighterBounds(result.bounds, part.bounds);
    for (const [value, name] of part.enumNames) result.enumNames.set(value, name);
  }
  if (result.kind === 'untyped' && properties.size > 0) result.kind = 'object';
  for (const [name, expressions] of properties)
    result.properties.set(name, context.group('all', expressions, placeOf(expressions.at(-1) ?? leafAt(at))));
  if (items.length > 0) result.items = context.group('all', items, at);
  if (additional.length > 0) result.additional = context.group('all', additional, at);
  return result;
}

/** The type that fits both; when none does, the later one counts. */
function meet(result: Flat, part: Flat, at: string, report: Report): Kind {
  const { kind } = result;
  if (kind === 'untyped') return part.kind;
  if (part.kind === 'untyped' || part.kind === kind) return kind;
  if (kind === 'number' && part.kind === 'integer') return 'integer';
  if (kind === 'integer' && part.kind === 'number') return 'integer';
  if (kind === 'null' || part.kind === 'null') return kind === 'null' ? part.kind : kind;
  report.lossy(
    'allof-conflict',
    at,
    `Parts of allOf contradict each other (${kind}, ${part.kind}); the last one counts.`,
  );
  return part.kind;
}

function leafAt(at: string): Expression {
  return leaf({ value: {}, at, file: { uri: '', root: {}, bytes: new Uint8Array() } });
}

function meetEnums(a: Json[] | undefined, b: Json[] | undefined): Json[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const common = a.filter((value) => b.some((other) => String(other) === String(value)));
  return common.length > 0 ? common : b;
}
