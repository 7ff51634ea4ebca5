import type { Json } from '../connector/json/value.ts';
import { nameOfStatus } from './status-text.ts';
import type { AnswerStep, Change, PolicyStep, RequestStep, SchemaStep, Step, Trace } from './trace.ts';

/** A run for people: a line per step, the answer, what doesn't fit, what was assumed. */

const longest = 160;
const mostLines = 200;

export function describeTrace({ steps, assumptions, result, error }: Trace): string {
  const blocks = [steps.flatMap(linesOf)];
  if (result !== undefined && result.body !== null) blocks.push(bodyLines(result.body));
  if (assumptions.length > 0)
    blocks.push([
      'Assumed, since the platform is not known there:',
      ...assumptions.map(({ id, text }) => `  ${id}: ${text}`),
    ]);
  if (error !== undefined) blocks.push([`The run ended: ${error}`]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function linesOf(step: Step): string[] {
  switch (step.step) {
    case 'policy':
      return policyLines(step);
    case 'script':
      return [line('script', `${step.milliseconds} ms`), ...step.log.map((text) => `  ${text}`)];
    case 'answer':
      return [answerLine(step)];
    case 'notification':
      // what the flow gets of it comes below
      return ['notification'];
    case 'schema':
      return schemaLines(step);
    default:
      return requestLines(step);
  }
}

const line = (what: string, text: string): string => `${what.padEnd(8)} ${text}`;

function requestLines(step: RequestStep): string[] {
  const first = line(step.step, `${step.method} ${step.url}${step.by === undefined ? '' : ` (by a ${step.by})`}`);
  if (step.step !== 'ready') return step.note === undefined ? [first] : [first, `  ${step.note}`];
  const headers = Object.entries(step.headers).map(([name, value]) => `  ${name}: ${value}`);
  const body = step.body === null ? [] : ['', ...bodyLines(step.body).map((text) => `  ${text}`)];
  return [first, ...headers, ...body];
}

function policyLines({ index, template, title, changed, note }: PolicyStep): string[] {
  const name = line('policy', `${index} ${template}${title === '' ? '' : ` "${title}"`}`);
  const said = note === undefined ? [] : [`  ${note}`];
  if (changed.length === 0 && note === undefined) return [`${name}: changed nothing`];
  return [`${name}:`, ...changed.map(changeLine), ...said];
}

const changeLine = ({ what, from, to }: Change): string =>
  `  ${what}: ${from === null ? '' : `${inShort(from)} `}→ ${inShort(to)}`;

function answerLine({ status, headers, body }: AnswerStep): string {
  const type = headers['content-type'];
  return line(
    'answer',
    [
      `${status} ${nameOfStatus(status)}`.trim(),
      ...(type === undefined ? [] : [type]),
      ...(body === null ? ['no body'] : []),
    ].join(', '),
  );
}

function schemaLines({ findings }: SchemaStep): string[] {
  if (findings.length === 0) return [line('schema', 'the answer is what the definition promises')];
  return [
    line('schema', `the answer is not what the definition promises (${findings.length})`),
    ...findings.map(
      ({ pointer, at, expected, seen }) =>
        `  ${at === '' ? 'the answer' : at}: ${expected} is declared, ${seen} came\n    ${pointer}`,
    ),
  ];
}

function inShort(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** What is longer than a few screens is in `--format json`. */
function bodyLines(body: Json): string[] {
  const lines = (typeof body === 'string' ? body : JSON.stringify(body, null, 2)).split('\n');
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines), `… ${lines.length - mostLines} more lines (all of them: --format json)`];
}
