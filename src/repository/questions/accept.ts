import { resolve } from 'node:path';
import type { Answer, Answers } from '../../answers.ts';
import { nearest } from '../../did-you-mean.ts';
import { UserError } from '../../errors.ts';
import { flagOf, kebabCase, problemOf, type Question, type Questions, tidy } from './question.ts';

/**
 * Takes answers given as flags or in a file of answers.
 *
 * @param given by question name or flag name; unknown names are errors with the nearest known one
 * @param label how a name is shown in errors: `--title`, or `title in answers.yaml`
 * @throws UserError for an unknown name or a value that its check refuses
 */
export function accept(
  questions: Questions,
  given: Readonly<Record<string, unknown>>,
  label: (name: string) => string,
): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const name = Object.keys(questions).find((candidate) => candidate === key || kebabCase(candidate) === key);
    if (name === undefined) throw unknown(key, questions, label);
    const question = questions[name] as Question;
    answers[name] = tidy(question, read(question, value, label(name)));
  }
  return answers;
}

/**
 * Answers given as flags, then those in the file that `answers` among them names; flags win.
 *
 * @param flags by question name
 * @throws UserError as `accept` does, and for a file that can't be read
 */
export async function acceptWithFile(
  questions: Questions,
  flags: Readonly<Record<string, unknown>>,
  cwd: string,
): Promise<Record<string, Answer>> {
  const answers = accept(questions, flags, flagOf);
  const file = answers.answers;
  if (typeof file !== 'string') return answers;
  const { readAnswers } = await import('./read-answers.ts');
  const inFile = await readAnswers(resolve(cwd, file), file);
  return { ...accept(questions, inFile, (name) => `${kebabCase(name)} in ${file}`), ...answers };
}

/**
 * The answers where nobody is asked: given ones, then what is known, then defaults.
 *
 * @param asked the questions that are answered by default, when not all of them are
 * @throws UserError for a given answer that doesn't fit to the others
 */
export function answersUnasked(
  questions: Questions,
  given: Readonly<Record<string, Answer>>,
  known: Answers,
  asked: Questions = questions,
): Answers {
  const answers = withDefaults(asked, { ...known, ...given });
  checkGiven(questions, given, answers);
  return answers;
}

/** Checks those of the given answers that are answers to these questions. @throws UserError */
export function checkGiven(questions: Questions, given: Readonly<Record<string, Answer>>, all: Answers): void {
  const mine = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(questions, name)));
  checkAnswers(questions, mine, all, flagOf);
}

/** Checks answers when all are known: a check may depend on other answers. */
export function checkAnswers(
  questions: Questions,
  given: Readonly<Record<string, Answer>>,
  all: Answers,
  label: (name: string) => string,
): void {
  for (const [name, value] of Object.entries(given)) {
    const problem = problemOf(questions[name] as Question, value, all);
    if (problem !== undefined) throw new UserError(`${label(name)}: ${problem}`);
  }
}

function unknown(key: string, questions: Questions, label: (name: string) => string): UserError {
  const guess = nearest(kebabCase(key), Object.keys(questions).map(kebabCase));
  return new UserError(`${label(key)} is unknown${guess === undefined ? '' : `; did you mean ${label(guess)}?`}`);
}

function read(question: Question, value: unknown, label: string): Answer {
  if (question.type === 'confirm') {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw new UserError(`${label}: "${String(value)}" is not allowed; allowed are: true, false`);
  }
  if (question.type === 'checkbox') {
    const items = Array.isArray(value) ? value.map(String) : String(value).split(/[;,]/);
    return items.map((item) => item.trim()).filter((item) => item !== '');
  }
  if (question.many) return Array.isArray(value) ? value.map(String) : [String(value)];
  if (typeof value === 'boolean') throw new UserError(`${label} needs a value`);
  if (Array.isArray(value)) throw new UserError(`${label} was given ${value.length} times; once is allowed`);
  return String(value);
}

/** The defaults of all questions that apply and have no answer yet, each seeing the answers before it. */
export function withDefaults(questions: Questions, answers: Answers): Answers {
  const complete: Record<string, Answer | undefined> = { ...answers };
  for (const [name, question] of Object.entries(questions)) {
    if (complete[name] !== undefined || (question.when !== undefined && !question.when(complete))) continue;
    complete[name] = question.default?.(complete);
  }
  return complete;
}
