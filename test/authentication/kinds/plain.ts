import { sampleDefinition } from '../../../src/connector/sample.ts';
import { readTemplate } from '../../../src/templates.ts';
import { asTexts, type Contents } from '../../support/connectors.ts';

export const script: string = readTemplate('oauth', 'script.csx');

/** A connector without any authentication. */
export const plain: Contents = asTexts({
  definition: { ...sampleDefinition(), info: { title: 'Contoso Orders', description: '', version: '1.0' } },
  properties: {
    properties: { connectionParameters: {}, iconBrandColor: '#0b6a3f', capabilities: [], scriptOperations: [] },
  },
  settings: {
    connectorId: null,
    environment: null,
    apiProperties: 'apiProperties.json',
    apiDefinition: 'apiDefinition.json',
    icon: null,
    script: null,
  },
  config: { apiDefinition: 'connector/apiDefinition.json', profile: 'custom' },
});
