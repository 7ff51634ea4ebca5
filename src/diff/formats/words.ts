import { counted } from '../../counted.ts';
import { onOneLine } from '../../shown.ts';
import type { DiffReport, PlacedChange } from '../diff-report.ts';
import { ruleOfKind } from '../kinds.ts';

/** Phrases that several formats for people share. */

export const isBreaking = ({ changes }: DiffReport): boolean => changes.some(({ breaking }) => breaking);

/** What flows notice that nobody has said to be meant, whatever its severity. */
export const stopsAnything = ({ changes }: DiffReport): boolean =>
  changes.some(({ stops, reason }) => stops && reason === undefined);

/**
 * `2 breaking changes, 3 other notes since v1 (profile verified)`. What stops flows is counted for every profile; where
 * it is not an error, the line says why not.
 */
export function diffTotals({ base, profile, changes }: DiffReport): string {
  const stopping = changes.filter(({ stops, breaking }) => stops || breaking);
  const others = changes.length - stopping.length;
  const since = `since ${onOneLine(base)} (profile ${profile})`;
  if (changes.length === 0) return `No changes that flows or apps notice ${since}.`;
  const rest = others === 0 ? '' : `, ${counted(others, 'other note')}`;
  const total = stopping.length === 0 ? 'No breaking changes' : counted(stopping.length, 'breaking change');
  return `${total}${mildness(stopping)}${rest} ${since}`;
}

/** How many changes that stop flows don't make the command fail. */
function mildness(stopping: readonly PlacedChange[]): string {
  const mild = stopping.filter(({ breaking }) => !breaking);
  const meant = mild.filter(({ reason }) => reason !== undefined).length;
  const lesser = mild.length - meant;
  const parts = [
    ...(meant === 0 ? [] : [`${meant} acknowledged`]),
    ...(lesser === 0 ? [] : [`${lesser} ${lesser === 1 ? 'is not an error' : 'are not errors'} in this profile`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** What a line begins with. */
export const labelText = ({ severity, breaking, stops, reason }: PlacedChange): string =>
  breaking || (stops && reason === undefined) ? 'breaking' : severity;

/** The kind, with the service's own name for it where it has one. */
export function kindText({ kind }: PlacedChange): string {
  const official = ruleOfKind(kind).official;
  return official === undefined ? kind : `${kind} (${official})`;
}

/** The message, and why the change is meant where the author says so. */
export const messageText = ({ message, reason }: PlacedChange): string =>
  reason === undefined ? message : `${message} (acknowledged: ${reason})`;

/** What to do about what stops flows, as the catalogue says; nothing where it is meant. */
export const remedyText = ({ kind, breaking, stops, reason }: PlacedChange): string | undefined =>
  breaking || (stops && reason === undefined) ? ruleOfKind(kind).remedy : undefined;
