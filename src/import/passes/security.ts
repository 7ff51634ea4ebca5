import type { JsonObject } from '../../connector/json/value.ts';
import { describe } from '../../language/plain-text.ts';
import type { ApiModel, Requirement, SourceFlow, SourceOperation, SourceScheme } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import { setHeader, setQueryParameter } from './policies.ts';

export interface Authentication {
  readonly securityDefinitions: JsonObject;
  readonly security: JsonObject[];
  readonly connectionParameters: JsonObject;
  readonly policies: JsonObject[];
}

const noAuthentication: Authentication = {
  securityDefinitions: {},
  security: [],
  connectionParameters: {},
  policies: [],
};

type Kind =
  | 'code'
  | 'key-header'
  | 'bearer'
  | 'basic'
  | 'key-query'
  | 'implicit'
  | 'openid'
  | 'two-legged'
  | 'cookie'
  | 'unsupported';

/** Best first. What stands behind `openid` has no form on the platform. */
const ranks: readonly Kind[] = [
  'code',
  'key-header',
  'bearer',
  'basic',
  'key-query',
  'implicit',
  'openid',
  'two-legged',
  'cookie',
  'unsupported',
];
const usable: ReadonlySet<Kind> = new Set(['code', 'key-header', 'bearer', 'basic', 'key-query', 'implicit', 'openid']);

/** Hosts whose sign-in is Microsoft Entra ID, all clouds. */
const entraUrl =
  /^https:\/\/(?:[\w-]+\.)*(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|sts\.windows\.net|login\.partner\.microsoftonline\.cn|login\.chinacloudapi\.cn)(?:[/:]|$)/i;
const placeholder = 'REPLACE_WITH_CLIENT_ID';

/** One scheme for the whole connector, from those that the operations ask for. Throws `auth-unsupported`. */
export function chooseAuthentication(
  model: ApiModel,
  operations: readonly SourceOperation[],
  options: ImportOptions,
  report: Report,
  serverUrl: string,
): Authentication {
  const alternatives = alternativesOf(model, operations, report);
  const uses = new Map<string, Requirement>();
  for (const requirement of alternatives)
    for (const name of requirement.keys()) if (!uses.has(name) || requirement.size === 1) uses.set(name, requirement);
  const candidates = [...uses.keys()]
    .map((name) => model.securitySchemes.get(name))
    .filter((scheme) => scheme !== undefined);
  for (const name of uses.keys())
    if (!model.securitySchemes.has(name))
      report.info('auth-undeclared', '/security', `The security scheme ${name} is used but not declared.`);
  if (options.auth === 'none' || candidates.length === 0) {
    for (const scheme of candidates) report.info('auth-alternative', scheme.at, `${scheme.name} is not used.`);
    return noAuthentication;
  }
  const ranked = [...candidates].sort((a, b) => ranks.indexOf(kindOf(a)) - ranks.indexOf(kindOf(b)));
  const wanted = options.auth;
  const chosen =
    wanted === undefined ? ranked[0] : ranked.find((scheme) => scheme.name === wanted || kindOf(scheme) === wanted);
  if (chosen === undefined) {
    throw new ImportRefused('option-unknown', `No security scheme is called "${wanted ?? ''}".`, {
      hint: `Schemes: ${ranked.map(({ name }) => name).join(', ')}, or none.`,
    });
  }
  const isAnonymous = alternatives.some((requirement) => requirement.size === 0);
  if (!usable.has(kindOf(chosen))) return withoutForm(chosen, ranked, isAnonymous, report);
  for (const scheme of ranked) {
    if (scheme === chosen) continue;
    if (kindOf(scheme) === 'cookie')
      report.dropped(
        'auth-cookie',
        scheme.at,
        `The cookie of ${scheme.name} cannot be sent by itself; a policy setheader Cookie could.`,
      );
    else if (!uses.get(chosen.name)?.has(scheme.name))
      report.info(
        'auth-alternative',
        scheme.at,
        usable.has(kindOf(scheme))
          ? `Another way to sign in is not used: ${scheme.name}. Choose it with --auth ${scheme.name}, or offer it beside this one: pp-connector oauth --set NAME --auth KIND.`
          : `Another way to sign in is not used: ${scheme.name}.`,
      );
  }
  const authentication = build(chosen, scopesOf(chosen, model, operations), report, serverUrl);
  const partners = [...(uses.get(chosen.name)?.keys() ?? [])].filter((name) => name !== chosen.name);
  return partners
    .map((name) => model.securitySchemes.get(name))
    .filter((scheme) => scheme !== undefined)
    .reduce((all, scheme) => addPartner(all, scheme, report), authentication);
}

