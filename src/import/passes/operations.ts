import type { JsonObject } from '../../connector/json/value.ts';
import { describeFieldAnyway, ownerFromName } from '../../language/field-texts.ts';
import { isPlural } from '../../language/inflection.ts';
import { nounsOf } from '../../language/operation-ids.ts';
import { describe } from '../../language/plain-text.ts';
import { splitWords, titleCase } from '../../language/words.ts';
import type { OperationDetail, SourceOperation, SourceParameter } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import { child } from '../read/source.ts';
import { asText } from '../read/source-values.ts';
import type { Report } from '../report.ts';
import type { Definitions } from '../schemas/definitions.ts';
import { leaf } from '../schemas/flat-schema.ts';
import { convertBody } from './bodies.ts';
import type { OperationTexts } from './operation-texts.ts';
import { convertParameter, missingPathParameter, type ParameterContext, stylePrefix } from './parameters.ts';
import { type PathTemplate, type PathVariable, parsePath, pathKey, variablesIn } from './path-templates.ts';
import { convertResponses } from './responses.ts';

export interface OperationContext {
  readonly definitions: Definitions;
  readonly report: Report;
  readonly options: ImportOptions;
  readonly ids: ReadonlyMap<SourceOperation, string>;
  readonly texts: ReadonlyMap<SourceOperation, OperationTexts>;
  readonly prefix: (operation: SourceOperation) => string;
  /** Whether the connection sends it already. */
  readonly isOfSignIn: (parameter: SourceParameter) => boolean;
}

/** An operation of the result with what it came from. */
export interface ConvertedOperation {
  readonly source: SourceOperation;
  readonly detail: OperationDetail;
  readonly path: string;
  readonly value: JsonObject;
  /** Query lists that a script has to repeat. */
  readonly repeated: readonly string[];
}

export interface ConvertedPaths {
  readonly paths: JsonObject;
  readonly operations: ConvertedOperation[];
  readonly policies: JsonObject[];
}

/** All selected operations under their paths. Paths that the platform cannot tell apart are one. */
export function convertOperations(selected: readonly SourceOperation[], context: OperationContext): ConvertedPaths {
  const { report } = context;
  const items = new Map<string, { path: string; item: JsonObject }>();
  const operations: ConvertedOperation[] = [];
  const policies: JsonObject[] = [];
  for (const source of selected) {
    const template = parsePath(source.path);
    const detail = source.detail();
    const styled = context.prefix(source) + applyStyles(template.path, detail.parameters);
    const key = pathKey(styled);
    const known = items.get(key);
    if (known !== undefined && known.item[source.method] !== undefined) {
      report.dropped(
        'path-collision',
        source.at,
        `${source.method.toUpperCase()} ${source.path} cannot be told apart from another operation at ${known.path}.`,
      );
      for (const schema of schemasOf(detail)) context.definitions.lose(schema, 'path-collision');
      continue;
    }
    for (const { code, message } of template.changes) report.lossy(code, source.pathAt, message);
    for (const { code, at, message } of detail.dropped) {
      if (code === 'param-duplicate') report.lossy(code, at, message);
      else report.dropped(code, at, message);
    }
    const entry = known ?? { path: styled, item: {} };
    if (known === undefined) items.set(key, entry);
    else if (known.path !== styled)
      report.info('path-merged', source.at, `${source.path} is written as ${known.path}.`);
    const names = new Map(variablesIn(styled).map((name, index) => [name, variablesIn(entry.path)[index] ?? name]));
    const converted = convertOne(source, detail, template, names, context);
    policies.push(...converted.policies);
    entry.item[source.method] = converted.value;
    if (source.notification !== undefined && source.extensions['x-ms-trigger'] !== undefined)
      entry.item['x-ms-notification-content'] = notificationContent(source, context);
    operations.push({ source, detail, path: entry.path, value: converted.value, repeated: converted.repeated });
  }
  return {
    paths: Object.fromEntries([...items.values()].map(({ path, item }) => [path, orderItem(item)])),
    operations,
    policies,
  };
}

