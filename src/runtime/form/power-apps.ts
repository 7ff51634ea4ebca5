import { asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import { bodyParameter, type RuntimeOperation } from '../operation.ts';
import { isInternal, type Schemas, type SchemaView, visibilityOf } from '../schema.ts';
import type { PowerAppsArgument, PowerAppsFunction } from './form-model.ts';

/** An action as a function of Power Apps: docs/reference/runtime.md#inputs. */

/** @param title of the connector; a data source is called by it */
export function powerAppsFunctionOf(operation: RuntimeOperation, title: string): PowerAppsFunction {
  const list = argumentsOf(operation);
  const name = `${sourceName(title)}.${functionName(operation.id)}`;
  const required = list.filter((argument) => argument.required).map((argument) => written(argument.name));
  const optional = list
    .filter((argument) => !argument.required)
    .map((argument) => `${written(argument.name)}: ${argument.type}`);
  const words = optional.length === 0 ? required : [...required, `{${optional.join(', ')}}`];
  return {
    operationId: operation.id,
    name,
    signature: `${name}(${words.join(', ')})`,
    description: asString(getOwn(operation.value, 'description')) || asString(getOwn(operation.value, 'summary')) || '',
    deprecated: getOwn(operation.value, 'deprecated') === true,
    arguments: [...list.filter((argument) => argument.required), ...list.filter((argument) => !argument.required)],
  };
}

/** A name with other characters than letters, digits and underscores has quotes in a formula. */
const written = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`;

/** `Contoso Orders` → `ContosoOrders` */
const sourceName = (title: string): string => title.replaceAll(/[^\p{L}\p{N}_]/gu, '') || 'Connector';

/** `Get_Items` → `GetItems`: what isn't a letter or digit goes, and the next letter is a capital. */
function functionName(id: string): string {
  const name = id
    .split(/[^\p{L}\p{N}]+/u)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');
  return name || id;
}

/** Parameters, and the properties of the body beside them; what is internal and required is sent, but never asked for. */
function argumentsOf(operation: RuntimeOperation): PowerAppsArgument[] {
  const { schemas } = operation;
  const body = bodyParameter(operation);
  const others = operation.parameters
    .filter((parameter) => parameter !== body && !isInternal(parameter.node))
    .map(({ name, node, pointer, required }) => argumentOf(schemas, { node, pointer }, name, required));
  if (body === undefined) return others;
  const view = schemas.view(getOwn(body.node, 'schema'), `${body.pointer}/schema`);
  const properties = schemas.properties(view);
  if (properties.size === 0) {
    if (isInternal(body.node)) return others;
    const isRaw = schemas.keyword(view, 'format') === 'binary';
    const whole = argumentOf(schemas, view, isRaw ? 'file' : body.name, body.required);
    return [...others, { ...whole, description: describe(body.node) || whole.description }];
  }
  const isNeeded = getOwn(body.node, 'required') !== false;
  const names = schemas.required(view);
  const ofBody = [...properties]
    .filter(
      ([, property]) => visibilityOf(property.node) !== 'internal' && schemas.keyword(property, 'readOnly') !== true,
    )
    .map(([name, property]) => argumentOf(schemas, property, name, isNeeded && names.has(name)));
  return [...others, ...ofBody];
}

const argumentOf = (schemas: Schemas, view: SchemaView, name: string, required: boolean): PowerAppsArgument => ({
  name,
  type: typeOf(schemas, view),
  required,
  description: describe(view.node),
});

const describe = (node: JsonObject): string =>
  asString(getOwn(node, 'description')) || asString(getOwn(node, 'x-ms-summary')) || '';

const scalars: Readonly<Record<string, string>> = {
  string: 'Text',
  integer: 'Number',
  number: 'Number',
  boolean: 'Boolean',
  file: 'File',
};

const formats: Readonly<Record<string, string>> = {
  date: 'Date',
  'date-time': 'DateTime',
  'date-no-tz': 'DateTime',
  binary: 'File',
  byte: 'File',
};

function typeOf(schemas: Schemas, view: SchemaView): string {
  const type = schemas.types(view)[0] ?? '';
  if (type === 'array') return 'Table';
  if (type === 'object') return 'Record';
  return formats[String(schemas.keyword(view, 'format'))] ?? scalars[type] ?? 'Untyped';
}
