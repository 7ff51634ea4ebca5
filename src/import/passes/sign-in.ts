import {
  type AdditionalField,
  type Authentication,
  type ConnectorParts,
  clientIdPlaceholder,
  isEntraUrl,
  resourceOfScopes,
  resourceUriPlaceholder,
} from '../../authentication/authentication.ts';
import { isReservedName } from '../../authentication/combinations.ts';
import { endpointsOf, issuerOf } from '../../authentication/issuers.ts';
import type { Service } from '../../authentication/kind.ts';
import { shapeOf } from '../../authentication/kinds.ts';
import { asObject, getOwn, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { describe } from '../../language/plain-text.ts';
import { sameWords } from '../../language/words.ts';
import type { SourceFlow, SourceScheme } from '../model.ts';
import type { Report } from '../report.ts';
import { flowOf, schemeKind } from './security-schemes.ts';

/**
 * A security scheme as one of the kinds of `src/authentication/`, which alone know what is written for it; so
 * `pp-connector oauth` writes the same for the same API. Added are only the API's own words.
 */

/** A chosen scheme with what was read of it. */
export interface SignIn {
  readonly authentication: Authentication;
  /** As the description has it; undefined for what the definition doesn't declare. */
  readonly addresses?: { readonly authorizationUrl: string; readonly tokenUrl: string };
  /** Scopes with what the description says about them. */
  readonly scopes: readonly (readonly [string, string])[];
}

const authorization = { in: 'header', name: 'Authorization' } as const;

/**
 * @param used scopes that the selected operations ask for; none: all of the flow
 * @param serverUrl what relative addresses are relative to
 */
export function signInOf(scheme: SourceScheme, used: readonly string[], serverUrl: string, report: Report): SignIn {
  const plain = (authentication: Authentication): SignIn => ({ authentication, scopes: [] });
  switch (schemeKind(scheme)) {
    case 'basic':
      return plain({ kind: 'basic' });
    case 'bearer':
      return plain({ kind: 'api-key', ...authorization, prefix: 'Bearer' });
    case 'key-header':
      return plain({ kind: 'api-key', in: 'header', name: scheme.parameter ?? 'X-API-Key', prefix: scheme.prefix });
    case 'key-query':
      return plain({ kind: 'api-key', in: 'query', name: scheme.parameter ?? 'api_key' });
    case 'two-legged':
      return clientCredentials(scheme, used, serverUrl, report);
    case 'code':
    case 'implicit':
    case 'openid':
    case 'cookie':
    case 'unsupported':
      return userSignIn(scheme, used, serverUrl, report);
  }
}

/** What somebody signs in with where the scheme itself has no form: a token that was got elsewhere. */
export const pastedToken: SignIn = {
  authentication: { kind: 'api-key', ...authorization, prefix: 'Bearer' },
  scopes: [],
};

function clientCredentials(scheme: SourceScheme, used: readonly string[], serverUrl: string, report: Report): SignIn {
  const flow = flowOf(scheme, 'clientCredentials') ?? scheme.flows[0];
  const tokenUrl = absolute(flow?.tokenUrl ?? '', serverUrl);
  if (tokenUrl === '') reportAddress(scheme, 'token', report);
  if (/^http:/i.test(tokenUrl))
    report.lossy('oauth-http-upgraded', scheme.at, `The addresses of ${scheme.name} are called over https.`);
  const scopes = scopesOf(flow, used);
  return {
    authentication: {
      kind: 'client-credentials',
      tokenUrl: (tokenUrl || absolute('/oauth/token', serverUrl)).replace(/^http:/i, 'https:'),
      scopes: scopes.map(([scope]) => scope),
    },
    scopes,
  };
}

/** Somebody signs in on a page of the service. */
function userSignIn(scheme: SourceScheme, used: readonly string[], serverUrl: string, report: Report): SignIn {
  const flow = flowOf(scheme, 'authorizationCode') ?? flowOf(scheme, 'implicit');
  for (const other of scheme.flows)
    if (other !== flow)
      report.info('auth-alternative', other.at, `The flow ${other.kind} of ${scheme.name} is not used.`);
  const { authorizationUrl, tokenUrl } =
    scheme.type === 'openIdConnect'
      ? openIdAddresses(scheme, serverUrl, report)
      : flowAddresses(scheme, flow, serverUrl, report);
  const refreshUrl = absolute(flow?.refreshUrl ?? '', serverUrl) || tokenUrl;
  const addresses = overHttps({ authorizationUrl, tokenUrl, refreshUrl }, scheme, report);
  const scopes = scopesOf(flow, used);
  const names = scopes.map(([scope]) => scope);
  const authentication: Authentication = isEntraUrl(addresses.authorizationUrl)
    ? entraOf(addresses.authorizationUrl, names, scheme, report)
    : { kind: 'oauth2', clientId: clientIdPlaceholder, ...addresses, scopes: names };
  const { refreshUrl: _refreshed, ...declared } = addresses;
  return { authentication, addresses: declared, scopes };
}

interface Addresses {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
}

interface OAuthAddresses extends Addresses {
  readonly refreshUrl: string;
}

function flowAddresses(
  scheme: SourceScheme,
  flow: SourceFlow | undefined,
  serverUrl: string,
  report: Report,
): Addresses {
  const stated = absolute(flow?.authorizationUrl ?? '', serverUrl);
  const tokenUrl = absolute(flow?.tokenUrl ?? '', serverUrl);
  if (stated === '') reportAddress(scheme, 'authorization', report);
  if (flow?.kind === 'implicit')
    report.lossy(
      'oauth-implicit',
      flow.at,
      `${scheme.name} is used with authorization code; the token URL must be completed.`,
    );
  else if (tokenUrl === '') reportAddress({ ...scheme, at: flow?.at ?? scheme.at }, 'token', report);
  const authorizationUrl = stated || absolute('/oauth/authorize', serverUrl);
  return { authorizationUrl, tokenUrl: tokenUrl || tokenBeside(authorizationUrl) };
}

/** The platform signs in over https only. */
function overHttps(addresses: OAuthAddresses, { name, at }: SourceScheme, report: Report): OAuthAddresses {
  const urls = Object.values(addresses);
  if (!urls.some((url) => /^http:/i.test(url))) return addresses;
  report.lossy('oauth-http-upgraded', at, `The addresses of ${name} are called over https.`);
  const secure = (url: string): string => url.replace(/^http:/i, 'https:');
  return {
    authorizationUrl: secure(addresses.authorizationUrl),
    tokenUrl: secure(addresses.tokenUrl),
    refreshUrl: secure(addresses.refreshUrl),
  };
}

const reportAddress = ({ name, at }: SourceScheme, which: 'authorization' | 'token', report: Report): void =>
  report.lossy('oauth-urls', at, `${name} names no ${which} URL; it must be completed.`);

const tokenBeside = (authorizationUrl: string): string =>
  authorizationUrl.replace(/\/auth(?:orize|orise)?(?:\/?(?:\?[\s\S]*)?)$|\/dialog$/i, '/token');

/** Known issuers always have the same addresses; of others the discovery document would tell, which isn't fetched. */
function openIdAddresses(scheme: SourceScheme, serverUrl: string, report: Report): Addresses {
  const discovery = absolute(scheme.openIdConnectUrl ?? '', serverUrl);
  const known = endpointsOf(discovery);
  if (known !== undefined) {
    report.info(
      'openid-urls',
      scheme.at,
      `Authorization and token URL of ${scheme.name} are those that its issuer is known for.`,
    );
    return known;
  }
  report.lossy(
    'openid-urls',
    scheme.at,
    `Authorization and token URL of ${scheme.name} are guesses: compare them with ${scheme.openIdConnectUrl ?? 'the documentation of the API'}.`,
  );
  const { issuer } = issuerOf(discovery);
  const authorizationUrl = absolute(issuer === '' ? '/oauth/authorize' : `${issuer}/authorize`, serverUrl);
  return { authorizationUrl, tokenUrl: tokenBeside(authorizationUrl) };
}

function entraOf(authorizationUrl: string, scopes: string[], scheme: SourceScheme, report: Report): Authentication {
  const url = new URL(authorizationUrl);
  const resource = resourceOfScopes(scopes);
  if (resource === '')
    report.lossy(
      'entra-resource',
      scheme.at,
      `${scheme.name} is Microsoft Entra ID, but nothing names the App ID URI of the API; it must be completed: pp-connector oauth --auth entra --resource-uri URI.`,
    );
  return {
    kind: 'entra',
    clientId: clientIdPlaceholder,
    loginUri: url.origin,
    tenantId: url.pathname.split('/')[1] || 'common',
    resourceUri: resource || resourceUriPlaceholder,
    scopes,
  };
}

/** Scopes of a flow that are used, and those that are used without being declared. */
function scopesOf(flow: SourceFlow | undefined, used: readonly string[]): (readonly [string, string])[] {
  const declared = flow?.scopes ?? [];
  const scopes = declared.filter(([scope]) => used.length === 0 || used.includes(scope));
  const others = used.filter((scope) => !declared.some(([known]) => known === scope));
  return [...scopes, ...others.map((scope) => [scope, ''] as const)];
}

function absolute(url: string, serverUrl: string): string {
  if (url === '') return '';
  try {
    return new URL(url, serverUrl).href;
  } catch {
    return '';
  }
}

/** What goes into the connector's files. */
export function partsOf(
  { authentication, addresses, scopes }: SignIn,
  scheme: SourceScheme,
  service: Service,
): ConnectorParts {
  const parts = shapeOf(authentication, service);
  const [[, value] = []] = Object.entries(parts.securityDefinitions);
  const name = safeName(scheme.name);
  return {
    ...parts,
    ...(value === undefined
      ? {}
      : {
          securityDefinitions: { [name]: withTexts(asObject(value), addresses, scopes) },
          security: parts.security.map((requirement) => ({ [name]: Object.values(requirement)[0] ?? [] })),
        }),
    connectionParameters: withDescription(parts.connectionParameters, authentication, scheme.description),
  };
}

/** A name that references can hold. */
const safeName = (name: string): string => name.replace(/[^A-Za-z0-9_. -]/g, '_') || 'auth';

/** The addresses and the texts of the scopes as the description has them. */
function withTexts(scheme: JsonObject, addresses: SignIn['addresses'], scopes: SignIn['scopes']): JsonObject {
  const declared = getOwn(scheme, 'scopes');
  if (declared === undefined) return scheme;
  const texts: JsonObject = {};
  for (const [scope, text] of scopes) {
    const said = describe(text, 200);
    setOwn(texts, scope, said === '' || sameWords(said, scope) ? scope : said);
  }
  return { ...scheme, ...addresses, scopes: texts };
}

/** The first field says what the description says about the scheme, unless it speaks of a word that we add. */
function withDescription(
  parameters: JsonObject,
  authentication: Authentication,
  stated: string | undefined,
): JsonObject {
  const about = describe(stated, 300);
  const name = ['api_key', 'username'].find((candidate) => Object.hasOwn(parameters, candidate));
  const prefix = authentication.kind === 'api-key' ? authentication.prefix : undefined;
  const contradicts = prefix !== undefined && about.toLowerCase().includes(prefix.toLowerCase());
  if (about === '' || name === undefined || contradicts) return parameters;
  const field = asObject(parameters[name]);
  const texts = asObject(getOwn(field, 'uiDefinition'));
  return { ...parameters, [name]: { ...field, uiDefinition: { ...texts, description: about } } };
}

/**
 * A key that the API wants beside the sign-in: one more field of the connection, which a policy sends.
 *
 * @param taken names of other connection parameters
 */
export function additionalFieldOf(scheme: SourceScheme, taken: readonly string[]): AdditionalField {
  const target = scheme.parameter ?? scheme.name;
  const plain = target.replace(/[^0-9A-Za-z_]/g, '_');
  let name = plain;
  for (let number = 2; isReservedName(name) || taken.includes(name); number += 1) name = `${plain}_${number}`;
  return {
    name,
    in: schemeKind(scheme) === 'key-query' ? 'query' : 'header',
    target,
    label: target,
    description: describe(scheme.description, 300) || `The value of ${target}.`,
    secret: true,
  };
}