/** The notification content goes before the methods, where people look for it. */
function orderItem(item: JsonObject): JsonObject {
  const { 'x-ms-notification-content': content, ...methods } = item;
  return content === undefined ? methods : { 'x-ms-notification-content': content, ...methods };
}

function schemasOf(detail: OperationDetail): ReturnType<typeof leaf>[] {
  const media = [...(detail.body?.media ?? []), ...detail.responses.flatMap((response) => response.media)];
  return media.flatMap(({ schema }) => (schema === undefined ? [] : [leaf(schema)]));
}

/** The path of an operation as a connector has it, below base path and prefix. */
export const writtenPath = (source: SourceOperation): string =>
  applyStyles(parsePath(source.path).path, source.detail().parameters);

function applyStyles(path: string, parameters: readonly SourceParameter[]): string {
  let result = path;
  for (const parameter of parameters) {
    const prefix = stylePrefix(parameter);
    const variable = `{${parameter.name}}`;
    if (prefix !== '' && !result.includes(prefix + variable)) result = result.replace(variable, prefix + variable);
  }
  return result;
}

function notificationContent(source: SourceOperation, context: OperationContext): JsonObject {
  const content = source.notification;
  const schema = child(content, 'schema');
  const description = describe(asText(child(content, 'description')?.value), 500);
  return {
    ...(description === '' ? {} : { description }),
    schema:
      schema === undefined
        ? {}
        : context.definitions.convert(leaf(schema), {
            hint: `${context.ids.get(source) ?? ''}_notification`,
            depth: 0,
            top: false,
          }),
  };
}

function convertOne(
  source: SourceOperation,
  detail: OperationDetail,
  template: PathTemplate,
  names: ReadonlyMap<string, string>,
  context: OperationContext,
): { value: JsonObject; policies: JsonObject[]; repeated: string[] } {
  const { definitions, report, ids, texts } = context;
  const repeated: string[] = [];
  const operationId = ids.get(source) ?? '';
  const text = texts.get(source) ?? { summary: operationId, description: '' };
  const parameters = convertParameters(source, detail, template, names, { ...context, repeated });
  const body = convertBody(source, detail.body, { definitions, report, operationId });
  const isTrigger =
    source.extensions['x-ms-trigger'] !== undefined ||
    (context.options.triggers === true && detail.callbacks.length > 0);
  const { responses, produces } = convertResponses(source, detail.responses, {
    definitions,
    report,
    operationId,
    keepsLocation: isTrigger,
  });
  const all = [...parameters, ...body.parameters];
  const value: JsonObject = { operationId, summary: text.summary, description: text.description };
  if (source.tags.length > 0) value.tags = [...new Set(source.tags)];
  if (source.deprecated) {
    value.deprecated = true;
    value['x-ms-visibility'] = 'advanced';
  }
  Object.assign(value, source.extensions);
  if (body.consumes !== undefined) value.consumes = [body.consumes];
  if (produces !== undefined) value.produces = [produces];
  if (all.length > 0) value.parameters = all;
  value.responses = responses;
  return { value, policies: body.policies, repeated };
}

function convertParameters(
  source: SourceOperation,
  detail: OperationDetail,
  template: PathTemplate,
  names: ReadonlyMap<string, string>,
  context: OperationContext & { repeated: string[] },
): JsonObject[] {
  const { report } = context;
  const list = new ParameterList(report);
  const surroundings: ParameterContext = {
    ...context,
    ownerOf: ({ name, in: place }) => ownerInPath(source.path, name, place),
  };
  const placed = new Set<string>();
  for (const parameter of detail.parameters) {
    if (context.isOfSignIn(parameter)) {
      report.info('auth-parameter', parameter.at, `${parameter.name} is sent by the connection: it is no input here.`);
      continue;
    }
    const variable = parameter.in === 'path' ? findVariable(parameter.name, template) : undefined;
    if (parameter.in === 'path' && variable === undefined) {
      report.dropped('param-unused', parameter.at, `Path parameter ${parameter.name} doesn't occur in ${source.path}.`);
      continue;
    }
    if (variable !== undefined) placed.add(variable.name);
    const placedAs = variable === undefined ? parameter : inPath(parameter, variable, names);
    for (const converted of convertParameter(placedAs, surroundings)) list.add(converted, parameter.at);
  }
  for (const { name } of template.variables) {
    if (placed.has(name)) continue;
    placed.add(name);
    const owner = ownerInPath(source.path, name, 'path');
    list.add(missingPathParameter(names.get(name) ?? name, owner, source.at, report), source.pathAt);
    report.info('path-param-added', source.at, `Path variable ${name} was not described.`);
  }
  for (const { name, value } of template.query) fixInQuery({ name, value, at: source.at }, list, context.report);
  return list.parameters;
}

