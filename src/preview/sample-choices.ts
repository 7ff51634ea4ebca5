import type { JsonObject } from '../connector/json/value.ts';
import { findOperationId } from '../connector/operations.ts';
import { type Choice, offeredChoices } from '../runtime/choices.ts';
import { resolveConnection } from '../runtime/connection/resolve-connection.ts';
import { dynamicCallOf } from '../runtime/dynamic-call.ts';
import { inputPlace } from '../runtime/inputs.ts';
import { mocked } from '../runtime/mock.ts';
import { findOperation } from '../runtime/operation.ts';
import type { RunOptions } from '../runtime/run-operation.ts';
import { Secrets } from '../runtime/secrets.ts';

/**
 * What a drop-down might offer, made up from the definition: nothing is sent. None where that can't be told.
 *
 * @param key of the field
 */
export async function sampleChoices(
  definition: JsonObject,
  inner: JsonObject,
  operationId: string,
  key: string,
): Promise<Choice[]> {
  try {
    const operation = findOperation(definition, operationId);
    const { schema } = inputPlace(operation, key);
    const call = dynamicCallOf(schema.node);
    if (call === undefined || findOperationId(definition, call.operationId) === undefined) return [];
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
    return (await offeredChoices(schema, options, async () => undefined)) ?? [];
  } catch {
    // a sample is no more than a help: what is wrong with the definition is found by rules
    return [];
  }
}
