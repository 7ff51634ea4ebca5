import { asObject, getOwn, type JsonObject } from '../../connector/json/value.ts';
import type { ConnectorModel, Schema } from '../engine/model.ts';
import { oncePerConnector } from '../engine/rule.ts';
import { definitionsReached } from './definition-graph.ts';

/** Which schemas makers fill in and which they get back. */

/** The definitions that bodies of requests consist of. */
const inBodies = oncePerConnector((connector) =>
  definitionsReached(
    connector,
    connector.parameters.map((parameter) => getOwn(parameter.value, 'schema')),
  ),
);

export const isSuccess = (code: string): boolean => /^2\d\d$/.test(code);

/** The answers of success, shared ones included, and the definitions that they and notifications consist of. */
const ofSuccess = oncePerConnector((connector) => {
  const responses = new Set<JsonObject>();
  for (const operation of connector.operations) {
    for (const response of operation.responses) if (isSuccess(response.code)) responses.add(response.value);
  }
  const notifications = connector.paths.map(({ value }) => getOwn(value, 'x-ms-notification-content'));
  const schemas = [...responses, ...notifications.map(asObject)].map((holder) => getOwn(holder, 'schema'));
  return { responses, definitions: definitionsReached(connector, schemas) };
});

/** Whether a schema is part of what a request sends. */
export function isInBody({ owner }: Schema, connector: ConnectorModel): boolean {
  return owner.kind === 'body' || (owner.kind === 'definition' && inBodies(connector).has(owner.name));
}

/** Whether a schema is part of what a successful call returns or a notification brings: the dynamic content of makers. */
export function isOutput({ owner }: Schema, connector: ConnectorModel): boolean {
  if (owner.kind === 'notification') return true;
  if (owner.kind === 'response') return ofSuccess(connector).responses.has(owner.response.value);
  return owner.kind === 'definition' && ofSuccess(connector).definitions.has(owner.name);
}
