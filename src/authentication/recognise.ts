import { asArray, asObject, asString, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import type { Authentication, AuthenticationKind } from './authentication.ts';
import type { OAuthConfig } from './kind.ts';
import { recogniseAdditionalFields } from './kinds/additional-fields.ts';
import { hasToken } from './kinds/parts.ts';
import { allKinds, kindOf } from './kinds.ts';

export type { OAuthConfig } from './kind.ts';

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

export function oauthConfig(config: Json | undefined): OAuthConfig {
  const oauth2 = asObject(getOwn(asObject(config), 'oauth2'));
  const text = (key: string): string | undefined => asString(getOwn(oauth2, key)) || undefined;
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
  const schemes = Object.entries(asObject(getOwn(definition, 'securityDefinitions'))).filter(([, value]) =>
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
  collect(getOwn(definition, 'security'));
  for (const pathItem of Object.values(asObject(getOwn(definition, 'paths')))) {
    for (const operation of Object.values(asObject(pathItem))) collect(getOwn(asObject(operation), 'security'));
  }
  return used;
}

/** What the platform doesn't know is effective only where there is nothing else. */
const rank = ({ method }: Recognised): number =>
  method === undefined ? Number.POSITIVE_INFINITY : (kindOf(method).declared?.rank(method) ?? Number.POSITIVE_INFINITY);

function recogniseScheme(name: string, scheme: JsonObject, config: OAuthConfig): Recognised {
  for (const kind of allKinds) {
    const method = kind.declared?.read(name, scheme, config);
    if (method !== undefined) return known(method);
  }
  if (getOwn(scheme, 'type') === 'oauth2') {
    const flow = asString(getOwn(scheme, 'flow')) ?? '';
    return unsupported(
      `securityDefinitions.${name} has the flow ${JSON.stringify(flow)}; the platform knows accessCode, and application through a script`,
    );
  }
  return unsupported(
    `securityDefinitions.${name} has the type ${JSON.stringify(getOwn(scheme, 'type') ?? null)}; allowed are: basic, apiKey, oauth2`,
  );
}

const known = (method: Authentication): Recognised => ({
  kind: method.kind,
  method,
  ...(kindOf(method).isRare ? {} : { authentication: method }),
});

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
  const inner = asObject(getOwn(properties, 'properties'));
  if (asArray(getOwn(asObject(getOwn(inner, 'connectionParameterSets')), 'values')).length > 0)
    return { kind: 'several' };
  const parameters = asObject(getOwn(inner, 'connectionParameters'));
  const recognised = recogniseKind(definition, inner, parameters, config);
  return withFurther(recognised, recogniseAdditionalFields(inner, parameters));
}

function recogniseKind(
  definition: JsonObject,
  inner: JsonObject,
  parameters: JsonObject,
  config: OAuthConfig,
): Recognised {
  const declared = recogniseDefinition(definition, config);
  const scheme = declared.scheme === undefined ? {} : { scheme: declared.scheme };
  const evidence = { inner, parameters, declared: declared.method };
  for (const kind of [...allKinds].reverse()) {
    const found = kind.recognise(evidence);
    if (found === 'unclear') return { kind: kind.id };
    if (found !== undefined) return { ...known(found), ...scheme };
  }
  // a provider that isn't ours
  if (hasToken(parameters)) return { kind: 'other', ...scheme };
  // fields that only go with a sign-in are none
  const further = recogniseAdditionalFields(inner, parameters);
  const names = new Set([further.host?.name, ...(further.additionalFields ?? []).map(({ name }) => name)]);
  if (Object.keys(parameters).every((name) => names.has(name))) return declared;
  return declared.kind === 'none' || declared.kind === 'unsupported' ? { kind: 'other' } : declared;
}

/** The host and the additional fields, where there are any, with what is known of the kind. */
function withFurther(recognised: Recognised, further: Pick<Authentication, 'host' | 'additionalFields'>): Recognised {
  const { authentication, method } = recognised;
  if (Object.keys(further).length === 0) return recognised;
  return {
    ...recognised,
    ...(authentication === undefined ? {} : { authentication: { ...authentication, ...further } }),
    ...(method === undefined ? {} : { method: { ...method, ...further } }),
  };
}
