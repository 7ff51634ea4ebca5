import {
  apiAddress,
  readTokenPolicies,
  tokenPolicyTitle,
  writeTokenPolicies,
} from '../../authentication/kinds/token-policies.ts';
import { asArray, asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { nearest } from '../../did-you-mean.ts';
import {
  connectionParametersIn,
  mayHavePath,
  setPropertyValue,
  unexpandedInSetProperty,
} from '../../policy/expressions.ts';
import { operationNameKey, parameterPrefix, policySectionKey } from '../../policy/instance-keys.ts';
import { bothWays, existsActions, policyMethods } from '../../policy/shared-parameters.ts';
import { policyTemplate, policyTemplateIds, requiredParameters } from '../../policy/templates.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Policy } from '../engine/model.ts';
import { defineFamily, type Fix, type Report, type Rule } from '../engine/rule.ts';
import { isBlank } from '../support/texts.ts';
import { isGateway } from './connection-parameters.ts';

const parametersPlace = (policy: Policy): Location => policy.place.at('parameters');

/** The operation that an author meant, where only the case differs. */
function sameButCase(id: string, connector: ConnectorModel): string | undefined {
  if (id === '') return undefined;
  const matches = [...connector.operationsById.keys()].filter((known) => known.toLowerCase() === id.toLowerCase());
  return matches.length === 1 ? matches[0] : undefined;
}

/** Says that an operation doesn't exist, and which was probably meant. */
export function reportUnknownOperation(
  id: string,
  at: Location,
  what: string,
  connector: ConnectorModel,
  report: Report,
): void {
  const certain = sameButCase(id, connector);
  const guess = certain ?? nearest(id, [...connector.operationsById.keys()]);
  report(
    at,
    `${what} names the operation ${quote(id)}, which the definition doesn't have${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
    certain === undefined ? [] : { op: 'set', at, value: certain },
  );
}

/** Every text below a value, without recursion: an author's value may be nested without end. */
export function* textsBelow(root: Json, at: Location): Generator<{ text: string; place: Location }> {
  const open: { value: Json; place: Location }[] = [{ value: root, place: at }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, place } = next;
    if (typeof value === 'string') yield { text: value, place };
    else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index -= 1) {
        open.push({ value: value[index] ?? null, place: place.at(index) });
      }
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value).reverse()) open.push({ value: item, place: place.at(key) });
    }
  }
}

/** A rule that a parameter has one of some values; case doesn't count. */
function valueRule(key: string, allowed: (policy: Policy) => readonly string[], rule: Omit<Rule, 'on'>): Rule {
  return {
    ...rule,
    on: {
      policy: (policy, report) => {
        const value = getOwn(policy.parameters, key);
        if (value === undefined) return;
        const words = allowed(policy);
        if (typeof value === 'string' && words.some((word) => word.toLowerCase() === value.toLowerCase())) return;
        report(
          parametersPlace(policy).at(key),
          `${key.slice(key.search(/(?<![^.-])[^.-]+$/))} of the policy ${quote(policy.value.title ?? policy.templateId)} is ${quote(value)}; allowed are ${words.join(', ')}`,
        );
      },
    },
  };
}

/** The example's policy with other parameters. */
const policyWith = (parameters: JsonObject, more: JsonObject = {}): JsonObject => ({
  properties: {
    policyTemplateInstances: [
      {
        templateId: 'setheader',
        title: 'Set format version',
        parameters: {
          'x-ms-apimTemplateParameter.name': 'X-Format-Version',
          'x-ms-apimTemplateParameter.value': '2024-01-01',
          ...parameters,
        },
        ...more,
      },
    ],
  },
});

const withPolicies = (...policyTemplateInstances: JsonObject[]): JsonObject => ({
  properties: { policyTemplateInstances },
});

/** A policy that sets a property of the body to a value. */
const setProperty = (value: string): JsonObject =>
  withPolicies({
    templateId: 'setproperty',
    title: 'Set owner',
    parameters: {
      'x-ms-apimTemplateParameter.newPropertyParentPathTemplate': '@body()',
      'x-ms-apimTemplateParameter.newPropertySubPathTemplate': 'owner',
      'x-ms-apimTemplateParameter.propertyValuePathTemplate': value,
      'x-ms-apimTemplate-policySection': 'Request',
    },
  });

/** A policy that takes the host from the connection, with a path or without. */
const hostPolicies = (path: string): JsonObject[] => [
  {
    templateId: 'dynamichosturl',
    title: 'Set host',
    parameters: {
      'x-ms-apimTemplateParameter.urlTemplate': `https://@connectionParameters('api_key').contoso.com${path}`,
    },
  },
];
const hostPolicy = (path: string): JsonObject => withPolicies(...hostPolicies(path));

