import { asArray, asString, getOwn, isObject, type Json, type JsonObject, valueAt } from '../connector/json/value.ts';
import { findOperationId } from '../connector/operations.ts';
import { dynamicCallOf, type OperationCall, schemaCallOf } from './dynamic-call.ts';
import { bodyParameter, findOperation } from './operation.ts';
import { isThere, setBelow } from './paths.ts';
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
  if (call === undefined) return undefined;
  const answer = await answerTo(call, options, codeOf);
  const list = at(answer, call.list);
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.flatMap((element) => {
    const value = at(element, call.value);
    if (!isScalar(value)) return [];
    const label = valueAt(element, call.title.split('/'));
    return [{ value: String(value), label: isScalar(label) ? String(label) : String(value) }];
  });
}

/**
 * The schema that the API tells of an object whose fields are known at run time only.
 *
 * @param view of an input or an output
 * @returns undefined where there is no such operation, where it can't be asked, and where its answer has no schema
 * @throws UserError where it can't be run at all
 */
export async function offeredSchema(
  view: SchemaView,
  options: RunOptions,
  codeOf: CodeOf,
): Promise<JsonObject | undefined> {
  const { schemas } = options.operation;
  const call = schemas
    .parts(view)
    .map(({ node }) => schemaCallOf(node))
    .find((found) => found !== undefined);
  if (call === undefined) return undefined;
  const schema = at(await answerTo(call, options, codeOf), call.path);
  return isObject(schema) ? schema : undefined;
}

const at = (value: Json | undefined, path: string): Json | undefined =>
  path === '' ? value : valueAt(value, path.split('/'));

/** What the API answers to an operation that fills a form; undefined where it can't be asked. */
async function answerTo(call: OperationCall, options: RunOptions, codeOf: CodeOf): Promise<Json | undefined> {
  const { definition } = options.operation;
  if (options.send === undefined || options.isMock) return undefined;
  if (findOperationId(definition, call.operationId) === undefined) return undefined;
  const inputs: JsonObject = {};
  for (const [name, argument] of call.arguments) {
    const value = 'value' in argument ? argument.value : inputNamed(options, argument.input);
    if (isThere(value)) setBelow(inputs, name.split('/'), value);
  }
  const operation = findOperation(definition, call.operationId);
  const asked: RunOptions = { ...options, operation, inputs };
  const prepared = prepareRun(asked);
  if (prepared.built.problems.length > 0 || prepared.method !== 'GET') return undefined;
  const { trace } = await runOperation({ ...asked, script: await codeOf(operation.id) }, prepared);
  return trace.result?.body;
}

/** A property of the body may be called without the name of the body. */
function inputNamed({ operation, inputs }: RunOptions, name: string): Json | undefined {
  const value = valueAt(inputs, name.split('/'));
  if (isThere(value)) return value;
  const body = bodyParameter(operation);
  return body === undefined ? undefined : valueAt(getOwn(inputs, body.name), name.split('/'));
}