/** Parameters of one operation, each name once per place. */
class ParameterList {
  readonly parameters: JsonObject[] = [];
  private readonly report: Report;
  private readonly seen = new Set<string>();

  constructor(report: Report) {
    this.report = report;
  }

  add(parameter: JsonObject, at: string): void {
    const name = String(parameter.name);
    const key = `${String(parameter.in)} ${name}`;
    if (this.seen.has(key))
      this.report.lossy('param-duplicate', at, `Parameter ${name} occurs twice; the first one counts.`);
    else this.parameters.push(parameter);
    this.seen.add(key);
  }
}

/** A described path parameter under the name that its variable has in the result. */
function inPath(
  parameter: SourceParameter,
  variable: PathVariable,
  names: ReadonlyMap<string, string>,
): SourceParameter {
  const name = names.get(variable.name) ?? variable.name;
  const extensions = variable.mayHoldSlashes
    ? { ...parameter.extensions, 'x-ms-url-encoding': 'double' }
    : parameter.extensions;
  const summary = parameter.summary ?? (name === parameter.name ? undefined : titleCase(parameter.name));
  return { ...parameter, name, summary, extensions };
}

/** `/orders?kind=open`: the API wants exactly this value. */
function fixInQuery(
  { name, value, at }: { name: string; value: string; at: string },
  list: ParameterList,
  report: Report,
): void {
  const fixed: JsonObject = { required: true, default: value, 'x-ms-visibility': 'internal' };
  const declared = list.parameters.find((parameter) => parameter.in === 'query' && parameter.name === name);
  if (declared !== undefined) {
    Object.assign(declared, fixed, { type: 'string' });
    return;
  }
  const title = titleCase(name);
  const description = describeFieldAnyway({ name }, title);
  report.derive('parameter-description', at, description);
  const parameter = {
    name,
    in: 'query',
    required: true,
    type: 'string',
    'x-ms-summary': title || name,
    description,
    'x-ms-visibility': 'internal',
    default: value,
  };
  list.add(parameter, at);
}

/**
 * `/orders/{id}/items`: `id` belongs to an order, `status` in the query to an item; headers to neither. Only what is
 * called by a plural is a collection of things that have names and dates: in `/phone-code/{name}` the name is of somebody.
 */
function ownerInPath(path: string, name: string, place: SourceParameter['in']): string | undefined {
  if (place !== 'path' && place !== 'query') return undefined;
  const at = place === 'path' ? path.indexOf(`{${name}`) : path.length;
  const whole = path.slice(0, Math.max(0, at));
  // OData: `/orders(id={id})`
  const opened = whole.lastIndexOf('(');
  const before = opened > whole.lastIndexOf('/') ? `${whole.slice(0, opened)}/` : whole;
  const noun = nounsOf(before).at(-1);
  if (noun === undefined || !isPlural(splitWords(noun).at(-1)?.toLowerCase() ?? '')) return undefined;
  // `/orders/{id}/{status}`: only the first variable is the collection's
  return place === 'path' && !before.endsWith(`${noun}/`) ? undefined : ownerFromName(noun);
}

function findVariable(name: string, template: PathTemplate): PathVariable | undefined {
  const bare = name.replace(/^[+./;]/, '').replace(/\*$/, '');
  return (
    template.variables.find((variable) => variable.name === name || variable.written === name) ??
    template.variables.find((variable) => variable.name === bare) ??
    template.variables.find((variable) => variable.name.toLowerCase() === bare.toLowerCase())
  );
}
