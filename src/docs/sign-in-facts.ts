import type { Authentication } from '../authentication/authentication.ts';
import { cloudOf } from '../authentication/authentication.ts';
import type { CloudName } from '../authentication/clouds.ts';
import { type Preset, vendorOf } from '../authentication/presets.ts';
import { type Recognised, recogniseAuthentication } from '../authentication/recognise.ts';
import { asArray, asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';

/** A field that people fill in when they create a connection. */
export interface CredentialField {
  /** Name of the connection parameter. */
  name: string;
  label: string;
  description: string;
  required: boolean;
}

/** What an application has to be registered with. */
export interface OAuthFacts {
  authorizationUrl: string;
  tokenUrl: string;
  refreshUrl: string;
  scopes: string[];
  /** `per-connector`: the redirect address is known after the first deployment only. */
  redirect: 'global' | 'per-connector' | 'other';
  /** Entra ID: tenant and resource of the API, possibly empty. */
  tenantId: string;
  resourceUri: string;
  /** Entra ID: cloud of the tenant. */
  cloud: CloudName;
  /** Entra ID: the connector acts on behalf of the user of an agent or app. */
  onBehalfOf: boolean;
  /** The service is a well-known one. */
  vendor: Preset | undefined;
}

/** One way to sign in. */
export interface SignInFacts {
  kind: Recognised['kind'];
  /** Of one among several ways; empty when there is only one. */
  name: string;
  description: string;
  fields: CredentialField[];
  /** How an API key is sent. */
  key: { in: 'header' | 'query'; name: string; prefix: string } | undefined;
  /** Somebody signs in to a page of the service. */
  oauth: OAuthFacts | undefined;
  /** Each connection brings an application of its own: nothing is registered for the connector. */
  ownApplication: boolean;
  /** Client credentials: where tokens come from. */
  tokenUrl: string;
  /** Client credentials: what asks for the token. */
  by: 'script' | 'policies';
  scopes: string[];
}

/**
 * How people sign in.
 *
 * @param properties whole apiProperties.json
 * @returns one entry per way; a single one of kind `none` where nothing is needed
 */
export function gatherSignIns(definition: JsonObject, properties: JsonObject): SignInFacts[] {
  const inner = asObject(getOwn(properties, 'properties'));
  const sets = asArray(getOwn(asObject(getOwn(inner, 'connectionParameterSets')), 'values')).filter(isObject);
  if (sets.length === 0) {
    return [signIn(definition, properties, asObject(getOwn(inner, 'connectionParameters')), {})];
  }
  return sets.map((set) => {
    const parameters = asObject(getOwn(set, 'parameters'));
    // a set by itself is a connector with that one way to sign in
    const { connectionParameterSets: _, ...rest } = inner;
    const alone = { ...properties, properties: { ...rest, connectionParameters: parameters } };
    const texts = asObject(getOwn(set, 'uiDefinition'));
    const name = label(texts) || (asString(getOwn(set, 'name')) ?? '');
    return signIn(definition, alone, parameters, { name, description: asString(getOwn(texts, 'description')) ?? '' });
  });
}

function signIn(
  definition: JsonObject,
  properties: JsonObject,
  parameters: JsonObject,
  texts: { name?: string; description?: string },
): SignInFacts {
  const { kind, method } = recogniseAuthentication(definition, properties);
  const fields = fieldsOf(parameters);
  const names = fields.map(({ name }) => name.toLowerCase());
  return {
    kind: Object.keys(parameters).length === 0 && texts.name !== undefined ? 'none' : kind,
    name: texts.name ?? '',
    description: texts.description ?? '',
    fields,
    key: method?.kind === 'api-key' ? { in: method.in, name: method.name, prefix: method.prefix ?? '' } : undefined,
    oauth: oauthOf(parameters, method),
    ownApplication: names.includes('token:clientid') && names.includes('token:clientsecret'),
    tokenUrl: method?.kind === 'client-credentials' ? method.tokenUrl : '',
    by: (method?.kind === 'client-credentials' ? method.by : undefined) ?? 'script',
    scopes: method !== undefined && 'scopes' in method ? method.scopes : [],
  };
}

/** Fields that are shown; `displayname` occurs beside `displayName` in published files. */
function fieldsOf(parameters: JsonObject): CredentialField[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const type = getOwn(asObject(value), 'type');
    const ui = asObject(getOwn(asObject(value), 'uiDefinition'));
    const constraints = asObject(getOwn(ui, 'constraints'));
    if (type === 'oauthSetting' || type === 'gatewaySetting' || isTrue(getOwn(constraints, 'hidden'))) return [];
    const description = asString(getOwn(ui, 'description')) ?? '';
    return [{ name, label: label(ui) || name, description, required: isTrue(getOwn(constraints, 'required')) }];
  });
}

const label = (ui: JsonObject): string =>
  (asString(getOwn(ui, 'displayName')) ?? asString(getOwn(ui, 'displayname')) ?? '').trim();

const isTrue = (value: unknown): boolean => value === true || value === 'true';

function oauthOf(parameters: JsonObject, method: Authentication | undefined): OAuthFacts | undefined {
  const token = Object.values(parameters)
    .map(asObject)
    .find((parameter) => getOwn(parameter, 'type') === 'oauthSetting');
  if (token === undefined) return undefined;
  const settings = asObject(getOwn(token, 'oAuthSettings'));
  const custom = asObject(getOwn(settings, 'customParameters'));
  const value = (...keys: string[]): string =>
    keys.map((key) => asString(getOwn(asObject(getOwn(custom, key)), 'value')) ?? '').find((text) => text !== '') ?? '';
  const authorizationUrl = value('authorizationUrl', 'authorizationUrlTemplate', 'AuthorizationUrlTemplate');
  const entra = method?.kind === 'entra' ? method : undefined;
  const cloud = cloudOf(entra?.loginUri ?? authorizationUrl) ?? 'public';
  const mode = asString(getOwn(settings, 'redirectMode'));
  return {
    authorizationUrl,
    tokenUrl: value('tokenUrl', 'tokenUrlTemplate', 'TokenUrlTemplate'),
    refreshUrl: value('refreshUrl', 'refreshUrlTemplate', 'RefreshUrlTemplate'),
    scopes: asArray(getOwn(settings, 'scopes'))
      .flatMap((scope) => (typeof scope === 'string' ? scope.split(/\s+/) : []))
      .filter((scope) => scope !== ''),
    // the addresses of the other clouds are their own
    redirect: cloud === 'public' ? redirectOf(mode) : 'other',
    tenantId: value('tenantId') || (entra?.tenantId ?? ''),
    resourceUri: value('resourceUri') || (entra?.resourceUri ?? ''),
    cloud,
    onBehalfOf: entra?.onBehalfOf === true,
    vendor: vendorOf(authorizationUrl),
  };
}

/** Without a mode the platform uses the global address (docs/reference/authentication.md#redirect-addresses). */
function redirectOf(mode: string | undefined): OAuthFacts['redirect'] {
  if (mode === 'GlobalPerConnector') return 'per-connector';
  return mode === undefined || mode === 'Global' ? 'global' : 'other';
}
