import type { ConnectorDraft } from '../connector/draft.ts';
import { sampleOperations } from '../connector/sample.ts';
import { removeOperations } from './remove-operations.ts';

/**
 * Takes out the operations of the sample that a new repository begins with, and what only they use.
 *
 * @returns notes for the author
 */
export function dropSample(draft: ConnectorDraft): string[] {
  const operations = sampleOperations(draft.definition);
  if (operations.length === 0) return ['no operation of the sample is left in the connector'];
  return removeOperations(
    draft,
    operations.map(({ id }) => id),
  );
}
