import type { ConnectorDraft } from '../connector/draft.ts';
import {
  asArray,
  asObject,
  asString,
  canonicalText,
  clone,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { propertiesOrder, setInOrder } from '../connector/key-order.ts';
import { operationNameKey, parameterPrefix, policySectionKey } from './instance-keys.ts';
import { policyTemplate } from './templates.ts';

/** The policy template instances of a connector (docs/reference/policy-templates.md#instance). */

const key = 'policyTemplateInstances';

export interface NewPolicy {
  /** Lower case. */
  templateId: string;
  title: string;
  /** Without prefix. */
  parameters: Readonly<Record<string, Json>>;
  section?: string | undefined;
  /** None: all operations. */
  operations?: readonly string[] | undefined;
}

/** The instance as it is in apiProperties.json. */
export function policyInstance({ templateId, title, parameters, section, operations }: NewPolicy): JsonObject {
  const values: JsonObject = {};
  for (const [name, value] of Object.entries(parameters)) setOwn(values, `${parameterPrefix}${name}`, value);
  if (section !== undefined) values[policySectionKey] = section;
  if (operations !== undefined && operations.length > 0) values[operationNameKey] = [...operations];
  const type = policyTemplate(templateId)?.type;
  return { templateId, ...(type === undefined ? {} : { type }), title, parameters: values };
}

export const policiesOf = (draft: ConnectorDraft): JsonObject[] =>
  asArray(getOwn(draft.connectorProperties, key)).filter(isObject);

/** Adds instances at the end, where they run last; the same one again changes nothing. */
export function addPolicies(draft: ConnectorDraft, policies: readonly NewPolicy[]): void {
  const present = asArray(getOwn(draft.connectorProperties, key));
  const known = new Set(present.map(canonicalText));
  const added = policies.map(policyInstance).filter((policy) => !known.has(canonicalText(policy)));
  if (added.length > 0) setPolicies(draft, [...present, ...added]);
}

/** Replaces the whole list; an empty one leaves nothing behind. */
export function setPolicies(draft: ConnectorDraft, policies: readonly Json[]): void {
  const properties = draft.connectorProperties;
  if (deepEqual(asArray(getOwn(properties, key)), [...policies])) return;
  if (policies.length === 0) delete properties[key];
  else setInOrder(properties, key, clone([...policies]), propertiesOrder);
}

/** The operations that an instance is limited to; undefined: all. */
export function scopeOf(policy: JsonObject): string[] | undefined {
  const names = getOwn(asObject(getOwn(policy, 'parameters')), operationNameKey);
  if (typeof names === 'string') return [names];
  return Array.isArray(names) ? names.map(String) : undefined;
}

/**
 * Puts other operations in place of one wherever a policy names it.
 *
 * @param by none: the operation goes; an instance that was for it alone goes, too, since without names it would be
 *   for all operations
 * @returns titles of the instances that went
 */
export function replaceInPolicies(draft: ConnectorDraft, id: string, by: readonly string[]): string[] {
  const gone: string[] = [];
  const kept = asArray(getOwn(draft.connectorProperties, key)).flatMap((policy): Json[] => {
    if (!isObject(policy)) return [policy];
    const scope = scopeOf(policy);
    if (scope === undefined || !scope.includes(id)) return [policy];
    const next = scope.flatMap((name) => (name === id ? by : [name]));
    if (next.length === 0) {
      gone.push(asString(getOwn(policy, 'title')) ?? asString(getOwn(policy, 'templateId')) ?? '');
      return [];
    }
    const parameters = clone(asObject(getOwn(policy, 'parameters')));
    parameters[operationNameKey] = [...next];
    return [{ ...policy, parameters }];
  });
  setPolicies(draft, kept);
  return gone;
}

/** One line per instance, for people. */
export function describePolicy(policy: JsonObject): string {
  const scope = scopeOf(policy)?.join(', ') ?? 'all operations';
  const section = getOwn(asObject(getOwn(policy, 'parameters')), policySectionKey);
  const where = typeof section === 'string' ? ` (${section})` : '';
  return `${asString(getOwn(policy, 'templateId')) ?? '?'}${where}  ${asString(getOwn(policy, 'title')) ?? ''}  [${scope}]`;
}

/** Whether an instance of a template is for that operation alone. */
export const isPolicyFor = (policy: JsonObject, template: string, id: string): boolean =>
  asString(getOwn(policy, 'templateId'))?.toLowerCase() === template && deepEqual(scopeOf(policy), [id]);
