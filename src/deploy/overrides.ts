import { statSync } from 'node:fs';
import { isEntraUrl } from '../authentication/authentication.ts';
import { scriptHeaders } from '../authentication/kinds/client-credentials.ts';
import { apiAddress, hostOfAddress, tokenAddresses, tokenPath } from '../authentication/kinds/token-policies.ts';
import { updateJsonText } from '../connector/json/edit.ts';
import {
  asArray,
  asObject,
  asString,
  clone,
  getOwn,
  isObject,
  type JsonObject,
  setOwn,
} from '../connector/json/value.ts';
import { type Connector, connectorFrom } from '../connector/load.ts';
import { type JsonFile, readBinary, type SourceFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import { containedPath } from '../files/contained-path.ts';
import type { Environment } from './environment.ts';
import { oauthSettings } from './remote-copy.ts';

/** What may be otherwise in one environment, as config.json calls it. */
export const overrideKeys = [
  ...['host', 'basePath', 'title', 'icon'],
  ...['authorizationUrl', 'tokenUrl', 'refreshUrl', 'resourceUri', 'tenantId', 'clientId'],
] as const;
export type OverrideKey =
  | ('host' | 'basePath' | 'title' | 'icon')
  | ('authorizationUrl' | 'tokenUrl' | 'refreshUrl' | 'resourceUri' | 'tenantId' | 'clientId');

/** Values for one environment; what isn't given is as in the connector's files. */
export type Overrides = Readonly<Partial<Record<OverrideKey, string>>>;

/** A value inside of a connector that an override replaces. */
interface Place {
  /** The same in every copy of the connector. */
  id: string;
  owner: JsonObject;
  key: string;
  /** The new value, where the override is only a part of it. */
  make?: (override: string, current: string) => string;
}

/** Keys of `customParameters` of OAuth settings, by what they are. */
const customParameters: Partial<Record<OverrideKey, readonly string[]>> = {
  authorizationUrl: ['authorizationUrl', 'authorizationUrlTemplate'],
  tokenUrl: ['tokenUrl', 'tokenUrlTemplate'],
  refreshUrl: ['refreshUrl', 'refreshUrlTemplate'],
  resourceUri: ['resourceUri'],
  tenantId: ['tenantId'],
};

/** Where a connector has what can be overridden. */
function placesOf(definition: JsonObject, properties: JsonObject): Record<Exclude<OverrideKey, 'icon'>, Place[]> {
  const info = asObject(getOwn(definition, 'info'));
  const places: ReturnType<typeof placesOf> = {
    host: [{ id: 'host', owner: definition, key: 'host' }],
    basePath: [{ id: 'basePath', owner: definition, key: 'basePath' }],
    title: [{ id: 'title', owner: info, key: 'title' }],
    authorizationUrl: [],
    tokenUrl: [],
    refreshUrl: [],
    resourceUri: [],
    tenantId: [],
    clientId: [],
  };
  for (const [name, value] of Object.entries(asObject(getOwn(definition, 'securityDefinitions')))) {
    const scheme = asObject(value);
    for (const key of ['authorizationUrl', 'tokenUrl'] as const) {
      const url = asString(getOwn(scheme, key));
      if (url === undefined) continue;
      const place = { id: `securityDefinitions.${name}.${key}`, owner: scheme, key };
      places[key].push(place);
      if (isEntraUrl(url)) places.tenantId.push({ ...place, make: withTenant });
    }
  }
  for (const [id, settings] of oauthSettings(properties)) {
    places.clientId.push({ id: `${id}.clientId`, owner: settings, key: 'clientId' });
    const custom = asObject(getOwn(settings, 'customParameters'));
    for (const [key, names] of Object.entries(customParameters) as [Exclude<OverrideKey, 'icon'>, string[]][]) {
      for (const name of names) {
        const parameter = getOwn(custom, name);
        if (isObject(parameter)) places[key].push({ id: `${id}.${name}`, owner: parameter, key: 'value' });
      }
    }
    const inner = getOwn(settings, 'properties');
    if (isObject(inner) && Object.hasOwn(inner, 'AzureActiveDirectoryResourceId')) {
      places.resourceUri.push({ id: `${id}.resource`, owner: inner, key: 'AzureActiveDirectoryResourceId' });
    }
  }
  // the script that signs in by client credentials gets its address from a policy
  for (const policy of asArray(getOwn(asObject(getOwn(properties, 'properties')), 'policyTemplateInstances'))) {
    const parameters = asObject(getOwn(asObject(policy), 'parameters'));
    if (getOwn(parameters, 'x-ms-apimTemplateParameter.name') !== scriptHeaders.tokenUrl) continue;
    places.tokenUrl.push({ id: 'policy.tokenUrl', owner: parameters, key: 'x-ms-apimTemplateParameter.value' });
  }
  addTokenPlaces(places, definition, properties);
  return places;
}

/** Policies that sign in by client credentials hold the addresses of the token service and of the API. */
function addTokenPlaces(places: ReturnType<typeof placesOf>, definition: JsonObject, properties: JsonObject): void {
  const addresses = tokenAddresses(asObject(getOwn(properties, 'properties')));
  if (addresses === undefined) return;
  const { service, token, api, scopes } = addresses;
  const key = 'x-ms-apimTemplateParameter.urlTemplate';
  if (service !== undefined) {
    places.tokenUrl.push({ id: 'policy.tokenService', owner: service, key, make: hostOfAddress });
    const path = 'x-ms-apimTemplateParameter.parameterValueUrl';
    const make = (url: string): string => tokenPath(url, scopes);
    places.tokenUrl.push({ id: 'policy.token', owner: token, key: path, make });
  }
  // another address than the definition's is the author's
  const host = asString(getOwn(definition, 'host'));
  if (api === undefined || hostOfAddress(asString(getOwn(api, key)) ?? '') !== `https://${host}`) return;
  places.host.push({ id: 'policy.api', owner: api, key, make: withHost });
  places.basePath.push({ id: 'policy.api', owner: api, key, make: withBasePath });
}

const withHost = (host: string, url: string): string => `https://${host}${url.slice(hostOfAddress(url).length)}`;

const withBasePath = (basePath: string, url: string): string =>
  apiAddress(hostOfAddress(url).replace('https://', ''), basePath);

/** An address of Entra ID has the tenant as the first segment of its path. */
const withTenant = (tenant: string, url: string): string =>
  url.replace(/^(https?:\/\/[^/?#]+\/)[^/?#]+/i, `$1${tenant}`);

/** Tokens are refreshed where they are got, unless the author says otherwise. */
function complete(overrides: Overrides, properties: JsonObject): Overrides {
  if (overrides.tokenUrl === undefined || overrides.refreshUrl !== undefined) return overrides;
  const places = placesOf({}, properties);
  const values = (key: 'tokenUrl' | 'refreshUrl') => places[key].map(({ owner, key: name }) => getOwn(owner, name));
  const isSame =
    values('refreshUrl').length > 0 && values('refreshUrl').every((url) => values('tokenUrl').includes(url ?? null));
  return isSame ? { ...overrides, refreshUrl: overrides.tokenUrl } : overrides;
}

/**
 * The connector as one environment gets it: its overrides applied, in memory. Every other byte is the author's.
 *
 * @throws UserError when an override has no place in the connector, or names an icon that isn't there
 */
export function withOverrides(connector: Connector, { name, overrides }: Environment): Connector {
  const { definition, properties, location } = connector;
  if (Object.keys(overrides).length === 0 || !isObject(definition?.value) || !isObject(properties?.value))
    return connector;
  const at = `config.json: environments.${name}.overrides`;
  const [changed, changedProperties] = [clone(definition.value), clone(properties.value)];
  const places = placesOf(changed, changedProperties);
  const { icon, ...values } = complete(overrides, changedProperties);
  // the addresses first: a tenant is put into whatever is there
  const order = Object.entries(values).sort(([a], [b]) => Number(a === 'tenantId') - Number(b === 'tenantId'));
  for (const [key, value] of order as [keyof typeof places, string][]) {
    const found = places[key];
    if (found.length === 0) throw placeless(at, key);
    for (const { owner, key: member, make } of found) {
      setOwn(owner, member, make === undefined ? value : make(value, asString(getOwn(owner, member)) ?? ''));
    }
  }
  const replaced = [
    withValue(definition, changed),
    withValue(properties, changedProperties),
    ...(icon === undefined ? [] : [iconOf(location.root, icon, `${at}.icon`)]),
  ];
  const roles = new Set(replaced.map(({ role }) => role));
  const { config, settings, script, readme, intro } = connector;
  const others = [config, settings, connector.icon, script, readme, intro].flatMap((file) =>
    file === undefined || roles.has(file.role) ? [] : [file],
  );
  return connectorFrom(location, [...others, ...replaced]);
}

function withValue(file: JsonFile, value: JsonObject): SourceFile {
  const text = updateJsonText(file.text, value);
  // as it was, also with its mark or in its encoding
  if (text === file.text) return { role: file.role, path: file.path, bytes: file.bytes };
  return { role: file.role, path: file.path, bytes: Buffer.from(text) };
}

function iconOf(root: string, name: string, at: string): SourceFile {
  const path = containedPath({ folder: root, name }, at);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new UserError(`${at} names ${name}, and there is no such file`, {
      hint: 'correct the name (it is relative to config.json), or add the file',
    });
  }
  return readBinary('icon', path);
}

const placeless = (at: string, key: OverrideKey): UserError =>
  new UserError(`${at}.${key}: this connector has nothing that it could replace`, {
    hint:
      key === 'clientId'
        ? 'it does not sign in by OAuth; take the override out'
        : 'it signs in otherwise; take the override out, or choose another sign-in with: pp-connector oauth',
  });

/**
 * A copy of what the service has, with the author's values where the environment has others: such a difference is
 * nobody's change, and is never brought into the repository.
 *
 * @param service definition or properties as downloaded; of the other file an empty object
 * @param author the author's, likewise
 */
export function withoutOverrides(service: Files, author: Files, overrides: Overrides): Files {
  const copy = { definition: clone(service.definition), properties: clone(service.properties) };
  const [theirs, ours] = [placesOf(copy.definition, copy.properties), placesOf(author.definition, author.properties)];
  for (const key of Object.keys(complete(overrides, author.properties)) as (keyof typeof theirs | 'icon')[]) {
    if (key === 'icon') continue;
    for (const { id, owner, key: member } of theirs[key]) {
      const place = ours[key].find((candidate) => candidate.id === id);
      const value = place && getOwn(place.owner, place.key);
      if (value !== undefined) setOwn(owner, member, value);
      else if (place !== undefined) delete owner[member];
    }
  }
  return copy;
}

interface Files {
  definition: JsonObject;
  properties: JsonObject;
}
