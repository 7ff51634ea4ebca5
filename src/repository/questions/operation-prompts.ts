import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Answers, list, text } from '../../answers.ts';
import type { Json, JsonObject } from '../../connector/json/value.ts';
import { isJsonText } from '../../files/given-file.ts';
import { checkNewOperationId, checkNewPath } from '../../operation/checks.ts';
import type { Structured } from '../../operation/from-answers.ts';
import { checkBy } from '../../operation/parse-dynamic.ts';
import { operationQuestions } from './operation.ts';
import { parameterQuestions } from './parameter.ts';
import { kebabCase, type Question, type Questions } from './question.ts';

/** What the prompts of `operation` check as it is typed: with a wrong answer at the end all others would be lost. */

/** Answers that are JSON, in files or as it is. */
const sampleQuestions = ['requestSample', 'responseSample', 'notificationSample'] as const;

const isSampleQuestion = (name: string): name is (typeof sampleQuestions)[number] =>
  (sampleQuestions as readonly string[]).includes(name);

/** Several files, or a single one or a JSON text, which may have blanks inside. */
function jsonPieces(typed: string, cwd: string): string[] {
  const isOne = isJsonText(typed, cwd) || existsSync(resolve(cwd, typed));
  return (isOne ? [typed] : typed.split(/\s+/)).filter((piece) => piece !== '');
}

/** What was typed at a prompt as the single values. @param given answers of flags, which are as they are */
export function withJsonPieces(answers: Answers, given: Answers, cwd: string): Answers {
  const asked = sampleQuestions.filter((name) => given[name] === undefined && answers[name] !== undefined);
  const pieces = (name: string): string[] => list(answers, name).flatMap((typed) => jsonPieces(typed.trim(), cwd));
  return { ...answers, ...Object.fromEntries(asked.map((name) => [name, pieces(name)])) };
}

/** Answers other than those that were proposed. */
export const typedAnswers = (answers: Answers, questions: Questions): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(([name, answer]) => {
      const question: Question | undefined = questions[name];
      return question?.default?.(answers) !== answer;
    }),
  );

export interface PromptSettings {
  definition: JsonObject;
  /** What a file of answers has already. */
  structured: Structured;
  cwd: string;
  /** Reads JSON that an answer names or is. @throws UserError */
  read: (flag: string, given: string) => Json;
}

/** A name that is taken is refused, and so is JSON that can't be read. */
export function promptsForOperation({ definition, structured, cwd, read }: PromptSettings): Questions {
  const { id, path } = operationQuestions;
  const questions: Questions = {
    ...operationQuestions,
    path: {
      ...path,
      check: (value, answers) =>
        firstProblem(path.check(value), () => asked(checkNewPath(value, text(answers, 'method'), definition), answers)),
    },
    id: {
      ...id,
      check: (value, answers) =>
        firstProblem(id.check(value), () => asked(checkNewOperationId(value, definition), answers)),
    },
  };
  return Object.fromEntries(
    Object.entries(questions).flatMap(([name, question]): [string, Question][] => {
      if (!isSampleQuestion(name)) return [[name, question]];
      if (structured[name] !== undefined) return [];
      const check = checkBy((typed) => {
        for (const one of jsonPieces(typed.trim(), cwd)) read(`--${kebabCase(name)}`, one);
      });
      return [[name, { ...question, check }]];
    }),
  );
}

/** Those of one more parameter. @param known the ones that there are */
export function promptsForParameter(known: readonly string[]): Questions {
  const { parameter } = parameterQuestions;
  const names = known.map((one) => one.split(':')[0]);
  const isNew = (value: string): boolean => !names.includes(value.split(':')[0]?.trim());
  return {
    ...parameterQuestions,
    parameter: {
      ...parameter,
      check: (value) =>
        firstProblem(
          parameter.check(value),
          () => isNew(value) || `there is a parameter "${value}" already; choose another name, or press Enter`,
        ),
    },
  };
}

const firstProblem = (form: true | string, more: () => true | string): true | string => (form === true ? more() : form);

/** Once everything is answered (the check of given flags), adding decides about clashes itself. */
const asked = (problem: true | string, answers: Answers): true | string =>
  answers.status === undefined ? problem : true;
