import { code, inline } from '../docs/markdown.ts';
import type { Status, StepStatus } from './evaluate-steps.ts';
import { effortText, parted, progressText, signOffHint } from './formats/words.ts';

/** The whole way in Markdown, with check boxes; without a line end after it. */
export function statusList(status: Status): string {
  const { own, others } = parted(status);
  const publisher = status.publisher === '' ? '' : ` by ${inline(status.publisher)}`;
  return [
    `**${inline(status.connector)}**${publisher}, profile ${code(status.profile)}: ${progressText(status)}.`,
    ...nextLine(status),
    ...[...own].flatMap(([phase, steps]) => [`### ${phase}`, steps.map(item).join('\n')]),
    ...othersPart(status, [...others.values()].flat()),
  ].join('\n\n');
}

function nextLine({ steps, next }: Status): string[] {
  const step = steps.find(({ id }) => id === next);
  if (step === undefined) return ['Nothing is left to do.'];
  const lead = step.state === 'waiting' ? 'Waiting for Microsoft' : 'Next';
  return [`${lead}: **${step.title}**${commandText(step)}`];
}

const commandText = ({ command }: StepStatus): string => (command === undefined ? '.' : `: ${code(`npx ${command}`)}`);

function item(step: StepStatus): string {
  const { title, state, about } = step;
  if (state === 'not-needed') return `* ${title}: not needed, ${inline(step.why ?? '')}.`;
  const isDone = state === 'done' || state === 'by-hand';
  return `* [${isDone ? 'x' : ' '}] **${title}** (${effortText(step)}): ${inline(about)}${standing(step)}`;
}

/** What is known about it, after the explanation. */
function standing(step: StepStatus): string {
  const { state, since, why, note, command } = step;
  const signedOff = signOffHint(step);
  const isOpen = state === 'to-do' || state === 'stale' || state === 'waiting';
  const parts = [
    ...(state === 'by-hand' ? [`Done ${since}.`] : []),
    ...(state === 'waiting' && since !== undefined ? [`Waiting since ${since}.`] : []),
    ...(why === undefined ? [] : [`Now: ${inline(why)}.`]),
    ...(note === undefined ? [] : [`"${inline(note)}"`]),
    ...(isOpen && command !== undefined
      ? [
          [command, signedOff]
            .filter((word) => word !== undefined)
            .map((word) => code(`npx ${word}`))
            .join(', then '),
        ]
      : []),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}

function othersPart({ profile }: Status, others: readonly StepStatus[]): string[] {
  if (profile === 'custom')
    return ['### What certification would add', others.map(({ title }) => `* ${title}`).join('\n')];
  return ['### Not for this profile', others.map(({ title, why }) => `* ${title}: ${inline(why ?? '')}.`).join('\n')];
}
