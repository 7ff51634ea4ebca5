import { text } from '../../answers.ts';
import { asObject, asString, getOwn } from '../../connector/json/value.ts';
import type { ConnectorParts, Further } from '../authentication.ts';
import type { Kind, Service } from '../kind.ts';
import { scopesOf } from './application.ts';
import { field, hasToken, setHeaderValue, setRequestHeader } from './parts.ts';
import { apiAddress, credentialsField, readTokenPolicies, writeTokenPolicies } from './token-policies.ts';

export interface ClientCredentials extends Further {
  kind: 'client-credentials';
  /** What asks for the token; default: a script. */
  by?: 'policies' | undefined;
  tokenUrl: string;
  scopes: string[];
}

/** Private headers from the policies to script.csx, which removes them before anything leaves. */
export const scriptHeaders = {
  tokenUrl: 'x-cc-token-url',
  clientId: 'x-cc-client-id',
  clientSecret: 'x-cc-client-secret',
  scope: 'x-cc-scope',
} as const;

/**
 * The deployed definition names no scheme: the platform has none for this flow, the script signs in
 * (docs/reference/authentication.md#client-credentials).
 */
export const clientCredentials: Kind<ClientCredentials> = {
  id: 'client-credentials',
  name: 'client-credentials',
  label: 'OAuth 2.0, client credentials: an application signs in, nobody is asked',
  isRare: false,
  asks: ['by', 'tokenUrl', 'scope', 'hostParameter'],
  examples: [
    ['--auth client-credentials --token-url https://login.contoso.com/token', 'an application signs in, by a script'],
    [
      '--auth client-credentials --token-url https://login.contoso.com/token --scope orders.read',
      'the same with a scope',
    ],
    [
      '--auth client-credentials --by policies --token-url https://login.contoso.com/token',
      'without code: policies ask for the token',
    ],
  ],
  fromAnswers: (answers) => ({
    kind: 'client-credentials',
    ...(text(answers, 'by') === 'policies' ? { by: 'policies' } : {}),
    tokenUrl: text(answers, 'tokenUrl'),
    scopes: scopesOf(answers),
  }),
  toAnswers: ({ by = 'script', tokenUrl, scopes }) => ({ by, tokenUrl, scope: scopes }),
  write(authentication, service) {
    if (authentication.by === 'policies') return byPolicies(authentication, service);
    const { tokenUrl, scopes } = authentication;
    return {
      securityDefinitions: {},
      security: [],
      connectionParameters: {
        clientId: field('string', 2, {
          displayName: 'Client ID',
          description: `The client ID of your ${service.name} application.`,
          tooltip: 'Provide your client ID',
        }),
        clientSecret: field('securestring', 3, {
          displayName: 'Client secret',
          description: `The client secret of your ${service.name} application.`,
          tooltip: 'Provide your client secret',
          clearText: false,
        }),
      },
      policies: [
        setRequestHeader('Pass the token URL to the script', scriptHeaders.tokenUrl, tokenUrl),
        setRequestHeader(
          'Pass the client ID to the script',
          scriptHeaders.clientId,
          "@connectionParameters('clientId','')",
        ),
        setRequestHeader(
          'Pass the client secret to the script',
          scriptHeaders.clientSecret,
          "@connectionParameters('clientSecret','')",
        ),
        ...(scopes.length === 0
          ? []
          : [setRequestHeader('Pass the scope to the script', scriptHeaders.scope, scopes.join(' '))]),
      ],
      script: true,
    };
  },
  declared: {
    rank: () => 3,
    read: (_, scheme) =>
      getOwn(scheme, 'type') === 'oauth2' && getOwn(scheme, 'flow') === 'application'
        ? {
            kind: 'client-credentials',
            tokenUrl: asString(getOwn(scheme, 'tokenUrl')) ?? '',
            scopes: Object.keys(asObject(getOwn(scheme, 'scopes'))),
          }
        : undefined,
  },
  recognise({ inner, parameters }) {
    if (hasToken(parameters)) return undefined;
    const policies = readTokenPolicies(inner);
    if (policies !== undefined) {
      const { request } = policies;
      return request === undefined ? 'unclear' : { kind: 'client-credentials', by: 'policies', ...request };
    }
    const tokenUrl = setHeaderValue(inner, scriptHeaders.tokenUrl);
    if (tokenUrl === undefined) return undefined;
    const scopes = (setHeaderValue(inner, scriptHeaders.scope) ?? '').split(' ').filter((scope) => scope !== '');
    return { kind: 'client-credentials', tokenUrl, scopes };
  },
  asSet: { name: 'application', label: 'Application', description: 'Sign in as an application.' },
  setRefusal: ({ by = 'script' }) =>
    by === 'script'
      ? 'its script would run for the connections of every set'
      : 'its policies would run for the connections of every set',
  overGateway: {
    refusal: 'it needs a script or a policy dynamichosturl; the gateway runs no custom code, and reaches no other host',
  },
  credentials({ service, tokenUrl, scopes, by, keyField }) {
    const rights = scopes === '' ? 'the rights that the operations need' : `the scopes ${scopes}`;
    const source = tokenUrl === '' ? '' : ` at ${tokenUrl}`;
    return {
      introduction:
        `A connection uses an application that is registered with ${service} (OAuth 2.0, client credentials): nobody signs in, ` +
        `and all users of the connection act as that application. The connector asks for a token${source} by itself.`,
      steps: [
        `Sign in to the developer or administration pages of ${service} with an account that may register applications.`,
        'Register an application that may use the client credentials grant.',
        `Give it ${rights}.`,
        'Create a secret for it. Copy the client ID and the secret.',
        ...(by === 'script'
          ? ['Create a connection and enter both.']
          : [
              'Write the client ID, a colon and the secret in one line, and encode that line in Base64.',
              `Create a connection and enter the result as *${keyField.label}*.`,
            ]),
      ],
      list: 'all',
    };
  },
};

/** The platform encodes nothing in policies: client id and secret come as basic authentication has them. */
function byPolicies({ host: ownHost, ...request }: ClientCredentials, service: Service): ConnectorParts {
  const { name, host = '', basePath = '' } = service;
  return {
    securityDefinitions: {},
    security: [],
    connectionParameters: {
      [credentialsField]: field('securestring', 2, {
        displayName: 'Client credentials',
        description: `The client ID and secret of your ${name} application, joined by a colon and encoded in Base64.`,
        tooltip: 'Provide Base64 of CLIENT_ID:CLIENT_SECRET',
        clearText: false,
      }),
    },
    policies: writeTokenPolicies(request, ownHost === undefined ? apiAddress(host, basePath) : undefined),
    script: false,
  };
}
