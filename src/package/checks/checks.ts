import type { PackageRule } from '../../rules/families/package.ts';
import type { Check } from './check.ts';
import { packageAssets } from './package-assets.ts';
import { packageCustomProperties } from './package-custom-properties.ts';
import { packageNoJunk } from './package-no-junk.ts';
import { packageRoot } from './package-root.ts';
import { packageSolutions } from './package-solutions.ts';
import { policiesNotEmptyExport } from './policies-not-empty-export.ts';
import { solutionConnector } from './solution-connector.ts';
import { solutionConnectorFiles } from './solution-connector-files.ts';
import { solutionCoreFiles } from './solution-core-files.ts';
import { solutionFlow } from './solution-flow.ts';
import { solutionFlowFiles } from './solution-flow-files.ts';
import { solutionFlowUsesConnector } from './solution-flow-uses-connector.ts';
import { solutionFresh } from './solution-fresh.ts';
import { solutionPlugin } from './solution-plugin.ts';
import { solutionUnmanaged } from './solution-unmanaged.ts';

/** All rules of packages that are not for people to check, from the outside in. */
const checkOf: Readonly<{ [Id in PackageRule]: Check<Id> }> = {
  'package-root': packageRoot,
  'package-no-junk': packageNoJunk,
  'package-custom-properties': packageCustomProperties,
  'package-assets': packageAssets,
  'package-solutions': packageSolutions,
  'solution-core-files': solutionCoreFiles,
  'solution-connector': solutionConnector,
  'solution-connector-files': solutionConnectorFiles,
  'policies-not-empty-export': policiesNotEmptyExport,
  'solution-fresh': solutionFresh,
  'solution-flow': solutionFlow,
  'solution-flow-files': solutionFlowFiles,
  'solution-flow-uses-connector': solutionFlowUsesConnector,
  'solution-plugin': solutionPlugin,
  'solution-unmanaged': solutionUnmanaged,
};

export const checks: readonly Check[] = Object.values(checkOf);
