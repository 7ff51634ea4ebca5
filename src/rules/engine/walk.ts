import { asArray, asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { Location } from './location.ts';
import {
  type ConnectorModel,
  type Parameter,
  type Reference,
  type Response,
  type Schema,
  type SchemaOwner,
  unsupportedDefinition,
} from './model.ts';
import type { Located, Visitor } from './visitor.ts';

type Event = Exclude<keyof Visitor, 'keyword'>;
/** Calls one kind of visitor function of all rules. */
type Calls<K extends Event> = (node: Parameters<NonNullable<Visitor[K]>>[0]) => void;
export type Dispatch = { [K in Event]-?: Calls<K> } & {
  keyword: (key: string, node: Schema | Parameter) => void;
};

/**
 * Deeper than any published connector (under 20 levels) and than the designer shows (30): what is deeper is one
 * finding, and a document that is nested without end can't exhaust the stack.
 */
export const maxSchemaDepth = 100;

/** Shows the whole connector to the rules: one pass, document order. */
export function walk(connector: ConnectorModel, visit: Dispatch): void {
  const { files } = connector;
  visit.connector(connector);
  for (const file of [files.definition, files.properties, files.settings, files.config]) {
    if (file !== undefined) visit.jsonFile(file);
  }
  if (connector.root !== undefined) new DefinitionWalk(connector, visit).run(connector.root);
  const unsupported = unsupportedDefinition(files);
  if (unsupported !== undefined)
    visit.unsupported({ value: asObject(unsupported.value), place: connector.place(unsupported) });
  walkProperties(connector, visit);
  if (files.icon !== undefined) visit.icon(files.icon);
  if (files.script !== undefined) visit.script(files.script);
  if (files.script !== undefined && files.compilation !== undefined)
    visit.compilation({ file: files.script, result: files.compilation });
  if (files.readme !== undefined) visit.readme(files.readme);
  if (files.intro !== undefined) visit.intro(files.intro);
}

function walkProperties(connector: ConnectorModel, visit: Dispatch): void {
  const { propertiesPlace, files } = connector;
  if (propertiesPlace !== undefined) visit.properties({ value: connector.properties, place: propertiesPlace });
  for (const parameter of connector.connectionParameters) visit.connectionParameter(parameter);
  for (const policy of connector.policies) visit.policy(policy);
  if (files.settings !== undefined && isObject(files.settings.value) && !files.settings.unreliable) {
    visit.settings({ value: files.settings.value, place: connector.place(files.settings) });
  }
}

class DefinitionWalk {
  private readonly connector: ConnectorModel;
  private readonly visit: Dispatch;

  constructor(connector: ConnectorModel, visit: Dispatch) {
    this.connector = connector;
    this.visit = visit;
  }

  run(root: Location): void {
    const { definition } = this.connector;
    this.object(this.visit.root, { value: definition, place: root });
    const info = getOwn(definition, 'info');
    if (isObject(info)) this.object(this.visit.info, { value: info, place: root.at('info') });
    for (const pathItem of this.connector.paths) {
      this.object(this.visit.pathItem, pathItem);
      this.parameterReferences(pathItem);
      const content = getOwn(pathItem.value, 'x-ms-notification-content');
      if (isObject(content)) {
        const place = pathItem.place.at('x-ms-notification-content');
        this.schema({ value: content, place }, 'schema', { kind: 'notification', pathItem });
      }
      for (const operation of pathItem.operations) {
        this.object(this.visit.operation, operation);
        this.parameterReferences(operation);
      }
    }
    for (const parameter of this.connector.parameters) {
      this.object(this.visit.parameter, parameter);
      this.keywords(parameter);
      this.schema(parameter, 'schema', { kind: 'body', parameter });
      this.schema(parameter, 'items', { kind: 'parameter', parameter });
    }
    for (const operation of this.connector.operations) {
      const responses = asObject(getOwn(operation.value, 'responses'));
      for (const code of Object.keys(responses)) {
        const value = responses[code];
        if (hasReference(value)) this.reference(value, operation.place.at('responses', code), 'response');
      }
    }
    for (const response of this.connector.responses) this.response(response);
    const definitions = { value: asObject(getOwn(definition, 'definitions')), place: root.at('definitions') };
    for (const name of Object.keys(definitions.value)) this.schema(definitions, name, { kind: 'definition', name });
  }

  private response(response: Response): void {
    this.object(this.visit.response, response);
    this.schema(response, 'schema', { kind: 'response', response });
  }

  private object<T extends Located>(call: (node: T) => void, node: T): void {
    call(node);
    this.visit.extensible(node);
  }

  private keywords(node: Schema | Parameter): void {
    for (const key in node.value) this.visit.keyword(key, node);
  }

  private reference(value: { $ref: string }, place: Location, kind: Reference['kind']): void {
    this.visit.reference({ target: value.$ref, value, place, kind });
  }

  private parameterReferences({ value, place }: Located): void {
    asArray(getOwn(value, 'parameters')).forEach((entry, index) => {
      if (hasReference(entry)) this.reference(entry, place.at('parameters', index), 'parameter');
    });
  }

  /** The schema under a key of an object, when there is one. */
  private schema(holder: Located, key: string, owner: SchemaOwner): void {
    const value = getOwn(holder.value, key);
    if (!isObject(value)) return;
    const place = holder.place.at(key);
    this.schemaNode({ value, place, owner, role: 'root', name: undefined, parent: undefined, depth: 0 });
  }

  private schemaNode(schema: Schema): void {
    const { value, place } = schema;
    if (hasReference(value)) {
      this.reference(value, place, 'schema');
      return;
    }
    this.object(this.visit.schema, schema);
    this.keywords(schema);
    if (schema.depth >= maxSchemaDepth) return;
    const properties = getOwn(value, 'properties');
    if (isObject(properties)) {
      const at = place.at('properties');
      for (const name of Object.keys(properties)) this.child(schema, properties[name], at.at(name), 'property', name);
    }
    const items = getOwn(value, 'items');
    if (isObject(items)) this.child(schema, items, place.at('items'), 'items');
    const additional = getOwn(value, 'additionalProperties');
    if (isObject(additional)) this.child(schema, additional, place.at('additionalProperties'), 'additionalProperties');
    const allOf = getOwn(value, 'allOf');
    if (Array.isArray(allOf)) {
      allOf.forEach((part, index) => {
        this.child(schema, part, place.at('allOf', index), 'allOf');
      });
    }
  }

  private child(parent: Schema, value: Json | undefined, place: Location, role: Schema['role'], name?: string): void {
    if (!isObject(value)) return;
    this.schemaNode({
      value: value as JsonObject,
      place,
      owner: parent.owner,
      role,
      name,
      parent,
      depth: parent.depth + 1,
    });
  }
}

const hasReference = (value: Json | undefined): value is { $ref: string } =>
  isObject(value) && typeof getOwn(value, '$ref') === 'string';
