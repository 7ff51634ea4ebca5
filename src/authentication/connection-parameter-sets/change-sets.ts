import type { ConnectorDraft } from '../../connector/draft.ts';
import {
  asArray,
  asObject,
  deepEqual,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';
import { definitionOrder, propertiesOrder, setInOrder } from '../../connector/key-order.ts';
import { nearest } from '../../did-you-mean.ts';
import { UserError } from '../../errors.ts';
import { shellWord } from '../../process/command.ts';
import type { Authentication } from '../authentication.ts';
import { isReservedName, requireLegal } from '../combinations.ts';
import { forgetSchemes, setUnlessEqual } from '../definition.ts';
import { apiKey } from '../kinds/api-key.ts';
import { anyService, kindOf, kindShape, shapeOf } from '../kinds.ts';
import { mergeConnectionParameters } from '../merge-parameters.ts';
import { oauthConfig, recogniseAuthentication } from '../recognise.ts';
import { type SetAuthenticationOptions, serviceOf } from '../set-authentication.ts';
import {
  removeSets,
  setName,
  setParameters,
  setsOf,
  sharedParameters,
  withoutSchemas,
  withSchemas,
} from './parameter-sets.ts';

/** One of several ways to sign in, as it is asked for. */
export interface SignInSet {
  /** Connections refer to it: it must stay. */
  name: string;
  /** Empty: as it is, or by the kind. */
  label: string;
  description: string;
  authentication: Authentication;
  /** Whether the definition names the schemes of all sets; undefined: as it is, `listed` at first. */
  schemes?: 'listed' | 'none' | undefined;
}

/**
 * Adds a way to sign in, or changes the one of that name. A connector with a single way gets that as its first set.
 *
 * @returns notes for the author
 * @throws UserError for what can't be one of several
 */
export function addSet(draft: ConnectorDraft, wanted: SignInSet, options: SetAuthenticationOptions): string[] {
  const { authentication } = wanted;
  requireLegal(draft, authentication, options.script);
  requireSetKind(authentication, `--set ${wanted.name}`);
  const service = serviceOf(draft);
  const inner = draft.connectorProperties;
  const isListed = isListedFor(draft, wanted);
  const { values, notes } = presentSets(draft, wanted.name);
  const further = withSchemas(shapeOf(authentication, service).connectionParameters);
  const mine = withSchemas(kindShape(authentication, service).connectionParameters);
  const shared = Object.fromEntries(Object.entries(further).filter(([name]) => !Object.hasOwn(mine, name)));
  const common = { ...commonOf(values, draft), ...shared };
  const result = values.map(
    (set): JsonObject => ({ ...set, parameters: { ...setParameters(set), ...missing(set, shared) } }),
  );
  const index = result.findIndex((set) => setName(set) === wanted.name);
  const present = index < 0 ? undefined : result[index];
  const next = changedSet(draft, present, wanted, { ...mine, ...common }, mine);
  // a scheme of another type would stay behind
  if (present !== undefined && schemeTypeOf(present) !== schemeTypeOf(next)) removeScheme(draft, values, present);
  if (index < 0) result.push(next);
  else result[index] = next;
  writeSets(inner, result);
  addPolicies(inner, shapeOf(authentication, service).policies);
  setSchemes(draft, wanted, isListed);
  return notes;
}

/**
 * Takes one of the ways to sign in away. The last one that remains is the connector's single one again.
 *
 * @throws UserError when there is no such set
 */
export function removeSet(draft: ConnectorDraft, name: string): string[] {
  const inner = draft.connectorProperties;
  const sets = setsOf(inner);
  const gone = sets.find((set) => setName(set) === name);
  if (gone === undefined) throw unknownSet(name, sets);
  const rest = sets.filter((set) => set !== gone);
  removeScheme(draft, sets, gone);
  const [last] = rest;
  if (rest.length > 1) {
    writeSets(inner, rest);
    return [];
  }
  removeSets(inner, last === undefined ? sharedParameters(inner) : withoutSchemas(setParameters(last)));
  return last === undefined ? [] : restoreScheme(draft, last);
}

function unknownSet(name: string, sets: readonly JsonObject[]): UserError {
  const names = sets.map(setName);
  const guess = nearest(name, names);
  return new UserError(
    `--remove-set: there is no set "${name}"${guess === undefined ? '' : `; did you mean ${guess}?`}`,
    {
      hint:
        names.length === 0
          ? 'the connector has a single way to sign in; remove it with: pp-connector oauth --auth none'
          : `the sets are: ${names.join(', ')}`,
    },
  );
}

function requireSetKind(authentication: Authentication, flag: string): void {
  const kind = kindOf(authentication);
  const reason = kind.setRefusal?.(authentication);
  if (reason === undefined) return;
  throw new UserError(`${flag}: ${kind.asSet.label} can't be one of several ways to sign in: ${reason}`, {
    hint: 'choose another kind for the set, or set it as the only one with: pp-connector oauth --auth KIND',
  });
}

/** The sets so far, or the single authentication as the first one. */
function presentSets(draft: ConnectorDraft, wantedName: string): { values: JsonObject[]; notes: string[] } {
  const inner = draft.connectorProperties;
  const values = setsOf(inner);
  if (values.length > 0) return { values, notes: [] };
  const parameters = asObject(getOwn(inner, 'connectionParameters'));
  const { method } = recogniseAuthentication(draft.definition, draft.properties, oauthConfig(draft.config));
  const isEmpty = method === undefined ? hasOnlyFields(parameters) : method.kind === 'none';
  if (isEmpty) return { values: [], notes: [] };
  if (method !== undefined) requireSetKind(method, 'the present authentication');
  const { name, label, description } =
    method === undefined ? { ...apiKey.asSet, name: 'default' } : kindOf(method).asSet;
  const firstName = name === wantedName ? `${name}-1` : name;
  return {
    values: [
      { name: firstName, uiDefinition: { displayName: label, description }, parameters: withSchemas(parameters) },
    ],
    notes: [`the present way to sign in is now the set "${firstName}"; existing connections have to be made anew`],
  };
}

/** Whether nothing there signs in: plain fields go along with every way to do so. */
const hasOnlyFields = (parameters: JsonObject): boolean =>
  Object.entries(parameters).every(
    ([name, parameter]) => !isReservedName(name) && getOwn(asObject(parameter), 'type') === 'string',
  );

/** What every set has besides its sign-in; without sets, what the connector asks for. */
const commonOf = (values: readonly JsonObject[], draft: ConnectorDraft): JsonObject => {
  const [first] = values;
  if (first === undefined) return withSchemas(sharedParameters(draft.connectorProperties));
  const { method } = recogniseSet(draft, first);
  const signIn = method === undefined ? {} : kindShape(method, anyService).connectionParameters;
  const entries = Object.entries(setParameters(first)).filter(
    ([name]) =>
      !Object.hasOwn(signIn, name) &&
      !isTokenPart(name) &&
      values.every((set) => Object.hasOwn(setParameters(set), name)),
  );
  return Object.fromEntries(entries);
};

const isTokenPart = (name: string): boolean => name === 'token' || name.startsWith('token:');

const missing = (set: JsonObject, parameters: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !Object.hasOwn(setParameters(set), name)));

