import { asArray, asObject, asString, isObject, type Json, type JsonObject, own } from '../connector/json.ts';
import {
  type Authentication,
  type AuthenticationKind,
  clientIdPlaceholder,
  isEntraUrl,
  publicLoginUri,
  resourceUriPlaceholder,
} from './authentication.ts';
import { scriptHeaders } from './shapes.ts';

/** What a connector's files say about signing in. */
export interface Recognised {
  /**
   * One of ours, or: `oauth2-generic` (templates), `several` (parameter sets), `gateway`, `other` (parameters that fit
   * no kind), `unsupported` (the definition declares something the platform doesn't know; `problem` says what).
   */
  kind: AuthenticationKind | 'oauth2-generic' | 'several' | 'gateway' | 'other' | 'unsupported';
  /** The full description for kinds of ours. */
  authentication?: Authentication;
  /** The effective entry of `securityDefinitions`. */
  scheme?: string;
  problem?: string;
}

/** From `config.json` → `oauth2`; empty strings count as not given. */
export interface OAuthConfig {
  clientId?: string | undefined;
  refreshUrl?: string | undefined;
  tenantId?: string | undefined;
  resourceUri?: string | undefined;
}

export function oauthConfig(config: Json | undefined): OAuthConfig {
  const oauth2 = asObject(own(asObject(config), 'oauth2'));
  const text = (key: string): string | undefined => asString(own(oauth2, key)) || undefined;
  return {
    clientId: text('clientId'),
    refreshUrl: text('refreshUrl'),
    tenantId: text('tenantId'),
    resourceUri: text('resourceUri'),
  };
}

/**
 * What the definition declares, completed from config.json; the properties aren't looked at.
 *
 * Of several schemes one is effective: the best by `rank` among those that `security` applies.
 */
export function recogniseDefinition(definition: JsonObject, config: OAuthConfig = {}): Recognised {
  const schemes = Object.entries(asObject(own(definition, 'securityDefinitions'))).filter(([, value]) =>
    isObject(value),
  ) as [string, JsonObject][];
  if (schemes.length === 0) return { kind: 'none', authentication: { kind: 'none' } };
  const used = usedSchemes(definition);
  const candidates = schemes.some(([name]) => used.has(name)) ? schemes.filter(([name]) => used.has(name)) : schemes;
  const recognised = candidates.map(([name, scheme]) => ({ ...recogniseScheme(name, scheme, config), scheme: name }));
  return recognised.sort((a, b) => rank(a) - rank(b))[0] ?? { kind: 'none', authentication: { kind: 'none' } };
}

/** Schemes that the document or an operation applies. */
function usedSchemes(definition: JsonObject): Set<string> {
  const used = new Set<string>();
  const collect = (security: Json | undefined) => {
    for (const requirement of asArray(security)) for (const name of Object.keys(asObject(requirement))) used.add(name);
  };
  collect(own(definition, 'security'));
  for (const pathItem of Object.values(asObject(own(definition, 'paths')))) {
    for (const operation of Object.values(asObject(pathItem))) collect(own(asObject(operation), 'security'));
  }
  return used;
}

const preference: readonly Recognised['kind'][] = [
  'oauth2',
  'entra',
  'client-credentials',
  'api-key',
  'basic',
  'unsupported',
];

function rank({ kind, authentication }: Recognised): number {
  const inQuery = authentication?.kind === 'api-key' && authentication.in === 'query';
  return inQuery ? preference.indexOf('basic') + 0.5 : preference.indexOf(kind);
}

function recogniseScheme(name: string, scheme: JsonObject, config: OAuthConfig): Recognised {
  const type = own(scheme, 'type');
  if (type === 'basic') return known({ kind: 'basic' });
  if (type === 'apiKey') {
    const position = own(scheme, 'in') === 'query' ? 'query' : 'header';
    return known({ kind: 'api-key', in: position, name: asString(own(scheme, 'name')) ?? name });
  }
  if (type === 'oauth2') return recogniseOAuth(name, scheme, config);
  return unsupported(
    `securityDefinitions.${name} has the type ${JSON.stringify(type ?? null)}; allowed are: basic, apiKey, oauth2`,
  );
}

function recogniseOAuth(name: string, scheme: JsonObject, config: OAuthConfig): Recognised {
  const flow = asString(own(scheme, 'flow')) ?? '';
  const authorizationUrl = asString(own(scheme, 'authorizationUrl')) ?? '';
  const tokenUrl = asString(own(scheme, 'tokenUrl')) ?? '';
  const scopes = Object.keys(asObject(own(scheme, 'scopes')));
  if (flow === 'application') return known({ kind: 'client-credentials', tokenUrl, scopes });
  if (flow !== 'accessCode') {
    return unsupported(
      `securityDefinitions.${name} has the flow ${JSON.stringify(flow)}; the platform knows accessCode, and application through a script`,
    );
  }
  const clientId = config.clientId ?? clientIdPlaceholder;
  if (isEntraUrl(authorizationUrl) || isEntraUrl(tokenUrl)) {
    const tenantId = config.tenantId ?? tenantOf(authorizationUrl || tokenUrl) ?? 'common';
    return known({
      kind: 'entra',
      clientId,
      loginUri: originOf(authorizationUrl || tokenUrl) ?? publicLoginUri,
      tenantId,
      resourceUri: config.resourceUri ?? resourceUriPlaceholder,
      scopes,
    });
  }
  return known({
    kind: 'oauth2',
    clientId,
    authorizationUrl,
    tokenUrl,
    refreshUrl: config.refreshUrl ?? tokenUrl,
    scopes,
  });
}

