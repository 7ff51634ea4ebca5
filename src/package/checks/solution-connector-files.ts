import type { RepositoryFacts } from '../repository-facts.ts';
import { type ConnectorPart, connectorParts, type ExportedConnector } from '../solution.ts';
import type { Check } from './check.ts';

/** The parts of an exported connector, what people call them, and when they must be there. */
const parts: Readonly<
  Record<ConnectorPart, { what: string; isNeeded: (facts: RepositoryFacts | undefined) => boolean }>
> = {
  openapidefinition: { what: 'the definition', isNeeded: () => true },
  connectionparameters: { what: 'the connection parameters', isNeeded: () => true },
  connectionparametersets: { what: 'the ways to sign in', isNeeded: (facts) => facts?.hasParameterSets === true },
  policytemplateinstances: { what: 'the policies', isNeeded: (facts) => facts?.hasPolicies === true },
  customcodeblobcontent: { what: 'the script', isNeeded: (facts) => facts?.hasScript === true },
  iconblob: { what: 'the icon', isNeeded: () => true },
};

/** An exported connector brings all its files: those that customizations.xml names, and those of the repository. */
export const solutionConnectorFiles: Check<'solution-connector-files'> = {
  rule: 'solution-connector-files',
  run: ({ contents: { solutions }, repository }, report) => {
    for (const { archive, connectors } of solutions) {
      const ours = repository !== undefined && connectors.length === 1 ? repository : undefined;
      for (const connector of connectors) {
        const missing = missingParts(connector, ours);
        if (missing.length === 0) continue;
        report(
          `${archive.place}!Connector`,
          `the exported connector ${connector.name === undefined ? '' : `"${connector.name}" `}lacks ${missing.join(', ')}; ` +
            'save the connector in the environment, then export it again',
        );
      }
    }
  },
};

function missingParts({ named, files }: ExportedConnector, facts: RepositoryFacts | undefined): string[] {
  const all = Object.entries(parts) as [ConnectorPart, (typeof parts)[ConnectorPart]][];
  return all.flatMap(([part, { what, isNeeded }]) => {
    if (files[part] !== undefined || (named[part] === undefined && !isNeeded(facts))) return [];
    return [`${what} (${named[part] ?? `Connector/…${connectorParts[part]}`})`];
  });
}
