import type { Json } from '../../connector/json/value.ts';
import type { ReportCode } from '../report-codes.ts';
import {
  type Expression,
  emptyFlat,
  type Flat,
  isAnnotation,
  isScalar,
  type Kind,
  type LevelContext,
  placeOf,
} from './flat-schema.ts';
import { areScalars, castTo, commonBounds, commonScalar } from './schema-keywords.ts';

/** One of several levels, with the schema as written; none when it comes from a list of types. */
interface Alternative {
  readonly flat: Flat;
  readonly expression: Expression | undefined;
}

/**
 * Any of several levels, as one level that all their values fit: Swagger 2.0 has no unions.
 *
 * `expressions` are the alternatives as written, in the same order (none when they come from a list of types).
 */
export function uniteFlats(
  flats: readonly Flat[],
  expressions: readonly Expression[],
  at: string,
  context: LevelContext,
): Flat {
  const alternatives = flats
    .map((flat, index) => ({ flat, expression: expressions[index] }))
    .filter(({ flat }) => flat.kind !== 'null' && flat.kind !== 'never' && flat.kind !== 'cut');
  const nullable = flats.some((flat) => flat.kind === 'null' || flat.nullable);
  const parts = alternatives.map(({ flat }) => flat);
  const [first] = parts;
  if (first === undefined)
    return { ...emptyFlat(flats.some((flat) => flat.kind === 'null') ? 'null' : 'untyped', at), nullable };
  const united =
    parts.length === 1 || parts.every((part) => part === first)
      ? { ...first, required: new Set(first.required), sources: new Set(first.sources) }
      : uniteAlternatives(alternatives, at, context);
  return { ...united, nullable: united.nullable || nullable };
}

/** At least two different alternatives. */
function uniteAlternatives(alternatives: readonly Alternative[], at: string, context: LevelContext): Flat {
  const parts = alternatives.map(({ flat }) => flat);
  const described = parts.filter((flat) => !isAnnotation(flat));
  if (described.length < parts.length && described.length > 0 && described.every(({ kind }) => kind === 'object'))
    return uniteWithAnything(alternatives, at, context);
  const kinds = [...new Set(parts.map(({ kind }) => kind))];
  if (areScalars(kinds)) return uniteScalars(parts, at, context);
  if (kinds.every((kind) => kind === 'object')) return uniteObjects(parts, at, context);
  if (kinds.every((kind) => kind === 'array')) return uniteArrays(parts, at, context);
  if (kinds.includes('array') && !kinds.includes('untyped')) {
    context.report.lossy('union-array', at, 'One value or a list of them: always a list here.');
    return uniteWithArray(alternatives, at, context);
  }
  return uniteByKind(alternatives, kinds, at, context);
}

/** Anything at all beside objects: their properties are still what can be expected. */
function uniteWithAnything(alternatives: readonly Alternative[], at: string, context: LevelContext): Flat {
  const described = alternatives.filter(({ flat }) => flat.kind === 'object');
  const merged = uniteFlats(
    described.map(({ flat }) => flat),
    described.flatMap(({ expression }) => expression ?? []),
    at,
    context,
  );
  context.report.lossy('union-merged', at, 'Any value or one of the objects: an object with optional properties here.');
  return { ...merged, required: new Set(), definition: undefined };
}

/** Kinds that no single one has room for: the text among them, or anything at all. */
function uniteByKind(
  alternatives: readonly Alternative[],
  kinds: readonly Kind[],
  at: string,
  context: LevelContext,
): Flat {
  const lose = (which: (flat: Flat) => boolean, cause: ReportCode): void => {
    for (const { flat, expression } of alternatives)
      if (expression !== undefined && which(flat)) context.onLost(expression, cause);
  };
  const scalars = kinds.filter(isScalar);
  if (
    kinds.includes('object') &&
    scalars.length > 0 &&
    scalars.length === kinds.length - 1 &&
    scalars.includes('string')
  ) {
    context.report.lossy('union-expandable', at, 'A text or an object: a text here.');
    lose((flat) => flat.kind === 'object', 'union-expandable');
    const texts = alternatives.map(({ flat }) => flat).filter(({ kind }) => isScalar(kind));
    return { ...emptyFlat('string', at), sources: sourcesOf(texts) };
  }
  context.report.lossy(
    'union-untyped',
    at,
    `Alternatives without anything in common (${kinds.join(', ')}): any value is accepted.`,
  );
  lose((flat) => !isAnnotation(flat), 'union-untyped');
  return emptyFlat('untyped', at);
}

function sourcesOf(parts: readonly Flat[]): Set<string> {
  return new Set(parts.flatMap((part) => [...part.sources]));
}

