import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, getOwn, type JsonObject } from '../connector/json/value.ts';
import { type ExistingOperation, listOperations, pathItemAt, requireOperation } from '../connector/operations.ts';
import { definitionsInUse } from '../connector/used-definitions.ts';
import { replaceInPolicies } from '../policy/policies.ts';
import { unrouteScript } from '../script/route.ts';
import { unsubscribeIdOf } from './kinds/webhook.ts';
import { removeReferences } from './references.ts';
import { restoreEarlier } from './revisions.ts';

/**
 * Takes operations out, with everything that refers to them; of a webhook trigger also the end of its subscription.
 *
 * @returns notes for the author, one about all definitions that went with them
 */
export function removeOperations(draft: ConnectorDraft, ids: readonly string[]): string[] {
  const { definition } = draft;
  const before = definitionsInUse(definition);
  const notes = ids.flatMap((id) => {
    const found = requireOperation(definition, id, '--remove');
    const partner = unsubscribeOf(definition, found);
    const removed = [found, ...(partner === undefined ? [] : [partner])].flatMap((each) => removeOne(draft, each));
    return partner === undefined
      ? removed
      : [`${partner.id}, which ends the subscription of ${found.id}, went with it`, ...removed];
  });
  const orphans = removeOrphans(definition, before);
  if (orphans.length > 0) notes.push(`definitions that nothing else uses went with it: ${orphans.join(', ')}`);
  return notes;
}

/** Takes definitions away that were in use and aren't any more. */
function removeOrphans(definition: JsonObject, before: ReadonlySet<string>): string[] {
  const definitions = asObject(getOwn(definition, 'definitions'));
  const after = definitionsInUse(definition);
  const orphans = [...before].filter((name) => !after.has(name) && Object.hasOwn(definitions, name));
  for (const name of orphans) delete definitions[name];
  if (orphans.length > 0 && Object.keys(definitions).length === 0) delete definition.definitions;
  return orphans;
}

function removeOne(draft: ConnectorDraft, removed: ExistingOperation): string[] {
  const { id, path, method } = removed;
  const { definition } = draft;
  const paths = asObject(getOwn(definition, 'paths'));
  const item = asObject(getOwn(paths, path));
  const isTrigger = Object.hasOwn(asObject(getOwn(item, method)), 'x-ms-trigger');
  delete item[method];
  // what a webhook notifies is on the path item, and goes with the last trigger there
  const hasTrigger = Object.values(item).some((value) => Object.hasOwn(asObject(value), 'x-ms-trigger'));
  if (isTrigger && !hasTrigger) delete item['x-ms-notification-content'];
  if (!listOperations(definition).some((operation) => operation.path === path)) delete paths[path];
  restoreEarlier(definition, removed);
  const extensions = removeReferences(draft, id);
  const policies = replaceInPolicies(draft, id, []);
  return [
    ...extensions.map((extension) => `${extension} that called ${id} went with it`),
    ...(policies.length > 0 ? [`policies that were for ${id} alone went with it: ${policies.join('; ')}`] : []),
    ...unrouteScript(draft, id),
  ];
}

/** The operation that ends the subscription of a webhook trigger, where no other trigger can mean it. */
function unsubscribeOf(definition: JsonObject, trigger: ExistingOperation): ExistingOperation | undefined {
  const item = pathItemAt(definition, trigger.path);
  if (!Object.hasOwn(trigger.value, 'x-ms-trigger') || !Object.hasOwn(item, 'x-ms-notification-content'))
    return undefined;
  const ends = listOperations(definition).filter(
    ({ method, value }) => method === 'delete' && getOwn(value, 'x-ms-visibility') === 'internal',
  );
  const byId = ends.find(({ id }) => id === unsubscribeIdOf(trigger.id));
  if (byId !== undefined) return byId;
  const below = ends.filter(({ path }) => path.startsWith(`${trigger.path}/{`));
  return below.length === 1 ? below[0] : undefined;
}
