import { setName, setParameters, setsOf } from '../../authentication/connection-parameter-sets/parameter-sets.ts';
import { below } from '../../connector/json/pointer.ts';
import { asObject, asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import { type DeclaredParameter, declaredSets } from '../connection/declared.ts';
import type { ConnectionField, ConnectionForm, ConnectionSet } from './form-model.ts';

/** The dialog that makes a connection: docs/reference/runtime.md#connection-dialog. */

/** @param inner `properties` of apiProperties.json */
export function connectionFormOf(inner: JsonObject): ConnectionForm {
  const given = setsOf(inner);
  const sets = declaredSets(inner).map(({ name, parameters }, index): ConnectionSet => {
    const set = given[index];
    const nodes = set === undefined ? asObject(getOwn(inner, 'connectionParameters')) : setParameters(set);
    const pointer = set === undefined ? '/properties/connectionParameters' : setPointer(inner, set);
    const parametersPointer = set === undefined ? pointer : below(pointer, 'parameters');
    return {
      name: name ?? 'default',
      label: set === undefined ? '' : displayName(getOwn(set, 'uiDefinition')) || setName(set),
      pointer,
      signsIn: parameters.some(({ type }) => type === 'oauthsetting'),
      fields: parameters.flatMap((parameter) =>
        isShown(parameter) ? [fieldOf(parameter, asObject(getOwn(nodes, parameter.name)), parametersPointer)] : [],
      ),
    };
  });
  const ui = asObject(getOwn(asObject(getOwn(inner, 'connectionParameterSets')), 'uiDefinition'));
  return {
    asksForName: !sets.every(({ signsIn, fields }) => signsIn && fields.length === 0),
    choice:
      given.length > 0
        ? { label: displayName(ui) || 'Authentication type', placeholder: asString(getOwn(ui, 'description')) ?? '' }
        : null,
    sets,
    findings: [],
  };
}

function setPointer(inner: JsonObject, set: JsonObject): string {
  const values = getOwn(asObject(getOwn(inner, 'connectionParameterSets')), 'values');
  const index = Array.isArray(values) ? values.indexOf(set) : 0;
  return below('/properties/connectionParameterSets/values', index);
}

/** Published files have both spellings. */
const displayName = (ui: unknown): string =>
  asString(getOwn(asObject(ui), 'displayName')) || asString(getOwn(asObject(ui), 'displayname')) || '';

const isShown = ({ hidden, type }: DeclaredParameter): boolean => !hidden && type !== 'oauthsetting';

function fieldOf(parameter: DeclaredParameter, node: JsonObject, pointer: string): ConnectionField {
  const { name, label, type, required, choices, preset, description } = parameter;
  const ui = asObject(getOwn(node, 'uiDefinition'));
  const constraints = asObject(getOwn(ui, 'constraints'));
  const isSecret = type === 'securestring';
  return {
    key: name,
    label,
    tooltip: asString(getOwn(ui, 'tooltip')) || description,
    required,
    secret: isSecret,
    masked: isSecret && ![true, 'true'].includes(getOwn(constraints, 'clearText') as boolean),
    type,
    choices,
    dependsOn: dependence(constraints),
    default: preset ?? choices[0]?.value ?? '',
    pointer: below(pointer, name),
    findings: [],
  };
}

function dependence(constraints: JsonObject): ConnectionField['dependsOn'] {
  const dependent = asObject(getOwn(constraints, 'dependentParameter'));
  const key = asString(getOwn(dependent, 'parameter')) ?? asString(getOwn(dependent, 'name'));
  const value = getOwn(dependent, 'value');
  return key === undefined ? null : { key, value: typeof value === 'object' ? '' : String(value ?? '') };
}
