import { clone, getOwn, isObject, type Json, type JsonObject, setOwn, valueAt } from '../../connector/json/value.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import { setBelow } from '../../runtime/paths.ts';
import type { SchemaView } from '../../runtime/schema.ts';
import { fits } from '../../runtime/schema-check.ts';
import { cutPage, describePage, listPath } from './listing.ts';
import { Memory } from './memory.ts';
import {
  bodyView,
  collectionShape,
  envelopeOf,
  idProperty,
  type Place,
  recordActionOf,
  withoutEnvelope,
} from './resources.ts';
import { type Sample, type Samples, viewOf } from './samples.ts';

/** The records of the service: what operations answer by themselves, and what was sent since. */
export class Records {
  readonly memory = new Memory();
  private readonly samples: Samples;
  /** By the shape of their collection; the operations that show records, and those that make them. */
  private readonly reading = new Map<string, RuntimeOperation>();
  private readonly listing = new Map<string, RuntimeOperation>();
  private readonly shapes: ReadonlySet<string>;

  constructor(operations: readonly RuntimeOperation[], samples: Samples) {
    this.samples = samples;
    const shaped = operations.map((operation) => ({
      operation,
      ...collectionShape(operation.path.split('?', 1)[0] ?? ''),
    }));
    this.shapes = new Set(shaped.filter(({ isRecord }) => isRecord).map(({ shape }) => shape));
    for (const { operation, shape, isRecord } of shaped) {
      const shown = isRecord ? this.reading : this.listing;
      if (operation.method === 'GET' && !shown.has(shape)) shown.set(shape, operation);
    }
  }

  recordActionOf(operation: RuntimeOperation): ReturnType<typeof recordActionOf> {
    return recordActionOf(operation, this.shapes);
  }

  /** The template of single records of the collection that an operation makes records in. */
  recordTemplate(operation: RuntimeOperation): RuntimeOperation | undefined {
    return this.reading.get(collectionShape(operation.path.split('?', 1)[0] ?? '').shape);
  }

  /** What is known of a record: what was sent, else what a list shows, else what reading it answers. */
  read(operation: RuntimeOperation, place: Place & { id: string }): JsonObject {
    const known = this.memory.find(place.collection, place.id);
    if (known !== undefined) return known;
    const { shape } = collectionShape(operation.path.split('?', 1)[0] ?? '');
    const reader = this.reading.get(shape) ?? operation;
    const sample = this.recordOf(reader, place.variable) ?? {};
    const list = this.listing.get(shape);
    const shown = list === undefined ? undefined : this.seeds(list, place.variable).get(place.id);
    return this.named({ ...sample, ...shown }, reader, place);
  }

  /** @returns the id of the new record, and what is known of it */
  create(operation: RuntimeOperation, place: Place, sent: JsonObject): { id: string; record: JsonObject } {
    const reader = this.recordTemplate(operation);
    const shown = reader ?? operation;
    const variable = reader === undefined ? undefined : shapeVariable(reader);
    const body = this.contentOf(operation, sent);
    const asked = this.inputNames(operation);
    const sample = { ...this.recordOf(operation, variable), ...this.recordOf(shown, variable) };
    const record: JsonObject = {};
    // what a client may send and didn't isn't there; what only the service can know is
    for (const [name, value] of Object.entries(sample)) if (!asked.has(name)) setOwn(record, name, value);
    for (const [name, value] of Object.entries(body)) if (value !== null) setOwn(record, name, value);
    const property = this.idOf(shown, variable) ?? this.idOf(operation, variable);
    const given = property === undefined ? undefined : getOwn(body, property);
    const isGiven = (typeof given === 'string' || typeof given === 'number') && given !== '';
    const id = isGiven ? String(given) : this.newId(shown, place, property);
    return { id, record: this.named(record, shown, { ...place, id, variable }) };
  }

  /** What was sent about a record, without an envelope around it. */
  contentOf(operation: RuntimeOperation, sent: JsonObject): JsonObject {
    return withoutEnvelope(sent, this.inputNames(operation));
  }

