import type { ConnectorParts } from '../authentication/authentication.ts';
import { asString, type Json, type JsonObject } from '../connector/json/value.ts';
import type { ApiModel, SourceOperation } from './model.ts';
import type { ImportOptions } from './options.ts';
import { relinkDynamics } from './passes/dynamic-references.ts';
import { reportExtensions } from './passes/extensions.ts';
import { convertInfo } from './passes/info.ts';
import { nameOperations } from './passes/operation-ids.ts';
import { writeTexts } from './passes/operation-texts.ts';
import { type ConvertedOperation, convertOperations } from './passes/operations.ts';
import { addPaging } from './passes/paging.ts';
import { dynamicHostUrl } from './passes/policies.ts';
import { chooseAuthentication } from './passes/security.ts';
import { hasSelection, isNamed, label, namesOf, selectOperations } from './passes/select.ts';
import { chooseTransport, type Transport } from './passes/servers.ts';
import { addTriggers, convertNotifications, pairWebhooks, reportCallbacks } from './passes/triggers.ts';
import { detectFormat } from './read/detect.ts';
import { readOpenApi } from './read/openapi.ts';
import { readPostman } from './read/postman.ts';
import { References } from './read/references.ts';
import type { LoadedSource } from './read/source.ts';
import { readSwagger } from './read/swagger.ts';
import { type DerivedTexts, type ImportReport, Report } from './report.ts';
import { Definitions } from './schemas/definitions.ts';
import { breakRequiredCycles } from './schemas/required-cycles.ts';
import { limitSchemas } from './schemas/schema-limits.ts';
import { referencesIn, shrink, targetBytes } from './schemas/shrink.ts';
import { reportUnused } from './schemas/unused.ts';
import { type Indent, sizeOf } from './serialise.ts';

/** What becomes of a description. */
export interface ImportResult {
  /** Swagger 2.0; write it with `formatDefinition(definition, indent)`. */
  definition: JsonObject;
  /** Width of indentation that the size allows. */
  indent: Indent;
  /** Members of `properties` in apiProperties.json that follow from security and servers. */
  properties: { connectionParameters: JsonObject; policyTemplateInstances: JsonObject[] };
  /** Query lists that the API wants by repeating their name, of operations that a script has to handle. */
  repeated: { operationId: string; lists: readonly string[] }[];
  /** The sign-in needs the client-credentials script. */
  signsInByScript: boolean;
  report: ImportReport;
  /** Texts that were made of names. */
  derived: DerivedTexts;
}

/** The description as the converter sees it: format, operations, security. Throws `format-unknown`. */
export function readModel(source: LoadedSource, options: ImportOptions, report: Report): ApiModel {
  const { format, version } = detectFormat(source.root.root, source.root.uri.split('/').at(-1) ?? 'The description');
  const references = new References(source);
  switch (format) {
    case 'swagger':
      return readSwagger(source, references);
    case 'postman':
      return readPostman(source, version, references, report, options.variables ?? new Map());
    case 'openapi':
      if (/^3\.[2-9]/.test(version)) report.info('version-3.2', '/openapi', `OpenAPI ${version} is read as 3.1.`);
      return readOpenApi(source, version, references);
  }
}

/**
 * Any API description → a Power Platform definition, with a report of everything that was lost on the way.
 *
 * Pure: the same source and options give the same result. Throws `ImportRefused` when there can be none.
 */
export function importDescription(source: LoadedSource, options: ImportOptions = {}): ImportResult {
  const report = new Report({ writesProperties: options.definitionOnly !== true });
  const model = readModel(source, options, report);
  for (const { code, severity, pointer, message } of source.notes) report.add(severity, code, pointer, message);
  for (const key of model.leftovers) report.info('root-dropped', `/${key}`, `${key} has no place in a connector.`);
  const selected = selectOperations(model, options, report);
  reportExtensions(source.root.root, model.operations, selected, report);
  const transport = chooseTransport(model, selected, options, report, source.url);
  const serverUrl = `${transport.schemes[0] ?? 'https'}://${transport.host}${transport.basePath}`;
  const info = convertInfo(model, report);
  const authentication = chooseAuthentication({
    model,
    operations: selected,
    wanted: options.auth,
    report,
    serverUrl,
    service: { name: asString(info.title) ?? '', host: transport.host },
    taken: Object.keys(transport.connectionParameters),
  });
  reportPolicies(model, authentication, report);
  const ids = nameOperations(selected);
  const siblingsCount = model.format === 'openapi' && !model.version.startsWith('3.0');
  const definitions = new Definitions(model.references, report, model.components, siblingsCount);
  const texts = writeTexts(selected, ids, report);
  const names = namesOf(model, options);
  const triggers = {
    callbacks: options.triggers === true,
    webhooks: pairWebhooks(model, selected, options.webhooks ?? [], (operation, name) =>
      isNamed(operation, [name], names),
    ),
  };
  const { paths, operations, policies } = convertOperations(selected, {
    definitions,
    report,
    options,
    ids,
    texts,
    prefix: transport.prefix,
    webhooks: triggers.webhooks,
  });
  reportCallbacks(model, operations, definitions, report, triggers);
  const notifications = convertNotifications(operations, definitions, triggers);
  definitions.finish();
  const all = definitions.all();
  breakRequiredCycles(all, report);
  if (!hasSelection(options)) reportUnused(model, definitions, report);

  const definition: JsonObject = {
    swagger: '2.0',
    info,
    host: transport.host,
    basePath: transport.basePath,
    schemes: [...transport.schemes],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths,
    ...(all.length === 0 ? {} : { definitions: Object.fromEntries(all.map(({ name, schema }) => [name, schema])) }),
    ...(authentication.security.length === 0
      ? {}
      : { securityDefinitions: authentication.securityDefinitions, security: authentication.security }),
    ...tagsOf(model, operations),
    ...model.extensions,
  };
  if (notifications.size > 0) addTriggers(notifications, definition, report);
  const paging = addPaging(operations, all, report);
  relinkDynamics(definition, idsBySource(ids), report);
  const places = new Map(all.map(({ name, at }) => [name, at]));
  limitSchemas(definition, operations, places, report);
  removeUnreferenced(definition);
  const indent = shrink({
    definition,
    places,
    report,
    maxBytes: options.maxBytes ?? targetBytes,
    maxDepth: options.maxDepth,
    heaviest: () => heaviest(operations, definition),
  });
  return {
    definition,
    indent,
    properties: {
      connectionParameters: { ...transport.connectionParameters, ...authentication.connectionParameters },
      policyTemplateInstances: [
        ...authentication.policies,
        ...hostPolicies(transport, operations),
        ...policies,
        ...paging,
      ],
    },
    repeated: operations
      .filter(({ repeated }) => repeated.length > 0)
      .map(({ value, repeated }) => ({ operationId: String(value.operationId), lists: repeated })),
    signsInByScript: authentication.script,
    derived: report.derived,
    report: {
      source: { format: model.format, version: model.version, sha256: source.sha256 },
      result: {
        operations: operations.length,
        definitions: Object.keys((definition.definitions ?? {}) as JsonObject).length,
        bytes: sizeOf(definition, indent),
      },
      entries: report.entries(),
    },
  };
}

