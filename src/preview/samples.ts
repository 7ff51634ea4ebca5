import { findOperationId } from '../connector/operations.ts';
import { type Choice, type CodeOf, offeredChoices, offeredFields } from '../runtime/choices.ts';
import { resolveConnection } from '../runtime/connection/resolve-connection.ts';
import { dynamicCallOf, type OperationCall, schemaCallOf } from '../runtime/dynamic-call.ts';
import type { FormField } from '../runtime/form/form-model.ts';
import { inputPlace } from '../runtime/inputs.ts';
import { mocked } from '../runtime/mock.ts';
import { findOperation, type RuntimeOperation } from '../runtime/operation.ts';
import type { RunOptions } from '../runtime/run-operation.ts';
import type { SchemaView } from '../runtime/schema.ts';
import { Secrets } from '../runtime/secrets.ts';
import type { FormSources } from './read-preview.ts';

/** What forms might be filled with, by the examples and schemas of the definition: nothing is sent. */

/** What a drop-down might offer. None where that can't be told. @param key of the field */
export async function sampleChoices(sources: FormSources, operationId: string, key: string): Promise<Choice[]> {
  const found = await sample(sources, operationId, key, ({ node }) => dynamicCallOf(node), offeredChoices);
  // without an example in the definition, all are called the same
  return found?.some(({ label }) => label !== 'example') === true ? found : [];
}

/** Which fields there might be below one that is known at run time only. None where no example tells. @param key of the field */
export async function sampleFields(sources: FormSources, operationId: string, key: string): Promise<FormField[]> {
  const call = ({ node }: SchemaView, { schemas }: RuntimeOperation): OperationCall | undefined =>
    schemas
      .parts({ node, pointer: '' })
      .map((part) => schemaCallOf(part.node))
      .find((given) => given !== undefined);
  const found = await sample(sources, operationId, key, call, offeredFields);
  return found ?? [];
}

async function sample<T>(
  { definition, inner }: FormSources,
  operationId: string,
  key: string,
  callOf: (schema: SchemaView, operation: RuntimeOperation) => OperationCall | undefined,
  offered: (schema: SchemaView, options: RunOptions, codeOf: CodeOf) => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    const operation = findOperation(definition, operationId);
    const { schema } = inputPlace(operation, key);
    const call = callOf(schema, operation);
    if (call === undefined || findOperationId(definition, call.operationId) === undefined) return undefined;
    const called = findOperation(definition, call.operationId);
    const given = Object.fromEntries(called.parameters.map(({ name }) => [name, 'example']));
    const options: RunOptions = {
      operation,
      // policies could look for what only the API knows
      inner: {},
      connection: resolveConnection({ inner, setName: undefined, file: undefined, env: {} }),
      inputs: { ...given, ...Object.fromEntries(operation.parameters.map(({ name }) => [name, 'example'])) },
      readFile: () => ({ bytes: Buffer.alloc(0), name: '' }),
      client: 'flow',
      nulls: 'drop',
      skipUnknownPolicies: true,
      send: mocked(called),
      isMock: false,
      sendTo: undefined,
      secrets: new Secrets([]),
    };
    return await offered(schema, options, async () => undefined);
  } catch {
    // a sample is no more than a help: what is wrong with the definition is found by rules
    return undefined;
  }
}