const isBasePathRoot = (basePath: string): boolean => basePath.replaceAll('/', '').trim() === '';

/** Whether a request is sent to the host of a policy: no later one sets another, and no new path has the base path. */
function someRequestKeepsIt(policy: Policy, basePath: string, connector: ConnectorModel): boolean {
  const { policies } = connector;
  const later = policies
    .slice(policies.indexOf(policy) + 1)
    .filter(({ templateId }) => templateId === 'dynamichosturl');
  const whole = policies.filter(({ templateId, parameters }) => {
    const path = getOwn(parameters, `${parameterPrefix}newPath`);
    return templateId === 'routerequesttoendpoint' && typeof path === 'string' && path.startsWith(basePath);
  });
  const covers = ({ operations }: Policy, id: string): boolean => operations === undefined || operations.includes(id);
  const ids = policy.operations ?? connector.operations.map(({ id }) => id);
  return ids.some((id) => ![...later, ...whole].some((other) => covers(other, id)));
}

const tokenExample = { tokenUrl: 'https://login.contoso.com/token', scopes: [] };
const tokenPolicies = withPolicies(...writeTokenPolicies(tokenExample, 'https://weather.contoso.com/v2'));

const policyPlace = 'properties#/properties/policyTemplateInstances/0';

/** Rules about policies. */
export const family = defineFamily({ name: 'Policies', order: 360 }, [
  {
    id: 'policies-array',
    title: 'policyTemplateInstances is a list.',
    why: 'The service refuses anything else.',
    remedy: 'Put the policies into [ … ].',
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      properties: (properties, report) => {
        const value = getOwn(properties.value, 'policyTemplateInstances');
        if (value === undefined || Array.isArray(value)) return;
        const at = properties.place.at('policyTemplateInstances');
        const fixes: Fix[] = [];
        if (value === null) fixes.push({ op: 'remove', at });
        else if (isObject(value) && getOwn(value, 'templateId') !== undefined)
          fixes.push({ op: 'set', at, value: [value] });
        else if (isObject(value) && Object.keys(value).length === 0) fixes.push({ op: 'set', at, value: [] });
        report(at, 'policyTemplateInstances must be a list: put the policies into [ … ]', fixes);
      },
    },
    examples: {
      good: [{ name: 'empty', properties: withPolicies() }, { name: 'one' }],
      bad: [
        {
          name: 'a single policy',
          properties: {
            properties: {
              policyTemplateInstances: {
                templateId: 'dynamichosturl',
                title: 'Set host',
                parameters: { 'x-ms-apimTemplateParameter.urlTemplate': 'https://weather.contoso.com' },
              },
            },
          },
          expect: ['properties#/properties/policyTemplateInstances'],
          fixed: {
            properties: withPolicies({
              templateId: 'dynamichosturl',
              title: 'Set host',
              parameters: { 'x-ms-apimTemplateParameter.urlTemplate': 'https://weather.contoso.com' },
            }),
          },
        },
      ],
    },
  },
  {
    id: 'policy-template-known',
    title: 'The template of a policy is one that the platform offers.',
    why: 'Policies of other templates are ignored or refused.',
    remedy: `Use one of ${policyTemplateIds.join(', ')}.`,
    source: 'JSON schema of apiProperties.json; documentation of policy templates',
    severity: 'W/W/W',
    on: {
      policy: (policy, report) => {
        if (policyTemplate(policy.templateId) !== undefined) return;
        const guess = nearest(policy.templateId, policyTemplateIds);
        report(
          policy.place.at('templateId'),
          `the platform offers no policy template ${quote(getOwn(policy.value, 'templateId') ?? '')}${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
        );
      },
    },
    examples: {
      good: [{ name: 'other case', properties: policyWith({}, { templateId: 'setHeader' }) }],
      bad: [
        {
          name: 'unknown',
          properties: policyWith({}, { templateId: 'setheaders' }),
          expect: [`${policyPlace}/templateId`],
        },
      ],
    },
  },
  {
    id: 'policy-title',
    title: 'Each policy has a title.',
    why: 'It is how the portal lists it.',
    remedy: 'Add "title".',
    source: 'paconn documentation',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      policy: (policy, report) => {
        if (!isBlank(getOwn(policy.value, 'title'))) return;
        const at = policy.place.at('title');
        const template = getOwn(policy.value, 'templateId');
        report(
          at,
          'the policy has no title; add one that says what it does',
          typeof template === 'string' && !isBlank(template) ? { op: 'set', at, value: template } : [],
        );
      },
    },
    examples: {
      good: [{ name: 'a title' }],
      bad: [
        {
          name: 'missing',
          properties: policyWith({}, { title: '' }),
          expect: [`${policyPlace}/title`],
          fixed: { properties: policyWith({}, { title: 'setheader' }) },
        },
      ],
    },
  },
  {
    id: 'policy-required-parameters',
    title: 'A policy has the parameters that its template requires.',
    why: 'The service refuses it without them.',
    remedy: 'Add the parameter that is named.',
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    on: {
      policy: (policy, report) => {
        const template = policyTemplate(policy.templateId);
        for (const name of template === undefined ? [] : requiredParameters(template)) {
          const key = `${parameterPrefix}${name}`;
          if (getOwn(policy.parameters, key) !== undefined) continue;
          report(
            parametersPlace(policy).at(key),
            `the policy ${quote(policy.value.title ?? policy.templateId)} lacks the parameter ${quote(key)}, which ${policy.templateId} requires${Object.hasOwn(policy.value, key) ? '; it is beside "parameters", move it inside' : ''}`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'complete' }],
      bad: [
        {
          name: 'no address',
          properties: withPolicies({ templateId: 'dynamichosturl', title: 'Set host', parameters: {} }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.urlTemplate`],
        },
        {
          name: 'no status',
          properties: withPolicies({
            templateId: 'setconnectionstatustounauthenticated',
            title: 'Mark connection as broken',
            parameters: {},
          }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.statusCode`],
        },
      ],
    },
  },
  {
    id: 'policy-unknown-parameters',
    title: 'A policy has no parameters that its template does not know.',
    why: 'They have no effect; mostly they are misspelled.',
    remedy: 'Correct the spelling, or delete the parameter.',
    source: 'JSON schema of apiProperties.json; issue 2881 of PowerPlatformConnectors',
    severity: 'W/W/W',
    on: {
      policy: (policy, report) => {
        const template = policyTemplate(policy.templateId);
        if (template === undefined) return;
        const required = requiredParameters(template);
        const optional = template.parameters.map(({ name }) => name).filter((name) => !required.includes(name));
        const known = [...required, ...optional];
        for (const key of Object.keys(policy.parameters)) {
          if (key === operationNameKey || key === policySectionKey) continue;
          if (key.startsWith(parameterPrefix) && known.includes(key.slice(parameterPrefix.length))) continue;
          report(
            parametersPlace(policy).at(key),
            `${policy.templateId} knows no parameter ${quote(key)}; it knows ${known.join(', ')}`,
          );
        }
      },
    },
    examples: {
      good: [
        { name: 'an optional one', properties: policyWith({ 'x-ms-apimTemplateParameter.existsAction': 'skip' }) },
      ],
      bad: [
        {
          name: 'misspelled',
          properties: policyWith({ 'x-ms-apimTemplateParameter.existAction': 'skip' }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.existAction`],
        },
      ],
    },
  },
  {
    id: 'policy-operation-exists',
    title: 'The operations that a policy names exist.',
    why: 'Otherwise the policy silently never runs.',
    remedy: 'Use the operationId as it is in the definition; case counts.',
    source: 'Published connectors',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      policy: (policy, report, connector) => {
        if (connector.root === undefined) return;
        const value = getOwn(policy.parameters, operationNameKey);
        const at = parametersPlace(policy).at(operationNameKey);
        const title = `the policy ${quote(policy.value.title ?? policy.templateId)}`;
        if (typeof value === 'string' && value !== '' && !connector.operationsById.has(value)) {
          reportUnknownOperation(value, at, title, connector, report);
        }
        asArray(value).forEach((id, index) => {
          if (typeof id === 'string' && !connector.operationsById.has(id)) {
            reportUnknownOperation(id, at.at(index), title, connector, report);
          }
        });
      },
    },
    examples: {
      good: [{ name: 'two operations' }],
      bad: [
        {
          name: 'wrong case, and unknown',
          properties: policyWith({ 'x-ms-apimTemplate-operationName': ['listStations', 'GetWind'] }),
          expect: [
            `${policyPlace}/parameters/x-ms-apimTemplate-operationName/0`,
            `${policyPlace}/parameters/x-ms-apimTemplate-operationName/1`,
          ],
        },
        {
          name: 'wrong case',
          properties: policyWith({ 'x-ms-apimTemplate-operationName': ['listStations'] }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplate-operationName/0`],
          fixed: { properties: policyWith({ 'x-ms-apimTemplate-operationName': ['ListStations'] }) },
        },
      ],
    },
  },
  valueRule(
    policySectionKey,
    ({ templateId }) => {
      const sections = policyTemplate(templateId)?.sections ?? [];
      return sections.length === 0 ? bothWays : sections;
    },
    {
      id: 'policy-section',
      title: 'A policy acts on the request or the response (setheader also on failures).',
      why: 'The service knows no other section.',
      remedy: 'Use "Request" or "Response".',
      source: 'JSON schema of apiProperties.json',
      severity: 'E/E/E',
      examples: {
        good: [{ name: 'a failure', properties: policyWith({ 'x-ms-apimTemplate-policySection': 'Failure' }) }],
        bad: [
          {
            name: 'unknown',
            properties: policyWith({ 'x-ms-apimTemplate-policySection': 'Inbound' }),
            expect: [`${policyPlace}/parameters/x-ms-apimTemplate-policySection`],
          },
        ],
      },
    },
  ),
  valueRule(`${parameterPrefix}existsAction`, () => existsActions, {
    id: 'policy-exists-action',
    title: 'What happens to a value that is there already is override, skip or append.',
    why: 'The service knows nothing else.',
    remedy: 'Use "override".',
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    examples: {
      good: [{ name: 'append', properties: policyWith({ 'x-ms-apimTemplateParameter.existsAction': 'append' }) }],
      bad: [
        {
          name: 'unknown',
          properties: policyWith({ 'x-ms-apimTemplateParameter.existsAction': 'replace' }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.existsAction`],
        },
      ],
    },
  }),
  valueRule(`${parameterPrefix}httpMethod`, () => policyMethods, {
    id: 'policy-http-method',
    title: 'The method of a policy is a verb, or @Request.OriginalHTTPMethod.',
    why: 'The service knows nothing else.',
    remedy: 'Use "@Request.OriginalHTTPMethod" to keep the verb of the request.',
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    examples: {
      good: [
        {
          name: 'the verb of the request',
          properties: withPolicies({
            templateId: 'routerequesttoendpoint',
            title: 'Route',
            parameters: {
              'x-ms-apimTemplateParameter.newPath': '/stations',
              'x-ms-apimTemplateParameter.httpMethod': '@Request.OriginalHTTPMethod',
            },
          }),
        },
      ],
      bad: [
        {
          name: 'unknown',
          properties: withPolicies({
            templateId: 'routerequesttoendpoint',
            title: 'Route',
            parameters: {
              'x-ms-apimTemplateParameter.newPath': '/stations',
              'x-ms-apimTemplateParameter.httpMethod': 'FETCH',
            },
          }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.httpMethod`],
        },
      ],
    },
  }),
  {
    id: 'policy-connection-parameter',
    title: 'The connection parameters to which a policy refers are declared.',
    why: 'Otherwise it works with an empty value.',
    remedy: 'Correct the name, or declare the connection parameter.',
    source: 'Documentation of policy templates; published connectors',
    severity: 'W/W/W',
    on: {
      policy: (policy, report, connector) => {
        const names = connector.connectionParameters.map(({ name }) => name);
        for (const { text, place } of textsBelow(policy.parameters, parametersPlace(policy))) {
          for (const name of connectionParametersIn(text)) {
            if (names.includes(name)) continue;
            const guess = nearest(name, names);
            report(
              place,
              `the policy ${quote(policy.value.title ?? policy.templateId)} refers to the connection parameter ${quote(name)}, which is not declared${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
            );
          }
        }
      },
    },
    examples: {
      good: [
        {
          name: 'declared',
          properties: policyWith({ 'x-ms-apimTemplateParameter.value': "Bearer @connectionParameters('api_key')" }),
        },
      ],
      bad: [
        {
          name: 'misspelled',
          properties: policyWith({ 'x-ms-apimTemplateParameter.value': "Bearer @connectionParameters('apikey','')" }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.value`],
        },
        {
          name: 'misspelled, in braces',
          properties: policyWith({ 'x-ms-apimTemplateParameter.value': "@{connectionParameters('apikey')}" }),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.value`],
        },
      ],
    },
  },
  {
    id: 'policy-set-property-source',
    title: 'A property is set from the body, an item of it, or a constant.',
    why: "The platform doesn't expand connection parameters, query parameters and headers there: the API gets the expression as text.",
    remedy: 'Send the value in a header or a query parameter by a policy, or let a script write it into the body.',
    source:
      'Training about policy templates, unit 5; issues 1882, 2906 and 4221 of PowerPlatformConnectors (June 2026); no published connector has one (54 values)',
    severity: 'W/W/W',
    on: {
      policy: (policy, report) => {
        if (policy.templateId !== 'setproperty') return;
        const key = `${parameterPrefix}${setPropertyValue}`;
        const value = getOwn(policy.parameters, key);
        const found = typeof value === 'string' ? unexpandedInSetProperty(value) : undefined;
        if (found === undefined) return;
        report(
          parametersPlace(policy).at(key),
          `"${found.start}(" isn't expanded in a property, the API gets it as text; take @body(), @item() or a constant`,
        );
      },
    },
    examples: {
      good: [
        { name: 'from the body', properties: setProperty('@body().id') },
        { name: 'within a text', properties: setProperty('ID {@body().id}') },
        { name: 'a constant', properties: setProperty('support@contoso.com') },
      ],
      bad: [
        {
          name: 'from the connection',
          properties: setProperty("@connectionParameters('api_key')"),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.propertyValuePathTemplate`],
        },
        {
          name: 'from a header, in braces',
          properties: setProperty("{@headers('X-Region')}"),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.propertyValuePathTemplate`],
        },
      ],
    },
  },
  {
    id: 'policy-host-base-path',
    title: 'A policy that sets the host repeats the base path.',
    why: 'dynamichosturl replaces host and base path together, so that requests go to addresses without the base path.',
    remedy: 'Append the base path to the address in the policy.',
    source:
      'Published connectors: 46 of 57 with both repeat it (October 2024), most others take it from the value; a vendor reports requests without it (2026)',
    severity: 'W/W/W',
    on: {
      policy: (policy, report, connector) => {
        const basePath = getOwn(connector.definition, 'basePath');
        if (policy.templateId !== 'dynamichosturl' || typeof basePath !== 'string' || isBasePathRoot(basePath)) return;
        const key = `${parameterPrefix}urlTemplate`;
        const value = getOwn(policy.parameters, key);
        if (typeof value !== 'string' || isBlank(value) || mayHavePath(value)) return;
        if (!someRequestKeepsIt(policy, basePath, connector)) return;
        report(
          parametersPlace(policy).at(key),
          `the address ${quote(value)} replaces the base path ${quote(basePath)}, too; append it, unless the values of the connection bring it`,
        );
      },
    },
    examples: {
      good: [
        { name: 'repeated', definition: { basePath: '/v2' }, properties: hostPolicy('/v2') },
        { name: 'no base path', definition: { basePath: '/' }, properties: hostPolicy('') },
        {
          name: 'the whole address from the connection',
          definition: { basePath: '/v2' },
          properties: withPolicies({
            templateId: 'dynamichosturl',
            title: 'Set host',
            parameters: { 'x-ms-apimTemplateParameter.urlTemplate': "@connectionParameters('api_key')" },
          }),
        },
        {
          name: 'a later policy sets the host again',
          definition: { basePath: '/v2' },
          properties: {
            properties: {
              policyTemplateInstances: [...hostPolicies(''), ...hostPolicies('/v2')],
            },
          },
        },
      ],
      bad: [
        {
          name: 'forgotten',
          definition: { basePath: '/v2' },
          properties: hostPolicy(''),
          expect: [`${policyPlace}/parameters/x-ms-apimTemplateParameter.urlTemplate`],
        },
      ],
    },
  },
  {
    id: 'policy-token-api',
    title: 'The policies that ask for a token send requests back to the host of the definition.',
    why: 'They set the host of the token service, and after that the one of the API, which is not taken from the definition: another host or base path there has no effect.',
    remedy: 'Write host and base path of the definition into the policy "Sign-in: API".',
    source: 'This tool, whose policies they are',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      properties: (properties, report, connector) => {
        const [host, basePath] = [getOwn(connector.definition, 'host'), getOwn(connector.definition, 'basePath') ?? ''];
        const found = readTokenPolicies(properties.value);
        if (found === undefined || typeof host !== 'string' || typeof basePath !== 'string') return;
        for (const [index, policy] of asArray(getOwn(properties.value, 'policyTemplateInstances')).entries()) {
          // what somebody else wrote may mean another host
          if (found.parts.get(policy) !== 'API' || getOwn(asObject(policy), 'title') !== tokenPolicyTitle('API'))
            continue;
          const key = `${parameterPrefix}urlTemplate`;
          const value = getOwn(asObject(getOwn(asObject(policy), 'parameters')), key);
          const wanted = apiAddress(host, basePath);
          if (typeof value !== 'string' || value.replace(/\/$/, '').toLowerCase() === wanted.toLowerCase()) continue;
          const at = properties.place.at('policyTemplateInstances').at(index).at('parameters').at(key);
          report(at, `requests go to ${quote(value)}, and the definition says ${quote(wanted)}; write that`, {
            op: 'set',
            at,
            value: wanted,
          });
        }
      },
    },
    examples: {
      good: [
        { name: 'the same', definition: { host: 'weather.contoso.com', basePath: '/v2' }, properties: tokenPolicies },
      ],
      bad: [
        {
          name: 'the base path of before',
          definition: { host: 'weather.contoso.com', basePath: '/v3' },
          properties: tokenPolicies,
          expect: [
            'properties#/properties/policyTemplateInstances/5/parameters/x-ms-apimTemplateParameter.urlTemplate',
          ],
          fixed: {
            definition: { host: 'weather.contoso.com', basePath: '/v3' },
            properties: withPolicies(...writeTokenPolicies(tokenExample, 'https://weather.contoso.com/v3')),
          },
        },
      ],
    },
  },
  {
    id: 'dynamic-host-gateway',
    title: 'A connector over the on-premises gateway has no policy that sets the host.',
    why: 'The gateway reaches only the host of the definition.',
    remedy: 'Leave the policy or the gateway out.',
    source: 'Documentation of policy templates',
    severity: 'W/W/W',
    on: {
      policy: (policy, report, connector) => {
        if (policy.templateId !== 'dynamichosturl' || !connector.connectionParameters.some(isGateway)) return;
        report(
          policy.place,
          'the policy dynamichosturl does not work over the on-premises gateway, for which there is a connection parameter',
        );
      },
    },
    examples: {
      good: [
        {
          name: 'no gateway',
          properties: withPolicies({
            templateId: 'dynamichosturl',
            title: 'Set host',
            parameters: { 'x-ms-apimTemplateParameter.urlTemplate': 'https://weather.contoso.com' },
          }),
        },
      ],
      bad: [
        {
          name: 'both',
          properties: {
            properties: {
              connectionParameters: { gateway: { type: 'gatewaySetting', uiDefinition: {} } },
              policyTemplateInstances: [
                {
                  templateId: 'dynamichosturl',
                  title: 'Set host',
                  parameters: { 'x-ms-apimTemplateParameter.urlTemplate': 'https://weather.contoso.com' },
                },
              ],
            },
          },
          expect: [policyPlace],
        },
      ],
    },
  },
]);
