import { textSites } from '../../connector/derived-texts.ts';
import { ConnectorDraft } from '../../connector/draft.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  strings,
} from '../../connector/json/value.ts';
import { connectorFrom } from '../../connector/load.ts';
import { operationIdFrom } from '../../language/operation-ids.ts';
import { describe, plainText } from '../../language/plain-text.ts';
import { freeName, sameWords, splitWords } from '../../language/words.ts';
import { placeOperations } from '../../operation/add-operation.ts';
import { checkDescription, checkSummary } from '../../operation/checks.ts';
import { GivenTexts } from '../../operation/given-texts.ts';
import { describeTrigger, triggerSummary } from '../../operation/kinds/trigger-texts.ts';
import type { NewOperation, NewResponse, WebhookPart } from '../../operation/model.ts';
import { policiesOf } from '../../policy/policies.ts';
import type { ScriptRoute } from '../../script/route.ts';
import type { ApiModel, SourceOperation, SourceWebhook } from '../model.ts';
import type { WebhookPair } from '../options.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import type { ConvertedOperation } from './operations.ts';
import { subscriptionEnd, writtenOut } from './subscriptions.ts';

/** A webhook of the description with the operation that subscribes to it. */
export interface PairedWebhook {
  readonly webhook: SourceWebhook;
  readonly source: SourceOperation;
  /** Where its body has the address, from the outside to the inside. */
  readonly property: readonly string[];
}

/**
 * The webhooks that the user has paired with operations. One operation may subscribe to many.
 *
 * @throws `option-unknown` for names that the description doesn't have.
 */
export function pairWebhooks(
  model: ApiModel,
  operations: readonly SourceOperation[],
  pairs: readonly WebhookPair[],
  isCalled: (operation: SourceOperation, name: string) => boolean,
): PairedWebhook[] {
  return pairs.map(({ name, operation: wanted, property }) => {
    const webhook = model.webhooks.find((candidate) => candidate.name === name);
    if (webhook === undefined) {
      throw new ImportRefused('option-unknown', `No webhook is called "${name}".`, {
        hint: `Webhooks: ${model.webhooks.map((candidate) => candidate.name).join(', ') || 'none'}`,
      });
    }
    const source = operations.find((candidate) => isCalled(candidate, wanted));
    if (source?.method !== 'post') {
      throw new ImportRefused('option-unknown', `No operation "${wanted}" can subscribe to the webhook ${name}.`, {
        hint: 'Name a POST with a body that is selected, by its id or as "POST /hooks".',
      });
    }
    return { webhook, source, property: property.split('.') };
  });
}

/** What triggers bring along beside their part of the definition. */
export interface Subscriptions {
  readonly policies: readonly JsonObject[];
  readonly routes: readonly ScriptRoute[];
}

export interface WebhookContext {
  readonly definition: JsonObject;
  readonly operations: ConvertedOperation[];
  /** What the API sends, by webhook. */
  readonly contents: ReadonlyMap<SourceWebhook, JsonObject>;
  readonly report: Report;
  /** Neither policies nor a script are written. */
  readonly definitionOnly: boolean;
}

/**
 * Triggers as `operation --kind webhook` makes them: each has a path of its own that a policy routes to the operation
 * that subscribes, which stays an action. Where no policy can be written, the trigger takes its place.
 *
 * @throws `option-unknown` where two would take the same place
 */
export function addWebhooks(pairs: readonly PairedWebhook[], context: WebhookContext): Subscriptions {
  const routes: ScriptRoute[] = [];
  const draft = new ConnectorDraft(connectorFrom({ layout: 'file', root: '', assets: '', files: {}, others: [] }, []));
  // its paths are those of the definition: what is added to one is in the other
  Object.assign(draft.definition, context.definition);
  for (const pair of pairs) routes.push(...addWebhook(pair, draft, context));
  return { policies: policiesOf(draft), routes };
}

