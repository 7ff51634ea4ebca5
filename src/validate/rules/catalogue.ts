import type { Rule } from '../rule.ts';
import { breakingRules } from './breaking.ts';
import { configRules } from './config.ts';
import { dynamicRules } from './dynamic.ts';
import { extensionsRules } from './extensions.ts';
import { fileRules } from './file.ts';
import { iconRules } from './icon.ts';
import { infoRules } from './info.ts';
import { layoutRules } from './layout.ts';
import { lifecycleRules } from './lifecycle.ts';
import { metadataRules } from './metadata.ts';
import { operationsRules } from './operations.ts';
import { packageRules } from './package.ts';
import { parametersRules } from './parameters.ts';
import { policiesRules } from './policies.ts';
import { propertiesRules } from './properties.ts';
import { readmeRules } from './readme.ts';
import { referencesRules } from './references.ts';
import { responsesRules } from './responses.ts';
import { schemaValuesRules } from './schema-values.ts';
import { schemasRules } from './schemas.ts';
import { scriptRules } from './script.ts';
import { secretsRules } from './secrets.ts';
import { securityRules } from './security.ts';
import { settingsRules } from './settings.ts';
import { transportRules } from './transport.ts';
import { triggersRules } from './triggers.ts';

/** A family is one file of rules about one part of a connector; the documentation follows this order. */
export interface Family {
  name: string;
  rules: Rule[];
}

export const families: readonly Family[] = [
  { name: 'The definition file', rules: fileRules },
  { name: 'Info', rules: infoRules },
  { name: 'Connector metadata', rules: metadataRules },
  { name: 'Host, schemes, media types', rules: transportRules },
  { name: 'Security', rules: securityRules },
  { name: 'Paths and operations', rules: operationsRules },
  { name: 'Parameters', rules: parametersRules },
  { name: 'Responses', rules: responsesRules },
  { name: 'References', rules: referencesRules },
  { name: 'Schemas', rules: schemasRules },
  { name: 'Formats, enums, defaults', rules: schemaValuesRules },
  { name: 'Extensions', rules: extensionsRules },
  { name: 'Dynamic values and schemas', rules: dynamicRules },
  { name: 'Triggers', rules: triggersRules },
  { name: 'Versions, deprecation, AI', rules: lifecycleRules },
  { name: 'apiProperties.json', rules: propertiesRules },
  { name: 'Policies and custom code', rules: policiesRules },
  { name: 'settings.json', rules: settingsRules },
  { name: 'config.json', rules: configRules },
  { name: 'Icon', rules: iconRules },
  { name: 'script.csx', rules: scriptRules },
  { name: 'README and intro', rules: readmeRules },
  { name: 'Secrets', rules: secretsRules },
  { name: 'Folder and pull request', rules: layoutRules },
  { name: 'Submission package', rules: packageRules },
  { name: 'Breaking changes', rules: breakingRules },
];

export const allRules: readonly Rule[] = families.flatMap((family) => family.rules);

export const ruleById: ReadonlyMap<string, Rule> = new Map(allRules.map((rule) => [rule.id, rule]));
