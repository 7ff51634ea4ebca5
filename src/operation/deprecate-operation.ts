import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, asString, getOwn, setOwn } from '../connector/json/value.ts';
import { setBehind } from '../connector/key-order.ts';
import { requireOperation } from '../connector/operations.ts';
import { UserError } from '../errors.ts';
import { maxTitleLength } from '../language/words.ts';
import { newestRevision } from './revisions.ts';

/**
 * Says that an operation shouldn't be used in new work, and what to use instead.
 *
 * @param replacement id of that operation; without it: the newest later revision, where there is one
 */
export function deprecateOperation(draft: ConnectorDraft, id: string, replacement?: string): void {
  const { definition } = draft;
  const found = requireOperation(definition, id, '--deprecate');
  const { value } = found;
  const instead =
    replacement === undefined ? newestRevision(definition, found) : replacementFor(draft, id, replacement);
  const mark = ' (deprecated)';
  const summary = asString(getOwn(value, 'summary')) ?? '';
  // 80 characters with the mark
  if (!/\(deprecated\)/i.test(summary))
    setOwn(value, 'summary', `${summary.slice(0, maxTitleLength - mark.length).trimEnd()}${mark}`);
  const description = asString(getOwn(value, 'description')) ?? '';
  if (!/deprecated/i.test(description))
    setOwn(value, 'description', `${description} This operation is deprecated.`.trim());
  setBehind(value, 'deprecated', true, 'description');
  if (getOwn(value, 'x-ms-visibility') !== 'internal') setBehind(value, 'x-ms-visibility', 'advanced', 'description');
  if (instead === undefined) return;
  const annotation = asObject(getOwn(value, 'x-ms-api-annotation'));
  const present = asObject(getOwn(annotation, 'replacement'));
  // this very connector, whose name on the platform is made of its title
  const title = asString(getOwn(asObject(getOwn(definition, 'info')), 'title')) ?? '';
  const api = asString(getOwn(present, 'api')) ?? title.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  setBehind(
    value,
    'x-ms-api-annotation',
    { ...annotation, replacement: { ...present, api, operationId: instead } },
    'description',
  );
}

function replacementFor({ definition }: ConnectorDraft, id: string, replacement: string): string {
  const found = requireOperation(definition, replacement, '--replacement');
  if (found.id.toLowerCase() === id.toLowerCase())
    throw new UserError(`--replacement ${replacement}: an operation can't replace itself`);
  if (getOwn(found.value, 'deprecated') === true)
    throw new UserError(`--replacement ${replacement}: that operation is deprecated, too`);
  return found.id;
}
