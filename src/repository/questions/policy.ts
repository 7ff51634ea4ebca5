import { type Answers, list, text } from '../../answers.ts';
import { apiPath } from '../../operation/api-path.ts';
import { policyTemplate, policyTemplateIds, policyTemplates } from '../../policy/templates.ts';
import { answersFile, asLabel, type Question, type Questions } from './question.ts';

const sectionsOf = (answers: Answers): readonly string[] => policyTemplate(text(answers, 'template'))?.sections ?? [];

/** What `policy` asks; the parameters of the template are asked one by one. */
export const policyQuestions = {
  answers: answersFile,
  template: {
    type: 'select',
    message: 'Policy template',
    help: 'policy template to add',
    value: 'TEMPLATE',
    choices: policyTemplateIds,
    labels: Object.fromEntries(
      Object.values(policyTemplates).map(({ templateId, purpose }) => [templateId, asLabel(purpose)]),
    ),
  },
  set: {
    type: 'input',
    message: '',
    help: 'a parameter of the template (repeatable), such as name=X-Api-Version',
    value: 'NAME=VALUE',
    many: true,
    tidy: (pair) => pair.replace(/^newPath=(.+)$/s, (_, path: string) => `newPath=${apiPath(path)}`),
    flagOnly: true,
    default: () => [],
  },
  section: {
    type: 'select',
    message: 'When does it run?',
    help: 'Request, Response or (setheader only) Failure (default: Request)',
    value: 'SECTION',
    choices: ['Request', 'Response', 'Failure'],
    labels: {
      Request: 'Request: before the API is called',
      Response: 'Response: when it has answered',
      Failure: 'Failure: when it could not be called',
    },
    when: (answers) => sectionsOf(answers).length > 0,
    default: () => 'Request',
  },
  operations: {
    type: 'input',
    message: 'Operation ids, with commas; empty: all operations',
    help: 'ids of the operations that it is for, with commas or repeated (default: all)',
    value: 'IDS',
    many: true,
    default: () => [],
  },
  title: {
    type: 'input',
    message: 'Title (what it is for)',
    help: 'what it is for (default: from the template)',
    value: 'TEXT',
    default: (answers) => titleOf(text(answers, 'template'), list(answers, 'set')[0]),
  },
  remove: {
    type: 'input',
    message: '',
    help: 'remove the policy of this title, number in --list, or template where there is one only',
    value: 'POLICY',
    flagOnly: true,
  },
  list: {
    type: 'confirm',
    message: '',
    help: 'list the policies of the connector, and the templates there are',
    flagOnly: true,
  },
} as const satisfies Questions;

/** What the template does, and to what. */
function titleOf(template: string, first: string | undefined): string {
  const purpose = policyTemplate(template)?.purpose.replace(/ \(.*\)$/, '') ?? template;
  const subject = first === undefined ? '' : `: ${first.slice(first.indexOf('=') + 1)}`;
  return `${asLabel(purpose)}${subject}`;
}

const parameterLabels = {
  true: 'Yes',
  false: 'No',
  override: 'Replace it',
  skip: 'Keep it: the policy then does nothing',
  append: 'Keep it, and add the new one after it',
  '@Request.OriginalHTTPMethod': 'As it was called: the method of the operation',
};

/** The questions about a template's parameters, by their names. */
export const parameterQuestions = (template: string): Questions =>
  Object.fromEntries(
    (policyTemplate(template)?.parameters ?? []).map(
      ({ name, message, example, default: fallback, choices, required }): [string, Question] => [
        name,
        {
          type: choices === undefined ? 'input' : 'select',
          message: choices === undefined ? `${message}, such as ${example}` : message,
          help: message,
          ...(choices === undefined ? {} : { choices, labels: parameterLabels }),
          ...(required && fallback === undefined ? { required } : {}),
          ...(fallback === undefined ? {} : { default: () => fallback }),
        },
      ],
    ),
  );
