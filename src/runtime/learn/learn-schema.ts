import { inferSchema } from '../../connector/infer-schema.ts';
import { below } from '../../connector/json/pointer.ts';
import {
  asArray,
  asObject,
  asString,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
  strings,
} from '../../connector/json/value.ts';
import { ownerFromName } from '../../language/field-texts.ts';
import { singular } from '../../language/inflection.ts';
import { titleCase } from '../../language/words.ts';
import { literal, quote } from '../../quote.ts';
import { isOfType, typeOfValue } from '../request/scalars.ts';
import type { Schemas, SchemaView } from '../schema.ts';
import { fits } from '../schema-check.ts';
import { inferProperty } from './infer.ts';
import { isCode, isNoName } from './looks-personal.ts';
import type { Learned, Lesson } from './observation.ts';

/** A schema where it is written: possibly a reference. */
interface Site {
  holder: JsonObject;
  key: string;
  pointer: string;
  /** What it is called: the last name of a property on the way. */
  name: string;
}

/** What belongs to a place, whatever its type is. */
const keptKeys = ['title', 'description', 'x-ms-summary', 'x-ms-visibility', 'x-nullable', 'readOnly'];

/** Makes schemas fit values: what they lack is added, what contradicts the values is changed, the rest stays. */
export class SchemaLearner {
  /** How often something was changed. */
  changes = 0;
  private readonly schemas: Schemas;
  private readonly learned: Learned;
  /** Names of definitions that requests have, too; found when they are needed. */
  private readonly ofRequests: () => ReadonlySet<string>;
  /** Whether a word is a secret of the connection: an API may say it back. */
  private readonly isSecret: (text: string) => boolean;
  /** Values for which a type was changed, by its pointer: schemas are shared. */
  private readonly retyped = new Map<string, Json[]>();

  constructor(
    schemas: Schemas,
    learned: Learned,
    { ofRequests, isSecret }: { ofRequests: () => ReadonlySet<string>; isSecret: (text: string) => boolean },
  ) {
    this.isSecret = isSecret;
    this.schemas = schemas;
    this.ofRequests = ofRequests;
    this.learned = learned;
  }

  learn(site: Site, values: readonly Json[], at: string): void {
    const { schemas } = this;
    const view = schemas.view(getOwn(site.holder, site.key), site.pointer);
    if (values.length === 0 || isFile(view, schemas)) return;
    if (isDynamic(view, schemas)) {
      const isFit = values.every((value) => value === null || fits(schemas, view, value));
      if (!isFit) this.leave(view.pointer, at, 'does not fit, and the API itself tells the schema when it is asked');
      return;
    }
    const present = values.filter((value) => value !== null);
    if (present.length < values.length) this.nullable(view, at);
    const types = schemas.types(view);
    // anything may come
    if (types.length === 0) return;
    if (!present.every((value) => types.some((type) => isOfType(value, type)))) {
      this.retype(site, view, present, at);
      return;
    }
    this.format(view, present, at);
    this.choices(view, present, at);
    this.elements(view, present, at, site.name);
    this.properties(view, present.filter(isObject), at, site.name);
  }

  private lesson(kind: Lesson['kind'], pointer: string, at: string, message: string): void {
    this.changes += 1;
    const known = this.learned.lessons.some((lesson) => lesson.pointer === pointer && lesson.kind === kind);
    // what was refined in another pass is one change
    if (!known) this.learned.lessons.push({ kind, pointer, at, message });
  }

  private leave(pointer: string, at: string, message: string): void {
    const known = this.learned.left.some((left) => left.pointer === pointer && left.message === message);
    if (!known) this.learned.left.push({ pointer, at, message });
  }

  private nullable(view: SchemaView, at: string): void {
    if (this.schemas.types(view).length === 0 || this.schemas.keyword(view, 'x-nullable') === true) return;
    setOwn(view.node, 'x-nullable', true);
    this.lesson('nullable', view.pointer, at, 'may be null');
  }

