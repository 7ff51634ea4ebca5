import type { ConnectorDraft } from '../connector/draft.ts';
import { setOwn } from '../connector/json/value.ts';
import { findOperationId, requireOperation } from '../connector/operations.ts';
import { UserError } from '../errors.ts';
import { replaceInPolicies } from '../policy/policies.ts';
import { shellWord } from '../process/command.ts';
import { renameInScript } from '../script/route.ts';
import { checkOperationId, requireCheck } from './checks.ts';
import { renameReferences } from './references.ts';

/**
 * Another id, before anything was released: flows refer to it.
 *
 * @param baseline the tag of the last release; undefined: nothing was released yet
 */
export function renameOperation(draft: ConnectorDraft, id: string, to: string, baseline: string | undefined): void {
  const { definition } = draft;
  const already = findOperationId(definition, id) === undefined && findOperationId(definition, to) !== undefined;
  if (already) return;
  const found = requireOperation(definition, id, '--rename');
  if (baseline !== undefined) {
    throw new UserError(`--rename ${id}: it was released with ${baseline}, and flows refer to its id`, {
      hint: `add a revision beside it instead: pp-connector operation --revise ${shellWord(found.id)} --path /NEW/PATH`,
    });
  }
  requireCheck('--to', checkOperationId(to));
  const taken = findOperationId(definition, to);
  if (taken !== undefined && taken.value !== found.value)
    throw new UserError(`--to ${to}: the id is taken by ${taken.name}`);
  setOwn(found.value, 'operationId', to);
  renameReferences(definition, found.id, to);
  replaceInPolicies(draft, found.id, [to]);
  renameInScript(draft, found.id, to);
}
