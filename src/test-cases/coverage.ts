import { below } from '../connector/json/pointer.ts';
import { asArray, asObject, getOwn, isObject, type Json } from '../connector/json/value.ts';
import type { RuntimeOperation } from '../runtime/operation.ts';
import type { SchemaView } from '../runtime/schema.ts';
import type { Trace } from '../runtime/trace.ts';
import type { Subject } from './subject.ts';

/** What tests went through, of what the connector declares. */
export interface Part {
  /** What there is, by names that people know. */
  all: string[];
  seen: string[];
}

export interface Coverage {
  operations: Part;
  /** Policies that changed something. */
  policies: Part;
  /** `ListOrders 200`. */
  responses: Part;
  /** Properties of answers that are declared: `ListOrders 200 items/id`. */
  properties: Part;
}

/** Of 1; of nothing everything is covered. */
export const shareOf = ({ all, seen }: Part): number => (all.length === 0 ? 1 : seen.length / all.length);

export const missingOf = ({ all, seen }: Part): string[] => {
  const there = new Set(seen);
  return all.filter((name) => !there.has(name));
};

/** Collects what the runs of tests show. */
export class CoverageRecord {
  private readonly operations = new Set<string>();
  private readonly policies = new Set<number>();
  private readonly responses = new Set<string>();
  private readonly properties = new Set<string>();

  add(operation: RuntimeOperation, trace: Trace): void {
    this.operations.add(operation.id);
    for (const step of trace.steps) {
      if (step.step === 'policy' && step.changed.length > 0) this.policies.add(step.index);
    }
    const { result } = trace;
    if (result === undefined) return;
    const key = declaredKey(operation, result.status);
    if (key === undefined) return;
    this.responses.add(`${operation.id} ${key}`);
    for (const name of namesIn(operation, key, result.body)) this.properties.add(`${operation.id} ${key} ${name}`);
  }

  of(subject: Subject): Coverage {
    const operations = subject.operationIds.map((id) => subject.operation(id));
    const responses = operations.flatMap((operation) =>
      declaredKeys(operation).map((key) => ({ operation, key, name: `${operation.id} ${key}` })),
    );
    const policies = asArray(getOwn(subject.inner, 'policyTemplateInstances')).map((policy, index) => ({
      index,
      name: `${index} ${String(getOwn(policy, 'title') ?? getOwn(policy, 'templateId') ?? '')}`.trim(),
    }));
    const properties = responses.flatMap(({ operation, key, name }) =>
      [...declaredProperties(operation, key)].map((property) => `${name} ${property}`),
    );
    const seenOf = (all: string[], seen: ReadonlySet<string>): Part => ({
      all,
      seen: all.filter((name) => seen.has(name)),
    });
    return {
      operations: seenOf(
        operations.map(({ id }) => id),
        this.operations,
      ),
      policies: {
        all: policies.map(({ name }) => name),
        seen: policies.filter(({ index }) => this.policies.has(index)).map(({ name }) => name),
      },
      responses: seenOf(
        responses.map(({ name }) => name),
        this.responses,
      ),
      properties: seenOf(properties, this.properties),
    };
  }
}

export const declaredKeys = ({ value }: RuntimeOperation): string[] =>
  Object.keys(asObject(getOwn(value, 'responses'))).filter((key) => !key.startsWith('x-'));

function declaredKey(operation: RuntimeOperation, status: number): string | undefined {
  const keys = declaredKeys(operation);
  return keys.includes(String(status)) ? String(status) : keys.find((key) => key === 'default');
}

export function responseSchema({ schemas, value, pointer }: RuntimeOperation, key: string): SchemaView | undefined {
  const at = below(pointer, 'responses', key);
  const response = schemas.view(getOwn(asObject(getOwn(value, 'responses')), key), at);
  const schema = getOwn(response.node, 'schema');
  return isObject(schema) ? schemas.view(schema, below(response.pointer, 'schema')) : undefined;
}

/** Each schema once on a way: those that contain themselves end there. */
const deepest = 6;

function declaredProperties(operation: RuntimeOperation, key: string): Set<string> {
  const names = new Set<string>();
  const { schemas } = operation;
  const visit = (view: SchemaView, prefix: string, around: readonly string[]): void => {
    if (around.includes(view.pointer) || around.length > deepest) return;
    const inside = [...around, view.pointer];
    if (schemas.isType(view, 'array')) visit(schemas.below(view, 'items'), prefix, inside);
    for (const [name, property] of schemas.properties(view)) {
      names.add(`${prefix}${name}`);
      visit(property, `${prefix}${name}/`, inside);
    }
  };
  const schema = responseSchema(operation, key);
  if (schema !== undefined) visit(schema, '', []);
  return names;
}

function namesIn(operation: RuntimeOperation, key: string, body: Json): Set<string> {
  const names = new Set<string>();
  const visit = (value: Json, prefix: string): void => {
    if (Array.isArray(value)) for (const element of value) visit(element, prefix);
    if (!isObject(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      names.add(`${prefix}${name}`);
      visit(inner, `${prefix}${name}/`);
    }
  };
  if (responseSchema(operation, key) !== undefined) visit(body, '');
  return names;
}
