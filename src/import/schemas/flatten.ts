import { asObject, asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { pickExtensions, valueExtensions } from '../model.ts';
import { type References, referenceOf } from '../read/references.ts';
import { child, elements, type Located, members } from '../read/source.ts';
import { asText } from '../read/source-values.ts';
import type { Report } from '../report.ts';
import type { ReportCode } from '../report-codes.ts';
import {
  copyFlat,
  type DefinitionKey,
  type Expression,
  emptyFlat,
  type Flat,
  isAnnotation,
  isScalar,
  type Kind,
  leaf,
  placeOf,
} from './flat-schema.ts';
import { intersectFlats } from './intersections.ts';
import { ownLevel } from './own-level.ts';
import { contradicted, typesOf } from './schema-keywords.ts';
import { uniteFlats } from './unions.ts';

/** Keywords beside `$ref` that only annotate: the target stays what it is. */
const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'nullable',
  'example',
  'examples',
  '$comment',
  'summary',
  'externalDocs',
  'xml',
]);
/** What OpenAPI 3.0 and Swagger 2.0 documents mean beside `$ref`, although both ignore it by the letter. */
const lenientSiblings: ReadonlySet<string> = new Set(['description', 'nullable']);

/** A chain of schemas that include each other beyond this length is cut before it exhausts the stack. */
const maxChainLength = 150;

/**
 * Schemas that take part in merges, counted each time. Unions of entangled schemas lead to unions of ever more of
 * them; beyond this number no file could hold the result, and computing it would take all time and memory.
 */
const maxMergedSchemas = 150_000;

/** Notes schemas that the result doesn't describe; `cause` is the code of the entry at the place where it happened. */
export type OnLost = (expression: Expression, cause: ReportCode) => void;

/** Makes one level of a schema out of source nodes. Results are kept: the same node is never worked on twice. */
export class Flattener {
  readonly references: References;
  readonly report: Report;
  readonly onLost: OnLost;
  private readonly siblingsCount: boolean;
  private readonly flats = new Map<string, Flat>();
  private readonly open = new Set<string>();
  private readonly ids = new WeakMap<object, number>();
  private readonly groupIds = new Map<string, number>();
  private nextId = 0;
  private merged = 0;
  /** Level of the group that is being merged. */
  private level = 0;

  /** `siblingsCount`: keywords beside `$ref` apply, as from OpenAPI 3.1 on. */
  constructor(references: References, report: Report, siblingsCount: boolean, onLost: OnLost) {
    this.references = references;
    this.report = report;
    this.siblingsCount = siblingsCount;
    this.onLost = onLost;
  }

  /** The identity of a schema, whichever way leads to it. */
  keyOf(expression: Expression): string {
    if (expression.op === 'leaf') return this.keyOfNode(expression.node);
    const parts = [...new Set(expression.parts.map((part) => this.keyOf(part)))].sort().join(' ');
    const wanted = `${expression.op} ${parts}`;
    let id = this.groupIds.get(wanted);
    if (id === undefined) {
      id = this.groupIds.size;
      this.groupIds.set(wanted, id);
    }
    return `group ${id}`;
  }

  private keyOfNode(node: Located): string {
    const { value } = node;
    if (!isObject(value)) return `value ${JSON.stringify(value)}`;
    if (this.isPureReference(value)) {
      const target = this.references.target(referenceOf(value) ?? '', node);
      if (target !== undefined)
        return isObject(target.node.value) && this.isPureReference(target.node.value)
          ? this.keyOfChain(node)
          : `ref ${target.key}`;
    }
    let id = this.ids.get(value);
    if (id === undefined) {
      id = this.nextId;
      this.nextId += 1;
      this.ids.set(value, id);
    }
    return `node ${id}`;
  }

  private keyOfChain(node: Located): string {
    const target = this.references.resolveTarget(node);
    return target === undefined ? `broken ${node.at}` : `ref ${target.key}`;
  }

