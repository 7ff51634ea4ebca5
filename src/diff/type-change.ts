import type { BeforeAfter } from './before-after.ts';
import { isNothing, type SchemaView } from './schema-view.ts';

/** What has become of the type or the format of a value. */
export interface TypeChange {
  what: 'type' | 'format';
  /** `was of type string and is of type integer now`. */
  words: string;
}

/**
 * The change of a type, else that of a format. One that is added or removed is a change, too: the service's own check
 * reports it (pull requests 807 and 1743 of PowerPlatformConnectors). Where one version has no schema at all, what it
 * held is compared instead.
 */
export function typeChange({ before, after }: BeforeAfter<SchemaView>): TypeChange | undefined {
  if (isNothing(before) || isNothing(after)) return undefined;
  if (before.declaredType !== after.declaredType) {
    const old = before.declaredType === undefined ? 'had no type' : `was of type ${before.declaredType}`;
    const now = after.declaredType === undefined ? 'has none' : `is of type ${after.declaredType}`;
    return { what: 'type', words: `${old} and ${now} now` };
  }
  if (before.format === after.format) return undefined;
  const old = before.format === undefined ? 'had no format' : `had the format ${before.format}`;
  const now = after.format === undefined ? 'has none' : `has the format ${after.format}`;
  return { what: 'format', words: `${old} and ${now} now` };
}