  private retype(site: Site, view: SchemaView, present: readonly Json[], at: string): void {
    const former = this.retyped.get(view.pointer) ?? [];
    // a shared schema that another place has already changed stays as that place needs it
    const isOthers = former.length > 0 && getOwn(getOwn(site.holder, site.key), '$ref') !== undefined;
    const all = isOthers ? present : [...former, ...present];
    if (!isOthers) this.retyped.set(view.pointer, [...all]);
    const before = this.schemas.types(view).join(' or ');
    const schema = inferProperty(site.name, all, undefined);
    const type = asString(getOwn(schema, 'type'));
    const isOne = type !== undefined && all.every((value) => isOfType(value, type));
    const isScalar = isOne && !isOthers && type !== 'object' && type !== 'array';
    const isInPlace = isScalar && typeof getOwn(view.node, 'type') === 'string' && !/^(?:object|array)$/.test(before);
    if (isInPlace) {
      setScalarType(view.node, type, asString(getOwn(schema, 'format')));
      this.dropUnfit(view);
    } else this.replace(site, view, isOne ? schema : {});
    const seen = [...new Set(all.map(typeOfValue))].join(' and ');
    const now = isOne ? `the type is ${type}, not ${before}` : `the type is open: not ${before}, but ${seen}`;
    this.lesson('type', isInPlace ? view.pointer : site.pointer, at, now);
  }

