import { below } from '../connector/json/pointer.ts';
import {
  asArray,
  asObject,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { literal } from '../quote.ts';
import type { Body, RuntimeAnswer } from './message.ts';
import type { RuntimeOperation } from './operation.ts';
import { isOfType, typeOfValue } from './request/scalars.ts';
import type { Schemas, SchemaView } from './schema.ts';

/** Where an answer isn't what the definition promises. */
export interface SchemaFinding {
  /** In the definition. */
  pointer: string;
  /** In the body; empty for the whole of it. */
  at: string;
  expected: string;
  seen: string;
}

export type NullHandling = 'drop' | 'keep';

/** The body as a flow gets it: properties that are null are gone. Elements of lists stay. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) if (inner !== null) setOwn(result, key, withoutNulls(inner));
  return result;
}

/**
 * Compares an answer with what is declared for its status: types, required properties, enums.
 *
 * @param isPoll a 202 of a polling trigger needs no declaration
 */
export function checkAnswer(
  operation: RuntimeOperation,
  answer: Pick<RuntimeAnswer, 'status' | 'body'>,
  { isPoll }: { isPoll: boolean },
): SchemaFinding[] {
  const responses = asObject(getOwn(operation.value, 'responses'));
  const status = String(answer.status);
  const pointer = below(operation.pointer, 'responses');
  const key =
    getOwn(responses, status) !== undefined
      ? status
      : getOwn(responses, 'default') !== undefined
        ? 'default'
        : undefined;
  if (isPoll && answer.status === 202) return [];
  if (key === undefined) {
    const declared = Object.keys(responses).filter((name) => !name.startsWith('x-'));
    return [
      {
        pointer,
        at: '',
        expected: `one of the statuses ${declared.join(', ') || 'that are declared: none'}`,
        seen: status,
      },
    ];
  }
  const response = operation.schemas.view(getOwn(responses, key), below(pointer, key));
  const schema = getOwn(response.node, 'schema');
  if (!isObject(schema)) return [];
  const view = operation.schemas.view(schema, below(response.pointer, 'schema'));
  return checkBody(operation.schemas, view, answer.body);
}

/** Where a body isn't what a schema promises. */
export const checkBody = (schemas: Schemas, view: SchemaView, body: Body | undefined): SchemaFinding[] =>
  new Check(schemas).body(view, { body });

/** Whether a value is what a schema promises. */
export const fits = (schemas: Schemas, view: SchemaView, value: Json): boolean =>
  new Check(schemas).of(view, value).length === 0;

class Check {
  private readonly schemas: Schemas;
  private readonly findings: SchemaFinding[] = [];

  constructor(schemas: Schemas) {
    this.schemas = schemas;
  }

  body(view: SchemaView, { body }: { body: Body | undefined }): SchemaFinding[] {
    const types = this.schemas.types(view);
    const isFile = types.includes('file') || this.schemas.keyword(view, 'format') === 'binary';
    if (isFile || (types.length === 0 && body?.kind !== 'json')) return [];
    if (body?.kind === 'json') this.value(view, body.value, '');
    else if (body === undefined) this.add(view, '', types.join(' or '), 'nothing');
    else if (!types.includes('string'))
      this.add(view, '', types.join(' or '), body.kind === 'text' ? textKind(body.text) : 'bytes');
    return this.findings;
  }

  of(view: SchemaView, value: Json): SchemaFinding[] {
    this.value(view, value, '');
    return this.findings;
  }

  private add({ pointer }: SchemaView, at: string, expected: string, seen: string): void {
    this.findings.push({ pointer, at, expected, seen });
  }

  private value(view: SchemaView, value: Json, at: string): void {
    const { schemas } = this;
    const types = schemas.types(view);
    if (value === null && getOwn(view.node, 'x-nullable') === true) return;
    if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
      this.add(view, at, types.join(' or '), typeOfValue(value));
      return;
    }
    const allowed = asArray(schemas.keyword(view, 'enum'));
    if (allowed.length > 0 && !allowed.some((choice) => deepEqual(choice, value))) {
      this.add(
        view,
        at,
        `one of ${allowed.slice(0, 10).map(literal).join(', ')}${allowed.length > 10 ? ', …' : ''}`,
        literal(value),
      );
    }
    if (Array.isArray(value)) {
      const items = schemas.below(view, 'items');
      for (const [index, element] of value.entries()) this.value(items, element, below(at, index));
    } else if (isObject(value)) this.properties(view, value, at);
  }

  private properties(view: SchemaView, value: JsonObject, at: string): void {
    const declared = this.schemas.properties(view);
    for (const name of this.schemas.required(view)) {
      const property = declared.get(name) ?? view;
      // one that may be null was dropped, perhaps
      const mayBeNull = this.schemas.keyword(property, 'x-nullable') === true && declared.has(name);
      if (getOwn(value, name) !== undefined || mayBeNull) continue;
      this.add(property, below(at, name), this.schemas.types(property).join(' or ') || 'a value', 'nothing');
    }
    const others = this.schemas.others(view);
    for (const [name, inner] of Object.entries(value)) {
      const property = declared.get(name) ?? others;
      if (property !== undefined) this.value(property, inner, below(at, name));
    }
  }
}

/** A page in place of data is what servers answer at a wrong address or sign-in. */
const textKind = (text: string): string =>
  /^\s*<(?:!doctype html|html|head|body)\b/i.test(text) ? 'string (a page of HTML)' : 'string';
