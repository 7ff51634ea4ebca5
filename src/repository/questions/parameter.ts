import { type Answers, text } from '../../answers.ts';
import { pathVariables } from '../../connector/facts/path-template.ts';
import { describeFieldAnyway } from '../../language/field-texts.ts';
import { titleCase } from '../../language/words.ts';
import { checkParameterDescription, checkParameterName, checkParameterSummary } from '../../operation/checks.ts';
import { checkParameterText, parseParameter } from '../../operation/parse-parameter.ts';
import { asLabel, type Questions } from './question.ts';

/** Kinds of values in a maker's words, as `--param` has them. */
const kindsOfValue: Readonly<Record<string, string>> = {
  text: 'string',
  'whole number': 'integer',
  number: 'number',
  'yes or no': 'boolean',
  'date and time': 'date-time',
  date: 'date',
  'list of texts': 'string[]',
};

/** Whoever knows the form of `--param` may type it at once. */
const isWritten = (answers: Answers): boolean => text(answers, 'parameter').includes(':');

const isNamed = (answers: Answers): boolean => text(answers, 'parameter') !== '' && !isWritten(answers);

const isInPath = (answers: Answers): boolean =>
  pathVariables(text(answers, 'path')).includes(text(answers, 'parameter'));

const typeOf = (answers: Answers): string => kindsOfValue[text(answers, 'parameterType')] ?? 'string';

const proposedLabel = (answers: Answers): string => titleCase(text(answers, 'parameter'));

const proposedDescription = (answers: Answers): string =>
  describeFieldAnyway(
    { ...parseParameter(`x:query:${typeOf(answers)}`), name: text(answers, 'parameter') },
    text(answers, 'parameterLabel'),
  );

/** One parameter, step by step; `path` is that of the operation. */
export const parameterQuestions = {
  parameter: {
    type: 'input',
    message: 'Name of another parameter (empty: no more)',
    help: '',
    tidy: (value) => value.trim(),
    check: (value) => (value.includes(':') ? checkParameterText(value) : checkParameterName(value.trim(), 'query')),
    default: () => '',
  },
  parameterPlace: {
    type: 'select',
    message: 'Where is it sent?',
    help: '',
    choices: ['query', 'header'],
    labels: {
      query: 'In the address: after the path, ?name=value',
      header: 'In a header: with the request, beside its body',
    },
    when: (answers) => isNamed(answers) && !isInPath(answers),
    default: () => 'query',
  },
  parameterType: {
    type: 'select',
    message: 'What is its value?',
    help: '',
    choices: Object.keys(kindsOfValue),
    labels: Object.fromEntries(Object.keys(kindsOfValue).map((kind) => [kind, asLabel(kind)])),
    when: isNamed,
    default: () => 'text',
  },
  parameterRequired: {
    type: 'confirm',
    message: 'Does everybody have to fill it in?',
    help: '',
    when: (answers) => isNamed(answers) && !isInPath(answers),
    default: () => false,
  },
  parameterLabel: {
    type: 'input',
    message: 'Label (what makers see)',
    help: '',
    when: isNamed,
    check: (value) => checkParameterSummary(value),
    default: proposedLabel,
  },
  parameterDescription: {
    type: 'input',
    message: 'Description, a sentence',
    help: '',
    when: isNamed,
    check: (value, answers) => checkParameterDescription(value, text(answers, 'parameterLabel')),
    default: proposedDescription,
  },
} as const satisfies Questions;

/** The text of `--param` that says the same; undefined: no more parameters. */
export function parameterFrom(answers: Answers): string | undefined {
  const name = text(answers, 'parameter').trim();
  if (name === '') return undefined;
  if (isWritten(answers)) return name;
  const place = isInPath(answers) ? 'path' : text(answers, 'parameterPlace') || 'query';
  const head = [literal(name), place, typeOf(answers), ...(answers.parameterRequired === true ? ['required'] : [])];
  const texts = [
    text(answers, 'parameterLabel') || proposedLabel(answers),
    text(answers, 'parameterDescription') || proposedDescription(answers),
  ];
  return [head.join(':'), ...texts.map(literal)].join('|');
}

/** Without a meaning for the form of `--param`. */
const literal = (part: string): string => part.replaceAll(/[\\:=|()[\]{}]/g, '\\$&');