/** The schemes that the operations ask for and a connector can use, the best first. */
export function schemesToChoose(model: ApiModel, operations: readonly SourceOperation[]): SourceScheme[] {
  const names = new Set(
    operations
      .flatMap((operation) => operation.security ?? model.security ?? [])
      .flatMap((requirement) => [...requirement.keys()]),
  );
  return [...names]
    .map((name) => model.securitySchemes.get(name))
    .filter((scheme) => scheme !== undefined)
    .filter((scheme) => usable.has(kindOf(scheme)))
    .sort((a, b) => ranks.indexOf(kindOf(a)) - ranks.indexOf(kindOf(b)));
}

/** All requirements that occur; those of the root where an operation states none. */
function alternativesOf(model: ApiModel, operations: readonly SourceOperation[], report: Report): Requirement[] {
  const result: Requirement[] = [];
  for (const operation of operations) {
    const requirements = operation.security ?? model.security;
    if (requirements === undefined) continue;
    if (operation.security !== undefined && requirements.length === 0 && (model.security ?? []).length > 0)
      report.info(
        'auth-open-operation',
        operation.at,
        'This operation needs no sign-in; the connector signs in all the same.',
      );
    result.push(...requirements);
  }
  return result;
}

function kindOf(scheme: SourceScheme): Kind {
  switch (scheme.type) {
    case 'apiKey':
      return scheme.in === 'header' ? 'key-header' : scheme.in === 'query' ? 'key-query' : 'cookie';
    case 'http':
      return scheme.scheme === 'basic' ? 'basic' : scheme.scheme === 'bearer' ? 'bearer' : 'unsupported';
    case 'oauth2':
      return flowOf(scheme, 'authorizationCode') !== undefined
        ? 'code'
        : flowOf(scheme, 'implicit') !== undefined
          ? 'implicit'
          : 'two-legged';
    case 'openIdConnect':
      return 'openid';
    default:
      return 'unsupported';
  }
}

function flowOf(scheme: SourceScheme, kind: SourceFlow['kind']): SourceFlow | undefined {
  return scheme.flows.find((flow) => flow.kind === kind);
}

function withoutForm(
  chosen: SourceScheme,
  ranked: readonly SourceScheme[],
  isAnonymous: boolean,
  report: Report,
): Authentication {
  if (kindOf(chosen) === 'unsupported' && !isAnonymous) {
    throw new ImportRefused(
      'auth-unsupported',
      `The API signs in with ${ranked.map((scheme) => `${scheme.name} (${scheme.scheme ?? scheme.type})`).join(', ')}, which connectors cannot.`,
      {
        hint: 'Continue without sign-in: --auth none. Then add authentication by hand, for example with a script.',
        pointer: chosen.at,
      },
    );
  }
  for (const scheme of ranked) {
    const kind = kindOf(scheme);
    if (kind === 'cookie')
      report.dropped(
        'auth-cookie',
        scheme.at,
        `The cookie of ${scheme.name} cannot be sent by itself; a policy setheader Cookie could.`,
      );
    else if (kind === 'two-legged')
      report.dropped(
        'oauth-flow-unsupported',
        scheme.at,
        `${scheme.name} signs in without a user (client credentials or password), which connectors do by a script: pp-connector oauth --auth client-credentials.`,
      );
    else report.info('auth-alternative', scheme.at, `${scheme.name} is not used.`);
  }
  return noAuthentication;
}

/** Scopes that the selected operations ask for; all of the flow when they ask for none. */
function scopesOf(scheme: SourceScheme, model: ApiModel, operations: readonly SourceOperation[]): string[] {
  const scopes = new Set<string>();
  for (const operation of operations) {
    for (const requirement of operation.security ?? model.security ?? [])
      for (const scope of requirement.get(scheme.name) ?? []) scopes.add(scope);
  }
  return [...scopes];
}

