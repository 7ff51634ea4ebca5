import { asObject, asString, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';

/** Operations of the connector that tell what an input offers. */

export interface OperationCall {
  operationId: string;
  /** Names of the called operation's inputs → a value, or the input whose value it is. */
  arguments: [name: string, { value: Json } | { input: string }][];
}

export interface DynamicCall extends OperationCall {
  list: string;
  value: string;
  title: string;
}

export interface SchemaCall extends OperationCall {
  /** Where the schema is in the answer; empty: it is the answer. */
  path: string;
}

/** What fills the drop-down of an input. The older form wins, as in the designer (docs/reference/runtime.md#designer). */
export function dynamicCallOf(node: JsonObject): DynamicCall | undefined {
  const older = getOwn(node, 'x-ms-dynamic-values');
  const call = asObject(older ?? getOwn(node, 'x-ms-dynamic-list'));
  const operationId = asString(getOwn(call, 'operationId'));
  if (operationId === undefined) return undefined;
  const text = (key: string): string => asString(getOwn(call, key)) ?? '';
  const paths =
    older === undefined
      ? { list: text('itemsPath'), value: text('itemValuePath'), title: text('itemTitlePath') }
      : { list: text('value-collection'), value: text('value-path'), title: text('value-title') };
  return { operationId, ...paths, arguments: argumentsOf(call) };
}

/** What tells which fields an object has. The older form wins, as above. */
export function schemaCallOf(node: JsonObject): SchemaCall | undefined {
  const older = getOwn(node, 'x-ms-dynamic-schema');
  const call = asObject(older ?? getOwn(node, 'x-ms-dynamic-properties'));
  const operationId = asString(getOwn(call, 'operationId'));
  if (operationId === undefined) return undefined;
  const path = asString(getOwn(call, older === undefined ? 'itemValuePath' : 'value-path')) ?? '';
  return { operationId, path, arguments: argumentsOf(call) };
}

const argumentsOf = (call: JsonObject): OperationCall['arguments'] =>
  Object.entries(asObject(getOwn(call, 'parameters'))).map(([name, argument]) => [name, argumentOf(argument)]);

export function argumentOf(argument: Json): { value: Json } | { input: string } {
  const input = asString(getOwn(argument, 'parameterReference')) ?? asString(getOwn(argument, 'parameter'));
  if (input !== undefined) return { input };
  const value = getOwn(argument, 'value');
  return { value: isObject(argument) && value !== undefined ? value : argument };
}
