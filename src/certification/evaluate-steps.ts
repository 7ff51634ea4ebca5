import type { Profile } from '../connector/profile.ts';
import { counted } from '../counted.ts';
import type { Answer } from './answers.ts';
import { daysBetween } from './dates.ts';
import type { Evidence } from './evidence.ts';
import { changedSince } from './fingerprint.ts';
import type { SignOff, SignOffs } from './sign-offs.ts';
import { type ByProfile, type How, phases, type Step, stepsInOrder, textFor, type Verdict, type Who } from './step.ts';
import { steps } from './steps.ts';

/**
 * done: the repository shows it · by-hand: ticked by the author · stale: ticked, but the connector has changed since ·
 * waiting: it is Microsoft's turn.
 */
const states = ['done', 'by-hand', 'to-do', 'stale', 'waiting', 'not-needed'] as const;
export type State = (typeof states)[number];

/** A step as it stands for a connector. */
export interface StepStatus {
  id: string;
  title: string;
  phase: string;
  state: State;
  who: Who;
  duration: string;
  /** What to type next. */
  command?: string | undefined;
  /** ISO date: when it was done, or since when Microsoft has it. */
  since?: string | undefined;
  /** The author's own words. */
  note?: string | undefined;
  why?: string | undefined;
  /** What is done in this step, and what counts. */
  about: string;
  profiles: readonly Profile[];
  /** Rules that no program can check. */
  rules: readonly string[];
  /** What Microsoft may answer. */
  answers: readonly Answer[];
}

export interface Status {
  profile: Profile;
  /** Title of the connector. */
  connector: string;
  publisher: string;
  /** The first step that isn't done. */
  next: string | undefined;
  /** What can be done while Microsoft has the next step. */
  meanwhile: string | undefined;
  steps: StepStatus[];
  counts: Record<State, number>;
}

/**
 * All steps to certification, and which of them a connector has done.
 *
 * @param today ISO date, to tell dates that lie in the future; undefined: no date is doubted
 */
export function evaluateSteps(evidence: Evidence, signOffs: SignOffs, today?: string): Status {
  const evaluated = new Map<string, StepStatus>();
  for (const step of stepsInOrder(steps, evidence.profile))
    evaluated.set(step.id, statusOf(step, { evidence, signOffs, evaluated, today }));
  const all = [...evaluated.values()];
  const next = all.find(({ state }) => !isDone(state));
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>;
  for (const { state } of all) counts[state] += 1;
  return {
    profile: evidence.profile,
    connector: evidence.title,
    publisher: evidence.publisher,
    next: next?.id,
    meanwhile: next?.state === 'waiting' ? meanwhile(all, evaluated, evidence.profile)?.id : undefined,
    steps: all,
    counts,
  };
}

/** Nothing is left to do. */
const isDone = (state: State): boolean => state === 'done' || state === 'by-hand' || state === 'not-needed';

const isOpen = ({ state }: StepStatus): boolean => state === 'to-do' || state === 'stale';

function meanwhile(
  all: readonly StepStatus[],
  evaluated: ReadonlyMap<string, StepStatus>,
  profile: Profile,
): StepStatus | undefined {
  return all.find((status) => {
    const step = stepById.get(status.id);
    return step !== undefined && isOpen(status) && step.how.kind !== 'waiting' && comesNow(step, evaluated, profile);
  });
}

/** The steps before it are done. */
function comesNow(step: Step, evaluated: ReadonlyMap<string, StepStatus>, profile: Profile): boolean {
  const before = evaluated.get(textFor(step.after, profile) ?? '');
  return before === undefined || isDone(before.state);
}

export const stepById: ReadonlyMap<string, Step> = new Map(steps.map((step) => [step.id, step]));

type Standing = Pick<StepStatus, 'state' | 'command' | 'since' | 'note' | 'why'>;

/** What a step is evaluated by. */
interface Scene {
  evidence: Evidence;
  signOffs: SignOffs;
  /** The steps before it. */
  evaluated: ReadonlyMap<string, StepStatus>;
  today: string | undefined;
}

function statusOf(step: Step, scene: Scene): StepStatus {
  const { id, title, who, duration, profiles } = step;
  const { profile } = scene.evidence;
  const { redirectAddresses } = scene.evidence;
  const email = scene.evidence.email || 'still missing';
  const addresses = redirectAddresses.length === 0 ? '' : ` They are: ${redirectAddresses.join(', ')}`;
  return {
    id,
    title,
    phase: phases[step.phase],
    ...standingOf(step, scene),
    who,
    duration: textFor(duration, profile) ?? anyOf(duration),
    about: (textFor(step.about, profile) ?? anyOf(step.about))
      .replaceAll('{email}', email)
      .replaceAll('{addresses}', addresses),
    profiles,
    rules: step.rules ?? [],
    answers: step.answers?.[profile] ?? [],
  };
}

