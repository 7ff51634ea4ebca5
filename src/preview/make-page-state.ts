import { linesAndColumns, locate } from '../connector/json/locate.ts';
import { fromPointer } from '../connector/json/pointer.ts';
import type { Connector } from '../connector/load.ts';
import { shownPath } from '../files/names.ts';
import { agentProblems } from '../runtime/form/agent.ts';
import type { FormField, FormOutput } from '../runtime/form/form-model.ts';
import { version } from '../version.ts';
import type { Breakage } from './against-state.ts';
import type { FilePlaces, PageState, Trouble } from './page-state.ts';
import type { Preview } from './read-preview.ts';
import { sampleChoices, sampleFields, sampleOutputs, type TestAnswers } from './samples.ts';

/** The answers that the tests of a connector have; what can't be read is left out. */
export type AnswersOf = (connector: Connector) => Promise<TestAnswers>;

export interface PageOptions {
  cwd: string;
  stamp: number;
  trouble: Trouble | null;
  against: Breakage | null;
  /** For a file that is shared: nothing of this machine is in it. */
  isStatic: boolean;
  answersOf: AnswersOf;
}

/** Pictures that are shown; larger ones would make the page slow, and are found by a rule. */
const mostIconBytes = 1_000_000;
const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export async function makePageState(preview: Preview, options: PageOptions): Promise<PageState> {
  const { connector, model } = preview;
  const { ruleById } = await import('../rules/explain-catalogue.ts');
  const rules = [...new Set(model.findings.map(({ rule }) => rule))].flatMap((id) => {
    const rule = ruleById.get(id);
    if (rule === undefined) return [];
    const { title, why, remedy, source } = rule;
    return [[id, { title, why, remedy, source }] as const];
  });
  return {
    stamp: options.stamp,
    model: shortened(model),
    places: {
      definition: places(connector.definition, definitionPointers(preview), options),
      properties: places(connector.properties, propertiesPointers(preview), options),
    },
    icon: iconAddress(connector.icon?.bytes),
    rules: Object.fromEntries(rules),
    agentProblems,
    ...(await samplesOf(preview, options.answersOf)),
    trouble: options.trouble,
    against: shortened(options.against),
    isStatic: options.isStatic,
    version,
  };
}

/** Longer ones are nothing to read, and make a browser slow. */
const mostLetters = 4000;
/** What things are known by stays whole. */
const names: ReadonlySet<string> = new Set([
  'id',
  'key',
  'name',
  'operation',
  'operationId',
  'path',
  'pointer',
  'rule',
]);

/** A copy without long texts; what has none is taken as it is, since a large model is mostly that. */
function shortened<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const part = value as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(part)) {
    const inner = part[key];
    const short = typeof inner === 'string' && !names.has(key) ? shortText(inner) : shortened(inner);
    if (short === inner) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...part }) as Record<string, unknown>;
    copy[key] = short;
  }
  return (copy ?? value) as T;
}

const shortText = (text: string): string =>
  text.length > mostLetters ? `${text.slice(0, mostLetters)}… (${text.length} characters)` : text;

function definitionPointers({ model }: Preview): string[] {
  const ofFields = (fields: readonly FormField[]): string[] => fields.map(({ pointer }) => pointer);
  return [
    '/info',
    ...model.operations.flatMap(({ pointer, fields, outputs }) => [
      pointer,
      ...ofFields(fields),
      ...outputs.map((output) => output.pointer),
    ]),
  ];
}

const propertiesPointers = ({ model }: Preview): string[] => [
  '/properties/iconBrandColor',
  ...model.connection.sets.flatMap(({ fields }) => fields.map(({ pointer }) => pointer)),
];

/** One pass over the text. */
function places(
  file: { path: string; text: string } | undefined,
  pointers: readonly string[],
  { cwd, isStatic }: PageOptions,
): FilePlaces {
  if (file === undefined) return { file: '', absolute: '', at: {} };
  const wanted = [...new Set(pointers)];
  const points = linesAndColumns(file.text, locate(file.text, wanted.map(fromPointer)));
  return {
    file: shownPath(file.path, cwd),
    absolute: isStatic ? '' : file.path,
    at: Object.fromEntries(
      wanted.map((pointer, index) => [pointer, [points[index]?.line ?? 1, points[index]?.column ?? 1]]),
    ),
  };
}

function iconAddress(bytes: Buffer | undefined): string {
  const isPng = bytes !== undefined && bytes.length <= mostIconBytes && bytes.subarray(0, 8).equals(pngMagic);
  return isPng ? `data:image/png;base64,${bytes.toString('base64')}` : '';
}

type Samples = Pick<PageState, 'samples' | 'sampleFields' | 'sampleOutputs'>;

async function samplesOf(preview: Preview, answersOf: AnswersOf): Promise<Samples> {
  const { operations } = preview.model;
  const isDynamic = ({ dynamic }: FormField | FormOutput): boolean => dynamic !== null;
  const all: Samples = { samples: {}, sampleFields: {}, sampleOutputs: {} };
  if (!operations.some(({ fields, outputs }) => [...fields, ...outputs].some(isDynamic))) return all;
  const answers = await answersOf(preview.connector);
  for (const operation of operations) {
    const { pointer, id, fields, outputs } = operation;
    for (const field of fields) {
      if (field.editor === 'combobox') {
        const choices = await sampleChoices(preview, id, field.key, answers);
        if (choices.length > 0) keep(all.samples, pointer, field, choices);
      }
      if (field.editor === 'dynamic')
        keep(all.sampleFields, pointer, field, await sampleFields(preview, operation, field, answers));
    }
    for (const output of outputs.filter(isDynamic))
      keep(all.sampleOutputs, pointer, output, await sampleOutputs(preview, operation, output, answers));
  }
  return all;
}

function keep<T>(
  all: Record<string, Record<string, T>>,
  pointer: string,
  { key }: { key: string },
  value: T | undefined,
): void {
  if (value !== undefined) all[pointer] = { ...all[pointer], [key]: value };
}
