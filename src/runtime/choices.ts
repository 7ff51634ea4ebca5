import { asArray, asString, getOwn, type Json, type JsonObject } from '../connector/json/value.ts';
import { findOperationId } from '../connector/operations.ts';
import { dynamicCallOf } from './dynamic-call.ts';
import { findOperation } from './operation.ts';
import { isThere, setBelow, valueBelow } from './paths.ts';
import { prepareRun, type RunOptions, runOperation } from './run-operation.ts';
import type { SchemaView } from './schema.ts';
import type { ScriptOptions } from './script/run-script.ts';

/** What somebody chooses from, as the designer shows it. */
export interface Choice {
  value: string;
  label: string;
}

/** The values of an enum under their labels, or yes and no. */
export function fixedChoices({ node }: SchemaView): Choice[] {
  if (getOwn(node, 'type') === 'boolean') {
    return [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ];
  }
  const labels = new Map(
    asArray(getOwn(node, 'x-ms-enum-values')).map((entry) => [
      getOwn(entry, 'value'),
      asString(getOwn(entry, 'displayName')),
    ]),
  );
  return asArray(getOwn(node, 'enum'))
    .filter(isScalar)
    .map((value) => ({ value: String(value), label: labels.get(value) || String(value) }));
}

const isScalar = (value: Json | undefined): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** The code that an operation is run by; undefined: it has none. @throws UserError where it can't be run here */
export type CodeOf = (operationId: string) => Promise<ScriptOptions | undefined>;

/**
 * What the API offers for an input: its answer to the operation that the definition names.
 *
 * @returns undefined where there is no such operation, where it can't be asked, and where its answer has no list
 * @throws UserError where it can't be run at all
 */
export async function offeredChoices(
  { node }: SchemaView,
  options: RunOptions,
  codeOf: CodeOf,
): Promise<Choice[] | undefined> {
  const call = dynamicCallOf(node);
  if (call === undefined || options.send === undefined || options.isMock) return undefined;
  if (findOperationId(options.operation.definition, call.operationId) === undefined) return undefined;
  const inputs: JsonObject = {};
  for (const [name, argument] of call.arguments) {
    const value = 'value' in argument ? argument.value : valueBelow(options.inputs, argument.input.split('/'));
    if (isThere(value)) setBelow(inputs, name.split('/'), value);
  }
  const operation = findOperation(options.operation.definition, call.operationId);
  const asked: RunOptions = { ...options, operation, inputs };
  const prepared = prepareRun(asked);
  if (prepared.built.problems.length > 0 || prepared.method !== 'GET') return undefined;
  const { trace } = await runOperation({ ...asked, script: await codeOf(operation.id) }, prepared);
  const list = call.list === '' ? trace.result?.body : valueBelow(trace.result?.body, call.list.split('/'));
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.flatMap((element) => {
    const value = call.value === '' ? element : valueBelow(element, call.value.split('/'));
    if (!isScalar(value)) return [];
    const label = valueBelow(element, call.title.split('/'));
    return [{ value: String(value), label: isScalar(label) ? String(label) : String(value) }];
  });
}
