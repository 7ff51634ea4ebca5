import type { Authentication, Entra, GatewaySignIn } from '../../authentication/authentication.ts';
import {
  authenticationKinds,
  clientIdPlaceholder,
  cloudOf,
  furtherKinds,
  publicLoginUri,
  resourceOfScopes,
  resourceUriPlaceholder,
} from '../../authentication/authentication.ts';
import { clouds, isCloudName } from '../../authentication/clouds.ts';
import { formatExtra, parseExtra } from '../../authentication/extra-parameter.ts';
import { defaultTemplates } from '../../authentication/kinds/oauth2-generic.ts';
import { UserError } from '../../errors.ts';
import { checkUrl } from './checks.ts';
import { type Answers, list, type Question, type Questions, text } from './question.ts';

/** Questions about signing in, shared by the generators `oauth` and `app`. */

/** Whether a kind of `--auth` is chosen. */
export const forKind =
  (...kinds: string[]) =>
  (answers: Answers): boolean =>
    kinds.includes(text(answers, 'auth'));

/** An address; in templates it may begin with a placeholder. */
function checkAddress(value: string, answers: Answers): true | string {
  if (!forKind('oauth2-generic')(answers)) return checkUrl(value);
  return /^(?:https:\/\/|\{\w+\})\S*$/.test(value)
    ? true
    : `"${value}" is no https address and begins with no placeholder, such as https://{Tenant}.contoso.com/authorize`;
}

const oauthUrl = (message: string, help: string): Question => ({
  type: 'input',
  message,
  help,
  value: 'URL',
  required: true,
  check: checkAddress,
});

/** What stands in a question's place when nobody answers: an address that certainly is none. */
const sampleHost = 'https://login.contoso.com';

