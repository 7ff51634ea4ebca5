import { asArray, asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Operation, Parameter, Schema } from '../engine/model.ts';
import { oncePerConnector, type Report } from '../engine/rule.ts';
import type { Visitor } from '../engine/visitor.ts';
import { definitionUses } from './definition-graph.ts';

/** The x-ms-dynamic-… extensions, understood once for all rules about them. */

export const dynamicKinds = ['values', 'list', 'schema', 'properties'] as const;
export type DynamicKind = (typeof dynamicKinds)[number];

/** What the four extensions call the same thing. `values` and `schema` are the older form of the same pair. */
export const dynamicForms = {
  values: { twin: 'list', modern: false, value: 'value-path', title: 'value-title', collection: 'value-collection' },
  list: { twin: 'values', modern: true, value: 'itemValuePath', title: 'itemTitlePath', collection: 'itemsPath' },
  schema: { twin: 'properties', modern: false, value: 'value-path', title: undefined, collection: undefined },
  properties: { twin: 'schema', modern: true, value: 'itemValuePath', title: undefined, collection: undefined },
} as const satisfies Record<
  DynamicKind,
  { twin: DynamicKind; modern: boolean; value: string } & Record<string, unknown>
>;

/** One value that is handed to the called operation. */
export interface DynamicArgument {
  /** The parameter of the called operation. */
  key: string;
  value: Json;
  place: Location;
  /** The input of the calling operation that it is taken from; undefined for a literal. */
  reference: string | undefined;
}

export interface DynamicUse {
  kind: DynamicKind;
  /** `x-ms-dynamic-…` */
  name: string;
  /** The extension; empty when it isn't an object. */
  value: JsonObject;
  place: Location;
  /** The parameter or schema that carries it. */
  holder: Parameter | Schema;
  /** The called operation; undefined when it doesn't exist. */
  target: Operation | undefined;
  arguments: DynamicArgument[];
  /** The operations in which makers meet it; empty when it refers to none of their inputs. */
  callers: Operation[];
  /** The other extension of the pair, when it is there. */
  twin: JsonObject | undefined;
  /** The arguments that are taken from other inputs; found when the first rule asks. */
  references: ReferringArgument[] | undefined;
}

/** An argument with what it refers to in each operation in which makers meet it. */
interface ReferringArgument {
  argument: DynamicArgument;
  reference: string;
  sources: { caller: Operation; inputs: Inputs }[];
}

type Check = (use: DynamicUse, report: Report, connector: ConnectorModel) => void;

/** Calls a check for every use of some of the extensions. */
export function onDynamic(kinds: readonly DynamicKind[], check: Check): Visitor {
  const keyword: Visitor['keyword'] = {};
  for (const kind of kinds) {
    keyword[`x-ms-dynamic-${kind}`] = (holder, report, connector) => {
      check(understood(kind, holder, connector), report, connector);
    };
  }
  return { keyword };
}

/** Rules look at the same extension one after the other, so only the last one is kept. */
let last: DynamicUse | undefined;

function understood(kind: DynamicKind, holder: Parameter | Schema, connector: ConnectorModel): DynamicUse {
  if (last?.holder !== holder || last.kind !== kind) last = understand(kind, holder, connector);
  return last;
}

function understand(kind: DynamicKind, holder: Parameter | Schema, connector: ConnectorModel): DynamicUse {
  const name = `x-ms-dynamic-${kind}`;
  const value = asObject(getOwn(holder.value, name));
  const place = holder.place.at(name);
  const id = getOwn(value, 'operationId');
  const twin = getOwn(holder.value, `x-ms-dynamic-${dynamicForms[kind].twin}`);
  const values = argumentsOf(kind, value, place);
  return {
    kind,
    name,
    value,
    place,
    holder,
    target: typeof id === 'string' ? connector.operationsById.get(id) : undefined,
    arguments: values,
    callers: values.some(({ reference }) => reference !== undefined) ? callersOf(kind, holder, connector) : [],
    twin: isObject(twin) ? twin : undefined,
    references: undefined,
  };
}

function argumentsOf(kind: DynamicKind, extension: JsonObject, place: Location): DynamicArgument[] {
  const referenceKey = dynamicForms[kind].modern ? 'parameterReference' : 'parameter';
  const at = place.at('parameters');
  return Object.entries(asObject(getOwn(extension, 'parameters'))).map(([key, value]) => {
    const reference = isObject(value) ? getOwn(value, referenceKey) : undefined;
    return { key, value, place: at.at(key), reference: typeof reference === 'string' ? reference : undefined };
  });
}

