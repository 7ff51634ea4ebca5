import { pathVariables } from '../../connector/facts/path-template.ts';
import {
  asArray,
  asObject,
  clone,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../../connector/json/value.ts';
import { findOperationId } from '../../connector/operations.ts';
import { UserError } from '../../errors.ts';
import { describeFieldAnyway } from '../../language/field-texts.ts';
import { operationIdFrom, segmentsOf } from '../../language/operation-ids.ts';
import { summaryFromId } from '../../language/operation-texts.ts';
import { titleCase } from '../../language/words.ts';
import type { NewOperation, NewParameter, WebhookPart } from '../model.ts';
import { standardTexts } from '../standard-texts.ts';
import type { AdditionalKeys, KindContext, KindOfOperation } from './kind.ts';
import { describeTrigger, hintOf, triggerSummary } from './trigger-texts.ts';

/** The API calls back (docs/reference/openapi-extensions.md#webhook-trigger). */
export const webhook: KindOfOperation = {
  title: 'Trigger by webhook: the API calls it when something happens',
  method: 'post',
  summary: triggerSummary,
  description: describeTrigger,
  prepare(operation) {
    if (operation.method?.toLowerCase() !== 'post') {
      throw new UserError(`--method ${operation.method}: a subscription is made by POST`, {
        hint: 'leave --method out',
      });
    }
    const part = operation.webhook ?? {};
    if (part.notification === undefined) {
      throw new UserError('--notification-sample is missing: what does the API send when the event happens?', {
        hint: 'give a JSON file with such a message: --notification-sample FILE',
      });
    }
    const response = { status: '201', description: 'The subscription was created.', ...operation.response };
    const location = part.location ?? 'api';
    if (location === 'policy' && part.locationUrl === undefined) {
      throw new UserError('--location-url is missing: the policy needs the URL that ends the subscription', {
        hint: 'for example --location-url "https://@connectionParameters(\'host\').contoso.com/hooks"',
      });
    }
    const { own: parameters, end } = partParameters(operation, part);
    return {
      ...operation,
      ...(operation.parameters === undefined ? {} : { parameters }),
      webhook: { ...part, unsubscribeParameters: end },
      body: { schema: subscriptionBody(operation, part) },
      response,
      ...(location === 'script' ? { script: operation.script ?? 'location' } : {}),
    };
  },
  additionalKeys: webhookExtras,
};

function webhookExtras(operation: NewOperation, { definition }: KindContext): AdditionalKeys {
  const part = operation.webhook ?? {};
  const content = notificationContent(operation, part);
  refuseOtherContent(definition, operation, content);
  const end = unsubscribe(operation, part);
  const existing = existingEnd(definition, operation, part);
  const endPath = existing ?? end.path;
  return {
    operation: { 'x-ms-trigger': 'single', ...hintOf(operation.summary ?? '', part.hint) },
    pathItem: { 'x-ms-notification-content': content },
    operations: existing === undefined ? [end] : [],
    policies:
      part.location === 'policy'
        ? [
            {
              templateId: 'setheader',
              title: `${operation.id}: say where the subscription ends`,
              parameters: { name: 'Location', value: part.locationUrl ?? '', existsAction: 'override' },
              section: 'Response',
              operations: [operation.id],
            },
          ]
        : [],
    scriptValues: { ...wayBetween(operation.path, endPath), path: endPath, property: part.locationProperty ?? 'id' },
  };
}

const notificationContent = (operation: NewOperation, part: WebhookPart): JsonObject => ({
  description: part.notification?.description ?? `What happened: ${(operation.summary ?? '').replace(/^When /, '')}.`,
  schema: clone(part.notification?.schema ?? {}),
});

/** The extension is on the path item, so one path has one shape of notification. */
function refuseOtherContent(definition: JsonObject, operation: NewOperation, content: JsonObject): void {
  const item = asObject(getOwn(asObject(getOwn(definition, 'paths')), operation.path));
  const present = getOwn(item, 'x-ms-notification-content');
  if (present === undefined || deepEqual(present, content)) return;
  throw new UserError(`the path ${operation.path} already notifies of something else`, {
    hint: `give the trigger a path of its own and say where the API is: --path ${operation.path}/${operation.id} --api-path ${operation.path}`,
  });
}

/** The body of the subscription: what a sample showed, the notification URL, the fixed values. */
function subscriptionBody(operation: NewOperation, part: WebhookPart): JsonObject {
  const schema = clone(operation.body?.schema ?? { type: 'object' });
  if (getOwn(schema, 'type') !== 'object')
    throw new UserError('--request-sample: the body of a subscription must be an object');
  const path = (part.notificationUrl ?? 'callbackUrl').split('/');
  const url = {
    type: 'string',
    'x-ms-summary': titleCase(path.at(-1) ?? ''),
    description: standardTexts.callbackAddress,
  };
  setRequired(schema, path, { ...url, 'x-ms-visibility': 'internal', 'x-ms-notification-url': true });
  for (const [name, value] of Object.entries(part.bodyValues ?? {})) {
    const last = name.split('/').at(-1) ?? '';
    const title = titleCase(last);
    const texts = { 'x-ms-summary': title, description: describeFieldAnyway({ name: last }, title) };
    setRequired(schema, name.split('/'), {
      ...typeOfValue(value),
      ...texts,
      default: value,
      'x-ms-visibility': 'internal',
    });
  }
  return schema;
}

function typeOfValue(value: Json): JsonObject {
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { type: 'integer', format: 'int32' } : { type: 'number', format: 'double' };
  if (Array.isArray(value)) return { type: 'array', items: typeOfValue(value[0] ?? '') };
  return isObject(value) ? { type: 'object' } : { type: 'string' };
}

/** Sets a property, required at every level on the way (rule notification-url-required). */
function setRequired(schema: JsonObject, path: readonly string[], value: JsonObject): void {
  const [name = '', ...rest] = path;
  const required = asArray(getOwn(schema, 'required'));
  if (!required.includes(name)) schema.required = [...required, name];
  const properties = asObject(getOwn(schema, 'properties'));
  if (getOwn(schema, 'properties') === undefined) schema.properties = properties;
  if (rest.length === 0) {
    setOwn(properties, name, value);
    return;
  }
  const present = getOwn(properties, name);
  const inner: JsonObject = isObject(present) ? present : { type: 'object' };
  setOwn(properties, name, inner);
  setRequired(inner, rest, value);
}

/** The id of the operation that ends a trigger's subscription. */
export const unsubscribeIdOf = (triggerId: string): string =>
  operationIdFrom(`unsubscribe ${triggerId.replace(/^(On|When)(?=[A-Z])/, '').replaceAll('_', ' ')}`);

/** The path of a DELETE that the connector has already, where `unsubscribeId` names one. */
function existingEnd(definition: JsonObject, operation: NewOperation, part: WebhookPart): string | undefined {
  const isOwnPath = unsubscribePathOf(operation, {}) === unsubscribePathOf(operation, part);
  if (part.unsubscribeId === undefined || !isOwnPath) return undefined;
  const found = findOperationId(definition, part.unsubscribeId);
  return found?.method.toLowerCase() === 'delete' ? found.path : undefined;
}

/** From the path of the trigger to the one that ends it: how many segments go, and what comes in their place. */
function wayBetween(from: string, to: string): { strip: string; rest: string } {
  const [mine, other] = [segmentsOf(from), segmentsOf(to)];
  const differs = mine.findIndex((segment, index) => segment !== other[index]);
  const shared = differs < 0 ? mine.length : differs;
  return { strip: String(mine.length - shared), rest: `/${other.slice(shared).join('/')}` };
}

const unsubscribePathOf = (operation: NewOperation, part: WebhookPart): string =>
  part.unsubscribePath ?? `${operation.path.replace(/\/$/, '')}/{subscriptionId}`;

/** Where the trigger calls another path of the API, its end does, too. */
function routeOf({ path, apiPath }: NewOperation, endPath: string): { apiPath?: string } {
  const own = `${path.replace(/\/$/, '')}/`;
  if (apiPath === undefined || !endPath.startsWith(own)) return {};
  return { apiPath: `${apiPath.replace(/\/$/, '')}/${endPath.slice(own.length)}` };
}

/** Path parameters that only the end of the subscription has are its own. */
function partParameters({ parameters = [], ...operation }: NewOperation, part: WebhookPart) {
  const mine = pathVariables(operation.path);
  const others = pathVariables(unsubscribePathOf(operation, part)).filter((name) => !mine.includes(name));
  const isOther = (parameter: NewParameter): boolean => parameter.in === 'path' && others.includes(parameter.name);
  return { own: parameters.filter((parameter) => !isOther(parameter)), end: parameters.filter(isOther) };
}

/** The service sends DELETE to the `Location`, with nothing but the connection. */
function unsubscribe(operation: NewOperation, part: WebhookPart): NewOperation {
  const path = unsubscribePathOf(operation, part);
  const id = part.unsubscribeId ?? unsubscribeIdOf(operation.id);
  const known = [...(part.unsubscribeParameters ?? []), ...(operation.parameters ?? [])];
  const parameters = pathVariables(path).map((name): NewParameter => {
    const given = known.find((parameter) => parameter.in === 'path' && parameter.name === name);
    const texts = { summary: titleCase(name), description: standardTexts.subscription };
    return given ?? { name, in: 'path', ...texts };
  });
  return {
    kind: 'internal',
    id,
    method: 'delete',
    path,
    summary: summaryFromId(id),
    description: standardTexts.endOfSubscription,
    visibility: 'internal',
    parameters,
    ...routeOf(operation, path),
    response: { description: 'The subscription ended.' },
  };
}