function uniteScalars(alternatives: readonly Flat[], at: string, context: LevelContext): Flat {
  const parts = numbersAlone(alternatives);
  const kinds = [...new Set(parts.map(({ kind }) => kind))].filter(isScalar);
  const kind = commonScalar(kinds);
  const result = emptyFlat(kind, at);
  const [first] = parts;
  if (first === undefined) return result;
  result.sources = sourcesOf(alternatives);
  const sameFormat = parts.every((part) => part.format === first.format);
  const samePattern = parts.every((part) => part.pattern === first.pattern);
  const allListed = parts.every((part) => part.enum !== undefined);
  if (sameFormat && (kind === 'string' || kinds.length === 1)) result.format = first.format;
  if (samePattern) result.pattern = first.pattern;
  result.bounds = parts.map((part) => part.bounds).reduce(commonBounds);
  if (allListed) {
    const values = new Map<string, Json>();
    for (const value of parts.flatMap((part) => part.enum ?? [])) {
      const cast = castTo(value, kind);
      if (cast !== undefined) values.set(JSON.stringify(cast), cast);
    }
    result.enum = [...values.values()];
    for (const part of parts) {
      for (const [value, name] of namesOf(part))
        result.enumNames.set(JSON.stringify(castTo(JSON.parse(value) as Json, kind) ?? null), name);
    }
  }
  const loses =
    parts.length < alternatives.length ||
    kinds.length > 1 ||
    !sameFormat ||
    !samePattern ||
    (!allListed && parts.some((part) => part.enum !== undefined));
  if (loses) context.report.lossy('union-scalar', at, `Alternatives (${describeKinds(parts)}): ${kind} here.`);
  return result;
}

/** Display names of the values of an alternative: one that is a single value is named by its title. */
function namesOf(part: Flat): [string, string][] {
  const [value, ...others] = part.enum ?? [];
  const isNamed = value !== undefined && others.length === 0 && part.enumNames.size === 0 && part.title !== undefined;
  return isNamed ? [[JSON.stringify(value), part.title ?? '']] : [...part.enumNames];
}

/** Words for numbers that JSON has no form for: Microsoft Graph allows them beside every number. */
const notFinite: ReadonlySet<string> = new Set(['-INF', 'INF', 'NaN', 'Infinity', '-Infinity']);

/** A number or one of the words for what is none, and perhaps any text because of them: the API answers with numbers. */
function numbersAlone(parts: readonly Flat[]): Flat[] {
  const isNumber = ({ kind }: Flat): boolean => kind === 'number' || kind === 'integer';
  const isWords = (part: Flat): boolean =>
    part.kind === 'string' && part.enum !== undefined && part.enum.every((word) => notFinite.has(String(word)));
  const numbers = parts.filter(isNumber);
  return numbers.length > 0 && parts.some(isWords) && parts.every(({ kind }) => kind !== 'boolean')
    ? numbers
    : [...parts];
}

function describeKinds(parts: readonly Flat[]): string {
  return [...new Set(parts.map((part) => (part.format === undefined ? part.kind : `${part.kind} ${part.format}`)))]
    .slice(0, 6)
    .join(', ');
}

function uniteObjects(parts: readonly Flat[], at: string, context: LevelContext): Flat {
  const result = emptyFlat('object', at);
  const properties = new Map<string, Expression[]>();
  const additional: Expression[] = [];
  const counts = new Map<string, number>();
  for (const part of parts) {
    for (const [name, property] of part.properties) {
      const known = properties.get(name);
      if (known === undefined) properties.set(name, [property]);
      else known.push(property);
    }
    for (const name of part.required) counts.set(name, (counts.get(name) ?? 0) + 1);
    if (part.additional === true) result.additional ??= true;
    else if (part.additional !== undefined) additional.push(part.additional);
    for (const source of part.sources) result.sources.add(source);
  }
  for (const [name, expressions] of properties) {
    const [first] = expressions;
    if (first !== undefined) result.properties.set(name, context.group('any', expressions, placeOf(first)));
  }
  for (const [name, count] of counts) if (count === parts.length) result.required.add(name);
  if (additional.length > 0) result.additional = context.group('any', additional, at);
  result.description = variantText(parts);
  context.report.lossy('union-merged', at, `${parts.length} alternatives merged into one object.`);
  return result;
}

/** "One of: card, bank account." as long as the names are few and known. */
function variantText(parts: readonly Flat[]): string | undefined {
  const names = parts.map((part) => part.title ?? nameInPointer(part.at));
  if (names.some((name) => name === undefined)) return undefined;
  const text = `One of: ${names.join(', ')}.`;
  return text.length <= 200 ? text : undefined;
}

function nameInPointer(at: string): string | undefined {
  return /^\/(?:components\/schemas|definitions)\/([^/]+)$/.exec(at)?.[1];
}

function uniteArrays(parts: readonly Flat[], at: string, context: LevelContext): Flat {
  const result = emptyFlat('array', at);
  result.sources = sourcesOf(parts);
  result.bounds = parts.map((part) => part.bounds).reduce(commonBounds);
  const items = parts.flatMap((part) => (part.items === undefined ? [] : [part.items]));
  if (items.length === parts.length) result.items = context.group('any', items, at);
  context.report.lossy('union-merged', at, `${parts.length} kinds of list merged into one.`);
  return result;
}

function uniteWithArray(alternatives: readonly Alternative[], at: string, context: LevelContext): Flat {
  const result = emptyFlat('array', at);
  result.sources = sourcesOf(alternatives.map(({ flat }) => flat));
  const lists = alternatives.filter(({ flat }) => flat.kind === 'array');
  const singles = alternatives.filter(({ flat }) => flat.kind !== 'array');
  const items = lists.flatMap(({ flat }) => (flat.items === undefined ? [] : [flat.items]));
  const isList = (kind: Kind): boolean => kind === 'object';
  // A plain value beside a list of objects is a short form of such an object: the list can say the same.
  const members = singles.flatMap(({ flat, expression }) =>
    expression === undefined || (items.length > 0 && !isList(flat.kind)) ? [] : [expression],
  );
  if (items.length + members.length > 0) result.items = context.group('any', [...items, ...members], at);
  return result;
}
