import { onOneLine } from '../../shown.ts';
import type { State, Status, StepStatus } from '../evaluate-steps.ts';
import type { StatusFormat } from './formats.ts';
import { effortText, parted, progressText, signOffHint } from './words.ts';

const codes = { bold: 1, dim: 2, underline: 4, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
type Style = keyof typeof codes;
type Paint = (style: Style, words: string) => string;

const styleOf = {
  done: 'green',
  'by-hand': 'green',
  'to-do': 'yellow',
  stale: 'red',
  waiting: 'cyan',
  'not-needed': 'dim',
} as const satisfies Record<State, Style>;

const labels = {
  done: 'done',
  'by-hand': 'by hand',
  'to-do': 'to do',
  stale: 'stale',
  waiting: 'waiting',
  'not-needed': 'not needed',
} as const satisfies Record<State, string>;

const labelWidth = Math.max(...Object.values(labels).map((label) => label.length));

/** For people at a terminal: the next step first, then the whole way by phases. */
export const statusText: StatusFormat = (status, { color }) => {
  const paint: Paint = (style, words) => (color ? `\u001b[${codes[style]}m${words}\u001b[0m` : words);
  const { own, others } = parted(status);
  const idWidth = Math.max(...[...own.values()].flat().map(({ id }) => id.length));
  const blocks = [...own].map(
    ([phase, steps]) =>
      `${paint('underline', phase)}\n${steps.map((step) => stepLines(step, idWidth, status.next, paint)).join('')}`,
  );
  const title = `${onOneLine(status.connector)} (profile ${status.profile}): ${progressText(status)}\n`;
  return [title, nextText(status, paint), ...blocks, othersText(status, others)]
    .filter((part) => part !== '')
    .join('\n');
};

function nextText({ steps, next, meanwhile }: Status, paint: Paint): string {
  const step = steps.find(({ id }) => id === next);
  if (step === undefined) return `${paint('green', 'Nothing is left to do.')}\n`;
  const other = steps.find(({ id }) => id === meanwhile);
  const lead = step.state === 'waiting' ? 'Waiting for Microsoft: ' : 'Next: ';
  return `${paint('bold', `${lead}${step.title}`)} (${effortText(step)})\n${details(step)}${
    other === undefined ? '' : `${paint('bold', `Meanwhile: ${other.title}`)} (${effortText(other)})\n${details(other)}`
  }`;
}

/** All that helps with a step. */
function details(step: StepStatus): string {
  const signedOff = signOffHint(step);
  const isTick = step.command === `pp-connector status --done ${step.id}`;
  return [
    ...(step.why === undefined ? [] : [onOneLine(step.why)]),
    step.about,
    ...(step.command === undefined ? [] : [isTick ? `when it is done:  ${step.command}` : `run:  ${step.command}`]),
    ...(signedOff === undefined ? [] : [`when it is done:  ${signedOff}`]),
    ...step.answers.map(({ says, means, remedy }) => `answer "${says}": ${means} ${remedy}`),
    ...step.rules.map((rule) => `what counts:  pp-connector rules ${rule}`),
  ]
    .map((line) => `  ${line}\n`)
    .join('');
}

function stepLines(step: StepStatus, idWidth: number, next: string | undefined, paint: Paint): string {
  const { id, title, state, since, note, why } = step;
  const label = paint(styleOf[state], labels[state].padEnd(labelWidth));
  const mark = id === next ? '>' : ' ';
  const more = [
    ...(state === 'to-do' || state === 'stale' || state === 'waiting' ? [effortText(step)] : []),
    // a stale step says it in its reason
    ...(since === undefined || state === 'stale' ? [] : [`${state === 'waiting' ? 'since ' : ''}${since}`]),
    ...(why === undefined ? [] : [onOneLine(why)]),
    ...(note === undefined ? [] : [`"${onOneLine(note)}"`]),
  ];
  const line = `${mark} ${label}  ${id.padEnd(idWidth)}  ${title}\n`;
  return more.length === 0 ? line : `${line}${' '.repeat(labelWidth + idWidth + 6)}${paint('dim', more.join('; '))}\n`;
}

function othersText({ profile }: Status, others: ReadonlyMap<string, StepStatus[]>): string {
  if (profile === 'custom') {
    const lines = [...others].map(([phase, steps]) => `  ${phase}: ${steps.map(({ title }) => title).join(', ')}\n`);
    return `What certification would add\n${lines.join('')}\n${toCertify}`;
  }
  const steps = [...others.values()].flat();
  const width = Math.max(...steps.map(({ id }) => id.length));
  return `Not for this profile\n${steps.map(({ id, why }) => `  ${id.padEnd(width)}  ${onOneLine(why ?? '')}\n`).join('')}`;
}

const toCertify =
  'To go there, set "profile" in config.json to "verified" (the service is yours) or "independent" (it is somebody else\'s).\n';
