import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  strings,
} from '../connector/json/value.ts';
import type { Definition } from './resolve.ts';

/** An input of an operation, as people see it. */
export interface FieldFacts {
  /** Labels from the outermost object to the field itself. */
  labels: string[];
  required: boolean;
  /** As the author wrote it; empty when there is none. */
  description: string;
  /** Names of the allowed values; empty when everything is allowed. */
  choices: string[];
}

export interface OperationFacts {
  summary: string;
  description: string;
  tags: string[];
  isTrigger: boolean;
  isDeprecated: boolean;
  fields: FieldFacts[];
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** Objects inside a body whose properties are shown as fields of their own; deeper ones are one field. */
const maxDepth = 4;

/** Visible operations, actions first, in the order of the definition. */
export function gatherOperations(definition: Definition): OperationFacts[] {
  const operations = Object.values(asObject(getOwn(definition.root, 'paths'))).flatMap((item) =>
    Object.entries(asObject(item)).flatMap(([method, operation]) => {
      if (!methods.has(method) || !isObject(operation) || isInternal(operation)) return [];
      return [operationFacts(definition, asObject(item), operation)];
    }),
  );
  return [...operations.filter((one) => !one.isTrigger), ...operations.filter((one) => one.isTrigger)];
}

const isInternal = (value: JsonObject): boolean =>
  asString(getOwn(value, 'x-ms-visibility'))?.toLowerCase() === 'internal' ||
  getOwn(value, 'x-ms-notification-url') === true;

const text = (value: JsonObject, key: string): string => (asString(getOwn(value, key)) ?? '').trim();

function operationFacts(definition: Definition, item: JsonObject, operation: JsonObject): OperationFacts {
  return {
    summary: text(operation, 'summary') || text(operation, 'operationId') || 'Operation without a name',
    description: text(operation, 'description'),
    tags: strings(getOwn(operation, 'tags')),
    isTrigger: getOwn(operation, 'x-ms-trigger') !== undefined,
    isDeprecated: getOwn(operation, 'deprecated') === true,
    fields: effectiveParameters(definition, item, operation)
      .filter((parameter) => !isInternal(parameter))
      .flatMap((parameter) => parameterFields(definition, parameter)),
  };
}

/** The operation's own parameters, after those of the path item that it doesn't replace. */
function effectiveParameters(definition: Definition, item: JsonObject, operation: JsonObject): JsonObject[] {
  const list = (value: Json | undefined): JsonObject[] =>
    asArray(value)
      .map((entry) => definition.follow(entry))
      .filter((entry) => entry !== undefined);
  const mine = list(getOwn(operation, 'parameters'));
  const replaced = (outer: JsonObject) =>
    mine.some(
      (inner) => getOwn(inner, 'name') === getOwn(outer, 'name') && getOwn(inner, 'in') === getOwn(outer, 'in'),
    );
  return [...list(getOwn(item, 'parameters')).filter((outer) => !replaced(outer)), ...mine];
}

function parameterFields(definition: Definition, parameter: JsonObject): FieldFacts[] {
  const required = getOwn(parameter, 'required') === true;
  if (getOwn(parameter, 'in') !== 'body') return [field([], parameter, text(parameter, 'name'), required)];
  const schema = definition.follow(getOwn(parameter, 'schema')) ?? {};
  if (isInternal(schema)) return [];
  const inner = objectFields(definition, schema, { labels: [], required, around: [schema] });
  if (inner.length > 0 || hasOnlyHidden(definition, schema)) return inner;
  const whole = { ...schema, ...withoutBlank(parameter) };
  return [field([], whole, text(parameter, 'name') || 'Body', required)];
}

/** A body that people don't fill in, such as the subscription of a webhook. */
const hasOnlyHidden = (definition: Definition, schema: JsonObject): boolean =>
  Object.keys(definition.objectParts(schema).properties).length > 0;

/** The parameter's own texts go before those of its schema. */
const withoutBlank = (parameter: JsonObject): JsonObject =>
  Object.fromEntries(
    ['x-ms-summary', 'description'].flatMap((key) => {
      const value = text(parameter, key);
      return value === '' ? [] : [[key, value]];
    }),
  );

interface Around {
  labels: string[];
  required: boolean;
  /** Schemas that this one is in: a schema inside itself is shown as one field. */
  around: readonly JsonObject[];
}

function objectFields(definition: Definition, schema: JsonObject, outer: Around): FieldFacts[] {
  const { properties, required } = definition.objectParts(schema);
  return Object.entries(properties).flatMap(([name, value]) => {
    const property = definition.follow(value);
    if (property === undefined || isInternal(property) || getOwn(property, 'readOnly') === true) return [];
    const isRequired = outer.required && required.has(name);
    const whole = field(outer.labels, property, name, isRequired);
    if (outer.around.includes(property) || outer.around.length > maxDepth) return [whole];
    const around = [...outer.around, property];
    const inner = objectFields(definition, property, { labels: whole.labels, required: isRequired, around });
    return inner.length > 0 ? inner : [whole];
  });
}

function field(labels: string[], value: JsonObject, name: string, required: boolean): FieldFacts {
  const label = text(value, 'x-ms-summary') || text(value, 'title') || name || 'Value';
  return { labels: [...labels, label], required, description: text(value, 'description'), choices: choicesOf(value) };
}

/** Names shown for the allowed values. */
function choicesOf(value: JsonObject): string[] {
  const names = new Map(
    asArray(getOwn(value, 'x-ms-enum-values')).map((entry) => [
      getOwn(asObject(entry), 'value'),
      text(asObject(entry), 'displayName'),
    ]),
  );
  return asArray(getOwn(value, 'enum'))
    .filter((item) => item !== null && typeof item !== 'object')
    .map((item) => names.get(item) || String(item))
    .filter((item) => item !== '');
}
