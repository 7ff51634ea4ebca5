import type { ConnectorDraft } from '../connector/draft.ts';
import { asString, getOwn, type Json } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { onOneLine } from '../shown.ts';
import { policyProblem } from './check-policy.ts';
import { addPolicies, describePolicy, type NewPolicy, policiesOf, setPolicies } from './policies.ts';
import type { PolicyTemplate } from './template.ts';

/** Adding, removing and listing policies on their own. */

/** `NAME=VALUE` texts as parameters, with the template's defaults for what isn't given. */
export function readParameters(description: PolicyTemplate, given: readonly string[]): Record<string, Json> {
  const values = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    if (at < 1)
      throw new UserError(
        `--set "${text}": must be NAME=VALUE, such as ${description.parameters[0]?.name}=${description.parameters[0]?.example}`,
      );
    const name = text.slice(0, at).trim();
    // several states of one trigger
    const before = values.get(name);
    values.set(name, before === undefined ? text.slice(at + 1) : `${before},${text.slice(at + 1)}`);
  }
  const parameters: Record<string, Json> = {};
  for (const parameter of description.parameters) {
    const value = values.get(parameter.name) ?? parameter.default;
    values.delete(parameter.name);
    if (value !== undefined && value !== '') parameters[parameter.name] = typed(value, parameter.type, parameter.name);
  }
  // the check names them
  for (const [name, value] of values) parameters[name] = value;
  return parameters;
}

function typed(value: string, type: 'integer' | 'object' | undefined, name: string): Json {
  if (type === 'integer') {
    if (!/^\d{3}$/.test(value)) throw new UserError(`--set ${name}=${value}: must be a status of three digits`);
    return Number(value);
  }
  if (type === undefined) return value;
  const pairs = value.split(/[,\n](?=[^,\n=]+=)/).map((pair): [string, string] => {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new UserError(
        `--set ${name}=${value}: must be PARAMETER=STATE, such as since=@{triggerBody().items[0].created}`,
      );
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs);
}

/** @throws UserError when the policy is not well formed */
export function addPolicy(draft: ConnectorDraft, policy: NewPolicy): void {
  const problem = policyProblem(draft, policy);
  if (problem !== undefined)
    throw new UserError(`${policy.templateId}: ${problem}`, { hint: 'see: pp-connector policy --help' });
  addPolicies(draft, [policy]);
}

/**
 * Removes the policy with that title; a template id or a number of the list does where it means one only.
 *
 * @throws UserError when there is none, or more than one
 */
export function removePolicy(draft: ConnectorDraft, wanted: string): string {
  const policies = policiesOf(draft);
  const byTitle = policies.filter((policy) => getOwn(policy, 'title') === wanted);
  const byTemplate = policies.filter(
    (policy) => asString(getOwn(policy, 'templateId'))?.toLowerCase() === wanted.toLowerCase(),
  );
  const byNumber = /^\d+$/.test(wanted) ? policies.slice(Number(wanted) - 1, Number(wanted)) : [];
  const found = [byTitle, byTemplate, byNumber].find((list) => list.length > 0) ?? [];
  const [policy] = found;
  if (policy === undefined || found.length > 1) {
    throw new UserError(
      `--remove "${wanted}": ${found.length > 1 ? `${found.length} policies are meant` : 'there is no such policy'}`,
      {
        hint: ['name one by its number:', ...listPolicies(draft)],
      },
    );
  }
  setPolicies(
    draft,
    policies.filter((other) => other !== policy),
  );
  return describePolicy(policy);
}

/** Numbered lines. */
export function listPolicies(draft: ConnectorDraft): string[] {
  const lines = policiesOf(draft).map((policy, index) => `  ${index + 1}  ${onOneLine(describePolicy(policy))}`);
  return lines.length === 0 ? ['  no policies'] : lines;
}
