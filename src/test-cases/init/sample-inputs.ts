import { asArray, getOwn, type Json, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { Sampler } from '../../runtime/mock.ts';
import type { RuntimeOperation, RuntimeParameter } from '../../runtime/operation.ts';
import { isInternal, type Schemas, type SchemaView } from '../../runtime/schema.ts';
import { fits } from '../../runtime/schema-check.ts';

/** Inputs of a generated case: the required ones in plain values, or all of them in values that show how they are encoded. */
export type Inputs = 'required' | 'all';

/** The same inputs each time. */
export function sampleInputs(operation: RuntimeOperation, which: Inputs): JsonObject {
  const inputs: JsonObject = {};
  const sampler = new InputSampler(operation.schemas, which);
  for (const parameter of operation.parameters) {
    if (which === 'required' && !parameter.required) continue;
    const value = isInternal(parameter.node) && parameter.in !== 'body' ? undefined : sampler.parameter(parameter);
    if (value !== undefined) setOwn(inputs, parameter.name, value);
  }
  return inputs;
}

const file = { base64: 'ZXhhbXBsZQ==', name: 'example.txt' } as const;

/** Deeper than any form that people fill in, and more fields than one has. */
const deepest = 8;
const mostFields = 1000;

class InputSampler {
  private readonly schemas: Schemas;
  private readonly which: Inputs;
  private readonly sampler: Sampler;
  private fields = 0;

  constructor(schemas: Schemas, which: Inputs) {
    this.schemas = schemas;
    this.which = which;
    this.sampler = new Sampler(schemas, { takesObjects: false });
  }

  parameter({ name, in: location, node, pointer }: RuntimeParameter): Json | undefined {
    if (getOwn(node, 'type') === 'file') return { ...file };
    const view =
      location === 'body' ? this.schemas.view(getOwn(node, 'schema'), `${pointer}/schema`) : { node, pointer };
    return this.value(view, name, []);
  }

  /** @returns undefined for what isn't given: nobody sees it, it contains itself, or there is no end of it */
  private value(view: SchemaView, name: string, around: readonly string[]): Json | undefined {
    const { schemas } = this;
    this.fields += 1;
    if (around.length > deepest || this.fields > mostFields) return undefined;
    const [type] = schemas.types(view);
    const choice = asArray(schemas.keyword(view, 'enum')).find((value) => value !== null);
    if (choice !== undefined) return choice;
    if (type === 'file') return { ...file };
    if (type === 'object' || (type === undefined && schemas.hasProperties(view))) return this.object(view, around);
    if (type === 'array') return this.list(view, name, around);
    return type === 'string' ? this.text(view, name) : this.scalar(view);
  }

  private scalar(view: SchemaView): Json {
    return this.sampler.value(view, []);
  }

  private text(view: SchemaView, name: string): Json {
    const format = getOwn(view.node, 'format');
    if (format === 'binary') return { ...file };
    const given = ['example', 'x-ms-test-value'].map((key) => this.schemas.keyword(view, key));
    const fitting = given.find((value) => typeof value === 'string' && fits(this.schemas, view, value));
    if (format !== undefined || (fitting !== undefined && this.which === 'required')) return this.scalar(view);
    // what a URL, a form and JSON each encode in their own way
    return this.which === 'all' ? `${name} ä/b&c` : name;
  }

  private list(view: SchemaView, name: string, around: readonly string[]): Json {
    const items = this.schemas.below(view, 'items');
    if (around.includes(view.pointer)) return [];
    const element = this.value(items, name, [...around, view.pointer]);
    if (element === undefined) return [];
    // two elements show what is between them
    return this.which === 'all' && typeof element !== 'object' ? [element, element] : [element];
  }

  private object(view: SchemaView, around: readonly string[]): JsonObject | undefined {
    const { schemas } = this;
    if (around.includes(view.pointer)) return undefined;
    const result: JsonObject = {};
    const required = schemas.required(view);
    for (const [name, property] of schemas.properties(view)) {
      const { node } = property;
      const isOurs =
        isInternal(node) || getOwn(node, 'readOnly') === true || getOwn(node, 'x-ms-notification-url') === true;
      if (isOurs || (this.which === 'required' && !required.has(name))) continue;
      const value = this.value(property, name, [...around, view.pointer]);
      if (value !== undefined) setOwn(result, name, value);
    }
    return result;
  }
}
