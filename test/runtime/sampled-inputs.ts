import { getOwn, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { Sampler } from '../../src/runtime/mock.ts';
import type { RuntimeOperation, RuntimeParameter } from '../../src/runtime/operation.ts';
import { isInternal } from '../../src/runtime/schema.ts';

/** Inputs that fit an operation: the required ones, or all that people see. */
export function sampledInputs(operation: RuntimeOperation, which: 'required' | 'all'): JsonObject {
  const wanted = operation.parameters.filter(
    (parameter) => !isLocked(parameter) && (which === 'all' || parameter.required),
  );
  return Object.fromEntries(wanted.map((parameter) => [parameter.name, sample(operation, parameter)]));
}

const isLocked = ({ node, in: location }: RuntimeParameter): boolean => isInternal(node) && location !== 'body';

function sample({ schemas }: RuntimeOperation, { in: location, node, pointer }: RuntimeParameter): Json {
  if (getOwn(node, 'type') === 'file') return { base64: 'ZXhhbXBsZQ==', name: 'a.pdf' };
  const view = location === 'body' ? schemas.view(getOwn(node, 'schema'), `${pointer}/schema`) : { node, pointer };
  return new Sampler(schemas, { takesObjects: false }).value(view, []);
}

/** A connection with a value for everything that is declared. */
export function sampledValues(
  parameters: readonly { name: string; type: string; choices: readonly { value: string }[] }[],
): Record<string, string> {
  return Object.fromEntries(
    parameters.map(({ name, type, choices }) => {
      if (/^bool/.test(type)) return [name, 'true'];
      if (/^int/.test(type)) return [name, '7'];
      return [name, choices[0]?.value ?? `https://${name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}.example.com`];
    }),
  );
}