  private isPureReference(value: JsonObject): boolean {
    if (referenceOf(value) === undefined) return false;
    return (
      !this.siblingsCount ||
      Object.keys(value).every((key) => key.startsWith('$') || key.startsWith('x-') || annotations.has(key))
    );
  }

  /** Several schemas as one expression; repeats and nested groups of the same kind dissolve. */
  group(op: 'all' | 'any', parts: readonly Expression[], at: string): Expression {
    const distinct = new Map<string, Expression>();
    for (const part of parts.flatMap((entry) => (entry.op === op ? entry.parts : [entry]))) {
      const key = this.keyOf(part);
      if (!distinct.has(key)) distinct.set(key, part);
    }
    this.merged += parts.length + distinct.size;
    const [first] = distinct.values();
    return distinct.size === 1 && first !== undefined
      ? first
      : { op, parts: [...distinct.values()], at, level: this.level + 1 };
  }

  /** One level of a schema. */
  flatten(expression: Expression): Flat {
    const key = this.keyOf(expression);
    // Annotations beside a reference are its own: such nodes share the key of their target but not the result.
    const annotated =
      expression.op === 'leaf' &&
      isObject(expression.node.value) &&
      key.startsWith('ref ') &&
      Object.keys(expression.node.value).length > 1;
    const known = annotated ? undefined : this.flats.get(key);
    if (known !== undefined) return known;
    const at = placeOf(expression);
    if (this.open.has(key) || this.open.size > maxChainLength) {
      this.report.lossy(
        'recursion-cut',
        at,
        'This schema is composed of itself or of too many others; that part is left out.',
      );
      this.onLost(expression, 'recursion-cut');
      return emptyFlat('cut', at);
    }
    if (this.isTooMuch(expression)) {
      this.report.lossy('depth-cut', at, 'Too many combinations of alternatives: any object is accepted.');
      this.onLost(expression, 'depth-cut');
      const cut = emptyFlat('object', at);
      this.flats.set(key, cut);
      return cut;
    }
    const level = this.level;
    this.level = expression.op === 'leaf' ? 0 : expression.level;
    this.open.add(key);
    const flat = this.compute(expression, key);
    this.open.delete(key);
    this.level = level;
    if (!annotated) this.flats.set(key, flat);
    return flat;
  }

  /** Merges of objects end with the budget; scalars cost nothing and stay exact. */
  private isTooMuch(expression: Expression): boolean {
    if (expression.op === 'leaf' || this.merged <= maxMergedSchemas) return false;
    return expression.parts.some((part) => part.op !== 'leaf' || this.flatten(part).kind === 'object');
  }

  private compute(expression: Expression, key: string): Flat {
    if (expression.op === 'leaf') return this.flattenNode(expression.node);
    const flats = expression.parts.map((part) => this.flatten(part));
    const flat =
      expression.op === 'all'
        ? intersectFlats(flats, expression.at, this, 'all')
        : uniteFlats(flats, expression.parts, expression.at, this);
    const isMixture = flat.definition === undefined && flat.kind === 'object' && flat.sources.size > 0;
    return isMixture ? { ...flat, definition: { key, expression } } : flat;
  }

  private flattenNode(node: Located): Flat {
    const { value, at } = node;
    if (value === false) return emptyFlat('never', at);
    if (!isObject(value)) return emptyFlat('untyped', at);
    const reference = referenceOf(value);
    return reference === undefined ? this.flattenInline(node, value) : this.flattenReference(node, value);
  }

