import type { ConnectorDraft } from '../connector/draft.ts';
import { pathVariables } from '../connector/facts/path-template.ts';
import {
  asArray,
  asObject,
  asString,
  clone,
  deepEqual,
  getOwn,
  isObject,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { setBehind } from '../connector/key-order.ts';
import {
  type ExistingOperation,
  findOperationId,
  findPath,
  pathItemAt,
  requireOperation,
} from '../connector/operations.ts';
import { UserError } from '../errors.ts';
import { maxTitleLength } from '../language/words.ts';
import { isPolicyFor, policiesOf, replaceInPolicies, scopeOf, setPolicies } from '../policy/policies.ts';
import { shellWord } from '../process/command.ts';
import { buildParameter } from './build-operation.ts';
import { checkPath, requireCheck } from './checks.ts';
import { editOperation, type OperationChanges } from './edit-operation.ts';
import type { NewOperation } from './model.ts';
import { revisionOf } from './revisions.ts';

/**
 * Adds the next revision of an operation: a copy at a new path, with changes, in the same family. The old one stays
 * for the flows that have it, out of sight.
 *
 * @returns id of the new one, and notes for the author
 */
export function reviseOperation(
  draft: ConnectorDraft,
  id: string,
  path: string | undefined,
  changes: OperationChanges,
  add: (operation: NewOperation) => void,
): { id: string; notes: string[] } {
  const { definition } = draft;
  const old = requireOperation(definition, id, '--revise');
  const annotation = asObject(getOwn(old.value, 'x-ms-api-annotation'));
  const { family, revision } = revisionOf(old);
  const next = revision + 1;
  const newId = `${old.id.replace(/_V\d+$/, '')}_V${next}`;
  if (path === undefined) {
    throw new UserError(`--path is missing: at which path does the API have revision ${next} of ${old.id}?`, {
      hint: `two operations can't share ${old.name}; where the API has only that one: --path ${old.path}/v${next} --api-path ${old.path}`,
    });
  }
  requireCheck('--path', checkPath(path));
  const taken = findOperationId(definition, newId);
  const value = clone(old.value);
  if (taken === undefined) {
    refuseTakenPath(definition, path, old.method);
    setOwn(value, 'operationId', newId);
    nameRevision(value, next);
    setBehind(value, 'x-ms-api-annotation', { ...annotation, family, revision: next }, 'description');
    addItem(definition, old, path, value);
    copyPolicies(draft, old.id, newId);
  } else if (taken.path !== path) {
    throw new UserError(`--revise ${id}: revision ${next} is already there: ${taken.id} is ${taken.name}`, {
      hint: `revise that one: --revise ${shellWord(taken.id)}`,
    });
  }
  setBehind(old.value, 'x-ms-api-annotation', { ...annotation, family, revision }, 'description');
  if (getOwn(old.value, 'x-ms-visibility') !== 'internal')
    setBehind(old.value, 'x-ms-visibility', 'advanced', 'description');
  adjustPathParameters(definition, newId, path);
  return { id: newId, notes: editOperation(draft, newId, changes, add) };
}

function refuseTakenPath(definition: JsonObject, path: string, method: string): void {
  const existing = findPath(definition, path);
  if (existing === undefined) return;
  if (existing.path !== path || isObject(getOwn(existing.value, method))) {
    throw new UserError(`--path ${path}: ${method.toUpperCase()} ${existing.path} is already there`, {
      hint: 'give the revision a path of its own',
    });
  }
}

/** `List orders` → `List orders (V2)`; a mark of an earlier revision goes. */
function nameRevision(value: JsonObject, revision: number): void {
  const mark = ` (V${revision})`;
  const summary = (asString(getOwn(value, 'summary')) ?? '').replace(/(?:(?<!\s)\s+)?\((V\d+|deprecated)\)/gi, '');
  setOwn(value, 'summary', `${summary.slice(0, maxTitleLength - mark.length).trimEnd()}${mark}`);
  delete value.deprecated;
  const description = asString(getOwn(value, 'description'));
  if (description !== undefined)
    setOwn(value, 'description', description.replace(/ This operation is deprecated\.$/, ''));
}

/** What the old path item has for all its operations is needed at the new one, too. */
function addItem(definition: JsonObject, old: ExistingOperation, path: string, value: JsonObject): void {
  const paths = asObject(getOwn(definition, 'paths'));
  const present = getOwn(paths, path);
  const item: JsonObject = isObject(present) ? present : {};
  for (const [key, shared] of Object.entries(pathItemAt(definition, old.path))) {
    if ((key === 'parameters' || key.startsWith('x-')) && !Object.hasOwn(item, key)) setOwn(item, key, clone(shared));
  }
  setOwn(item, old.method, value);
  if (item !== present) setOwn(paths, path, item);
}

/** Every policy that is for the old one is for the new one as well. */
function copyPolicies(draft: ConnectorDraft, id: string, newId: string): void {
  const routes = policiesOf(draft).filter((policy) => isPolicyFor(policy, 'routerequesttoendpoint', id));
  // where the old one is sent elsewhere says nothing about the new one
  const others = policiesOf(draft).filter((policy) => !routes.includes(policy));
  if (others.some((policy) => scopeOf(policy)?.includes(id))) {
    const kept = policiesOf(draft);
    replaceInPolicies(draft, id, [id, newId]);
    const changed = policiesOf(draft);
    setPolicies(
      draft,
      kept.map((policy, index) => (routes.some((one) => deepEqual(one, policy)) ? policy : (changed[index] ?? policy))),
    );
  }
}

/** Variables that the new path doesn't have go, new ones come. */
function adjustPathParameters(definition: JsonObject, id: string, path: string): void {
  const found = findOperationId(definition, id);
  if (found === undefined) return;
  const variables = pathVariables(path);
  const list = asArray(getOwn(found.value, 'parameters'));
  const kept = list.filter((parameter) => {
    const object = asObject(parameter);
    return getOwn(object, 'in') !== 'path' || variables.includes(String(getOwn(object, 'name')));
  });
  const shared = asArray(getOwn(pathItemAt(definition, path), 'parameters'));
  const known = [...kept, ...shared].map((parameter) => getOwn(asObject(parameter), 'name'));
  const added = variables.filter((name) => !known.includes(name)).map((name) => buildParameter({ name, in: 'path' }));
  const next = [...added, ...kept];
  if (!deepEqual(next, list)) setOwn(found.value, 'parameters', next);
}
