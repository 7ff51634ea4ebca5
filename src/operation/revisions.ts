import { asObject, asString, getOwn, isObject, type JsonObject, setOwn } from '../connector/json/value.ts';
import { type ExistingOperation, listOperations } from '../connector/operations.ts';

/** Revisions of one operation: a family (docs/reference/openapi-extensions.md#revisions). */

/** The family and the number of an operation, from its annotation or its id. */
export function revisionOf({ id, value }: ExistingOperation): { family: string; revision: number } {
  const annotation = asObject(getOwn(value, 'x-ms-api-annotation'));
  return {
    family: asString(getOwn(annotation, 'family')) ?? id.replace(/_V\d+$/, ''),
    revision: Number(getOwn(annotation, 'revision') ?? /_V(\d+)$/.exec(id)?.[1] ?? 1),
  };
}

/** The members of an operation's family, itself among them. */
const familyOf = (definition: JsonObject, operation: ExistingOperation): ExistingOperation[] =>
  listOperations(definition).filter((other) => revisionOf(other).family === revisionOf(operation).family);

/** The id of the newest later revision that is not deprecated itself. */
export function newestRevision(definition: JsonObject, operation: ExistingOperation): string | undefined {
  const later = familyOf(definition, operation)
    .filter((other) => revisionOf(other).revision > revisionOf(operation).revision)
    .filter(({ value }) => getOwn(value, 'deprecated') !== true);
  return later.sort((one, other) => revisionOf(other).revision - revisionOf(one).revision)[0]?.id;
}

/** Without its revision an operation is again what it was: the copy still has what revising took from it. */
export function restoreEarlier(definition: JsonObject, removed: ExistingOperation): void {
  const { revision } = revisionOf(removed);
  const earlier = familyOf(definition, removed).filter((other) => revisionOf(other).revision < revision);
  const newest = Math.max(...earlier.map((other) => revisionOf(other).revision));
  const last = earlier.find((other) => revisionOf(other).revision === newest);
  if (last === undefined || getOwn(last.value, 'deprecated') === true) return;
  const annotation = getOwn(last.value, 'x-ms-api-annotation');
  // without annotations the likeness of their names is chance
  if (!isObject(annotation) || !isObject(getOwn(removed.value, 'x-ms-api-annotation'))) return;
  if (getOwn(last.value, 'x-ms-visibility') === 'advanced') {
    const visibility = getOwn(removed.value, 'x-ms-visibility');
    if (visibility === undefined) delete last.value['x-ms-visibility'];
    else setOwn(last.value, 'x-ms-visibility', visibility);
  }
  // a family of one needs no number
  if (newest !== 1 || getOwn(annotation, 'family') !== last.id || familyOf(definition, removed).length > 1) return;
  delete annotation.family;
  delete annotation.revision;
  if (Object.keys(annotation).length === 0) delete last.value['x-ms-api-annotation'];
}
