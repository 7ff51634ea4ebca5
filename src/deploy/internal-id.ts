import { isUserError } from '../errors.ts';
import type { ExternalCommand } from '../process/command.ts';
import type { Environment } from './environment.ts';
import { withPrivateFolder, writePrivateFile } from './private-folder.ts';
import { type PacOptions, runPac } from './run-pac.ts';

const queryName = 'query.xml';

const queryFor = (connectorId: string): string =>
  '<fetch top="1"><entity name="connector"><attribute name="connectorinternalid" /><filter>' +
  `<condition attribute="connectorid" operator="eq" value="${connectorId}" /></filter></entity></fetch>\n`;

/** @param folder absolute; holds the query */
const fetchCommand = (environment: Environment | undefined, folder: string): ExternalCommand => ({
  program: 'pac',
  args: [
    ...['env', 'fetch', '--xmlFile', queryName],
    ...(environment === undefined ? [] : ['--environment', environment.target]),
  ],
  cwd: folder,
});

/**
 * The name that a deployed connector has in addresses (`connectorinternalid`, `shared_…`), from the table of connectors
 * in Dataverse: no command for connectors tells it.
 *
 * @param connectorId GUID
 * @returns undefined: pac doesn't know the command, or prints no such name
 */
export function fetchInternalId(
  connectorId: string,
  environment: Environment | undefined,
  root: string,
  options: PacOptions,
): Promise<string | undefined> {
  return withPrivateFolder(root, async (folder) => {
    writePrivateFile(folder, queryName, queryFor(connectorId));
    try {
      const output = await runPac(fetchCommand(environment, folder), { ...options, onOutput: () => {} });
      return internalIdIn(output);
    } catch (error) {
      if (isUserError(error)) return undefined;
      throw error;
    }
  });
}

/** The only such name in what pac printed. */
export function internalIdIn(output: string): string | undefined {
  const [first, ...others] = new Set(output.match(/(?<![\w-])shared_[\w-]+/g) ?? []);
  return others.length === 0 ? first : undefined;
}
