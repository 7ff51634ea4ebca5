import { below } from '../../../src/connector/json/pointer.ts';
import { asArray, asObject, getOwn, type Json, type JsonObject } from '../../../src/connector/json/value.ts';
import { listOperations } from '../../../src/connector/operations.ts';
import { parameterPrefix, policySectionKey } from '../../../src/policy/instance-keys.ts';
import type { Change, Files, Kind } from './change.ts';

/** Mistakes in the policies and connection parameters of apiProperties.json. */

type Place = Omit<Change, 'kind'>;

const namesKey = 'x-ms-apimTemplate-operationName';
const key = 'policyTemplateInstances';
const policiesIn = ({ inner }: Files): JsonObject[] => asArray(getOwn(inner, key)).map(asObject);
const pointerOf = (index: number): string => below(`/properties/${key}`, index);

/** A change of each policy that fits. */
const each =
  (
    fits: (policy: JsonObject, index: number, all: JsonObject[]) => boolean,
    apply: (list: Json[], index: number) => void,
  ): Kind =>
  (files) =>
    policiesIn(files).flatMap((policy, index, all): Place[] =>
      fits(policy, index, all)
        ? [{ at: pointerOf(index), apply: (copy) => apply(asArray(copy.inner[key]), index) }]
        : [],
    );

const parametersOf = (policy: Json | undefined): JsonObject => asObject(asObject(policy).parameters);
const scopeOf = (policy: Json | undefined): Json[] => asArray(parametersOf(policy)[namesKey]);

/** A change of each parameter of each policy, by its name. */
const eachParameter =
  (change: (value: Json, name: string) => Json | undefined): Kind =>
  (files) =>
    policiesIn(files).flatMap((policy, index) =>
      Object.entries(parametersOf(policy)).flatMap(([name, value]): Place[] => {
        if (!name.startsWith(parameterPrefix)) return [];
        const to = change(value, name.slice(parameterPrefix.length));
        if (to === undefined || to === value) return [];
        return [
          {
            at: below(pointerOf(index), 'parameters', name),
            apply: (copy) => {
              parametersOf(asArray(copy.inner[key])[index])[name] = to;
            },
          },
        ];
      }),
    );

const actions: Readonly<Record<string, string>> = { override: 'skip', skip: 'append', append: 'override' };

const connectionParameters =
  (fits: (parameter: JsonObject) => boolean, apply: (parameters: JsonObject, name: string) => void): Kind =>
  ({ inner }) =>
    Object.entries(asObject(inner.connectionParameters))
      .filter(([, parameter]) => fits(asObject(parameter)))
      .map(
        ([name]): Place => ({
          at: below('/properties/connectionParameters', name),
          apply: (copy) => apply(asObject(copy.inner.connectionParameters), name),
        }),
      );

export const policyKinds: Readonly<Record<string, Kind>> = {
  'removed policy': each(
    () => true,
    (list, index) => {
      list.splice(index, 1);
    },
  ),
  'doubled policy': each(
    () => true,
    (list, index) => {
      list.splice(index, 0, structuredClone(list[index] as Json));
    },
  ),
  'swapped policies': each(
    (_, index, all) => index + 1 < all.length,
    (list, index) => {
      list.splice(index, 2, list[index + 1] as Json, list[index] as Json);
    },
  ),
  'policy in the other section': each(
    (policy) => typeof parametersOf(policy)[policySectionKey] === 'string',
    (list, index) => {
      const own = parametersOf(list[index]);
      own[policySectionKey] = String(own[policySectionKey]).toLowerCase() === 'request' ? 'Response' : 'Request';
    },
  ),
  'policy for one operation less': each(
    (policy) => scopeOf(policy).length > 1,
    (list, index) => {
      scopeOf(list[index]).shift();
    },
  ),
  'policy for all operations': each(
    (policy) => scopeOf(policy).length > 0,
    (list, index) => {
      delete parametersOf(list[index])[namesKey];
    },
  ),
  'policy for no operation but one': (files) => {
    const ids = listOperations(files.definition).map(({ id }) => id);
    const [first] = ids;
    if (first === undefined || ids.length < 2) return [];
    return each(
      (policy) => scopeOf(policy).length === 0,
      (list, index) => {
        parametersOf(list[index])[namesKey] = [first];
      },
    )(files);
  },
  'other text in a policy': eachParameter((value, name) =>
    typeof value === 'string' && name.toLowerCase() !== 'exists-action' && !/method/i.test(name)
      ? `${value}-x`
      : undefined,
  ),
  'other method in a policy': eachParameter((value, name) =>
    typeof value === 'string' && /method/i.test(name)
      ? value.toLowerCase().includes('post')
        ? 'GET'
        : 'POST'
      : undefined,
  ),
  'other expression in a policy': eachParameter((value) =>
    typeof value === 'string'
      ? value.replace(/(@(?:queryParameters|headers|connectionParameters)\(')([^']+)'/, "$1$2s'")
      : undefined,
  ),
  'missing first letter in a policy': eachParameter((value, name) =>
    typeof value === 'string' && value.length > 1 && /^[A-Za-z]/.test(value) && !/action|method/i.test(name)
      ? value.slice(1)
      : undefined,
  ),
  'other action where it exists': eachParameter((value, name) =>
    name.toLowerCase() === 'exists-action' ? actions[String(value).toLowerCase()] : undefined,
  ),
  'removed parameter of a policy': (files) =>
    policiesIn(files).flatMap((policy, index) =>
      Object.keys(parametersOf(policy))
        .filter((name) => name.startsWith(parameterPrefix))
        .map(
          (name): Place => ({
            at: below(pointerOf(index), 'parameters', name),
            apply: (copy) => {
              delete parametersOf(asArray(copy.inner[key])[index])[name];
            },
          }),
        ),
    ),
  'renamed connection parameter': connectionParameters(
    () => true,
    (parameters, name) => {
      parameters[`${name}2`] = parameters[name] as Json;
      delete parameters[name];
    },
  ),
  'other default of a connection parameter': connectionParameters(
    ({ uiDefinition, default: preset }) =>
      preset !== undefined || getOwn(asObject(uiDefinition), 'default') !== undefined,
    (parameters, name) => {
      const parameter = asObject(parameters[name]);
      parameter.default = `${String(parameter.default ?? '')}x`;
    },
  ),
  'secret that is none': connectionParameters(
    ({ type }) => type === 'securestring',
    (parameters, name) => {
      asObject(parameters[name]).type = 'string';
    },
  ),
};