/** A set by itself is a connector with that one way to sign in. */
function recogniseSet(draft: ConnectorDraft, set: JsonObject) {
  const { connectionParameterSets: _, ...rest } = draft.connectorProperties;
  const properties = { properties: { ...rest, connectionParameters: withoutSchemas(setParameters(set)) } };
  return recogniseAuthentication(draft.definition, properties, oauthConfig(draft.config));
}

function changedSet(
  draft: ConnectorDraft,
  present: JsonObject | undefined,
  { name, label, description, authentication }: SignInSet,
  all: JsonObject,
  after: JsonObject,
): JsonObject {
  const defaults = kindOf(authentication).asSet;
  if (present === undefined) {
    const uiDefinition = { displayName: label || defaults.label, description: description || defaults.description };
    return { name, uiDefinition, parameters: all };
  }
  const ui = asObject(getOwn(present, 'uiDefinition'));
  const method = recogniseSet(draft, present).method;
  const former = method === undefined ? {} : withSchemas(kindShape(method, serviceOf(draft)).connectionParameters);
  const base = method?.kind === authentication.kind ? former : undefined;
  return {
    ...present,
    uiDefinition: {
      ...ui,
      ...(label === '' ? {} : { displayName: label }),
      ...(description === '' ? {} : { description }),
    },
    parameters: mergeConnectionParameters(setParameters(present), { after, former, base }).parameters,
  };
}

