import type { ConnectorDraft } from '../connector/draft.ts';
import {
  asArray,
  asObject,
  asString,
  clone,
  deepEqual,
  isObject,
  type Json,
  type JsonObject,
  own,
  setOwn,
} from '../connector/json.ts';
import { definitionsInUse } from '../connector/used-definitions.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { addPolicies, policiesOf, replaceInPolicies, scopeOf, setPolicies } from '../policy/policies.ts';
import { renameInScript, routeToScript, unrouteScript } from '../script/route.ts';
import { routePolicy } from './add-operation.ts';
import {
  buildBody,
  buildParameter,
  mediaType,
  nextLinkNames,
  otherResponses,
  requireExtensions,
  withNextLink,
} from './build-operation.ts';
import { checkDescription, checkOperationId, checkPath, checkSummary, pathVariables } from './checks.ts';
import { applyDictionary, applyDynamic, checkDynamic, type DynamicReference } from './dynamic.ts';
import { type ExistingOperation, findOperationId, findPath, listOperations } from './existing.ts';
import { helperOperation } from './helper.ts';
import { unsubscribeIdOf } from './kinds/webhook.ts';
import {
  type NewBody,
  type NewHelper,
  type NewOperation,
  type NewParameter,
  type NewResponse,
  parameterPlaces,
  type ScriptPattern,
  type Stage,
  type Visibility,
} from './model.ts';
import { removeReferences, renameReferences } from './references.ts';
import { restoreEarlier, revisionOf } from './revisions.ts';
import { scriptValues } from './script-values.ts';
import { completeSentence, maxSummaryLength } from './texts.ts';

/** What can happen to an operation after it was added. Everything that refers to it follows. */

/** What an author wants to be otherwise; what isn't named stays. */
export interface OperationChanges {
  summary?: string;
  description?: string;
  /** `normal` takes the extension away. */
  visibility?: Visibility | 'normal';
  /** New ones, and those that replace one of the same name and place. */
  parameters?: NewParameter[];
  removedParameters?: string[];
  body?: NewBody;
  /** Whether it must be sent; undefined: as it is. */
  bodyRequired?: boolean;
  response?: NewResponse;
  nextLink?: string;
  apiPath?: string;
  dynamic?: DynamicReference[];
  dictionaries?: string[];
  helpers?: NewHelper[];
  script?: ScriptPattern;
  hint?: string;
  stage?: Stage;
  extensions?: Readonly<Record<string, Json>>;
}

/** @throws UserError with the nearest id there is */
export function requireOperation(definition: JsonObject, id: string, flag: string): ExistingOperation {
  const found = findOperationId(definition, id);
  if (found !== undefined) return found;
  const ids = listOperations(definition).map((operation) => operation.id);
  const near = nearest(id, ids);
  throw new UserError(
    `${flag} ${id}: there is no such operation${near === undefined ? '' : `; did you mean ${near}?`}`,
    {
      hint: `the connector has: ${ids.join(', ') || 'no operations'}`,
    },
  );
}

const itemOf = (definition: JsonObject, path: string): JsonObject =>
  asObject(own(asObject(own(definition, 'paths')), path));

/**
 * Changes what people see of an operation, its parameters and its schemas.
 *
 * @param add adds a helper operation
 * @returns notes for the author
 */
export function editOperation(
  draft: ConnectorDraft,
  id: string,
  changes: OperationChanges,
  add: (operation: NewOperation) => void,
): string[] {
  const { definition } = draft;
  const found = requireOperation(definition, id, '--edit');
  for (const helper of changes.helpers ?? []) {
    if (findOperationId(definition, helper.id) === undefined)
      add(helperOperation(helper, changes.dynamic ?? [], inputsOf(found.value)));
  }
  return change(draft, found, changes);
}

function change(draft: ConnectorDraft, { id, path, value }: ExistingOperation, changes: OperationChanges): string[] {
  const { definition } = draft;
  changeTexts(value, changes);
  changeParameters(definition, value, path, changes);
  if (changes.response !== undefined) changeResponse(definition, value, changes.response);
  if (changes.nextLink !== undefined) changePaging(draft, id, value, changes.nextLink);
  if (changes.apiPath !== undefined) route(draft, id, path, changes.apiPath);
  for (const dictionary of changes.dictionaries ?? []) applyDictionary(definition, value, dictionary);
  for (const reference of changes.dynamic ?? []) {
    applyDynamic(definition, value, reference, itemOf(definition, path));
    checkDynamic(definition, id, reference);
  }
  if (changes.script === undefined) return [];
  return routeToScript(
    draft,
    id,
    changes.script,
    scriptValues(draft, { kind: 'action', id, path, parameters: inputsOf(value) }),
  );
}

