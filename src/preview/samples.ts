import { fromPointer } from '../connector/json/pointer.ts';
import { type Json, type JsonObject, valueAt } from '../connector/json/value.ts';
import { findOperationId } from '../connector/operations.ts';
import { type Choice, type CodeOf, offeredChoices, offeredSchema } from '../runtime/choices.ts';
import { resolveConnection } from '../runtime/connection/resolve-connection.ts';
import { dynamicCallOf, type OperationCall, schemaCallOf } from '../runtime/dynamic-call.ts';
import { fieldsOfSchema } from '../runtime/form/fields.ts';
import type { FormField, FormOperation, FormOutput } from '../runtime/form/form-model.ts';
import { outputsOfSchema } from '../runtime/form/outputs.ts';
import { inputPlace } from '../runtime/inputs.ts';
import { mocked, Sampler } from '../runtime/mock.ts';
import { findOperation, type RuntimeOperation } from '../runtime/operation.ts';
import type { RunOptions } from '../runtime/run-operation.ts';
import { Schemas, type SchemaView } from '../runtime/schema.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { Incoming, Send } from '../runtime/send.ts';
import type { Known, Source } from './page-state.ts';
import type { FormSources } from './read-preview.ts';

/** What forms might be filled with, by answers of tests, and the examples and schemas of the definition: nothing is sent. */

/** Answers that tests have, by operation in lower case. */
export type TestAnswers = ReadonlyMap<string, readonly Incoming[]>;

/** What a drop-down might offer. None where that can't be told. @param key of the field */
export async function sampleChoices(
  sources: FormSources,
  operationId: string,
  key: string,
  answers: TestAnswers,
): Promise<Choice[]> {
  const schemaOf = (operation: RuntimeOperation): SchemaView => inputPlace(operation, key).schema;
  const callOf = ({ node }: SchemaView): OperationCall | undefined => dynamicCallOf(node);
  const found = await sample(sources, operationId, { schemaOf, callOf, offered: offeredChoices, answers });
  // without an example in the definition, all are called the same
  return found?.value.some(({ label }) => label !== 'example') === true ? found.value : [];
}

/** Which fields there might be below one that is known at run time only. Undefined where nothing tells. */
export async function sampleFields(
  sources: FormSources,
  { id }: FormOperation,
  { key }: FormField,
  answers: TestAnswers,
): Promise<Known<FormField> | undefined> {
  const schemaOf = (operation: RuntimeOperation): SchemaView => inputPlace(operation, key).schema;
  const found = await sampleSchema(sources, id, schemaOf, answers);
  return found === undefined ? undefined : knownFields(found.value, sources.definition, found.from);
}

/** The outputs below one that is known at run time only, likewise. */
export async function sampleOutputs(
  sources: FormSources,
  { id }: FormOperation,
  output: FormOutput,
  answers: TestAnswers,
): Promise<Known<FormOutput> | undefined> {
  const schemaOf = (operation: RuntimeOperation): SchemaView => outputView(operation, output);
  const found = await sampleSchema(sources, id, schemaOf, answers);
  return found === undefined ? undefined : knownOutputs(found.value, sources.definition, output, found.from);
}

/** Where an output is written in the definition. */
export const outputView = ({ schemas, definition }: RuntimeOperation, { pointer }: FormOutput): SchemaView =>
  schemas.view(valueAt(definition, fromPointer(pointer)), pointer);

/** @returns undefined where the schema has no fields */
export function knownFields(schema: JsonObject, definition: JsonObject, from: Source): Known<FormField> | undefined {
  const parts = fieldsOfSchema(schema, definition);
  // a value that is no schema has no parts
  if (parts.every(({ key }) => key === '')) return undefined;
  return { from, parts, examples: examplesOf(schema, definition, parts, '') };
}

/** @returns undefined where the schema has no fields */
export function knownOutputs(
  schema: JsonObject,
  definition: JsonObject,
  output: FormOutput,
  from: Source,
): Known<FormOutput> | undefined {
  const parts = outputsOfSchema(schema, definition, output);
  return parts.length === 0 ? undefined : { from, parts, examples: examplesOf(schema, definition, parts, output.key) };
}

