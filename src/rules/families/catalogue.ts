import type { Rule } from '../engine/rule.ts';
import { authenticationRules } from './authentication.ts';
import { breakingRules } from './breaking.ts';
import { configRules } from './config.ts';
import { connectionParametersRules } from './connection-parameters.ts';
import { definitionRules } from './definition.ts';
import { dynamicRules } from './dynamic.ts';
import { dynamicAnswersRules } from './dynamic-answers.ts';
import { dynamicPairsRules } from './dynamic-pairs.ts';
import { extensionsRules } from './extensions.ts';
import { fileRules } from './file.ts';
import { iconRules } from './icon.ts';
import { infoRules } from './info.ts';
import { infoContactRules } from './info-contact.ts';
import { infoDescriptionRules } from './info-description.ts';
import { introRules } from './intro.ts';
import { layoutRules } from './layout.ts';
import { lifecycleRules } from './lifecycle.ts';
import { mediaTypesRules } from './media-types.ts';
import { metadataRules } from './metadata.ts';
import { oauthRules } from './oauth.ts';
import { operationTextsRules } from './operation-texts.ts';
import { operationsRules } from './operations.ts';
import { packageRules } from './package.ts';
import { parameterSetsRules } from './parameter-sets.ts';
import { parameterTextsRules } from './parameter-texts.ts';
import { parameterValuesRules } from './parameter-values.ts';
import { parametersRules } from './parameters.ts';
import { pathParametersRules } from './path-parameters.ts';
import { pathsRules } from './paths.ts';
import { policiesRules } from './policies.ts';
import { propertiesRules } from './properties.ts';
import { propertyTextsRules } from './property-texts.ts';
import { readmeRules } from './readme.ts';
import { referencesRules } from './references.ts';
import { responsesRules } from './responses.ts';
import { schemaObjectsRules } from './schema-objects.ts';
import { schemaValuesRules } from './schema-values.ts';
import { schemasRules } from './schemas.ts';
import { scriptRules } from './script.ts';
import { scriptOperationsRules } from './script-operations.ts';
import { secretsRules } from './secrets.ts';
import { securityRules } from './security.ts';
import { settingsRules } from './settings.ts';
import { structureRules } from './structure.ts';
import { transportRules } from './transport.ts';
import { triggersRules } from './triggers.ts';
import { webhooksRules } from './webhooks.ts';

/** A family is one file of rules about one part of a connector; the documentation follows this order. */
export interface Family {
  name: string;
  rules: Rule[];
}

export const families: readonly Family[] = [
  { name: 'The definition file', rules: fileRules },
  { name: 'The definition as a whole', rules: definitionRules },
  { name: 'Types of values', rules: structureRules },
  { name: 'Info', rules: infoRules },
  { name: 'Description', rules: infoDescriptionRules },
  { name: 'Contact', rules: infoContactRules },
  { name: 'Connector metadata', rules: metadataRules },
  { name: 'Host and schemes', rules: transportRules },
  { name: 'Media types', rules: mediaTypesRules },
  { name: 'Security', rules: securityRules },
  { name: 'Paths', rules: pathsRules },
  { name: 'Operations', rules: operationsRules },
  { name: 'Texts of operations', rules: operationTextsRules },
  { name: 'Parameters', rules: parametersRules },
  { name: 'Path parameters', rules: pathParametersRules },
  { name: 'Values of parameters', rules: parameterValuesRules },
  { name: 'Texts of parameters', rules: parameterTextsRules },
  { name: 'Responses', rules: responsesRules },
  { name: 'Texts of properties', rules: propertyTextsRules },
  { name: 'References', rules: referencesRules },
  { name: 'Schemas', rules: schemasRules },
  { name: 'Objects', rules: schemaObjectsRules },
  { name: 'Formats, enums, defaults', rules: schemaValuesRules },
  { name: 'Extensions', rules: extensionsRules },
  { name: 'Dynamic values and schemas', rules: dynamicRules },
  { name: 'What dynamic calls answer', rules: dynamicAnswersRules },
  { name: 'Older and modern dynamic extensions', rules: dynamicPairsRules },
  { name: 'Triggers', rules: triggersRules },
  { name: 'Webhooks', rules: webhooksRules },
  { name: 'Versions, deprecation, AI', rules: lifecycleRules },
  { name: 'apiProperties.json', rules: propertiesRules },
  { name: 'Connection parameters', rules: connectionParametersRules },
  { name: 'Sets of connection parameters', rules: parameterSetsRules },
  { name: 'OAuth', rules: oauthRules },
  { name: 'Agreement of both files', rules: authenticationRules },
  { name: 'Policies', rules: policiesRules },
  { name: 'Script operations', rules: scriptOperationsRules },
  { name: 'settings.json', rules: settingsRules },
  { name: 'config.json', rules: configRules },
  { name: 'Icon', rules: iconRules },
  { name: 'script.csx', rules: scriptRules },
  { name: 'README', rules: readmeRules },
  { name: 'Intro', rules: introRules },
  { name: 'Secrets', rules: secretsRules },
  { name: 'Folder and pull request', rules: layoutRules },
  { name: 'Submission package', rules: packageRules },
  { name: 'Breaking changes', rules: breakingRules },
];

export const allRules: readonly Rule[] = families.flatMap((family) => family.rules);

export const ruleById: ReadonlyMap<string, Rule> = new Map(allRules.map((rule) => [rule.id, rule]));