/** A name that references can hold. */
function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_. -]/g, '_') || 'auth';
}

function build(scheme: SourceScheme, scopes: readonly string[], report: Report, serverUrl: string): Authentication {
  const name = safeName(scheme.name);
  const about = describe(scheme.description, 300);
  switch (kindOf(scheme)) {
    case 'basic':
      return {
        ...noAuthentication,
        securityDefinitions: { [name]: { type: 'basic' } },
        security: [{ [name]: [] }],
        connectionParameters: {
          username: userName(about),
          password: secret('Password', 'Your password.', 'Provide your password', 3),
        },
      };
    case 'bearer':
      return {
        securityDefinitions: { [name]: { type: 'apiKey', in: 'header', name: 'Authorization' } },
        security: [{ [name]: [] }],
        connectionParameters: {
          api_key: secret(
            'Access token',
            about || 'The access token of your account, without the word Bearer.',
            'Provide your access token',
            2,
          ),
        },
        policies: [setHeader('Add Bearer to the token', 'Authorization', "Bearer @connectionParameters('api_key')")],
      };
    case 'key-header':
    case 'key-query':
      return {
        ...noAuthentication,
        securityDefinitions: {
          [name]: { type: 'apiKey', in: scheme.in ?? 'header', name: scheme.parameter ?? 'X-API-Key' },
        },
        security: [{ [name]: [] }],
        connectionParameters: {
          api_key: secret('API key', about || 'The key of your account.', 'Provide your key', 2),
        },
      };
    default:
      return oauth(scheme, name, scopes, report, serverUrl);
  }
}

function oauth(
  scheme: SourceScheme,
  name: string,
  used: readonly string[],
  report: Report,
  serverUrl: string,
): Authentication {
  const flow = flowOf(scheme, 'authorizationCode') ?? flowOf(scheme, 'implicit');
  for (const other of scheme.flows)
    if (other !== flow)
      report.info('auth-alternative', other.at, `The flow ${other.kind} of ${scheme.name} is not used.`);
  const isOpenId = scheme.type === 'openIdConnect';
  const issuer = scheme.openIdConnectUrl ?? '';
  const stated = flow?.authorizationUrl ?? (isOpenId ? issuer.replace(/\/\.well-known\/[\s\S]*$/, '/authorize') : '');
  const authorizationUrl = absolute(stated, serverUrl) || absolute('/oauth/authorize', serverUrl);
  if (stated === '')
    report.lossy('oauth-urls', scheme.at, `${scheme.name} names no authorization URL; it must be completed.`);
  let tokenUrl = absolute(flow?.tokenUrl ?? '', serverUrl);
  if (isOpenId)
    report.lossy(
      'openid-urls',
      scheme.at,
      `Authorization and token URL of ${scheme.name} are guesses: compare them with ${issuer}.`,
    );
  else if (flow?.kind === 'implicit')
    report.lossy(
      'oauth-implicit',
      flow.at,
      `${scheme.name} is used with authorization code; the token URL must be completed.`,
    );
  if (tokenUrl === '' && flow?.kind === 'authorizationCode')
    report.lossy('oauth-urls', flow.at, `${scheme.name} names no token URL; it must be completed.`);
  if (tokenUrl === '')
    tokenUrl = authorizationUrl.replace(/\/auth(?:orize|orise)?(?:\/?(?:\?[\s\S]*)?)$|\/dialog$/i, '/token');
  const refreshUrl = absolute(flow?.refreshUrl ?? '', serverUrl) || tokenUrl;
  const declared = flow?.scopes ?? [];
  const scopes = declared.filter(([scope]) => used.length === 0 || used.includes(scope));
  for (const scope of used) if (!declared.some(([known]) => known === scope)) scopes.push([scope, '']);
  const named = Object.fromEntries(
    scopes.map(([scope, text]) => [scope, describe(text, 200) || `Permission ${scope}.`]),
  );
  const names = scopes.map(([scope]) => scope);
  const definition: JsonObject = { type: 'oauth2', flow: 'accessCode', authorizationUrl, tokenUrl, scopes: named };
  const isEntra = entraUrl.test(authorizationUrl) || entraUrl.test(issuer);
  const settings = isEntra ? entra(authorizationUrl, names) : generic(authorizationUrl, tokenUrl, refreshUrl, names);
  const tenant: JsonObject = isEntra
    ? {
        'token:TenantId': {
          type: 'string',
          metadata: { sourceType: 'AzureActiveDirectoryTenant' },
          uiDefinition: { constraints: { required: 'false', hidden: 'true' } },
        },
      }
    : {};
  return {
    ...noAuthentication,
    securityDefinitions: { [name]: definition },
    security: [{ [name]: names }],
    connectionParameters: { token: { type: 'oauthSetting', oAuthSettings: settings }, ...tenant },
  };
}

