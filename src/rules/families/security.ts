import { isOAuthParameter, oauthRefused } from '../../authentication/independent.ts';
import {
  asArray,
  asObject,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  strings,
} from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Report } from '../engine/rule.ts';
import type { Located, Visitor } from '../engine/visitor.ts';
import { isBlank } from '../support/texts.ts';

const types = ['basic', 'apiKey', 'oauth2'] as const;
type Type = (typeof types)[number];

/** The keys of Swagger 2.0 for each type. */
const keysByType: Record<Type, ReadonlySet<string>> = {
  basic: new Set(['type', 'description']),
  apiKey: new Set(['type', 'description', 'name', 'in']),
  oauth2: new Set(['type', 'description', 'flow', 'authorizationUrl', 'tokenUrl', 'scopes']),
};

const isType = (type: Json | undefined): type is Type => types.includes(type as Type);

const unsupportedFlows: Record<string, string> = {
  implicit: 'implicit gets no refresh token',
  password: 'password would hand out the password of the user',
  application: 'client credentials have no user to sign in; use a script or policies for them',
};

interface Scheme extends Located {
  name: string;
  /** Undefined when it is none of the three. */
  type: Type | undefined;
}

function schemes(definition: JsonObject, root: Location): Scheme[] {
  const place = root.at('securityDefinitions');
  return Object.entries(asObject(getOwn(definition, 'securityDefinitions'))).flatMap(([name, value]) => {
    if (!isObject(value)) return [];
    const type = getOwn(value, 'type');
    return [{ name, value, place: place.at(name), type: isType(type) ? type : undefined }];
  });
}

const onSchemes = (check: (scheme: Scheme, report: Report) => void): Visitor => ({
  root: (root, report) => {
    for (const scheme of schemes(root.value, root.place)) check(scheme, report);
  },
});

const onOauth = (check: (scheme: Scheme, report: Report) => void): Visitor =>
  onSchemes((scheme, report) => {
    if (scheme.type === 'oauth2') check(scheme, report);
  });

/** One name in a security requirement, of the definition or of an operation. */
interface Requirement {
  name: string;
  value: Json;
  place: Location;
  /** How many names are beside it, itself included. */
  names: number;
  scheme: JsonObject | undefined;
}

/** Looks at every name in a `security` list. */
const onRequirements = (
  check: (requirement: Requirement, report: Report, connector: ConnectorModel) => void,
): Visitor => {
  const each = (owner: Located, report: Report, connector: ConnectorModel) => {
    const list = getOwn(owner.value, 'security');
    if (!Array.isArray(list) || list.length === 0) return;
    const defined = asObject(getOwn(connector.definition, 'securityDefinitions'));
    for (const [index, entry] of list.entries()) {
      if (!isObject(entry)) continue;
      const names = Object.keys(entry);
      for (const name of names) {
        const scheme = getOwn(defined, name);
        const requirement = {
          name,
          value: entry[name] ?? null,
          place: owner.place.at('security', index, name),
          names: names.length,
          scheme: isObject(scheme) ? scheme : undefined,
        };
        check(requirement, report, connector);
      }
    }
  };
  return { root: each, operation: each };
};

/** Several schemes are as documented when apiProperties.json lets users choose among them. */
const hasParameterSets = (connector: ConnectorModel): boolean =>
  asArray(getOwn(asObject(getOwn(connector.properties, 'connectionParameterSets')), 'values')).length > 1;

const requirementOf = (scheme: Scheme): JsonObject => ({
  [scheme.name]: scheme.type === 'oauth2' ? Object.keys(asObject(getOwn(scheme.value, 'scopes'))) : [],
});

/** The scopes that a list names, as an object. */
const scopesFrom = (value: Json | undefined): JsonObject =>
  Object.fromEntries(strings(value).map((name) => [name, name]));

const oauth: JsonObject = {
  type: 'oauth2',
  flow: 'accessCode',
  authorizationUrl: 'https://login.contoso.com/authorize',
  tokenUrl: 'https://login.contoso.com/token',
  scopes: { 'stations.read': 'Read stations' },
};

