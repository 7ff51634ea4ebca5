/** Made by scripts/sync.ts: change the files that it lists, then run npm run sync. */
import type { Family } from '../engine/rule.ts';
import { family as authenticationFamily } from './authentication.ts';
import { family as breakingFamily } from './breaking.ts';
import { family as configFamily } from './config.ts';
import { family as connectionParametersFamily } from './connection-parameters.ts';
import { family as definitionFamily } from './definition.ts';
import { family as derivedTextsFamily } from './derived-texts.ts';
import { family as dynamicFamily } from './dynamic.ts';
import { family as dynamicAnswersFamily } from './dynamic-answers.ts';
import { family as dynamicPairsFamily } from './dynamic-pairs.ts';
import { family as extensionsFamily } from './extensions.ts';
import { family as fileFamily } from './file.ts';
import { family as iconFamily } from './icon.ts';
import { family as infoFamily } from './info.ts';
import { family as infoContactFamily } from './info-contact.ts';
import { family as infoDescriptionFamily } from './info-description.ts';
import { family as introFamily } from './intro.ts';
import { family as layoutFamily } from './layout.ts';
import { family as lifecycleFamily } from './lifecycle.ts';
import { family as mediaTypesFamily } from './media-types.ts';
import { family as metadataFamily } from './metadata.ts';
import { family as oauthFamily } from './oauth.ts';
import { family as operationTextsFamily } from './operation-texts.ts';
import { family as operationsFamily } from './operations.ts';
import { family as packageFamily } from './package.ts';
import { family as parameterSetsFamily } from './parameter-sets.ts';
import { family as parameterTextsFamily } from './parameter-texts.ts';
import { family as parameterValuesFamily } from './parameter-values.ts';
import { family as parametersFamily } from './parameters.ts';
import { family as pathParametersFamily } from './path-parameters.ts';
import { family as pathsFamily } from './paths.ts';
import { family as policiesFamily } from './policies.ts';
import { family as propertiesFamily } from './properties.ts';
import { family as propertyTextsFamily } from './property-texts.ts';
import { family as readmeFamily } from './readme.ts';
import { family as referencesFamily } from './references.ts';
import { family as responsesFamily } from './responses.ts';
import { family as sampleFamily } from './sample.ts';
import { family as schemaObjectsFamily } from './schema-objects.ts';
import { family as schemaValuesFamily } from './schema-values.ts';
import { family as schemasFamily } from './schemas.ts';
import { family as scriptFamily } from './script.ts';
import { family as scriptCompilerFamily } from './script-compiler.ts';
import { family as scriptOperationsFamily } from './script-operations.ts';
import { family as secretsFamily } from './secrets.ts';
import { family as securityFamily } from './security.ts';
import { family as settingsFamily } from './settings.ts';
import { family as severalFamily } from './several.ts';
import { family as structureFamily } from './structure.ts';
import { family as transportFamily } from './transport.ts';
import { family as triggersFamily } from './triggers.ts';
import { family as webhooksFamily } from './webhooks.ts';

/** By the names of their files. */
export const declaredFamilies: readonly Family[] = [
  authenticationFamily,
  breakingFamily,
  configFamily,
  connectionParametersFamily,
  definitionFamily,
  derivedTextsFamily,
  dynamicFamily,
  dynamicAnswersFamily,
  dynamicPairsFamily,
  extensionsFamily,
  fileFamily,
  iconFamily,
  infoFamily,
  infoContactFamily,
  infoDescriptionFamily,
  introFamily,
  layoutFamily,
  lifecycleFamily,
  mediaTypesFamily,
  metadataFamily,
  oauthFamily,
  operationTextsFamily,
  operationsFamily,
  packageFamily,
  parameterSetsFamily,
  parameterTextsFamily,
  parameterValuesFamily,
  parametersFamily,
  pathParametersFamily,
  pathsFamily,
  policiesFamily,
  propertiesFamily,
  propertyTextsFamily,
  readmeFamily,
  referencesFamily,
  responsesFamily,
  sampleFamily,
  schemaObjectsFamily,
  schemaValuesFamily,
  schemasFamily,
  scriptFamily,
  scriptCompilerFamily,
  scriptOperationsFamily,
  secretsFamily,
  securityFamily,
  settingsFamily,
  severalFamily,
  structureFamily,
  transportFamily,
  triggersFamily,
  webhooksFamily,
];
