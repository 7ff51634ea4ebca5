import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { inOrder, schemaOrder } from '../../connector/key-order.ts';
import { ownerFromName } from '../../language/field-texts.ts';
import { describe, plainText } from '../../language/plain-text.ts';
import { freeName, sameWords, titleCase } from '../../language/words.ts';
import type { References } from '../read/references.ts';
import { type Located, members } from '../read/source.ts';
import type { Report } from '../report.ts';
import type { ReportCode } from '../report-codes.ts';
import { nameOfTarget, usableDefinitionName } from './definition-names.ts';
import { derivedText } from './derived-text.ts';
import { type DefinitionKey, type Expression, type Flat, isScalar, placeOf } from './flat-schema.ts';
import { Flattener } from './flatten.ts';
import { type LostSchema, reportLost } from './lost-schemas.ts';
import { usableBounds } from './schema-keywords.ts';
import { statedTitle, usableTitle } from './stated-title.ts';
import { writeScalar } from './write-scalar.ts';

/** Power Apps stops here; deeper inline schemas are cut. */
const deepest = 30;
/** Properties of all mixtures together; unions of unions can make exponentially many, and no file could hold them. */
const mostMixedProperties = 6000;
/** Objects merged inside of merged objects, this many times, are cut: unions of entangled schemas never end. */
const maxMixtureDepth = 5;
/** Named lists of named lists, more levels than any API has, get a definition each instead of being written out. */
const mostListsInLists = 20;
/**
 * Properties of named schemas that are written out inside of others, all together: inline unions of named schemas that
 * lead to further ones multiply at each level.
 */
const mostInlinedProperties = 20_000;
const propertyText = 500;
const definitionText = 500;

export interface Definition {
  readonly name: string;
  /** Pointer of the schema in the source. */
  readonly at: string;
  readonly expression: Expression;
  schema: JsonObject;
}

/** Where a schema is, for names, limits and what is allowed there. */
export interface Position {
  /** Words for a definition that has no name of its own. */
  readonly hint: string;
  readonly depth: number;
  /** What the object is, as words of a sentence, where its name says so. */
  readonly owner?: string | undefined;
  /** `binary` is allowed at the very top of a body or response only. */
  readonly top: boolean;
}

/** Source schemas → Swagger 2.0 schemas; objects that have a name become definitions. */
export class Definitions {
  readonly flattener: Flattener;
  private readonly references: References;
  private readonly report: Report;
  private readonly byKey = new Map<string, Definition>();
  private readonly names = new Map<string, string>();
  private readonly order: ReadonlyMap<string, number>;
  private readonly queue: Definition[] = [];
  private readonly described = new Set<string>();
  private readonly lost: LostSchema[] = [];
  private mixedProperties = 0;
  private inlinedProperties = 0;
  /** Inline schemas that are being written, from the outside to the inside. */
  private readonly writing = new Set<string>();

  /** `components`: the named schemas of the source, whose names and order the definitions keep. */
  constructor(references: References, report: Report, components: Located | undefined, siblingsCount: boolean) {
    this.references = references;
    this.report = report;
    this.flattener = new Flattener(references, report, siblingsCount, (expression, cause) =>
      this.lose(expression, cause),
    );
    const order = new Map<string, number>();
    for (const [name, node] of members(components)) {
      const key = `#${node.at}`;
      order.set(key, order.size);
      const wanted = usableDefinitionName(name);
      if (!this.names.has(wanted)) this.names.set(wanted, key);
    }
    this.order = order;
  }

