import { asObject, asString, getOwn, strings } from '../../connector/json/value.ts';
import {
  type ApiModel,
  type Dropped,
  type OperationDetail,
  operationExtensions,
  pickExtensions,
  rootExtensions,
  type SourceOperation,
} from '../model.ts';
import type { Description, DescriptionFormat } from './format.ts';
import { readCallbacks, readWebhook } from './openapi/callbacks.ts';
import { readBody, readResponses } from './openapi/content.ts';
import { methods, unsupportedMethods } from './openapi/methods.ts';
import { mergeParameters, readParameter } from './openapi/parameters.ts';
import { readRequirements, readSchemes } from './openapi/security.ts';
import { readServers } from './openapi/servers.ts';
import { describedMembers, type References, textOf, unreadablePath } from './references.ts';
import { child, elements, isObjectNode, type Located, located, members } from './source.ts';
import { asText } from './source-values.ts';

const rootMembers: ReadonlySet<string> = new Set([
  'openapi',
  'info',
  'servers',
  'paths',
  'components',
  'security',
  'tags',
  'webhooks',
  'jsonSchemaDialect',
  '$schema',
  '$self',
]);

/** OpenAPI 3.0, 3.1 and 3.2 → model. */
export const openapi: DescriptionFormat = {
  id: 'openapi',
  title: 'OpenAPI 3.0, 3.1 and 3.2',
  recognise: (root) => {
    const version = asText(getOwn(root, 'openapi')) ?? '';
    return /^3(?:\.|$)/.test(version) ? version : undefined;
  },
  read,
};

function read({ source, version, references, report }: Description): ApiModel {
  if (/^3\.[2-9]/.test(version)) report.info('version-3.2', '/openapi', `OpenAPI ${version} is read as 3.1.`);
  const root = located(source.root.root, '', source.root);
  const components = child(root, 'components');
  const paths = readPaths(child(root, 'paths'), references);
  return {
    format: 'openapi',
    version,
    references,
    info: references.resolve(child(root, 'info')),
    servers: readServers(child(root, 'servers')),
    tags: readTags(child(root, 'tags')),
    operations: paths.operations,
    dropped: paths.dropped,
    securitySchemes: readSchemes(child(components, 'securitySchemes'), references),
    security: readRequirements(child(root, 'security')),
    webhooks: members(child(root, 'webhooks')).map(([name, node]) => readWebhook(name, node, references)),
    components: child(components, 'schemas'),
    extensions: pickExtensions(asObject(root.value), rootExtensions),
    leftovers: Object.keys(asObject(root.value)).filter(
      (key) => !rootMembers.has(key) && !rootExtensions.includes(key),
    ),
  };
}

export function readTags(node: Located | undefined): string[] {
  return elements(node)
    .map((tag) => asText(getOwn(tag.value, 'name')))
    .filter((name) => name !== undefined);
}

function readPaths(
  paths: Located | undefined,
  references: References,
): { operations: SourceOperation[]; dropped: Dropped[] } {
  const operations: SourceOperation[] = [];
  const dropped: Dropped[] = [];
  const described = describedMembers(paths, { references, dropped, problem: unreadablePath });
  for (const { name: path, written, resolved: item } of described) {
    const place: Located = { ...item, at: written.at };
    for (const [method, operation] of members(place)) {
      if (unsupportedMethods.has(method)) {
        for (const at of foreignOperations(method, operation)) {
          dropped.push({
            code: method === 'trace' ? 'excluded-by-default' : 'method-unsupported',
            at,
            message: `${method.toUpperCase()} ${path} cannot be called by a connector.`,
          });
        }
        continue;
      }
      if (!methods.has(method)) continue;
      const resolved = references.resolve(operation);
      if (!isObjectNode(resolved)) {
        dropped.push({
          code: 'ref-unresolved',
          at: operation.at,
          message: `${method.toUpperCase()} ${path} cannot be read.`,
        });
        continue;
      }
      operations.push(readOperation(method, path, place, { ...resolved, at: operation.at }, references));
    }
  }
  return { operations, dropped };
}

function foreignOperations(method: string, node: Located): string[] {
  return method === 'additionalOperations' ? members(node).map(([, operation]) => operation.at) : [node.at];
}

function readOperation(
  method: string,
  path: string,
  item: Located,
  node: Located,
  references: References,
): SourceOperation {
  const value = asObject(node.value);
  const shared = asObject(item.value);
  return {
    method,
    path,
    at: node.at,
    pathAt: item.at,
    operationId: asText(value.operationId),
    summary: asString(value.summary) ?? asString(shared.summary),
    description: textOf(child(node, 'description'), references) ?? textOf(child(item, 'description'), references),
    tags: strings(value.tags),
    deprecated: value.deprecated === true,
    security: readRequirements(child(node, 'security')),
    servers:
      value.servers === undefined
        ? shared.servers === undefined
          ? undefined
          : readServers(child(item, 'servers'))
        : readServers(child(node, 'servers')),
    extensions: pickExtensions(value, operationExtensions),
    notification: child(item, 'x-ms-notification-content'),
    detail: () => readDetail(item, node, references),
  };
}

function readDetail(item: Located, node: Located, references: References): OperationDetail {
  const dropped: Dropped[] = [];
  return {
    parameters: mergeParameters(item, node, references, dropped, readParameter),
    body: readBody(child(node, 'requestBody'), references, dropped),
    responses: readResponses(child(node, 'responses'), references, dropped),
    callbacks: readCallbacks(child(node, 'callbacks'), references),
    dropped,
  };
}
