import type { Answers } from '../answers.ts';
import { accept, checkAnswers } from '../repository/questions/accept.ts';
import { importQuestions } from '../repository/questions/import.ts';
import { kebabCase } from '../repository/questions/question.ts';
import type { Flags } from './command.ts';

/** The flags of `import` that decide about the conversion, as checked answers. */
export function conversionAnswers(flags: Flags): Answers {
  const names = new Set(Object.keys(importQuestions).map(kebabCase));
  const given = Object.fromEntries(Object.entries(flags.given()).filter(([name]) => names.has(name)));
  const label = (name: string): string => `--${kebabCase(name)}`;
  const answers = accept(importQuestions, given, (name) => `--${name}`);
  checkAnswers(importQuestions, answers, answers, label);
  return answers;
}
