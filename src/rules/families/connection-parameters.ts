import {
  asArray,
  asObject,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  valueAt,
} from '../../connector/json/value.ts';
import { isAscii } from '../../language/letters.ts';
import { omit } from '../../omit.ts';
import { literal, quote } from '../../quote.ts';
import type { ConnectionParameter } from '../engine/model.ts';
import { type BadExample, defineFamily, type Example, type Fix, type Rule } from '../engine/rule.ts';
import { foldTypography, isBlank } from '../support/texts.ts';
import { aroundProperties, belongs, strays } from '../support/where-it-belongs.ts';

const types = ['string', 'securestring', 'int', 'bool', 'gatewaySetting', 'oauthSetting'] as const;

export const isOAuth = (parameter: ConnectionParameter): boolean => getOwn(parameter.value, 'type') === 'oauthSetting';

export const isGateway = (parameter: ConnectionParameter): boolean =>
  getOwn(parameter.value, 'type') === 'gatewaySetting';

const uiDefinition = (parameter: ConnectionParameter): JsonObject | undefined => {
  const value = getOwn(parameter.value, 'uiDefinition');
  return isObject(value) ? value : undefined;
};

const constraints = (parameter: ConnectionParameter): JsonObject =>
  asObject(getOwn(uiDefinition(parameter), 'constraints'));

const isTrue = (value: Json | undefined): boolean => value === true || value === 'true';

const constraintsPlace = (parameter: ConnectionParameter) => parameter.place.at('uiDefinition', 'constraints');

/**
 * Filled in by the maker: not the OAuth exchange, not the choice of a gateway (the platform labels both itself), and
 * not hidden.
 */
const isAsked = (parameter: ConnectionParameter): boolean =>
  !isOAuth(parameter) && !isGateway(parameter) && !isTrue(getOwn(constraints(parameter), 'hidden'));

/** The part of the name after `token:`. */
const claim = (parameter: ConnectionParameter): string => parameter.name.slice(parameter.name.indexOf(':') + 1);

const meansSecret = (parameter: ConnectionParameter): boolean =>
  /(password|passwd|pwd|secret|token|key)\d*$/i.test(claim(parameter)) && !/public/i.test(claim(parameter));

/** A change of the example's one connection parameter. */
const keyWith = (api_key: JsonObject): JsonObject => ({ properties: { connectionParameters: { api_key } } });
const keyUi = (definition: JsonObject): JsonObject => keyWith({ uiDefinition: definition });
const keyConstraints = (constraint: JsonObject): JsonObject => keyUi({ constraints: constraint });

const keyPlace = 'properties#/properties/connectionParameters/api_key';

/** One more connection parameter beside the example's. */
const beside = (name: string, value: JsonObject): JsonObject => ({
  properties: { connectionParameters: { [name]: value } },
});

const shown: JsonObject = {
  displayName: 'Region',
  description: 'The region of your account.',
  tooltip: 'Provide your region',
  constraints: { required: 'true' },
};

/** A set with one parameter, in place of the plain parameters. */
export const withSet = (parameter: JsonObject): JsonObject => ({
  properties: {
    connectionParameterSets: {
      uiDefinition: { displayName: 'Authentication type', description: 'How to sign in.' },
      values: [
        {
          name: 'key',
          uiDefinition: { displayName: 'API key', description: 'Sign in with a key.' },
          parameters: { api_key: parameter },
        },
      ],
    },
  },
});

