import { type Answers, list, text } from '../../answers.ts';
import { methods } from '../../connector/facts/methods.ts';
import { proposeOperationId } from '../../language/operation-ids.ts';
import { describeSummary, summaryFromId } from '../../language/operation-texts.ts';
import { apiPath } from '../../operation/api-path.ts';
import {
  checkDescription,
  checkMethod,
  checkOperationId,
  checkOtherStatus,
  checkPath,
  checkStatus,
  checkSummary,
  checkVisibility,
} from '../../operation/checks.ts';
import { checkExtensionText } from '../../operation/extensions.ts';
import { kindsOfOperation, type OperationKind, operationKinds } from '../../operation/kinds/catalogue.ts';
import { checkStateTemplate } from '../../operation/kinds/polling.ts';
import { locationWays, pollingForms, stages, uploadForms, visibilities } from '../../operation/model.ts';
import {
  checkBy,
  dynamicSyntax,
  parseDynamicSchema,
  parseDynamicTree,
  parseDynamicValues,
  parseHelper,
} from '../../operation/parse-dynamic.ts';
import { checkParameterText, parameterExamples, parameterSyntax } from '../../operation/parse-parameter.ts';
import { patternTitles } from '../../script/patterns.ts';
import { scriptPatterns } from '../../script/script-pattern.ts';
import { labelsOf } from './operation-labels.ts';
import type { Question, Questions } from './question.ts';

const kindOf = (answers: Answers): OperationKind => {
  const given = text(answers, 'kind');
  return operationKinds.find((kind) => kind === given) ?? 'action';
};

const isKind =
  (...kinds: OperationKind[]) =>
  (answers: Answers): boolean =>
    kinds.includes(kindOf(answers));

const isFree = isKind('action', 'paging', 'internal', 'upload', 'download');

const hasBody = (answers: Answers): boolean => {
  if (isKind('webhook')(answers)) return true;
  if (isKind('upload')(answers)) return text(answers, 'upload') === 'base64';
  return (
    isKind('action', 'internal')(answers) && ['post', 'put', 'patch'].includes(text(answers, 'method').toLowerCase())
  );
};

const hasAnswer = isKind('action', 'paging', 'internal', 'polling', 'upload');

const usesLocation =
  (way: string) =>
  (answers: Answers): boolean =>
    isKind('webhook')(answers) && text(answers, 'location') === way;

/** A trigger's texts say when it happens, its id what happened. */
function proposeId(answers: Answers): string {
  const kind = kindOf(answers);
  if (kind === 'agent-tool') return 'InvokeServer';
  const id = proposeOperationId(text(answers, 'method'), text(answers, 'path'));
  if (kind === 'webhook') return `On${id.replace(/^(Create|List|Get)/, '')}Event`;
  return kind === 'polling' ? `OnNew${id.replace(/^(List|Get)/, '')}` : id;
}

const patternHelp = Object.entries(patternTitles)
  .map(([name, title]) => `${name} (${title})`)
  .join(', ');

const flag = (help: string, value: string, more: Partial<Question> = {}): Question => ({
  type: 'input',
  message: '',
  help,
  value,
  flagOnly: true,
  ...more,
});

