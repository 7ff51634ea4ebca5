import { below } from '../connector/json/pointer.ts';
import { asArray, asObject, asString, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { parameterPrefix, policySectionKey } from '../policy/instance-keys.ts';
import { scopeOf } from '../policy/policies.ts';
import { routedMethod } from './policies/route-request-to-endpoint.ts';
import { type Direction, runnerOf } from './policies.ts';
import type { RunPolicy } from './policy-context.ts';

/** A policy of the connector that concerns an operation. */
export interface PolicyInstance {
  /** In the array of all policies. */
  index: number;
  /** In lower case. */
  template: string;
  title: string;
  pointer: string;
  /** Without prefix. */
  parameters: Readonly<Record<string, Json>>;
  section: 'request' | 'response' | 'failure';
  /** Undefined: nothing says what the template does. */
  run: RunPolicy | undefined;
  direction: Direction;
}

/**
 * The policies of an operation, in the order of the array.
 *
 * @param inner `properties` of apiProperties.json
 * @throws UserError for a template that nothing is known of, unless those are skipped
 */
export function policiesFor(
  inner: JsonObject,
  operationId: string,
  { skipUnknown }: { skipUnknown: boolean },
): PolicyInstance[] {
  const all = asArray(getOwn(inner, 'policyTemplateInstances'));
  const concerned = all.flatMap((policy, index) =>
    isObject(policy) && concerns(policy, operationId) ? [read(policy, index)] : [],
  );
  const unknown = concerned.find(({ run }) => run === undefined);
  if (unknown !== undefined && !skipUnknown) {
    throw new UserError(
      `policy ${unknown.index} (${unknown.title || unknown.template}): no documentation says what the template "${unknown.template}" does`,
      { hint: 'run without it: --skip-unknown-policies' },
    );
  }
  return concerned;
}

/** Ids are compared without case, as the service does. */
function concerns(policy: JsonObject, operationId: string): boolean {
  const scope = scopeOf(policy);
  return scope === undefined || scope.some((id) => id.toLowerCase() === operationId.toLowerCase());
}

function read(policy: JsonObject, index: number): PolicyInstance {
  const template = (asString(getOwn(policy, 'templateId')) ?? '').toLowerCase();
  const given = asObject(getOwn(policy, 'parameters'));
  const entries = Object.entries(given)
    .filter(([key]) => key.startsWith(parameterPrefix))
    .map(([key, value]) => [key.slice(parameterPrefix.length), value] as const);
  const section = (asString(getOwn(given, policySectionKey)) ?? '').toLowerCase();
  const runner = runnerOf(template);
  return {
    index,
    template,
    title: asString(getOwn(policy, 'title')) ?? '',
    pointer: below('/properties/policyTemplateInstances', index),
    parameters: Object.fromEntries(entries),
    section: section === 'response' || section === 'failure' ? section : 'request',
    run: runner?.run,
    direction: runner?.direction ?? 'section',
  };
}

/** Whether a policy runs on the request, or on an answer with a status. */
export function runsOn({ direction, section }: PolicyInstance, message: 'request' | number): boolean {
  if (message === 'request')
    return direction === 'request' || direction === 'both' || (direction === 'section' && section === 'request');
  if (direction === 'answer' || direction === 'both') return true;
  if (direction !== 'section') return false;
  return section === 'response' || (section === 'failure' && message >= 400);
}

/** The method that the request leaves with, as far as policies tell before they run. */
export function finalMethod(method: string, policies: readonly PolicyInstance[]): string {
  const routes = policies.filter(({ template }) => template === 'routerequesttoendpoint');
  return routes.reduce((at, { parameters }) => routedMethod(String(parameters.httpMethod ?? '')) ?? at, method);
}
