import { asArray, asObject, asString, getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';
import { encoded, queryName, queryPart, type RuntimeRequest } from '../message.ts';
import type { RuntimeOperation } from '../operation.ts';
import type { Secret } from '../secrets.ts';
import type { Connection } from './resolve-connection.ts';

/** Where the definition's security places what a connection signs in with. */

interface Scheme {
  type: string;
  /** Of a key. */
  in: string;
  name: string;
}

const schemeOf = (node: Json | undefined): Scheme => ({
  type: asString(getOwn(node, 'type')) ?? '',
  in: asString(getOwn(node, 'in')) ?? '',
  name: asString(getOwn(node, 'name')) ?? '',
});

/**
 * What applies to an operation: its own `security`, else the definition's; where neither says anything, everything that is
 * declared. Of alternatives the first that the connection has values for.
 */
function schemesFor(operation: RuntimeOperation, connection: Connection): Scheme[] {
  const { definition, value } = operation;
  const declared = asObject(getOwn(definition, 'securityDefinitions'));
  const named = (names: readonly string[]): Scheme[] =>
    names.flatMap((name) => (getOwn(declared, name) === undefined ? [] : [schemeOf(getOwn(declared, name))]));
  const ofOperation = getOwn(value, 'security');
  const security = asArray(ofOperation ?? getOwn(definition, 'security'));
  if (security.length === 0) return ofOperation === undefined ? named(Object.keys(declared)) : [];
  const alternatives = security.map((requirement) => named(Object.keys(asObject(requirement))));
  const hasValues = (scheme: Scheme): boolean => credentialOf(scheme, connection, definition) !== undefined;
  return (
    alternatives.find((schemes) => schemes.length > 0 && schemes.every(hasValues)) ??
    alternatives.find((schemes) => schemes.some(hasValues)) ??
    []
  );
}

interface Credential {
  header?: string;
  query?: string;
  value: string;
  secret?: Secret;
}

function credentialOf(scheme: Scheme, connection: Connection, definition: JsonObject): Credential | undefined {
  if (scheme.type === 'apiKey') {
    const value = keyOf(connection, declaresBasic(definition));
    if (value === undefined || scheme.name === '') return undefined;
    return scheme.in === 'query' ? { query: scheme.name, value } : { header: scheme.name, value };
  }
  if (scheme.type === 'basic') return basicOf(connection);
  return scheme.type === 'oauth2' ? bearerOf(connection) : undefined;
}

/** `api_key`, else the only securestring; a password is none where a user name goes with it. */
function keyOf({ parameters, read }: Connection, hasBasic: boolean): string | undefined {
  const key = read('api_key');
  if (key !== undefined) return key;
  const ofBasic = hasBasic ? ['username', 'password'] : [];
  const secrets = parameters.filter(({ name, type }) => type === 'securestring' && !ofBasic.includes(name));
  const [only] = secrets;
  return secrets.length === 1 && only !== undefined ? read(only.name) : undefined;
}

function basicOf({ read }: Connection): Credential | undefined {
  const [username, password] = [read('username'), read('password')];
  if (username === undefined && password === undefined) return undefined;
  const value = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
  return { header: 'Authorization', value: `Basic ${value}`, secret: { label: 'username:password', value } };
}

const bearerOf = ({ accessToken }: Connection): Credential | undefined =>
  accessToken === undefined ? undefined : { header: 'Authorization', value: `Bearer ${accessToken}` };

/**
 * Puts the credentials into a request, before any policy runs.
 *
 * @returns secrets that came about by that, and whether security asks for a sign-in that the connection has nothing for
 */
export function placeCredentials(
  request: RuntimeRequest,
  operation: RuntimeOperation,
  connection: Connection,
): { secrets: Secret[]; isUnsigned: boolean } {
  const placed = schemesFor(operation, connection).flatMap(
    (scheme) => credentialOf(scheme, connection, operation.definition) ?? [],
  );
  // a sign-in by OAuth is one, also where the definition doesn't declare it
  if (placed.length === 0 && !declaresSecurity(operation.definition))
    placed.push(...[bearerOf(connection) ?? []].flat());
  for (const { header, query, value } of placed) {
    if (header !== undefined) request.headers.set(header.toLowerCase(), value);
    if (query !== undefined) {
      const others = request.query.filter((part) => queryName(part) !== query);
      request.query = [...others, queryPart(query, encoded(value))];
    }
  }
  const isOpen =
    asArray(getOwn(operation.value, 'security') ?? null).length === 0 &&
    getOwn(operation.value, 'security') !== undefined;
  return {
    secrets: placed.flatMap(({ secret }) => secret ?? []),
    isUnsigned: placed.length === 0 && declaresSecurity(operation.definition) && !isOpen,
  };
}

const declaresBasic = (definition: JsonObject): boolean =>
  Object.values(asObject(getOwn(definition, 'securityDefinitions'))).some((node) => getOwn(node, 'type') === 'basic');

const declaresSecurity = (definition: JsonObject): boolean =>
  Object.keys(asObject(getOwn(definition, 'securityDefinitions'))).length > 0;

/** Headers and query parameters that hold credentials: what is put into them is secret, wherever it came from. */
export function sensitivePlaces(definition: JsonObject): { headers: Set<string>; query: Set<string> } {
  const keys = Object.values(asObject(getOwn(definition, 'securityDefinitions'))).map(schemeOf);
  const names = (place: string): string[] =>
    keys.filter((scheme) => scheme.in === place).map(({ name }) => name.toLowerCase());
  return { headers: new Set(['authorization', ...names('header')]), query: new Set(names('query')) };
}