  /** The record that takes the place of another one: what only the service can know stays. */
  replaced(operation: RuntimeOperation, place: Place & { id: string }, body: JsonObject): JsonObject {
    const asked = this.inputNames(operation);
    const kept = Object.entries(this.read(operation, place)).filter(([name]) => !asked.has(name));
    const record = merged(Object.fromEntries(kept), body);
    return this.named(record, this.recordTemplate(operation) ?? operation, place);
  }

  /** The answer of an operation about one record, in the form that it declares. */
  answered(
    operation: RuntimeOperation,
    sample: Sample,
    record: JsonObject,
    variable: string | undefined,
  ): Json | undefined {
    const view = viewOf(operation, sample);
    if (!isObject(sample.json) || view === undefined) return sample.json;
    const path = envelopeOf(operation, view, variable);
    const target = operation.schemas.properties(view).get(path[0] ?? '') ?? view;
    const shown = fitted(operation, target, record, valueAt(sample.json, path));
    if (path.length === 0) return shown;
    const answer = clone(sample.json);
    setBelow(answer, path, shown);
    return answer;
  }

  /** The answer of a list: what it shows by itself, without what was deleted, with what was sent. */
  list(operation: RuntimeOperation, sample: Sample, place: Place, url: URL): Json | undefined {
    const view = viewOf(operation, sample);
    const path = view === undefined ? undefined : listPath(operation, view);
    const shown = path === undefined ? undefined : valueAt(sample.json, path);
    if (view === undefined || path === undefined || !Array.isArray(shown) || !shown.every(isObject)) return sample.json;
    const { shape } = collectionShape(operation.path.split('?', 1)[0] ?? '');
    const reader = this.reading.get(shape);
    const variable = reader === undefined ? undefined : shapeVariable(reader);
    const list = path.reduce((at, name) => operation.schemas.properties(at).get(name) ?? at, view);
    const items = operation.schemas.below(list, 'items');
    const sent = new Map(this.memory.entries(place.collection));
    const seeds = [...this.seeds(operation, variable)].filter(([id]) => !this.memory.isGone(place.collection, id));
    const preset = shown[0] ?? {};
    const records = seeds.map(([id, record]) => sent.get(id) ?? record);
    const seeded = new Set(seeds.map(([id]) => id));
    for (const [id, record] of sent) if (!seeded.has(id)) records.push(record);
    const page = cutPage(records, url.searchParams);
    const elements = page.elements.map((record) =>
      isObject(record) ? fitted(operation, items, record, preset) : record,
    );
    if (path.length === 0) return elements;
    const answer = clone(sample.json ?? {});
    setBelow(answer, path, elements);
    if (isObject(answer)) describePage(operation, { answer, view, page, url });
    return answer;
  }

  /** What a list shows by itself, by id; what has none gets its number. */
  private seeds(operation: RuntimeOperation, variable: string | undefined): Map<string, JsonObject> {
    const sample = this.samples.success(operation);
    const view = viewOf(operation, sample);
    const path = view === undefined ? undefined : listPath(operation, view);
    const shown = path === undefined ? undefined : valueAt(sample.json, path);
    const found = new Map<string, JsonObject>();
    for (const [index, record] of (Array.isArray(shown) ? shown : []).entries()) {
      if (!isObject(record)) continue;
      const property = idProperty(Object.keys(record), variable);
      const id = property === undefined ? undefined : getOwn(record, property);
      const key = typeof id === 'string' || typeof id === 'number' ? String(id) : `#${index}`;
      if (!found.has(key)) found.set(key, record);
    }
    return found;
  }

  private recordOf(operation: RuntimeOperation, variable: string | undefined): JsonObject | undefined {
    const sample = this.samples.success(operation);
    const view = viewOf(operation, sample);
    if (view === undefined || !isObject(sample.json)) return undefined;
    const record = valueAt(sample.json, envelopeOf(operation, view, variable));
    return isObject(record) ? record : undefined;
  }

  private recordView(operation: RuntimeOperation, variable: string | undefined): SchemaView | undefined {
    const view = viewOf(operation, this.samples.success(operation));
    if (view === undefined) return undefined;
    const [name] = envelopeOf(operation, view, variable);
    return name === undefined ? view : operation.schemas.properties(view).get(name);
  }

