/**
 * One table per generator: each row is a command-line flag, a prompt, a check and a line of help at once, so that all
 * ways to answer a question mean the same.
 */

import type { Answer, Answers } from '../../answers.ts';

/** What a person may paste. */
export type PasteKind = 'json' | 'curl';

export interface Question {
  type: 'input' | 'select' | 'checkbox' | 'confirm';
  /** The prompt. */
  message: string;
  /** The line of `--help`. */
  help: string;
  /** Placeholder of the flag's value. */
  value?: string;
  choices?: readonly string[];
  /** How a prompt calls the choices, by choice: a label, and after a colon a hint. Flags take the choice itself. */
  labels?: Readonly<Record<string, string>>;
  /** What speaks against a choice, with these answers; for the prompt, after the label. */
  warning?: (choice: string, answers: Answers) => string | undefined;
  /** Other words for several choices, or for none of them. */
  aliases?: Readonly<Record<string, readonly string[]>>;
  /** The flag may be given several times. */
  many?: boolean;
  /** What is typed may also be pasted, over several lines: JSON, or a command line of `curl`. */
  paste?: PasteKind;
  /** Its default is nearly always right: asked only when somebody picks it among the answers. */
  quiet?: true;
  /** Certification refuses a connector without it. */
  certification?: true;
  /** Only a flag: never asked. */
  flagOnly?: true;
  /** Only with these answers is the question asked and its default used. */
  when?: (answers: Answers) => boolean;
  default?: (answers: Answers) => Answer | undefined;
  /** The value as it is meant, where people or shells write it otherwise; before the check. */
  tidy?: (value: string) => string;
  /** `true`, or what is wrong: the value seen, what is allowed. An empty text means "not given" and isn't checked. */
  check?: (value: string, answers: Answers) => true | string;
  /** An empty text is not an answer, always or with these answers. */
  required?: boolean | ((answers: Answers) => boolean);
}

export type Questions = Readonly<Record<string, Question>>;

export const kebabCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The flag that answers a question. */
export const flagOf = (name: string): string => `--${kebabCase(name)}`;

/** With a capital letter at the beginning, as labels have it. */
export const asLabel = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What is wrong with an answer, or undefined. */
export function problemOf(question: Question, value: Answer, answers: Answers): string | undefined {
  const { choices, aliases = {}, check, type, required } = question;
  const tidied = tidy(question, value);
  const texts = Array.isArray(tidied) ? tidied : typeof tidied === 'string' ? [tidied] : [];
  const isRequired = typeof required === 'function' ? required(answers) : required;
  if (isRequired && texts.every((text) => text.trim() === '')) return 'must not be empty';
  for (const text of texts) {
    if (choices !== undefined && !choices.includes(text) && text !== '') {
      return `"${text}" is not allowed; allowed are: ${[...choices, ...Object.keys(aliases)].join(', ')}`;
    }
  }
  if (check === undefined || (texts.every((text) => text === '') && type !== 'confirm')) return undefined;
  // a list is checked as a whole: how many there are may be the question
  const results = type === 'checkbox' ? [check(texts.join(';'), answers)] : texts.map((text) => check(text, answers));
  return results.find((result) => typeof result === 'string');
}

/** An answer as its question means it. */
export function tidy(question: Question, value: Answer): Answer {
  const change = (item: string): string => (item === '' ? item : (question.tidy?.(item) ?? item));
  if (typeof value === 'string') return change(value);
  if (!Array.isArray(value)) return value;
  const { aliases = {} } = question;
  const items = value.flatMap((item) => (Object.hasOwn(aliases, item) ? (aliases[item] ?? []) : item));
  return [...(question.type === 'checkbox' ? new Set(items) : items)].map(change);
}

/** Of every generator: answers in a file instead of many flags. */
export const answersFile = {
  type: 'input',
  message: '',
  help: 'take answers from a YAML or JSON file, one per flag',
  value: 'FILE',
  flagOnly: true,
} as const satisfies Question;
