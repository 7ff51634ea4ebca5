import type { CurlRequest, CurlUrl } from './read-curl.ts';

/** How a curl command line signs in. What it signs in with is never read. */

const credentialHeader =
  /^(authorization|(x-)?api-?key|x-auth|apikey|token|(.{1,40}-)?(access|api|app|auth|private|secret|session|subscription)-?(key|token)|x-(key|token))$/i;
const credentialQuery = /^(api[-_]?key|apikey|access[-_]?token|token|subscription-key|client_secret|appid)$/i;

/** Whether a header carries a credential. */
export const isCredentialHeader = (name: string): boolean => credentialHeader.test(name);

/** Whether a query parameter carries a credential. */
export const isCredentialQuery = (name: string): boolean => credentialQuery.test(name);

/** The answers to `--auth` and its kin that a command line implies; nobody can tell a token of OAuth from another one. */
export function signInOfCurl(request: CurlRequest, { query }: CurlUrl): Record<string, string> {
  const apiKey = (place: 'header' | 'query', keyName: string, prefix = '') => ({
    auth: 'api-key',
    in: place,
    keyName,
    prefix,
  });
  if (request.signIn === 'basic') return { auth: 'basic' };
  if (request.signIn === 'bearer') return apiKey('header', 'Authorization', 'Bearer');
  const [name, value = ''] = request.headers.find(([header]) => isCredentialHeader(header)) ?? [];
  if (name !== undefined) {
    const word = /^([A-Za-z][A-Za-z0-9_-]*)\s+\S/.exec(value)?.[1];
    return word?.toLowerCase() === 'basic' ? { auth: 'basic' } : apiKey('header', name, word);
  }
  const pairs = request.dataToQuery ? [query, ...request.data].join('&') : query;
  const key = pairs.split('&').find((pair) => isCredentialQuery(pair.split('=')[0] ?? ''));
  return key === undefined ? {} : apiKey('query', key.split('=')[0] ?? '');
}