  private flattenReference(node: Located, value: JsonObject): Flat {
    const { at } = node;
    const target = this.references.resolveTarget(node);
    if (target === undefined) {
      this.report.lossy(
        'ref-unresolved',
        at,
        `The reference ${referenceOf(value) ?? ''} leads nowhere; any value is accepted instead.`,
      );
      return emptyFlat('untyped', at);
    }
    const key = `ref ${target.key}`;
    let base = this.flats.get(key);
    if (base === undefined) {
      if (this.open.has(`target ${key}`)) {
        this.report.lossy('recursion-cut', at, 'This schema is composed of itself; that part is left out.');
        return emptyFlat('cut', at);
      }
      this.open.add(`target ${key}`);
      const content = this.flattenNode(target.node);
      this.open.delete(`target ${key}`);
      const definition: DefinitionKey = { key: target.key, expression: leaf(target.node) };
      base = {
        ...content,
        sources: new Set([...content.sources, target.key]),
        definition: content.kind === 'object' || content.kind === 'array' ? definition : undefined,
      };
      this.flats.set(key, base);
    }
    if (Object.keys(value).length === 1) return base;
    if (this.siblingsCount && !this.isPureReference(value)) {
      const { $ref: _reference, $dynamicRef: _dynamic, $recursiveRef: _recursive, ...siblings } = value;
      const beside = this.flattenInline({ ...node, value: siblings }, siblings);
      return intersectFlats([beside, base], at, this);
    }
    return this.annotate(base, value, at);
  }

  /** What is beside a reference describes this use of the target. */
  private annotate(base: Flat, value: JsonObject, at: string): Flat {
    const counts = (key: string): boolean => this.siblingsCount || lenientSiblings.has(key);
    return {
      ...base,
      at: isScalar(base.kind) ? at : base.at,
      title: (counts('title') ? asText(value.title) : undefined) ?? base.title,
      description: asText(value.description) ?? base.description,
      default: counts('default') && value.default !== undefined ? value.default : base.default,
      deprecated: base.deprecated || (counts('deprecated') && value.deprecated === true),
      readOnly: base.readOnly || (counts('readOnly') && value.readOnly === true),
      nullable: base.nullable || value.nullable === true || value['x-nullable'] === true,
      extensions: { ...base.extensions, ...pickExtensions(value, valueExtensions) },
    };
  }

