import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { clipSentences, firstSentence } from '../../language/sentences.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import { type Indent, indents, sizeOf } from '../serialise.ts';
import { anyObjectProperty } from './definitions.ts';

/** Target size of the written definition: the service takes less than 1 MB. */
export const targetBytes = 900 * 1024;
const shortText = 150;
const longEnum = 100;
/** What an operation refers to itself stays. */
const nearest = 1;
/** Inline objects larger than this, in bytes of JSON, are worth sharing. */
const worthSharing = 400;

export interface ShrinkInput {
  /** The complete definition; changed in place. */
  definition: JsonObject;
  /** Pointers in the source, by name of the definition. */
  places: ReadonlyMap<string, string>;
  report: Report;
  maxBytes: number;
  maxDepth: number | undefined;
  /** Weight and label of each operation for the advice, heaviest first. */
  heaviest: () => string[];
}

/** How a definition is written, and its size then. */
export interface Fit {
  indent: Indent;
  bytes: number;
}

/** Makes the definition small enough, step by step, each only when the one before didn't do. Returns how it is to be written. */
export function shrink(input: ShrinkInput): Fit {
  const { definition, report, maxBytes, maxDepth } = input;
  if (maxDepth !== undefined) cutByDistance(input, maxDepth);
  // The compact form is the cheapest to measure, and what it exceeds the others do too.
  const fits = (): Fit | undefined => {
    const compact = { indent: 0, bytes: sizeOf(definition, 0) } as const;
    if (compact.bytes > maxBytes) return undefined;
    for (const indent of indents) {
      const bytes = indent === 0 ? compact.bytes : sizeOf(definition, indent);
      if (bytes <= maxBytes) return { indent, bytes };
    }
    return compact;
  };
  const [widest] = indents;
  let fit = fits();
  if (fit?.indent === widest) return fit;
  if (fit === undefined && shareEqualObjects(definition)) {
    report.info('size-shared', '', 'Equal objects became one definition, to save space.');
    fit = fits();
  }
  if (fit !== undefined) {
    report.info(
      'size-indent',
      '',
      `Written with ${fit.indent === 0 ? 'no' : String(fit.indent)} spaces of indentation, to save space.`,
    );
    return fit;
  }
  const steps: readonly (() => void)[] = [
    () => {
      shortenTexts(definition, input);
    },
    () => {
      dropDetails(definition, input);
    },
    () => {
      dropLongEnums(definition, input);
    },
    () => {
      cutToFit(input);
    },
  ];
  report.info('size-indent', '', 'Written without indentation, to save space.');
  for (const step of steps) {
    step();
    fit = fits();
    if (fit !== undefined) return fit;
  }
  throw new ImportRefused(
    'too-large',
    `The definition has ${Math.ceil(sizeOf(definition, 0) / 1024)} KB; ${Math.floor(maxBytes / 1024)} KB is the limit.`,
    {
      hint: `Select fewer operations. The heaviest: ${input.heaviest().slice(0, 10).join('; ')}`,
    },
  );
}

/** Every schema of the result below `value`, with the pointer in the source of the definition that holds it. */
function eachSchema(
  definition: JsonObject,
  places: ReadonlyMap<string, string>,
  visit: (schema: JsonObject, at: string) => void,
): void {
  const walk = (value: Json | undefined, at: string): void => {
    if (!isObject(value)) return;
    visit(value, at);
    for (const [name, property] of Object.entries(asObject(value.properties)))
      walk(property, `${at}/properties/${name}`);
    walk(value.items, `${at}/items`);
    walk(value.additionalProperties, `${at}/additionalProperties`);
  };
  for (const [name, schema] of Object.entries(asObject(definition.definitions))) walk(schema, places.get(name) ?? '');
  for (const operation of operationsOf(definition)) {
    for (const parameter of asArray(operation.parameters)) walk(asObject(parameter).schema, '');
    for (const response of Object.values(asObject(operation.responses))) walk(asObject(response).schema, '');
  }
}

function operationsOf(definition: JsonObject): JsonObject[] {
  return Object.values(asObject(definition.paths)).flatMap((item) => Object.values(asObject(item)).filter(isObject));
}

function shortenTexts(definition: JsonObject, { places, report }: ShrinkInput): void {
  let count = 0;
  eachSchema(definition, places, (schema) => {
    const text = asString(schema.description);
    if (text === undefined || text.length <= shortText) return;
    schema.description = clipSentences(firstSentence(text), shortText);
    count += 1;
  });
  if (count > 0)
    report.lossy('size-texts', '', `${count} descriptions of properties were cut to one sentence, to save space.`);
}

/** Members that only restrict or that say what the name says too. */
function dropDetails(definition: JsonObject, { places, report }: ShrinkInput): void {
  let count = 0;
  eachSchema(definition, places, (schema) => {
    for (const key of [
      'x-nullable',
      'pattern',
      'minLength',
      'maxLength',
      'minimum',
      'maximum',
      'exclusiveMinimum',
      'exclusiveMaximum',
      'minItems',
      'maxItems',
      'multipleOf',
    ]) {
      if (schema[key] === undefined) continue;
      delete schema[key];
      count += 1;
    }
  });
  if (count > 0) report.lossy('size-details', '', `${count} limits of values were removed, to save space.`);
}

function dropLongEnums(definition: JsonObject, { places, report }: ShrinkInput): void {
  eachSchema(definition, places, (schema, at) => {
    const values = asArray(schema.enum);
    if (values.length <= longEnum) return;
    delete schema.enum;
    delete schema['x-ms-enum-values'];
    delete schema.default;
    report.lossy('enum-cut', at, `A list of ${values.length} values was removed, to save space.`);
  });
}