/** Of a step of other profiles, the first of them. */
const anyOf = (text: string | ByProfile): string => (typeof text === 'string' ? text : (Object.values(text)[0] ?? ''));

function standingOf(step: Step, scene: Scene): Standing {
  const { evidence, evaluated } = scene;
  const unneeded = whyUnneeded(step, evidence);
  if (unneeded !== undefined) return { state: 'not-needed', why: unneeded };
  const { how } = step;
  const before = evaluated.get(textFor(step.after, evidence.profile) ?? '');
  if (how.kind === 'check') return checked(step, how.check(evidence), scene);
  if (how.kind === 'upkeep') return upkeep(how.command, before);
  return signable(step, how, before, scene);
}

function checked(step: Step, verdict: Verdict, scene: Scene): Standing {
  if (verdict.done) return { state: 'done', since: verdict.since, why: verdict.why };
  const target = stepById.get(textFor(step.madeFor, scene.evidence.profile) ?? '');
  const signedOff = target && validSignOff(target, scene);
  if (signedOff !== undefined) return { state: 'done', since: signedOff.done, why: `it went into "${target?.title}"` };
  return { state: 'to-do', why: verdict.why, command: verdict.command };
}

/** The sign-off of a step, unless the connector has changed since. */
function validSignOff(step: Step, { signOffs, evidence }: Scene): SignOff | undefined {
  const signedOff = signOffs.get(step.id);
  const { how } = step;
  if (signedOff === undefined || !('fingerprint' in how)) return undefined;
  return changedSince(signedOff.fingerprint, evidence.fingerprint, how.fingerprint) === undefined
    ? signedOff
    : undefined;
}

function signable(
  step: Step,
  how: Extract<How, { fingerprint: unknown }>,
  before: StepStatus | undefined,
  scene: Scene,
): Standing {
  const { evidence, signOffs, today } = scene;
  const valid = validSignOff(step, scene);
  if (valid !== undefined) {
    return { state: 'by-hand', since: valid.done, note: valid.note, why: doubt(valid.done, today) };
  }
  const isTurn = before === undefined || isDone(before.state);
  const command = (how.kind === 'hand' ? how.command?.(evidence) : undefined) ?? tickCommand(step.id);
  if (how.kind === 'waiting' && isTurn) {
    const since = before?.since;
    return { state: 'waiting', since, why: since === undefined ? undefined : waited(since, today), command };
  }
  const signedOff = signOffs.get(step.id);
  if (signedOff !== undefined) {
    const changed = changedSince(signedOff.fingerprint, evidence.fingerprint, how.fingerprint);
    return {
      state: 'stale',
      since: signedOff.done,
      note: signedOff.note,
      why: `ticked ${signedOff.done}, ${changed}`,
      command,
    };
  }
  const shown = how.kind === 'hand' ? how.shown?.(evidence) : undefined;
  return { state: 'to-do', why: isTurn ? shown : `comes after "${before?.title}"`, command };
}

function upkeep(command: string, before: StepStatus | undefined): Standing {
  if (before?.state === 'stale') return { state: 'to-do', why: `"${before.title}": ${before.why}`, command };
  const isOut = before !== undefined && isDone(before.state);
  return {
    state: 'not-needed',
    why: isOut ? 'nothing has changed since the publication' : 'comes with the first change after the publication',
  };
}

/** Why a connector doesn't need a step; undefined: it does. */
export const whyUnneeded = (step: Step, evidence: Evidence): string | undefined =>
  step.profiles.includes(evidence.profile)
    ? step.unneeded?.(evidence)
    : (textFor(step.otherwise, evidence.profile) ?? `not for the profile ${evidence.profile}`);

const tickCommand = (id: string): string => `pp-connector status --done ${id}`;

/** A date is shown as it was written, but a clock may have been wrong. */
const doubt = (date: string, today: string | undefined): string | undefined =>
  today !== undefined && daysBetween(today, date) > 0 ? `that day lies in the future: today is ${today}` : undefined;

function waited(since: string, today: string | undefined): string | undefined {
  if (today === undefined) return undefined;
  const days = daysBetween(since, today);
  if (days < 0) return doubt(since, today);
  return days === 0 ? 'since today' : `for ${counted(days, 'day')} now`;
}
