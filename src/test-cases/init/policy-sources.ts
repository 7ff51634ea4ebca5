import { isObject, type Json, valueAt } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import { parseBodyPath, parseSubPath, parseTemplate } from '../../runtime/expressions.ts';
import type { PolicyInstance } from '../../runtime/instances.ts';
import { isThere, setBelow } from '../../runtime/paths.ts';

/**
 * Prepares a body for a policy that works on it, so that a test shows its effect: what the policy looks for is there, in
 * the form that it looks for.
 *
 * @param body changed in place
 */
export function prepareFor(policy: PolicyInstance, body: Json, base: string): void {
  try {
    const prepare = preparers[policy.template];
    if (prepare !== undefined) prepare(body, policy.parameters, base);
    else readable(body, policy.parameters);
  } catch (error) {
    // a path that nobody understands is a finding of the rules
    if (!isUserError(error)) throw error;
  }
}

type Parameters = PolicyInstance['parameters'];
type Prepare = (body: Json, parameters: Parameters, base: string) => void;

const textOf = (parameters: Parameters, name: string): string =>
  typeof parameters[name] === 'string' ? (parameters[name] as string) : '';

const preparers: Readonly<Record<string, Prepare>> = {
  stringtoarray(body, parameters) {
    const [delimiter = ','] = textOf(parameters, 'delimiterList');
    setSource(body, parameters, (old) => (typeof old === 'string' ? `${old}${delimiter}two` : `one${delimiter}two`));
  },
  stringreplace(body, parameters) {
    const wanted = textOf(parameters, 'sourceString');
    setSource(body, parameters, (old) => (typeof old === 'string' ? `${wanted}${old}` : `${wanted}one`));
  },
  encodepropertyvalue(body, parameters) {
    setSource(body, parameters, (old) => (typeof old === 'string' ? `${old} &` : 'one & two'));
  },
  convertarraytoobject(body, parameters) {
    const key = parseSubPath(textOf(parameters, 'keyWithinCollectionPath'));
    setSource(body, parameters, (old) => {
      const elements = Array.isArray(old) && old.length > 0 && old.every(isObject) ? old : [{ value: 1 }, { value: 2 }];
      for (const [index, element] of elements.entries()) {
        if (!isThere(valueAt(element, key))) setBelow(element, key, `key-${index + 1}`);
      }
      return elements;
    });
  },
  convertobjecttoarray(body, parameters) {
    setSource(body, parameters, (old) =>
      isObject(old) && Object.keys(old).length > 0 ? old : { first: { value: 1 }, second: { value: 2 } },
    );
  },
  setproperty(body, parameters) {
    parentsIn(body, textOf(parameters, 'newPropertyParentPathTemplate'));
    readable(body, parameters);
  },
  updatenextlink(body, parameters, base) {
    const parent = textOf(parameters, 'nextLinkParentPropertyPath');
    const path = parent === '' || parent === 'null' ? [] : parseBodyPath(parent).path;
    setBelow(body, [...path, textOf(parameters, 'nextLinkPropertyName')], `${base}/next?page=2`);
  },
};

/** Puts the source of a converter into the body. */
function setSource(body: Json, parameters: Parameters, make: (old: Json | undefined) => Json): void {
  const sub = textOf(parameters, 'propertySubPath');
  const below = sub === '' || sub === 'null' ? [] : parseSubPath(sub);
  for (const parent of parentsIn(body, textOf(parameters, 'propertyParentPath'), below.length === 0)) {
    const { root, path } = parent;
    const whole = [...path, ...below];
    if (whole.length > 0) setBelow(root, whole, make(valueAt(root, whole)));
  }
}

/** The parent at a path, made where it is missing; of a list its elements. */
function parentsIn(body: Json, text: string, isProperty = false): { root: Json; path: string[] }[] {
  const { path } = parseBodyPath(text);
  const found = valueAt(body, path);
  if (!isProperty && Array.isArray(found)) return found.filter(isObject).map((root) => ({ root, path: [] }));
  if (!isThere(found) && path.length > 0) setBelow(body, path, {});
  return [{ root: body, path: [...path] }];
}

/** Gives all paths that a policy reads in the body a value. */
function readable(body: Json, parameters: Parameters): void {
  for (const value of Object.values(parameters)) {
    if (typeof value !== 'string' || !value.includes('(')) continue;
    for (const part of parseTemplate(value)) {
      if (typeof part === 'string' || part.name !== 'body' || part.path.length === 0) continue;
      if (!isThere(valueAt(body, part.path))) setBelow(body, part.path, part.path.at(-1) ?? 'value');
    }
  }
}

/** What the call of `setvaluefromurl` answers. */
export function valueAnswer(policy: PolicyInstance): Json {
  try {
    const { path } = parseBodyPath(textOf(policy.parameters, 'parameterValuePathTemplate'));
    const start: Json = /^\d+$/.test(path[0] ?? '') ? [] : {};
    setBelow(start, path, `fetched-${path.at(-1) ?? 'value'}`);
    return start;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return {};
  }
}
