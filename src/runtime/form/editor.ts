import { asArray, asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { argumentOf, dynamicCallOf } from '../dynamic-call.ts';
import type { Schemas, SchemaView } from '../schema.ts';
import type { DynamicSource, Editor, FieldChoice } from './form-model.ts';

/** Which editor the designer gives an input: docs/reference/runtime.md#designer. */

const schemaCalls = ['x-ms-dynamic-schema', 'x-ms-dynamic-properties'] as const;

/** The operation that tells which fields there are; the older form wins. */
export function dynamicSchemaOf(schemas: Schemas, view: SchemaView): DynamicSource | null {
  for (const name of schemaCalls) {
    const call = schemas.keyword(view, name);
    if (isObject(call)) return sourceOf(call);
  }
  return null;
}

function sourceOf(call: JsonObject): DynamicSource {
  const given = isObject(getOwn(call, 'parameters')) ? Object.values(call.parameters as JsonObject) : [];
  return { operationId: asString(getOwn(call, 'operationId')) ?? '', dependsOn: inputsOf(given.map(argumentOf)) };
}

const inputsOf = (given: readonly ReturnType<typeof argumentOf>[]): string[] => [
  ...new Set(given.flatMap((argument) => ('input' in argument ? argument.input : []))),
];

interface Offer {
  editor: Editor;
  dynamic: DynamicSource | null;
}

/** Values before list before tree. */
function offerOf(node: JsonObject, definition: JsonObject): Offer | undefined {
  const values = getOwn(node, 'x-ms-dynamic-values');
  if (isObject(values)) {
    if (getOwn(values, 'builtInOperation') !== undefined) return { editor: 'text', dynamic: null };
    const capability = asString(getOwn(values, 'capability'));
    if (capability !== undefined) {
      const open = getOwn(getOwn(getOwn(definition, 'x-ms-capabilities'), capability), 'open');
      const operationId = asString(getOwn(open, 'operation-id')) ?? asString(getOwn(open, 'operationId'));
      return { editor: 'tree', dynamic: operationId === undefined ? null : { operationId, dependsOn: [] } };
    }
  }
  const call = dynamicCallOf(node);
  if (call !== undefined) {
    const dependsOn = inputsOf(call.arguments.map(([, argument]) => argument));
    return { editor: 'combobox', dynamic: { operationId: call.operationId, dependsOn } };
  }
  const tree = getOwn(node, 'x-ms-dynamic-tree');
  if (!isObject(tree)) return undefined;
  const steps = ['open', 'browse'].flatMap((step) => getOwn(tree, step) ?? []).filter(isObject);
  const [open] = steps.map(sourceOf);
  const dependsOn = [...new Set(steps.flatMap((step) => sourceOf(step).dependsOn))];
  return { editor: 'tree', dynamic: open === undefined ? null : { operationId: open.operationId, dependsOn } };
}

/** Names of `x-ms-editor`, in lower case, that aren't those of our editors. */
const named: Readonly<Record<string, Editor>> = {
  dictionary: 'dictionary',
  combobox: 'combobox',
  dropdown: 'combobox',
  html: 'html',
  htmleditor: 'html',
  array: 'array',
  code: 'text',
  string: 'text',
};

export interface EditorChoice extends Offer {
  choices: FieldChoice[];
}

/** @param view of a parameter, or of a property of the body */
export function editorOf(schemas: Schemas, view: SchemaView, definition: JsonObject): EditorChoice {
  const schema = dynamicSchemaOf(schemas, view);
  if (schema !== null) return { editor: 'dynamic', dynamic: schema, choices: [] };
  const type = schemas.types(view)[0];
  const parts = schemas.parts(view).map(({ node }) => node);
  const offer = parts.map((node) => offerOf(node, definition)).find((found) => found !== undefined);
  if (type === 'array') {
    const ofItems = offer ?? offerOf(schemas.below(view, 'items').node, definition);
    return { editor: 'array', dynamic: ofItems?.dynamic ?? null, choices: [] };
  }
  const format = asString(schemas.keyword(view, 'format')) ?? '';
  if (type === 'file' || ['byte', 'binary'].includes(format))
    return { editor: 'file', dynamic: offer?.dynamic ?? null, choices: [] };
  if (offer !== undefined) return { ...offer, choices: [] };
  const choices = type === 'boolean' ? [] : choicesOf(schemas, view);
  const given = named[(asString(schemas.keyword(view, 'x-ms-editor')) ?? '').toLowerCase()];
  if (given !== undefined) return { editor: given, dynamic: null, choices };
  return { editor: byType(type, format, choices, schemas.hasProperties(view)), dynamic: null, choices };
}

function byType(type: string | undefined, format: string, choices: readonly FieldChoice[], isObject_: boolean): Editor {
  if (type === 'boolean') return 'boolean';
  if (choices.length > 0) return 'enum';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'object' || isObject_) return 'object';
  if (['date', 'date-time', 'date-no-tz'].includes(format)) return 'date';
  return format === 'html' ? 'html' : 'text';
}

/** What an enum offers, under the labels of `x-ms-enum-values`, else of `x-ms-editor-options`. */
function choicesOf(schemas: Schemas, view: SchemaView): FieldChoice[] {
  const options =
    getOwn(schemas.keyword(view, 'x-ms-editor-options'), 'items') ??
    getOwn(schemas.keyword(view, 'x-ms-editor-options'), 'options');
  const entries = [
    ...asArray(schemas.keyword(view, 'x-ms-enum-values')).map((entry) => labelled(entry, 'displayName')),
    ...asArray(options).map((entry) => labelled(entry, 'title')),
  ];
  const labels = new Map(entries.map(({ value, label }) => [value, label] as const).reverse());
  const values = asArray(schemas.keyword(view, 'enum')).filter(isScalar);
  const offered = values.length > 0 ? values : asArray(options).flatMap((entry) => getOwn(entry, 'value') ?? []);
  return offered.filter(isScalar).map((value) => ({ value, label: labels.get(value) || String(value) }));
}

const labelled = (entry: Json, key: string): { value: Json | undefined; label: string | undefined } => ({
  value: getOwn(entry, 'value'),
  label: asString(getOwn(entry, key)) ?? asString(getOwn(entry, 'displayName')),
});

const isScalar = (value: Json): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
