import { followedRecord } from '../connector/derived-texts.ts';
import { derivedTextsFile } from '../connector/derived-texts-file.ts';
import { ConnectorDraft } from '../connector/draft.ts';
import { clone, type JsonObject } from '../connector/json/value.ts';
import { loadConnector } from '../connector/load.ts';
import { counted } from '../counted.ts';
import { compareConnectors } from '../diff/compare-definitions.ts';
import { isAsDeclared, learn } from '../runtime/learn/learn.ts';
import type { Lesson, Observation, Unlearned } from '../runtime/learn/observation.ts';
import { findOperation } from '../runtime/operation.ts';
import type { Secrets } from '../runtime/secrets.ts';
import { onOneLine } from '../shown.ts';
import type { CommandSpec, Context } from './command.ts';
import { commitFiles } from './commit-files.ts';
import { describeBreaks } from './describe-breaks.ts';
import { takeRepository } from './repository-turn.ts';

/** `invoke --mend`: what was observed becomes part of the definition. */

export interface Learning {
  command: CommandSpec;
  /** The folder of the connector. */
  folder: string;
  operationId: string;
  observed: readonly Observation[];
  secrets: Secrets;
  /** Nothing is written. */
  isDry: boolean;
}

/** A change, with the kinds of `diff` that stop flows. */
interface MarkedLesson extends Lesson {
  breaking: string[];
}

/** As `--format json` has it, without what isn't for it. */
export interface LearnReport {
  changes: MarkedLesson[];
  left: Unlearned[];
  written: boolean;
}

export interface LearnResult {
  report: LearnReport;
  /** The report for people. */
  text: string;
  /** Whether all that was observed fits the changed definition. */
  isFitting: boolean;
}

/**
 * Reads the connector again: a run may have taken long, and its author may have gone on. What they wrote meanwhile stays.
 *
 * @throws UserError when the connector can't be read or written
 */
export async function learnDefinition(learning: Learning, context: Context): Promise<LearnResult> {
  const { command, folder, operationId, observed, secrets, isDry } = learning;
  const turn = isDry ? undefined : await takeRepository(command, { cwd: folder, err: context.err });
  try {
    const draft = new ConnectorDraft(loadConnector(folder));
    const former = { definition: clone(draft.definition), properties: clone(draft.properties) };
    const operation = findOperation(draft.definition, operationId);
    const isSecret = (text: string): boolean => secrets.text(text) !== text;
    const { lessons, left } = learn(operation, observed, isSecret);
    const changes = marked(lessons, former.definition, draft.definition).map((one) => masked(one, secrets));
    const shown = left.map((one) => masked(one, secrets));
    const isChanged = lessons.length > 0;
    if (isChanged) await commit(draft, former.definition, context, isDry);
    if (isChanged && !isDry) context.err(describeBreaks(draft, former));
    const isFitting = observed.every((one) => isAsDeclared(operation, one));
    const report = { changes, left: shown, written: isChanged && !isDry };
    const text = observed.length === 0 ? '\nNo answer came: there is nothing to learn.\n' : describeLearned(report);
    return { report, text, isFitting };
  } finally {
    turn?.end();
  }
}

/** Names may be secret. */
const masked = <T extends Unlearned>(one: T, secrets: Secrets): T => ({
  ...one,
  pointer: secrets.text(one.pointer),
  at: secrets.text(one.at),
  message: secrets.text(one.message),
});

/** A change breaks what `diff` finds at its place, below it, or at what it is part of. */
function marked(lessons: readonly Lesson[], before: JsonObject, after: JsonObject): MarkedLesson[] {
  const breaks = compareConnectors({ definition: before }, { definition: after }).filter(({ stops }) => stops);
  return lessons.map((lesson) => {
    const kinds = breaks
      .filter(
        ({ pointer }) =>
          isWithin(pointer, lesson.pointer) || (lesson.kind === 'enum' && isWithin(lesson.pointer, pointer)),
      )
      .map(({ kind }) => kind);
    return { ...lesson, breaking: [...new Set(kinds)] };
  });
}

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

async function commit(draft: ConnectorDraft, before: JsonObject, context: Context, isDry: boolean): Promise<void> {
  const { location, derivedTexts: record } = draft.source;
  const remembered =
    location.layout === 'repository'
      ? derivedTextsFile(
          location.root,
          followedRecord({ definition: before, record }, draft.definition, () => false),
        )
      : undefined;
  const planned = [...draft.plannedFiles(), ...(remembered === undefined ? [] : [remembered])];
  // what was learned is the result, on stdout
  await commitFiles(planned, { root: location.root, isDry, show: context.err }, context);
}

/** What was learned, for people. */
function describeLearned({ changes, left, written }: LearnReport): string {
  const lines = changes.flatMap(({ pointer, at, message, breaking }) => [
    `  ${onOneLine(at) || 'the answer'}: ${onOneLine(message)}${breaking.length === 0 ? '' : ` (breaks flows: ${breaking.join(', ')})`}`,
    `    ${onOneLine(pointer)}`,
  ]);
  const others = left.flatMap(({ pointer, at, message }) => [
    `  ${onOneLine(at) || 'the answer'}: ${onOneLine(message)}`,
    `    ${onOneLine(pointer)}`,
  ]);
  const verb = written ? 'Changed' : 'Would change';
  const head =
    changes.length === 0
      ? 'The definition says what was observed: nothing to change.'
      : `${verb} in the definition, ${counted(changes.length, 'place')}:`;
  const rest = others.length === 0 ? [] : ['', 'Left as it is:', ...others];
  return `\n${[head, ...lines, ...rest].join('\n')}\n`;
}
