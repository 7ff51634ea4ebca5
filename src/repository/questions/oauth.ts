import { type Answers, text } from '../../answers.ts';
import { resourceUriPlaceholder } from '../../authentication/authentication.ts';
import { cloudNames } from '../../authentication/clouds.ts';
import type { KindQuestion } from '../../authentication/kind.ts';
import { defaultTemplates } from '../../authentication/kinds/oauth2-generic.ts';
import { checkAdditionalField } from '../../authentication/parse-additional-field.ts';
import { checkField, fieldSyntax } from '../../authentication/parse-field.ts';
import { presetNames } from '../../authentication/presets.ts';
import { noTestConnection } from '../../authentication/test-connection.ts';
import { authenticationQuestions, forKind, isAsked, kindsAsked } from './authentication.ts';
import { answersFile, type Question, type Questions } from './question.ts';

const { keyName, ...others } = authenticationQuestions;

/** A question about the model of v1. */
const isEntraV1 =
  (name: KindQuestion) =>
  (answers: Answers): boolean =>
    isAsked(name)(answers) && text(answers, 'entraVersion') !== 'v2';

const template = (message: string, key: keyof typeof defaultTemplates, hint: string): Question => ({
  type: 'input',
  message,
  help: `${kindsAsked(key)}: ${hint}`,
  value: 'TEMPLATE',
  when: isAsked(key),
  default: () => defaultTemplates[key],
});

/** A template that few need: only a flag. */
const rareTemplate = (key: KindQuestion, hint: string): Question => ({
  type: 'input',
  message: '',
  help: `${kindsAsked(key)}: ${hint}`,
  value: 'TEMPLATE',
  when: isAsked(key),
  flagOnly: true,
  default: () => '',
});

const startsWithQuestionMark = (value: string): true | string =>
  value.startsWith('?') ? true : `"${value}" must begin with ?`;

