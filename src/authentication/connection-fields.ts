import type { ConnectorDraft } from '../connector/draft.ts';
import { asArray, asObject, asString, deepEqual, getOwn, type Json, type JsonObject } from '../connector/json/value.ts';
import { propertiesOrder, setInOrder } from '../connector/key-order.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { lowerFirst } from '../language/sentences.ts';
import { shellWord } from '../process/command.ts';
import { isReservedName } from './combinations.ts';
import { setParameters, setsOf, withSchemas } from './connection-parameter-sets/parameter-sets.ts';
import { fieldOf } from './kinds/parts.ts';
import type { ConnectionField } from './parse-field.ts';

/** Fields of the connection beside the sign-in, which policies and code of the author's use. */

/**
 * Adds a field to the connection, or changes the one of that name; with several ways to sign in, to each.
 *
 * @throws UserError for a name that the platform reads itself
 */
export function setConnectionField(draft: ConnectorDraft, field: ConnectionField): void {
  if (isReservedName(field.name)) {
    throw new UserError(`--field: the name "${field.name}" is taken by the sign-in`, {
      hint: 'choose another name for the field',
    });
  }
  changeParameters(draft, (parameters, complete) => ({
    ...parameters,
    ...complete({ [field.name]: parameterOf(field, parameters) }),
  }));
}

/**
 * Removes a field.
 *
 * @throws UserError when there is none of that name, or a policy still uses it
 */
export function removeConnectionField(draft: ConnectorDraft, name: string): void {
  const names = fieldNames(draft);
  if (!names.includes(name)) {
    const guess = nearest(name, names);
    throw new UserError(
      `--remove-field: there is no field "${name}"${guess === undefined ? '' : `; did you mean ${guess}?`}`,
      { hint: names.length === 0 ? 'the connection asks for the sign-in only' : `the fields are: ${names.join(', ')}` },
    );
  }
  const user = asArray(getOwn(draft.connectorProperties, 'policyTemplateInstances')).find((policy) =>
    JSON.stringify(policy).includes(`@connectionParameters('${name}'`),
  );
  if (user !== undefined) {
    const title = asString(getOwn(asObject(user), 'title')) ?? '';
    throw new UserError(`--remove-field: the policy "${title}" uses the field "${name}"`, {
      hint: `remove the policy first: pp-connector policy --remove ${shellWord(title)}`,
    });
  }
  changeParameters(draft, ({ [name]: _, ...others }) => others);
}

function fieldNames(draft: ConnectorDraft): string[] {
  const inner = draft.connectorProperties;
  const all = [asObject(getOwn(inner, 'connectionParameters')), ...setsOf(inner).map(setParameters)];
  return [...new Set(all.flatMap((parameters) => Object.keys(parameters)))].filter((name) => !isReservedName(name));
}

type Change = (parameters: JsonObject, complete: (added: JsonObject) => JsonObject) => JsonObject;

/** The connection's own parameters, or those of every set, where the form wants more of them. */
function changeParameters(draft: ConnectorDraft, change: Change): void {
  const inner = draft.connectorProperties;
  const values = setsOf(inner);
  const key = values.length > 0 ? 'connectionParameterSets' : 'connectionParameters';
  const next: Json =
    values.length > 0
      ? {
          ...asObject(getOwn(inner, key)),
          values: values.map((set) => ({ ...set, parameters: change(setParameters(set), withSchemas) })),
        }
      : change(asObject(getOwn(inner, key)), (added) => added);
  if (!deepEqual(getOwn(inner, key), next)) setInOrder(inner, key, next, propertiesOrder);
}

function parameterOf(field: ConnectionField, around: JsonObject): JsonObject {
  const { label, description, secret, optional, choices } = field;
  const { type, uiDefinition } = fieldOf(secret, tabIndexFor(field.name, around), {
    displayName: label,
    description,
    tooltip: `${choices.length > 0 ? 'Choose' : 'Provide'} your ${lowerFirst(label)}`,
  });
  const constraints = asObject(getOwn(asObject(uiDefinition), 'constraints'));
  return {
    type: type ?? 'string',
    ...(field.default === undefined ? {} : { defaultValue: field.default }),
    uiDefinition: {
      ...asObject(uiDefinition),
      constraints: {
        ...constraints,
        ...(optional ? { required: 'false' } : {}),
        ...(choices.length === 0 ? {} : { allowedValues: choices.map(({ value, text }) => ({ text, value })) }),
      },
    },
  };
}

/** Behind the other fields of the form; one that is there stays where it is. */
function tabIndexFor(name: string, around: JsonObject): number {
  const indexOf = (parameter: Json | undefined): number => {
    const constraints = getOwn(asObject(getOwn(asObject(parameter), 'uiDefinition')), 'constraints');
    return Number(getOwn(asObject(constraints), 'tabIndex') ?? 1);
  };
  const present = getOwn(around, name);
  return present === undefined ? Math.max(1, ...Object.values(around).map(indexOf)) + 1 : indexOf(present);
}
