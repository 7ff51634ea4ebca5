import { basename, join } from 'node:path';
import type { Answer, Answers } from '../../answers.ts';
import { requireWritable } from '../../files/writable.ts';
import { acceptWithFile, answersUnasked, checkAnswers } from '../questions/accept.ts';
import { appQuestions, connectorQuestions, startQuestions } from '../questions/app.ts';
import { readAnswersOf } from '../questions/homes.ts';
import { flagOf, type Questions } from '../questions/question.ts';
import { fromExisting, type StartingPoint } from '../starting-point.ts';
import { aboutDescription, chooseStart, requireDescription } from './choose-start.ts';
import type { ScaffoldRequest } from './plan-scaffold.ts';
import { answersOfNeighbours, isRepository, repositoryAt, rootFor } from './repository-at.ts';
import { type Known, whatIsKnown } from './what-is-known.ts';

/** Somebody who is asked what no flag says. */
export interface Person {
  /** What the connector begins with; one whose answer can't be used is asked again. */
  begin(known: Answers): Promise<{ first: Answers; start: StartingPoint }>;
  /** What is left to be known about it. */
  complete(known: Known, start: StartingPoint): Promise<Answers>;
}

/** What is made, and for whom. */
export interface Gathered extends ScaffoldRequest {
  /** There is no repository yet. */
  isNew: boolean;
}

/**
 * The folder that a repository is made in. What can't be made is refused before anything is read, or anybody asked.
 *
 * @param folder as it was typed
 * @returns absolute
 */
export function scaffoldRoot(folder: string, cwd: string): string {
  const root = rootFor(folder, cwd);
  requireWritable([join(root, 'config.json')]);
  return root;
}

/**
 * Answers of flags and files for `new`, the folder among them.
 *
 * @param flags by question name
 * @throws UserError for one that can't be used, whatever the others are
 */
export async function givenAnswers(flags: Readonly<Record<string, unknown>>, cwd: string) {
  const { folder, ...given } = await acceptWithFile({ ...appQuestions, ...folderQuestion }, flags, cwd);
  checkAnswers(appQuestions, aboutDescription(given), given, flagOf);
  return { folder: folder === undefined ? undefined : String(folder), given };
}

/** The positional argument, as a question that is never asked. It may also be named in a file of answers. */
const folderQuestion = {
  folder: { type: 'input', message: '', help: '', flagOnly: true },
} as const satisfies Questions;

/**
 * All that has to be known to make a repository, or to bring one up to date, in the order in which it becomes known.
 *
 * @param given answers of flags and files
 * @param person default: what is not given is read from the files, or has a default
 * @throws UserError for answers that can't be used
 */
export async function gatherAnswers(
  given: Readonly<Record<string, Answer>>,
  { root, cwd, person }: { root: string; cwd: string; person?: Person | undefined },
): Promise<Gathered> {
  const existing = isRepository(root);
  const before = existing ? readAnswersOf(startQuestions, repositoryAt(root, fromExisting(root))) : {};
  const facts = { folder: basename(root), existing, ...before };
  const { first, start } = await (person?.begin(facts) ?? beginUnasked(given, facts, { root, cwd }));
  requireDescription(start, given);
  const common = existing ? {} : answersOfNeighbours(root);
  const isAsking = person !== undefined;
  const known = whatIsKnown(start, repositoryAt(root, start), { given, first, common, isAsking });
  const answers =
    (await person?.complete(known, start)) ??
    answersUnasked(connectorQuestions, known.given, known.facts, known.questions);
  return { root, cwd, start, answers, unasked: known.unasked, isNew: !existing };
}

async function beginUnasked(
  given: Readonly<Record<string, Answer>>,
  facts: Answers & { existing: boolean },
  { root, cwd }: { root: string; cwd: string },
): Promise<{ first: Answers; start: StartingPoint }> {
  const first = answersUnasked(startQuestions, given, facts);
  return { first, start: await chooseStart(first, { root, cwd, existing: facts.existing, given }) };
}