export const authenticationQuestions = {
  auth: {
    type: 'select',
    message: 'How do users sign in?',
    help: 'kind of authentication',
    value: 'KIND',
    choices: [...authenticationKinds, ...furtherKinds],
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
    ...oauthUrl('Authorization URL (where users sign in)', 'oauth2, oauth2-generic: where users sign in'),
    when: forKind('oauth2', 'oauth2-generic'),
    default: () => `${sampleHost}/authorize`,
  },
  tokenUrl: {
    ...oauthUrl('Token URL', 'oauth2, oauth2-generic, client-credentials: where tokens come from'),
    when: forKind('oauth2', 'oauth2-generic', 'client-credentials'),
    default: () => `${sampleHost}/token`,
  },
  refreshUrl: {
    ...oauthUrl('Refresh URL', 'oauth2, oauth2-generic: where tokens are refreshed (default: the token URL)'),
    when: forKind('oauth2', 'oauth2-generic'),
    default: (answers) => text(answers, 'tokenUrl'),
  },
  scope: {
    type: 'input',
    message: 'Scopes, separated by blanks (empty: none)',
    help: 'oauth2, oauth2-generic, entra, client-credentials: a scope (repeatable)',
    value: 'SCOPE',
    many: true,
    when: forKind('oauth2', 'oauth2-generic', 'entra', 'client-credentials'),
    default: () => [],
  },
  clientId: {
    type: 'input',
    message: 'Client ID to write into the repository (keep the placeholder for certification)',
    help: 'oauth2, oauth2-generic, entra: client id; a placeholder by default, the real one comes at deployment',
    value: 'ID',
    when: forKind('oauth2', 'oauth2-generic', 'entra'),
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

/**
 * The described authentication. Answers of other kinds are ignored.
 *
 * @throws UserError for a kind that can't go through the gateway
 */
export function toAuthentication(answers: Answers): Authentication {
  const authentication = throughGateway(answers) ?? kindOf(answers);
  return { ...authentication, ...furtherOf(answers) };
}

/** Names of `--auth` that the gateway serves. */
const gatewayKinds: readonly GatewaySignIn[] = ['none', 'basic', 'windows'];

const notOverGateway: Readonly<Record<string, string>> = {
  'api-key': 'the gateway passes no API keys on',
  'client-credentials': 'it needs a script, and the gateway runs no custom code',
};

function throughGateway(answers: Answers): Authentication | undefined {
  const kind = text(answers, 'auth');
  if (kind !== 'windows' && text(answers, 'transport') !== 'gateway') return undefined;
  const signIn = gatewayKinds.find((candidate) => candidate === kind);
  if (signIn !== undefined) return { kind: 'gateway', signIn };
  const reason = notOverGateway[kind] ?? 'the gateway passes no OAuth tokens on';
  throw new UserError(`--transport gateway: --auth ${kind} is not possible: ${reason}`, {
    hint: `allowed over the gateway are: ${gatewayKinds.map((allowed) => `--auth ${allowed}`).join(', ')}`,
  });
}

function kindOf(answers: Answers): Authentication {
  const kind = text(answers, 'auth');
  const tokenUrl = text(answers, 'tokenUrl');
  const scopes = scopesOf(answers);
  switch (kind) {
    case 'api-key': {
      const position = text(answers, 'in') === 'query' ? 'query' : 'header';
      return { kind, in: position, name: text(answers, 'keyName'), prefix: text(answers, 'prefix') || undefined };
    }
    case 'oauth2': {
      const refreshUrl = text(answers, 'refreshUrl') || tokenUrl;
      const authorizationUrl = text(answers, 'authorizationUrl');
      return { kind, ...application(answers), authorizationUrl, tokenUrl, refreshUrl };
    }
    case 'oauth2-generic':
      return {
        kind,
        ...application(answers),
        authorizationUrl: text(answers, 'authorizationUrl'),
        authorizationQuery: template(answers, 'authorizationQuery'),
        tokenUrl,
        tokenQuery: text(answers, 'tokenQuery'),
        tokenBody: template(answers, 'tokenBody'),
        refreshUrl: text(answers, 'refreshUrl') || tokenUrl,
        refreshQuery: text(answers, 'refreshQuery'),
        refreshBody: template(answers, 'refreshBody'),
        scopeDelimiter: template(answers, 'scopeDelimiter'),
      };
    case 'entra':
      return entraOf(answers);
    case 'client-credentials':
      return { kind, tokenUrl, scopes };
    case 'basic':
      return { kind };
    default:
      return { kind: 'none' };
  }
}

const scopesOf = (answers: Answers): string[] =>
  list(answers, 'scope')
    .flatMap((scope) => scope.split(/\s+/))
    .filter((scope) => scope !== '');

const application = (answers: Answers) => ({
  clientId: text(answers, 'clientId'),
  scopes: scopesOf(answers),
  ...(text(answers, 'app') === 'connection' ? { ownApp: true as const } : {}),
});

/** What somebody left empty on purpose stays empty. */
const template = (answers: Answers, name: keyof typeof defaultTemplates): string =>
  typeof answers[name] === 'string' ? answers[name] : defaultTemplates[name];

function entraOf(answers: Answers): Entra {
  const isV2 = text(answers, 'entraVersion') === 'v2';
  const scopes = scopesOf(answers);
  return {
    kind: 'entra',
    ...application(answers),
    loginUri: loginUriOf(answers),
    tenantId: text(answers, 'tenantId'),
    resourceUri: isV2 ? resourceOfScopes(scopes) : text(answers, 'resourceUri') || resourceUriPlaceholder,
    ...(isV2 ? { version: 'v2' as const } : {}),
    ...(!isV2 && text(answers, 'onBehalfOf') === 'on' ? { onBehalfOf: true as const } : {}),
    ...(!isV2 && text(answers, 'grant') === 'service-principal' ? { servicePrincipal: true as const } : {}),
  };
}

/** The authority that the files name, as long as it is one of the cloud that is wanted. */
function loginUriOf(answers: Answers): string {
  const url = text(answers, 'authorizationUrl');
  const present = cloudOf(url);
  const wanted = text(answers, 'cloud');
  if (present !== undefined && (wanted === '' || wanted === present)) return new URL(url).origin;
  return isCloudName(wanted) ? clouds[wanted].loginUri : publicLoginUri;
}

/** Host and extra parameters, which go with every kind. */
function furtherOf(answers: Answers): Pick<Authentication, 'host' | 'extras'> {
  const name = text(answers, 'hostParameter');
  const extras = list(answers, 'extra').flatMap((line) => parseExtra(line) ?? []);
  return {
    ...(name === '' ? {} : { host: { name, template: text(answers, 'hostTemplate') } }),
    ...(extras.length === 0 ? {} : { extras }),
  };
}

/** The answers that describe an authentication: the other way round, for defaults. */
export function fromAuthentication(authentication: Authentication): Record<string, string | string[]> {
  return { ...kindAnswers(authentication), ...furtherAnswers(authentication) };
}

function kindAnswers(authentication: Authentication): Record<string, string | string[]> {
  const { kind } = authentication;
  switch (kind) {
    case 'api-key':
      return { auth: kind, in: authentication.in, keyName: authentication.name, prefix: authentication.prefix ?? '' };
    case 'oauth2': {
      const { authorizationUrl, tokenUrl, refreshUrl } = authentication;
      return { auth: kind, ...applicationAnswers(authentication), authorizationUrl, tokenUrl, refreshUrl };
    }
    case 'oauth2-generic': {
      const {
        kind: auth,
        clientId: _,
        scopes: __,
        ownApp: ___,
        host: ____,
        extras: _____,
        ...templates
      } = authentication;
      return { auth, ...applicationAnswers(authentication), ...templates };
    }
    case 'entra': {
      const { loginUri, tenantId, resourceUri, version = 'v1', onBehalfOf, servicePrincipal } = authentication;
      return {
        auth: kind,
        ...applicationAnswers(authentication),
        authorizationUrl: loginUri,
        tenantId,
        resourceUri,
        cloud: cloudOf(loginUri) ?? 'public',
        entraVersion: version,
        onBehalfOf: onBehalfOf ? 'on' : 'off',
        grant: servicePrincipal ? 'service-principal' : 'code',
      };
    }
    case 'client-credentials':
      return { auth: kind, tokenUrl: authentication.tokenUrl, scope: authentication.scopes };
    case 'gateway':
      return { auth: authentication.signIn, transport: 'gateway' };
    default:
      return { auth: kind };
  }
}

const applicationAnswers = ({
  clientId,
  scopes,
  ownApp,
}: {
  clientId: string;
  scopes: string[];
  ownApp?: true | undefined;
}) => ({
  clientId,
  scope: scopes,
  app: ownApp ? 'connection' : 'connector',
});

/** The answers that stay when the kind changes. */
export function furtherAnswers({ host, extras }: Authentication): Record<string, string | string[]> {
  return {
    ...(host === undefined ? {} : { hostParameter: host.name, hostTemplate: host.template }),
    ...(extras === undefined ? {} : { extra: extras.map(formatExtra) }),
  };
}