function callersOf(kind: DynamicKind, holder: Parameter | Schema, connector: ConnectorModel): Operation[] {
  if (!('owner' in holder)) return holder.operations;
  const { owner } = holder;
  // answers are not filled in, so choices in them are never asked for; their shape is
  const outputs = kind === 'schema' || kind === 'properties';
  switch (owner.kind) {
    case 'body':
    case 'parameter':
      return owner.parameter.operations;
    case 'response':
      return outputs && owner.response.operation !== undefined ? [owner.response.operation] : [];
    case 'notification':
      return outputs ? owner.pathItem.operations : [];
    case 'definition': {
      const callers = new Set<Operation>();
      for (const use of definitionUses(connector).get(owner.name) ?? []) {
        if (outputs || use.kind === 'input') callers.add(use.operation);
      }
      return [...callers];
    }
  }
}

/** What is at the end of a path through schemas. */
export interface SchemaAtPath {
  schema: JsonObject;
  /** Required at every level. */
  required: boolean;
  /** Internal at some level. */
  internal: boolean;
}

/** `open`: the path leads into an object whose properties aren't described, so anything may be there. */
export type PathResult = SchemaAtPath | 'open' | undefined;

/** Follows a path such as `value/items` from a schema. An empty path is the schema itself. */
export function followPath(
  connector: Dereferences,
  schema: Json | undefined,
  path: string,
  through: 'index' | 'items' = 'index',
): PathResult {
  const segments = path.split('/').filter((segment) => segment !== '');
  let at: SchemaAtPath = { schema: connector.deref(schema) ?? {}, required: true, internal: false };
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index] ?? '';
    if (getOwn(at.schema, 'type') === 'array') {
      const items = connector.deref(getOwn(at.schema, 'items'));
      if (items === undefined || Object.keys(items).length === 0) return 'open';
      if (/^\d+$/.test(segment)) {
        at = { ...at, schema: items };
        continue;
      }
      if (through === 'index') return undefined;
      at = { ...at, schema: items };
    }
    // a name may contain a slash itself
    const whole = propertyOf(connector, at, segments.slice(index).join('/'));
    if (isFound(whole) || index === segments.length - 1) return whole;
    const next = propertyOf(connector, at, segment);
    if (next === undefined || next === 'open') return next;
    at = next;
  }
  return at;
}

/** A property of a schema or of what it consists of by `allOf`, each part looked at once: they may contain each other. */
function propertyOf(connector: Dereferences, parent: SchemaAtPath, name: string): PathResult {
  const parts = new Set([parent.schema]);
  let open = false;
  // a set that grows while it is walked
  for (const schema of parts) {
    const property = connector.deref(getOwn(asObject(getOwn(schema, 'properties')), name));
    if (property !== undefined) {
      return {
        schema: property,
        required: parent.required && asArray(getOwn(schema, 'required')).includes(name),
        internal: parent.internal || getOwn(property, 'x-ms-visibility') === 'internal',
      };
    }
    open ||= isOpen(schema);
    for (const part of asArray(getOwn(schema, 'allOf'))) parts.add(connector.deref(part) ?? {});
  }
  return open ? 'open' : undefined;
}

/** Whether properties that aren't described may be there. */
function isOpen(schema: JsonObject): boolean {
  const type = getOwn(schema, 'type');
  if (type !== undefined && type !== 'object') return false;
  const additional = getOwn(schema, 'additionalProperties');
  if (additional !== undefined && additional !== false) return true;
  if (Object.hasOwn(schema, 'x-ms-dynamic-schema') || Object.hasOwn(schema, 'x-ms-dynamic-properties')) return true;
  return Object.keys(asObject(getOwn(schema, 'properties'))).length === 0 && !Array.isArray(getOwn(schema, 'allOf'));
}

/** The inputs of an operation that a name or path can mean: a parameter, a property of the body, or both. */
export interface Inputs {
  parameter: Parameter | undefined;
  property: PathResult;
  body: Parameter | undefined;
}

/** What was found before, by operation, then by reference or path: many extensions ask the same. */
const earlier = oncePerConnector(() => ({
  inputs: new Map<Operation, Map<string, Inputs>>(),
  outputs: new Map<Operation, Map<string, PathResult>>(),
}));

function remembered<T>(of: Map<Operation, Map<string, T>>, operation: Operation, key: string, find: () => T): T {
  let byKey = of.get(operation);
  if (byKey === undefined) {
    byKey = new Map();
    of.set(operation, byKey);
  }
  if (!byKey.has(key)) byKey.set(key, find());
  return byKey.get(key) as T;
}

/**
 * What a reference means in an operation: `region`, `body/address/city`, or, in the older extensions, the path of a
 * property without the name of the body.
 */
export const inputsOf = (connector: ConnectorModel, operation: Operation, reference: string): Inputs =>
  remembered(earlier(connector).inputs, operation, reference, () => findInputs(connector, operation, reference));