/** What of signing in the definition alone can't say. */
function reportPolicies(model: ApiModel, authentication: ConnectorParts, report: Report): void {
  const [name = ''] = Object.keys(authentication.securityDefinitions);
  const scheme = model.securitySchemes.get(name) ?? [...model.securitySchemes.values()][0];
  const titles = authentication.policies.map(({ title }) => String(title));
  if (titles.length > 0) report.byPolicy('auth-policy', scheme?.at ?? '/security', `Policies: ${titles.join(', ')}.`);
}

function tagsOf(model: ApiModel, operations: readonly ConvertedOperation[]): JsonObject {
  const used = new Set(operations.flatMap(({ source }) => source.tags));
  const names = [...new Set(model.tags)].filter((name) => used.has(name));
  return names.length === 0 ? {} : { tags: names.map((name) => ({ name })) };
}

function idsBySource(ids: ReadonlyMap<SourceOperation, string>): Map<string, string> {
  const result = new Map<string, string>();
  for (const [operation, id] of ids)
    if (operation.operationId !== undefined) result.set(operation.operationId.toLowerCase(), id);
  return result;
}

/** Operations with a host of their own come first in their policy's list; the general policy leaves them alone. */
function hostPolicies(transport: Transport, operations: readonly ConvertedOperation[]): JsonObject[] {
  const byTemplate = new Map<string, string[]>();
  const general: string[] = [];
  for (const { source, value } of operations) {
    const template = transport.elsewhere.get(source);
    const id = String(value.operationId);
    if (template === undefined) general.push(id);
    else byTemplate.set(template, [...(byTemplate.get(template) ?? []), id]);
  }
  const special = [...byTemplate].map(([template, names]) =>
    dynamicHostUrl(
      `Set host of ${names.length === 1 ? (names[0] ?? '') : `${names.length} operations`}`,
      template,
      names,
    ),
  );
  if (special.length === 0) return [...transport.policies];
  const scoped = transport.policies.map((policy) => ({
    ...policy,
    parameters: { ...(policy.parameters as JsonObject), 'x-ms-apimTemplate-operationName': general as Json[] },
  }));
  return [...scoped, ...special];
}

/** Definitions that nothing refers to any more, for example behind a body that a trigger has written out. */
function removeUnreferenced(definition: JsonObject): void {
  const definitions = definition.definitions as JsonObject | undefined;
  if (definitions === undefined) return;
  const reached = new Set<string>();
  const queue = [...referencesIn(definition.paths)];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...referencesIn(definitions[name]));
  }
  for (const name of Object.keys(definitions)) if (!reached.has(name)) delete definitions[name];
  if (Object.keys(definitions).length === 0) delete definition.definitions;
}

/** Operations by the size of everything that they reach, for the advice what to leave out. */
function heaviest(operations: readonly ConvertedOperation[], definition: JsonObject): string[] {
  const definitions = (definition.definitions ?? {}) as JsonObject;
  const sizes = new Map(Object.entries(definitions).map(([name, schema]) => [name, JSON.stringify(schema).length]));
  const edges = new Map(Object.entries(definitions).map(([name, schema]) => [name, [...referencesIn(schema)]]));
  const weighed = operations.map((operation) => {
    const reached = new Set<string>();
    const queue = [...referencesIn(operation.value)];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      queue.push(...(edges.get(name) ?? []));
    }
    const size = [...reached].reduce(
      (sum, name) => sum + (sizes.get(name) ?? 0),
      JSON.stringify(operation.value).length,
    );
    return { name: label(operation.source), size };
  });
  return weighed.sort((a, b) => b.size - a.size).map(({ name, size }) => `${name} (${Math.ceil(size / 1024)} KB)`);
}