  private flattenInline(node: Located, value: JsonObject): Flat {
    const types = typesOf(value);
    this.reportContradiction(node, value);
    const real = types.filter((type) => type !== 'null');
    const [only] = real;
    const own =
      real.length > 1
        ? this.anyType(node, value, real)
        : ownLevel(node, value, only ?? (types.length > 0 ? 'null' : 'untyped'), this);
    if (types.includes('null') && real.length > 0) own.nullable = true;
    const parts: Flat[] = [own, ...elements(child(node, 'allOf')).map((part) => this.flatten(leaf(part)))];
    const conditional = this.conditional(node, value);
    if (conditional !== undefined) parts.push(conditional);
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const branches = elements(child(node, keyword));
      if (branches.length > 0) parts.push(this.union(node, branches, own));
    }
    const flat = parts.length === 1 ? own : intersectFlats(parts, node.at, this);
    return this.discriminate(node, flat);
  }

  /** A stated type that the other keywords have nothing to do with; what neither can keep is lost. */
  private reportContradiction(node: Located, value: JsonObject): void {
    const stated = asString(value.type);
    if (stated === undefined) return;
    const kind = contradicted(value, stated as Kind);
    if (kind !== undefined)
      this.report.lossy(
        'type-contradicts',
        node.at,
        `The type is ${stated}, but the other keywords describe an ${kind}: they count.`,
      );
    const idle = stated === 'object' ? 'items' : stated === 'array' ? 'properties' : undefined;
    if (kind !== undefined || idle === undefined || !isObject(value[idle])) return;
    this.report.lossy('type-contradicts', node.at, `The type is ${stated}: its ${idle} are not described.`);
    const parts = idle === 'items' ? [child(node, idle)] : members(child(node, idle)).map(([, property]) => property);
    for (const part of parts) if (part !== undefined) this.onLost(leaf(part), 'type-contradicts');
  }

  /** A list of types is a union of the same schema with each of them. */
  private anyType(node: Located, value: JsonObject, kinds: readonly Kind[]): Flat {
    const expressions = kinds.map((type) => leaf({ ...node, value: { ...value, type } }));
    return uniteFlats(
      kinds.map((kind) => ownLevel(node, value, kind, this)),
      expressions,
      node.at,
      this,
    );
  }

  /** `oneOf` or `anyOf`; branches that only demand some of the properties beside it are not alternatives of type. */
  private union(node: Located, branches: readonly Located[], base: Flat): Flat {
    const kept = branches.filter((branch) => !onlyRequires(branch.value));
    if (kept.length < branches.length) {
      this.report.lossy('union-required', node.at, 'Which properties belong together is not checked any more.');
    }
    if (kept.length === 0) return emptyFlat('untyped', node.at);
    const expressions = kept.map(leaf);
    const flats = expressions.map((branch) => inherit(this.flatten(branch), base));
    const united = uniteFlats(flats, expressions, node.at, this);
    if (kept.length < branches.length) united.required.clear();
    return united;
  }

  /** Properties that only `if`, `then`, `else` and their kin mention: optional ones here. */
  private conditional(node: Located, value: JsonObject): Flat | undefined {
    const schemas = [child(node, 'then'), child(node, 'else')].filter((schema) => schema !== undefined);
    for (const [, dependent] of members(child(node, 'dependentSchemas'))) schemas.push(dependent);
    for (const [, dependent] of members(child(node, 'dependencies')))
      if (isObject(dependent.value)) schemas.push(dependent);
    const restricts = ['if', 'not', 'dependentRequired', 'unevaluatedProperties', 'propertyNames'].filter((keyword) =>
      isObject(value[keyword]),
    );
    if (schemas.length === 0) {
      if (restricts.length > 0)
        this.report.lossy('conditional', node.at, `What ${restricts.join(', ')} demands is not checked any more.`);
      return undefined;
    }
    this.report.lossy('conditional', node.at, 'What depends on other values is optional here.');
    const flat = emptyFlat('untyped', node.at);
    for (const part of schemas.map((schema) => this.flatten(leaf(schema)))) {
      for (const [name, property] of part.properties)
        if (!flat.properties.has(name)) flat.properties.set(name, property);
      for (const source of part.sources) flat.sources.add(source);
    }
    return flat.properties.size === 0 ? undefined : flat;
  }

  /** The property that tells variants apart takes their names as its values. */
  private discriminate(node: Located, flat: Flat): Flat {
    const discriminator = child(node, 'discriminator');
    const name = asString(getOwn(discriminator?.value, 'propertyName'));
    const names = Object.keys(asObject(getOwn(discriminator?.value, 'mapping')));
    const property = name === undefined ? undefined : flat.properties.get(name);
    if (name === undefined || property === undefined || names.length === 0) return flat;
    const known = this.flatten(property);
    if (known.kind !== 'string' || known.enum !== undefined) return flat;
    const values: JsonObject = {
      type: 'string',
      enum: names,
      ...(known.description === undefined ? {} : { description: known.description }),
    };
    flat.properties.set(name, leaf({ value: values, at: placeOf(property), file: node.file }));
    return flat;
  }
}

/** A branch such as `{ "required": ["a"] }`: it restricts, but describes nothing. */
function onlyRequires(value: Json): boolean {
  if (!isObject(value)) return false;
  const keys = Object.keys(value).filter(
    (key) => key !== 'type' && key !== 'title' && key !== 'description' && !key.startsWith('x-'),
  );
  return (
    keys.length > 0 &&
    keys.every((key) => key === 'required' || key === 'not' || key === 'properties') &&
    value.properties === undefined &&
    (value.required !== undefined || value.not !== undefined)
  );
}

/** A branch without a type of its own takes that of the schema around it. */
function inherit(branch: Flat, base: Flat): Flat {
  if (branch.kind !== 'untyped' || base.kind === 'untyped' || base.kind === 'null' || isAnnotation(branch))
    return branch;
  return { ...copyFlat(branch), kind: base.kind };
}
