import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { findSecrets } from '../rules/support/secret-patterns.ts';
import type { Evidence } from './evidence.ts';
import { pick } from './ground.ts';
import { stepById, whyUnneeded } from './judge.ts';
import type { Step } from './step.ts';
import { steps } from './steps.ts';
import type { Tick, Ticks } from './ticks.ts';

/** What the author says about steps. */
export interface Marks {
  done: readonly string[];
  undo: readonly string[];
  /** ISO date of what is done. */
  on: string;
  note: string | undefined;
}

/**
 * The ticks with the author's marks.
 *
 * @throws UserError for a step that doesn't exist, that the repository shows by itself, or that this connector doesn't need
 */
export function mark(ticks: Ticks, marks: Marks, evidence: Evidence): Map<string, Tick> {
  const marked = new Map(ticks);
  const both = marks.done.find((id) => marks.undo.includes(id));
  if (both !== undefined) {
    throw new UserError(`--done ${both} and --undo ${both} can't be given together`, { hint: 'give one of the two' });
  }
  const note = cleanNote(marks.note ?? '') || undefined;
  for (const id of marks.done) {
    const step = requireStep(id, '--done');
    const { how } = step;
    if (how.kind === 'check' || how.kind === 'upkeep') throw notByHand(step, evidence);
    const unneeded = whyUnneeded(step, evidence);
    if (unneeded !== undefined) {
      throw new UserError(`--done ${id}: "${step.title}" is not needed: ${unneeded}`, {
        hint: 'see: pp-connector status',
      });
    }
    marked.set(id, { done: marks.on, note, ground: pick(evidence.ground, how.ground) });
  }
  for (const id of marks.undo) {
    // a tick of a step that this version doesn't know can be taken back, too
    if (!marked.has(id)) requireStep(id, '--undo');
    marked.delete(id);
  }
  return marked;
}

function requireStep(id: string, flag: string): Step {
  const step = stepById.get(id);
  if (step !== undefined) return step;
  const byHand = steps.filter(({ how }) => how.kind === 'hand' || how.kind === 'waiting').map((known) => known.id);
  const near = nearest(id, byHand);
  throw new UserError(`${flag}: there is no step "${id}"; steps that are ticked by hand: ${byHand.join(', ')}`, {
    hint:
      near === undefined
        ? 'list all steps with: pp-connector status'
        : `did you mean: pp-connector status ${flag} ${near}`,
  });
}

function notByHand({ id, title, how }: Step, evidence: Evidence): UserError {
  if (how.kind === 'upkeep') {
    return new UserError(`--done ${id}: "${title}" comes back with every change, it is never done for good`, {
      hint: `see what has changed with: ${how.command}`,
    });
  }
  const verdict = how.kind === 'check' ? how.check(evidence) : undefined;
  const standing = verdict?.done === false ? verdict.why : 'it is done';
  return new UserError(`--done ${id}: "${title}" is not ticked by hand, the files themselves show it: ${standing}`, {
    hint: `the next command is: ${verdict?.done === false ? verdict.command : 'pp-connector status'}`,
  });
}

/** One line; a file that is committed holds no secrets. */
function cleanNote(note: string): string {
  const [secret] = findSecrets(note);
  if (secret !== undefined) {
    throw new UserError(`--note: the text holds ${secret.kind}, and notes are committed`, {
      hint: 'say where the secret is kept instead',
    });
  }
  return note.trim().replaceAll(/\s+/g, ' ');
}
