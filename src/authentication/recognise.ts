import { asArray, asObject, asString, isObject, type Json, type JsonObject, own } from '../connector/json/value.ts';
import {
  type Authentication,
  type AuthenticationKind,
  authenticationKinds,
  clientIdPlaceholder,
  type GatewaySignIn,
  isEntraUrl,
  publicLoginUri,
  resourceUriPlaceholder,
} from './authentication.ts';
import { recogniseFurther } from './kinds/further-parameters.ts';
import { scriptHeaders } from './kinds.ts';
import { recogniseToken } from './recognise-token.ts';

/** What a connector's files say about signing in. */
export interface Recognised {
  /**
   * One of ours, or: `several` (parameter sets), `other` (parameters that fit no kind), `unsupported` (the definition declares something the platform doesn't know; `problem` says what).
   */
  kind: AuthenticationKind | 'several' | 'other' | 'unsupported';
  /** The full description for kinds that a new repository can start with. */
  authentication?: Authentication;
  /** The full description for every kind that can be set. */
  method?: Authentication;
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
  if (schemes.length === 0) return known({ kind: 'none' });
  const used = usedSchemes(definition);
  const candidates = schemes.some(([name]) => used.has(name)) ? schemes.filter(([name]) => used.has(name)) : schemes;
  const recognised = candidates.map(([name, scheme]) => ({ ...recogniseScheme(name, scheme, config), scheme: name }));
  return recognised.sort((a, b) => rank(a) - rank(b))[0] ?? known({ kind: 'none' });
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

function known(method: Authentication): Recognised {
  const isCore = (authenticationKinds as readonly string[]).includes(method.kind);
  return { kind: method.kind, method, ...(isCore ? { authentication: method } : {}) };
}

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
  if (asArray(own(asObject(own(inner, 'connectionParameterSets')), 'values')).length > 0) return { kind: 'several' };
  const parameters = asObject(own(inner, 'connectionParameters'));
  const recognised = recogniseKind(definition, inner, parameters, config);
  return withFurther(recognised, recogniseFurther(inner, parameters));
}

function recogniseKind(
  definition: JsonObject,
  inner: JsonObject,
  parameters: JsonObject,
  config: OAuthConfig,
): Recognised {
  const declared = recogniseDefinition(definition, config);
  const typed = Object.values(parameters).map((parameter) => own(asObject(parameter), 'type'));
  if (typed.includes('gatewaySetting')) return fromGateway(parameters);
  if (typed.includes('oauthSetting')) return fromToken(parameters, declared);
  const clientCredentials = fromScriptHeaders(inner);
  if (clientCredentials !== undefined) return clientCredentials;
  if (Object.hasOwn(parameters, 'username') && Object.hasOwn(parameters, 'password')) return known({ kind: 'basic' });
  if (declared.kind === 'api-key') return withPrefix(declared, inner);
  // fields that only go with a sign-in are none
  const further = recogniseFurther(inner, parameters);
  const names = new Set([further.host?.name, ...(further.extras ?? []).map(({ name }) => name)]);
  if (Object.keys(parameters).every((name) => names.has(name))) return declared;
  return declared.kind === 'none' || declared.kind === 'unsupported' ? { kind: 'other' } : declared;
}

/** The host and the extra fields, where there are any, with what is known of the kind. */
function withFurther(recognised: Recognised, further: Pick<Authentication, 'host' | 'extras'>): Recognised {
  const { authentication, method } = recognised;
  if (Object.keys(further).length === 0) return recognised;
  return {
    ...recognised,
    ...(authentication === undefined ? {} : { authentication: { ...authentication, ...further } }),
    ...(method === undefined ? {} : { method: { ...method, ...further } }),
  };
}

function fromToken(parameters: JsonObject, declared: Recognised): Recognised {
  const scheme = declared.scheme === undefined ? {} : { scheme: declared.scheme };
  const method = recogniseToken(parameters);
  return { ...(method === undefined ? { kind: 'other' as const } : known(method)), ...scheme };
}

/** What goes through the gateway; a choice of several isn't one of ours. */
function fromGateway(parameters: JsonObject): Recognised {
  const allowed = asArray(own(asObject(own(parameters, 'authType')), 'allowedValues'));
  const value = own(asObject(allowed[0]), 'value');
  const signIn = gatewaySignIns.find((candidate) => candidate === value);
  if (signIn === undefined || allowed.length > 1) return { kind: 'gateway' };
  return { kind: 'gateway', method: { kind: 'gateway', signIn } };
}

const gatewaySignIns: readonly GatewaySignIn[] = ['none', 'basic', 'windows'];

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
      return { ...declared, ...known({ kind: 'api-key', in: 'header', name, prefix }) };
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