function writeSets(inner: JsonObject, values: JsonObject[]): void {
  const current = getOwn(inner, 'connectionParameterSets');
  // kept, but empty: readers that know no sets find nothing else to ask for
  if (!isObject(current)) setInOrder(inner, 'connectionParameters', {}, propertiesOrder);
  const uiDefinition = getOwn(asObject(current), 'uiDefinition') ?? {
    displayName: 'Authentication type',
    description: 'How to sign in.',
  };
  const next = { ...asObject(current), uiDefinition, values };
  if (!deepEqual(current, next)) setInOrder(inner, 'connectionParameterSets', next, propertiesOrder);
}

/** Policies of the host and of additional fields serve all sets; they refer to parameters that all sets have. */
function addPolicies(inner: JsonObject, wanted: readonly JsonObject[]): void {
  const policies = asArray(getOwn(inner, 'policyTemplateInstances'));
  const added = wanted.filter(
    (policy) => !policies.some((other) => getOwn(asObject(other), 'title') === getOwn(policy, 'title')),
  );
  const kept = policies.map(
    (policy) => wanted.find((other) => getOwn(other, 'title') === getOwn(asObject(policy), 'title')) ?? policy,
  );
  if (added.length > 0 || !deepEqual(kept, policies)) {
    setInOrder(inner, 'policyTemplateInstances', [...kept, ...added], propertiesOrder);
  }
}

/**
 * Half of the published connectors with sets list the schemes, half of them name none
 * (docs/reference/authentication.md#parameter-sets).
 */
function isListedFor(draft: ConnectorDraft, { schemes }: SignInSet): boolean {
  if (schemes !== undefined) return schemes === 'listed';
  const isFirst = setsOf(draft.connectorProperties).length === 0;
  return isFirst || Object.keys(schemesOf(draft.definition)).length > 0;
}

const schemesOf = (definition: JsonObject): JsonObject => asObject(getOwn(definition, 'securityDefinitions'));

function setSchemes(draft: ConnectorDraft, wanted: SignInSet, isListed: boolean): void {
  const { definition } = draft;
  if (!isListed) {
    forgetSchemes(definition, Object.keys(schemesOf(definition)));
    writeSchemes(definition, {}, []);
    return;
  }
  // listed anew: those of the other sets come first
  if (Object.keys(schemesOf(definition)).length === 0) {
    for (const set of setsOf(draft.connectorProperties)) {
      if (setName(set) !== wanted.name) addScheme(draft, setName(set), methodWithScheme(draft, set));
    }
  }
  addScheme(draft, wanted.name, wanted.authentication);
}

/** @throws UserError for a key, when the definition doesn't say where it goes */
function methodWithScheme(draft: ConnectorDraft, set: JsonObject): Authentication {
  const { method } = recogniseSet(draft, set);
  const isKey = Object.hasOwn(setParameters(set), 'api_key');
  if (method !== undefined && !(isKey && method.kind === 'none')) return method;
  throw new UserError(`--set-schemes listed: nothing says where the set "${setName(set)}" sends its key`, {
    hint: `describe it again first: pp-connector oauth --set ${shellWord(setName(set))} --auth api-key --in header --name NAME --set-schemes listed`,
  });
}