/** The parameters of an operation that is there, as far as scripts and helpers want to know. */
const inputsOf = (operation: JsonObject): NewParameter[] =>
  asArray(own(operation, 'parameters'))
    .filter(isObject)
    .map((parameter) => ({
      name: String(own(parameter, 'name')),
      in: parameterPlaces.find((place) => place === own(parameter, 'in')) ?? 'query',
      type: own(parameter, 'type') === 'array' ? 'array' : 'string',
      required: own(parameter, 'required') === true,
    }));

function changeTexts(value: JsonObject, changes: OperationChanges): void {
  const { summary, description, visibility, hint, stage, extensions = {} } = changes;
  if (summary !== undefined) {
    requireCheck('--summary', checkSummary(summary, 'custom'));
    setOwn(value, 'summary', summary);
  }
  if (description !== undefined) {
    requireCheck('--description', checkDescription(description, asString(own(value, 'summary')) ?? '', 'custom'));
    setOwn(value, 'description', completeSentence(description));
  }
  if (visibility === 'normal') delete value['x-ms-visibility'];
  else if (visibility !== undefined) setBehind(value, 'x-ms-visibility', visibility, 'description');
  if (hint !== undefined) setBehind(value, 'x-ms-trigger-hint', hint, 'x-ms-trigger');
  if (stage !== undefined) {
    const annotation = { ...asObject(own(value, 'x-ms-api-annotation')), status: stage };
    setBehind(value, 'x-ms-api-annotation', annotation, 'description');
  }
  requireExtensions(extensions, 'operation');
  for (const [name, extension] of Object.entries(extensions)) setBehind(value, name, clone(extension), 'description');
}

const requireCheck = (flag: string, check: true | string): void => {
  if (check !== true) throw new UserError(`${flag}: ${check}`);
};

/** Sets a key, a new one right behind another. */
export function setBehind(object: JsonObject, key: string, value: Json, behind: string): void {
  if (Object.hasOwn(object, key) || !Object.hasOwn(object, behind)) {
    setOwn(object, key, value);
    return;
  }
  const entries = Object.entries(object);
  for (const [name] of entries) delete object[name];
  for (const [name, item] of entries) {
    setOwn(object, name, item);
    if (name === behind) setOwn(object, key, value);
  }
}

const isBody = (parameter: Json): boolean => own(asObject(parameter), 'in') === 'body';

function changeParameters(
  definition: JsonObject,
  value: JsonObject,
  path: string,
  { parameters = [], removedParameters = [], body, bodyRequired }: OperationChanges,
): void {
  const changes = [body, bodyRequired].filter((change) => change !== undefined);
  if (parameters.length === 0 && removedParameters.length === 0 && changes.length === 0) return;
  let list = [...asArray(own(value, 'parameters'))];
  for (const name of removedParameters) {
    const kept = list.filter((parameter) => own(asObject(parameter), 'name') !== name || isBody(parameter));
    if (kept.length === list.length)
      throw new UserError(`--remove-param ${name}: the operation has no such parameter of its own`);
    if (pathVariables(path).includes(name))
      throw new UserError(`--remove-param ${name}: the path ${path} has that variable`);
    list = kept;
  }
  for (const parameter of parameters) {
    const built = buildParameter(parameter);
    const at = list.findIndex(
      (other) => own(asObject(other), 'name') === parameter.name && own(asObject(other), 'in') === parameter.in,
    );
    const end = list.findIndex(isBody);
    if (at >= 0) list[at] = built;
    else if (end >= 0) list.splice(end, 0, built);
    else list.push(built);
  }
  if (body !== undefined) {
    const required = own(asObject(list.find(isBody)), 'required') !== false;
    list = [...list.filter((parameter) => !isBody(parameter)), buildBody({ required, ...body })];
    Object.assign(
      value,
      mediaType(
        'consumes',
        body.mediaType ?? 'application/json',
        own(value, 'consumes') ?? own(definition, 'consumes'),
      ),
    );
  }
  if (bodyRequired !== undefined) {
    if (!list.some(isBody)) {
      throw new UserError('--optional-body: the operation has no request body of its own', {
        hint: 'describe one, such as: --request-sample FILE',
      });
    }
    list = list.map((parameter) =>
      isBody(parameter) ? { ...asObject(parameter), required: bodyRequired } : parameter,
    );
  }
  setOwn(value, 'parameters', list);
}