function addWebhook(pair: PairedWebhook, draft: ConnectorDraft, context: WebhookContext): ScriptRoute[] {
  const { webhook, source, property } = pair;
  const { definition, operations, report, definitionOnly } = context;
  const action = operations.find(
    (operation) => operation.source === source && operation.value['x-ms-trigger'] === undefined,
  );
  if (action === undefined) throw twoAtOnePlace(pair);
  const content = context.contents.get(webhook) ?? { schema: { type: 'object' } };
  const schema = bodyOf(action, property, asObject(definition.definitions));
  if (schema === undefined) {
    report.dropped(
      'callback-location',
      webhook.at,
      `Webhook ${webhook.name}: the body has no property ${property.join('.')}.`,
    );
    return [];
  }
  const paths = asObject(definition.paths);
  if (definitionOnly) takePlaceOf(action, paths, context, webhook);
  const operation = describeTriggerOf(pair, action, { content, schema }, context);
  const before = new Set(Object.keys(paths));
  const routes = placeOperations(draft, [operation]);
  const value = asObject(asObject(paths[operation.path]).post);
  takeParameters(value, action.value);
  const added = Object.keys(paths).filter((path) => !before.has(path) || path === operation.path);
  const given = new GivenTexts();
  for (const known of [action.value, schema, content, webhook.summary, operation.description]) given.add(known);
  const sites = textSites({ paths: Object.fromEntries(added.map((path) => [path, paths[path] ?? {}])) });
  for (const { kind, text } of sites) if (!given.has(text)) report.derive(kind, webhook.at, text);
  operations.push({ source, detail: action.detail, path: operation.path, value, repeated: [] });
  return routes;
}

const twoAtOnePlace = ({ webhook, source }: PairedWebhook): ImportRefused =>
  new ImportRefused(
    'option-unknown',
    `${webhook.name} subscribes by ${source.method.toUpperCase()} ${source.path}, where another webhook is a trigger already.`,
    { hint: 'Each needs a path of its own and a policy that calls the API: add --properties FILE.' },
  );

/** Without policies the path of the API is the only one that reaches it. */
function takePlaceOf(
  action: ConvertedOperation,
  paths: JsonObject,
  { operations, report }: WebhookContext,
  webhook: SourceWebhook,
): void {
  delete asObject(paths[action.path])[action.source.method];
  operations.splice(operations.indexOf(action), 1);
  report.lossy(
    'webhook-in-place',
    action.source.at,
    `The trigger ${webhook.name} takes the place of this action: a path of its own takes a policy in apiProperties.json, which is not written: add --properties.`,
  );
}

/** The body of the subscription, written out as far as something is set in it; undefined without the property. */
function bodyOf(
  action: ConvertedOperation,
  property: readonly string[],
  definitions: JsonObject,
): JsonObject | undefined {
  const body = asArray(action.value.parameters)
    .filter(isObject)
    .find((parameter) => parameter.in === 'body');
  return body === undefined ? undefined : writtenOut(asObject(body.schema), property, definitions);
}

function describeTriggerOf(
  { webhook, property }: PairedWebhook,
  action: ConvertedOperation,
  { content, schema }: { content: JsonObject; schema: JsonObject },
  { definition, report, definitionOnly }: WebhookContext,
): NewOperation {
  const paths = asObject(definition.paths);
  const id = freeName(triggerId(webhook.name), (name) => hasOperation(paths, name), '');
  const own = `${action.path.replace(/\/$/, '')}/${splitWords(id.slice(2)).join('-').toLowerCase()}`;
  const path = definitionOnly ? action.path : freeName(own, (wish) => paths[wish] !== undefined, '-');
  const fixed = fixedEvent(schema, property, webhook, asObject(definition.definitions));
  if (fixed === undefined)
    report.info(
      'webhook-event',
      webhook.at,
      `Nothing in the body of ${String(action.value.operationId)} takes exactly the name ${webhook.name}: whoever makes a flow says what to subscribe to.`,
    );
  const answer = answerOf(action);
  const end = endOf(action, answer, paths, { definition, report, webhook, definitionOnly });
  const { status, ...unstated } = answer;
  return {
    kind: 'webhook',
    id,
    path,
    ...(path === action.path ? {} : { apiPath: action.path }),
    ...textsOf(webhook, id),
    body: { schema },
    // the script answers 201, as the platform wants it
    response: end.location === 'script' || status === undefined ? unstated : answer,
    webhook: {
      notificationUrl: property.join('/'),
      notification: { schema: asObject(content.schema), ...optionalText(asString(content.description)) },
      ...(fixed === undefined ? {} : { bodyValues: fixed }),
      ...end,
    },
  };
}

const optionalText = (description: string | undefined): { description?: string } =>
  description === undefined ? {} : { description };

/** `email.delivered` → `OnEmailDelivered`. */
export const triggerId = (name: string): string => {
  const words = name.replace(/^(?:on|when)(?=[A-Z\W_])/i, '');
  return operationIdFrom(`On ${operationIdFrom(words) === '' ? 'notification' : words}`);
};

const hasOperation = (paths: JsonObject, id: string): boolean =>
  Object.values(paths).some((item) =>
    Object.values(asObject(item)).some((value) => getOwn(asObject(value), 'operationId') === id),
  );