function findInputs(connector: ConnectorModel, operation: Operation, reference: string): Inputs {
  let parameter: Parameter | undefined;
  let body: Parameter | undefined;
  for (const candidate of operation.parameters) {
    if (candidate.name === reference) parameter ??= candidate;
    if (candidate.in === 'body') body ??= candidate;
  }
  if (body === undefined) return { parameter, property: undefined, body };
  const schema = getOwn(body.value, 'schema');
  const prefix = `${body.name}/`;
  const inside = reference.startsWith(prefix)
    ? followPath(connector, schema, reference.slice(prefix.length), 'items')
    : undefined;
  const property = parameter === body ? undefined : (inside ?? followPath(connector, schema, reference, 'items'));
  return { parameter, property, body };
}

/** What is at a path of what an operation answers; `open` when it doesn't describe its answer. */
export const outputAt = (connector: ConnectorModel, operation: Operation, path: string): PathResult =>
  remembered(earlier(connector).outputs, operation, path, () => {
    const schema = resultSchema(operation);
    return schema === undefined ? 'open' : followPath(connector, schema, path);
  });

/** The schema of what an operation answers when it succeeds. */
export function resultSchema(operation: Operation): JsonObject | undefined {
  let found: JsonObject | undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const { code, value } of operation.responses) {
    const schema = getOwn(value, 'schema');
    if (!isObject(schema)) continue;
    const rank = /^2\d\d$/.test(code) ? Number(code) : code === 'default' ? 1000 : undefined;
    if (rank === undefined || rank >= best) continue;
    best = rank;
    found = schema;
  }
  return found;
}

/** Whether a path leads to something that is described. */
export const isFound = (result: PathResult): result is SchemaAtPath => result !== undefined && result !== 'open';

/** Whether it calls something else than an operation of the connector. */
export const isBuiltIn = (use: DynamicUse): boolean =>
  getOwn(use.value, 'capability') !== undefined || getOwn(use.value, 'builtInOperation') !== undefined;

/** Checks every value that is taken from another input, for every operation in which that happens, until one fails. */
export function eachReference(
  use: DynamicUse,
  connector: ConnectorModel,
  fails: (source: Inputs, argument: DynamicArgument, reference: string, caller: Operation) => boolean,
): void {
  // most take nothing from other inputs
  if (use.callers.length === 0) return;
  use.references ??= referencesOf(use, connector);
  for (const { argument, reference, sources } of use.references) {
    for (const { caller, inputs } of sources) if (fails(inputs, argument, reference, caller)) break;
  }
}

const referencesOf = ({ arguments: all, callers }: DynamicUse, connector: ConnectorModel): ReferringArgument[] =>
  all.flatMap((argument) => {
    const { reference } = argument;
    if (reference === undefined) return [];
    const sources = callers.map((caller) => ({ caller, inputs: inputsOf(connector, caller, reference) }));
    return [{ argument, reference, sources }];
  });

/** The text under a key; undefined when it is missing or something else. */
export function stringAt(object: JsonObject, key: string): string | undefined {
  const value = getOwn(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** What a call takes: an operation of the model, or anything with its parameters. */
export interface Callee {
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string | undefined;
    readonly value: JsonObject;
  }[];
}

/** Follows references of the definition. */
export type Dereferences = Pick<ConnectorModel, 'deref'>;

/** Whether makers would have to fill in a parameter of the called operation. */
const isNeeded = ({ value, in: position }: Callee['parameters'][number]): boolean =>
  position !== 'body' &&
  getOwn(value, 'required') === true &&
  getOwn(value, 'default') === undefined &&
  getOwn(value, 'x-ms-visibility') !== 'internal';

/** The properties that makers would have to fill in, of the body of the called operation. */
function neededProperties(operation: Callee, connector: Dereferences): { body: string; names: string[] } {
  const body = operation.parameters.find((parameter) => parameter.in === 'body');
  if (body === undefined || getOwn(body.value, 'required') !== true) return { body: '', names: [] };
  const schema = connector.deref(getOwn(body.value, 'schema'));
  const required = getOwn(schema, 'required');
  const properties = asObject(getOwn(schema, 'properties'));
  const names = (Array.isArray(required) ? required : []).filter((name): name is string => {
    const property = typeof name === 'string' ? connector.deref(getOwn(properties, name)) : undefined;
    if (property === undefined || getOwn(property, 'default') !== undefined) return false;
    // an object is built from its own properties
    return getOwn(property, 'x-ms-visibility') !== 'internal' && getOwn(property, 'properties') === undefined;
  });
  return { body: body.name, names };
}

/** What the called operation needs and isn't given; `supplied`: the arguments by the names of its inputs. */
export function missingInput(supplied: JsonObject, target: Callee, connector: Dereferences): string | undefined {
  const parameter = target.parameters.find((each) => isNeeded(each) && !Object.hasOwn(supplied, each.name));
  if (parameter !== undefined) return parameter.name;
  const { body, names } = neededProperties(target, connector);
  if (Object.hasOwn(supplied, body)) return undefined;
  return names.find((name) => !Object.hasOwn(supplied, name) && !Object.hasOwn(supplied, `${body}/${name}`));
}
