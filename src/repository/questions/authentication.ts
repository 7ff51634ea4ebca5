import { type Answers, list, text } from '../../answers.ts';
import type { Authentication } from '../../authentication/authentication.ts';
import { clientIdPlaceholder, resourceUriPlaceholder } from '../../authentication/authentication.ts';
import { isOAuthParameter } from '../../authentication/independent.ts';
import type { KindQuestion } from '../../authentication/kind.ts';
import { allKinds, anyService, authenticationKinds, kindNamed, kindOf, rareKinds } from '../../authentication/kinds.ts';
import { formatAdditionalField, parseAdditionalField } from '../../authentication/parse-additional-field.ts';
import { asObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { checkUrl } from './checks.ts';
import type { Question, Questions } from './question.ts';

/** Questions about signing in, shared by the generators `oauth` and `app`. */

/** Whether a kind of `--auth` is chosen. */
export const forKind =
  (...kinds: string[]) =>
  (answers: Answers): boolean =>
    kinds.includes(text(answers, 'auth'));

/** Whether the chosen kind has a question. */
export const isAsked =
  (name: KindQuestion) =>
  (answers: Answers): boolean =>
    allKinds.some((kind) => kind.name === text(answers, 'auth') && kind.asks.includes(name));

/** The kinds that have a question, for its line of help. */
export const kindsAsked = (name: KindQuestion): string =>
  allKinds
    .filter(({ asks }) => asks.includes(name))
    .map((kind) => kind.name)
    .join(', ');

/** Whether somebody signs in to a page of the service, which Microsoft refuses to independent publishers. */
export function isOAuthKind(name: string): boolean {
  const kind = kindNamed(name);
  const { connectionParameters } = kind.write(kind.fromAnswers({ auth: name }), anyService);
  return Object.values(connectionParameters).some((parameter) => isOAuthParameter(asObject(parameter)));
}

/** An address; in templates it may begin with a placeholder. */
function checkAddress(value: string, answers: Answers): true | string {
  if (!forKind('oauth2-generic')(answers)) return checkUrl(value);
  return /^(?:https:\/\/|\{\w+\})\S*$/.test(value)
    ? true
    : `"${value}" is not an https address and begins with no placeholder, such as https://{Tenant}.contoso.com/authorize`;
}

const oauthUrl = (message: string, help: string): Question => ({
  type: 'input',
  message,
  help,
  value: 'URL',
  required: true,
  check: checkAddress,
});

/** What is in a question's place when nobody answers: an address that certainly is none. */
const sampleHost = 'https://login.contoso.com';

export const authenticationQuestions = {
  auth: {
    type: 'select',
    message: 'How do users sign in?',
    help: 'kind of authentication',
    value: 'KIND',
    choices: [...authenticationKinds, ...rareKinds],
    labels: Object.fromEntries(allKinds.map(({ name, label }) => [name, label])),
    warning: (kind, answers) =>
      text(answers, 'profile') === 'independent' && isOAuthKind(kind)
        ? 'Microsoft refuses it to independent publishers'
        : undefined,
    default: () => 'none',
  },
  in: {
    type: 'select',
    message: 'Where does the API expect the key?',
    help: 'api-key: where the key goes',
    value: 'PLACE',
    choices: ['header', 'query'],
    labels: {
      header: 'In a header: as most APIs do',
      query: 'In the address: after the ?, such as ?api_key=…',
    },
    when: isAsked('in'),
    default: () => 'header',
  },
  keyName: {
    type: 'input',
    message: 'Name of the header or query parameter',
    help: 'api-key: name of the header or query parameter',
    value: 'NAME',
    when: isAsked('keyName'),
    required: true,
    check: (value) =>
      /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value) ? true : `"${value}" is not a name of a header or query parameter`,
    default: (answers) => (text(answers, 'in') === 'query' ? 'api_key' : 'X-API-Key'),
  },
  prefix: {
    type: 'input',
    message: 'Word before the key, such as Bearer (empty: none)',
    help: 'api-key: word that a policy puts before the key, such as Bearer',
    value: 'WORD',
    when: (answers) => isAsked('prefix')(answers) && text(answers, 'in') !== 'query',
    check: (value) => (/^[A-Za-z][A-Za-z0-9_-]*$/.test(value) ? true : `"${value}" is not a single word`),
    default: () => '',
  },
  authorizationUrl: {
    ...oauthUrl('Authorization URL (where users sign in)', `${kindsAsked('authorizationUrl')}: where users sign in`),
    when: isAsked('authorizationUrl'),
    default: () => `${sampleHost}/authorize`,
  },
  by: {
    type: 'select',
    message: 'What asks the service for the token?',
    help: `${kindsAsked('by')}: a script, or policies (no code; requests in JSON only)`,
    value: 'WAY',
    choices: ['script', 'policies'],
    labels: {
      script: 'A script: custom code, for every kind of request',
      policies: 'Policies: no code, for requests in JSON',
    },
    when: isAsked('by'),
    default: () => 'script',
  },
  tokenUrl: {
    ...oauthUrl('Token URL', `${kindsAsked('tokenUrl')}: where tokens come from`),
    when: isAsked('tokenUrl'),
    default: () => `${sampleHost}/token`,
  },
  refreshUrl: {
    ...oauthUrl('Refresh URL', `${kindsAsked('refreshUrl')}: where tokens are refreshed (default: the token URL)`),
    when: isAsked('refreshUrl'),
    default: (answers) => text(answers, 'tokenUrl'),
  },
  scope: {
    type: 'input',
    message: 'Scopes, separated by blanks (empty: none)',
    help: `${kindsAsked('scope')}: a scope (repeatable)`,
    value: 'SCOPE',
    many: true,
    when: isAsked('scope'),
    default: () => [],
  },
  clientId: {
    type: 'input',
    message: 'Client ID to write into the repository (for certification, keep this)',
    help: `${kindsAsked('clientId')}: client id; a placeholder by default, the real one comes at deployment`,
    value: 'ID',
    when: isAsked('clientId'),
    default: () => clientIdPlaceholder,
  },
  tenantId: {
    type: 'input',
    message: 'Tenant: common, or the ID of a single tenant',
    help: 'entra: common, or the id of a single tenant',
    value: 'ID',
    when: isAsked('tenantId'),
    default: () => 'common',
  },
  resourceUri: {
    type: 'input',
    message: 'App ID URI or resource of the API',
    help: 'entra: App ID URI or resource of the API',
    value: 'URI',
    when: isAsked('resourceUri'),
    default: () => resourceUriPlaceholder,
  },
} as const satisfies Questions;

