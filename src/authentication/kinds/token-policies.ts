import { asArray, asObject, asString, getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';
import { decodeQuery } from '../../percent-encoding.ts';
import { setRequestHeader } from './parts.ts';

/**
 * Client credentials without code: policies that ask for a token before each request
 * (docs/reference/authentication.md#client-credentials). They run in the order of their list, and `setvaluefromurl`
 * calls with the host and the headers of that moment; so host and headers are set for the token service, and back again
 * for the API.
 */

/** What the policies ask for. */
export interface TokenRequest {
  tokenUrl: string;
  scopes: string[];
}

/** The part that a policy has in it, in their order. */
const parts = ['credentials', 'token service', 'form', 'token', 'bearer', 'API', 'JSON'] as const;
export type TokenPart = (typeof parts)[number];

/** What begins like this goes with the authentication. */
export const tokenPolicyTitle = (part: TokenPart): string => `Sign-in: ${part}`;

const prefix = 'x-ms-apimTemplateParameter.';

/** The field that holds client id and secret in the form of basic authentication. */
export const credentialsField = 'api_key';

/**
 * The seven policies.
 *
 * @param api address of the API with its base path; undefined where a later policy sets the host
 */
export function writeTokenPolicies({ tokenUrl, scopes }: TokenRequest, api: string | undefined): JsonObject[] {
  return [
    setRequestHeader(
      tokenPolicyTitle('credentials'),
      'Authorization',
      `Basic @connectionParameters('${credentialsField}','')`,
    ),
    setHost('token service', hostOfAddress(tokenUrl)),
    setRequestHeader(tokenPolicyTitle('form'), 'Content-Type', 'application/x-www-form-urlencoded'),
    {
      templateId: 'setvaluefromurl',
      title: tokenPolicyTitle('token'),
      parameters: {
        [`${prefix}parameterTemplate`]: "@headers('Authorization')",
        [`${prefix}httpMethod`]: 'POST',
        [`${prefix}parameterValueUrl`]: tokenPath(tokenUrl, scopes),
        [`${prefix}parameterValuePathTemplate`]: '@body().access_token',
        'x-ms-apimTemplate-policySection': 'Request',
      },
    },
    setRequestHeader(tokenPolicyTitle('bearer'), 'Authorization', "Bearer @headers('Authorization')"),
    ...(api === undefined ? [] : [setHost('API', api)]),
    setRequestHeader(tokenPolicyTitle('JSON'), 'Content-Type', 'application/json'),
  ];
}

const setHost = (part: TokenPart, urlTemplate: string): JsonObject => ({
  templateId: 'dynamichosturl',
  title: tokenPolicyTitle(part),
  parameters: { [`${prefix}urlTemplate`]: urlTemplate },
});

/** `https://login.contoso.com` of `https://login.contoso.com/a/token?b=c`. */
export const hostOfAddress = (url: string): string => /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';

/** The rest of the address, and what is asked for: `/a/token?b=c&grant_type=client_credentials`. */
export function tokenPath(tokenUrl: string, scopes: readonly string[]): string {
  const rest = tokenUrl.slice(hostOfAddress(tokenUrl).length);
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  const scope = scopes.length === 0 ? '' : `&scope=${encodeURIComponent(scopes.join(' '))}`;
  return `${path}${path.includes('?') ? '&' : '?'}grant_type=client_credentials${scope}`;
}

/** Policies that ask for a token, wherever they come from. */
export interface TokenPolicies {
  /** The instances in `policyTemplateInstances`, and the part of each. */
  parts: ReadonlyMap<Json, TokenPart>;
  /** What they ask for; undefined for a form of the request that is never written here. */
  request: TokenRequest | undefined;
}

/**
 * Finds the policies that ask for a token, whatever their titles are: those for all operations around a
 * `setvaluefromurl` that puts `access_token` into the header Authorization.
 *
 * @param inner `properties` of apiProperties.json
 */
export function readTokenPolicies(inner: JsonObject): TokenPolicies | undefined {
  const policies = asArray(getOwn(inner, 'policyTemplateInstances')).filter(isForAll);
  const at = policies.findIndex(fetchesToken);
  const token = policies[at];
  if (token === undefined) return undefined;
  const [before, after] = [policies.slice(0, at).reverse(), policies.slice(at + 1)];
  const found: [TokenPart, Json | undefined][] = [
    ['credentials', before.find((policy) => setsHeader(policy, 'authorization'))],
    ['token service', before.find(setsTheHost)],
    ['form', before.find((policy) => setsHeader(policy, 'content-type'))],
    ['token', token],
    ['bearer', after.find((policy) => setsHeader(policy, 'authorization') && readsTheHeader.test(parameterOf(policy)))],
    // a host that differs by customer is another matter
    ['API', after.find((policy) => setsTheHost(policy) && !parameterOf(policy, 'urlTemplate').includes('@'))],
    ['JSON', after.find((policy) => setsHeader(policy, 'content-type'))],
  ];
  const here = new Map(found.flatMap(([part, policy]) => (policy === undefined ? [] : [[policy, part] as const])));
  const byPart = new Map([...here].map(([policy, part]) => [part, policy]));
  return { parts: here, request: readRequest(byPart) };
}

const readsTheHeader = /@headers\('authorization'\)/i;

/** What is asked for, in the form that is written here; undefined for any other. */
function readRequest(policies: ReadonlyMap<TokenPart, Json>): TokenRequest | undefined {
  const token = policies.get('token') ?? null;
  const credentials = parameterOf(policies.get('credentials') ?? null);
  const host = withoutSlash(parameterOf(policies.get('token service') ?? null, 'urlTemplate'));
  const url = `${host}/${parameterOf(token, 'parameterValueUrl').replace(/^\/+/, '')}`;
  const isOurs =
    /^Basic @connectionParameters\('api_key'(?:,'')?\)$/.test(credentials) &&
    policies.has('bearer') &&
    /^https:\/\/[^@{}]+$/i.test(url) &&
    parameterOf(token, 'httpMethod').toUpperCase() === 'POST';
  if (!isOurs) return undefined;
  const [address = '', query = ''] = url.split('?', 2);
  const entries = query.split('&').filter((entry) => entry !== '');
  const scope = entries.find((entry) => entry.startsWith('scope='))?.slice('scope='.length) ?? '';
  const rest = entries.filter((entry) => !/^(?:scope|grant_type)=/.test(entry));
  return {
    tokenUrl: rest.length === 0 ? address : `${address}?${rest.join('&')}`,
    scopes: decodeQuery(scope)
      .split(' ')
      .filter((each) => each !== ''),
  };
}

const parametersOf = (policy: Json): JsonObject => asObject(getOwn(asObject(policy), 'parameters'));
const parameterOf = (policy: Json, key = 'value'): string =>
  asString(getOwn(parametersOf(policy), `${prefix}${key}`)) ?? '';
const templateOf = (policy: Json): string => (asString(getOwn(asObject(policy), 'templateId')) ?? '').toLowerCase();

/** For all operations, and before the request leaves. */
const isForAll = (policy: Json): boolean =>
  getOwn(parametersOf(policy), 'x-ms-apimTemplate-operationName') === undefined &&
  getOwn(parametersOf(policy), 'x-ms-apimTemplate-policySection') !== 'Response';

const setsHeader = (policy: Json, name: string): boolean =>
  templateOf(policy) === 'setheader' && parameterOf(policy, 'name').toLowerCase() === name;

const setsTheHost = (policy: Json): boolean => templateOf(policy) === 'dynamichosturl';

const fetchesToken = (policy: Json): boolean =>
  templateOf(policy) === 'setvaluefromurl' &&
  readsTheHeader.test(parameterOf(policy, 'parameterTemplate')) &&
  /^@body\(\)(?:\.access_token|\['access_token'\])$/.test(parameterOf(policy, 'parameterValuePathTemplate'));

/** Parameters of the policies that hold an address. */
export interface AddressParameters {
  /** `urlTemplate` is the host of the token service. */
  service: JsonObject | undefined;
  /** `parameterValueUrl` is the rest of its address. */
  token: JsonObject;
  /** `urlTemplate` is the address of the API. */
  api: JsonObject | undefined;
  scopes: readonly string[];
}

/**
 * Where the policies have the addresses; undefined where none ask for a token in the form that is written here.
 *
 * @param inner `properties` of apiProperties.json
 */
export function tokenAddresses(inner: JsonObject): AddressParameters | undefined {
  const found = readTokenPolicies(inner);
  if (found?.request === undefined) return undefined;
  const parametersOfPart = (part: TokenPart): JsonObject | undefined => {
    const [instance] = [...found.parts].find(([, each]) => each === part) ?? [];
    return instance === undefined ? undefined : parametersOf(instance);
  };
  const [service, token, api] = [parametersOfPart('token service'), parametersOfPart('token'), parametersOfPart('API')];
  return { service, token: token ?? {}, api, scopes: found.request.scopes };
}

/** Where a definition's requests go: `https://api.contoso.com/v1`. */
export const apiAddress = (host: string, basePath: string): string => withoutSlash(`https://${host}${basePath}`);

const withoutSlash = (url: string): string => (url.endsWith('/') ? url.slice(0, -1) : url);
