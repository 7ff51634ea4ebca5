import { type Method, methods } from '../../connector/facts/methods.ts';
import { asArray, asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { Location } from './location.ts';
import type { ConnectorModel, Operation, Parameter, PathItem } from './model.ts';

/** Fills the model with the paths, operations, parameters and responses of its definition, in document order. */
export const indexDefinition = (model: ConnectorModel, root: Location): void => new Indexer(model, root).run();

class Indexer {
  private readonly model: ConnectorModel;
  private readonly root: Location;
  /** Parameters by their object, so that a shared one stays one. */
  private readonly known = new Map<JsonObject, Parameter>();

  constructor(model: ConnectorModel, root: Location) {
    this.model = model;
    this.root = root;
  }

  run(): void {
    const { model } = this;
    const { definition } = model;
    for (const [name, value] of Object.entries(asObject(getOwn(definition, 'parameters')))) {
      if (isObject(value)) this.declare(value, this.root.at('parameters', name));
    }
    for (const [code, value] of Object.entries(asObject(getOwn(definition, 'responses')))) {
      if (isObject(value))
        model.responses.push({ value, place: this.root.at('responses', code), code, operation: undefined });
    }
    const paths = this.root.at('paths');
    const items = asObject(getOwn(definition, 'paths'));
    for (const path of Object.keys(items)) {
      const value = items[path];
      if (isObject(value)) this.pathItem(path, value, paths.at(path));
    }
    for (const operation of model.operations) {
      for (const parameter of operation.parameters) {
        parameter.operations.push(operation);
        parameter.visible ||= operation.visible && getOwn(parameter.value, 'x-ms-visibility') !== 'internal';
      }
    }
  }

  private pathItem(path: string, value: JsonObject, place: Location): void {
    const item: PathItem = { path, value, place, operations: [] };
    this.model.paths.push(item);
    const shared = this.parameterList(getOwn(value, 'parameters'), place.at('parameters'));
    for (const method of Object.keys(value)) {
      const operation = value[method];
      if (isMethod(method) && isObject(operation)) this.operation(item, method, operation, shared);
    }
  }

  private operation(pathItem: PathItem, method: Method, value: JsonObject, shared: Parameter[]): void {
    const place = pathItem.place.at(method);
    const mine = this.parameterList(getOwn(value, 'parameters'), place.at('parameters'));
    const id = getOwn(value, 'operationId');
    const trigger = getOwn(value, 'x-ms-trigger');
    const operation: Operation = {
      method,
      path: pathItem.path,
      pathItem,
      value,
      place,
      id: typeof id === 'string' ? id : '',
      visible: getOwn(value, 'x-ms-visibility') !== 'internal',
      trigger: trigger !== undefined,
      webhook: trigger !== undefined && isWebhook(pathItem, method, value),
      parameters: shared.length === 0 ? mine : [...mine, ...withoutReplaced(shared, mine)],
      responses: [],
    };
    const responses = place.at('responses');
    const declared = asObject(getOwn(value, 'responses'));
    for (const code of Object.keys(declared)) {
      const response = declared[code];
      if (!isObject(response)) continue;
      const at = responses.at(code);
      const target = this.model.deref(response);
      if (target === response) this.model.responses.push({ value: response, place: at, code, operation });
      operation.responses.push({ code, value: target ?? {}, place: at });
    }
    pathItem.operations.push(operation);
    this.model.operations.push(operation);
    if (operation.id !== '' && !this.model.operationsById.has(operation.id)) {
      this.model.operationsById.set(operation.id, operation);
    }
  }

  private parameterList(list: Json | undefined, place: Location): Parameter[] {
    const parameters: Parameter[] = [];
    const entries = asArray(list);
    for (let index = 0; index < entries.length; index += 1) {
      const target = this.model.deref(entries[index]);
      if (target === undefined) continue;
      // a `$ref` to somewhere else than the shared parameters is a finding; it still counts as a parameter
      const shared = target === entries[index] ? undefined : this.known.get(target);
      parameters.push(shared ?? this.declare(target, place.at(index)));
    }
    return parameters;
  }

  private declare(value: JsonObject, place: Location): Parameter {
    const name = getOwn(value, 'name');
    const position = getOwn(value, 'in');
    const parameter: Parameter = {
      value,
      place,
      name: typeof name === 'string' ? name : '',
      in: typeof position === 'string' ? position : '',
      operations: [],
      visible: false,
    };
    this.known.set(value, parameter);
    this.model.parameters.push(parameter);
    return parameter;
  }
}

/** What a path item declares for all its operations, without what one of them declares anew. */
function withoutReplaced(shared: Parameter[], mine: readonly Parameter[]): Parameter[] {
  const replaced = new Set(mine.map(keyOf));
  return shared.filter((outer) => !replaced.has(keyOf(outer)));
}

/** What tells the parameters of an operation apart. */
const keyOf = (parameter: Parameter): string => `${parameter.in} ${parameter.name}`;

const isMethod = (key: string): key is Method => (methods as readonly string[]).includes(key);

/** Polling triggers are GETs, or say so; every other trigger subscribes. */
function isWebhook(pathItem: PathItem, method: Method, operation: JsonObject): boolean {
  if (getOwn(pathItem.value, 'x-ms-notification-content') !== undefined) return true;
  const metadata = asObject(getOwn(operation, 'x-ms-trigger-metadata'));
  return method !== 'get' && getOwn(operation, 'x-ms-trigger') !== 'batch' && getOwn(metadata, 'mode') !== 'polling';
}