/** What `operation` asks, in the order of the API's own documentation. */
export const operationQuestions = {
  answers: flag('take answers from a YAML or JSON file, one per flag; "operations:" holds a list of them', 'FILE'),
  curl: flag('read method, URL, headers and body from a curl command line, or a file that holds one', 'FILE|TEXT'),
  kind: {
    type: 'select',
    message: 'Kind of operation',
    help: 'kind of operation',
    value: 'KIND',
    choices: operationKinds,
    labels: Object.fromEntries(operationKinds.map((kind) => [kind, kindsOfOperation[kind].title])),
    default: () => 'action',
  },
  method: {
    type: 'select',
    message: 'HTTP method',
    help: 'HTTP method (default: what the kind usually has)',
    value: 'METHOD',
    choices: methods,
    labels: labelsOf.method,
    check: checkMethod,
    when: isFree,
    default: (answers) => kindsOfOperation[kindOf(answers)].method,
  },
  path: {
    type: 'input',
    message: 'Path below the base path, variables in braces',
    help: 'path below the base path, such as /orders/{orderId}',
    value: 'PATH',
    required: true,
    tidy: apiPath,
    check: checkPath,
    default: (answers) => (isKind('agent-tool')(answers) ? '/mcp' : undefined),
  },
  id: {
    type: 'input',
    message: 'Operation ID (Pascal case; flows refer to it, it never changes)',
    help: 'operation id in Pascal case (default: from method and path)',
    value: 'ID',
    required: true,
    check: checkOperationId,
    default: proposeId,
  },
  summary: {
    type: 'input',
    message: 'Summary (the name that makers see)',
    help: 'name that makers see (default: from the id)',
    value: 'TEXT',
    check: (value) => checkSummary(value),
    default: (answers) => (kindsOfOperation[kindOf(answers)].summary ?? summaryFromId)(text(answers, 'id')),
  },
  description: {
    type: 'input',
    message: 'Description, a sentence',
    help: 'what the operation does, a sentence (default: from the summary)',
    value: 'TEXT',
    check: (value, answers) => checkDescription(value, text(answers, 'summary')),
    default: (answers) => (kindsOfOperation[kindOf(answers)].description ?? describeSummary)(text(answers, 'summary')),
  },
  visibility: {
    type: 'select',
    message: 'Where do makers see it?',
    help: 'important, advanced or internal; normal otherwise',
    value: 'LEVEL',
    choices: ['normal', ...visibilities],
    labels: labelsOf.visibility,
    check: (value) => value === 'normal' || checkVisibility(value),
    when: (answers) => !isKind('internal')(answers),
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
  upload: {
    type: 'select',
    message: 'How is the file sent?',
    help: 'how an upload sends its file: in a form, as the whole body, or in base64 inside JSON',
    value: 'FORM',
    choices: uploadForms,
    labels: labelsOf.upload,
    when: isKind('upload'),
    default: () => 'multipart',
  },
  fileField: {
    type: 'input',
    message: 'Name of the form field or property that holds the file',
    help: 'form field or JSON property that holds the file (default: file, in JSON content)',
    value: 'NAME',
    when: (answers) => isKind('upload')(answers) && text(answers, 'upload') !== 'raw',
    default: (answers) => (text(answers, 'upload') === 'base64' ? 'content' : 'file'),
  },
  mediaType: flag(
    'media type of a raw upload (default: application/octet-stream) or of a download (default: whatever the API sends)',
    'TYPE',
  ),
  requestSample: {
    type: 'input',
    message: 'Samples of the request body: JSON files, or the JSON itself (empty: no body)',
    help: 'JSON file with a sample of the request body, or the JSON itself (repeatable)',
    value: 'FILE',
    paste: 'json',
    many: true,
    when: hasBody,
    default: () => [],
  },
  requestSchema: flag('JSON Schema file of the request body', 'FILE'),
  optionalBody: { type: 'confirm', message: '', help: 'the request body may be left out', flagOnly: true },
  notificationUrl: {
    type: 'input',
    message: 'Property of the subscription that takes the URL to call',
    help: 'webhook: property of the body that takes the URL to call, such as config/url (default: callbackUrl)',
    value: 'PROPERTY',
    when: isKind('webhook'),
    default: () => 'callbackUrl',
  },
  bodyValue: flag(
    'webhook: a fixed value of the subscription (repeatable), such as event=order.created',
    'PROPERTY=VALUE',
    {
      many: true,
      check: (value) => value.includes('=') || `"${value}" must be PROPERTY=VALUE, such as event=order.created`,
    },
  ),
  notificationSample: {
    type: 'input',
    message: 'What the API sends when it happens: JSON files, or the JSON itself',
    help: 'webhook: JSON file with what the API sends, or the JSON itself (repeatable)',
    value: 'FILE',
    paste: 'json',
    many: true,
    required: true,
    when: (answers) => isKind('webhook')(answers) && text(answers, 'notificationSchema') === '',
    default: () => [],
  },
  notificationSchema: flag('webhook: JSON Schema file of what the API sends', 'FILE'),
  unsubscribePath: {
    type: 'input',
    message: 'Path that ends the subscription, by DELETE',
    help: "webhook: path of the DELETE that ends the subscription (default: the trigger's path and one variable)",
    value: 'PATH',
    tidy: apiPath,
    check: checkPath,
    when: isKind('webhook'),
    default: (answers) => `${text(answers, 'path').replace(/\/$/, '')}/{subscriptionId}`,
  },
  unsubscribeId: flag('webhook: operation id of that DELETE', 'ID', { check: checkOperationId }),
  location: {
    type: 'select',
    message: 'How does the platform learn where the subscription ends?',
    help: 'webhook: who sends the header Location: the api itself, a policy with a fixed URL, or a script',
    value: 'WAY',
    choices: locationWays,
    labels: labelsOf.location,
    when: isKind('webhook'),
    default: () => 'api',
  },
  locationUrl: {
    type: 'input',
    message: 'URL for the header Location',
    help: 'webhook: URL of --location policy',
    value: 'URL',
    required: true,
    when: usesLocation('policy'),
  },
  locationProperty: {
    type: 'input',
    message: 'Property of the answer that identifies the subscription',
    help: 'webhook: property that identifies the subscription, for --location script (default: id)',
    value: 'PROPERTY',
    when: usesLocation('script'),
    default: () => 'id',
  },
  hint: flag('trigger: how to make it happen, shown while a flow is tested', 'TEXT'),
  responseSample: {
    type: 'input',
    message: 'Samples of the response: JSON files, or the JSON itself (empty: no outputs)',
    help: 'JSON file with a sample of the response, or the JSON itself (repeatable)',
    value: 'FILE',
    paste: 'json',
    many: true,
    required: isKind('polling'),
    when: (answers) => hasAnswer(answers) && text(answers, 'responseSchema') === '',
    default: () => [],
  },
  responseSchema: flag('JSON Schema file of the response', 'FILE'),
  responseFile: {
    type: 'confirm',
    message: 'Is the response a file?',
    help: 'the response is a file (for --kind download it always is)',
    when: (answers) =>
      isKind('action', 'upload')(answers) && list(answers, 'responseSample').every((file) => file === ''),
    default: () => false,
  },
  polling: {
    type: 'select',
    message: 'Who remembers what was seen last?',
    help: 'polling: a policy keeps the state, or the API itself by the protocol',
    value: 'FORM',
    choices: pollingForms,
    labels: labelsOf.polling,
    when: isKind('polling'),
    default: () => 'policy',
  },
  stateParam: {
    type: 'input',
    message: 'Query parameter that asks for newer items only',
    help: 'polling: query parameter that takes the state (default: since)',
    value: 'NAME',
    when: (answers) => isKind('polling')(answers) && text(answers, 'polling') !== 'protocol',
    default: () => 'since',
  },
  statePath: {
    type: 'input',
    message: 'Property of the newest item that becomes the state',
    help: 'polling: property of the newest (first) item that becomes the state, such as created',
    value: 'PROPERTY',
    required: true,
    when: (answers) => isKind('polling')(answers) && text(answers, 'polling') !== 'protocol',
  },
  stateTemplate: flag(
    'polling: what that parameter is given (default: {state}), such as "created gt {state}"',
    'TEXT',
    { check: checkStateTemplate },
  ),
  itemsPath: flag('polling: property of the response that holds the items (default: the first list)', 'PROPERTY'),
  status: {
    type: 'input',
    message: 'Status of success',
    help: 'status of success (default: 200)',
    value: 'CODE',
    check: checkStatus,
    default: (answers) => (isKind('webhook')(answers) ? '201' : '200'),
  },
  otherStatus: flag('another answer (repeatable), such as "404|There is no such order."', 'STATUS[|TEXT]', {
    many: true,
    check: checkOtherStatus,
  }),
  nextLink: flag('property of the response with the URL of the next page: nextLink or @odata.nextLink', 'NAME'),
  apiPath: flag("path that the API really has, where --path can't be it (adds a policy)", 'PATH', {
    tidy: apiPath,
    check: checkPath,
  }),
  dynamicValues: flag(`choices of a field (repeatable): ${dynamicSyntax.values}`, 'REFERENCE', {
    many: true,
    check: checkBy(parseDynamicValues),
  }),
  dynamicSchema: flag(`fields that another operation describes (repeatable): ${dynamicSyntax.schema}`, 'REFERENCE', {
    many: true,
    check: checkBy(parseDynamicSchema),
  }),
  dynamicTree: flag(`a tree to choose from (repeatable): ${dynamicSyntax.tree}`, 'REFERENCE', {
    many: true,
    check: checkBy(parseDynamicTree),
  }),
  helper: flag(
    'an internal operation for these references, made when it is missing (repeatable): ID=METHOD PATH',
    'OPERATION',
    {
      many: true,
      check: checkBy(parseHelper),
    },
  ),
  dictionary: flag(
    'an object of the body that is edited as keys and values (repeatable), such as body/labels',
    'PLACE',
    {
      many: true,
    },
  ),
  script: flag(`route the operation to code in script.csx, which begins with a pattern: ${patternHelp}`, 'PATTERN', {
    choices: scriptPatterns,
  }),
  stage: flag('whether it may still change: preview or production', 'STAGE', {
    choices: stages.map((stage) => stage.toLowerCase()),
  }),
  extension: flag('a rare extension of the operation (repeatable), such as x-ms-no-generic-test=true', 'NAME=VALUE', {
    many: true,
    check: checkExtensionText,
  }),
  dropSample: {
    type: 'confirm',
    message: '',
    help: 'take away the operations of the sample that a new repository begins with',
    flagOnly: true,
  },
  edit: flag('change an operation that is there; the other flags say what', 'ID'),
  removeParam: flag('with --edit or --revise: remove a parameter (repeatable)', 'NAME', { many: true }),
  rename: flag('give an operation another id (--to), before it is released', 'ID'),
  to: flag('the new id of --rename', 'ID', { check: checkOperationId }),
  baseline: flag('with --rename: the git tag or commit that counts as the last release (default: the newest)', 'REF'),
  revise: flag('add the next revision of an operation at --path; the other flags say what changes', 'ID'),
  deprecate: flag('mark an operation as deprecated (repeatable)', 'ID', { many: true }),
  replacement: flag('with --deprecate: the operation to use instead (default: its newest revision)', 'ID'),
  remove: flag('remove an operation, with everything that refers to it (repeatable)', 'ID', { many: true }),
} as const satisfies Questions;