/** Values that say nothing: a schema without example, default and choices. */
const saysNothing: ReadonlySet<Json | undefined> = new Set([undefined, null, 'example']);
/** Longer ones are no help. */
const mostLetters = 60;

/** A value for each part, by what its schema says. @param above what keys begin with */
function examplesOf(
  schema: JsonObject,
  definition: JsonObject,
  parts: readonly { key: string }[],
  above: string,
): Record<string, string> {
  const schemas = new Schemas(definition);
  const whole = new Sampler(schemas, { takesObjects: true }).value(schemas.view(schema, ''), []);
  return Object.fromEntries(
    parts.flatMap(({ key }) => {
      const path = key.slice(above === '' ? 0 : above.length + 1).split('/');
      const value = valueAt(
        elementOf(whole),
        path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
      );
      if (saysNothing.has(value)) return [];
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [[key, text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text]];
    }),
  );
}

const elementOf = (value: Json): Json => (Array.isArray(value) ? (value[0] ?? null) : value);

function sampleSchema(
  sources: FormSources,
  operationId: string,
  schemaOf: (operation: RuntimeOperation) => SchemaView,
  answers: TestAnswers,
): Promise<{ value: JsonObject; from: Source } | undefined> {
  const callOf = (view: SchemaView, { schemas }: RuntimeOperation): OperationCall | undefined =>
    schemas
      .parts(view)
      .map(({ node }) => schemaCallOf(node))
      .find((given) => given !== undefined);
  // an object without type and properties describes nothing
  const offered: Offered<JsonObject> = async (...asked) => {
    const schema = await offeredSchema(...asked);
    return schema !== undefined && ['type', 'properties', 'items', '$ref', 'allOf'].some((name) => name in schema)
      ? schema
      : undefined;
  };
  return sample(sources, operationId, { schemaOf, callOf, offered, answers });
}

type Offered<T> = (schema: SchemaView, options: RunOptions, codeOf: CodeOf) => Promise<T | undefined>;

interface Wanted<T> {
  schemaOf: (operation: RuntimeOperation) => SchemaView;
  callOf: (schema: SchemaView, operation: RuntimeOperation) => OperationCall | undefined;
  offered: Offered<T>;
  answers: TestAnswers;
}

async function sample<T>(
  sources: FormSources,
  operationId: string,
  { schemaOf, callOf, offered, answers }: Wanted<T>,
): Promise<{ value: T; from: Source } | undefined> {
  try {
    const { definition } = sources;
    const operation = findOperation(definition, operationId);
    const schema = schemaOf(operation);
    const call = callOf(schema, operation);
    if (call === undefined || findOperationId(definition, call.operationId) === undefined) return undefined;
    const called = findOperation(definition, call.operationId);
    const given = (answers.get(called.id.toLowerCase()) ?? []).filter(({ status }) => status >= 200 && status < 300);
    for (const answer of given) {
      const value = await offered(
        schema,
        sampleRun(sources, operation, called, async () => answer),
        withoutCode,
      );
      if (value !== undefined) return { value, from: 'tests' };
    }
    const value = await offered(schema, sampleRun(sources, operation, called, mocked(called)), withoutCode);
    return value === undefined ? undefined : { value, from: 'examples' };
  } catch {
    // a sample is no more than a help: what is wrong with the definition is found by rules
    return undefined;
  }
}

const withoutCode: CodeOf = async () => undefined;

function sampleRun(
  { inner }: FormSources,
  operation: RuntimeOperation,
  called: RuntimeOperation,
  send: Send,
): RunOptions {
  const examples = ({ parameters }: RuntimeOperation): JsonObject =>
    Object.fromEntries(parameters.map(({ name }) => [name, 'example']));
  return {
    operation,
    // policies could look for what only the API knows
    inner: {},
    connection: resolveConnection({ inner, setName: undefined, file: undefined, env: {} }),
    inputs: { ...examples(called), ...examples(operation) },
    readFile: () => ({ bytes: Buffer.alloc(0), name: '' }),
    client: 'flow',
    nulls: 'drop',
    skipUnknownPolicies: true,
    send,
    isMock: false,
    sendTo: undefined,
    secrets: new Secrets([]),
  };
}
