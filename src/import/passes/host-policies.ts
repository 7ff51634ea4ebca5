import type { Json, JsonObject } from '../../connector/json/value.ts';
import type { ConvertedOperation } from './operations.ts';
import { dynamicHostUrl } from './policies.ts';
import type { Transport } from './servers.ts';

/** Operations with a host of their own come first in their policy's list; the general policy leaves them alone. */
export function hostPolicies(transport: Transport, operations: readonly ConvertedOperation[]): JsonObject[] {
  const byTemplate = new Map<string, string[]>();
  const general: string[] = [];
  for (const { source, value } of operations) {
    const template = transport.elsewhere.get(source);
    const id = String(value.operationId);
    if (template === undefined) general.push(id);
    else byTemplate.set(template, [...(byTemplate.get(template) ?? []), id]);
  }
  const special = [...byTemplate].map(([template, names]) =>
    dynamicHostUrl(
      `Set host of ${names.length === 1 ? (names[0] ?? '') : `${names.length} operations`}`,
      template,
      names,
    ),
  );
  if (special.length === 0) return [...transport.policies];
  const scoped = transport.policies.map((policy) => ({
    ...policy,
    parameters: { ...(policy.parameters as JsonObject), 'x-ms-apimTemplate-operationName': general as Json[] },
  }));
  return [...scoped, ...special];
}
