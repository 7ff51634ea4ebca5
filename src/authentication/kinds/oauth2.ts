import { text } from '../../answers.ts';
import { clientIdPlaceholder, isEntraUrl, type OAuthApplication } from '../authentication.ts';
import type { Kind } from '../kind.ts';
import { accessCodeScheme, application, applicationAnswers, hasOwnApplication, readToken } from './application.ts';
import { isEntraV2 } from './entra-urls.ts';
import { accessCode, hasGateway, oauth2Token, ownApplication, ownApplicationNames } from './parts.ts';

export interface OAuth2 extends OAuthApplication {
  kind: 'oauth2';
  authorizationUrl: string;
  tokenUrl: string;
  refreshUrl: string;
}

const addresses = '--authorization-url https://login.contoso.com/authorize --token-url https://login.contoso.com/token';

/** Fixed addresses, the platform's own way of asking for tokens (docs/reference/authentication.md#oauth-20). */
export const oauth2: Kind<OAuth2> = {
  id: 'oauth2',
  name: 'oauth2',
  label: 'OAuth 2.0: people sign in on a page of your service',
  isRare: false,
  asks: ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'scope', 'app', 'clientId', 'hostParameter'],
  examples: [
    [`--auth oauth2 ${addresses} --scope orders.read`, 'OAuth 2.0'],
    ['--preset github --scope repo', 'OAuth 2.0 of a well-known vendor'],
  ],
  fromAnswers: (answers) => ({
    kind: 'oauth2',
    ...application(answers),
    authorizationUrl: text(answers, 'authorizationUrl'),
    tokenUrl: text(answers, 'tokenUrl'),
    refreshUrl: text(answers, 'refreshUrl') || text(answers, 'tokenUrl'),
  }),
  toAnswers: ({ authorizationUrl, tokenUrl, refreshUrl, ...rest }) => ({
    ...applicationAnswers(rest),
    authorizationUrl,
    tokenUrl,
    refreshUrl,
  }),
  write: ({ clientId, authorizationUrl, tokenUrl, refreshUrl, scopes, ownApp }, { name: service }) => ({
    ...accessCode(authorizationUrl, tokenUrl, scopes),
    connectionParameters: {
      token: oauth2Token({ clientId, scopes, customParameters: { authorizationUrl, tokenUrl, refreshUrl } }),
      ...(ownApp ? ownApplication(service, ownApplicationNames) : {}),
    },
    policies: [],
    script: false,
  }),
  declared: {
    rank: () => 1,
    read(_, scheme, { clientId = clientIdPlaceholder, refreshUrl }) {
      const flow = accessCodeScheme(scheme);
      if (flow === undefined || isEntraUrl(flow.authorizationUrl) || isEntraUrl(flow.tokenUrl)) return undefined;
      return { kind: 'oauth2', clientId, ...flow, refreshUrl: refreshUrl ?? flow.tokenUrl };
    },
  },
  recognise({ parameters }) {
    const { identityProvider, clientId, scopes, value } = readToken(parameters);
    if (identityProvider !== 'oauth2' || hasGateway(parameters) || isEntraV2(value('authorizationUrl')))
      return undefined;
    return {
      kind: 'oauth2',
      authorizationUrl: value('authorizationUrl'),
      tokenUrl: value('tokenUrl'),
      refreshUrl: value('refreshUrl'),
      clientId,
      scopes,
      ...(hasOwnApplication(parameters) ? { ownApp: true as const } : {}),
    };
  },
  asSet: { name: 'oauth', label: 'OAuth 2.0', description: 'Sign in on a page of the service.' },
  overGateway: { refusal: 'the gateway passes no OAuth tokens on' },
  credentials: undefined,
};
