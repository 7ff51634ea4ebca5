import { asObject, asString, getOwn } from '../connector/json/value.ts';
import { shellWord } from '../process/command.ts';
import type { ConnectorModel } from '../rules/engine/model.ts';
import type { Change, Difference } from './change.ts';
import type { Kind } from './kinds.ts';

/** The kinds of changes that are found here. */
export type RevisionAdvice = 'breaking-use-versioning';

/** A connector has one host and one title: no new operation helps. */
const beyondOperations: ReadonlySet<Kind> = new Set(['breaking-host', 'breaking-title']);

/**
 * For each operation with an error: keep it, and add the change as the next revision (operational versioning guide).
 * What has no operation of its own is kept, too, with the new beside it.
 */
export function suggestRevisions(
  changes: readonly Change[],
  before: ConnectorModel,
  after: ConnectorModel,
): Difference<RevisionAdvice>[] {
  const errors = changes.filter(({ breaking, kind }) => breaking && !beyondOperations.has(kind));
  const first = new Map(errors.map((error) => [error.operationId ?? error.kind, error] as const).reverse());
  return [...first.values()].reverse().map(({ operationId, pointer, file, kind }) => ({
    kind: 'breaking-use-versioning',
    operationId,
    pointer,
    file,
    message:
      operationId === undefined
        ? (adviceByKind[kind] ?? 'keep the operation as it was, and add the change as a new one at a path of its own')
        : after.operationsById.has(operationId)
          ? revisionAdvice(operationId, before)
          : comebackAdvice(operationId),
  }));
}

const adviceByKind: Readonly<Partial<Record<Kind, string>>> = {
  'breaking-auth-type':
    'keep this way to sign in, and offer the new one beside it (connectionParameterSets): pp-connector oauth --set NAME --auth KIND',
  'breaking-base-path':
    'keep the basePath, and give the new paths to new operations (NAME_V2, same family, next revision): pp-connector operation --revise NAME --path /NEW/PATH',
  'breaking-connection-parameters': 'keep the connection parameter, and ignore its value from now on',
};

function revisionAdvice(id: string, before: ConnectorModel): string {
  const annotation = asObject(getOwn(before.operationsById.get(id)?.value, 'x-ms-api-annotation'));
  const [, base = id, number] = /^(.*?)(?:_V(\d+))?$/.exec(id) ?? [];
  const declared = getOwn(annotation, 'revision');
  const next = (typeof declared === 'number' ? declared : Number(number ?? 1)) + 1;
  const family = asString(getOwn(annotation, 'family')) ?? base;
  return `keep ${id} as it was, and add the change as ${base}_V${next} (family "${family}", revision ${next}): pp-connector operation --revise ${shellWord(id)} --path /NEW/PATH`;
}

/** What is gone can't be revised, only brought back. */
const comebackAdvice = (id: string): string =>
  `bring ${id} back as it was; what shall replace it goes beside it, and what nobody shall use any more is deprecated first: pp-connector operation --deprecate ${shellWord(id)}`;
