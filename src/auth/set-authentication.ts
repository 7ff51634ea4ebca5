import type { ConnectorDraft } from '../connector/draft.ts';
import { setInOrder } from '../connector/draft.ts';
import {
  asArray,
  asObject,
  asString,
  clone,
  deepEqual,
  isObject,
  type Json,
  type JsonObject,
  own,
  setOwn,
} from '../connector/json.ts';
import type { Authentication, AuthenticationShape } from './authentication.ts';
import { oauthConfig, recogniseAuthentication, recogniseDefinition } from './recognise.ts';
import { scriptHeaders, shapeOf } from './shapes.ts';

/** Root keys of a definition in the order in which authors write them. */
export const rootOrder = [
  'swagger',
  'info',
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'paths',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
  'security',
  'tags',
  'externalDocs',
  'x-ms-capabilities',
  'x-ms-connector-metadata',
] as const;

export const propertiesOrder = [
  'connectionParameters',
  'connectionParameterSets',
  'iconBrandColor',
  'capabilities',
  'publisher',
  'stackOwner',
  'policyTemplateInstances',
  'scriptOperations',
] as const;

export interface SetAuthenticationOptions {
  /** Text of the client-credentials script (templates/oauth/script.csx). */
  script: string;
  /** Where the definition stays as it is (it declares this authentication itself): only the other files follow. */
  keepDefinition?: boolean;
  /** Where config.json is what the files are made from: it stays as it is. */
  keepConfig?: boolean;
}

/**
 * Sets the connector's authentication in all files that it touches, and removes what the former one left there.
 * Parameters, policies and scripts of the author's own stay.
 *
 * @returns notes for the author, about what was left because it isn't ours to remove
 */
export function setAuthentication(
  draft: ConnectorDraft,
  authentication: Authentication,
  options: SetAuthenticationOptions,
): string[] {
  const service = asString(own(draft.info, 'title')) ?? 'API';
  const shape = shapeOf(authentication, service);
  const present = recogniseAuthentication(draft.definition, draft.properties, oauthConfig(draft.config)).authentication;
  const former = present === undefined ? undefined : shapeOf(present, service);
  const base = present?.kind === authentication.kind ? former : undefined;
  if (!options.keepDefinition) setDefinition(draft.definition, shape, base);
  setProperties(draft.connectorProperties, shape, former, base);
  const notes = setScript(draft, shape.script, options.script);
  setSettings(draft);
  if (!options.keepConfig) setConfig(draft.config, authentication);
  return notes;
}

/** @param base the former shape when it is of the same kind: then the scheme keeps its name, and what the author wrote in it */
function setDefinition(
  definition: JsonObject,
  shape: AuthenticationShape,
  base: AuthenticationShape | undefined,
): void {
  const schemes = asObject(own(definition, 'securityDefinitions'));
  const [before] = Object.values(base?.securityDefinitions ?? {});
  const [after] = Object.values(shape.securityDefinitions);
  const name = recogniseDefinition(definition).scheme;
  const authors = name === undefined ? undefined : own(schemes, name);
  if (
    base !== undefined &&
    before !== undefined &&
    after !== undefined &&
    name !== undefined &&
    hasType(authors, own(asObject(after), 'type'))
  ) {
    setUnlessEqual(
      definition,
      'securityDefinitions',
      { ...schemes, [name]: carryOver(before, authors, after) },
      rootOrder,
    );
    if (!deepEqual(base.security, shape.security)) {
      setUnlessEqual(
        definition,
        'security',
        shape.security.map((requirement) => ({ [name]: Object.values(requirement)[0] ?? [] })),
        rootOrder,
      );
    }
    return;
  }
  const removed = Object.keys(schemes).filter((scheme) => !Object.hasOwn(shape.securityDefinitions, scheme));
  setUnlessEqual(definition, 'securityDefinitions', shape.securityDefinitions, rootOrder);
  setUnlessEqual(definition, 'security', shape.security, rootOrder);
  for (const pathItem of Object.values(asObject(own(definition, 'paths')))) {
    for (const operation of Object.values(asObject(pathItem))) forgetSchemes(operation, removed);
  }
}