/** What `oauth` asks, in the order in which an author thinks; the key's name is simply `--name` here. */
export const oauthQuestions = {
  answers: answersFile,
  preset: {
    type: 'select',
    message: '',
    help: `endpoints of a well-known vendor, to be checked against the vendor: ${presetNames.join(', ')}`,
    value: 'NAME',
    choices: presetNames,
    flagOnly: true,
  },
  set: {
    type: 'input',
    message: 'Name of the way to sign in to add or to change (empty: all stay as they are)',
    help: 'one of several ways to sign in: add or change the one of this name',
    value: 'NAME',
    when: (answers) => answers.several === true,
    check: (value) =>
      /^[0-9A-Za-z][0-9A-Za-z_-]*$/.test(value)
        ? true
        : `"${value}" must be letters, digits, - and _ only, such as api-key`,
    default: () => '',
  },
  setLabel: {
    type: 'input',
    message: '',
    help: 'how the form calls this way to sign in',
    value: 'TEXT',
    flagOnly: true,
    default: () => '',
  },
  setDescription: {
    type: 'input',
    message: '',
    help: 'what the form says about this way to sign in',
    value: 'TEXT',
    flagOnly: true,
    default: () => '',
  },
  setSchemes: {
    type: 'select',
    message: '',
    help: 'several ways: list all security schemes in the definition, or none',
    value: 'FORM',
    choices: ['listed', 'none'],
    flagOnly: true,
  },
  removeSet: {
    type: 'input',
    message: '',
    help: 'several ways: remove the one of this name',
    value: 'NAME',
    flagOnly: true,
  },
  auth: {
    ...others.auth,
    // of several ways nobody is asked about all at once
    when: (answers) => answers.several !== true || text(answers, 'set') !== '',
  },
  transport: {
    type: 'select',
    message: 'How is the API reached?',
    help: 'none, basic, windows: over the internet, or through the on-premises data gateway',
    value: 'WAY',
    choices: ['cloud', 'gateway'],
    labels: {
      cloud: 'Over the internet: the usual case',
      gateway: 'On-premises data gateway: the API is in a network of your own',
    },
    when: isAsked('transport'),
    default: () => 'cloud',
  },
  in: others.in,
  name: keyName,
  keyName: {
    type: 'input',
    message: '',
    help: 'the same as --name, as `new` calls it',
    value: 'NAME',
    when: isAsked('keyName'),
    check: keyName.check,
    flagOnly: true,
  },
  prefix: others.prefix,
  cloud: {
    type: 'select',
    message: 'Cloud of Microsoft Entra ID',
    help: 'entra: cloud of the tenant',
    value: 'NAME',
    choices: cloudNames,
    labels: {
      public: 'Public: all tenants but those below',
      'us-gov': 'US Government: login.microsoftonline.us',
      china: 'China: operated by 21Vianet',
    },
    when: isAsked('cloud'),
    default: () => 'public',
  },
  entraVersion: {
    type: 'select',
    message: 'What does the API ask for?',
    help: 'entra: endpoints with a resource (v1) or with scopes (v2)',
    value: 'VERSION',
    choices: ['v1', 'v2'],
    labels: {
      v1: 'A resource: its App ID URI (endpoints v1)',
      v2: 'Scopes: such as api://…/Orders.Read (endpoints v2)',
    },
    when: isAsked('entraVersion'),
    default: () => 'v1',
  },
  authorizationUrl: others.authorizationUrl,
  by: others.by,
  authorizationQuery: {
    ...template('Query of the authorization URL', 'authorizationQuery', 'query of the authorization URL'),
    check: startsWithQuestionMark,
  },
  tokenUrl: others.tokenUrl,
  tokenQuery: { ...rareTemplate('tokenQuery', 'query of the token URL'), check: startsWithQuestionMark },
  tokenBody: template('Form that exchanges the code for a token', 'tokenBody', 'form that exchanges the code'),
  refreshUrl: others.refreshUrl,
  refreshQuery: { ...rareTemplate('refreshQuery', 'query of the refresh URL'), check: startsWithQuestionMark },
  refreshBody: template('Form that refreshes a token', 'refreshBody', 'form that refreshes a token'),
  tenantId: others.tenantId,
  resourceUri: { ...others.resourceUri, when: isEntraV1('resourceUri') },
  scope: {
    ...others.scope,
    // v2 has no resource: the scopes name it, and whether a refresh token comes along
    default: (answers) =>
      text(answers, 'entraVersion') === 'v2'
        ? [`${text(answers, 'resourceUri') || resourceUriPlaceholder}/.default`, 'offline_access']
        : [],
  },
  scopeDelimiter: {
    type: 'input',
    message: '',
    help: `${kindsAsked('scopeDelimiter')}: what is between the scopes (default: a blank)`,
    value: 'TEXT',
    when: isAsked('scopeDelimiter'),
    flagOnly: true,
    default: () => defaultTemplates.scopeDelimiter,
  },
  app: {
    type: 'select',
    message: 'Whose application signs in?',
    help: `${kindsAsked('app')}: one application for the connector, or one for each connection`,
    value: 'OWNER',
    choices: ['connector', 'connection'],
    labels: {
      connector: "The connector's: one registration for all",
      connection: "The user's: each connection brings its own",
    },
    when: isAsked('app'),
    default: () => 'connector',
  },
  clientId: others.clientId,
  onBehalfOf: {
    type: 'select',
    message: 'Sign in on behalf of the user of an agent or app (on-behalf-of)?',
    help: 'entra v1: on-behalf-of sign-in',
    value: 'STATE',
    choices: ['off', 'on'],
    labels: { off: 'No: people sign in to a connection', on: 'Yes: the agent or app passes its user on' },
    when: isEntraV1('onBehalfOf'),
    default: () => 'off',
  },
  experimental: {
    type: 'confirm',
    message: '',
    help: 'allow what the platform can do but does not document: --grant service-principal',
    flagOnly: true,
  },
  grant: {
    type: 'select',
    message: '',
    help: 'entra v1: people only, or service principals, too (only with --experimental)',
    value: 'KIND',
    choices: ['code', 'service-principal'],
    when: isEntraV1('grant'),
    flagOnly: true,
    check: (value, answers) =>
      value !== 'service-principal' || answers.experimental === true
        ? true
        : '"service-principal" is undocumented, and needs --experimental as well',
    default: () => 'code',
  },
  hostParameter: {
    type: 'input',
    message: 'Part of the address that differs per customer, such as tenant (empty: none)',
    help: 'connection parameter for a part of the address that differs per customer',
    value: 'NAME',
    when: (answers) =>
      isAsked('hostParameter')(answers) &&
      text(answers, 'transport') !== 'gateway' &&
      (!forKind('none')(answers) || text(answers, 'hostParameter') !== ''),
    check: (value) =>
      /^[A-Za-z]\w*$/.test(value) ? true : `"${value}" must be letters, digits and _ only, such as tenant`,
    default: () => '',
  },
  hostTemplate: {
    type: 'input',
    message: 'Address of the API with that part in braces',
    help: 'the address with the host parameter in braces, such as https://{tenant}.contoso.com/api; {tenant=www} may be left empty',
    value: 'URL',
    when: (answers) => text(answers, 'hostParameter') !== '',
    check: (value) =>
      /^(?:https?:\/\/|\{\w+(?:=[^{}']*)?\})\S*$/.test(value)
        ? true
        : `"${value}" is not an address and begins with no placeholder, such as https://{tenant}.contoso.com/api`,
    default: (answers) => `https://{${text(answers, 'hostParameter')}}.contoso.com`,
  },
  sendField: {
    type: 'input',
    message: '',
    help: 'one more field, sent with every request: "name=header:NAME|Label|Description|secret" or query:NAME (repeatable)',
    value: 'FIELD',
    many: true,
    flagOnly: true,
    check: checkAdditionalField,
    default: () => [],
  },
  field: {
    type: 'input',
    message: '',
    help: `a field of the connection for policies and code of your own: ${fieldSyntax}; words: secret, optional, default=VALUE, "choices=VALUE=>TEXT,VALUE=>TEXT" (repeatable)`,
    value: 'FIELD',
    many: true,
    flagOnly: true,
    check: checkField,
    default: () => [],
  },
  removeField: {
    type: 'input',
    message: '',
    help: 'remove such a field (repeatable)',
    value: 'NAME',
    many: true,
    flagOnly: true,
    default: () => [],
  },
  testConnection: {
    type: 'input',
    message: 'Operation that tests a new connection: a GET without required inputs (empty: none)',
    help: `operation that tests a new connection: a GET without required inputs; ${noTestConnection} removes it`,
    value: 'OPERATION',
    default: () => '',
  },
} as const satisfies Questions;
