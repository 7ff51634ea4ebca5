import type { ConnectorDraft } from '../connector/draft.ts';
import { setInOrder } from '../connector/draft.ts';
import { asArray, asObject, asString, clone, deepEqual, isObject, type Json, type JsonObject, own, setOwn } from '../connector/json.ts';
import type { Authentication, AuthenticationShape } from './authentication.ts';
import { oauthConfig, recogniseAuthentication } from './recognise.ts';
import { scriptHeaders, shapeOf } from './shapes.ts';

/** Root keys of a definition in the order in which authors write them. */
export const rootOrder = [
  'swagger', 'info', 'host', 'basePath', 'schemes', 'consumes', 'produces', 'paths', 'definitions', 'parameters',
  'responses', 'securityDefinitions', 'security', 'tags', 'externalDocs', 'x-ms-capabilities', 'x-ms-connector-metadata',
] as const;

export const propertiesOrder = [
  'connectionParameters', 'connectionParameterSets', 'iconBrandColor', 'capabilities', 'publisher', 'stackOwner',
  'policyTemplateInstances', 'scriptOperations',
] as const;

export interface SetAuthenticationOptions {
  /** Text of the client-credentials script (templates/oauth/script.csx). */
  script: string;
  /** Where the definition stays as it is (it declares this authentication itself): only the other files follow. */
  keepDefinition?: boolean;
}

/**
 * Sets the connector's authentication in all files that it touches, and removes what the former one left there.
 * Parameters, policies and scripts of the author's own stay.
 *
 * @returns notes for the author, about what was left because it isn't ours to remove
 */
export function setAuthentication(draft: ConnectorDraft, authentication: Authentication, options: SetAuthenticationOptions): string[] {
  const service = asString(own(draft.info, 'title')) ?? 'API';
  const shape = shapeOf(authentication, service);
  const former = recogniseAuthentication(draft.definition, draft.properties, oauthConfig(draft.config)).authentication;
  if (!options.keepDefinition) setDefinition(draft.definition, shape);
  setProperties(draft.connectorProperties, shape, former === undefined ? undefined : shapeOf(former, service));
  const notes = setScript(draft, shape.script, options.script);
  setSettings(draft);
  setConfig(draft.config, authentication);
  return notes;
}

function setDefinition(definition: JsonObject, shape: AuthenticationShape): void {
  const removed = Object.keys(asObject(own(definition, 'securityDefinitions'))).filter((name) => !Object.hasOwn(shape.securityDefinitions, name));
  setUnlessEqual(definition, 'securityDefinitions', shape.securityDefinitions, rootOrder);
  setUnlessEqual(definition, 'security', shape.security, rootOrder);
  for (const pathItem of Object.values(asObject(own(definition, 'paths')))) {
    for (const operation of Object.values(asObject(pathItem))) forgetSchemes(operation, removed);
  }
}

/** Drops requirements of schemes that no longer exist from an operation; `security: []` (no sign-in) stays. */
function forgetSchemes(operation: Json, removed: readonly string[]): void {
  if (!isObject(operation)) return;
  const security = own(operation, 'security');
  if (!Array.isArray(security) || security.length === 0) return;
  const kept = security.filter((requirement) => !Object.keys(asObject(requirement)).some((name) => removed.includes(name)));
  if (kept.length === security.length) return;
  if (kept.length === 0) delete operation.security;
  else operation.security = kept;
}

function setProperties(properties: JsonObject, shape: AuthenticationShape, former: AuthenticationShape | undefined): void {
  const parameters = { ...asObject(own(properties, 'connectionParameters')) };
  const removed = Object.keys(parameters).filter((name) => isOwned(name, parameters[name], former) && !Object.hasOwn(shape.connectionParameters, name));
  for (const name of removed) delete parameters[name];
  for (const [name, parameter] of Object.entries(shape.connectionParameters)) {
    // texts that the author gave a field of the same kind are worth more than ours
    const existing = own(parameters, name);
    const isSameKind = isObject(existing) && deepEqual(own(existing, 'type'), own(asObject(parameter), 'type')) && own(existing, 'type') !== 'oauthSetting';
    setOwn(parameters, name, isSameKind && former !== undefined && Object.hasOwn(former.connectionParameters, name) ? existing : parameter);
  }
  setUnlessEqual(properties, 'connectionParameters', parameters, propertiesOrder);

  const policies = asArray(own(properties, 'policyTemplateInstances'));
  const mine = policies.filter((policy) => isOwnPolicy(policy, removed));
  const wanted = shape.policies.filter((policy) => !policies.some((other) => deepEqual(other, policy)));
  const kept = policies.filter((policy) => !mine.includes(policy) || shape.policies.some((other) => deepEqual(other, policy)));
  const result = [...wanted, ...kept];
  if (!deepEqual(result, policies)) setInOrder(properties, 'policyTemplateInstances', clone(result), propertiesOrder);
}

/** Parameters that the platform or this tool gives to an authentication; every other one is the author's. */
function isOwned(name: string, parameter: Json | undefined, former: AuthenticationShape | undefined): boolean {
  const type = own(asObject(parameter), 'type');
  if (type === 'oauthSetting' || name === 'token' || name.startsWith('token:')) return true;
  if (former === undefined) return false;
  return Object.hasOwn(former.connectionParameters, name);
}

/** Policies that carry the former authentication: ours by header, or of a connection parameter that is gone. */
function isOwnPolicy(policy: Json, removed: readonly string[]): boolean {
  const parameters = asObject(own(asObject(policy), 'parameters'));
  const name = asString(own(parameters, 'x-ms-apimTemplateParameter.name'))?.toLowerCase() ?? '';
  if ((Object.values(scriptHeaders) as string[]).includes(name)) return true;
  const value = asString(own(parameters, 'x-ms-apimTemplateParameter.value')) ?? '';
  if (/^\S+ @connectionParameters\('api_key'/.test(value)) return true;
  return removed.some((parameter) => value.includes(`@connectionParameters('${parameter}'`));
}

function setScript(draft: ConnectorDraft, needed: boolean, script: string): string[] {
  const isOurs = draft.script !== undefined && plain(draft.script) === plain(script);
  if (needed) {
    if (draft.script === undefined || isOurs) draft.script = draft.script ?? script;
    else return ['script.csx is the author\'s: it must sign in with the client credentials itself, or be replaced by hand'];
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
        : { clientId: authentication.clientId, tenantId: authentication.tenantId, resourceUri: authentication.resourceUri };
    for (const [key, value] of Object.entries(values)) if (own(oauth2, key)) setOwn(oauth2, key, value);
  } else if (authentication.kind !== 'client-credentials') {
    delete config.oauth2;
  }
}

function setUnlessEqual(object: JsonObject, key: string, value: Json, order: readonly string[]): void {
  const current = own(object, key);
  const isEmpty = isObject(value) ? Object.keys(value).length === 0 : asArray(value).length === 0;
  if (current === undefined && isEmpty && key !== 'connectionParameters') return;
  if (!deepEqual(current, value)) setInOrder(object, key, clone(value), order);
}
