import { asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { noConnector } from '../connector/no-connector.ts';
import { requireStrictObject } from '../connector/require-json.ts';
import type { JsonFile, SourceFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import type { ExternalCommand } from '../process/command.ts';
import { shellWord } from '../process/command.ts';
import { settingsName } from './deploy-copy.ts';
import { type Environment, Environments, isSameEnvironment, requireSolutionName } from './environment.ts';
import { isGuid, requireGuid } from './guid.ts';
import { withOverrides } from './overrides.ts';
import { type DeploySettings, readSettings, type SettingsRole } from './settings-file.ts';

export interface DeploymentRequest {
  /** `--environment`: a name of config.json, a URL or a GUID. */
  environment: string | undefined;
  /** `--solution`: unique name. */
  solution: string | undefined;
  /** `--connector-id`: GUID of the connector that is to be updated. */
  connectorId: string | undefined;
  /** `--create`: a new connector, whatever exists. */
  create: boolean;
}

/** What is to be deployed, and where; nothing has been done yet. */
export interface DeploymentPlan {
  /** Undefined: the one that pac is signed in to. */
  environment: Environment | undefined;
  /** GUID of the connector that is updated; undefined: it is looked for in the environment, and else created. */
  connectorId: string | undefined;
  /** A new connector is created, whatever exists. */
  create: boolean;
  solution: string | undefined;
  /** What the service calls the connector. */
  title: string;
  files: { definition: SourceFile; properties: SourceFile; icon?: SourceFile; script?: SourceFile };
  /** `files` as the author has them, without the overrides of the environment. */
  sources: DeploymentPlan['files'];
  /** apiProperties.json of `files`, not to be changed. */
  properties: JsonObject;
  /** There is a config.json: what is deployed is written down beside it. */
  remembers: boolean;
}

/**
 * Decides what is deployed where, as far as that can be known without asking the service.
 *
 * @param connector as `connectorAsDeployed` gives it
 * @throws UserError for an unknown or ambiguous environment, ids that are not GUIDs, files that
 *   are missing or unreadable
 */
export function planDeployment(connector: Connector, request: DeploymentRequest): DeploymentPlan {
  const settings = connector.settings === undefined ? undefined : readSettings(connector.settings);
  const environments = new Environments(connector.config);
  const environment = chooseEnvironment(request.environment, environments, settings);
  if (request.solution !== undefined) requireSolutionName(request.solution, '--solution');
  requireConnectorId(request);
  const known = environment?.connectorId ?? settingsId(settings, environment, environments);
  const sources = deployedFiles(connector, settings);
  const deployed = environment === undefined ? connector : withOverrides(connector, environment);
  const files = deployedFiles(deployed, settings, environment?.overrides.icon !== undefined);
  return {
    environment,
    connectorId: request.create ? undefined : (request.connectorId ?? known)?.toLowerCase(),
    create: request.create,
    solution: request.solution ?? environment?.solution,
    title: asString(getOwn(asObject(getOwn(asObject(deployed.definition?.value), 'info')), 'title')) ?? '',
    files,
    sources,
    properties: readProperties(deployed.properties, files.properties.path),
    remembers: connector.config !== undefined,
  };
}

/**
 * The command that uploads.
 *
 * @param connectorId GUID of the connector that is updated; undefined: it is created
 * @param folder absolute; holds the deploy copy
 */
export function deploymentCommand(
  { environment, solution }: DeploymentPlan,
  connectorId: string | undefined,
  folder: string,
): ExternalCommand {
  const args = [
    ...['connector', connectorId === undefined ? 'create' : 'update'],
    ...['--settings-file', settingsName],
    ...(connectorId === undefined ? [] : ['--connector-id', connectorId]),
    ...(environment === undefined ? [] : ['--environment', environment.target]),
    ...(solution === undefined ? [] : ['--solution-unique-name', solution]),
  ];
  return { program: 'pac', args, cwd: folder };
}

/** What can't be repaired once a connector has been created in a solution. */
export const prefixConflict = ({ solution }: DeploymentPlan): string | undefined =>
  solution === undefined
    ? undefined
    : `pac has been seen to name a connector that it creates in a solution with the prefix new_ instead of that of the solution's ` +
      'publisher (powerplatform-build-tools 1369), and a name can never be changed. Look at the name after the first ' +
      `deployment. Where the prefix matters, create the connector in the maker portal, inside of ${solution}, and deploy to it ` +
      'with --connector-id GUID.';

function requireConnectorId({ connectorId, create }: DeploymentRequest): void {
  if (connectorId === undefined) return;
  if (create) {
    throw new UserError('--create makes a new connector, --connector-id updates an existing one; both are given', {
      hint: 'leave one of them out',
    });
  }
  requireGuid(connectorId, '--connector-id');
}

function chooseEnvironment(
  given: string | undefined,
  environments: Environments,
  settings: DeploySettings | undefined,
): Environment | undefined {
  if (given !== undefined) return environments.choose(given);
  if (environments.only !== undefined) return environments.only;
  if (settings?.environment !== undefined) return environments.choose(settings.environment);
  if (environments.entries.length > 1) {
    throw new UserError(`there are several environments to deploy to: ${environments.names.join(', ')}`, {
      hint: `choose one: --environment ${shellWord(environments.names[0] ?? '')}`,
    });
  }
  return undefined;
}

/** The id in settings.json, unless it is known to belong to another environment than the chosen one. */
function settingsId(
  settings: DeploySettings | undefined,
  chosen: Environment | undefined,
  { entries }: Environments,
): string | undefined {
  const id = settings?.connectorId;
  if (settings === undefined || id === undefined || chosen === undefined) return id;
  const isElsewhere =
    isOtherEnvironment(settings.environment, chosen.target) ||
    entries.some((entry) => entry.name !== chosen.name && entry.connectorId?.toLowerCase() === id.toLowerCase());
  return isElsewhere ? undefined : id;
}

/** A GUID and a URL can't be compared: then nothing is known, and an update that fails does less harm than a second connector. */
const isOtherEnvironment = (a: string | undefined, b: string): boolean =>
  a !== undefined && isGuid(a) === isGuid(b) && !isSameEnvironment(a, b);

/** @param withIcon its icon is deployed, whatever settings.json says of the usual one */
function deployedFiles(
  connector: Connector,
  settings: DeploySettings | undefined,
  withIcon = false,
): DeploymentPlan['files'] {
  const pick = (role: SettingsRole): SourceFile | undefined => {
    // what settings.json leaves out is not deployed, except the two files without which nothing is
    const isOptional = role === 'icon' || role === 'script';
    const isLeftOut = settings !== undefined && isOptional && settings.files[role] === undefined;
    return isLeftOut && !(role === 'icon' && withIcon) ? undefined : connector[role];
  };
  const definition = pick('definition');
  const properties = pick('properties');
  if (definition === undefined || properties === undefined) {
    const missing = definition === undefined ? 'an API definition (apiDefinition.json)' : 'apiProperties.json';
    throw noConnector(
      connector.location.assets,
      'run this in the repository of a connector, or start one with: pp-connector new',
      {
        what: `there is no connector to deploy; it lacks ${missing}`,
        all: 'pp-connector deploy --all',
      },
    );
  }
  const icon = pick('icon');
  const script = pick('script');
  return { definition, properties, ...(icon && { icon }), ...(script && { script }) };
}

function readProperties(file: JsonFile | undefined, path: string): JsonObject {
  if (file?.path === path) return requireStrictObject(file);
  if (isObject(file?.value)) return file.value;
  throw new UserError(`${path}: must hold a JSON object`, { hint: 'repair the file, then run the command again' });
}