  /** Another structure: in place of a reference, since other places may be as it says. */
  private replace({ holder, key }: Site, view: SchemaView, structure: JsonObject): void {
    const raw = getOwn(holder, key);
    const { 'x-ms-summary': _, description: __, ...rest } = structure;
    const texts = Object.fromEntries(
      keptKeys.flatMap((name) => {
        const value = getOwn(view.node, name) ?? getOwn(raw, name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    setOwn(holder, key, { ...rest, ...texts });
  }

  /** Values and limits of the former type. */
  private dropUnfit(view: SchemaView): void {
    const { node } = view;
    const isNumber = /^(?:integer|number)$/.test(String(getOwn(node, 'type')));
    for (const key of isNumber ? ofTexts : [...ofTexts, ...ofNumbers]) delete node[key];
    const choices = getOwn(node, 'enum');
    if (Array.isArray(choices)) {
      const { enum: _, ...open } = node;
      const fitting = choices.filter((choice) => fits(this.schemas, { ...view, node: open }, choice));
      if (fitting.length === 0) {
        for (const key of ['enum', 'x-ms-enum-values', 'x-ms-enum']) delete node[key];
      } else if (fitting.length < choices.length) node.enum = fitting;
    }
    for (const key of ['default', 'example', 'x-ms-test-value', 'x-example']) {
      const value = getOwn(node, key);
      if (value !== undefined && !fits(this.schemas, view, value)) delete node[key];
    }
  }

  /** What a format says is no promise that the platform checks: nothing is changed for it. */
  private format(view: SchemaView, present: readonly Json[], at: string): void {
    const declared = asString(getOwn(view.node, 'format'))?.toLowerCase() ?? '';
    if (!dates.has(declared) && declared !== 'int32') return;
    const seen = asString(getOwn(inferSchema(present), 'format')) ?? '';
    const isDate = dates.has(declared) && dates.has(seen) && seen !== declared;
    const isTooLarge = declared === 'int32' && seen === 'int64';
    if (isDate || isTooLarge) this.leave(view.pointer, at, `the format is ${declared}, and what came is ${seen}`);
  }

  private choices(view: SchemaView, present: readonly Json[], at: string): void {
    const holder = this.schemas.parts(view).find(({ node }) => getOwn(node, 'enum') !== undefined);
    const list = holder === undefined ? undefined : getOwn(holder.node, 'enum');
    if (holder === undefined || !Array.isArray(list) || list.length === 0) return;
    for (const value of present) {
      if (list.some((choice) => deepEqual(choice, value))) continue;
      const isFit =
        typeof value === 'string'
          ? isCode(value) && !this.isSecret(value)
          : typeof value === 'number' || typeof value === 'boolean';
      if (!isFit) {
        this.leave(
          holder.pointer,
          at,
          `${typeof value === 'string' ? 'a text' : literal(value)} is none of the declared values`,
        );
        continue;
      }
      list.push(value);
      const labels = getOwn(holder.node, 'x-ms-enum-values');
      if (Array.isArray(labels)) labels.push({ value, displayName: titleCase(String(value)) });
      // one change per value
      this.changes += 1;
      this.learned.lessons.push({
        kind: 'enum',
        pointer: below(holder.pointer, 'enum', list.length - 1),
        at,
        message: `a value more: ${literal(value)}`,
      });
    }
  }

  private elements(view: SchemaView, present: readonly Json[], at: string, name: string): void {
    const elements = present.filter((value) => Array.isArray(value)).flat(1) as Json[];
    if (elements.length === 0) return;
    const holder = this.schemas.parts(view).find(({ node }) => getOwn(node, 'items') !== undefined);
    const inside = `${at}/*`;
    if (holder !== undefined) {
      const site = { holder: holder.node, key: 'items', pointer: below(holder.pointer, 'items'), name: singular(name) };
      this.learn(site, elements, inside);
      return;
    }
    const { items } = inferProperty(name, [elements], undefined);
    if (!isObject(items) || Object.keys(items).length === 0) return;
    setOwn(view.node, 'items', items);
    this.lesson('schema', below(view.pointer, 'items'), inside, `the elements are described: ${shapeOf(items)}`);
  }

  private properties(view: SchemaView, objects: readonly JsonObject[], at: string, name: string): void {
    if (objects.length === 0) return;
    const { schemas } = this;
    const declared = schemas.properties(view);
    for (const part of schemas.parts(view)) {
      const properties = asObject(getOwn(part.node, 'properties'));
      for (const key of Object.keys(properties)) {
        if (declared.get(key)?.pointer !== schemas.below(part, 'properties', key).pointer) continue;
        const site = { holder: properties, key, pointer: below(part.pointer, 'properties', key), name: key };
        const values = valuesOf(objects, key);
        this.learn(site, values, below(at, key));
      }
    }
    this.required(view, objects, at);
    this.undeclared(view, objects, at, name);
  }

  private required(view: SchemaView, objects: readonly JsonObject[], at: string): void {
    for (const part of this.schemas.parts(view)) {
      const names = strings(getOwn(part.node, 'required'));
      for (const name of new Set(names)) {
        if (objects.every((object) => Object.hasOwn(object, name))) continue;
        this.unrequire(part, name, below(at, name));
      }
    }
  }

  private unrequire(part: SchemaView, name: string, at: string): void {
    if (this.isOfRequests(part)) {
      this.leave(part.pointer, at, 'is not always there; requests have the same definition, where it is required');
      return;
    }
    const rest = strings(getOwn(part.node, 'required')).filter((other) => other !== name);
    if (rest.length === 0) delete part.node.required;
    else part.node.required = rest;
    const pointer = below(part.pointer, 'required');
    this.changes += 1;
    this.learned.lessons.push({ kind: 'required', pointer, at, message: 'is not always there: no longer required' });
  }

  private isOfRequests({ pointer }: SchemaView): boolean {
    const [, section, name = ''] = pointer.split('/');
    return section === 'definitions' && this.ofRequests().has(name);
  }

  private undeclared(view: SchemaView, objects: readonly JsonObject[], at: string, name: string): void {
    const { schemas } = this;
    const declared = schemas.properties(view);
    const parts = schemas.parts(view);
    const names = new Set(objects.flatMap((object) => Object.keys(object)).filter((key) => !declared.has(key)));
    if (names.size === 0) return;
    const map = parts.find(({ node }) => isObject(getOwn(node, 'additionalProperties')));
    if (map !== undefined) {
      const site = {
        holder: map.node,
        key: 'additionalProperties',
        pointer: below(map.pointer, 'additionalProperties'),
        name,
      };
      const values = [...names].flatMap((key) => valuesOf(objects, key));
      this.learn(site, values, `${at}/*`);
      return;
    }
    if (parts.some(({ node }) => getOwn(node, 'additionalProperties') === true)) return;
    if ([...names].some((key) => isNoName(key) || this.isSecret(key))) {
      this.leave(view.pointer, at, 'has names that look like values: they are not described');
      return;
    }
    for (const key of names) this.property(view, key, objects, at, name);
  }

  private property(view: SchemaView, key: string, objects: readonly JsonObject[], at: string, name: string): void {
    const values = valuesOf(objects, key);
    const inside = below(at, key);
    if (values.every((value) => value === null)) {
      this.leave(view.pointer, inside, `${quote(key)} is not declared, and was null: nothing tells its type`);
      return;
    }
    const part = this.partForProperties(view);
    const schema = inferProperty(key, values, ownerOf(part.pointer, name));
    // nobody gives in a request what the API only answers
    if (this.isOfRequests(part)) schema.readOnly = true;
    if (!isObject(getOwn(part.node, 'properties'))) setOwn(part.node, 'properties', {});
    setOwn(asObject(getOwn(part.node, 'properties')), key, schema);
    this.lesson('property', below(part.pointer, 'properties', key), inside, `new property: ${shapeOf(schema)}`);
  }

  /** The part that has properties of its own, if the schema is put together of several. */
  private partForProperties(view: SchemaView): SchemaView {
    const parts = this.schemas
      .parts(view)
      .filter(({ pointer }) => pointer === view.pointer || pointer.startsWith(`${view.pointer}/`));
    return parts.findLast(({ node }) => getOwn(node, 'properties') !== undefined) ?? view;
  }
}

/** Null is one. */
const valuesOf = (objects: readonly JsonObject[], key: string): Json[] =>
  objects.flatMap((object) => (Object.hasOwn(object, key) ? [object[key] as Json] : []));

const dates: ReadonlySet<string> = new Set(['date', 'date-time', 'date-no-tz']);
const ofTexts = ['minLength', 'maxLength', 'pattern'];
const ofNumbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];

const isFile = (view: SchemaView, schemas: Schemas): boolean =>
  schemas.isType(view, 'file') || schemas.keyword(view, 'format') === 'binary';

/** Known only when the API is asked for it. */
const isDynamic = (view: SchemaView, schemas: Schemas): boolean =>
  ['x-ms-dynamic-schema', 'x-ms-dynamic-properties'].some((key) => schemas.keyword(view, key) !== undefined);

function setScalarType(node: JsonObject, type: string, format: string | undefined): void {
  node.type = type;
  if (format === undefined) delete node.format;
  else setOwn(node, 'format', format);
}

/** The thing that has the property: by the definition it is in, else by the property that holds it. */
function ownerOf(pointer: string, name: string): string | undefined {
  const [, section, definition = ''] = pointer.split('/');
  const isWhole = section === 'definitions' && pointer.split('/').length === 3;
  return ownerFromName(isWhole ? definition : singular(name));
}

function shapeOf(schema: JsonObject): string {
  const parts = [
    getOwn(schema, 'type') ?? 'any type',
    getOwn(schema, 'format'),
    getOwn(schema, 'x-nullable') === true ? 'may be null' : undefined,
  ];
  const inner = asArray(Object.keys(asObject(getOwn(schema, 'properties'))));
  const count = inner.length === 0 ? [] : [`${inner.length} ${inner.length === 1 ? 'property' : 'properties'}`];
  return [...parts.filter((part) => part !== undefined), ...count].join(', ');
}