function addScheme(draft: ConnectorDraft, set: string, authentication: Authentication): void {
  const { definition } = draft;
  const { securityDefinitions, security } = kindShape(authentication, serviceOf(draft));
  const [entry] = Object.entries(securityDefinitions);
  if (entry === undefined) return;
  const [base, scheme] = entry;
  const present = schemesOf(definition);
  const former = schemeNameOf(draft, set, getOwn(asObject(scheme), 'type'));
  const same = Object.keys(present).find((name) => deepEqual(getOwn(present, name), scheme));
  const mine = `${base}_${set.replaceAll(/[^0-9A-Za-z]+/g, '_')}`;
  const name = same ?? former ?? (Object.hasOwn(present, base) ? mine : base);
  const [requirement, ...others] = asArray(getOwn(definition, 'security'));
  const scopes: Json = Object.values(asObject(security[0]))[0] ?? [];
  const required = same !== undefined && Object.hasOwn(asObject(requirement), name) ? {} : { [name]: scopes };
  writeSchemes(definition, { ...present, ...(same === undefined ? { [name]: scheme } : {}) }, [
    { ...asObject(requirement), ...required },
    ...others.filter(isObject),
  ]);
}

function writeSchemes(definition: JsonObject, schemes: JsonObject, security: JsonObject[]): void {
  setUnlessEqual(definition, 'securityDefinitions', schemes, definitionOrder);
  setUnlessEqual(definition, 'security', security, definitionOrder);
}

/** Type of the scheme by which a set signs in. */
function schemeTypeOf(set: JsonObject): string | undefined {
  const parameters = setParameters(set);
  if (Object.hasOwn(parameters, 'token')) return 'oauth2';
  if (Object.hasOwn(parameters, 'username')) return 'basic';
  return Object.hasOwn(parameters, 'api_key') ? 'apiKey' : undefined;
}

/**
 * The scheme that belongs to a set that is there: schemes of one type and the sets of that type go in the same order.
 */
function schemeNameOf(draft: ConnectorDraft, set: string, type: Json | undefined): string | undefined {
  const schemes = schemesOf(draft.definition);
  const names = Object.keys(schemes).filter((name) => getOwn(asObject(getOwn(schemes, name)), 'type') === type);
  const sets = setsOf(draft.connectorProperties).filter((other) => schemeTypeOf(other) === type);
  const index = sets.findIndex((other) => setName(other) === set);
  return names.length === sets.length && index >= 0 ? names[index] : undefined;
}

function removeScheme(draft: ConnectorDraft, sets: readonly JsonObject[], gone: JsonObject): void {
  const { definition } = draft;
  const type = schemeTypeOf(gone);
  const isShared = sets.some((set) => setName(set) !== setName(gone) && schemeTypeOf(set) === type);
  const name = schemeNameOf(draft, setName(gone), type);
  const schemes = schemesOf(definition);
  const ofType = Object.keys(schemes).filter((key) => getOwn(asObject(getOwn(schemes, key)), 'type') === type);
  const removed = isShared ? (name === undefined ? [] : [name]) : ofType;
  if (removed.length === 0) return;
  const without = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !removed.includes(key)));
  const security = asArray(getOwn(definition, 'security'))
    .map((requirement) => without(asObject(requirement)))
    .filter((requirement) => Object.keys(requirement).length > 0);
  writeSchemes(definition, without(schemes), security);
  forgetSchemes(definition, removed);
}

/** The definition of a connector with one way to sign in says which one, also where it named none for several. */
function restoreScheme(draft: ConnectorDraft, last: JsonObject): string[] {
  const { definition } = draft;
  if (Object.keys(schemesOf(definition)).length > 0 || schemeTypeOf(last) === undefined) return [];
  const { method } = recogniseAuthentication(definition, draft.properties, oauthConfig(draft.config));
  if (method === undefined || method.kind === 'none') {
    return [
      'the definition does not say where the key goes: pp-connector oauth --auth api-key --in header --name NAME',
    ];
  }
  const { securityDefinitions, security } = kindShape(method, serviceOf(draft));
  writeSchemes(definition, securityDefinitions, security);
  return [];
}
