import type { ConnectorModel, Operation } from '../rules/engine/model.ts';
import type { BeforeAfter } from './before-after.ts';
import { type Difference, operationName, type ReportDifference } from './change.ts';
import { compareInputs, type InputChange } from './compare-inputs.ts';
import { compareOutputs, type OutputChange } from './compare-outputs.ts';
import { SchemaPair } from './schema-pair.ts';

/** The kinds of changes that are found here. */
export type OperationChange =
  | 'breaking-operation-deleted'
  | 'breaking-operation-deleted-internal'
  | 'breaking-operation-hidden'
  | 'breaking-operation-id-changed'
  | 'breaking-operation-path-changed'
  | 'breaking-operation-verb-changed'
  | 'breaking-trigger-changed';

/** Operations, told apart by what flows refer to: the operationId. */
export function compareOperations(
  before: ConnectorModel,
  after: ConnectorModel,
  report: ReportDifference<OperationChange | InputChange | OutputChange>,
): void {
  const schemas = new SchemaPair({ before: before.definition, after: after.definition });
  const places = new Map(after.operations.map((operation) => [placeOf(operation), operation]));
  for (const operation of before.operations) {
    const there = places.get(placeOf(operation));
    // two operations may share an id by mistake: each is compared with what is in its place
    const same = there?.id === operation.id ? there : after.operationsById.get(operation.id);
    if (same === undefined) report(lost(operation, there));
    else compareOperation({ before: operation, after: same }, schemas, report);
  }
}

const placeOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** An operation that flows no longer find: with another name it is still there for people, but not for flows. */
function lost(operation: Operation, there: Operation | undefined): Difference<OperationChange> {
  const { id, visible } = operation;
  const shared = { operationId: id || undefined, file: 'definition' as const };
  if (there !== undefined) {
    const now = there.id === '' ? 'has no operationId any more' : `is called ${there.id} now`;
    return {
      ...shared,
      kind: 'breaking-operation-id-changed',
      pointer: there.place.at('operationId').pointer(),
      message: `the operation ${id} ${now}: flows that use ${id} stop working`,
    };
  }
  return {
    ...shared,
    kind: visible ? 'breaking-operation-deleted' : 'breaking-operation-deleted-internal',
    pointer: operation.place.pointer(),
    message: visible
      ? `the operation ${operationName(operation)} is gone: flows that use it stop working`
      : `the internal operation ${operationName(operation)} is gone: flows whose choices or fields come from it may stop working`,
  };
}

function compareOperation(
  operations: BeforeAfter<Operation>,
  schemas: SchemaPair,
  report: ReportDifference<OperationChange | InputChange | OutputChange>,
): void {
  const { before, after } = operations;
  const name = operationName(before);
  for (const { kind, at, differ, message } of traits) {
    if (!differ(operations)) continue;
    const pointer = after.place.at(...at).pointer();
    report({
      kind,
      operationId: before.id || undefined,
      pointer,
      file: 'definition',
      message: message(operations, name),
    });
  }
  compareInputs(operations, schemas, report);
  compareOutputs(operations, schemas, report);
}

/** Without its first slash the service refuses a path: nobody has used it. */
const slashed = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

interface Trait {
  kind: OperationChange;
  /** Below the operation. */
  at: string[];
  differ: (operations: BeforeAfter<Operation>) => boolean;
  message: (operations: BeforeAfter<Operation>, name: string) => string;
}

/** What an operation is as a whole. */
const traits: readonly Trait[] = [
  {
    kind: 'breaking-operation-path-changed',
    at: [],
    differ: ({ before, after }) => slashed(before.path) !== slashed(after.path),
    message: ({ before, after }, name) =>
      `the path of ${name} was ${before.path} and is ${after.path} now: flows that use ${name} stop working`,
  },
  {
    kind: 'breaking-operation-verb-changed',
    at: [],
    differ: ({ before, after }) => before.method !== after.method,
    message: ({ before, after }, name) =>
      `${name} was a ${before.method.toUpperCase()} and is a ${after.method.toUpperCase()} now: flows that use ${name} stop working`,
  },
  {
    kind: 'breaking-operation-hidden',
    at: ['x-ms-visibility'],
    differ: ({ before, after }) => before.visible && !after.visible,
    message: (_, name) => `${name} is internal now: makers can no longer edit the steps of flows that use it`,
  },
  {
    kind: 'breaking-trigger-changed',
    at: ['x-ms-trigger'],
    differ: ({ before, after }) => triggerOf(before) !== triggerOf(after),
    message: ({ before, after }, name) =>
      `${name} was ${triggerOf(before)} and is ${triggerOf(after)} now: flows that use ${name} stop working`,
  },
];

/** Its kind, as makers would say. */
function triggerOf({ value, trigger }: Operation): string {
  if (!trigger) return 'an action';
  return value['x-ms-trigger'] === 'batch' ? 'a trigger for many items (batch)' : 'a trigger for one item (single)';
}