/**
 * The described authentication. Answers of other kinds are ignored.
 *
 * @throws UserError for a kind that nobody knows, or that can't go through the gateway
 */
export function toAuthentication(answers: Answers): Authentication {
  const kind = kindNamed(text(answers, 'auth'));
  const authentication = text(answers, 'transport') === 'gateway' ? throughGateway(kind) : kind.fromAnswers(answers);
  return { ...authentication, ...additionalPartsOf(answers) };
}

function throughGateway({ name, overGateway }: (typeof allKinds)[number]): Authentication {
  if ('signIn' in overGateway) return { kind: 'gateway', signIn: overGateway.signIn };
  const allowed = allKinds.filter((kind) => 'signIn' in kind.overGateway).map((kind) => `--auth ${kind.name}`);
  throw new UserError(`--transport gateway: --auth ${name} is not possible: ${overGateway.refusal}`, {
    hint: `allowed over the gateway are: ${allowed.join(', ')}`,
  });
}

/** Host and additional fields, which go with every kind. */
function additionalPartsOf(answers: Answers): Pick<Authentication, 'host' | 'additionalFields'> {
  const name = text(answers, 'hostParameter');
  const additionalFields = list(answers, 'sendField').flatMap((line) => parseAdditionalField(line) ?? []);
  return {
    ...(name === '' ? {} : { host: { name, template: text(answers, 'hostTemplate') } }),
    ...(additionalFields.length === 0 ? {} : { additionalFields }),
  };
}

/** The answers that describe an authentication: the other way round, for defaults. */
export function fromAuthentication(authentication: Authentication): Record<string, string | string[]> {
  const kind = kindOf(authentication);
  return { auth: kind.name, ...kind.toAnswers(authentication), ...additionalAnswers(authentication) };
}

/** The answers that stay when the kind changes. */
export function additionalAnswers({ host, additionalFields }: Authentication): Record<string, string | string[]> {
  return {
    ...(host === undefined ? {} : { hostParameter: host.name, hostTemplate: host.template }),
    ...(additionalFields === undefined ? {} : { sendField: additionalFields.map(formatAdditionalField) }),
  };
}