  /** Converts everything that was referred to so far; afterwards `all` is complete. */
  finish(): void {
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      const flat = this.flattener.flatten(next.expression);
      this.note(flat);
      next.schema = this.write(flat, {
        hint: next.name,
        depth: 0,
        owner: ownerFromName(next.name),
        top: false,
      });
      const title = flat.title === undefined ? '' : plainText(flat.title);
      if (title !== '' && title.length <= 80) next.schema = { title, ...next.schema };
    }
    reportLost(this.lost, {
      flattener: this.flattener,
      references: this.references,
      report: this.report,
      isDescribed: (key) => this.isDescribed(key),
    });
  }

  /** All definitions: those of the source in its order, then the others as they were found. */
  all(): Definition[] {
    const rank = (entry: readonly [string, Definition]): number => this.order.get(entry[0]) ?? Number.MAX_SAFE_INTEGER;
    return [...this.byKey].sort((a, b) => rank(a) - rank(b)).map(([, definition]) => definition);
  }

  /** Keys of the components that the result describes somewhere. */
  isDescribed(key: string): boolean {
    return this.described.has(key);
  }

  /** Notes that the result describes a component somewhere outside of the definitions. */
  markDescribed(key: string): void {
    this.described.add(key);
  }

  /** Notes a schema that the result doesn't describe at this place. */
  lose(expression: Expression, cause: ReportCode): void {
    this.lost.push({ expression, cause });
  }

  flat(expression: Expression): Flat {
    return this.flattener.flatten(expression);
  }

  /** A schema of the source as one of the result: a reference for named objects, written out otherwise. */
  convert(expression: Expression, position: Position): JsonObject {
    if (this.isBeyondBudget(expression)) {
      this.report.lossy(
        'depth-cut',
        placeOf(expression),
        'Too many combinations of alternatives: any object is accepted.',
      );
      this.lose(expression, 'depth-cut');
      return { type: 'object' };
    }
    const flat = this.flattener.flatten(expression);
    if (flat.kind === 'object' && flat.definition !== undefined) {
      this.reportOwnTexts(expression, flat, flat.definition);
      const name = this.refer(flat.definition, flat.at, position);
      return name === undefined ? { type: 'object' } : { $ref: `#/definitions/${name}` };
    }
    if (flat.kind === 'array' && flat.definition !== undefined)
      return this.convertList(flat, flat.definition, position);
    this.note(flat);
    return flat.kind === 'array' || (flat.kind === 'object' && flat.sources.size > 0)
      ? this.writeInlined(expression, flat, position)
      : this.write(flat, position);
  }

  /** A reference has no room for texts of its own: those of what it refers to are shown. */
  private reportOwnTexts(expression: Expression, flat: Flat, definition: DefinitionKey): void {
    const base = this.flattener.flatten(definition.expression);
    const lost = (['title', 'description'] as const).filter(
      (member) => flat[member] !== undefined && flat[member] !== base[member],
    );
    if (lost.length > 0)
      this.report.lossy(
        'ref-texts',
        placeOf(expression),
        `The ${lost.join(' and the ')} beside the reference gives way to what the schema itself says.`,
      );
  }

  /** A list or an object without a name that holds what named ones say: it may come back to itself, and it may multiply. */
  private writeInlined(expression: Expression, flat: Flat, position: Position): JsonObject {
    const key = this.flattener.keyOf(expression);
    this.inlinedProperties += position.depth > 0 ? flat.properties.size : 0;
    if (this.writing.has(key) || this.inlinedProperties > mostInlinedProperties) {
      const cause = this.writing.has(key) ? 'recursion-cut' : 'depth-cut';
      const reason =
        cause === 'recursion-cut'
          ? 'This schema comes back to itself: anything is accepted here.'
          : 'Too many combinations of alternatives: anything is accepted.';
      this.report.lossy(cause, placeOf(expression), reason);
      this.lose(expression, cause);
      return flat.kind === 'array' ? { type: 'array', items: {} } : { type: 'object' };
    }
    this.writing.add(key);
    const schema = this.write(flat, position);
    this.writing.delete(key);
    return schema;
  }

  /** Named lists are written out, except where they contain themselves or whole objects. */
  private convertList(flat: Flat, definition: DefinitionKey, position: Position): JsonObject {
    if (!this.containsItself(flat)) {
      this.note(flat);
      const schema = this.write(flat, position);
      if (!holdsObject(schema.items)) return schema;
    }
    const name = this.refer(definition, flat.at, position);
    return name === undefined ? { type: 'array', items: {} } : { $ref: `#/definitions/${name}` };
  }

  /** Once there are too many mixtures, further ones are not even computed. */
  private isBeyondBudget(expression: Expression): boolean {
    if (expression.op === 'leaf' || this.mixedProperties <= mostMixedProperties) return false;
    return (
      !this.byKey.has(this.flattener.keyOf(expression)) &&
      expression.parts.every((part) => part.op === 'leaf' && this.flattener.flatten(part).kind === 'object')
    );
  }

  /** True for lists of lists … that come back to a named list, or that nobody would write out. */
  private containsItself(list: Flat): boolean {
    const seen = new Set<string | Flat>();
    let flat = list;
    for (let depth = 0; depth < mostListsInLists; depth += 1) {
      if (flat.kind !== 'array' || flat.items === undefined) return false;
      const key = flat.definition?.key ?? flat;
      // what comes back without a name, such as a union of a list, is cut there: the result refers to nothing
      if (seen.has(key)) return flat.definition !== undefined;
      seen.add(key);
      flat = this.flattener.flatten(flat.items);
    }
    return true;
  }

  /** The name of a definition, made when it is first needed; undefined where a mixture is cut. */
  private refer(definition: DefinitionKey, at: string, position: Position): string | undefined {
    const known = this.byKey.get(definition.key);
    if (known !== undefined) return known.name;
    const isMixture = definition.expression.op !== 'leaf';
    const isTooDeep = definition.expression.op !== 'leaf' && definition.expression.level > maxMixtureDepth;
    if (isMixture) this.mixedProperties += this.flattener.flatten(definition.expression).properties.size;
    if (isTooDeep || (isMixture && this.mixedProperties > mostMixedProperties)) {
      this.report.lossy('depth-cut', at, 'Too many combinations of alternatives: any object is accepted.');
      this.lose(definition.expression, 'depth-cut');
      return undefined;
    }
    const wish = isMixture ? usableDefinitionName(position.hint) : nameOfTarget(definition.key, position.hint);
    const name = freeName(wish, (candidate) => (this.names.get(candidate) ?? definition.key) !== definition.key);
    this.names.set(name, definition.key);
    this.described.add(definition.key);
    const entry: Definition = {
      name,
      at: isMixture ? at : placeOf(definition.expression),
      expression: definition.expression,
      schema: {},
    };
    this.byKey.set(definition.key, entry);
    this.queue.push(entry);
    return name;
  }

  private note(flat: Flat): void {
    for (const source of flat.sources) this.described.add(source);
  }

  private write(flat: Flat, position: Position): JsonObject {
    const schema: JsonObject = {};
    const { kind } = flat;
    if (kind === 'object' || (kind === 'untyped' && flat.properties.size > 0)) this.writeObject(flat, schema, position);
    else if (kind === 'array') this.writeList(flat, schema, position);
    else if (kind === 'null')
      this.report.lossy('null-only', flat.at, 'Only null is allowed here: any value is accepted.');
    else if (isScalar(kind)) writeScalar(flat, schema, position, this.report);
    const description = describe(flat.description, definitionText);
    if (description !== '' && kind !== 'cut') schema.description = description;
    if (flat.nullable && Object.keys(schema).length > 0) {
      schema['x-nullable'] = true;
      if (kind !== 'object')
        this.report.info('nullable', flat.at, 'May be null, which actions cannot tell from absent.');
    }
    if (flat.readOnly && isScalar(kind)) schema.readOnly = true;
    copyExtensions(flat, schema);
    return schema;
  }

  private writeObject(flat: Flat, schema: JsonObject, position: Position): void {
    schema.type = 'object';
    if (position.depth >= deepest) {
      if (flat.properties.size === 0) return;
      this.report.lossy('depth-cut', flat.at, `Nested more than ${deepest} levels deep: any object is accepted.`);
      for (const property of flat.properties.values()) this.lose(property, 'depth-cut');
      return;
    }
    const properties: JsonObject = {};
    const readOnly = new Set<string>();
    for (const [name, expression] of flat.properties) {
      const property = this.writeProperty(name, expression, flat, position);
      if (property === undefined) continue;
      properties[name] = property;
      if (property.readOnly === true) readOnly.add(name);
    }
    const required = [...flat.required].filter((name) => Object.hasOwn(properties, name) && !readOnly.has(name));
    if (required.length > 0) schema.required = required;
    if (Object.keys(properties).length > 0) {
      schema.properties = properties;
      if (flat.additional !== undefined && flat.additional !== true) {
        this.report.lossy(
          'map-dropped',
          placeOf(flat.additional),
          'Further values under free names are not described beside fixed properties.',
        );
        this.lose(flat.additional, 'map-dropped');
      }
      return;
    }
    if (flat.additional === undefined || flat.additional === true) return;
    const further = { hint: `${position.hint}_value`, depth: position.depth + 1, top: false };
    const additional = this.convert(flat.additional, further);
    // any value is what an object holds without a word about it
    if (Object.keys(additional).length > 0) schema.additionalProperties = additional;
  }

  private writeProperty(name: string, expression: Expression, owner: Flat, position: Position): JsonObject | undefined {
    if (this.isBeyondBudget(expression)) {
      this.convert(expression, position);
      return anyObjectProperty(name);
    }
    const flat = this.flattener.flatten(expression);
    if (flat.kind === 'never') {
      this.report.lossy('property-forbidden', placeOf(expression), `Property ${name} may never be present.`);
      return undefined;
    }
    const schema = this.convert(expression, {
      hint: `${position.hint}_${name}`,
      depth: position.depth + 1,
      owner: ownerFromName(name),
      top: false,
    });
    if (schema.$ref !== undefined) return schema;
    const stated = statedTitle(flat.extensions, placeOf(expression), this.report);
    const title = stated ?? usableTitle(flat.title) ?? titleCase(name);
    if (title !== '') schema['x-ms-summary'] = title;
    const description = describe(flat.description, propertyText);
    delete schema.description;
    if (description !== '' && !sameWords(description, title)) schema.description = description;
    else this.derive(name, schema, flat.at, position, owner);
    if (flat.deprecated && !owner.required.has(name) && schema['x-ms-visibility'] === undefined)
      schema['x-ms-visibility'] = 'advanced';
    return inOrder(schema, schemaOrder);
  }

  /** A description made of the name, where it says more than the label. */
  private derive(name: string, schema: JsonObject, at: string, position: Position, owner: Flat): void {
    const said = derivedText(name, schema, { position, siblings: owner.properties, flattener: this.flattener });
    if (said === undefined) return;
    schema.description = said;
    this.report.derive('property-description', at, said);
  }

  private writeList(flat: Flat, schema: JsonObject, position: Position): void {
    schema.type = 'array';
    Object.assign(schema, usableBounds(flat.bounds, 'array').bounds);
    schema.items =
      flat.items === undefined
        ? {}
        : this.convert(flat.items, {
            hint: `${position.hint}_item`,
            depth: position.depth + 1,
            owner: position.owner,
            top: false,
          });
  }
}

/** A property whose schema was cut away: any object, with the label that every property has. */
export function anyObjectProperty(name: string): JsonObject {
  return { type: 'object', 'x-ms-summary': titleCase(name) };
}

function holdsObject(items: Json | undefined): boolean {
  return isObject(items) && (isObject(items.properties) || holdsObject(items.items));
}

const visibilities: ReadonlySet<string> = new Set(['important', 'advanced', 'internal']);

/** `x-ms-*` of the source, as far as they are valid there. */
function copyExtensions(flat: Flat, schema: JsonObject): void {
  for (const [key, value] of Object.entries(flat.extensions)) {
    if (key === 'x-ms-summary' || key === 'x-ms-enum-values' || key === 'x-ms-url-encoding') continue;
    if (key === 'x-ms-visibility' && !visibilities.has(String(value))) continue;
    schema[key] = value;
  }
}