function changeResponse(definition: JsonObject, value: JsonObject, response: NewResponse): void {
  const responses = asObject(own(value, 'responses'));
  setOwn(value, 'responses', responses);
  for (const [status, answer] of Object.entries(otherResponses(response.others ?? {}))) {
    setOwn(responses, status, { ...asObject(own(responses, status)), ...asObject(answer) });
  }
  if (response.status === undefined && response.schema === undefined) return;
  const [former, ...others] = Object.keys(responses).filter((code) => /^2\d\d$/.test(code));
  const status = response.status ?? former ?? '200';
  const isMoved = former !== undefined && former !== status && others.length === 0;
  const present = asObject(own(responses, isMoved ? former : status));
  if (isMoved) delete responses[former];
  const description = response.description ?? asString(own(present, 'description')) ?? 'The operation succeeded.';
  setOwn(responses, status, {
    ...present,
    description,
    ...(response.schema === undefined ? {} : { schema: clone(response.schema) }),
  });
  if (response.schema !== undefined) {
    Object.assign(
      value,
      mediaType('produces', 'application/json', own(value, 'produces') ?? own(definition, 'produces')),
    );
  }
}

function changePaging(draft: ConnectorDraft, id: string, value: JsonObject, name: string): void {
  if (!(nextLinkNames as readonly string[]).includes(name)) {
    throw new UserError(`--next-link ${name}: the service knows only ${nextLinkNames.join(' and ')}`);
  }
  const responses = asObject(own(value, 'responses'));
  const status = Object.keys(responses).find((code) => isObject(own(asObject(own(responses, code)), 'schema')));
  const response = asObject(own(responses, status ?? ''));
  const schema = own(response, 'schema');
  // a schema that is shared by reference is the author's: other operations use it
  if (isObject(schema) && own(schema, '$ref') === undefined)
    setOwn(response, 'schema', withNextLink({ schema }, name).schema ?? schema);
  setBehind(value, 'x-ms-pageable', { nextLinkName: name }, 'description');
  setPolicies(
    draft,
    policiesOf(draft).filter((policy) => !isPolicyFor(policy, 'updatenextlink', id)),
  );
  addPolicies(draft, [
    {
      templateId: 'updatenextlink',
      title: `${id}: fetch the next page through the connector`,
      parameters: { nextLinkPropertyName: name },
      operations: [id],
    },
  ]);
}

function route(draft: ConnectorDraft, id: string, path: string, apiPath: string): void {
  requireCheck('--api-path', checkPath(apiPath));
  const policies = policiesOf(draft);
  const others = policies.filter((policy) => !isPolicyFor(policy, 'routerequesttoendpoint', id));
  if (others.length < policies.length) setPolicies(draft, others);
  if (apiPath !== path) addPolicies(draft, [routePolicy(id, apiPath)]);
}

const isPolicyFor = (policy: JsonObject, template: string, id: string): boolean =>
  asString(own(policy, 'templateId'))?.toLowerCase() === template && deepEqual(scopeOf(policy), [id]);

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
      hint: `add a revision beside it instead: pp-connector operation --revise ${found.id} --path /NEW/PATH`,
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

/**
 * Takes an operation out, with everything that refers to it; of a webhook trigger also the end of its subscription.
 *
 * @returns notes for the author
 */
export function removeOperation(draft: ConnectorDraft, id: string): string[] {
  const { definition } = draft;
  const found = requireOperation(definition, id, '--remove');
  const partner = unsubscribeOf(definition, found);
  const before = definitionsInUse(definition);
  const notes = [found, ...(partner === undefined ? [] : [partner])].flatMap((operation) =>
    removeOne(draft, operation),
  );
  if (partner !== undefined) notes.unshift(`${partner.id}, which ends its subscription, went with it`);
  const orphans = removeOrphans(definition, before);
  if (orphans.length > 0) notes.push(`definitions that nothing else uses went with it: ${orphans.join(', ')}`);
  return notes;
}

