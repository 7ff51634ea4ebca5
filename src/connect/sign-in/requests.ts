import { UserError } from '../../errors.ts';
import { filled, namesIn } from './placeholders.ts';
import type { SignIn } from './sign-in.ts';

/** The application that is registered with the service. */
export interface OAuthClient {
  id: string;
  /** Undefined: a public one, or none is needed. */
  secret: string | undefined;
}

/** What one sign-in has beside the connector's settings. */
export interface Particulars {
  client: OAuthClient;
  redirectUrl: string;
  state?: string;
  code?: string;
  refreshToken?: string;
}

export interface TokenRequest {
  url: URL;
  /** application/x-www-form-urlencoded */
  body: string;
}

/**
 * The address of the page on which people sign in.
 *
 * @throws UserError for one that must not be opened, or that would show a secret
 */
export function authorizationAddress(signIn: SignIn, particulars: Particulars): URL {
  const { authorizationUrl, authorizationQuery, secretNames } = signIn;
  const shown = namesIn(authorizationUrl + authorizationQuery).find((name) => secretNames.has(name));
  if (shown !== undefined) {
    throw new UserError(`the address of the sign-in page would hold {${shown}}, which is a secret`, {
      hint: 'take it out of authorizationUrlTemplate or authorizationUrlQueryStringTemplate in apiProperties.json',
    });
  }
  return addressOf('authorizationUrl', authorizationUrl, authorizationQuery, signIn, particulars);
}

/** @throws UserError for an address that isn't used */
export const tokenRequest = (signIn: SignIn, particulars: Particulars): TokenRequest => ({
  url: addressOf('tokenUrl', signIn.tokenUrl, signIn.tokenQuery, signIn, particulars),
  body: filled(signIn.tokenBody, fillings(signIn, particulars), 'query'),
});

/** @throws UserError for an address that isn't used */
export const refreshRequest = (signIn: SignIn, particulars: Particulars): TokenRequest => ({
  url: addressOf('refreshUrl', signIn.refreshUrl, signIn.refreshQuery, signIn, particulars),
  body: filled(signIn.refreshBody, fillings(signIn, particulars), 'query'),
});

function fillings(signIn: SignIn, { client, redirectUrl, state, code, refreshToken }: Particulars) {
  return new Map([
    ...signIn.fillings,
    ['clientid', client.id],
    ['clientsecret', client.secret ?? ''],
    ['redirecturl', redirectUrl],
    ['state', state ?? ''],
    ['code', code ?? ''],
    ['refreshtoken', refreshToken ?? ''],
  ]);
}

function addressOf(what: string, url: string, query: string, signIn: SignIn, particulars: Particulars): URL {
  const values = fillings(signIn, particulars);
  const [address = ''] = filled(url, values, 'address').trim().split('#', 1);
  const added = filled(query.replace(/^\?/, ''), values, 'query');
  const separator = added === '' ? '' : address.includes('?') ? '&' : '?';
  return safeAddress(what, `${address}${separator}${added}`);
}

/**
 * An address of a connector or a service that something is sent to, or that is opened.
 *
 * @throws UserError for anything but https, or http on this machine
 */
export function safeAddress(what: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // no more of it than the origin: the rest may hold what nobody should read
  const seen = url === undefined || url.origin === 'null' ? (text.split(/[?#]/, 1)[0] ?? '').slice(0, 200) : url.origin;
  if (url === undefined) throw new UserError(`${what} ${seen}: is not an address`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisMachine(url))) {
    throw new UserError(`${what} ${seen}: only https is used to sign in, and http on this machine`, {
      hint: 'write an address that begins with https:// into apiProperties.json',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError(`${what} ${url.origin}: an address with a user name or a password in it is not used`);
  }
  return url;
}

export const isThisMachine = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
