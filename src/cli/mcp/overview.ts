import { relative } from 'node:path';
import { recogniseAuthentication } from '../../authentication/recognise.ts';
import { findConnector } from '../../connector/find.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';
import { readConnector } from '../../connector/load.ts';
import { listOperations } from '../../connector/operations.ts';
import { profileOf } from '../../connector/profile.ts';
import { UserError } from '../../errors.ts';
import { slashes } from '../../files/names.ts';
import { scopeOf } from '../../policy/policies.ts';
import type { ServerOptions } from './tool.ts';

const howToMake = ', or make one: new_repository (in a terminal: pp-connector new FOLDER --yes)';

/**
 * What an agent has to know before it does anything.
 *
 * @param folder absolute; a connector
 * @throws UserError where there is none
 */
export function overview(folder: string, { readOnly }: Pick<ServerOptions, 'readOnly'>): JsonObject {
  const connector = readConnector(findConnector(folder));
  const { location } = connector;
  if (connector.definition === undefined && connector.properties === undefined) {
    throw new UserError('there is no connector in this folder', {
      hint: `name its folder with cwd${readOnly ? '' : howToMake}`,
    });
  }
  const definition = asObject(connector.definition?.value);
  const properties = asObject(connector.properties?.value);
  const info = asObject(getOwn(definition, 'info'));
  return {
    title: asString(getOwn(info, 'title')) ?? null,
    description: asString(getOwn(info, 'description')) ?? null,
    profile: profileOf(connector),
    layout: location.layout,
    host: `${asString(getOwn(definition, 'host')) ?? ''}${asString(getOwn(definition, 'basePath')) ?? ''}`,
    authentication: recogniseAuthentication(definition, properties).kind,
    files: Object.fromEntries(
      Object.entries(location.files).map(([role, path]) => [role, slashes(relative(location.root, path))]),
    ),
    operations: listOperations(definition).map(({ id, method, path, value }) => ({
      id,
      kind: kindOf(value),
      method,
      path,
      summary: asString(getOwn(value, 'summary')) ?? null,
    })),
    policies: asArray(getOwn(asObject(getOwn(properties, 'properties')), 'policyTemplateInstances'))
      .filter(isObject)
      .map(describe),
    next: 'validate shows what is wrong with it',
  };
}

function kindOf(operation: JsonObject): string {
  if (getOwn(operation, 'x-ms-trigger') !== undefined) return 'trigger';
  return getOwn(operation, 'x-ms-visibility') === 'internal' ? 'internal' : 'action';
}

const describe = (policy: JsonObject): Json => ({
  template: asString(getOwn(policy, 'templateId')) ?? null,
  title: asString(getOwn(policy, 'title')) ?? null,
  operations: scopeOf(policy) ?? 'all',
});
