import { onOneLine, plural } from '../../rules/reporters/words.ts';
import type { DiffReport, PlacedChange } from '../diff-report.ts';
import { ruleOfKind } from '../kinds.ts';

/** Phrases that several formats for people share. */

export const isBreaking = ({ changes }: DiffReport): boolean => changes.some(({ breaking }) => breaking);

/** `2 breaking changes, 3 others since v1 (profile verified)`. */
export function totalsText({ base, profile, changes }: DiffReport): string {
  const breaking = changes.filter((change) => change.breaking).length;
  const others = changes.length - breaking;
  const since = `since ${onOneLine(base)} (profile ${profile})`;
  if (changes.length === 0) return `No changes that flows or apps notice ${since}.`;
  const rest = others === 0 ? '' : `, ${plural(others, 'other note')}`;
  return `${breaking === 0 ? 'No breaking changes' : plural(breaking, 'breaking change')}${rest} ${since}`;
}

/** The kind, with the service's own name for it where it has one. */
export function kindText({ kind }: PlacedChange): string {
  const official = ruleOfKind(kind).official;
  return official === undefined ? kind : `${kind} (${official})`;
}

/** The message, and why the change is meant where the author says so. */
export const messageText = ({ message, reason }: PlacedChange): string =>
  reason === undefined ? message : `${message} (acknowledged: ${reason})`;

/** What to do about an error, as the catalogue says. */
export const remedyText = ({ kind, breaking }: PlacedChange): string | undefined =>
  breaking ? ruleOfKind(kind).remedy : undefined;