  private idOf(operation: RuntimeOperation, variable: string | undefined): string | undefined {
    const view = this.recordView(operation, variable);
    return view === undefined ? undefined : idProperty(operation.schemas.properties(view).keys(), variable);
  }

  /** The record with its id where its schema has a place for it. */
  private named(record: JsonObject, operation: RuntimeOperation, { id = '', variable }: Place): JsonObject {
    const view = this.recordView(operation, variable);
    const name = this.idOf(operation, variable);
    const property =
      view === undefined || name === undefined ? undefined : operation.schemas.properties(view).get(name);
    if (name === undefined || property === undefined) return record;
    const number = Number(id);
    const value = [id, ...(id.trim() !== '' && Number.isSafeInteger(number) ? [number] : [])].find((candidate) =>
      fits(operation.schemas, property, candidate),
    );
    return value === undefined ? record : { ...record, [name]: value };
  }

  private newId(operation: RuntimeOperation, place: Place, property: string | undefined): string {
    const view = this.recordView(operation, shapeVariable(operation));
    const at =
      view === undefined || property === undefined ? undefined : operation.schemas.properties(view).get(property);
    const parameter = operation.parameters.find(({ name }) => name === shapeVariable(operation));
    const isOf = (type: string): boolean =>
      (at !== undefined && operation.schemas.isType(at, type)) || getOwn(parameter?.node ?? {}, 'type') === type;
    const isUuid = at !== undefined && operation.schemas.keyword(at, 'format') === 'uuid';
    for (;;) {
      const number = this.memory.nextNumber(place.collection);
      const id =
        isOf('integer') || isOf('number')
          ? String(1000 + number)
          : isUuid
            ? `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`
            : `${place.collection.split('/').at(-1) || 'record'}-${number}`;
      if (this.memory.find(place.collection, id) === undefined) return id;
    }
  }

  private inputNames(operation: RuntimeOperation): ReadonlySet<string> {
    const view = bodyView(operation);
    if (view === undefined) return new Set();
    const properties = operation.schemas.properties(view);
    const [only] = properties;
    if (properties.size !== 1 || only === undefined) return new Set(properties.keys());
    const inner = operation.schemas.properties(only[1]);
    return new Set(inner.size > 0 && operation.schemas.isType(only[1], 'object') ? inner.keys() : properties.keys());
  }
}

const shapeVariable = ({ path }: RuntimeOperation): string | undefined =>
  /\{([^{}]+)\}[^{}/]*\/?$/.exec(path.split('?', 1)[0] ?? '')?.[1];

/**
 * A record in the form of a schema: its values where they fit, and of the sample what is required and missing.
 * Properties that aren't declared stay where others are allowed.
 */
function fitted(
  operation: RuntimeOperation,
  view: SchemaView,
  record: JsonObject,
  sample: Json | undefined,
): JsonObject {
  const { schemas } = operation;
  const declared = schemas.properties(view);
  const required = schemas.required(view);
  const result: JsonObject = {};
  for (const [name, property] of declared) {
    const given = getOwn(record, name);
    const preset = getOwn(sample, name);
    if (given !== undefined && fits(schemas, property, given)) setOwn(result, name, given);
    else if (isObject(given) && isObject(preset)) setOwn(result, name, fitted(operation, property, given, preset));
    else if (preset !== undefined && required.has(name)) setOwn(result, name, preset);
  }
  const others = schemas.others(view);
  for (const [name, value] of Object.entries(record))
    if (!declared.has(name) && others !== undefined && fits(schemas, others, value)) setOwn(result, name, value);
  return result;
}

/** A change as JSON Merge Patch has it (RFC 7396): null takes away, objects are merged. */
export function merged(record: JsonObject, change: JsonObject): JsonObject {
  const result = { ...record };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete result[name];
    else if (isObject(value)) setOwn(result, name, merged(asRecord(getOwn(result, name)), value));
    else setOwn(result, name, value);
  }
  return result;
}

const asRecord = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
