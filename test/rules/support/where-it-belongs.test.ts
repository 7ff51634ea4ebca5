import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { RuleConfiguration } from '../../../src/rules/engine/rule-configuration.ts';
import { runRules } from '../../../src/rules/engine/run.ts';
import { exampleConnector } from '../../../src/rules/examples/example-connector.ts';
import { allRules } from '../../../src/rules/families/catalogue.ts';

/** What is said about the example connector with something in the wrong place, at that place. */
async function said(example: { definition?: JsonObject; properties?: JsonObject }, pointer: string): Promise<string> {
  const settings = new RuleConfiguration(new Set(), undefined, new Map());
  const options = { profile: 'verified', subject: 'repository', rules: allRules, settings } as const;
  const findings = await runRules(exampleConnector(example), options);
  return findings
    .filter((finding) => finding.pointer === pointer)
    .map(({ message }) => message)
    .join('\n');
}

const cases: readonly [what: string, example: Parameters<typeof said>[0], pointer: string, words: string][] = [
  ['the title at the root', { definition: { title: 'x' } }, '/title', 'info of the definition'],
  ['the host in info', { definition: { info: { host: 'x' } } }, '/info/host', 'the root of the definition'],
  ['the colour in the definition', { definition: { iconBrandColor: '#fff' } }, '/iconBrandColor', 'apiProperties.json'],
  ['an operation at the root', { definition: { get: {} } }, '/get', 'a path of the definition'],
  [
    'an operation id in a path',
    { definition: { paths: { '/stations': { operationId: 'x' } } } },
    '/paths/~1stations/operationId',
    'an operation',
  ],
  ['definitions among the paths', { definition: { paths: { definitions: {} } } }, '/paths/definitions', 'the root'],
  ['settings in the properties', { properties: { connectorId: 'x' } }, '/connectorId', 'settings.json'],
  ['the host in the properties', { properties: { properties: { host: 'x' } } }, '/properties/host', 'the root of the'],
  [
    'the properties in themselves',
    { properties: { properties: { properties: {} } } },
    '/properties/properties',
    'inside of "properties"',
  ],
  [
    'policies among the connection parameters',
    { properties: { properties: { connectionParameters: { policyTemplateInstances: [] } } } },
    '/properties/connectionParameters/policyTemplateInstances',
    'below "properties"',
  ],
  [
    'texts of a connection parameter beside its type',
    {
      properties: {
        properties: { connectionParameters: { api_key: { displayName: 'Key', uiDefinition: null } } },
      },
    },
    '/properties/connectionParameters/api_key/uiDefinition',
    '"uiDefinition"',
  ],
];

describe('what is in the wrong place', () => {
  for (const [what, example, pointer, words] of cases) {
    it(`is told the right one: ${what}`, async () => {
      expect(await said(example, pointer)).to.include(words);
    });
  }
});
