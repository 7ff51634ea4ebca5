import type { ConnectorDraft } from '../connector/draft.ts';
import { pathVariables } from '../connector/facts/path-template.ts';
import {
  asArray,
  asObject,
  asString,
  clone,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { setBehind } from '../connector/key-order.ts';
import { type ExistingOperation, findOperationId, pathItemAt, requireOperation } from '../connector/operations.ts';
import { UserError } from '../errors.ts';
import { completeSentence } from '../language/sentences.ts';
import { addPolicies, isPolicyFor, policiesOf, setPolicies } from '../policy/policies.ts';
import { routeToScript } from '../script/route.ts';
import type { ScriptPattern } from '../script/script-pattern.ts';
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
import { checkDescription, checkPath, checkSummary, requireCheck } from './checks.ts';
import { applyDictionary, applyDynamic, checkDynamic, type DynamicReference } from './dynamic.ts';
import { helperOperation } from './helper.ts';
import {
  type NewBody,
  type NewHelper,
  type NewOperation,
  type NewParameter,
  type NewResponse,
  parameterPlaces,
  type Stage,
  type Visibility,
} from './model.ts';
import { scriptValues } from './script-values.ts';

/** What an author wants to be otherwise; what isn't named stays. */
export interface OperationChanges {
  summary?: string;
  description?: string;
  /** `normal` removes the extension. */
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
    applyDynamic(definition, value, reference, pathItemAt(definition, path));
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
  asArray(getOwn(operation, 'parameters'))
    .filter(isObject)
    .map((parameter) => ({
      name: String(getOwn(parameter, 'name')),
      in: parameterPlaces.find((place) => place === getOwn(parameter, 'in')) ?? 'query',
      type: getOwn(parameter, 'type') === 'array' ? 'array' : 'string',
      required: getOwn(parameter, 'required') === true,
    }));

function changeTexts(value: JsonObject, changes: OperationChanges): void {
  const { summary, description, visibility, hint, stage, extensions = {} } = changes;
  if (summary !== undefined) {
    requireCheck('--summary', checkSummary(summary, 'custom'));
    setOwn(value, 'summary', summary);
  }
  if (description !== undefined) {
    requireCheck('--description', checkDescription(description, asString(getOwn(value, 'summary')) ?? '', 'custom'));
    setOwn(value, 'description', completeSentence(description));
  }
  if (visibility === 'normal') delete value['x-ms-visibility'];
  else if (visibility !== undefined) setBehind(value, 'x-ms-visibility', visibility, 'description');
  if (hint !== undefined) setBehind(value, 'x-ms-trigger-hint', hint, 'x-ms-trigger');
  if (stage !== undefined) {
    const annotation = { ...asObject(getOwn(value, 'x-ms-api-annotation')), status: stage };
    setBehind(value, 'x-ms-api-annotation', annotation, 'description');
  }
  requireExtensions(extensions, 'operation');
  for (const [name, extension] of Object.entries(extensions)) setBehind(value, name, clone(extension), 'description');
}

const isBody = (parameter: Json): boolean => getOwn(asObject(parameter), 'in') === 'body';

function changeParameters(
  definition: JsonObject,
  value: JsonObject,
  path: string,
  { parameters = [], removedParameters = [], body, bodyRequired }: OperationChanges,
): void {
  const changes = [body, bodyRequired].filter((change) => change !== undefined);
  if (parameters.length === 0 && removedParameters.length === 0 && changes.length === 0) return;
  let list = [...asArray(getOwn(value, 'parameters'))];
  for (const name of removedParameters) {
    const kept = list.filter((parameter) => getOwn(asObject(parameter), 'name') !== name || isBody(parameter));
    if (kept.length === list.length)
      throw new UserError(`--remove-param ${name}: the operation has no such parameter of its own`);
    if (pathVariables(path).includes(name))
      throw new UserError(`--remove-param ${name}: the path ${path} has that variable`);
    list = kept;
  }
  for (const parameter of parameters) {
    const built = buildParameter(parameter);
    const at = list.findIndex(
      (other) => getOwn(asObject(other), 'name') === parameter.name && getOwn(asObject(other), 'in') === parameter.in,
    );
    const end = list.findIndex(isBody);
    if (at >= 0) list[at] = built;
    else if (end >= 0) list.splice(end, 0, built);
    else list.push(built);
  }
  if (body !== undefined) {
    const required = getOwn(asObject(list.find(isBody)), 'required') !== false;
    list = [...list.filter((parameter) => !isBody(parameter)), buildBody({ required, ...body })];
    Object.assign(
      value,
      mediaType(
        'consumes',
        body.mediaType ?? 'application/json',
        getOwn(value, 'consumes') ?? getOwn(definition, 'consumes'),
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
  const responses = asObject(getOwn(value, 'responses'));
  setOwn(value, 'responses', responses);
  for (const [status, answer] of Object.entries(otherResponses(response.others ?? {}))) {
    setOwn(responses, status, { ...asObject(getOwn(responses, status)), ...asObject(answer) });
  }
  if (response.status === undefined && response.schema === undefined) return;
  const [former, ...others] = Object.keys(responses).filter((code) => /^2\d\d$/.test(code));
  const status = response.status ?? former ?? '200';
  const isMoved = former !== undefined && former !== status && others.length === 0;
  const present = asObject(getOwn(responses, isMoved ? former : status));
  if (isMoved) delete responses[former];
  const description = response.description ?? asString(getOwn(present, 'description')) ?? 'The operation succeeded.';
  setOwn(responses, status, {
    ...present,
    description,
    ...(response.schema === undefined ? {} : { schema: clone(response.schema) }),
  });
  if (response.schema !== undefined) {
    Object.assign(
      value,
      mediaType('produces', 'application/json', getOwn(value, 'produces') ?? getOwn(definition, 'produces')),
    );
  }
}

function changePaging(draft: ConnectorDraft, id: string, value: JsonObject, name: string): void {
  if (!(nextLinkNames as readonly string[]).includes(name)) {
    throw new UserError(`--next-link ${name}: the service knows only ${nextLinkNames.join(' and ')}`);
  }
  const responses = asObject(getOwn(value, 'responses'));
  const status = Object.keys(responses).find((code) => isObject(getOwn(asObject(getOwn(responses, code)), 'schema')));
  const response = asObject(getOwn(responses, status ?? ''));
  const schema = getOwn(response, 'schema');
  // a schema that is shared by reference is the author's: other operations use it
  if (isObject(schema) && getOwn(schema, '$ref') === undefined)
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
