/** Where people sign in and where tokens come from. */
export interface Endpoints {
  authorizationUrl: string;
  tokenUrl: string;
}

interface Issuer {
  /** What the address of the issuer, without `/.well-known/…`, looks like. */
  form: RegExp;
  authorization: string;
  token: string;
}

const microsoft = String.raw`(?:[\w-]+\.)*(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|sts\.windows\.net|login\.microsoft\.com|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn|b2clogin\.com|ciamlogin\.com)`;

/**
 * Issuers whose discovery documents always name the same addresses, relative to the issuer (`$1` …). From the
 * documentation of the vendors; an address that isn't among them can only be guessed, since nothing is fetched.
 */
const issuers: readonly Issuer[] = [
  {
    form: new RegExp(String.raw`^(https://${microsoft}/[^?#]+?)/v2\.0$`, 'i'),
    authorization: '$1/oauth2/v2.0/authorize',
    token: '$1/oauth2/v2.0/token',
  },
  {
    form: new RegExp(`^(https://${microsoft}/[^?#]+)$`, 'i'),
    authorization: '$1/oauth2/authorize',
    token: '$1/oauth2/token',
  },
  {
    form: /^https:\/\/accounts\.google\.com$/i,
    authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
  },
  // Auth0
  {
    form: /^(https:\/\/[\w.-]+\.auth0\.com)$/i,
    authorization: '$1/authorize',
    token: '$1/oauth/token',
  },
  // Okta: an authorization server of its own, or that of the organisation
  {
    form: /^(https:\/\/[\w-]+\.(?:okta(?:-emea)?|oktapreview)\.com\/oauth2\/[\w-]+)$/i,
    authorization: '$1/v1/authorize',
    token: '$1/v1/token',
  },
  {
    form: /^(https:\/\/[\w-]+\.(?:okta(?:-emea)?|oktapreview)\.com)$/i,
    authorization: '$1/oauth2/v1/authorize',
    token: '$1/oauth2/v1/token',
  },
  // Keycloak, on whatever host
  {
    form: /^(https:\/\/[^?#]+\/realms\/[^/?#]+)$/i,
    authorization: '$1/protocol/openid-connect/auth',
    token: '$1/protocol/openid-connect/token',
  },
];

/** The address of the issuer of an OpenID Connect discovery document, and what follows it. */
export function issuerOf(discoveryUrl: string): { issuer: string; query: string } {
  const start = discoveryUrl.indexOf('?');
  const address = start < 0 ? discoveryUrl : discoveryUrl.slice(0, start);
  const query = start < 0 ? '' : discoveryUrl.slice(start);
  return { issuer: address.replace(/\/\.well-known\/.*$/s, '').replace(/\/$/, ''), query };
}

/**
 * The addresses of an issuer that is known, such as Microsoft Entra ID.
 *
 * @param discoveryUrl address of the discovery document (`…/.well-known/openid-configuration`), or of the issuer. The
 *   policy in its query is kept, since Azure AD B2C has one there
 * @returns undefined where only the document itself could tell
 */
export function endpointsOf(discoveryUrl: string): Endpoints | undefined {
  const { issuer, query } = issuerOf(discoveryUrl);
  const known = issuers.find(({ form }) => form.test(issuer));
  if (known === undefined) return undefined;
  const address = (template: string): string => issuer.replace(known.form, template) + query;
  return { authorizationUrl: address(known.authorization), tokenUrl: address(known.token) };
}