function absolute(url: string, serverUrl: string): string {
  if (url === '') return '';
  try {
    return new URL(url, serverUrl).href;
  } catch {
    return '';
  }
}

function generic(
  authorizationUrl: string,
  tokenUrl: string,
  refreshUrl: string,
  scopes: readonly string[],
): JsonObject {
  return {
    identityProvider: 'oauth2',
    clientId: placeholder,
    // Several scopes go out joined by a blank, as most providers want them.
    scopes: scopes.length === 0 ? [] : [scopes.join(' ')],
    redirectMode: 'GlobalPerConnector',
    properties: { IsFirstParty: 'False', IsOnbehalfofLoginSupported: false },
    customParameters: {
      authorizationUrl: { value: authorizationUrl },
      tokenUrl: { value: tokenUrl },
      refreshUrl: { value: refreshUrl },
    },
  };
}

function entra(authorizationUrl: string, scopes: readonly string[]): JsonObject {
  const url = new URL(authorizationUrl);
  const resource =
    scopes
      .map((scope) => /^(.+)\/[^/]+$/.exec(scope)?.[1])
      .find((entry) => entry !== undefined && /:\/\//.test(entry)) ?? 'REPLACE_WITH_RESOURCE_URI';
  return {
    identityProvider: 'aad',
    clientId: placeholder,
    scopes: [...scopes],
    redirectMode: 'GlobalPerConnector',
    properties: { IsFirstParty: 'False', AzureActiveDirectoryResourceId: resource, IsOnbehalfofLoginSupported: true },
    customParameters: {
      loginUri: { value: url.origin },
      tenantId: { value: url.pathname.split('/')[1] || 'common' },
      resourceUri: { value: resource },
      enableOnbehalfOfLogin: { value: 'false' },
    },
  };
}

function secret(displayName: string, description: string, tooltip: string, tabIndex: number): JsonObject {
  return {
    type: 'securestring',
    uiDefinition: { displayName, description, tooltip, constraints: { tabIndex, clearText: false, required: 'true' } },
  };
}

function userName(about: string): JsonObject {
  return {
    type: 'securestring',
    uiDefinition: {
      displayName: 'User name',
      description: about || 'Your user name.',
      tooltip: 'Provide your user name',
      constraints: { tabIndex: 2, clearText: true, required: 'true' },
    },
  };
}

/** A scheme that applies together with the chosen one: a connection parameter that a policy sends. */
function addPartner(all: Authentication, scheme: SourceScheme, report: Report): Authentication {
  const kind = kindOf(scheme);
  if (kind !== 'key-header' && kind !== 'key-query' && kind !== 'bearer') {
    report.dropped(
      'auth-combination',
      scheme.at,
      `${scheme.name} is demanded together with another scheme; only one of the two is possible.`,
    );
    return all;
  }
  const key = (scheme.parameter ?? scheme.name).replace(/[^0-9A-Za-z_]/g, '_');
  const parameter = Object.hasOwn(all.connectionParameters, key) ? `${key}_2` : key;
  const expression = `@connectionParameters('${parameter}')`;
  const header = scheme.parameter ?? 'Authorization';
  report.info('auth-combined', scheme.at, `${scheme.name} is sent by a policy.`);
  return {
    ...all,
    connectionParameters: {
      ...all.connectionParameters,
      [parameter]: secret(
        header,
        describe(scheme.description, 300) || `The value of ${header}.`,
        `Provide ${header}`,
        4,
      ),
    },
    policies: [
      ...all.policies,
      kind === 'key-query'
        ? setQueryParameter(`Send ${header}`, header, expression)
        : setHeader(`Send ${header}`, header, kind === 'bearer' ? `Bearer ${expression}` : expression),
    ],
  };
}
