import { asString, getOwn } from '../../connector/json/value.ts';
import type { SourceOperation, SourceParameter, SourceScheme } from '../model.ts';

/**
 * The scheme of a description that has none, but lists what signs in among the parameters of its operations: the header
 * `Authorization`, which no connector can send as a parameter, or a key that all operations take.
 *
 * @returns undefined where there is no such parameter
 */
export function schemeOfParameters(operations: readonly SourceOperation[]): SourceScheme | undefined {
  return schemeOfHeader(operations) ?? schemeOfKey(operations);
}

/** Names of API keys, as they are written in headers and queries. */
const keyName = /^(?:x-)?(?:[a-z]{1,20}-?)?(?:api|access|auth|subscription)[-_]?(?:key|token)$/i;

/** The key that every operation has as an input: makers would give it in each step, in plain sight. */
function schemeOfKey(operations: readonly SourceOperation[]): SourceScheme | undefined {
  const [first, ...others] = operations.map((operation) =>
    operation
      .detail()
      .parameters.filter(({ in: place, name }) => /^(?:header|query)$/.test(place) && keyName.test(name)),
  );
  const key = first?.find(({ in: place, name }) =>
    others.every((parameters) => parameters.some((other) => other.in === place && other.name === name)),
  );
  if (key === undefined) return undefined;
  const { in: place, name, at, description } = key;
  return { ...authorizationScheme(undefined, at, description), name, in: place, parameter: name };
}

function schemeOfHeader(operations: readonly SourceOperation[]): SourceScheme | undefined {
  const parameters = operations.flatMap((operation) => operation.detail().parameters.filter(isAuthorization));
  const [first] = parameters;
  if (first === undefined) return undefined;
  const word = parameters
    .flatMap(textsOf)
    .map(wordOf)
    .find((found) => found !== undefined);
  return authorizationScheme(word, first.at, first.description);
}

/**
 * A scheme for the header `Authorization`.
 *
 * @param word what its value begins with, such as `Bearer`; undefined: users type the whole value
 * @param at pointer to where the description has it
 */
export function authorizationScheme(
  word: string | undefined,
  at: string,
  description: string | undefined,
): SourceScheme {
  const known = word?.toLowerCase();
  const isHttp = known === 'bearer' || known === 'basic';
  return {
    name: isHttp ? known : 'authorization',
    at,
    type: isHttp ? 'http' : 'apiKey',
    in: isHttp ? undefined : 'header',
    parameter: isHttp ? undefined : 'Authorization',
    scheme: isHttp ? known : undefined,
    ...(word === undefined || isHttp ? {} : { prefix: word }),
    description,
    openIdConnectUrl: undefined,
    flows: [],
  };
}

const isAuthorization = ({ in: place, name }: SourceParameter): boolean =>
  place === 'header' && name.toLowerCase() === 'authorization';

/** What a description says about a value: words, examples, defaults, patterns. */
function textsOf({ description, example, schema }: SourceParameter): string[] {
  const inSchema = ['description', 'default', 'example', 'pattern'].map((key) => asString(getOwn(schema.value, key)));
  return [example, description, ...inSchema].filter((text) => text !== undefined);
}

/** Only the two words of the standard: any other one may be a word of a sentence. */
const wordOf = (text: string): string | undefined => /\b(bearer|basic)\b/i.exec(text)?.[1];
