import {
  checkDescription,
  checkMethod,
  checkOperationId,
  checkPath,
  checkStatus,
  checkSummary,
  checkVisibility,
} from '../operation/checks.ts';
import { methods, visibilities } from '../operation/model.ts';
import { checkParameterText, parameterExamples, parameterSyntax } from '../operation/parse-parameter.ts';
import { describeSummary, proposeOperationId, summaryFromId } from '../operation/texts.ts';
import { type Answers, type Questions, text } from './question.ts';

const hasBody = (answers: Answers): boolean => ['post', 'put', 'patch'].includes(text(answers, 'method').toLowerCase());

/** What `operation` asks about an action, in the order of the API's own documentation. */
export const operationQuestions = {
  answers: {
    type: 'input',
    message: '',
    help: 'take answers from a YAML or JSON file, one per flag',
    value: 'FILE',
    flagOnly: true,
  },
  kind: {
    type: 'select',
    message: 'Kind of operation',
    help: 'kind of operation',
    value: 'KIND',
    choices: ['action'],
    flagOnly: true,
    default: () => 'action',
  },
  method: {
    type: 'select',
    message: 'HTTP method',
    help: 'HTTP method',
    value: 'METHOD',
    choices: methods,
    check: checkMethod,
    default: () => 'get',
  },
  path: {
    type: 'input',
    message: 'Path below the base path, variables in braces',
    help: 'path below the base path, such as /orders/{orderId}',
    value: 'PATH',
    required: true,
    check: checkPath,
  },
  id: {
    type: 'input',
    message: 'Operation ID (Pascal case; flows refer to it, it never changes)',
    help: 'operation id in Pascal case (default: from method and path)',
    value: 'ID',
    required: true,
    check: checkOperationId,
    default: (answers) => proposeOperationId(text(answers, 'method'), text(answers, 'path')),
  },
  summary: {
    type: 'input',
    message: 'Summary (the name that makers see)',
    help: 'name that makers see (default: from the id)',
    value: 'TEXT',
    check: (value) => checkSummary(value),
    default: (answers) => summaryFromId(text(answers, 'id')),
  },
  description: {
    type: 'input',
    message: 'Description, a sentence',
    help: 'what the operation does, a sentence (default: from the summary)',
    value: 'TEXT',
    check: (value, answers) => checkDescription(value, text(answers, 'summary')),
    default: (answers) => describeSummary(text(answers, 'summary')),
  },
  visibility: {
    type: 'select',
    message: 'Visibility',
    help: 'important, advanced or internal; normal otherwise',
    value: 'LEVEL',
    choices: ['normal', ...visibilities],
    check: (value) => value === 'normal' || checkVisibility(value),
    default: () => 'normal',
  },
  param: {
    type: 'input',
    message: `Parameters beside the path's, each ${parameterSyntax}; empty: none`,
    help: `a parameter (repeatable): ${parameterSyntax}, such as '${parameterExamples[0]}'`,
    value: 'PARAMETER',
    many: true,
    flagOnly: true,
    check: checkParameterText,
    default: () => [],
  },
  requestSample: {
    type: 'input',
    message: 'JSON file with a sample of the request body (empty: no body)',
    help: 'JSON file with a sample of the request body',
    value: 'FILE',
    when: hasBody,
    default: () => '',
  },
  responseSample: {
    type: 'input',
    message: 'JSON file with a sample of the response (empty: no outputs)',
    help: 'JSON file with a sample of the response',
    value: 'FILE',
    default: () => '',
  },
  status: {
    type: 'input',
    message: 'Status of success',
    help: 'status of success (default: 200)',
    value: 'CODE',
    check: checkStatus,
    default: () => '200',
  },
} as const satisfies Questions;
