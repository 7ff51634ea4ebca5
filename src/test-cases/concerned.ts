import { dirname, resolve } from 'node:path';
import { fromPointer } from '../connector/json/pointer.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject, valueAt } from '../connector/json/value.ts';
import { isUserError } from '../errors.ts';
import { policiesFor } from '../runtime/instances.ts';
import type { RuntimeOperation } from '../runtime/operation.ts';
import type { TestFile } from './model.ts';
import type { Subject } from './subject.ts';

/**
 * Everything that the runs of an operation depend on, as one text per operation: where it is another one, its tests may
 * come out otherwise.
 */
export function fingerprints(subject: Subject): Map<string, string> {
  const { paths: _, definitions: __, parameters: ___, responses: ____, ...rest } = subject.definition;
  const shared = JSON.stringify([rest, { ...subject.inner, policyTemplateInstances: null }]);
  const removals = subject.operationIds.map((id) => subject.operation(id)).filter(({ method }) => method === 'DELETE');
  return new Map(
    subject.operationIds.map((id) => {
      const operation = subject.operation(id);
      // the life of a trigger ends with a DELETE, which may be another operation
      const parts = operation.kind === 'trigger' ? [operation, ...removals] : [operation];
      return [id.toLowerCase(), [shared, ...parts.map((part) => ownText(subject, part))].join('\n')];
    }),
  );
}

function ownText(subject: Subject, operation: RuntimeOperation): string {
  const { definition, path, method, value, id } = operation;
  const item = getOwn(asObject(getOwn(definition, 'paths')), path);
  const script = subject.hasCode(id) ? subject.connector.script?.text : undefined;
  const policies = policiesOf(subject, id);
  const used = referredFrom(definition, [
    value,
    getOwn(item, 'parameters') ?? null,
    getOwn(item, 'x-ms-notification-content') ?? null,
  ]);
  return JSON.stringify([path, method, used, policies, script ?? null]);
}

/** Without those that nobody can run. */
function policiesOf(subject: Subject, id: string): Json {
  try {
    return policiesFor(subject.inner, id, { skipUnknown: true }).map(
      ({ index, template, title, parameters, section }): Json => [index, template, title, { ...parameters }, section],
    );
  } catch (error) {
    if (!isUserError(error)) throw error;
    return error.message;
  }
}

/** The values, and everything in the definition that they refer to, each once. */
function referredFrom(definition: JsonObject, values: readonly Json[]): Json[] {
  const seen = new Set<string>();
  const found: Json[] = [];
  const visit = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || typeof inner !== 'string' || !inner.startsWith('#/')) visit(inner);
      else if (!seen.has(inner)) {
        seen.add(inner);
        const target = valueAt(definition, fromPointer(inner)) ?? null;
        found.push(target);
        visit(target);
      }
    }
  };
  for (const value of values) {
    found.push(value);
    visit(value);
  }
  return found;
}

/** The operations whose tests may come out otherwise than before, in lower case; also those that are gone. */
export function changedOperations(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Set<string> {
  return new Set([...before.keys(), ...now.keys()].filter((id) => before.get(id) !== now.get(id)));
}

export interface Changed {
  /** In lower case. */
  operations: ReadonlySet<string>;
  /** Absolute. */
  paths: ReadonlySet<string>;
}

/** The files of tests that a change concerns: their own text, a file that they name, or the operation that they are about. */
export const concernedFiles = (files: readonly TestFile[], { operations, paths }: Changed): TestFile[] =>
  files.filter(
    (file) =>
      paths.has(file.path) ||
      operations.has(file.operation.toLowerCase()) ||
      namedFiles(file).some((path) => paths.has(path)),
  );

/** Every text in a case may be the name of a file: one that is none is no path that changes. */
function namedFiles({ path, cases }: TestFile): string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') names.push(resolve(dirname(path), value));
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit);
  };
  for (const { api, inputs, steps } of cases) visit([api, inputs, steps]);
  return names;
}
