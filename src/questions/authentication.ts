import type { Authentication, AuthenticationKind } from '../auth/authentication.ts';
import {
  authenticationKinds,
  clientIdPlaceholder,
  isEntraUrl,
  publicLoginUri,
  resourceUriPlaceholder,
} from '../auth/authentication.ts';
import { checkUrl } from './checks.ts';
import { type Answers, list, type Question, type Questions, text } from './question.ts';

/** Questions about signing in, shared by the generators `oauth` and `app`. */

const forKind =
  (...kinds: AuthenticationKind[]) =>
  (answers: Answers): boolean =>
    (kinds as string[]).includes(text(answers, 'auth'));

const oauthUrl = (message: string, help: string): Question => ({
  type: 'input',
  message,
  help,
  value: 'URL',
  required: true,
  check: checkUrl,
});

/** What stands in a question's place when nobody answers: an address that certainly is none. */
const sampleHost = 'https://login.contoso.com';

export const authenticationQuestions = {
  auth: {
    type: 'select',
    message: 'How do users sign in?',
    help: 'kind of authentication',
    value: 'KIND',
    choices: authenticationKinds,
    default: () => 'none',
  },
  in: {
    type: 'select',
    message: 'Where does the API expect the key?',
    help: 'api-key: where the key goes',
    value: 'PLACE',
    choices: ['header', 'query'],
    when: forKind('api-key'),
    default: () => 'header',
  },
  keyName: {
    type: 'input',
    message: 'Name of the header or query parameter',
    help: 'api-key: name of the header or query parameter',
    value: 'NAME',
    when: forKind('api-key'),
    required: true,
    check: (value) =>
      /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value) ? true : `"${value}" is no name of a header or query parameter`,
    default: (answers) => (text(answers, 'in') === 'query' ? 'api_key' : 'X-API-Key'),
  },
  prefix: {
    type: 'input',
    message: 'Word before the key, such as Bearer (empty: none)',
    help: 'api-key: word that a policy puts before the key, such as Bearer',
    value: 'WORD',
    when: (answers) => forKind('api-key')(answers) && text(answers, 'in') !== 'query',
    check: (value) => (/^[A-Za-z][A-Za-z0-9_-]*$/.test(value) ? true : `"${value}" is no single word`),
    default: () => '',
  },
  authorizationUrl: {
    ...oauthUrl('Authorization URL (where users sign in)', 'oauth2: where users sign in'),
    when: forKind('oauth2'),
    default: () => `${sampleHost}/authorize`,
  },
  tokenUrl: {
    ...oauthUrl('Token URL', 'oauth2, client-credentials: where tokens come from'),
    when: forKind('oauth2', 'client-credentials'),
    default: () => `${sampleHost}/token`,
  },
  refreshUrl: {
    ...oauthUrl('Refresh URL', 'oauth2: where tokens are refreshed (default: the token URL)'),
    when: forKind('oauth2'),
    default: (answers) => text(answers, 'tokenUrl'),
  },
  scope: {
    type: 'input',
    message: 'Scopes, separated by blanks (empty: none)',
    help: 'oauth2, entra, client-credentials: a scope (repeatable)',
    value: 'SCOPE',
    many: true,
    when: forKind('oauth2', 'entra', 'client-credentials'),
    default: () => [],
  },
  clientId: {
    type: 'input',
    message: 'Client ID to write into the repository (keep the placeholder for certification)',
    help: 'oauth2, entra: client id; a placeholder by default, the real one comes at deployment',
    value: 'ID',
    when: forKind('oauth2', 'entra'),
    default: () => clientIdPlaceholder,
  },
  tenantId: {
    type: 'input',
    message: 'Tenant: common, or the ID of a single tenant',
    help: 'entra: common, or the id of a single tenant',
    value: 'ID',
    when: forKind('entra'),
    default: () => 'common',
  },
  resourceUri: {
    type: 'input',
    message: 'App ID URI or resource of the API',
    help: 'entra: App ID URI or resource of the API',
    value: 'URI',
    when: forKind('entra'),
    default: () => resourceUriPlaceholder,
  },
} as const satisfies Questions;

/** The described authentication. Answers of other kinds are ignored. */
export function toAuthentication(answers: Answers): Authentication {
  const kind = text(answers, 'auth') as AuthenticationKind;
  const scopes = list(answers, 'scope')
    .flatMap((scope) => scope.split(/\s+/))
    .filter((scope) => scope !== '');
  const tokenUrl = text(answers, 'tokenUrl');
  switch (kind) {
    case 'api-key': {
      const position = text(answers, 'in') === 'query' ? 'query' : 'header';
      return { kind, in: position, name: text(answers, 'keyName'), prefix: text(answers, 'prefix') || undefined };
    }
    case 'oauth2': {
      const refreshUrl = text(answers, 'refreshUrl') || tokenUrl;
      return {
        kind,
        clientId: text(answers, 'clientId'),
        authorizationUrl: text(answers, 'authorizationUrl'),
        tokenUrl,
        refreshUrl,
        scopes,
      };
    }
    case 'entra':
      return {
        kind,
        clientId: text(answers, 'clientId'),
        loginUri: isEntraUrl(text(answers, 'authorizationUrl'))
          ? new URL(text(answers, 'authorizationUrl')).origin
          : publicLoginUri,
        tenantId: text(answers, 'tenantId'),
        resourceUri: text(answers, 'resourceUri'),
        scopes,
      };
    case 'client-credentials':
      return { kind, tokenUrl, scopes };
    case 'basic':
      return { kind };
    default:
      return { kind: 'none' };
  }
}

/** The answers that describe an authentication: the other way round, for defaults. */
export function fromAuthentication(authentication: Authentication): Record<string, string | string[]> {
  const { kind } = authentication;
  switch (kind) {
    case 'api-key':
      return { auth: kind, in: authentication.in, keyName: authentication.name, prefix: authentication.prefix ?? '' };
    case 'oauth2': {
      const { clientId, authorizationUrl, tokenUrl, refreshUrl, scopes } = authentication;
      return { auth: kind, clientId, authorizationUrl, tokenUrl, refreshUrl, scope: scopes };
    }
    case 'entra': {
      const { clientId, loginUri, tenantId, resourceUri, scopes } = authentication;
      return { auth: kind, clientId, authorizationUrl: loginUri, tenantId, resourceUri, scope: scopes };
    }
    case 'client-credentials':
      return { auth: kind, tokenUrl: authentication.tokenUrl, scope: authentication.scopes };
    default:
      return { auth: kind };
  }
}
