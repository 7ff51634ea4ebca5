import { isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { nearest } from '../../did-you-mean.ts';
import { UserError } from '../../errors.ts';
import type { Secret } from '../secrets.ts';
import type { ConnectionValues } from '../values.ts';
import {
  type DeclaredParameter,
  type DeclaredSet,
  declaredNames,
  declaredSets,
  expectedOf,
  isGiven,
  tokenOf,
} from './declared.ts';
import { requireDistinctVariables, tokenVariable, variableOf } from './environment-names.ts';

export interface ConnectionSources {
  /** `properties` of apiProperties.json. */
  inner: JsonObject;
  /** `--connection-set`. */
  setName: string | undefined;
  /** The object of `--connection`, with how messages call the file. */
  file: { name: string; values: JsonObject } | undefined;
  env: Readonly<Record<string, string | undefined>>;
  /** What was asked for, or is stored: the last source. */
  further?: Readonly<Record<string, string>>;
}

/** A connection as a run uses it. */
export interface Connection extends ConnectionValues {
  parameters: readonly DeclaredParameter[];
  /** The token of a sign-in by OAuth. */
  accessToken: string | undefined;
  secrets: Secret[];
  /** It has a value of its own, not the default that it is declared with. */
  isGiven: (name: string) => boolean;
  /** What is required and has no value. */
  missing: DeclaredParameter[];
}

/**
 * The values of a connection, from the first source that has each.
 *
 * @throws UserError for a set or a parameter that isn't declared, a value of the wrong type, two parameters of one variable
 */
export function resolveConnection(sources: ConnectionSources): Connection {
  const sets = declaredSets(sources.inner);
  refuseStrangers(sources, sets);
  const candidates = chosen(sets, sources.setName).map((set) => connectionOf(set, sources));
  const [first] = candidates;
  if (first === undefined) throw new UserError('the connector has no way to connect');
  return candidates.find(({ missing }) => missing.length === 0) ?? first;
}

function chosen(sets: DeclaredSet[], name: string | undefined): DeclaredSet[] {
  if (name === undefined) return sets;
  const found = sets.find((set) => set.name === name);
  if (found !== undefined) return [found];
  const names = sets.flatMap((set) => set.name ?? []);
  throw new UserError(`--connection-set ${name}: there is no such set`, {
    hint:
      names.length === 0 ? 'the connector has no connectionParameterSets' : `the connector has: ${names.join(', ')}`,
  });
}

function refuseStrangers({ file, inner }: ConnectionSources, sets: readonly DeclaredSet[]): void {
  if (file === undefined) return;
  const known = new Set([
    ...declaredNames(inner),
    ...sets.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
  ]);
  for (const name of Object.keys(file.values)) {
    if (known.has(name)) continue;
    const near = nearest(name, [...known]);
    throw new UserError(
      `${file.name}: the connector has no connection parameter ${name}${near === undefined ? '' : `; did you mean ${near}?`}`,
      { hint: `it has: ${[...known].join(', ') || 'none'}` },
    );
  }
}

function connectionOf(set: DeclaredSet, sources: ConnectionSources): Connection {
  const parameters = set.parameters.filter(isGiven);
  requireDistinct(parameters, sources);
  const values = new Map<string, string>();
  for (const parameter of parameters) {
    const value = valueFor(parameter, sources);
    if (value !== undefined) values.set(parameter.name, value);
  }
  const token = tokenOf(set);
  const names = declaredNames(sources.inner);
  const lowerCase = new Map([...values].map(([name, value]) => [name.toLowerCase(), value]));
  const presets = new Map(parameters.map(({ name, preset }) => [name.toLowerCase(), preset]));
  return {
    set: set.name,
    parameters,
    isDeclared: (name) => names.has(name) || [...names].some((other) => other.toLowerCase() === name.toLowerCase()),
    read: (name) => values.get(name) ?? lowerCase.get(name.toLowerCase()) ?? presets.get(name.toLowerCase()),
    accessToken: token === undefined ? undefined : values.get(token.name),
    secrets: parameters.flatMap(({ name, secret }) => {
      const value = values.get(name);
      return secret && value !== undefined ? [{ label: name, value }] : [];
    }),
    isGiven: (name) => values.has(name),
    missing: parameters.filter((parameter) => isMissing(parameter, values)),
  };
}

/** The sign-in counts as required, whatever its constraints say: without it there is no connection. */
const isMissing = (
  { name, required, hidden, preset, type }: DeclaredParameter,
  values: ReadonlyMap<string, string>,
): boolean => (type === 'oauthsetting' || (required && !hidden)) && !values.has(name) && preset === undefined;

const variableFor = ({ name, type }: DeclaredParameter): string =>
  type === 'oauthsetting' ? tokenVariable : variableOf(name);

function requireDistinct(parameters: readonly DeclaredParameter[], { file }: ConnectionSources): void {
  const open = parameters.filter(({ name }) => file === undefined || !Object.hasOwn(file.values, name));
  requireDistinctVariables(open.map((parameter) => ({ name: parameter.name, variable: variableFor(parameter) })));
}

/** An empty text counts as not given. */
function valueFor(parameter: DeclaredParameter, { file, env, further }: ConnectionSources): string | undefined {
  const { name } = parameter;
  if (file !== undefined && Object.hasOwn(file.values, name)) {
    const value = file.values[name];
    if (value !== null && value !== undefined && value !== '') return textOf(parameter, value, file.name);
  }
  const variable = variableFor(parameter);
  const fromEnvironment = env[variable] || undefined;
  if (fromEnvironment !== undefined) return textOf(parameter, fromEnvironment, variable);
  return further !== undefined && Object.hasOwn(further, name) ? further[name] || undefined : undefined;
}

/** The value is never part of the message: it may be a secret. */
function textOf(parameter: DeclaredParameter, value: Json, source: string): string {
  const isScalar = !isObject(value) && !Array.isArray(value);
  const expected = isScalar ? expectedOf(parameter, String(value)) : 'a text, a number or a boolean';
  if (expected === undefined) return String(value);
  throw new UserError(`${source}: the value of ${parameter.name} must be ${expected}`);
}

/** How somebody gives the missing values, for a message. */
export function howToGive(missing: readonly DeclaredParameter[]): string {
  const variables = missing.map(variableFor);
  return `set ${variables.join(', ')}, or give a JSON file: --connection FILE; or store it once: pp-connector connect`;
}