/** Definitions by their shortest distance from an operation, in references; 1 is what an operation refers to itself. */
function distances(definition: JsonObject): Map<string, number> {
  const definitions = asObject(definition.definitions);
  const distance = new Map<string, number>();
  let frontier = referencesIn(definition.paths);
  for (let step = 1; frontier.size > 0; step += 1) {
    const next = new Set<string>();
    for (const name of frontier) {
      if (distance.has(name) || !Object.hasOwn(definitions, name)) continue;
      distance.set(name, step);
      for (const target of referencesIn(definitions[name])) next.add(target);
    }
    frontier = next;
  }
  return distance;
}

export function referencesIn(value: Json | undefined): Set<string> {
  const found = new Set<string>();
  const queue: Json[] = value === undefined ? [] : [value];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (Array.isArray(next)) queue.push(...next);
    else if (isObject(next)) {
      const reference = next.$ref;
      if (typeof reference === 'string' && reference.startsWith('#/definitions/'))
        found.add(reference.slice('#/definitions/'.length));
      for (const entry of Object.values(next)) if (typeof entry === 'object' && entry !== null) queue.push(entry);
    }
  }
  return found;
}

/** Cuts at the largest distance whose definitions fit; the sizes are known before anything is cut. */
function cutToFit(input: ShrinkInput): void {
  const { definition, maxBytes } = input;
  const definitions = asObject(definition.definitions);
  const distance = distances(definition);
  const deepest = Math.max(nearest, ...distance.values());
  const sizes = new Map(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      Buffer.byteLength(JSON.stringify(schema)) + name.length + 4,
    ]),
  );
  const total = sizeOf(definition, 0) - [...sizes.values()].reduce((sum, size) => sum + size, 0);
  for (let depth = deepest; depth >= nearest; depth -= 1) {
    const kept = [...sizes]
      .filter(([name]) => (distance.get(name) ?? deepest) <= depth)
      .reduce((sum, [, size]) => sum + size, total);
    if (kept > maxBytes && depth > nearest) continue;
    cutByDistance(input, depth);
    if (sizeOf(definition, 0) <= maxBytes) return;
  }
}

/** Removes definitions farther than `depth`; what refers to them accepts any object. */
function cutByDistance({ definition, places, report }: ShrinkInput, depth: number): void {
  const distance = distances(definition);
  const definitions = asObject(definition.definitions);
  const cut = new Set(Object.keys(definitions).filter((name) => (distance.get(name) ?? depth + 1) > depth));
  if (cut.size === 0) return;
  for (const name of cut) {
    delete definitions[name];
    report.lossy(
      'depth-cut',
      places.get(name) ?? '',
      `More than ${depth} references away from every operation: any object is accepted, to save space.`,
    );
  }
  openReferences(definition, cut);
}

function openReferences(root: Json, cut: ReadonlySet<string>): void {
  const isCut = (value: Json): boolean =>
    isObject(value) && cut.has(asString(value.$ref)?.replace('#/definitions/', '') ?? '');
  const queue: Json[] = [root];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (Array.isArray(next)) queue.push(...next);
    if (!isObject(next)) continue;
    for (const [key, entry] of Object.entries(next)) {
      if (key === 'properties' && isObject(entry)) {
        for (const [name, property] of Object.entries(entry))
          if (isCut(property)) entry[name] = anyObjectProperty(name);
      }
      if (isCut(entry)) next[key] = { type: 'object' };
      else if (typeof entry === 'object' && entry !== null) queue.push(entry);
    }
  }
}

/** Inline objects that occur more than once become definitions. True when there were any. */
function shareEqualObjects(definition: JsonObject): boolean {
  const definitions = asObject(definition.definitions);
  const found = new Map<string, { holder: JsonObject; key: string; name: string }[]>();
  const visit = (value: Json | undefined, name: string): void => {
    if (!isObject(value)) return;
    const inner: [JsonObject, string, string][] = [];
    for (const key of Object.keys(asObject(value.properties)))
      inner.push([asObject(value.properties), key, `${name}_${key}`]);
    if (isObject(value.items)) inner.push([value, 'items', `${name}_item`]);
    for (const [holder, key, hint] of inner) {
      const schema = holder[key];
      if (!isObject(schema)) continue;
      visit(schema, hint);
      if (schema.type !== 'object' || schema.properties === undefined) continue;
      const text = JSON.stringify(schema);
      if (text.length < worthSharing) continue;
      found.set(text, [...(found.get(text) ?? []), { holder, key, name: hint }]);
    }
  };
  for (const [name, schema] of Object.entries(definitions)) visit(schema, name);
  for (const operation of operationsOf(definition)) {
    for (const response of Object.values(asObject(operation.responses)))
      visit(asObject(response).schema, `${String(operation.operationId)}_response`);
    for (const parameter of asArray(operation.parameters))
      visit(asObject(parameter).schema, `${String(operation.operationId)}_body`);
  }
  let shared = false;
  for (const [text, places] of found) {
    const [first, second] = places;
    if (first === undefined || second === undefined) continue;
    let name = first.name.replace(/[^A-Za-z0-9_.-]/g, '_');
    while (Object.hasOwn(definitions, name)) name += '_2';
    const { description: _description, 'x-ms-summary': _summary, ...schema } = JSON.parse(text) as JsonObject;
    definitions[name] = schema;
    for (const { holder, key } of places) holder[key] = { $ref: `#/definitions/${name}` };
    shared = true;
  }
  if (shared) definition.definitions = definitions;
  return shared;
}