const originOf = (url: string): string | undefined => /^https?:\/\/[^/?#]+/i.exec(url)?.[0];

/** First segment of the path, which is the tenant at all of Entra's hosts. */
const tenantOf = (url: string): string | undefined => /^https?:\/\/[^/?#]+\/([^/?#]+)/i.exec(url)?.[1];

const known = (authentication: Authentication): Recognised => ({ kind: authentication.kind, authentication });

const unsupported = (problem: string): Recognised => ({ kind: 'unsupported', problem });

/**
 * What the connector as a whole does: properties decide where they say something, since connections are made from
 * them; the definition where they are silent.
 */
export function recogniseAuthentication(
  definition: JsonObject,
  properties: JsonObject,
  config: OAuthConfig = {},
): Recognised {
  const inner = asObject(own(properties, 'properties'));
  const parameters = asObject(own(inner, 'connectionParameters'));
  const declared = recogniseDefinition(definition, config);
  if (asArray(own(asObject(own(inner, 'connectionParameterSets')), 'values')).length > 0) return { kind: 'several' };
  const typed = Object.values(parameters).map((parameter) => own(asObject(parameter), 'type'));
  if (typed.includes('gatewaySetting')) return { kind: 'gateway' };
  const token = Object.values(parameters)
    .map(asObject)
    .find((parameter) => own(parameter, 'type') === 'oauthSetting');
  if (token !== undefined) return fromToken(asObject(own(token, 'oAuthSettings')), declared);
  const clientCredentials = fromScriptHeaders(inner);
  if (clientCredentials !== undefined) return clientCredentials;
  if (Object.hasOwn(parameters, 'username') && Object.hasOwn(parameters, 'password')) return known({ kind: 'basic' });
  if (declared.kind === 'api-key') return withPrefix(declared, inner);
  if (Object.keys(parameters).length === 0) return declared;
  return declared.kind === 'none' || declared.kind === 'unsupported' ? { kind: 'other' } : declared;
}

function fromToken(settings: JsonObject, declared: Recognised): Recognised {
  const provider = asString(own(settings, 'identityProvider')) ?? '';
  const custom = asObject(own(settings, 'customParameters'));
  const value = (key: string): string => asString(own(asObject(own(custom, key)), 'value')) ?? '';
  const clientId = asString(own(settings, 'clientId')) ?? clientIdPlaceholder;
  const listed = asArray(own(settings, 'scopes'))
    .filter((scope) => typeof scope === 'string')
    .flatMap((scope) => scope.split(' '));
  const scopes = listed.filter((scope) => scope !== '');
  const scheme = declared.scheme === undefined ? {} : { scheme: declared.scheme };
  if (provider === 'oauth2') {
    const urls = {
      authorizationUrl: value('authorizationUrl'),
      tokenUrl: value('tokenUrl'),
      refreshUrl: value('refreshUrl'),
    };
    return { ...known({ kind: 'oauth2', clientId, ...urls, scopes }), ...scheme };
  }
  if (provider === 'aad' || provider === 'aadcertificate') {
    const details = {
      loginUri: value('loginUri') || publicLoginUri,
      tenantId: value('tenantId') || 'common',
      resourceUri: value('resourceUri'),
    };
    return { ...known({ kind: 'entra', clientId, ...details, scopes }), ...scheme };
  }
  return { kind: provider === 'oauth2generic' ? 'oauth2-generic' : 'other', ...scheme };
}

function fromScriptHeaders(properties: JsonObject): Recognised | undefined {
  const header = (name: string): string | undefined => setHeaderValue(properties, name);
  const tokenUrl = header(scriptHeaders.tokenUrl);
  if (tokenUrl === undefined) return undefined;
  const scopes = (header(scriptHeaders.scope) ?? '').split(' ').filter((scope) => scope !== '');
  return known({ kind: 'client-credentials', tokenUrl, scopes });
}

/** A key that a policy puts behind a word, as we write it for `--prefix`. */
function withPrefix(declared: Recognised, properties: JsonObject): Recognised {
  for (const policy of asArray(own(properties, 'policyTemplateInstances'))) {
    const parameters = asObject(own(asObject(policy), 'parameters'));
    const value = asString(own(parameters, 'x-ms-apimTemplateParameter.value')) ?? '';
    const prefix = /^(\S+) @connectionParameters\('api_key'[^)]*\)$/.exec(value)?.[1];
    const name = asString(own(parameters, 'x-ms-apimTemplateParameter.name'));
    if (prefix !== undefined && name !== undefined) {
      return { ...declared, authentication: { kind: 'api-key', in: 'header', name, prefix } };
    }
  }
  return declared;
}

function setHeaderValue(properties: JsonObject, name: string): string | undefined {
  for (const policy of asArray(own(properties, 'policyTemplateInstances'))) {
    const parameters = asObject(own(asObject(policy), 'parameters'));
    const key = asString(own(parameters, 'x-ms-apimTemplateParameter.name'));
    if (key?.toLowerCase() === name) return asString(own(parameters, 'x-ms-apimTemplateParameter.value'));
  }
  return undefined;
}
