import { text } from '../../answers.ts';
import { asObject, asString, own } from '../../connector/json/value.ts';
import type { Further } from '../authentication.ts';
import type { Kind } from '../kind.ts';
import { scopesOf } from './application.ts';
import { field, hasToken, setHeaderValue, setRequestHeader } from './parts.ts';

export interface ClientCredentials extends Further {
  kind: 'client-credentials';
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
  hint: 'an application signs in by OAuth 2.0 client credentials, through a script',
  isRare: false,
  asks: ['tokenUrl', 'scope', 'hostParameter'],
  examples: [
    ['--auth client-credentials --token-url https://login.contoso.com/token', 'an application signs in, by a script'],
    [
      '--auth client-credentials --token-url https://login.contoso.com/token --scope orders.read',
      'the same with a scope',
    ],
  ],
  fromAnswers: (answers) => ({
    kind: 'client-credentials',
    tokenUrl: text(answers, 'tokenUrl'),
    scopes: scopesOf(answers),
  }),
  toAnswers: ({ tokenUrl, scopes }) => ({ tokenUrl, scope: scopes }),
  write({ tokenUrl, scopes }, { name: service }) {
    return {
      securityDefinitions: {},
      security: [],
      connectionParameters: {
        clientId: field('string', 2, {
          displayName: 'Client ID',
          description: `The client ID of your ${service} application.`,
          tooltip: 'Provide your client ID',
        }),
        clientSecret: field('securestring', 3, {
          displayName: 'Client secret',
          description: `The client secret of your ${service} application.`,
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
      own(scheme, 'type') === 'oauth2' && own(scheme, 'flow') === 'application'
        ? {
            kind: 'client-credentials',
            tokenUrl: asString(own(scheme, 'tokenUrl')) ?? '',
            scopes: Object.keys(asObject(own(scheme, 'scopes'))),
          }
        : undefined,
  },
  recognise({ inner, parameters }) {
    const tokenUrl = setHeaderValue(inner, scriptHeaders.tokenUrl);
    if (tokenUrl === undefined || hasToken(parameters)) return undefined;
    const scopes = (setHeaderValue(inner, scriptHeaders.scope) ?? '').split(' ').filter((scope) => scope !== '');
    return { kind: 'client-credentials', tokenUrl, scopes };
  },
  asSet: { name: 'application', label: 'Application', description: 'Sign in as an application.' },
  setRefusal: () => 'its script would run for the connections of every set',
  overGateway: { refusal: 'it needs a script, and the gateway runs no custom code' },
  credentials({ service, tokenUrl, scopes }) {
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
        'Create a connection and enter both.',
      ],
      list: 'all',
    };
  },
};
