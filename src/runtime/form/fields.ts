import { asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { RuntimeOperation, RuntimeParameter } from '../operation.ts';
import { isInternal, labelOf, Schemas, type SchemaView, visibilityOf } from '../schema.ts';
import { dynamicSchemaOf, editorOf } from './editor.ts';
import type { FormField } from './form-model.ts';

/** The inputs of an operation as the designer shows them: docs/reference/runtime.md#designer. */

/** A property in its surroundings. */
interface At {
  key: string;
  /** What is in front of its label. */
  prefix: string;
  required: boolean;
  /** Of the objects around it, for properties without one of their own. */
  visibility: string;
  /** Pointers of the schemas around: one that contains itself ends there. */
  around: readonly string[];
  sites: readonly string[];
}

interface Ranked {
  field: FormField;
  rank: number;
}

/** Deeper bodies are edited as one value. */
const mostLevels = 16;
/** Schemas that refer to each other branch without end: after that many fields, objects are edited as one value. */
const mostFields = 1000;
/** Lists in lists: further ones are edited as one value. */
const mostLists = 3;

/** The fields in order: required, important, others, advanced ones; as in the file among each other. */
export function fieldsOf(operation: RuntimeOperation): FormField[] {
  const builder = new FieldBuilder(operation.schemas, operation.definition);
  return resolved(inOrder(operation.parameters.flatMap((parameter) => builder.parameter(parameter))));
}

/**
 * The fields of an object by a schema that isn't in the definition.
 *
 * @param definition that the schema may refer to
 * @returns with keys below the object; one with an empty key, where the schema is of something else
 */
export function fieldsOfSchema(schema: JsonObject, definition: JsonObject): FormField[] {
  const builder = new FieldBuilder(new Schemas(definition), definition);
  return resolved(inOrder(builder.loose(schema)));
}

const inOrder = (fields: readonly Ranked[]): FormField[] =>
  [...fields].sort((a, b) => a.rank - b.rank).map(({ field }) => field);

const ranks: Readonly<Record<string, number>> = { important: 1, advanced: 3 };

const rankOf = (required: boolean, visibility: string): number => (required ? 0 : (ranks[visibility] ?? 2));

/** A dynamic call names a property of the body by its name alone: then it gets the key of the field. */
function resolved(fields: FormField[]): FormField[] {
  const keys = new Set(fields.map(({ key }) => key));
  const byName = new Map(fields.map(({ key }) => [key.slice(key.lastIndexOf('/') + 1), key]));
  for (const { dynamic } of fields) {
    if (dynamic === null) continue;
    dynamic.dependsOn = dynamic.dependsOn.map((name) => (keys.has(name) ? name : (byName.get(name) ?? name)));
  }
  return fields;
}

/** Without title and summary: an empty text. */
export function ownLabel(schemas: Schemas, view: SchemaView): string {
  for (const { node } of schemas.parts(view)) {
    const label = labelOf(node, '');
    if (label !== '') return label;
  }
  return '';
}

export const labelBelow = (prefix: string, label: string): string =>
  [prefix, label].filter((part) => part !== '').join(' ');

/** Its own visibility, else that of the object around it. */
export const visibilityIn = (schemas: Schemas, view: SchemaView, around: string): string =>
  schemas
    .parts(view)
    .map(({ node }) => visibilityOf(node))
    .find((found) => found !== '') ?? around;

class FieldBuilder {
  private readonly schemas: Schemas;
  private readonly definition: JsonObject;
  private lists = 0;
  private made = 0;

  constructor(schemas: Schemas, definition: JsonObject) {
    this.schemas = schemas;
    this.definition = definition;
  }

  parameter(parameter: RuntimeParameter): Ranked[] {
    const { name, node, pointer, required } = parameter;
    if (parameter.in === 'body') return this.body(parameter);
    const isFile = getOwn(node, 'type') === 'file';
    // such names break the header that a form gives a file
    if (isInternal(node) || (isFile && /["@]/.test(name))) return [];
    const visibility = visibilityOf(node);
    const view = { node, pointer };
    const at: At = { key: name, prefix: '', required, visibility, around: [], sites: [] };
    const field = this.field(view, at, labelOf(node, name));
    if (isFile && parameter.in === 'formData') field.hasFileName = true;
    return [{ field, rank: rankOf(required, visibility) }];
  }

  loose(schema: JsonObject): Ranked[] {
    const view = this.schemas.view(schema, '');
    return this.property(view, { key: '', prefix: '', required: true, visibility: '', around: [], sites: [] }, 'Value');
  }

  private body({ name, node, pointer, required }: RuntimeParameter): Ranked[] {
    const { schemas } = this;
    const site = `${pointer}/schema`;
    const view = schemas.view(getOwn(node, 'schema'), site);
    const isObject_ = schemas.isType(view, 'object');
    const isDynamic = dynamicSchemaOf(schemas, view) !== null;
    const at = { key: name, prefix: '', around: [], sites: [site] };
    if (isObject_ && !isDynamic && schemas.hasProperties(view)) {
      const inside = visibilityOf(view.node);
      const visibility = inside === 'internal' ? '' : inside;
      return this.object(view, { ...at, required: getOwn(node, 'required') !== false, visibility });
    }
    if (isInternal(node) && !isObject_ && !isDynamic) return [];
    const visibility = visibilityOf(node) || visibilityOf(view.node);
    const label = labelOf(node, '') || ownLabel(schemas, view) || name;
    const field = this.field(view, { ...at, required, visibility }, label);
    field.placeholder = asString(getOwn(node, 'description')) || field.placeholder;
    // what people call it is mostly written beside the schema
    field.sites = [...new Set([...field.sites, field.pointer])];
    field.pointer = pointer;
    return [{ field, rank: rankOf(required, visibility) }];
  }

  private object(view: SchemaView, at: At): Ranked[] {
    const { schemas } = this;
    const required = schemas.required(view);
    const prefix = labelBelow(at.prefix, ownLabel(schemas, view));
    const around = [...at.around, view.pointer];
    return [...schemas.properties(view)].flatMap(([name, property]) =>
      this.property(
        property,
        {
          key: at.key === '' ? tokenOf(name) : `${at.key}/${tokenOf(name)}`,
          prefix,
          required: at.required && required.has(name),
          visibility: visibilityIn(schemas, property, at.visibility),
          around,
          sites: siteOf(view, name, property),
        },
        name,
      ),
    );
  }

  private property(view: SchemaView, at: At, name: string): Ranked[] {
    const { schemas } = this;
    if (at.visibility === 'internal' || isReadOnly(schemas, view)) return [];
    const isOpen = schemas.isType(view, 'object') && schemas.hasProperties(view);
    const ends = at.around.includes(view.pointer) || at.around.length > mostLevels || this.made > mostFields;
    if (isOpen && !ends && dynamicSchemaOf(schemas, view) === null) return this.object(view, at);
    const label = labelBelow(at.prefix, ownLabel(schemas, view) || name);
    return [{ field: this.field(view, at, label), rank: rankOf(at.required, at.visibility) }];
  }

  private field(view: SchemaView, at: At, label: string): FormField {
    const { schemas } = this;
    this.made += 1;
    const items = this.items(view, at);
    return {
      key: at.key,
      label,
      placeholder: asString(schemas.keyword(view, 'description')) ?? '',
      required: at.required,
      shown: at.required || at.visibility === 'important' ? 'always' : 'advanced',
      ...editorOf(schemas, view, this.definition),
      default: defaultOf(schemas.keyword(view, 'default')),
      type: schemas.types(view)[0] ?? 'any',
      format: asString(schemas.keyword(view, 'format')) ?? '',
      pointer: view.pointer,
      sites: at.sites.filter((site) => site !== view.pointer),
      ...(items === undefined ? {} : { items }),
      findings: [],
    };
  }

  /** The fields of one element of a list. */
  private items(view: SchemaView, at: At): FormField[] | undefined {
    const { schemas } = this;
    if (!schemas.isType(view, 'array') || !isObject(schemas.keyword(view, 'items')) || this.lists >= mostLists)
      return undefined;
    const part = schemas.parts(view).find(({ node }) => isObject(getOwn(node, 'items'))) ?? view;
    const element = schemas.below(part, 'items');
    if (at.around.includes(element.pointer)) return undefined;
    const inside: At = {
      key: '',
      prefix: '',
      required: true,
      visibility: '',
      around: [...at.around, view.pointer],
      sites: [`${part.pointer}/items`],
    };
    this.lists += 1;
    const fields = inOrder(this.property(element, inside, 'Item'));
    this.lists -= 1;
    return fields;
  }
}

/** Where a property is used, if that isn't where it is written. */
export function siteOf({ pointer }: SchemaView, name: string, property: SchemaView): string[] {
  const site = `${pointer}/properties/${tokenOf(name)}`;
  return site === property.pointer ? [] : [site];
}

const tokenOf = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const defaultOf = (value: Json | undefined): Json => value ?? null;

const isReadOnly = (schemas: Schemas, view: SchemaView): boolean =>
  schemas.keyword(view, 'readOnly') === true ||
  String(schemas.keyword(view, 'x-ms-permission') ?? '').toLowerCase() === 'read-only';
