import { asObject, asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import { listOperations } from '../connector/operations.ts';
import { agentToolsOf } from './form/agent.ts';
import { connectionFormOf } from './form/connection-form.ts';
import { fieldsOf } from './form/fields.ts';
import type { FormModel, FormOperation, TriggerForm } from './form/form-model.ts';
import { isWebhook, outputsOf } from './form/outputs.ts';
import { powerAppsFunctionOf } from './form/power-apps.ts';
import { operationOf, type RuntimeOperation } from './operation.ts';
import { Schemas, visibilityOf } from './schema.ts';

/**
 * What makers see of a connector: docs/reference/runtime.md#designer. Nothing is looked up, and nothing is refused:
 * whatever is in a definition is shown as far as it can be.
 *
 * @param inner `properties` of apiProperties.json
 */
export function formModel(definition: JsonObject, inner: JsonObject): FormModel {
  const info = asObject(getOwn(definition, 'info'));
  const title = asString(getOwn(info, 'title')) ?? '';
  const schemas = new Schemas(definition);
  // one without id can't be called by anybody
  const all = listOperations(definition)
    .filter(({ id }) => id !== '')
    .map((existing) => operationOf(definition, existing, schemas));
  const operations = inOrder(all.map((operation) => formOf(operation, info)));
  const byPointer = new Map(all.map((operation) => [operation.pointer, operation]));
  return {
    connector: {
      title,
      description: asString(getOwn(info, 'description')) ?? '',
      brandColor: asString(getOwn(inner, 'iconBrandColor')) ?? '',
    },
    operations,
    connection: connectionFormOf(inner),
    agent: agentToolsOf(operations),
    powerApps: operations.flatMap(({ kind, pointer }) => {
      const operation = byPointer.get(pointer);
      return kind === 'action' && operation !== undefined ? [powerAppsFunctionOf(operation, title)] : [];
    }),
  };
}

function formOf(operation: RuntimeOperation, info: JsonObject): FormOperation {
  const { id, value, method, path, pointer } = operation;
  const visibility = visibilityOf(value);
  const trigger = triggerOf(operation);
  const { outputs, moreOutputs, splitOn } = outputsOf(operation);
  return {
    id,
    kind: visibility === 'internal' ? 'internal' : operation.kind,
    method,
    path,
    summary: asString(getOwn(value, 'summary')) ?? '',
    description: asString(getOwn(value, 'description')) ?? '',
    group: visibility === 'important' || visibility === 'advanced' ? visibility : 'normal',
    badge: statusOf(value) === 'preview' || (statusOf(value) === '' && statusOf(info) === 'preview') ? 'preview' : null,
    deprecated: getOwn(value, 'deprecated') === true,
    pointer,
    fields: fieldsOf(operation),
    outputs,
    moreOutputs,
    splitOn,
    ...(trigger === undefined ? {} : { trigger }),
    findings: [],
  };
}

const statusOf = (node: JsonObject): string =>
  (asString(getOwn(asObject(getOwn(node, 'x-ms-api-annotation')), 'status')) ?? '').toLowerCase();

function triggerOf(operation: RuntimeOperation): TriggerForm | undefined {
  const mode = getOwn(operation.value, 'x-ms-trigger');
  if (mode === undefined) return undefined;
  return {
    way: isWebhook(operation) ? 'webhook' : 'polling',
    runs: String(mode).toLowerCase() === 'batch' ? 'batch' : 'single',
    hint: asString(getOwn(operation.value, 'x-ms-trigger-hint')) ?? '',
  };
}

const places: Readonly<Record<FormOperation['group'], number>> = { important: 0, normal: 1, advanced: 2 };

const placeOf = ({ kind, group }: FormOperation): number => (kind === 'internal' ? 3 : places[group]);

/** As in the file among each other. */
const inOrder = (operations: readonly FormOperation[]): FormOperation[] =>
  [...operations].sort((a, b) => placeOf(a) - placeOf(b));