/** Takes definitions away that were in use and aren't any more. */
function removeOrphans(definition: JsonObject, before: ReadonlySet<string>): string[] {
  const definitions = asObject(own(definition, 'definitions'));
  const after = definitionsInUse(definition);
  const orphans = [...before].filter((name) => !after.has(name) && Object.hasOwn(definitions, name));
  for (const name of orphans) delete definitions[name];
  if (orphans.length > 0 && Object.keys(definitions).length === 0) delete definition.definitions;
  return orphans;
}

function removeOne(draft: ConnectorDraft, removed: ExistingOperation): string[] {
  const { id, path, method } = removed;
  const { definition } = draft;
  const paths = asObject(own(definition, 'paths'));
  const item = asObject(own(paths, path));
  const isTrigger = Object.hasOwn(asObject(own(item, method)), 'x-ms-trigger');
  delete item[method];
  // what a webhook notifies stands on the path item, and goes with the last trigger there
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
  const item = itemOf(definition, trigger.path);
  if (!Object.hasOwn(trigger.value, 'x-ms-trigger') || !Object.hasOwn(item, 'x-ms-notification-content'))
    return undefined;
  const ends = listOperations(definition).filter(
    ({ method, value }) => method === 'delete' && own(value, 'x-ms-visibility') === 'internal',
  );
  const byId = ends.find(({ id }) => id === unsubscribeIdOf(trigger.id));
  if (byId !== undefined) return byId;
  const below = ends.filter(({ path }) => path.startsWith(`${trigger.path}/{`));
  return below.length === 1 ? below[0] : undefined;
}

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
  const annotation = asObject(own(old.value, 'x-ms-api-annotation'));
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
      hint: `revise that one: --revise ${taken.id}`,
    });
  }
  setBehind(old.value, 'x-ms-api-annotation', { ...annotation, family, revision }, 'description');
  if (own(old.value, 'x-ms-visibility') !== 'internal')
    setBehind(old.value, 'x-ms-visibility', 'advanced', 'description');
  adjustPathParameters(definition, newId, path);
  return { id: newId, notes: editOperation(draft, newId, changes, add) };
}

function refuseTakenPath(definition: JsonObject, path: string, method: string): void {
  const existing = findPath(definition, path);
  if (existing === undefined) return;
  if (existing.path !== path || isObject(own(existing.value, method))) {
    throw new UserError(`--path ${path}: ${method.toUpperCase()} ${existing.path} is already there`, {
      hint: 'give the revision a path of its own',
    });
  }
}

/** `List orders` → `List orders (V2)`; a mark of an earlier revision goes. */
function nameRevision(value: JsonObject, revision: number): void {
  const mark = ` (V${revision})`;
  const summary = (asString(own(value, 'summary')) ?? '').replace(/\s*\((V\d+|deprecated)\)/gi, '');
  setOwn(value, 'summary', `${summary.slice(0, maxSummaryLength - mark.length).trimEnd()}${mark}`);
  delete value.deprecated;
  const description = asString(own(value, 'description'));
  if (description !== undefined)
    setOwn(value, 'description', description.replace(/ This operation is deprecated\.$/, ''));
}

/** What the old path item has for all its operations is needed at the new one, too. */
function addItem(definition: JsonObject, old: ExistingOperation, path: string, value: JsonObject): void {
  const paths = asObject(own(definition, 'paths'));
  const present = own(paths, path);
  const item: JsonObject = isObject(present) ? present : {};
  for (const [key, shared] of Object.entries(itemOf(definition, old.path))) {
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
  const list = asArray(own(found.value, 'parameters'));
  const kept = list.filter((parameter) => {
    const object = asObject(parameter);
    return own(object, 'in') !== 'path' || variables.includes(String(own(object, 'name')));
  });
  const shared = asArray(own(itemOf(definition, path), 'parameters'));
  const known = [...kept, ...shared].map((parameter) => own(asObject(parameter), 'name'));
  const added = variables.filter((name) => !known.includes(name)).map((name) => buildParameter({ name, in: 'path' }));
  const next = [...added, ...kept];
  if (!deepEqual(next, list)) setOwn(found.value, 'parameters', next);
}
