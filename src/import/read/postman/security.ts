import { asObject, asString, getOwn, type Json } from '../../../connector/json/value.ts';
import type { Requirement, SourceFlow, SourceScheme } from '../../model.ts';
import { authorizationScheme } from '../../passes/authorization-header.ts';
import type { Report } from '../../report.ts';
import { child, elements, type Located } from '../source.ts';
import { asText } from '../source-values.ts';
import { describedText, type Request } from './request.ts';

/**
 * What Postman calls the ways to sign in, in the words of OpenAPI. Only names are read, never values of credentials.
 *
 * A request without any may have the header `Authorization` among its own: then that is how it signs in.
 */
export function securityOf(request: Request, schemes: Map<string, SourceScheme>, report: Report): Requirement[] {
  const { auth } = request;
  const type = asString(getOwn(auth?.value, 'type'));
  const scheme =
    auth === undefined || type === undefined || type === 'noauth' ? headerOf(request) : schemeOf(auth, type);
  if (scheme === undefined) return [];
  const key = [...schemes.values()].find(
    (known) =>
      known.type === scheme.type &&
      known.in === scheme.in &&
      known.parameter === scheme.parameter &&
      known.prefix === scheme.prefix &&
      known.scheme === scheme.scheme,
  )?.name;
  const name = key ?? (schemes.has(scheme.name) ? `${scheme.name}_${schemes.size + 1}` : scheme.name);
  if (key === undefined) {
    schemes.set(name, { ...scheme, name });
    if (scheme.parameter === usualKeyName && auth !== undefined && keyNameOf(settingsOf(auth, 'apikey')) === undefined)
      report.lossy(
        'auth-assumed',
        scheme.at,
        `The collection doesn't say what the API key is called: ${usualKeyName} is assumed. Another name: pp-connector oauth --set api-key --key-name NAME.`,
      );
  }
  return [new Map([[name, []]])];
}

/** Of the value only the word before a blank is read: whatever follows it is what users enter. */
function headerOf({ node }: Request): SourceScheme | undefined {
  const header = elements(child(node, 'header')).find(
    ({ value }) => asText(getOwn(value, 'key'))?.toLowerCase() === 'authorization',
  );
  if (header === undefined) return undefined;
  const value = asText(getOwn(header.value, 'value')) ?? '';
  const word = /^([A-Za-z][A-Za-z-]{1,20}) +\S/i.exec(value.trim())?.[1];
  return authorizationScheme(word, header.at, describedText(getOwn(header.value, 'description')));
}

function schemeOf(auth: Located, type: string): SourceScheme {
  const settings = settingsOf(auth, type);
  const base: SourceScheme = {
    name: type,
    at: auth.at,
    type: 'http',
    in: undefined,
    parameter: undefined,
    scheme: type,
    description: undefined,
    openIdConnectUrl: undefined,
    flows: [],
  };
  switch (type) {
    case 'basic':
    case 'bearer':
      return base;
    case 'apikey':
      return {
        ...base,
        name: 'api_key',
        type: 'apiKey',
        scheme: undefined,
        in: settings.get('in') === 'query' ? 'query' : 'header',
        parameter: keyNameOf(settings) ?? usualKeyName,
      };
    case 'oauth2':
      return { ...base, name: 'oauth2', type: 'oauth2', scheme: undefined, flows: [flowOf(auth, settings)] };
    default:
      return base;
  }
}

const grants: Readonly<Record<string, SourceFlow['kind']>> = {
  authorization_code: 'authorizationCode',
  authorization_code_with_pkce: 'authorizationCode',
  implicit: 'implicit',
  password_credentials: 'password',
  client_credentials: 'clientCredentials',
};

function flowOf(auth: Located, settings: ReadonlyMap<string, string>): SourceFlow {
  const scopes = (settings.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '' && !scope.includes('{{'));
  return {
    kind: grants[settings.get('grant_type') ?? 'authorization_code'] ?? 'authorizationCode',
    at: auth.at,
    authorizationUrl: plainUrl(settings.get('authUrl')),
    tokenUrl: plainUrl(settings.get('accessTokenUrl')),
    refreshUrl: plainUrl(settings.get('refreshTokenUrl')),
    scopes: scopes.map((scope) => [scope, '']),
  };
}

/** Where a collection says nothing, or a variable. */
const usualKeyName = 'X-API-Key';

function keyNameOf(settings: ReadonlyMap<string, string>): string | undefined {
  const value = settings.get('key') ?? '';
  return value === '' || /[{}\s]/.test(value) ? undefined : value;
}

function plainUrl(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:\/\/[^{}\s]+$/.test(value) ? value : undefined;
}

/** Settings are a list of pairs in 2.1 and an object in 2.0. */
function settingsOf(auth: Located, type: string): Map<string, string> {
  const settings = getOwn(auth.value, type);
  const entries: [string, Json | undefined][] = Array.isArray(settings)
    ? settings.map((entry) => [asText(getOwn(entry, 'key')) ?? '', getOwn(entry, 'value')])
    : Object.entries(asObject(settings));
  return new Map(
    entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as [string, string]] : [])),
  );
}