/** The source's own words where they fit. */
function textsOf({ summary, description }: SourceWebhook, id: string): Pick<NewOperation, 'summary' | 'description'> {
  const stated = plainText(summary ?? '').replace(/[.!]$/, '');
  const fits = /^when\s/i.test(stated) && checkSummary(stated, 'custom') === true;
  const title = fits ? stated : triggerSummary(id);
  const described = describe(description ?? summary, 900);
  if (described === '' || sameWords(described, title)) return fits ? { summary: title } : {};
  const whole = `${describeTrigger(title)} ${described}`;
  return {
    ...(fits ? { summary: title } : {}),
    ...(checkDescription(whole, title, 'custom') === true ? { description: whole } : {}),
  };
}

/** The value that subscribes to this webhook, where the body takes it by exactly its name. */
function fixedEvent(
  schema: JsonObject,
  address: readonly string[],
  webhook: SourceWebhook,
  definitions: JsonObject,
): Record<string, Json> | undefined {
  for (const [name, property] of Object.entries(asObject(schema.properties))) {
    if (name === address[0]) continue;
    const value = resolved(property, definitions);
    const own = memberCalled(value.enum, webhook.name);
    if (own !== undefined) return { [name]: own };
    const inList = memberCalled(resolved(value.items, definitions).enum, webhook.name);
    if (inList !== undefined) return { [name]: [inList] };
  }
  return undefined;
}

const memberCalled = (values: Json | undefined, name: string): string | undefined => {
  const texts = strings(values);
  return texts.find((text) => text === name) ?? texts.find((text) => sameWords(text, name));
};

const resolved = (schema: Json | undefined, definitions: JsonObject): JsonObject => {
  const reference = asString(getOwn(asObject(schema), '$ref'));
  return reference === undefined
    ? asObject(schema)
    : asObject(getOwn(definitions, reference.replace('#/definitions/', '')));
};

/** What the API answers a subscription with. */
function answerOf({ value }: ConvertedOperation): NewResponse {
  const [status, response] = Object.entries(asObject(value.responses)).find(([code]) => /^2\d\d$/.test(code)) ?? [];
  const { description, schema } = asObject(response);
  return {
    ...(status === undefined ? {} : { status }),
    ...optionalText(asString(description)),
    ...(isObject(schema) ? { schema } : {}),
  };
}

/** How the subscription ends: by a DELETE that the API has, whose address a script makes of the id in the answer. */
function endOf(
  action: ConvertedOperation,
  answer: NewResponse,
  paths: JsonObject,
  {
    definition,
    report,
    webhook,
    definitionOnly,
  }: Pick<WebhookContext, 'definition' | 'report' | 'definitionOnly'> & { webhook: SourceWebhook },
): Partial<WebhookPart> {
  const end = subscriptionEnd(action.path, paths);
  if (end === undefined) {
    report.lossy(
      'webhook-no-delete',
      webhook.at,
      `No operation ends the subscription of ${webhook.name}: the connector asks for DELETE on what the API answers in the header Location.`,
    );
    return { location: 'api' };
  }
  const unsubscribeId = String(end.operation.operationId);
  const properties = Object.keys(asObject(resolved(answer.schema, asObject(definition.definitions)).properties));
  const locationProperty = idAmong(properties, end.variable);
  if (definitionOnly || locationProperty === undefined) {
    const reason = definitionOnly
      ? 'a script makes it of the id, which is not written: add --properties and --script'
      : 'no property of the answer is its id';
    report.lossy(
      'webhook-location',
      webhook.at,
      `The subscription of ${webhook.name} ends only if the API answers with the header Location: ${reason}.`,
    );
    return { location: 'api', unsubscribeId };
  }
  return { location: 'script', unsubscribeId, locationProperty };
}

/** `id`, what the path calls it, or the only one that ends in `id`. */
function idAmong(properties: readonly string[], variable: string): string | undefined {
  const ids = properties.filter((name) => /(?:[a-z]I|_i|-i)d$|^(?:uu|gu)?id$/.test(name));
  return (
    properties.find((name) => name === 'id') ??
    properties.find((name) => sameWords(name, variable)) ??
    (ids.length === 1 ? ids[0] : undefined)
  );
}

/** The inputs beside the body are those of the action, with all that it says about them. */
function takeParameters(trigger: JsonObject, action: JsonObject): void {
  const body = asArray(trigger.parameters).filter((parameter) => getOwn(asObject(parameter), 'in') === 'body');
  const others = asArray(action.parameters).filter((parameter) => getOwn(asObject(parameter), 'in') !== 'body');
  trigger.parameters = [...structuredClone(others), ...body];
}
