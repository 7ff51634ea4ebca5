import type { Method } from '../../connector/facts/methods.ts';
import { fromPointer } from '../../connector/json/pointer.ts';
import type { Json, JsonObject } from '../../connector/json/value.ts';
import { asArray, asObject, getOwn, isObject, valueAt } from '../../connector/json/value.ts';
import type { Connector } from '../../connector/load.ts';
import type { Profile } from '../../connector/profile.ts';
import { reliableObject } from '../../connector/require-json.ts';
import type { JsonFile } from '../../connector/source-file.ts';
import { wrappedDefinition } from '../../connector/wrapped-definition.ts';
import type { Compilation } from '../../script/compilation.ts';
import type { ScriptFile } from '../parsers/csharp.ts';
import type { MarkdownFile } from '../parsers/markdown.ts';
import type { PictureFile } from '../parsers/png.ts';
import { indexDefinition } from './index-definition.ts';
import { Location } from './location.ts';
import type { Subject } from './rule.ts';

/**
 * The connector as rules see it: the parsed files plus an index of the definition, built once for all rules.
 * Values are the author's, of any type: a rule checks a type before it relies on it.
 */

export interface PathItem {
  /** The key under `paths`. */
  path: string;
  value: JsonObject;
  place: Location;
  operations: Operation[];
}

export interface Operation {
  method: Method;
  path: string;
  pathItem: PathItem;
  value: JsonObject;
  place: Location;
  /** `operationId`, or an empty string. */
  id: string;
  /** `x-ms-visibility` isn't `internal`. */
  visible: boolean;
  trigger: boolean;
  /** A trigger whose subscription call says where to send notifications: not a polling one. */
  webhook: boolean;
  /** Effective parameters: the operation's own, then those of the path item that it doesn't replace; `$ref`s resolved. */
  parameters: Parameter[];
  /** In document order; `$ref`s resolved. */
  responses: OperationResponse[];
}

export interface OperationResponse {
  /** `200`, `default`, … */
  code: string;
  /** The response object, after a `$ref` where there is one. */
  value: JsonObject;
  /** In the operation, also for a `$ref`. */
  place: Location;
}

export interface Parameter {
  value: JsonObject;
  place: Location;
  name: string;
  /** `path`, `query`, `header`, `body`, `formData`, or whatever is there. */
  in: string;
  /** The operations for which it counts; empty for a shared parameter that nobody uses. */
  operations: Operation[];
  /** Shown to makers: not internal, and some visible operation uses it. */
  visible: boolean;
}

export interface Response {
  value: JsonObject;
  place: Location;
  /** The code, or the name of a shared response. */
  code: string;
  /** The operation that declares it; undefined for a shared one. */
  operation: Operation | undefined;
}

/** What a schema belongs to. */
export type SchemaOwner =
  | { kind: 'definition'; name: string }
  | { kind: 'body'; parameter: Parameter }
  | { kind: 'parameter'; parameter: Parameter }
  | { kind: 'response'; response: Response }
  | { kind: 'notification'; pathItem: PathItem };

export interface Schema {
  value: JsonObject;
  place: Location;
  owner: SchemaOwner;
  /** How it hangs on its parent. */
  role: 'root' | 'property' | 'items' | 'allOf' | 'additionalProperties';
  /** The property's name; otherwise undefined. */
  name: string | undefined;
  parent: Schema | undefined;
  /** 0 for the root of its owner. */
  depth: number;
}

export const isSchema = (node: Schema | Parameter): node is Schema => 'owner' in node;

export interface Reference {
  /** The text of `$ref`. */
  target: string;
  /** The object that holds `$ref`. */
  value: JsonObject;
  place: Location;
  kind: 'schema' | 'parameter' | 'response';
}

export interface ConnectionParameter {
  name: string;
  value: JsonObject;
  place: Location;
  /** Name of its set in `connectionParameterSets`; undefined for a plain one. */
  set: string | undefined;
}

export interface Policy {
  value: JsonObject;
  place: Location;
  /** `templateId` in lower case. */
  templateId: string;
  parameters: JsonObject;
  /** `x-ms-apimTemplate-operationName`; undefined: all operations. */
  operations: string[] | undefined;
}

/** The files of a connector, with what parsers read from them; only `loadModel` makes it of a connector. */
export interface ParsedFiles extends Omit<Connector, 'icon' | 'readme' | 'intro' | 'script'> {
  icon?: PictureFile | undefined;
  readme?: MarkdownFile | undefined;
  intro?: MarkdownFile | undefined;
  script?: ScriptFile | undefined;
  /** What the compiler says of the script, where somebody asked it. */
  compilation?: Compilation | undefined;
}

export interface ModelOptions {
  profile: Profile;
  subject: Subject;
}

export interface ConnectorModel {
  files: ParsedFiles;
  subject: Subject;
  profile: Profile;
  /** The definition's root object; empty when there is none or it can't be relied on. */
  definition: JsonObject;
  /** The root's place; undefined when there is no definition that can be relied on. */
  root: Location | undefined;
  paths: PathItem[];
  operations: Operation[];
  /** By operationId, the first one where it isn't unique. */
  operationsById: Map<string, Operation>;
  parameters: Parameter[];
  responses: Response[];
  /** The inner `properties` object; empty when there is none. */
  properties: JsonObject;
  /** Undefined when there is no apiProperties.json that can be relied on. */
  propertiesPlace: Location | undefined;
  connectionParameters: ConnectionParameter[];
  policies: Policy[];
  /** What rules have computed of it: `oncePerConnector`. */
  computed: Map<object, unknown>;
  /** The root place of a file, one per file. */
  place: (file: JsonFile) => Location;
  /** What a local `$ref` points at, through chains; undefined when it doesn't exist or the chain is a loop. */
  resolve: (reference: string) => Json | undefined;
  /** The object itself, or what its `$ref` points at. */
  deref: (value: Json | undefined) => JsonObject | undefined;
}