/** A rule that each parameter which makers fill in has a text in its `uiDefinition`. */
function uiText(
  key: 'displayName' | 'description' | 'tooltip',
  advice: string,
  rule: Pick<Rule, 'id' | 'title' | 'why' | 'remedy' | 'source' | 'severity' | 'policy'>,
  more: { elsewhere?: (parameter: ConnectionParameter) => boolean; good?: Example[] } = {},
): Rule {
  return {
    ...rule,
    on: {
      connectionParameter: (parameter, report) => {
        const ui = uiDefinition(parameter);
        if (ui === undefined || !isAsked(parameter) || !isBlank(getOwn(ui, key)) || more.elsewhere?.(parameter)) return;
        report(
          parameter.place.at('uiDefinition', key),
          `the connection parameter ${quote(parameter.name)} has no ${key}; ${advice}`,
        );
      },
    },
    examples: {
      good: [
        { name: 'all texts are there' },
        {
          name: 'hidden',
          properties: beside('tenant', { type: 'string', uiDefinition: { constraints: { hidden: 'true' } } }),
        },
        ...(more.good ?? []),
      ],
      bad: [
        { name: 'missing', properties: keyUi({ [key]: null }), expect: [`${keyPlace}/uiDefinition/${key}`] },
        { name: 'blank', properties: keyUi({ [key]: ' ' }), expect: [`${keyPlace}/uiDefinition/${key}`] },
      ],
    },
  };
}

/** A rule about the value of one constraint; `problem` says what is wrong and what the value should be. */
function constraintRule(
  names: readonly string[],
  rule: Omit<Rule, 'on'>,
  problem: (value: Json, parameter: ConnectionParameter) => { message: string; value: Json | undefined } | undefined,
): Rule {
  return {
    ...rule,
    on: {
      connectionParameter: (parameter, report) => {
        const all = constraints(parameter);
        for (const name of names) {
          const value = getOwn(all, name);
          const found = value === undefined ? undefined : problem(value, parameter);
          if (found === undefined) continue;
          const at = constraintsPlace(parameter).at(name);
          report(
            at,
            `${name} of the connection parameter ${quote(parameter.name)} is ${literal(value)}; ${found.message}`,
            found.value === undefined ? [] : { op: 'set', at, value: found.value },
          );
        }
      },
    },
  };
}

const toBoolean = (value: Json): boolean | undefined =>
  value === 'true' || value === 'True' ? true : value === 'false' || value === 'False' ? false : undefined;

function badConstraint(name: string, before: JsonObject, after: JsonObject): BadExample {
  const [key = ''] = Object.keys(before);
  return {
    name,
    properties: keyConstraints(before),
    expect: [`${keyPlace}/uiDefinition/constraints/${key}`],
    fixed: { properties: keyConstraints(after) },
  };
}

/** The first letter that English doesn't have. */
const foreignLetter = (text: string): string | undefined =>
  isAscii(text) ? undefined : /[^\p{ASCII}\P{L}]/u.exec(foldTypography(text))?.[0];

const displayTexts = (parameter: ConnectionParameter): { text: string; path: (string | number)[] }[] => {
  const ui = uiDefinition(parameter);
  const texts = ['displayName', 'description', 'tooltip'].map((key) => ({ text: getOwn(ui, key), path: [key] }));
  const allowed = asArray(getOwn(constraints(parameter), 'allowedValues')).map((entry, index) => ({
    text: getOwn(asObject(entry), 'text'),
    path: ['constraints', 'allowedValues', index, 'text'],
  }));
  return [...texts, ...allowed].flatMap(({ text, path }) => (typeof text === 'string' ? [{ text, path }] : []));
};

const tenantShape: JsonObject = {
  type: 'string',
  metadata: { sourceType: 'AzureActiveDirectoryTenant' },
  uiDefinition: { constraints: { required: 'false', hidden: 'true' } },
};

/** What makes `token:TenantId` the parameter that the platform fills in itself. */
const tenantParts: readonly { path: string[]; wanted: string; fits: (value: Json | undefined) => boolean }[] = [
  { path: ['type'], wanted: 'string', fits: (value) => value === 'string' },
  {
    path: ['metadata', 'sourceType'],
    wanted: 'AzureActiveDirectoryTenant',
    fits: (value) => value === 'AzureActiveDirectoryTenant',
  },
  { path: ['uiDefinition', 'constraints', 'hidden'], wanted: 'true', fits: isTrue },
  {
    path: ['uiDefinition', 'constraints', 'required'],
    wanted: 'false',
    fits: (value) => value !== undefined && !isTrue(value),
  },
];

