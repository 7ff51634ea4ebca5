import { setName, setParameters, setsOf } from '../../authentication/connection-parameter-sets/parameter-sets.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';

/** What apiProperties.json says about the values that a connection has. */

export interface DeclaredParameter {
  name: string;
  /** For people. */
  label: string;
  description: string;
  type: string;
  /** A connection can't be made without it. */
  required: boolean;
  /** Never shown, and so never given by people. */
  hidden: boolean;
  /** Never shown by us, also where the dialog shows it (`clearText`). */
  secret: boolean;
  preset: string | undefined;
  choices: { value: string; label: string }[];
}

/** One way to connect: a set of parameters, or all of a connector without sets. */
export interface DeclaredSet {
  /** Undefined: the connector has no sets. */
  name: string | undefined;
  /** For people. */
  label: string;
  parameters: DeclaredParameter[];
}

/** @param inner `properties` of apiProperties.json. Sets win over `connectionParameters` where a connector has both */
export function declaredSets(inner: JsonObject): DeclaredSet[] {
  const sets = setsOf(inner).map((set) => ({
    name: setName(set),
    label: labelOfSet(set) || setName(set),
    parameters: read(setParameters(set)),
  }));
  if (sets.length > 0) return sets;
  return [{ name: undefined, label: '', parameters: read(asObject(getOwn(inner, 'connectionParameters'))) }];
}

/** Both spellings are published (docs/reference/connector-format.md#connection-parameter-sets). */
function labelOfSet(set: JsonObject): string {
  const ui = getOwn(set, 'uiDefinition');
  return asString(getOwn(ui, 'displayName')) || asString(getOwn(ui, 'displayname')) || '';
}

/** The connection parameters of a set as they are written; without a name, those of a connector without sets. */
export function writtenParameters(inner: JsonObject, name: string | undefined): JsonObject {
  const set = setsOf(inner).find((candidate) => setName(candidate) === name);
  return set === undefined ? asObject(getOwn(inner, 'connectionParameters')) : setParameters(set);
}

/** Names that are declared in any set or outside of sets. */
export function declaredNames(inner: JsonObject): Set<string> {
  const all = [asObject(getOwn(inner, 'connectionParameters')), ...setsOf(inner).map(setParameters)];
  return new Set(all.flatMap((parameters) => Object.keys(parameters)));
}

const read = (parameters: JsonObject): DeclaredParameter[] =>
  Object.entries(parameters).flatMap(([name, node]) => (isObject(node) ? [readOne(name, node)] : []));

function readOne(name: string, node: JsonObject): DeclaredParameter {
  const ui = asObject(getOwn(node, 'uiDefinition'));
  const constraints = asObject(getOwn(ui, 'constraints'));
  const type = (asString(getOwn(node, 'type')) ?? 'string').toLowerCase();
  const preset = getOwn(node, 'defaultValue') ?? getOwn(node, 'default') ?? getOwn(constraints, 'default');
  return {
    name,
    label: asString(getOwn(ui, 'displayName')) || name,
    description: asString(getOwn(ui, 'description')) || asString(getOwn(ui, 'tooltip')) || '',
    type,
    // only the text counts: docs/reference/runtime.md#connection-dialog
    required: getOwn(constraints, 'required') === 'true',
    hidden: getOwn(constraints, 'hidden') === 'true' || getOwn(constraints, 'hideInUI') === 'true',
    secret: type === 'securestring' || type === 'oauthsetting' || /^token:.*secret$/i.test(name),
    preset: preset === undefined || preset === null || isObject(preset) ? undefined : String(preset),
    choices: asArray(getOwn(constraints, 'allowedValues')).flatMap(choiceOf),
  };
}

function choiceOf(entry: Json): { value: string; label: string }[] {
  const value = getOwn(entry, 'value');
  if (value === undefined || value === null || isObject(value)) return [];
  return [{ value: String(value), label: asString(getOwn(entry, 'text')) ?? String(value) }];
}

/** What a text would have to be for a parameter of this type; undefined: it is. */
export function expectedOf({ type }: Pick<DeclaredParameter, 'type'>, text: string): string | undefined {
  if (/^bool/.test(type) && text !== 'true' && text !== 'false') return 'true or false';
  if (/^int/.test(type) && !/^-?\d+$/.test(text)) return 'an integer';
  return undefined;
}

/** The sign-in by OAuth of a set. */
export const tokenOf = ({ parameters }: DeclaredSet): DeclaredParameter | undefined =>
  parameters.find(({ type }) => type === 'oauthsetting');

/** What the platform alone makes: a person never gives it. */
export const isGiven = ({ type }: DeclaredParameter): boolean => type !== 'gatewaysetting';
