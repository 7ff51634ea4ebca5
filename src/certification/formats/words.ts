import type { Status, StepStatus } from '../evaluate-steps.ts';
import { steps } from '../steps.ts';

/** Phrases that several formats for people share. */

/** The steps of this way, and those of other profiles, each by phase. */
export function parted({ steps: all, profile }: Status): Record<'own' | 'others', Map<string, StepStatus[]>> {
  return {
    own: byPhase(all.filter(({ profiles }) => profiles.includes(profile))),
    others: byPhase(all.filter(({ profiles }) => !profiles.includes(profile))),
  };
}

function byPhase(list: readonly StepStatus[]): Map<string, StepStatus[]> {
  const phases = new Map<string, StepStatus[]>();
  for (const step of list) phases.set(step.phase, [...(phases.get(step.phase) ?? []), step]);
  return phases;
}

/** `7 of 24 steps done`; what isn't needed doesn't count. */
export function progressText({ counts }: Status): string {
  const done = counts.done + counts['by-hand'];
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0) - counts['not-needed'];
  return `${done} of ${total} steps done`;
}

/** `publisher, minutes`. */
export const effortText = ({ who, duration }: StepStatus): string =>
  `${who === 'both' ? 'publisher and Microsoft' : who}, ${duration}`;

/** The command that signs a step off, where `command` is another one. */
export function signOffHint({ id, command }: StepStatus): string | undefined {
  const kind = steps.find((step) => step.id === id)?.how.kind;
  const signedOff = `pp-connector status --done ${id}`;
  return (kind === 'hand' || kind === 'waiting') && command !== signedOff ? signedOff : undefined;
}