const hasType = (value: Json | undefined, type: Json | undefined): boolean =>
  isObject(value) && own(value, 'type') === type;

/** Drops requirements of schemes that no longer exist from an operation; `security: []` (no sign-in) stays. */
function forgetSchemes(operation: Json, removed: readonly string[]): void {
  if (!isObject(operation)) return;
  const security = own(operation, 'security');
  if (!Array.isArray(security) || security.length === 0) return;
  const kept = security.filter(
    (requirement) => !Object.keys(asObject(requirement)).some((name) => removed.includes(name)),
  );
  if (kept.length === security.length) return;
  if (kept.length === 0) delete operation.security;
  else operation.security = kept;
}

function setProperties(
  properties: JsonObject,
  shape: AuthenticationShape,
  former: AuthenticationShape | undefined,
  base: AuthenticationShape | undefined,
): void {
  const parameters = asObject(own(properties, 'connectionParameters'));
  const isGone = (name: string): boolean =>
    isOwned(name, parameters[name], shape, former) && !Object.hasOwn(shape.connectionParameters, name);
  const removed = Object.keys(parameters).filter(isGone);
  const kept = Object.entries(parameters).filter(([name]) => !removed.includes(name));
  const entries = kept.map(([name, authors]): [string, Json] => {
    const after = own(shape.connectionParameters, name);
    if (after === undefined) return [name, authors];
    const before = own(base?.connectionParameters, name);
    const isSame = before !== undefined && hasType(authors, own(asObject(after), 'type'));
    return [name, isSame ? carryOver(before, authors, after) : after];
  });
  const added = Object.entries(shape.connectionParameters).filter(([name]) => !Object.hasOwn(parameters, name));
  // beside those that stay, else where the former ones stood: the way back then gives the same file
  const behind = entries.findLastIndex(([name]) => Object.hasOwn(shape.connectionParameters, name)) + 1;
  entries.splice(behind || Math.max(0, Object.keys(parameters).findIndex(isGone)), 0, ...added);
  const result: JsonObject = {};
  for (const [name, parameter] of entries) setOwn(result, name, parameter);
  if (!deepEqual(own(properties, 'connectionParameters'), result))
    setInOrder(properties, 'connectionParameters', clone(result), propertiesOrder);
  setPolicies(properties, shape, base, removed);
}

function setPolicies(
  properties: JsonObject,
  shape: AuthenticationShape,
  base: AuthenticationShape | undefined,
  removed: readonly string[],
): void {
  const policies = asArray(own(properties, 'policyTemplateInstances'));
  const isMine = (policy: Json): boolean => isOwnPolicy(policy, removed);
  const find = (list: readonly Json[], header: string): Json | undefined =>
    list.find((policy) => headerOf(policy) === header);
  const kept = policies.flatMap((policy) => {
    if (!isMine(policy)) return [policy];
    const after = find(shape.policies, headerOf(policy));
    return after === undefined ? [] : [carryOver(find(base?.policies ?? [], headerOf(policy)), policy, after)];
  });
  const added = shape.policies.filter((policy) => find(policies.filter(isMine), headerOf(policy)) === undefined);
  const first = policies.findIndex((policy) => isMine(policy) && find(shape.policies, headerOf(policy)) === undefined);
  kept.splice(Math.max(0, first), 0, ...added);
  if (deepEqual(kept, policies)) return;
  if (kept.length === 0) delete properties.policyTemplateInstances;
  else setInOrder(properties, 'policyTemplateInstances', clone(kept), propertiesOrder);
}

/** Lower-case name of the header that a policy sets. */
const headerOf = (policy: Json): string =>
  asString(own(asObject(own(asObject(policy), 'parameters')), 'x-ms-apimTemplateParameter.name'))?.toLowerCase() ?? '';

/** Texts that people read: the author's are worth more than ours. */
const textKeys = ['displayName', 'description', 'tooltip', 'title'];

/**
 * What changed between two versions of ours, done to the author's version of it: everything else there stays.
 *
 * @param before what we would have written for what the author has
 */
