import { oncePerConnector } from '../engine/rule.ts';

/** A `dynamichosturl` policy replaces the host in every operation, so the one that is written down is never called. */
export const hostIsReplaced = oncePerConnector((connector) => {
  const policies = connector.policies.filter((policy) => policy.templateId === 'dynamichosturl');
  if (policies.some((policy) => policy.operations === undefined || policy.operations.length === 0)) return true;
  const covered = new Set(policies.flatMap((policy) => policy.operations ?? []));
  return covered.size > 0 && connector.operations.every((operation) => covered.has(operation.id));
});
