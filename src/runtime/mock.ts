import { asArray, asObject, getOwn, isObject, type Json, type JsonObject, setOwn } from '../connector/json/value.ts';
import { isJsonType } from './message.ts';
import type { RuntimeOperation } from './operation.ts';
import { isThere } from './paths.ts';
import { formatted } from './request/scalars.ts';
import type { Schemas, SchemaView } from './schema.ts';
import { fits } from './schema-check.ts';
import type { Incoming, Send } from './send.ts';

/** Answers as the definition promises them: its examples, else values by its schema. The same ones each time. */
export function mocked(operation: RuntimeOperation): Send {
  return async () => mockAnswer(operation);
}

export const mockAnswer = (operation: RuntimeOperation): Incoming => mockAnswerFor(operation).answer;

export interface MockOptions {
  /** Where single values come from that the definition says nothing of; default: always the same ones. */
  scalars?: Scalars;
  /** Whole answers that somebody wrote don't count: by the schema alone. */
  withoutExamples?: boolean;
}

/**
 * The answer for a status.
 *
 * @param key of `responses`; without it the one that a flow goes on with: the lowest 2xx that has a schema
 */
export function mockAnswerFor(
  operation: RuntimeOperation,
  key?: string,
  options: MockOptions = {},
): { key: string; answer: Incoming } {
  const responses = asObject(getOwn(operation.value, 'responses'));
  const chosen = key ?? successOf(operation, responses);
  const response = responseAt(operation, chosen);
  const status = /^\d{3}$/.test(chosen) ? Number(chosen) : 200;
  return { key: chosen, answer: answerOf(operation, response, status, options) };
}

function successOf(operation: RuntimeOperation, responses: JsonObject): string {
  const statuses = Object.keys(responses)
    .filter((status) => /^2\d\d$/.test(status))
    .sort();
  const withSchema = statuses.find((candidate) => getOwn(responseAt(operation, candidate), 'schema') !== undefined);
  const first = withSchema ?? statuses[0];
  return first ?? (getOwn(responses, 'default') === undefined ? '200' : 'default');
}

function answerOf(
  operation: RuntimeOperation,
  response: JsonObject,
  status: number,
  { scalars, withoutExamples = false }: MockOptions,
): Incoming {
  const example = withoutExamples ? undefined : exampleOf(response);
  const schema = getOwn(response, 'schema');
  if (example === undefined && !isObject(schema)) return answered(status, {}, '');
  const view = operation.schemas.view(schema, '');
  const value = example ?? new Sampler(operation.schemas, { takesObjects: true, scalars }).value(view, []);
  if (typeof value === 'string' && operation.schemas.keyword(view, 'format') === 'binary')
    return answered(status, { 'content-type': 'application/octet-stream' }, value);
  return answered(
    status,
    { 'content-type': 'application/json' },
    jsonOf(value, operation.schemas.isType(view, 'string')),
  );
}

/** Some examples are JSON in a text. */
function jsonOf(value: Json, isText: boolean): string {
  if (typeof value !== 'string' || isText) return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

const responseAt = ({ schemas, value }: RuntimeOperation, status: string): JsonObject =>
  schemas.view(getOwn(getOwn(value, 'responses'), status), '').node;

function exampleOf(response: JsonObject): Json | undefined {
  const examples = Object.entries(asObject(getOwn(response, 'examples')));
  return (examples.find(([type]) => isJsonType(type)) ?? examples[0])?.[1];
}

const answered = (status: number, headers: Record<string, string>, body: string): Incoming => ({
  status,
  statusText: '',
  headers,
  body: Buffer.from(body),
});

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T10:00:00Z',
  date: '2026-01-31',
  'date-no-tz': '2026-01-31T10:00:00',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'ada@example.com',
  uri: 'https://example.com/',
  byte: 'ZXhhbXBsZQ==',
};

/** Where single values come from. */
export interface Scalars {
  /** How many elements the outermost list of a value has. */
  elements: number;
  /**
   * A number or a text.
   *
   * @param path where it will be: names of properties and numbers of elements
   */
  value: (type: string, keyword: (name: string) => Json | undefined, path: readonly string[]) => Json;
}

const constant: Scalars = {
  elements: 1,
  value: (type, keyword) =>
    type === 'string' ? (formats[String(keyword('format'))] ?? 'example') : Number(keyword('minimum') ?? 1),
};

/** Further inside nobody reads a value, and schemas that contain each other would have no end. */
const mostLevels = 12;
/** More than any API sends: what a few schemas hold several times doubles with every level. */
const mostValues = 2000;

/** Values that fit a schema. */
export class Sampler {
  private readonly schemas: Schemas;
  private readonly takesObjects: boolean;
  private readonly scalars: Scalars;
  /** How many parts the value has that is being made. */
  private made = 0;

  /** @param takesObjects examples of whole objects count, also with properties that aren't declared */
  constructor(schemas: Schemas, { takesObjects, scalars }: { takesObjects: boolean; scalars?: Scalars | undefined }) {
    this.schemas = schemas;
    this.takesObjects = takesObjects;
    this.scalars = scalars ?? constant;
  }

  /**
   * @param around the schemas around this one: one that contains itself ends there
   * @param path where the value will be
   */
  value(view: SchemaView, around: readonly string[], path: readonly string[] = []): Json {
    const { schemas } = this;
    this.made = around.length === 0 ? 1 : this.made + 1;
    const given = ['example', 'x-ms-test-value', 'default'].map((name) => schemas.keyword(view, name));
    const fitting = given.find((value) => isThere(value) && this.isFitting(view, value));
    if (isThere(fitting)) return fitting;
    const choices = asArray(schemas.keyword(view, 'enum'));
    // some are expressions in place of a date: still the only values that are allowed
    const choice =
      choices.find((value) => this.isFitting(view, value)) ?? choices.find((value) => fits(schemas, view, value));
    if (choice !== undefined) return choice;
    const inside = [...around, view.pointer];
    switch (schemas.types(view)[0]) {
      case 'array':
        return around.includes(view.pointer) ? [] : this.list(schemas.below(view, 'items'), inside, path);
      case 'boolean':
        return true;
      case 'integer':
      case 'number':
      case 'string':
        return this.scalars.value(schemas.types(view)[0] ?? '', (name) => schemas.keyword(view, name), path);
      default:
        return this.object(view, around, path);
    }
  }

  /** Examples are written by people, and many are of another type or date. */
  private isFitting(view: SchemaView, value: Json): boolean {
    if (isObject(value) && !this.takesObjects) return false;
    return fits(this.schemas, view, value) && (typeof value !== 'string' || formatted(value, view.node) !== undefined);
  }

  private list(items: SchemaView, inside: readonly string[], path: readonly string[]): Json[] {
    const isOutermost = !path.some((part) => /^\d+$/.test(part));
    const length = isOutermost ? this.scalars.elements : 1;
    return Array.from({ length }, (_, index) => this.value(items, inside, [...path, String(index)]));
  }

  private object(view: SchemaView, around: readonly string[], path: readonly string[]): JsonObject {
    const inside = [...around, view.pointer];
    const result: JsonObject = {};
    const required = this.schemas.required(view);
    for (const [name, property] of this.schemas.properties(view)) {
      if (around.includes(view.pointer) && !required.has(name)) continue;
      if (inside.length > mostLevels || this.made >= mostValues) continue;
      setOwn(result, name, this.value(property, inside, [...path, name]));
    }
    return result;
  }
}
