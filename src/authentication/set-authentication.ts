import type { ConnectorDraft } from '../connector/draft.ts';
import {
  asArray,
  asObject,
  asString,
  clone,
  deepEqual,
  getOwn,
  type Json,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { definitionOrder, propertiesOrder, setInOrder } from '../connector/key-order.ts';
import { listOperations } from '../connector/operations.ts';
import { firstOf } from '../counted.ts';
import type { Authentication, ConnectorParts } from './authentication.ts';
import { requireLegal, withPlainLineEnds } from './combinations.ts';
import { removeSets, sharedParameters } from './connection-parameter-sets/parameter-sets.ts';
import { forgetSchemes, setUnlessEqual } from './definition.ts';
import type { Service } from './kind.ts';
import { isPolicyOfAdditionalField, recogniseAdditionalFields } from './kinds/additional-fields.ts';
import { scriptHeaders } from './kinds/client-credentials.ts';
import { readTokenPolicies } from './kinds/token-policies.ts';
import { shapeOf } from './kinds.ts';
import { carryOver, insertInOrder } from './merge.ts';
import { hasType, mergeConnectionParameters, unchanged } from './merge-parameters.ts';
import { oauthConfig, recogniseAuthentication, recogniseDefinition } from './recognise.ts';

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
 * Parameters, policies and scripts of the author's own stay. Several ways to sign in become this one.
 *
 * @returns notes for the author, about what was left because it isn't ours to remove
 * @throws UserError for what the platform can't combine
 */
export function setAuthentication(
  draft: ConnectorDraft,
  authentication: Authentication,
  options: SetAuthenticationOptions,
): string[] {
  requireLegal(draft, authentication, options.script);
  const service = serviceOf(draft);
  const shape = shapeOf(authentication, service);
  const properties = draft.connectorProperties;
  const further = recogniseAdditionalFields(properties, sharedParameters(properties));
  // of several ways none is the former one: nothing of them is merged
  const { method: present } = recogniseAuthentication(draft.definition, draft.properties, oauthConfig(draft.config));
  removeSets(properties);
  const former = shapeOf(present ?? { kind: 'none', ...further }, service);
  const base = present !== undefined && isSameFamily(present, authentication) ? former : undefined;
  if (!options.keepDefinition) setDefinition(draft.definition, shape, base);
  setProperties(properties, shape, former, base);
  setCapabilities(properties, shape.capabilities ?? [], former.capabilities ?? []);
  const notes = setSignInScript(draft, shape.script, options.script);
  if (!options.keepConfig) setConfig(draft.config, authentication);
  return [...notes, ...tokenNotes(draft, authentication)];
}

/** What policies that ask for a token can't do, and what nobody knows of this service. */
function tokenNotes({ definition }: ConnectorDraft, authentication: Authentication): string[] {
  if (authentication.kind !== 'client-credentials' || authentication.by !== 'policies') return [];
  const general = getOwn(definition, 'consumes');
  const others = listOperations(definition).flatMap(({ id, name, method, value }) => {
    const types = asArray(getOwn(value, 'consumes') ?? general).map(String);
    const isOther = /^p/.test(method) && types.length > 0 && !types.some((type) => /[/+]json\b/i.test(type));
    return isOther ? [`${id || name} (${types[0]})`] : [];
  });
  return [
    'the token service has to take grant_type in the query, and client id and secret as basic authentication; where it does not: --by script',
    ...(others.length === 0
      ? []
      : [
          `the policies make every request application/json, which ${firstOf(others, 3)} can not be: use --by script, or take the policy "Sign-in: JSON" away from them`,
        ]),
  ];
}

/** The service of a connector, whose title says what it is called. */
export const serviceOf = (draft: ConnectorDraft): Service => ({
  name: asString(getOwn(draft.info, 'title')) ?? 'API',
  host: asString(getOwn(draft.definition, 'host')),
  basePath: asString(getOwn(draft.definition, 'basePath')),
});

/** Only what has the same files is merged; Entra's two versions have nothing in common there, nor have script and policies. */
const isSameFamily = (a: Authentication, b: Authentication): boolean =>
  a.kind === b.kind &&
  (a.kind !== 'entra' || b.kind !== 'entra' || a.version === b.version) &&
  (a.kind !== 'client-credentials' || b.kind !== 'client-credentials' || a.by === b.by);

/** @param base the former shape when it is of the same kind: then the scheme keeps its name, and what the author wrote in it */
function setDefinition(definition: JsonObject, shape: ConnectorParts, base: ConnectorParts | undefined): void {
  const schemes = asObject(getOwn(definition, 'securityDefinitions'));
  const [before] = Object.values(base?.securityDefinitions ?? {});
  const [after] = Object.values(shape.securityDefinitions);
  const name = recogniseDefinition(definition).scheme;
  const authors = name === undefined ? undefined : getOwn(schemes, name);
  if (
    base !== undefined &&
    before !== undefined &&
    after !== undefined &&
    name !== undefined &&
    hasType(authors, getOwn(asObject(after), 'type'))
  ) {
    setUnlessEqual(
      definition,
      'securityDefinitions',
      { ...schemes, [name]: carryOver(before, authors, after) },
      definitionOrder,
    );
    if (!deepEqual(base.security, shape.security)) {
      setUnlessEqual(
        definition,
        'security',
        shape.security.map((requirement) => ({ [name]: Object.values(requirement)[0] ?? [] })),
        definitionOrder,
      );
    }
    return;
  }
  const removed = Object.keys(schemes).filter((scheme) => !Object.hasOwn(shape.securityDefinitions, scheme));
  setUnlessEqual(definition, 'securityDefinitions', shape.securityDefinitions, definitionOrder);
  setUnlessEqual(definition, 'security', shape.security, definitionOrder);
  forgetSchemes(definition, removed);
}

function setProperties(
  properties: JsonObject,
  shape: ConnectorParts,
  former: ConnectorParts,
  base: ConnectorParts | undefined,
): void {
  const current = getOwn(properties, 'connectionParameters');
  const { parameters, removed } = mergeConnectionParameters(asObject(current), {
    after: shape.connectionParameters,
    former: former.connectionParameters,
    base: base?.connectionParameters,
  });
  if (!deepEqual(current, parameters)) {
    setInOrder(properties, 'connectionParameters', clone(parameters), propertiesOrder);
  }
  setPolicies(properties, shape, former, base, removed);
}

function setPolicies(
  properties: JsonObject,
  shape: ConnectorParts,
  former: ConnectorParts,
  base: ConnectorParts | undefined,
  removed: readonly string[],
): void {
  const policies = asArray(getOwn(properties, 'policyTemplateInstances'));
  // policies that ask for a token are known by their place in the list, whatever they are called
  const parts = new Map(
    [policies, shape.policies, former.policies, base?.policies ?? []].flatMap((list) => [
      ...(readTokenPolicies({ policyTemplateInstances: list })?.parts ?? []),
    ]),
  );
  const isMine = (policy: Json): boolean => parts.has(policy) || isOwnPolicy(policy, removed);
  const policyKey = (policy: Json): string => parts.get(policy) ?? keyOf(policy);
  const find = (list: readonly Json[], key: string): Json | undefined =>
    list.find((policy) => policyKey(policy) === key);
  const kept = policies.flatMap((policy) => {
    if (!isMine(policy)) return [policy];
    const key = policyKey(policy);
    const after = find(shape.policies, key);
    if (after === undefined) return [];
    const before = find(base?.policies ?? [], key) ?? unchanged(find(former.policies, key), after);
    const carried = carryOver(before, policy, after);
    const part = parts.get(policy);
    if (part !== undefined) parts.set(carried, part);
    return [carried];
  });
  const added = shape.policies.filter((policy) => find(policies.filter(isMine), policyKey(policy)) === undefined);
  const first = policies.findIndex((policy) => isMine(policy) && find(shape.policies, policyKey(policy)) === undefined);
  // the author's policies have no rank, also where they set the same header
  const rankKey = (policy: Json): string =>
    isMine(policy) || added.includes(policy as JsonObject) ? policyKey(policy) : '';
  const result = insertInOrder(kept, added, shape.policies.map(policyKey), Math.max(0, first), rankKey);
  if (deepEqual(result, policies)) return;
  if (result.length === 0) delete properties.policyTemplateInstances;
  else setInOrder(properties, 'policyTemplateInstances', clone(result), propertiesOrder);
}

/** What a policy sets: one of ours is known by it. The prefix of a key and a header of the script never share a name. */
function keyOf(policy: Json): string {
  const parameters = asObject(getOwn(asObject(policy), 'parameters'));
  const template = (asString(getOwn(asObject(policy), 'templateId')) ?? '').toLowerCase();
  return `${template} ${asString(getOwn(parameters, 'x-ms-apimTemplateParameter.name'))?.toLowerCase() ?? ''}`;
}

/** Adds and takes away what an authentication brings; the author's entries stay. */
function setCapabilities(properties: JsonObject, wanted: readonly string[], former: readonly string[]): void {
  const current = asArray(getOwn(properties, 'capabilities'));
  const kept = current.filter((entry) => !former.includes(String(entry)) || wanted.includes(String(entry)));
  const result = [...kept, ...wanted.filter((entry) => !kept.includes(entry))];
  if (!deepEqual(result, current)) setInOrder(properties, 'capabilities', result, propertiesOrder);
}

/** Policies that carry the former authentication: ours by header, or of a connection parameter that is gone. */
function isOwnPolicy(policy: Json, removed: readonly string[]): boolean {
  const parameters = asObject(getOwn(asObject(policy), 'parameters'));
  const name = asString(getOwn(parameters, 'x-ms-apimTemplateParameter.name'))?.toLowerCase() ?? '';
  if (isPolicyOfAdditionalField(policy) || (Object.values(scriptHeaders) as string[]).includes(name)) return true;
  const value = asString(getOwn(parameters, 'x-ms-apimTemplateParameter.value')) ?? '';
  if (/^\S+ @connectionParameters\('api_key'/.test(value)) return true;
  return removed.some((parameter) => value.includes(`@connectionParameters('${parameter}'`));
}

/**
 * The client-credentials script comes and goes with that sign-in, in settings.json too; one of the author's stays.
 *
 * @param script its text
 * @returns notes for the author
 */
export function setSignInScript(draft: ConnectorDraft, needed: boolean, script: string): string[] {
  const notes = changeScript(draft, needed, script);
  setSettings(draft);
  return notes;
}

function changeScript(draft: ConnectorDraft, needed: boolean, script: string): string[] {
  const isOurs = draft.script !== undefined && withPlainLineEnds(draft.script) === withPlainLineEnds(script);
  if (needed) {
    if (draft.script === undefined || isOurs) draft.script = draft.script ?? script;
    else return ["script.csx is the author's: it must sign in with the client credentials itself, or be removed first"];
  } else if (isOurs) {
    draft.script = undefined;
  } else if (draft.script?.includes(scriptHeaders.tokenUrl)) {
    return ['script.csx was edited and still signs in with client credentials: remove that part'];
  }
  return [];
}

/** settings.json names the script exactly when there is one. */
function setSettings(draft: ConnectorDraft): void {
  const { settings } = draft;
  if (Object.keys(settings).length === 0) return;
  const script = draft.script === undefined ? null : 'script.csx';
  const current = getOwn(settings, 'script');
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
    for (const [key, value] of Object.entries(values)) if (getOwn(oauth2, key)) setOwn(oauth2, key, value);
  } else if (authentication.kind !== 'client-credentials') {
    delete config.oauth2;
  }
}
