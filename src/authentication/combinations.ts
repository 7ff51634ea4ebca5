import type { ConnectorDraft } from '../connector/draft.ts';
import { asArray, asObject, asString, getOwn } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import type { AdditionalField, Authentication, HostParameter } from './authentication.ts';
import { isPolicyOfAdditionalField } from './kinds/additional-fields.ts';
import { ownPlaceholders } from './kinds/oauth2-generic.ts';
import { readTokenPolicies } from './kinds/token-policies.ts';

/**
 * Refuses what the platform can't combine.
 *
 * @param script text of the client-credentials script, which comes and goes with that kind
 * @throws UserError with the reason and what to do instead
 */
export function requireLegal(draft: ConnectorDraft, authentication: Authentication, script: string): void {
  const { host, additionalFields = [] } = authentication;
  if (authentication.kind === 'gateway') requireGateway(draft, host, script);
  if (host !== undefined) requireHost(draft, host);
  for (const field of additionalFields) requireFree(field, authentication);
  if (authentication.kind === 'oauth2-generic') requireNoTenantId(ownPlaceholders(authentication));
}

/** The gateway runs neither custom code nor `dynamichosturl` (docs/reference/authentication.md#gateway). */
function requireGateway(draft: ConnectorDraft, host: HostParameter | undefined, script: string): void {
  if (draft.script !== undefined && withPlainLineEnds(draft.script) !== withPlainLineEnds(script)) {
    throw new UserError('--transport gateway: the connector has a script.csx, and the gateway runs no custom code', {
      hint: 'remove script.csx and its scriptOperations, or leave the gateway out: --transport cloud',
    });
  }
  if (host !== undefined || authorsHosts(draft).length > 0) {
    throw new UserError('--transport gateway: a policy dynamichosturl has no effect over the gateway', {
      hint: 'leave the host parameter out (--host-parameter "") or remove the policy: the gateway itself reaches the host of the definition',
    });
  }
}

export const withPlainLineEnds = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** Titles of the policies of the author's that move all operations to another host. */
function authorsHosts(draft: ConnectorDraft): string[] {
  const parts: ReadonlyMap<unknown, unknown> = readTokenPolicies(draft.connectorProperties)?.parts ?? new Map();
  return asArray(getOwn(draft.connectorProperties, 'policyTemplateInstances'))
    .filter((policy) => !isPolicyOfAdditionalField(policy) && !parts.has(policy))
    .map(asObject)
    .filter((policy) => asString(getOwn(policy, 'templateId'))?.toLowerCase() === 'dynamichosturl')
    .filter((policy) => getOwn(asObject(getOwn(policy, 'parameters')), 'x-ms-apimTemplate-operationName') === undefined)
    .map((policy) => asString(getOwn(policy, 'title')) ?? '');
}

function requireHost(draft: ConnectorDraft, { name, template }: HostParameter): void {
  if (!template.includes(`{${name}}`) && !template.includes(`{${name}=`)) {
    throw new UserError(`--host-template: "${template}" doesn't contain {${name}}`, {
      hint: `write the address with the parameter in braces, such as https://{${name}}.contoso.com/api`,
    });
  }
  const [title] = authorsHosts(draft);
  if (title !== undefined) {
    throw new UserError(`--host-parameter: the policy "${title}" sets the host already`, {
      hint: 'remove that policy from apiProperties.json, or leave --host-parameter out',
    });
  }
}

/** Names that the platform or a kind reads. */
const reserved = ['api_key', 'username', 'password', 'token', 'clientId', 'clientSecret', 'authType', 'gateway'];

export const isReservedName = (name: string): boolean => reserved.includes(name) || name.startsWith('token:');

function requireFree({ name, in: place, target }: AdditionalField, authentication: Authentication): void {
  if (isReservedName(name) || authentication.host?.name === name) {
    throw new UserError(`--send-field: the name "${name}" is taken`, { hint: 'choose another name for the field' });
  }
  const isKey =
    authentication.kind === 'api-key' &&
    authentication.in === place &&
    authentication.name.toLowerCase() === target.toLowerCase();
  if (isKey || (place === 'header' && target.toLowerCase() === 'authorization' && authentication.kind !== 'none')) {
    throw new UserError(`--send-field: the ${place} ${target} carries the sign-in itself`, {
      hint: 'name another header or query parameter',
    });
  }
}

/** The platform fills `token:TenantId` by itself, hidden; nobody could type it. */
function requireNoTenantId(names: readonly string[]): void {
  const name = names.find((candidate) => candidate.toLowerCase() === 'tenantid');
  if (name === undefined) return;
  throw new UserError(`{${name}} in a template: the platform fills the parameter token:TenantId itself`, {
    hint: 'call the placeholder {Tenant}',
  });
}