function carryOver(before: Json | undefined, authors: Json | undefined, after: Json, key = ''): Json {
  if (authors === undefined) return after;
  if (deepEqual(before, after)) return authors;
  if (!isObject(authors) || !isObject(after) || !isObject(before)) {
    return textKeys.includes(key) && !deepEqual(before, authors) ? authors : after;
  }
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(authors)) {
    const next = own(after, name);
    if (next !== undefined) setOwn(result, name, carryOver(own(before, name), value, next, name));
    else if (own(before, name) === undefined) setOwn(result, name, value);
  }
  for (const [name, value] of Object.entries(after)) {
    if (own(authors, name) === undefined && !deepEqual(own(before, name), value)) setOwn(result, name, value);
  }
  return result;
}

/** Parameters that the platform or this tool gives to an authentication; every other one is the author's. */
function isOwned(
  name: string,
  parameter: Json | undefined,
  shape: AuthenticationShape,
  former: AuthenticationShape | undefined,
): boolean {
  if (former !== undefined && Object.hasOwn(former.connectionParameters, name)) return true;
  const isOAuth = own(asObject(parameter), 'type') === 'oauthSetting' || name === 'token' || name.startsWith('token:');
  if (!isOAuth) return false;
  // what an author put beside the token of an OAuth connector stays there while it is one
  const staysOAuth =
    former !== undefined &&
    Object.hasOwn(former.connectionParameters, 'token') &&
    Object.hasOwn(shape.connectionParameters, 'token');
  return !(staysOAuth && name.startsWith('token:'));
}

/** Policies that carry the former authentication: ours by header, or of a connection parameter that is gone. */
function isOwnPolicy(policy: Json, removed: readonly string[]): boolean {
  const parameters = asObject(own(asObject(policy), 'parameters'));
  if ((Object.values(scriptHeaders) as string[]).includes(headerOf(policy))) return true;
  const value = asString(own(parameters, 'x-ms-apimTemplateParameter.value')) ?? '';
  if (/^\S+ @connectionParameters\('api_key'/.test(value)) return true;
  return removed.some((parameter) => value.includes(`@connectionParameters('${parameter}'`));
}

function setScript(draft: ConnectorDraft, needed: boolean, script: string): string[] {
  const isOurs = draft.script !== undefined && plain(draft.script) === plain(script);
  if (needed) {
    if (draft.script === undefined || isOurs) draft.script = draft.script ?? script;
    else
      return ["script.csx is the author's: it must sign in with the client credentials itself, or be replaced by hand"];
  } else if (isOurs) {
    draft.script = undefined;
  } else if (draft.script?.includes(scriptHeaders.tokenUrl)) {
    return ['script.csx was edited and still signs in with client credentials: remove that part by hand'];
  }
  return [];
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** settings.json names the script exactly when there is one. */
function setSettings(draft: ConnectorDraft): void {
  const { settings } = draft;
  if (Object.keys(settings).length === 0) return;
  const script = draft.script === undefined ? null : 'script.csx';
  const current = own(settings, 'script');
  if (script === null ? current === 'script.csx' : current !== script && (current === undefined || current === null)) {
    setOwn(settings, 'script', script);
  }
}

/** config.json keeps what only the build needs; an authentication without OAuth leaves nothing there. */
function setConfig(config: JsonObject, authentication: Authentication): void {
  if (!Object.hasOwn(config, 'oauth2')) return;
  if (authentication.kind === 'oauth2' || authentication.kind === 'entra') {
    const oauth2 = asObject(config.oauth2);
    const values: Record<string, string> =
      authentication.kind === 'oauth2'
        ? { clientId: authentication.clientId, refreshUrl: authentication.refreshUrl }
        : {
            clientId: authentication.clientId,
            tenantId: authentication.tenantId,
            resourceUri: authentication.resourceUri,
          };
    for (const [key, value] of Object.entries(values)) if (own(oauth2, key)) setOwn(oauth2, key, value);
  } else if (authentication.kind !== 'client-credentials') {
    delete config.oauth2;
  }
}

function setUnlessEqual(object: JsonObject, key: string, value: Json, order: readonly string[]): void {
  const current = own(object, key);
  const isEmpty = isObject(value) ? Object.keys(value).length === 0 : asArray(value).length === 0;
  if (current === undefined && isEmpty) return;
  if (!deepEqual(current, value)) setInOrder(object, key, clone(value), order);
}