/** The clean example connector with OAuth. */
const withOauth = (changes: Record<string, Json | undefined> = {}, scopes: Json = ['stations.read']) => {
  const scheme = Object.fromEntries(
    Object.entries({ ...oauth, ...changes }).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
  return {
    definition: {
      securityDefinitions: { api_key: null, oauth2_auth: scheme },
      security: [{ oauth2_auth: scopes }],
    },
    properties: {
      properties: {
        connectionParameters: {
          api_key: null,
          token: {
            type: 'oauthSetting',
            oAuthSettings: {
              identityProvider: 'oauth2',
              clientId: 'REPLACE_WITH_CLIENT_ID',
              scopes: ['stations.read'],
              redirectMode: 'GlobalPerConnector',
              properties: { IsFirstParty: 'False' },
              customParameters: {
                authorizationUrl: { value: 'https://login.contoso.com/authorize' },
                tokenUrl: { value: 'https://login.contoso.com/token' },
                refreshUrl: { value: 'https://login.contoso.com/token' },
              },
            },
          },
        },
      },
    },
  };
};

const withKey = (changes: JsonObject) => ({ definition: { securityDefinitions: { api_key: changes } } });
const atKey = (path = ''): string[] => [`definition#/securityDefinitions/api_key${path}`];
const atOauth = (path: string): string[] => [`definition#/securityDefinitions/oauth2_auth${path}`];

/** Rules about `securityDefinitions` and `security`. */
export const family = defineFamily({ name: 'Security', order: 100 }, [
  {
    id: 'security-definition-type',
    title: 'Each security scheme is basic, apiKey or oauth2.',
    why: 'Swagger 2.0 and the service know no others.',
    remedy: 'Use one of the three; a bearer token is an apiKey in the header Authorization.',
    source: 'OpenAPI 2.0, security scheme object; connection parameters',
    severity: 'E/E/E',
    on: {
      root: (root, report) => {
        const definitions = getOwn(root.value, 'securityDefinitions');
        if (!isObject(definitions)) return;
        for (const name in definitions) {
          const scheme = definitions[name];
          const place = root.place.at('securityDefinitions', name);
          if (!isObject(scheme)) {
            report(place, `the scheme is ${quote(scheme)}; it must be an object with a type`);
            continue;
          }
          const type = getOwn(scheme, 'type');
          if (isType(type)) continue;
          report(
            place.at('type'),
            `${type === undefined ? 'the scheme has no type' : `the type is ${quote(type)}`}; use basic, apiKey or oauth2`,
          );
        }
      },
    },
    examples: {
      good: [
        {
          name: 'basic',
          definition: {
            securityDefinitions: { api_key: null, basic_auth: { type: 'basic' } },
            security: [{ basic_auth: [] }],
          },
          subject: 'file',
        },
      ],
      bad: [
        { name: 'as in OpenAPI 3', ...withKey({ type: 'http' }), expect: atKey('/type') },
        { name: 'no type', ...withKey({ type: null }), expect: atKey('/type') },
      ],
    },
  },
  {
    id: 'security-definition-required',
    title: 'A security scheme has everything that its type needs.',
    why: 'The service refuses incomplete schemes.',
    remedy: 'An apiKey needs name and in (header or query), oauth2 needs authorizationUrl and tokenUrl.',
    source: 'Certification validator rules; published definition schema',
    official: 'SecuritySchemePropertyRequired',
    severity: 'E/E/E',
    on: onSchemes(({ value, place, type }, report) => {
      if (type === 'apiKey') {
        if (isBlank(getOwn(value, 'name'))) {
          report(place.at('name'), 'the apiKey has no name; give the name of the header or query parameter');
        }
        const position = getOwn(value, 'in');
        if (position !== 'header' && position !== 'query') {
          report(
            place.at('in'),
            `${position === undefined ? 'the apiKey does not say where it goes' : `in is ${quote(position)}`}; write "header" or "query"`,
          );
        }
      } else if (type === 'oauth2' && getOwn(value, 'flow') === 'accessCode') {
        for (const key of ['authorizationUrl', 'tokenUrl']) {
          if (isBlank(getOwn(value, key))) report(place.at(key), `the oauth2 scheme has no ${key}; add it`);
        }
      }
    }),
    examples: {
      good: [{ name: 'a key in the query', ...withKey({ in: 'query', name: 'key' }) }],
      bad: [
        { name: 'no name', ...withKey({ name: null }), expect: atKey('/name') },
        { name: 'in a cookie', ...withKey({ in: 'cookie' }), expect: atKey('/in') },
        { name: 'no token URL', ...withOauth({ tokenUrl: undefined }), expect: atOauth('/tokenUrl') },
      ],
    },
  },
  {
    id: 'security-definition-unknown',
    title: 'A security scheme has nothing that is foreign to its type.',
    why: 'The service refuses foreign keys; a refresh URL, for one, belongs to apiProperties.json.',
    remedy: 'Remove the key.',
    source: 'Certification validator rules',
    official: 'SecuritySchemePropertyNotValid',
    severity: 'E/E/E',
    fix: 'safe',
    on: onSchemes(({ value, place, type }, report) => {
      if (type === undefined) return;
      for (const key in value) {
        if (keysByType[type].has(key) || key.startsWith('x-')) continue;
        const at = place.at(key);
        report(
          at,
          `${quote(key)} is not part of a scheme of type ${type}, which takes ${[...keysByType[type]].join(', ')}; remove it`,
          { op: 'remove', at },
        );
      }
    }),
    examples: {
      good: [{ name: 'a description', ...withKey({ description: 'The key of your account.' }) }],
      bad: [
        {
          name: 'a flow for a key',
          ...withKey({ flow: 'accessCode' }),
          expect: atKey('/flow'),
          fixed: { definition: {} },
        },
      ],
    },
  },
  {
    id: 'security-single',
    title: 'There is one security scheme.',
    why: 'The platform reads the first and ignores the rest.',
    remedy: 'Keep one, or let users choose by connectionParameterSets in apiProperties.json.',
    // where connectionParameterSets offers the choice, naming every scheme here is the documented way
    source: 'Documentation of OpenAPI definitions for connectors; multiple authentication',
    severity: 'W/W/W',
    on: {
      root: (root, report, connector) => {
        const [, second, ...more] = schemes(root.value, root.place);
        if (second === undefined || hasParameterSets(connector)) return;
        report(
          second.place,
          `there are ${more.length + 2} security schemes, and the platform reads only the first; keep one, or offer the choice by connectionParameterSets`,
        );
      },
    },
    examples: {
      good: [{ name: 'one', definition: {} }],
      bad: [
        {
          name: 'two',
          definition: { securityDefinitions: { basic_auth: { type: 'basic' } } },
          expect: ['definition#/securityDefinitions/basic_auth'],
          implies: ['auth-basic-both'],
        },
      ],
    },
  },
  {
    id: 'security-none',
    title: 'There is a security scheme, or the service is open to everybody.',
    why: 'Right for anonymous services and where policies or a script authenticate; an oversight elsewhere.',
    remedy: 'Add securityDefinitions and security, unless the service is open.',
    source: 'Authentication documentation; practice of published connectors',
    severity: 'I/I/I',
    on: {
      root: (root, report) => {
        const definitions = getOwn(root.value, 'securityDefinitions');
        if (isObject(definitions) && Object.keys(definitions).length > 0) return;
        report(
          root.place.at('securityDefinitions'),
          'there is no security scheme; that is right only when the service is open, or policies or a script authenticate',
        );
      },
    },
    examples: {
      good: [{ name: 'a key', definition: {} }],
      bad: [
        {
          name: 'none',
          definition: { securityDefinitions: { api_key: null }, security: [] },
          expect: ['definition#/securityDefinitions'],
        },
      ],
    },
  },
  {
    id: 'oauth-flow',
    title: 'OAuth uses the flow accessCode.',
    why: 'It is the only flow that connections can run: a user signs in, and the platform refreshes the token.',
    remedy: 'Use accessCode, with authorizationUrl and tokenUrl; run client credentials in a script.',
    source: 'Authentication documentation; troubleshooting OAuth 2.0',
    severity: 'E/E/E',
    on: onOauth(({ value, place }, report) => {
      const flow = getOwn(value, 'flow');
      if (flow === 'accessCode') return;
      const reason = typeof flow === 'string' ? getOwn(unsupportedFlows, flow) : undefined;
      report(
        place.at('flow'),
        `${flow === undefined ? 'the oauth2 scheme has no flow' : `the flow is ${quote(flow)}`}; only "accessCode" is supported${reason === undefined ? '' : ` (${reason})`}`,
      );
    }),
    examples: {
      good: [{ name: 'accessCode', ...withOauth() }],
      bad: [
        { name: 'implicit', ...withOauth({ flow: 'implicit', tokenUrl: undefined }), expect: atOauth('/flow') },
        { name: 'client credentials', ...withOauth({ flow: 'application' }), expect: atOauth('/flow') },
      ],
    },
  },
  {
    id: 'oauth-scopes-object',
    title: 'An oauth2 scheme has scopes, as an object of names and descriptions.',
    why: 'Swagger 2.0 requires it, also where it is empty.',
    remedy: 'Add "scopes": {}.',
    source: 'OpenAPI 2.0, security scheme object',
    severity: 'W/W/W',
    fix: 'safe',
    on: onOauth(({ value, place }, report) => {
      const scopes = getOwn(value, 'scopes');
      if (isObject(scopes)) return;
      const at = place.at('scopes');
      report(
        at,
        scopes === undefined
          ? 'the oauth2 scheme has no scopes; add "scopes": {}'
          : `scopes is ${quote(scopes)}; it must be an object of names and descriptions`,
        { op: 'set', at, value: scopesFrom(scopes) },
      );
    }),
    examples: {
      good: [{ name: 'none needed', ...withOauth({ scopes: {} }, []) }],
      bad: [
        {
          name: 'missing',
          ...withOauth({ scopes: undefined }, []),
          expect: atOauth('/scopes'),
          fixed: withOauth({ scopes: {} }, []),
        },
        {
          name: 'a list',
          ...withOauth({ scopes: ['stations.read'] }),
          expect: atOauth('/scopes'),
          fixed: withOauth({ scopes: { 'stations.read': 'stations.read' } }),
        },
      ],
    },
  },
  {
    id: 'security-requirement-defined',
    title: 'Every name under security is a security scheme.',
    why: 'The validator reports names that lead nowhere; documented as an error, but published connectors have them.',
    remedy: 'Correct the name, or define the scheme.',
    source: 'Certification validator rules; practice of published connectors',
    official: 'SecurityRequirementMustBeDefined',
    severity: 'W/W/W',
    fix: 'safe',
    on: onRequirements(({ name, place, names, scheme }, report, connector) => {
      const definitions = asObject(getOwn(connector.definition, 'securityDefinitions'));
      if (scheme !== undefined || getOwn(definitions, name) !== undefined) return;
      const known = Object.keys(definitions);
      const only = known.length === 1 && names === 1 ? known[0] : undefined;
      report(
        place,
        `there is no security scheme ${quote(name)}${known.length === 0 ? ', nor any other' : `; defined: ${known.join(', ')}`}; correct the name or define the scheme`,
        only === undefined ? [] : { op: 'rename', at: place, to: only },
      );
    }),
    examples: {
      good: [{ name: 'the scheme', definition: {} }],
      bad: [
        {
          name: 'another spelling',
          definition: { security: [{ 'API Key': [] }] },
          expect: ['definition#/security/0/API Key'],
          fixed: { definition: {} },
        },
        {
          name: 'in an operation',
          definition: { paths: { '/regions': { get: { security: [{ api_key: [], basic: [] }] } } } },
          expect: ['definition#/paths/~1regions/get/security/0/basic'],
        },
      ],
    },
  },
  {
    id: 'security-requirement-scopes',
    title: 'The scopes under security are scopes of the scheme.',
    why: 'The validator reports scopes that the scheme does not declare.',
    remedy: 'Declare the scope in the scheme, or remove it here.',
    source: 'Certification validator rules',
    official: 'OAuthSecurityRequirementValueMustBeScopeName',
    severity: 'W/W/W',
    on: onRequirements(({ value, place, scheme }, report) => {
      if (scheme === undefined || getOwn(scheme, 'type') !== 'oauth2') return;
      const scopes = asObject(getOwn(scheme, 'scopes'));
      for (const [index, scope] of asArray(value).entries()) {
        if (typeof scope === 'string' && Object.hasOwn(scopes, scope)) continue;
        report(place.at(index), `the scheme declares no scope ${quote(scope)}; declare it there or remove it here`);
      }
    }),
    examples: {
      good: [{ name: 'a declared one', ...withOauth() }],
      bad: [
        {
          name: 'an unknown one',
          ...withOauth({}, ['stations.read', 'stations.write']),
          expect: ['definition#/security/0/oauth2_auth/1'],
        },
      ],
    },
  },
  {
    id: 'security-requirement-empty',
    title: 'Under security, schemes other than OAuth have an empty list.',
    why: 'Only OAuth has scopes.',
    remedy: 'Write [].',
    source: 'Certification validator rules',
    official: 'SecurityRequirementMustHaveEmptyValue',
    severity: 'E/E/E',
    fix: 'safe',
    on: onRequirements(({ value, place, scheme }, report) => {
      const type = getOwn(scheme, 'type');
      if (!isType(type) || type === 'oauth2' || (Array.isArray(value) && value.length === 0)) return;
      report(place, `the scheme of type ${type} has ${quote(value)}; it must have the empty list []`, {
        op: 'set',
        at: place,
        value: [],
      });
    }),
    examples: {
      good: [{ name: 'empty', definition: {} }],
      bad: [
        {
          name: 'a scope for a key',
          definition: { security: [{ api_key: ['read'] }] },
          expect: ['definition#/security/0/api_key'],
          fixed: { definition: {} },
        },
      ],
    },
  },
  {
    id: 'security-requirement-present',
    title: 'A declared security scheme is applied by security.',
    why: 'Swagger applies a scheme only where security names it.',
    remedy: 'Add "security": [{ "NAME": [] }] to the definition.',
    source: 'OpenAPI 2.0, security requirement object',
    severity: 'I/I/I',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const applied = new Set(
          asArray(getOwn(root.value, 'security')).flatMap((entry) => Object.keys(asObject(entry))),
        );
        const declared = schemes(root.value, root.place);
        const missing = declared.filter((scheme) => !applied.has(scheme.name));
        const [first] = missing;
        if (first === undefined) return;
        const at = root.place.at('security');
        // where something is applied, the name may be the mistake
        const certain = applied.size === 0 && declared.length === 1;
        report(
          at,
          `no "security" of the definition applies ${missing.map((scheme) => quote(scheme.name)).join(' and ')}; add it`,
          certain ? { op: 'set', at, value: [requirementOf(first)] } : [],
        );
      },
    },
    examples: {
      good: [{ name: 'applied', definition: {} }],
      bad: [
        {
          name: 'missing',
          definition: { security: null },
          expect: ['definition#/security'],
          fixed: { definition: {} },
        },
        {
          name: 'an empty list with OAuth',
          definition: { ...withOauth().definition, security: [] },
          properties: withOauth().properties,
          expect: ['definition#/security'],
          fixed: withOauth(),
        },
      ],
    },
  },
  {
    id: 'oauth-independent',
    title: 'Connectors of independent publishers do without OAuth.',
    why: 'Microsoft registers the OAuth application of a certified connector, and has paused that for independent publishers: since December 2025 reviewers refuse new connectors with OAuth and updates of older ones.',
    remedy: 'Sign in with an API key or basic authentication: pp-connector oauth --auth api-key, or --auth basic.',
    source:
      'Reviewers in pull requests 4058 (December 2025) and 4124 (March 2026) of PowerPlatformConnectors; certification guide for independent publishers, step 6',
    severity: '-/-/E',
    on: {
      connector: (connector, report) => {
        const parameter = connector.connectionParameters.find(({ value }) => isOAuthParameter(value));
        const scheme =
          connector.root && schemes(connector.definition, connector.root).find(({ type }) => type === 'oauth2');
        const place = parameter?.place ?? scheme?.place;
        if (place !== undefined) report(place, oauthRefused);
      },
    },
    examples: {
      good: [
        { name: 'an API key', profile: 'independent' },
        { name: 'OAuth of a verified publisher', ...withOauth() },
      ],
      bad: [
        {
          name: 'OAuth',
          profile: 'independent',
          ...withOauth(),
          expect: ['properties#/properties/connectionParameters/token'],
        },
      ],
    },
  },
]);
