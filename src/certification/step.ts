import type { Profile } from '../connector/profile.ts';
import type { Answer } from './answers.ts';
import type { Evidence } from './evidence.ts';
import type { FingerprintPart } from './fingerprint.ts';

export type Who = 'publisher' | 'Microsoft' | 'both';

/** The parts of the way, in its order. */
export const phases = {
  prepare: 'Prepare',
  try: 'Deploy and test',
  submit: 'Submit',
  review: 'Review and roll-out',
  live: 'After publication',
} as const;
export type Phase = keyof typeof phases;

/** Of a text that differs from profile to profile, each one's. */
export type ByProfile = Readonly<Partial<Record<Profile, string>>>;

/** What a check of the repository says; `why` tells more. */
export type Verdict =
  | { done: true; why?: string | undefined; since?: string | undefined }
  | { done: false; why: string; command: string };

/** How anybody knows that a step is done. */
export type How =
  /** The repository shows it. */
  | { kind: 'check'; check: (evidence: Evidence) => Verdict }
  /** The author signs it off; the sign-off holds as long as `fingerprint` stays the same. */
  | {
      kind: 'hand';
      fingerprint: readonly FingerprintPart[];
      command?: (evidence: Evidence) => string;
      /** What the repository shows of it, in words; it never ticks for the author. */
      shown?: (evidence: Evidence) => string | undefined;
    }
  /** Microsoft does it once the step `after` is done; the author notes the answer. */
  | { kind: 'waiting'; fingerprint: readonly FingerprintPart[] }
  /** It comes back with every change after the step `after`, and is never done once and for all. */
  | { kind: 'upkeep'; command: string };

/** One step of the way to a certified connector. */
export interface Step {
  /** What is typed after `--done`. */
  id: string;
  title: string;
  phase: Phase;
  profiles: readonly Profile[];
  /** Why the other profiles don't need it. */
  otherwise?: ByProfile;
  who: Who;
  /** How long it usually takes. */
  duration: string | ByProfile;
  /** What is done, and what counts. */
  about: string | ByProfile;
  how: How;
  /** The step that comes before it in any case. */
  after?: string | ByProfile;
  /** Where it comes earlier than in the table: the step that it comes before. */
  inFrontOf?: ByProfile;
  /** The step that it was made for. Once that one is ticked, nobody asks for what lies on a single machine only. */
  madeFor?: string | ByProfile;
  /** What Microsoft may answer in this step. */
  answers?: Readonly<Partial<Record<Profile, readonly Answer[]>>>;
  /** Why this connector doesn't need it; undefined: it does. */
  unneeded?: (evidence: Evidence) => string | undefined;
  /** Rules that no program can check, asked for here. */
  rules?: readonly string[];
}

/** The steps in the order of a profile. */
export function stepsInOrder(steps: readonly Step[], profile: Profile): Step[] {
  const moved = steps.filter(({ inFrontOf }) => inFrontOf?.[profile] !== undefined);
  const others = steps.filter((step) => !moved.includes(step));
  return others.flatMap((step) => [...moved.filter(({ inFrontOf }) => inFrontOf?.[profile] === step.id), step]);
}

export const textFor = (text: string | ByProfile | undefined, profile: Profile): string | undefined =>
  typeof text === 'string' ? text : text?.[profile];