export function buildModel(files: ParsedFiles, { profile, subject }: ModelOptions): ConnectorModel {
  const places = new Map<JsonFile, Location>();
  const placeOf = (file: JsonFile): Location => {
    const known = places.get(file) ?? new Location(file);
    places.set(file, known);
    return known;
  };
  const definition = unsupportedDefinition(files) === undefined ? reliableObject(files.definition) : undefined;
  const resolver = new Resolver(definition ?? {});
  const propertiesRoot = reliableObject(files.properties);
  const inner = getOwn(propertiesRoot, 'properties');
  const properties = asObject(inner);
  const propertiesPlace = files.properties && isObject(inner) ? placeOf(files.properties).at('properties') : undefined;
  const root = files.definition && definition ? placeOf(files.definition) : undefined;
  const model: ConnectorModel = {
    files,
    profile,
    subject,
    definition: definition ?? {},
    root,
    paths: [],
    operations: [],
    operationsById: new Map(),
    parameters: [],
    responses: [],
    properties,
    propertiesPlace,
    connectionParameters: propertiesPlace === undefined ? [] : connectionParameters(properties, propertiesPlace),
    policies: propertiesPlace === undefined ? [] : policies(properties, propertiesPlace),
    computed: new Map(),
    place: placeOf,
    resolve: (reference) => resolver.resolve(reference),
    deref: (value) => resolver.deref(value),
  };
  if (root !== undefined) indexDefinition(model, root);
  return model;
}

/**
 * A definition that is OpenAPI 3, without any claim to be Swagger, or that lies deeper in the file: one rule answers it,
 * since all others would check it by what it doesn't want to be. A wrong version of Swagger is one finding, and the
 * rest is validated as 2.0.
 */
export function unsupportedDefinition(files: Pick<Connector, 'definition'>): JsonFile | undefined {
  const value = reliableObject(files.definition);
  if (value === undefined) return undefined;
  if (wrappedDefinition(value) !== undefined) return files.definition;
  if (Object.hasOwn(value, 'swagger')) return undefined;
  const version = getOwn(value, 'openapi');
  return typeof version === 'string' && version.startsWith('3') ? files.definition : undefined;
}

/** Resolves local references, remembering each. */
class Resolver {
  private readonly definition: JsonObject;
  private readonly known = new Map<string, Json | undefined>();

  constructor(definition: JsonObject) {
    this.definition = definition;
  }

  /** Without recursion: a chain may be longer than the stack is deep. */
  resolve(reference: string): Json | undefined {
    const chain: string[] = [];
    let next: Json | undefined = reference;
    let value: Json | undefined;
    while (typeof next === 'string') {
      value = this.known.get(next);
      if (value !== undefined || this.known.has(next)) break;
      this.known.set(next, undefined); // what a loop finds
      chain.push(next);
      value = this.lookUp(next);
      next = getOwn(value, '$ref');
    }
    for (const each of chain) this.known.set(each, value);
    return value;
  }

  deref(value: Json | undefined): JsonObject | undefined {
    if (!isObject(value)) return undefined;
    const reference = getOwn(value, '$ref');
    if (typeof reference !== 'string') return value;
    const target = this.resolve(reference);
    return isObject(target) ? target : undefined;
  }

  private lookUp(reference: string): Json | undefined {
    return reference.startsWith('#') ? valueAt(this.definition, fromPointer(reference)) : undefined;
  }
}

function connectionParameters(properties: JsonObject, place: Location): ConnectionParameter[] {
  const result: ConnectionParameter[] = [];
  const collect = (container: Json | undefined, at: Location, set: string | undefined) => {
    for (const [name, value] of Object.entries(asObject(container))) {
      if (isObject(value)) result.push({ name, value, place: at.at(name), set });
    }
  };
  collect(getOwn(properties, 'connectionParameters'), place.at('connectionParameters'), undefined);
  const sets = place.at('connectionParameterSets', 'values');
  asArray(getOwn(asObject(getOwn(properties, 'connectionParameterSets')), 'values')).forEach((set, index) => {
    if (!isObject(set)) return;
    const name = getOwn(set, 'name');
    collect(getOwn(set, 'parameters'), sets.at(index, 'parameters'), typeof name === 'string' ? name : String(index));
  });
  return result;
}

function policies(properties: JsonObject, place: Location): Policy[] {
  const list = place.at('policyTemplateInstances');
  return asArray(getOwn(properties, 'policyTemplateInstances')).flatMap((value, index) => {
    if (!isObject(value)) return [];
    const templateId = getOwn(value, 'templateId');
    const parameters = asObject(getOwn(value, 'parameters'));
    const operations = getOwn(parameters, 'x-ms-apimTemplate-operationName');
    return [
      {
        value,
        place: list.at(index),
        templateId: typeof templateId === 'string' ? templateId.toLowerCase() : '',
        parameters,
        operations: Array.isArray(operations) ? operations.filter((id) => typeof id === 'string') : undefined,
      },
    ];
  });
}