/** Rules about what a connection asks its maker for. */
export const family = defineFamily({ name: 'Connection parameters', order: 320 }, [
  {
    id: 'connection-parameter-name',
    title: 'The name of a connection parameter has letters, digits and underscores, and perhaps a claim after a colon.',
    why: 'Policies and the platform refer to it by this name.',
    remedy: 'Rename it, and what refers to it.',
    source: 'JSON schema of apiProperties.json',
    severity: 'W/W/W',
    on: {
      connectionParameter: ({ name, place }, report) => {
        if (/^\w+(:\w+)?$/.test(name)) return;
        report(
          place,
          `the connection parameter ${quote(name)} may have letters, digits and underscores only, as in "my_name" or "token:my_name"`,
        );
      },
    },
    examples: {
      good: [{ name: 'a claim', properties: beside('token:Host_1', { type: 'string', uiDefinition: shown }) }],
      bad: [
        {
          name: 'a hyphen',
          properties: beside('my-region', { type: 'string', uiDefinition: shown }),
          expect: ['properties#/properties/connectionParameters/my-region'],
        },
      ],
    },
  },
  {
    id: 'connection-parameter-type',
    title: 'The type of a connection parameter is one that the platform knows, in the right case.',
    why: 'The service refuses others.',
    remedy: `Use ${types.join(', ')}.`,
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      properties: (properties, report) => {
        for (const [name, value] of Object.entries(asObject(getOwn(properties.value, 'connectionParameters')))) {
          if (isObject(value)) continue;
          report(
            properties.place.at('connectionParameters', name),
            belongs(name, aroundProperties) ??
              `the connection parameter ${quote(name)} is ${literal(value)}; it must be an object with type and uiDefinition`,
          );
        }
      },
      connectionParameter: (parameter, report) => {
        const type = getOwn(parameter.value, 'type');
        if ((types as readonly unknown[]).includes(type)) return;
        const at = parameter.place.at('type');
        const known = types.find(
          (name) => typeof type === 'string' && name.toLowerCase() === type.trim().toLowerCase(),
        );
        report(
          at,
          `the connection parameter ${quote(parameter.name)} ${type === undefined ? 'has no type' : `has the type ${quote(type)}`}; allowed are ${types.join(', ')}`,
          known === undefined ? [] : { op: 'set', at, value: known },
        );
      },
    },
    examples: {
      good: [{ name: 'a number', properties: beside('port', { type: 'int', uiDefinition: shown }) }],
      bad: [
        {
          name: 'no object',
          properties: { properties: { connectionParameters: { policyTemplateInstances: [] } } },
          expect: ['properties#/properties/connectionParameters/policyTemplateInstances'],
        },
        {
          name: 'wrong case',
          properties: keyWith({ type: 'secureString' }),
          expect: [`${keyPlace}/type`],
          fixed: { properties: keyWith({ type: 'securestring' }) },
        },
        { name: 'unknown', properties: keyWith({ type: 'text' }), expect: [`${keyPlace}/type`] },
        { name: 'missing', properties: keyWith({ type: null }), expect: [`${keyPlace}/type`] },
      ],
    },
  },
  {
    id: 'connection-parameter-ui',
    title: 'A connection parameter that makers fill in has a uiDefinition.',
    why: 'Without one the field has no label and no explanation.',
    remedy: 'Add "uiDefinition" with displayName, description, tooltip and constraints.',
    source: 'Certification policy',
    policy: '5000.2.6.9',
    severity: 'W/E/E',
    on: {
      connectionParameter: (parameter, report) => {
        if (isOAuth(parameter) || uiDefinition(parameter) !== undefined) return;
        report(
          parameter.place.at('uiDefinition'),
          `the connection parameter ${quote(parameter.name)} has no uiDefinition; ${strays(parameter.value, 'uiDefinition') ?? 'add one with displayName, description, tooltip and constraints'}`,
        );
      },
    },
    examples: {
      good: [{ name: 'complete' }],
      bad: [
        {
          name: 'missing',
          properties: keyWith({ uiDefinition: null }),
          expect: [`${keyPlace}/uiDefinition`],
        },
      ],
    },
  },
  {
    id: 'connection-parameter-constraints',
    title: 'What restricts the field of a connection parameter is inside "constraints".',
    why: 'Beside "constraints" it has no effect: the field is optional, its text is shown, its choices are missing.',
    remedy: 'Move required, hidden, clearText, tabIndex and allowedValues into "constraints" of the uiDefinition.',
    source: 'JSON schema of apiProperties.json',
    severity: 'W/W/W',
    on: {
      connectionParameter: (parameter, report) => {
        const ui = uiDefinition(parameter);
        // the values that the service takes are the parameter's own; those that the dialog shows are a constraint
        const remark =
          (ui && strays(ui, 'constraints')) ?? strays(omit(parameter.value, 'allowedValues'), 'constraints');
        if (remark === undefined) return;
        report(
          ui === undefined ? parameter.place : parameter.place.at('uiDefinition'),
          `connection parameter ${quote(parameter.name)}: ${remark}`,
        );
      },
    },
    examples: {
      good: [
        { name: 'inside' },
        { name: 'values that the service takes', properties: keyWith({ allowedValues: [{ value: 'a' }] }) },
      ],
      bad: [
        {
          name: 'beside',
          properties: keyWith({ uiDefinition: { required: 'true', tabIndex: 2 } }),
          expect: [`${keyPlace}/uiDefinition`],
        },
      ],
    },
  },
  uiText('displayName', 'add "displayName" to its uiDefinition.', {
    id: 'connection-parameter-display-name',
    title: 'A connection parameter that makers fill in has a display name.',
    why: 'It is the label of the field.',
    remedy: 'Add "displayName" to its uiDefinition.',
    source: 'JSON schema of apiProperties.json; certification policy',
    severity: 'W/E/E',
  }),
  uiText(
    'description',
    'add "description" to its uiDefinition.',
    {
      id: 'connection-parameter-description',
      title: 'A connection parameter that makers fill in has a description.',
      why: 'It tells makers what to enter and where to find it.',
      remedy: 'Add "description" to its uiDefinition.',
      source: 'Certification policy; multi-authentication guide',
      policy: '5000.2.6.10',
      severity: 'W/E/E',
    },
    {
      elsewhere: (parameter) =>
        parameter.set !== undefined &&
        !isBlank(getOwn(asObject(getOwn(uiDefinition(parameter), 'schema')), 'description')),
      good: [
        {
          name: 'in a set, as description of the schema',
          properties: withSet({
            type: 'securestring',
            uiDefinition: {
              displayName: 'API key',
              tooltip: 'Provide your key',
              schema: { type: 'string', description: 'The key of your account.' },
              constraints: { clearText: false, required: 'true' },
            },
          }),
        },
      ],
    },
  ),
  uiText('tooltip', 'add "tooltip" to its uiDefinition, such as "Provide your API key".', {
    id: 'connection-parameter-tooltip',
    title: 'A connection parameter that makers fill in has a tooltip.',
    why: 'It is shown in the empty field.',
    remedy: 'Add "tooltip" to its uiDefinition, such as "Provide your API key".',
    source: 'paconn documentation',
    severity: 'I/W/W',
  }),
  constraintRule(
    ['required', 'hidden'],
    {
      id: 'connection-parameter-string-bool',
      title: 'The constraints required and hidden are the texts "true" and "false".',
      why: 'Certification refuses booleans, and flows that administrators run over all connectors break on them.',
      remedy: 'Put the value in quotes.',
      source: 'JSON schema of apiProperties.json; certification policy; issue 7630 of coe-starter-kit',
      severity: 'W/E/E',
      fix: 'safe',
      examples: {
        good: [{ name: 'texts', properties: keyConstraints({ required: 'true', hidden: 'false' }) }],
        bad: [
          badConstraint('required as boolean', { required: true }, { required: 'true' }),
          badConstraint('hidden as boolean', { hidden: false }, { hidden: 'false' }),
        ],
      },
    },
    (value) =>
      value === 'true' || value === 'false'
        ? undefined
        : {
            message: 'it must be "true" or "false", as text',
            value: typeof value === 'boolean' ? String(value) : toBoolean(value)?.toString(),
          },
  ),
  constraintRule(
    ['clearText'],
    {
      id: 'connection-parameter-clear-text',
      title: 'The constraint clearText is a boolean, and false for a securestring.',
      why: 'A secret that is shown while it is typed, or logged, is none.',
      remedy: 'Set "clearText": false for secrets, or make the parameter a string.',
      source: 'JSON schema of apiProperties.json',
      severity: 'W/W/W',
      fix: 'safe',
      examples: {
        good: [
          {
            name: 'shown, no secret',
            properties: beside('region', {
              type: 'string',
              uiDefinition: { ...shown, constraints: { clearText: true } },
            }),
          },
          {
            name: 'a user name that is shown, as the portal writes it',
            properties: beside('username', {
              type: 'securestring',
              uiDefinition: { ...shown, constraints: { clearText: true } },
            }),
          },
        ],
        bad: [
          badConstraint('a secret that is shown', { clearText: true }, { clearText: false }),
          badConstraint('a text', { clearText: 'false' }, { clearText: false }),
        ],
      },
    },
    (value, parameter) => {
      // the portal's own form of basic authentication shows the user name, which is not a secret
      const secret = getOwn(parameter.value, 'type') === 'securestring' && parameter.name !== 'username';
      if (typeof value !== 'boolean') {
        return { message: 'it must be true or false, without quotes', value: secret ? false : toBoolean(value) };
      }
      if (!value || !secret) return undefined;
      return { message: 'a securestring is not to be shown, set it to false', value: false };
    },
  ),
  constraintRule(
    ['tabIndex'],
    {
      id: 'connection-parameter-tab-index',
      title: 'The constraint tabIndex is an integer.',
      why: 'It orders the fields.',
      remedy: 'Write it without quotes.',
      source: 'JSON schema of apiProperties.json',
      severity: 'W/W/W',
      fix: 'safe',
      examples: {
        good: [{ name: 'a number', properties: keyConstraints({ tabIndex: 3 }) }],
        bad: [badConstraint('a text', { tabIndex: '2' }, { tabIndex: 2 })],
      },
    },
    (value) =>
      Number.isInteger(value)
        ? undefined
        : {
            message: 'it must be an integer, without quotes',
            value: typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) ? Number(value) : undefined,
          },
  ),
  {
    id: 'connection-parameter-secret-type',
    title: 'A password, secret, token or key is a securestring.',
    why: 'A plain string is stored and shown in the clear.',
    remedy: 'Set its type to "securestring" and clearText to false.',
    source: 'paconn documentation; published connectors',
    severity: 'W/E/E',
    fix: 'safe',
    on: {
      connectionParameter: (parameter, report) => {
        if (getOwn(parameter.value, 'type') !== 'string' || !meansSecret(parameter)) return;
        const at = parameter.place.at('type');
        const fix: Fix[] = [{ op: 'set', at, value: 'securestring' }];
        if (getOwn(constraints(parameter), 'clearText') === true) {
          fix.push({ op: 'set', at: constraintsPlace(parameter).at('clearText'), value: false });
        }
        report(
          at,
          `the connection parameter ${quote(parameter.name)} is a secret by its name; its type must be "securestring"`,
          fix,
        );
      },
    },
    examples: {
      good: [
        { name: 'a securestring' },
        { name: 'a tenant of the token', properties: beside('token:Tenant', { type: 'string', uiDefinition: shown }) },
      ],
      bad: [
        {
          name: 'a plain key',
          properties: keyWith({ type: 'string', uiDefinition: { constraints: { clearText: true } } }),
          expect: [`${keyPlace}/type`],
          fixed: { properties: keyWith({ type: 'securestring', uiDefinition: { constraints: { clearText: false } } }) },
        },
      ],
    },
  },
  {
    id: 'connection-parameter-no-secret-default',
    title: 'A securestring has no default value.',
    why: 'A secret in the file is a secret for everybody.',
    remedy: 'Delete "defaultValue", and replace the secret where it was valid.',
    source: 'README of the connector repository',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      connectionParameter: (parameter, report) => {
        if (getOwn(parameter.value, 'type') !== 'securestring' || getOwn(parameter.value, 'defaultValue') === undefined)
          return;
        const at = parameter.place.at('defaultValue');
        report(at, `the secret connection parameter ${quote(parameter.name)} has a default value; delete it`, {
          op: 'remove',
          at,
        });
      },
    },
    examples: {
      good: [
        {
          name: 'of a plain string',
          properties: beside('region', { type: 'string', defaultValue: 'eu', uiDefinition: shown }),
        },
      ],
      bad: [
        {
          name: 'of a secret',
          properties: keyWith({ defaultValue: 'open sesame' }),
          expect: [`${keyPlace}/defaultValue`],
          fixed: {},
        },
      ],
    },
  },
  {
    id: 'connection-parameter-english',
    title: 'The texts of connection parameters are in English.',
    why: 'Certified connectors are published in English and translated by Microsoft.',
    remedy: 'Translate the text.',
    source: 'Certification submission guide',
    severity: 'I/E/E',
    on: {
      connectionParameter: (parameter, report) => {
        for (const { text, path } of displayTexts(parameter)) {
          const letter = foreignLetter(text);
          if (letter === undefined) continue;
          report(
            parameter.place.at('uiDefinition', ...path),
            `${quote(text)} contains ${quote(letter)}, which English doesn't have; write the texts of connection parameters in English`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'typographic quotes', properties: keyUi({ tooltip: 'See \u201cMy account\u201d \u2192 Keys' }) }],
      bad: [
        {
          name: 'German',
          properties: keyUi({ tooltip: 'Ihr Schl\u00fcssel' }),
          expect: [`${keyPlace}/uiDefinition/tooltip`],
        },
      ],
    },
  },
  {
    id: 'connection-parameter-tenant',
    title: 'The parameter token:TenantId has the fixed shape by which the platform fills it in.',
    why: 'In any other shape it becomes a field that makers must fill in.',
    remedy:
      'Give it type string, the metadata sourceType AzureActiveDirectoryTenant, hidden "true" and required "false".',
    source: 'JSON schema of apiProperties.json; pull request 3097 of PowerPlatformConnectors',
    severity: 'W/E/E',
    fix: 'safe',
    on: {
      connectionParameter: (parameter, report) => {
        if (parameter.name !== 'token:TenantId') return;
        const wrong = tenantParts.filter(({ path, fits }) => !fits(valueAt(parameter.value, path)));
        for (const { path, wanted } of wrong) {
          const at = parameter.place.at(...path);
          report(
            at,
            `${path.at(-1)} of token:TenantId must be "${wanted}", so that the platform fills the parameter in`,
            {
              op: 'set',
              at,
              value: wanted,
            },
          );
        }
      },
    },
    examples: {
      good: [{ name: 'the fixed shape', properties: beside('token:TenantId', tenantShape) }],
      bad: [
        {
          name: 'visible and without metadata',
          properties: beside('token:TenantId', {
            type: 'string',
            uiDefinition: { ...shown, constraints: { required: 'false' } },
          }),
          expect: [
            'properties#/properties/connectionParameters/token:TenantId/metadata/sourceType',
            'properties#/properties/connectionParameters/token:TenantId/uiDefinition/constraints/hidden',
          ],
          fixed: {
            properties: beside('token:TenantId', {
              ...tenantShape,
              uiDefinition: { ...shown, constraints: { required: 'false', hidden: 'true' } },
            }),
          },
        },
      ],
    },
  },
]);
